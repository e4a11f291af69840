"""Random draws: counter-based, integer, the same bits everywhere.

Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3") keyed by the seed; the counter names the person, the
event and the decision (stream). No state: any draw can be made again at any time, in any order, by anyone.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MASK = 0xFFFFFFFF
# One stream for each decision (docs/design/001-spine-semantics.md, section 2).
LIFE, TRAIT, TIES, BATCH, BATCH_HIT = 0, 1, 2, 3, 4
BATCH_STEP = 16  # batch kind ch uses streams 3 + 16 ch and 4 + 16 ch
OBSERVE, DELAY, FALSE, GATE, EXIT = 32, 48, 64, 65, 96
EXIT_STEP = 8  # list l, hazard j uses stream 96 + 8 l + j
# Those of docs/design/005-whole-model.md, section 9.
NOTICE, REVIEW, TRAP, OFFICIAL, PERSON = 66, 67, 70, 71, 72  # a second stage of review uses stream 68
RATING, RISK = 73, 74  # docs/design/006-kinds.md
TIE_VALUE = 1 << 16  # the tie of places p < q of a block uses stream 2^16 + 64 p + q
LINK = 1 << 24  # a record that comes through a tie uses stream 2^24 + the sender's home slot
# A person's own events are numbered 1, 2, ...; what is not such an event draws under numbers of its own, from these on.
GRADE_EVENT = 0x50000000  # + week: a list entered by grade without a record
TIE_EVENT = 0x60000000  # + 28 bits of sender and event: a record that comes through a tie
TRAP_EVENT = 0x70000000  # + event of the refusal: the act that follows it
BATCH_EVENT = 1 << 31  # records of batch errors
BATCH_EVENT_STEP = 64


def philox_plain(seed: int, pid: int, n: int, stream: int) -> tuple[int, int, int, int]:
    """Four 32-bit words of Philox4x32-10 in plain Python integers.

    Examples
    --------
    >>> [hex(w) for w in philox_plain(0, 0, 0, 0)]
    ['0x6627e8d5', '0xe169c58d', '0xbc57ac4c', '0x9b00dbd8']
    """
    c0, c1, c2, c3 = pid & MASK, (pid >> 32) & MASK, n & MASK, stream & MASK
    k0, k1 = seed & MASK, (seed >> 32) & MASK
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & MASK, (p0 >> 32) ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


LOG_BITS = 10


@lru_cache(maxsize=1)
def log_table() -> NDArray[np.int64]:
    """ln(1 + i / 1024) in units of 2^-40 for i = 0 .. 1024, exactly rounded (decimal arithmetic, no libm)."""
    with localcontext() as ctx:
        ctx.prec = 30
        size = 1 << LOG_BITS
        rows = [int(((Decimal(size + i) / size).ln() * (1 << 40)).to_integral_value()) for i in range(size + 1)]
    return np.array(rows, dtype=np.int64)


LN2_Q40 = 762123384786  # ln 2 in 2^-40


def neg_log(w: int, table: NDArray[np.int64]) -> int:
    """-ln((w + 1/2) / 2^32) in units of 2^-24, for a 32-bit word, from the integer table.

    The 33-bit number ``2 w + 1`` is split into its leading bit (position b), the 10 bits below it (the table's
    index) and the rest, which interpolates. Absolute error below 2^-22.
    """
    v = 2 * w + 1
    b = (int(np.float64(v).view(np.int64)) >> 52) - 1023  # the exponent of v: exact, as v has fewer than 53 bits, and without a branch
    m = (v << (32 - b)) - (1 << 32)
    i = m >> (32 - LOG_BITS)
    frac = m & ((1 << (32 - LOG_BITS)) - 1)
    low = table[i]
    ln = low + (((table[i + 1] - low) * frac) >> (32 - LOG_BITS))
    return ((33 - b) * LN2_Q40 - ln) >> 16
