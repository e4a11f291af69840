"""Invented people: every trait is a function of seed, town and place in the town (design 001, section 3; 005, section 9).

The small functions serve compiled code and plain Python alike; `town_people` is the plain reference.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from glasshouse._jit import rule
from glasshouse.world.draws import TIES, TRAIT, philox_plain
from glasshouse.world.permutation import permute
from glasshouse.world.tables import MINOR, RESIDENT, Ints, Records, WorldTables
from glasshouse.world.ties import BLOCK_DRAW, alike_layer, first_thresholds, homophilous_word, layer_blocks

ONE = 4096
MOST_VISIBLE = 4 * ONE
TRAITS = ("home", "household", "adult", "group", "role", "income", "propensity", "frailty", "visibility", "able", "owes")
PERSON = np.dtype([(name, "i8") for name in TRAITS])  # propensity (without the group's factor), frailty, visibility in 1/4096


@rule
def place_in_cycle(slot: int, start: Any) -> int:
    """Index in the cycle of the household that holds this home slot."""
    at = slot % start[len(start) - 1]
    low, high = 0, len(start) - 1
    while high - low > 1:
        middle = (low + high) >> 1
        if start[middle] <= at:
            low = middle
        else:
            high = middle
    return low


@rule
def household_of(slot: int, start: Any) -> int:
    """Index in the town of the household that holds this home slot."""
    return int(slot // start[len(start) - 1] * (len(start) - 1) + place_in_cycle(slot, start))


@rule
def is_adult(slot: int, start: Any, adults: Any) -> bool:
    """Adults take the first places of a household."""
    j = place_in_cycle(slot, start)
    return bool(slot % start[len(start) - 1] - start[j] < adults[j])


@rule
def group_of(household: int, households: int, group_cum: Any) -> int:
    """Group of a household: shares are exact to half a household, and groups live together."""
    for group in range(len(group_cum) - 1):
        if household < (group_cum[group] * households + (1 << 31)) >> 32:
            return group
    return len(group_cum) - 1


@rule
def role_of(adult: bool, word: int, role_cum: Any) -> int:
    """Role of a person: minors have their own, adults draw one."""
    if not adult:
        return MINOR
    for role in range(2, len(role_cum)):
        if word < role_cum[role]:
            return role
    return RESIDENT


@rule
def income_third(word: int) -> int:
    """0 is the lowest third."""
    return word * 3 >> 32


@rule
def visibility_of(by_group: int, by_income: int, corr: int, propensity: int) -> int:
    """How readily a channel that follows visibility sees a person, in 1/4096, between 0 and 4."""
    v = by_group * by_income >> 12
    v = v * (ONE + (corr * (propensity - ONE) >> 12)) >> 12
    return min(max(v, 0), MOST_VISIBLE)


def slot_groups(wt: WorldTables, n: int) -> Ints:
    """Group that lives at each home slot of a town of ``n``."""
    households = household_of(n - 1, wt.cycle_start) + 1
    return np.array([group_of(household_of(x, wt.cycle_start), households, wt.group_cum) for x in range(n)], dtype=np.int64)


def town_people(wt: WorldTables, seed: int, town: int, n: int) -> Records:
    """Traits of the ``n`` people of a town, by local number.

    Parameters
    ----------
    town : int
        Number of the town, from 0.
    n : int
        People in this town; only the last town of a population has fewer than `town_size`.

    Returns
    -------
    structured array of PERSON, shape (n,)
    """
    keys = philox_plain(seed, town, 0, TIES)
    first = town * int(wt.scalars["town_size"][0])
    households = household_of(n - 1, wt.cycle_start) + 1
    alike = _blocks_alike(wt, seed, town, n)
    people = np.zeros(n, PERSON)
    for local in range(n):
        pid, home = first + local, permute(local, n, *keys)
        own, frailty, role, income = philox_plain(seed, pid, 0, TRAIT)
        like = _propensity_word(wt, seed, town, pid, home, own, alike)
        _traits(people[local], wt, seed, pid, home, households, (like, frailty, role, income))
    return people


def _blocks_alike(wt: WorldTables, seed: int, town: int, n: int) -> dict[int, Ints]:
    """Block by home slot, for the layers that have homophily of conduct."""
    layers = [i + 1 for i, h in enumerate(wt.layer_homophily) if h > 0]
    groups = slot_groups(wt, n) if layers else np.zeros(0, dtype=np.int64)
    return {layer: layer_blocks(wt, groups, seed, town, layer) for layer in layers}


def _propensity_word(wt: WorldTables, seed: int, town: int, pid: int, home: int, own: int, alike: dict[int, Ints]) -> int:
    if not alike:
        return own
    layer = alike_layer(*philox_plain(seed, pid, 2, TRAIT), *first_thresholds(wt))
    block = int(alike[layer][home]) if layer else 0
    shared = philox_plain(seed, town, (layer << BLOCK_DRAW) + block, TIES)[1]
    return homophilous_word(layer, own, shared)


def _traits(person: Any, wt: WorldTables, seed: int, pid: int, home: int, households: int, words: tuple[int, int, int, int]) -> None:
    nature, role_word, income_word = _split(words)
    able_word, debt_word, _, _ = philox_plain(seed, pid, 1, TRAIT)
    adult = is_adult(home, wt.cycle_start, wt.cycle_adults)
    household = household_of(home, wt.cycle_start)
    group, income = group_of(household, households, wt.group_cum), income_third(income_word)
    propensity = int(wt.propensity[nature[0]])
    person["home"], person["household"], person["adult"], person["group"] = home, household, adult, group
    person["role"], person["income"] = role_of(adult, role_word, wt.role_cum), income
    person["propensity"], person["frailty"] = propensity, wt.frailty[nature[1]]
    corr = int(wt.scalars["vis_corr"][0])
    person["visibility"] = visibility_of(int(wt.vis_group[group]), int(wt.vis_income[income]), corr, propensity)
    person["able"] = able_word >= wt.unable[income]
    person["owes"] = adult and debt_word < wt.scalars["owing"][0]


def _split(words: tuple[int, int, int, int]) -> tuple[tuple[int, int], int, int]:
    """Rows of the tables of propensity and frailty, then the words for role and income."""
    return (words[0] >> 22, words[1] >> 22), words[2], words[3]
