"""Everything that is measured of one run, small enough to keep for every seed and every point of the span."""

from __future__ import annotations

from dataclasses import dataclass

from glasshouse.outcomes import (
    acts,
    appeals,
    attempts_by_need,
    claims,
    debts,
    denials,
    denials_by_need,
    disparity,
    entries,
    entries_by_conduct,
    exposure,
    fines,
    forgone,
    grades,
    headline,
    listed,
    people_ever,
    prices,
    sanctioned_days,
    split,
    standing,
    time_to_clear,
)
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.paths import Path, all_paths
from glasshouse.outcomes.rows import Row, Series

QUANTITIES = (
    sanctioned_days.rows, listed.rows, people_ever.rows, entries.rows, headline.rows, exposure.rows, denials.rows,
    attempts_by_need.rows, denials_by_need.rows, entries_by_conduct.rows,
    time_to_clear.rows, fines.rows, debts.rows, acts.rows, grades.rows, disparity.rows, split.rows, appeals.rows, forgone.rows,
    standing.rows, claims.rows, prices.rows,
)  # fmt: skip
WEEKLY = (sanctioned_days.weekly, listed.weekly, debts.weekly)


@dataclass(frozen=True)
class Measured:
    """The rows, weekly series and paths of one seed and setting."""

    scheme: str
    seed: int
    setting: str
    people: int
    adult_years: float
    rows: tuple[Row, ...]
    weekly: tuple[Series, ...]
    paths: tuple[Path, ...]


def measure(counts: Counts) -> Measured:
    """Measure every outcome of one run."""
    return Measured(
        scheme=counts.scheme,
        seed=counts.seed,
        setting=counts.setting,
        people=counts.people,
        adult_years=counts.adult_years(),
        rows=tuple(row for quantity in QUANTITIES for row in quantity(counts)),
        weekly=tuple(series for quantity in WEEKLY for series in quantity(counts)),
        paths=tuple(all_paths(counts)),
    )
