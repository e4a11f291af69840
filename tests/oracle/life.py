"""A stated life, run by the oracle: the same ledger and the same day, with chance switched off."""

from __future__ import annotations

from typing import Any

from tests.cases.stated import ACT, BATCH, FALSE, NEED, PAYMENT, RECOVERY, SHOCK, Stated, StatedLife, StatedPerson, Trace
from tests.oracle.classes import CENSORED, LEVELS, NO_CLASS, SPARED
from tests.oracle.gates import Listed, attempt, listed_now
from tests.oracle.ledger import Ledger
from tests.oracle.people import plain
from tests.oracle.plain import plain_scheme
from tests.oracle.records import NEVER, Fate


class StatedFate(Fate):
    """The fate of a record as the case states it."""

    def __init__(self, event: int, stated: Stated) -> None:
        kind = -1 if stated.kind == ACT else 0
        super().__init__(event, stated.origin, kind, stated.channel, stated.which, stated.item, stated.true_item)
        self.stated = stated
        self.corrected_after = stated.corrected if stated.corrected >= 0 else NEVER

    def noticed(self, item: int) -> bool:
        return bool(self.stated.noticed)

    def pledge_after(self, item: int) -> int:
        return self.stated.pledge if self.stated.pledge >= 0 else NEVER

    def hazard_after(self, list_index: int, hazard: int) -> int:
        return next((days for i, j, days in self.stated.hazards if (i, j) == (list_index, hazard)), NEVER)


def life(case: StatedLife) -> Trace:
    """The trace of a stated life."""
    weeks = [_Lived(case, parent, []).run()[1] for parent in case.parents]
    return _Lived(case, case.person, weeks).run()[0]


class _Lived:
    def __init__(self, case: StatedLife, person: StatedPerson, parents: list[list[Listed]]) -> None:
        self.scheme: Any = plain_scheme(case.scheme)
        self.categories = plain(case.world.category)
        self.days, self.person, self.parents = case.days, person, parents
        self.ledger = Ledger(self.scheme, person.minor, person.debts)
        self.ledger.able = person.able
        self.trace, self.weeks = Trace(), list[Listed]()

    def run(self) -> tuple[Trace, list[Listed]]:
        for day in range(self.days):
            self.ledger.start_of_day(day)
            for number, now in enumerate(self.person.events, start=1):
                if now.day == day:
                    self.happen(day, number, now)
            self.end_of_day(day)
        for index, (spell, *_) in enumerate(self.ledger.spells):
            if spell is not None:
                self.trace.spells.append((index, spell.entry, self.days, CENSORED))
        return self.trace, self.weeks

    def happen(self, day: int, number: int, now: Stated) -> None:
        ledger = self.ledger
        if now.kind in (SHOCK, RECOVERY):
            ledger.able = now.kind == RECOVERY
        elif now.kind == ACT:
            self.act(day, number, now)
        elif now.kind in (FALSE, BATCH):
            ledger.receive(StatedFate(number, now), day, now.delay)
        elif now.kind == PAYMENT and ledger.debts > 0 and ledger.able and now.pays:
            ledger.pay(day)
        elif now.kind == NEED:
            week = day // 7 - 1
            parents = [weeks[week] for weeks in self.parents] if week >= 0 else []
            result = attempt(ledger, now.which, parents, day, lambda gate: bool(now.complies), lambda gate: bool(now.over))
            self.trace.attempts.append((day, now.which, result.exposed, result.denied, int(result.spared)))

    def act(self, day: int, number: int, now: Stated) -> None:
        category = self.categories[now.which]
        if category.needs_debt and self.ledger.debts == 0:
            return
        self.ledger.debts += category.creates_debt
        if now.channel >= 0 and max(now.item, now.true_item) >= 0:
            self.ledger.receive(StatedFate(number, now), day, now.delay)

    def end_of_day(self, day: int) -> None:
        ledger, trace = self.ledger, self.trace
        trace.points.append([ledger.score(level) for level in LEVELS])
        trace.grade.append([ledger.grade(level) for level in LEVELS] if self.scheme.grade_from else [])
        trace.listed.append([ledger.active(index) for index in range(len(self.scheme.lists))])
        kind = ledger.day_class(day)
        trace.day_class.append(NO_CLASS if kind == SPARED else kind)
        trace.spared.append(kind == SPARED)
        trace.debts.append(ledger.debts)
        trace.entries += [(index, day, kind) for index, kind, _ in ledger.entries]
        trace.spells += [(index, spell.entry, day, cause) for index, cause, spell in ledger.closed]
        trace.fines += [(day, kind) for kind in ledger.fines]
        ledger.forget_the_day()
        if day % 7 == 6:
            self.weeks.append(listed_now(ledger))
