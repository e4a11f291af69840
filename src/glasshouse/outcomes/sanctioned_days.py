"""Sanctioned days: person-days on which a list marked as a sanction holds the person.

A person-day is sanctioned if any such list holds the person after the day's events, or binds them through the household, or a holder's
copy of one still acts; it has one class (design 001, sections 5 and 9; 005, section 1).

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| sanctioned_days | person-days in the class | person-days | |
| sanctioned_days_rate | person-days in the class / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| sanctioned_day_share | person-days in the class / all sanctioned person-days (a stock share) | share | sanctioned days |
| spared_days | days sanctioned by the clean ledger alone / adult-years * 100,000 | per 100,000 adult-years | adult-years |

The clean ledger's own days are those in the classes from *error-induced* to *within stated rules*, and the spared ones: the days on
which its level is sanctioned. A day on which only a holder's copy acts is *stale* whatever the clean ledger says of it, so that where
holders purge late the clean figure is a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.mechanism.classes import SPARED
from glasshouse.outcomes.by_class import HUNDRED_THOUSAND, share_rows
from glasshouse.outcomes.counts import CLEAN_ARM, CLEAN_DAYS, Counts
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, WRONGLY_SPARED, Row, Series, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Days, their rate and the stock shares, by class; spared days; the clean ledger's days."""
    for group, g in counts.groups():
        for arm, a in counts.arms():
            for cls, k in counts.classes(a):
                yield from _days(counts, arm, a, group, g, cls, k)
            yield _rate(counts, "spared_days", arm, a, group, g, ALL, slice(SPARED, SPARED + 1))
        yield from _days(counts, CLEAN_ARM, 0, group, g, ALL, CLEAN_DAYS)
    yield from share_rows(counts, "sanctioned_day_share", counts.class_days[:, :, :SPARED], counts.day_spells, "sanctioned days")


def _days(counts: Counts, arm: str, a: int, group: str, g: slice, cls: str, k: slice) -> Iterator[Row]:
    days, spells = float(counts.class_days[a, g, k].sum()), float(counts.day_spells[a, g, k].sum())
    yield Row("sanctioned_days", arm, group, cls, days, 1.0, spells, "person-days", "")
    yield _rate(counts, "sanctioned_days_rate", arm, a, group, g, cls, k)


def _rate(counts: Counts, outcome: str, arm: str, a: int, group: str, g: slice, cls: str, k: slice) -> Row:
    days, spells, years = float(counts.class_days[a, g, k].sum()), float(counts.day_spells[a, g, k].sum()), counts.adult_years(g)
    return Row(outcome, arm, group, cls, ratio(days, years, HUNDRED_THOUSAND), years, spells, PER_100K, ADULT_YEARS)


def weekly(counts: Counts) -> Iterator[Series]:
    """Person-days of each week by class, for arms and classes with any, and spared ones as a class of their own."""
    for arm, a in counts.arms():
        for group, g in counts.groups():
            for cls, k in [*counts.classes(a), (WRONGLY_SPARED, slice(SPARED, SPARED + 1))]:
                if counts.class_days[a, :, k].any():
                    yield Series("sanctioned_days", arm, group, cls, weekly_sum(counts, a, g, k))


def weekly_sum(counts: Counts, a: int, g: slice, k: slice) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Person-days a week."""
    daily = counts.daily[a, g, k].sum(axis=(0, 1))
    return np.asarray(daily.reshape(counts.weeks, 7).sum(axis=1), np.float64)
