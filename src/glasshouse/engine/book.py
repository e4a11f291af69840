"""The book of records of one arm: entering, mending and expiring records, and the grade they add up to at each level."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.cases import base_case, remember_notice
from glasshouse.engine.spells import close_spell, enter_list, note
from glasshouse.engine.state import BOOK_SIZE, LOG_MENDED, LOG_SCORE, NO_TIES, TIE_ROW
from glasshouse.mechanism.association import effective
from glasshouse.mechanism.classes import CLEAN, LEVELS, TIE_LEVELS
from glasshouse.mechanism.lists import CORRECTED, EXPIRED, NEVER, PERFORMED
from glasshouse.mechanism.points import drifted, points_of, score
from glasshouse.world.draws import GRADE_EVENT

YEAR = 365


@rule
def visible(record: Any, k: int) -> bool:
    """Whether a level of the ledger holds the record."""
    return record.lo <= k and k <= record.hi


@rule
def repeats_item(a: int, item_at: int, n: int, k: int, book: Any) -> bool:
    """Whether the book holds an earlier, still valid record of the same rule at a level."""
    for i in range(n):
        if book[a, i].item == item_at and visible(book[a, i], k):
            return True
    return False


@rule
def rewards_so_far(a: int, day: int, cap_group: int, n: int, k: int, book: Any, points: Any, item: Any) -> int:
    """Reward points of the last year at a level from rules that share a cap."""
    total = 0
    for i in range(n):
        r = book[a, i]
        if r.day > day - YEAR and points[a, i, k] > 0 and item[a, r.item].cap_group == cap_group and visible(r, k):
            total += points[a, i, k]
    return total


@rule
def write_record(
    a: int, day: int, item_at: int, lo: int, hi: int, origin: int, event: int, channel: int, category: int, kind: int, correction: int,
    pledge: int, tie: int, told: int, drift: int, arm: Any, book: Any, points: Any, item: Any,
) -> bool:  # fmt: skip
    """Append a record with its points at each level. False if the book is full."""
    i = arm[a].n_book
    if i >= BOOK_SIZE:
        return False
    rule_text = item[a, item_at]
    gone = day + rule_text.validity if rule_text.validity > 0 else NEVER
    r = book[a, i]
    r.day, r.gone, r.item, r.lo, r.hi = day, gone, item_at, lo, hi
    r.channel, r.category, r.kind = channel, category, kind
    r.corrected = correction if correction < gone else NEVER
    r.pledge = pledge if pledge < gone else NEVER
    r.origin, r.grade, r.event, r.mended = origin, rule_text.grade, event, 0
    r.tie, r.told, r.used = tie, told, arm[a].uses
    r.fined = 1 if rule_text.fine != 0 or rule_text.claim != 0 else 0
    r.drift = day + drift if drift > 0 and rule_text.points != 0 else NEVER
    if lo != 0 or hi != LEVELS - 1:
        arm[a].mixed = 1
    looks_back = rule_text.double != 0 or rule_text.cap_group >= 0
    for k in range(LEVELS):
        points[a, i, k] = 0
        if lo <= k and k <= hi:
            repeats = looks_back and repeats_item(a, item_at, i, k, book)
            rewards = rewards_so_far(a, day, rule_text.cap_group, i, k, book, points, item) if looks_back else 0
            points[a, i, k] = points_of(rule_text, repeats, rewards)
    arm[a].n_book = i + 1
    return True


@rule
def strikes(a: int, day: int, k: int, entry_list: int, window: int, arm: Any, book: Any, item: Any) -> int:
    """Records visible at a level that name the list, within the rolling window that ends today."""
    n = 0
    for i in range(arm[a].n_book):
        r = book[a, i]
        if visible(r, k) and item[a, r.item].list == entry_list and r.day > day - window:
            n += 1
    return n


@rule
def grade_at(a: int, k: int, rules: Any, arm: Any, book: Any, points: Any, grade_from: Any) -> int:
    """Index of the grade at a level (0 is best): that of the score, or a worse direct grade."""
    total = 0
    worst = 0
    for i in range(arm[a].n_book):
        r = book[a, i]
        if visible(r, k):
            total += points[a, i, k]
            if r.grade > worst:
                worst = r.grade
    g = 0
    value = with_ties(a, k, score(rules[a], total), rules, points)
    while g < rules[a].n_grades - 1 and grade_from[a, g] > value:
        g += 1
    return g if g > worst else worst


@rule
def with_ties(a: int, k: int, own: int, rules: Any, points: Any) -> int:
    """The score that counts at a level: own, or own and the ties' in the weights of association."""
    if k >= TIE_LEVELS or rules[a].alpha == 0 or points[a, TIE_ROW, k] == NO_TIES:
        return own
    return effective(own, points[a, TIE_ROW, k], rules[a].alpha)


@rule
def score_at(a: int, k: int, rules: Any, arm: Any, book: Any, points: Any) -> int:
    """The person's own score at a level, in tenths."""
    total = 0
    for i in range(arm[a].n_book):
        if visible(book[a, i], k):
            total += points[a, i, k]
    return score(rules[a], total)


@rule
def worst_record(a: int, k: int, arm: Any, book: Any, points: Any) -> int:
    """The record that a list entered by grade rests on: the worst direct grade, else the lowest points, the earliest first."""
    best = -1
    for i in range(arm[a].n_book):
        if not visible(book[a, i], k):
            continue
        if best < 0:
            best = i
            continue
        lower_grade = book[a, i].grade > book[a, best].grade
        same_grade = book[a, i].grade == book[a, best].grade
        if lower_grade or (same_grade and points[a, i, k] < points[a, best, k]):
            best = i
    return best


@rule
def enter_by_grade(
    a: int, entry_list: int, k: int, day: int, ordered: bool, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending:
    Any, spell: Any, hazard_day: Any, item: Any, lists: Any, hazard: Any, more: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Open a spell that rests on the worst record visible, or on nobody's where the scores of ties alone brought it about.

    By grade and without a term it lasts as long as the grade: neither correction nor payment ends it. ``ordered``: by an official's order.
    """
    entry = lists[a, entry_list]
    r = worst_record(a, k, arm, book, points)
    if arm[a].enrolled <= 0 or (r < 0 and (k >= TIE_LEVELS or rules[a].alpha == 0)):
        return
    context, event, performable, correction = -1, GRADE_EVENT + day // 7 - 1, False, NEVER
    if r >= 0:
        basis = item[a, book[a, r].item]
        context, event = basis.context, book[a, r].event
        performable = (ordered or entry.term > 0) and basis.performable != 0
        correction = book[a, r].corrected if ordered or entry.term > 0 else NEVER
    enter_list(
        a, entry_list, k, day, entry.term, correction, performable, context, event, clock, who, spell, hazard_day, lists, hazard, logs,
        lay, t, log,
    )  # fmt: skip
    s = spell[a, entry_list, k]
    s.fresh, s.by_grade = 1, 0 if ordered else 1
    if r < 0:
        s.item, s.channel = -1, -1
        return
    s.item = book[a, r].item
    s.origin, s.channel, s.category, s.kind = book[a, r].origin, book[a, r].channel, book[a, r].category, book[a, r].kind
    if k == 0 and book[a, r].tie == 0:
        remember_notice(a, entry_list, book[a, r].told, spell)
    if book[a, r].tie == 0 and (entry.reviewed != 0 or entry.noticed != 0):
        base_case(
            a, entry_list, k, day, book[a, r].item, book[a, r].lo, book[a, r].hi, book[a, r].origin, event, 1, book[a, r].told, 1 -
            book[a, r].fined, clock, who, rules, arm, pending, spell, lists, more, logs, lay, t, log,
        )  # fmt: skip


@rule
def enter_by_risk(
    a: int, entry_list: int, k: int, day: int, clock: Any, who: Any, spell: Any, hazard_day: Any, lists: Any, hazard: Any, logs: Any, lay:
    Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Open a spell that rests on no record: the person was picked for what they are (design 006, section 6)."""
    enter_list(
        a, entry_list, k, day, lists[a, entry_list].term, NEVER, False, -1, GRADE_EVENT + day // 7 - 1, clock, who, spell, hazard_day,
        lists, hazard, logs, lay, t, log,
    )  # fmt: skip
    s = spell[a, entry_list, k]
    s.fresh, s.by_grade, s.item, s.channel = 1, 0, -1, -1


@rule
def review_grades(
    a: int, day: int, corrected: int, repaired: int, clock: Any, who: Any, rules: Any, arm: Any, book: Any, points: Any, pending: Any,
    spell: Any, hazard_day: Any, item: Any, grade_from: Any, lists: Any, hazard: Any, more: Any, home: Any, home_context: Any, logs: Any,
    lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """Enter and leave the lists that go by grade, at every level, after the book has changed.

    ``corrected`` and ``repaired`` hold the levels at which a record was corrected or mended today: they name the cause.
    """
    if rules[a].n_grades == 0:
        return
    grade = 0
    for k in range(LEVELS):
        if k == 0 or arm[a].mixed != 0 or rules[a].alpha != 0:
            grade = grade_at(a, k, rules, arm, book, points, grade_from)
        for entry_list in range(rules[a].n_lists):
            entry = lists[a, entry_list]
            if entry.from_grade < 0:
                continue
            fallen = grade >= entry.from_grade
            s = spell[a, entry_list, k]
            if s.active == 0:
                if fallen:
                    enter_by_grade(
                        a, entry_list, k, day, False, clock, who, rules, arm, book, points, pending, spell, hazard_day, item, lists, hazard,
                        more, logs, lay, t, log,
                    )  # fmt: skip
            elif s.by_grade != 0 and entry.term == 0 and not fallen:
                cause = CORRECTED if (corrected >> k) & 1 else (PERFORMED if (repaired >> k) & 1 else EXPIRED)
                close_spell(a, entry_list, k, day, cause, who, arm, spell, home, home_context, lay, t, log)
    if log.shape[0] > 0:
        note(
            log, who.pid, a, day, LOG_SCORE, score_at(a, 0, rules, arm, book, points), score_at(a, CLEAN, rules, arm, book, points),
            grade_at(a, 0, rules, arm, book, points, grade_from), grade_at(a, CLEAN, rules, arm, book, points, grade_from),
        )  # fmt: skip


@rule
def mend(a: int, i: int, day: int, book: Any, points: Any, item: Any) -> int:
    """Repair a record: its direct grade goes, its points become the repair points for the repair's validity. Returns its levels' bits."""
    r = book[a, i]
    rule_text = item[a, r.item]
    r.grade = -1
    r.mended = 1
    r.pledge, r.drift = NEVER, NEVER
    r.gone = day + rule_text.repair_validity if rule_text.repair_validity > 0 else NEVER
    bits = 0
    for k in range(LEVELS):
        if visible(r, k):
            points[a, i, k] = rule_text.repair_points
            bits |= 1 << k
    return bits


@rule
def drop_record(a: int, i: int, arm: Any, book: Any, points: Any) -> None:
    """Take a record out of the book, keeping the order of the rest."""
    n = arm[a].n_book - 1
    for j in range(i, n):
        book[a, j] = book[a, j + 1]
        for k in range(LEVELS):
            points[a, j, k] = points[a, j + 1, k]
    arm[a].n_book = n
    if n == 0:
        arm[a].mixed = 0


@rule
def turn_pages(a: int, day: int, who: Any, rules: Any, arm: Any, book: Any, points: Any, item: Any, log: Any) -> tuple[int, int]:
    """What falls due in the book at the start of a day: corrections, pledges, expiry, drift. Returns the levels corrected and mended."""
    corrected, repaired = 0, 0
    i = 0
    while i < arm[a].n_book:
        r = book[a, i]
        if min(r.corrected, r.pledge, r.gone, r.drift) <= day:
            arm[a].look = 1
        if r.corrected <= day:
            for k in range(LEVELS):
                if visible(r, k):
                    corrected |= 1 << k
            note(log, who.pid, a, day, LOG_MENDED, r.item, 0, 0, 0)
            drop_record(a, i, arm, book, points)
            continue
        if r.pledge <= day:
            repaired |= mend(a, i, day, book, points, item)
            note(log, who.pid, a, day, LOG_MENDED, r.item, 1, 0, 0)
        if r.gone <= day:
            note(log, who.pid, a, day, LOG_MENDED, r.item, 2, 0, 0)
            drop_record(a, i, arm, book, points)
            continue
        if r.drift <= day:
            r.drift = day + rules[a].drift_every
            for k in range(LEVELS):
                points[a, i, k] = drifted(points[a, i, k], rules[a].drift_points)
        i += 1
    return corrected, repaired
