"""Attempts to use single services, so that a published count of one has something to stand beside.

attempts_by_need = attempts to use one service that people made in the arm / adult-years * 100,000; unit: per 100,000 adult-years.
The detail is the need. Attempts made are those that lives hold less those that people forwent, as in `denial_rate`; minors' needs are
counted like adults', over adult-years. Only for everyone together, under the first arm.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import detail_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Attempts made, by need."""
    made = (counts["attempts"] - counts["forgone_attempts"][0]).sum(axis=0)
    yield from detail_rows(counts, "attempts_by_need", counts.names.needs, made)
