from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.engine import town as engine_town
from glasshouse.engine.machine import by_third, quantiles, world_scalars
from glasshouse.engine.person import draw_person
from glasshouse.engine.state import CLOCK, WHO
from glasshouse.world import people as people_module
from glasshouse.world.compile import compile_world
from glasshouse.world.draws import TIES, TRAIT, philox_plain
from glasshouse.world.people import group_of, household_of, income_third, is_adult, place_in_cycle, role_of, town_people, visibility_of
from glasshouse.world.permutation import permute

from ..made_up import made_up_world, number

START = np.array([0, 1, 3, 7])  # one adult; two adults; two adults and two minors
ADULTS = np.array([1, 2, 2])
GROUPS = np.array([2**31, 3_435_973_837, 2**32])
ROLES = np.array([0, 0, 644_245_094, 2**30])


def town(size: int) -> Any:
    return compile_world(made_up_world({"town_size": {"value": size, "unit": "people"}}))


def test_households_by_hand() -> None:
    assert [place_in_cycle(x, START) for x in range(8)] == [0, 1, 1, 2, 2, 2, 2, 0]
    assert [household_of(x, START) for x in range(9)] == [0, 1, 1, 2, 2, 2, 2, 3, 4]
    assert [is_adult(x, START, ADULTS) for x in range(8)] == [True, True, True, True, True, False, False, True]


def test_groups_by_hand() -> None:
    # 7 households: borders floor(3.5 + 0.5) = 4 and floor(5.6 + 0.5) = 6
    assert [group_of(h, 7, GROUPS) for h in range(7)] == [0, 0, 0, 0, 1, 1, 2]


def test_roles_by_hand() -> None:
    assert role_of(False, 0, ROLES) == 1
    assert [role_of(True, w, ROLES) for w in (0, 644_245_093, 644_245_094, 2**30 - 1, 2**30, 2**32 - 1)] == [2, 2, 3, 3, 0, 0]


def test_income_thirds_by_hand() -> None:
    assert [income_third(w) for w in (0, 1_431_655_765, 1_431_655_766, 2**32 - 1)] == [0, 0, 1, 2]


def test_visibility_by_hand() -> None:
    assert visibility_of(4096, 4096, 0, 30_000) == 4096
    assert visibility_of(5120, 4096, 0, 0) == 5120
    # 1.25 * 1.2 = 1.5 (6143 of 4096 after the shift: 5120 * 4915 >> 12 = 6143); half correlation, propensity 3: 1 + 0.5 * 2 = 2
    assert visibility_of(5120, 4915, 2048, 3 * 4096) == 12_286
    assert visibility_of(4096, 4096, 4096, 9 * 4096) == 16_384  # at most 4
    assert visibility_of(4096, 4096, -4096, 9 * 4096) == 0


@pytest.mark.parametrize("n", [1, 59, 60, 15_360])
def test_exact_group_shares_of_households(n: int) -> None:
    people = town_people(town(15_360), 3, 0, n)
    households = people["household"].max() + 1
    first = np.unique(people["household"], return_index=True)[1]
    counts = np.bincount(people["group"][first], minlength=3)
    assert np.abs(np.cumsum(counts) - np.cumsum([0.5, 0.3, 0.2]) * households).max() <= 0.5


def test_everyone_has_one_home() -> None:
    people = town_people(town(1000), 3, 5, 1000)
    assert sorted(people["home"]) == list(range(1000))
    sizes = np.bincount(people["household"])
    assert (np.bincount(sizes, minlength=5)[[1, 2, 4]] == [120, 120, 160]).all()  # 1000 slots are four cycles of 100 households
    adults = np.bincount(people["household"], weights=people["adult"])
    assert {(1, 1), (2, 2), (4, 2)} == set(zip(sizes.tolist(), adults.astype(int).tolist(), strict=True))
    same = [len(set(people["group"][people["household"] == h])) for h in range(sizes.size)]
    assert set(same) == {1}


def test_traits_are_the_draws_of_design_001() -> None:
    wt, seed, number_of_town, local = town(1000), 11, 2, 123
    person = town_people(wt, seed, number_of_town, 1000)[local]
    pid = 2123
    words, later = philox_plain(seed, pid, 0, TRAIT), philox_plain(seed, pid, 1, TRAIT)
    assert person["home"] == permute(local, 1000, *philox_plain(seed, number_of_town, 0, TIES))
    assert person["propensity"] == wt.propensity[words[0] >> 22]
    assert person["frailty"] == wt.frailty[words[1] >> 22]
    assert person["income"] == words[3] * 3 // 2**32
    assert person["able"] == (later[0] >= wt.unable[person["income"]])
    assert person["owes"] == (person["adult"] and later[1] < wt.scalars["owing"][0])


def test_shares_in_a_large_town() -> None:
    """Standard errors at 15,360 people are below 0.004 for shares; five of them are allowed (false alarm below 1 in 100,000 each)."""
    people = town_people(town(15_360), 5, 0, 15_360)
    adults = people[people["adult"] == 1]
    shares = np.bincount(adults["role"], minlength=4) / len(adults)
    assert shares == pytest.approx([0.75, 0, 0.15, 0.1], abs=0.021)
    assert (people["role"][people["adult"] == 0] == 1).all()
    assert np.bincount(people["income"]) / len(people) == pytest.approx([1 / 3] * 3, abs=0.02)
    assert adults["owes"].mean() == pytest.approx(0.3, abs=0.023)
    assert people["owes"][people["adult"] == 0].sum() == 0
    assert people["able"].mean() == pytest.approx(0.7, abs=0.02)
    # mean 1; the standard deviation of a gamma with mean 1 is 1 / sqrt(shape)
    for name, shape in (("propensity", 1.2), ("frailty", 0.8)):
        assert people[name].mean() / 4096 == pytest.approx(1, abs=5 / (shape * 15_360) ** 0.5)


def test_everything_off_means_everyone_is_seen_alike() -> None:
    one = number(1.0, "person")
    off = {
        "visibility/by_group": {"A": one, "B": one, "C": one},
        "visibility/by_income": [one, one, one],
        "visibility/with_conduct": number(0.0),
    }
    people = town_people(compile_world(made_up_world(off)), 3, 0, 60)
    assert set(people["visibility"]) == {4096}


@given(st.integers(0, 2**40), st.integers(0, 10**6))
def test_other_towns_other_people(seed: int, number_of_town: int) -> None:
    wt = town(40)
    here, next_door = town_people(wt, seed, number_of_town, 40), town_people(wt, seed, number_of_town + 1, 40)
    assert (here["propensity"] != next_door["propensity"]).any()
    assert (here == town_people(wt, seed, number_of_town, 40)).all()


@numba.njit  # type: ignore[untyped-decorator]
def compiled(start: Any, adults: Any, group_cum: Any, role_cum: Any, n: int) -> Any:
    out = np.empty((n, 6), np.int64)
    for x in range(n):
        word = (x * 2654435761) & 0xFFFFFFFF
        out[x, 0] = household_of(x, start)
        out[x, 1] = is_adult(x, start, adults)
        out[x, 2] = group_of(out[x, 0], n, group_cum)
        out[x, 3] = role_of(is_adult(x, start, adults), word, role_cum)
        out[x, 4] = income_third(word)
        out[x, 5] = visibility_of(5120, 3277, 819 - x, word >> 16)
    return out


def test_compiled_rules_are_the_same() -> None:
    plain = compiled.py_func(START, ADULTS, GROUPS, ROLES, 200)
    assert (compiled(START, ADULTS, GROUPS, ROLES, 200) == plain).all()
    assert people_module.PERSON.names == people_module.TRAITS


@numba.njit  # type: ignore[untyped-decorator]
def drawn_by_the_engine(
    people: Any, clock: Any, scalars: Any, thirds: Any, role_cum: Any, quantiles: Any, layer_size: Any, layer_at: Any
) -> Any:
    who = np.zeros(1, WHO)
    out = np.empty((people.shape[0], 7), np.int64)
    for i in range(people.shape[0]):
        who[0].slot = people[i].home
        start = draw_person(
            i, people[i].group, people[i].adult == 0, 0, clock[0], who[0], scalars[0], thirds, role_cum, quantiles, layer_size, layer_at
        )
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = who[0].role, start & 1, who[0].visibility, who[0].frailty
        out[i, 4], out[i, 5], out[i, 6] = who[0].propensity, who[0].income, start >> 1
    return out


def test_the_engine_draws_the_same_people() -> None:
    wt, seed = town(3000), 2**40 + 17
    people = town_people(wt, seed, 0, 3000)
    clock = np.zeros(1, CLOCK)
    clock["seed_low"], clock["seed_high"] = seed & 0xFFFFFFFF, seed >> 32
    layer_at = np.zeros((1 + len(wt.layer_size), 3000), np.int64)  # read only where conduct is homophilous
    drawn = drawn_by_the_engine(people, clock, world_scalars(wt), by_third(wt), wt.role_cum, quantiles(wt), wt.layer_size, layer_at)
    for column, name in enumerate(("role", "able", "visibility", "frailty")):
        assert (drawn[:, column] == people[name]).all(), name
    assert (drawn[:, 4] == people["propensity"] * wt.conduct_group[people["group"]] >> 12).all()
    assert (drawn[:, 5] == people["income"]).all()
    assert (drawn[:, 6] == people["owes"]).all()
    households = int(people["household"].max()) + 1
    assert engine_town.households_in(3000, wt.cycle_start) == households
