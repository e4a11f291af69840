"""The uncompiled engine and the compiled one give the same bits: counts, people kept as a sample, and every line of the log."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.files.read import package_ids
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.variants import alone, error_free
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.plan import make_plan
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world
from tests.engine.test_same_bits_whole import OTHERWISE
from tests.made_up import made_up_scheme, made_up_world
from tests.oracle.engine_side import Town
from tests.oracle.random_schemes import random_town
from tests.oracle.test_engine_equals_oracle import catalogue, town_tables, towns
from tests.scheme.whole import BLOCKS

LINES = 60_000
LARGE = {"points/start": {"value": 400_000, "unit": "points", "source": "testville"}, "points/floor": None, "points/cap": None}


def same(town: Town) -> None:
    """Both live the town, with NumPy's warnings as errors: nothing overflows, nothing is divided by zero."""
    with np.errstate(all="raise"):
        results = []
        for plain in (True, False):
            machine = town.machine(plain=plain)
            results.append(machine.live(0, machine.towns, log_lines=LINES))
    for plain_part, compiled_part in zip(*results, strict=True):
        assert plain_part.tobytes() == compiled_part.tobytes()
    log = results[0][2]
    assert 500 < log[0]["day"] < LINES - 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["a year of history", "three arms", "several towns and a rest"])
def test_testville(name: str) -> None:
    same(towns()[name])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["wendeng-2020", "judgment-defaulters"])
def test_the_catalogue(name: str) -> None:
    same(catalogue()[name])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", package_ids("glasshouse.catalogue"))
def test_a_study_of_every_scheme(name: str) -> None:
    """All arms of a study side by side, a safeguard among them, at a point of the span."""
    scheme = load_scheme(name)
    world = load_world(scheme.world)
    shop = Workshop(scheme, ordinary_law(scheme, world), world, 200, 1, "launch", tuple(scheme.safeguards)[:1])
    plan = make_plan(scheme, world, seed=1, seeds=1, span=2)
    (job,) = shop.jobs(plan.of("span")[1:])
    machine = job.build()
    compiled = machine.live(0, machine.towns)
    machine.plain = True
    with np.errstate(all="raise"):
        plain = machine.live(0, machine.towns)
    for left, right in zip(plain, compiled, strict=True):
        assert left.tobytes() == right.tobytes()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "changes", [BLOCKS, {**BLOCKS, **OTHERWISE}, {**BLOCKS, **LARGE}], ids=["everything", "everything, other kinds of it", "large scores"]
)
def test_testville_with_everything_on(changes: dict[str, Any]) -> None:
    """A small town with every block of the language beside its twins."""
    world = made_up_world()
    tables = compile_world(world)
    whole = compile_scheme(made_up_scheme(changes), world, tables)
    same(Town(tables, [whole, error_free(whole), alone(whole)], seed=9, people=48, weeks=20, pairs=[(1, 2), (-1, -1), (-1, -1)]))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("number", range(8))
def test_schemes_at_random(number: int) -> None:
    town = random_town(number, *town_tables())
    plain, compiled = (town.machine(plain=plain) for plain in (True, False))
    for left, right in zip(plain.live(0, plain.towns), compiled.live(0, compiled.towns), strict=True):
        assert left.tobytes() == right.tobytes()
