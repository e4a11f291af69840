"""Debts: how many arise, how many are paid, how many people owe.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| debts_arisen | debts that arose in the arm / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| debts_paid | debts paid / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| owing | people who owe at the end of a week, mean over weeks / adults * 100,000 | per 100,000 adults | adults |
| debts_paid_share | debts paid / (debts standing at the start + debts that arose): how far creditors are made whole | share | debts |

The debts standing at the start are those unpaid when counted time begins, in that arm. Weekly: people who owe.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.outcomes.by_class import HUNDRED_THOUSAND, total_rows
from glasshouse.outcomes.counts import Counts, Ints
from glasshouse.outcomes.rows import ALL, Row, Series, ratio


def debtors(counts: Counts) -> Ints:
    """People who owe at the end of each week (arm, group, week)."""
    return np.cumsum(counts["debtors"], axis=-1)[..., :-1]


def rows(counts: Counts) -> Iterator[Row]:
    """Debts arisen and paid, people owing, and the share of debts paid."""
    owing = debtors(counts)
    yield from total_rows(counts, "debts_arisen", counts["debts_arisen"])
    yield from total_rows(counts, "debts_paid", counts["debts_paid"])
    for arm, a in counts.arms():
        for group, g in counts.groups():
            paid, arisen = float(counts["debts_paid"][a, g].sum()), float(counts["debts_arisen"][a, g].sum())
            weeks, adults = owing[a, g].sum(axis=0), float(counts["adults"][g].sum())
            mean = ratio(float(weeks.sum()), counts.weeks * adults, HUNDRED_THOUSAND)
            yield Row("owing", arm, group, ALL, mean, adults, float(weeks.max(initial=0)), "per 100,000 adults", "adults")
            debts = float(counts["debts_start"][a, g].sum()) + arisen
            yield Row("debts_paid_share", arm, group, ALL, ratio(paid, debts), debts, paid, "share", "debts", base=debts)


def weekly(counts: Counts) -> Iterator[Series]:
    """People who owe at the end of each week."""
    owing = debtors(counts)
    for arm, a in counts.arms():
        for group, g in counts.groups():
            yield Series("owing", arm, group, ALL, np.asarray(owing[a, g].sum(axis=0), np.float64))
