"""The benchmark of the whole model times what it says: each mechanism acts, and each can be switched off."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import whole
from benchmarks.mechanisms import MECHANISMS, all_but, only, put, spine
from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.units import SURE

PEOPLE = 6000
BEYOND = (
    "forgone_acts",
    "silent",
    "forgone_attempts",
    "privileges",
    "displaced",
    "ties_dropped",
    "appeals",
    "bound_days",
    "refunds",
    "left",
)


@lru_cache(maxsize=1)
def scheme() -> SchemeTables:
    """The scheme with everything on, and with traps that always close: at their own rate a small town may see none."""
    arm = whole.scheme()
    sure = np.where(arm.gate["trap"] > 0, SURE, 0)
    return put("gate", trap=sure, trap_default=sure)(arm)


def lived(arm: SchemeTables) -> NDArray[np.int64]:
    """The counts of a small town under one scheme."""
    m = whole.alone(arm, PEOPLE)
    return m.live(0, m.towns)[0]


@lru_cache(maxsize=2)
def base(*, everything: bool) -> NDArray[np.int64]:
    """The counts with everything on, or of the spine."""
    return lived(scheme() if everything else spine(scheme()))


def test_the_spine_counts_nothing_beyond_the_spine() -> None:
    counts = whole.alone(spine(scheme()), PEOPLE).layout.view(base(everything=False))
    assert counts["entries"].sum() > 0
    assert {name: int(counts[name].sum()) for name in BEYOND if counts[name].any()} == {}


def test_living_week_by_week_alone_changes_nothing() -> None:
    assert np.array_equal(lived(spine(scheme(), weekly=True)), base(everything=False))


@pytest.mark.parametrize("name", [m.name for m in MECHANISMS])
def test_a_mechanism_acts_and_can_be_switched_off(name: str) -> None:
    assert not np.array_equal(lived(all_but(scheme(), name)), base(everything=True))
    needs = next(m.needs for m in MECHANISMS if m.name == name)
    before = spine(scheme(), needs)
    assert name == "awareness" or not np.array_equal(lived(only(scheme(), name)), lived(before))


def test_everything_but_every_mechanism_is_the_spine() -> None:
    arm = scheme()
    for m in MECHANISMS:
        arm = all_but(arm, m.name)
    assert np.array_equal(lived(arm), base(everything=False))


def test_a_study_compares_the_scheme_with_two_arms() -> None:
    m = whole.machine(whole.study(), 10)
    assert m.arms.pairs.tolist()[0] == [1, 2]
    assert m.arms.count == 5
