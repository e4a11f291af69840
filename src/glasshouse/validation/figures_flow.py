"""A flow onto the list and off it: published entries, the product's spells, one fitted number, and no number from after 2018.

1. Entries up to the last count of 2018 are as published, a straight line between counts. After it they go on at a constant rate: that of
   the years before. The product has nothing to say about how many debtors a country's courts list.
2. How long they stay is the product's (`figures_listing`).
3. Fitted: how often debts are paid, to one number, the entries that had complied by the end of 2018.
4. Not known: how fast the other ways off the list are (three places in the file's range), and the rates at which entries and refusals go on
   (central: those since February 2017; lowest and highest: over any half year or more between two counts since then).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, product

import numpy as np

from glasshouse.validation.figures_data import DAYS, Published, Series, published, until
from glasshouse.validation.figures_listing import LAST, OLD_RULES, TRAVEL, WEEKS, Floats, Spells, spells
from glasshouse.validation.rows import Forecast, Size

START = date(2013, 10, 1)  # the list opens
CUT = date(LAST, 12, 31)
STEADY = date(2017, 2, 14)  # refusals are counted by systems that ask the list; the count of entries is regular since then
HALF_YEAR = 182
PAYMENTS = (0.03, 0.06, 0.12, 0.24)  # voluntary payments per debt-year tried
PLACES = (0.0, 0.5, 1.0)  # of the other ways off the list within their ranges: fast, middle, slow
MIDDLE = 0.5


def known() -> Published:
    """All that a forecast of this module may read."""
    return until(published("defaulters"), CUT)


def week(day: date) -> int:
    """Weeks since the list opened."""
    return (day - START).days // 7


def a_year(series: Series, first: date, last: date) -> float:
    """A cumulative count's mean growth a year between two of its days."""
    a, b = series.at(str(first)), series.at(str(last))
    return (b.value - a.value) / ((b.on - a.on).days / DAYS)


def stretches(series: Series) -> list[tuple[date, date]]:
    """From February 2017 to the last count first, then every half year or more between two counts since then."""
    days = [p.on for p in series.points if p.on >= STEADY]
    return [(days[0], days[-1]), *((a, b) for a, b in combinations(days, 2) if (b - a).days >= HALF_YEAR)]


def entry_rates() -> tuple[float, float, float]:
    """Entries a year: the mean since February 2017, the lowest and the highest."""
    every = [a_year(known()["entered"], *stretch) for stretch in stretches(known()["entered"])]
    return every[0], min(every), max(every)


def entered(rate: float) -> Floats:
    """Entries since the beginning at the end of each week: published up to 2018, then so many a year."""
    counts = known()["entered"].points
    days = np.array([START.toordinal(), *(p.on.toordinal() for p in counts)])
    at = START.toordinal() + 7 * np.arange(WEEKS)
    so_far = np.interp(at, days, [0.0, *(p.value for p in counts)])
    return np.asarray(so_far + rate * np.maximum(at - days[-1], 0) / DAYS)


def through(shares: Floats, rate: float) -> Floats:
    """What entries have become by the end of each week: the share that has come to something, by weeks since entry."""
    new = np.diff(entered(rate), prepend=0.0)
    return np.asarray(np.convolve(new, shares)[:WEEKS])


@cache
def payment(exits: float, size: Size, scenario: str = "") -> float:
    """The fitted number: payments per debt-year with which as many had complied by the end of 2018 as were counted."""
    target = known()["complied"].points[-1]
    rate = entry_rates()[0]  # without effect: entries up to that day are published
    had = [through(spells(p, exits, size, scenario).performed, rate)[week(target.on)] for p in PAYMENTS]
    return round(float(np.exp(np.interp(target.value, had, np.log(PAYMENTS)))), 4)


def fitted(exits: float, size: Size, scenario: str = "") -> Spells:
    """Spells at the fitted number."""
    return spells(payment(exits, size, scenario), exits, size, scenario)


@dataclass(frozen=True)
class Course:
    """Numbers by weeks since the list opened, in millions."""

    entered: Floats
    off: Floats
    complied: Floats
    refused: dict[str, float]  # a year on the list, as the product has it

    @property
    def listed(self) -> Floats:
        """Who stands on the list."""
        return self.entered - self.off

    def of(self, name: str) -> Floats:
        """A series by name."""
        return self.listed if name == "listed" else np.asarray(getattr(self, name))

    def between(self, name: str, first: date, last: date) -> float:
        """What a cumulative number grew by from the evening before one day to the evening of another."""
        line = self.of(name)
        at = (np.array([first.toordinal() - 1, last.toordinal()]) - START.toordinal()) / 7
        return float(np.diff(np.interp(at, np.arange(WEEKS), line))[0])

    def on(self, name: str, day: date) -> float:
        """A number on the evening of a day."""
        return float(np.interp((day - START).days / 7, np.arange(WEEKS), self.of(name)))

    def listed_years(self, first: date, last: date) -> float:
        """Million years on the list between two days."""
        grid = np.arange((last - first).days + 1) + (first - START).days
        return float(np.interp(grid / 7, np.arange(WEEKS), self.listed).sum() / DAYS)


@cache
def course(exits: float, rate: float, size: Size, scenario: str = "") -> Course:
    """One course of things."""
    stay = fitted(exits, size, scenario)
    return Course(entered(rate), through(stay.left, rate), through(stay.performed, rate), stay.refused)


def courses(size: Size) -> tuple[Course, list[Course]]:
    """The central course, and one for each combination of what is not known."""
    rates = entry_rates()
    return course(MIDDLE, rates[0], size), [course(exits, rate, size) for exits, rate in product(PLACES, rates)]


def span(central: float, every: list[float], note: str = "") -> Forecast:
    """A forecast with the lowest and highest over what is not known."""
    return Forecast(central, min([central, *every]), max([central, *every]), note)


def on_day(name: str, day: date, size: Size) -> Forecast:
    """A number on a day."""
    central, every = courses(size)
    note = f"at {payment(MIDDLE, size):.2f} payments per debt-year, which was fitted"
    if name == "listed" and size is Size.FULL:
        other = course(MIDDLE, entry_rates()[0], size, OLD_RULES).on(name, day)
        note += f"; another structure, the rules before 2017 throughout: {other:.1f}"
    return span(central.on(name, day), [c.on(name, day) for c in every], note)


def in_stretch(name: str, first: date, last: date, size: Size) -> Forecast:
    """What came between two days."""
    central, every = courses(size)
    note = f"by payment alone {central.between('complied', first, last):.2f}" if name == "off" else ""
    return span(central.between(name, first, last), [c.between(name, first, last) for c in every], note)


def refusals(kind: str, first: date, last: date, size: Size) -> Forecast:
    """Refused tickets between two days: as many per year on the list as in published stretches from February 2017 to the end of 2018."""
    if kind not in TRAVEL:
        raise ValueError(kind)
    counts = known()[kind]
    central, every = courses(size)

    def rates(c: Course) -> list[float]:
        return [(counts.at(str(b)).value - counts.at(str(a)).value) / c.listed_years(a, b) for a, b in stretches(counts)]

    note = f"{rates(central)[0]:.2f} refusals per year on the list since February 2017; by the file's own rates {central.refused[kind]:.2f}"
    ours = [rate * c.listed_years(first, last) for c in every for rate in rates(c)]
    return span(rates(central)[0] * central.listed_years(first, last), ours, note)
