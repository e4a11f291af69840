"""Legal but odd: what a file may say, but hardly means. Warnings only; a run is never stopped by them."""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.read import Problem
from glasshouse.files.values import DAYS_PER_UNIT, Rule, in_days
from glasshouse.files.yaml import Path
from glasshouse.scheme.model import Item, Scheme

LIFE = 60.0  # years; few people live longer than this after an entry


def odd_problems(scheme: Scheme) -> Iterator[Problem]:
    """Everything in a scheme that is allowed and has no effect, or hardly the one that was meant."""
    reached = reachable_grades(scheme)
    for i, grade in enumerate(scheme.grades):
        if grade.name not in reached:
            text = f"no score can reach the grade {quoted(grade.name)}, and no rule gives it directly: {_account(scheme)}"
            yield Problem(("grades", i), text, warning=True)
    yield from _lists(scheme, reached)
    yield from _gates(scheme)
    yield from _terms(scheme)
    yield from _false_records(scheme)


def reachable_grades(scheme: Scheme) -> set[str]:
    """Grades that somebody's points can come to, or that a rule gives."""
    items = scheme.rules.items if scheme.rules else []
    if scheme.points is None:
        return {grade.name for grade in scheme.grades}  # without points, grades are what rules say
    low, high = _between(scheme)
    reached, above = {item.grade for item in items if item.grade}, float("inf")
    for grade in scheme.grades:  # best first: each holds from its bound up to the one above
        bound = -float("inf") if grade.from_points is None else grade.from_points
        if bound <= high and low < above:
            reached.add(grade.name)
        above = bound
    return reached


def _between(scheme: Scheme) -> tuple[float, float]:
    """The lowest and the highest points anyone can have."""
    assert scheme.points is not None
    points, items = scheme.points, scheme.rules.items if scheme.rules else []
    moves = [item.points or 0 for item in items] + [item.repair.points for item in items if item.repair]
    floor = points.floor.value if points.floor else -float("inf")
    cap = points.cap.value if points.cap else float("inf")
    low = floor if any(by < 0 for by in moves) else points.start.value
    return low, cap if any(by > 0 for by in moves) else points.start.value


def _account(scheme: Scheme) -> str:
    assert scheme.points is not None
    low, high = _between(scheme)
    ends = [f"not below {low:g}" if low > -float("inf") else "", f"not above {high:g}" if high < float("inf") else ""]
    return f"people start with {scheme.points.start.value:g} points and get {' and '.join(end for end in ends if end)}"


def _lists(scheme: Scheme, reached: set[str]) -> Iterator[Problem]:
    names = [grade.name for grade in scheme.grades]
    live = {item.list for item in live_rules(scheme)}
    for name, entry in scheme.lists.items():
        at: Path = ("lists", name)
        if entry.from_grade in names and not reached & set(names[names.index(entry.from_grade) :]):
            text = f"nobody can enter this list: no score comes down to the grade {quoted(entry.from_grade)}"
            yield Problem((*at, "from_grade"), text, warning=True)
        leading = [item.id for item in (scheme.rules.items if scheme.rules else []) if item.list == name]
        through_ties = any(other.contacts and other.contacts.list == name for other in scheme.lists.values())
        selected = scheme.officials and scheme.officials.selection and scheme.officials.selection.list == name
        if leading and name not in live and not (through_ties or selected or entry.from_grade):
            text = f"nobody can enter this list: no channel covers what its rules are about ({', '.join(leading[:3])})"
            yield Problem(at, text, warning=True, at_key=True)


def live_rules(scheme: Scheme) -> list[Item]:
    """Rules that some record can come under: of an act that a channel covers or writes down, or by way of another rule."""
    items = scheme.rules.items if scheme.rules else []
    written = {c for channel in scheme.channels.values() for c in channel.covers}
    written |= {c for channel in scheme.channels.values() if channel.misrecorded for c in channel.misrecorded.mistaken_for.values()}
    led_to = {other for item in items for other in (item.also, item.relatives) if other}
    return [item for item in items if (item.weight > 0 and item.when in written) or item.id in led_to]


def _gates(scheme: Scheme) -> Iterator[Problem]:
    for name, gate in scheme.gates.items():
        at: Path = ("gates", name)
        if gate.list in scheme.lists and not scheme.lists[gate.list].sanction:
            text = (
                f"this gate is closed to people on {quoted(gate.list)}, and that list is no sanction (`sanction: false`), so their days on "
                "it are not counted as sanctioned"
            )
            yield Problem((*at, "list"), text, warning=True)
        if not gate.needs and not (gate.over and gate.over.needs):
            yield Problem((*at, "needs"), "this gate closes nothing: no need is named", warning=True, at_key=True)


def _terms(scheme: Scheme) -> Iterator[Problem]:
    found: list[tuple[Path, Rule | None]] = [(("lists", name, "term"), entry.term) for name, entry in scheme.lists.items()]
    for i, item in enumerate(scheme.rules.items if scheme.rules else []):
        found += [(("rules", "items", i, key), getattr(item, key)) for key in ("term", "validity")]
    for path, term in found:
        if term is not None and term.unit in DAYS_PER_UNIT and in_days(term) > LIFE * 365:
            never = "`term: null`" if path[-1] == "term" else "leave `validity` out"
            text = f"{term.value:g} {term.unit} outlast nearly every life; for what never ends, {'write ' * (path[-1] == 'term')}{never}"
            yield Problem(path, text, warning=True)


def _false_records(scheme: Scheme) -> Iterator[Problem]:
    if scheme.rules is None:
        return
    used = {item.when for item in scheme.rules.items}
    for block, kinds in (("false_records", scheme.false_records), ("batches", scheme.batches)):
        for name, kind in kinds.items():
            if kind.covers and not used & set(kind.covers):
                text = f"no rule is about {' or '.join(kind.covers[:3])}, so these records bring nothing to anyone"
                yield Problem((block, name, "covers"), text, warning=True)
