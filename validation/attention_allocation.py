"""Units of attention sent out at random: the attention allocation of D'Amour, Srinivasan, Atwood, Baljekar, Sculley and Halpern (2020).

Five sites with their own rates of incidents; at each step six units are sent out, each to any site alike, and each unit finds at most one
of the incidents of its site. The setting is that of the authors' experiment without dynamics. The product has no limit to what one official
can find in a week, so this is a replication: it tests our understanding of the published model, not the product.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.validation.estimates import mean_of, ratio_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong

Ints = NDArray[np.int64]
RATES = (8.0, 6.0, 4.0, 3.0, 1.5)
UNITS = 6
SEED = 801
GYM = ("damour-2020",)


def tail(chances: list[float]) -> list[float]:
    """P(N >= j) for j = 1, 2, ..., from P(N = 0), P(N = 1), ..."""
    return [1 - sum(chances[:j]) for j in range(1, UNITS + 1)]


def expected(rate: float) -> float:
    """Incidents found at a site in a step: the mean of the smaller of a Poisson and a binomial number."""
    incidents = [math.exp(-rate) * rate**j / math.factorial(j) for j in range(UNITS + 1)]
    p = 1 / len(RATES)
    sent = [math.comb(UNITS, j) * p**j * (1 - p) ** (UNITS - j) for j in range(UNITS + 1)]
    return sum(a * b for a, b in zip(tail(incidents), tail(sent), strict=True))


def at_most_one_each(incidents: Ints, sent: Ints) -> Ints:
    """Each unit finds one incident, while there are any."""
    return np.minimum(incidents, sent)


def all_of_them(incidents: Ints, sent: Ints) -> Ints:
    """A unit finds whatever there is at its site."""
    return np.where(sent > 0, incidents, 0)


Rule = Callable[[Ints, Ints], Ints]


@cache
def lived(size: Size, rule: Rule = at_most_one_each, even: bool = True) -> tuple[Ints, Ints]:
    """Incidents and finds by step and site."""
    rng = np.random.default_rng(SEED)
    steps = 50_000 if size is Size.QUICK else 1_000_000
    incidents = rng.poisson(RATES, (steps, len(RATES)))
    chances = np.full(len(RATES), 1 / len(RATES)) if even else np.array(RATES) / sum(RATES)
    return incidents, rule(incidents, rng.multinomial(UNITS, chances, size=steps))


def at_site(site: int, **how: Any) -> Measure:
    """Finds per step at one site."""

    def measure(size: Size) -> Found:
        return mean_of(lived(size, **how)[1][:, site], "steps")

    return measure


def in_all(**how: Any) -> Measure:
    """Finds per step."""

    def measure(size: Size) -> Found:
        return mean_of(lived(size, **how)[1].sum(axis=1), "steps")

    return measure


def share_found(**how: Any) -> Measure:
    """Share of the incidents that are found."""

    def measure(size: Size) -> Found:
        incidents, found = lived(size, **how)
        return ratio_of(found.sum(axis=1), incidents.sum(axis=1), "steps")

    return measure


def wrong(measure: Callable[..., Measure], *where: int) -> tuple[Wrong, ...]:
    """The two mistakes, measured alike."""
    return (
        Wrong("no limit", "A unit finds every incident of its site.", measure(*where, rule=all_of_them)),
        Wrong("by rate", "Units are sent in proportion to the rates.", measure(*where, even=False)),
    )


def row(name: str, title: str, target: float, unit: str, measure: Measure, mistakes: tuple[Wrong, ...]) -> Row:
    """A row of this model."""
    return Row(name, Table.MODELS, title, target, unit, GYM, Origin.RECOMPUTED, Through.REPLICATION, (), measure, mistakes)


TOTAL = sum(expected(rate) for rate in RATES)
ROWS: tuple[Row, ...] = (
    row("allocation-total", "Six units sent to five sites at random: incidents found a step", TOTAL, "incidents", in_all(), wrong(in_all)),
    row("allocation-share", "Share of the incidents found", TOTAL / sum(RATES), "share", share_found(), wrong(share_found)),
    row("allocation-busiest", "Found a step at the busiest site", expected(RATES[0]), "incidents", at_site(0), wrong(at_site, 0)),
    row("allocation-quietest", "Found a step at the quietest site", expected(RATES[4]), "incidents", at_site(4), wrong(at_site, 4)),
)
