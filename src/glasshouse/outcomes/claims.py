"""Money claimed from people, what they in fact owed, what is given back, and what is claimed beyond what was owed.

| outcome | formula | unit (the denominator is adult-years) |
| --- | --- | --- |
| money_claimed | claims in the class / adult-years * 100,000 | currency per 100,000 adult-years |
| money_owed | what is owed where a claim rests on the person's own act, rightly coded, likewise | currency per 100,000 adult-years |
| money_beyond_owed | money claimed - money owed, likewise | currency per 100,000 adult-years |
| money_beyond_owed_share | (money claimed - money owed) / money claimed | share, of money claimed |
| money_returned | claims given back by review in the class / adult-years * 100,000 | currency per 100,000 adult-years |

A claim rests on one record and is counted, whole, on the day the record takes effect; it is given back on the day a review is upheld that
corrects money. What is given back is not taken off what was claimed. Claimed beyond what was owed is below 0 where people owe more
than is claimed. Only for arms whose scheme claims money at all; *clean* is the first arm by its clean ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from glasshouse.outcomes.counts import CLEAN_ARM, Counts
from glasshouse.outcomes.money import amount_row, amount_rows, events, total_amount_rows
from glasshouse.outcomes.parts import CLAIMS, RETURNS
from glasshouse.outcomes.rows import ALL, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Claimed and returned by class; owed, and claimed beyond it."""
    yield from amount_rows(counts, "money_claimed", counts["claimed"], CLAIMS, "claim")
    yield from amount_rows(counts, "money_returned", counts["returned"], RETURNS, "claim")
    yield from total_amount_rows(counts, "money_owed", counts["owed"], CLAIMS, "owed")
    beyond = counts["claimed"].sum(axis=-1) - counts["owed"]
    for arm, a in counts.arms(CLAIMS):
        largest = counts.names.arms[a].money.claim
        for group, g in counts.groups():
            claimed, more = float(counts["claimed"][a, g].sum()), float(beyond[a, g].sum())
            rests_on = events(claimed, largest)
            yield replace(amount_row(counts, "money_beyond_owed", arm, a, group, g, ALL, more, largest), count=rests_on)
            share = ratio(more, claimed)
            yield Row("money_beyond_owed_share", arm, group, ALL, share, claimed, rests_on, "share", "money claimed", base=rests_on)
    first = counts.names.arms[0]
    if CLAIMS in first.parts:
        for group, g in counts.groups():
            amount = float(counts["clean_claims"][0, g].sum())
            yield amount_row(counts, "money_claimed", CLEAN_ARM, 0, group, g, ALL, amount, first.money.claim)
