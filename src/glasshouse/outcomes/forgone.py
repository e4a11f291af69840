"""What people leave undone because of a scheme: silence, deterrence, crowding out.

| outcome | formula | denominator |
| --- | --- | --- |
| forgone_protected, forgone_commendable, ... | acts of that valence left undone in the arm * 1,000 | adult-years |
| forgone_protected_share, ... | the same / acts of that valence that would have been done (minors' too) | acts |
| silent_never_sanctioned | protected acts left undone by people never sanctioned until then * 1,000 | adult-years |
| left | people who left the scheme * 1,000 | adults |

Valences are the world's: protected conduct is speech, belief, association and petition. Only for valences of which the arm's scheme can
keep people at all. Minors are not restrained.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.parts import LEAVING, SILENCE, forgone
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_1000, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Acts forgone by valence, the silence of those never sanctioned, people who left."""
    valences = np.array(counts.names.valences)
    for valence in dict.fromkeys(counts.names.valences):
        for arm, a in counts.arms(forgone(valence)):
            for group, g in counts.groups():
                undone = float(counts["forgone_acts"][a, g][:, valences == valence].sum())
                held = float((counts["acts"][g] + counts["acts_arm"][a, g])[:, valences == valence].sum())
                yield _per_year(counts, f"forgone_{valence}", arm, group, g, undone)
                share = ratio(undone, held)
                yield Row(f"forgone_{valence}_share", arm, group, ALL, share, held, undone, "share", f"{valence} acts", base=held)
    for arm, a in counts.arms(SILENCE):
        for group, g in counts.groups():
            yield _per_year(counts, "silent_never_sanctioned", arm, group, g, float(counts["silent"][a, g].sum()))
    for arm, a in counts.arms(LEAVING):
        for group, g in counts.groups():
            people, adults = float(counts["left"][a, g].sum()), float(counts["adults"][g].sum())
            yield Row("left", arm, group, ALL, ratio(people, adults, 1000), adults, people, "per 1,000 adults", "adults")


def _per_year(counts: Counts, outcome: str, arm: str, group: str, g: slice, n: float) -> Row:
    years = counts.adult_years(g)
    return Row(outcome, arm, group, ALL, ratio(n, years, 1000), years, n, PER_1000, ADULT_YEARS)
