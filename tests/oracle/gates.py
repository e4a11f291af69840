"""Attempts to use a service: exposure, denial and their classes (001, section 9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.oracle.ledger import LEVELS, UNRELATED, WITHIN, Ledger, Spell, first_class

Listed = dict[int, tuple[list[bool], int]]  # list -> active by level, context of the basis at level 0


def listed_now(ledger: Ledger) -> Listed:
    """What a household sees of an adult at the end of a week."""
    out: Listed = {}
    for index, spells in enumerate(ledger.spells):
        if any(spells):
            out[index] = (ledger.active(index), _context(spells[0]))
    return out


def _context(spell: Spell | None) -> int:
    return -1 if spell is None else int(spell.basis.item.context)


def _gate_state(ledger: Ledger, gate: Any, parents: list[Listed]) -> tuple[list[bool], int]:
    if not gate.parent:
        return ledger.active(gate.list), _context(ledger.spells[gate.list][0])
    if not ledger.minor:
        return [False] * 7, -1
    states = [p[gate.list] for p in parents if gate.list in p]
    active = [any(s[0][level] for s in states) for level in LEVELS]
    return active, next((context for levels, context in states if levels[0]), -1)


@dataclass
class Attempt:
    """What came of one attempt: classes, or -1."""

    exposed: int = -1
    denied: int = -1
    spared: bool = False


def attempt(ledger: Ledger, need: int, parents: list[Listed], complies: Callable[[Any], bool], over: Callable[[Any], bool]) -> Attempt:
    """One attempt to use a service; `complies(gate)` and `over(gate)` say what the gatekeeper would do."""
    out = Attempt()
    for gate in ledger.scheme.gates:
        by_rule, by_over = bool(gate.needs >> need & 1), bool(gate.over_needs >> need & 1)
        if not (by_rule or by_over):
            continue
        active, context = _gate_state(ledger, gate, parents)
        if active[0]:
            kind = first_class(active)
            rule_kind = UNRELATED if kind == WITHIN and context != gate.context else kind
            over_kind = UNRELATED if kind == WITHIN else kind
            if by_rule and out.exposed < 0:
                out.exposed = rule_kind
            if out.denied < 0 and by_rule and complies(gate):
                out.denied = rule_kind
            elif out.denied < 0 and by_over and over(gate):
                out.denied = over_kind
        elif by_rule and active[4] and complies(gate):
            out.spared = True
    out.spared = out.spared and out.denied < 0
    return out
