"""What reaches people through ties, how records are reviewed, what officials do and how people respond, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glasshouse.cli.values import number, plain
from glasshouse.files.words import sentence
from glasshouse.scheme.people import ListedThresholds, SilenceByThreshold

if TYPE_CHECKING:
    from glasshouse.scheme.model import Gate, Scheme, SchemeList
    from glasshouse.scheme.people import Enrolment, Officials, Restraint, Silence
    from glasshouse.scheme.remedies import Notice, Review, Stage


def association(scheme: Scheme) -> Iterator[str]:
    """How the scores of ties count."""
    if block := scheme.association:
        ties = ", ".join(f"{name} {plain(weight)}" for name, weight in block.over.items())
        yield f"A score takes in the mean score of ties: {number(block.weight)}. Weights of a tie: {ties}. Once a week."


def drift(scheme: Scheme) -> Iterator[str]:
    """How points return with time."""
    if scheme.points and (block := scheme.points.drift):
        yield f"Each record's points move towards 0 by {number(block.points)} every {number(block.every)}."


def list_ties(it: SchemeList) -> Iterator[str]:
    """Lines on a list: whom else it reaches, and amnesties."""
    if it.binds:
        yield "    binds the whole household: gates and the sanction hold for all its members"
    if on := it.contacts:
        until = f"disproved after {number(on.disproved_after)} on average"
        yield f"    ties ({on.layer}) of the listed come on {on.list}: {number(on.share)}; {until}"
    if it.amnesty:
        again = f", then every {number(it.amnesty.every)}" if it.amnesty.every else ", once"
        yield f"    amnesty: all are released after {number(it.amnesty.first)} of counted time{again}"


def gate_lines(it: Gate) -> Iterator[str]:
    """Lines on a gate: copies, attempts forgone, traps."""
    if it.holder:
        yield f"    {it.holder.name} keeps a copy and purges it {number(it.holder.purges_after)} after the listing ends"
    if it.demand:
        yield f"    those who expect a refusal do not even ask: {number(it.demand)}"
    if trap := it.trap:
        yield (
            f"    a refusal may trap: no longer able to pay, {number(trap.unable)}; of these {trap.category}, {number(trap.defaults)}, "
            f"after {number(trap.after)} on average"
        )


def notice(block: Notice | None) -> Iterator[str]:
    """How people hear of a record."""
    if block is None:
        return
    whom = ", ".join(block.lists)
    if block.when == "never":
        yield f"People are never told that they are on {whom}."
    elif block.when == "at the gate":
        yield f"People learn that they are on {whom} when they are first refused."
    else:
        period = f"{number(block.period)} " if block.period else ""
        reached = f" The notice reaches {number(block.reaches)}; the others learn at the gate." if block.reaches else ""
        yield f"People are told {period}{block.when} they come on {whom}.{reached}"


def review(block: Review | None) -> Iterator[str]:
    """Objections and appeals: who files, how it is decided, what it corrects."""
    if block is None:
        return
    yield f"Review of {', '.join(block.lists)}, filed after {number(block.files_after)} on average, by what is wrong with the record:"
    yield from (f"- {name}: {number(share)}" for name, share in block.filed.items())
    yield from (f"- stage {n}: {_stage(stage)}" for n, stage in enumerate(block.stages, 1))
    patience = f"After {number(block.gives_up_after)} of waiting on average people give up." if block.gives_up_after else "Nobody gives up."
    yield f"{patience} An upheld review corrects: {', '.join(block.corrects)}."


def _stage(stage: Stage) -> str:
    capacity = f"decides {number(stage.capacity)}" if stage.capacity else "decides all that come"
    on = f"; of the rejected go on {number(stage.goes_on)}" if stage.goes_on else ""
    return f"{capacity}; upholds wrong records {number(stage.upheld_if_wrong)}, sound ones {number(stage.upheld_if_sound)}{on}"


def takes_part(block: Enrolment | None) -> Iterator[str]:
    """Who takes part, and who leaves."""
    if block is None:
        return
    if block.kind == "mandatory":
        yield "Everyone takes part."
    elif block.kind == "opt-in":
        yield f"Adults choose to take part: {number(block.share) if block.share else 'none'}."
    else:
        join = number(block.joins) if block.joins else "none"
        yield f"Taking part is asked where {', '.join(block.needs)} is needed: {join} join, the others forgo it."
    if block.leaves:
        yield f"The listed leave the scheme: {number(block.leaves)}."


def sees_and_rewards(scheme: Scheme) -> Iterator[str]:
    """Publicity and rewards."""
    if block := scheme.publicity:
        whom = "those tied to the listed" if block.to == "ties" else "the whole town"
        yield f"Shown to {whom}: {', '.join(block.lists)}."
    for name, reward in scheme.rewards.items():
        cost = "; what some gain others lose" if reward.zero_sum else ""
        yield f"- reward {name}: {sentence(reward.text)} From grade {reward.from_grade}, for {', '.join(reward.needs)}{cost}."


def officials(block: Officials | None) -> Iterator[str]:
    """What officials do beyond the rule."""
    if block is None:
        return
    for one in block.campaigns:
        yield f"- campaign: {one.channel} sees {number(one.times)} as much from {number(one.first)} to {number(one.last)} of counted time"
    for channel, shares in block.discretion.items():
        yield f"- discretion at {channel}, acts let go: {'; '.join(f'group {g} {number(share)}' for g, share in shares.items())}"
    if chosen := block.selection:
        yield f"- selection: every {number(chosen.every)} those with the fewest points, {number(chosen.share)}, come on {chosen.list}"
    if at := block.attention:
        mended = "; what is found counts by how hard it was looked for" if at.mended else ""
        yield (
            f"- attention of {at.channel} over {plain(at.districts.value)} districts follows what was found before: {number(at.follows)}"
            f"{mended} (each begins with {number(at.prior)})"
        )


def responses(scheme: Scheme) -> Iterator[str]:
    """How people respond."""
    block = scheme.responses
    if block is None:
        return
    shown = ", or by publicity" if scheme.publicity else ""
    yield f"Aware from the first day: {number(block.aware)}; the others from their first listing{shown}."
    for title, restraints in (("deterrence", block.deterrence), ("crowding out", block.crowding_out)):
        many = restraints if isinstance(restraints, list) else [restraints] if restraints else []
        yield from (f"- {title}: {_restraint(one)}" for one in many)
    if block.silence:
        yield f"- silence about {', '.join(block.silence.categories)}: {_silence(block.silence)}"
    if block.tie_dropping:
        yield f"- ties are dropped that cost more than they are worth: {number(block.tie_dropping.value)} on average"
    if block.informing:
        yield f"- people inform {block.informing.channel}: it sees {number(block.informing.times)} as much when all adults are aware"


def _restraint(one: Restraint) -> str:
    fades = f"halving every {number(one.fades)}" if one.fades else "staying"
    return f"{', '.join(one.categories)} left undone, {number(one.effect)}, {fades}"


def _silence(block: Silence) -> str:
    if isinstance(block, SilenceByThreshold):
        of = block.thresholds
        if isinstance(of, ListedThresholds):
            spread = f"{len(of.listed):,} listed thresholds"
        else:
            spread = f"thresholds around {number(of.mean)}, standard deviation {number(of.sd)}"
        return f"people speak while enough others do ({spread}); {block.starts} at first; the share listed counts {number(block.fear)}"
    wish = f"{number(block.desire)} on average; boldness {number(block.boldness)}"
    punished = f"a {block.sanctions} sanction, {number(block.sanction)}, above what is tolerated, {number(block.tolerated)}"
    return f"people weigh what they wish to say ({wish}) against {punished}; seen whatever they say: {number(block.watched)}"
