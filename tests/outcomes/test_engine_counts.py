"""What must hold between the outcomes of a real run, whatever its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import CLASSES, SPARED, STALE
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.names import Names
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.study.arms import pairs
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.plan import Setting
from glasshouse.world.compile import compile_world
from tests.made_up import made_up_scheme, made_up_world
from tests.outcomes.made_up import pick
from tests.scheme.whole import BLOCKS

KNOWN = [cls for cls in CLASSES if cls not in ("stale", "collateral", "error-induced")]  # what the plain Testville can bring


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
        assert whole == sum(pick(rows, "sanctioned_days", group=group, cls=k).value or 0 for k in KNOWN)
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


@pytest.fixture(scope="module")
def whole() -> Counts:
    """A year in a small Testville with every block of the language, in every arm."""
    scheme, world = made_up_scheme(BLOCKS), made_up_world({"town_size/value": 600})
    shop = Workshop(scheme, ordinary_law(scheme, world), world, 1200, 1, "launch", ("no-review",))
    machine = shop.jobs([Setting("central", "central", {}, (2,))])[0].build()
    tables, arms = shop.tables({})
    vector, _, _ = machine.live(0, machine.towns)
    return Counts.of(machine.layout, vector, Names.of(tables, arms, pairs(arms)), scheme="testville", seed=2, setting="central")


def test_the_arms_stand_in_the_order_in_which_they_are_dealt_with(whole: Counts) -> None:
    """The arms that others are compared with stand after them."""
    arms = whole.names.arms
    assert [arm.name for arm in arms] == ["scheme", "with no-review", "error-free", "alone", "ordinary", "none"]
    assert [arm.pair for arm in arms] == [(2, 3), (2, -1), (-1, -1), (-1, -1), (-1, -1), (-1, -1)]


@pytest.mark.parametrize("arm", [0, 1])
def test_the_four_parts_add_up_to_the_difference(whole: Counts, arm: int) -> None:
    """Days as kept (copies apart) less days of the error-free arm."""
    days = whole.class_days.sum(axis=1)
    wrong, spared, induced, displaced = whole["split"][arm].sum(axis=0)
    assert min(wrong, spared, displaced) > 0
    kept, free = days[arm, STALE + 1 : SPARED].sum(), days[2, STALE + 1 : SPARED].sum()
    assert kept - free == wrong - spared + induced - displaced


def test_what_ties_add_and_take_is_the_difference_to_the_arm_alone(whole: Counts) -> None:
    days = whole.class_days.sum(axis=1)[:, STALE + 1 : SPARED].sum(axis=1)
    collateral, shielded = whole["tied"][0].sum(axis=0)
    assert collateral > 0
    assert days[0] - days[3] == collateral - shielded


def test_an_arm_states_what_its_scheme_has_and_nothing_else(whole: Counts) -> None:
    stated: dict[str, set[str]] = {}
    for row in measure(whole).rows:
        stated.setdefault(row.arm, set()).add(row.outcome)
    assert {"appeals_filed", "without_notice_share", "collateral_days", "forgone_protected", "privileges", "ties_dropped"} <= stated[
        "scheme"
    ]
    assert stated["scheme"] - stated["with no-review"] == {
        "appeals_filed", "appeals_upheld", "appeals_rejected", "appeals_given_up", "appeals_waiting", "appeals_upheld_share",
        "appeals_weeks", "without_review_share", "collateral_days", "shielded_days", "input_disparity",
        "attempts_by_need", "denials_by_need", "entries_by_conduct",
    }  # fmt: skip
    assert not {"appeals_filed", "household_days", "forgone_protected", "collateral_days", "minors_days"} & stated["none"]
    assert "household_days" not in stated["alone"] and "appeals_filed" in stated["alone"]
