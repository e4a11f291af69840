"""What a record sets going beside the ledger: notice before it takes effect, and what it sends to relatives and contacts (design 005)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.cases import NOT_REACHED, TOLD, new_pending, next_post
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.spells import note
from glasshouse.engine.state import HELD, LOG_NOTICE, OBSERVED, POST_CONTACTS, POST_RELATIVES
from glasshouse.mechanism.classes import TIE_LEVELS
from glasshouse.world.draws import NOTICE


@rule
def hold(
    a: int, day: int, seen: Any, entry_list: int, reviewed: bool, cls: int, clock: Any, who: Any, rules: Any, arm: Any, pending: Any,
    more: Any, logs: Any, lay: Any, t: Any, log: Any,
) -> bool:  # fmt: skip
    """Notice before: the observation waits for its period, or for the decision on an objection. False if no day passes."""
    law, event = rules[a], seen.event
    w_reached, w_files, w_waits, _ = philox(clock.seed_low, clock.seed_high, who.pid, event, NOTICE)
    if law.notice_days <= 0:
        seen.noticed = TOLD if w_reached < law.reach else NOT_REACHED
        return False
    i = new_pending(a, arm, pending, lay, t)
    if i < 0:
        return True
    p = pending[a, i]
    p.event, p.origin, p.kind, p.channel, p.category = event, seen.origin, seen.kind, seen.channel, seen.category
    p.mistaken, p.item_word, p.condition_word = seen.mistaken, seen.item_word, seen.condition_word
    p.rank, p.sort, p.day, p.list, p.cls, p.start = OBSERVED, event, day + law.notice_days, entry_list, cls, day
    p.noticed = TOLD if w_reached < law.reach else NOT_REACHED
    filed = day + exp_days(w_waits, law.file_mean, logs)
    if law.review != 0 and reviewed and w_reached < law.reach and w_files < more[a, law.at_filed + cls] and filed < p.day:
        p.rank, p.file, p.day = HELD, filed, filed
        note(log, who.pid, a, day, LOG_NOTICE, entry_list, day, filed, cls)
    return True


@rule
def post_relatives(
    a: int, day: int, item_at: int, lo: int, hi: int, origin: int, event: int, channel: int, category: int, kind: int, wrong: bool, who:
    Any, arm: Any, post: Any,
) -> None:  # fmt: skip
    """A record reaches the other adults of the household at the end of the week."""
    n = next_post(post)
    if n == 0 or lo >= TIE_LEVELS:
        return
    out = post[n]
    out.what, out.arm, out.slot, out.event, out.item = POST_RELATIVES, a, who.slot, event, item_at
    out.lo, out.hi = lo, min(hi, TIE_LEVELS - 1)
    out.origin, out.channel, out.category, out.kind, out.day, out.wrong = origin, channel, category, kind, day, 1 if wrong else 0
    out.list, out.context = -1, -1


@rule
def post_contacts(
    a: int, day: int, entry_list: int, lo: int, hi: int, origin: int, event: int, channel: int, category: int, kind: int, context: int,
    who: Any, arm: Any, lists: Any, post: Any,
) -> None:  # fmt: skip
    """A name on the list reaches the person's contacts at the end of the week."""
    n = next_post(post)
    if n == 0:
        return
    out = post[n]
    out.what, out.arm, out.slot, out.event, out.item, out.lo, out.hi = POST_CONTACTS, a, who.slot, event, -1, lo, min(hi, TIE_LEVELS - 1)
    out.origin, out.channel, out.category, out.kind, out.day, out.wrong = origin, channel, category, kind, day, 0
    out.list, out.context = entry_list, context
