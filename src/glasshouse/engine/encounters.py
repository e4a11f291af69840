"""Where a life meets a scheme: an act is seen or not, a false record arrives, a service is refused (design 001, sections 6 and 9)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import philox
from glasshouse.engine.spells import list_levels, note
from glasshouse.engine.state import LOG_ACT, LOG_ATTEMPT, LOG_DENIAL
from glasshouse.engine.tally import count_denial, count_exposure, count_spared_denial
from glasshouse.mechanism.classes import CLEAN, OWN, WRONGLY_CODED, class_of
from glasshouse.mechanism.gates import BEYOND_RULE, NO_REFUSAL, covers, overreaches, refusal
from glasshouse.mechanism.observation import is_misrecorded, sight, strikes_person
from glasshouse.world.draws import BATCH_EVENT, BATCH_EVENT_STEP, BATCH_HIT, BATCH_STEP, FALSE, GATE, OBSERVE


@rule
def seeing_channel(a: int, event: int, category: int, clock: Any, who: Any, rules: Any, channels: Any, sensitivity: Any) -> int:
    """The first channel that sees an act of the person's own, or -1."""
    for ch in range(rules[a].n_channels):
        threshold = sensitivity[a, ch, category]
        if threshold != 0:
            w_seen, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, OBSERVE + ch)
            if w_seen < sight(threshold, channels[a, ch].visible, who.visibility):
                return ch
    return -1


@rule
def take_in_hand(
    seen: Any, event: int, origin: int, kind: int, channel: int, category: int, mistaken: int, w_item: int, w_condition: int
) -> None:
    """Note what was observed, to be received by the arm."""
    seen.event, seen.origin, seen.kind, seen.channel, seen.category = event, origin, kind, channel, category
    seen.mistaken, seen.item_word, seen.condition_word = mistaken, w_item, w_condition


@rule
def see_act(
    a: int, day: int, event: int, category: int, clock: Any, who: Any, rules: Any, channels: Any, sensitivity: Any, mistaken_for: Any,
    seen: Any, log: Any,
) -> bool:  # fmt: skip
    """What the first channel that sees an act takes down: the act as it was, or under a wrong category. False if nobody sees it."""
    ch = seeing_channel(a, event, category, clock, who, rules, channels, sensitivity)
    if ch < 0:
        note(log, who.pid, a, day, LOG_ACT, category, 0, -1, 0)
        return False
    _, w_mis, w_item, w_condition = philox(clock.seed_low, clock.seed_high, who.pid, event, OBSERVE + ch)
    mistaken = mistaken_for[a, ch, category]
    origin = WRONGLY_CODED if is_misrecorded(channels[a, ch], mistaken, w_mis) else OWN
    note(log, who.pid, a, day, LOG_ACT, category, 1, ch, 0)
    take_in_hand(seen, event, origin, -1, ch, category, mistaken, w_item, w_condition)
    return True


@rule
def drawn_category(a: int, kind: int, word: int, cum: Any) -> int:
    """The category a false record is about."""
    c = 0
    while c < cum.shape[2] - 1 and cum[a, kind, c] <= word:
        c += 1
    return c


@rule
def false_kind(a: int, event: int, clock: Any, who: Any, rules: Any, false: Any) -> int:
    """Which of the scheme's kinds of false record a candidate is, or -1: thinned to the scheme's rates from the world's envelope."""
    n = rules[a].n_false
    if n == 0:
        return -1
    w_kind, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, FALSE)
    for kind in range(n):
        if w_kind < false[a, kind].cum:
            return kind
    return -1


@rule
def false_record(a: int, event: int, clock: Any, who: Any, rules: Any, false: Any, false_category: Any, seen: Any) -> bool:
    """The false record that a candidate becomes under this scheme, if it becomes one."""
    kind = false_kind(a, event, clock, who, rules, false)
    if kind < 0:
        return False
    _, w_category, w_item, w_condition = philox(clock.seed_low, clock.seed_high, who.pid, event, FALSE)
    f = false[a, kind]
    category = drawn_category(a, kind, w_category, false_category)
    take_in_hand(seen, event, f.origin, kind, f.channel, category, -1, w_item, w_condition)
    return True


@rule
def batch_record(
    a: int, kind: int, number: int, clock: Any, who: Any, rules: Any, batch: Any, batch_category: Any, seen: Any
) -> bool:  # fmt: skip
    """The record that a batch error leaves with this person, if it hits them."""
    b = batch[a, kind]
    w_hit, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, number, BATCH_HIT + BATCH_STEP * kind)
    if not strikes_person(b.share, who.frailty, w_hit):
        return False
    event = BATCH_EVENT + BATCH_EVENT_STEP * kind + number
    _, w_category, w_item, w_condition = philox(clock.seed_low, clock.seed_high, who.pid, event, FALSE)
    category = drawn_category(a, kind, w_category, batch_category)
    take_in_hand(seen, event, b.origin, rules[a].n_false + kind, b.channel, category, -1, w_item, w_condition)
    return True


@rule
def gate_levels(a: int, g: int, week: int, gate: Any, spell: Any, home: Any) -> int:
    """Bits of the levels at which a gate's list stands against this person, or against an adult of a child's household last week."""
    if gate[a, g].parent == 0:
        return list_levels(a, gate[a, g].list, spell)
    if week < 0 or week >= home.shape[2]:
        return 0
    return int(home[a, gate[a, g].list, week])


@rule
def attempt(
    a: int, day: int, event: int, need: int, clock: Any, who: Any, rules: Any, arm: Any, spell: Any, gate: Any, home: Any, home_context:
    Any, lay: Any, t: Any, log: Any,
) -> None:  # fmt: skip
    """An attempt to use a service, in one arm: exposure, refusal and its class, or a refusal that a false record spared."""
    w_rule, w_over, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, GATE)
    week = day // 7 - 1
    exposed = False
    refused = False
    spared = False
    for g in range(rules[a].n_gates):
        q = gate[a, g]
        named = covers(q, need)
        if not named and not overreaches(q, need):
            continue
        levels = gate_levels(a, g, week, gate, spell, home)
        if levels & 1 == 0:
            spared = spared or (named and (levels >> CLEAN) & 1 == 1 and w_rule < q.compliance)
            continue
        context = spell[a, q.list, 0].context if q.parent == 0 else home_context[a, q.list, week]
        if named and not exposed:
            exposed = True
            count_exposure(t, lay, a, who.group, need, class_of(levels, context != q.context))
        how = NO_REFUSAL if refused else refusal(q, need, w_rule, w_over)
        if how != NO_REFUSAL:
            cls = class_of(levels, how == BEYOND_RULE or context != q.context)
            count_denial(t, lay, a, who.group, need, cls)
            note(log, who.pid, a, day, LOG_DENIAL, need, cls, g, 0)
            refused = True
    if spared and not refused:
        count_spared_denial(t, lay, a, who.group, need)
    if not refused:
        note(log, who.pid, a, day, LOG_ATTEMPT, need, 0, 0, 0)
