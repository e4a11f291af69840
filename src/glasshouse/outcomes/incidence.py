"""Cumulative incidence with competing causes (Aalen-Johansen), on binned durations.

At each time t in turn, with n(t) at risk just before it, d_k(t) ends by cause k and S the share still on:
F_k rises by S(t-) d_k(t) / n(t), and S falls by the factor 1 - sum_k d_k(t) / n(t). A duration that is censored at t counts as at
risk at t, and not after. Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.layout import bin_start, duration_bin
from glasshouse.outcomes.counts import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """Incidence by cause (cause, bin) and the share still on (bin), after each bin; the curve is known in the first `known` bins."""

    by_cause: Floats
    still: Floats
    known: int

    def at(self, day: int) -> tuple[Floats, float] | None:
        """Incidence by cause, and the share still on, once all that ended by this day has; None where follow-up does not reach it.

        Beyond 400 days durations are kept in weeks: a week counts as soon as it has begun.
        """
        b = duration_bin(day)
        if b >= self.known and self.known < self.still.size:
            return None
        b = min(b, self.still.size - 1)
        return self.by_cause[:, b], float(self.still[b])

    def median(self) -> int | None:
        """The first day (of its bin) by which half have ended; None if that is not reached."""
        reached = np.flatnonzero(self.still[: self.known] <= 0.5)
        return bin_start(int(reached[0])) if reached.size else None


def aalen_johansen(ends: Ints, censored: Ints) -> Curve:
    """The curve of a group of entrants.

    Parameters
    ----------
    ends : ints (cause, bin)
        How many ended by each cause in each bin of duration.
    censored : ints (bin)
        How many were last seen, still on, in each bin.
    """
    d = ends.sum(axis=0)
    left = np.cumsum(d + censored)
    total = int(left[-1]) if left.size else 0
    at_risk = np.maximum(total - left + d + censored, 1)
    still = np.cumprod(1.0 - d / at_risk)
    before = np.concatenate([[1.0], still[:-1]])
    by_cause = np.cumsum(before * ends / at_risk, axis=1)
    return Curve(by_cause, still, _known(left, total, still))


def _known(left: Ints, total: int, still: Floats) -> int:
    """Bins in which the curve is known: all of them if everyone's end was seen, else up to the last bin in which someone was at risk."""
    if total == 0:
        return 0
    last = int(np.searchsorted(left, total))
    return still.size if still[last] == 0.0 else last + 1
