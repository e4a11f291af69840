"""The weekly sweep of association over a town, and ties that are dropped (design 005, section 3)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.letters import write_letter
from glasshouse.engine.places import block_end, block_from
from glasshouse.engine.state import LOOK_AGAIN, NO_TIES
from glasshouse.mechanism.association import cost_of_tie, effective, mean_score
from glasshouse.mechanism.classes import TIE_LEVELS
from glasshouse.world.draws import TIE_VALUE
from glasshouse.world.ties import BLOCK_DRAW


@rule
def all_weight(a: int, slot: int, people: int, rules: Any, more: Any, layer_size: Any, house: Any, at: Any) -> int:
    """Total weight of a person's ties before any was dropped."""
    total = 0
    for layer in range(layer_size.shape[0] + 1):
        weight = more[a, rules[a].at_tie + layer]
        if weight > 0:
            total += weight * (
                block_end(layer, slot, people, layer_size, house, at) - block_from(layer, slot, layer_size, house, at) - 1
            )
    return int(total)


@rule
def publish(a: int, slot: int, rules: Any, own: Any, mean: Any, eff: Any) -> bool:
    """Bring a person's effective scores up to date. True if any level's changed."""
    changed = False
    for k in range(TIE_LEVELS):
        e = own[a, k, slot]
        if mean[a, k, slot] != NO_TIES:
            e = effective(e, mean[a, k, slot], rules[a].alpha)
        if e != eff[a, k, slot]:
            eff[a, k, slot] = e
            changed = True
    return changed


@rule
def drop_ties(
    a: int, town: int, week: int, slot: int, people: int, clock: Any, rules: Any, more: Any, layer_size: Any, house: Any, group: Any, at: Any,
    who: Any, eff: Any, dropped: Any, todo: Any, n_todo: int, mark: Any, logs: Any, lay: Any, t: Any,
) -> int:  # fmt: skip
    """Drop the ties of a person that cost either side more than they are worth. Returns how many people now need new means."""
    law = rules[a]
    mine = eff[a, 0, slot]
    for layer in range(1, layer_size.shape[0] + 1):
        weight = more[a, law.at_tie + layer]
        if weight == 0:
            continue
        first, stop = block_from(layer, slot, layer_size, house, at), block_end(layer, slot, people, layer_size, house, at)
        here = at[layer, slot] - first
        for place in range(first, stop):
            mate = who[layer, place]
            if mate == slot or (dropped[a, layer, slot] >> (place - first)) & 1 == 1 or eff[a, 0, mate] == mine:
                continue
            loser = slot if mine > eff[a, 0, mate] else mate
            other = mate if loser == slot else slot
            whole = all_weight(a, loser, people, rules, more, layer_size, house, at)
            cost = cost_of_tie(eff[a, 0, loser], eff[a, 0, other], law.alpha, weight, whole)
            if cost <= 0:
                continue
            p, q = min(here, place - first), max(here, place - first)
            block = first // layer_size[layer - 1]
            w, _, _, _ = philox(clock.seed_low, clock.seed_high, town, (layer << BLOCK_DRAW) + block, TIE_VALUE + 64 * p + q)
            if cost <= neg_log(w, logs) * law.drop_mean >> 24:
                continue
            dropped[a, layer, slot] |= 1 << (place - first)
            dropped[a, layer, mate] |= 1 << here
            if 7 * week >= clock.history:
                t[lay.ties_dropped + a * GROUPS + group[slot]] += 1
                t[lay.ties_dropped + a * GROUPS + group[mate]] += 1
            for end in range(2):
                end_of_tie = slot if end == 0 else mate
                if mark[end_of_tie] == 0:
                    mark[end_of_tie] = 1
                    todo[n_todo] = end_of_tie
                    n_todo += 1
    return n_todo


@rule
def tie_mean(
    a: int, k: int, slot: int, people: int, rules: Any, more: Any, layer_size: Any, house: Any, at: Any, who: Any, eff: Any, dropped: Any,
    block_sum: Any,
) -> int:  # fmt: skip
    """Weighted mean of the effective scores of a person's ties at a level; ``NO_TIES`` if there are none."""
    total, weights = 0, 0
    for layer in range(layer_size.shape[0] + 1):
        weight = more[a, rules[a].at_tie + layer]
        if weight == 0:
            continue
        first, end = block_from(layer, slot, layer_size, house, at), block_end(layer, slot, people, layer_size, house, at)
        total += weight * (block_sum[a, layer, first, k] - eff[a, k, slot])
        weights += weight * (end - first - 1)
        gone = dropped[a, layer, slot]
        place = first
        while gone != 0:
            if gone & 1 == 1:
                total -= weight * eff[a, k, who[layer, place]]
                weights -= weight
            gone >>= 1
            place += 1
    return mean_score(total, weights) if weights > 0 else NO_TIES


@rule
def grade_of(a: int, value: int, rules: Any, grade_from: Any) -> int:
    """The grade of a score."""
    g = 0
    while g < rules[a].n_grades - 1 and grade_from[a, g] > value:
        g += 1
    return g


@rule
def sweep(
    a: int, town: int, week: int, people: int, clock: Any, rules: Any, grade_from: Any, more: Any, layer_size: Any, house: Any, group: Any,
    at: Any, who: Any, own: Any, mean: Any, eff: Any, dropped: Any, block_sum: Any, changed: Any, n_changed: Any, todo: Any, mark: Any,
    letter: Any, first_letter: Any, last_letter: Any, wake: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """One synchronous sweep: new effective scores from own and last week's means, then ties dropped, then new means.

    Only people whose score or mean changed, and those tied to them, are looked at.
    """
    law = rules[a]
    layers = layer_size.shape[0] + 1
    moved = 0
    for i in range(n_changed[a]):
        slot = changed[a, i]
        before0, before1, before2 = eff[a, 0, slot], eff[a, 1, slot], eff[a, 2, slot]
        before3, before4 = eff[a, 3, slot], eff[a, 4, slot]
        if not publish(a, slot, rules, own, mean, eff) and week > 0:
            continue
        changed[a, moved] = slot
        moved += 1
        for layer in range(layers):
            if more[a, law.at_tie + layer] > 0:
                first = block_from(layer, slot, layer_size, house, at)
                block_sum[a, layer, first, 0] += eff[a, 0, slot] - before0
                block_sum[a, layer, first, 1] += eff[a, 1, slot] - before1
                block_sum[a, layer, first, 2] += eff[a, 2, slot] - before2
                block_sum[a, layer, first, 3] += eff[a, 3, slot] - before3
                block_sum[a, layer, first, 4] += eff[a, 4, slot] - before4
    n_todo = 0
    if law.drop_mean > 0:
        for i in range(moved):
            n_todo = drop_ties(
                a, town, week, changed[a, i], people, clock, rules, more, layer_size, house, group, at, who, eff, dropped, todo, n_todo, mark,
                logs, lay, t,
            )  # fmt: skip
    for i in range(moved):
        slot = changed[a, i]
        for layer in range(layers):
            if more[a, law.at_tie + layer] > 0:
                first, end = block_from(layer, slot, layer_size, house, at), block_end(layer, slot, people, layer_size, house, at)
                for place in range(first, end):
                    mate = who[layer, place]
                    if mark[mate] == 0:
                        mark[mate] = 1
                        todo[n_todo] = mate
                        n_todo += 1
    n_changed[a] = 0
    for i in range(n_todo):
        slot = todo[i]
        mark[slot] = 0
        differs, regraded = False, False
        for k in range(TIE_LEVELS):
            new = tie_mean(a, k, slot, people, rules, more, layer_size, house, at, who, eff, dropped, block_sum)
            old = mean[a, k, slot]
            if new == old:
                continue
            differs = True
            mean[a, k, slot] = new
            if law.n_grades > 0:
                mine = own[a, k, slot]
                was = grade_of(a, effective(mine, old, law.alpha) if old != NO_TIES else mine, rules, grade_from)
                regraded = regraded or was != grade_of(a, effective(mine, new, law.alpha) if new != NO_TIES else mine, rules, grade_from)
        if differs:
            changed[a, n_changed[a]] = slot
            n_changed[a] += 1
            if regraded:
                write_letter(slot, a, LOOK_AGAIN, 7 * (week + 1), letter, first_letter, last_letter, wake)
