"""Does a scheme file make sense by itself? What only a world can tell stands in `scheme/fit.py`."""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.errors import InputError, quoted
from glasshouse.files.evidence import linked_problems, unknown, value_problems
from glasshouse.files.names import NAME, SPELLING, Seen, name_problems, source_problems
from glasshouse.files.read import Problem, package_ids
from glasshouse.files.settings import get_value
from glasshouse.files.values import Empirical
from glasshouse.files.walk import Walked, values
from glasshouse.files.yaml import Path
from glasshouse.scheme.alternatives import alternative_problems
from glasshouse.scheme.limits import MOST_BATCHES, MOST_CHANNELS, MOST_EXITS, MOST_GRADES
from glasshouse.scheme.meaning_figures import figure_problems
from glasshouse.scheme.meaning_kinds import kind_problems
from glasshouse.scheme.meaning_people import people_problems
from glasshouse.scheme.meaning_remedies import remedy_problems
from glasshouse.scheme.model import Item, Scheme, SchemeList
from glasshouse.scheme.odd import odd_problems

WORLDS = "glasshouse.world"  # a scheme's file may name a world that comes with Glasshouse, by its id


def scheme_problems(scheme: Scheme) -> Iterator[Problem]:
    """Everything that is wrong with a scheme, as far as the file alone tells."""
    walked: Walked = {}
    named: Seen = {}
    base = list(_as_written(scheme, walked, named))
    yield from base
    yield from alternative_problems(scheme, base, lambda changed, _: _as_written(changed, walked, named))


def _as_written(scheme: Scheme, walked: Walked, named: Seen) -> Iterator[Problem]:
    """What is wrong without its scenarios and safeguards."""
    found = list(values(scheme, walked))
    yield from value_problems(found, scheme.sources, of_scheme=True)
    yield from linked_problems(found)
    yield from source_problems(scheme, scheme.sources, named)
    yield from name_problems(scheme)
    for f in found:
        if isinstance(f.value, Empirical) and f.value.fitted_to and f.value.fitted_to not in scheme.targets:
            yield unknown((*f.path, "fitted_to"), "target", f.value.fitted_to, scheme.targets)
    yield from figure_problems(scheme, is_fitted=any(isinstance(f.value, Empirical) and bool(f.value.fitted_to) for f in found))
    if scheme.world not in (worlds := package_ids(WORLDS)):
        yield unknown(("world",), "world", scheme.world, worlds)
    first, last = scheme.years
    if first is not None and last is not None and first > last:
        yield Problem(("years",), f"the years run from {first} back to {last}")
    yield from _too_many(scheme)
    yield from _channels(scheme)
    yield from _grades(scheme)
    yield from _rules(scheme)
    yield from _lists(scheme)
    yield from _gates(scheme)
    yield from remedy_problems(scheme)
    yield from people_problems(scheme)
    yield from kind_problems(scheme)
    yield from odd_problems(scheme)
    if scheme.headline is not None:
        yield from _headline(scheme, scheme.headline)


def _too_many(scheme: Scheme) -> Iterator[Problem]:
    limits = {"channels": MOST_CHANNELS, "batches": MOST_BATCHES, "grades": MOST_GRADES}
    for block, n, most in ((name, len(getattr(scheme, name)), most) for name, most in limits.items()):
        if n > most:
            yield Problem((block,), f"{n} {block}; this version runs at most {most}", at_key=True)
    for name, entry in scheme.lists.items():
        if len(entry.exits) > MOST_EXITS:
            yield Problem(
                ("lists", name, "exits"), f"{len(entry.exits)} exits; this version runs at most {MOST_EXITS} for a list", at_key=True
            )


def _channels(scheme: Scheme) -> Iterator[Problem]:
    for name, channel in scheme.channels.items():
        at: Path = ("channels", name)
        for category in channel.by_category:
            if category not in channel.covers:
                yield Problem((*at, "by_category", category), f"the channel does not cover {quoted(category)}", at_key=True)
        for true, written in (channel.misrecorded.mistaken_for if channel.misrecorded else {}).items():
            where = (*at, "misrecorded", "mistaken_for", true)
            if true not in channel.covers:
                yield Problem(where, f"the channel does not cover {quoted(true)}", at_key=True)
            if true == written:
                yield Problem(where, f"{quoted(true)} is mistaken for itself")
    for block, kinds in (("false_records", scheme.false_records), ("batches", scheme.batches)):
        for name, kind in kinds.items():
            if kind.channel not in scheme.channels:
                yield unknown((block, name, "channel"), "channel", kind.channel, scheme.channels)
                continue
            for i, category in enumerate(kind.covers):
                if category not in scheme.channels[kind.channel].covers:
                    text = f"the channel {quoted(kind.channel)} does not cover {quoted(category)}"
                    yield Problem((block, name, "covers", i), text, warning=True)


def _grades(scheme: Scheme) -> Iterator[Problem]:
    names = [g.name for g in scheme.grades]
    bounds = [g.from_points for g in scheme.grades]
    for i, name in enumerate(names):
        at: Path = ("grades", i)
        if name in names[:i]:
            yield Problem((*at, "name"), f"two grades are called {quoted(name)}")
        bound, above = bounds[i], bounds[i - 1] if i else None
        if bound is None and i + 1 < len(names):
            yield Problem((*at, "from_points"), "only the last grade has no lower bound (null): grades stand best first")
        if bound is not None and i + 1 == len(names):
            yield Problem((*at, "from_points"), "the last grade has no lower bound: write `from_points: null`")
        if bound is not None and above is not None and bound >= above:
            yield Problem((*at, "from_points"), f"grades stand best first, so this bound must be below {above:g}")


def _rules(scheme: Scheme) -> Iterator[Problem]:
    items = scheme.rules.items if scheme.rules else []
    grades = [g.name for g in scheme.grades]
    ids: dict[str, int] = {}
    for i, item in enumerate(items):
        at: Path = ("rules", "items", i)
        if not NAME.fullmatch(item.id):
            yield Problem((*at, "id"), f"{quoted(item.id)} is not a name; {SPELLING}")
        if item.id in ids:
            yield Problem((*at, "id"), f"two rules have the id {quoted(item.id)} (the first is rule {ids[item.id] + 1} of the list)")
        ids.setdefault(item.id, i)
    for i, item in enumerate(items):
        at = ("rules", "items", i)
        if item.grade is not None and item.grade not in grades:
            yield unknown((*at, "grade"), "grade", item.grade, grades)
        if item.also is not None and (item.also not in ids or item.also == item.id):
            yield unknown((*at, "also"), "rule", item.also, [k for k in ids if k != item.id])
        yield from _points_of(scheme, item, at)
        yield from _list_of(scheme, item, at)
    heavy = [i for i, item in enumerate(items) if item.weight != 1]
    if heavy and scheme.rules and scheme.rules.weights is None:
        text = "weights are assumed, because nobody counts them: add `weights: {evidence: assumed, why: ...}` to `rules`"
        yield Problem(("rules", "items", heavy[0], "weight"), text)


def _points_of(scheme: Scheme, item: Item, at: Path) -> Iterator[Problem]:
    points = item.points or 0
    if scheme.points is None and (item.points is not None or item.cap is not None):
        yield Problem((*at, "points" if item.points is not None else "cap"), "this rule moves points, and the scheme has no `points` block")
    elif item.cap is not None and scheme.points and item.cap not in scheme.points.caps:
        yield unknown((*at, "cap"), "cap", item.cap, scheme.points.caps)
    if item.commendation and points < 0:
        yield Problem((*at, "points"), f"a commendation takes {-points:g} points away")
    if points > 0 and not item.commendation:
        yield Problem((*at, "points"), "a rule that gives points is a commendation: add `commendation: true`", warning=True)
    if not 0 <= item.weight <= 1e6:
        yield Problem((*at, "weight"), f"a weight lies between 0 and 1,000,000, and this is {item.weight:g}")
    if abs(points) > 1e6:
        yield Problem((*at, "points"), f"{points:g} points are not possible; at most 1,000,000 either way")
    if item.repair and (item.repair.on == "pledge") != (item.repair.after is not None):
        needs = (
            "needs `after`, the mean time from record to pledge" if item.repair.on == "pledge" else "has no `after`: it happens when paid"
        )
        yield Problem((*at, "repair"), f"a repair on {item.repair.on} {needs}", at_key=True)


def _list_of(scheme: Scheme, item: Item, at: Path) -> Iterator[Problem]:
    if item.list is None:
        for key, given in (("strikes", item.strikes), ("term", item.term)):
            if given is not None:
                yield Problem((*at, key), f"`{key}` belongs to a list, and this rule names none", at_key=True)
        if item.points is None and item.grade is None and not item.fine and item.claim is None:
            yield Problem(at, "this rule brings nothing: no points, grade, list, fine or claim", warning=True)
    elif item.list not in scheme.lists:
        yield unknown((*at, "list"), "list", item.list, scheme.lists)
    elif scheme.lists[item.list].from_grade is not None:
        yield Problem((*at, "list"), f"the list {quoted(item.list)} is entered by grade (`from_grade`), not by rules")
    if item.strikes and not 1 <= item.strikes.count <= 200:
        yield Problem((*at, "strikes", "count"), f"a list is entered after 1 to 200 records, not {item.strikes.count}")


def _lists(scheme: Scheme) -> Iterator[Problem]:
    items = scheme.rules.items if scheme.rules else []
    grades = [g.name for g in scheme.grades]
    for name, entry in scheme.lists.items():
        at: Path = ("lists", name)
        leading = [item for item in items if item.list == name]
        if entry.from_grade is not None and entry.from_grade not in grades:
            yield unknown((*at, "from_grade"), "grade", entry.from_grade, grades)
        through_ties = any(other.contacts and other.contacts.list == name for other in scheme.lists.values())
        if entry.from_grade is None and not leading and not through_ties and name not in _selected(scheme):
            yield Problem(at, "nobody enters this list: no rule names it and it has no `from_grade`", warning=True, at_key=True)
        if entry.from_grade is None and not _ends(scheme, entry, leading, through_ties):
            yield Problem(
                at,
                "no one ever leaves this list: no `term`, no `performed_after`, no `exits`; only a correction ends it",
                warning=True,
                at_key=True,
            )
        yield from _repeat(entry, (*at, "repeat"))


def _selected(scheme: Scheme) -> list[str]:
    """The lists that officials select people for, or that a score of risk puts them on."""
    chosen = [scheme.officials.selection.list] if scheme.officials and scheme.officials.selection else []
    return chosen + ([scheme.risk.list] if scheme.risk else [])


def _ends(scheme: Scheme, entry: SchemeList, leading: list[Item], through_ties: bool) -> bool:
    """Whether a listing ends other than by a correction: by a term, payment, an exit, an amnesty, leaving, or a tie disproved."""
    fixed = entry.term is not None or (bool(leading) and all(item.term for item in leading))
    only_ties = through_ties and not leading
    leaving = scheme.enrolment is not None and scheme.enrolment.leaves is not None
    return fixed or entry.performed_after is not None or bool(entry.exits) or entry.amnesty is not None or only_ties or leaving


def _repeat(entry: SchemeList, at: Path) -> Iterator[Problem]:
    repeat = entry.repeat
    extends = repeat.effect == "extend"
    if extends and (repeat.by is None or repeat.longest is None):
        yield Problem(
            at, "a repeat that extends the term needs `by` (how much) and `longest` (at most until when, from entry)", at_key=True
        )
    if not extends and (repeat.by is not None or repeat.longest is not None):
        yield Problem(at, f"`by` and `longest` belong to `effect: extend`, not to {repeat.effect}", at_key=True)


def _gates(scheme: Scheme) -> Iterator[Problem]:
    for name, gate in scheme.gates.items():
        at: Path = ("gates", name)
        if gate.list not in scheme.lists:
            yield unknown((*at, "list"), "list", gate.list, scheme.lists)
        for i, need in enumerate(gate.over.needs if gate.over else []):
            if need in gate.needs:
                yield Problem(
                    (*at, "over", "needs", i), f"{quoted(need)} is closed by the rule already; `over` names what the rule leaves open"
                )


def _headline(scheme: Scheme, path: str) -> Iterator[Problem]:
    try:
        value = get_value(scheme, path)
    except InputError as error:
        yield Problem(("headline",), str(error))
        return
    if not isinstance(value, Empirical):
        yield Problem(("headline",), f"{quoted(path)} is not an empirical value with a range, so no curve can be drawn over it")
