"""The draws: known answers, the logarithm's error, and means. The plain and the compiled version are one function and are tested alike."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from random import Random
from typing import Any

import numba
import numpy as np
import pytest

from glasshouse._jit import rule
from glasshouse.engine import draws
from glasshouse.world.draws import MASK, log_table, neg_log, philox_plain

# Philox4x32-10 from the known-answer file of Random123 (kat_vectors): counter, key, result.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((MASK, MASK, MASK, MASK), (MASK, MASK), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0), (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]
TABLE = log_table()
UNIT = 1 << 24  # of neg_log
WORDS = np.array([0, 1, 2, 3, 1 << 31, (1 << 31) - 1, MASK - 1, MASK, *(Random(1).getrandbits(32) for _ in range(20_000))])


@numba.njit
def compiled_philox(seed_low: int, seed_high: int, pid: int, n: int, stream: int) -> Any:
    return draws.philox(seed_low, seed_high, pid, n, stream)


@numba.njit
def compiled_days(words: Any, mean: int, logs: Any) -> Any:
    out = np.zeros(words.shape[0], np.int64)
    for i in range(words.shape[0]):
        out[i] = draws.exp_days(words[i], mean, logs)
    return out


@numba.njit
def compiled_logs(words: Any, logs: Any) -> Any:
    out = np.zeros(words.shape[0], np.int64)
    for i in range(words.shape[0]):
        out[i] = draws.neg_log(words[i], logs)
    return out


def plain_of_the_world(seed_low: int, seed_high: int, pid: int, n: int, stream: int) -> tuple[int, ...]:
    return philox_plain(seed_high << 32 | seed_low, pid, n, stream)


PHILOX = {"plain": draws.philox, "compiled": compiled_philox, "of the world": plain_of_the_world}


@pytest.mark.parametrize("name", PHILOX)
@pytest.mark.parametrize(("counter", "key", "words"), KNOWN, ids=["zeros", "ones", "pi"])
def test_known_answers(name: str, counter: tuple[int, ...], key: tuple[int, int], words: tuple[int, ...]) -> None:
    f: Callable[..., tuple[int, ...]] = PHILOX[name]
    pid: Any = counter[0] | counter[1] << 32
    if name == "compiled":
        pid = np.uint64(pid)  # no person's number needs the last bit, but the known answers do
    assert tuple(int(w) for w in f(*key, pid, counter[2], counter[3])) == words


def test_the_three_give_the_same_words() -> None:
    r = Random(2)
    for _ in range(300):
        at = (r.getrandbits(32), r.getrandbits(32), r.getrandbits(40), r.getrandbits(32), r.getrandbits(16))
        words = [tuple(int(w) for w in f(*at)) for f in PHILOX.values()]
        assert words[0] == words[1] == words[2]


@pytest.mark.filterwarnings("error")
def test_the_logarithm_is_exact_to_a_few_units() -> None:
    """Its error is below 2^-22, four of its units of 2^-24: a line joins the points of the table, and the rest is cut off."""
    exact = -np.log((WORDS + 0.5) / 2.0**32)
    assert np.abs(compiled_logs(WORDS, TABLE) / UNIT - exact).max() < 2.0**-22
    assert [neg_log(int(w), TABLE) for w in WORDS[:500]] == compiled_logs(WORDS[:500], TABLE).tolist()


def test_the_logarithm_never_rises() -> None:
    ordered = np.sort(np.concatenate([WORDS, WORDS[WORDS < MASK] + 1]))
    assert np.diff(compiled_logs(ordered, TABLE)).max() <= 0
    first = compiled_logs(np.arange(5000), TABLE)
    assert first[0] == neg_log(0, TABLE) == int(33 * log(2) * UNIT)
    assert np.diff(first).max() < 0  # and between the smallest words it falls at every step
    assert neg_log(MASK, TABLE) == 0


@pytest.mark.parametrize("mean", [1, 10, 300])
def test_days_have_their_mean(mean: int) -> None:
    """Whole days: the mean of the exponential, rounded down, is 1 / (exp(1 / mean) - 1)."""
    every = np.arange(1 << 15) * (1 << 17) + (1 << 16)  # evenly over all words
    days = compiled_days(every, mean << 8, TABLE)
    assert days.min() == 0
    assert days.mean() == pytest.approx(1 / np.expm1(1 / mean), rel=0.01)
    assert [draws.exp_days(int(w), mean << 8, TABLE) for w in every[::200]] == days[::200].tolist()


def test_no_mean_is_no_wait() -> None:
    assert compiled_days(WORDS, 0, TABLE).max() == 0


def test_a_rule_stays_plain_python() -> None:
    """Called from Python a rule runs as it is written; only the engine compiles it."""

    def twice(x: int) -> int:
        return 2 * x

    assert rule(twice) is twice
