"""The headline: adults listed without cause, per 100,000 adults a year.

listed_without_cause = entries without ground (mistaken identity, false report, misrecorded, ground unmet, collateral) / adult-years *
100,000; listed_on_false_records = the first three of these alone. Unit: per 100,000 adult-years; denominator: adult-years. Every entry
counts, so that someone entered twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import HUNDRED_THOUSAND, total_rows
from glasshouse.outcomes.counts import FALSE_RECORDS, WRONG, Counts
from glasshouse.outcomes.rows import Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Both quantities for each arm and group."""
    for outcome, classes in (("listed_without_cause", WRONG), ("listed_on_false_records", FALSE_RECORDS)):
        yield from total_rows(counts, outcome, counts["entries"][..., classes].sum(axis=(1, 3)))


def on_false_records(counts: Counts) -> float | None:
    """One point of the headline curve: entries on false records in the first arm, per 100,000 adult-years. None without adults."""
    return ratio(float(counts["entries"][0, :, :, FALSE_RECORDS].sum()), counts.adult_years(), HUNDRED_THOUSAND)
