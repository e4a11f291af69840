"""Extra prices: what the listed pay more where a service is not refused but costs them more.

prices_paid = extra prices paid in the class / adult-years * 100,000; unit: currency per 100,000 adult-years; denominator: adult-years.
The class is that of a refusal there: it follows from what the listing behind the price rests on. Only for arms whose scheme has prices.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.money import amount_rows
from glasshouse.outcomes.parts import PRICES
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Extra prices by class."""
    yield from amount_rows(counts, "prices_paid", counts["paid"], PRICES, "price")
