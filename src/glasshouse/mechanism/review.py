"""Notice and review: who hears of it, who objects, and what a review decides (design 005, section 5)."""

from __future__ import annotations

from glasshouse._jit import rule
from glasshouse.mechanism.lists import NEVER
from glasshouse.scheme.tables import AFTER, NO_NOTICE

REJECTED, UPHELD, GIVEN_UP = 0, 1, 2
NEVER_KNOWN = -1
AT_THE_GATE = -2


@rule
def day_known(notice: int, notice_days: int, reached: bool, held_in_vain: bool, day: int) -> int:
    """The day a listed person hears of a record; ``AT_THE_GATE`` at the first refusal, ``NEVER_KNOWN`` where nobody says anything."""
    if notice == NO_NOTICE:
        return NEVER_KNOWN
    if notice == AFTER and reached and not held_in_vain:
        return day + notice_days
    return AT_THE_GATE


@rule
def end_of_patience(file_day: int, mean: int, days_drawn: int) -> int:
    """The day by which a person who still waits gives up."""
    return NEVER if mean <= 0 else file_day + 1 + days_drawn


@rule
def places(capacity: int, people: int, week: int) -> int:
    """Reviews decided in a week of a town: capacity (1/4096 of a case a week and 10,000 people) adds up over the weeks, rounded down."""
    if capacity < 0:
        return NEVER
    town = capacity * people // 10000
    return (town * (week + 1) >> 12) - (town * week >> 12)


@rule
def highest_level(sound: bool, hi: int, tie_levels: int) -> int:
    """The last level that a review changes: a sound record stays in the clean ledger even if its review was upheld."""
    return min(hi, tie_levels - 1) if sound else hi


@rule
def exchange_day(day: int) -> int:
    """The first day of a week on or after a day."""
    return (day + 6) // 7 * 7
