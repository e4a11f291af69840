"""Scores that take in the scores of ties (design 005, section 3). Points are tenths, weights 1/65536."""

from __future__ import annotations

from glasshouse._jit import rule

HALF, WHOLE = 1 << 15, 1 << 16
TOO_DEAR, NO_LEAD = 1 << 31, 1 << 60  # a tie worth more than any score; no lead breaks it


@rule
def effective(own: int, ties: int, weight: int) -> int:
    """The score that counts: own, drawn towards the mean of the ties' by the weight of association."""
    return (own * (WHOLE - weight) + ties * weight + HALF) >> 16


@rule
def mean_score(total: int, weights: int) -> int:
    """The weighted mean of the ties' scores, rounded half up."""
    return (2 * total + weights) // (2 * weights)


@rule
def lead_that_breaks(worth: int, weight: int, tie_weight: int, all_weights: int) -> int:
    """By how much (tenths) a person must score above another for the tie to cost them more than it is worth.

    The cost of a lead is (weight * tie_weight * lead // all_weights) >> 8, in 1/256 of a tenth as the worth is; this is the least lead at
    which it passes the worth.
    """
    if worth >= TOO_DEAR or weight * tie_weight == 0:
        return NO_LEAD
    enough = ((worth + 1) << 8) * all_weights
    return -(-enough // (weight * tie_weight))
