"""What chance decides: the stream of candidate events and each record's fate (001, sections 2, 4 and 6; 005, sections 4, 5, 7; 006)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    GRADE_EVENT,
    LIFE,
    LINK,
    NOTICE,
    OBSERVE,
    OFFICIAL,
    RATING,
    REVIEW,
    TIE_EVENT,
    philox_plain,
)
from tests.oracle.people import MINOR, RESIDENT, E, Person, exp_days, first_above
from tests.oracle.records import ANOTHERS, MISRECORDED, NO_ACT, OWN, Fate, Record, Words

SURE = 1 << 32


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
    conduct = [int(c) for c in world.conduct_cum[person.role]]
    needs = [int(c) for c in world.need_cum[int(person.minor)]]
    adult = not person.minor
    rates = [
        ("conduct", (conduct[-1] if conduct else 0) * person.conduct >> 12),
        ("false", int(scalars["false_envelope"]) * person.frailty >> 12),
        ("need", needs[-1] if needs else 0),
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
            which = first_above(conduct, min((x << 12) // person.conduct, conduct[-1] - 1))
        elif kind == "need":
            which = first_above(needs, x)
        yield Happening(tick, event, kind, which, fate_word)


def batch_events(schemes: list[SimpleNamespace], seed: int, person: Person, end: int) -> list[Happening]:
    """The batch errors that hit one person before a day, in every arm."""
    out = []
    for arm, scheme in enumerate(schemes):
        for index, batch in enumerate(scheme.batches):
            tick = 0
            for k in range(1, BATCH_EVENT_STEP):
                tick += ((E(philox_plain(seed, person.town, k, BATCH + BATCH_STEP * index)[0]) * batch.mean_gap) >> 24) + 1
                if tick >> 20 >= end:
                    break
                hit = philox_plain(seed, person.pid, k, BATCH_HIT + BATCH_STEP * index)[0]
                if hit < min(SURE, batch.share * person.frailty >> 12):
                    event = BATCH_EVENT + BATCH_EVENT_STEP * index + k
                    out.append(Happening(tick, event, "batch", batch=(arm, index)))
    return sorted(out, key=lambda h: (h.tick, h.event))


def pick_item(scheme: SimpleNamespace, category: int, role: int, word: int) -> int:
    """The rule that an act falls under; -1 if none."""
    start, count = scheme.pick_start[category][role], scheme.pick_count[category][role]
    j = first_above(scheme.pick_cum[start : start + count], word)
    return -1 if j < 0 else int(scheme.pick_item[start + j])


class Drawn(Fate):
    """The fate of a record, drawn under an event number of one person."""

    def __init__(
        self, scheme: Any, seed: int, pid: int, event: int, *, origin: int, kind: int, channel: int, category: int, item: int = -1,
        true_item: int = -1, condition_word: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(event, origin, kind, channel, category, item, true_item)
        self.scheme, self.seed, self.pid, self.condition_word = scheme, seed, pid, condition_word

    def draw(self, stream: int) -> Words:
        return philox_plain(self.seed, self.pid, self.event, stream)

    def noticed(self, item: int) -> bool:
        return self.condition_word < int(self.scheme.items[item].checked)

    def pledge_after(self, item: int) -> int:
        return 1 + exp_days(self.draw(DELAY + self.channel)[1], self.scheme.items[item].repair_mean)

    def hazard_after(self, list_index: int, hazard: int) -> int:
        word = self.draw(EXIT + EXIT_STEP * list_index + hazard)[0]
        return 1 + exp_days(word, self.scheme.hazards[list_index][hazard].mean)

    def notice_words(self) -> Words:
        return self.draw(NOTICE)

    def review_words(self, stage: int) -> Words:
        return self.draw(REVIEW + stage - 1)


class Observed(Drawn):
    """The fate of a record that a channel makes: its delay and correction too are drawn."""

    def __init__(self, scheme: Any, seed: int, pid: int, event: int, *, channel: int, **known: Any) -> None:
        super().__init__(scheme, seed, pid, event, channel=channel, **known)
        delay, _, filed, correction = self.draw(DELAY + channel)
        rules, office = scheme.rules, scheme.channels[channel]
        self.delay = office.delay_min + exp_days(delay, office.delay_mean)
        if filed < rules.filed:
            self.corrected_after = rules.corr_min + exp_days(correction, rules.corr_mean)


class Channels:
    """What officials make of an act, beyond the channel's own sensitivity; of a town, for one person and day."""

    def looks_at(self, only: int) -> bool:
        """Whether a channel looks at the person, which may see only those on a list (-1: everyone)."""
        return only < 0

    def sight(self, channel: int, seen: int) -> int:
        """The chance to see, after what multiplies it."""
        return seen

    def found(self, channel: int) -> None:
        """The channel has found an act."""


def observe(scheme: Any, seed: int, person: Person, event: int, category: int, officials: Channels) -> Observed | None:
    """The record that an act leaves, made by the first channel that sees it; None if unseen, let go or no rule speaks of it."""
    for index, channel in enumerate(scheme.channels):
        sensitivity = scheme.sensitivity[index][category]
        if sensitivity == 0 or not officials.looks_at(channel.only):
            continue
        seen, misrecorded, item_word, condition = philox_plain(seed, person.pid, event, OBSERVE + index)
        visible = min(SURE, sensitivity * person.visibility >> 12) if channel.visible else sensitivity
        if seen >= min(SURE, officials.sight(index, visible)):
            continue
        spared = scheme.spare[index][person.group]
        if spared and philox_plain(seed, person.pid, event, OFFICIAL)[0] < spared:
            return None
        officials.found(index)
        written, true_item, origin = scheme.mistaken_for[index][category], -1, OWN
        item = pick_item(scheme, category, person.role, item_word)
        if misrecorded < channel.mis_share and written >= 0:
            item, true_item, origin = pick_item(scheme, written, person.role, item_word), item, MISRECORDED
        else:
            written = category
        if max(item, true_item) < 0:
            return None
        return Observed(
            scheme, seed, person.pid, event, origin=origin, kind=-1, channel=index, category=written, item=item, true_item=true_item,
            condition_word=condition,
        )  # fmt: skip
    return None


def false_record(scheme: Any, seed: int, person: Person, event: int, informing: int, listed: Callable[[int], bool]) -> Observed | None:
    """What a candidate false record comes to under one scheme, when so many inform (in 1/4096) and the person is on lists or not."""
    kind = first_above([(f.cum_0, f.cum_1, f.cum_2)[person.group] for f in scheme.false], philox_plain(seed, person.pid, event, FALSE)[0])
    if kind < 0:
        return None
    rule, whole = scheme.false[kind], scheme.whole
    only = scheme.channels[rule.channel].only
    if (rule.roles and not rule.roles >> as_adult(person) & 1) or (only >= 0 and not listed(only)):
        return None
    if rule.channel == whole.informing_channel:
        kept = philox_plain(seed, person.pid, event, OFFICIAL)[1]
        if kept >= (informing << 32) // whole.informs:
            return None
    return _false(scheme, seed, person, event, rule, kind, scheme.false_category[kind])


def batch_record(scheme: Any, seed: int, person: Person, event: int, index: int) -> Observed | None:
    """The record that a batch error writes for someone it hits."""
    kind = len(scheme.false) + index
    return _false(scheme, seed, person, event, scheme.batches[index], kind, scheme.batch_category[index])


def as_adult(person: Person) -> int:
    """The role in which false records meet someone: children are residents."""
    return RESIDENT if person.role == MINOR else person.role


def _false(scheme: Any, seed: int, person: Person, event: int, rule: Any, kind: int, cum: Any) -> Observed | None:
    assert rule.origin in (ANOTHERS, NO_ACT, MISRECORDED)
    _, category_word, item_word, condition = philox_plain(seed, person.pid, event, FALSE)
    category = first_above(cum, category_word)
    item = pick_item(scheme, category, as_adult(person), item_word) if category >= 0 else -1
    if item < 0:
        return None
    return Observed(
        scheme, seed, person.pid, event, origin=rule.origin, kind=kind, channel=rule.channel, category=category, item=item,
        condition_word=condition,
    )  # fmt: skip


def unfair_rating(scheme: Any, seed: int, person: Person, event: int) -> Observed | None:
    """A low rating that nothing the person did explains, given after an attempt to use a service; None if there is none."""
    whole = scheme.whole
    unfair, item_word, condition, _ = philox_plain(seed, person.pid, event, RATING)
    if unfair >= (whole.unfair_0, whole.unfair_1, whole.unfair_2)[person.group]:
        return None
    category = whole.rating_category
    item = pick_item(scheme, category, person.role, item_word)
    if item < 0:
        return None
    return Observed(
        scheme, seed, person.pid, event, origin=NO_ACT, kind=-1, channel=whole.rating_channel, category=category, item=item,
        condition_word=condition,
    )  # fmt: skip


# -- what has no event of the person's own ---------------------------------------------------------------------------------


def no_basis(scheme: Any, seed: int, pid: int, week: int) -> Fate:
    """The draws of a spell that nothing but the scores of others opened in a week."""
    return Drawn(scheme, seed, pid, GRADE_EVENT + week, origin=OWN, kind=-1, channel=-1, category=-1)


@dataclass
class Link:
    """A record sent through a tie: of a relative's item, or of a contact (`list`: that on which the sender was entered)."""

    slot: int  # of the sender
    sent: Record
    lo: int  # its levels when it took effect
    hi: int
    list: int = -1

    def order(self) -> tuple[int, int, int]:
        return self.slot, self.sent.fate.event, int(self.list >= 0)

    def words(self, seed: int, receiver: Person) -> Words:
        return philox_plain(seed, receiver.pid, self.sent.fate.event, LINK + self.slot)

    def fate(self, scheme: Any, seed: int, receiver: Person) -> Fate:
        """Origin, channel, category and kind are the sender's; further draws have a number made of sender and event."""
        sender = self.sent.fate
        event = TIE_EVENT + ((self.slot * 8191 + sender.event) & 0x0FFFFFFF)
        fate = Drawn(
            scheme, seed, receiver.pid, event, origin=self.sent.origin, kind=sender.kind, channel=sender.channel, category=sender.category
        )
        _, disproved, filed, corrected = self.words(seed, receiver)
        rules = scheme.rules
        if self.list >= 0:
            fate.corrected_after = 1 + exp_days(disproved, scheme.lists[self.list].contact_mean)
        elif (self.sent.origin != OWN or self.sent.unmet) and filed < rules.filed:
            fate.corrected_after = rules.corr_min + exp_days(corrected, rules.corr_mean)
        return fate
