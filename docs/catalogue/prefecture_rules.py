"""What four rulebooks of one prefecture say, side by side, from their files alone. For `prefecture.py`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

import tables

from glasshouse.cli.schemes import years
from glasshouse.cli.values import number, plain
from glasshouse.cli.words_blocks import takes_part
from glasshouse.files.values import Empirical, Rule, Source
from glasshouse.files.words import sentence
from glasshouse.report.words import listing, plural
from glasshouse.scheme.model import Channel, Item, Scheme, SchemeList
from glasshouse.world.model import World

SHORT = {
    "rongcheng-2019": "Rongcheng 2019",
    "rongcheng-2021": "Rongcheng 2021",
    "weihai-haibei": "Weihai (Haibei)",
    "wendeng-2020": "Wendeng",
}
MOST_IDS = 4  # more rules of one kind are told by the first and how many more
NO_RULE = "no row entered"
CAPS = "the most that rewards give in a year"
LENDER = "wendeng-2020"  # the district whose rules fill what was not read of the city's
UNREAD = ("Most of the rulebook", "The points table", "Tables for firms")  # how the files begin the line on what is not entered


def facts(schemes: Mapping[str, Scheme]) -> str:
    """The rulebooks as a table, one fact a line."""
    lines: dict[str, Callable[[Scheme], str]] = {
        "file": lambda s: f"[{s.id}]({s.id}.md)",
        "years, status": lambda s: f"{years(s)}; {s.status}",
        "rows entered": _rows_entered,
        "not entered": lambda s: next(line for line in s.left_out if line.startswith(UNREAD)),
        "start": _start,
        "floor and cap of points": _ends,
        "grades": _grades,
        "a repeat while the first record is valid": _repeat,
        CAPS.removeprefix("the "): _caps,
        "who is scored": _who,
        "what C and D close": _closes,
        "what good grades bring": _brings,
        "how long records count": _validity,
        "what mends a record early": _repair,
        "notice": lambda s: "no rule is entered" if s.notice is None else f"{s.notice.when} the entry",
        "objection": _objection,
    }
    return tables.table(
        ["", *(SHORT[name] for name in schemes)], ([what, *(say(s) for s in schemes.values())] for what, say in lines.items())
    )


def items_of(scheme: Scheme) -> list[Item]:
    """Rows that an act can fall under; rows of weight 0 exist only as repairs of others."""
    return [item for item in scheme.rules.items if item.weight > 0] if scheme.rules else []


def _rows_entered(scheme: Scheme) -> str:
    assert scheme.rules
    by_source = Counter(item.source or scheme.rules.source for item in scheme.rules.items)
    told = [f"{n} [{key}] ({scheme.sources[key].kind})" for key, n in by_source.most_common()]
    return f"{len(scheme.rules.items)}: {', '.join(told)}"


def _source(scheme: Scheme, *keys: str | None) -> str:
    key = next((key for key in keys if key), scheme.source)
    return f" [{key}]" if key else ""


def _own(key: str | None) -> str:
    return f" [{key}]" if key else ""


def _start(scheme: Scheme) -> str:
    assert scheme.points
    start = scheme.points.start
    note = f", {start.note}" if start.note else ""
    return f"{number(start)}, grade {scheme.grades[start_grade(scheme)].name}{note}{_source(scheme, start.source, scheme.points.source)}"


def start_grade(scheme: Scheme) -> int:
    """Place of the grade that everyone starts with."""
    assert scheme.points
    start = scheme.points.start.value
    return next(i for i, grade in enumerate(scheme.grades) if grade.from_points is None or start >= grade.from_points)


def _ends(scheme: Scheme) -> str:
    assert scheme.points
    found = [f"{word} {number(rule)}" for word, rule in (("floor", scheme.points.floor), ("cap", scheme.points.cap)) if rule]
    return ", ".join(found) or "none entered"


def _grades(scheme: Scheme) -> str:
    assert scheme.points
    return f"{grade_bounds(scheme)}{_source(scheme, scheme.points.source)}"


def grade_bounds(scheme: Scheme) -> str:
    """The grades with the points from which they hold."""
    return ", ".join(f"{g.name} from {plain(g.from_points)}" if g.from_points is not None else f"{g.name} below" for g in scheme.grades)


def _repeat(scheme: Scheme) -> str:
    return "counts double" if scheme.points and scheme.points.repeat_doubles else "counts once"


def _caps(scheme: Scheme) -> str:
    caps = scheme.points.caps if scheme.points else {}
    return ", ".join(f"{name} {number(cap.points)}" for name, cap in caps.items()) or "none entered"


def _who(scheme: Scheme) -> str:
    block, rows = scheme.enrolment, scheme.rules.items if scheme.rules else []
    told = " ".join(takes_part(block)) if block else "Everyone: the file names no consent."
    basis = f" ({tables.basis(block.share)})" if block and block.share else ""
    age = " Every row is about adults." if all("adult" in item.requires for item in rows) else ""
    return f"{told.rstrip('.')}{basis}.{age}{_source(scheme, block.source) if block and block.source else ''}"


def _low_lists(scheme: Scheme) -> dict[str, SchemeList]:
    return {name: it for name, it in scheme.lists.items() if it.from_grade}


def _closes(scheme: Scheme) -> str:
    told = []
    for name, it in _low_lists(scheme).items():
        gates = [g for g in scheme.gates.values() if g.list == name]
        doors = [
            f"{sentence(g.text)} Refused: {plain(g.compliance.value)} ({tables.basis(g.compliance)}){_source(scheme, g.source)}."
            for g in gates
        ]
        told.append(f"{sentence(it.text)} {' '.join(doors) or f'Closes nothing in the file{_own(it.source)}.'}")
    return " ".join(told)


def _brings(scheme: Scheme) -> str:
    told = (f"from {it.from_grade}: {sentence(it.text)}{_source(scheme, it.source)}" for it in scheme.rewards.values())
    return " ".join(told) or "none entered"


def _validity(scheme: Scheme) -> str:
    told = (f"{what} {terms}" for what, terms in validities(scheme).items())
    return f"{'; '.join(told)} {' '.join(f'[{key}]' for key in sorted(_of_validity(scheme)))}"


def validities(scheme: Scheme) -> dict[str, str]:
    """How long records count, by what they bring."""
    terms: dict[str, set[tuple[float, str]]] = defaultdict(set)
    for item in items_of(scheme):
        what = f"grade {item.grade}" if item.grade else "points taken" if (item.points or 0) < 0 else "points given"
        if item.validity:
            terms[what].add((item.validity.value, item.validity.unit))
    order = ["points taken", "points given", *sorted(name for name in terms if name.startswith("grade"))]
    return {what: _terms(terms[what]) for what in order if what in terms}


def _of_validity(scheme: Scheme) -> set[str | None]:
    assert scheme.rules
    return {item.validity.source or item.source or scheme.rules.source for item in items_of(scheme) if item.validity}


def _terms(found: set[tuple[float, str]]) -> str:
    """1, 2 or 5 years."""
    *most, last = sorted(found)
    rest = ", ".join(plain(value) for value, _ in most)
    return f"{rest} or {plain(last[0])} {last[1]}" if rest else number(Rule(value=last[0], unit=last[1]))  # type: ignore[arg-type]


def _repair(scheme: Scheme) -> str:
    by_way: dict[str, list[str]] = defaultdict(list)
    for item in items_of(scheme):
        if item.repair:
            by_way[item.repair.on].append(item.id)
    return "; ".join(f"{way}: {plural(len(ids), 'row', 'rows')} ({ids_of(ids)})" for way, ids in by_way.items()) or "no rule is entered"


def differs(schemes: Mapping[str, Scheme]) -> dict[str, str]:
    """Rules that are not the same in all files: what they say, and for which of them that is documented."""
    said: dict[str, tuple[Callable[[Scheme], str], Callable[[Scheme], set[str | None]]]] = {
        "the bounds of the grades": (grade_bounds, _of_points),
        "how long points taken count": (lambda s: validities(s)["points taken"], _of_validity),
        "how long points given count": (lambda s: validities(s)["points given"], _of_validity),
        "a repeat while the first record is valid": (_repeat, lambda s: _of_points(s) if s.points and s.points.repeat_doubles else set()),
        "what mends a record early": (_mends, _of_repair),
        CAPS: (_caps, lambda s: _of_points(s) if s.points and s.points.caps else set()),
    }
    told = {what: f"{_apart(schemes, say)}. {_documented(schemes, of)}." for what, (say, of) in said.items()}
    return told | {CAPS: f"{told[CAPS]}{_read(schemes)}"}


def _read(schemes: Mapping[str, Scheme]) -> str:
    """What the files note on how they read the most that rewards give."""
    caps = ((SHORT[name], what, cap) for name, s in schemes.items() if s.points for what, cap in s.points.caps.items())
    notes = [f'{what} under {name}: "{cap.points.note}"' for name, what, cap in caps if cap.points.note]
    return f" With a reading: {'; '.join(notes)}." if notes else ""


def _mends(scheme: Scheme) -> str:
    ways = Counter(item.repair.on for item in items_of(scheme) if item.repair)
    return listing([f"a {way} in {plural(n, 'row', 'rows')}" for way, n in ways.items()]) or "no rule is entered"


def _of_points(scheme: Scheme) -> set[str | None]:
    return {scheme.points.source or scheme.source} if scheme.points else set()


def _of_repair(scheme: Scheme) -> set[str | None]:
    return {item.source or scheme.rules.source for item in items_of(scheme) if item.repair} if scheme.rules else set()


def _apart(schemes: Mapping[str, Scheme], say: Callable[[Scheme], str]) -> str:
    """Who says what: rulebooks that say the same stand together."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, scheme in schemes.items():
        found[say(scheme)].append(SHORT[name])
    return "; ".join(f"{said} ({listing(names)})" for said, names in found.items())


def _documented(schemes: Mapping[str, Scheme], of: Callable[[Scheme], set[str | None]]) -> str:
    """For which rulebooks the files name a source of the place itself, and for which the district's."""
    lent = schemes[LENDER].source
    own = [SHORT[name] for name, s in schemes.items() if of(s) and (name == LENDER or lent not in of(s))]
    taken = [SHORT[name] for name, s in schemes.items() if lent in of(s) and name != LENDER]
    return f"Documented for {listing(own)}{f'; taken from the district for {listing(taken)}' if taken else ''}"


def _objection(scheme: Scheme) -> str:
    if scheme.review or not scheme.correction:
        return "see the file"
    it = scheme.correction
    values: list[Rule | Empirical] = [it.filed, it.minimum, it.mean]
    rests = sorted({tables.basis(value) for value in values})
    took = f"takes at least {number(it.minimum)}, and {number(it.mean)} more on average"
    return f"no procedure is entered; a wrong record is corrected in {number(it.filed)}, which {took} ({listing(rests)})"


def ids_of(ids: list[str]) -> str:
    """Ids of rules; many are told by the first and how many more."""
    return ", ".join(ids) if len(ids) <= MOST_IDS else f"{', '.join(ids[: MOST_IDS - 1])} and {len(ids) - MOST_IDS + 1} more"


def by_kind(scheme: Scheme) -> dict[str, list[Item]]:
    """The rows of a rulebook by the kind of conduct that they are about."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items_of(scheme):
        found[item.when].append(item)
    return dict(found)


def shared_kinds(schemes: Mapping[str, Scheme], world: World) -> list[str]:
    """Kinds of conduct that at least two rulebooks know, and protected ones that at least one does, in the world's order."""
    known = [by_kind(s).keys() for s in schemes.values()]
    return [k for k, it in world.conduct.items() if sum(k in one for one in known) >= (1 if it.valence == "protected" else 2)]


def acts(schemes: Mapping[str, Scheme], world: World) -> str:
    """One act, four rulebooks: points, direct grade or nothing, with the rules' ids and the share of acts that is recorded."""
    rows = []
    for kind in shared_kinds(schemes, world):
        it = world.conduct[kind]
        rows.append([it.text, it.valence, *(_brought(s, kind) for s in schemes.values())])
    return tables.table(["the act", "counted in the model as", *(SHORT[name] for name in schemes)], rows)


def protected(schemes: Mapping[str, Scheme], world: World) -> str:
    """What the rows under protected kinds of conduct are, and how the files code them: not every such act falls under one."""
    lines = []
    for kind in (k for k, it in world.conduct.items() if it.valence == "protected"):
        for name, scheme in schemes.items():
            if items := by_kind(scheme).get(kind):
                coded = Counter(item.legal for item in items)
                told = listing([f"{n} {what}" for what, n in coded.most_common()])
                first = f"the first of them, {items[0].id}: {sentence(items[0].text)}"
                lines.append(f"- {world.conduct[kind].text}, {SHORT[name]}: {plural(len(items), 'row', 'rows')}, coded {told}; {first}")
    return "\n".join(lines)


def _brought(scheme: Scheme, kind: str) -> str:
    items = by_kind(scheme).get(kind, [])
    if not items:
        return NO_RULE
    parts = []
    for what, those in _by_effect(items).items():
        found = sorted({item.points for item in those if item.points is not None}, key=abs)
        size = "" if not found else f"{found[0]:+g}" if len(found) == 1 else f"{found[0]:+g} to {found[-1]:+g}"
        parts.append(f"{size or what} ({ids_of([item.id for item in those])})".replace("-", "\u2212"))
    return f"{'; '.join(parts)}. Recorded: {seen(scheme, kind)}"


def _by_effect(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[f"grade {item.grade}" if item.grade else "taken" if (item.points or 0) < 0 else "given"].append(item)
    order = ["taken", "given", *sorted(found.keys() - {"taken", "given"})]
    return {what: found[what] for what in order if what in found}


def seen(scheme: Scheme, kind: str) -> str:
    """The share of acts of a kind that is recorded, in the first channel that covers it."""
    channel: Channel | None = next((c for c in scheme.channels.values() if kind in c.covers), None)
    return "never" if channel is None else f"{channel.by_category.get(kind, channel.sensitivity).value:.2g}"


def sources(schemes: Mapping[str, Scheme], cited: set[str]) -> str:
    """The sources that the page cites, as the files describe them."""
    known = {key: source for scheme in reversed(schemes.values()) for key, source in scheme.sources.items()}
    known |= {s.rules.source: s.sources[s.rules.source] for s in schemes.values() if s.rules}  # told best where it is the rulebook itself
    return "\n".join(_told(key, known[key]) for key in sorted(cited & known.keys()))


def _told(key: str, it: Source) -> str:
    told = [
        f"[{key}] {it.author} ({it.year}): {sentence(it.title)}",
        f"*{it.kind}*.",
        f"<{it.url}>" if it.url else "",
        sentence(it.note or ""),
    ]
    return f"- {' '.join(part for part in told if part)}"
