"""Schemes, fates and towns stated by hand, for small facts that can be computed on paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from glasshouse.scheme import tables as T
from glasshouse.scheme.compile import BOTTOM
from tests.oracle.arm import Arm, Times
from tests.oracle.chance import Happening
from tests.oracle.exchange import exchange
from tests.oracle.nothing import nothing_but
from tests.oracle.people import Person, ties_of
from tests.oracle.records import MISRECORDED, NEVER, OWN, Fate, Words
from tests.oracle.subject import Subject

SURE = 1 << 32
HOUR = 1 << 15  # ticks, roughly
NOTHING = nothing_but({T.GATE: {"compliance": SURE}})


def row(dtype: Any, **given: int) -> SimpleNamespace:
    """A row of a table: what is given, else what switches a mechanism off, else 0."""
    assert set(given) <= set(dtype.names), set(given) - set(dtype.names)
    return SimpleNamespace(**{name: given.get(name, NOTHING.get(dtype, {}).get(name, 0)) for name in dtype.names})


def scheme(
    *, items: Sequence[dict[str, int]] = (), lists: Sequence[dict[str, int]] = (), gates: Sequence[dict[str, int]] = (),
    grade_from: Sequence[int] = (), rules: dict[str, int] | None = None, whole: dict[str, int] | None = None, **other: Any,
) -> SimpleNamespace:  # fmt: skip
    """A scheme in which nothing is on but what is given; one channel, one category of conduct, ties of weight 1 and three layers."""
    given = {
        "rules": row(T.RULES, **(rules or {})),
        "whole": row(T.WHOLE, **(whole or {})),
        "items": [row(T.ITEM, **it) for it in items],
        "lists": [row(T.LIST, **it) for it in lists],
        "gates": [row(T.GATE, **it) for it in gates],
        "grade_from": [*grade_from, BOTTOM] if grade_from else [],
        "channels": [row(T.CHANNEL)],
        "sensitivity": [[0, 0]],
        "mistaken_for": [[-1, -1]],
        "hazards": [[row(T.HAZARD)] for _ in lists],
        "batches": [],
        "tie_weight": [256, 256, 256, 256],
        "spare": [[0, 0, 0]],
        "restrained": [],
        "fading": [],
        "silenced": [0, 0],
        "theta": [0],
        "silence_factor": [SURE] * 4096,
        "filed": [SURE] * 5,
        "upheld": [[0, 0], [0, 0]],
        "pick_start": [[0, 0], [0, 0]],
        "pick_count": [[1, 1], [0, 0]],
        "pick_item": [0],
        "pick_cum": [SURE],
        "false_category": [[SURE, SURE]],
        "risk_weight": [0] * T.RISK_WEIGHTS,
    }
    for name, dtype in (("false", T.FALSE), ("campaigns", T.CAMPAIGN), ("rewards", T.REWARD), ("selections", T.SELECTION)):
        given[name] = [row(dtype, **it) for it in other.pop(name, [])]
    return SimpleNamespace(**{**given, **other})


def false_scheme(**kind: int) -> SimpleNamespace:
    """One kind of false record, which every candidate becomes; role 2 has a rule as well."""
    kinds = [{"origin": MISRECORDED, "cum_0": SURE, "cum_1": SURE, "cum_2": SURE, **kind}]
    return scheme(items=[{}], false=kinds, pick_start=[[0, 0, 0]], pick_count=[[1, 0, 1]], false_category=[[SURE, SURE]])


class Stated(Fate):
    """A fate by hand: heard of, filed and waited for at once; `notice` and `review` are the words of those draws."""

    def __init__(
        self,
        event: int = 1,
        item: int = 0,
        *,
        origin: int = OWN,
        kind: int = -1,
        true_item: int = -1,
        notice: Words = (0, 0, 0, 0),
        review: Words = (0, 0, 0, 0),
    ) -> None:
        super().__init__(event, origin, kind, 0, 0, item, true_item)
        self.notice, self.review = notice, review

    def noticed(self, item: int) -> bool:
        return False

    def pledge_after(self, item: int) -> int:
        return NEVER

    def hazard_after(self, list_index: int, hazard: int) -> int:
        return NEVER

    def notice_words(self) -> Words:
        return self.notice

    def review_words(self, stage: int) -> Words:
        return self.review


def someone(
    slot: int, household: int, place: int, *, minor: bool = False, blocks: Sequence[tuple[int, int]] = (), group: int = 0
) -> Person:
    """A person with nothing special about them."""
    return Person(
        pid=slot, town=0, slot=slot, household=(0, household), place=place, minor=minor, group=group, role=int(minor), income=0,
        conduct=4096, frailty=4096, visibility=4096, able=True, debts=0, opinion=0, boldness=0, rank=slot, blocks=list(blocks),
    )  # fmt: skip


def family(adults: int, minors: int = 0) -> list[Person]:
    """One household, adults first, in home slots 0, 1, ..."""
    return [someone(i, 0, i, minor=i >= adults) for i in range(adults + minors)]


def strangers(n: int) -> list[Person]:
    """Adults who live alone and share one block of layer 1."""
    return [someone(i, i, 0, blocks=[(0, i)]) for i in range(n)]


def listed_at(subject: Subject, index: int = 0) -> str:
    """The levels at which someone is on a list."""
    return "".join(str(level) for level, spell in enumerate(subject.ledger.spells[index]) if spell is not None)


Deed = Callable[[Subject, int], None]


class HandTown:
    """A town under one scheme in which nothing happens but what is stated: deeds by day and home slot."""

    def __init__(self, people: list[Person], given: Any, *, weeks: int = 4, followup: int = 0) -> None:
        times = Times(0, 7 * weeks, 7 * weeks + followup)
        self.counters: dict[str, Counter[tuple[int, ...]]] = defaultdict(Counter)
        self.arm = Arm(0, given, 1, 0, len(people), times, self.counters, ties_of(people))
        categories = [SimpleNamespace(creates_debt=0, needs_debt=0, valence=2), SimpleNamespace(creates_debt=1, needs_debt=0, valence=4)]
        self.people = [Subject(self.arm, person, categories) for person in people]
        self.arm.subjects = {s.person.slot: s for s in self.people}
        self.deeds: dict[tuple[int, int], list[Deed]] = defaultdict(list)
        self.day = 0

    def record(self, day: int, slot: int, fate: Fate) -> None:
        """A record that takes effect during a day."""
        self.deeds[day, slot].append(lambda subject, today: subject.ledger.receive(fate, today, 0))

    def attempt(self, day: int, slot: int, word: int = 0, event: int = 9) -> None:
        """An attempt to meet need 0."""
        self.deeds[day, slot].append(lambda subject, today: subject.happen(today, Happening(today << 20, event, "need", 0, word)))

    def act(self, day: int, slot: int, word: int = 0, which: int = 0) -> None:
        """An act of a category that nobody sees."""
        self.deeds[day, slot].append(lambda subject, today: subject.act(today, 9, which, word))

    def until(self, day: int) -> HandTown:
        """Live all days before a day."""
        for today in range(self.day, day):
            for subject in self.people:
                subject.start_of_day(today)
                for deed in self.deeds[today, subject.person.slot]:
                    deed(subject, today)
                subject.end_of_day(today)
            if today % 7 == 6:
                if today // 7 < self.arm.times.weeks:
                    exchange(self.arm, today // 7)
                else:
                    self.arm.queue.follow_up(today // 7)
        self.day = day
        return self

    def end(self) -> HandTown:
        """Live all days, then close the books."""
        self.until(self.arm.times.end)
        for subject in self.people:
            subject.close_books()
        return self

    def of(self, name: str) -> dict[tuple[int, ...], int]:
        """A counter without the group and without what is 0."""
        return {key[:-1]: n for key, n in self.counters[name].items() if n}

    def days(self) -> dict[int, set[int]]:
        """Sanctioned days by class, of everyone."""
        out: dict[int, set[int]] = defaultdict(set)
        for kind, day in self.of("sanctioned"):
            out[kind].add(day)
        return dict(out)
