"""One person's ledger under one scheme, a day at a time: records that take effect, payments, what falls due (001, 5 to 9; 005; 006).

Written from the pages of docs/design alone, to be read beside them. Nothing here knows how chance is drawn: every record arrives
with its `Fate`, and whoever runs the ledger says what the fate is (drawn, or stated by hand).
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.oracle import notice
from tests.oracle.classes import CLEAN, LEFT, LEVELS, PERFORMED, TIED, class_of
from tests.oracle.lists import Lists, Sent
from tests.oracle.records import (
    ABLE,
    ADULT,
    ANOTHERS,
    LAWFUL,
    MISRECORDED,
    MOST,
    NEVER,
    NO_ACT,
    OWES,
    OWN,
    PAYMENT,
    PLEDGE,
    PROTECTED,
    SOUND,
    UNMET_ERROR,
    Fate,
    Record,
    error_class,
)


class Ledger(Lists):
    """The book of records and the lists of one person under one scheme."""

    def __init__(self, scheme: SimpleNamespace, minor: bool, debts: int, first: int = 0) -> None:
        super().__init__(scheme, first)
        self.minor, self.debts = minor, debts
        self.by_strikes = {item.list for item in scheme.items if item.list >= 0 and item.strikes > 1}
        self.pending: list[tuple[int, int, Fate]] = []
        self.entered = False  # the act or false record at hand has made a record
        self.relatives: list[Sent] = []  # records that go on to relatives, since the last exchange
        self.fines: list[int] = []  # classes, of the day
        self.refunds: list[int] = []  # classes, of the day
        self.claimed: list[tuple[int, int]] = []  # class and money, of the day
        self.returned: list[tuple[int, int]] = []  # likewise
        self.clean_fines = self.clean_claims = 0
        self.owed = 0  # of what was claimed
        self.debts_paid = 0

    # -- the day -----------------------------------------------------------------------------------------------------------

    def start_of_day(self, day: int) -> None:
        """(a) what falls due in the book, then list ends, (c) grades; (b) pending records, (c) after each."""
        self.book_falls_due(day)
        self.end_spells(day)
        self.regrade(day)
        self.settle(day)
        while self.pending and self.pending[0][0] == day:
            self.take_effect(self.pending.pop(0)[2], day)

    def receive(self, fate: Fate, day: int, delay: int) -> None:
        """A record was made: it takes effect at once, or at the start of a later day."""
        if delay == 0:
            self.take_effect(fate, day)
        else:
            self.postpone(fate, day + delay)

    def postpone(self, fate: Fate, day: int) -> None:
        self.pending.append((day, fate.event, fate))
        self.pending.sort(key=lambda p: p[:2])
        if len(self.pending) > MOST:
            raise OverflowError("more than 256 records pending")

    def take_effect(self, fate: Fate, day: int) -> None:
        if not notice.hold(self, fate, day):
            self.apply(fate, day)

    def forget_the_day(self) -> None:
        """What was done today has been noted by whoever runs the ledger."""
        self.entries, self.closed, self.clean_entries, self.fines, self.refunds = [], [], [], [], []
        self.claimed, self.returned = [], []
        self.clean_fines = self.clean_claims = self.owed = self.debts_paid = 0

    # -- records -----------------------------------------------------------------------------------------------------------

    def apply(self, fate: Fate, day: int) -> None:
        """Everything that one act or one false record brings, then the class of spells that it opened."""
        lowest = fate.lowest
        if fate.origin == MISRECORDED:
            self.enter(fate, fate.item, MISRECORDED, (lowest, 2), day)
            self.enter(fate, fate.true_item, OWN, (max(3, lowest), 7), day)
        else:
            self.enter(fate, fate.item, fate.origin, (lowest, {ANOTHERS: 0, NO_ACT: 1}.get(fate.origin, 7)), day)
        self.after_records(day)

    def after_records(self, day: int) -> None:
        if self.entered:
            self.look_again = True
            self.regrade(day)
        self.entered = False
        self.settle(day)

    def enter(self, fate: Fate, index: int, origin: int, levels: tuple[int, int], day: int) -> None:
        """One coding of an act: under its item, and under those that the item names in `also`, each once."""
        done: list[int] = []
        while index >= 0 and index not in done:
            item = self.scheme.items[index]
            self.enter_item(fate, index, item, origin, levels, day)
            done.append(index)
            index = item.also

    def unmet(self, item: Any, fate: Fate) -> bool:
        """Whether a condition of the item is not met now; of a false record only the person's age is examined."""
        if item.cond & ADULT and self.minor:
            return True
        own = fate.kind < 0 and fate.origin in (OWN, MISRECORDED)
        return own and (bool(item.cond & ABLE and not self.able) or bool(item.cond & OWES and self.debts == 0))

    def error_of(self, fate: Fate) -> int:
        """Class of error of a record that is about to take effect."""
        error = error_class(fate.origin, False)
        return UNMET_ERROR if error == SOUND and self.unmet(self.scheme.items[fate.item], fate) else error

    def enter_item(self, fate: Fate, index: int, item: Any, origin: int, levels: tuple[int, int], day: int) -> None:
        lo, hi = levels
        unmet = self.unmet(item, fate)
        if unmet and fate.noticed(index):
            return
        if origin == OWN:
            hi = {PROTECTED: 5, LAWFUL: 6}.get(item.valence, 7)
        if unmet and origin in (OWN, MISRECORDED):
            hi = min(hi, 3)
        if item.firm:
            hi = min(hi, TIED[-1])  # not in the clean ledger: it was the firm's act, not the person's
        if lo > hi:
            return
        record = self.new_record(item, fate, origin, (lo, hi), day)
        record.unmet = unmet
        if (origin != OWN or unmet) and fate.corrected_after < NEVER:
            when = day + max(1, fate.corrected_after)
            record.corrected = when if when < record.gone else NEVER
        self.keep(record, index, day)

    def new_record(self, item: Any, fate: Fate, origin: int, levels: tuple[int, int], day: int) -> Record:
        gone = day + item.validity if item.validity else NEVER
        return Record(item, origin, fate, day, gone, *levels, grade=item.grade, context=item.context)

    def keep(self, record: Record, index: int, day: int) -> None:
        """A record of an item takes effect: pledge, points, the book, money, a list, relatives."""
        item = record.item
        record.used = self.uses
        if item.repair == PLEDGE and not record.tie:
            when = day + record.fate.pledge_after(index)
            record.pledge = when if when < record.gone else NEVER
        for level in range(record.lo, record.hi + 1):
            record.points[level] = self.points_of(item, level, day)
        if item.points or item.grade >= 0 or item.list in self.by_strikes:
            self.book.append(record)
        if len(self.book) > MOST:
            raise OverflowError("more than 256 records in a book")
        self.charge(record)
        if item.list >= 0:
            for level in range(record.lo, record.hi + 1):
                self.list_by_record(record, item.list, level, day)
        if item.relatives >= 0 and record.lo == 0 and not record.tie:
            self.relatives.append((record, record.lo, record.hi))
        self.entered = True

    def charge(self, record: Record) -> None:
        """The fine and the claim of money that a record brings; of a claim also how much is owed in truth."""
        item = record.item
        if record.lo == 0 and (item.fine or item.claim or item.owed):
            record.money_class = class_of([record.visible(level) for level in LEVELS])
            if item.fine:
                self.fines.append(record.money_class)
            self.claimed.append((record.money_class, item.claim))
            self.owed += item.owed if record.origin == OWN else 0
        if record.visible(CLEAN):
            self.clean_fines += bool(item.fine)
            self.clean_claims += item.claim

    # -- what comes through a tie --------------------------------------------------------------------------------------------

    def relative_of(self, sent: Record, levels: tuple[int, int], fate: Fate, day: int) -> None:
        """A relative's record brings a record of the item that it names, whatever that item's conditions."""
        index = sent.item.relatives
        record = self.new_record(self.scheme.items[index], fate, sent.origin, levels, day)
        record.tie, record.unmet = True, sent.unmet
        if fate.corrected_after < NEVER:
            when = day + max(1, fate.corrected_after)
            record.corrected = when if when < record.gone else NEVER
        self.keep(record, index, day)
        self.after_records(day)

    def contact_of(self, sent: Record, levels: tuple[int, int], index: int, fate: Fate, day: int) -> None:
        """Someone's contact was listed: a link of its own, on another list, until it is disproved."""
        record = Record(None, sent.origin, fate, day, NEVER, *levels, grade=-1, context=sent.context, unmet=sent.unmet, tie=True)
        record.corrected = day + fate.corrected_after
        for level in range(record.lo, record.hi + 1):
            self.list_by_record(record, index, level, day)
        self.entered = True
        self.after_records(day)

    # -- leaving -----------------------------------------------------------------------------------------------------------

    def leave(self, day: int) -> None:
        """The person leaves the scheme: every spell ends, and nothing is kept."""
        for index in range(len(self.spells)):
            for level in LEVELS:
                if self.spells[index][level] is not None:
                    self.close(index, level, day, LEFT)
        self.enrolled = False
        self.ended, self.book, self.pending, self.filings, self.cases = {}, [], [], [], {}
        self.mended, self.look_again = {}, False

    # -- money -------------------------------------------------------------------------------------------------------------

    def pay(self, day: int) -> None:
        """All debts are paid: lists that performing ends will end, records that payment mends are mended."""
        self.debts_paid += self.debts
        self.debts = 0
        for index, rule in enumerate(self.scheme.lists):
            for level in LEVELS:
                spell = self.spells[index][level]
                if spell is not None and spell.performable:
                    spell.performed = min(spell.performed, max(day + rule.lag, spell.entry + rule.minimum))
                    if spell.performed == day:
                        self.close(index, level, day, PERFORMED)
        mended = [r for r in self.book if r.item.repair == PAYMENT and r.origin == OWN and not (r.tie or r.repaired)]
        for record in mended:
            self.repair(record, day)
        if mended:
            self.regrade(day)
        self.settle(day)

    def listed_performable(self) -> bool:
        return any(rule.performable and self.spells[i][0] is not None for i, rule in enumerate(self.scheme.lists))
