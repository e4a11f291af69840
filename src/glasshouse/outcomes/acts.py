"""Acts: what people do, by the valence that the world gives the category of conduct.

acts = acts / person-years * 1,000; acts_unlawful, acts_default and so on for one valence alone. Unit: per 1,000 person-years;
denominator: person-years, of adults and minors. All acts count, seen by a scheme or not. An arm's acts are those that lives hold and those
of this arm alone (acts that need a debt standing there, defaults that follow from a refusal there), less those that people left undone.

unlawful_acts_prevented = (unlawful acts under ordinary law - unlawful acts in the arm) / person-years * 1,000, on the same lives; below
0 where the arm brings more. Counted for every arm but the baselines.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.outcomes.counts import Counts, Ints
from glasshouse.outcomes.rows import ALL, Row, ratio

ORDINARY = "ordinary"
BASELINES = ("ordinary", "none")
AGAINST = "fewer than under ordinary law, on the same lives"


def acts_by_category(counts: Counts, a: int, g: slice) -> Ints:
    """Acts of a group in an arm (category)."""
    return np.asarray((counts["acts"][g] + counts["acts_arm"][a, g] - counts["forgone_acts"][a, g]).sum(axis=0))


def rows(counts: Counts) -> Iterator[Row]:
    """All acts, then those of each valence that the world has, then the unlawful ones prevented."""
    yield from _acts(counts)
    yield from _prevented(counts)


def _acts(counts: Counts) -> Iterator[Row]:
    valences = np.array(counts.names.valences)
    wanted = [("acts", np.ones(valences.size, bool)), *((f"acts_{v}", valences == v) for v in dict.fromkeys(counts.names.valences))]
    for arm, a in counts.arms():
        for group, g in counts.groups():
            acts, years = acts_by_category(counts, a, g), counts.person_years(g)
            for outcome, which in wanted:
                n = float(acts[which].sum())
                yield Row(outcome, arm, group, ALL, ratio(n, years, 1000), years, n, "per 1,000 person-years", "person-years")


def _prevented(counts: Counts) -> Iterator[Row]:
    unlawful = np.array(counts.names.valences) == "unlawful"
    ordinary = next((a for name, a in counts.arms() if name == ORDINARY), None)
    if ordinary is None or not unlawful.any():
        return
    for arm, a in counts.arms():
        for group, g in counts.groups() if arm not in BASELINES else ():
            fewer = acts_by_category(counts, ordinary, g)[unlawful].sum() - acts_by_category(counts, a, g)[unlawful].sum()
            n, years = float(fewer), counts.person_years(g)
            yield Row(
                "unlawful_acts_prevented", arm, group, ALL, ratio(n, years, 1000), years, abs(n), "per 1,000 person-years", "person-years",
                note=AGAINST,
            )  # fmt: skip
