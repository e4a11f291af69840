"""Events of a week to come that nothing in between can change: they are dealt with at once, and the person need not be woken for them."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.encounters import false_kind, seeing_channel


@rule
def unseen_by_all(
    n_arms: int, day: int, event: int, c: int, clock: Any, who: Any, rules: Any, channels: Any, sensitivity: Any, spell: Any, campaign: Any,
    now: Any,
) -> bool:  # fmt: skip
    """Whether no arm's channels see an act, where what they see does not move with the weeks."""
    for a in range(n_arms):
        if rules[a].moving_sight != 0:
            return False
        if rules[a].n_channels > 0 and seeing_channel(
            a, day, event, c, clock, who, rules, channels, sensitivity, spell, campaign, now
        ) >= 0:  # fmt: skip
            return False
    return True


@rule
def no_false_record(n_arms: int, event: int, clock: Any, who: Any, rules: Any, channels: Any, false: Any, spell: Any, now: Any) -> bool:
    """Whether a candidate false record becomes one in no arm, whatever the week."""
    for a in range(n_arms):
        if rules[a].moving_false != 0 or false_kind(a, event, clock, who, rules, channels, false, spell, now) >= 0:
            return False
    return True


@rule
def nobody_pays(n_arms: int, word: int, rules: Any) -> bool:
    """Whether a chance to pay is let pass in every arm by debtors of every kind."""
    for a in range(n_arms):
        if word < rules[a].pay or word < rules[a].pay_listed:
            return False
    return True
