"""Records, spells, cases under review, and what chance decides about them (001, sections 6 and 7; 005, sections 4 and 5; 006)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NEVER = 1 << 60
OWN, ANOTHERS, NO_ACT, MISRECORDED = 0, 1, 2, 3
UNLAWFUL, LAWFUL, PROTECTED, COMMENDABLE = 0, 1, 2, 3
ABLE, ADULT, OWES = 1, 2, 4
NONE, RESTART, EXTEND = 0, 1, 2
PAYMENT, PLEDGE = 1, 2
MOST = 256  # records in a book, and pending
UNMET_ERROR, SOUND = 3, 4  # classes of error; 0 another's act, 1 no act, 2 misrecorded
Words = tuple[int, int, int, int]


@dataclass
class Fate:
    """What chance decides about one candidate record: everything an application needs to know."""

    event: int
    origin: int
    kind: int  # which kind of false record; -1 for an act, and for an unfair rating
    channel: int
    category: int  # of the act, as written down
    item: int  # as written down; -1 none
    true_item: int = -1  # what a misrecorded act truly was; -1 none
    corrected_after: int = NEVER  # days from the effective day; NEVER if nobody files

    held: bool = field(default=False, init=False)  # notice before the record takes effect has been tried
    told: bool = field(default=False, init=False)  # it has reached the person, who did not stop the record
    stayed: Case | None = field(default=None, init=False)  # filed before it took effect
    lowest: int = field(default=0, init=False)  # level from which on it counts, once a review of it is over

    def noticed(self, item: int) -> bool:
        """Whether an unmet condition of the item is noticed."""
        raise NotImplementedError

    def pledge_after(self, item: int) -> int:
        """Days from the effective day to the pledge."""
        raise NotImplementedError

    def hazard_after(self, list_index: int, hazard: int) -> int:
        """Days from the opening of a spell to this way out."""
        raise NotImplementedError

    def notice_words(self) -> Words:
        """Reached, files, waits, patience."""
        raise NotImplementedError

    def review_words(self, stage: int) -> Words:
        """Upheld, goes on, patience at stage 2."""
        raise NotImplementedError


def error_class(origin: int, unmet: bool) -> int:
    """What is wrong with a record, if anything is."""
    return {ANOTHERS: 0, NO_ACT: 1, MISRECORDED: 2}.get(origin, UNMET_ERROR if unmet else SOUND)


@dataclass
class Record:
    """What an act or a false record, under one rule, has become. Without an item: a link through a contact."""

    item: Any
    origin: int
    fate: Fate
    effective: int
    gone: int
    lo: int
    hi: int
    grade: int
    context: int
    unmet: bool = False  # its ground
    tie: bool = False  # it came through a tie
    points: list[int] = field(default_factory=lambda: [0] * 8)
    corrected: int = NEVER
    pledge: int = NEVER
    repaired: bool = False
    money_class: int = -1  # of the fine and the claim that it brought, until they are given back
    used: int = 0  # how often the person had used rated services when it took effect
    based: dict[tuple[int, int], Spell] = field(default_factory=dict)  # list and level -> the spell that it last opened or repeated

    def visible(self, level: int) -> bool:
        return self.lo <= level <= self.hi

    @property
    def error(self) -> int:
        return error_class(self.origin, self.unmet)


@dataclass
class Spell:
    """A stay on a list at one level. Without a basis: entered through the scores of others."""

    entry: int
    expires: int
    corrected: int
    basis: Record | None
    by_grade: bool
    performable: bool
    hazards: list[int]
    performed: int = NEVER
    tracked: int = -1  # class at entry, if its length is followed
    bases: int = 1  # records that opened or repeated it, less those lifted by review
    cases: list[Case] = field(default_factory=list)
    told: bool = False  # of the record that opened it, on that day or before

    @property
    def context(self) -> int:
        return -1 if self.basis is None else self.basis.context


@dataclass(eq=False)
class Case:
    """Someone's case against one record on one list."""

    fate: Fate
    list: int
    error: int
    day: int  # on which the record opened or repeated the spell; or would have, if stayed
    record: Record | None = None  # none: the record is stayed
    lo: int = 0  # the first level of the record when the case opened
    known: int = NEVER
    file: int = NEVER
    patience: int = NEVER  # the day on which it ends, at the present stage
    at_gate: bool = False  # to become known by a refusal
    stage: int = 1
    joined_first: int = -1  # week of joining stage 1
    joined: int = -1  # week of joining the present stage
    due: int = -1  # week of decision, of a case filed too late for the queue
    decided: bool = False  # for good: upheld, or rejected and not sent on
    over: bool = False  # decided, given up or lapsed

    def filed(self, day: int) -> bool:
        """Whether it has been filed by a day."""
        return self.file <= day

    @property
    def wrong(self) -> bool:
        return self.error != SOUND
