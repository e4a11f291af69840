from __future__ import annotations

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.world.permutation import half_bits, mix, permute, unpermute

word = st.integers(0, 2**32 - 1)
keys = st.tuples(word, word, word, word)


def test_mix_by_hand() -> None:
    assert mix(0, 0) == 0
    # z = 1; 1 ^ 0 = 1; times 0x45D9F3B; xor with its upper half 0x045D
    assert mix(0, 1) == 0x45D9F3B ^ 0x45D


def test_four_places_by_hand() -> None:
    """Halves of one bit. mix(0, 0) = 0 and mix(1, 0) = 0x635CF6BE are even: four rounds swap the halves four times.

    With the key 1 in the first round, mix(0, 1) is even and mix(1, 1) odd: where the right half is 1, round one flips the left.
    """
    assert mix(1, 0) == 0x635CF6BE
    assert [permute(x, 4, 0, 0, 0, 0) for x in range(4)] == [0, 1, 2, 3]
    assert (mix(0, 1) & 1, mix(1, 1) & 1) == (0, 1)
    assert [permute(x, 4, 1, 0, 0, 0) for x in range(4)] == [0, 3, 2, 1]


@pytest.mark.parametrize(("n", "h"), [(1, 0), (2, 1), (4, 1), (5, 2), (16, 2), (17, 3), (15_360, 7), (16_385, 8)])
def test_half_bits(n: int, h: int) -> None:
    assert half_bits(n) == h


@given(n=st.integers(1, 700), k=keys)
def test_bijection(n: int, k: tuple[int, int, int, int]) -> None:
    there = [permute(x, n, *k) for x in range(n)]
    assert sorted(there) == list(range(n))
    assert [unpermute(y, n, *k) for y in there] == list(range(n))


@given(n=st.integers(1, 2**40), k=keys, share=st.floats(0, 1, exclude_max=True))
def test_inverse_in_large_ranges(n: int, k: tuple[int, int, int, int], share: float) -> None:
    x = int(share * n)
    assert unpermute(permute(x, n, *k), n, *k) == x


@numba.njit  # type: ignore[untyped-decorator]
def compiled(n: int, k0: int, k1: int, k2: int, k3: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    out = np.empty(n, np.int64)
    for x in range(n):
        out[x] = permute(x, n, k0, k1, k2, k3)
    return out


def test_compiled_is_the_same() -> None:
    for k in [(0, 0, 0, 0), (2**32 - 1, 2**32 - 1, 2**32 - 1, 2**32 - 1), (0xDEADBEEF, 0x12345678, 0x9ABCDEF0, 0x0F0F0F0F)]:
        assert compiled(5000, *k).tolist() == [permute(x, 5000, *k) for x in range(5000)]


def test_keys_decide_where_one_ends() -> None:
    """Over 6,400 keys each of 64 places is taken about 100 times (chi-square, 63 degrees; false alarm below 1 in 10,000)."""
    places = [permute(5, 64, i * 2654435761 % 2**32, i * 40503 % 2**32, i + 7, i * i + 1) for i in range(6400)]
    counts = np.bincount(places, minlength=64)
    assert ((counts - 100.0) ** 2 / 100).sum() < 112
