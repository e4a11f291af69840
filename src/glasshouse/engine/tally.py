"""Counting: the only functions that know where a count stands in the vector (`engine/layout.py`)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.layout import DAY_BINS, ERROR_CLASSES, GRADES, GROUPS, N_CLASSES, ROWS
from glasshouse.mechanism.classes import CLEAN, OWN, class_of_record
from glasshouse.mechanism.lists import CAUSES


@rule
def count_days(t: Any, lay: Any, a: int, group: int, row: int, start: int, stop: int) -> None:
    """Sanctioned (or spared) days ``[start, stop)`` of counted time."""
    base = lay.days + ((a * GROUPS + group) * ROWS + row) * lay.days_row
    t[base + start] += 1
    t[base + stop] -= 1


@rule
def count_entry(t: Any, lay: Any, a: int, entry_list: int, group: int, cls: int) -> None:
    """A list entry by its class on the day of entry."""
    t[lay.entries + ((a * lay.lists + entry_list) * GROUPS + group) * N_CLASSES + cls] += 1


@rule
def count_path(t: Any, lay: Any, a: int, cls: int, origin: int, channel: int, category: int, kind: int) -> None:
    """The way a record came about that opened a spell."""
    t[lay.paths + (((a * N_CLASSES + cls) * 4 + origin) * lay.channels + channel) * lay.categories + category] += 1
    if kind >= 0:
        t[lay.false_paths + (a * lay.kinds + kind) * N_CLASSES + cls] += 1


@rule
def count_duration(t: Any, lay: Any, a: int, cls: int, cause: int, days: int) -> None:
    """The end of a tracked spell."""
    b = days if days < DAY_BINS else DAY_BINS + (days - DAY_BINS) // 7
    t[lay.durations + ((a * N_CLASSES + cls) * CAUSES + cause) * lay.bins + b] += 1


@rule
def count_attempt(t: Any, lay: Any, group: int, need: int) -> None:
    """An attempt to use a service."""
    t[lay.attempts + group * lay.needs + need] += 1


@rule
def count_exposure(t: Any, lay: Any, a: int, group: int, need: int, cls: int) -> None:
    """An attempt by someone whom a gate's rule covers."""
    t[lay.exposures + ((a * GROUPS + group) * lay.needs + need) * N_CLASSES + cls] += 1


@rule
def count_denial(t: Any, lay: Any, a: int, group: int, need: int, cls: int) -> None:
    """A refused attempt."""
    t[lay.denials + ((a * GROUPS + group) * lay.needs + need) * N_CLASSES + cls] += 1


@rule
def count_spared_denial(t: Any, lay: Any, a: int, group: int, need: int) -> None:
    """An attempt that the clean ledger would have refused."""
    t[lay.spared_denials + (a * GROUPS + group) * lay.needs + need] += 1


@rule
def count_debtor_weeks(t: Any, lay: Any, a: int, group: int, first: int, last: int) -> None:
    """Weeks ``[first, last)`` at whose end the person owes."""
    base = lay.debtors + (a * GROUPS + group) * (lay.weeks + 1)
    if first < 0:
        first = 0
    if last > lay.weeks:
        last = lay.weeks
    if first < last:
        t[base + first] += 1
        t[base + last] -= 1


@rule
def count_fine(t: Any, lay: Any, a: int, group: int, cls: int) -> None:
    """A fine by the class of its record."""
    t[lay.fines + (a * GROUPS + group) * N_CLASSES + cls] += 1


@rule
def count_money(t: Any, base: int, a: int, group: int, cls: int, amount: int) -> None:
    """Money by the class of what it rests on: ``base`` is where that count begins."""
    t[base + (a * GROUPS + group) * N_CLASSES + cls] += amount


@rule
def claim_money(a: int, lo: int, hi: int, origin: int, rule_text: Any, who: Any, lay: Any, t: Any) -> None:
    """The money that a record has claimed from a person, and what of it they owed."""
    if lo == 0:
        count_money(t, lay.claimed, a, who.group, class_of_record(hi), rule_text.claim)
        if origin == OWN:
            t[lay.owed + a * GROUPS + who.group] += rule_text.owed
    if hi >= CLEAN:
        t[lay.clean_claims + a * GROUPS + who.group] += rule_text.claim


@rule
def count_ever(t: Any, lay: Any, a: int, group: int, mask: int) -> None:
    """The person in each class in which they spent a counted day."""
    for cls in range(N_CLASSES):
        if (mask >> cls) & 1:
            t[lay.ever + (a * GROUPS + group) * N_CLASSES + cls] += 1


@rule
def count_grade(t: Any, lay: Any, a: int, group: int, grade: int) -> None:
    """The person's grade on the last counted day."""
    t[lay.grades + (a * GROUPS + group) * GRADES + grade] += 1


@rule
def count_start_grade(n_arms: int, group: int, rules: Any, arm: Any, lay: Any, t: Any) -> None:
    """A person with an empty book in every arm still holds the grade that everyone starts with."""
    for a in range(n_arms):
        if rules[a].n_grades > 0:
            count_grade(t, lay, a, group, arm[a].start_grade)


@rule
def count_unreviewed(t: Any, lay: Any, a: int, group: int, known: int, decided: int) -> None:
    """A tracked spell that has ended: nobody was told before it began, no review was decided before it ended."""
    at = lay.unreviewed + (a * GROUPS + group) * 2
    if known == 0:
        t[at] += 1
    if decided == 0:
        t[at + 1] += 1


@rule
def count_appeal(t: Any, lay: Any, a: int, group: int, cls: int, what: int, n: int) -> None:
    """A step of a review (`layout.APPEALS`), by class of error."""
    t[lay.appeals + ((a * GROUPS + group) * ERROR_CLASSES + cls) * 5 + what] += n


@rule
def count_by_need(t: Any, base: int, lay: Any, a: int, group: int, need: int) -> None:
    """An attempt forgone, privileged or displaced: ``base`` is where that count begins."""
    t[base + (a * GROUPS + group) * lay.needs + need] += 1


@rule
def count_forgone_act(t: Any, lay: Any, a: int, group: int, category: int, silent: bool) -> None:
    """An act not done in an arm; ``silent``: protected conduct, by someone never sanctioned."""
    t[lay.forgone_acts + (a * GROUPS + group) * lay.categories + category] += 1
    if silent:
        t[lay.silent + a * GROUPS + group] += 1


@rule
def count_split(t: Any, lay: Any, a: int, group: int, days: int, arm: Any) -> None:
    """Person-days by what the scheme, its clean ledger, the error-free arm and the arm alone would have done."""
    s = arm[a]
    if s.pair_e >= 0:
        at = lay.split + (a * GROUPS + group) * 4
        e0 = arm[s.pair_e].s0
        if s.s0 != s.sc:
            t[at + (0 if s.s0 != 0 else 1)] += days
        if s.sc != e0:
            t[at + (2 if s.sc != 0 else 3)] += days
    if s.pair_a >= 0 and s.s0 != arm[s.pair_a].s0:
        t[lay.tied + (a * GROUPS + group) * 2 + (0 if s.s0 != 0 else 1)] += days
