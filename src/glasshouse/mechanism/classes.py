"""The class of a sanction, from the levels of the ledger at which it would still stand (design 001, section 5)."""

from __future__ import annotations

from glasshouse._jit import rule

LEVELS = 7
CLEAN = 4  # the level that is the clean ledger C
MISTAKEN, FALSE_REPORT, MISRECORDED, GROUND_UNMET, PROTECTED, LAWFUL, UNRELATED, WITHIN = range(8)
SPARED = 8
NONE = -1
CLASSES = (
    "mistaken identity",
    "false report",
    "misrecorded",
    "ground unmet",
    "protected conduct",
    "lawful conduct",
    "unrelated or disproportionate",
    "within stated rules",
)
OWN, ANOTHERS_ACT, NO_ACT, WRONGLY_CODED = 0, 1, 2, 3  # origins
ORIGINS = ("own act", "another's act", "no act", "misrecorded")
VALENCE_UNLAWFUL, VALENCE_LAWFUL, VALENCE_PROTECTED, VALENCE_COMMENDABLE = 0, 1, 2, 3


@rule
def last_level(origin: int, ground_met: bool, valence: int) -> int:
    """The last level of the ledger that still holds a record of this kind."""
    if origin == ANOTHERS_ACT:
        return 0
    if origin == NO_ACT:
        return 1
    if origin == WRONGLY_CODED:
        return 2
    if not ground_met:
        return 3
    if valence == VALENCE_PROTECTED:
        return 4
    if valence == VALENCE_LAWFUL:
        return 5
    return 6


@rule
def class_of(levels: int, unrelated: bool) -> int:
    """The class of a sanction that stands at the levels whose bits are set; ``SPARED`` or ``NONE`` where level 0 does not."""
    if levels & 1 == 0:
        return SPARED if levels & (1 << CLEAN) else NONE
    if levels & (1 << CLEAN) == 0:
        for level in range(1, CLEAN):
            if levels & (1 << level) == 0:
                return level - 1
        return GROUND_UNMET
    if levels & (1 << 5) == 0:
        return PROTECTED
    if levels & (1 << 6) == 0:
        return LAWFUL
    return UNRELATED if unrelated else WITHIN


@rule
def class_of_record(last: int) -> int:
    """The class of a one-time sanction (a fine) that rests on one record visible at levels 0 to ``last``."""
    return last if last < 6 else WITHIN
