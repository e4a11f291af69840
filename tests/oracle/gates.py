"""Attempts to use a service: exposure, denial, prices and their classes (001, section 9; 005, sections 1, 4 and 6; 006, section 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.classes import CLEAN, LEVELS, NO_CLASS, class_of
from tests.oracle.ledger import Ledger

Listed = dict[int, tuple[list[bool], int]]  # list -> active by level, context of the basis at level 0


def listed_now(ledger: Ledger) -> Listed:
    """What a household sees of an adult at the end of a week."""
    out: Listed = {}
    for index, spells in enumerate(ledger.spells):
        if any(spells):
            out[index] = (ledger.active(index), -1 if spells[0] is None else spells[0].context)
    return out


@dataclass
class GateState:
    """A gate before one person on one day."""

    active: list[bool]
    context: int
    copy: bool = False
    induced: bool = False

    @property
    def acts(self) -> bool:
        """Whether it would refuse the person, by a list or by a holder's copy."""
        return self.active[0] or self.copy

    def kind(self, unrelated: bool) -> int:
        return class_of(self.active, copy=self.copy, induced=self.induced, unrelated=unrelated)


def gate_state(ledger: Ledger, gate: Any, parents: list[Listed], day: int) -> GateState:
    """How a gate stands to a person; `parents` as they were at the end of last week."""
    if not gate.parent:
        context = ledger.context(gate.list)
        return GateState(ledger.bits(gate.list), context, ledger.copy_at(gate, day), ledger.induced(gate.list))
    states = [p[gate.list] for p in parents if gate.list in p] if ledger.minor else []
    active = [any(s[0][level] for s in states) for level in LEVELS]
    return GateState(active, next((context for levels, context in states if levels[0]), -1))


@dataclass
class Attempt:
    """What came of one attempt: classes, or -1; the gate that refused."""

    exposed: int = NO_CLASS
    denied: int = NO_CLASS
    spared: bool = False
    gate: int = -1
    paid: list[tuple[int, int]] = field(default_factory=list)  # class and price, at each gate that asks one


def attempt(
    ledger: Ledger, need: int, parents: list[Listed], day: int, complies: Callable[[Any], bool], over: Callable[[Any], bool]
) -> Attempt:
    """One attempt to use a service; `complies(gate)` and `over(gate)` say what the gatekeeper would do."""
    out = Attempt()
    for number, gate in enumerate(ledger.scheme.gates):
        by_rule, by_over = bool(gate.needs >> need & 1), bool(gate.over_needs >> need & 1)
        if not (by_rule or by_over):
            continue
        state = gate_state(ledger, gate, parents, day)
        if state.acts:
            kind = state.kind(unrelated=state.context != gate.context)
            if by_rule and out.exposed == NO_CLASS:
                out.exposed = kind
            if gate.price:
                if by_rule and complies(gate):
                    out.paid.append((kind, gate.price))
            elif out.gate < 0 and by_rule and complies(gate):
                out.denied, out.gate = kind, number
            elif out.gate < 0 and by_over and over(gate):
                out.denied, out.gate = state.kind(unrelated=True), number
        elif by_rule and not gate.price and state.active[CLEAN] and complies(gate):
            out.spared = True
    if out.gate >= 0:
        out.spared, out.paid = False, []
    return out


def deterring_gate(ledger: Ledger, need: int, parents: list[Listed], day: int) -> Any | None:
    """The first gate that names the need and acts against the person."""
    named = [gate for gate in ledger.scheme.gates if gate.needs >> need & 1]
    return next((gate for gate in named if gate_state(ledger, gate, parents, day).acts), None)
