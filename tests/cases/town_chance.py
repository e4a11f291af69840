"""Chance in a stated town: every draw is answered by what the case says happened, else by what changes nothing.

Both sides ask for words by person, event and stream. A yes is the word 0 and a no the largest word, against thresholds of one half;
a number of days is the word that an exponential draw with a mean of ten days turns into it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

import glasshouse.engine.town  # noqa: F401 so that every module that draws is there to be patched
from glasshouse.world.draws import (
    DELAY,
    EXIT,
    EXIT_STEP,
    FALSE,
    GATE,
    LIFE,
    LINK,
    MASK,
    NOTICE,
    OBSERVE,
    OFFICIAL,
    PERSON,
    RATING,
    REVIEW,
    RISK,
    TIE_VALUE,
    TIES,
    TRAIT,
    TRAP,
    TRAP_EVENT,
    philox_plain,
)  # fmt: skip
from tests.cases.town_tables import CATEGORIES, NEEDS, ORIGINS, RATE, TEN_DAYS, number
from tests.oracle.people import E, permute

YES, NO = 0, MASK
Words = tuple[int, int, int, int]
HOUR = 1 << 15  # ticks, roughly; events of one day stand an hour apart
EVENT_KEYS = {
    "day", "who", "does", "falsely", "needs", "shock", "recovers", "pays", "item", "seen", "let_go", "kept", "noticed", "delay", "pledge",
    "corrected", "reached", "files", "files_after", "patience", "upheld", "goes_on", "patience_2", "complies", "over", "displaced", "joins",
    "unable", "defaults_after", "then", "done", "leaves", "links", "category", "unfair",
}  # fmt: skip


@cache
def word_for(amount: int) -> int:
    """The largest word whose exponential is at least an amount, in 2^-24."""
    low, high = 0, NO
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if E(middle) >= amount else (low, middle - 1)
    return low


@cache
def days(n: int | None) -> int:
    """The word that comes to so many days; a very long time if none are stated."""
    if n is None:
        return 0
    word = word_for(-(-(n << 32) // TEN_DAYS))
    assert E(word) * TEN_DAYS >> 32 == n
    return word


def yes(happens: object) -> int:
    return YES if happens else NO


@dataclass
class Chance:
    """What is drawn in a town, for people named by their home slot."""

    minors: list[bool]
    people: dict[int, dict[str, Any]]  # what is stated of a person, by home slot
    events: list[dict[str, Any]]
    items: int
    worth: int = 0  # of every tie, in 1/256 of the mean
    slot: dict[int, int] = field(default_factory=dict)  # by person
    lives: dict[int, list[dict[str, Any]]] = field(default_factory=dict)  # by home slot, in order of time

    def __post_init__(self) -> None:
        n = len(self.minors)
        keys = philox_plain(1, 0, 0, TIES)
        self.slot = {pid: permute(keys, pid, n) for pid in range(n)}
        for event in self.events:
            assert set(event) <= EVENT_KEYS, set(event) - EVENT_KEYS
        self.lives = {s: sorted((e for e in self.events if e["who"] == s), key=lambda e: e["day"]) for s in range(n)}

    def words(self, pid: int, n: int, stream: int) -> Words:
        """The answer to one draw."""
        pid, n, stream = int(pid), int(n), int(stream)  # the engine's may be NumPy's, whose products overflow
        if stream == TIES:
            return philox_plain(1, pid, n, TIES)
        if LINK > stream >= TIE_VALUE:
            return word_for(self.worth << 16), 0, 0, 0
        if stream >= LINK:
            return self.link(self.lives[stream - LINK][n - 1], self.slot[pid])
        slot = self.slot[pid]
        person = self.people.get(slot, {})
        if stream == TRAIT:
            if n == 0:
                return 0, 0, yes(person.get("owner")), ((2 * int(person.get("income", 0)) + 1) << 31) // 3
            return yes(not person.get("able", True)), yes(person.get("owes", False)), 0, 0
        if stream == PERSON:
            if n == 0:
                return yes(person.get("aware", False)), yes(person.get("enrolled", True)), 0, 0
            return 0, 0, yes(n in person.get("leaves_after", [])), 0
        if stream == RISK:
            return min(NO, number(person.get("noise", {}).get(n, 0))), 0, 0, 0
        if stream == LIFE:
            return self.life(slot, n)
        return self.fate(self.event(slot, n), stream)

    def event(self, slot: int, n: int) -> dict[str, Any]:
        """What is stated of an event, by its number; nothing of those that nobody lives."""
        life = self.lives[slot]
        if 1 <= n <= len(life):
            return life[n - 1]
        if 1 <= n - TRAP_EVENT <= len(life):
            return dict(life[n - TRAP_EVENT - 1].get("then", {}))
        return {}

    # -- the stream of events ------------------------------------------------------------------------------------------------

    def life(self, slot: int, n: int) -> Words:
        """Gap, kind, fate: an event falls on its day, an hour after the one before it on that day."""
        life, minor = self.lives[slot], self.minors[slot]
        rates = [len(CATEGORIES), 1, 1 if minor else 2, *([0] * 3 if minor else [1] * 3)]
        total = sum(rates) * RATE
        mean = (1 << 50) // total
        if n > len(life):
            return 0, 0, 0, 0
        tick = 0
        for place, event in enumerate(life[:n]):
            hour = 1 + sum(e["day"] == event["day"] for e in life[:place])
            gap = word_for(-(-(((event["day"] << 20) + hour * HOUR - tick - 1) << 24) // mean))
            tick += (E(gap) * mean >> 24) + 1
        event = life[n - 1]
        assert tick >> 20 == event["day"]
        kind = self.kind(event, rates, minor)
        return gap, ((kind * RATE + RATE // 2) << 32) // total, self.fate_word(event), 0

    @staticmethod
    def kind(event: dict[str, Any], rates: list[int], minor: bool) -> int:
        """Its place among all kinds of event of a person, each as frequent as any other."""
        if "does" in event:
            return CATEGORIES.index(event["does"])
        if "needs" in event:
            return sum(rates[:2]) + (0 if minor else NEEDS.index(event["needs"]))
        (word,) = [w for w in ("falsely", "shock", "recovers", "pays") if w in event]
        return sum(rates[: {"falsely": 1, "shock": 3, "recovers": 4, "pays": 5}[word]])

    @staticmethod
    def fate_word(event: dict[str, Any]) -> int:
        """Of an act: done or not, where that is in doubt; of an attempt: put off or not; of a payment: it comes about."""
        if "needs" in event:
            return yes(not event.get("done", True))
        return yes(event.get("done", True))

    # -- what becomes of an event --------------------------------------------------------------------------------------------

    def item_word(self, event: dict[str, Any]) -> int:
        return ((2 * int(event.get("item", 0)) + 1) << 31) // self.items

    def fate(self, event: dict[str, Any], stream: int) -> Words:
        """What chance decides about one event."""
        get = event.get
        if stream == OBSERVE:
            seen = get("seen", True)
            return yes(seen) if isinstance(seen, bool) else number(seen), NO, self.item_word(event), yes(get("noticed"))
        if stream == FALSE:
            false = ORIGINS.index(get("falsely", ORIGINS[0]))
            category = ((2 * CATEGORIES.index(get("category", "theft")) + 1) << 31) // len(CATEGORIES)
            kind = ((2 * false + 1) << 31) // len(ORIGINS)
            return kind, category, self.item_word(event), yes(get("noticed"))
        if stream == RATING:
            return yes(get("unfair")), self.item_word(event), yes(get("noticed")), 0
        if stream == DELAY:
            pledge = get("pledge")
            return days(get("delay", 0)), days(None if pledge is None else pledge - 1), yes("corrected" in event), days(get("corrected"))
        if stream == NOTICE:
            return yes(get("reached", True)), yes(get("files", True)), days(get("files_after", 0)), self.patience(get("patience"))
        if REVIEW <= stream <= REVIEW + 1:
            upheld = get("upheld", False)
            now = upheld[stream - REVIEW] if isinstance(upheld, list) else upheld
            return yes(now), yes(get("goes_on", True)), self.patience(get("patience_2")), 0
        if stream == GATE:
            return yes(get("complies", True)), yes(get("over")), yes(get("displaced", True)), yes(get("joins", True))
        if stream == TRAP:
            return yes(get("unable")), yes("defaults_after" in event), days(get("defaults_after", 1) - 1), 0
        if stream == OFFICIAL:
            return yes(get("let_go")), yes(get("kept", True)), 0, 0
        if stream >= EXIT:
            after = get("leaves", {}).get((stream - EXIT) // EXIT_STEP)
            return days(None if after is None else after - 1), 0, 0, 0
        raise AssertionError(f"nothing draws from stream {stream}")

    @staticmethod
    def patience(until: int | None) -> int:
        """Days from the filing to the end of patience."""
        return days(None if until is None else until - 1)

    @staticmethod
    def link(event: dict[str, Any], receiver: int) -> Words:
        """What becomes of a record that a tie carries on."""
        link = event.get("links", {}).get(receiver, {})
        disproved = link.get("disproved")
        return (
            yes(link.get("linked", True)),
            days(None if disproved is None else disproved - 1),
            yes("corrected" in link),
            days(link.get("corrected")),
        )


@contextmanager
def stated(chance: Chance) -> Iterator[None]:
    """While this lasts, both sides draw what the case states."""
    with ExitStack() as stack:
        for name, module in list(sys.modules.items()):
            if name.startswith("glasshouse.engine.") and hasattr(module, "philox"):
                stack.enter_context(patch.object(module, "philox", lambda low, high, pid, n, stream: chance.words(pid, n, stream)))
            if name.startswith("tests.oracle.") and hasattr(module, "philox_plain"):
                stack.enter_context(patch.object(module, "philox_plain", lambda seed, pid, n, stream: chance.words(pid, n, stream)))
        yield
