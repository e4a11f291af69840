"""The reference model, read from its two files, and the machines that live it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from glasshouse.engine.machine import Machine, Times
from glasshouse.files.values import Rule
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world
from glasshouse.world.tables import WorldTables

HERE = Path(__file__).parent
WORLD, SCHEME = HERE / "reference-world.yaml", HERE / "reference-scheme.yaml"
WEEKS = 52
DAYS = 7 * WEEKS
MOST_ARMS = 4


@lru_cache(maxsize=1)
def tables() -> tuple[WorldTables, list[SchemeTables]]:
    """The world, and the schemes of up to four arms: the reference list, no scheme, a list of 360 days, one of 90 days."""
    world, scheme = load_world(WORLD), load_scheme(SCHEME)
    compiled = compile_world(world)
    arms = [
        compile_scheme(scheme, world, compiled),
        no_scheme(world, compiled),
        compile_scheme(with_term(scheme, 360), world, compiled),
        compile_scheme(with_term(scheme, 90), world, compiled),
    ]
    return compiled, arms


def with_term(scheme: Scheme, days: int) -> Scheme:
    """The same scheme with another term of its list."""
    entry = scheme.lists["listed"].model_copy(update={"term": Rule(value=days, unit="days")})
    return scheme.model_copy(update={"lists": {"listed": entry}})


def machine(people: int, seed: int, arms: int = 1) -> Machine:
    """The engine, ready to live the reference model for 52 weeks."""
    world, schemes = tables()
    return Machine(world, schemes[:arms], Times(people=people, weeks=WEEKS, seed=seed))
