"""Small questions and steps of the inner loop (`engine/town.py`)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.mechanism.lists import NEVER


@rule
def first_above(x: int, cum: Any, row: int) -> int:
    """Index of the first cumulative rate above x."""
    low, high = 0, cum.shape[1] - 1
    while low < high:
        mid = (low + high) >> 1
        if cum[row, mid] > x:
            high = mid
        else:
            low = mid + 1
    return low


@rule
def any_tracked(n_arms: int, arm: Any) -> bool:
    """Whether some arm still follows a spell that began in counted time."""
    for a in range(n_arms):
        if arm[a].tracked > 0:
            return True
    return False


@rule
def any_due(n_arms: int, day: int, arm: Any) -> bool:
    """Whether something falls due in some arm. Asked at every event, so that the heavy work is called only when there is any."""
    for a in range(n_arms):
        if arm[a].due <= day:
            return True
    return False


@rule
def any_debt(n_arms: int, arm: Any) -> bool:
    """Whether some arm has a standing debt."""
    for a in range(n_arms):
        if arm[a].debts > 0:
            return True
    return False


@rule
def next_batch(n_arms: int, rules: Any, batch_at: Any, batch_next: Any) -> tuple[int, int, int]:
    """The earliest batch error of the town that this person has not met: tick, arm, kind."""
    best, best_arm, best_kind = NEVER << 20, -1, -1
    for a in range(n_arms):
        for kind in range(rules[a].n_batches):
            at = batch_at[a, kind, batch_next[a, kind]]
            if at < best:
                best, best_arm, best_kind = at, a, kind
    return best, best_arm, best_kind


@rule
def any_touched(n_arms: int, arm: Any) -> bool:
    """Whether some arm holds anything of the person's."""
    for a in range(n_arms):
        if arm[a].touched != 0:
            return True
    return False
