"""The town and its people, one by one (001, sections 2 and 3), in plain Python integers."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from glasshouse.world.draws import MASK, TIES, TRAIT, log_table, neg_log, philox_plain

LOG = [int(v) for v in log_table()]
RESIDENT, MINOR = 0, 1


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


def townspeople(world: Any, seed: int, town: int, n: int) -> list[Person]:
    """Everyone in a town of `n` people, by local number."""
    keys = philox_plain(seed, town, 0, TIES)
    slots = int(world.cycle_start[-1])
    starts = [int(s) for s in world.cycle_start[:-1]]

    def household_of(home: int) -> tuple[int, int]:
        cycle, rest = divmod(home, slots)
        j = max(i for i, start in enumerate(starts) if start <= rest)
        return cycle * len(starts) + j, rest - starts[j]

    households = household_of(n - 1)[0] + 1
    cuts = [(int(c) * households + (1 << 31)) >> 32 for c in world.group_cum]
    people = []
    for local in range(n):
        household, place = household_of(permute(keys, local, n))
        minor = place >= int(world.cycle_adults[household % len(starts)])
        group = next(g for g, cut in enumerate(cuts) if household < cut)
        people.append(_person(world, seed, town, town * int(world.scalars["town_size"][0]) + local, household, place, minor, group))
    return people


def _person(world: Any, seed: int, town: int, pid: int, household: int, place: int, minor: bool, group: int) -> Person:
    scalars = world.scalars[0]
    propensity, frailty, role_word, income_word = philox_plain(seed, pid, 0, TRAIT)
    able_word, debt_word, _, _ = philox_plain(seed, pid, 1, TRAIT)
    g = int(world.propensity[propensity >> 22])
    income = income_word * 3 >> 32
    role = MINOR if minor else max(RESIDENT, first_above(world.role_cum, role_word))
    v = int(world.vis_group[group]) * int(world.vis_income[income]) >> 12
    v = v * (4096 + (int(scalars["vis_corr"]) * (g - 4096) >> 12)) >> 12
    return Person(
        pid=pid,
        town=town,
        household=(town, household),
        place=place,
        minor=minor,
        group=group,
        role=role,
        income=income,
        conduct=g * int(world.conduct_group[group]) >> 12,
        frailty=int(world.frailty[frailty >> 22]),
        visibility=max(0, min(16384, v)),
        able=not able_word < int(world.unable[income]),
        debts=int(not minor and debt_word < int(scalars["owing"])),
    )
