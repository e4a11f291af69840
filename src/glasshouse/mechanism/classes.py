"""The class of a sanction, from the levels of the ledger at which it would still stand (design 001, section 5; 005, section 1)."""

from __future__ import annotations

from glasshouse._jit import rule

LEVELS = 8
TIE_LEVELS = 5  # what comes through ties stands at levels 0 .. TIE_LEVELS - 1
CLEAN = 5  # the level that is the clean ledger C
(
    STALE, MISTAKEN, FALSE_REPORT, MISRECORDED, GROUND_UNMET, COLLATERAL, INDUCED, PROTECTED, LAWFUL, UNRELATED, WITHIN,
) = range(11)  # fmt: skip
SPARED = 11
NONE = -1
CLASSES = (
    "stale",
    "mistaken identity",
    "false report",
    "misrecorded",
    "ground unmet",
    "collateral",
    "error-induced",
    "protected conduct",
    "lawful conduct",
    "unrelated or disproportionate",
    "within stated rules",
)
OWN, ANOTHERS_ACT, NO_ACT, WRONGLY_CODED = 0, 1, 2, 3  # origins
ORIGINS = ("own act", "another's act", "no act", "misrecorded")
VALENCE_UNLAWFUL, VALENCE_LAWFUL, VALENCE_PROTECTED, VALENCE_COMMENDABLE = 0, 1, 2, 3
SOUND = 4  # class of error of a record that is as it should be


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
        return 5
    if valence == VALENCE_LAWFUL:
        return 6
    return 7


@rule
def class_of(levels: int, copy: bool, induced: bool, unrelated: bool) -> int:
    """The class of a sanction that stands at the levels whose bits are set, or by a holder's copy alone; ``SPARED`` or ``NONE`` else."""
    if levels & 1 == 0:
        if copy:
            return STALE
        return SPARED if levels & (1 << CLEAN) else NONE
    if levels & (1 << CLEAN) == 0:
        for level in range(1, CLEAN):
            if levels & (1 << level) == 0:
                return level
        return COLLATERAL
    if induced:
        return INDUCED
    if levels & (1 << 6) == 0:
        return PROTECTED
    if levels & (1 << 7) == 0:
        return LAWFUL
    return UNRELATED if unrelated else WITHIN


@rule
def class_of_record(last: int) -> int:
    """The class of a one-time sanction (a fine) that rests on one record visible at levels 0 to ``last``."""
    if last < TIE_LEVELS:
        return last + 1
    if last == 5:
        return PROTECTED
    return LAWFUL if last == 6 else WITHIN


@rule
def error_class(origin: int, last: int) -> int:
    """What is wrong with a record: another's act, no act, misrecorded, ground unmet (0 to 3), or nothing (``SOUND``, a firm's too)."""
    if origin == OWN:
        return SOUND if last >= TIE_LEVELS - 1 else 3
    return origin - 1


@rule
def is_wrong(origin: int, last: int) -> bool:
    """Whether something is wrong with a record."""
    return error_class(origin, last) != SOUND
