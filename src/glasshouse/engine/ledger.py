"""One arm's ledger through time: records take effect, days are counted, what is due is done (design 001, sections 6 to 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import mend, review_grades, strikes, write_record
from glasshouse.engine.cases import NOT_HELD, base_case, drop_pending, new_pending, remember_notice
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.moves import hold, post_contacts, post_relatives
from glasshouse.engine.spells import class_new_entries, close_spell, day_class, enter_list, note
from glasshouse.engine.state import CASE, HAND, LOG_CLASS, LOG_MENDED, LOG_RECORD, OBSERVED, RESIDENT
from glasshouse.engine.tally import claim_money, count_days, count_fine, count_split
from glasshouse.mechanism.classes import (
    CLEAN,
    LEVELS,
    NONE,
    OWN,
    SPARED,
    TIE_LEVELS,
    WRONGLY_CODED,
    class_of_record,
    error_class,
    is_wrong,
    last_level,
)  # fmt: skip
from glasshouse.mechanism.lists import NEVER, PERFORMED, pay, repeat_on, term_of
from glasshouse.mechanism.observation import ground_met, is_false, official_refuses
from glasshouse.mechanism.remedy import correction_day, pledge_day
from glasshouse.scheme.tables import ADULT, BEFORE, REPAIR_PAYMENT
from glasshouse.world.draws import DELAY


@rule
def accrue(a: int, day: int, clock: Any, who: Any, arm: Any, class_days: Any, lay: Any, t: Any) -> None:
    """Count the days since the last change, up to but not including today, in the class they had."""
    s = arm[a]
    cls = s.cls
    start = s.accrued if s.accrued > clock.history else clock.history
    stop = day if day < clock.history + clock.horizon else clock.history + clock.horizon
    if day > s.accrued and cls != NONE and cls != SPARED:
        s.once = 1
    s.accrued = day
    if cls == NONE or start >= stop:
        return
    count_days(t, lay, a, who.group, cls, start - clock.history, stop - clock.history)
    if cls != SPARED:
        s.ever |= 1 << cls
        class_days[a, cls] += stop - start
        if who.minor != 0:
            t[lay.minor_sanctioned + a * GROUPS + who.group] += stop - start
        if s.bound != 0:
            t[lay.bound_days + a * GROUPS + who.group] += stop - start


@rule
def split_days(a: int, day: int, clock: Any, who: Any, arm: Any, lay: Any, t: Any) -> None:
    """Count the days since the last change in any arm that this one is compared with."""
    s = arm[a]
    start = s.since if s.since > clock.history else clock.history
    stop = day if day < clock.history + clock.horizon else clock.history + clock.horizon
    s.since, s.touched, s.dirty = day, 1, 1
    if start < stop:
        count_split(t, lay, a, who.group, stop - start, arm)


@rule
def compare_arms(
    a: int, day: int, was_s0: int, was_sc: int, clock: Any, who: Any, rules: Any, arm: Any, spell: Any, class_days: Any, lists: Any, gate:
    Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """An arm is sanctioned or no longer: what is compared with it is counted up to now, and its class may be another from here on."""
    s = arm[a]
    now_s0, now_sc = s.s0, s.sc
    s.s0, s.sc = was_s0, was_sc
    for b in range(arm.shape[0]):
        if (b == a and (s.pair_e >= 0 or s.pair_a >= 0)) or arm[b].pair_e == a or arm[b].pair_a == a:
            split_days(b, day, clock, who, arm, lay, t)
    s.s0, s.sc = now_s0, now_sc
    for b in range(arm.shape[0]):
        if arm[b].pair_e == a and arm[b].touched != 0:
            accrue(b, day, clock, who, arm, class_days, lay, t)
            set_class(b, day, rules, who, arm, spell, lists, gate, log)


@rule
def set_class(a: int, day: int, rules: Any, who: Any, arm: Any, spell: Any, lists: Any, gate: Any, log: Any) -> None:
    """The class of the days from today on."""
    s = arm[a]
    cls = day_class(a, day, rules, arm, spell, lists, gate)
    if cls != s.cls:
        note(log, who.pid, a, day, LOG_CLASS, cls, 0, 0, 0)
    s.cls, s.dirty = cls, 1


@rule
def plan(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, pending: Any, spell: Any, hazard_day: Any, class_days: Any,
    lists: Any, gate: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """After a change: today's class, whether anything is open, and the next day on which something falls due."""
    s = arm[a]
    due = NEVER
    s.touched, s.dirty = 1, 1
    s.levels, s.listed, s.gated = 0, 0, 0
    for i in range(s.n_book):
        due = min(due, book[a, i].gone, book[a, i].corrected, book[a, i].pledge, book[a, i].drift)
    i = 0
    while i < s.n_pending:
        p = pending[a, i]
        if p.rank == CASE and p.file == NEVER and (spell[a, p.list, 0].active == 0 or spell[a, p.list, 0].entry > p.start):
            drop_pending(a, i, arm, pending)  # nobody will hear of it at a gate any more
            continue
        due = min(due, p.day)
        i += 1
    for entry_list in range(rules[a].n_lists):
        entry = lists[a, entry_list]
        for k in range(LEVELS):
            p = spell[a, entry_list, k]
            if p.active == 0:
                continue
            s.levels |= 1 << k
            due = min(due, p.end, p.corrected, p.performed, p.amnesty)
            for j in range(entry.n_hazards):
                due = min(due, hazard_day[a, entry_list, k, j])
            if k == 0:
                if entry.performable != 0:
                    s.listed = 1
                if entry.yardstick >= 0 and p.entry + entry.yardstick > day:
                    due = min(due, p.entry + entry.yardstick)
        s.gated |= spell[a, entry_list, 0].bound
        if spell[a, entry_list, 0].active == 0 and spell[a, entry_list, 0].released >= 0:
            due = min(due, purge_day(a, entry_list, day, rules, spell, gate))
            s.gated |= 1
    s.gated |= s.levels
    s.due = min(due, s.leaves)
    was_s0, was_sc = s.s0, s.sc
    set_class(a, day, rules, who, arm, spell, lists, gate, log)
    if s.s0 != was_s0 or s.sc != was_sc:
        compare_arms(a, day, was_s0, was_sc, clock, who, rules, arm, spell, class_days, lists, gate, lay, t, log)


@rule
def purge_day(a: int, entry_list: int, day: int, rules: Any, spell: Any, gate: Any) -> int:
    """The next day on which a holder's copy of an ended spell is gone; the spell is forgotten once the last is."""
    s = spell[a, entry_list, 0]
    due = NEVER
    for g in range(rules[a].n_gates):
        if gate[a, g].list == entry_list and s.released + gate[a, g].purge > day:
            due = min(due, s.released + gate[a, g].purge)
    if due == NEVER:
        s.released = -1
    return due


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
    tie: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, pending: Any, spell: Any, hazard_day: Any, item: Any, lists: Any,
    hazard: Any, more: Any, post: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Enter or repeat the list that a rule names, at the levels that hold the record."""
    rule_text = item[a, item_at]
    entry_list = rule_text.list
    entry = lists[a, entry_list]
    told = tie == 0 and (entry.reviewed != 0 or entry.noticed != 0)
    on_it = False
    for k in range(lo, hi + 1):
        if rule_text.strikes > 1 and strikes(a, day, k, entry_list, rule_text.window, arm, book, item) < rule_text.strikes:
            continue
        s = spell[a, entry_list, k]
        term = term_of(entry, rule_text.term)
        opened = s.active == 0
        if opened:
            enter_list(
                a, entry_list, k, day, term, correction, rule_text.performable != 0, rule_text.context, event,
                clock, who, spell, hazard_day, lists, hazard, logs, lay, t, log,
            )  # fmt: skip
            s.item, s.origin, s.channel, s.category, s.kind = item_at, origin, channel, category, kind
            if k == 0 and tie == 0 and entry.contact_list >= 0:
                post_contacts(a, day, entry_list, lo, hi, origin, event, channel, category, kind, rule_text.context, who, arm, lists, post)
        else:
            repeat_on(s, entry, day, term, correction)
        if k == 0:
            on_it = True
            if opened and tie == 0:
                remember_notice(a, entry_list, arm[a].noticed, spell)
        if told and on_it:
            base_case(
                a, entry_list, k, day, item_at, lo, hi, origin, event, 1 if opened else 0, arm[a].noticed, 0, clock, who, rules, arm,
                pending, spell, lists, more, logs, lay, t, log,
            )  # fmt: skip


@rule
def enter(
    a: int, day: int, item_at: int, lo: int, hi: int, origin: int, event: int, channel: int, category: int, kind: int, tie_correction: int,
    clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, item: Any, lists: Any,
    hazard: Any, more: Any, post: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """A record takes effect under one rule, at the levels ``lo..hi``. Of a tie record the day of correction is known already."""
    rule_text = item[a, item_at]
    tie = 1 if tie_correction > 0 else 0
    wrong = is_wrong(origin, hi)
    correction, pledge = tie_correction, NEVER
    if tie == 0:
        _, w_pledge, w_filed, w_corrected = philox(clock.seed_low, clock.seed_high, who.pid, event, DELAY + channel)
        correction = correction_day(rules[a], day, wrong, w_filed, exp_days(w_corrected, rules[a].corr_mean, logs))
        pledge = pledge_day(rule_text, day, exp_days(w_pledge, rule_text.repair_mean, logs))
    gone = day + rule_text.validity if rule_text.validity > 0 else NEVER
    if correction >= gone:
        correction = NEVER
    effective = 0
    if rule_text.kept != 0:
        if not write_record(
            a, day, item_at, lo, hi, origin, event, channel, category, kind, correction, pledge, tie, arm[a].noticed,
            rules[a].drift_every, arm, book, points, item,
        ):  # fmt: skip
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
    if rule_text.claim + rule_text.owed != 0 and day >= clock.history and day < clock.history + clock.horizon:
        claim_money(a, lo, hi, origin, rule_text, who, lay, t)
    if rule_text.list >= 0:
        join_lists(
            a, day, item_at, lo, hi, origin, event, channel, category, kind, correction, tie, clock, who, rules, arm, book, pending, spell,
            hazard_day, item, lists, hazard, more, post, logs, lay, t, log,
        )  # fmt: skip
    if tie == 0 and lo == 0 and rule_text.relatives >= 0:
        post_relatives(a, day, rule_text.relatives, lo, hi, origin, event, channel, category, kind, wrong, who, arm, post)


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
def ground(a: int, item_at: int, false: bool, who: Any, arm: Any, item: Any) -> bool:
    """Whether the conditions of a rule hold for a person now; of a false record only age is asked."""
    cond = item[a, item_at].cond
    if false:
        return not (cond & ADULT and who.minor != 0)
    return ground_met(cond, arm[a].able != 0, who.minor == 0, arm[a].debts > 0)


@rule
def held_back(
    a: int, day: int, seen: Any, first: int, shown_origin: int, false: bool, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, item:
    Any, lists: Any, more: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> bool:  # fmt: skip
    """Whether notice must be given first, because the rule names a list with notice before."""
    if rules[a].notice != BEFORE or seen.noticed != NOT_HELD or first < 0:
        return False
    entry_list = item[a, first].list
    if entry_list < 0 or lists[a, entry_list].noticed == 0:
        return False
    met = ground(a, first, false, who, arm, item)
    cls = error_class(shown_origin, last_level(shown_origin, met, item[a, first].valence))
    return hold(a, day, seen, entry_list, lists[a, entry_list].reviewed != 0, cls, clock, who, rules, arm, pending, more, logs, lay, t, log)


@rule
def take_effect(
    a: int, day: int, seen: Any, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day:
    Any, item: Any, pick_start: Any, pick_count: Any, pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any, more: Any,
    post: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """An observation takes effect today: which rule it falls under, whether its ground is met, and which levels hold it."""
    event, origin, kind, channel, category, mistaken = seen.event, seen.origin, seen.kind, seen.channel, seen.category, seen.mistaken
    lowest, item_word, condition_word = seen.lowest, seen.item_word, seen.condition_word
    false = is_false(origin, kind)
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
        shown = mistaken if as_written and origin == WRONGLY_CODED and not false else category
        first = pick_item(a, shown, role, item_word, pick_start, pick_count, pick_item_at, pick_cum)
        if (as_written or origin == OWN) and held_back(
            a, day, seen, first, shown_origin, false, clock, who, rules, arm, pending, item, lists, more, logs, lay, t, log
        ):
            return
        arm[a].noticed = seen.noticed
        item_at, done = first, 0
        while item_at >= 0:
            rule_text = item[a, item_at]
            met = ground(a, item_at, false, who, arm, item)
            if not official_refuses(met, rule_text.checked, condition_word):
                lo = max(3 if origin == WRONGLY_CODED and not as_written else 0, lowest)
                hi = last_level(shown_origin, met, rule_text.valence)
                if rule_text.firm != 0:
                    hi = min(hi, TIE_LEVELS - 1)  # what their firm did, not they
                if lo <= hi:
                    entered = True
                    enter(
                        a, day, item_at, lo, hi, shown_origin, event, channel, shown, kind, 0, clock, who, rules, arm, book, points,
                        pending, spell, hazard_day, item, lists, hazard, more, post, logs, lay, t, log,
                    )  # fmt: skip
            done += 1
            item_at = next_also(a, first, done, item)
    arm[a].noticed = NOT_HELD
    if not entered:
        return
    review_grades(
        a, day, 0, 0, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, grade_from, lists, hazard, more, home,
        home_context, logs, lay, t, log,
    )  # fmt: skip
    class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)


@rule
def receive(a: int, day: int, clock: Any, who: Any, channels: Any, arm: Any, pending: Any, logs: Any, lay: Any, t: Any) -> None:
    """The observation in hand reaches the arm: before anything else happens, or after the channel's delay."""
    seen = pending[a, HAND]
    ch = channels[a, seen.channel]
    w_delay, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, seen.event, DELAY + seen.channel)
    n = new_pending(a, arm, pending, lay, t)
    if n < 0:
        return
    seen.day, seen.rank, seen.sort = day + ch.delay_min + exp_days(w_delay, ch.delay_mean, logs), OBSERVED, seen.event
    pending[a, n] = seen
    arm[a].due = min(arm[a].due, seen.day)
    if seen.day == day:
        arm[a].begun = day  # whatever fell due this morning has been done


@rule
def settle_payment(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any,
    class_days: Any, item: Any, grade_from: Any, lists: Any, hazard: Any, gate: Any, more: Any, home: Any, home_context: Any, logs: Any,
    lay: Any, t: Any, log: Any,
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
        r = book[a, i]
        if r.origin == OWN and r.tie == 0 and r.mended == 0 and item[a, r.item].repair == REPAIR_PAYMENT:
            repaired |= mend(a, i, day, book, points, item)
            note(log, who.pid, a, day, LOG_MENDED, r.item, 1, 0, 0)
    if repaired != 0:
        review_grades(
            a, day, 0, repaired, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, grade_from, lists, hazard, more,
            home, home_context, logs, lay, t, log,
        )  # fmt: skip
        class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)
    plan(a, day, clock, who, rules, arm, book, pending, spell, hazard_day, class_days, lists, gate, lay, t, log)
    if closed:
        arm[a].look = 1
        arm[a].due = min(arm[a].due, day + 1)  # a list by grade may be entered again next morning
