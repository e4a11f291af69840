"""Reads stated towns (`towns/*.yaml`) and lives them twice: by the oracle, and by the engine's own kernel as plain Python."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from glasshouse.engine import state
from glasshouse.engine.machine import Machine, Times
from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import alone, error_free
from glasshouse.world.tables import WorldTables
from tests.cases.load import read_yaml
from tests.cases.stated import CLASSES
from tests.cases.town_chance import Chance, stated
from tests.cases.town_tables import CATEGORIES, NEEDS, town_scheme, town_world
from tests.oracle.compare import compare
from tests.oracle.engine_side import coarsened, engine_counters
from tests.oracle.model import run_oracle
from tests.oracle.subject import Subject

HERE = Path(__file__).parent / "towns"
LINES = 4000
CAUSES = {0: "corrected", 1: "performed", 2: "way out", 9: "expired", 10: "censored", 11: "amnesty", 12: "left"}
ERRORS = ("another's act", "no act", "misrecorded", "ground unmet", "sound")
STEPS = ("filed", "upheld", "rejected", "given up", "weeks")
NAMES = {  # of the places of a counter's key, the group aside
    "attempts": (NEEDS,), "exposures": (NEEDS, CLASSES), "denials": (NEEDS, CLASSES), "spared_denials": (NEEDS,), "acts": (CATEGORIES,),
    "forgone_acts": (CATEGORIES,), "forgone_attempts": (NEEDS,), "privileges": (NEEDS,), "displaced": (NEEDS,), "appeals": (ERRORS, STEPS),
    "split": (("wrong", "spared", "induced", "displaced"),), "tied": (("collateral", "shielded"),), "fines": (CLASSES,),
    "refunds": (CLASSES,), "paid": (CLASSES,), "claimed": (CLASSES,), "returned": (CLASSES,), "owed": (), "clean_claims": (),
    "unreviewed": (("no notice", "no review"),), "silent": (), "ties_dropped": (), "left": (), "bound_days": (), "minor_sanctioned": (),
    "debts_arisen": (), "debts_paid": (), "clean_fines": (), "ever": (CLASSES,), "ever_listed": (),
}  # fmt: skip
KEYS = {
    "name", "why", "homes", "layers", "groups", "people", "scheme", "beside", "weeks", "history", "followup", "worth", "events", "expect",
    "scores", "differs",
}  # fmt: skip
Stay = tuple[int, int, int, int, str, str]  # who, list, entry, end, cause, class at entry


@dataclass(frozen=True)
class TownCase:
    """One hand-computed town: what is stated, and what must come of it."""

    name: str
    data: dict[str, Any]
    world: WorldTables
    schemes: list[SchemeTables]
    pairs: list[tuple[int, int]]

    @property
    def differs(self) -> dict[str, str]:
        """Sides known not to come out as by hand, and why."""
        return dict(self.data.get("differs", {}))


@dataclass
class Came:
    """What came of a town on one side: the first arm's stays on lists and its counters; every arm's counters as the engine keeps them."""

    stays: list[Stay]
    counters: dict[str, Counter[tuple[int, ...]]]
    arms: list[dict[str, Counter[tuple[int, ...]]]]


def all_towns() -> list[TownCase]:
    """Every town of the folder."""
    return [_case(data, path.stem) for path in sorted(HERE.glob("*.yaml")) for data in read_yaml(path)]


def _case(data: dict[str, Any], theme: str) -> TownCase:
    assert set(data) <= KEYS, f"{data['name']}: unknown {set(data) - KEYS}"
    assert data["why"].strip() and (data.get("expect") or data.get("scores")), "a case says why, and what"
    homes, layers = data["homes"], data.get("layers", [])
    given = dict(data.get("scheme", {}))
    if "scores" in data:
        given["grades"] = _bounds(data)
    scheme = town_scheme(given, len(layers))
    made = {"error-free": error_free, "alone": alone}
    beside = data.get("beside", [])
    pair = tuple(1 + beside.index(word) if word in beside else -1 for word in made)
    schemes = [scheme, *(made[word](scheme) for word in beside)]
    name = f"{theme}: {data['name']}"
    return TownCase(name, data, town_world(homes, layers, data.get("groups", [])), schemes, [pair, *[(-1, -1)] * len(beside)])  # type: ignore[list-item]


def _bounds(data: dict[str, Any]) -> list[int]:
    """Grades so fine that the grade at the end tells whether a score is one of those expected."""
    scores = {score for by_group in data["scores"].values() for score in by_group.values()}
    return sorted({bound for score in scores for bound in (score, score + 1)}, reverse=True)


# -- the two sides -----------------------------------------------------------------------------------------------------------


def _chance(case: TownCase) -> Chance:
    data = case.data
    minors = [place >= adults for adults, children in data["homes"] for place in range(adults + children)]
    people = {int(slot): some for slot, some in data.get("people", {}).items()}
    return Chance(minors, people, data.get("events", []), len(case.schemes[0].item), int(data.get("worth", 0)))


def _times(case: TownCase, weeks: int | None) -> tuple[int, int, int]:
    return int(weeks or case.data.get("weeks", 6)), int(case.data.get("history", 0)), int(case.data.get("followup", 0))


def by_oracle(case: TownCase, weeks: int | None = None) -> Came:
    """The town as the oracle lives it."""
    counted, history, followup = _times(case, weeks)
    end = history + 7 * counted + followup
    stays: list[Stay] = []
    note, close = Subject.note_what_happened, Subject.close_books
    classes: dict[int, str] = {}

    def keep(subject: Subject, list_index: int, spell: Any, until: int, cause: int) -> None:
        stays.append((subject.person.slot, list_index, spell.entry, until, CAUSES[cause], classes[id(spell)]))

    def noting(subject: Subject, day: int) -> None:
        if subject.arm.number == 0:
            kept.extend(spell for _, _, spell in subject.ledger.entries)
            classes.update({id(spell): CLASSES[kind] for _, kind, spell in subject.ledger.entries})
            for index, cause, spell in subject.ledger.closed:
                keep(subject, index, spell, day, cause)
        note(subject, day)

    def closing(subject: Subject) -> None:
        for index, (spell, *_) in enumerate(subject.ledger.spells):
            if spell is not None and subject.arm.number == 0:
                keep(subject, index, spell, end, 10)
        close(subject)

    kept: list[Any] = []  # so that no two spells have one id
    chance = _chance(case)
    with stated(chance), patch.object(Subject, "note_what_happened", noting), patch.object(Subject, "close_books", closing):
        arms = run_oracle(case.world, case.schemes, 1, len(chance.minors), counted, history, followup, case.pairs)
    return Came(sorted(stays), {**arms[0]}, coarsened(arms))


def by_engine(case: TownCase, weeks: int | None = None) -> Came:
    """The town as the engine lives it. Once more without a log, when people are woken only if need be: the counts must be the same."""
    counted, history, followup = _times(case, weeks)
    chance = _chance(case)
    times = Times(people=len(chance.minors), weeks=counted, seed=1, history=history, followup=followup)
    machine = Machine(case.world, case.schemes, times, pairs=case.pairs, plain=True)
    with stated(chance):
        counts, _, log = machine.live(0, 1, log_lines=LINES)
        unlogged, _, _ = machine.live(0, 1)
    assert log[0]["day"] < LINES and (counts == unlogged).all()
    arms = engine_counters(machine, counts)
    return Came(_stays(log[1 : 1 + int(log[0]["day"])], chance), arms[0], arms)


def _stays(log: Any, chance: Chance) -> list[Stay]:
    """Stays of the first arm at level 0, from the lines of a log."""
    opened: dict[tuple[int, int], tuple[int, str]] = {}
    out: list[Stay] = []
    for line in log:
        if line["arm"] != 0 or line["b"] != 0 or line["what"] not in (state.LOG_ENTRY, state.LOG_EXIT):
            continue
        key = chance.slot[int(line["pid"])], int(line["a"])
        if line["what"] == state.LOG_ENTRY:
            opened[key] = int(line["day"]), CLASSES[line["c"]]
        else:
            entry, kind = opened.pop(key)
            out.append((*key, entry, int(line["day"]), CAUSES[int(line["c"])], kind))
    assert not opened
    return sorted(out)


def differences(oracle: Came, engine: Came) -> list[str]:
    """Where the two sides differ in anything that is counted, in any arm."""
    return compare(oracle.arms, engine.arms)


# -- what is expected --------------------------------------------------------------------------------------------------------


def expected(case: TownCase) -> dict[str, Any]:
    """What the case says, in the form of `observed`."""
    out: dict[str, Any] = {}
    for key, value in case.data.get("expect", {}).items():
        if key == "stays":
            out[key] = sorted(_stay(line) for line in value)
        elif key == "days":
            out[key] = {name: sorted(d for r in ranges for d in _range(r)) for name, ranges in value.items()}
        elif key == "spared":
            out[key] = sorted(d for r in value for d in _range(r))
        else:
            out[key] = value if isinstance(value, dict) else {"": value} if value else {}
    return out


def _stay(line: str) -> Stay:
    """`0 on 0: 3-12 expired, within stated rules` is person 0 on list 0 from day 3 on, off it on day 12."""
    where, what = line.split(": ", 1)
    who, _, which = where.split()
    when, kind = what.split(", ", 1)
    span, cause = when.split(" ", 1)
    first, last = span.split("-")
    assert cause in CAUSES.values() and kind in CLASSES, line
    return int(who), int(which), int(first), int(last), cause, kind


def _range(text: Any) -> range:
    first, _, last = str(text).partition("-")
    return range(int(first), int(last or first) + 1)


def observed(came: Came, case: TownCase) -> dict[str, Any]:
    """What a case speaks of, as it came out."""
    out: dict[str, Any] = {}
    for key in case.data.get("expect", {}):
        if key == "stays":
            out[key] = came.stays
        elif key == "days":
            days: dict[str, list[int]] = {}
            for (kind, day, _), n in sorted(came.counters["sanctioned"].items()):
                days.setdefault(CLASSES[kind], []).extend([day] * n)
            out[key] = {name: sorted(some) for name, some in days.items()}
        elif key == "spared":
            out[key] = sorted(day for (day, _), n in came.counters["spared"].items() for _ in range(n))
        else:
            named: Counter[str] = Counter()
            for at, n in came.counters[key].items():
                named[" / ".join(names[i] for names, i in zip(NAMES[key], at[:-1], strict=True))] += n
            out[key] = {name: n for name, n in named.items() if n}
    return out


def scores(came: Came, case: TownCase) -> dict[str, Any]:
    """Scores at the end of counted time by group: exact where they are among those expected, else None."""
    bounds = _bounds(case.data)
    out: dict[str, Any] = {}
    for (grade, group), n in came.counters["grades"].items():
        exact = 0 < grade < len(bounds) and bounds[grade - 1] == bounds[grade] + 1
        assert n == 1 and "ABC"[group] not in out, "one adult of each group"
        out["ABC"[group]] = bounds[grade] if exact else None
    return out
