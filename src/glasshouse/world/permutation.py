"""A keyed permutation of 0 .. n-1: who lives where, and who works with whom, without a stored list.

A 4-round Feistel network on the smallest even number of bits that holds n, walked until it lands below n (Black and Rogaway 2002,
"Ciphers with arbitrary finite domains"). It shuffles; it is not meant to keep a secret. No product reaches 2^63, so that
compiled int64 and Python integers agree.
"""

from __future__ import annotations

from glasshouse._jit import rule

MASK = 0xFFFFFFFF


@rule
def mix(v: int, k: int) -> int:
    """32 scrambled bits of a number below 2^30 under a 32-bit key."""
    z = (v * 0x9E3779B1 + k) & MASK
    z ^= z >> 16
    z = (z * 0x45D9F3B) & MASK
    return z ^ (z >> 16)


@rule
def half_bits(n: int) -> int:
    """Smallest h with 2^(2h) >= n."""
    h = 0
    while (1 << (2 * h)) < n:
        h += 1
    return h


@rule
def permute(x: int, n: int, k0: int, k1: int, k2: int, k3: int) -> int:
    """Where ``x`` goes in the permutation of 0 .. n-1 under four 32-bit round keys (n below 2^60)."""
    h = half_bits(n)
    low = (1 << h) - 1
    while True:
        a, b = x >> h, x & low
        a, b = b, a ^ (mix(b, k0) & low)
        a, b = b, a ^ (mix(b, k1) & low)
        a, b = b, a ^ (mix(b, k2) & low)
        a, b = b, a ^ (mix(b, k3) & low)
        x = (a << h) | b
        if x < n:
            return x


@rule
def unpermute(y: int, n: int, k0: int, k1: int, k2: int, k3: int) -> int:
    """The x with ``permute(x, n, ...) == y``."""
    return unpermute_in(y, n, half_bits(n), k0, k1, k2, k3)


@rule
def unpermute_in(y: int, n: int, h: int, k0: int, k1: int, k2: int, k3: int) -> int:
    """`unpermute` where ``h = half_bits(n)`` is known already, for whole towns."""
    low = (1 << h) - 1
    while True:
        a, b = y >> h, y & low
        a, b = b ^ (mix(a, k3) & low), a
        a, b = b ^ (mix(a, k2) & low), a
        a, b = b ^ (mix(a, k1) & low), a
        a, b = b ^ (mix(a, k0) & low), a
        y = (a << h) | b
        if y < n:
            return y
