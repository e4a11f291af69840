"""One adult's life under a points scheme of the catalogue, told in its own rules: which rule applied on which day, and when they paid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world
from glasshouse.world.model import World
from glasshouse.world.tables import WorldTables
from tests.cases.stated import ACT, PAYMENT, Stated, StatedLife, StatedPerson, Trace
from tests.oracle.life import life


@dataclass(frozen=True)
class Act:
    """What the person does on a day, and the rule of the scheme that it falls under; the record takes effect the same day."""

    day: int
    rule: str


@dataclass(frozen=True)
class Pays:
    """The person pays what they owe on a day."""

    day: int


@dataclass(frozen=True)
class Lived:
    """What came of a life: by day, at its end."""

    trace: Trace
    grades: list[str]
    lists: list[str]

    def score(self, day: int) -> float:
        """Points at the end of a day."""
        return self.trace.points[day][0] / 10

    def grade(self, day: int) -> str:
        """Grade at the end of a day."""
        return self.grades[self.trace.grade[day][0]]

    def grades_held(self) -> list[tuple[int, str]]:
        """Each day on which the grade changes, with the new grade, from day 0 on."""
        held = [self.grade(day) for day in range(len(self.trace.grade))]
        return [(day, grade) for day, grade in enumerate(held) if day == 0 or held[day - 1] != grade]

    def stays(self) -> list[tuple[str, int, int]]:
        """Stays on lists: list, first day, first day off."""
        return sorted((self.lists[name], first, last) for name, first, last, _ in self.trace.spells)


@lru_cache(maxsize=1)
def default_world() -> tuple[World, WorldTables]:
    """The default world and its tables."""
    world = load_world("default")
    return world, compile_world(world)


def compiled(scheme: Scheme) -> SchemeTables:
    """The tables of a scheme in the default world."""
    return compile_scheme(scheme, *default_world())


def lived(scheme: Scheme, days: int, *events: Act | Pays) -> Lived:
    """The life of an adult who is able to pay and owes nothing at first; chance is switched off, as in `tests/cases`."""
    tables, world = compiled(scheme), default_world()[1]
    items = {item.id: (i, item) for i, item in enumerate(scheme.rules.items if scheme.rules else [])}
    categories = list(world.names["categories"])

    def stated(event: Act | Pays) -> Stated:
        if isinstance(event, Pays):
            return Stated(event.day, PAYMENT)
        i, item = items[event.rule]
        return Stated(event.day, ACT, categories.index(item.when), channel=0, item=i)

    trace = life(StatedLife(world, tables, days, StatedPerson(tuple(stated(event) for event in events))))
    return Lived(trace, [grade.name for grade in scheme.grades], list(scheme.lists))
