"""Fines: fines imposed, by class of the record behind them.

fines = fines / adult-years * 100,000; unit per 100,000 adult-years; denominator adult-years. A fine rests on one record and is counted
on the day the record takes effect.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import rate_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Fines by class."""
    yield from rate_rows(counts, "fines", counts["fines"])
