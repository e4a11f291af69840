"""Group disparity: a group's rate divided by that of the first group, always beside the input difference that produced it.

| outcome | class | formula (each a ratio to the first group) | unit |
| --- | --- | --- | --- |
| disparity | all | sanctioned person-days per adult-year | ratio |
| disparity | without ground | entries without ground per adult-year | ratio |
| input_disparity | all | acts per adult, other than commendable ones and those that need a standing debt | ratio |
| input_visibility | all | visibility to channels that follow it, as the world file states it | ratio |

The first group that the world names is the reference, so that its own ratio is 1; a ratio to a rate of 0 does not exist.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from glasshouse.mechanism.classes import SPARED
from glasshouse.outcomes.counts import WRONG, Counts, Ints
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND, Row, ratio


def rows(counts: Counts) -> Iterator[Row]:
    """What comes out by arm, and what was put in."""
    days, spells = (x[:, :, :SPARED].sum(axis=2) for x in (counts.class_days, counts.day_spells))
    wrong = counts["entries"][..., WRONG].sum(axis=(1, 3))
    for arm, a in counts.arms():
        yield from _ratios(counts, "disparity", arm, ALL, days[a], spells[a])
        yield from _ratios(counts, "disparity", arm, WITHOUT_GROUND, wrong[a], wrong[a])
    lived = counts["acts"][:, np.array(counts.names.valences) != "commendable"].sum(axis=1)
    first = counts.names.arms[0].name
    yield from _ratios(counts, "input_disparity", first, ALL, lived, lived)
    for group, seen in zip(counts.names.groups, counts.visibility, strict=False):
        value = ratio(seen, counts.visibility[0])
        yield Row("input_visibility", first, group, ALL, value, 1.0, math.inf, "ratio", _reference(counts))


def _reference(counts: Counts) -> str:
    return f"group {counts.names.groups[0]}"


def _ratios(counts: Counts, outcome: str, arm: str, cls: str, amount: Ints, events: Ints) -> Iterator[Row]:
    """Ratios of amounts (group) per adult-year; a ratio rests on the smaller count of events (group) of the two."""
    groups = list(counts.groups())[1:]
    rates = [ratio(float(amount[g].sum()), counts.adult_years(g)) for _, g in groups]
    counted = [float(events[g].sum()) for _, g in groups]
    reference = rates[0] or 0.0
    for (group, _), rate, n in zip(groups, rates, counted, strict=True):
        value = None if rate is None else ratio(rate, reference)
        yield Row(outcome, arm, group, cls, value, reference, min(n, counted[0]), "ratio", _reference(counts), base=max(n, counted[0]))
