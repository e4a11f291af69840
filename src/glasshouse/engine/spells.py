"""Spells on lists at every level of the ledger: opening, repeating, closing, and what they add up to on a day."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.state import LOG_ENTRY, LOG_EXIT
from glasshouse.engine.tally import count_duration, count_entry, count_path, count_unreviewed
from glasshouse.mechanism import classes as cl
from glasshouse.mechanism.classes import CLEAN, LEVELS, class_of
from glasshouse.mechanism.lists import (
    AMNESTY,
    CENSORED,
    CORRECTED,
    EXPIRED,
    FIRST_HAZARD,
    NEVER,
    PERFORMED,
    copy_stands,
    hazard_ends,
    next_amnesty,
    open_spell,
)  # fmt: skip
from glasshouse.world.draws import EXIT, EXIT_STEP

MARKED = 2  # arm.parents: 1 there are children behind a parents' gate, 2 and an adult has been listed


@rule
def note(log: Any, pid: int, a: int, day: int, what: int, p: int, q: int, r: int, s: int) -> None:
    """Write one line into the log, if one is kept (row 0 holds the number of lines, and whether this person is left out)."""
    if log.shape[0] == 0 or log[0].what != 0:
        return
    i = log[0].day + 1
    if i < log.shape[0]:
        log[0].day = i
        log[i].pid, log[i].arm, log[i].day, log[i].what = pid, a, day, what
        log[i].a, log[i].b, log[i].c, log[i].d = p, q, r, s


@rule
def own_levels(a: int, entry_list: int, spell: Any) -> int:
    """Bits of the levels at which the person is on the list."""
    bits = 0
    for k in range(LEVELS):
        if spell[a, entry_list, k].active != 0:
            bits |= 1 << k
    return bits


@rule
def list_levels(a: int, entry_list: int, spell: Any) -> int:
    """Bits of the levels at which the list stands against the person: by their own entry, or through the household."""
    return own_levels(a, entry_list, spell) | int(spell[a, entry_list, 0].bound)


@rule
def list_class(a: int, entry_list: int, day: int, arm: Any, spell: Any, lists: Any) -> int:
    """The class of the person's own being on this one list today."""
    s = spell[a, entry_list, 0]
    entry = lists[a, entry_list]
    unrelated = (entry.contexts << 1 >> (s.context + 1)) & 1 == 0 or (entry.yardstick >= 0 and day - s.entry >= entry.yardstick)
    return class_of(own_levels(a, entry_list, spell), False, induced(a, entry_list, arm, spell), unrelated)


@rule
def induced(a: int, entry_list: int, arm: Any, spell: Any) -> bool:
    """Whether the person would not be on this list in the error-free arm."""
    return arm[a].pair_e >= 0 and spell[arm[a].pair_e, entry_list, 0].active == 0


@rule
def in_context(entry: Any, s: Any, day: int) -> bool:
    """Whether a spell is within what its rule's context and the yardstick of ordinary law allow."""
    if s.active == 0:
        return (entry.contexts << 1 >> (s.bound_context + 1)) & 1 == 1
    return (entry.contexts << 1 >> (s.context + 1)) & 1 == 1 and not (entry.yardstick >= 0 and day - s.entry >= entry.yardstick)


@rule
def day_class(a: int, day: int, rules: Any, arm: Any, spell: Any, lists: Any, gate: Any) -> int:
    """The class of today for an arm: any list marked as a sanction counts. Keeps what comparisons between arms ask for."""
    bits, own = 0, 0
    unrelated, copy = True, False
    for entry_list in range(rules[a].n_lists):
        entry = lists[a, entry_list]
        if entry.sanction == 0:
            continue
        s = spell[a, entry_list, 0]
        here = own_levels(a, entry_list, spell)
        own |= here
        bits |= here | s.bound
        if (here | s.bound) & 1 == 1 and in_context(entry, s, day):
            unrelated = False
        if s.active == 0 and s.released >= 0:
            copy = copy or copy_acts(a, entry_list, day, rules, spell, gate)
    state = arm[a]
    state.s0, state.sc = bits & 1, (bits >> CLEAN) & 1
    state.bound = 1 if bits & 1 == 1 and own & 1 == 0 else 0
    away = state.pair_e >= 0 and arm[state.pair_e].s0 == 0
    return class_of(bits, copy, away, unrelated)


@rule
def copy_acts(a: int, entry_list: int, day: int, rules: Any, spell: Any, gate: Any) -> bool:
    """Whether some holder still acts on its copy of this list."""
    for g in range(rules[a].n_gates):
        if gate[a, g].list == entry_list and copy_stands(spell[a, entry_list, 0], gate[a, g].purge, day):
            return True
    return False


@rule
def enter_list(
    a: int, entry_list: int, k: int, day: int, term: int, correction: int, performable: bool, context: int, event: int,
    clock: Any, who: Any, spell: Any, hazard_day: Any, lists: Any, hazard: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Open a spell at one level; its other ways out are drawn by the record that opened it."""
    s = spell[a, entry_list, k]
    open_spell(s, lists[a, entry_list], day, term, correction, performable)
    s.context = context
    s.event = event
    s.tracked = 0
    s.cls = cl.NONE
    s.fresh, s.by_grade = 1, 0  # fresh: opened by this event and not yet given its class
    s.item = -1
    s.known, s.decided = 0, 0
    s.amnesty = NEVER
    if lists[a, entry_list].amnesty_first >= 0:
        s.amnesty = clock.history + next_amnesty(lists[a, entry_list], max(day, day + lists[a, entry_list].minimum - 1) - clock.history)
    if k == 0:
        s.released = -1
    for j in range(lists[a, entry_list].n_hazards):
        w, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, EXIT + EXIT_STEP * entry_list + j)
        hazard_day[a, entry_list, k, j] = day + max(1 + exp_days(w, hazard[a, entry_list, j].mean, logs), lists[a, entry_list].minimum)
    if k == CLEAN:
        note(log, who.pid, a, day, LOG_ENTRY, entry_list, CLEAN, 0, -1)
        if day >= clock.history and day < clock.history + clock.horizon:
            t[lay.clean_entries + (a * lay.lists + entry_list) * GROUPS + who.group] += 1


@rule
def mark_parent_weeks(a: int, entry_list: int, k: int, first: int, stop: int, context: int, home: Any, home_context: Any) -> None:
    """Remember for the children of the household on which week ends an adult stood on the list."""
    week = first // 7  # the first week whose last day is not before `first`
    last = stop // 7 - 1
    while week <= last and week < home.shape[2]:
        home[a, entry_list, week] |= 1 << k
        if k == 0 and home_context[a, entry_list, week] < 0:
            home_context[a, entry_list, week] = context
        week += 1


@rule
def close_spell(
    a: int, entry_list: int, k: int, day: int, cause: int,
    who: Any, arm: Any, spell: Any, home: Any, home_context: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """The name comes off the list today, at one level."""
    s = spell[a, entry_list, k]
    s.active = 0
    if arm[a].parents != 0 and who.minor == 0:
        arm[a].parents = MARKED
        mark_parent_weeks(a, entry_list, k, s.entry, day, s.context, home, home_context)
    if k == 0:
        s.released = day if cause != CENSORED else -1
    if k == 0 and s.tracked != 0:
        count_duration(t, lay, a, s.cls, cause, day - s.entry)
        count_unreviewed(t, lay, a, who.group, s.known, s.decided)
        arm[a].tracked -= 1
        s.tracked = 0
    if k == 0 or k == CLEAN:
        note(log, who.pid, a, day, LOG_EXIT, entry_list, k, cause, 0)


@rule
def due_cause(a: int, entry_list: int, k: int, day: int, able: bool, spell: Any, hazard_day: Any, lists: Any, hazard: Any) -> int:
    """The cause that ends a spell at the start of this day, or -1; a way out that does not count lapses."""
    s = spell[a, entry_list, k]
    if s.corrected <= day:
        return CORRECTED
    if s.performed <= day:
        return PERFORMED
    if s.amnesty <= day:
        return AMNESTY
    for j in range(lists[a, entry_list].n_hazards):
        if hazard_day[a, entry_list, k, j] <= day:
            if hazard_ends(hazard[a, entry_list, j], able):
                return FIRST_HAZARD + j
            hazard_day[a, entry_list, k, j] = NEVER
    if s.end <= day:
        return EXPIRED
    return -1


@rule
def end_spells(
    a: int, day: int, n_lists: int, clock: Any, who: Any, arm: Any, spell: Any, hazard_day: Any, lists: Any, hazard: Any,
    home: Any, home_context: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Close every spell whose end is due at the start of this day."""
    for entry_list in range(n_lists):
        for k in range(LEVELS):
            if spell[a, entry_list, k].active != 0:
                cause = due_cause(a, entry_list, k, day, arm[a].able != 0, spell, hazard_day, lists, hazard)
                if cause >= 0:
                    arm[a].look = 1
                    close_spell(a, entry_list, k, day, cause, who, arm, spell, home, home_context, lay, t, log)


@rule
def class_new_entries(
    a: int, day: int, n_lists: int, clock: Any, who: Any, arm: Any, spell: Any, lists: Any, lay: Any, t: Any, log: Any
) -> None:
    """Give the spells that this event opened at level 0 their class, now that every level holds what it should; count and track them."""
    for entry_list in range(n_lists):
        s = spell[a, entry_list, 0]
        if s.active == 0 or s.fresh == 0:
            continue
        s.cls = list_class(a, entry_list, day, arm, spell, lists)
        if arm[a].aware > day and who.minor == 0:
            arm[a].aware = day
        note(log, who.pid, a, day, LOG_ENTRY, entry_list, 0, s.cls, s.item)
        if day >= clock.history and day < clock.history + clock.horizon:
            s.tracked = 1
            arm[a].tracked += 1
            arm[a].ever_listed = 1
            count_entry(t, lay, a, entry_list, who.group, s.cls)
            if s.item >= 0 or s.channel >= 0:
                count_path(t, lay, a, s.cls, s.origin, s.channel, s.category, s.kind)
        s.fresh = 0
