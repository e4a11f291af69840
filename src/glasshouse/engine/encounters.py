"""Where a life meets a scheme: an act is seen or not, a false record arrives (design 001, section 6; 005, section 7)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import philox
from glasshouse.engine.spells import note
from glasshouse.engine.state import ATTENTION, FOUND, INFORMING, LOG_ACT, RESIDENT
from glasshouse.mechanism.classes import OWN, WRONGLY_CODED
from glasshouse.mechanism.observation import ONE, is_misrecorded, sight, stepped_up, strikes_person
from glasshouse.world.draws import BATCH_EVENT, BATCH_EVENT_STEP, BATCH_HIT, BATCH_STEP, FALSE, OBSERVE, OFFICIAL


@rule
def channel_sight(
    a: int, day: int, ch: int, threshold: int, clock: Any, who: Any, rules: Any, channels: Any, campaign: Any, now: Any,
) -> int:  # fmt: skip
    """The threshold below which a channel's draw sees an act today: what officials' campaigns and attention, and informers, make of it."""
    law = rules[a]
    seen = sight(threshold, channels[a, ch].visible, who.visibility)
    for i in range(law.n_campaigns):
        c = campaign[a, i]
        if c.channel == ch and c.first <= day - clock.history and day - clock.history < c.last:
            seen = stepped_up(seen, c.factor)
    if law.informing_channel == ch:
        seen = stepped_up(seen, now[a, INFORMING])
    if law.attention_channel == ch:
        seen = stepped_up(seen, now[a, ATTENTION + who.slot * law.districts // max(who.people, 1)])
    return min(seen, ONE)


@rule
def looks_at(a: int, ch: int, channels: Any, spell: Any) -> bool:
    """Whether a channel looks at this person: always, or only while they stand on the list of those who are investigated."""
    only = channels[a, ch].only
    return only < 0 or spell[a, only, 0].active != 0


@rule
def seeing_channel(
    a: int, day: int, event: int, category: int, clock: Any, who: Any, rules: Any, channels: Any, sensitivity: Any, spell: Any, campaign:
    Any, now: Any,
) -> int:  # fmt: skip
    """The first channel that sees an act of the person's own, or -1."""
    for ch in range(rules[a].n_channels):
        threshold = sensitivity[a, ch, category]
        if threshold != 0 and looks_at(a, ch, channels, spell):
            w_seen, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, OBSERVE + ch)
            if w_seen < channel_sight(a, day, ch, threshold, clock, who, rules, channels, campaign, now):
                return ch
    return -1


@rule
def take_in_hand(
    seen: Any, event: int, origin: int, kind: int, channel: int, category: int, mistaken: int, w_item: int, w_condition: int
) -> None:
    """Note what was observed, to be received by the arm."""
    seen.event, seen.origin, seen.kind, seen.channel, seen.category = event, origin, kind, channel, category
    seen.mistaken, seen.item_word, seen.condition_word = mistaken, w_item, w_condition
    seen.noticed, seen.lowest, seen.verdict = 0, 0, -1


@rule
def see_act(
    a: int, day: int, event: int, category: int, clock: Any, who: Any, rules: Any, channels: Any, sensitivity: Any, mistaken_for: Any,
    spell: Any, campaign: Any, more: Any, now: Any, seen: Any, log: Any,
) -> bool:  # fmt: skip
    """What the first channel that sees an act takes down: the act as it was, or under a wrong category. False if nobody sees it."""
    ch = seeing_channel(a, day, event, category, clock, who, rules, channels, sensitivity, spell, campaign, now)
    spare = more[a, rules[a].at_spare + 3 * ch + who.group] if ch >= 0 else 0
    if spare > 0:
        w_let_go, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, OFFICIAL)
        if w_let_go < spare:
            ch = -1
    if ch < 0:
        note(log, who.pid, a, day, LOG_ACT, category, 0, -1, 0)
        return False
    if rules[a].attention_channel == ch:
        at = who.slot * rules[a].districts // max(who.people, 1)
        now[a, FOUND + at] += (4096 << 12) // now[a, ATTENTION + at] if rules[a].mended != 0 else 4096
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
def false_kind(a: int, event: int, clock: Any, who: Any, rules: Any, channels: Any, false: Any, spell: Any, now: Any) -> int:
    """Which of the scheme's kinds of false record a candidate is, or -1: thinned to the scheme's rates from the world's envelope."""
    n, law = rules[a].n_false, rules[a]
    if n == 0:
        return -1
    w_kind, _, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, FALSE)
    for kind in range(n):
        f = false[a, kind]
        if w_kind < (f.cum_0 if who.group == 0 else (f.cum_1 if who.group == 1 else f.cum_2)):
            if f.roles != 0 and (f.roles >> (who.role if who.minor == 0 else RESIDENT)) & 1 == 0:
                return -1
            if not looks_at(a, f.channel, channels, spell):
                return -1
            if law.informing_channel == f.channel:
                _, w_kept, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, OFFICIAL)
                if w_kept >= (now[a, INFORMING] << 32) // law.informs:
                    return -1
            return kind
    return -1


@rule
def false_record(
    a: int, event: int, clock: Any, who: Any, rules: Any, channels: Any, false: Any, false_category: Any, spell: Any, now: Any, seen: Any
) -> bool:
    """The false record that a candidate becomes under this scheme, if it becomes one."""
    kind = false_kind(a, event, clock, who, rules, channels, false, spell, now)
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
