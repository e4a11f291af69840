"""What a measured quantity is handed on as: one row per outcome, arm, group and class, and weekly series beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALL = "all"
WITHOUT_GROUND = "without ground"  # all that the clean ledger does not hold: stale to collateral, together
WRONGLY_SPARED = "wrongly spared"
PER_100K = "per 100,000 adult-years"
PER_1000 = "per 1,000 adult-years"
ADULT_YEARS = "adult-years"


@dataclass(frozen=True, slots=True)
class Row:
    """One value of one run.

    Attributes
    ----------
    value : float or None
        The value in `unit`; None where it does not exist (nothing to divide by, a median that is not reached).
    of : float
        What the value was divided by, in units of `denominator` (1 where nothing was).
    count : float
        The events that the value rests on (infinite where none are counted): cells that expect too few are merged or suppressed.
    detail : str
        What tells apart rows of one outcome beyond arm, group and class: a way out, a grade, a list.
    note : str
        What a reader must know to read the value.
    base : float
        The events behind the denominator of a share or ratio: a share of 0 says little where they are few.
    """

    outcome: str
    arm: str
    group: str
    cls: str
    value: float | None
    of: float
    count: float
    unit: str
    denominator: str
    detail: str = ""
    note: str = ""
    base: float = math.inf


@dataclass(frozen=True)
class Series:
    """One value a week."""

    outcome: str
    arm: str
    group: str
    cls: str
    values: NDArray[np.float64]


def ratio(top: float, bottom: float, scale: float = 1.0) -> float | None:
    """The scaled quotient, or None where there is nothing to divide by."""
    return float(top) / float(bottom) * scale if bottom else None
