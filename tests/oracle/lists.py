"""One person's stays on the lists of one scheme: entry, repeats, ends, copies, and the class of a day (001, sections 7 and 9; 005; 006)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.oracle import notice
from tests.oracle.book import Book
from tests.oracle.classes import (
    AMNESTY,
    CLEAN,
    CORRECTED,
    EXPIRED,
    HAZARD,
    LEVELS,
    NO_CLASS,
    PERFORMED,
    STALE,
    TIED,
    class_of,
)
from tests.oracle.records import EXTEND, NEVER, RESTART, Case, Fate, Record, Spell

Sent = tuple[Record, int, int]  # a record with its levels when it took effect
Bound = tuple[list[bool], int]  # levels at which another adult of the household is on a list that binds, and the context


class Lists(Book):
    """The spells of one person, at each level, with what was done today in `closed` and the like."""

    def __init__(self, scheme: SimpleNamespace, first: int = 0) -> None:
        super().__init__(scheme)
        self.first = first  # the first counted day
        self.able = True
        self.pair: Lists | None = None  # the same person in the error-free world
        self.enrolled = True
        self.spells: list[list[Spell | None]] = [[None] * 8 for _ in scheme.lists]
        self.bound: dict[int, Bound] = {}  # through the household, since the last exchange
        self.ended: dict[int, int] = {}  # day of the last end at level 0, from which copies stand
        self.cases: dict[tuple[int, int], Case] = {}  # by event and list: the last
        self.filings: list[Case] = []  # with a day of filing, on their way to the queue
        self.contacts: list[tuple[Sent, int]] = []  # records that opened a spell on a list with contacts, since the last exchange
        self.opened: list[tuple[int, Spell]] = []  # at level 0, not yet given a class
        self.entries: list[tuple[int, int, Spell]] = []  # list, class, spell: of the day
        self.closed: list[tuple[int, int, Spell]] = []  # list, cause, spell: at level 0, of the day
        self.clean_entries: list[int] = []  # lists that the clean ledger entered, of the day

    def no_basis(self, day: int) -> Fate:
        """The draws of a spell that no record opened."""
        raise NotImplementedError

    # -- entry -------------------------------------------------------------------------------------------------------------

    def regrade(self, day: int) -> None:
        """Lists by grade, after any change of the book, an end, or a change of the grade."""
        causes, self.mended = self.mended, {}
        if not self.look_again or not self.scheme.grade_from:
            return
        self.look_again = False
        if not self.enrolled:
            return  # no list of the scheme concerns them
        by_grade = [(i, rule) for i, rule in enumerate(self.scheme.lists) if rule.from_grade >= 0]
        for level in LEVELS if by_grade else ():
            grade = self.grade(level)
            for index, rule in by_grade:
                spell = self.spells[index][level]
                if spell is None and grade >= rule.from_grade:
                    worst = self.worst_record(level)
                    if worst is not None or (self.scheme.whole.alpha > 0 and level in TIED):
                        self.open(index, level, day, worst, by_grade=True)
                elif spell is not None and spell.by_grade and rule.term == 0 and grade < rule.from_grade:
                    self.close(index, level, day, causes.get(level, EXPIRED))

    def list_by_record(self, record: Record, index: int, level: int, day: int) -> None:
        """A record names a list: it opens a spell or repeats the one that stands."""
        item = record.item
        if item is not None and item.strikes > 1:
            naming = [r for r in self.book if r.item.list == index and r.visible(level) and day - item.window < r.effective <= day]
            if len(naming) < item.strikes:
                return
        spell = self.spells[index][level]
        if spell is None:
            self.open(index, level, day, record, by_grade=False)
            return
        spell.corrected = max(spell.corrected, record.corrected)
        spell.bases += 1
        rule = self.scheme.lists[index]
        if rule.repeat == RESTART:
            spell.expires = day + self.term(record, index) if self.term(record, index) else NEVER
        elif rule.repeat == EXTEND and spell.expires < NEVER:
            longest = spell.entry + rule.longest if rule.longest else NEVER
            spell.expires = max(spell.expires, min(spell.expires + rule.extension, longest))
        notice.on_list(self, spell, record, index, level, day)

    def replace(self, case: Case) -> None:
        """A case that nobody has filed yet gives way to a new one."""
        case.over = True
        if case in self.filings:
            self.filings.remove(case)
        spell = self.spells[case.list][0]
        if spell is not None and case in spell.cases:
            spell.cases.remove(case)

    def term(self, record: Record, index: int) -> int:
        """The term of the item if it has one, else of the list; 0 is no fixed term."""
        own = int(record.item.term) if record.item is not None else -1
        return own if own >= 0 else int(self.scheme.lists[index].term)

    def open(self, index: int, level: int, day: int, basis: Record | None, *, by_grade: bool, chosen: bool = False) -> None:
        """A spell begins: by a record, by grade, or because an official chose the person (`chosen`)."""
        rule = self.scheme.lists[index]
        term = rule.term if by_grade or chosen or basis is None else self.term(basis, index)
        while_it_lasts = by_grade and not rule.term
        fate = self.no_basis(day) if basis is None else basis.fate
        performable = basis is not None and basis.item is not None and bool(basis.item.performable)
        spell = Spell(
            entry=day,
            expires=day + term if term else NEVER,
            corrected=NEVER if while_it_lasts or basis is None else basis.corrected,
            basis=basis,
            by_grade=by_grade,
            performable=bool(rule.performable) and not while_it_lasts and performable,
            hazards=[max(day + fate.hazard_after(index, j), day + rule.minimum) for j in range(rule.n_hazards)],
        )
        self.spells[index][level] = spell
        if level == 0:
            self.opened.append((index, spell))
            if basis is not None and not (by_grade or chosen or basis.tie) and rule.contact_list >= 0:
                self.contacts.append(((basis, basis.lo, basis.hi), index))
        if level == CLEAN:
            self.clean_entries.append(index)
        if basis is not None:
            notice.on_list(self, spell, basis, index, level, day)

    def settle(self, day: int) -> None:
        """Give each spell opened in this application its class at entry, by the levels of its list alone."""
        while self.opened:
            index, spell = self.opened.pop(0)
            kind = class_of(self.active(index), induced=self.induced(index), unrelated=self.unrelated(index, spell, day))
            self.entries.append((index, kind, spell))

    # -- ends --------------------------------------------------------------------------------------------------------------

    def close(self, index: int, level: int, day: int, cause: int, *, copies: bool = True) -> None:
        """A spell ends; holders' copies outlive it unless they too are mended."""
        spell = self.spells[index][level]
        assert spell is not None
        self.spells[index][level] = None
        self.look_again = True
        if level == 0:
            self.closed.append((index, cause, spell))
            if copies:
                self.ended[index] = day
            else:
                self.ended.pop(index, None)

    def end_spells(self, day: int) -> None:
        """What ends by itself today, by list and level."""
        for index, rule in enumerate(self.scheme.lists):
            for level in LEVELS:
                spell = self.spells[index][level]
                if spell is not None:
                    cause = self.cause_today(spell, rule, self.scheme.hazards[index][: rule.n_hazards], day)
                    if cause >= 0:
                        self.close(index, level, day, cause)

    def cause_today(self, spell: Spell, rule: Any, hazards: list[Any], day: int) -> int:
        """The first cause for which a spell ends today, -1 none."""
        if spell.corrected == day:
            return CORRECTED
        if spell.performed == day:
            return PERFORMED
        if self.amnesty(rule, day) and day >= spell.entry + rule.minimum:
            return AMNESTY
        for j, hazard in enumerate(hazards):
            if spell.hazards[j] == day and not (hazard.unable and self.able):
                return HAZARD + j
        return EXPIRED if spell.expires == day else -1

    def amnesty(self, rule: Any, day: int) -> bool:
        """Whether everyone leaves the list today: once, or every so many days of counted time."""
        since = day - self.first - rule.amnesty_first
        if rule.amnesty_first < 0 or day < self.first or since < 0:
            return False
        return bool(since % rule.amnesty_every == 0) if rule.amnesty_every else since == 0

    # -- what the day looks like -------------------------------------------------------------------------------------------

    def active(self, index: int) -> list[bool]:
        """The levels at which the person is on the list."""
        return [spell is not None for spell in self.spells[index]]

    def bits(self, index: int) -> list[bool]:
        """The levels at which the list acts on the person: on it, or bound by the household."""
        own = self.active(index)
        if index in self.bound:
            own = [a or b for a, b in zip(own, self.bound[index][0], strict=True)]
        return own

    def context(self, index: int) -> int:
        """The context of what stands at level 0: the own basis, else that of the one who binds."""
        spell = self.spells[index][0]
        if spell is not None:
            return spell.context
        return self.bound[index][1] if index in self.bound else -1

    def induced(self, index: int) -> bool:
        """Whether the same person is not on the list in the error-free world."""
        return self.pair is not None and self.pair.spells[index][0] is None

    def copy_at(self, gate: Any, day: int) -> bool:
        """Whether the gate's holder still has a copy of a listing that has ended."""
        ended = self.ended.get(gate.list, NEVER)
        return bool(not gate.parent and self.spells[gate.list][0] is None and ended <= day < ended + gate.purge)

    def related(self, index: int, context: int) -> bool:
        return any(g.list == index and g.context == context for g in self.scheme.gates)

    def unrelated(self, index: int, spell: Spell, day: int) -> bool:
        """No gate of the list has the context of its basis record, or it has lasted as long as ordinary law would let it."""
        yardstick = self.scheme.lists[index].yardstick
        return not self.related(index, spell.context) or (yardstick >= 0 and day - spell.entry >= yardstick)

    def sanctioned(self, *, bound: bool = True) -> list[bool]:
        """The levels at which some list that is a sanction acts."""
        bits = self.bits if bound else self.active
        rows = [bits(i) for i, rule in enumerate(self.scheme.lists) if rule.sanction and (any(self.spells[i]) or i in self.bound)]
        return [any(row[level] for row in rows) for level in LEVELS] if rows else [False] * 8

    def day_class(self, day: int) -> int:
        """Class of the day: `SPARED` if wrongly spared, `NO_CLASS` if nothing stands."""
        if not (self.bound or self.ended or any(any(levels) for levels in self.spells)):
            return NO_CLASS
        levels = self.sanctioned()
        lists, gates = self.scheme.lists, self.scheme.gates
        if not levels[0] and any(lists[g.list].sanction and self.copy_at(g, day) for g in gates):
            return STALE
        induced = self.pair is not None and not self.pair.sanctioned()[0]
        now = [i for i, rule in enumerate(lists) if rule.sanction and self.bits(i)[0]]
        return class_of(levels, induced=induced, unrelated=all(self.unrelated_today(i, day) for i in now))

    def unrelated_today(self, index: int, day: int) -> bool:
        """`unrelated` of a list that acts at level 0; a bond has no yardstick that could run out."""
        spell = self.spells[index][0]
        return not self.related(index, self.context(index)) if spell is None else self.unrelated(index, spell, day)
