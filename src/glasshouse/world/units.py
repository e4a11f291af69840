"""From numbers in files to the integers of a run: rates, thresholds, factors, days. Halves round up, everywhere."""

from __future__ import annotations

from math import floor

from glasshouse.files.errors import InputError
from glasshouse.files.values import Empirical, Rule, in_days

YEAR = 365  # days in a year of a rate or a term
SURE = 1 << 32  # the threshold of a certain event
ONE = 4096  # a factor of 1


def rounded(x: float) -> int:
    """Nearest integer; a half goes up."""
    return floor(x + 0.5)


def rate(per_year: float) -> int:
    """A rate per year in units of 2^-30 per day."""
    if not 0.0 <= per_year < 1e9:
        raise InputError(f"a rate is {per_year:g} a year; it must lie between 0 and 1,000,000,000")
    return rounded(per_year / YEAR * (1 << 30))


def threshold(p: float, what: str) -> int:
    """A probability as the threshold below which a 32-bit word means yes."""
    if not 0.0 <= p <= 1.0:
        raise InputError(f"{what} is {p:g}; a probability lies between 0 and 1")
    return rounded(p * SURE)


def factor(x: float) -> int:
    """A factor in units of 1/4096."""
    return rounded(x * ONE)


def days(v: Rule | Empirical | None, none: int = 0) -> int:
    """A duration in whole days; ``none`` where the file says null."""
    return none if v is None else rounded(in_days(v))


def days_q8(v: Rule | Empirical | None) -> int:
    """A mean duration in units of 1/256 day; 0 where the file says nothing."""
    return 0 if v is None else rounded(in_days(v) * 256)


def cumulative(weights: list[float]) -> list[int]:
    """Thresholds at which shares proportional to the weights end; the last is certain. Empty if no weight is above 0."""
    total = sum(weights)
    if total <= 0:
        return []
    reached, out = 0.0, []
    for w in weights:
        reached += w
        out.append(rounded(reached / total * SURE))
    last = max(i for i, w in enumerate(weights) if w > 0)
    return out[:last] + [SURE] * (len(out) - last)
