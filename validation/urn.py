"""The urn of Ensign, Friedler, Neville, Scheidegger and Venkatasubramanian (2018), day by day.

The product's attention is compared with this urn in `glasshouse.validation.surveillance`. Two things of the published model the product
does another way, and they are replicated here: a visit is drawn each day, so that finds come in bunches; and incidents are reported from
either district whether it is visited or not. The correction here is the published one: a find is kept with a chance in proportion to the
other district's share. This tests our understanding of the published model, not the product.
"""

from __future__ import annotations

from functools import cache

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.validation.estimates import mean_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.surveillance import TOP_1, TOP_2, TRUE_SHARE, URN, attenuated

Floats = NDArray[np.float64]
RATES = (TOP_1, TOP_2)
SEED = 821


@numba.njit(cache=False)
def urn(seed: int, days: int, rate_a: float, rate_b: float, discovered: float, corrected: bool) -> tuple[float, float]:
    """Finds in the two districts after so many days, from one each. `discovered`: share of incidents that only a visit finds."""
    np.random.seed(seed)
    a, b = 1.0, 1.0
    for _ in range(days):
        p = a / (a + b)
        first = np.random.random() < p
        rate = rate_a if first else rate_b
        kept = not corrected or np.random.random() < (1 - p if first else p)
        found = rate * discovered if kept else 0.0
        a += (1 - discovered) * rate_a + (found if first else 0.0)
        b += (1 - discovered) * rate_b + (0.0 if first else found)
    return a, b


@cache
def shares(runs: int, days: int, rates: tuple[float, float], discovered: float, corrected: bool) -> Floats:
    """Share of the first district in each of some urns."""
    ends = [urn(SEED + i, days, *rates, discovered, corrected) for i in range(runs)]
    return np.array([a / (a + b) for a, b in ends])


def in_the_end(discovered: float = 1.0, corrected: bool = False) -> Measure:
    """Mean share of the first district after 50,000 days."""

    def measure(size: Size) -> Found:
        return mean_of(shares(150 if size is Size.QUICK else 1000, 50_000, RATES, discovered, corrected), "urns")

    return measure


def spread(rate: float) -> Measure:
    """Variance of the share after 2,000 days where both districts have this rate."""

    def measure(size: Size) -> Found:
        runs = 4000 if size is Size.QUICK else 40_000
        return mean_of((shares(runs, 2000, (rate, rate), 1.0, False) - 0.5) ** 2, "urns")

    return measure


def still_to_go(discovered: float, days: int = 50_000) -> float:
    """How far the mean field still is from where it comes to rest."""
    a, b = 1.0, 1.0
    for _ in range(days):
        p = a / (a + b)
        a += RATES[0] * (1 - discovered + discovered * p)
        b += RATES[1] * (1 - discovered + discovered * (1 - p))
    return abs(a / (a + b) - attenuated(discovered, RATES))


AS_REPORTED = Wrong("found as reported", "Incidents that only a visit finds are counted as if reported, visited or not.", in_the_end(0.0))
NONE_REPORTED = Wrong("nothing reported", "All incidents must be found by a visit.", in_the_end(1.0))
NOT_CORRECTED = Wrong("correction left out", "Every find is kept.", in_the_end(1.0))
NOT_REACHED = "the mean field from one find each, after as many days, is still that far from where it comes to rest"


def row(name: str, title: str, target: float, measure: Measure, wrong: tuple[Wrong, ...], bias: float = 0.0, why: str = "") -> Row:
    """A row of the urn."""
    return Row(name, Table.MODELS, title, target, "share", URN, Origin.THEOREM, Through.REPLICATION, (), measure, wrong, bias, why)


ROWS: tuple[Row, ...] = (
    row(
        "urn-daily-corrected", "The published correction, 50,000 days: share of the district with 0.567 of the acts", TRUE_SHARE,
        in_the_end(1.0, corrected=True), (NOT_CORRECTED,), 1 / 50_000, "one find each at the start",
    ),
    *(
        row(
            f"urn-daily-reported-{round(100 * (1 - w))}", f"{round(100 * (1 - w))} per cent of incidents reported, 50,000 days: the same",
            attenuated(w, RATES), in_the_end(w), (AS_REPORTED, NONE_REPORTED), still_to_go(w), NOT_REACHED,
        )
        for w in (0.5, 0.6)
    ),
    row(
        "urn-daily-alike", "Two districts alike, one incident a visit: variance of a district's share", 1 / 12, spread(1.0),
        (Wrong("two incidents a visit", "Each visit finds twice as many as the district began with.", spread(2.0)),), 1 / 12 * 2 / 2002,
        "2,000 days instead of endlessly many: of the variance 2 parts in 2,002 are still to come",
    ),
)  # fmt: skip
