"""Fines: fines imposed, by class of the record behind them.

fines = fines / adult-years * 100,000; unit per 100,000 adult-years; denominator adult-years. A fine rests on one record and is counted
on the day the record takes effect. Only for arms whose scheme knows fines at all; *clean* is the first arm by its clean ledger.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import clean_rows, rate_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Fines by class."""
    fined = {arm.name for arm in counts.names.arms if arm.fines}
    yield from (row for row in rate_rows(counts, "fines", counts["fines"]) if row.arm in fined)
    if counts.names.arms[0].fines:
        yield from clean_rows(counts, "fines", counts["clean_fines"][0])
