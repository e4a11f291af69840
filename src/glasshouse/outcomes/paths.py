"""Paths to a wrongful entry: class, origin of the record, channel and category of the act it is about.

count = entries without ground on the path, mean over runs; per_100k_adult_years = entries / adult-years * 100,000. An entry
by grade rests on a sum of records; its path is that of the worst of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from glasshouse.mechanism.classes import CLASSES, ORIGINS
from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import WRONG, Counts
from glasshouse.outcomes.rows import ratio

if TYPE_CHECKING:
    from glasshouse.outcomes.measure import Measured

OTHER = "other paths"


@dataclass(frozen=True, order=True)
class Path:
    """One path of one run, in the first arm."""

    cls: str
    origin: str
    channel: str
    category: str
    count: int
    adult_years: float


def all_paths(counts: Counts) -> Iterator[Path]:
    """Every path of the first arm that someone took."""
    names, years = counts.names.arms[0], counts.adult_years()
    taken = counts["paths"][0, WRONG]
    for k, origin, channel, category in np.argwhere(taken):
        yield Path(
            CLASSES[k], ORIGINS[origin], names.channels[channel], counts.names.categories[category],
            int(taken[k, origin, channel, category]), years,
        )  # fmt: skip


def commonest(runs: Sequence[Measured], *, least: int = 30) -> list[dict[str, str | float | None]]:
    """The paths over runs at central values, commonest first.

    Those that fewer than `least` entries took in all runs together are merged by class, or left out.
    """
    found: dict[tuple[str, str, str, str], int] = {}
    for path in (p for run in runs for p in run.paths):
        key = (path.cls, path.origin, path.channel, path.category)
        found[key] = found.get(key, 0) + path.count
    years = sum(run.adult_years for run in runs)
    kept: dict[tuple[str, str, str, str], int] = {}
    for key, count in found.items():
        place = key if count >= least else (key[0], OTHER, "", "")
        kept[place] = kept.get(place, 0) + count
    order = sorted((-count, key) for key, count in kept.items() if count >= least)
    return [
        {"class": cls, "origin": origin, "channel": channel, "category": category, "count": -count / len(runs),
         "per_100k_adult_years": ratio(-count, years, HUNDRED_THOUSAND)}
        for count, (cls, origin, channel, category) in order
    ]  # fmt: skip
