"""A stated life, run by the engine's own rules as plain Python, with chance switched off.

The rules ask for draws by name (person, event, decision). Here every draw is answered from the case: a word of 0 lets a thing
happen, the largest word does not, and a number of days is the word itself. Thresholds are set to one half, so that the rules
themselves judge the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np

from glasshouse.engine import agenda, attempts, book, encounters, ledger, person, spells, state
from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.plain import as_plain
from glasshouse.engine.room import town_memory
from glasshouse.engine.state import LOG_ENTRY, LOG_EXIT
from glasshouse.mechanism.classes import SPARED, WRONGLY_CODED
from glasshouse.mechanism.lists import NEVER
from glasshouse.world.draws import DELAY, EXIT, EXIT_STEP, GATE, RATING
from tests.cases.stated import ACT, BATCH, CENSORED, FALSE, LEVELS, NEED, PAYMENT, RECOVERY, SHOCK, Stated, StatedLife, StatedPerson, Trace

YES, NO, HALF = 0, (1 << 32) - 1, 1 << 31
AS_IT_WAS, WRITTEN = 0, 1  # categories: only these two are told apart
LOG_LINES = 4000


def replay(case: StatedLife) -> Trace:
    """The trace of a stated life under the engine's rules."""
    times = Times(people=1, weeks=-(-case.days // 7), seed=0, followup=0)
    machine = Machine(case.world, [_decided_by_words(case.scheme)], times, plain=True)
    machine.clock[0]["horizon"] = case.days
    run = _Run(machine, case)
    for parent in case.parents:
        run.live(parent)
    return run.live(case.person)


def _decided_by_words(scheme: Any) -> Any:
    """The scheme with every chance at one half and delays from the words alone."""
    tables = {name: getattr(scheme, name).copy() for name in ("rules", "channel", "item", "gate")}
    tables["item"]["checked"] = HALF
    for name in ("compliance", "over"):
        tables["gate"][name] = HALF
    for name in ("filed", "pay", "pay_listed"):
        tables["rules"][name] = HALF
    tables["rules"]["corr_min"] = tables["channel"]["delay_min"] = 0
    return replace(scheme, **tables)


def _word(happens: object) -> int:
    return YES if happens else NO


def _days(stated: int) -> int:
    return stated if stated >= 0 else NEVER


class _Fates:
    """What chance has decided about the events of one person, by event number."""

    def __init__(self, who: StatedPerson) -> None:
        self.events = who.events

    def philox(self, seed_low: int, seed_high: int, pid: int, n: int, stream: int) -> tuple[int, int, int, int]:
        now = self.events[n]
        if stream == GATE:
            return _word(now.complies), _word(now.over), 0, 0
        if stream == DELAY + max(now.channel, 0):
            return now.delay, _days(now.pledge - 1), _word(now.corrected >= 0), _days(now.corrected)
        if stream == RATING:
            return NO, 0, 0, 0  # nobody is rated down for nothing
        assert stream >= EXIT, "no other draw belongs to a record that has been made"
        way = divmod(stream - EXIT, EXIT_STEP)
        return next((_days(days - 1) for i, j, days in now.hazards if (i, j) == way), NEVER), 0, 0, 0

    def pick_item(self, a: int, category: int, role: int, word: int, *tables: Any) -> int:
        """The rule of the record; its word names the event."""
        now = self.events[word]
        return now.true_item if now.origin == WRONGLY_CODED and category != WRITTEN else now.item


@contextmanager
def _stated(fates: _Fates) -> Iterator[None]:
    """While this lasts, the rules draw what the case states."""
    with ExitStack() as stack:
        for module in (ledger, spells, attempts):
            stack.enter_context(patch.object(module, "philox", fates.philox))
        for module in (ledger, spells):
            stack.enter_context(patch.object(module, "exp_days", lambda word, mean, logs: word))
        stack.enter_context(patch.object(ledger, "pick_item", fates.pick_item))
        yield


class _Run:
    """A household's working memory: parents first, then the person the case is about."""

    def __init__(self, machine: Machine, case: StatedLife) -> None:
        self.machine, self.case = machine, case
        self.counts = np.zeros(machine.layout.size, np.int64)
        self.view = machine.layout.view(self.counts)
        tables = machine.arms.tables
        self.clock = as_plain(machine.clock)[0]
        town = town_memory(machine.arms, len(case.world.layer_size), machine.first_room(), weekly=False, laid_out=False)
        shared = {name: town[name] for name in ("now", "post")}
        self.memory = {name: as_plain(array) for name, array in {**machine.memory(), **shared}.items()}
        self.who = self.memory.pop("who")[0]
        self.common: dict[str, Any] = {
            **{name: as_plain(array) for name, array in tables.items()},
            **self.memory,
            "n_arms": 1, "a": 0, "clock": self.clock, "who": self.who, "lay": as_plain(machine.layout.record)[0], "t": self.counts,
            "category": as_plain(case.world.category), "logs": None, "last_day": case.days,
        }  # fmt: skip
        self.common["arm"][0].parents = int(tables["parent_gate"][0])

    def call(self, rule: Any, **more: Any) -> Any:
        """A rule of the engine, with those of its arguments that stay the same filled in."""
        given = {**self.common, **more}
        return rule(**{name: given[name] for name in rule.__code__.co_varnames[: rule.__code__.co_argcount]})

    def live(self, who: StatedPerson) -> Trace:
        """One member of the household, from day 0 to the end."""
        self.common["log"] = as_plain(np.zeros(LOG_LINES, state.LOG))
        self.trace, self.fined, before = Trace(), 0, self.view["days"].copy()
        self.call(person.clear)
        self.call(person.blank)
        self.who.role = self.who.minor = int(who.minor)
        self.call(person.start_life, able=int(who.able), owes=who.debts > 0)
        self.arm = self.common["arm"][0]
        self.arm.debts = who.debts
        with _stated(_Fates(who)):
            for day in range(self.case.days):
                self.settle(day)
                for number, now in enumerate(who.events):
                    if now.day == day:
                        self.happen(day, number, now)
                        self.settle(day)  # what was received takes effect before anything else happens
                self.end_of_day(day)
            self.call(person.stop_counting)
            self.call(person.finish)
        self.read_log()
        self.read_days(self.view["days"] - before)
        return self.trace

    def settle(self, day: int) -> None:
        """What is due by now."""
        if self.arm.due <= day:
            self.call(agenda.settle_all, day=day)

    def happen(self, day: int, number: int, now: Stated) -> None:
        """One event, as `engine/town.py` deals with it."""
        if now.kind in (SHOCK, RECOVERY):
            self.arm.able = int(now.kind == RECOVERY)
        elif now.kind == ACT:
            category = self.case.world.category[now.which]
            if category["needs_debt"] and self.arm.debts == 0:
                return
            if category["creates_debt"]:
                self.call(person.owe, day=day)
            if now.channel >= 0:
                self.record(day, number, now)
        elif now.kind in (FALSE, BATCH):
            self.record(day, number, now)
        elif now.kind == PAYMENT:
            if self.call(person.pay_debts, day=day, word=_word(now.pays)) and self.arm.touched:
                self.call(ledger.settle_payment, day=day)
        elif now.kind == NEED:
            self.attempt(day, number, now)

    def record(self, day: int, number: int, now: Stated) -> None:
        false = now.kind != ACT
        self.call(
            encounters.take_in_hand, seen=self.memory["pending"][0, state.HAND], event=number, origin=now.origin, kind=0 if false else -1,
            channel=max(now.channel, 0), category=AS_IT_WAS, mistaken=WRITTEN, w_item=number, w_condition=_word(now.noticed),
        )  # fmt: skip
        self.call(ledger.receive, day=day)

    def attempt(self, day: int, number: int, now: Stated) -> None:
        names = ("exposures", "denials", "spared_denials")
        before = [self.view[name][0, 0, now.which].copy() for name in names]
        self.call(attempts.attempt, day=day, event=number, word=NO, need=now.which, counted=True)
        exposed, denied, spared = (self.view[name][0, 0, now.which] - old for name, old in zip(names, before, strict=True))
        self.trace.attempts.append((day, now.which, _only(exposed), _only(denied), int(spared)))

    def end_of_day(self, day: int) -> None:
        scheme, trace = self.case.scheme, self.trace
        trace.points.append([self.call(book.score_at, k=k) for k in range(LEVELS)])
        trace.grade.append([self.call(book.grade_at, k=k) for k in range(LEVELS)] if len(scheme.grade_from) else [])
        bits = [self.call(spells.list_levels, entry_list=i) for i in range(len(scheme.list))]
        trace.listed.append([[bool(b >> k & 1) for k in range(LEVELS)] for b in bits])
        trace.debts.append(self.arm.debts)
        fines = self.view["fines"][0, 0].copy()
        new = fines - self.fined
        trace.fines += [(day, cls) for cls in range(len(fines)) for _ in range(new[cls])]
        self.fined = fines

    def read_log(self) -> None:
        """Entries and stays of level 0, as the log tells them; what ends with the life is censored."""
        log, entered = self.common["log"], {}
        assert log[0].day < LOG_LINES - 1
        for i in range(1, log[0].day + 1):
            line = log[i]
            if line.what == LOG_ENTRY and line.b == 0:
                entered[line.a] = line.day
                self.trace.entries.append((line.a, line.day, line.c))
            elif line.what == LOG_EXIT and line.b == 0:
                assert line.c != CENSORED or line.day == self.case.days
                self.trace.spells.append((line.a, entered[line.a], line.day, line.c))

    def read_days(self, steps: Any) -> None:
        """The class of each day as it was counted."""
        rows = np.cumsum(steps[0, 0], axis=-1)[:, : self.case.days]
        assert rows.sum(axis=0).max() <= 1
        classes = [_only(rows[:, day]) for day in range(self.case.days)]
        self.trace.day_class = [cls if cls < SPARED else -1 for cls in classes]
        self.trace.spared = [cls == SPARED for cls in classes]


def _only(counted: Any) -> int:
    """The class that was counted once, or -1."""
    (classes,) = np.nonzero(counted)
    assert len(classes) <= 1 and (len(classes) == 0 or counted[classes[0]] == 1)
    return int(classes[0]) if len(classes) else -1
