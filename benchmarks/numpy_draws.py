"""Two ways in which the NumPy twin draws a day's events: a number for each process and person, or one for each person."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Reals = NDArray[np.float32]


class Draws(Protocol):
    """The events of a day as (kind, people); a person stands twice where they live two events of a kind."""

    def day(self, rng: np.random.Generator) -> list[tuple[int, Ints]]:
        """Draw one day."""


def with_repeats(who: Ints, u: Reals, rate: Reals, rng: np.random.Generator) -> Ints:
    """Those picked, as often as they lived an event: ``u`` gave the time of the first, the rest of the day may hold more."""
    left = rate[who] + np.log1p(-u[who])
    return np.repeat(who, 1 + rng.poisson(np.maximum(left, 0)))


class ByProcess:
    """One uniform number per process, person and day: the plain way."""

    def __init__(self, rate: Reals) -> None:
        self.rate = rate  # (processes, people), events a day
        self.chance = -np.expm1(-rate)

    def day(self, rng: np.random.Generator) -> list[tuple[int, Ints]]:
        """Draw one day."""
        out = []
        for kind, (rate, chance) in enumerate(zip(self.rate, self.chance, strict=True)):
            u = rng.random(rate.size, np.float32)
            out.append((kind, with_repeats(np.flatnonzero(u < chance), u, rate, rng)))
        return out


class Superposed:
    """One uniform number per person and day, then the kind of the few events: the engine's idea, in NumPy."""

    def __init__(self, rate: Reals) -> None:
        self.cumulative = np.ascontiguousarray(rate.cumsum(axis=0).T)  # (people, processes)
        self.total = self.cumulative[:, -1].copy()
        self.chance = -np.expm1(-self.total)
        self.kinds = rate.shape[0]

    def day(self, rng: np.random.Generator) -> list[tuple[int, Ints]]:
        """Draw one day."""
        u = rng.random(self.total.size, np.float32)
        who = with_repeats(np.flatnonzero(u < self.chance), u, self.total, rng)
        at = rng.random(who.size) * self.total[who]
        kind = np.minimum((self.cumulative[who] <= at[:, None]).sum(axis=1), self.kinds - 1)
        order = np.argsort(kind, kind="stable")
        starts = np.searchsorted(kind[order], np.arange(self.kinds + 1))
        return [(k, who[order[starts[k] : starts[k + 1]]]) for k in range(self.kinds)]
