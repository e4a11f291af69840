"""The town and its people, one by one (001, sections 2 and 3; 005, section 9), in plain Python integers."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from glasshouse.world.draws import MASK, TIES, TRAIT, log_table, neg_log, philox_plain

LOG = [int(v) for v in log_table()]
RESIDENT, MINOR = 0, 1
HOUSEHOLD = 0  # its number among the layers
THRESHOLD_LAYER = 255  # its permutation ranks people by their threshold of speaking
BLOCK = 24  # the draw of block b of layer l is n = (l << 24) + b


def plain(records: Any) -> list[SimpleNamespace]:
    """A structured array as simple objects with plain integers."""
    return [SimpleNamespace(**{name: int(row[name]) for name in records.dtype.names}) for row in records]


def E(word: int) -> int:
    """-ln of a uniform word, in 2^-24."""
    return int(neg_log(word, LOG))  # type: ignore[arg-type]


def exp_days(word: int, mean_q8: int) -> int:
    return (E(word) * mean_q8) >> 32


def first_above(cumulative: Any, value: int) -> int:
    """The first index whose cumulative amount is above the value; -1 if none."""
    return next((i for i, c in enumerate(cumulative) if value < int(c)), -1)


def mix(v: int, k: int) -> int:
    z = (v * 0x9E3779B1 + k) & MASK
    z ^= z >> 16
    z = (z * 0x45D9F3B) & MASK
    return z ^ (z >> 16)


def permute(keys: tuple[int, ...], x: int, n: int) -> int:
    """Where `x` goes in a keyed shuffle of 0 .. n - 1."""
    half = 0
    while 1 << (2 * half) < n:
        half += 1
    low = (1 << half) - 1
    while True:
        left, right = x >> half, x & low
        for key in keys:
            left, right = right, left ^ (mix(right, key) & low)
        x = left << half | right
        if x < n:
            return x


@dataclass
class Person:
    """Who someone is, before anything happens."""

    pid: int
    town: int
    slot: int  # home slot
    household: tuple[int, int]  # town, number within it
    place: int  # within the household
    minor: bool
    group: int
    role: int
    income: int
    conduct: int  # G
    frailty: int
    visibility: int
    able: bool
    debts: int
    opinion: int  # words of traits that speech depends on
    boldness: int
    rank: int  # among the people of the town, by their threshold of speaking
    blocks: list[tuple[int, int]] = field(default_factory=list)  # block and place in it, for each layer of ties from 1 on


def townspeople(world: Any, seed: int, town: int, n: int) -> list[Person]:
    """Everyone in a town of `n` people, by local number."""
    keys = philox_plain(seed, town, 0, TIES)
    ranks = philox_plain(seed, town, THRESHOLD_LAYER, TIES)
    homes = [_household_of(world, slot) for slot in range(n)]
    households = homes[-1][0] + 1
    cuts = [(int(c) * households + (1 << 31)) >> 32 for c in world.group_cum]
    groups = [next(g for g, cut in enumerate(cuts) if household < cut) for household, _ in homes]
    layers = [_layer_blocks(world, seed, town, groups, layer) for layer in range(1, len(world.layer_size) + 1)]
    people = []
    for local in range(n):
        slot = permute(keys, local, n)
        household, place = homes[slot]
        person = _person(world, seed, town, local, _Home(slot, household, place, groups[slot]), [blocks[slot] for blocks in layers])
        person.rank = permute(ranks, local, n)
        people.append(person)
    return people


def ties_of(people: list[Person]) -> dict[int, list[tuple[int, int]]]:
    """For each home slot everyone tied to it: layer (0 the household) and home slot."""
    together: dict[tuple[int, int], list[int]] = {}
    for person in people:
        for layer, block in enumerate([person.household[1], *(b for b, _ in person.blocks)]):
            together.setdefault((layer, block), []).append(person.slot)
    out: dict[int, list[tuple[int, int]]] = {person.slot: [] for person in people}
    for (layer, _), slots in sorted(together.items()):
        for slot in slots:
            out[slot] += [(layer, other) for other in slots if other != slot]
    return out


def _household_of(world: Any, slot: int) -> tuple[int, int]:
    """Number of the household of a home slot, and place in it."""
    starts = [int(s) for s in world.cycle_start[:-1]]
    cycle, rest = divmod(slot, int(world.cycle_start[-1]))
    j = max(i for i, start in enumerate(starts) if start <= rest)
    return cycle * len(starts) + j, rest - starts[j]


def _layer_blocks(world: Any, seed: int, town: int, groups: list[int], layer: int) -> list[tuple[int, int]]:
    """Block, and place in it, of the people of each home slot in a layer."""
    n, size, segregation = len(groups), int(world.layer_size[layer - 1]), int(world.layer_segregation[layer - 1])
    classes = [0] * n
    for block, first in enumerate(range(0, n, size)):
        here = range(first, min(first + size, n))
        if philox_plain(seed, town, (layer << BLOCK) + block, TIES)[0] < segregation and len({groups[x] for x in here}) == 1:
            for x in here:
                classes[x] = 1 + groups[x]
    keys = philox_plain(seed, town, layer, TIES)
    out = []
    for home in range(n):
        y = permute(keys, home, n)
        while classes[y] != classes[home]:
            y = permute(keys, y, n)
        out.append(divmod(y, size))
    return out


@dataclass
class _Home:
    slot: int
    household: int
    place: int
    group: int


def _conduct_word(world: Any, seed: int, town: int, pid: int, own: int, blocks: list[tuple[int, int]]) -> int:
    """The word that a person's propensity follows: their own, or that of their block in the first layer that says so."""
    alike = [int(h) for h in getattr(world, "layer_homophily", [])]
    words = philox_plain(seed, pid, 2, TRAIT)
    for layer, (threshold, (block, _)) in enumerate(zip(alike[:4], blocks, strict=False), start=1):
        if words[layer - 1] < threshold:
            return philox_plain(seed, town, (layer << BLOCK) + block, TIES)[1]
    return own


def _person(world: Any, seed: int, town: int, local: int, home: _Home, blocks: list[tuple[int, int]]) -> Person:
    scalars = world.scalars[0]
    pid = town * int(scalars["town_size"]) + local
    minor = home.place >= int(world.cycle_adults[home.household % len(world.cycle_adults)])
    propensity, frailty, role_word, income_word = philox_plain(seed, pid, 0, TRAIT)
    able_word, debt_word, opinion, boldness = philox_plain(seed, pid, 1, TRAIT)
    g = int(world.propensity[_conduct_word(world, seed, town, pid, propensity, blocks) >> 22])
    income = income_word * 3 >> 32
    role = MINOR if minor else max(RESIDENT, first_above(world.role_cum, role_word))
    v = int(world.vis_group[home.group]) * int(world.vis_income[income]) >> 12
    v = v * (4096 + (int(scalars["vis_corr"]) * (g - 4096) >> 12)) >> 12
    return Person(
        pid=pid,
        town=town,
        slot=home.slot,
        household=(town, home.household),
        place=home.place,
        minor=minor,
        group=home.group,
        role=role,
        income=income,
        conduct=g * int(world.conduct_group[home.group]) >> 12,
        frailty=int(world.frailty[frailty >> 22]),
        visibility=max(0, min(16384, v)),
        able=not able_word < int(world.unable[income]),
        debts=int(not minor and debt_word < int(scalars["owing"])),
        opinion=opinion,
        boldness=boldness,
        rank=-1,
        blocks=blocks,
    )
