"""Small towns lived by the compiled engine: what tests of properties and of theory build their runs from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import state
from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.work import Partial
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World

Counted = dict[str, NDArray[np.int64]]
Log = NDArray[np.void]
LINES = 200_000
SHARED = "overflow events adults minors attempts acts".split()  # of the life itself; every other count is an arm's


def machine(
    world: World, *schemes: Scheme | None, people: int = 150, weeks: int = 52, seed: int = 1, history: int = 0, followup: int | None = None
) -> Machine:
    """A run of schemes side by side (None: no scheme), each an arm."""
    tables = compile_world(world)
    arms = [no_scheme(world, tables) if s is None else compile_scheme(s, world, tables) for s in schemes]
    return Machine(tables, arms, Times(people=people, weeks=weeks, seed=seed, history=history, followup=followup))


def lived(run: Machine) -> Counted:
    """All towns of a run: its counts by name."""
    counts, _, _ = run.live(0, run.towns)
    return run.layout.view(counts)


def partial(run: Machine, first: int, last: int, *, log_lines: int = 0) -> Partial:
    """Some towns of a run, as they are kept."""
    counts, sample, _ = run.live(first, last, log_lines=log_lines)
    return Partial(counts, sample, run.layout.shapes)


def logged(run: Machine) -> Log:
    """All towns of a run: the lines of its log up to the end of counted time (whose life goes on after it depends on what is followed)."""
    _, _, log = run.live(0, run.towns, log_lines=LINES)
    lines = int(log[0]["day"])
    assert lines < LINES, "the log is full"
    kept = log[1 : lines + 1]
    return kept[kept["day"] < run.clock[0]["history"] + run.clock[0]["horizon"]]


def of_kind(log: Log, what: int, *fields: str, **where: int) -> Counter[tuple[int, ...]]:
    """Lines of one kind, keyed by person, day and the named fields."""
    kept = log[log["what"] == what]
    for name, value in where.items():
        kept = kept[kept[name] == value]
    return Counter(zip(*(kept[n].tolist() for n in ("pid", "day", *fields)), strict=True))


def acts_seen(log: Log, arm: int = 0) -> Counter[tuple[int, ...]]:
    """Acts that an arm saw: person, day, category."""
    return of_kind(log, state.LOG_ACT, "a", b=1, arm=arm)


def people_in(lines: Counter[tuple[int, ...]]) -> set[int]:
    """The people of some lines."""
    return {key[0] for key in lines}


def of_arm(counts: Counted, arm: int) -> Counted:
    """What belongs to one arm, and what belongs to the life that all arms share."""
    return {name: array if name in SHARED else array[arm] for name, array in counts.items()}


def unlike(left: Counted, right: Counted, *, but: Sequence[str] = ()) -> list[str]:
    """Names of the counts that differ. An axis that is longer on one side must hold nothing beyond the other's end."""
    assert left.keys() == right.keys()
    return [name for name in left if name not in but and not _same(left[name], right[name])]


def _same(left: NDArray[Any], right: NDArray[Any]) -> bool:
    assert left.ndim == right.ndim
    both = np.maximum(left.shape, right.shape)
    return np.array_equal(_padded(left, both), _padded(right, both))


def _padded(array: NDArray[Any], shape: NDArray[Any]) -> NDArray[Any]:
    return np.pad(array, [(0, int(n) - m) for n, m in zip(shape, array.shape, strict=True)])
