"""A stated life and what came of it, in integers: the neutral language between the hand-computed cases and whatever runs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ACT, FALSE, BATCH, NEED, SHOCK, RECOVERY, PAYMENT = range(7)  # kinds of events
CLASSES = (  # in the order of docs/design/005-whole-model.md, section 1
    "stale",
    "mistaken identity",
    "false report",
    "misrecorded",
    "ground unmet",
    "collateral",
    "error-induced",
    "protected conduct",
    "lawful conduct",
    "unrelated or disproportionate",
    "within stated rules",
)
CORRECTED, PERFORMED, FIRST_HAZARD, EXPIRED, CENSORED = 0, 1, 2, 9, 10  # causes of the end of a spell
LEVELS = 8
CLEAN = 5  # the level of the clean ledger


@dataclass(frozen=True)
class Stated:
    """One event and everything that chance would decide about it. Indices are those of the compiled tables; -1 is none or never."""

    day: int
    kind: int
    which: int = -1  # category of an act, need of an attempt
    channel: int = -1  # that makes the record; -1: nobody sees the act
    origin: int = 0  # 0 own true, 1 another's act, 2 no act, 3 misrecorded
    item: int = -1  # the rule, as written down
    true_item: int = -1  # the rule that a misrecorded act truly falls under
    delay: int = 0  # days from the act to the record's effective day
    noticed: int = 0  # an unmet condition is noticed
    corrected: int = -1  # days from the effective day to the correction
    pledge: int = -1  # days from the effective day to the pledge
    hazards: tuple[tuple[int, int, int], ...] = ()  # list, hazard, days from the opening of a spell; others never
    complies: int = 1  # the gatekeeper applies a rule
    over: int = 0  # the gatekeeper refuses more than the rule says
    pays: int = 1  # a payment is accepted if there is a debt and the person is able


@dataclass(frozen=True)
class StatedPerson:
    """Who lives the life, and in which order what happens."""

    events: tuple[Stated, ...]
    minor: bool = False
    able: bool = True
    debts: int = 0


@dataclass(frozen=True)
class StatedLife:
    """A person, their listed or unlisted parents in household order, and the rules. Day 0 is the first counted day."""

    world: Any
    scheme: Any
    days: int  # counted; a spell still open at the end is censored there
    person: StatedPerson
    parents: tuple[StatedPerson, ...] = ()


@dataclass
class Trace:
    """What came of a stated life. By day means at the end of the day, when it is counted."""

    points: list[list[int]] = field(default_factory=list)  # [day][level], tenths
    grade: list[list[int]] = field(default_factory=list)  # [day][level], index; empty rows without grades
    listed: list[list[list[bool]]] = field(default_factory=list)  # [day][list][level]
    day_class: list[int] = field(default_factory=list)  # [day], -1 not sanctioned
    spared: list[bool] = field(default_factory=list)  # [day]
    debts: list[int] = field(default_factory=list)  # [day]
    attempts: list[tuple[int, int, int, int, int]] = field(default_factory=list)  # day, need, exposed class, denied class, spared
    entries: list[tuple[int, int, int]] = field(default_factory=list)  # list, day, class; level 0
    spells: list[tuple[int, int, int, int]] = field(default_factory=list)  # list, entry, end, cause; level 0
    fines: list[tuple[int, int]] = field(default_factory=list)  # day, class
