"""Towns: households one after another, adults before their children, each life in every arm at once.

Only these functions and the ones they call see arrays; what leaves a town is a vector of counts and a few sample ids.
"""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.life import live
from glasshouse.engine.person import draw_person, reset
from glasshouse.engine.spells import MARKED
from glasshouse.engine.state import MOST_BATCHES
from glasshouse.mechanism.classes import SPARED
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import BATCH, BATCH_STEP, TIES
from glasshouse.world.permutation import unpermute


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
def group_of(household: int, households: int, group_cum: Any) -> int:
    """The group of a household: exact shares, in the order of home slots."""
    for g in range(2):
        if household < (group_cum[g] * households + (1 << 31)) >> 32:
            return g
    return 2


@rule
def draw_batches(town: int, n_arms: int, clock: Any, rules: Any, batch: Any, batch_at: Any, logs: Any) -> None:
    """When each kind of batch error strikes this town (ticks)."""
    for a in range(n_arms):
        for kind in range(rules[a].n_batches):
            at = 0
            for k in range(1, MOST_BATCHES + 1):
                w, _, _, _ = philox(clock.seed_low, clock.seed_high, town, k, BATCH + BATCH_STEP * kind)
                at += (neg_log(w, logs) * batch[a, kind].mean_gap >> 24) + 1
                batch_at[a, kind, k - 1] = at
            batch_at[a, kind, MOST_BATCHES] = NEVER << 20


@rule
def keep_sample(pid: int, class_days: Any, sample: Any) -> None:
    """Keep, for each class, the people with the lowest ids who spent days in it in the first arm, and how many days."""
    for cls in range(SPARED):
        days = class_days[0, cls]
        n = sample.shape[1]
        if days == 0 or n == 0 or pid > sample[cls, n - 1, 0]:
            continue
        i = n - 1
        while i > 0 and sample[cls, i - 1, 0] > pid:
            sample[cls, i, 0], sample[cls, i, 1] = sample[cls, i - 1, 0], sample[cls, i - 1, 1]
            i -= 1
        sample[cls, i, 0], sample[cls, i, 1] = pid, days


@rule
def open_home(n_arms: int, minors: bool, parent_gate: Any, arm: Any, home: Any, home_context: Any) -> None:
    """Ready the household's memory of listed adults, kept only where a gate asks for it and a child lives there."""
    for a in range(n_arms):
        if arm[a].parents == MARKED:
            home[a, :, :] = 0
            home_context[a, :, :] = -1
        arm[a].parents = 1 if minors and parent_gate[a] != 0 else 0


def live_towns(
    first_town: int, last_town: int, only_household: int, n_arms: int, clock_: Any, world_: Any, group_cum: Any, conduct_group: Any,
    vis_group: Any, vis_income: Any, shock: Any, unable: Any, role_cum: Any, conduct_cum: Any, need_cum: Any, category: Any, propensity: Any,
    frailty: Any, cycle_adults: Any, cycle_start: Any, watched: Any, parent_gate: Any, rules: Any, channels: Any, sensitivity: Any,
    mistaken_for: Any, false: Any, false_category: Any, batch: Any, batch_category: Any, item: Any, pick_start: Any, pick_count: Any,
    pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any, gate: Any, batch_at: Any, batch_next: Any, who_: Any, arm: Any,
    book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, class_days: Any, home: Any, home_context: Any, logs: Any, lay_: Any,
    t: Any, sample: Any, log: Any,
) -> None:  # fmt: skip
    """Live the towns ``first_town .. last_town - 1`` (or one household of one town) and add to the counts ``t``."""
    clock, world, who, lay = clock_[0], world_[0], who_[0], lay_[0]
    cycle = cycle_start.shape[0] - 1
    slots = cycle_start[cycle]
    for town in range(first_town, last_town):
        people = min(world.town_size, clock.people - town * world.town_size)
        households = households_in(people, cycle_start)
        k0, k1, k2, k3 = philox(clock.seed_low, clock.seed_high, town, 0, TIES)
        draw_batches(town, n_arms, clock, rules, batch, batch_at, logs)
        for h in range(households):
            if only_household >= 0 and h != only_household:
                continue
            first = h // cycle * slots + cycle_start[h % cycle]
            end = min(h // cycle * slots + cycle_start[h % cycle + 1], people)
            adults = min(first + cycle_adults[h % cycle], end)
            group = group_of(h, households, group_cum)
            t[lay.adults + group] += adults - first
            t[lay.minors + group] += end - adults
            open_home(n_arms, end > adults, parent_gate, arm, home, home_context)
            who.household = h
            for slot in range(first, end):
                pid = town * world.town_size + unpermute(slot, people, k0, k1, k2, k3)
                g, income, owes = draw_person(
                    pid, group, slot >= adults, clock, who, world, conduct_group, vis_group, vis_income, unable, role_cum, propensity, frailty
                )
                for a in range(n_arms):
                    if arm[a].touched != 0:
                        class_days[a, :] = 0
                    reset(a, owes, rules, arm, spell)
                    batch_next[a, :] = 0
                live(
                    n_arms, g, income, clock, who, world, category, shock, conduct_cum, need_cum, watched, rules, channels, sensitivity,
                    mistaken_for, false, false_category, batch, batch_category, batch_at, batch_next, arm, book, points, pending, spell,
                    hazard_day, class_days, item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, gate, home,
                    home_context, logs, lay, t, log,
                )  # fmt: skip
                if arm[0].touched != 0:
                    keep_sample(pid, class_days, sample)
