"""The weekly sweep of association over a town, and ties that are dropped (design 005, section 3)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.letters import write_letter
from glasshouse.engine.places import block_end
from glasshouse.engine.state import NO_TIES, REGRADED
from glasshouse.mechanism.association import effective, lead_that_breaks, mean_score
from glasshouse.mechanism.classes import TIE_LEVELS
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import TIE_VALUE
from glasshouse.world.ties import BLOCK_DRAW

MOVED_BY, LOOK_AT = 0, 1  # of `slack`: how far a score has moved since its ties were looked at, and how far it may before they are again


@rule
def all_weight(a: int, slot: int, people: int, rules: Any, more: Any, layer_size: Any, house: Any, first_at: Any) -> int:
    """Total weight of a person's ties before any was dropped."""
    total = 0
    for layer in range(layer_size.shape[0] + 1):
        weight = more[a, rules[a].at_tie + layer]
        total += weight * (block_end(layer, slot, people, layer_size, house, first_at) - first_at[layer, slot] - 1)
    return int(total)


@rule
def all_alike(a: int, slot: int, scores: Any) -> bool:
    """Whether a person's scores are the same at every level that ties reach."""
    first = scores[a, slot, 0]
    for k in range(1, TIE_LEVELS):
        if scores[a, slot, k] != first:
            return False
    return True


@rule
def publish(a: int, slot: int, layers: int, rules: Any, more: Any, first_at: Any, own: Any, mean: Any, eff: Any, block_sum: Any) -> bool:
    """Bring a person's effective scores, and the sums of their blocks, up to date. True if any level's changed."""
    changed = False
    was_alike = all_alike(a, slot, eff)
    if was_alike and all_alike(a, slot, own) and all_alike(a, slot, mean):
        # Nearly always: no record of this person or their ties is in doubt at any level.
        e = own[a, slot, 0]
        if mean[a, slot, 0] != NO_TIES:
            e = effective(e, mean[a, slot, 0], rules[a].alpha)
        step = e - eff[a, slot, 0]
        if step == 0:
            return False
        for k in range(TIE_LEVELS):
            eff[a, slot, k] = e
        for layer in range(layers):
            if more[a, rules[a].at_tie + layer] > 0:
                for k in range(TIE_LEVELS):
                    block_sum[a, layer, first_at[layer, slot], k] += step
        return True
    add_to_blocks(a, slot, -1, layers, rules, more, first_at, eff, block_sum)
    for k in range(TIE_LEVELS):
        e = own[a, slot, k]
        if mean[a, slot, k] != NO_TIES:
            e = effective(e, mean[a, slot, k], rules[a].alpha)
        changed = changed or e != eff[a, slot, k]
        eff[a, slot, k] = e
    add_to_blocks(a, slot, 1, layers, rules, more, first_at, eff, block_sum)
    return changed


@rule
def add_to_blocks(a: int, slot: int, sign: int, layers: int, rules: Any, more: Any, first_at: Any, eff: Any, block_sum: Any) -> None:
    """Add a person's scores to the sums of their blocks, or take them away; the last place counts those whose levels differ."""
    for layer in range(layers):
        if more[a, rules[a].at_tie + layer] > 0:
            first = first_at[layer, slot]
            for k in range(TIE_LEVELS):
                block_sum[a, layer, first, k] += sign * eff[a, slot, k]
            block_sum[a, layer, first, TIE_LEVELS] += 0 if all_alike(a, slot, eff) else sign


@rule
def drop_ties(
    a: int, town: int, week: int, slot: int, people: int, clock: Any, rules: Any, more: Any, layer_size: Any, house: Any, group: Any,
    at: Any, first_at: Any, who: Any, eff: Any, tie_weights: Any, slack: Any, dropped: Any, todo: Any, n_todo: int, mark: Any, logs: Any,
    lay: Any, t: Any,
) -> int:  # fmt: skip
    """Drop the ties of a person that cost either side more than they are worth. Returns how many people now need new means.

    What is left of a tie's worth is shared between the two: neither is looked at again before their score has moved by half of it.
    """
    law = rules[a]
    slack[a, slot, MOVED_BY], slack[a, slot, LOOK_AT] = 0, NEVER
    for layer in range(1, layer_size.shape[0] + 1):
        weight = more[a, law.at_tie + layer]
        if weight == 0:
            continue
        first, stop = first_at[layer, slot], block_end(layer, slot, people, layer_size, house, first_at)
        here = at[layer, slot] - first
        for place in range(first, stop):
            mate = who[layer, place]
            if mate == slot or (dropped[a, layer, slot] >> (place - first)) & 1 == 1:
                continue
            p, q = min(here, place - first), max(here, place - first)
            w, _, _, _ = philox(
                clock.seed_low, clock.seed_high, town, (layer << BLOCK_DRAW) + first // layer_size[layer - 1], TIE_VALUE + 64 * p + q
            )
            worth = neg_log(w, logs) * law.drop_mean >> 24
            lead = eff[a, slot, 0] - eff[a, mate, 0]
            left = min(
                lead_that_breaks(worth, law.alpha, weight, tie_weights[a, slot]) - lead,
                lead_that_breaks(worth, law.alpha, weight, tie_weights[a, mate]) + lead,
            )
            if left > 0:
                half = (left + 1) // 2
                slack[a, slot, LOOK_AT] = min(slack[a, slot, LOOK_AT], half)
                slack[a, mate, LOOK_AT] = min(slack[a, mate, LOOK_AT], slack[a, mate, MOVED_BY] + half)
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
def grade_of(a: int, value: int, rules: Any, grade_from: Any) -> int:
    """The grade of a score."""
    g = 0
    while g < rules[a].n_grades - 1 and grade_from[a, g] > value:
        g += 1
    return g


@rule
def grade_with(a: int, own: int, mean: int, rules: Any, grade_from: Any) -> int:
    """The grade of a score with a mean of ties in it."""
    return grade_of(a, own if mean == NO_TIES else effective(own, mean, rules[a].alpha), rules, grade_from)


@rule
def renew_means(
    a: int, slot: int, layers: int, rules: Any, grade_from: Any, more: Any, first_at: Any, who: Any, own: Any, mean: Any, eff: Any,
    tie_weights: Any, dropped: Any, block_sum: Any,
) -> int:  # fmt: skip
    """Weighted means of the effective scores of a person's ties, at every level; ``NO_TIES`` if there are none.

    Nearly always all levels agree; then one mean serves them all. Returns 1 if a mean changed, 2 if it brings another grade.
    """
    weights, agree, changed = tie_weights[a, slot], True, 0
    for layer in range(layers):
        if dropped[a, layer, slot] != 0:
            weights -= more[a, rules[a].at_tie + layer] * bits_of(dropped[a, layer, slot])
    new = NO_TIES
    for k in range(TIE_LEVELS):
        if weights > 0 and (k == 0 or not agree):
            total = 0
            for layer in range(layers):
                weight = more[a, rules[a].at_tie + layer]
                if weight > 0:
                    first = first_at[layer, slot]
                    total += weight * (block_sum[a, layer, first, k] - eff[a, slot, k])
                    if k == 0:
                        agree = agree and block_sum[a, layer, first, TIE_LEVELS] == 0
                    gone = dropped[a, layer, slot]
                    if gone != 0:
                        total -= weight * sum_of_gone(a, k, gone, layer, first, who, eff)
                        agree = False
            new = mean_score(total, weights)
        old = mean[a, slot, k]
        if new != old:
            mean[a, slot, k] = new
            changed = max(changed, 1)
            if rules[a].n_grades > 0 and changed < 2:
                mine = own[a, slot, k]
                if grade_with(a, mine, old, rules, grade_from) != grade_with(a, mine, new, rules, grade_from):
                    changed = 2
    return changed


@rule
def bits_of(mask: int) -> int:
    """Bits that are set."""
    n = 0
    while mask != 0:
        mask &= mask - 1
        n += 1
    return n


@rule
def sum_of_gone(a: int, k: int, gone: int, layer: int, first: int, who: Any, eff: Any) -> int:
    """Effective scores of those of a block with whom a person has dropped the tie."""
    total, place = 0, first
    while gone != 0:
        if gone & 1 == 1:
            total += eff[a, who[layer, place], k]
        gone >>= 1
        place += 1
    return int(total)


@rule
def sweep(
    a: int, town: int, week: int, people: int, clock: Any, rules: Any, grade_from: Any, more: Any, layer_size: Any, house: Any, group:
    Any, at: Any, first_at: Any, who: Any, own: Any, mean: Any, eff: Any, tie_weights: Any, slack: Any, dropped: Any, block_sum: Any,
    changed: Any, n_changed: Any, todo: Any, mark: Any, letter: Any, first_letter: Any, last_letter: Any, wake: Any, logs: Any, lay: Any,
    t: Any,
) -> None:  # fmt: skip
    """One synchronous sweep: new effective scores from own and last week's means, then ties dropped, then new means.

    Only people whose score or mean changed, and those tied to them, are looked at; where these are most of the town, everyone is.
    """
    law = rules[a]
    layers = layer_size.shape[0] + 1
    moved = 0
    for i in range(n_changed[a]):
        slot = changed[a, i]
        before = eff[a, slot, 0]
        if publish(a, slot, layers, rules, more, first_at, own, mean, eff, block_sum) or week == 0:
            slack[a, slot, MOVED_BY] += abs(eff[a, slot, 0] - before)
            changed[a, moved] = slot
            moved += 1
    n_todo = 0
    if law.drop_mean > 0:
        for i in range(moved):
            if slack[a, changed[a, i], MOVED_BY] >= slack[a, changed[a, i], LOOK_AT]:
                n_todo = drop_ties(
                    a, town, week, changed[a, i], people, clock, rules, more, layer_size, house, group, at, first_at, who, eff, tie_weights,
                    slack, dropped, todo, n_todo, mark, logs, lay, t,
                )  # fmt: skip
    everyone = moved * 8 > people
    for i in range(0 if everyone else moved):
        slot = changed[a, i]
        for layer in range(layers):
            if more[a, law.at_tie + layer] > 0:
                for place in range(first_at[layer, slot], block_end(layer, slot, people, layer_size, house, first_at)):
                    mate = who[layer, place]
                    if mark[mate] == 0:
                        mark[mate] = 1
                        todo[n_todo] = mate
                        n_todo += 1
    for i in range(n_todo):
        mark[todo[i]] = 0
    n_changed[a] = 0
    for i in range(people if everyone else n_todo):
        slot = i if everyone else todo[i]
        how = renew_means(a, slot, layers, rules, grade_from, more, first_at, who, own, mean, eff, tie_weights, dropped, block_sum)
        if how > 0:
            changed[a, n_changed[a]] = slot
            n_changed[a] += 1
            if how > 1:
                write_letter(slot, a, REGRADED, 7 * (week + 1), letter, first_letter, last_letter, wake)
