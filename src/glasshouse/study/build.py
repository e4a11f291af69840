"""From a setting of the files' values to a machine that can live it: the scheme, ordinary law and no scheme side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.work import Job
from glasshouse.files.errors import InputError
from glasshouse.files.settings import for_world, get_value, with_values
from glasshouse.files.values import Empirical, in_days
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.study.plan import Setting
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from glasshouse.world.tables import WorldTables

WEEKS_A_YEAR = 52


@dataclass(frozen=True, eq=False)
class Workshop:
    """A scheme, its comparators and a world, ready to be compiled under any setting."""

    scheme: Scheme
    ordinary: Scheme | None  # None where the scheme under study is itself a baseline
    world: World
    people: int
    years: int
    start: str

    def tables(self, values: Mapping[str, object]) -> tuple[WorldTables, dict[str, SchemeTables]]:
        """The world and the arms under a setting, as tables.

        A value that ordinary law states alike at the same path is one unknown: it moves in both.
        """
        of_scheme, of_world = for_world(values)
        world = with_values(self.world, of_world) if of_world else self.world
        scheme = with_values(self.scheme, of_scheme) if of_scheme else self.scheme
        tables = compile_world(world)
        arms = {"scheme": compile_scheme(scheme, world, tables)}
        if self.ordinary is not None:
            shared = {path: v for path, v in of_scheme.items() if _same_value(self.scheme, self.ordinary, path)}
            ordinary = with_values(self.ordinary, shared) if shared else self.ordinary
            arms["ordinary"] = compile_scheme(ordinary, world, tables)
        arms["none"] = no_scheme(world, tables)
        return tables, arms

    def times(self, seed: int) -> Times:
        """People, weeks, seed and the history lived before counting starts."""
        history = round(in_days(self.world.history)) if self.start == "mature" else 0
        return Times(people=self.people, weeks=WEEKS_A_YEAR * self.years, seed=seed, history=history)

    @property
    def towns(self) -> int:
        """Towns that hold the people."""
        return -(-self.people // int(self.world.town_size.value))

    def jobs(self, settings: list[Setting]) -> list[Job]:
        """One job per setting and seed. Tables are compiled once per setting, when its turn comes."""
        jobs = []
        for setting in settings:
            compiled = lru_cache(maxsize=1)(lambda values=setting.values: self.tables(values))
            for seed in setting.seeds:
                jobs.append(Job(f"{setting.id}.{seed}", self.towns, _builder(compiled, self.times(seed))))
        return jobs


def _same_value(scheme: Scheme, ordinary: Scheme, path: str) -> bool:
    """Whether both files state the same empirical value at the same path: then it is one unknown, and both arms must move together."""
    try:
        here, there = get_value(scheme, path), get_value(ordinary, path)
    except InputError:
        return False
    both = isinstance(here, Empirical) and isinstance(there, Empirical)
    return bool(both and (here.value, here.range, here.scale) == (there.value, there.range, there.scale))


def _builder(compiled, times: Times):  # type: ignore[no-untyped-def]
    def build() -> Machine:
        world, arms = compiled()
        return Machine(world, list(arms.values()), times)

    return build
