"""The headline: adults listed without cause, per 100,000 adults a year.

listed_without_cause = entries without ground (mistaken identity, false report, misrecorded, ground unmet) / adult-years * 100,000;
listed_on_false_records = the first three of these alone. Unit: per 100,000 adult-years; denominator: adult-years. Every entry counts,
so that someone entered twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.mechanism.classes import GROUND_UNMET
from glasshouse.outcomes.by_class import total_rows
from glasshouse.outcomes.counts import WRONG, Counts
from glasshouse.outcomes.rows import Row

FALSE_RECORDS = slice(0, GROUND_UNMET)


def rows(counts: Counts) -> Iterator[Row]:
    """Both quantities for each arm and group."""
    for outcome, classes in (("listed_without_cause", WRONG), ("listed_on_false_records", FALSE_RECORDS)):
        yield from total_rows(counts, outcome, counts["entries"][..., classes].sum(axis=(1, 3)))
