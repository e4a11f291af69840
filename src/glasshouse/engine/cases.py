"""Cases under review as one person and arm sees them: opened by a record, known, filed, decided (design 005, section 5).

The queue in which they wait is the town's (`engine/queues.py`).
"""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.spells import close_spell, note
from glasshouse.engine.state import CASE, HELD, LOG_DECIDED, LOG_NOTICE, OBSERVED, PENDING_SIZE, POST_CASE
from glasshouse.engine.tally import count_money
from glasshouse.mechanism.classes import CLEAN, LEVELS, SOUND, TIE_LEVELS, class_of_record, error_class
from glasshouse.mechanism.lists import CORRECTED, NEVER
from glasshouse.mechanism.review import (
    AT_THE_GATE,
    GIVEN_UP,
    NEVER_KNOWN,
    REJECTED,
    UPHELD,
    day_known,
    end_of_patience,
    exchange_day,
    highest_level,
)  # fmt: skip
from glasshouse.scheme.tables import FIX_COPIES, FIX_LIST, FIX_MONEY, FIX_POINTS, NO_NOTICE
from glasshouse.world.draws import NOTICE, REVIEW

# How a record comes to a list: without notice before; told and let go; not reached; told, reviewed and rejected; told, review given up.
NOT_HELD, TOLD, NOT_REACHED, REVIEWED, REVIEW_LEFT = range(5)


@rule
def next_post(post: Any) -> int:
    """The next free row of the post; 0, and a mark that the run must make more room, if there is none."""
    n = post[0].what + 1
    if n >= post.shape[0]:
        post[0].arm = 1
        return 0
    post[0].what = n
    return int(n)


@rule
def new_pending(a: int, arm: Any, pending: Any, lay: Any, t: Any) -> int:
    """A free place among what waits for its day; -1 (and the run stops) if there is none."""
    n = arm[a].n_pending
    if n >= PENDING_SIZE:
        t[lay.overflow] += 1
        return -1
    arm[a].n_pending = n + 1
    arm[a].touched, arm[a].dirty = 1, 1
    p = pending[a, n]
    p.sort, p.turn, p.noticed, p.lowest, p.verdict = 0, 0, NOT_HELD, 0, -1
    return int(n)


@rule
def drop_pending(a: int, i: int, arm: Any, pending: Any) -> None:
    """Take away what waits at a place; the last one moves there."""
    arm[a].n_pending -= 1
    arm[a].dirty = 1
    if i != arm[a].n_pending:
        pending[a, i] = pending[a, arm[a].n_pending]


@rule
def base_case(
    a: int, entry_list: int, k: int, day: int, item_at: int, lo: int, hi: int, origin: int, event: int, opened: int, noticed: int, repaid:
    int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, spell: Any, lists: Any, more: Any, logs: Any, lay: Any, t: Any, log:
    Any,
) -> None:  # fmt: skip
    """A record rests on the list at a level: at level 0 it opens a case, at the others it joins that case."""
    law = rules[a]
    if k > 0:
        for i in range(arm[a].n_pending):
            p = pending[a, i]
            if p.rank == CASE and p.event == event and p.list == entry_list and p.start == day:
                p.based |= 1 << k
        return
    if noticed != NOT_HELD and noticed != NOT_REACHED:
        return
    w_reached, w_files, w_waits, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, NOTICE)
    mode = law.notice if lists[a, entry_list].noticed != 0 else NO_NOTICE
    known = day_known(mode, law.notice_days, w_reached < law.reach, noticed == NOT_REACHED, day)
    if opened != 0 and known == day:
        spell[a, entry_list, 0].known = 1
    cls = error_class(origin, hi)
    i = older_case(a, entry_list, event, arm, pending)
    if i >= 0 and (pending[a, i].sort != 0 or pending[a, i].file <= day):
        return  # it waits already
    if known == NEVER_KNOWN or lists[a, entry_list].reviewed == 0 or w_files >= more[a, law.at_filed + cls]:
        if i >= 0:
            drop_pending(a, i, arm, pending)  # a case that nobody files takes the place of the older one too
        return
    if i < 0:
        i = new_pending(a, arm, pending, lay, t)
        if i < 0:
            return
    arm[a].dirty = 1
    p = pending[a, i]
    p.rank, p.event, p.item, p.list, p.lo, p.hi, p.origin, p.based = CASE, event, item_at, entry_list, lo, hi, origin, 1
    p.cls, p.start, p.file, p.day, p.lowest = cls, day, NEVER, NEVER, repaid
    if known != AT_THE_GATE:
        p.file = known + exp_days(w_waits, law.file_mean, logs)
        p.day = p.file
        note(log, who.pid, a, day, LOG_NOTICE, entry_list, known, p.file, cls)


@rule
def remember_notice(a: int, entry_list: int, noticed: int, spell: Any) -> None:
    """Whether the person was told before a spell began, and whether a review was decided by then."""
    if noticed != NOT_HELD and noticed != NOT_REACHED:
        spell[a, entry_list, 0].known = 1
        spell[a, entry_list, 0].decided = 1 if noticed == REVIEWED else 0


@rule
def older_case(a: int, entry_list: int, event: int, arm: Any, pending: Any) -> int:
    """Where an undecided case of the same event and list is kept; -1 if there is none."""
    for i in range(arm[a].n_pending):
        p = pending[a, i]
        if p.rank == CASE and p.event == event and p.list == entry_list and p.verdict < 0:
            return i
    return -1


@rule
def known_at_gate(
    a: int, day: int, entry_list: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, spell: Any, logs: Any, log: Any
) -> None:
    """A refusal tells the person that they are listed: cases that nobody told them of can now be filed."""
    s = spell[a, entry_list, 0]
    for i in range(arm[a].n_pending):
        p = pending[a, i]
        if p.rank == CASE and p.list == entry_list and p.file == NEVER and p.verdict < 0 and p.start >= s.entry:
            _, _, w_waits, _ = philox(clock.seed_low, clock.seed_high, who.pid, p.event, NOTICE)
            p.file = day + exp_days(w_waits, rules[a].file_mean, logs)
            p.day = p.file
            arm[a].due = min(arm[a].due, p.day)
            arm[a].dirty = 1
            note(log, who.pid, a, day, LOG_NOTICE, entry_list, day, p.file, p.cls)


@rule
def file_case(a: int, day: int, i: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, more: Any, post: Any, logs: Any) -> None:
    """The day of filing: the case joins the town's queue; after counted time, when no town is lived, its wait is the last one seen."""
    p = pending[a, i]
    arm[a].dirty = 1
    p.day, p.sort = NEVER, 1
    if day < clock.history + clock.horizon:
        n = next_post(post)
        if n == 0:
            return
        out = post[n]
        out.what, out.arm, out.slot, out.event, out.list, out.day = POST_CASE, a, who.slot, p.event, p.list, p.file
        out.cls, out.group, out.held = p.cls, who.group, 1 if p.rank == HELD else 0
        _, _, _, w_patience = philox(clock.seed_low, clock.seed_high, who.pid, p.event, NOTICE)
        out.patience = end_of_patience(p.file, rules[a].patience_mean, exp_days(w_patience, rules[a].patience_mean, logs))
        out.pid = who.pid
        return
    decide_later(a, i, clock, who, rules, arm, pending, more, logs)


@rule
def decide_later(a: int, i: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any, more: Any, logs: Any) -> None:
    """What becomes of a case that is filed after counted time."""
    p, law = pending[a, i], rules[a]
    _, _, _, w_patience = philox(clock.seed_low, clock.seed_high, who.pid, p.event, NOTICE)
    patience = end_of_patience(p.file, law.patience_mean, exp_days(w_patience, law.patience_mean, logs))
    joined, wait = p.file // 7, arm[a].wait_1
    for stage in range(law.stages):
        decided = 7 * (joined + wait + 1) if wait >= 0 else NEVER
        if patience <= decided:
            p.day, p.verdict = (NEVER if patience == NEVER else max(exchange_day(patience), 7 * (joined + 1))), GIVEN_UP
            return
        w_upheld, w_on, w_patience, _ = philox(clock.seed_low, clock.seed_high, who.pid, p.event, REVIEW + stage)
        p.day, p.verdict = decided, UPHELD if w_upheld < more[a, law.at_upheld + 2 * stage + (0 if p.cls == SOUND else 1)] else REJECTED
        if p.verdict == UPHELD or stage + 1 == law.stages or w_on >= law.goes_on:
            return
        joined, wait = decided // 7, arm[a].wait_2
        patience = end_of_patience(decided, law.patience_mean, exp_days(w_patience, law.patience_mean, logs))


@rule
def mark_decided(a: int, i: int, day: int, pending: Any, spell: Any) -> None:
    """A case that has been decided for good by today counts for the stay on the list that it is about."""
    p = pending[a, i]
    if p.rank == CASE and p.day <= day and p.verdict >= 0 and p.verdict <= UPHELD and p.based & 1 == 1:
        s = spell[a, p.list, 0]
        if s.active != 0 and s.entry <= p.start:
            s.decided = 1


@rule
def decide(
    a: int, day: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, pending: Any, spell: Any, item: Any, home: Any,
    home_context: Any, lay: Any, t: Any, log: Any,
) -> int:  # fmt: skip
    """Give effect to the decisions of this day. Returns the levels at which a record left the book."""
    corrected = 0
    i = 0
    while i < arm[a].n_pending:
        p = pending[a, i]
        if p.day > day or p.verdict < 0 or (p.rank != CASE and p.rank != HELD):
            i += 1
            continue
        note(log, who.pid, a, day, LOG_DECIDED, p.list, p.verdict, p.cls, 0)
        if p.rank == HELD:
            if p.verdict == UPHELD and p.cls != SOUND:
                drop_pending(a, i, arm, pending)
                continue
            p.rank, p.day, p.sort = OBSERVED, day, p.event
            p.noticed = REVIEW_LEFT if p.verdict == GIVEN_UP else REVIEWED
            p.lowest = CLEAN if p.verdict == UPHELD else 0
            i += 1
            continue
        mark_decided(a, i, day, pending, spell)
        if p.verdict == UPHELD:
            corrected |= uphold(a, day, i, clock, who, rules, arm, book, pending, spell, item, home, home_context, lay, t, log)
        drop_pending(a, i, arm, pending)
    return corrected


@rule
def uphold(
    a: int, day: int, i: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, pending: Any, spell: Any, item: Any, home: Any,
    home_context: Any, lay: Any, t: Any, log: Any,
) -> int:  # fmt: skip
    """What an upheld review corrects. Returns the levels at which the record left the book."""
    p, fixes = pending[a, i], rules[a].corrects
    top = highest_level(p.cls == SOUND, p.hi, TIE_LEVELS)
    bits = 0
    if fixes & FIX_LIST:
        for k in range(p.lo, top + 1):
            s = spell[a, p.list, k]
            if (p.based >> k) & 1 == 1 and s.active != 0 and s.entry <= p.start:
                s.bases -= 1
                if s.bases <= 0:
                    close_spell(a, p.list, k, day, CORRECTED, who, arm, spell, home, home_context, lay, t, log)
                    arm[a].look = 1
                    if k == 0 and fixes & FIX_COPIES:
                        s.released = -1
    if fixes & FIX_POINTS:
        for at in range(arm[a].n_book):
            r = book[a, at]
            if r.event == p.event and r.item == p.item and r.tie == 0 and r.lo <= top:
                for k in range(LEVELS):
                    if r.lo <= k and k <= min(r.hi, top):
                        bits |= 1 << k
                r.lo = top + 1
                arm[a].mixed = 1
                if r.lo > r.hi:
                    r.corrected = day  # leaves the book when its pages are turned, later this morning
    if fixes & FIX_MONEY and p.item >= 0 and (item[a, p.item].fine != 0 or item[a, p.item].claim != 0) and p.lowest == 0:
        for at in range(arm[a].n_pending):
            if pending[a, at].rank == CASE and pending[a, at].event == p.event and pending[a, at].item == p.item:
                pending[a, at].lowest = 1  # its fine is paid back once
        for at in range(arm[a].n_book):
            if book[a, at].event == p.event and book[a, at].item == p.item:
                book[a, at].fined = 0
        if day >= clock.history and day < clock.history + clock.horizon:
            if item[a, p.item].fine != 0:
                count_money(t, lay.refunds, a, who.group, class_of_record(p.hi), 1)
            count_money(t, lay.returned, a, who.group, class_of_record(p.hi), item[a, p.item].claim)
    return bits
