"""A run made ready: tables, working memory and counts in the order the kernel takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import kernel, state
from glasshouse.engine.arms import Arms, stack_arms
from glasshouse.engine.keep import FULL
from glasshouse.engine.layout import Layout, make_layout
from glasshouse.engine.plain import as_plain
from glasshouse.engine.room import Memory, Room, person_memory, town_memory
from glasshouse.files.errors import InputError
from glasshouse.mechanism.classes import CLASSES
from glasshouse.mechanism.lists import NEVER
from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.draws import log_table
from glasshouse.world.tables import SCALARS, WorldTables
from glasshouse.world.ties import first_thresholds

SAMPLE = 15  # people kept per class for the lives shown in a report
WORDS, SHARE = 160, 1  # of the pool and of letters, per person, at first
# The schemes' tables in the order in which the kernel takes them.
LAW = (
    "rules", "channels", "sensitivity", "mistaken_for", "false", "false_category", "batch", "batch_category", "item", "pick_start",
    "pick_count", "pick_item_at", "pick_cum", "grade_from", "lists", "hazard", "gate", "campaign", "fading", "theta", "spoken", "reward",
    "selection", "more",
)  # fmt: skip
FOLLOW_UP = 3 * 365


@dataclass(frozen=True)
class Times:
    """History, counted time and follow-up in days; people; seed."""

    people: int
    weeks: int
    seed: int
    history: int = 0
    followup: int | None = None


def by_third(world: WorldTables) -> NDArray[np.int64]:
    """What the world states by group or by income third, as the rows that `engine/person.py` names."""
    return np.stack([world.conduct_group, world.vis_group, world.vis_income, world.unable, world.shock, world.group_cum])


def quantiles(world: WorldTables) -> NDArray[np.int64]:
    """The quantiles of propensity and frailty side by side."""
    return np.stack([world.propensity, world.frailty], axis=1)


def world_scalars(world: WorldTables) -> NDArray[np.void]:
    """The world's scalars with the homophily of conduct of its first four layers."""
    names = [f"alike_{i}" for i in range(1, 5)]
    out = np.zeros(1, np.dtype([*SCALARS.descr, *((name, "i8") for name in names)]))
    for name in SCALARS.names or ():
        out[name] = world.scalars[name]
    for name, value in zip(names, first_thresholds(world), strict=True):
        out[name] = value
    return out


class Machine:
    """One world, some schemes side by side, one seed. `live` may be called from several threads, each with its own memory.

    ``pairs`` names, for each arm, the error-free arm and the arm alone that it is compared with (-1 none).
    """

    def __init__(
        self, world: WorldTables, schemes: list[SchemeTables], times: Times, *, pairs: list[tuple[int, int]] | None = None, plain: bool =
        False,
    ) -> None:  # fmt: skip
        self.world, self.times, self.plain = world, times, plain
        self.arms: Arms = stack_arms(schemes, world, pairs)
        if self.arms.weekly and times.history % 7:
            raise InputError(f"a history of {times.history} days is not in whole weeks, and this scheme lives week by week")
        horizon = times.weeks * 7
        followup = times.followup if times.followup is not None else max(2 * self.arms.longest_term, FOLLOW_UP)
        self.town_size = int(world.scalars[0]["town_size"])
        self.towns = -(-times.people // self.town_size)
        self.clock = np.zeros(1, state.CLOCK)
        self.clock[0] = (times.history, horizon, followup, times.seed & 0xFFFFFFFF, times.seed >> 32, times.people, self.towns)
        self.layout: Layout = make_layout(
            arms=self.arms.count, lists=self.arms.lists, needs=len(world.need), categories=len(world.category), channels=self.arms.channels,
            kinds=self.arms.kinds, horizon=horizon, followup=followup,
        )  # fmt: skip
        self._logs = log_table()

    @classmethod
    def idle(cls) -> Machine:
        """The smallest machine there is: it has every array, and nobody lives in it. For compiling."""
        from glasshouse.scheme.compile import no_scheme
        from glasshouse.world.compile import compile_world
        from glasshouse.world.load import load_world

        model = load_world("default")
        world = compile_world(model)
        return cls(world, [no_scheme(model, world)], Times(people=1, weeks=1, seed=0))

    def memory(self) -> Memory:
        """Working memory of one person in every arm."""
        return person_memory(self.arms, int(self.clock[0]["history"] + self.clock[0]["horizon"]) // 7 + 1)

    def first_room(self) -> Room:
        """Room for a town, as much as usually suffices."""
        return Room(people=min(self.town_size, self.times.people), arms=self.arms.count, words=WORDS, share=SHARE)

    def live(
        self, first_town: int, last_town: int, *, households: Sequence[int] = (), log_lines: int = 0
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.void]]:
        """Live towns, or some households of a town. Returns the counts, the sample ids by class (pid, days), and the log if asked for."""
        room = self.first_room()
        while True:
            counts, sample, log, enough = self._live(first_town, last_town, np.array(households, np.int64), log_lines, room)
            if counts[self.layout.record[0]["overflow"]]:
                raise OverflowError("a life holds more records than the engine keeps (256 in a book): rates or validities are far too high")
            if enough:
                return counts, sample, log
            room = room.larger()

    def _live(
        self, first_town: int, last_town: int, only: NDArray[np.int64], log_lines: int, room: Room
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.void], bool]:
        w, tables = self.world, self.arms.tables
        homophily = any(first_thresholds(w))
        town = town_memory(self.arms, len(w.layer_size), room, weekly=self.arms.weekly, laid_out=homophily, wide=self.plain)
        counts = np.zeros(self.layout.size, np.int64)
        sample = np.zeros((len(CLASSES), SAMPLE, 2), np.int64)
        sample[:, :, 0] = NEVER
        log = np.zeros(log_lines + 1 if log_lines else 0, state.LOG)
        arguments = [
            first_town, last_town, only, self.arms.count, self.clock, world_scalars(w),
            by_third(w), w.role_cum, w.conduct_cum, w.need_cum,
            w.category, quantiles(w), w.cycle_adults, w.cycle_start, w.layer_size, w.layer_segregation,
            tables["watched"], tables["heeded"], tables["parent_gate"],
            *(tables[name] for name in LAW),
            *self.memory().values(), *town.values(), self._logs, self.layout.record, counts, sample, log,
        ]  # fmt: skip
        town["ground"][FULL] = 0
        if self.plain:
            kernel.plain()(*(as_plain(x) for x in arguments))
        else:
            kernel.call(*arguments)
        cramped = town["ground"][FULL] or town["post"][0]["arm"] or town["letter"][0]["arm"] or town["moved"][0]["list"]
        return counts, sample, log, not cramped
