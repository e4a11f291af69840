"""People listed: how many a sanctioning list holds, on an average day.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| listed | sanctioned person-days / counted days | people | |
| listed_rate | sanctioned person-days / counted days / adults * 100,000 | per 100,000 adults | adults |
| ever_listed | people who entered a list in counted time | people | |

Weekly: sanctioned person-days of the week / 7. A list that is not marked as a sanction is not counted in `listed`; entries to every
list count in `ever_listed`. Days on which only a holder's copy acts, or a household's bond, are sanctioned too.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.mechanism.classes import SPARED
from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import CLEAN_ARM, CLEAN_DAYS, Counts
from glasshouse.outcomes.rows import ALL, Row, Series, ratio
from glasshouse.outcomes.sanctioned_days import weekly_sum

AS_KEPT = slice(0, SPARED)


def _ledgers(counts: Counts) -> list[tuple[str, int, slice]]:
    return [*((name, a, AS_KEPT) for name, a in counts.arms()), (CLEAN_ARM, 0, CLEAN_DAYS)]


def rows(counts: Counts) -> Iterator[Row]:
    """People listed on an average day, as a number and among adults; people ever listed."""
    for group, g in counts.groups():
        adults = float(counts["adults"][g].sum())
        for arm, a, k in _ledgers(counts):
            people = float(counts.class_days[a, g, k].sum()) / counts.horizon
            spells = float(counts.day_spells[a, g, k].sum())
            yield Row("listed", arm, group, ALL, people, 1.0, spells, "people", "")
            rate = ratio(people, adults, HUNDRED_THOUSAND)
            yield Row("listed_rate", arm, group, ALL, rate, adults, spells, "per 100,000 adults", "adults")
        for arm, a in counts.arms():
            ever = float(counts["ever_listed"][a, g].sum())
            yield Row("ever_listed", arm, group, ALL, ever, 1.0, ever, "people", "")


def weekly(counts: Counts) -> Iterator[Series]:
    """People listed on an average day of each week."""
    for arm, a, k in _ledgers(counts):
        for group, g in counts.groups():
            yield Series("listed", arm, group, ALL, weekly_sum(counts, a, g, k) / 7)
