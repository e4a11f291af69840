"""Appeals and procedure: cases filed, decided, given up and waiting; how long they waited; spells without notice or review.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| appeals_filed | cases filed in counted time / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| appeals_upheld, appeals_rejected, appeals_given_up | cases so ended in counted time, likewise | per 100,000 adult-years | adult-years |
| appeals_waiting | filed less ended: what the queue grew by, likewise | per 100,000 adult-years | adult-years |
| appeals_upheld_share | upheld / (upheld + rejected) | share | cases decided |
| appeals_weeks | mean weeks from joining the queue to the decision | weeks | cases decided |
| without_notice_share | tracked spells of whose record nobody was told before it listed them / tracked spells | share | spells |
| without_review_share | tracked spells that ended with no review decided / tracked spells | share | spells |

The class is that of the error in the record: mistaken identity, false report, misrecorded, ground unmet, or *sound*. A launch begins
with an empty queue, so that `appeals_waiting` is what still waits at the end; a mature start has a queue on its first day.
The share upheld is conditional on appealing: it is never an error rate of all records. Tracked spells are the entries of counted time.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.engine.layout import APPEALS
from glasshouse.outcomes.by_class import HUNDRED_THOUSAND
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.parts import NOTICE, REVIEW
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, Row, ratio

ERRORS = ("mistaken identity", "false report", "misrecorded", "ground unmet", "sound")
ENDED = ("upheld", "rejected", "given up")
SELECTED = "of cases decided: those who appeal are not a sample of the listed"
GROWTH = "by how much the queue grew in counted time"


def rows(counts: Counts) -> Iterator[Row]:
    """Every step of a review by class of error, and the two flags of procedure."""
    for arm, a in counts.arms(REVIEW):
        for group, g in counts.groups():
            for cls, k in [*((name, slice(i, i + 1)) for i, name in enumerate(ERRORS)), (ALL, slice(None))]:
                found = counts["appeals"][a, g, k].sum(axis=(0, 1))
                steps = {name: float(n) for name, n in zip(APPEALS, found, strict=True)}
                yield from _steps(arm, group, cls, steps, counts.adult_years(g))
    for place, (outcome, part) in enumerate((("without_notice_share", NOTICE), ("without_review_share", REVIEW))):
        for arm, a in counts.arms(part):
            for group, g in counts.groups():
                spells, n = float(counts["entries"][a, :, g].sum()), float(counts["unreviewed"][a, g, place].sum())
                yield Row(outcome, arm, group, ALL, ratio(n, spells), spells, n, "share", "spells", base=spells)


def _steps(arm: str, group: str, cls: str, steps: dict[str, float], years: float) -> Iterator[Row]:
    for step in ("filed", *ENDED):
        name = f"appeals_{step.replace(' ', '_')}"
        yield Row(name, arm, group, cls, ratio(steps[step], years, HUNDRED_THOUSAND), years, steps[step], PER_100K, ADULT_YEARS)
    waiting = steps["filed"] - sum(steps[step] for step in ENDED)
    rate = ratio(waiting, years, HUNDRED_THOUSAND)
    yield Row("appeals_waiting", arm, group, cls, rate, years, abs(waiting), PER_100K, ADULT_YEARS, note=GROWTH)
    decided, upheld = steps["upheld"] + steps["rejected"], steps["upheld"]
    share = ratio(upheld, decided)
    yield Row("appeals_upheld_share", arm, group, cls, share, decided, upheld, "share", "cases decided", note=SELECTED, base=decided)
    weeks = ratio(steps["weeks"], decided)
    yield Row("appeals_weeks", arm, group, cls, weeks, decided, decided, "weeks", "cases decided", base=decided)
