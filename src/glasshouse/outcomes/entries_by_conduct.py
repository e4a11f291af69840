"""Entries for single kinds of conduct, so that a published count of one has something to stand beside.

entries_by_conduct = entries whose record says one category of conduct / adult-years * 100,000; unit: per 100,000 adult-years.
The detail is the category as it was written down, true or not. An entry by grade has the category of the worst record; entries without
a record (through ties, or by selection) have none. Only for everyone together, under the first arm.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import detail_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Entries, by category of conduct."""
    yield from detail_rows(counts, "entries_by_conduct", counts.names.categories, counts["paths"][0].sum(axis=(0, 1, 2)))
