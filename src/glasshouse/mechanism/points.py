"""The points account: what one record adds, and the score (design 001, section 7). Points are tenths."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule


@rule
def points_of(item: Any, repeats: bool, reward_so_far: int) -> int:
    """Points of a new record: doubled for a repeat within validity; a reward is cut to what is left of its yearly cap."""
    points: int = item.points
    if repeats and item.double != 0:
        points = points * 2
    if points > 0 and item.cap_group >= 0:
        left = item.cap - reward_so_far
        if left < 0:
            left = 0
        if points > left:
            points = left
    return points


@rule
def score(scheme: Any, total: int) -> int:
    """Start plus what the valid records add, held between floor and cap."""
    value: int = scheme.start + total
    if value < scheme.floor:
        value = scheme.floor
    if value > scheme.cap:
        value = scheme.cap
    return value


@rule
def drifted(points: int, step: int) -> int:
    """Points of a record after one step of drift towards 0."""
    if points > 0:
        return points - step if points > step else 0
    return points + step if points < -step else 0
