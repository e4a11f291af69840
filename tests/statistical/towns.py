"""Towns that the engine lives week by week, looked into after their last exchange: scores, ties, the climate of speech."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import machine as engine
from glasshouse.engine.machine import Machine
from glasshouse.engine.room import Memory, town_memory
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World
from tests.live import Counted
from tests.scheme.whole import value
from tests.statistical.simple import scheme, world

Floats = NDArray[np.float64]


def lived_town(run: Machine, town: int = 0) -> tuple[Counted, Memory]:
    """One town: its counts, and its memory as the last exchange left it (people by home slot)."""
    kept: list[Memory] = []

    def keep(*args: Any, **how: Any) -> Memory:
        kept.append(town_memory(*args, **how))
        return kept[-1]

    with patch.object(engine, "town_memory", keep):
        counts, _, _ = run.live(town, town + 1)
    return run.layout.view(counts), kept[-1]  # the last: earlier ones had too little room


def circles(size: int, people: int, acts: float, *, household: int = 1, changes: dict[str, Any] | None = None) -> World:
    """One town of adults in households of one size and circles of another."""
    layer = {"size": {"value": size, "unit": "people"}, "segregation": value(0, unit="share")}
    homes = [{"adults": household, "minors": 0, "share": value(1, per="household")}]
    town = {"town_size/value": people, "layers": {"circle": layer}, "households": homes}
    return world(acts, changes={**town, **(changes or {})})


def associated(weight: float, over: dict[str, float], points: float, *, floor: float | None = None, **changes: Any) -> Scheme:
    """Every act takes so many points for good; the score that counts takes in those of ties."""
    block = {"weight": value(weight, per="person"), "over": over}
    bottom = {"points/floor": {"value": floor, "unit": "points"}} if floor is not None else {}
    return scheme(points=-points, changes={"association": block, "grades": [{"name": "all", "from_points": None}], **bottom, **changes})


def weights_of_ties(memory: Memory, over: list[float]) -> Floats:
    """The row-stochastic matrix of a town's ties: the household first, then each layer's blocks."""
    people = len(memory["pop"])
    total = np.zeros((people, people))
    for layer, weight in enumerate(over):
        first = np.asarray(memory["first_at"][layer])
        total += weight * (first[:, None] == first[None, :])
    np.fill_diagonal(total, 0)
    return total / np.maximum(total.sum(axis=1, keepdims=True), 1e-300)


def deviations(memory: Memory, name: str, start: int = 10_000, arm: int = 0) -> Floats:
    """By how many tenths each person's own or effective score lies below the start."""
    return start - memory[name][arm, 0].astype(float)
