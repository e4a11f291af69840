"""Small towns lived by the product's own engine, and what is counted in them."""

from __future__ import annotations

from collections import Counter
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import machine as engine
from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.room import Memory, town_memory
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World

Counted = dict[str, NDArray[np.int64]]
Log = NDArray[np.void]
Floats = NDArray[np.float64]
LINES = 200_000


def machine(
    world: World, *schemes: Scheme | None, people: int = 150, weeks: int = 52, seed: int = 1, history: int = 0, followup: int | None = None,
    plain: bool = False,
) -> Machine:  # fmt: skip
    """A run of schemes side by side (None: no scheme), each an arm. `plain`: the uncompiled engine, a thousand times slower."""
    tables = compile_world(world)
    arms = [no_scheme(world, tables) if s is None else compile_scheme(s, world, tables) for s in schemes]
    return Machine(tables, arms, Times(people=people, weeks=weeks, seed=seed, history=history, followup=followup), plain=plain)


def lived(run: Machine) -> Counted:
    """All towns of a run: its counts by name."""
    counts, _, _ = run.live(0, run.towns)
    return run.layout.view(counts)


def town_by_town(run: Machine, name: str) -> NDArray[np.int64]:
    """One count of each town, a row each: towns are independent."""
    return np.array([run.layout.view(run.live(t, t + 1)[0])[name].copy() for t in range(run.towns)])


def logged(run: Machine) -> Log:
    """All towns of a run: the lines of its log up to the end of counted time (whose life goes on after it depends on what is followed)."""
    _, _, log = run.live(0, run.towns, log_lines=LINES)
    lines = int(log[0]["day"])
    assert lines < LINES, "the log is full"
    kept = log[1 : lines + 1]
    return np.asarray(kept[kept["day"] < run.clock[0]["history"] + run.clock[0]["horizon"]])


def of_kind(log: Log, what: int, *fields: str, **where: int) -> Counter[tuple[int, ...]]:
    """Lines of one kind, keyed by person, day and the named fields."""
    kept = log[log["what"] == what]
    for name, value in where.items():
        kept = kept[kept[name] == value]
    return Counter(zip(*(kept[n].tolist() for n in ("pid", "day", *fields)), strict=True))


def people_in(lines: Counter[tuple[int, ...]]) -> set[int]:
    """The people of some lines."""
    return {key[0] for key in lines}


def by_person(lines: Counter[tuple[int, ...]], people: int) -> NDArray[np.int64]:
    """How many of some lines each person has."""
    out = np.zeros(people, np.int64)
    for (pid, *_), n in lines.items():
        out[pid] += n
    return out


def remembered(run: Machine, town: int = 0) -> tuple[Counted, Memory]:
    """One town: its counts, and its memory as the last exchange left it (people by home slot)."""
    kept: list[Memory] = []

    def keep(*args: Any, **how: Any) -> Memory:
        kept.append(town_memory(*args, **how))
        return kept[-1]

    with patch.object(engine, "town_memory", keep):
        counts, _, _ = run.live(town, town + 1)
    return run.layout.view(counts), kept[-1]  # the last: earlier ones had too little room


def weights_of_ties(memory: Memory, over: list[float]) -> Floats:
    """The row-stochastic matrix of a town's ties: the household first, then each layer's blocks."""
    people = len(memory["pop"])
    total = np.zeros((people, people))
    for layer, weight in enumerate(over):
        first = np.asarray(memory["first_at"][layer])
        total += weight * (first[:, None] == first[None, :])
    np.fill_diagonal(total, 0)
    return np.asarray(total / np.maximum(total.sum(axis=1, keepdims=True), 1e-300))


def below_start(memory: Memory, name: str, start: int = 10_000, arm: int = 0) -> Floats:
    """By how many tenths each person's own (`own`) or effective (`eff`) score lies below the start."""
    return np.asarray(start - memory[name][arm, 0].astype(float))
