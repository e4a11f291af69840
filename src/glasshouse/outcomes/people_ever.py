"""People ever in a class: invented people with at least one counted day sanctioned in it.

people_ever: number of people; unit people, no denominator. One person can be in several classes, so that classes do not add up and
no total over classes is formed (`ever_listed` counts people once).
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND, Row


def rows(counts: Counts) -> Iterator[Row]:
    """People by class."""
    for arm, a in counts.arms():
        for group, g in counts.groups():
            for cls, k in counts.classes(a):
                if cls not in (WITHOUT_GROUND, ALL):
                    people = float(counts["ever"][a, g, k].sum())
                    yield Row("people_ever", arm, group, cls, people, 1.0, people, "people", "")
