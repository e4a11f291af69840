"""How a row of exact theory through the product's own mechanisms is written down."""

from __future__ import annotations

import math

from glasshouse.validation.rows import Measure, Origin, Row, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, YEAR

COUNTED = YEAR / RATE_YEAR  # a counted year, in years of a rate
WEEKS_PER_RATE_YEAR = RATE_YEAR / 7


def exact(
    name: str, title: str, target: float, unit: str, pins: str, measure: Measure, wrong: tuple[str, str, Measure], *, bias: float = 0.0,
    bias_why: str = "", sources: tuple[str, ...] = (),
) -> Row:  # fmt: skip
    """A row with one wrong variant: its name, what it does wrong, its number. `pins`: names joined by commas."""
    return Row(
        name=name, table=Table.THEORY, title=title, target=target, unit=unit, sources=sources, origin=Origin.THEOREM,
        through=Through.PRODUCT, pins=tuple(pins.split(", ")), measure=measure, wrong=(Wrong(*wrong),), bias=bias, bias_why=bias_why,
    )  # fmt: skip


def ever(a_year: float, days: float = YEAR) -> float:
    """Chance of at least one event of a yearly rate in so many days."""
    return -math.expm1(-a_year * days / RATE_YEAR)
