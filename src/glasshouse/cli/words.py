"""A scheme told section by section: what it is, what it claims, its rules, lists, gates and remedies, its values, its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glasshouse.cli import words_blocks as blocks
from glasshouse.cli import words_kinds as kinds
from glasshouse.cli.schemes import years
from glasshouse.cli.terminal import table
from glasshouse.cli.values import number, plain, rows, span
from glasshouse.files.words import sentence

if TYPE_CHECKING:
    from rich.table import Table

    from glasshouse.scheme.model import Claim, Delay, Gate, Item, Scheme, SchemeList


def sections(scheme: Scheme) -> Iterator[tuple[str, list[str | Table]]]:
    """Each section's title and its parts, in the order a reader asks; empty sections are left out."""
    for title, body in (
        (f"{scheme.name} ({scheme.id})", _about(scheme)),
        ("What it says it is for, and what is documented", _claims(scheme)),
        ("Who takes part", blocks.takes_part(scheme.enrolment)),
        ("What it sees", _channels(scheme)),
        ("Wrong records", _wrong(scheme)),
        ("Points and grades", _points(scheme)),
        ("Rules", _rules(scheme)),
        ("Lists: who enters, how one leaves", [part for name, it in scheme.lists.items() for part in _list(scheme, name, it)]),
        ("Gates: what is closed to the listed", [part for name, it in scheme.gates.items() for part in _gate(name, it)]),
        ("Who sees, and what is rewarded", blocks.sees_and_rewards(scheme)),
        ("What officials do", blocks.officials(scheme.officials)),
        ("Ratings", kinds.ratings(scheme.ratings)),
        ("A score of risk", kinds.risk(scheme.risk)),
        ("How people hear of it", blocks.notice(scheme.notice)),
        ("How errors are mended", _correction(scheme)),
        ("How people respond", blocks.responses(scheme)),
        ("Ordinary law, the yardstick", [_yardstick(scheme)]),
        ("Structural scenarios, shown side by side", [f"- {name}: {it.text} ({it.why})" for name, it in scheme.scenarios.items()]),
        ("Safeguards: one thing mended, lived beside it", _safeguards(scheme)),
        ("Published counts that fitted values come near", _targets(scheme)),
        ("Published figures beside the standard run", _published(scheme)),
        ("Values", _values(scheme)),
        ("What to ask the operator", [f"- {line}" for line in scheme.ask_the_operator]),
        ("What is left out", [f"- {line}" for line in scheme.left_out]),
        ("Sources", _sources(scheme)),
    ):
        if parts := list(body):
            yield title, parts


def _about(scheme: Scheme) -> list[str | Table]:
    facts = ", ".join(x for x in (scheme.place, years(scheme), " and ".join(scheme.kind), scheme.status) if x)
    mark = {"myth": "A myth: no such scheme is documented.", "hypothetical": "Hypothetical: no such scheme exists."}
    lived = f"Lived in the world {scheme.world}, where a run names no other."
    return [x for x in (facts, mark.get(scheme.status, ""), scheme.summary.strip(), f"The question: {scheme.question.strip()}", lived) if x]


def _claims(scheme: Scheme) -> list[str | Table]:
    parts: list[str | Table] = []
    if scheme.claimed_purpose:
        parts.append(f"Claimed purpose: {_claim(scheme.claimed_purpose)}")
    parts += [f"- Documented: {_claim(c)}" if not c.is_myth else f"- Widely said, not borne out: {_claim(c)}" for c in scheme.documented]
    parts += [f"- Reformed: {_claim(c)}" for c in scheme.reformed]
    return parts


def _claim(claim: Claim) -> str:
    return f"{claim.text.strip()} [{claim.source}]"


def _delay(delay: Delay) -> str:
    return f"at least {number(delay.minimum)}, then {number(delay.mean)} on average"


def _channels(scheme: Scheme) -> list[str | Table]:
    parts: list[str | Table] = []
    for name, it in scheme.channels.items():
        parts.append(
            f"- {name} ({it.kind}): {', '.join(it.covers)}. Sees {number(it.sensitivity)}"
            f"{', more of some people than of others' if it.follows_visibility else ''}. From act to record {_delay(it.delay)}."
        )
        parts += [f"    of {category}: {number(value)}" for category, value in it.by_category.items()]
        if it.misrecorded:
            wrong = ", ".join(f"{a} as {b}" for a, b in it.misrecorded.mistaken_for.items())
            parts.append(f"    entered under a wrong category ({wrong}): {number(it.misrecorded.share)}")
        parts += kinds.channel_lines(it)
    return parts


def _wrong(scheme: Scheme) -> list[str | Table]:
    parts: list[str | Table] = []
    for name, false in scheme.false_records.items():
        parts.append(f"- {name} ({false.origin}, {false.channel}): {sentence(false.about)} {number(false.rate)}".replace(":  ", ": "))
        parts += [f"    on group {group}: {number(times)} as many" for group, times in false.falls_on.items()]
        parts += kinds.false_lines(false.who)
    for name, it in scheme.batches.items():
        about = f"{sentence(it.about)} " if it.about else ""
        parts.append(f"- {name} (many at once; {it.origin}): {about}{number(it.strikes)}, each hitting {number(it.share)}")
    return parts


def _points(scheme: Scheme) -> list[str | Table]:
    parts: list[str | Table] = []
    points = scheme.points
    if points:
        bounds = [f"{word} {number(rule)}" for word, rule in (("not below", points.floor), ("not above", points.cap)) if rule]
        repeat = "; a repeat counts double" if points.repeat_doubles else ""
        parts.append(
            f"Everyone starts with {number(points.start)}{''.join(f', {b}' for b in bounds)}{repeat}; overlapping rules: {points.overlap}."
        )
        parts += [f"- at most {number(cap.points)} a {cap.per} from {name}" for name, cap in points.caps.items()]
    if scheme.grades:
        grades = (f"{g.name} from {plain(g.from_points)}" if g.from_points is not None else f"{g.name} below" for g in scheme.grades)
        parts.append(f"Grades: {', '.join(grades)}.")
    return [*parts, *blocks.drift(scheme), *blocks.association(scheme)]


def _rules(scheme: Scheme) -> list[str | Table]:
    if scheme.rules is None:
        return []
    items = scheme.rules.items
    lines = [[item.id, item.text, item.when, item.legal, effect(item)] for item in items]
    parts: list[str | Table] = [f"{len(items):,} rules [{scheme.rules.source}]."]
    if scheme.rules.checked:
        parts.append(f"Conditions that are not met and noticed: {number(scheme.rules.checked)}.")
    if scheme.rules.weights:
        parts.append(f"How often each rule of a category applies is assumed: {scheme.rules.weights.why.strip()}")
    return [*parts, table(("rule", "text", "act", "act is", "brings"), lines)]


def effect(item: Item) -> str:
    """What a rule brings, in words."""
    said = [
        f"{item.points:+g} points" if item.points is not None else "",
        f"grade {item.grade}" if item.grade else "",
        f"list {item.list}" if item.list else "",
        f"{item.strikes.count} within {number(item.strikes.window)}" if item.strikes else "",
        f"for {number(item.term)}" if item.term else "",
        f"valid {number(item.validity)}" if item.validity else "",
        f"if {' and '.join(item.requires)}" if item.requires else "",
        f"only {', '.join(item.roles)}" if item.roles else "",
        f"mended by {item.repair.on}" if item.repair else "",
        f"relatives get {item.relatives}" if item.relatives else "",
        "a fine" if item.fine else "",
        *kinds.brings(item),
    ]
    return "; ".join(x for x in said if x)


def _list(scheme: Scheme, name: str, it: SchemeList) -> Iterator[str]:
    yield f"- {name}{'' if it.sanction else ' (not a sanction)'}: {it.text.strip()}"
    if it.from_grade:
        yield f"    entered at grade {it.from_grade} or below"
    if entries := sum(item.list == name for item in (scheme.rules.items if scheme.rules else [])):
        yield f"    entered by {entries} rule{'s' if entries > 1 else ''}"
    yield from kinds.picked(scheme, name)
    yield f"    term: {number(it.term) if it.term else 'none'}; a further record: {_repeat(it)}"
    if it.minimum:
        yield f"    nobody comes off before {number(it.minimum)} have passed, but by a correction, a review or leaving"
    yield f"    paying: {f'ends it after {number(it.performed_after)}' if it.performed_after else 'does not end it'}"
    for exit_name, way in it.exits.items():
        who = " (only people who cannot pay)" if way.only_unable else ""
        yield f"    exit {exit_name}: {way.text.strip()}; after {number(way.mean)} on average{who}"
    yield from blocks.list_ties(it)


def _repeat(it: SchemeList) -> str:
    if it.repeat.effect == "none":
        return "changes nothing"
    if it.repeat.effect == "restart":
        return "starts the term again"
    longest = f", at most {number(it.repeat.longest)}" if it.repeat.longest else ""
    return f"adds {number(it.repeat.by) if it.repeat.by else 'to the term'}{longest}"


def _gate(name: str, it: Gate) -> Iterator[str]:
    yield f"- {name}: {sentence(it.text)} {kinds.gate_sentence(it)}"
    yield from blocks.gate_lines(it)


def _correction(scheme: Scheme) -> list[str | Table]:
    it = scheme.correction
    if scheme.review:
        return list(blocks.review(scheme.review))
    if it is None:
        return ["No way to correct a wrong record is modelled."] if scheme.channels else []
    takes = f"It then takes at least {number(it.minimum)}, plus {number(it.mean)} on average."
    return [f"A wrong record is noticed and a correction filed: {number(it.filed)}. {takes}"]


def _yardstick(scheme: Scheme) -> str:
    law = scheme.ordinary_law
    return f"{sentence(law.text)} {f'At most {number(law.longest)}.' if law.longest else 'No longest restriction is stated.'}"


def _safeguards(scheme: Scheme) -> list[str | Table]:
    return [f"- {name}: {it.text} ({it.why}){f' [{it.source}]' if it.source else ''}" for name, it in scheme.safeguards.items()]


def _targets(scheme: Scheme) -> list[str | Table]:
    return [f"- {name}: {sentence(it.text)} {plain(it.value)} {it.unit} [{it.source}]" for name, it in scheme.targets.items()]


def _published(scheme: Scheme) -> list[str | Table]:
    """Published aggregates beside the kept standard run, with how far off it is."""
    if not scheme.plausibility:
        return []
    from glasshouse.study.standard import beside, standard

    run = standard(scheme)
    if run is None:
        figures = (f"- {it.figure}: {plain(it.value)} {it.unit} [{it.source}]" for it in scheme.plausibility.values())
        return [*figures, "No standard run of these values is kept to set them beside."]
    lines = [
        [one.name, plain(one.published.value), "-" if one.central is None else plain(one.central), one.published.unit, one.off,
         "fitted" if one.published.fitted else "", f"{one.published.figure} ({one.published.when}) [{one.published.source}]"]
        for one in beside(scheme, run)
    ]  # fmt: skip
    it = run.about
    size = f"{it['people']:,} invented people, {it['years']} years, {it['seeds']} seeds, lived on {it['lived']}"
    heads = ("figure", "published", "the run", "unit", "the run is", "", "what was published")
    said = f"The standard run: {size}. A fitted figure tests nothing: values were set with it in view. One that is not fitted does."
    return [table(heads, lines, right=heads[1:3]), said]


def _values(scheme: Scheme) -> list[str | Table]:
    lines = [
        [row.path, plain(row.value), row.unit, span(row), row.evidence + (f": {row.why.strip()}" if row.why else ""), row.source]
        for row in rows(scheme)
    ]
    return [table(("value of", "value", "unit", "range", "evidence", "source"), lines, right=("value",))] if lines else []


def _sources(scheme: Scheme) -> list[str | Table]:
    return [
        f"[{name}] {it.author} ({it.year}): {it.title}. {it.kind}.{f' {it.url}' if it.url else ''}{f' {it.note}' if it.note else ''}"
        for name, it in scheme.sources.items()
    ]
