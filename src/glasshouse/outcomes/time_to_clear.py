"""Time to clear: how soon entrants leave the list, and by which way out.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| time_to_clear_30d, _90d, _365d | cumulative incidence of one way out at that day of the spell (Aalen-Johansen) | share | entrants |
| still_listed_3y | share of entrants still listed at day 1,095 of the spell | share | entrants |
| median_spell | first day by which half have left; only if reached | days | entrants |

Entrants are spells opened in counted time, classed on the day of entry and followed beyond it. Ways out compete: a person leaves by
one. Durations of 400 days and more are kept in weeks, and a week counts from its first day: `still_listed_3y` includes what ended in
the week of day 1,095, so that a term of exactly three years has ended.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.mechanism.lists import CAUSES, CENSORED
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.incidence import Curve, aalen_johansen
from glasshouse.outcomes.names import ArmNames
from glasshouse.outcomes.rows import ALL, Row

ENDS = [c for c in range(CAUSES) if c != CENSORED]
DAYS = (30, 90, 365)
THREE_YEARS = 3 * 365
NOT_FOLLOWED = "follow-up does not reach that day"


def rows(counts: Counts) -> Iterator[Row]:
    """Incidence by way out at each day, the share still listed after three years, and the median spell."""
    for (arm, a), names in zip(counts.arms(), counts.names.arms, strict=True):
        for cls, k in counts.classes(a):
            durations = counts["durations"][a, k].sum(axis=0)
            curve = aalen_johansen(durations[ENDS], durations[CENSORED])
            entrants = float(durations.sum())
            for day in DAYS:
                yield from _incidence(curve, names, arm, cls, entrants, day)
            found = curve.at(THREE_YEARS)
            note = NOT_FOLLOWED if found is None and entrants else ""
            yield Row("still_listed_3y", arm, ALL, cls, found[1] if found else None, entrants, entrants, "share", "entrants", note=note)
            median = curve.median()
            note = "not reached" if median is None and entrants else ""
            yield Row("median_spell", arm, ALL, cls, median, entrants, entrants, "days", "entrants", note=note)


def _incidence(curve: Curve, names: ArmNames, arm: str, cls: str, entrants: float, day: int) -> Iterator[Row]:
    found = curve.at(day)
    for c, cause in enumerate(names.causes[end] for end in ENDS):
        if cause:
            value = float(np.asarray(found[0])[c]) if found else None
            yield Row(f"time_to_clear_{day}d", arm, ALL, cls, value, entrants, entrants, "share", "entrants", detail=cause)
