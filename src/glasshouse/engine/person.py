"""One person's life: traits, the stream of candidate events, and what each event does in every arm (design 001, sections 3 and 4)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import grade_at
from glasshouse.engine.cases import mark_decided
from glasshouse.engine.draws import philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.ledger import accrue, split_days
from glasshouse.engine.responses import take_part
from glasshouse.engine.spells import close_spell, note
from glasshouse.engine.state import LOG_DEBT, LOG_PAID, LOG_SHOCK
from glasshouse.engine.tally import count_debtor_weeks, count_ever, count_grade
from glasshouse.mechanism.classes import LEVELS, NONE
from glasshouse.mechanism.lists import CENSORED, NEVER
from glasshouse.mechanism.money import pays
from glasshouse.mechanism.responses import place_in_silence
from glasshouse.world.draws import TIES, TRAIT
from glasshouse.world.people import income_third, role_of, visibility_of
from glasshouse.world.ties import BLOCK_DRAW, alike_layer, homophilous_word

CONDUCT_GROUP, VIS_GROUP, VIS_INCOME, UNABLE, SHOCK, GROUP_CUM = range(6)  # rows of the table by group or income third


@rule
def draw_person(
    pid: int, group: int, minor: bool, town: int, clock: Any, who: Any, world: Any, thirds: Any, role_cum: Any, quantiles: Any, layer_size:
    Any, layer_at: Any,
) -> int:  # fmt: skip
    """Fill the person's traits. Returns the word of their ability and debts at the start, as bits: 1 able, 2 owing."""
    w0, w1, w2, w3 = philox(clock.seed_low, clock.seed_high, pid, 0, TRAIT)
    v0, v1, v2, v3 = philox(clock.seed_low, clock.seed_high, pid, 1, TRAIT)
    if world.alike_1 + world.alike_2 + world.alike_3 + world.alike_4 > 0:
        x0, x1, x2, x3 = philox(clock.seed_low, clock.seed_high, pid, 2, TRAIT)
        layer = alike_layer(x0, x1, x2, x3, world.alike_1, world.alike_2, world.alike_3, world.alike_4)
        if layer > 0:
            block = layer_at[layer, who.slot] // layer_size[layer - 1]
            _, shared, _, _ = philox(clock.seed_low, clock.seed_high, town, (layer << BLOCK_DRAW) + block, TIES)
            w0 = homophilous_word(layer, w0, shared)
    g = quantiles[w0 >> 22, 0]
    income = income_third(w3)
    who.pid, who.group, who.minor, who.income = pid, group, 1 if minor else 0, income
    who.frailty = quantiles[w1 >> 22, 1]
    who.role = role_of(not minor, w2, role_cum)
    who.visibility = visibility_of(thirds[VIS_GROUP, group], thirds[VIS_INCOME, income], world.vis_corr, g)
    who.propensity = g * thirds[CONDUCT_GROUP, group] >> 12
    who.desire = place_in_silence(v2, v3)
    return (0 if v0 < thirds[UNABLE, income] else 1) + (2 if (not minor) and v1 < world.owing else 0)


@rule
def blank(a: int, arm: Any) -> None:
    """An arm that holds nothing yet."""
    s = arm[a]
    s.due, s.accrued, s.cls, s.levels, s.listed, s.tracked, s.ever, s.ever_listed = NEVER, 0, NONE, 0, 0, 0, 0, 0
    s.noticed, s.s0, s.sc, s.since, s.bound, s.gated, s.leaves, s.dirty, s.begun, s.look, s.uses = 0, 0, 0, 0, 0, 0, NEVER, 0, -1, 0, 0


@rule
def clear(n_arms: int, rules: Any, arm: Any, spell: Any, class_days: Any, batch_next: Any) -> None:
    """Empty what the last person used in any arm."""
    for a in range(n_arms):
        s = arm[a]
        for kind in range(rules[a].n_batches):
            batch_next[a, kind] = 0
        if s.touched != 0:
            s.n_book, s.mixed, s.n_pending, s.touched = 0, 0, 0, 0
            blank(a, arm)
            for cls in range(class_days.shape[1]):
                class_days[a, cls] = 0
            for entry_list in range(rules[a].n_lists):
                spell[a, entry_list, 0].released, spell[a, entry_list, 0].bound = -1, 0
                for k in range(LEVELS):
                    spell[a, entry_list, k].active = 0


@rule
def start_life(a: int, able: int, owes: bool, clock: Any, who: Any, rules: Any, arm: Any, lay: Any, t: Any) -> None:
    """Day 0 in one arm."""
    if owes:
        t[lay.debts_start + a * GROUPS + who.group] += 1
    s = arm[a]
    s.debts, s.debt_from, s.able, s.once, s.enrolled, s.aware = (1 if owes else 0), 0, able, 0, 0, NEVER
    take_part(a, clock, who, rules, arm)


@rule
def turn_able(a: int, day: int, able: int, who: Any, arm: Any, log: Any) -> None:
    """Income is lost, or comes back, in one arm."""
    if arm[a].able != able:
        arm[a].able = able
        note(log, who.pid, a, day, LOG_SHOCK, able, 0, 0, 0)


@rule
def debt_settled(a: int, day: int, clock: Any, who: Any, arm: Any, lay: Any, t: Any) -> None:
    """Count the weeks at whose end the person owed, up to today."""
    first = max(arm[a].debt_from - clock.history, 0) // 7
    count_debtor_weeks(t, lay, a, who.group, first, (day - clock.history) // 7)


@rule
def pay_debts(a: int, day: int, word: int, clock: Any, who: Any, rules: Any, arm: Any, lay: Any, t: Any, log: Any) -> bool:
    """A chance to pay, the same in every arm; whether it is taken may differ. True if the debts of this arm are paid."""
    s = arm[a]
    if not pays(rules[a], s.debts, s.able != 0, s.listed != 0, word):
        return False
    note(log, who.pid, a, day, LOG_PAID, s.debts, 0, 0, 0)
    if day < clock.history:
        t[lay.debts_start + a * GROUPS + who.group] -= s.debts
    elif day < clock.history + clock.horizon:
        t[lay.debts_paid + a * GROUPS + who.group] += s.debts
    if day < clock.history + clock.horizon:
        debt_settled(a, day, clock, who, arm, lay, t)
    s.debts, s.dirty = 0, 1
    return True


@rule
def owe(a: int, day: int, clock: Any, who: Any, arm: Any, lay: Any, t: Any, log: Any) -> None:
    """A debt arises in one arm; it stands until paid."""
    if day >= clock.history and day < clock.history + clock.horizon:
        t[lay.debts_arisen + a * GROUPS + who.group] += 1
    if day < clock.history:
        t[lay.debts_start + a * GROUPS + who.group] += 1
    if arm[a].debts == 0:
        arm[a].debt_from = day
    arm[a].debts += 1
    arm[a].dirty = 1
    note(log, who.pid, a, day, LOG_DEBT, 0, 0, 0, 0)


@rule
def finish(
    n_arms: int, last_day: int, who: Any, rules: Any, arm: Any, pending: Any, spell: Any, home: Any, home_context: Any, lay: Any, t: Any,
    log: Any,
) -> None:  # fmt: skip
    """The life is over: what is still open is closed as censored."""
    for a in range(n_arms):
        if arm[a].touched == 0:
            continue
        for i in range(arm[a].n_pending):
            mark_decided(a, i, last_day, pending, spell)  # decided on the day of censoring still counts
        for entry_list in range(rules[a].n_lists):
            for k in range(LEVELS):
                if spell[a, entry_list, k].active != 0:
                    close_spell(a, entry_list, k, last_day, CENSORED, who, arm, spell, home, home_context, lay, t, log)


@rule
def stop_counting(
    n_arms: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, class_days: Any, grade_from: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """Counted time is over: what is counted once per person. Every arm has done the last counted day."""
    stop = clock.history + clock.horizon
    for a in range(n_arms):
        s = arm[a]
        if s.debts > 0:
            debt_settled(a, stop, clock, who, arm, lay, t)
        if s.pair_e >= 0 or s.pair_a >= 0:
            split_days(a, stop, clock, who, arm, lay, t)
        s.dirty = 1
        if s.touched != 0:
            accrue(a, stop, clock, who, arm, class_days, lay, t)
            if s.ever != 0:
                count_ever(t, lay, a, who.group, s.ever)
            if s.ever_listed != 0:
                t[lay.ever_listed + a * GROUPS + who.group] += 1
        if rules[a].n_grades > 0 and who.minor == 0:
            count_grade(t, lay, a, who.group, grade_at(a, 0, rules, arm, book, points, grade_from))
