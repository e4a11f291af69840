"""Gates: services closed to the listed, as gatekeepers apply them (design 001, section 9)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule

NO_REFUSAL, BY_RULE, BEYOND_RULE = 0, 1, 2


@rule
def covers(gate: Any, need: int) -> bool:
    """Whether the gate's own rule names this service."""
    return (gate.needs >> need) & 1 == 1


@rule
def overreaches(gate: Any, need: int) -> bool:
    """Whether gatekeepers are said to refuse this service too, beyond the rule."""
    return (gate.over_needs >> need) & 1 == 1


@rule
def refusal(gate: Any, need: int, word: int, over_word: int) -> int:
    """Whether a listed person is refused at this gate, and whether within the rule or beyond it."""
    if covers(gate, need) and word < gate.compliance:
        return BY_RULE
    if overreaches(gate, need) and over_word < gate.over:
        return BEYOND_RULE
    return NO_REFUSAL
