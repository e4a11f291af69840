"""Towns: households one after another, adults before their children, each life in every arm at once.

Only these functions and the ones they call see arrays; what leaves a town is a vector of counts and a few sample ids.
"""

from __future__ import annotations

from typing import Any

from glasshouse.engine.agenda import settle_all
from glasshouse.engine.ahead import no_false_record, nobody_pays, unseen_by_all
from glasshouse.engine.attempts import attempt
from glasshouse.engine.bonds import level_kept
from glasshouse.engine.book import grade_at
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.encounters import batch_record, false_record, see_act
from glasshouse.engine.exchange import exchange, open_arm, open_pool
from glasshouse.engine.fetch import fetch_next, wake_up
from glasshouse.engine.keep import FULL, light_word, next_day, put_away, read_light, take_out
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.ledger import receive, settle_payment
from glasshouse.engine.letters import deliver
from glasshouse.engine.life import (
    any_debt,
    any_due,
    any_touched,
    any_tracked,
    draw_batches,
    first_above,
    is_wanted,
    keep_sample,
    log_household,
    next_batch,
    open_home,
)  # fmt: skip
from glasshouse.engine.officials import rank_adults
from glasshouse.engine.person import (
    GROUP_CUM,
    SHOCK,
    blank,
    clear,
    draw_person,
    finish,
    owe,
    pay_debts,
    start_life,
    stop_counting,
    turn_able,
)
from glasshouse.engine.places import households_in, rank_in_town, settle_town
from glasshouse.engine.queues import WAIT
from glasshouse.engine.responses import undone_in
from glasshouse.engine.spells import MARKED
from glasshouse.engine.state import ANYONE_SHOWN, HAND, MEAN_APART, NO_TIES, RESTRAINED, SEEN, TIE_ROW
from glasshouse.engine.tally import count_attempt, count_start_grade
from glasshouse.engine.weeks import bind, recall_parents, report_state, withdraw_lapsed
from glasshouse.mechanism.classes import LEVELS, TIE_LEVELS
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import LIFE, TIES
from glasshouse.world.people import group_of
from glasshouse.world.permutation import half_bits, unpermute_in

MEAN_GAP = 1 << 50  # one event a day, in ticks times the unit of rates: 2^20 * 2^30
LONGEST_GAP = 1 << 33


def live_towns(
    first_town: int, last_town: int, only: Any, n_arms: int, clock_: Any, world_: Any, thirds: Any, role_cum: Any, conduct_cum:
    Any, need_cum: Any, category: Any, quantiles: Any, cycle_adults: Any, cycle_start: Any, layer_size: Any, layer_segregation: Any,
    watched: Any, heeded: Any, parent_gate: Any, rules: Any, channels: Any, sensitivity: Any, mistaken_for: Any, false: Any, false_category:
    Any, batch: Any, batch_category: Any, item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any,
    lists: Any, hazard: Any, gate: Any, campaign: Any, fading: Any, theta: Any, spoken: Any, reward: Any, selection: Any, more: Any,
    batch_at: Any, batch_next: Any, batch_week: Any, who_: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    class_days: Any, home: Any, home_context: Any, arm_words: Any, book_words: Any, point_words: Any, pending_words: Any, spell_words: Any,
    hazard_words: Any, class_words: Any, sizes: Any, house: Any, slot_group: Any, adult: Any, slot_class: Any, layer_at: Any, block_at: Any,
    first_at: Any, layer_who: Any, adults_below: Any, pop: Any, wake: Any, light: Any, head: Any, stand: Any, moved: Any, own: Any, mean:
    Any, eff: Any, has: Any, tie_weights: Any, tie_bits: Any, slack: Any, dropped: Any, sums: Any, doubts: Any, leans: Any, lean: Any,
    totals: Any, fresh: Any, todo: Any, mark: Any, post: Any, queue: Any, line: Any, letter: Any, first_letter: Any, last_letter: Any, now:
    Any, ground: Any, pool: Any, logs: Any, lay_: Any, t: Any, sample: Any, log: Any,
) -> None:  # fmt: skip
    """Live the towns ``first_town .. last_town - 1`` (or some households of one town) and add to the counts ``t``.

    One long function on purpose: handing a hundred arrays to a function costs more than most events do. What happens at every event stands
    here; what is rare is called. Where no arm exchanges anything, a person is lived from day 0 to the end at one stretch; else the town
    lives week by week, people wait packed in between, and only those to whom something happens are taken out.
    """
    clock, world, who, lay = clock_[0], world_[0], who_[0], lay_[0]
    cycle = cycle_start.shape[0] - 1
    slots = cycle_start[cycle]
    group_cum = thirds[GROUP_CUM]
    first_day, stop_day = clock.history, clock.history + clock.horizon
    last_day = stop_day + clock.followup
    conduct_end, need_end = conduct_cum.shape[1] - 1, need_cum.shape[1] - 1
    has_batches, graded, weekly, tied, bound, told = False, False, False, False, False, False
    for a in range(n_arms):
        law = rules[a]
        has_batches = has_batches or law.n_batches > 0
        graded = graded or law.n_grades > 0
        weekly = weekly or law.exchanges != 0
        tied, bound, told = tied or law.alpha > 0, bound or law.binds != 0, told or law.publicity != 0
        blank(a, arm)
        for k in range(LEVELS):
            points[a, TIE_ROW, k] = NO_TIES
        arm[a].n_book = 0
        arm[a].start_grade = grade_at(a, 0, rules, arm, book, points, grade_from) if law.n_grades > 0 else 0
    alike = world.alike_1 + world.alike_2 + world.alike_3 + world.alike_4 > 0
    steps = stop_day // 7 + 1 if weekly else 1
    if weekly:
        open_pool(ground)
    for town in range(first_town, last_town):
        people = min(world.town_size, clock.people - town * world.town_size)
        households = households_in(people, cycle_start)
        k0, k1, k2, k3 = philox(clock.seed_low, clock.seed_high, town, 0, TIES)
        bits = half_bits(people)
        draw_batches(town, n_arms, clock, rules, batch, batch_at, logs)
        who.people = people
        if weekly or alike:
            settle_town(
                town, people, households, clock, cycle_adults, cycle_start, group_cum, layer_size, layer_segregation, house, slot_group,
                adult, slot_class, layer_at, block_at, first_at, layer_who,
            )  # fmt: skip
        if weekly:
            open_pool(ground)
            letter[0].what = 0
            for slot in range(people):
                first_letter[slot], mark[slot], wake[slot] = -1, 0, 0
            for a in range(n_arms):
                for kind in range(rules[a].n_batches):
                    batch_week[a, kind] = 0
                open_arm(
                    a, people, rules, own, mean, eff, tie_bits, has, stand, dropped, line, now, head
                )  # fmt: skip
        for step in range(steps):
            ends = 7 * (step + 1)  # of a week; the last step is what follows counted time
            everyone = step == 0 or step == steps - 2
            if weekly:
                post[0].what, moved[0].arm = 0, 0
                for a in range(n_arms):
                    for kind in range(rules[a].n_batches):
                        everyone = everyone or (step < steps - 1 and batch_at[a, kind, batch_week[a, kind]] < ends << 20)
            h, end, adults, group = -1, 0, 0, 0
            turns = wake_up(step, steps, everyone, people, wake, pop, todo) if weekly else people
            for turn in range(turns):
                slot = todo[turn] if weekly else turn
                if weekly:
                    if step > 0:
                        fetch_next(turn, turns, n_arms, todo, pop, light, head, pool)
                    else:
                        group, adults = slot_group[slot], slot + adult[slot]
                        if adult[slot] != 0:
                            t[lay.adults + group] += 1
                        else:
                            t[lay.minors + group] += 1
                        log_household(house[0, slot], only, log)
                elif slot == end:
                    # The next household: adults first, then their children.
                    h += 1
                    end = min(h // cycle * slots + cycle_start[h % cycle + 1], people)
                    adults = min(slot + cycle_adults[h % cycle], end)
                    group = group_of(h, households, group_cum)
                    t[lay.adults + group] += adults - slot
                    t[lay.minors + group] += end - adults
                    open_home(n_arms, end > adults, parent_gate, arm, home, home_context)
                if not weekly and not is_wanted(h, only):
                    continue
                if has_batches or any_touched(n_arms, arm):
                    clear(n_arms, rules, arm, spell, class_days, batch_next)
                tick, at, n, w_kind, w_fate = 0, 0, 0, 0, 0
                if step == 0:
                    pid = town * world.town_size + unpermute_in(slot, people, bits, k0, k1, k2, k3)
                    who.slot, who.follow = slot, 0
                    start = draw_person(
                        pid, group, slot >= adults, town, clock, who, world, thirds, role_cum, quantiles, layer_size, layer_at
                    )
                    who.rank = rank_in_town(slot, town, people, bits, k0, k1, k2, k3, clock) if weekly else 0
                    for a in range(n_arms):
                        for k in range(TIE_LEVELS if tied else 0):
                            points[a, TIE_ROW, k] = NO_TIES
                        start_life(a, start & 1, start >> 1 != 0, clock, who, rules, arm, lay, t)
                else:
                    who_[0] = pop[slot]
                    n, at, w_kind, w_fate = who.n, who.at, who.kind, who.fate
                    tick = -1
                    log_household(house[0, slot], only, log)
                    for a in range(n_arms):
                        if head[slot, a] < 0:
                            read_light(light[slot, a], arm[a])
                        else:
                            take_out(
                                a, slot, arm, arm_words, book_words, point_words, pending_words, spell_words, hazard_words, class_words,
                                sizes, light, head, pool,
                            )  # fmt: skip
                        for kind in range(rules[a].n_batches):
                            batch_next[a, kind] = batch_week[a, kind]
                        if tied:
                            for k in range(TIE_LEVELS):
                                points[a, TIE_ROW, k] = (
                                    mean[a, level_kept(k, tie_bits[a, slot], MEAN_APART), slot] if rules[a].alpha > 0 else NO_TIES
                                )
                        if bound and rules[a].binds != 0:
                            bind(a, slot, rules[a].n_lists, lists, spell, house, adult, stand)
                        arm[a].parents, arm[a].wait_1, arm[a].wait_2 = 0, line[a, 0, WAIT], line[a, 1, WAIT]
                        if told and adult[slot] != 0:
                            arm[a].aware = min(arm[a].aware, now[a, ANYONE_SHOWN])
                    if first_letter[slot] >= 0:
                        deliver(first_letter[slot], clock, who, rules, arm, pending, lists, letter, logs, lay, t, log)
                        first_letter[slot] = -1
                minor = who.minor
                propensity = who.propensity
                conduct_total = conduct_cum[who.role, conduct_end]
                r_conduct = conduct_total * propensity >> 12
                r_false = r_conduct + (world.false_envelope * who.frailty >> 12)
                r_need = r_false + need_cum[minor, need_end]
                r_shock, r_recovery, r_all = r_need, r_need, r_need
                if minor == 0:
                    r_shock = r_need + thirds[SHOCK, who.income]
                    r_recovery = r_shock + world.recovery
                    r_all = r_recovery + world.payment_envelope
                gap = min(MEAN_GAP // r_all, LONGEST_GAP) if r_all > 0 else 0
                base = lay.acts + who.group * lay.categories
                stopped = weekly and step == steps - 1
                batch_tick, batch_arm, batch_kind = NEVER << 20, 0, 0
                if has_batches:
                    batch_tick, batch_arm, batch_kind = next_batch(n_arms, rules, batch_at, batch_next)
                while True:
                    if tick == at:
                        # The event has been dealt with (or none was drawn yet): draw the next.
                        n += 1
                        w_gap, w_kind, w_fate, _ = philox(clock.seed_low, clock.seed_high, who.pid, n, LIFE)
                        at = at + (neg_log(w_gap, logs) * gap >> 24) + 1 if r_all > 0 else last_day << 20
                    # What comes first: a batch error that struck the town, the end of the week, of counted time or of the follow-up,
                    # or the event.
                    boundary = last_day << 20 if stopped else (ends if weekly else stop_day) << 20
                    tick = min(at, boundary, batch_tick)
                    day = tick >> 20 if tick < boundary else (boundary >> 20) - 1
                    if any_due(n_arms, day, arm):
                        settle_all(
                            n_arms, day, clock, who, category, rules, channels, sensitivity, mistaken_for, arm, book, points, pending,
                            spell, hazard_day, class_days, item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists,
                            hazard, gate, campaign, more, now, post, home, home_context, logs, lay, t, log,
                        )  # fmt: skip
                    if tick == boundary:
                        if weekly and not stopped and step < steps - 2:
                            break
                        if not stopped:
                            t[lay.events] += n - 1
                            if any_touched(n_arms, arm) or any_debt(n_arms, arm) or weekly:
                                stop_counting(n_arms, clock, who, rules, arm, book, points, class_days, grade_from, lay, t)
                            elif graded and minor == 0:
                                count_start_grade(n_arms, group, rules, arm, lay, t)
                            if arm[0].touched != 0:
                                keep_sample(who.pid, class_days, sample)
                        if stopped or weekly or not any_tracked(n_arms, arm):
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
                        undone = 0  # bits of the arms in which the act is not done
                        if struck < 0 and x < r_conduct:
                            y = min((x << 12) // propensity, conduct_total - 1)
                            c = first_above(y, conduct_cum, who.role)
                            if category[c].needs_debt == 0 and day >= first_day and not stopped:
                                t[base + c] += 1
                            if watched[c] & RESTRAINED != 0:
                                undone = undone_in(
                                    n_arms, day, c, w_fate, clock, who, category, rules, arm, fading, theta, spoken, more, now, lay, t, log
                                )
                            if category[c].creates_debt != 0:
                                for a in range(n_arms):
                                    if (undone >> a) & 1 == 0:
                                        owe(a, day, clock, who, arm, lay, t, log)
                            if watched[c] & SEEN == 0:
                                continue
                        for a in range(n_arms - 1, -1, -1):
                            observed = False
                            if c >= 0:
                                if (undone >> a) & 1 == 1:
                                    continue
                                if category[c].needs_debt != 0:
                                    if arm[a].debts == 0:
                                        continue
                                    if day >= first_day and not stopped:
                                        t[lay.acts_arm + (a * GROUPS + who.group) * lay.categories + c] += 1
                                if arm[a].enrolled <= 0:
                                    continue
                                observed = see_act(
                                    a, day, n, c, clock, who, rules, channels, sensitivity, mistaken_for, spell, campaign, more, now,
                                    pending[a, HAND], log,
                                )  # fmt: skip
                            elif struck < 0:
                                if arm[a].enrolled > 0:
                                    observed = false_record(
                                        a, n, clock, who, rules, channels, false, false_category, spell, now, pending[a, HAND]
                                    )
                            elif a == struck:
                                batch_next[a, batch_kind] += 1
                                number = batch_next[a, batch_kind]
                                observed = arm[a].enrolled > 0 and batch_record(
                                    a, batch_kind, number, clock, who, rules, batch, batch_category, pending[a, HAND]
                                )
                            if observed:
                                receive(a, day, clock, who, channels, arm, pending, logs, lay, t)
                        if struck >= 0:
                            batch_tick, batch_arm, batch_kind = next_batch(n_arms, rules, batch_at, batch_next)
                    elif x < r_need:
                        need = first_above(x - r_false, need_cum, minor)
                        counted = day >= first_day and not stopped
                        if counted:
                            count_attempt(t, lay, who.group, need)
                        for a in range(n_arms - 1, -1, -1):
                            if weekly and minor != 0 and parent_gate[a] != 0 and step > 0:
                                recall_parents(a, slot, step - 1, rules[a].n_lists, arm, house, adult, stand, home, home_context)
                            if arm[a].gated != 0 or rules[a].asks != 0 or (minor != 0 and arm[a].parents == MARKED):
                                attempt(
                                    a, day, n, w_fate, need, counted, clock, who, rules, channels, arm, book, points, pending, spell,
                                    item, grade_from, gate, reward, now, home, home_context, logs, lay, t, log,
                                )  # fmt: skip
                    elif x < r_recovery:
                        for a in range(n_arms):
                            turn_able(a, day, 0 if x < r_shock else 1, who, arm, log)
                    elif any_debt(n_arms, arm):
                        for a in range(n_arms - 1, -1, -1):
                            if pay_debts(a, day, w_fate, clock, who, rules, arm, lay, t, log) and arm[a].touched != 0:
                                settle_payment(
                                    a, day, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, grade_from,
                                    lists, hazard, gate, more, home, home_context, logs, lay, t, log,
                                )  # fmt: skip
                if weekly and not stopped:
                    while at < stop_day << 20 and log.shape[0] == 0:
                        # What the next event does is settled already, if it does nothing but count.
                        x = w_kind * r_all >> 32
                        if x < r_conduct:
                            c = first_above(min((x << 12) // propensity, conduct_total - 1), conduct_cum, who.role)
                            if category[c].creates_debt + category[c].needs_debt != 0 or watched[c] & RESTRAINED != 0:
                                break
                            if watched[c] != 0 and not unseen_by_all(
                                n_arms, at >> 20, n, c, clock, who, rules, channels, sensitivity, spell, campaign, now
                            ):
                                break
                            t[base + c] += 1 if at >> 20 >= first_day else 0
                        elif x < r_false:
                            if not no_false_record(n_arms, n, clock, who, rules, channels, false, spell, now):
                                break
                        elif x < r_need:
                            need = first_above(x - r_false, need_cum, minor)
                            if heeded[need] != 0:
                                break
                            if at >> 20 >= first_day:
                                count_attempt(t, lay, who.group, need)
                        elif x < r_recovery or not nobody_pays(n_arms, w_fate, rules):
                            break
                        n += 1
                        w_gap, w_kind, w_fate, _ = philox(clock.seed_low, clock.seed_high, who.pid, n, LIFE)
                        at = at + (neg_log(w_gap, logs) * gap >> 24) + 1
                    who.n, who.at, who.kind, who.fate = n, at, w_kind, w_fate
                    who.follow = 1 if step == steps - 2 and any_tracked(n_arms, arm) else 0
                    pop[slot] = who_[0]
                    wake[slot] = next_day(n_arms, at, arm)
                    for a in range(n_arms):
                        if arm[a].touched != 0 and arm[a].dirty != 0:
                            if rules[a].review != 0:
                                withdraw_lapsed(a, slot, step, arm, pending, spell, post)
                            report_state(a, slot, rules, arm, book, points, spell, stand, moved, own, tie_bits, has)
                            put_away(
                                a, slot, rules[a].n_lists, arm, spell, arm_words, book_words, point_words, pending_words, spell_words,
                                hazard_words, class_words, sizes, light, head, ground, pool,
                            )  # fmt: skip
                        light[slot, a] = light_word(arm[a])
                    if ground[FULL] != 0 or post[0].arm != 0 or moved[0].list != 0:
                        return  # too little room: the run makes more and starts again
                elif any_touched(n_arms, arm):
                    finish(n_arms, last_day, who, rules, arm, pending, spell, home, home_context, lay, t, log)
            if weekly and step < steps - 1:
                for i in range(1, moved[0].arm + 1):
                    stand[moved[i].arm, moved[i].list, moved[i].slot] = moved[i].value
                letter[0].what = 0
                if step == 0:
                    rank_adults(people, adult, pop, adults_below)
                for a in range(n_arms):
                    for kind in range(rules[a].n_batches):
                        while batch_at[a, kind, batch_week[a, kind]] < ends << 20:
                            batch_week[a, kind] += 1
                    if rules[a].exchanges != 0:
                        exchange(
                            a, town, step, step == steps - 2, people, clock, rules, grade_from, lists, selection, theta, more, now,
                            layer_size, house, slot_group, adult, adults_below, layer_at, block_at, first_at, layer_who, pop, light, stand,
                            moved, own, mean, eff, tie_bits, has, tie_weights, slack, dropped, sums, doubts, leans, lean, totals, fresh,
                            todo, mark, post, queue, line, letter, first_letter, last_letter, wake, logs, lay, t,
                        )  # fmt: skip
                if letter[0].arm != 0:
                    return
