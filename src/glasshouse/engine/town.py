"""Towns: households one after another, adults before their children, each life in every arm at once.

Only these functions and the ones they call see arrays; what leaves a town is a vector of counts and a few sample ids.
"""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import grade_at
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.encounters import attempt, batch_record, false_record, see_act
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.ledger import receive, settle_all, settle_payment
from glasshouse.engine.life import any_debt, any_due, any_touched, any_tracked, first_above, next_batch
from glasshouse.engine.person import GROUP_CUM, SHOCK, clear, draw_person, finish, owe, pay_debts, reset, stop_counting
from glasshouse.engine.spells import MARKED, note
from glasshouse.engine.state import HAND, LOG_SHOCK, MOST_BATCHES
from glasshouse.engine.tally import count_attempt, count_start_grade
from glasshouse.mechanism.classes import SPARED
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import BATCH, BATCH_STEP, LIFE, TIES
from glasshouse.world.people import group_of
from glasshouse.world.permutation import half_bits, unpermute_in

MEAN_GAP = 1 << 50  # one event a day, in ticks times the unit of rates: 2^20 * 2^30
LONGEST_GAP = 1 << 33


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
    first_town: int, last_town: int, only_household: int, n_arms: int, clock_: Any, world_: Any, thirds: Any, role_cum: Any, conduct_cum:
    Any, need_cum: Any, category: Any, quantiles: Any, cycle_adults: Any, cycle_start: Any, watched: Any, parent_gate: Any, rules: Any,
    channels: Any, sensitivity: Any, mistaken_for: Any, false: Any, false_category: Any, batch: Any, batch_category: Any, item: Any,
    pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any, gate: Any, batch_at:
    Any, batch_next: Any, who_: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, class_days: Any, home:
    Any, home_context: Any, logs: Any, lay_: Any, t: Any, sample: Any, log: Any,
) -> None:  # fmt: skip
    """Live the towns ``first_town .. last_town - 1`` (or one household of one town) and add to the counts ``t``.

    One long function on purpose: handing forty arrays to a function costs more than most events do. What happens at every event stands
    here; what is rare is called.
    """
    clock, world, who, lay = clock_[0], world_[0], who_[0], lay_[0]
    cycle = cycle_start.shape[0] - 1
    slots = cycle_start[cycle]
    group_cum = thirds[GROUP_CUM]
    first_day, stop_day = clock.history, clock.history + clock.horizon
    last_day = stop_day + clock.followup
    conduct_end, need_end = conduct_cum.shape[1] - 1, need_cum.shape[1] - 1
    has_batches, graded = False, False
    for a in range(n_arms):
        has_batches = has_batches or rules[a].n_batches > 0
        graded = graded or rules[a].n_grades > 0
        arm[a].start_grade = grade_at(a, 0, rules, arm, book, points, grade_from) if rules[a].n_grades > 0 else 0
    for town in range(first_town, last_town):
        people = min(world.town_size, clock.people - town * world.town_size)
        households = households_in(people, cycle_start)
        k0, k1, k2, k3 = philox(clock.seed_low, clock.seed_high, town, 0, TIES)
        bits = half_bits(people)
        draw_batches(town, n_arms, clock, rules, batch, batch_at, logs)
        h, end, adults, group = -1, 0, 0, 0
        for slot in range(people):
            if slot == end:
                # The next household: adults first, then their children.
                h += 1
                end = min(h // cycle * slots + cycle_start[h % cycle + 1], people)
                adults = min(slot + cycle_adults[h % cycle], end)
                group = group_of(h, households, group_cum)
                t[lay.adults + group] += adults - slot
                t[lay.minors + group] += end - adults
                open_home(n_arms, end > adults, parent_gate, arm, home, home_context)
            if only_household >= 0 and h != only_household:
                continue
            pid = town * world.town_size + unpermute_in(slot, people, bits, k0, k1, k2, k3)
            propensity, income, owes = draw_person(pid, group, slot >= adults, clock, who, world, thirds, role_cum, quantiles)
            if has_batches or any_touched(n_arms, arm):
                clear(n_arms, rules, arm, spell, class_days, batch_next)
            for a in range(n_arms):
                reset(a, owes, group, arm, lay, t)
            minor = who.minor
            conduct_total = conduct_cum[who.role, conduct_end]
            r_conduct = conduct_total * propensity >> 12
            r_false = r_conduct + (world.false_envelope * who.frailty >> 12)
            r_need = r_false + need_cum[minor, need_end]
            r_shock, r_recovery, r_all = r_need, r_need, r_need
            if minor == 0:
                r_shock = r_need + thirds[SHOCK, income]
                r_recovery = r_shock + world.recovery
                r_all = r_recovery + world.payment_envelope
            gap = min(MEAN_GAP // r_all, LONGEST_GAP) if r_all > 0 else 0
            base = lay.acts + who.group * lay.categories
            tick, at, n = 0, 0, 0
            w_kind, w_fate = 0, 0
            stopped = False
            batch_tick, batch_arm, batch_kind = NEVER << 20, 0, 0
            if has_batches:
                batch_tick, batch_arm, batch_kind = next_batch(n_arms, rules, batch_at, batch_next)
            while True:
                if tick == at:
                    # The event has been dealt with (or none was drawn yet): draw the next.
                    n += 1
                    w_gap, w_kind, w_fate, _ = philox(clock.seed_low, clock.seed_high, who.pid, n, LIFE)
                    at = at + (neg_log(w_gap, logs) * gap >> 24) + 1 if r_all > 0 else last_day << 20
                # What comes first: a batch error that struck the town, the end of counted time (or of the follow-up), or the event.
                boundary = (last_day if stopped else stop_day) << 20
                tick = min(at, boundary, batch_tick)
                day = tick >> 20 if tick < boundary else (boundary >> 20) - 1
                if any_due(n_arms, day, arm):
                    settle_all(
                        n_arms, day, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, pick_start,
                        pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
                    )  # fmt: skip
                if tick == boundary:
                    if not stopped:
                        t[lay.events] += n - 1
                        if any_touched(n_arms, arm) or any_debt(n_arms, arm):
                            stop_counting(n_arms, clock, who, rules, arm, book, points, class_days, grade_from, lay, t)
                        elif graded and minor == 0:
                            count_start_grade(n_arms, group, rules, arm, lay, t)
                    if stopped or not any_tracked(n_arms, arm):
                        break
                    stopped = True
                    tick = -1
                    continue
                if stopped and not any_tracked(n_arms, arm):
                    break
                struck = batch_arm if batch_tick < at else -1
                x = w_kind * r_all >> 32
                if struck >= 0 or x < r_false:
                    # A record may come of it: of an act of the person's own, of a candidate false record, or of a batch error.
                    c = -1
                    if struck < 0 and x < r_conduct:
                        y = min((x << 12) // propensity, conduct_total - 1)
                        c = first_above(y, conduct_cum, who.role)
                        if category[c].needs_debt == 0 and day >= first_day and not stopped:
                            t[base + c] += 1
                        if category[c].creates_debt != 0:
                            owe(day, n_arms, clock, who, arm, lay, t, log)
                        if watched[c] == 0:
                            continue
                    for a in range(n_arms):
                        observed = False
                        if c >= 0:
                            if category[c].needs_debt != 0:
                                if arm[a].debts == 0:
                                    continue
                                if day >= first_day and not stopped:
                                    t[lay.acts_arm + (a * GROUPS + who.group) * lay.categories + c] += 1
                            observed = see_act(
                                a, day, n, c, clock, who, rules, channels, sensitivity, mistaken_for, pending[a, HAND], log
                            )  # fmt: skip
                        elif struck < 0:
                            observed = false_record(a, n, clock, who, rules, false, false_category, pending[a, HAND])
                        elif a == struck:
                            batch_next[a, batch_kind] += 1
                            number = batch_next[a, batch_kind]
                            observed = batch_record(a, batch_kind, number, clock, who, rules, batch, batch_category, pending[a, HAND])
                        if observed:
                            receive(
                                a, day, clock, who, rules, channels, arm, book, points, pending, spell, hazard_day, class_days, item,
                                pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t,
                                log,
                            )  # fmt: skip
                    if struck >= 0:
                        batch_tick, batch_arm, batch_kind = next_batch(n_arms, rules, batch_at, batch_next)
                elif x < r_need:
                    need = first_above(x - r_false, need_cum, minor)
                    if day >= first_day and not stopped:
                        count_attempt(t, lay, who.group, need)
                        for a in range(n_arms):
                            if arm[a].levels != 0 or (minor != 0 and arm[a].parents == MARKED):
                                attempt(a, day, n, need, clock, who, rules, arm, spell, gate, home, home_context, lay, t, log)
                elif x < r_shock:
                    who.able = 0
                    note(log, who.pid, 0, day, LOG_SHOCK, 0, 0, 0, 0)
                elif x < r_recovery:
                    who.able = 1
                    note(log, who.pid, 0, day, LOG_SHOCK, 1, 0, 0, 0)
                elif any_debt(n_arms, arm):
                    for a in range(n_arms):
                        if pay_debts(a, day, w_fate, clock, who, rules, arm, lay, t, log) and arm[a].touched != 0:
                            settle_payment(
                                a, day, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, grade_from,
                                lists, hazard, home, home_context, logs, lay, t, log,
                            )  # fmt: skip
            if any_touched(n_arms, arm):
                finish(n_arms, last_day, clock, who, rules, arm, spell, home, home_context, lay, t, log)
            if arm[0].touched != 0:
                keep_sample(pid, class_days, sample)
