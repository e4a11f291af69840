"""Do publicity, rewards, enrolment, officials and responses make sense in a scheme file by itself?"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.values import in_days
from glasshouse.files.yaml import Path
from glasshouse.scheme.limits import (
    LARGEST_WORTH,
    MOST_CAMPAIGNS,
    MOST_DISTRICTS,
    MOST_PRIOR,
    MOST_RESTRAINTS,
    MOST_REWARDS,
    MOST_THRESHOLDS,
)
from glasshouse.scheme.meaning_remedies import above_zero, lists_named, needs_per
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.people import Attention, Enrolment, ListedThresholds, Responses, Selection, SilenceByThreshold, restraints

GROUPS = ["A", "B", "C"]


def people_problems(scheme: Scheme) -> Iterator[Problem]:
    """Everything that is wrong with who takes part, who sees, what is rewarded, what officials do and how people respond."""
    for name, kind in scheme.false_records.items():
        yield from groups_named(("false_records", name, "falls_on"), list(kind.falls_on))
    if scheme.publicity:
        yield from lists_named(scheme, "publicity", scheme.publicity.lists)
        if scheme.responses is None:
            text = "others learn of the scheme by this, and without a block `responses` nobody acts on what they know"
            yield Problem(("publicity",), text, warning=True, at_key=True)
    yield from _rewards(scheme)
    if scheme.enrolment:
        yield from _enrolment(scheme.enrolment)
    yield from _officials(scheme)
    if scheme.responses:
        yield from _responses(scheme, scheme.responses)


def groups_named(at: Path, names: list[str]) -> Iterator[Problem]:
    """Groups that a block names."""
    for name in names:
        if name not in GROUPS:
            yield Problem((*at, name), f"unknown group {quoted(name)}; groups are called A, B and C", at_key=True)


def _channel(scheme: Scheme, at: Path, name: str) -> Iterator[Problem]:
    if name not in scheme.channels:
        yield unknown(at, "channel", name, scheme.channels)


def _rewards(scheme: Scheme) -> Iterator[Problem]:
    grades = {g.name: g.from_points for g in scheme.grades}
    if len(scheme.rewards) > MOST_REWARDS:
        yield Problem(("rewards",), f"{len(scheme.rewards)} rewards; this version runs at most {MOST_REWARDS}", at_key=True)
    for name, reward in scheme.rewards.items():
        at: Path = ("rewards", name)
        if not reward.needs:
            yield Problem((*at, "needs"), "a reward is met with at some need; none is named here", at_key=True)
        if reward.from_grade not in grades:
            yield unknown((*at, "from_grade"), "grade", reward.from_grade, list(grades))
        else:
            yield from _reachable(scheme, (*at, "from_grade"), reward.from_grade, grades[reward.from_grade])


def _reachable(scheme: Scheme, at: Path, grade: str, bound: float | None) -> Iterator[Problem]:
    points = scheme.points
    if points is None or bound is None:
        return
    if points.cap and bound > points.cap.value:
        yield Problem(
            at, f"nobody can reach this reward: grade {quoted(grade)} begins at {bound:g} points, above the cap of {points.cap.value:g}"
        )
        return
    items = scheme.rules.items if scheme.rules else []
    gives = any((item.points or 0) > 0 or (item.repair and item.repair.points > 0) for item in items)
    if bound > points.start.value and not gives:
        text = f"nobody reaches this reward: grade {quoted(grade)} begins at {bound:g} points, people start with {points.start.value:g}"
        yield Problem(at, f"{text}, and no rule gives any", warning=True)


ENROLMENT = {"mandatory": (), "opt-in": ("share",), "tied to a need": ("needs", "joins")}


def _enrolment(block: Enrolment) -> Iterator[Problem]:
    wanted = ENROLMENT[block.kind]
    for key in ("share", "needs", "joins"):
        given = bool(getattr(block, key))
        if key in wanted and not given:
            yield Problem(("enrolment", key), f"enrolment that is {block.kind} needs `{key}`, and it is missing here", at_key=True)
        if given and key not in wanted:
            yield Problem(("enrolment", key), f"`{key}` has no meaning where enrolment is {block.kind}", at_key=True)
    if block.leaves and block.kind == "mandatory":
        yield Problem(("enrolment", "leaves"), "nobody leaves a scheme that is mandatory", at_key=True)
    yield from needs_per(("enrolment", "leaves"), block.leaves, "listed-week", "how many leave")
    yield from needs_per(("enrolment", "joins"), block.joins, "attempt", "how many join")


def _officials(scheme: Scheme) -> Iterator[Problem]:
    block = scheme.officials
    if block is None:
        return
    if len(block.campaigns) > MOST_CAMPAIGNS:
        text = f"{len(block.campaigns)} campaigns; this version runs at most {MOST_CAMPAIGNS}"
        yield Problem(("officials", "campaigns"), text, at_key=True)
    for i, one in enumerate(block.campaigns):
        at: Path = ("officials", "campaigns", i)
        yield from _channel(scheme, (*at, "channel"), one.channel)
        if in_days(one.last) <= in_days(one.first):
            yield Problem((*at, "last"), "a campaign ends after it begins: `last` must be later than `first`")
    for name, shares in block.discretion.items():
        at = ("officials", "discretion", name)
        if name not in scheme.channels:
            yield unknown(at, "channel", name, scheme.channels)
        yield from groups_named(at, list(shares))
    if block.selection:
        yield from _selection(scheme, block.selection)
    if block.attention:
        yield from _attention(scheme, block.attention)


def _selection(scheme: Scheme, block: Selection) -> Iterator[Problem]:
    at: Path = ("officials", "selection")
    if block.list not in scheme.lists:
        yield unknown((*at, "list"), "list", block.list, scheme.lists)
    elif scheme.lists[block.list].from_grade is not None:
        yield Problem((*at, "list"), f"the list {quoted(block.list)} is entered by grade (`from_grade`), not by selection")
    if scheme.points is None:
        yield Problem(at, "selection takes those with the fewest points, and the scheme has no `points` block", at_key=True)
    if not whole(in_days(block.every) / 7, 1, 10_000):
        yield Problem((*at, "every"), "selection comes every so many weeks: write a whole number of weeks, at least 1")


def whole(x: float, least: int, most: int) -> bool:
    """Whether a number is whole and within bounds."""
    return abs(x - round(x)) < 1e-9 and least <= round(x) <= most


def _attention(scheme: Scheme, block: Attention) -> Iterator[Problem]:
    at: Path = ("officials", "attention")
    yield from _channel(scheme, (*at, "channel"), block.channel)
    for key, value, least, most in (("districts", block.districts, 2, MOST_DISTRICTS), ("prior", block.prior, 1, MOST_PRIOR)):
        if not whole(value.value, least, most):
            text = f"{key} must be a whole number from {least} to {most:,}, and this is {value.value:g}"
            yield Problem((*at, key, "value"), text)


def _responses(scheme: Scheme, block: Responses) -> Iterator[Problem]:
    found = restraints(block)
    if len(found) > MOST_RESTRAINTS:
        text = f"{len(found)} restraints (deterrence and crowding_out together); this version runs at most {MOST_RESTRAINTS}"
        yield Problem(("responses",), text, at_key=True)
    for name, one in found:
        at: Path = ("responses", *(int(step) if step.isdigit() else step for step in name.split(".")))
        if not one.categories:
            yield Problem((*at, "categories"), "no category of conduct is named here", at_key=True)
        yield from above_zero((*at, "fades"), one.fades, "an effect fades in some time; write null if it stays")
    if block.silence:
        yield from _silence(block)
    if block.tie_dropping:
        yield from _tie_dropping(scheme, block)
    if block.informing:
        yield from _channel(scheme, ("responses", "informing", "channel"), block.informing.channel)
        times = block.informing.times
        if min(times.value, times.range[0]) < 1:
            text = "a channel that people inform sees at least as much as before: 1 time or more, over the whole range"
            yield Problem(("responses", "informing", "times"), text)


def _silence(block: Responses) -> Iterator[Problem]:
    at: Path = ("responses", "silence")
    silence = block.silence
    if silence and not silence.categories:
        yield Problem((*at, "categories"), "no category of conduct is named here", at_key=True)
    if isinstance(silence, SilenceByThreshold) and isinstance(silence.thresholds, ListedThresholds):
        listed = silence.thresholds.listed
        where = (*at, "thresholds", "listed")
        if not 1 <= len(listed) <= MOST_THRESHOLDS:
            yield Problem(where, f"{len(listed)} thresholds; from 1 to {MOST_THRESHOLDS:,} are possible", at_key=True)
        for i, x in enumerate(listed):
            if abs(x) > 1000:
                yield Problem((*where, i), f"{x:g} is not possible here: a threshold is a share of the adults, from -1,000 to 1,000")
            elif i and x < listed[i - 1]:
                yield Problem((*where, i), f"thresholds stand in rising order, and {x:g} comes after {listed[i - 1]:g}")
                return


def _tie_dropping(scheme: Scheme, block: Responses) -> Iterator[Problem]:
    at: Path = ("responses", "tie_dropping")
    if scheme.association is None:
        text = "ties are dropped for what they cost by `association`, and the scheme has none"
        yield Problem(at, text, at_key=True)
    worth = block.tie_dropping.value if block.tie_dropping else None
    yield from above_zero((*at, "value"), worth, "a tie is worth more than 0 points")
    if worth and max(worth.value, worth.range[1]) > LARGEST_WORTH:
        yield Problem((*at, "value"), f"a tie is worth at most {LARGEST_WORTH:,} points")
    if worth and (worth.unit != "points" or worth.per):
        yield Problem((*at, "value"), "what a tie is worth is given in points: write `unit: points`")
