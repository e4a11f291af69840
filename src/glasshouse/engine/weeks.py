"""A person's week in a town that lives week by week: taken out, told what the last exchange decided, put away again."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.book import score_at, visible
from glasshouse.engine.cases import drop_pending
from glasshouse.engine.spells import MARKED, own_levels
from glasshouse.engine.state import CASE, OWN_APART, POST_CASE, POST_VOID
from glasshouse.mechanism.classes import LEVELS, TIE_LEVELS

LEVEL_BITS = (1 << LEVELS) - 1
TIE_BITS = (1 << TIE_LEVELS) - 1


@rule
def bind(a: int, slot: int, n_lists: int, lists: Any, spell: Any, house: Any, adult: Any, stand: Any) -> None:
    """What other adults' listings of last week do to this member of the household."""
    for entry_list in range(n_lists):
        if lists[a, entry_list].binds == 0:
            continue
        bits, context = 0, -1
        for mate in range(house[1, slot], house[2, slot]):
            value = stand[a, entry_list, mate]
            if mate != slot and adult[mate] != 0 and value != 0:
                if bits & 1 == 0 and value & 1 == 1:
                    context = (value >> LEVELS) - 1
                bits |= value & TIE_BITS
        spell[a, entry_list, 0].bound, spell[a, entry_list, 0].bound_context = bits, context


@rule
def recall_parents(
    a: int, slot: int, week: int, n_lists: int, arm: Any, house: Any, adult: Any, stand: Any, home: Any, home_context: Any
) -> None:
    """What a child's gates see: adults of the household who stood on a list at the end of last week."""
    arm[a].parents = 0
    for entry_list in range(n_lists):
        bits, context = 0, -1
        for mate in range(house[1, slot], house[2, slot]):
            value = stand[a, entry_list, mate]
            if adult[mate] != 0 and value != 0:
                if bits & 1 == 0 and value & 1 == 1:
                    context = (value >> LEVELS) - 1
                bits |= value & LEVEL_BITS
        home[a, entry_list, week], home_context[a, entry_list, week] = bits, context
        if bits != 0:
            arm[a].parents = MARKED


@rule
def withdraw_lapsed(a: int, slot: int, week: int, arm: Any, pending: Any, spell: Any, post: Any) -> None:
    """Cases filed this week whose own stay on the list is over by its end do not join the queue."""
    i = 0
    while i < arm[a].n_pending:
        p = pending[a, i]
        s = spell[a, p.list, 0] if p.rank == CASE else spell[a, 0, 0]
        if p.rank != CASE or p.sort == 0 or p.verdict >= 0 or p.file < 7 * week or (s.active != 0 and s.entry <= p.start):
            i += 1
            continue
        n = post[0].what
        while n > 0 and post[n].slot == slot:
            if post[n].what == POST_CASE and post[n].arm == a and post[n].event == p.event and post[n].list == p.list:
                post[n].what = POST_VOID
            n -= 1
        drop_pending(a, i, arm, pending)


@rule
def report_state(
    a: int, slot: int, rules: Any, arm: Any, book: Any, points: Any, spell: Any, stand: Any, moved: Any, own: Any, tie_bits: Any, has:
    Any,
) -> None:  # fmt: skip
    """What others may see of this person from the end of the week on: lists and scores, where they have changed."""
    law = rules[a]
    for entry_list in range(law.n_lists):
        value = own_levels(a, entry_list, spell)
        if value & 1 == 1:
            value |= (spell[a, entry_list, 0].context + 1) << LEVELS
        if value != stand[a, entry_list, slot]:
            n = moved[0].arm + 1
            if n < moved.shape[0]:
                moved[0].arm = n
                moved[n].arm, moved[n].list, moved[n].slot, moved[n].value = a, entry_list, slot, value
            else:
                moved[0].list = 1
    if law.scored == 0:
        return
    bits = 0
    for i in range(arm[a].n_book):
        for k in range(LEVELS):
            if visible(book[a, i], k):
                bits |= 1 << k
    has[a, slot] = bits
    value, apart = score_at(a, 0, rules, arm, book, points), False
    own[a, 0, slot] = value
    if arm[a].mixed != 0:
        for k in range(1, LEVELS):
            own[a, k, slot] = score_at(a, k, rules, arm, book, points)
            apart = apart or own[a, k, slot] != value
    tie_bits[a, slot] = tie_bits[a, slot] | OWN_APART if apart else tie_bits[a, slot] & ~OWN_APART
