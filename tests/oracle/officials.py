"""What officials and neighbours make of an act before it is a record: campaigns, informing, attention (005, section 7; 006, section 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.chance import Channels

ONE = 4096
MOST_SIGHT = 1 << 41  # after each factor


def times(seen: int, factor: int) -> int:
    """A chance to see times a factor in 1/4096."""
    return min(MOST_SIGHT, seen * factor >> 12)


@dataclass
class Watch:
    """Where the officials of a town look under one scheme, and how many inform."""

    whole: Any
    people: int
    informing: int = ONE
    factor: list[int] = field(default_factory=list)  # of a district
    found: list[int] = field(default_factory=list)  # F

    def __post_init__(self) -> None:
        districts = self.whole.districts if self.whole.attention_channel >= 0 else 0
        self.factor, self.found = [ONE] * districts, [0] * districts

    def district(self, slot: int) -> int:
        return int(slot * self.whole.districts // self.people)

    def exchange(self, aware: int, adults: int) -> None:
        """At a week's end: attention follows what was found, and those who are aware inform."""
        whole = self.whole
        if whole.attention_channel >= 0:
            everywhere = ONE * whole.prior * whole.districts + sum(self.found)
            for d, found in enumerate(self.found):
                followed = whole.follow * whole.districts * (ONE * whole.prior + found) // everywhere
                self.factor[d] = (ONE - whole.follow) + followed
        if whole.informing_channel >= 0:
            self.informing = ONE + (whole.informs - ONE) * aware // adults


@dataclass
class Officials(Channels):
    """The watch over one person on one day."""

    watch: Watch
    campaigns: list[Any]
    slot: int
    counted_day: int  # day since the first counted one
    listed: Callable[[int], bool] = lambda index: False  # whether the person stands on a list, by a spell of their own

    def looks_at(self, only: int) -> bool:
        return only < 0 or self.listed(only)

    def sight(self, channel: int, seen: int) -> int:
        watch, whole = self.watch, self.watch.whole
        for campaign in self.campaigns:
            if campaign.channel == channel and campaign.first <= self.counted_day < campaign.last:
                seen = times(seen, campaign.factor)
        if channel == whole.informing_channel:
            seen = times(seen, watch.informing)
        if channel == whole.attention_channel:
            seen = times(seen, watch.factor[watch.district(self.slot)])
        return seen

    def found(self, channel: int) -> None:
        watch = self.watch
        if channel == watch.whole.attention_channel:
            d = watch.district(self.slot)
            watch.found[d] += ONE * ONE // watch.factor[d] if watch.whole.mended else ONE
