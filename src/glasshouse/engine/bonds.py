"""The weekly sweep of association over a town, and ties that are dropped (design 005, section 3).

A sweep goes through everyone in the order of homes, and holds apart only what differs: where no record of a person or of their ties is in
doubt, one score serves every level. So ``own``, ``mean`` and ``eff`` of an arm are kept level by level, and those of the levels above 0 are
only read for people whose ``tie_bits`` say that they differ.
"""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.letters import write_letter
from glasshouse.engine.places import block_end
from glasshouse.engine.state import EFF_APART, MEAN_APART, NO_TIES, OWN_APART, REGRADED, SOME_GONE
from glasshouse.mechanism.association import effective, lead_that_breaks, mean_score
from glasshouse.mechanism.classes import TIE_LEVELS
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import TIE_VALUE
from glasshouse.world.ties import BLOCK_DRAW

MOVED_BY, LOOK_AT = 0, 1  # of `slack`: how far a score has moved since its ties were looked at, and how far it may before they are again
ALL, LEFT, OF_SELF = 0, 1, 2  # of `tie_weights`: the weight of all ties; of those not dropped; of the person in the sums of their blocks


@rule
def all_weight(a: int, slot: int, people: int, rules: Any, more: Any, layer_size: Any, house: Any, first_at: Any) -> int:
    """Total weight of a person's ties before any was dropped."""
    total = 0
    for layer in range(layer_size.shape[0] + 1):
        weight = more[a, rules[a].at_tie + layer]
        total += weight * (block_end(layer, slot, people, layer_size, house, first_at) - first_at[layer, slot] - 1)
    return int(total)


@rule
def level_kept(k: int, bits: int, apart: int) -> int:
    """Where a person's score at a level is kept: at level 0, unless their bits say that levels differ."""
    return k if bits & apart != 0 else 0


@rule
def score_with(own: int, mean: int, alpha: int) -> int:
    """A score with a mean of ties in it, where there is one."""
    return own if mean == NO_TIES else effective(own, mean, alpha)


@rule
def publish(a: int, people: int, rules: Any, own: Any, mean: Any, eff: Any, slack: Any, dropping: bool) -> None:
    """Effective scores at level 0, from own and last week's means."""
    alpha = rules[a].alpha
    for slot in range(people):
        e = score_with(own[a, 0, slot], mean[a, 0, slot], alpha)
        if dropping:
            slack[a, slot, MOVED_BY] += abs(e - eff[a, 0, slot])
        eff[a, 0, slot] = e


@rule
def add_up(
    a: int, people: int, layers: int, rules: Any, more: Any, block_at: Any, who: Any, eff: Any, sums: Any, doubts: Any, leans: Any
) -> None:
    """The sums of everyone's scores at level 0 in each block, by layer; nobody is in doubt yet."""
    for layer in range(layers):
        if more[a, rules[a].at_tie + layer] == 0:
            continue
        for block in range(block_at[layer, who[layer, people - 1]] + 1):
            sums[layer, block], doubts[layer, block] = 0, 0
            for k in range(TIE_LEVELS - 1):
                leans[layer, block, k] = 0
        for slot in range(people):
            sums[layer, block_at[layer, slot]] += eff[a, 0, slot]


@rule
def publish_levels(
    a: int, people: int, layers: int, rules: Any, more: Any, block_at: Any, own: Any, mean: Any, eff: Any, tie_bits: Any, doubts: Any,
    leans: Any,
) -> None:  # fmt: skip
    """The scores of people whose levels may differ; by how much they do is added up in each of their blocks."""
    alpha = rules[a].alpha
    for slot in range(people):
        bits = tie_bits[a, slot]
        if bits & (OWN_APART | MEAN_APART | EFF_APART) == 0:
            continue
        differs = False
        for k in range(1, TIE_LEVELS):
            here = own[a, level_kept(k, bits, OWN_APART), slot]
            eff[a, k, slot] = score_with(here, mean[a, level_kept(k, bits, MEAN_APART), slot], alpha)
            differs = differs or eff[a, k, slot] != eff[a, 0, slot]
        tie_bits[a, slot] = bits | EFF_APART if differs else bits & ~EFF_APART
        for layer in range(layers if differs else 0):
            if more[a, rules[a].at_tie + layer] > 0:
                block = block_at[layer, slot]
                for k in range(1, TIE_LEVELS):
                    leans[layer, block, k - 1] += eff[a, k, slot] - eff[a, 0, slot]
                doubts[layer, block] += 1


@rule
def drop_ties(
    a: int, town: int, week: int, slot: int, people: int, clock: Any, rules: Any, more: Any, layer_size: Any, house: Any, group: Any,
    at: Any, first_at: Any, who: Any, eff: Any, tie_weights: Any, tie_bits: Any, slack: Any, dropped: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """Drop the ties of a person that cost either side more than they are worth; before the first week's end all are looked at, once each.

    What is left of a tie's worth is shared between the two: neither is looked at again before their score has moved by half of it.
    """
    law = rules[a]
    if week > 0:
        slack[a, slot, MOVED_BY], slack[a, slot, LOOK_AT] = 0, NEVER
    for layer in range(1, layer_size.shape[0] + 1):
        weight = more[a, law.at_tie + layer]
        if weight == 0:
            continue
        first, stop = first_at[layer, slot], block_end(layer, slot, people, layer_size, house, first_at)
        here = at[layer, slot] - first
        for place in range(first, stop):
            mate = who[layer, place]
            if mate == slot or (week == 0 and mate < slot) or (dropped[a, layer, slot] >> (place - first)) & 1 == 1:
                continue
            p, q = min(here, place - first), max(here, place - first)
            w, _, _, _ = philox(
                clock.seed_low, clock.seed_high, town, (layer << BLOCK_DRAW) + first // layer_size[layer - 1], TIE_VALUE + 64 * p + q
            )
            worth = neg_log(w, logs) * law.drop_mean >> 24
            lead = eff[a, 0, slot] - eff[a, 0, mate]
            left = min(
                lead_that_breaks(worth, law.alpha, weight, tie_weights[a, slot, ALL]) - lead,
                lead_that_breaks(worth, law.alpha, weight, tie_weights[a, mate, ALL]) + lead,
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
                tie_weights[a, end_of_tie, LEFT] -= weight
                tie_bits[a, end_of_tie] |= SOME_GONE


@rule
def crosses(a: int, before: int, after: int, rules: Any, grade_from: Any) -> bool:
    """Whether two scores have different grades."""
    for g in range(rules[a].n_grades - 1):
        if (grade_from[a, g] > before) != (grade_from[a, g] > after):
            return True
    return False


@rule
def sum_of_gone(a: int, slot: int, layers: int, rules: Any, more: Any, first_at: Any, who: Any, eff: Any, dropped: Any) -> int:
    """Weighted scores, at level 0, of those with whom a person has dropped the tie."""
    total = 0
    for layer in range(1, layers):
        gone, place, part = dropped[a, layer, slot], first_at[layer, slot], 0
        while gone != 0:
            if gone & 1 == 1:
                part += eff[a, 0, who[layer, place]]
            gone >>= 1
            place += 1
        total += more[a, rules[a].at_tie + layer] * part
    return int(total)


@rule
def lean_of_gone(
    a: int, k: int, slot: int, layers: int, rules: Any, more: Any, first_at: Any, who: Any, eff: Any, tie_bits: Any, dropped: Any
) -> int:
    """By how much that sum differs at another level."""
    total = 0
    for layer in range(1, layers):
        gone, place, part = dropped[a, layer, slot], first_at[layer, slot], 0
        while gone != 0:
            mate = who[layer, place] if gone & 1 == 1 else slot
            if mate != slot and tie_bits[a, mate] & EFF_APART != 0:
                part += eff[a, k, mate] - eff[a, 0, mate]
            gone >>= 1
            place += 1
        total += more[a, rules[a].at_tie + layer] * part
    return int(total)


@rule
def total_up(
    a: int, people: int, layers: int, rules: Any, more: Any, block_at: Any, eff: Any, tie_bits: Any, sums: Any, doubts: Any, totals: Any,
    todo: Any,
) -> int:  # fmt: skip
    """The weighted sums of the scores of everyone's ties at level 0, as if none had been dropped (`renew_means` takes them out).

    Returns how many have, or had, ties in doubt; ``todo`` begins with them.
    """
    for slot in range(people):
        totals[slot], todo[slot] = 0, tie_bits[a, slot] & MEAN_APART
    for layer in range(layers):
        weight = more[a, rules[a].at_tie + layer]
        if weight > 0:
            for slot in range(people):
                block = block_at[layer, slot]
                totals[slot] += weight * (sums[layer, block] - eff[a, 0, slot])
                todo[slot] |= doubts[layer, block]
    n = 0
    for slot in range(people):
        in_doubt = todo[slot]
        todo[n] = slot
        n += 1 if in_doubt != 0 else 0
    return n


@rule
def renew_levels(
    a: int, n_todo: int, layers: int, rules: Any, grade_from: Any, more: Any, block_at: Any, first_at: Any, who: Any, own: Any, mean: Any,
    eff: Any, tie_weights: Any, tie_bits: Any, dropped: Any, leans: Any, lean: Any, totals: Any, fresh: Any, todo: Any, mark: Any,
) -> None:  # fmt: skip
    """Means of ties at the levels above 0, for those who have or had ties in doubt; a mark for whom one brings another grade.

    ``totals``, ``fresh``: the sums at level 0, and the new means there.
    """
    alpha = rules[a].alpha
    for i in range(n_todo):
        slot = todo[i]
        bits, weights, new, differs = tie_bits[a, slot], tie_weights[a, slot, LEFT], fresh[slot], False
        for k in range(1, TIE_LEVELS):
            lean[k] = 0
        for layer in range(layers if weights > 0 else 0):
            weight, block = more[a, rules[a].at_tie + layer], block_at[layer, slot]
            for k in range(1, TIE_LEVELS):
                lean[k] += weight * leans[layer, block, k - 1]
        if bits & EFF_APART != 0:
            for k in range(1, TIE_LEVELS):
                lean[k] -= tie_weights[a, slot, OF_SELF] * (eff[a, k, slot] - eff[a, 0, slot])
        if bits & SOME_GONE != 0:
            for k in range(1, TIE_LEVELS):
                lean[k] -= lean_of_gone(a, k, slot, layers, rules, more, first_at, who, eff, tie_bits, dropped)
        # How far the sum may lean either way before its mean is another.
        below = 2 * totals[slot] + weights - 2 * weights * new
        for k in range(1, TIE_LEVELS):
            level = new
            if weights > 0 and (2 * lean[k] + below < 0 or 2 * lean[k] + below >= 2 * weights):
                level = mean_score(totals[slot] + lean[k], weights)
                differs = True
            lean[k] = level
        if not differs and bits & (OWN_APART | MEAN_APART) == 0:
            continue
        tie_bits[a, slot] = bits | MEAN_APART if differs else bits & ~MEAN_APART
        for k in range(1, TIE_LEVELS):
            old = mean[a, level_kept(k, bits, MEAN_APART), slot]
            mean[a, k, slot] = lean[k]
            if lean[k] != old and mark[slot] == 0:
                here = own[a, level_kept(k, bits, OWN_APART), slot]
                if crosses(a, score_with(here, old, alpha), score_with(here, lean[k], alpha), rules, grade_from):
                    mark[slot] = 1


@rule
def renew_means(
    a: int, people: int, layers: int, rules: Any, more: Any, first_at: Any, who: Any, eff: Any, tie_weights: Any, tie_bits: Any, dropped:
    Any, totals: Any, fresh: Any,
) -> None:  # fmt: skip
    """The weighted means of the scores of everyone's ties at level 0; ``NO_TIES`` where there are none."""
    for slot in range(people):
        gone, weights = 0, tie_weights[a, slot, LEFT]
        if tie_bits[a, slot] & SOME_GONE != 0:
            gone = sum_of_gone(a, slot, layers, rules, more, first_at, who, eff, dropped)
        totals[slot] -= gone
        fresh[slot] = mean_score(totals[slot], weights) if weights > 0 else NO_TIES


@rule
def mark_regraded(
    a: int, people: int, rules: Any, grade_from: Any, own: Any, mean: Any, eff: Any, fresh: Any, mark: Any
) -> None:  # fmt: skip
    """Keep the new means of level 0; a mark for whom one brings another grade."""
    alpha = rules[a].alpha
    for slot in range(people):
        if fresh[slot] != mean[a, 0, slot]:
            mean[a, 0, slot] = fresh[slot]
            if crosses(a, eff[a, 0, slot], score_with(own[a, 0, slot], fresh[slot], alpha), rules, grade_from):
                mark[slot] = 1


@rule
def sweep(
    a: int, town: int, week: int, people: int, clock: Any, rules: Any, grade_from: Any, more: Any, layer_size: Any, house: Any, group: Any,
    at: Any, block_at: Any, first_at: Any, who: Any, own: Any, mean: Any, eff: Any, tie_weights: Any, tie_bits: Any, slack: Any, dropped:
    Any, sums: Any, doubts: Any, leans: Any, lean: Any, totals: Any, fresh: Any, todo: Any, mark: Any, letter: Any, first_letter: Any,
    last_letter: Any, wake: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """One synchronous sweep: new effective scores from own and last week's means, then ties dropped, then new means.

    Each step goes through the whole town by itself: handing the arrays to a function for every person would cost more than the step.
    """
    layers = layer_size.shape[0] + 1
    dropping = rules[a].drop_mean > 0
    publish(a, people, rules, own, mean, eff, slack, dropping)
    for slot in range(people if dropping and week == 0 else 0):
        slack[a, slot, MOVED_BY], slack[a, slot, LOOK_AT] = 0, NEVER
    add_up(a, people, layers, rules, more, block_at, who, eff, sums, doubts, leans)
    publish_levels(a, people, layers, rules, more, block_at, own, mean, eff, tie_bits, doubts, leans)
    for slot in range(people if dropping else 0):
        if week == 0 or slack[a, slot, MOVED_BY] >= slack[a, slot, LOOK_AT]:
            drop_ties(
                a, town, week, slot, people, clock, rules, more, layer_size, house, group, at, first_at, who, eff, tie_weights, tie_bits,
                slack, dropped, logs, lay, t,
            )  # fmt: skip
    n_todo = total_up(a, people, layers, rules, more, block_at, eff, tie_bits, sums, doubts, totals, todo)
    renew_means(a, people, layers, rules, more, first_at, who, eff, tie_weights, tie_bits, dropped, totals, fresh)
    renew_levels(
        a, n_todo, layers, rules, grade_from, more, block_at, first_at, who, own, mean, eff, tie_weights, tie_bits, dropped, leans,
        lean, totals, fresh, todo, mark,
    )  # fmt: skip
    mark_regraded(a, people, rules, grade_from, own, mean, eff, fresh, mark)
    for slot in range(people):
        if mark[slot] != 0:
            mark[slot] = 0
            write_letter(slot, a, REGRADED, 7 * (week + 1), letter, first_letter, last_letter, wake)
