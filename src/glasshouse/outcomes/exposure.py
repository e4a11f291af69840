"""Attempts to use a service, and exposure: attempts made while a list that closes the service holds the person.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| attempts | attempts / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| exposure | attempts that a gate's rule covers, refused or not / adult-years * 100,000 | per 100,000 adult-years | adult-years |

Attempts are the same in every arm. The class of an exposure is that of the first gate whose rule covers the attempt.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import rate_rows, total_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Attempts by group, exposures by group and class."""
    yield from total_rows(counts, "attempts", counts["attempts"].sum(axis=-1))
    yield from rate_rows(counts, "exposure", counts["exposures"].sum(axis=2))
