"""How a wrong record is mended in the spine: the correction clock and repair (design 001, section 7)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.mechanism.lists import NEVER
from glasshouse.scheme.tables import REPAIR_PLEDGE


@rule
def correction_day(scheme: Any, day: int, wrong: bool, word: int, days_drawn: int) -> int:
    """The day a wrong record leaves the book, if anyone files for it; never before the next day."""
    if not wrong or word >= scheme.filed:
        return NEVER
    due: int = day + scheme.corr_min + days_drawn
    return due if due > day else day + 1


@rule
def pledge_day(item: Any, day: int, days_drawn: int) -> int:
    """The day a signed pledge mends the record, for rules that allow it."""
    if item.repair != REPAIR_PLEDGE:
        return NEVER
    return day + 1 + days_drawn
