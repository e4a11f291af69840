"""What the scheme sees, and what it sees wrongly (design 001, section 6)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.mechanism.classes import ANOTHERS_ACT, NO_ACT, WRONGLY_CODED
from glasshouse.scheme.tables import ABLE, ADULT, OWES

ONE = 1 << 32
MOST_SIGHT = 1 << 41


@rule
def sight(sensitivity: int, follows_visibility: int, visibility: int) -> int:
    """The threshold below which a channel's draw sees an act: its sensitivity, scaled by visibility (1/4096) if it follows it."""
    if follows_visibility == 0:
        return sensitivity
    scaled = sensitivity * visibility >> 12
    return scaled if scaled < ONE else ONE


@rule
def stepped_up(threshold: int, factor: int) -> int:
    """A threshold times a factor (1/4096), kept small enough that further factors cannot overflow."""
    scaled = threshold * factor >> 12
    return scaled if scaled < MOST_SIGHT else MOST_SIGHT


@rule
def is_misrecorded(channel: Any, mistaken_for: int, word: int) -> bool:
    """Whether a true act is entered under another category."""
    return mistaken_for >= 0 and word < channel.mis_share


@rule
def ground_met(conditions: int, able: bool, adult: bool, owes: bool) -> bool:
    """Whether the rule's own conditions hold for an act of the person's own."""
    if conditions & ABLE and not able:
        return False
    if conditions & ADULT and not adult:
        return False
    return not (conditions & OWES and not owes)


@rule
def official_refuses(met: bool, checked: int, word: int) -> bool:
    """An official notices an unmet condition with probability ``checked`` and then enters nothing."""
    return not met and word < checked


@rule
def strikes_person(share: int, frailty: int, word: int) -> bool:
    """Whether a batch error that struck the town hits this person: the share, scaled by the frailty of their record."""
    scaled = share * frailty >> 12
    return word < (scaled if scaled < ONE else ONE)


@rule
def is_false(origin: int, kind: int) -> bool:
    """Whether an observation is of no act of the person's at all: another's, nobody's, or what a rule of reckoning made up (design 006)."""
    return origin == ANOTHERS_ACT or origin == NO_ACT or (origin == WRONGLY_CODED and kind >= 0)
