"""Credit scores that follow repayment: the lending example of D'Amour, Srinivasan, Atwood, Baljekar, Sculley and Halpern (2020).

Seven clusters of credit score, each with its chance of repaying. The bank lends where a loan is expected to pay; who repays moves up one
cluster, who defaults moves down one, and who is below the line is lent to no more. How many loans someone gets before that follows from
first steps. The product's grades do not change what people are able to repay, so this is a replication: it tests our understanding of the
published model, not the product. Clusters, chances and the interest are those of the authors' experiment; that the bank lends where
repayment is worth more than default is read from its cash update.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from glasshouse.validation.estimates import mean_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong

REPAYS = (0.1, 0.2, 0.45, 0.6, 0.65, 0.7, 0.7)
INTEREST = 1.0
LEAST = 1 / (1 + INTEREST)  # lent to where the interest that is likely outweighs the loan that is lost
TOP = len(REPAYS) - 1
FIRST = next(i for i, p in enumerate(REPAYS) if p >= LEAST)
SEED = 811
GYM = ("damour-2020",)


def expected_loans() -> dict[int, float]:
    """Loans until exclusion, by cluster: one, and then those of the cluster that one moves to."""
    inside = range(FIRST, TOP + 1)
    moves = np.zeros((len(inside), len(inside)))
    for i in inside:
        moves[i - FIRST, min(i + 1, TOP) - FIRST] += REPAYS[i]
        if i > FIRST:
            moves[i - FIRST, i - 1 - FIRST] += 1 - REPAYS[i]
    loans = np.linalg.solve(np.eye(len(inside)) - moves, np.ones(len(inside)))
    return {i: float(loans[i - FIRST]) for i in inside}


@cache
def lived(size: Size, start: int, drop: int = 1, falls_off: bool = False) -> NDArray[np.int64]:
    """Loans of some applicants until each is excluded. `drop`: clusters that a default costs."""
    rng = np.random.default_rng(SEED + start)
    people = 10_000 if size is Size.QUICK else 200_000
    cluster = np.full(people, start)
    loans = np.zeros(people, np.int64)
    repays = np.array(REPAYS)
    while True:
        lent = np.flatnonzero(cluster >= FIRST)
        if len(lent) == 0:
            return loans
        loans[lent] += 1
        repaid = rng.random(len(lent)) < repays[cluster[lent]]
        after = np.where(repaid, cluster[lent] + 1, cluster[lent] - drop)
        cluster[lent] = np.where(after > TOP, -1 if falls_off else TOP, after)


def loans_from(start: int, drop: int = 1, falls_off: bool = False) -> Measure:
    """Mean loans from a cluster."""

    def measure(size: Size) -> Found:
        return mean_of(lived(size, start, drop, falls_off), "applicants")

    return measure


def row(start: int, target: float) -> Row:
    """The row of a cluster."""
    return Row(
        f"lending-cluster-{start}", Table.MODELS, f"Loans before exclusion from cluster {start} of 0 to {TOP}", target, "loans", GYM,
        Origin.RECOMPUTED, Through.REPLICATION, (), loans_from(start),
        (
            Wrong("two clusters down", "A default costs two clusters.", loans_from(start, drop=2)),
            Wrong("off the top", "Who repays in the highest cluster is not lent to again.", loans_from(start, falls_off=True)),
        ),
    )  # fmt: skip


ROWS: tuple[Row, ...] = tuple(row(start, target) for start, target in expected_loans().items())
