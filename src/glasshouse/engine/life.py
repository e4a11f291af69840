"""Small questions and steps of the inner loop (`engine/town.py`)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.spells import MARKED
from glasshouse.engine.state import MOST_BATCHES
from glasshouse.mechanism.classes import SPARED
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import BATCH, BATCH_STEP


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


@rule
def draw_batches(town: int, n_arms: int, clock: Any, rules: Any, batch: Any, batch_at: Any, logs: Any) -> None:
    """When each kind of batch error strikes this town (ticks)."""
    for a in range(n_arms):
        for kind in range(rules[a].n_batches):
            at = 0
            for k in range(1, MOST_BATCHES + 1):
                w, _, _, _ = philox(clock.seed_low, clock.seed_high, town, k, BATCH + BATCH_STEP * kind)
                at += (neg_log(w, logs) * batch[a, kind].mean_gap >> 24) + 1
                batch_at[a, kind, k - 1] = at
            batch_at[a, kind, MOST_BATCHES] = NEVER << 20


@rule
def open_home(n_arms: int, minors: bool, parent_gate: Any, arm: Any, home: Any, home_context: Any) -> None:
    """Ready the household's memory of listed adults, kept only where a gate asks for it and a child lives there."""
    for a in range(n_arms):
        if arm[a].parents == MARKED:
            home[a, :, :] = 0
            home_context[a, :, :] = -1
        arm[a].parents = 1 if minors and parent_gate[a] != 0 else 0


@rule
def is_wanted(household: int, only: Any) -> bool:
    """Whether a household is among those asked for; all are where none is named."""
    if only.shape[0] == 0:
        return True
    for i in range(only.shape[0]):
        if only[i] == household:
            return True
    return False


@rule
def log_household(household: int, only: Any, log: Any) -> None:
    """Keep the log to the households asked for, in a town that is lived whole."""
    if log.shape[0] > 0:
        log[0].what = 0 if is_wanted(household, only) else 1


@rule
def keep_sample(pid: int, class_days: Any, sample: Any) -> None:
    """Keep, for each class, the people with the lowest ids who spent days in it in the first arm, and how many days."""
    for cls in range(SPARED):
        days = class_days[0, cls]
        n = sample.shape[1]
        if days == 0 or n == 0 or pid > sample[cls, n - 1, 0]:
            continue
        i = n - 1
        while i > 0 and sample[cls, i - 1, 0] > pid:
            sample[cls, i, 0], sample[cls, i, 1] = sample[cls, i - 1, 0], sample[cls, i - 1, 1]
            i -= 1
        sample[cls, i, 0], sample[cls, i, 1] = pid, days
