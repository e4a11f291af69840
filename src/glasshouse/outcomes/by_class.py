"""Rows of a count that has arms, groups and classes, or one row for each detail, as a rate or a share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from glasshouse.outcomes.counts import CLEAN_ARM, HELD, Counts, Ints
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, Row, ratio

HUNDRED_THOUSAND = 100_000


def rate_rows(counts: Counts, outcome: str, array: Ints, part: str = "") -> Iterator[Row]:
    """Rows per 100,000 adult-years by class, of an array (arm, group, class) of events; only for arms that have a part, if one is named."""
    for arm, a in counts.arms(part):
        for group, g in counts.groups():
            years = counts.adult_years(g)
            for cls, k in counts.classes(a):
                n = float(array[a, g, k].sum())
                yield Row(outcome, arm, group, cls, ratio(n, years, HUNDRED_THOUSAND), years, n, PER_100K, ADULT_YEARS)


def share_rows(counts: Counts, outcome: str, array: Ints, events: Ints, denominator: str) -> Iterator[Row]:
    """Each class's share of all classes; `events` (arm, group, class) is what a value rests on."""
    for arm, a in counts.arms():
        for group, g in counts.groups():
            total, base = float(array[a, g].sum()), float(events[a, g, : array.shape[-1]].sum())
            for cls, k in counts.classes(a):
                if cls != ALL:
                    value = ratio(float(array[a, g, k].sum()), total)
                    yield Row(outcome, arm, group, cls, value, total, float(events[a, g, k].sum()), "share", denominator, base=base)


def total_rows(counts: Counts, outcome: str, array: Ints, part: str = "", note: str = "") -> Iterator[Row]:
    """Rows per 100,000 adult-years of an array (arm, group) or, where every arm is alike, (group) of events without a class.

    Only for arms that have a part, where one is named.
    """
    array = np.broadcast_to(array, (len(counts.names.arms), array.shape[-1]))
    for arm, a in counts.arms(part):
        for group, g in counts.groups():
            n, years = float(array[a, g].sum()), counts.adult_years(g)
            yield Row(outcome, arm, group, ALL, ratio(n, years, HUNDRED_THOUSAND), years, n, PER_100K, ADULT_YEARS, note=note)


def detail_rows(counts: Counts, outcome: str, names: Sequence[str], events: Ints) -> Iterator[Row]:
    """A rate for each name of an array (name) of events; for everyone together, under the first arm."""
    years, first = counts.adult_years(), counts.names.arms[0].name
    for name, n in zip(names, np.asarray(events, np.float64), strict=True):
        rate = ratio(float(n), years, HUNDRED_THOUSAND)
        yield Row(outcome, first, ALL, ALL, rate, years, float(n), PER_100K, ADULT_YEARS, detail=name)


def clean_rows(counts: Counts, outcome: str, array: Ints, note: str = "") -> Iterator[Row]:
    """A rate by the clean ledger of the first arm, of an array (group) of its events."""
    for group, g in counts.groups():
        n, years = float(array[g].sum()), counts.adult_years(g)
        yield Row(outcome, CLEAN_ARM, group, ALL, ratio(n, years, HUNDRED_THOUSAND), years, n, PER_100K, ADULT_YEARS, note=note)


def held_or_spared(array: Ints, spared: Ints) -> Ints:
    """Events (group) that the clean ledger brings too, and those that an error spared; of arrays (arm, group, class) and (arm, group)."""
    return np.asarray(array[0, :, HELD].sum(axis=-1) + spared[0])
