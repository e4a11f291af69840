"""Our number from independent people, towns or runs, with its standard error."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from glasshouse.validation.rows import Found


def share_of(count: float, of: float, note: str = "") -> Found:
    """The share of independent people (or towns) to whom something happened."""
    p = count / of
    return Found(p, math.sqrt(max(p * (1 - p), 1 / of**2) / of), int(of), note)


def poisson_rate(count: float, exposure: float, note: str = "") -> Found:
    """Events by exposure, where events of one person are no more varied than Poisson's."""
    return Found(count / exposure, math.sqrt(max(count, 1)) / exposure, int(exposure), note)


def mean_of(values: Sequence[float] | np.ndarray, note: str = "") -> Found:
    """The mean of independent values."""
    kept = np.asarray(values, float)
    return Found(float(kept.mean()), float(kept.std(ddof=1)) / math.sqrt(len(kept)), len(kept), note)


def ratio_of(top: Sequence[float] | np.ndarray, bottom: Sequence[float] | np.ndarray, note: str = "") -> Found:
    """A ratio of two sums over independent towns or people, by the delta method."""
    x, y = np.asarray(top, float), np.asarray(bottom, float)
    ratio = float(x.sum() / y.sum())
    return Found(ratio, float((x - ratio * y).std(ddof=1)) * math.sqrt(len(x)) / float(y.sum()), len(x), note)


def false_share(wrong: Found, right: Found, weight: float) -> Found:
    """Of those listed, the share listed wrongly: `weight` is the share of violators, whom `right` is about; `wrong` is about the rest."""
    x, y = (1 - weight) * wrong.value, weight * right.value
    share = x / (x + y)
    relative = math.hypot(wrong.standard_error / wrong.value, right.standard_error / right.value)
    return Found(share, share * (1 - share) * relative, wrong.runs + right.runs)
