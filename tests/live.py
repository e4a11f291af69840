"""Small towns lived by the compiled engine: what tests of properties and of theory build their runs from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import state
from glasshouse.engine.machine import Machine
from glasshouse.engine.work import Partial
from glasshouse.validation.live import LINES, Counted, Log, lived, logged, machine, of_kind, people_in

SHARED = "overflow events adults minors attempts acts".split()  # of the life itself; every other count is an arm's
__all__ = ["LINES", "Counted", "Log", "acts_seen", "lived", "logged", "machine", "of_arm", "of_kind", "partial", "people_in", "unlike"]


def partial(run: Machine, first: int, last: int, *, log_lines: int = 0) -> Partial:
    """Some towns of a run, as they are kept."""
    counts, sample, _ = run.live(first, last, log_lines=log_lines)
    return Partial(counts, sample, run.layout.shapes)


def acts_seen(log: Log, arm: int = 0) -> Counter[tuple[int, ...]]:
    """Acts that an arm saw: person, day, category."""
    return of_kind(log, state.LOG_ACT, "a", b=1, arm=arm)


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
