"""Lists: how a name gets on, stays on and comes off (design 001, section 7; 005, section 6)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.scheme.tables import REPEAT_EXTEND, REPEAT_RESTART

NEVER = 1 << 40
CORRECTED, PERFORMED, FIRST_HAZARD, EXPIRED, CENSORED, AMNESTY, LEFT = 0, 1, 2, 9, 10, 11, 12
CAUSES = 13


@rule
def term_of(entry: Any, item_term: int) -> int:
    """The term that applies: the rule's own where it has one, else the list's; 0 is no fixed term."""
    return item_term if item_term >= 0 else int(entry.term)


@rule
def open_spell(spell: Any, entry: Any, day: int, term: int, correction_day: int, performable: bool) -> None:
    """The name goes on the list today."""
    spell.active = 1
    spell.entry = day
    spell.end = day + term if term > 0 else NEVER
    spell.limit = day + entry.longest if entry.longest > 0 else NEVER
    spell.corrected = correction_day
    spell.performed = NEVER
    spell.performable = 1 if performable and entry.performable != 0 else 0
    spell.bases = 1


@rule
def repeat_on(spell: Any, entry: Any, day: int, term: int, correction_day: int) -> None:
    """A further record while listed: it restarts the term, extends it, or changes nothing; either way it is one more basis of the spell."""
    if entry.repeat == REPEAT_RESTART:
        spell.end = day + term if term > 0 else NEVER
    elif entry.repeat == REPEAT_EXTEND and spell.end < NEVER:
        extended = min(spell.end + entry.extension, spell.limit)
        if extended > spell.end:
            spell.end = extended
    spell.bases += 1
    if correction_day > spell.corrected:
        spell.corrected = correction_day


@rule
def next_amnesty(entry: Any, day: int) -> int:
    """The first amnesty after a day, both in counted days."""
    if entry.amnesty_first < 0:
        return NEVER
    first: int = entry.amnesty_first
    if day < first:
        return first
    if entry.amnesty_every <= 0:
        return NEVER
    return first + ((day - first) // entry.amnesty_every + 1) * int(entry.amnesty_every)


@rule
def copy_stands(spell: Any, purge: int, day: int) -> bool:
    """Whether a holder that purges so many days late still acts on its copy of a spell that has ended."""
    return spell.active == 0 and spell.released >= 0 and day < spell.released + purge


@rule
def pay(spell: Any, entry: Any, day: int) -> None:
    """The listed person has paid: deletion is due after the list's lag, and not before its minimum term is over."""
    due: int = max(day + entry.lag, spell.entry + entry.minimum)
    if spell.performable != 0 and due < spell.performed:
        spell.performed = due


@rule
def hazard_ends(hazard: Any, able: bool) -> bool:
    """Whether another way off the list counts on the day it falls due (some only for people who cannot pay)."""
    return hazard.unable == 0 or not able
