"""Rows of a count that is money: amounts of an arm's own currency, and the fewest records or attempts that they can rest on.

The engine adds up amounts, not the events behind them. An amount rests on at least as many events as the largest single amount fits into
it; cells that may rest on too few are merged or suppressed by this lower bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import Counts, Ints
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, Row, ratio


def events(amount: float, largest: int) -> float:
    """The fewest events behind an amount, where none brings more than the largest."""
    return abs(amount) / largest if largest else 0.0


def amount_row(counts: Counts, outcome: str, arm: str, a: int, group: str, g: slice, cls: str, amount: float, largest: int) -> Row:
    """An amount of one arm per 100,000 adult-years; `a` is the arm whose currency it is in."""
    years, unit = counts.adult_years(g), f"{counts.names.arms[a].money.currency} {PER_100K}"
    return Row(
        outcome, arm, group, cls, ratio(amount, years, HUNDRED_THOUSAND), years, events(amount, largest), unit.strip(), ADULT_YEARS
    )  # fmt: skip


def amount_rows(counts: Counts, outcome: str, array: Ints, part: str, largest: str) -> Iterator[Row]:
    """Rows by class of an array (arm, group, class), for arms that have a part; `largest` names the largest single amount."""
    for arm, a in counts.arms(part):
        most = getattr(counts.names.arms[a].money, largest)
        for group, g in counts.groups():
            for cls, k in counts.classes(a):
                yield amount_row(counts, outcome, arm, a, group, g, cls, float(array[a, g, k].sum()), most)


def total_amount_rows(counts: Counts, outcome: str, array: Ints, part: str, largest: str) -> Iterator[Row]:
    """Rows of an array (arm, group) without classes."""
    for arm, a in counts.arms(part):
        most = getattr(counts.names.arms[a].money, largest)
        for group, g in counts.groups():
            yield amount_row(counts, outcome, arm, a, group, g, ALL, float(array[a, g].sum()), most)
