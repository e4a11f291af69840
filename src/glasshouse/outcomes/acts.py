"""Acts: what people do, by the valence that the world gives the category of conduct.

acts = acts / person-years * 1,000; acts_unlawful, acts_default and so on for one valence alone. Unit: per 1,000 person-years;
denominator: person-years, of adults and minors. All acts count, seen by a scheme or not. Acts that need a standing debt depend on the
arm, the others are the same in every arm.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.outcomes.counts import Counts, Ints
from glasshouse.outcomes.rows import ALL, Row, ratio


def acts_by_category(counts: Counts, a: int, g: slice) -> Ints:
    """Acts of a group in an arm (category)."""
    return np.asarray((counts["acts"][g] + counts["acts_arm"][a, g]).sum(axis=0))


def rows(counts: Counts) -> Iterator[Row]:
    """All acts, then those of each valence that the world has."""
    valences = np.array(counts.names.valences)
    wanted = [("acts", np.ones(valences.size, bool)), *((f"acts_{v}", valences == v) for v in dict.fromkeys(counts.names.valences))]
    for arm, a in counts.arms():
        for group, g in counts.groups():
            acts, years = acts_by_category(counts, a, g), counts.person_years(g)
            for outcome, which in wanted:
                n = float(acts[which].sum())
                yield Row(outcome, arm, group, ALL, ratio(n, years, 1000), years, n, "per 1,000 person-years", "person-years")
