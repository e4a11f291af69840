"""What chance decides: the stream of candidate events and the fate of each record (001, sections 2, 4 and 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from glasshouse.world.draws import (
    BATCH,
    BATCH_EVENT,
    BATCH_EVENT_STEP,
    BATCH_HIT,
    BATCH_STEP,
    DELAY,
    EXIT,
    EXIT_STEP,
    FALSE,
    LIFE,
    OBSERVE,
    philox_plain,
)
from tests.oracle.ledger import ANOTHERS, MISRECORDED, NEVER, NO_ACT, OWN
from tests.oracle.people import MINOR, RESIDENT, E, Person, exp_days, first_above

SURE = 1 << 32
Words = tuple[int, int, int]  # item, true item, word of conditions; or category, item, condition


@dataclass
class Happening:
    """One candidate event of a life. `which` is a category or a need; `batch` the arm and kind of a batch error."""

    tick: int
    event: int
    kind: str
    which: int = -1
    fate_word: int = 0
    batch: tuple[int, int] = (-1, -1)


def life_events(world: Any, seed: int, person: Person) -> Iterator[Happening]:
    """The candidate events of one person, in order, without end."""
    scalars = world.scalars[0]
    conduct = world.conduct_cum[person.role]
    needs = world.need_cum[int(person.minor)]
    adult = not person.minor
    rates = [
        ("conduct", (int(conduct[-1]) if len(conduct) else 0) * person.conduct >> 12),
        ("false", int(scalars["false_envelope"]) * person.frailty >> 12),
        ("need", int(needs[-1]) if len(needs) else 0),
        ("shock", int(world.shock[person.income]) if adult else 0),
        ("recovery", int(scalars["recovery"]) if adult else 0),
        ("payment", int(scalars["payment_envelope"]) if adult else 0),
    ]
    total = sum(rate for _, rate in rates)
    if total == 0:
        return
    mean = min((1 << 50) // total, 1 << 33)
    tick = event = 0
    while True:
        event += 1
        gap, kind_word, fate_word, _ = philox_plain(seed, person.pid, event, LIFE)
        tick += ((E(gap) * mean) >> 24) + 1
        x = kind_word * total >> 32
        for kind, rate in rates:  # noqa: B007 the kind that it stops at
            if x < rate:
                break
            x -= rate
        which = -1
        if kind == "conduct":
            which = first_above(conduct, min((x << 12) // person.conduct, int(conduct[-1]) - 1))
        elif kind == "need":
            which = first_above(needs, x)
        yield Happening(tick, event, kind, which, fate_word)


def batch_events(schemes: list[SimpleNamespace], seed: int, person: Person) -> list[Happening]:
    """The batch errors that hit one person, in every arm."""
    out = []
    for arm, scheme in enumerate(schemes):
        for index, batch in enumerate(scheme.batches):
            tick = 0
            for k in range(1, BATCH_EVENT_STEP):
                tick += ((E(philox_plain(seed, person.town, k, BATCH + BATCH_STEP * index)[0]) * batch.mean_gap) >> 24) + 1
                hit = philox_plain(seed, person.pid, k, BATCH_HIT + BATCH_STEP * index)[0]
                if hit < min(SURE, batch.share * person.frailty >> 12):
                    event = BATCH_EVENT + BATCH_EVENT_STEP * index + k
                    out.append(Happening(tick, event, "batch", batch=(arm, index)))
    return sorted(out, key=lambda h: (h.tick, h.event))


def pick_item(scheme: SimpleNamespace, category: int, role: int, word: int) -> int:
    """The rule that an act falls under; -1 if none."""
    start, count = int(scheme.pick_start[category][role]), int(scheme.pick_count[category][role])
    j = first_above(scheme.pick_cum[start : start + count], word)
    return -1 if j < 0 else int(scheme.pick_item[start + j])


class Drawn:
    """The fate of a record, drawn."""

    def __init__(
        self, scheme: Any, seed: int, pid: int, event: int, *, origin: int, kind: int, channel: int, category: int, words: Words
    ) -> None:
        self.category = category
        self.scheme, self.seed, self.pid, self.event = scheme, seed, pid, event
        self.origin, self.kind, self.channel = origin, kind, channel
        self.item, self.true_item, self.condition_word = words
        delay, pledge, filed, correction = philox_plain(seed, pid, event, DELAY + channel)
        rules, office = scheme.rules, scheme.channels[channel]
        self.delay = office.delay_min + exp_days(delay, office.delay_mean)
        self.pledge_word = pledge
        self.corrected_after = rules.corr_min + exp_days(correction, rules.corr_mean) if filed < rules.filed else NEVER

    def noticed(self, item: int) -> bool:
        return self.condition_word < int(self.scheme.items[item].checked)

    def pledge_after(self, item: int) -> int:
        return 1 + exp_days(self.pledge_word, self.scheme.items[item].repair_mean)

    def hazard_after(self, list_index: int, hazard: int) -> int:
        word = philox_plain(self.seed, self.pid, self.event, EXIT + EXIT_STEP * list_index + hazard)[0]
        return 1 + exp_days(word, self.scheme.hazards[list_index][hazard].mean)


def observe(scheme: Any, seed: int, person: Person, event: int, category: int) -> Drawn | None:
    """The record that an act leaves, made by the first channel that sees it; None if unseen or no rule speaks of it."""
    for index, channel in enumerate(scheme.channels):
        sensitivity = int(scheme.sensitivity[index][category])
        if sensitivity == 0:
            continue
        seen, misrecorded, item_word, condition = philox_plain(seed, person.pid, event, OBSERVE + index)
        if seen < (min(SURE, sensitivity * person.visibility >> 12) if channel.visible else sensitivity):
            written = int(scheme.mistaken_for[index][category])
            item = pick_item(scheme, category, person.role, item_word)
            if misrecorded < channel.mis_share and written >= 0:
                words = (pick_item(scheme, written, person.role, item_word), item, condition)
                origin = MISRECORDED
            else:
                words, origin, written = (item, -1, condition), OWN, category
            if max(words[:2]) < 0:
                return None
            return Drawn(scheme, seed, person.pid, event, origin=origin, kind=-1, channel=index, category=written, words=words)
    return None


def false_record(scheme: Any, seed: int, person: Person, event: int) -> Drawn | None:
    """What a candidate false record comes to under one scheme."""
    kind_word, category_word, item_word, condition = philox_plain(seed, person.pid, event, FALSE)
    kind = first_above([f.cum for f in scheme.false], kind_word)
    if kind < 0:
        return None
    rule = scheme.false[kind]
    return _false(scheme, seed, person, event, rule, kind, scheme.false_category[kind], (category_word, item_word, condition))


def batch_record(scheme: Any, seed: int, person: Person, event: int, index: int) -> Drawn | None:
    """The record that a batch error writes for someone it hits."""
    _, category_word, item_word, condition = philox_plain(seed, person.pid, event, FALSE)
    kind = len(scheme.false) + index
    words = (category_word, item_word, condition)
    return _false(scheme, seed, person, event, scheme.batches[index], kind, scheme.batch_category[index], words)


def _false(scheme: Any, seed: int, person: Person, event: int, rule: Any, kind: int, cum: Any, words: Words) -> Drawn | None:
    assert rule.origin in (ANOTHERS, NO_ACT)
    category = first_above(cum, words[0])
    item = pick_item(scheme, category, RESIDENT if person.role == MINOR else person.role, words[1]) if category >= 0 else -1
    if item < 0:
        return None
    return Drawn(
        scheme, seed, person.pid, event, origin=rule.origin, kind=kind, channel=rule.channel, category=category, words=(item, -1, words[2])
    )  # fmt: skip
