"""How long people stay on the court list, lived by the product: what a count of entries becomes as a count of the listed.

The scheme is the catalogue's, the people are the default world's. Only the length of spells, the ways off the list and the refusals are
taken from the run; how many come on the list is a published number. Whatever the scheme file fitted to a count of a later year is put back
to the middle of its stated range first, so that a forecast made with the numbers of 2018 reads nothing younger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.layout import bin_start
from glasshouse.files.settings import empirical_values, with_values
from glasshouse.files.values import Empirical
from glasshouse.mechanism.classes import CLASSES
from glasshouse.mechanism.lists import CENSORED, PERFORMED
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.validation.live import lived, machine
from glasshouse.validation.rows import Size
from glasshouse.world.load import load_world

Floats = NDArray[np.float64]
LAST = 2018  # the last year whose counts a forecast may read
EXITS = "exits"  # the name by which the file links the other ways off the list
WEEKS = 13 * 52 + 1  # of a spell that are kept: all from the beginning of the list to 2026
TOWNS = {Size.QUICK: 8, Size.FULL: 96}
BUSIER = 0.012  # unpaid judgments per person-year: the top of the world's range, for more spells from as many people
TRAVEL = ("air", "rail")
OLD_RULES = "rules-of-2013"  # the file's scenario of the rules before the amendment of 2017


@dataclass(frozen=True)
class Spells:
    """Shares of entries, by weeks since entry: off the list, and off it because the debt was paid; refusals per year on the list."""

    left: Floats
    performed: Floats
    refused: dict[str, float]
    entries: int


def place(value: Empirical, at: float) -> float:
    """A point of a range on its scale: 0 its low end, 1 its high end."""
    low, high = value.range
    return float(low ** (1 - at) * high**at) if value.scale == "log" else low * (1 - at) + high * at


def of_a_later_year(value: Empirical) -> bool:
    """Whether a value was fitted to a target whose name bears a year after `LAST`."""
    return any(int(year) > LAST for year in re.findall(r"(?<!\d)\d{4}(?!\d)", value.fitted_to or ""))


def scheme_as_of_then(exits: float, scenario: str = "") -> Scheme:
    """The catalogue's scheme without later knowledge; `exits`: how slow the other ways off are, from 0 (fast) to 1 within their ranges.

    `scenario` is one of the file's: it is laid over the rest.
    """
    scheme = load_scheme("judgment-defaulters")
    known = dict(empirical_values(scheme))
    put = {path: place(value, exits if value.linked == EXITS else 0.5) for path, value in known.items() if of_a_later_year(value)}
    return with_values(scheme, {**put, **(scheme.scenarios[scenario].set if scenario else {})})


@cache
def spells(payment: float, exits: float, size: Size, scenario: str = "") -> Spells:
    """Spells of people who come on the list in two years, followed for thirteen. `payment`: voluntary payments per debt-year."""
    world = with_values(load_world(), {"conduct.unpaid-judgment.rate": BUSIER, "money.payment": payment})
    people = int(world.town_size.value) * TOWNS[size]
    run = machine(world, scheme_as_of_then(exits, scenario), people=people, weeks=104, seed=2018, followup=13 * 365)
    counts = lived(run)
    ends = counts["durations"][0].sum(axis=0)
    days = np.array([bin_start(i) for i in range(ends.shape[1])])
    by = np.searchsorted(days, 7 * np.arange(WEEKS), side="right") - 1
    off = np.cumsum(ends, axis=1)[:, by] / ends.sum()
    listed = np.cumsum(counts["days"][0, :, : len(CLASSES)], axis=-1)[..., :-1].sum() / 365
    needs = list(world.needs)
    refused = {need: float(counts["denials"][0, :, needs.index(need)].sum() / listed) for need in TRAVEL}
    return Spells(np.delete(off, CENSORED, axis=0).sum(axis=0), off[PERFORMED], refused, int(ends.sum()))
