"""The oracle: docs/design/001-spine-semantics.md, 005-whole-model.md and 006-kinds.md in plain Python, town by town and day by day.

It shares nothing with the engine but the compiled tables and the words of Philox. It is meant to be read and believed, not to be fast.

`run_oracle` returns, for each arm, a dict of `Counter`s. Keys end in the group (0, 1, 2 for A, B, C); days are counted days, 0 .. H - 1.

| counter | key |
| --- | --- |
| adult_days, minor_days | (group,) |
| sanctioned | (class, day, group) |
| spared | (day, group) |
| entries | (list, class, group) |
| spells | (class at entry, cause, duration in days, group) |
| attempts, spared_denials | (need, group) |
| exposures, denials | (need, class, group) |
| ever | (class, group): people with at least one sanctioned counted day in the class |
| acts | (category, group): done in the arm, acts that a refusal led to included; an act that needs a debt needs one standing |
| debts_arisen, debts_paid | (group,) |
| debtors | (week, group): people with debts on the last day of the week |
| fines, refunds | (class, group) |
| grades | (grade, group): adults, at the end of the last counted day |
| paths | (class, origin, channel, category, kind, group): entries by the record they rest on; see below |
| debts_start | (group,): debts that stand when counting starts |
| ever_listed | (group,): people with at least one entry |
| clean_entries | (list, group): entries of the clean ledger (level 5) |
| clean_fines | (group,): fines of the clean ledger |
| class_days | (class, person): the sanctioned days again, by who lived them |
| forgone_acts | (category, group) |
| silent | (group,): acts of protected categories forgone by people who had never been sanctioned |
| forgone_attempts, privileges, displaced | (need, group) |
| ties_dropped | (group,): once for each end |
| appeals | (class of error, what, group): 0 filed, 1 upheld, 2 rejected for good, 3 given up, 4 weeks waited by those of 1 and 2 |
| split | (bit, group): person-days 0 wrong, 1 spared, 2 induced, 3 displaced; of an arm with a pair E |
| tied | (bit, group): person-days 0 collateral, 1 shielded; of an arm with a pair A |
| minor_sanctioned | (group,): sanctioned days of minors |
| bound_days | (group,): days sanctioned at level 0 only through a list that binds the household |
| unreviewed | (what, group): tracked spells at their end or censoring with 0 no notice, 1 no review |
| left | (group,): people who left the scheme |
| paid, claimed, returned | (class, group): money, of prices, of claims and of claims given back |
| owed, clean_claims | (group,): of what was claimed, what is owed in truth; claims of the clean ledger |

Classes: `tests/oracle/classes.py`; causes too. Error classes: 0 another's act, 1 no act, 2 misrecorded, 3 ground unmet, 4 sound. Paths
speak of the basis record: origin 0 own true, 1 another's act, 2 no act, 3 misrecorded; category as written down; kind the index of the
kind of false record, then those of batches, -1 for an act and for an unfair rating. What an exchange decides is counted if the last day
of its week is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Any

from tests.oracle.arm import Arm, Counters, Times
from tests.oracle.chance import Happening, batch_events, life_events
from tests.oracle.exchange import exchange
from tests.oracle.people import Person, plain, ties_of, townspeople
from tests.oracle.plain import plain_scheme
from tests.oracle.subject import Subject

NAMES = ["adult_days", "minor_days", "sanctioned", "spared", "entries", "spells", "attempts", "exposures", "denials"]
NAMES += ["spared_denials", "ever", "acts", "debts_arisen", "debts_paid", "debtors", "fines", "grades", "paths"]
NAMES += ["debts_start", "ever_listed", "clean_entries", "clean_fines", "class_days", "forgone_acts", "silent", "forgone_attempts"]
NAMES += ["privileges", "displaced", "ties_dropped", "appeals", "split", "tied", "minor_sanctioned", "bound_days", "unreviewed"]
NAMES += ["refunds", "left", "paid", "claimed", "returned", "owed", "clean_claims"]

Pairs = Sequence[tuple[int, int]]  # for each arm its error-free arm and its arm alone, -1 none


def run_oracle(
    world: Any, schemes: list[Any], seed: int, people: int, weeks: int, history_days: int, followup_days: int, pairs: Pairs | None = None
) -> list[Counters]:
    """Everyone's life under every scheme; one dict of counters for each arm."""
    counters: list[Counters] = [{name: Counter() for name in NAMES} for _ in schemes]
    size = int(world.scalars["town_size"][0])
    first, last = history_days, history_days + 7 * weeks
    for town in range((people + size - 1) // size):
        residents = sorted(townspeople(world, seed, town, min(size, people - town * size)), key=lambda p: p.slot)
        ties = ties_of(residents)
        arms = [
            Arm(i, plain_scheme(s), seed, town, len(residents), Times(first, last, last + followup_days), counters[i], ties, *pair)
            for i, (s, pair) in enumerate(zip(schemes, pairs or [(-1, -1)] * len(schemes), strict=True))
        ]
        Town(world, seed, residents, arms).live()
    for arm in counters:
        for counter in arm.values():
            for key in [k for k, n in counter.items() if n == 0]:
                del counter[key]
    return counters


class Town:
    """A town: its people under every arm, day by day."""

    def __init__(self, world: Any, seed: int, residents: list[Person], arms: list[Arm]) -> None:
        self.arms, self.times = arms, arms[0].times
        categories = plain(world.category)
        self.citizens = [Citizen(world, seed, person, arms, categories) for person in residents]

    def live(self) -> None:
        """All days; after the counted ones only those whose stay on a list is still followed."""
        living = self.citizens
        for day in range(self.times.end):
            if day >= self.times.last:
                living = [c for c in living if c.tracked()]
                if not living:
                    break
            for citizen in living:
                citizen.live(day)
            if day % 7 == 6:
                self.end_week(day // 7)
        for citizen in self.citizens:
            for subject in citizen.subjects:
                subject.close_books()

    def end_week(self, week: int) -> None:
        for arm in reversed(self.arms):
            if week < self.times.weeks:
                exchange(arm, week)
            elif arm.scheme.whole.review:
                arm.queue.follow_up(week)


class Citizen:
    """One person under every arm."""

    def __init__(self, world: Any, seed: int, person: Person, arms: list[Arm], categories: list[Any]) -> None:
        times = arms[0].times
        self.times = times
        self.subjects = [Subject(arm, person, categories) for arm in arms]
        for arm, subject in zip(arms, self.subjects, strict=True):
            arm.subjects[person.slot] = subject
            if arm.pair_e >= 0:
                subject.pair_e = self.subjects[arm.pair_e]
                subject.ledger.pair = subject.pair_e.ledger
            if arm.pair_a >= 0:
                subject.pair_a = self.subjects[arm.pair_a]
        batches = batch_events([arm.scheme for arm in arms], seed, person, times.end)
        self.events: Iterator[Happening] = merge(life_events(world, seed, person), batches, key=lambda h: h.tick)
        self.coming = next(self.events, None)

    def live(self, day: int) -> None:
        """What falls due, the day's events in time order, and the count; within each, arms from the last to the first."""
        last_to_first = self.subjects[::-1]
        for subject in last_to_first:
            if day == self.times.first:
                subject.count(day, "debts_start", by=subject.ledger.debts)
            subject.start_of_day(day)
        while self.coming is not None and self.coming.tick >> 20 == day:
            for subject in last_to_first:
                if self.coming.kind != "batch" or self.coming.batch[0] == subject.arm.number:
                    subject.happen(day, self.coming)
            self.coming = next(self.events, None)
        for subject in last_to_first:
            subject.end_of_day(day)

    def tracked(self) -> bool:
        return any(subject.tracked() for subject in self.subjects)
