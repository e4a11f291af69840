"""What a good standing brings, what it takes from others, and the ties that people drop to keep it.

| outcome | formula | denominator |
| --- | --- | --- |
| privileges | attempts with a privilege of a good grade / adult-years * 100,000 | adult-years |
| displaced_attempts | attempts that others' privileges put back, where there is only so much to give, likewise | adult-years |
| ties_dropped | ends of ties dropped because the other's score costs too much / adult-years * 1,000 | adult-years |

A dropped tie is counted once for each of the two people, in the group of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import total_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.parts import DISPLACED, DROPPING, PRIVILEGES
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_1000, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Privileges, attempts displaced by them, and ties dropped, by group."""
    yield from total_rows(counts, "privileges", counts["privileges"].sum(axis=2), PRIVILEGES)
    yield from total_rows(counts, "displaced_attempts", counts["displaced"].sum(axis=2), DISPLACED)
    for arm, a in counts.arms(DROPPING):
        for group, g in counts.groups():
            n, years = float(counts["ties_dropped"][a, g].sum()), counts.adult_years(g)
            yield Row("ties_dropped", arm, group, ALL, ratio(n, years, 1000), years, n, PER_1000, ADULT_YEARS)
