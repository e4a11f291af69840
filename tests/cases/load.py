"""Reads the hand-computed lives: YAML with names, short for people to write, into stated lives with integers, and checks traces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from tests.cases import stated
from tests.cases.stated import CLASSES, CLEAN, Stated, StatedLife, StatedPerson, Trace

HERE = Path(__file__).parent
WORLD = HERE.parent / "data" / "testville-world.yaml"
UNITS = ("points", "days", "weeks", "months", "years", "times")
ORIGINS = {"another's act": 1, "no act": 2}
EVENT_KEYS = {
    "act", "false-record", "batch", "need", "shock", "recovery", "payment",
    "day", "item", "truly", "seen", "delay", "noticed", "corrected", "pledge", "leaves", "complies", "over", "pays",
}  # fmt: skip
EXPECT_KEYS = {
    "points", "clean_points", "grade", "clean_grade", "debts", "listed", "clean_listed", "classes", "spared", "attempts", "entries",
    "spells", "fines",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One hand-computed life: what is stated, and what must come of it."""

    name: str
    life: StatedLife
    expect: dict[str, Any]


def read_yaml(path: Path) -> Any:
    """The data of a YAML 1.2 file."""
    return YAML(typ="safe", pure=True).load(path)


@lru_cache(maxsize=1)
def _world() -> tuple[World, Any]:
    world = World.model_validate(read_yaml(WORLD))
    return world, compile_world(world)


def all_cases() -> list[Case]:
    """Every case of this folder."""
    return [_case(data, path.stem) for path in sorted(HERE.glob("*.yaml")) for data in read_yaml(path)]


def _case(data: dict[str, Any], theme: str) -> Case:
    unknown = set(data) - {"name", "why", "scheme", "days", "person", "parents", "events", "expect"}
    assert not unknown, f"{data['name']}: unknown {unknown}"
    assert data["why"].strip(), "a case says why"
    world, world_tables = _world()
    scheme_data = _merge(read_yaml(HERE / "shared" / "scheme.yaml"), data.get("scheme", {}))
    scheme_data["rules"]["items"] = [_item(k, v) for k, v in scheme_data.pop("items", {}).items()]
    tables = compile_scheme(Scheme.model_validate(_expand(scheme_data)), world, world_tables)
    names = _Names(world_tables, tables, list(scheme_data["lists"]), {k: list(v.get("exits", {})) for k, v in scheme_data["lists"].items()})
    own = {"events": data["events"], **data.get("person", {})}
    case = StatedLife(
        world=world_tables,
        scheme=tables,
        days=data["days"],
        person=names.person(own),
        parents=tuple(names.person(p) for p in data.get("parents", [])),
    )
    return Case(f"{theme}: {data['name']}", case, names.expectation(data["expect"]))


def _merge(base: Any, patch: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(patch, dict):
        return patch
    return {k: _merge(base[k], patch[k]) if k in base and k in patch else patch.get(k, base.get(k)) for k in {**base, **patch}}


def _expand(data: Any) -> Any:
    """`30 days` is short for a rule's value with its unit, `~30 days` for an assumed one."""
    if isinstance(data, dict):
        return {k: _expand(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_expand(v) for v in data]
    if isinstance(data, str) and data.count(" ") == 1:
        number, unit = data.lstrip("~").split()
        if unit in UNITS and number.replace(".", "", 1).lstrip("-").isdigit():
            rule = {"value": float(number), "unit": unit}
            return (
                {**rule, "range": [float(number)] * 2, "scale": "linear", "evidence": "assumed", "why": "stated"}
                if data[0] == "~"
                else rule
            )
    return data


def _item(name: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "text": name, "legal": "unlawful", **data}


@dataclass(frozen=True)
class _Names:
    """From names in a case to the indices of its tables."""

    world: Any
    scheme: Any
    lists: list[str]
    exits: dict[str, list[str]]

    def person(self, data: dict[str, Any]) -> StatedPerson:
        events = tuple(sorted((self.event(e) for e in data["events"]), key=lambda e: e.day))
        return StatedPerson(events, bool(data.get("minor")), bool(data.get("able", True)), int(data.get("debts", 0)))

    def event(self, data: dict[str, Any]) -> Stated:
        assert set(data) <= EVENT_KEYS, f"unknown {set(data) - EVENT_KEYS}"
        kinds = ["act", "false-record", "batch", "need", "shock", "recovery", "payment"]
        (word,) = [k for k in kinds if k in data]
        kind, day = kinds.index(word), int(data["day"])
        if word == "need":
            which = self.world.names["needs"].index(data["need"])
            return Stated(day, kind, which, complies=int(data.get("complies", True)), over=int(data.get("over", False)))
        if word in ("shock", "recovery", "payment"):
            return Stated(day, kind, pays=int(data.get("pays", True)))
        category = self.world.names["categories"].index(data["act"]) if word == "act" else -1
        item = data["item"] if "item" in data else self.only_item(category)
        true = data.get("truly")
        return Stated(
            day,
            kind,
            category,
            channel=0 if data.get("seen", True) else -1,
            origin=ORIGINS[data[word]] if word != "act" else 3 * (true is not None),
            item=self.item(item),
            true_item=self.item(true) if true is not None else -1,
            delay=int(data.get("delay", 0)),
            noticed=int(data.get("noticed", False)),
            corrected=int(data.get("corrected", -1)),
            pledge=int(data.get("pledge", -1)),
            hazards=tuple(self.hazard(name, days) for name, days in data.get("leaves", {}).items()),
        )

    def item(self, name: str) -> int:
        return -1 if name == "none" else int(self.scheme.names["items"].index(name))

    def only_item(self, category: int) -> str:
        found = [i for i, row in zip(self.scheme.names["items"], self.scheme.item, strict=True) if row["category"] == category]
        assert len(found) == 1, f"which of {found}?"
        return str(found[0])

    def hazard(self, name: str, days: int) -> tuple[int, int, int]:
        (list_name,) = [k for k, exits in self.exits.items() if name in exits]
        return self.lists.index(list_name), self.exits[list_name].index(name), int(days)

    # -- what is expected ----------------------------------------------------------------------------------------------------

    def expectation(self, data: dict[str, Any]) -> dict[str, Any]:
        assert data and set(data) <= EXPECT_KEYS, f"unknown {set(data) - EXPECT_KEYS}"
        grades = self.scheme.names["grades"]
        out: dict[str, Any] = {}
        for key, value in data.items():
            if key in ("points", "clean_points"):
                out[key] = {day: round(points * 10) for day, points in value.items()}
            elif key in ("grade", "clean_grade"):
                out[key] = {day: grades.index(str(grade)) for day, grade in value.items()}
            elif key in ("listed", "clean_listed"):
                out[key] = {self.lists.index(name): _days(ranges) for name, ranges in value.items()}
            elif key == "classes":
                out[key] = {day: CLASSES.index(name) for ranges, name in value.items() for day in _days([ranges])}
            elif key == "spared":
                out[key] = _days(value)
            elif key == "debts":
                out[key] = dict(value)
            else:
                out[key] = sorted(getattr(self, f"_{key}")(v) for v in value)
        return out

    def _attempts(self, v: dict[str, Any]) -> tuple[int, int, int, int, int]:
        exposed, denied = (CLASSES.index(v[k]) if k in v else -1 for k in ("exposed", "denied"))
        return v["day"], self.world.names["needs"].index(v["need"]), exposed, denied, int(v.get("spared", False))

    def _entries(self, v: dict[str, Any]) -> tuple[int, int, int]:
        return self.lists.index(v["list"]), v["day"], CLASSES.index(v["class"])

    def _spells(self, v: dict[str, Any]) -> tuple[int, int, int, int]:
        fixed = {"corrected": stated.CORRECTED, "performed": stated.PERFORMED, "expired": stated.EXPIRED, "censored": stated.CENSORED}
        cause = fixed[v["cause"]] if v["cause"] in fixed else stated.FIRST_HAZARD + self.exits[v["list"]].index(v["cause"])
        return self.lists.index(v["list"]), v["entry"], v["end"], cause

    def _fines(self, v: dict[str, Any]) -> tuple[int, int]:
        return v["day"], CLASSES.index(v["class"])


def _days(ranges: list[Any]) -> set[int]:
    """`10-19` is days 10 to 19, both counted."""
    out: set[int] = set()
    for r in ranges:
        first, _, last = str(r).partition("-")
        out |= set(range(int(first), int(last or first) + 1))
    return out


def observed(trace: Trace, expect: dict[str, Any]) -> dict[str, Any]:
    """The parts of a trace that a case speaks of, in the form in which it does."""
    days = range(len(trace.day_class))
    at = {
        "points": lambda d: trace.points[d][0],
        "clean_points": lambda d: trace.points[d][CLEAN],
        "grade": lambda d: trace.grade[d][0],
        "clean_grade": lambda d: trace.grade[d][CLEAN],
        "debts": lambda d: trace.debts[d],
    }
    level = {"listed": 0, "clean_listed": CLEAN}
    out: dict[str, Any] = {}
    for key, value in expect.items():
        if key in at:
            out[key] = {day: at[key](day) for day in value}
        elif key in level:
            out[key] = {i: {d for d in days if trace.listed[d][i][level[key]]} for i in value}
        elif key == "classes":
            out[key] = {d: c for d, c in enumerate(trace.day_class) if c >= 0}
        elif key == "spared":
            out[key] = {d for d in days if trace.spared[d]}
        else:
            out[key] = sorted(getattr(trace, key))
    return out
