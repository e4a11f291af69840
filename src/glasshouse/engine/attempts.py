"""An attempt to use a service, in one arm: refused or not, and what a refusal does (design 001, section 9; 005, sections 6 and 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import grade_at
from glasshouse.engine.cases import known_at_gate, new_pending
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.encounters import take_in_hand
from glasshouse.engine.ledger import receive
from glasshouse.engine.responses import forgoes
from glasshouse.engine.spells import induced, list_levels, note
from glasshouse.engine.state import (
    HAND,
    LOG_ATTEMPT,
    LOG_CHARGED,
    LOG_DENIAL,
    LOG_FORGONE,
    LOG_PRIVILEGE,
    LOG_TRAP,
    REWARD_OTHER,
    REWARD_Q,
    REWARD_USED,
    TRAPPED,
)  # fmt: skip
from glasshouse.engine.tally import count_by_need, count_denial, count_exposure, count_money, count_spared_denial
from glasshouse.mechanism.classes import CLEAN, NO_ACT, class_of
from glasshouse.mechanism.gates import BEYOND_RULE, NO_REFUSAL, covers, overreaches, refusal
from glasshouse.mechanism.lists import NEVER, copy_stands
from glasshouse.scheme.tables import TIED_TO_NEED
from glasshouse.world.draws import GATE, RATING, TRAP


@rule
def gate_levels(a: int, g: int, week: int, gate: Any, spell: Any, home: Any) -> int:
    """Bits of the levels at which a gate's list stands against this person, or against an adult of a child's household last week."""
    if gate[a, g].parent == 0:
        return list_levels(a, gate[a, g].list, spell)
    if week < 0 or week >= home.shape[2]:
        return 0
    return int(home[a, gate[a, g].list, week])


@rule
def gate_context(a: int, g: int, week: int, gate: Any, spell: Any, home_context: Any) -> int:
    """Context of what a gate's refusal rests on: the record of the person's own spell, else of the household's, or of the parents'."""
    q = gate[a, g]
    if q.parent != 0:
        return int(home_context[a, q.list, week]) if week >= 0 and week < home_context.shape[2] else -1
    s = spell[a, q.list, 0]
    return int(s.context if s.active != 0 else s.bound_context)


@rule
def attempt(
    a: int, day: int, event: int, word: int, need: int, counted: bool, clock: Any, who: Any, rules: Any, channels: Any, arm: Any, book: Any,
    points: Any, pending: Any, spell: Any, item: Any, grade_from: Any, gate: Any, reward: Any, now: Any, home: Any, home_context: Any, logs:
    Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """An attempt in one arm: made or not; exposure, refusal and its class, or a refusal that a false record spared; privilege."""
    law = rules[a]
    w_rule, w_over, w_displaced, w_joins = philox(clock.seed_low, clock.seed_high, who.pid, event, GATE)
    if arm[a].gated != 0 and forgoes(a, day, need, word, who, rules, arm, spell, gate):
        forgo(a, day, need, counted, who, lay, t, log)
        return
    if law.enrolment == TIED_TO_NEED and arm[a].enrolled <= 0 and who.minor == 0 and (law.enrol_needs >> need) & 1 == 1:
        if arm[a].enrolled < 0 or w_joins >= law.join:
            forgo(a, day, need, counted, who, lay, t, log)
            return
        arm[a].enrolled = 1
    week = min(day // 7, (clock.history + clock.horizon) // 7) - 1  # afterwards parents stand as the last exchange left them
    exposed, spared, charged = False, False, False
    refused = -1
    for g in range(law.n_gates):
        q = gate[a, g]
        named = covers(q, need)
        if not named and not overreaches(q, need):
            continue
        levels = gate_levels(a, g, week, gate, spell, home)
        copy = q.parent == 0 and levels & 1 == 0 and copy_stands(spell[a, q.list, 0], q.purge, day)
        if levels & 1 == 0 and not copy:
            spared = spared or (named and q.price == 0 and (levels >> CLEAN) & 1 == 1 and w_rule < q.compliance)
            continue
        unrelated = gate_context(a, g, week, gate, spell, home_context) != q.context
        away = q.parent == 0 and induced(a, q.list, arm, spell)
        if named and not exposed:
            exposed = True
            if counted:
                count_exposure(t, lay, a, who.group, need, class_of(levels, copy, away, unrelated))
        if q.price != 0:
            charged = charged or named
            continue
        how = NO_REFUSAL if refused >= 0 else refusal(q, need, w_rule, w_over)
        if how != NO_REFUSAL:
            refused = g
            cls = class_of(levels, copy, away, how == BEYOND_RULE or unrelated)
            if counted:
                count_denial(t, lay, a, who.group, need, cls)
            note(log, who.pid, a, day, LOG_DENIAL, need, cls, g, 0)
    if refused >= 0:
        after_refusal(a, day, event, need, refused, clock, who, rules, arm, pending, spell, gate, logs, lay, t, log)
        return
    note(log, who.pid, a, day, LOG_ATTEMPT, need, 0, 0, 0)
    if spared and counted:
        count_spared_denial(t, lay, a, who.group, need)
    if charged and counted:
        charge(a, day, need, week, w_rule, who, rules, arm, spell, gate, home, home_context, lay, t, log)
    if law.n_rewards > 0 and who.minor == 0:
        privilege(a, day, need, w_displaced, counted, who, rules, arm, book, points, grade_from, reward, now, lay, t, log)
    if (law.rated_needs >> need) & 1 == 1 and who.minor == 0 and arm[a].enrolled > 0:
        use(a, day, event, clock, who, rules, channels, arm, book, pending, item, logs, lay, t)


@rule
def charge(
    a: int, day: int, need: int, week: int, word: int, who: Any, rules: Any, arm: Any, spell: Any, gate: Any, home: Any, home_context: Any,
    lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """What the gates that ask a price take for an attempt that no other gate refuses (design 006, section 2)."""
    for g in range(rules[a].n_gates):
        q = gate[a, g]
        if q.price == 0 or not covers(q, need) or word >= q.compliance:
            continue
        levels = gate_levels(a, g, week, gate, spell, home)
        copy = q.parent == 0 and levels & 1 == 0 and copy_stands(spell[a, q.list, 0], q.purge, day)
        if levels & 1 == 0 and not copy:
            continue
        unrelated = gate_context(a, g, week, gate, spell, home_context) != q.context
        cls = class_of(levels, copy, q.parent == 0 and induced(a, q.list, arm, spell), unrelated)
        count_money(t, lay.paid, a, who.group, cls, q.price)
        note(log, who.pid, a, day, LOG_CHARGED, need, cls, g, q.price)


@rule
def use(
    a: int, day: int, event: int, clock: Any, who: Any, rules: Any, channels: Any, arm: Any, book: Any, pending: Any, item: Any, logs: Any,
    lay: Any, t: Any,
) -> None:  # fmt: skip
    """One use of a service that rates: low ratings of long ago expire, and another may be given for nothing (design 006, section 5)."""
    s, law = arm[a], rules[a]
    s.uses += 1
    s.touched, s.dirty = 1, 1
    for i in range(s.n_book):
        r = book[a, i]
        lasts = item[a, r.item].uses
        if lasts > 0 and s.uses - r.used >= lasts and r.gone > day + 1:
            r.gone = day + 1
            r.pledge = r.pledge if r.pledge < r.gone else NEVER
            r.corrected = r.corrected if r.corrected < r.gone else NEVER
            s.due = min(s.due, day + 1)
    w_unfair, w_item, w_condition, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, RATING)
    if w_unfair < (law.unfair_0 if who.group == 0 else (law.unfair_1 if who.group == 1 else law.unfair_2)):
        take_in_hand(pending[a, HAND], event, NO_ACT, -1, law.rating_channel, law.rating_category, -1, w_item, w_condition)
        receive(a, day, clock, who, channels, arm, pending, logs, lay, t)


@rule
def forgo(a: int, day: int, need: int, counted: bool, who: Any, lay: Any, t: Any, log: Any) -> None:
    """The attempt is not made."""
    note(log, who.pid, a, day, LOG_FORGONE, 1, need, 0, 0)
    if counted:
        count_by_need(t, lay.forgone_attempts, lay, a, who.group, need)


@rule
def after_refusal(
    a: int, day: int, event: int, need: int, g: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, spell: Any, gate: Any, logs:
    Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """A refusal may be how a person hears of being listed, and may cost them the means to pay."""
    q = gate[a, g]
    if rules[a].review != 0 and q.parent == 0 and spell[a, q.list, 0].active != 0:
        known_at_gate(a, day, q.list, clock, who, rules, arm, pending, spell, logs, log)
    if q.trap == 0 or who.minor != 0:
        return
    w_unable, w_default, w_when, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, TRAP)
    if w_unable >= q.trap:
        return
    arm[a].able, arm[a].dirty = 0, 1
    if w_default >= q.trap_default or q.trap_category < 0:
        note(log, who.pid, a, day, LOG_TRAP, need, -1, 0, 0)
        return
    i = new_pending(a, arm, pending, lay, t)
    if i < 0:
        return
    p = pending[a, i]
    p.rank, p.sort, p.event, p.category, p.day = TRAPPED, event, event, q.trap_category, day + 1 + exp_days(w_when, q.trap_mean, logs)
    arm[a].due = min(arm[a].due, p.day)
    note(log, who.pid, a, day, LOG_TRAP, need, p.category, p.day, 0)


@rule
def privilege(
    a: int, day: int, need: int, word: int, counted: bool, who: Any, rules: Any, arm: Any, book: Any, points: Any, grade_from: Any, reward:
    Any, now: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """What a good standing brings to an attempt, and what others' privileges cost it where there is only so much to give."""
    grade = grade_at(a, 0, rules, arm, book, points, grade_from)
    privileged, lost = False, False
    for r in range(rules[a].n_rewards):
        if (reward[a, r].needs >> need) & 1 == 1 and arm[a].enrolled > 0 and grade <= reward[a, r].from_grade:
            privileged = True
    for r in range(rules[a].n_rewards):
        if (reward[a, r].needs >> need) & 1 == 0:
            continue
        if privileged:
            now[a, REWARD_USED + r] += 1
            continue
        now[a, REWARD_OTHER + r] += 1
        lost = lost or (reward[a, r].zero_sum != 0 and word < now[a, REWARD_Q + r])
    if privileged or lost:
        note(log, who.pid, a, day, LOG_PRIVILEGE, need, 0 if privileged else 1, 0, 0)
        if counted:
            count_by_need(t, lay.privileges if privileged else lay.displaced, lay, a, who.group, need)
