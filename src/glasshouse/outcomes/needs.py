"""Single needs: attempts to use one service, and refusals of it, so that a published count of one service has something to stand beside.

| outcome | formula | unit (the denominator is adult-years) |
| --- | --- | --- |
| attempts_by_need | attempts to use one service that people made in the arm / adult-years * 100,000 | per 100,000 adult-years |
| denials_by_need | refusals of one service in the class / adult-years * 100,000 | per 100,000 adult-years |

The detail is the need. Attempts made are those that lives hold less those that people forwent in the arm, as in `denial_rate`; minors'
needs are counted like adults', over adult-years. Only for everyone together.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, WITHOUT_GROUND, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Attempts by need; refusals by need, of all classes and of those without ground."""
    years = counts.adult_years()
    made = (counts["attempts"] - counts["forgone_attempts"]).sum(axis=1)
    for arm, a in counts.arms():
        kinds = [(cls, k) for cls, k in counts.classes(a) if cls in (WITHOUT_GROUND, ALL)]
        for at, need in enumerate(counts.names.needs):
            yield _row("attempts_by_need", arm, ALL, float(made[a, at]), years, need)
            refused = counts["denials"][a, :, at].sum(axis=0)
            for cls, k in kinds:
                yield _row("denials_by_need", arm, cls, float(refused[k].sum()), years, need)


def _row(outcome: str, arm: str, cls: str, n: float, years: float, need: str) -> Row:
    return Row(outcome, arm, ALL, cls, ratio(n, years, HUNDRED_THOUSAND), years, n, PER_100K, ADULT_YEARS, detail=need)
