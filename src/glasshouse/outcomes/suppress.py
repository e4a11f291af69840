"""Cells that expect too few events: merged into "other classes", or left out, with a note that says how many people would do.

The expected count of a cell is the mean, over the seeds, of the events behind its value. Under `least` (30) a value moves so much by
chance alone that printing it would mislead. A cell in which no seed saw an event is printed as 0 with a note,
unless it is a share of too few.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

LEAST = 30
OTHER = "other classes"
DIGITS = 2


def expected(counts: Sequence[float]) -> float:
    """The mean over runs; 0 without any."""
    return math.fsum(counts) / len(counts) if counts else 0.0


def is_too_few(counts: Sequence[float], bases: Sequence[float] = (), least: int = LEAST) -> bool:
    """Whether a cell with these events, one count per seed, is suppressed; `bases` are the events behind the denominator of a share."""
    found = expected(counts) or expected(bases)
    return 0 < found < least


def people_needed(people: int, count: float, least: int = LEAST) -> int | None:
    """How many people a run needs for a cell to expect `least` events, rounded up to two digits; None if none is expected."""
    if count <= 0:
        return None
    exact = people * least / count
    step = int(10 ** max(0, math.floor(math.log10(exact)) + 1 - DIGITS))
    return math.ceil(exact / step) * step


def note(people: int, count: float, least: int = LEAST) -> str:
    """Why a value is not stated."""
    return f"fewer than {least} expected events ({count:.3g}); about {people_needed(people, count, least):,} people would give {least}"
