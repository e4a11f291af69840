"""The court list as births and deaths: the exits of 2025 by the list, the entries and the exits of 2024."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from glasshouse.engine.layout import bin_start
from glasshouse.validation.figures_data import published
from glasshouse.validation.figures_flow import span
from glasshouse.validation.figures_listing import TOWNS
from glasshouse.validation.live import lived, machine
from glasshouse.validation.rows import Forecast, Size
from glasshouse.validation.simple import scheme, town, world


@dataclass(frozen=True)
class Turnover:
    """Millions on the list at the beginning of 2024, and what came and went in that year; the way off that makes as many go.

    `old` and `new` are shares that leave within a year: of those there at its beginning, and of those who come in it.
    """

    stock: float
    before: float  # entries of 2023
    came: float
    went: float
    mean: float  # days of a spell
    old: float
    new: float

    @property
    def there(self) -> float:
        """Who stands on the list at the beginning of 2025."""
        return self.stock + self.came - self.went

    def exits(self, came: float) -> float:
        """Exits of 2025, if so many come in it."""
        return self.there * self.old + came * self.new


@cache
def of_2024(size: Size) -> Turnover:
    """The list of 2 December 2023 stands for that of the year's end.

    The way off is lived by the product, as a list with one exit and no term; its mean is found from the exits of 2024.
    """
    data = published("defaulters")
    stock, before = data["listed"].points[-1].value, data["new"].at("2023-12-31").value
    came, went = data["new"].at("2024-12-31").value, data["restored"].at("2024-12-31").value
    means = np.array([600.0, 900.0, 1200.0, 1500.0])
    years = np.array([_left_by_year(mean, size) for mean in means])
    mean = float(np.interp(-went, -(stock * years[:, 0] + came * years[:, 1]), means))
    old, new = (float(np.interp(mean, means, years[:, i])) for i in (0, 1))
    return Turnover(stock, before, came, went, mean, old, new)


def turnover(size: Size) -> tuple[Forecast, Forecast]:
    """Entries and exits of 2025, in millions, by those of 2024: as many entries (lowest: falling on as in 2024), one constant way off."""
    it = of_2024(size)
    fewer = it.came * it.came / it.before
    exits = [it.exits(came) for came in (it.came, fewer)]
    return (
        span(it.came, [fewer], "lowest: the fall of 2024 goes on"),
        span(exits[0], [*exits, it.went], f"a spell lasts {it.mean / 365:.1f} years on average; highest: as many as in 2024"),
    )


def _left_by_year(mean: float, size: Size) -> tuple[float, float]:
    """Shares off a list with one constant way off: by a year after entry, and by the end of the year in which they came."""
    people = 300 * TOWNS[size]
    run = machine(world(1.0, changes=town(people)), scheme(exit_mean=mean), people=people, weeks=104, seed=2024, followup=5 * 365)
    ends = lived(run)["durations"][0].sum(axis=(0, 1))
    days = np.array([bin_start(i) for i in range(len(ends))])
    off = np.cumsum(ends)[np.searchsorted(days, np.arange(366), side="right") - 1] / ends.sum()
    return float(off[365]), float(off[:365].mean())


__all__ = ["Turnover", "of_2024", "turnover"]
