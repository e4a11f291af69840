"""Who is woken in a week, and what is asked for ahead of their turns."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from glasshouse.engine.fetch import fetch, wake_up
from glasshouse.engine.plain import as_plain

WAKE = [6, 7, 13, 14, 90]


def woken(step: int, everyone: bool = False) -> list[int]:
    """Home slots of those woken in a week of five, in a town whose people have their next day in `WAKE`; slots 1 and 4 are followed up."""
    pop = np.zeros(5, [("follow", "i8")])
    pop["follow"][[1, 4]] = 1
    awake = np.zeros(5, np.int32)
    n = wake_up(step, 5, everyone, 5, as_plain(np.array(WAKE)), as_plain(pop), as_plain(awake))
    return [int(slot) for slot in awake[:n]]


def test_a_week_wakes_whoever_something_happens_to() -> None:
    assert woken(0) == [0]
    assert woken(1) == [0, 1, 2]
    assert woken(2) == [0, 1, 2, 3]
    assert woken(1, everyone=True) == [0, 1, 2, 3, 4]


def test_the_last_step_wakes_those_who_are_followed_up() -> None:
    assert woken(4) == [1, 4]
    assert woken(4, everyone=True) == [1, 4]


def test_asking_ahead_is_an_instruction_and_changes_nothing() -> None:
    def ask(numbers: Any, records: Any) -> int:
        fetch(numbers, 1, 64)
        fetch(records, 0, 0)
        return int(numbers[1, 0] + records[0].x)

    numbers, records = np.array([[1, 2], [3, 4]]), np.zeros(2, [("x", "i8")])
    records["x"] = 5
    f: Any = numba.njit(ask)
    assert f(numbers, records) == 8
    assert "llvm.prefetch" in next(iter(f.inspect_llvm().values()))
    assert numbers.tolist() == [[1, 2], [3, 4]] and records["x"].tolist() == [5, 5]
