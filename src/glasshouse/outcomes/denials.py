"""Denials: attempts to use a service that were refused.

| outcome | formula | unit | denominator |
| --- | --- | --- | --- |
| denials | refusals in the class / adult-years * 100,000 | per 100,000 adult-years | adult-years |
| essential_denials | refusals of needs that the world marks as essential, likewise | per 100,000 adult-years | adult-years |
| children_denials | refusals of minors' needs, likewise | per 100,000 adult-years | adult-years |
| spared_denials | refusals that only the clean ledger would have brought, likewise | per 100,000 adult-years | adult-years |
| denial_rate | refusals / attempts made in the arm * 1,000 | per 1,000 attempts | attempts |
| children_denial_rate | refusals of minors' needs / attempts by minors * 1,000 | per 1,000 attempts | attempts by minors |

Attempts made are those that lives hold less those that people forwent in the arm.

By the clean ledger: refusals by a gate that the clean ledger holds too, and the spared ones. Where an error's gate refused before a
clean one could, the attempt is not counted: the clean figure is a lower bound, close where few attempts meet two gates.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.outcomes.by_class import clean_rows, held_or_spared, rate_rows, total_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.rows import ALL, Row, ratio

CLEAN_NOTE = "a lower bound: an attempt that an error's gate refused first is not counted"


def rows(counts: Counts) -> Iterator[Row]:
    """Denials by class, of all needs, essential ones and minors'; spared ones; shares of attempts."""
    everything = np.ones(len(counts.names.needs), bool)
    essential, minor = np.array(counts.names.essential, bool), np.array(counts.names.minor, bool)
    for outcome, needs in (("denials", everything), ("essential_denials", essential), ("children_denials", minor)):
        refused = counts["denials"][:, :, needs].sum(axis=2)
        yield from rate_rows(counts, outcome, refused)
        yield from clean_rows(counts, outcome, held_or_spared(refused, counts["spared_denials"][:, :, needs].sum(axis=2)), CLEAN_NOTE)
    yield from total_rows(counts, "spared_denials", counts["spared_denials"].sum(axis=2))
    yield from _per_attempt(counts, "denial_rate", everything, "attempts")
    yield from _per_attempt(counts, "children_denial_rate", minor, "attempts by minors")


def _per_attempt(counts: Counts, outcome: str, needs: np.ndarray[tuple[int], np.dtype[np.bool_]], denominator: str) -> Iterator[Row]:
    made = counts["attempts"] - counts["forgone_attempts"]
    for arm, a in counts.arms():
        for group, g in counts.groups():
            refused, attempts = float(counts["denials"][a, g][:, needs].sum()), float(made[a, g][:, needs].sum())
            yield Row(outcome, arm, group, ALL, ratio(refused, attempts, 1000), attempts, refused, "per 1,000 attempts", denominator)
