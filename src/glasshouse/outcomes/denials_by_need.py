"""Refusals of single services, so that a published count of one has something to stand beside.

denials_by_need = refusals of one service / adult-years * 100,000; unit: per 100,000 adult-years; denominator: adult-years.
The detail is the need; minors' needs are counted like adults', over adult-years. Only for everyone together, under the first arm.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import detail_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Refusals, by need."""
    yield from detail_rows(counts, "denials_by_need", counts.names.needs, counts["denials"][0].sum(axis=(0, 2)))
