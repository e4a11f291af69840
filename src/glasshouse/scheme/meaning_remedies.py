"""Do notice, review, copies, amnesty and what runs through ties make sense in a scheme file by itself?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import dotted, unknown
from glasshouse.files.read import Problem
from glasshouse.files.values import DAYS_PER_UNIT, Empirical, Rule, in_days
from glasshouse.files.yaml import Path
from glasshouse.scheme.limits import HEAVIEST_TIE, MOST_STAGES
from glasshouse.scheme.model import Gate, Scheme, SchemeList
from glasshouse.scheme.remedies import ErrorClass, Notice, Review

CLASSES: list[str] = list(get_args(ErrorClass))


def remedy_problems(scheme: Scheme) -> Iterator[Problem]:
    """Everything that is wrong with ties, notice, review, copies and amnesty."""
    yield from _association(scheme)
    yield from _drift(scheme)
    yield from _relatives(scheme)
    for name, entry in scheme.lists.items():
        yield from _contacts(scheme, name, entry)
        yield from _minimum(scheme, name, entry)
        if entry.amnesty and entry.amnesty.every and in_days(entry.amnesty.every) < 1:
            yield Problem(
                ("lists", name, "amnesty", "every"), "an amnesty comes every so many days, at least 1; write null if it comes once"
            )
    for name, gate in scheme.gates.items():
        yield from _gate(gate, ("gates", name))
    if scheme.notice:
        yield from _notice(scheme, scheme.notice)
    if scheme.review:
        yield from _review(scheme, scheme.review)


def _minimum(scheme: Scheme, name: str, entry: SchemeList) -> Iterator[Problem]:
    """A minimum term is longer than no term that leads off the list, and stands beside a way off that it can hold back."""
    if entry.minimum is None:
        return
    at: Path = ("lists", name, "minimum")
    if entry.from_grade is not None and entry.term is None:
        yield Problem(at, "a list by grade without a `term` lasts as long as the grade, and has no minimum", at_key=True)
    terms = [entry.term, *(item.term for item in (scheme.rules.items if scheme.rules else []) if item.list == name)]
    timed = [term for term in terms if term and term.unit in DAYS_PER_UNIT]  # of another unit is said elsewhere
    if entry.minimum.unit not in DAYS_PER_UNIT:
        return
    if shorter := [term for term in timed if in_days(term) < in_days(entry.minimum)]:
        yield Problem(at, f"the minimum is longer than a term of this list, {shorter[0].value:g} {shorter[0].unit}", at_key=True)
    if entry.performed_after is None and not entry.exits and entry.amnesty is None:
        yield Problem(
            at, "no payment, other way out or amnesty ends a listing here: a minimum holds nothing back", warning=True, at_key=True
        )


def lists_named(scheme: Scheme, block: str, names: list[str]) -> Iterator[Problem]:
    """Lists that a block of the scheme names."""
    for i, name in enumerate(names):
        if name not in scheme.lists:
            yield unknown((block, "lists", i), "list", name, scheme.lists)
        elif name in names[:i]:
            yield Problem((block, "lists", i), f"the list {quoted(name)} is named twice")
    if not names:
        yield Problem((block, "lists"), "no list is named here", at_key=True)


def needs_per(path: Path, value: Empirical | None, per: str, what: str) -> Iterator[Problem]:
    """A value that can only be read with one denominator."""
    if value is not None and value.per not in (None, per):
        yield Problem((*path, "per"), f"{what} is given per {per}, not per {value.per}")
    elif value is not None and value.per is None and value.unit is not None:
        yield Problem((*path, "unit"), f"{what} is given `per: {per}`, not in {value.unit}")


def above_zero(path: Path, value: Rule | Empirical | None, text: str) -> Iterator[Problem]:
    """A value whose lowest end must be above 0."""
    if value is None:
        return
    if value.value <= 0:
        yield Problem((*path, "value"), text)
    elif isinstance(value, Empirical) and value.range[0] <= 0:
        yield Problem((*path, "range"), f"the range begins at {value.range[0]:g}; {text}")


def _association(scheme: Scheme) -> Iterator[Problem]:
    block = scheme.association
    if block is None:
        return
    if scheme.points is None:
        yield Problem(("association",), "association mixes scores, and the scheme has no `points` block", at_key=True)
    if block.weight.value == 0:
        yield Problem(("association", "weight", "value"), "a weight of 0: the scores of ties count nothing", warning=True)
    for layer, weight in block.over.items():
        if not 0 <= weight <= HEAVIEST_TIE:
            yield Problem(("association", "over", layer), f"the weight of a tie lies between 0 and {HEAVIEST_TIE}, and this is {weight:g}")
    if not block.over:
        yield Problem(("association", "over"), "no ties are named here; write `household` or a layer of the world, each with a weight")
    elif not any(weight > 0 for weight in block.over.values()):
        yield Problem(("association", "over"), "no tie has a weight above 0, so the scores of ties count nothing", warning=True)


def _drift(scheme: Scheme) -> Iterator[Problem]:
    drift = scheme.points.drift if scheme.points else None
    if drift and drift.points.value <= 0:
        yield Problem(("points", "drift", "points", "value"), "points drift towards 0 by an amount above 0")
    if drift and in_days(drift.every) < 1:
        yield Problem(("points", "drift", "every", "value"), "points drift every so many days, at least 1")


def _relatives(scheme: Scheme) -> Iterator[Problem]:
    items = scheme.rules.items if scheme.rules else []
    ids = [item.id for item in items]
    for i, item in enumerate(items):
        at: Path = ("rules", "items", i, "relatives")
        if item.relatives == item.id:
            yield Problem(at, f"what relatives get is a record by another rule, not by {quoted(item.id)} itself")
        elif item.relatives is not None and item.relatives not in ids:
            yield unknown(at, "rule", item.relatives, [k for k in ids if k != item.id])


def _contacts(scheme: Scheme, name: str, entry: SchemeList) -> Iterator[Problem]:
    contacts = entry.contacts
    if contacts is None:
        return
    at: Path = ("lists", name, "contacts")
    if contacts.list == name:
        yield Problem((*at, "list"), f"contacts come on another list, not on {quoted(name)} itself")
    elif contacts.list not in scheme.lists:
        yield unknown((*at, "list"), "list", contacts.list, [k for k in scheme.lists if k != name])
    elif scheme.lists[contacts.list].from_grade is not None:
        yield Problem((*at, "list"), f"the list {quoted(contacts.list)} is entered by grade (`from_grade`), not through ties")
    if entry.from_grade is not None:
        yield Problem(at, "contacts follow from a record that names the list, and this list is entered by grade", at_key=True)


def _gate(gate: Gate, at: Path) -> Iterator[Problem]:
    """What concerns the listed themselves has no place at a gate for their children."""
    for key, why in (
        ("holder", "copies concern the listed, not their children"),
        ("demand", "only adults forgo an attempt"),
        ("trap", "only adults are trapped by a refusal"),
    ):
        if gate.on == "parent" and getattr(gate, key) is not None:
            yield Problem((*at, key), f"`{key}` belongs to a gate `on: self`: {why}", at_key=True)
    yield from needs_per((*at, "demand"), gate.demand, "attempt", "what people forgo")


def _notice(scheme: Scheme, block: Notice) -> Iterator[Problem]:
    yield from lists_named(scheme, "notice", block.lists)
    told = block.when in ("before", "after")
    for key in ("period", "reaches"):
        given = getattr(block, key) is not None
        if told and not given:
            yield Problem(("notice", key), f"notice {block.when} needs `period` and `reaches`, and {quoted(key)} is missing here")
        if given and not told:
            yield Problem(
                ("notice", key), f"`{key}` belongs to notice before or after; {block.when} it is not used", warning=True, at_key=True
            )
    if block.when != "before":
        return
    if block.period and in_days(block.period) == 0:
        yield Problem(
            ("notice", "period", "value"), "notice before with no time between: nobody can object before it takes effect", warning=True
        )
    named = {item.list for item in (scheme.rules.items if scheme.rules else [])}
    for i, name in enumerate(block.lists):
        if name in scheme.lists and name not in named:
            yield Problem(("notice", "lists", i), f"notice before concerns rules that name a list, and no rule names {quoted(name)}")


def _review(scheme: Scheme, block: Review) -> Iterator[Problem]:
    if scheme.correction:
        yield Problem(("correction",), "`correction` and `review` are two ways to say how errors are mended; keep one of them", at_key=True)
    yield from lists_named(scheme, "review", block.lists)
    yield from _heard_of(scheme, block)
    for name in block.filed:
        if name not in CLASSES:
            yield unknown(("review", "filed", name), "class of error", name, CLASSES)
    missing = [name for name in CLASSES if name not in block.filed]
    if missing:
        yield Problem(("review", "filed"), f"every class of error needs a share; missing: {', '.join(missing)}", at_key=True)
    yield from above_zero(
        ("review", "gives_up_after"), block.gives_up_after, "patience lasts longer than no time; write null if nobody gives up"
    )
    if not 1 <= len(block.stages) <= MOST_STAGES:
        yield Problem(("review", "stages"), f"a review has 1 or {MOST_STAGES} stages, and this has {len(block.stages)}", at_key=True)
    for i in range(len(block.stages)):
        yield from _stage(block, i, ("review", "stages", i))
    yield from _corrects(scheme, block)


def _heard_of(scheme: Scheme, block: Review) -> Iterator[Problem]:
    """Nobody files a case who never hears of the record."""
    notice = scheme.notice
    gated = {gate.list for gate in scheme.gates.values() if gate.on == "self"}
    for i, name in enumerate(block.lists):
        at: Path = ("review", "lists", i)
        if name not in scheme.lists:
            continue
        if notice is None or (name not in notice.lists and not (notice.when == "at the gate" and name in gated)):
            yield Problem(at, f"nobody hears of the list {quoted(name)}, so nobody can ask for a review: name it in `notice`")
        elif notice.when == "never":
            yield Problem(at, f"notice is never given, so nobody asks for a review of {quoted(name)}", warning=True)
        elif notice.when == "at the gate" and name not in gated:
            yield Problem(at, f"no gate acts on the list {quoted(name)}, so nobody hears of it at one", warning=True)


def _stage(block: Review, i: int, at: Path) -> Iterator[Problem]:
    stage = block.stages[i]
    first_of_two = i == 0 and len(block.stages) == MOST_STAGES
    if first_of_two and stage.goes_on is None:
        yield Problem(at, "the first of two stages needs `goes_on`: the share of the rejected who go on to the second")
    if not first_of_two and stage.goes_on is not None:
        yield Problem((*at, "goes_on"), "`goes_on` belongs to the first of two stages: from here there is nowhere to go", at_key=True)
    yield from needs_per((*at, "capacity"), stage.capacity, "10000-person-weeks", "what a stage decides")
    if stage.capacity is not None and stage.capacity.value == 0:
        yield Problem((*at, "capacity", "value"), "a capacity of 0: nothing is ever decided at this stage", warning=True)
    if stage.upheld_if_sound.value > stage.upheld_if_wrong.value:
        text = f"sound records are lifted more often than wrong ones ({dotted((*at, 'upheld_if_wrong'))})"
        yield Problem((*at, "upheld_if_sound", "value"), text, warning=True)


def _corrects(scheme: Scheme, block: Review) -> Iterator[Problem]:
    if not block.corrects:
        yield Problem(("review", "corrects"), "an upheld review corrects something: list, points, copies, money", at_key=True)
    there = {
        "list": True,
        "points": scheme.points is not None,
        "copies": any(gate.holder for gate in scheme.gates.values()),
        "money": any(item.fine or item.claim for item in (scheme.rules.items if scheme.rules else [])),
    }
    absent = {"points": "no `points` block", "copies": "no gate with a `holder`", "money": "no rule with a fine or a claim"}
    for i, remedy in enumerate(block.corrects):
        if not there[remedy]:
            yield Problem(("review", "corrects", i), f"there is nothing to correct: the scheme has {absent[remedy]}", warning=True)
