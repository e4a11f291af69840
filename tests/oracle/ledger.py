"""One person's ledger under one scheme, a day at a time: book, points, grades, lists, gates (001, sections 5 to 9).

Written from docs/design/001-spine-semantics.md alone, to be read beside it. Nothing here knows how chance is drawn: every
record arrives with its `Fate`, and whoever runs the ledger says what the fate is (drawn, or stated by hand).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Protocol

LEVELS = range(7)
NEVER = 1 << 60
OWN, ANOTHERS, NO_ACT, MISRECORDED = 0, 1, 2, 3
UNLAWFUL, LAWFUL, PROTECTED, COMMENDABLE = 0, 1, 2, 3
ABLE, ADULT, OWES = 1, 2, 4
NONE, RESTART, EXTEND = 0, 1, 2
PAYMENT, PLEDGE = 1, 2
PROTECTED_CONDUCT, LAWFUL_CONDUCT, UNRELATED, WITHIN = 4, 5, 6, 7
CORRECTED, PERFORMED, HAZARD, EXPIRED, CENSORED = 0, 1, 2, 9, 10
MOST = 256  # records in a book, and pending


class Fate(Protocol):
    """What chance decides about one candidate record: everything an application needs to know."""

    event: int
    origin: int
    kind: int  # which kind of false record; -1 for an act
    channel: int
    category: int  # of the act, as written down
    item: int  # as written down; -1 none
    true_item: int  # what a misrecorded act truly was; -1 none
    corrected_after: int  # days from the effective day; NEVER if nobody files

    def noticed(self, item: int) -> bool:
        """Whether an unmet condition of the item is noticed."""

    def pledge_after(self, item: int) -> int:
        """Days from the effective day to the pledge."""

    def hazard_after(self, list_index: int, hazard: int) -> int:
        """Days from the opening of a spell to this way out."""


@dataclass
class Record:
    """An entry in the book."""

    item: Any
    origin: int
    fate: Fate
    effective: int
    gone: int
    lo: int
    hi: int
    grade: int
    points: list[int] = field(default_factory=lambda: [0] * 7)
    corrected: int = NEVER
    pledge: int = NEVER
    repaired: bool = False

    def visible(self, level: int) -> bool:
        return self.lo <= level <= self.hi


@dataclass
class Spell:
    """A stay on a list at one level."""

    entry: int
    expires: int
    corrected: int
    basis: Record
    by_grade: bool
    performable: bool
    hazards: list[int]
    performed: int = NEVER
    tracked: int = -1  # class at entry, if its length is followed


def first_class(active: list[bool]) -> int:
    """The class by levels of something that is so at level 0; `WITHIN` if it stays at all levels."""
    if not active[4]:
        return next(level for level in (1, 2, 3, 4) if not active[level]) - 1
    if not active[5]:
        return PROTECTED_CONDUCT
    return WITHIN if active[6] else LAWFUL_CONDUCT


class Ledger:
    """The book of records and the lists of one person under one scheme, with what was done today in `closed` and the like."""

    def __init__(self, scheme: SimpleNamespace, minor: bool, debts: int) -> None:
        self.scheme, self.minor, self.debts = scheme, minor, debts
        self.by_strikes = {item.list for item in scheme.items if item.list >= 0 and item.strikes > 1}
        self.book: list[Record] = []
        self.pending: list[tuple[int, int, Fate]] = []
        self.spells: list[list[Spell | None]] = [[None] * 7 for _ in scheme.lists]
        self.look_again = False  # grades may have changed
        self.entered = False  # the act or false record at hand has made a record
        self.mended: dict[int, int] = {}  # at each level, the best cause that today's changes of the book give to a recovered grade
        self.opened: list[tuple[int, Spell]] = []  # at level 0, not yet given a class
        self.entries: list[tuple[int, int, Spell]] = []  # list, class, spell: of the day
        self.closed: list[tuple[int, int, Spell]] = []  # list, cause, spell: at level 0, of the day
        self.clean_entries: list[int] = []  # lists that the clean ledger entered, of the day
        self.fines: list[int] = []  # classes
        self.clean_fines = 0
        self.debts_paid = 0

    # -- the day -----------------------------------------------------------------------------------------------------------

    def start_of_day(self, day: int, able: bool) -> None:
        """(a) what falls due in the book, then list ends, (c) grades; (b) pending records, (c) after each."""
        for record in list(self.book):
            if day in (record.corrected, record.gone):
                self.book.remove(record)
                self.look_again = True
                if day == record.corrected:
                    self.mended.update(dict.fromkeys(range(record.lo, record.hi + 1), CORRECTED))
            elif day == record.pledge:
                self.repair(record, day)
        self.end_spells(day, able)
        self.regrade(day)
        self.settle(day)
        while self.pending and self.pending[0][0] == day:
            _, _, fate = self.pending.pop(0)
            self.apply(fate, day, able)

    def receive(self, fate: Fate, day: int, delay: int, able: bool) -> None:
        """A record was made: it takes effect at once, or at the start of a later day."""
        if delay == 0:
            self.apply(fate, day, able)
            return
        self.pending.append((day + delay, fate.event, fate))
        self.pending.sort(key=lambda p: p[:2])
        if len(self.pending) > MOST:
            raise OverflowError("more than 256 records pending")

    def forget_the_day(self) -> None:
        """What was done today has been noted by whoever runs the ledger."""
        self.entries, self.closed, self.clean_entries, self.fines = [], [], [], []
        self.clean_fines = self.debts_paid = 0

    # -- records -----------------------------------------------------------------------------------------------------------

    def apply(self, fate: Fate, day: int, able: bool) -> None:
        """Everything that one act or one false record brings, then the class of spells that it opened."""
        if fate.origin == MISRECORDED:
            self.enter(fate, fate.item, MISRECORDED, (0, 2), day, able)
            self.enter(fate, fate.true_item, OWN, (3, 6), day, able)
        else:
            self.enter(fate, fate.item, fate.origin, (0, {ANOTHERS: 0, NO_ACT: 1}.get(fate.origin, 6)), day, able)
        if self.entered:
            self.look_again = True
            self.regrade(day)
        self.entered = False
        self.settle(day)

    def enter(self, fate: Fate, index: int, origin: int, levels: tuple[int, int], day: int, able: bool) -> None:
        """One coding of an act: under its item, and under those that the item names in `also`, each once."""
        done: list[int] = []
        while index >= 0 and index not in done:
            item = self.scheme.items[index]
            self.enter_item(fate, index, item, origin, levels, day, able)
            done.append(index)
            index = item.also

    def enter_item(self, fate: Fate, index: int, item: Any, origin: int, levels: tuple[int, int], day: int, able: bool) -> None:
        lo, hi = levels
        unmet = bool(item.cond & ADULT and self.minor)
        if origin in (OWN, MISRECORDED):
            unmet = unmet or bool(item.cond & ABLE and not able) or bool(item.cond & OWES and self.debts == 0)
        if unmet and fate.noticed(index):
            return
        if origin == OWN:
            hi = {PROTECTED: 4, LAWFUL: 5}.get(item.valence, 6)
        if unmet and origin in (OWN, MISRECORDED):
            hi = min(hi, 3)
        record = Record(item, origin, fate, day, day + item.validity if item.validity else NEVER, lo, hi, item.grade)
        if (origin != OWN or unmet) and fate.corrected_after < NEVER:
            when = day + max(1, fate.corrected_after)
            record.corrected = when if when < record.gone else NEVER
        if item.repair == PLEDGE:
            when = day + fate.pledge_after(index)
            record.pledge = when if when < record.gone else NEVER
        for level in range(lo, hi + 1):
            record.points[level] = self.points_of(item, level, day)
        if item.points or item.grade >= 0 or item.list in self.by_strikes:
            self.book.append(record)
        if len(self.book) > MOST:
            raise OverflowError("more than 256 records in a book")
        if item.fine and lo == 0:
            self.fines.append(first_class([record.visible(level) for level in LEVELS]))
        if item.fine and hi >= 4:
            self.clean_fines += 1
        if item.list >= 0:
            for level in range(lo, hi + 1):
                self.list_by_record(record, level, day)
        self.entered = True

    def points_of(self, item: Any, level: int, day: int) -> int:
        """The item's points, doubled on a repeat, a reward cut to what its cap leaves."""
        points = int(item.points)
        visible = [r for r in self.book if r.visible(level)]
        if item.double and any(r.item is item for r in visible):
            points *= 2
        if points > 0 and item.cap_group >= 0:
            group = [r for r in visible if r.item.cap_group == item.cap_group and r.effective > day - 365]
            points = min(points, max(0, item.cap - sum(max(0, r.points[level]) for r in group)))
        return points

    def repair(self, record: Record, day: int) -> None:
        """The record now counts as its repair points, for the repair's validity."""
        record.grade, record.repaired, record.pledge = -1, True, NEVER
        for level in range(record.lo, record.hi + 1):
            record.points[level] = record.item.repair_points
            self.mended.setdefault(level, PERFORMED)
        record.gone = day + record.item.repair_validity if record.item.repair_validity else NEVER
        self.look_again = True

    # -- points and grades -------------------------------------------------------------------------------------------------

    def score(self, level: int) -> int:
        rules = self.scheme.rules
        total: int = rules.start + sum(r.points[level] for r in self.book if r.visible(level))
        return max(int(rules.floor), min(int(rules.cap), total))

    def grade(self, level: int) -> int:
        score = self.score(level)
        own = next((g for g, bound in enumerate(self.scheme.grade_from) if bound <= score), len(self.scheme.grade_from) - 1)
        return max([own, *(r.grade for r in self.book if r.visible(level))])

    def worst_record(self, level: int) -> Record | None:
        """Direct grades first (worse first), then the lowest points, then the earliest in the book."""
        visible = [r for r in self.book if r.visible(level)]
        return min(visible, key=lambda r: (-r.grade, r.points[level]), default=None)

    def regrade(self, day: int) -> None:
        """Lists by grade, after any change of the book."""
        causes, self.mended = self.mended, {}
        if not self.look_again or not self.scheme.grade_from:
            return
        self.look_again = False
        by_grade = [(i, rule) for i, rule in enumerate(self.scheme.lists) if rule.from_grade >= 0]
        for level in LEVELS if by_grade else ():
            grade = self.grade(level)
            for index, rule in by_grade:
                spell = self.spells[index][level]
                if spell is None and grade >= rule.from_grade and (worst := self.worst_record(level)) is not None:
                    self.open(index, level, day, worst, by_grade=True)
                elif spell is not None and spell.by_grade and rule.term == 0 and grade < rule.from_grade:
                    self.close(index, level, day, causes.get(level, EXPIRED))

    # -- lists -------------------------------------------------------------------------------------------------------------

    def list_by_record(self, record: Record, level: int, day: int) -> None:
        item, index = record.item, record.item.list
        if item.strikes > 1:
            naming = [r for r in self.book if r.item.list == index and r.visible(level) and day - item.window < r.effective <= day]
            if len(naming) < item.strikes:
                return
        spell = self.spells[index][level]
        if spell is None:
            self.open(index, level, day, record, by_grade=False)
            return
        spell.corrected = max(spell.corrected, record.corrected)
        rule = self.scheme.lists[index]
        if rule.repeat == RESTART:
            spell.expires = day + self.term(record, index) if self.term(record, index) else NEVER
        elif rule.repeat == EXTEND and spell.expires < NEVER:
            longest = spell.entry + rule.longest if rule.longest else NEVER
            spell.expires = max(spell.expires, min(spell.expires + rule.extension, longest))

    def term(self, record: Record, index: int) -> int:
        """The term of the item if it has one, else of the list; 0 is no fixed term."""
        own = int(record.item.term)
        return own if own >= 0 else int(self.scheme.lists[index].term)

    def open(self, index: int, level: int, day: int, basis: Record, *, by_grade: bool) -> None:
        rule = self.scheme.lists[index]
        term = rule.term if by_grade else self.term(basis, index)
        while_it_lasts = by_grade and not rule.term
        spell = Spell(
            entry=day,
            expires=day + term if term else NEVER,
            corrected=NEVER if while_it_lasts else basis.corrected,
            basis=basis,
            by_grade=by_grade,
            performable=bool(rule.performable) and not while_it_lasts and bool(basis.item.performable),
            hazards=[day + basis.fate.hazard_after(index, j) for j in range(rule.n_hazards)],
        )
        self.spells[index][level] = spell
        if level == 0:
            self.opened.append((index, spell))
        if level == 4:
            self.clean_entries.append(index)

    def close(self, index: int, level: int, day: int, cause: int) -> None:
        spell = self.spells[index][level]
        assert spell is not None
        self.spells[index][level] = None
        self.look_again = True
        if level == 0:
            self.closed.append((index, cause, spell))

    def end_spells(self, day: int, able: bool) -> None:
        for index, rule in enumerate(self.scheme.lists):
            for level in LEVELS:
                spell = self.spells[index][level]
                if spell is not None:
                    cause = self.cause_today(spell, self.scheme.hazards[index][: rule.n_hazards], day, able)
                    if cause >= 0:
                        self.close(index, level, day, cause)

    @staticmethod
    def cause_today(spell: Spell, hazards: list[Any], day: int, able: bool) -> int:
        if spell.corrected == day:
            return CORRECTED
        if spell.performed == day:
            return PERFORMED
        for j, hazard in enumerate(hazards):
            if spell.hazards[j] == day and not (hazard.unable and able):
                return HAZARD + j
        return EXPIRED if spell.expires == day else -1

    def settle(self, day: int) -> None:
        """Give each spell opened in this application its class at entry, by the levels of its list alone."""
        while self.opened:
            index, spell = self.opened.pop(0)
            kind = first_class(self.active(index))
            if kind == WITHIN and self.unrelated(index, spell, day):
                kind = UNRELATED
            self.entries.append((index, kind, spell))

    # -- money -------------------------------------------------------------------------------------------------------------

    def pay(self, day: int) -> None:
        """All debts are paid: lists that performing ends will end, records that payment mends are mended."""
        self.debts_paid += self.debts
        self.debts = 0
        for index, rule in enumerate(self.scheme.lists):
            for level in LEVELS:
                spell = self.spells[index][level]
                if spell is not None and spell.performable:
                    spell.performed = min(spell.performed, day + rule.lag)
                    if spell.performed == day:
                        self.close(index, level, day, PERFORMED)
        mended = [r for r in self.book if r.item.repair == PAYMENT and r.origin == OWN and not r.repaired]
        for record in mended:
            self.repair(record, day)
        if mended:
            self.regrade(day)
        self.settle(day)

    def listed_performable(self) -> bool:
        return any(rule.performable and self.spells[i][0] is not None for i, rule in enumerate(self.scheme.lists))

    # -- what the day looks like -------------------------------------------------------------------------------------------

    def active(self, index: int) -> list[bool]:
        return [spell is not None for spell in self.spells[index]]

    def unrelated(self, index: int, spell: Spell, day: int) -> bool:
        """No gate of the list has the context of its basis record, or it has lasted as long as ordinary law would let it."""
        related = any(g.list == index and g.context == spell.basis.item.context for g in self.scheme.gates)
        yardstick = self.scheme.lists[index].yardstick
        return not related or (yardstick >= 0 and day - spell.entry >= yardstick)

    def day_class(self, day: int) -> tuple[int, bool]:
        """Class of the day (-1 not sanctioned), and whether the person is wrongly spared."""
        sanctions = [i for i, rule in enumerate(self.scheme.lists) if rule.sanction and any(self.spells[i])]
        if not sanctions:
            return -1, False
        sanctioned = [any(self.spells[i][level] is not None for i in sanctions) for level in LEVELS]
        if not sanctioned[0]:
            return -1, sanctioned[4]
        kind = first_class(sanctioned)
        if kind == WITHIN:
            now = [(i, spell) for i in sanctions if (spell := self.spells[i][0]) is not None]
            if all(self.unrelated(i, spell, day) for i, spell in now):
                kind = UNRELATED
        return kind, False
