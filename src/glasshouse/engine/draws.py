"""The world's draws, compiled (the plain ones are `world/draws.py`; known-answer tests cover both)."""

from __future__ import annotations

from typing import Any

import numpy as np

from glasshouse._jit import rule
from glasshouse.world import draws

neg_log = rule(draws.neg_log)
MASK = draws.MASK


@rule
def philox(seed_low: int, seed_high: int, pid: int, n: int, stream: int) -> tuple[int, int, int, int]:
    """Four 32-bit words of Philox4x32-10. Only here is arithmetic unsigned (products reach 2^64)."""
    low = np.uint64(MASK)
    half = np.uint64(32)
    m0, m1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
    b0, b1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
    c0, c1 = np.uint64(pid & MASK), np.uint64(pid >> 32)
    c2, c3 = np.uint64(n), np.uint64(stream)
    k0, k1 = np.uint64(seed_low), np.uint64(seed_high)
    for _ in range(10):
        p0 = m0 * c0
        p1 = m1 * c2
        c0 = (p1 >> half) ^ c1 ^ k0
        c1 = p1 & low
        c2 = (p0 >> half) ^ c3 ^ k1
        c3 = p0 & low
        k0 = (k0 + b0) & low
        k1 = (k1 + b1) & low
    return np.int64(c0), np.int64(c1), np.int64(c2), np.int64(c3)  # type: ignore[return-value]


@rule
def exp_days(word: int, mean: int, logs: Any) -> int:
    """An exponential number of whole days with the given mean (1/256 day)."""
    return (neg_log(word, logs) * mean) >> 32
