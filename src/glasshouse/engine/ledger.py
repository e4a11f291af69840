"""One arm's ledger through time: records take effect, days are counted, what is due is done (design 001, sections 6 to 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import mend, review_grades, strikes, turn_pages, write_record
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.spells import class_new_entries, close_spell, day_class, end_spells, enter_list, note
from glasshouse.engine.state import HAND, LOG_CLASS, LOG_MENDED, LOG_RECORD, PENDING_SIZE
from glasshouse.engine.tally import count_days, count_fine
from glasshouse.mechanism.classes import (
    ANOTHERS_ACT,
    CLEAN,
    LEVELS,
    NO_ACT,
    NONE,
    OWN,
    SPARED,
    WRONGLY_CODED,
    class_of_record,
    last_level,
)  # fmt: skip
from glasshouse.mechanism.lists import NEVER, PERFORMED, pay, repeat_on, term_of
from glasshouse.mechanism.observation import ground_met, official_refuses
from glasshouse.mechanism.remedy import correction_day, pledge_day
from glasshouse.scheme.tables import ADULT, REPAIR_PAYMENT
from glasshouse.world.draws import DELAY

RESIDENT = 0


@rule
def accrue(a: int, day: int, clock: Any, who: Any, arm: Any, class_days: Any, lay: Any, t: Any) -> None:
    """Count the days since the last change, up to but not including today, in the class they had."""
    s = arm[a]
    cls = s.cls
    start = s.accrued if s.accrued > clock.history else clock.history
    stop = day if day < clock.history + clock.horizon else clock.history + clock.horizon
    s.accrued = day
    if cls == NONE or start >= stop:
        return
    count_days(t, lay, a, who.group, cls, start - clock.history, stop - clock.history)
    if cls != SPARED:
        s.ever |= 1 << cls
        class_days[a, cls] += stop - start


@rule
def plan(
    a: int, day: int, rules: Any, who: Any, arm: Any, book: Any, pending: Any, spell: Any, hazard_day: Any, lists: Any, log: Any
) -> None:
    """After a change: today's class, whether anything is open, and the next day on which something falls due."""
    s = arm[a]
    due = NEVER
    s.touched = 1
    s.levels, s.listed = 0, 0
    for i in range(s.n_book):
        due = min(due, book[a, i].gone, book[a, i].corrected, book[a, i].pledge)
    for i in range(s.n_pending):
        due = min(due, pending[a, i].day)
    for entry_list in range(rules[a].n_lists):
        entry = lists[a, entry_list]
        for k in range(LEVELS):
            p = spell[a, entry_list, k]
            if p.active == 0:
                continue
            s.levels |= 1 << k
            due = min(due, p.end, p.corrected, p.performed)
            for j in range(entry.n_hazards):
                due = min(due, hazard_day[a, entry_list, k, j])
            if k == 0:
                if entry.performable != 0:
                    s.listed = 1
                if entry.yardstick >= 0 and p.entry + entry.yardstick > day:
                    due = min(due, p.entry + entry.yardstick)
    s.due = due
    cls = day_class(a, day, rules[a].n_lists, spell, lists)
    if cls != s.cls:
        note(log, who.pid, a, day, LOG_CLASS, cls, 0, 0, 0)
    s.cls = cls


@rule
def pick_item(a: int, category: int, role: int, word: int, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any) -> int:
    """The rule that an act of this category falls under, for a person in this role; -1 if none."""
    start = pick_start[a, category, role]
    for i in range(start, start + pick_count[a, category, role]):
        if pick_cum[a, i] > word:
            return int(pick_item_at[a, i])
    return -1


@rule
def join_lists(
    a: int, day: int, item_at: int, lo: int, hi: int, origin: int, event: int, channel: int, category: int, kind: int, correction: int,
    clock: Any, who: Any, rules: Any, arm: Any, book: Any, spell: Any, hazard_day: Any, item: Any, lists: Any, hazard: Any, logs: Any,
    lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Enter or repeat the list that a rule names, at the levels that hold the record."""
    rule_text = item[a, item_at]
    entry_list = rule_text.list
    for k in range(lo, hi + 1):
        if rule_text.strikes > 1 and strikes(a, day, k, entry_list, rule_text.window, arm, book, item) < rule_text.strikes:
            continue
        entry = lists[a, entry_list]
        s = spell[a, entry_list, k]
        term = term_of(entry, rule_text.term)
        if s.active != 0:
            repeat_on(s, entry, day, term, correction)
            continue
        enter_list(
            a, entry_list, k, day, term, correction, rule_text.performable != 0, rule_text.context, event,
            clock, who, spell, hazard_day, lists, hazard, logs, lay, t, log,
        )  # fmt: skip
        s.item, s.origin, s.channel, s.category, s.kind = item_at, origin, channel, category, kind


@rule
def enter(
    a: int, day: int, item_at: int, lo: int, hi: int, origin: int, event: int, channel: int, category: int, kind: int,
    clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, spell: Any, hazard_day: Any, item: Any, grade_from: Any,
    lists: Any, hazard: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """A record takes effect under one rule, at the levels ``lo..hi`` of the ledger."""
    rule_text = item[a, item_at]
    _, w_pledge, w_filed, w_corrected = philox(clock.seed_low, clock.seed_high, who.pid, event, DELAY + channel)
    wrong = origin != OWN or hi < CLEAN
    correction = correction_day(rules[a], day, wrong, w_filed, exp_days(w_corrected, rules[a].corr_mean, logs))
    gone = day + rule_text.validity if rule_text.validity > 0 else NEVER
    if correction >= gone:
        correction = NEVER
    effective = 0
    if rule_text.kept != 0:
        pledge = pledge_day(rule_text, day, exp_days(w_pledge, rule_text.repair_mean, logs))
        if not write_record(a, day, item_at, lo, hi, origin, event, channel, category, kind, correction, pledge, arm, book, points, item):
            t[lay.overflow] += 1
            return
        effective = points[a, arm[a].n_book - 1, 0]
    if lo == 0:
        note(log, who.pid, a, day, LOG_RECORD, item_at, origin, hi, effective)
    if rule_text.fine != 0 and day >= clock.history and day < clock.history + clock.horizon:
        if lo == 0:
            count_fine(t, lay, a, who.group, class_of_record(hi))
        if hi >= CLEAN:
            t[lay.clean_fines + a * GROUPS + who.group] += 1
    if rule_text.list >= 0:
        join_lists(
            a, day, item_at, lo, hi, origin, event, channel, category, kind, correction, clock, who, rules, arm, book, spell, hazard_day,
            item, lists, hazard, logs, lay, t, log,
        )  # fmt: skip


@rule
def next_also(a: int, first: int, done: int, item: Any) -> int:
    """The rule that an act falls under after ``done`` rules from the first on; -1 if there is none or it has had its turn."""
    at = first
    for _ in range(done):
        at = item[a, at].also
    earlier = first
    for _ in range(done):
        if earlier == at:
            return -1
        earlier = item[a, earlier].also
    return at


@rule
def take_effect(
    a: int, day: int, seen: Any, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, spell: Any, hazard_day: Any, item:
    Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any, home: Any,
    home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """An observation takes effect today: which rule it falls under, whether its ground is met, and which levels hold it."""
    event, origin, kind, channel, category, mistaken = seen.event, seen.origin, seen.kind, seen.channel, seen.category, seen.mistaken
    false = origin == ANOTHERS_ACT or origin == NO_ACT
    role = RESIDENT if false and who.minor != 0 else who.role
    entered = False
    for coding in range(2):
        # A misrecorded act is entered as it was written down (levels 0 to 2) and as it truly was (from level 3).
        if coding == 0 and origin == OWN:
            continue
        if coding == 1 and false:
            continue
        as_written = coding == 0
        shown_origin = origin if as_written else OWN
        shown = mistaken if as_written and origin == WRONGLY_CODED else category
        first = pick_item(a, shown, role, seen.item_word, pick_start, pick_count, pick_item_at, pick_cum)
        item_at, done = first, 0
        while item_at >= 0:
            rule_text = item[a, item_at]
            if false:
                met = not (rule_text.cond & ADULT and who.minor != 0)
            else:
                met = ground_met(rule_text.cond, who.able != 0, who.minor == 0, arm[a].debts > 0)
            if not official_refuses(met, rule_text.checked, seen.condition_word):
                lo = 3 if origin == WRONGLY_CODED and not as_written else 0
                hi = last_level(shown_origin, met, rule_text.valence)
                entered = True
                enter(
                    a, day, item_at, lo, hi, shown_origin, event, channel, shown, kind, clock, who, rules, arm, book, points,
                    spell, hazard_day, item, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
                )  # fmt: skip
            done += 1
            item_at = next_also(a, first, done, item)
    if not entered:
        return
    review_grades(
        a, day, 0, 0, clock, who, rules, arm, book, points, spell, hazard_day, item, grade_from, lists, hazard, home, home_context, logs,
        lay, t, log,
    )  # fmt: skip
    class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)


@rule
def start_of_day(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any, home: Any,
    home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Do what is due: the book turns its pages, spells end, lists by grade are reviewed, pending records take effect in order."""
    corrected, repaired = turn_pages(a, day, who, arm, book, points, item, log)
    end_spells(a, day, rules[a].n_lists, clock, who, arm, spell, hazard_day, lists, hazard, home, home_context, lay, t, log)
    review_grades(
        a, day, corrected, repaired, clock, who, rules, arm, book, points, spell, hazard_day, item, grade_from, lists, hazard, home,
        home_context, logs, lay, t, log,
    )  # fmt: skip
    class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)
    while True:
        first = -1
        for i in range(arm[a].n_pending):
            p = pending[a, i]
            if p.day <= day and (
                first < 0 or p.day < pending[a, first].day or (p.day == pending[a, first].day and p.event < pending[a, first].event)
            ):
                first = i
        if first < 0:
            return
        pending[a, HAND] = pending[a, first]
        arm[a].n_pending -= 1
        pending[a, first] = pending[a, arm[a].n_pending]
        take_effect(
            a, day, pending[a, HAND], clock, who, rules, arm, book, points, spell,
            hazard_day, item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t,
            log,
        )  # fmt: skip


@rule
def settle_all(
    n_arms: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    class_days: Any, item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any,
    hazard: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Bring every arm up to the start of ``day``: everything that fell due on the way, each on its own day."""
    for a in range(n_arms):
        while arm[a].due <= day:
            at = arm[a].due
            accrue(a, at, clock, who, arm, class_days, lay, t)
            start_of_day(
                a, at, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, pick_start, pick_count, pick_item_at,
                pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t, log,
            )  # fmt: skip
            plan(a, at, rules, who, arm, book, pending, spell, hazard_day, lists, log)


@rule
def receive(
    a: int, day: int, clock: Any, who: Any, rules: Any, channels: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any,
    hazard_day: Any, class_days: Any, item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any,
    lists: Any, hazard: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """The observation in hand reaches the arm: at once, or after the channel's delay."""
    seen = pending[a, HAND]
    ch = channels[a, seen.channel]
    w_delay, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, seen.event, DELAY + seen.channel)
    wait = ch.delay_min + exp_days(w_delay, ch.delay_mean, logs)
    if wait > 0:
        n = arm[a].n_pending
        if n >= PENDING_SIZE:
            t[lay.overflow] += 1
            return
        seen.day = day + wait
        pending[a, n] = seen
        arm[a].n_pending = n + 1
        arm[a].due = min(arm[a].due, day + wait)
        arm[a].touched = 1
        return
    accrue(a, day, clock, who, arm, class_days, lay, t)
    take_effect(
        a, day, pending[a, HAND], clock, who, rules, arm, book, points, spell,
        hazard_day, item, pick_start, pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, home, home_context, logs, lay, t,
        log,
    )  # fmt: skip
    plan(a, day, rules, who, arm, book, pending, spell, hazard_day, lists, log)


@rule
def settle_payment(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    class_days: Any, item: Any, grade_from: Any, lists: Any, hazard: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log:
    Any,
) -> None:  # fmt: skip
    """A payment works on the lists and on records that payment repairs."""
    accrue(a, day, clock, who, arm, class_days, lay, t)
    repaired = 0
    closed = False
    for entry_list in range(rules[a].n_lists):
        for k in range(LEVELS):
            s = spell[a, entry_list, k]
            if s.active != 0:
                pay(s, lists[a, entry_list], day)
                if s.performed <= day:
                    close_spell(a, entry_list, k, day, PERFORMED, who, arm, spell, home, home_context, lay, t, log)
                    closed = True
    for i in range(arm[a].n_book):
        if book[a, i].origin == OWN and book[a, i].mended == 0 and item[a, book[a, i].item].repair == REPAIR_PAYMENT:
            repaired |= mend(a, i, day, book, points, item)
            note(log, who.pid, a, day, LOG_MENDED, book[a, i].item, 1, 0, 0)
    if repaired != 0:
        review_grades(
            a, day, 0, repaired, clock, who, rules, arm, book, points, spell, hazard_day, item, grade_from, lists, hazard, home,
            home_context, logs, lay, t, log,
        )  # fmt: skip
        class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)
    plan(a, day, rules, who, arm, book, pending, spell, hazard_day, lists, log)
    if closed:
        arm[a].due = min(arm[a].due, day + 1)  # a list by grade may be entered again next morning
