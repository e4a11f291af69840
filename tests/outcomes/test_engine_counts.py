"""What must hold between the outcomes of a real run, whatever its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import CLASSES, SPARED
from glasshouse.outcomes.counts import Counts, Names
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.world.compile import compile_world
from tests.made_up import made_up_scheme, made_up_world
from tests.outcomes.made_up import pick


@pytest.fixture(scope="module")
def lived() -> Counts:
    """A year in a small Testville."""
    world = made_up_world()
    tables = compile_world(world)
    arms = {"scheme": compile_scheme(made_up_scheme(), world, tables), "none": no_scheme(world, tables)}
    machine = Machine(tables, list(arms.values()), Times(people=3000, weeks=52, seed=3))
    vector, _, _ = machine.live(0, machine.towns)
    return Counts.of(machine.layout, vector, Names.of(tables, arms), scheme="testville", seed=3, setting="central", world=tables)


def test_every_entry_is_followed_to_an_end(lived: Counts) -> None:
    assert lived["entries"].sum() > 0
    assert np.array_equal(lived["durations"].sum(axis=(2, 3)), lived["entries"].sum(axis=(1, 2)))


def test_days_of_the_classes_are_the_days_of_the_arm(lived: Counts) -> None:
    rows = list(measure(lived).rows)
    for group in (ALL, *lived.names.groups):
        whole = pick(rows, "sanctioned_days", group=group).value
        assert whole == sum(pick(rows, "sanctioned_days", group=group, cls=k).value or 0 for k in CLASSES)
        clean = pick(rows, "sanctioned_days", arm="clean", group=group).value
        spared = lived.class_days[0][dict(lived.groups())[group]][:, SPARED].sum()
        wrong = pick(rows, "sanctioned_days", group=group, cls=WITHOUT_GROUND).value
        assert whole is not None and clean is not None and wrong is not None
        assert whole - wrong + spared == clean


def test_weeks_add_up_to_the_run(lived: Counts) -> None:
    measured = measure(lived)
    series = next(s for s in measured.weekly if (s.outcome, s.arm, s.group, s.cls) == ("sanctioned_days", "scheme", ALL, ALL))
    assert series.values.sum() == pick(list(measured.rows), "sanctioned_days").value


def test_listing_exposure_and_denial_are_three_things(lived: Counts) -> None:
    rows = list(measure(lived).rows)
    attempts, exposure, denials = (pick(rows, outcome).count for outcome in ("attempts", "exposure", "denials"))
    assert 0 < exposure < attempts
    assert 0 < denials < attempts
    assert exposure != denials


def test_nothing_happens_without_a_scheme(lived: Counts) -> None:
    rows = [
        r for r in measure(lived).rows if r.arm == "none" and r.outcome in ("sanctioned_days", "entries", "exposure", "denials", "fines")
    ]
    assert rows and {r.value for r in rows} == {0.0}
