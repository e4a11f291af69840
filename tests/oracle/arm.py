"""One scheme in one town: what its people share, and what is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.oracle.gates import Listed
from tests.oracle.officials import Watch
from tests.oracle.review import Queue

if TYPE_CHECKING:
    from tests.oracle.subject import Subject

Counters = dict[str, Counter[tuple[int, ...]]]
Tie = tuple[int, int, int]  # layer and the two home slots


@dataclass
class Times:
    """Days: of history and counted time together `last`, with follow-up `end`; whole weeks that an exchange follows."""

    first: int
    last: int
    end: int

    @property
    def weeks(self) -> int:
        return self.last // 7

    def counted(self, day: int) -> bool:
        return self.first <= day < self.last


@dataclass
class Arm:
    """What the people of a town have in common under one scheme."""

    number: int
    scheme: Any
    seed: int
    town: int
    people: int
    times: Times
    counters: Counters
    ties: dict[int, list[tuple[int, int]]]  # of the town: home slot -> layer, home slot
    pair_e: int = -1
    pair_a: int = -1
    subjects: dict[int, Subject] = field(default_factory=dict)  # by home slot, in its order
    dropped: set[Tie] = field(default_factory=set)
    listed: dict[int, Listed] = field(default_factory=dict)  # adults, as the last exchange saw them

    def __post_init__(self) -> None:
        whole = self.scheme.whole
        self.watch = Watch(whole, self.people)
        self.queue = Queue(self)
        self.speaking = whole.silence_start  # X
        self.displacing = [0] * len(self.scheme.rewards)  # q
        self.privileged = [0] * len(self.scheme.rewards)  # U of this week
        self.others = [0] * len(self.scheme.rewards)  # V of this week

    def adults(self) -> list[Subject]:
        return [s for s in self.subjects.values() if not s.person.minor]

    def household(self, subject: Subject) -> list[Subject]:
        """The other members of the household, in household order."""
        others = [s for s in self.subjects.values() if s.person.household == subject.person.household and s is not subject]
        return sorted(others, key=lambda s: s.person.place)

    def tied(self, slot: int, layer: int = -1) -> list[tuple[int, int]]:
        """The ties of a person that have not been dropped, of one layer or of all: layer, home slot."""
        wanted = [(la, other) for la, other in self.ties[slot] if layer in (-1, la)]
        return [(la, other) for la, other in wanted if tie(la, slot, other) not in self.dropped] if self.dropped else wanted

    def count(self, name: str, group: int, *key: int, by: int = 1) -> None:
        self.counters[name][(*key, group)] += by


def tie(layer: int, one: int, other: int) -> Tie:
    return layer, min(one, other), max(one, other)
