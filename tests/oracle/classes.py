"""Levels and the class of a sanctioned day, entry, exposure, denial or fine (001, section 5; 005, section 1)."""

from __future__ import annotations

from collections.abc import Sequence

LEVELS = range(8)
CLEAN = 5  # the level of the clean ledger
TIED = range(5)  # levels at which anything comes through a tie

STALE, MISTAKEN_IDENTITY, FALSE_REPORT, MISRECORDED_ACT, GROUND_UNMET, COLLATERAL, INDUCED = range(7)
PROTECTED_CONDUCT, LAWFUL_CONDUCT, UNRELATED, WITHIN, SPARED = range(7, 12)
CLASSES = 11  # without `SPARED`, the row of the wrongly spared
NO_CLASS = -1

CORRECTED, PERFORMED, HAZARD, EXPIRED, CENSORED, AMNESTY, LEFT = 0, 1, 2, 9, 10, 11, 12  # causes of the end of a spell


def class_of(levels: Sequence[bool], *, copy: bool = False, induced: bool = False, unrelated: bool = False) -> int:
    """The class of something that is so at some levels; `SPARED` or `NO_CLASS` if it is not so at level 0."""
    if not levels[0]:
        if copy:
            return STALE
        return SPARED if levels[CLEAN] else NO_CLASS
    if not levels[CLEAN]:
        return next((level for level in (1, 2, 3, 4) if not levels[level]), COLLATERAL)
    if induced:
        return INDUCED
    if not levels[6]:
        return PROTECTED_CONDUCT
    if not levels[7]:
        return LAWFUL_CONDUCT
    return UNRELATED if unrelated else WITHIN
