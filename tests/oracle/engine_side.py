"""The engine's counts in the oracle's keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.tables import WorldTables
from tests.oracle.classes import CLASSES
from tests.oracle.compare import compare, summed
from tests.oracle.model import run_oracle

if TYPE_CHECKING:
    from glasshouse.engine.machine import Machine

Counters = dict[str, Counter[tuple[int, ...]]]
ONE_NUMBER = ("silent", "ties_dropped", "minor_sanctioned", "bound_days", "left", "owed", "clean_claims")  # of each group
BY_SOMETHING = ("forgone_acts", "forgone_attempts", "privileges", "displaced", "split", "tied", "unreviewed", "refunds")
MONEY = ("paid", "claimed", "returned")  # by class


@dataclass(frozen=True)
class Town:
    """What is lived on both sides: a world, the schemes side by side, the people and the time, as tables and integers."""

    world: WorldTables
    schemes: list[SchemeTables]
    seed: int = 1
    people: int = 60
    weeks: int = 30
    history: int = 0
    followup: int = 300
    pairs: Sequence[tuple[int, int]] | None = None  # for each arm its error-free arm and its arm alone, -1 none

    def machine(self, *, plain: bool = False) -> Machine:
        """The engine, ready to live it."""
        from glasshouse.engine.machine import Machine, Times  # only where the engine is wanted: the oracle needs none of it

        times = Times(people=self.people, weeks=self.weeks, seed=self.seed, history=self.history, followup=self.followup)
        return Machine(self.world, self.schemes, times, pairs=self.all_pairs(), plain=plain)

    def oracle(self) -> list[Counters]:
        """The oracle's counters."""
        town = (self.seed, self.people, self.weeks, self.history, self.followup)
        return run_oracle(self.world, self.schemes, *town, self.all_pairs())

    def all_pairs(self) -> list[tuple[int, int]]:
        """The pairs of every arm."""
        return list(self.pairs or [(-1, -1)] * len(self.schemes))


def differences(town: Town) -> tuple[list[str], list[Counters]]:
    """Where engine and oracle differ, in words, and the oracle's counters."""
    from glasshouse.engine.machine import SAMPLE

    machine = town.machine()
    vector, sample, _ = machine.live(0, machine.towns)
    oracle = town.oracle()
    out = compare(coarsened(oracle), engine_counters(machine, vector))
    if engine_sample(sample) != lowest_ids(oracle[0]["class_days"], SAMPLE):
        out.append("the people kept as a sample")
    return out, oracle


def _counter(array: Any, order: tuple[int, ...]) -> Counter[tuple[int, ...]]:
    """Cells that are not 0, keyed by their index in another order of the axes."""
    return Counter({tuple(int(at[i]) for i in order): int(array[tuple(at)]) for at in np.argwhere(array)})


def engine_counters(machine: Machine, vector: Any) -> list[Counters]:
    """One dict of counters per arm, as `run_oracle` returns them; durations in the engine's bins, spells and paths without the group."""
    v = machine.layout.view(vector)
    horizon = machine.times.weeks * 7
    out = []
    for a in range(machine.arms.count):
        days = np.cumsum(v["days"][a], axis=-1)[:, :, :-1]
        out.append(
            {
                "adult_days": _counter(v["adults"] * horizon, (0,)),
                "minor_days": _counter(v["minors"] * horizon, (0,)),
                "sanctioned": _counter(days[:, :CLASSES], (1, 2, 0)),
                "spared": _counter(days[:, CLASSES], (1, 0)),
                "entries": _counter(v["entries"][a], (0, 2, 1)),
                "spells": _counter(v["durations"][a], (0, 1, 2)),
                "attempts": _counter(v["attempts"], (1, 0)),
                "exposures": _counter(v["exposures"][a], (1, 2, 0)),
                "denials": _counter(v["denials"][a], (1, 2, 0)),
                "spared_denials": _counter(v["spared_denials"][a], (1, 0)),
                "ever": _counter(v["ever"][a], (1, 0)),
                "acts": _counter(v["acts"] - v["forgone_acts"][a] + v["acts_arm"][a], (1, 0)),
                "debts_arisen": _counter(v["debts_arisen"][a], (0,)),
                "debts_paid": _counter(v["debts_paid"][a], (0,)),
                "debtors": _counter(np.cumsum(v["debtors"][a], axis=-1)[:, :-1], (1, 0)),
                "fines": _counter(v["fines"][a], (1, 0)),
                "grades": _counter(v["grades"][a], (1, 0)),
                "paths": _counter(v["paths"][a], (0, 1, 2, 3)),
                "false_paths": _counter(v["false_paths"][a], (1, 0)),
                "debts_start": _counter(v["debts_start"][a], (0,)),
                "ever_listed": _counter(v["ever_listed"][a], (0,)),
                "clean_entries": _counter(v["clean_entries"][a], (0, 1)),
                "clean_fines": _counter(v["clean_fines"][a], (0,)),
                **{name: _counter(v[name][a], (0,)) for name in ONE_NUMBER},
                **{name: _counter(v[name][a], (1, 0)) for name in (*BY_SOMETHING, *MONEY)},
                "appeals": _counter(v["appeals"][a], (1, 2, 0)),
            }
        )
    return out


def engine_sample(sample: Any) -> list[dict[int, int]]:
    """For each class the people kept as a sample, with their days."""
    return [{int(pid): int(days) for pid, days in rows if days > 0} for rows in sample]


def lowest_ids(class_days: Counter[tuple[int, ...]], most: int) -> list[dict[int, int]]:
    """The same from the oracle's `class_days`: the lowest ids."""
    return [dict(sorted((pid, n) for (kind, pid), n in class_days.items() if kind == cls)[:most]) for cls in range(CLASSES)]


def coarsened(oracle: list[Counters]) -> list[Counters]:
    """The oracle's counters as coarse as the engine keeps them."""
    from glasshouse.engine.layout import duration_bin

    out = []
    for arm in oracle:
        spells: Counter[tuple[int, ...]] = Counter()
        for (cls, cause, days, _), n in arm["spells"].items():
            spells[cls, cause, duration_bin(days)] += n
        false = summed({key: n for key, n in arm["paths"].items() if key[4] >= 0}, 0, 4)
        coarse = {**arm, "spells": spells, "paths": summed(arm["paths"], 0, 1, 2, 3), "false_paths": false}
        del coarse["class_days"]
        out.append(coarse)
    return out
