"""Who lives, works and meets where in a town: households and the blocks of each layer, laid out once for a town (design 001, section 3)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import philox
from glasshouse.world.draws import TIES
from glasshouse.world.people import group_of
from glasshouse.world.permutation import permute, unpermute_in
from glasshouse.world.ties import BLOCK_DRAW, layer_slot

RANK_LAYER = 255  # the permutation that deals out ranks (thresholds of speech)


@rule
def settle_households(
    people: int, households: int, cycle_adults: Any, cycle_start: Any, group_cum: Any, house: Any, group: Any, adult: Any,
) -> None:  # fmt: skip
    """Household, group and age of each home slot. Rows of ``house``: the household, its first slot, the slot after its last."""
    cycle = cycle_start.shape[0] - 1
    slots = cycle_start[cycle]
    for h in range(households):
        first = h // cycle * slots + cycle_start[h % cycle]
        end = min(h // cycle * slots + cycle_start[h % cycle + 1], people)
        for slot in range(first, end):
            house[0, slot], house[1, slot], house[2, slot] = h, first, end
            group[slot] = group_of(h, households, group_cum)
            adult[slot] = 1 if slot - first < cycle_adults[h % cycle] else 0


@rule
def settle_layer(
    layer: int, town: int, people: int, size: int, segregation: int, clock: Any, group: Any, slot_class: Any, at: Any, block_at: Any,
    first_at: Any, who: Any,
) -> None:  # fmt: skip
    """Places of a layer: ``at`` by home slot, its block and the first place of that, ``who`` by place. Blocks have ``size`` places."""
    first = 0
    while first < people:
        last = min(first + size, people) - 1
        w, _, _, _ = philox(clock.seed_low, clock.seed_high, town, (layer << BLOCK_DRAW) + first // size, TIES)
        cls = 1 + group[first] if w < segregation and group[first] == group[last] else 0  # groups live together: both ends tell
        for slot in range(first, last + 1):
            slot_class[slot] = cls
        first += size
    k0, k1, k2, k3 = philox(clock.seed_low, clock.seed_high, town, layer, TIES)
    for slot in range(people):
        y = layer_slot(slot, people, slot_class, k0, k1, k2, k3)
        at[layer, slot], block_at[layer, slot], first_at[layer, slot] = y, y // size, y // size * size
        who[layer, y] = slot


@rule
def settle_town(
    town: int, people: int, households: int, clock: Any, cycle_adults: Any, cycle_start: Any, group_cum: Any, layer_size: Any,
    layer_segregation: Any, house: Any, group: Any, adult: Any, slot_class: Any, at: Any, block_at: Any, first_at: Any, who: Any,
) -> None:  # fmt: skip
    """Lay out a town. Layer 0 of ``at`` and ``who`` is the household: places are home slots."""
    settle_households(people, households, cycle_adults, cycle_start, group_cum, house, group, adult)
    for slot in range(people):
        at[0, slot], who[0, slot], block_at[0, slot], first_at[0, slot] = slot, slot, house[0, slot], house[1, slot]
    for layer in range(1, layer_size.shape[0] + 1):
        settle_layer(
            layer, town, people, layer_size[layer - 1], layer_segregation[layer - 1], clock, group, slot_class, at, block_at, first_at, who
        )


@rule
def rank_in_town(slot: int, town: int, people: int, bits: int, k0: int, k1: int, k2: int, k3: int, clock: Any) -> int:
    """The rank that decides a person's threshold of speech: a permutation of the town's people."""
    local = unpermute_in(slot, people, bits, k0, k1, k2, k3)
    r0, r1, r2, r3 = philox(clock.seed_low, clock.seed_high, town, RANK_LAYER, TIES)
    return permute(local, people, r0, r1, r2, r3)


@rule
def block_end(layer: int, slot: int, people: int, layer_size: Any, house: Any, first_at: Any) -> int:
    """The place after the last of a person's block in a layer."""
    if layer == 0:
        return int(house[2, slot])
    return int(min(first_at[layer, slot] + layer_size[layer - 1], people))


@rule
def households_in(people: int, cycle_start: Any) -> int:
    """Households that people slots 0 .. people-1 make, the last one perhaps cut off."""
    n = cycle_start.shape[0] - 1
    slots = cycle_start[n]
    count = people // slots * n
    rest = people % slots
    for h in range(n):
        if cycle_start[h] < rest:
            count += 1
    return count


@rule
def is_dropped(a: int, layer: int, slot: int, place: int, rules: Any, dropped: Any) -> bool:
    """Whether a person has dropped the tie to a place of their block. ``dropped`` is kept only where ties can drop; households cannot."""
    return bool(layer > 0 and rules[a].drop_mean > 0 and (dropped[a, layer, slot] >> place) & 1 == 1)
