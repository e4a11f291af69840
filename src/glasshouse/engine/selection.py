"""Whom officials pick at the end of a week: those with the lowest scores (design 005, section 7), or the highest risk (006, section 6)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.bonds import level_kept
from glasshouse.engine.draws import philox
from glasshouse.engine.keep import is_enrolled
from glasshouse.engine.letters import write_letter
from glasshouse.engine.state import EFF_APART, ORDER, OWN_APART
from glasshouse.mechanism.classes import LEVELS, TIE_LEVELS
from glasshouse.mechanism.officials import risk_score
from glasshouse.world.draws import RISK

EVERY_LEVEL = (1 << LEVELS) - 1
CHILD, RECORD, NOISE = 6, 7, 8  # of the weights of risk, after those of groups and of thirds of income


@rule
def shown_score(a: int, k: int, slot: int, rules: Any, own: Any, eff: Any, tie_bits: Any) -> int:
    """The score that an official sees at a level: with the ties' in it where there is association."""
    if k < TIE_LEVELS and rules[a].alpha > 0:
        return int(eff[a, level_kept(k, tie_bits[a, slot], EFF_APART), slot])
    return int(own[a, level_kept(k, tie_bits[a, slot], OWN_APART), slot])


@rule
def ranks_below(x: int, y: int, rank: Any) -> bool:
    """Whether slot x comes before slot y in a selection: the lower rank, then the lower home slot."""
    return rank[x] < rank[y] or (rank[x] == rank[y] and x < y)


@rule
def sift(i: int, n: int, heap: Any, rank: Any) -> None:
    """Restore a heap from one place downwards."""
    while True:
        child = 2 * i + 1
        if child >= n:
            return
        if child + 1 < n and ranks_below(heap[child + 1], heap[child], rank):
            child += 1
        if not ranks_below(heap[child], heap[i], rank):
            return
        heap[i], heap[child] = heap[child], heap[i]
        i = child


@rule
def pick(n: int, want: int, bits: int, heap: Any, rank: Any, mark: Any) -> None:
    """Mark the first so many of those in a heap."""
    for at in range(n // 2 - 1, -1, -1):
        sift(at, n, heap, rank)
    for _ in range(min(want, n)):
        mark[heap[0]] |= bits
        n -= 1
        heap[0] = heap[n]
        sift(0, n, heap, rank)


@rule
def lowest(
    a: int, i: int, people: int, rules: Any, selection: Any, adult: Any, light: Any, stand: Any, own: Any, eff: Any, tie_bits: Any, has:
    Any, heap: Any, rank: Any, mark: Any,
) -> None:  # fmt: skip
    """Mark those with the lowest scores, at each level those that an official would choose there."""
    chosen = selection[a, i]
    for k in range(LEVELS):
        n = 0
        for slot in range(people):
            if adult[slot] == 0 or (has[a, slot] >> k) & 1 == 0 or (stand[a, chosen.list, slot] >> k) & 1 == 1:
                continue
            rank[slot] = shown_score(a, k, slot, rules, own, eff, tie_bits)
            if rank[slot] < rules[a].start and is_enrolled(light[slot, a]):
                heap[n] = slot
                n += 1
        pick(n, chosen.share * people >> 32, 1 << k, heap, rank, mark)


@rule
def riskiest(
    a: int, i: int, week: int, people: int, clock: Any, rules: Any, selection: Any, more: Any, house: Any, adult: Any, pop: Any, light: Any,
    stand: Any, own: Any, heap: Any, rank: Any, mark: Any,
) -> None:  # fmt: skip
    """Mark those with the highest risk. It rests on no record, so they are picked at every level."""
    chosen, at, n = selection[a, i], rules[a].at_risk, 0
    for slot in range(people):
        if adult[slot] == 0 or stand[a, chosen.list, slot] & 1 == 1 or not is_enrolled(light[slot, a]):
            continue
        who = pop[slot]
        child = more[a, at + CHILD] if adult[house[2, slot] - 1] == 0 else 0  # children come last in a household
        lost = rules[a].start - own[a, 0, slot] if rules[a].has_points != 0 else 0
        noise, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, week + 1, RISK)
        traits = more[a, at + who.group] + more[a, at + 3 + who.income] + child
        rank[slot] = -risk_score(traits, lost, more[a, at + RECORD], noise, more[a, at + NOISE])
        heap[n] = slot
        n += 1
    pick(n, chosen.share * people >> 32, EVERY_LEVEL, heap, rank, mark)


@rule
def select(
    a: int, i: int, week: int, people: int, clock: Any, rules: Any, selection: Any, more: Any, house: Any, adult: Any, pop: Any, light: Any,
    stand: Any, own: Any, eff: Any, tie_bits: Any, has: Any, heap: Any, rank: Any, mark: Any, letter: Any, first_letter: Any, last_letter:
    Any, wake: Any,
) -> None:  # fmt: skip
    """One selection, if its week has come: those picked are written to."""
    chosen = selection[a, i]
    if (week + 1) % chosen.every != 0:
        return
    if chosen.risk != 0:
        riskiest(a, i, week, people, clock, rules, selection, more, house, adult, pop, light, stand, own, heap, rank, mark)
    else:
        lowest(a, i, people, rules, selection, adult, light, stand, own, eff, tie_bits, has, heap, rank, mark)
    for slot in range(people):
        if mark[slot] != 0:
            at = write_letter(slot, a, ORDER, 7 * (week + 1), letter, first_letter, last_letter, wake)
            letter[at].list, letter[at].verdict, letter[at].kind = chosen.list, mark[slot], chosen.risk
            mark[slot] = 0
