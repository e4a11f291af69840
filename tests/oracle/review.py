"""The queue of cases under review: one for each arm, stage and town (005, section 5). What a decision does stands in `notice.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.people import exp_days
from tests.oracle.records import NEVER, Case

if TYPE_CHECKING:
    from tests.oracle.arm import Arm
    from tests.oracle.subject import Subject

NO_LIMIT = -1
FILED, UPHELD, REJECTED, GIVEN_UP, WAITED = range(5)  # what is counted
Heard = tuple["Subject", Case]


class Queue:
    """Those who wait at each stage, in order."""

    def __init__(self, arm: Arm) -> None:
        self.arm = arm
        self.waiting: dict[int, list[Heard]] = {1: [], 2: []}
        self.last_wait: dict[int, int] = {}  # weeks that the last case decided at a stage had waited there
        self.late: list[Heard] = []  # filed too late for the queue
        self.late_wait: dict[int, int] = {}

    def capacity(self, stage: int) -> int:
        """In 1/4096 of a case a week for the whole town."""
        whole = self.arm.scheme.whole
        stated: int = whole.capacity_1 if stage == 1 else whole.capacity_2
        return stated if stated == NO_LIMIT else stated * self.arm.people // 10000

    def served(self, stage: int, week: int) -> int:
        """How many cases are decided in a week."""
        c = self.capacity(stage)
        return NEVER if c == NO_LIMIT else (c * (week + 1) >> 12) - (c * week >> 12)

    def forget(self, subject: Subject) -> None:
        """Someone has left the scheme."""
        for stage, waiting in self.waiting.items():
            self.waiting[stage] = [h for h in waiting if h[0] is not subject]
        self.late = [h for h in self.late if h[0] is not subject]

    # -- the weeks ---------------------------------------------------------------------------------------------------------

    def exchange(self, week: int) -> None:
        """Arrivals, those who give up, and decisions, after a week; stage 2 before stage 1."""
        self.serve(2, week)
        self.arrive(week)
        self.serve(1, week)

    def close(self) -> None:
        """After the last exchange: how long a case filed later will wait at each stage."""
        for stage in (1, 2):
            idle = not self.waiting[stage] and self.capacity(stage) != 0
            self.late_wait[stage] = self.last_wait.get(stage, 0 if idle else NEVER)

    def follow_up(self, week: int) -> None:
        """A week after the last exchange: the queues go on without arrivals; cases filed later wait as long as the last did."""
        self.serve(2, week)
        self.serve(1, week)
        for subject in self.arm.subjects.values():
            for case in [c for c in subject.ledger.filings if c.file // 7 == week]:
                subject.ledger.filings.remove(case)
                self.join(case, 1, week)
                case.due = week + self.late_wait[1]
                self.late.append((subject, case))
        for subject, case in list(self.late):
            if case.patience <= 7 * (week + 1):
                self.late.remove((subject, case))
                self.give_up(subject, case, week)
            elif case.due == week:
                self.late.remove((subject, case))
                if self.decide(subject, case, week):
                    case.due = week + 1 + self.late_wait[2]
                    self.late.append((subject, case))

    # -- one step ----------------------------------------------------------------------------------------------------------

    def arrive(self, week: int) -> None:
        arrivals = []
        for subject in self.arm.subjects.values():
            ledger = subject.ledger
            for case in [c for c in ledger.filings if c.file <= 7 * week + 6]:
                ledger.filings.remove(case)
                spell = ledger.spells[case.list][0]
                if case.record is None or (spell is not None and spell.entry <= case.day):
                    arrivals.append((subject, case))
                else:
                    case.over = True  # it lapses
        for subject, case in sorted(arrivals, key=lambda h: (h[1].file, h[0].person.slot, h[1].fate.event, h[1].list)):
            self.join(case, 1, week)
            self.count(subject, case, FILED, week)
            self.waiting[1].append((subject, case))

    @staticmethod
    def join(case: Case, stage: int, week: int) -> None:
        case.stage, case.joined = stage, week
        if stage == 1:
            case.joined_first = week

    def serve(self, stage: int, week: int) -> None:
        """Those whose patience ends give up; then the first are decided, as far as the week's capacity goes."""
        stay = []
        for subject, case in self.waiting[stage]:
            if case.patience <= 7 * (week + 1):
                self.give_up(subject, case, week)
            else:
                stay.append((subject, case))
        served = min(len(stay), self.served(stage, week))
        self.waiting[stage] = stay[served:]
        for subject, case in stay[:served]:
            self.last_wait[stage] = week - case.joined
            if self.decide(subject, case, week):
                self.waiting[2].append((subject, case))

    def give_up(self, subject: Subject, case: Case, week: int) -> None:
        case.over = True
        self.count(subject, case, GIVEN_UP, week)
        subject.decisions.append((case, False))

    def decide(self, subject: Subject, case: Case, week: int) -> bool:
        """Decide a case; true if it goes on to stage 2."""
        scheme = self.arm.scheme
        word, goes_on, patience, _ = case.fate.review_words(case.stage)
        upheld = word < scheme.upheld[case.stage - 1][int(case.wrong)]
        if not upheld and case.stage < scheme.whole.stages and goes_on < scheme.whole.goes_on:
            self.join(case, 2, week + 1)
            mean = scheme.whole.patience_mean
            case.patience = 7 * (week + 1) + 1 + exp_days(patience, mean) if mean else NEVER
            return True
        case.decided = case.over = True
        self.count(subject, case, UPHELD if upheld else REJECTED, week)
        self.count(subject, case, WAITED, week, by=week - case.joined_first)
        subject.decisions.append((case, upheld))
        return False

    def count(self, subject: Subject, case: Case, what: int, week: int, *, by: int = 1) -> None:
        if self.arm.times.counted(7 * week + 6):
            self.arm.count("appeals", subject.person.group, case.error, what, by=by)
