"""Cells that expect too few events: merged into "other classes", or left out, with a note that says how many people would do.

A central value is the mean over the seeds, so it rests on the events of all of them together. Under `least` (30) of these it moves so
much by chance alone that printing it would mislead. A cell in which no seed saw an event is printed as 0 with a note, unless it is a
share of too few. Where a single run expects fewer than `least`, a note says that the ranges hold much chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

LEAST = 30
OTHER = "other classes"
DIGITS = 2


def behind(counts: Sequence[float]) -> float:
    """The events behind the mean over runs: those of all runs together."""
    return math.fsum(counts)


def is_too_few(counts: Sequence[float], bases: Sequence[float] = (), least: int = LEAST) -> bool:
    """Whether a cell with these events, one count per seed, is suppressed; `bases` are the events behind the denominator of a share."""
    found = behind(counts) or behind(bases)
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
    needed = people_needed(people, count, least)
    return f"fewer than {least} events in all runs together ({count:.3g}); about {needed:,} people would give {least}"


def is_noisy(counts: Sequence[float], bases: Sequence[float] = (), least: int = LEAST) -> bool:
    """Whether a single run expects so few events that the ranges over seeds and over points of the span hold much chance."""
    return 0 < (behind(counts) or behind(bases)) < least * len(counts)
