"""Where each count stands in the one flat vector of integers that leaves a town.

Counts add up in any order, so partial vectors of towns, chunks and threads can be summed as they come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.mechanism.classes import CLASSES
from glasshouse.mechanism.lists import CAUSES
from glasshouse.scheme.limits import MOST_GRADES

GROUPS = 3
N_CLASSES = len(CLASSES)
ROWS = N_CLASSES + 1  # the classes and "wrongly spared"
GRADES = MOST_GRADES
DAY_BINS = 400  # durations: single days below this, then weeks


def duration_bin(days: int) -> int:
    """Bin of a duration: days up to 400, whole weeks beyond."""
    return days if days < DAY_BINS else DAY_BINS + (days - DAY_BINS) // 7


def bin_start(index: int) -> int:
    """First day of a duration bin."""
    return index if index < DAY_BINS else DAY_BINS + (index - DAY_BINS) * 7


NAMES = (
    "overflow events adults minors days entries durations attempts exposures denials spared_denials ever ever_listed acts acts_arm "
    "debts_start debts_arisen debts_paid debtors fines clean_fines clean_entries grades paths false_paths forgone_acts silent "
    "forgone_attempts privileges displaced ties_dropped appeals split tied minor_sanctioned bound_days unreviewed refunds left "
    "paid claimed returned owed clean_claims"
).split()
ERROR_CLASSES = 5
APPEALS = ("filed", "upheld", "rejected", "given up", "weeks")  # weeks: from joining to the decision
SPLIT = ("wrong", "spared", "induced", "displaced")
LAYOUT = np.dtype(
    [(n, "i8") for n in NAMES] + [(n, "i8") for n in "size arms days_row lists needs categories bins weeks channels kinds".split()]
)


@dataclass(frozen=True)
class Layout:
    """Names, offsets and shapes of the counts of a run."""

    shapes: dict[str, tuple[int, ...]]
    record: NDArray[np.void]

    @property
    def size(self) -> int:
        """Length of the vector."""
        return int(self.record[0]["size"])

    def view(self, vector: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """The vector as named arrays (views, no copies)."""
        return named(self.shapes, vector)


def named(shapes: Mapping[str, tuple[int, ...]], vector: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """A vector of counts as named arrays (views), from the shapes in their order."""
    out = {}
    at = 0
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        out[name] = vector[at : at + size].reshape(shape)
        at += size
    return out


def make_layout(*, arms: int, lists: int, needs: int, categories: int, channels: int, kinds: int, horizon: int, followup: int) -> Layout:
    """Lay the counts out for so many arms, lists, needs, ... and days."""
    bins = duration_bin(horizon + followup) + 1
    weeks = horizon // 7
    by_class = (arms, GROUPS, N_CLASSES)
    shapes: dict[str, tuple[int, ...]] = {
        "overflow": (1,),
        "events": (1,),
        "adults": (GROUPS,),
        "minors": (GROUPS,),
        "days": (arms, GROUPS, ROWS, horizon + 1),  # differences from day to day
        "entries": (arms, lists, GROUPS, N_CLASSES),
        "durations": (arms, N_CLASSES, CAUSES, bins),
        "attempts": (GROUPS, needs),
        "exposures": (arms, GROUPS, needs, N_CLASSES),
        "denials": (arms, GROUPS, needs, N_CLASSES),
        "spared_denials": (arms, GROUPS, needs),
        "ever": by_class,
        "ever_listed": (arms, GROUPS),
        "acts": (GROUPS, categories),  # that lives hold; an arm's are these, and `acts_arm`, less `forgone_acts`
        "acts_arm": (arms, GROUPS, categories),  # that need a debt standing in the arm, or follow from a refusal there
        "debts_start": (arms, GROUPS),  # standing when counted time begins
        "debts_arisen": (arms, GROUPS),
        "debts_paid": (arms, GROUPS),
        "debtors": (arms, GROUPS, weeks + 1),  # differences from week to week
        "fines": by_class,
        "clean_fines": (arms, GROUPS),  # by the clean ledger
        "clean_entries": (arms, lists, GROUPS),  # likewise
        "grades": (arms, GROUPS, GRADES),
        "paths": (arms, N_CLASSES, 4, channels, categories),  # class, origin, channel, category of the record
        "false_paths": (arms, kinds, N_CLASSES),
        "forgone_acts": (arms, GROUPS, categories),
        "silent": (arms, GROUPS),  # protected acts forgone by those never sanctioned
        "forgone_attempts": (arms, GROUPS, needs),
        "privileges": (arms, GROUPS, needs),
        "displaced": (arms, GROUPS, needs),
        "ties_dropped": (arms, GROUPS),  # once for each end
        "appeals": (arms, GROUPS, ERROR_CLASSES, len(APPEALS)),
        "split": (arms, GROUPS, len(SPLIT)),  # person-days of S - C and C - E
        "tied": (arms, GROUPS, 2),  # person-days of S - A: collateral, shielded
        "minor_sanctioned": (arms, GROUPS),
        "bound_days": (arms, GROUPS),  # sanctioned through the household alone
        "unreviewed": (arms, GROUPS, 2),  # tracked spells without notice, without a review decided in time
        "refunds": by_class,
        "left": (arms, GROUPS),
        "paid": by_class,  # money, from here on: extra prices
        "claimed": by_class,
        "returned": by_class,
        "owed": (arms, GROUPS),  # of what was claimed for people's own acts
        "clean_claims": (arms, GROUPS),
    }
    record = np.zeros(1, LAYOUT)
    at = 0
    for name, shape in shapes.items():
        record[0][name] = at
        at += int(np.prod(shape))
    sizes = {"size": at, "arms": arms, "days_row": horizon + 1, "lists": lists, "needs": needs, "categories": categories}
    for name, value in (sizes | {"bins": bins, "weeks": weeks, "channels": channels, "kinds": kinds}).items():
        record[0][name] = value
    return Layout(shapes, record)
