"""One person's life: traits, the stream of candidate events, and what each event does in every arm (design 001, sections 3 and 4)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import grade_at
from glasshouse.engine.draws import philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.ledger import accrue
from glasshouse.engine.spells import close_spell, note
from glasshouse.engine.state import LOG_DEBT, LOG_PAID
from glasshouse.engine.tally import count_debtor_weeks, count_ever, count_grade
from glasshouse.mechanism.classes import LEVELS, NONE
from glasshouse.mechanism.lists import CENSORED, NEVER
from glasshouse.mechanism.money import pays
from glasshouse.world.draws import TRAIT
from glasshouse.world.people import income_third, role_of, visibility_of

CONDUCT_GROUP, VIS_GROUP, VIS_INCOME, UNABLE, SHOCK, GROUP_CUM = range(6)  # rows of the table by group or income third


@rule
def draw_person(
    pid: int, group: int, minor: bool, clock: Any, who: Any, world: Any, thirds: Any, role_cum: Any, quantiles: Any
) -> tuple[int, int, bool]:
    """Fill the person's traits. Returns conduct propensity (1/4096), income third and whether they owe at the start."""
    w0, w1, w2, w3 = philox(clock.seed_low, clock.seed_high, pid, 0, TRAIT)
    v0, v1, _, _ = philox(clock.seed_low, clock.seed_high, pid, 1, TRAIT)
    g = quantiles[w0 >> 22, 0]
    income = income_third(w3)
    who.pid, who.group, who.minor = pid, group, 1 if minor else 0
    who.frailty = quantiles[w1 >> 22, 1]
    who.able = 0 if v0 < thirds[UNABLE, income] else 1
    who.role = role_of(not minor, w2, role_cum)
    who.visibility = visibility_of(thirds[VIS_GROUP, group], thirds[VIS_INCOME, income], world.vis_corr, g)
    return g * thirds[CONDUCT_GROUP, group] >> 12, income, (not minor) and v1 < world.owing


@rule
def clear(n_arms: int, rules: Any, arm: Any, spell: Any, class_days: Any, batch_next: Any) -> None:
    """Empty what the last person used in any arm."""
    for a in range(n_arms):
        s = arm[a]
        for kind in range(rules[a].n_batches):
            batch_next[a, kind] = 0
        if s.touched != 0:
            s.n_book, s.mixed, s.n_pending, s.touched = 0, 0, 0, 0
            for cls in range(class_days.shape[1]):
                class_days[a, cls] = 0
            for entry_list in range(rules[a].n_lists):
                for k in range(LEVELS):
                    spell[a, entry_list, k].active = 0


@rule
def reset(a: int, owes: bool, group: int, arm: Any, lay: Any, t: Any) -> None:
    """A clean slate in one arm."""
    if owes:
        t[lay.debts_start + a * GROUPS + group] += 1
    s = arm[a]
    s.debts, s.debt_from = (1 if owes else 0), 0
    s.due, s.accrued, s.cls, s.levels, s.listed, s.tracked, s.ever, s.ever_listed = NEVER, 0, NONE, 0, 0, 0, 0, 0


@rule
def debt_settled(a: int, day: int, clock: Any, who: Any, arm: Any, lay: Any, t: Any) -> None:
    """Count the weeks at whose end the person owed, up to today."""
    first = max(arm[a].debt_from - clock.history, 0) // 7
    count_debtor_weeks(t, lay, a, who.group, first, (day - clock.history) // 7)


@rule
def pay_debts(a: int, day: int, word: int, clock: Any, who: Any, rules: Any, arm: Any, lay: Any, t: Any, log: Any) -> bool:
    """A chance to pay, the same in every arm; whether it is taken may differ. True if the debts of this arm are paid."""
    s = arm[a]
    if not pays(rules[a], s.debts, who.able != 0, s.listed != 0, word):
        return False
    note(log, who.pid, a, day, LOG_PAID, s.debts, 0, 0, 0)
    if day < clock.history:
        t[lay.debts_start + a * GROUPS + who.group] -= s.debts
    elif day < clock.history + clock.horizon:
        t[lay.debts_paid + a * GROUPS + who.group] += s.debts
    if day < clock.history + clock.horizon:
        debt_settled(a, day, clock, who, arm, lay, t)
    s.debts = 0
    return True


@rule
def owe(day: int, n_arms: int, clock: Any, who: Any, arm: Any, lay: Any, t: Any, log: Any) -> None:
    """A debt arises, in every arm; it stands until paid."""
    if day >= clock.history and day < clock.history + clock.horizon:
        t[lay.debts_arisen + who.group] += 1
    for a in range(n_arms):
        if day < clock.history:
            t[lay.debts_start + a * GROUPS + who.group] += 1
        if arm[a].debts == 0:
            arm[a].debt_from = day
        arm[a].debts += 1
    note(log, who.pid, 0, day, LOG_DEBT, 0, 0, 0, 0)


@rule
def finish(
    n_arms: int,
    last_day: int,
    clock: Any,
    who: Any,
    rules: Any,
    arm: Any,
    spell: Any,
    home: Any,
    home_context: Any,
    lay: Any,
    t: Any,
    log: Any,
) -> None:
    """The life is over: what is still open is closed as censored."""
    for a in range(n_arms):
        if arm[a].touched == 0:
            continue
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
        if s.touched != 0:
            accrue(a, stop, clock, who, arm, class_days, lay, t)
            if s.ever != 0:
                count_ever(t, lay, a, who.group, s.ever)
            if s.ever_listed != 0:
                t[lay.ever_listed + a * GROUPS + who.group] += 1
        if rules[a].n_grades > 0 and who.minor == 0:
            count_grade(t, lay, a, who.group, grade_at(a, 0, rules, arm, book, points, grade_from))
