"""The life of one person, event by event, in every arm at once: the engine's inner loop (design 001, section 4)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import neg_log, philox
from glasshouse.engine.encounters import act, attempt, batch_hits, false_record
from glasshouse.engine.ledger import settle
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.person import finish, first_above, owe, payment, stop_counting
from glasshouse.engine.spells import MARKED, note
from glasshouse.engine.state import LOG_SHOCK
from glasshouse.engine.tally import count_attempt
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import LIFE

MEAN_GAP = 1 << 50  # one event a day in ticks times the rate unit: 2^20 * 2^30
LONGEST_GAP = 1 << 33


@rule
def any_tracked(n_arms: int, arm: Any) -> bool:
    """Whether some arm still follows a spell that began in counted time."""
    for a in range(n_arms):
        if arm[a].tracked > 0:
            return True
    return False


@rule
def settle_all(
    n_arms: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    class_days: Any, item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any,
    home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Bring every arm to the start of a day."""
    for a in range(n_arms):
        if arm[a].due <= day:
            settle(
                a, day, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, pick_start, pick_count,
                pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
            )  # fmt: skip


@rule
def next_batch(n_arms: int, rules: Any, batch_at: Any, batch_next: Any) -> tuple[int, int, int]:
    """The earliest batch error of the town that this person has not met: tick, arm, kind."""
    best, best_arm, best_kind = NEVER << 20, -1, -1
    for a in range(n_arms):
        for kind in range(rules[a].n_batches):
            at = batch_at[a, kind, batch_next[a, kind]]
            if at < best:
                best, best_arm, best_kind = at, a, kind
    return best, best_arm, best_kind


@rule
def live(
    n_arms: int, conduct_propensity: int, income: int, clock: Any, who: Any, world: Any, category: Any, shock: Any, conduct_cum: Any,
    need_cum: Any, watched: Any, rules: Any, channels: Any, sensitivity: Any, mistaken_for: Any, false: Any, false_category: Any, batch: Any,
    batch_category: Any, batch_at: Any, batch_next: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    class_days: Any, item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any,
    lists: Any, hazard: Any, gate: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Live one life to the end of counted time, and on until every spell that began in it has ended or the follow-up is over."""
    minor = who.minor
    conduct_total = conduct_cum[who.role, conduct_cum.shape[1] - 1]
    r_conduct = conduct_total * conduct_propensity >> 12
    r_false = r_conduct + (world.false_envelope * who.frailty >> 12)
    r_need = r_false + need_cum[minor, need_cum.shape[1] - 1]
    r_shock, r_recovery, r_all = r_need, r_need, r_need
    if minor == 0:
        r_shock = r_need + shock[income]
        r_recovery = r_shock + world.recovery
        r_all = r_recovery + world.payment_envelope
    gap = min(MEAN_GAP // r_all, LONGEST_GAP) if r_all > 0 else 0
    first_day, stop_day = clock.history, clock.history + clock.horizon
    last_day = stop_day + clock.followup
    base = lay.acts + who.group * lay.categories
    at, n = 0, 0
    stopped = False
    batch_tick, batch_arm, batch_kind = next_batch(n_arms, rules, batch_at, batch_next)
    while True:
        n += 1
        w_gap, w_kind, w_fate, _ = philox(clock.seed_low, clock.seed_high, who.pid, n, LIFE)
        at = at + (neg_log(w_gap, logs) * gap >> 24) + 1 if r_all > 0 else last_day << 20
        # What comes before this event: batch errors that struck the town, and the end of counted time.
        while True:
            boundary = last_day << 20 if stopped else stop_day << 20
            if batch_tick < at and batch_tick < boundary:
                day = batch_tick >> 20
                settle_all(
                    n_arms, day, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, pick_start, pick_count,
                    pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
                )  # fmt: skip
                batch_next[batch_arm, batch_kind] += 1
                batch_hits(
                    batch_arm, day, batch_kind, batch_next[batch_arm, batch_kind], clock, who, rules, channels, batch, batch_category, arm, book,
                    points, pending, spell, hazard_day, class_days, item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists,
                    hazard, home, home_context, logs, lay, t, log,
                )  # fmt: skip
                batch_tick, batch_arm, batch_kind = next_batch(n_arms, rules, batch_at, batch_next)
            elif at >= boundary:
                settle_all(
                    n_arms, (boundary >> 20) - 1, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, pick_start,
                    pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
                )  # fmt: skip
                if not stopped:
                    stop_counting(n_arms, n - 1, clock, who, rules, arm, book, points, class_days, grade_from, lay, t)
                if stopped or not any_tracked(n_arms, arm):
                    finish(n_arms, last_day, clock, who, rules, arm, spell, home, home_context, lay, t, log)
                    return
                stopped = True
            else:
                break
        day = at >> 20
        settle_all(
            n_arms, day, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, pick_start, pick_count,
            pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
        )  # fmt: skip
        if stopped and not any_tracked(n_arms, arm):
            finish(n_arms, last_day, clock, who, rules, arm, spell, home, home_context, lay, t, log)
            return
        x = w_kind * r_all >> 32
        if x < r_conduct:
            y = min((x << 12) // conduct_propensity, conduct_total - 1)
            c = first_above(y, conduct_cum, who.role)
            if category[c].needs_debt == 0 and day >= first_day and not stopped:
                t[base + c] += 1
            if category[c].creates_debt != 0:
                owe(day, n_arms, clock, who, arm, lay, t, log)
            if watched[c] != 0:
                for a in range(n_arms):
                    if category[c].needs_debt != 0:
                        if arm[a].debts == 0:
                            continue
                        if day >= first_day and not stopped:
                            t[lay.acts_arm + (a * GROUPS + who.group) * lay.categories + c] += 1
                    act(
                        a, day, n, c, clock, who, rules, channels, sensitivity, mistaken_for, arm, book, points, pending, spell, hazard_day,
                        class_days, item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs,
                        lay, t, log,
                    )  # fmt: skip
        elif x < r_false:
            for a in range(n_arms):
                false_record(
                    a, day, n, clock, who, rules, channels, false, false_category, arm, book, points, pending, spell, hazard_day, class_days,
                    item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
                )  # fmt: skip
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
        else:
            payment(
                day, w_fate, n_arms, clock, who, rules, arm, book, points, pending, spell, hazard_day, class_days, item, grade_from, lists,
                hazard, home, home_context, logs, lay, t, log,
            )  # fmt: skip
