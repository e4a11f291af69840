"""The words of `one-prefecture.md`. Every figure and every fact in them is read from the files and the kept result. For `prefecture.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import prefecture_people as people
import prefecture_rules as rules
from prefecture_people import NOT_SCORED, Run

from glasshouse.report.words import STANDING, listing, plural
from glasshouse.report.words import percent as share_text
from glasshouse.scheme.model import Scheme
from glasshouse.study.standard import mark
from glasshouse.world.load import load_world
from glasshouse.world.model import World

MADE = "Generated from the four files and `one-prefecture.json` by `make catalogue-pages`; do not edit."


def page(kept: dict[str, Any], schemes: Mapping[str, Scheme]) -> str:
    """The page."""
    world, names = load_world("default"), people.grade_names(schemes)
    parts = {
        "In brief": brief(kept, schemes, names),
        "What is the same, and what differs": the_rules(schemes),
        "One act, four rulebooks": one_act(schemes, world),
        "The same people": same_people(kept, schemes, names),
        "What the bounds alone do": bounds(kept, schemes, names),
        "One invented person": one_person(kept, schemes, names),
        "What this comparison cannot say": limits(schemes, world),
    }
    out = ["# One prefecture, four rulebooks", MADE, *opening(kept, schemes, world)]
    for title, body in parts.items():
        out += [f"## {title}", *body]
    cited = set(re.findall(r"\[([a-z][\w-]+)\](?!\()", "\n".join(out)))
    return "\n\n".join([*out, "## Sources", rules.sources(schemes, cited)]) + "\n"


def opening(kept: Run, schemes: Mapping[str, Scheme], world: World) -> Iterator[str]:
    """What the page is, and whether files and result still belong together."""
    told = listing([f"[{rules.SHORT[name]}]({name}.md)" for name in schemes])
    yield (
        f"{told} are rulebooks of one prefecture, Weihai in Shandong, China, in the order of their file names: two of one city before and "
        "after a reform, one of the prefecture's score, one of a district. Here they stand side by side, for the same invented people."
    )
    yield f"**{STANDING}**"
    if any(mark(scheme, world) != kept["marks"][name] for name, scheme in schemes.items()):
        yield "**Values of the files were changed since the people were lived; the figures are of the files as they were.**"


def brief(kept: Run, schemes: Mapping[str, Scheme], names: list[str]) -> Iterator[str]:
    """What a reader in a hurry should take away."""
    first, ids = kept["runs"][0], list(schemes)
    lines = [f"The same act weighs differently. A judgment left unpaid brings, by the gravest row entered, {_same_debt(schemes)}"]
    low = [_low(first, names, a) for a in range(len(ids))]
    told = listing([f"{n:,} under {rules.SHORT[i]}" for n, i in zip(low, ids, strict=True)])
    lines.append(f"Of the same {first['adults']:,} invented adults, in grade C or D stand {told}.")
    counts = people.low_in(first, names)
    lines.append(
        f"{sum(counts[1:]):,} stand in C or D under at least one of the four; of these, {counts[1]:,} under one alone and "
        f"{sum(counts[2:]):,} under two or more."
    )
    lines.append(
        "Many things make the difference; of these only the bounds of the grades are shown alone below. Together they say nothing of which "
        "rulebook is stricter in life. Among what differs:"
    )
    yield "\n".join([*(f"- {line}" for line in lines), *(f"  - {line}" for line in differs(kept, schemes, names))])


def differs(kept: Run, schemes: Mapping[str, Scheme], names: list[str]) -> Iterator[str]:
    """What differs, and what of it is documented."""
    for what, told in rules.differs(schemes).items():
        yield f"{what}: {told}"
    for a, (name, scheme) in enumerate(schemes.items()):
        unscored = people.shares(kept["runs"][0], a, names)[NOT_SCORED]
        if scheme.enrolment and unscored:
            share = f"{share_text(unscored)} of the adults are not scored under {rules.SHORT[name]}"
            yield f"consent: {share}. That it is asked for is documented [{scheme.enrolment.source}], how many give it is assumed."
    yield f"which rows are entered: {_rows(schemes)}. Mostly a matter of what could be read."
    yield "how much of what people do comes on file: assumed for all."


def _same_debt(schemes: Mapping[str, Scheme]) -> str:
    """What the gravest row on unpaid judgments brings under each rulebook; rows stand in the files from slight to grave."""
    told = []
    for name, scheme in schemes.items():
        item = rules.by_kind(scheme)["unpaid-judgment"][-1]
        brings = f"grade {item.grade}" if item.grade else f"{item.points:+g} points".replace("-", "\u2212")
        told.append(f"{brings} under {rules.SHORT[name]} ({item.id})")
    unread = next(line for line in schemes["rongcheng-2019"].left_out if line.startswith("The court list"))
    return f'{listing(told)}. Not entered for Rongcheng: "{unread}"'


def _rows(schemes: Mapping[str, Scheme]) -> str:
    return listing([f"{len(s.rules.items) if s.rules else 0} of {rules.SHORT[name]}" for name, s in schemes.items()])


def _low(run: Run, names: list[str], arm: int) -> int:
    return sum(people.crossed(run, names, arm, arm).values())


def the_rules(schemes: Mapping[str, Scheme]) -> Iterator[str]:
    """What is the same and what differs."""
    same = [
        what
        for what, of in {
            "the start": lambda s: s.points.start.value,
            "the names of the grades": lambda s: tuple(g.name for g in s.grades),
            "that no floor or cap of points is entered": lambda s: (s.points.floor, s.points.cap),
            "the invented world": lambda s: s.world,
            "how wrong records are corrected (assumed)": lambda s: s.correction.model_dump(exclude={"source"}) if s.correction else None,
        }.items()
        if len({repr(of(s)) if not isinstance(of(s), dict) else _numbers(of(s)) for s in schemes.values()}) == 1
    ]
    yield f"The same in all four files: {listing(same)}."
    yield (
        "Each cell is read from the file; in square brackets its source. *Assumed* means that no source was read for the value. What "
        "the files "
        "of Rongcheng do not have from Rongcheng is taken from the district of Wendeng and is marked by that source."
    )
    yield rules.facts(schemes)


def _numbers(block: dict[str, Any]) -> str:
    return repr({key: (value["value"], value["range"]) for key, value in block.items() if isinstance(value, dict)})


def one_act(schemes: Mapping[str, Scheme], world: World) -> Iterator[str]:
    """Categories that several rulebooks know."""
    every = {kind for scheme in schemes.values() for kind in rules.by_kind(scheme)}
    shown = rules.shared_kinds(schemes, world)
    own = [f"{sum(kind in rules.by_kind(s) for kind in every)} under {rules.SHORT[name]}" for name, s in schemes.items()]
    yield (
        "Kinds of conduct that at least two of the files know, and protected kinds (opinion, petition, gathering, belief) that any of "
        "them "
        f"knows: {len(shown)} of {len(every)}. Known at all: {listing(own)}. *{rules.NO_RULE.capitalize()}* means that the rows read hold "
        "none; the rulebook may have one. Rows that exist only as repairs of others are left out. *Recorded* is the share of such "
        "acts that "
        "comes on file; it is assumed everywhere, and is lower where fewer rows of that kind are entered."
    )
    yield rules.acts(schemes, world)
    narrowed = next(claim for claim in schemes["wendeng-2020"].documented if claim.is_myth and "opinions" in claim.text)
    yield (
        "The kinds of conduct are the invented world's, and a row stands under the kind that comes nearest. A row under a protected "
        "kind concerns "
        "some such acts and not all, and how it is coded is one reader's word. Widely said, and what the file of Wendeng sets beside it: "
        f'"{narrowed.text}" [{narrowed.source}]'
    )
    yield rules.protected(schemes, world)


def same_people(kept: Run, schemes: Mapping[str, Scheme], names: list[str]) -> Iterator[str]:
    """Shares by grade, the cross-table, with sizes and chance."""
    about, first, ids = kept["about"], kept["runs"][0], list(schemes)
    yield (
        f"{about['people']:,} invented people in {about['towns']} whole towns of the world `{about['world']}`, {first['adults']:,} of them "
        f"adults; {about['history']:,} days lived under each rulebook before counting starts, then {about['years']} counted years; "
        "grades on "
        "the last counted day. The four rulebooks are arms of one run: the same people do the same things, and one draw decides "
        f"for all four whether an act comes on file, each at its own share. Numbers of people are of seed {first['seed']}; in brackets "
        "the lowest and the highest share of "
        f"{about['seeds']} seeds. † marks fewer than {people.FEW} people: chance decides there, and no share is given. "
        f"Lived on {about['lived']} with Glasshouse {about['glasshouse']}."
    )
    picture = people.picture(kept, names, schemes)
    yield f"![{picture.title}. {picture.summary}](figures/one-prefecture.svg)"
    yield picture.note
    heads, rows = people.shares_table(kept, names, ids)
    yield people.tables.table(heads, rows)
    yield f"[The same for every seed, as CSV](figures/one-prefecture.csv). {_scored_alone(kept, schemes, names)}"
    yield "Of those who stand in C or D under one rulebook, where they stand under the others:"
    yield people.cross_table(kept, names, ids)
    counts = people.low_in(first, names)
    told = [f"{n:,} in {'none' if i == 0 else plural(i, 'rulebook', 'rulebooks')}" for i, n in enumerate(counts) if n]
    yield f"By the number of rulebooks under which an adult stands in C or D: {listing(told)}."


def _scored_alone(kept: Run, schemes: Mapping[str, Scheme], names: list[str]) -> str:
    """Under the rulebook that asks for consent, the share below A of those who are scored."""
    first, told = kept["runs"][0], []
    for a, name in enumerate(schemes):
        found = people.shares(first, a, names)
        if found[NOT_SCORED]:
            scored = 1 - found[NOT_SCORED]
            below = sum(found[g] for g in names[3:])
            told.append(
                f"Under {rules.SHORT[name]}, {share_text(found[NOT_SCORED])} of the adults are not scored, as the share that consents "
                "is assumed "
                f"to be a half; of the {round(scored * first['adults']):,} who are, {share_text(below / scored)} stand below A."
            )
    return " ".join(told)


def bounds(kept: Run, schemes: Mapping[str, Scheme], names: list[str]) -> Iterator[str]:
    """The same rows, the other set of bounds."""
    sets = {
        tuple((g.name, g.from_points) for g in s.grades): [n for n, o in schemes.items() if o.grades == s.grades] for s in schemes.values()
    }
    told = [f"{listing([rules.SHORT[n] for n in those])} ({rules.grade_bounds(schemes[those[0]])})" for those in sets.values()]
    yield (
        f"The files hold two sets of bounds: {'; '.join(told)}. Each file has a scenario that keeps its rows and takes the other set. The "
        "people and the records are then the same, and only the lines between the grades move."
    )
    yield people.bounds_table(kept, names, schemes)


def one_person(kept: Run, schemes: Mapping[str, Scheme], names: list[str]) -> Iterator[str]:
    """A life, told under each rulebook."""
    it, about = kept["person"], kept["about"]
    grades = [NOT_SCORED if g < 0 else names[g] for g in it["grades"]]
    ends = listing([f"{grade} under {rules.SHORT[name]}" for grade, name in zip(grades, schemes, strict=True)])
    who = it["role"].replace("-", " ")
    yield (
        f"An invented {who} of group {it['group']}: {ends} on the last counted day. Chosen, not typical: of the adults who have a "
        "record under "
        "every rulebook, and whose acts were seen by all rulebooks that know their kind or by none, the one whose grades lie farthest "
        "apart, "
        "with the fewest records. So what differs is the rules and not who happened to look. Days count from the start of counted "
        "time, which "
        f"lasts {364 * about['years']:,} days; those before it are negative."
        f"{'' if it['able'] else ' The person begins, before the first line, without the means to pay.'}"
    )
    yield people.life_table(kept, list(schemes))


def limits(schemes: Mapping[str, Scheme], world: World) -> Iterator[str]:
    """What the comparison cannot say, in the same words for all."""
    fewest = min(len(s.rules.items) for s in schemes.values() if s.rules)
    most = max(len(s.rules.items) for s in schemes.values() if s.rules)
    lines = [
        "Each of the four files is a reading of a text, made by people outside the prefecture, in part from unofficial transcriptions, "
        "translations and press. What is not entered in a file may well stand in its rulebook.",
        f"The rulebooks are entered unequally: from {fewest} rows to {most}. That fewer people fall under one of them here is no sign "
        "that it "
        "is milder, and that more do is no sign that it is stricter. Compare bounds and single lives, not totals.",
        "How often people do what is counted, how much of it comes on file, which row an act falls under, how many wrong records "
        "there are and "
        "how many consent is assumed in all four files. No count of residents by grade was found for any of the four to test them.",
        "One event may fall under rows of unlike weight: to be on a court's list of debtors is one fact for all rulebooks, while here "
        "the rows "
        "of each, by assumed weights, decide what an unpaid judgment counts as. The cross-table holds some of that chance.",
        "The rulebooks were in force in different years and for different places; nobody was graded under all four at once. The texts may "
        "have been changed since they were read.",
        "A grade is not what follows from it. Where a file closes nothing, that means that no rule was read, and not that nothing is "
        "closed; "
        "the one exception is marked by its source in the table.",
        "The claimed purposes, and what the operators say was gained, stand on the page of each file, beside what was reformed; this page "
        "weighs neither against the other.",
        f"The people are those of the world `{world.id}`, which stands for no place. {STANDING}",
    ]
    yield "\n".join(f"- {line}" for line in lines)
    yield "How each file was compared with its evidence, and what stays doubtful: [the second reading](second-reading.md)."
