from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.world.compile import compile_world
from glasshouse.world.contacts import describe
from glasshouse.world.draws import TIES, philox_plain
from glasshouse.world.people import slot_groups
from glasshouse.world.ties import MIXED, layer_block, layer_blocks, layer_slot, slot_classes

from ..made_up import made_up_world, number


def town(segregation: float, size: int = 12, people: int = 6000) -> Any:
    return made_up_world(
        {
            "town_size": {"value": people, "unit": "people"},
            "layers": {"work": {"size": {"value": size, "unit": "people"}, "segregation": number(segregation, "household")}},
        }
    )


def test_classes_by_hand() -> None:
    groups = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
    # blocks 0-2, 3-5 (a border runs through), 6-8; all drawn segregated
    assert slot_classes(groups, 3, 2**32, 1, 0, 1).tolist() == [1, 1, 1, MIXED, MIXED, MIXED, 2, 2, 2]
    assert set(slot_classes(groups, 3, 0, 1, 0, 1).tolist()) == {MIXED}


def test_a_block_is_segregated_by_its_own_draw() -> None:
    groups, half = np.zeros(400, dtype=np.int64), 2**31
    classes = slot_classes(groups, 4, half, 9, 3, 2)
    drawn = [philox_plain(9, 3, (2 << 24) + b, TIES)[0] < half for b in range(100)]
    assert (classes[::4] == drawn).all()


@settings(max_examples=25)
@given(seed=st.integers(0, 2**40), size=st.integers(1, 30), n=st.integers(1, 300), segregation=st.integers(0, 2**32))
def test_every_slot_is_taken_once_and_classes_stay_among_themselves(seed: int, size: int, n: int, segregation: int) -> None:
    groups = slot_groups(compile_world(town(0.0)), n)
    classes = slot_classes(groups, size, segregation, seed, 0, 1)
    keys = philox_plain(seed, 0, 1, TIES)
    slots = [layer_slot(x, n, classes, *keys) for x in range(n)]
    assert sorted(slots) == list(range(n))
    assert (classes[slots] == classes).all()


def test_without_segregation_ties_mix_at_random() -> None:
    """33,000 pairs inside blocks; five standard errors of a share of 0.38 over 6,000 people are below 0.04."""
    d = describe(town(0.0))["work"]
    assert d["random_mixing"] == pytest.approx(0.38, abs=0.001)
    assert d["within_group"] == pytest.approx(d["random_mixing"], abs=0.03)


def test_with_full_segregation_ties_stay_in_the_group() -> None:
    d = describe(town(1.0))["work"]
    assert d["within_group"] > 0.99  # all but blocks across one of the two borders


def test_segregation_interpolates() -> None:
    shares = [describe(town(s))["work"]["within_group"] for s in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert shares == sorted(shares)
    assert shares[2] == pytest.approx(0.5 + 0.5 * 0.38, abs=0.05)


def test_segregated_blocks_hold_one_group() -> None:
    wt = compile_world(town(0.6))
    groups = slot_groups(wt, 6000)
    blocks = layer_blocks(wt, groups, 4, 0, 1)
    drawn = [b for b in range(500) if philox_plain(4, 0, (1 << 24) + b, TIES)[0] < wt.layer_segregation[0]]
    mixed = [b for b in drawn if len(set(groups[blocks == b])) > 1]
    assert len(drawn) > 250
    assert len(mixed) <= 2  # only the two borders


def test_degree_and_clustering_of_blocks() -> None:
    d = describe(town(0.5))
    assert d["work"]["mean_degree"] == 11  # 6,000 people in 500 full blocks of 12
    assert d["work"]["clustering"] == 1
    assert d["household"]["within_group"] == 1
    # 24 cycles of 100 households: 30 of one, 30 of two, 40 of four people per 250: (60 * 1 + 160 * 3) / 250
    assert d["household"]["mean_degree"] == (60 + 480) / 250
    assert 0 < d["all"]["clustering"] < 1
    assert d["all"]["mean_degree"] == pytest.approx(11 + 540 / 250, abs=0.05)


@numba.njit  # type: ignore[untyped-decorator]
def compiled(n: int, classes: Any, k0: int, k1: int, k2: int, k3: int) -> Any:
    out = np.empty((n, 2), np.int64)
    for x in range(n):
        out[x, 0] = layer_slot(x, n, classes, k0, k1, k2, k3)
        out[x, 1] = layer_block(x, n, 7, classes, k0, k1, k2, k3)
    return out


def test_compiled_is_the_same() -> None:
    groups = slot_groups(compile_world(town(0.0)), 300)
    classes, keys = slot_classes(groups, 7, 2**31, 2, 0, 1), philox_plain(2, 0, 1, TIES)
    slots = [layer_slot(x, 300, classes, *keys) for x in range(300)]
    assert compiled(300, classes, *keys).tolist() == [[y, y // 7] for y in slots]
