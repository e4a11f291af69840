"""What errors do in full, and what comes through ties: the same people's days in arms that differ in one thing.

Per person-day, S is the ledger as kept, C its clean ledger, E the error-free arm and A the arm without ties (design 005, section 1).
Days are those on which a list marked as a sanction holds the person; holders' copies do not count here.

| outcome | the days on which | denominator |
| --- | --- | --- |
| wrongly_sanctioned_days | S sanctions and C does not | adult-years |
| wrongly_spared_days | C sanctions and S does not: an error shields | adult-years |
| error_induced_days | C sanctions and E does not: an error led to a true ground | adult-years |
| error_displaced_days | E sanctions and C does not: a ground that arises only where no error is made | adult-years |
| collateral_days | S sanctions and A does not | adult-years |
| shielded_days | A sanctions and S does not: a tie shields | adult-years |
| household_days | S sanctions through a bond of the household alone | adult-years |
| minors_days | a minor is sanctioned, in any class | minor-years |

Unit: per 100,000 of the denominator. S - E is the sum of the first and third less the second and fourth; it is never stated alone.
A value rests on spells: the days over the mean length of a spell in the arm that sanctions them.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.engine.layout import SPLIT
from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import CLEAN_DAYS, EVERY, Counts
from glasshouse.outcomes.parts import FREE_TWIN, HOUSEHOLD, LISTS, LONE_TWIN
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, Row, ratio

OF_ERRORS = {
    "wrong": "wrongly_sanctioned_days", "spared": "wrongly_spared_days", "induced": "error_induced_days",
    "displaced": "error_displaced_days",
}  # fmt: skip
OF_TIES = ("collateral_days", "shielded_days")


def rows(counts: Counts) -> Iterator[Row]:
    """The four-way split by errors, the two-way split by ties, and days through the household and of minors."""
    for arm, a in counts.arms(FREE_TWIN):
        twin = counts.names.arms[a].pair[0]
        for group, g in counts.groups():
            for i, part in enumerate(SPLIT):
                days = float(counts["split"][a, g, i].sum())
                held = {"wrong": (a, EVERY), "displaced": (twin, EVERY)}.get(part, (a, CLEAN_DAYS))
                yield _row(counts, OF_ERRORS[part], arm, group, g, days, counts.spells_behind(days, held[0], g, held[1]))
    for arm, a in counts.arms(LONE_TWIN):
        twin = counts.names.arms[a].pair[1]
        for group, g in counts.groups():
            for i, (outcome, of) in enumerate(zip(OF_TIES, (a, twin), strict=True)):
                days = float(counts["tied"][a, g, i].sum())
                yield _row(counts, outcome, arm, group, g, days, counts.spells_behind(days, of, g))
    for arm, a in counts.arms(HOUSEHOLD):
        for group, g in counts.groups():
            days = float(counts["bound_days"][a, g].sum())
            yield _row(counts, "household_days", arm, group, g, days, counts.spells_behind(days, a, g))
    yield from _minors(counts)


def _row(counts: Counts, outcome: str, arm: str, group: str, g: slice, days: float, spells: float) -> Row:
    years = counts.adult_years(g)
    return Row(outcome, arm, group, ALL, ratio(days, years, HUNDRED_THOUSAND), years, spells, PER_100K, ADULT_YEARS)


def _minors(counts: Counts) -> Iterator[Row]:
    for arm, a in counts.arms(LISTS):
        for group, g in counts.groups():
            days, years = float(counts["minor_sanctioned"][a, g].sum()), counts.minor_years(g)
            rate, spells = ratio(days, years, HUNDRED_THOUSAND), counts.spells_behind(days, a, g)
            yield Row("minors_days", arm, group, ALL, rate, years, spells, "per 100,000 minor-years", "minor-years")
