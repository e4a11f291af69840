"""Single needs and single kinds of conduct, so that a published count of one of them has something to stand beside.

| outcome | formula | unit (the denominator is adult-years) |
| --- | --- | --- |
| attempts_by_need | attempts to use one service that people made in the arm / adult-years * 100,000 | per 100,000 adult-years |
| denials_by_need | refusals of one service / adult-years * 100,000 | per 100,000 adult-years |
| entries_by_conduct | entries whose record says one category of conduct / adult-years * 100,000 | per 100,000 adult-years |

The detail is the need, or the category as it was written down, true or not. Attempts made are those that lives hold less those that
people forwent, as in `denial_rate`; minors' needs are counted like adults', over adult-years. An entry by grade has the category of the
worst record; entries without a record (through ties, or by selection) have none. Only for everyone together, under the first arm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import Counts, Ints
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Attempts and refusals by need, entries by conduct."""
    made = (counts["attempts"] - counts["forgone_attempts"][0]).sum(axis=0)
    yield from _each(counts, "attempts_by_need", counts.names.needs, made)
    yield from _each(counts, "denials_by_need", counts.names.needs, counts["denials"][0].sum(axis=(0, 2)))
    yield from _each(counts, "entries_by_conduct", counts.names.categories, counts["paths"][0].sum(axis=(0, 1, 2)))


def _each(counts: Counts, outcome: str, names: Sequence[str], events: Ints) -> Iterator[Row]:
    years, first = counts.adult_years(), counts.names.arms[0].name
    for name, n in zip(names, np.asarray(events, np.float64), strict=True):
        rate = ratio(float(n), years, HUNDRED_THOUSAND)
        yield Row(outcome, first, ALL, ALL, rate, years, float(n), PER_100K, ADULT_YEARS, detail=name)
