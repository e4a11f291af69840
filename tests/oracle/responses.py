"""How people respond, as far as one act or one week decides it: restraint and speech (005, section 8)."""

from __future__ import annotations

from typing import Any

from tests.oracle.people import Person

SURE = 1 << 32
OPEN_SPEECH, BY_THRESHOLD, BY_UTILITY = 0, 1, 2
MOST_WEEKS = 1023


def times(threshold: int, factor: int) -> int:
    """A chance times another; what is sure to be changes nothing."""
    return threshold if factor == SURE else (threshold >> 2) * factor >> 30


def restraint(scheme: Any, category: int, weeks_aware: int) -> int:
    """The threshold that an act is done by someone aware for so many weeks."""
    out = SURE
    for concerns, fading in zip(scheme.restrained, scheme.fading, strict=True):
        if concerns[category]:
            out = times(out, fading[min(weeks_aware, MOST_WEEKS)])
    return out


def needed_company(scheme: Any, person: Person, people: int) -> int:
    """Theta: how large a share must speak, in 2^-32 of the adults, before this person does."""
    return int(scheme.theta[(2 * person.rank + 1) * len(scheme.theta) // (2 * people)])


def utility_of_speech(scheme: Any, person: Person) -> int:
    """The threshold that a thing is said, by desire and boldness."""
    return int(scheme.silence_factor[(person.opinion >> 26) * 64 + (person.boldness >> 26)])


def heard(scheme: Any, speaking: int, sanctioned: int, adults: int) -> int:
    """X: the share that speaks less the fear that the share sanctioned inspires."""
    s = (speaking * SURE + adults // 2) // adults
    p = (sanctioned * SURE + adults // 2) // adults
    return s - int(scheme.whole.fear * p >> 16)
