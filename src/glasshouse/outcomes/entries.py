"""List entries: times a person enters a list, by class on the day of entry.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| entries | entries in counted time | entries | |
| entries_rate | entries / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| entry_share | entries in the class / all entries (a flow share) | share | entries |
| entries_by_list | entries to one list / adult-years * 100,000 | per 100,000 adult-years | adult-years |

Adult-years are adults times counted days / 365. All lists of the scheme count, and one person may enter several, or one again.
The class *without ground* is everything that the person's own true records do not carry: stale, mistaken identity, false report,
misrecorded, ground unmet and collateral together.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.outcomes.by_class import HUNDRED_THOUSAND, clean_rows, rate_rows, share_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import ADULT_YEARS, ALL, PER_100K, WITHOUT_GROUND, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """Entries, their rate and flow shares, by class; by list."""
    entries = counts["entries"].sum(axis=1)
    for arm, a in counts.arms():
        for group, g in counts.groups():
            for cls, k in counts.classes(a):
                n = float(entries[a, g, k].sum())
                yield Row("entries", arm, group, cls, n, 1.0, n, "entries", "")
    yield from rate_rows(counts, "entries_rate", entries)
    yield from clean_rows(counts, "entries_rate", counts["clean_entries"][0].sum(axis=0))
    yield from share_rows(counts, "entry_share", entries, entries, "entries")
    yield from _by_list(counts)


def _by_list(counts: Counts) -> Iterator[Row]:
    years = counts.adult_years()
    for (arm, a), names in zip(counts.arms(), counts.names.arms, strict=True):
        kinds = [(cls, k) for cls, k in counts.classes(a) if cls in (WITHOUT_GROUND, ALL)]
        for at, entered in enumerate(names.lists):
            for cls, k in kinds:
                n = float(counts["entries"][a, at, :, k].sum())
                rate = ratio(n, years, HUNDRED_THOUSAND)
                yield Row("entries_by_list", arm, ALL, cls, rate, years, n, PER_100K, ADULT_YEARS, detail=entered)
