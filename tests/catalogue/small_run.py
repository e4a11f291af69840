"""Small runs of a catalogue scheme alone, for published orders of magnitude and for what holds with false records off."""

from __future__ import annotations

import numpy as np

from glasshouse.engine.machine import Machine, Times
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World
from glasshouse.world.tables import WorldTables

Counts = dict[str, np.ndarray]


def counts_of(
    scheme: Scheme, world: World, tables: WorldTables, *, people: int, weeks: int, seed: int = 5, history: int | None = None
) -> Counts:
    """What a run of the scheme counts, after the history that its world states or so many days of it."""
    before = int(world.history.value) if history is None else history
    machine = Machine(tables, [compile_scheme(scheme, world, tables)], Times(people=people, weeks=weeks, seed=seed, history=before))
    counts, _, _ = machine.live(0, machine.towns)
    view: Counts = machine.layout.view(counts)
    return view


def by_class(view: Counts) -> np.ndarray:
    """Sanctioned days by class."""
    found: np.ndarray = view["days"][0].cumsum(-1)[..., :-1].sum((0, 2))
    return found
