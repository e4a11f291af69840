"""What falls due: the start of a day in one arm, in the order of design 001 (section 7) and 005 (section 9)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import enter_by_grade, enter_by_risk, review_grades, turn_pages, worst_record
from glasshouse.engine.cases import decide, drop_pending, file_case, mark_decided
from glasshouse.engine.encounters import see_act
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.ledger import accrue, enter, plan, receive, take_effect
from glasshouse.engine.person import owe
from glasshouse.engine.spells import class_new_entries, close_spell, end_spells, enter_list
from glasshouse.engine.state import BY_TIE, HAND, ORDERED, TRAPPED
from glasshouse.mechanism.classes import LEVELS
from glasshouse.mechanism.lists import LEFT, NEVER, repeat_on
from glasshouse.world.draws import TRAP_EVENT


@rule
def leave(
    a: int, day: int, who: Any, rules: Any, arm: Any, pending: Any, spell: Any, home: Any, home_context: Any, lay: Any, t: Any, log: Any
) -> None:
    """The person leaves a scheme that lets them: what it holds about them is gone."""
    s = arm[a]
    for i in range(s.n_pending):
        mark_decided(a, i, day, pending, spell)  # what the last exchange decided still counts for the stay that ends now
    for entry_list in range(rules[a].n_lists):
        for k in range(LEVELS):
            if spell[a, entry_list, k].active != 0:
                close_spell(a, entry_list, k, day, LEFT, who, arm, spell, home, home_context, lay, t, log)
        spell[a, entry_list, 0].released = -1
    i = 0
    while i < s.n_pending:
        if pending[a, i].rank == TRAPPED:
            i += 1  # an act of the person's own, not something that the scheme holds
        else:
            drop_pending(a, i, arm, pending)
    s.n_book, s.mixed, s.enrolled, s.leaves = 0, 0, -1, NEVER


@rule
def first_pending(a: int, day: int, arm: Any, pending: Any) -> int:
    """The next thing that is due today: by day, then by what it is, then by its own order; -1 if there is none."""
    first = -1
    for i in range(arm[a].n_pending):
        p = pending[a, i]
        if p.day > day:
            continue
        if first >= 0:
            q = pending[a, first]
            if p.day != q.day:
                if p.day > q.day:
                    continue
            elif p.rank != q.rank:
                if p.rank > q.rank:
                    continue
            elif p.sort > q.sort or (p.sort == q.sort and p.turn > q.turn):
                continue
        first = i
    return first


@rule
def next_rank(a: int, day: int, arm: Any, pending: Any) -> int:
    """What is due next today; -1 if nothing is."""
    first = first_pending(a, day, arm, pending)
    return int(pending[a, first].rank) if first >= 0 else -1


@rule
def take_tie(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, item:
    Any, grade_from: Any, lists: Any, hazard: Any, more: Any, post: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log:
    Any,
) -> None:  # fmt: skip
    """A record that came through a tie takes effect: under the rule for relatives, or on the list for contacts."""
    seen = pending[a, HAND]
    if seen.item >= 0:
        enter(
            a, day, seen.item, seen.lo, seen.hi, seen.origin, seen.event, seen.channel, seen.category, seen.kind, seen.condition_word,
            clock, who, rules, arm, book, points, pending, spell, hazard_day, item, lists, hazard, more, post, logs, lay, t, log,
        )  # fmt: skip
    else:
        entry = lists[a, seen.list]
        for k in range(seen.lo, seen.hi + 1):
            s = spell[a, seen.list, k]
            if s.active != 0:
                repeat_on(s, entry, day, entry.term, seen.condition_word)
                continue
            enter_list(
                a, seen.list, k, day, entry.term, seen.condition_word, False, seen.item_word, seen.event, clock, who, spell, hazard_day,
                lists, hazard, logs, lay, t, log,
            )  # fmt: skip
            s.origin, s.channel, s.category, s.kind = seen.origin, seen.channel, seen.category, seen.kind
    review_grades(
        a, day, 0, 0, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, grade_from, lists, hazard, more, home,
        home_context, logs, lay, t, log,
    )  # fmt: skip
    class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)


@rule
def open_ordered(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, item:
    Any, lists: Any, hazard: Any, more: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """An official has selected the person for a list, at some levels."""
    entry_list, levels, by_risk = pending[a, HAND].list, pending[a, HAND].based, pending[a, HAND].kind != 0
    for k in range(LEVELS):
        if by_risk and spell[a, entry_list, k].active == 0:
            enter_by_risk(a, entry_list, k, day, clock, who, spell, hazard_day, lists, hazard, logs, lay, t, log)
            continue
        if (levels >> k) & 1 == 1 and spell[a, entry_list, k].active == 0 and worst_record(a, k, arm, book, points) >= 0:
            enter_by_grade(
                a, entry_list, k, day, True, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, lists, hazard, more,
                logs, lay, t, log,
            )  # fmt: skip
    if next_rank(a, day, arm, pending) != ORDERED:  # several selections may have picked them: what they make together is classed
        class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)


@rule
def trapped_act(
    a: int, day: int, clock: Any, who: Any, category: Any, rules: Any, channels: Any, sensitivity: Any, mistaken_for: Any, arm: Any,
    pending: Any, spell: Any, campaign: Any, more: Any, now: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """The act that a refusal led to, in this arm only, and what is seen of it."""
    c, event = pending[a, HAND].category, TRAP_EVENT + pending[a, HAND].event
    if category[c].needs_debt != 0 and arm[a].debts == 0:
        return
    if day >= clock.history and day < clock.history + clock.horizon:
        t[lay.acts_arm + (a * GROUPS + who.group) * lay.categories + c] += 1
    if category[c].creates_debt != 0:
        owe(a, day, clock, who, arm, lay, t, log)
    if arm[a].enrolled <= 0:
        return
    if see_act(a, day, event, c, clock, who, rules, channels, sensitivity, mistaken_for, spell, campaign, more, now, pending[a, HAND], log):
        receive(a, day, clock, who, channels, arm, pending, logs, lay, t)


@rule
def morning(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, item:
    Any, grade_from: Any, lists: Any, hazard: Any, more: Any, home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """What a day begins with: leaving, decisions, the book turns its pages, spells end, lists by grade are reviewed."""
    decided = 0
    if arm[a].leaves <= day:
        leave(a, day, who, rules, arm, pending, spell, home, home_context, lay, t, log)
    if rules[a].review != 0:
        decided = decide(a, day, clock, who, rules, arm, book, pending, spell, item, home, home_context, lay, t, log)
    corrected, repaired = turn_pages(a, day, who, rules, arm, book, points, item, log)
    end_spells(a, day, rules[a].n_lists, clock, who, arm, spell, hazard_day, lists, hazard, home, home_context, lay, t, log)
    if arm[a].look == 0 and decided == 0:
        return
    arm[a].look = 0
    review_grades(
        a, day, corrected | decided, repaired, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, grade_from, lists,
        hazard, more, home, home_context, logs, lay, t, log,
    )  # fmt: skip
    class_new_entries(a, day, rules[a].n_lists, clock, who, arm, spell, lists, lay, t, log)


@rule
def settle_all(
    n_arms: int, day: int, clock: Any, who: Any, category: Any, rules: Any, channels: Any, sensitivity: Any, mistaken_for: Any, arm: Any,
    book: Any, points: Any, pending: Any, spell: Any, hazard_day: Any, class_days: Any, item: Any, pick_start: Any, pick_count: Any,
    pick_item_at: Any, pick_cum: Any, grade_from: Any, lists: Any, hazard: Any, gate: Any, campaign: Any, more: Any, now: Any, post: Any,
    home: Any, home_context: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Bring every arm up to ``day``: everything that fell due on the way, day by day, the last arm first.

    What was observed a moment ago is due today; a day that has begun already does not begin again.
    """
    while True:
        a, at = -1, day + 1
        for b in range(n_arms - 1, -1, -1):
            if arm[b].due < at:
                a, at = b, arm[b].due
        if a < 0:
            return
        accrue(a, at, clock, who, arm, class_days, lay, t)
        if arm[a].begun < at:
            arm[a].begun = at
            morning(
                a, at, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, grade_from, lists, hazard, more, home,
                home_context, logs, lay, t, log,
            )  # fmt: skip
        first = first_pending(a, at, arm, pending)
        while first >= 0:
            rank = pending[a, first].rank
            if rank > ORDERED:
                file_case(a, at, first, clock, who, rules, arm, pending, more, post, logs)
            else:
                pending[a, HAND] = pending[a, first]
                drop_pending(a, first, arm, pending)
                if rank == TRAPPED:
                    trapped_act(
                        a, at, clock, who, category, rules, channels, sensitivity, mistaken_for, arm, pending, spell, campaign, more, now,
                        logs, lay, t, log,
                    )  # fmt: skip
                elif arm[a].enrolled <= 0:
                    pass
                elif rank == BY_TIE:
                    take_tie(
                        a, at, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, grade_from, lists, hazard, more,
                        post, home, home_context, logs, lay, t, log,
                    )  # fmt: skip
                elif rank == ORDERED:
                    open_ordered(
                        a, at, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, lists, hazard, more, logs, lay, t,
                        log,
                    )  # fmt: skip
                else:
                    take_effect(
                        a, at, pending[a, HAND], clock, who, rules, arm, book, points, pending, spell, hazard_day, item, pick_start,
                        pick_count, pick_item_at, pick_cum, grade_from, lists, hazard, more, post, home, home_context, logs, lay, t, log,
                    )  # fmt: skip
            first = first_pending(a, at, arm, pending)
        plan(a, at, clock, who, rules, arm, book, pending, spell, hazard_day, class_days, lists, gate, lay, t, log)
