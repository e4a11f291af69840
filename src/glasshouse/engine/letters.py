"""Letters: what an exchange decides about a person, delivered when their next day is lived (design 005, section 9)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.cases import new_pending
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.spells import note
from glasshouse.engine.state import (
    BY_TIE,
    CASE,
    DECISION,
    HELD,
    LEAVING,
    LOG_AWARE,
    ORDER,
    ORDERED,
    REGRADED,
    TELL,
    TIE_LETTER,
)  # fmt: skip
from glasshouse.mechanism.lists import NEVER
from glasshouse.mechanism.remedy import correction_day
from glasshouse.world.draws import LINK, TIE_EVENT


@rule
def write_letter(slot: int, a: int, what: int, day: int, letter: Any, first_letter: Any, last_letter: Any, wake: Any) -> int:
    """Put a letter behind the others for a person and see that they are woken. Returns its place; 0 (and a mark) if there is no room."""
    n = letter[0].what + 1
    if n >= letter.shape[0]:
        letter[0].arm = 1
        return 0
    letter[0].what = n
    letter[n].next, letter[n].what, letter[n].arm, letter[n].day = -1, what, a, day
    if first_letter[slot] < 0:
        first_letter[slot] = n
    else:
        letter[last_letter[slot]].next = n
    last_letter[slot] = n
    wake[slot] = min(wake[slot], day)
    return int(n)


@rule
def deliver(
    first: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, lists: Any, letter: Any, logs: Any, lay: Any, t: Any, log: Any
) -> None:
    """Open a person's letters."""
    n = first
    while n >= 0:
        m = letter[n]
        a, day = m.arm, m.day
        arm[a].due = min(arm[a].due, day)
        if m.what == DECISION:
            decided(a, m.event, m.list, day, m.verdict, arm, pending)
        elif m.what == TIE_LETTER:
            tie_record(a, n, clock, who, rules, arm, pending, lists, letter, logs, lay, t)
        elif m.what == ORDER:
            i = new_pending(a, arm, pending, lay, t)
            if i >= 0:
                p = pending[a, i]
                p.rank, p.day, p.sort, p.turn = ORDERED, day, m.list, n
                p.list, p.based, p.kind = m.list, m.verdict, m.kind
        elif m.what == LEAVING:
            arm[a].leaves = day
            arm[a].touched = 1
        elif m.what == REGRADED:
            arm[a].look = 1
        elif m.what == TELL and who.minor == 0 and arm[a].aware > day:
            arm[a].aware = day
            note(log, who.pid, a, day, LOG_AWARE, 0, 0, 0, 0)
        arm[a].dirty = 1
        n = m.next


@rule
def decided(a: int, event: int, entry_list: int, day: int, verdict: int, arm: Any, pending: Any) -> None:
    """The decision of a case reaches it."""
    for i in range(arm[a].n_pending):
        p = pending[a, i]
        if (p.rank == CASE or p.rank == HELD) and p.event == event and p.list == entry_list and p.verdict < 0:
            p.verdict, p.day = verdict, day
            return


@rule
def tie_record(
    a: int, n: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, lists: Any, letter: Any, logs: Any, lay: Any, t: Any
) -> None:
    """A record that comes through a tie waits for its day: of a relative, or of a contact who was listed."""
    m, law = letter[n], rules[a]
    day, correction = m.day, NEVER
    w_linked, w_disproved, w_filed, w_corrected = philox(clock.seed_low, clock.seed_high, who.pid, m.event, LINK + m.sender)
    sort = (m.sender << 34) + (m.event << 1)
    if m.item >= 0:
        correction = correction_day(law, day, m.wrong != 0, w_filed, exp_days(w_corrected, law.corr_mean, logs))
        target = -1
    else:
        entry = lists[a, m.list]
        if w_linked >= entry.contact_share:
            return
        correction, target, sort = day + 1 + exp_days(w_disproved, entry.contact_mean, logs), entry.contact_list, sort + 1
    i = new_pending(a, arm, pending, lay, t)
    if i < 0:
        return
    p = pending[a, i]
    p.rank, p.day, p.sort, p.turn, p.event = BY_TIE, day, sort, n, TIE_EVENT + ((m.sender * 8191 + m.event) & 0x0FFFFFFF)
    p.origin, p.kind, p.channel, p.category, p.lo, p.hi = m.origin, m.kind, m.channel, m.category, m.lo, m.hi
    p.item, p.list, p.item_word, p.condition_word = m.item, target, m.context, correction
