"""How people respond: thresholds and shares (design 005, section 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.scheme.tables import FADING_WEEKS, SILENCE_STEPS

ALWAYS = 1 << 32
FADED = FADING_WEEKS - 1


@rule
def both(share: int, other: int) -> int:
    """The product of two thresholds of 2^32, rounded down."""
    if other >= ALWAYS:
        return share
    if share >= ALWAYS:
        return other
    return (share >> 2) * other >> 30


@rule
def threshold_of_speech(rank: int, people: int, n: int, theta: Any) -> int:
    """The share of the town that must speak before the person of this rank does."""
    return int(theta[(2 * rank + 1) * n // (2 * people)])


@rule
def ranks_that_speak(seen: int, people: int, n: int, theta: Any) -> int:
    """How many ranks, from the lowest on, have a threshold (in rising order) of at most the share that people see."""
    low, high = 0, n
    while low < high:
        mid = (low + high) // 2
        if theta[mid] <= seen:
            low = mid + 1
        else:
            high = mid
    return max(0, -(-(2 * people * low - n) // (2 * n)))


@rule
def place_in_silence(desire_word: int, boldness_word: int) -> int:
    """Where a person stands in the table of what is said: steps of desire, then of boldness."""
    return (desire_word >> 26) * SILENCE_STEPS + (boldness_word >> 26)


@rule
def share_of(n: int, of: int) -> int:
    """A share in 2^-32, rounded half up."""
    return ((n << 32) + of // 2) // of if of > 0 else 0


@rule
def climate(speaking: int, listed: int, adults: int, fear: int) -> int:
    """What people see before they speak: the share who speak, less what fear (1/65536) makes of the share who are listed."""
    return share_of(speaking, adults) - (fear * share_of(listed, adults) >> 16)
