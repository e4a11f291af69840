"""The book of records of one person under one scheme: points, scores, grades (001, section 7; 005, sections 3 and 6; 006, section 5)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.oracle.classes import CORRECTED, PERFORMED
from tests.oracle.records import NEVER, Record

WHOLE_WEIGHT = 65536  # of association


class Book:
    """The records, and whether lists by grade must be looked at again."""

    def __init__(self, scheme: SimpleNamespace) -> None:
        self.scheme = scheme
        self.book: list[Record] = []
        self.ties_mean: list[int | None] = [None] * 8  # mean score of the ties, by level, held since the last exchange
        self.look_again = False  # grades may have changed
        self.uses = 0  # of rated services
        self.mended: dict[int, int] = {}  # at each level, the best cause that today's changes of the book give to a recovered grade

    # -- what falls due ----------------------------------------------------------------------------------------------------

    def book_falls_due(self, day: int) -> None:
        """Corrections, pledges, expiry and drift, record by record."""
        for record in list(self.book):
            if day in (record.corrected, record.gone):
                self.book.remove(record)
                self.look_again = True
                if day == record.corrected:
                    self.mended.update(dict.fromkeys(range(record.lo, record.hi + 1), CORRECTED))
                continue
            if day == record.pledge:
                self.repair(record, day)
            self.drift(record, day)

    def repair(self, record: Record, day: int) -> None:
        """The record now counts as its repair points, for the repair's validity."""
        record.grade, record.repaired, record.pledge = -1, True, NEVER
        for level in range(record.lo, record.hi + 1):
            record.points[level] = record.item.repair_points
            self.mended.setdefault(level, PERFORMED)
        record.gone = day + record.item.repair_validity if record.item.repair_validity else NEVER
        self.look_again = True

    def drift(self, record: Record, day: int) -> None:
        """Every so many days the points of a record that is not mended move towards 0."""
        whole = self.scheme.whole
        age = day - record.effective
        if not whole.drift_every or record.repaired or age <= 0 or age % whole.drift_every:
            return
        for level in range(record.lo, record.hi + 1):
            points = record.points[level]
            step = min(abs(points), whole.drift_points)
            if step:
                record.points[level] = points - step if points > 0 else points + step
                self.look_again = True

    def use(self, day: int) -> None:
        """One more use of a rated service: records that have lasted for their number of uses are gone tomorrow."""
        self.uses += 1
        for record in self.book:
            if record.item.uses and self.uses - record.used >= record.item.uses:
                record.gone = min(record.gone, day + 1)
                record.pledge = record.pledge if record.pledge < record.gone else NEVER
                record.corrected = record.corrected if record.corrected < record.gone else NEVER

    # -- points and grades -------------------------------------------------------------------------------------------------

    def points_of(self, item: Any, level: int, day: int) -> int:
        """The item's points, doubled on a repeat, a reward cut to what its cap leaves."""
        points = int(item.points)
        visible = [r for r in self.book if r.visible(level)]
        if item.double and any(r.item is item for r in visible):
            points *= 2
        if points > 0 and item.cap_group >= 0:
            group = [r for r in visible if r.item.cap_group == item.cap_group and r.effective > day - 365]
            points = min(points, max(0, item.cap - sum(max(0, r.points[level]) for r in group)))
        return points

    def own_score(self, level: int) -> int:
        rules = self.scheme.rules
        total: int = rules.start + sum(r.points[level] for r in self.book if r.visible(level))
        return max(int(rules.floor), min(int(rules.cap), total))

    def score(self, level: int) -> int:
        """The effective score: the own, and the mean of the ties as far as association goes."""
        own, mean, alpha = self.own_score(level), self.ties_mean[level], self.scheme.whole.alpha
        if mean is None:
            return own
        effective: int = (own * (WHOLE_WEIGHT - alpha) + mean * alpha + WHOLE_WEIGHT // 2) >> 16
        return effective

    def grade_by_score(self, level: int) -> int:
        score = self.score(level)
        return next((g for g, bound in enumerate(self.scheme.grade_from) if bound <= score), len(self.scheme.grade_from) - 1)

    def grade(self, level: int) -> int:
        return max([self.grade_by_score(level), *(r.grade for r in self.book if r.visible(level))])

    def worst_record(self, level: int) -> Record | None:
        """Direct grades first (worse first), then the lowest points, then the earliest in the book."""
        visible = [r for r in self.book if r.visible(level)]
        return min(visible, key=lambda r: (-r.grade, r.points[level]), default=None)
