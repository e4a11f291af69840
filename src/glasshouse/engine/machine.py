"""A run made ready: tables, working memory and counts in the order the kernel takes them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import kernel, state
from glasshouse.engine.arms import Arms, stack_arms
from glasshouse.engine.layout import Layout, make_layout
from glasshouse.engine.plain import as_plain
from glasshouse.mechanism.classes import CLASSES, LEVELS
from glasshouse.mechanism.lists import NEVER
from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.draws import log_table
from glasshouse.world.tables import WorldTables

SAMPLE = 15  # people kept per class for the lives shown in a report
MOST_HAZARDS = 8
# The schemes' tables in the order in which the kernel takes them.
LAW = (
    "rules", "channels", "sensitivity", "mistaken_for", "false", "false_category", "batch", "batch_category", "item", "pick_start",
    "pick_count", "pick_item_at", "pick_cum", "grade_from", "lists", "hazard", "gate",
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


class Machine:
    """One world, some schemes side by side, one seed. `live` may be called from several threads, each with its own memory."""

    def __init__(self, world: WorldTables, schemes: list[SchemeTables], times: Times, *, plain: bool = False) -> None:
        self.world, self.times, self.plain = world, times, plain
        self.arms: Arms = stack_arms(schemes, world)
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

    def memory(self) -> dict[str, NDArray[np.generic]]:
        """Working memory of one thread; its size does not depend on the number of people."""
        n, lists = self.arms.count, self.arms.lists
        weeks = int(self.clock[0]["history"] + self.clock[0]["horizon"]) // 7 + 1
        memory: dict[str, NDArray[np.generic]] = {
            "batch_at": np.zeros((n, self.arms.tables["batch"].shape[1], state.MOST_BATCHES + 1), np.int64),
            "batch_next": np.zeros((n, self.arms.tables["batch"].shape[1]), np.int64),
            "who": np.zeros(1, state.WHO),
            "arm": np.zeros(n, state.ARM),
            "book": np.zeros((n, state.BOOK_SIZE), state.RECORD),
            "points": np.zeros((n, state.BOOK_SIZE, LEVELS), np.int64),
            "pending": np.zeros((n, state.PENDING_SIZE + 1), state.PENDING),
            "spell": np.zeros((n, lists, LEVELS), state.SPELL),
            "hazard_day": np.zeros((n, lists, LEVELS, MOST_HAZARDS), np.int64),
            "class_days": np.zeros((n, len(CLASSES) + 1), np.int64),
            "home": np.zeros((n, lists, weeks), np.int64),
            "home_context": np.full((n, lists, weeks), -1, np.int64),
        }
        return memory

    def live(
        self, first_town: int, last_town: int, *, household: int = -1, log_lines: int = 0
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.void]]:
        """Live some towns. Returns the counts, the sample ids by class (pid, days) and the log (empty unless asked for)."""
        w, tables, memory = self.world, self.arms.tables, self.memory()
        counts = np.zeros(self.layout.size, np.int64)
        sample = np.zeros((len(CLASSES), SAMPLE, 2), np.int64)
        sample[:, :, 0] = NEVER
        log = np.zeros(log_lines + 1 if log_lines else 0, state.LOG)
        arguments = [
            first_town, last_town, household, self.arms.count, self.clock, w.scalars,
            by_third(w), w.role_cum, w.conduct_cum, w.need_cum,
            w.category, quantiles(w), w.cycle_adults, w.cycle_start,
            tables["watched"], tables["parent_gate"],
            *(tables[name] for name in LAW),
            *memory.values(), self._logs, self.layout.record, counts, sample, log,
        ]  # fmt: skip
        if self.plain:
            kernel.plain()(*(as_plain(x) for x in arguments))
        else:
            kernel.compiled()(*arguments)
        if counts[self.layout.record[0]["overflow"]]:
            raise OverflowError("a life holds more records than the engine keeps (256 in a book): rates or validities are far too high")
        return counts, sample, log
