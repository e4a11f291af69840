"""Scores that take in the scores of ties (design 005, section 3). Points are tenths, weights 1/65536."""

from __future__ import annotations

from glasshouse._jit import rule

HALF, WHOLE = 1 << 15, 1 << 16


@rule
def effective(own: int, ties: int, weight: int) -> int:
    """The score that counts: own, drawn towards the mean of the ties' by the weight of association."""
    return (own * (WHOLE - weight) + ties * weight + HALF) >> 16


@rule
def mean_score(total: int, weights: int) -> int:
    """The weighted mean of the ties' scores, rounded half up."""
    return (2 * total + weights) // (2 * weights)


@rule
def cost_of_tie(mine: int, theirs: int, weight: int, tie_weight: int, all_weights: int) -> int:
    """What a tie costs one of the two through association, in 1/256 of a tenth; nothing if the other scores no lower."""
    if theirs >= mine:
        return 0
    return (weight * tie_weight * (mine - theirs) // all_weights) >> 8
