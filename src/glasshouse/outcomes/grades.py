"""Grades: the share of adults in each grade on the last counted day.

grade_share = adults in the grade / adults with a grade; unit share; denominator adults. Only for arms with grades.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import ALL, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Each grade's share, best grade first."""
    for (arm, a), names in zip(counts.arms(), counts.names.arms, strict=True):
        for group, g in counts.groups():
            graded = float(counts["grades"][a, g].sum())
            for at, grade in enumerate(names.grades):
                n = float(counts["grades"][a, g, at].sum())
                yield Row("grade_share", arm, group, ALL, ratio(n, graded), graded, n, "share", "adults", detail=grade, base=graded)
