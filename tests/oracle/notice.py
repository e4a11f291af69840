"""Notice, and what a review does to the records and lists of the person (005, section 5). The queue stands in `review.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.classes import CORRECTED
from tests.oracle.people import exp_days
from tests.oracle.records import NEVER, Case, Fate, Record, Spell

if TYPE_CHECKING:
    from tests.oracle.ledger import Ledger
    from tests.oracle.lists import Lists

NO_NOTICE, BEFORE, AFTER, AT_GATE = 0, 1, 2, 3
FIX_LIST, FIX_POINTS, FIX_COPIES, FIX_MONEY = 1, 2, 4, 8
SHARED = 4  # the last level that an upheld review of a sound record reaches


def on_list(ledger: Lists, spell: Spell, record: Record, index: int, level: int, day: int) -> None:
    """A record opened or repeated a spell on a list: if the list is under review, that opens a case.

    Not if the person was told before, or had a stay: the record had its case then. A case of the same event and list that nobody has filed
    yet gives way to the new one; one that has been filed stays alone until it is over.
    """
    whole, rule, fate = ledger.scheme.whole, ledger.scheme.lists[index], record.fate
    if level == 0 and spell.basis is record and not record.tie:
        at_once = rule.noticed and whole.notice == AFTER and whole.notice_days == 0 and fate.notice_words()[0] < whole.reach
        spell.told = bool(fate.told or fate.stayed is not None or at_once)
    if not (whole.review and rule.reviewed) or record.tie:
        return
    record.based[index, level] = spell
    if level != 0 or fate.told or fate.stayed is not None:
        return
    before = ledger.cases.get((fate.event, index))
    if before is not None and not before.over:
        if before.filed(day):
            return
        ledger.replace(before)
    case = Case(fate, index, record.error, day, record, lo=record.lo)
    ledger.cases[fate.event, index] = case
    spell.cases.append(case)
    if not rule.noticed or whole.notice == NO_NOTICE:
        return
    if whole.notice == AFTER and fate.notice_words()[0] < whole.reach:
        becomes_known(ledger, case, day + whole.notice_days)
    else:
        case.at_gate = True


def becomes_known(ledger: Lists, case: Case, day: int) -> None:
    """The person hears of the record, and files or does not."""
    whole, (_, files, waits, patience) = ledger.scheme.whole, case.fate.notice_words()
    case.known, case.at_gate = day, False
    if files < ledger.scheme.filed[case.error]:
        case.file = day + exp_days(waits, whole.file_mean)
        case.patience = case.file + 1 + exp_days(patience, whole.patience_mean) if whole.patience_mean else NEVER
        ledger.filings.append(case)


def refused_at_gate(ledger: Lists, index: int, day: int) -> None:
    """A refusal tells the person of every record of this spell that they had not heard of."""
    spell = ledger.spells[index][0]
    for case in spell.cases if spell is not None else []:
        if case.at_gate:
            becomes_known(ledger, case, day)


def hold(ledger: Ledger, fate: Fate, day: int) -> bool:
    """Notice before a record takes effect: true if it does not take effect today."""
    whole, item = ledger.scheme.whole, ledger.scheme.items[fate.item] if fate.item >= 0 else None
    if whole.notice != BEFORE or fate.held or item is None or item.list < 0 or not ledger.scheme.lists[item.list].noticed:
        return False
    fate.held = True
    reached, files, waits, patience = fate.notice_words()
    fate.told = reached < whole.reach
    error = ledger.error_of(fate)
    file, effect = day + exp_days(waits, whole.file_mean), day + whole.notice_days
    reviewed = whole.review and ledger.scheme.lists[item.list].reviewed
    if reviewed and fate.told and files < ledger.scheme.filed[error] and file < effect:
        case = Case(fate, item.list, error, day, known=day, file=file)
        case.patience = file + 1 + exp_days(patience, whole.patience_mean) if whole.patience_mean else NEVER
        fate.told, fate.stayed = False, case
        ledger.filings.append(case)
        return True
    if whole.notice_days == 0:
        return False
    ledger.postpone(fate, effect)
    return True


def decided(ledger: Ledger, case: Case, upheld: bool, day: int) -> None:
    """The effect of a case that is over: upheld, or rejected for good or given up."""
    if case.record is None:
        if not (upheld and case.wrong):
            case.fate.lowest = SHARED + 1 if upheld else 0
            ledger.postpone(case.fate, day)  # it waits for its turn among the records that are due today
    elif upheld:
        _uphold(ledger, case, case.record, day)


def _uphold(ledger: Ledger, case: Case, record: Record, day: int) -> None:
    corrects = ledger.scheme.whole.corrects
    top = record.hi if case.wrong else min(record.hi, SHARED)
    if corrects & FIX_LIST:
        for level in range(case.lo, top + 1):
            spell = ledger.spells[case.list][level]
            rests = spell is not None and record.based.get((case.list, level)) is spell
            if spell is not None and rests and spell.entry <= case.day:
                spell.bases -= 1
                if spell.bases == 0:
                    ledger.close(case.list, level, day, CORRECTED, copies=not corrects & FIX_COPIES)
    levels = range(record.lo, top + 1)  # fewer than the case's, if a review on another list has been upheld before
    if corrects & FIX_POINTS and record in ledger.book and levels:
        ledger.mended.update(dict.fromkeys(levels, CORRECTED))
        ledger.look_again = True
        record.lo = top + 1
        if record.lo > record.hi:
            ledger.book.remove(record)
    if corrects & FIX_MONEY and record.money_class >= 0:
        if record.item.fine:
            ledger.refunds.append(record.money_class)
        ledger.returned.append((record.money_class, record.item.claim))
        record.money_class = -1
