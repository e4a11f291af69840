"""Fines: fines imposed and fines paid back, by class of the record behind them.

fines = fines / adult-years * 100,000; refunds likewise; unit per 100,000 adult-years; denominator adult-years. A fine rests on one record
and is counted on the day the record takes effect; it is paid back on the day a review is upheld that corrects money. Only for arms whose
scheme knows them at all; *clean* is the first arm by its clean ledger.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import clean_rows, rate_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.parts import FINES, REFUNDS
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Fines and refunds by class."""
    yield from rate_rows(counts, "fines", counts["fines"], FINES)
    yield from rate_rows(counts, "refunds", counts["refunds"], REFUNDS)
    if FINES in counts.names.arms[0].parts:
        yield from clean_rows(counts, "fines", counts["clean_fines"][0])
