"""A bank that lends by score for most gain, freely or under a condition, and what its loans do to scores: Liu et al. 2018.

Someone who repays gains 75 points and earns the bank 1; someone who defaults loses 150 points and costs it some multiple of that. The bank
lends to the top of each group by score: without a condition; at one rate of lending for all groups (demographic parity); or at one rate
among those who would repay (equal opportunity).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
UP, DOWN = 75.0, -150.0
MOST, PARITY, OPPORTUNITY = "most gain", "demographic parity", "equal opportunity"
POLICIES = (MOST, PARITY, OPPORTUNITY)
GROUPS = ("A", "B")
UNITS = {"threshold": "points", "rate": "share of the group", "change": "points"}

UPSIDE_DOWN, OF_ALL, POOLED, PER_LOAN = "upside-down", "of-all", "pooled", "per-loan"
MISTAKES = {
    UPSIDE_DOWN: "Lending is worth it from the share of defaults on that is the share of repayments.",
    OF_ALL: "The common rate is counted among all people instead of those who would repay.",
    POOLED: "One threshold for all, at which the common rate holds for all people together.",
    PER_LOAN: "The change is the mean of those who borrowed instead of the whole group's.",
}
OF_POLICY = {MOST: UPSIDE_DOWN, PARITY: POOLED, OPPORTUNITY: OF_ALL}


@dataclass(frozen=True, eq=False)
class Group:
    """A group by score, lowest first: share of the group at each score, chance of repaying there, and the group's share of all people."""

    scores: Floats
    mass: Floats
    repay: Floats
    share: float


def lend(weight: Floats, up_to: float) -> Floats:
    """How much of each score gets a loan, from the top, until `up_to` of the weight (of people, or of those who would repay) has one."""
    above = np.cumsum(weight[::-1])[::-1] - weight
    part = np.divide(up_to - above, weight, out=np.ones_like(weight), where=weight > 0)
    return np.clip(part, 0.0, 1.0)


def weights(group: Group, policy: str) -> Floats:
    """What a condition counts at each score: people, or those who would repay; as a share of the group's."""
    counted = group.mass * group.repay if policy == OPPORTUNITY else group.mass
    return np.asarray(counted / counted.sum(), np.float64)


def loans(groups: tuple[Group, ...], break_even: float, policy: str) -> tuple[Floats, ...]:
    """How much of each score gets a loan in each group.

    Under a condition the gain is piecewise linear in the common rate, with corners where a group passes to its next score: the best rate is
    one of the corners.
    """
    if policy == MOST:
        return tuple((group.repay >= break_even).astype(np.float64) for group in groups)
    counted = [weights(group, policy) for group in groups]
    corners = np.unique(np.concatenate([[0.0], *(np.cumsum(w[::-1]) for w in counted)]).clip(0.0, 1.0))
    middles, widths = (corners[1:] + corners[:-1]) / 2, np.diff(corners)
    gains = np.zeros(widths.size)
    for group, weight in zip(groups, counted, strict=True):
        gains += group.share * _margin(group, weight, break_even, middles) * widths
    best = float(corners[np.argmax(np.concatenate([[0.0], np.cumsum(gains)]))])
    return tuple(lend(weight, best) for weight in counted)


def _margin(group: Group, weight: Floats, break_even: float, rates: Floats) -> Floats:
    """The gain of lending a little more at these rates, by weight."""
    at = np.searchsorted(np.cumsum(weight[::-1]), rates).clip(max=weight.size - 1)
    last = weight.size - 1 - at
    people = np.divide(group.mass, weight, out=np.zeros_like(weight), where=weight > 0)
    return np.asarray((group.repay[last] - break_even) * people[last], np.float64)


def threshold(group: Group, given: Floats) -> float:
    """The score from which on loans are given; within the last score by how much of it gets one."""
    last = int(np.flatnonzero(given > 0)[0])
    beyond = group.scores[min(last + 1, group.scores.size - 1)]
    return float(group.scores[last] + (1 - given[last]) * (beyond - group.scores[last]))


def rate(group: Group, given: Floats) -> float:
    """The share of a group that gets a loan."""
    return float(group.mass @ given)


def pooled(groups: tuple[Group, ...], common: float) -> tuple[Floats, ...]:
    """One threshold for all, at which `common` of all people get a loan."""
    scores = np.concatenate([group.scores for group in groups])
    mass = np.concatenate([group.mass * group.share for group in groups])
    order = np.argsort(scores)
    start = threshold(Group(scores[order], mass[order], mass[order], 1.0), lend(mass[order], common))
    return tuple((group.scores >= start).astype(np.float64) for group in groups)


def outcome_curve(group: Group, moves: Floats) -> tuple[Floats, Floats]:
    """Rates of lending, score by score from the top, and the mean change of score in the group at each."""
    return np.cumsum(group.mass[::-1]), np.cumsum((group.mass * moves)[::-1])


def expected(group: Group) -> Floats:
    """By how much a score changes with a loan, on average."""
    return UP * group.repay + DOWN * (1 - group.repay)
