"""The oracle: docs/design/001-spine-semantics.md in plain Python, person by person and day by day.

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
| acts | (category, group): an act that needs a debt counts only in an arm that has one standing |
| debts_arisen, debts_paid | (group,) |
| debtors | (week, group): people with debts on the last day of the week |
| fines | (class, group) |
| grades | (grade, group): adults, at the end of the last counted day |
| paths | (class, origin, channel, category, kind, group): entries by the record they rest on; see below |
| debts_start | (group,): debts that stand when counting starts |
| ever_listed | (group,): people with at least one entry |
| clean_entries | (list, group): entries of the clean ledger (level 4) |
| clean_fines | (group,): fines of the clean ledger |
| class_days | (class, person): the sanctioned days again, by who lived them |

Classes: 0 mistaken identity, 1 false report, 2 misrecorded, 3 ground unmet, 4 protected conduct, 5 lawful conduct, 6 unrelated or
disproportionate, 7 within stated rules. Causes: 0 corrected, 1 performed, 2 + j hazard j, 9 expired, 10 censored. Paths speak of the
basis record: origin 0 own true, 1 another's act, 2 no act, 3 misrecorded; category as written down; kind the index of the kind of false
record, then those of batches, -1 for an act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import merge
from types import SimpleNamespace
from typing import Any

from glasshouse.world.draws import GATE, philox_plain
from tests.oracle.chance import Happening, batch_events, batch_record, false_record, life_events, observe
from tests.oracle.gates import Listed, attempt, listed_now
from tests.oracle.ledger import CENSORED, Ledger
from tests.oracle.people import Person, plain, townspeople

Counters = dict[str, Counter[tuple[int, ...]]]
NAMES = ["adult_days", "minor_days", "sanctioned", "spared", "entries", "spells", "attempts", "exposures", "denials"]
NAMES += ["spared_denials", "ever", "acts", "debts_arisen", "debts_paid", "debtors", "fines", "grades", "paths"]
NAMES += ["debts_start", "ever_listed", "clean_entries", "clean_fines", "class_days"]


def plain_scheme(tables: Any) -> SimpleNamespace:
    """A scheme's tables as simple objects with plain integers."""
    return SimpleNamespace(
        rules=plain(tables.rules)[0],
        channels=plain(tables.channel),
        sensitivity=tables.sensitivity,
        mistaken_for=tables.mistaken_for,
        items=plain(tables.item),
        pick_start=tables.pick_start,
        pick_count=tables.pick_count,
        pick_item=tables.pick_item,
        pick_cum=tables.pick_cum,
        false=plain(tables.false),
        false_category=tables.false_category,
        batches=plain(tables.batch),
        batch_category=tables.batch_category,
        grade_from=[int(g) for g in tables.grade_from],
        lists=plain(tables.list),
        hazards=[plain(row) for row in tables.hazard],
        gates=plain(tables.gate),
    )


def run_oracle(world: Any, schemes: list[Any], seed: int, people: int, weeks: int, history_days: int, followup_days: int) -> list[Counters]:
    """Everyone's life under every scheme; one dict of counters for each arm."""
    arms = [plain_scheme(s) for s in schemes]
    counters: list[Counters] = [{name: Counter() for name in NAMES} for _ in arms]
    size = int(world.scalars["town_size"][0])
    for town in range((people + size - 1) // size):
        parents: dict[tuple[int, int], list[Week]] = {}
        residents = townspeople(world, seed, town, min(size, people - town * size))
        for person in sorted(residents, key=lambda p: (p.minor, p.household, p.place)):
            household = parents.setdefault(person.household, [])
            life = Life(world, arms, seed, person, household, history_days, 7 * weeks, followup_days, counters)
            life.run()
            if not person.minor:
                household.append(life.weeks)
    return counters


Week = list[list[Listed]]  # for each arm, the state at the end of each inner week


class Life:
    """One person's life under every arm."""

    def __init__(
        self, world: Any, arms: list[SimpleNamespace], seed: int, person: Person, parents: list[Week],
        history: int, horizon: int, followup: int, counters: list[Counters],
    ) -> None:  # fmt: skip
        self.world, self.arms, self.seed, self.person, self.parents, self.counters = world, arms, seed, person, parents, counters
        self.first, self.last, self.end = history, history + horizon, history + horizon + followup
        self.ledgers = [Ledger(arm, person.minor, person.debts) for arm in arms]
        self.able = person.able
        self.weeks: Week = [[] for _ in arms]
        self.ever: list[set[int]] = [set() for _ in arms]
        self.ever_listed = [False for _ in arms]
        self.categories = plain(world.category)

    def run(self) -> None:
        events: Iterator[Happening] = merge(
            life_events(self.world, self.seed, self.person), batch_events(self.arms, self.seed, self.person), key=lambda h: h.tick
        )
        coming = next(events, None)
        for day in range(self.end):
            if day >= self.last and not self.any_tracked():
                break  # nothing is counted any more
            for arm, ledger in enumerate(self.ledgers):
                if day == self.first:
                    self.count(arm, "debts_start", by=ledger.debts)
                ledger.start_of_day(day, self.able)
            while coming is not None and coming.tick >> 20 == day:
                self.happen(day, coming)
                coming = next(events, None)
            for arm in range(len(self.arms)):
                self.end_of_day(arm, day)
        self.close_books()

    def any_tracked(self) -> bool:
        return any(spell is not None and spell.tracked >= 0 for ledger in self.ledgers for spell, *_ in ledger.spells)

    def counted(self, day: int) -> bool:
        return self.first <= day < self.last

    def count(self, arm: int, name: str, *key: int, by: int = 1) -> None:
        self.counters[arm][name][(*key, self.person.group)] += by

    # -- events ------------------------------------------------------------------------------------------------------------

    def happen(self, day: int, now: Happening) -> None:
        if now.kind == "shock":
            self.able = False
        elif now.kind == "recovery":
            self.able = True
        for arm, ledger in enumerate(self.ledgers):
            if now.kind == "conduct":
                self.act(arm, ledger, day, now)
            elif now.kind == "false" or (now.kind == "batch" and now.batch[0] == arm):
                self.false(arm, ledger, day, now)
            elif now.kind == "need":
                self.need(arm, ledger, day, now)
            elif now.kind == "payment":
                self.payment(arm, ledger, day, now)

    def act(self, arm: int, ledger: Ledger, day: int, now: Happening) -> None:
        category = self.categories[now.which]
        if category.needs_debt and ledger.debts == 0:
            return
        if category.creates_debt:
            ledger.debts += 1
        if self.counted(day):
            self.count(arm, "acts", now.which)
            self.count(arm, "debts_arisen", by=category.creates_debt)
        record = observe(self.arms[arm], self.seed, self.person, now.event, now.which)
        if record is not None:
            ledger.receive(record, day, record.delay, self.able)

    def false(self, arm: int, ledger: Ledger, day: int, now: Happening) -> None:
        scheme = self.arms[arm]
        if now.kind == "batch":
            record = batch_record(scheme, self.seed, self.person, now.event, now.batch[1])
        else:
            record = false_record(scheme, self.seed, self.person, now.event)
        if record is not None:
            ledger.receive(record, day, record.delay, self.able)

    def payment(self, arm: int, ledger: Ledger, day: int, now: Happening) -> None:
        rules = self.arms[arm].rules
        threshold = rules.pay_listed if ledger.listed_performable() else rules.pay
        if ledger.debts > 0 and self.able and now.fate_word < threshold:
            ledger.pay(day)

    def need(self, arm: int, ledger: Ledger, day: int, now: Happening) -> None:
        if not self.counted(day):
            return
        comply, over, _, _ = philox_plain(self.seed, self.person.pid, now.event, GATE)
        week = day // 7 - 1
        parents = [weeks[arm][week] for weeks in self.parents] if self.person.minor and week >= 0 else []
        result = attempt(ledger, now.which, parents, lambda gate: comply < gate.compliance, lambda gate: over < gate.over)
        self.count(arm, "attempts", now.which)
        if result.exposed >= 0:
            self.count(arm, "exposures", now.which, result.exposed)
        if result.denied >= 0:
            self.count(arm, "denials", now.which, result.denied)
        if result.spared:
            self.count(arm, "spared_denials", now.which)

    # -- the end of the day ------------------------------------------------------------------------------------------------

    def end_of_day(self, arm: int, day: int) -> None:
        ledger = self.ledgers[arm]
        self.note_what_happened(arm, ledger, day)
        if day % 7 == 6:
            self.weeks[arm].append({} if self.person.minor else listed_now(ledger))
        if not self.counted(day):
            return
        today, group = day - self.first, self.person.group
        counters = self.counters[arm]
        counters["minor_days" if self.person.minor else "adult_days"][(group,)] += 1
        kind, spared = ledger.day_class(day)
        if kind >= 0:
            counters["sanctioned"][kind, today, group] += 1
            counters["class_days"][kind, self.person.pid] += 1
            self.ever[arm].add(kind)
        if spared:
            counters["spared"][today, group] += 1
        if today % 7 == 6 and ledger.debts > 0:
            counters["debtors"][today // 7, group] += 1
        if day == self.last - 1 and self.arms[arm].grade_from and not self.person.minor:
            counters["grades"][ledger.grade(0), group] += 1

    def note_what_happened(self, arm: int, ledger: Ledger, day: int) -> None:
        """Entries, fines, payments and ends of spells of the day."""
        if self.counted(day):
            for index, kind, spell in ledger.entries:
                spell.tracked = kind
                self.count(arm, "entries", index, kind)
                self.ever_listed[arm] = True
                self.count(arm, "paths", kind, *path_of(spell))
            for kind in ledger.fines:
                self.count(arm, "fines", kind)
            for index in ledger.clean_entries:
                self.count(arm, "clean_entries", index)
            self.count(arm, "clean_fines", by=ledger.clean_fines)
            self.count(arm, "debts_paid", by=ledger.debts_paid)
        for index, cause, spell in ledger.closed:
            if spell.tracked >= 0:
                self.count(arm, "spells", spell.tracked, cause, day - spell.entry)
            assert ledger.spells[index][0] is not spell
        ledger.forget_the_day()

    def close_books(self) -> None:
        for arm, ledger in enumerate(self.ledgers):
            for spell, *_ in ledger.spells:
                if spell is not None and spell.tracked >= 0:
                    self.count(arm, "spells", spell.tracked, CENSORED, self.end - spell.entry)
            for kind in self.ever[arm]:
                self.count(arm, "ever", kind)
            self.count(arm, "ever_listed", by=int(self.ever_listed[arm]))
            for counter in self.counters[arm].values():
                for key in [k for k, n in counter.items() if n == 0]:
                    del counter[key]


def path_of(spell: Any) -> tuple[int, int, int, int]:
    """Origin, channel, category and kind of what opened a spell."""
    fate = spell.basis.fate
    return spell.basis.origin, fate.channel, fate.category, fate.kind
