"""Tenancy points: the deductions as reported, one account for a household, and what trifles come to without any error."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import COLLATERAL, FALSE_REPORT, LAWFUL, MISRECORDED, MISTAKEN, UNRELATED
from glasshouse.scheme.check import load_both
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Item, Scheme
from glasshouse.scheme.variants import alone
from glasshouse.world.compile import compile_world

from .changed import alternatives, without_errors
from .one_life import comes_out

SCHEME, WORLD = load_both("fidenza-tenants")
WORLD_TABLES = compile_world(WORLD)
HISTORY = int(WORLD.history.value)
ALTERNATIVES = dict(alternatives(SCHEME))


def items(scheme: Scheme) -> dict[str, Item]:
    return {item.id: item for item in scheme.rules.items} if scheme.rules else {}


def taken(scheme: Scheme) -> dict[str, float | None]:
    return {name: item.points for name, item in items(scheme).items() if item.weight > 0}


def test_deductions_as_the_reports_of_march_2022_give_them() -> None:
    assert SCHEME.points is not None
    assert (SCHEME.points.start.value, SCHEME.points.cap, SCHEME.points.repeat_doubles) == (50, None, False)
    assert taken(SCHEME) == {"guest": -25, "grill": -10, "drinking": -10, "birds": -10, "plants": -20, "course": 1, "mended": 1}
    assert [name for name, item in items(SCHEME).items() if item.fine] == ["guest"]
    assert all(item.validity is None for item in items(SCHEME).values()), "no lapse of points is documented"


def test_the_card_of_the_parma_towns() -> None:
    towns = ALTERNATIVES["card-of-the-parma-towns"]
    assert towns.points is not None and towns.points.cap is not None and towns.points.drift is not None
    assert (towns.points.start.value, towns.points.cap.value, towns.points.repeat_doubles) == (50, 65, True)
    assert (towns.points.drift.points.value, towns.points.drift.every.value) == (5, 3)
    assert taken(towns) == {
        "left-empty": -50, "sublet": -30, "works": -25, "guest": -20, "storage": -20, "parking": -10, "shared-space": -5,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["as written", "card-of-the-parma-towns"])
def test_the_household_has_one_account(name: str) -> None:
    """What one adult does is entered for the others with the same points, and no act falls under those rules by itself."""
    by_id = items(ALTERNATIVES.get(name, SCHEME))
    own = [item for item in by_id.values() if item.weight > 0]
    assert len(by_id) == 2 * len(own)
    for item in own:
        other = by_id[item.relatives or ""]
        assert (other.id, other.when, other.points, other.weight) == (f"{item.id}-of-household", item.when, item.points, 0)


def test_two_guests_and_the_flat_is_lost() -> None:
    """50 - 25 on day 10, 25 - 25 on day 40: nothing left, and lost for two years from that day. Ordinary law takes no home for a day."""
    found, must = comes_out(
        SCHEME, WORLD, 800,
        [
            {"day": 10, "act": "guest-unannounced", "item": "guest"},
            {"day": 40, "act": "guest-unannounced", "item": "guest"},
            {"day": 50, "need": "public-flat"},
            {"day": 51, "need": "rent"},
        ],
        {
            "points": {9: 50, 10: 25, 39: 25, 40: 0},
            "listed": {"flat-lost": ["40-799"]},
            "classes": {"40-799": "unrelated or disproportionate"},
            "attempts": [
                {"day": 50, "need": "public-flat", "exposed": "within stated rules", "denied": "within stated rules"},
                {"day": 51, "need": "rent"},
            ],
        },
    )  # fmt: skip
    assert found == must


def test_four_trifles_a_course_and_a_made_up_report() -> None:
    """50 - 10 - 20 - 10 + 1 = 11; a false report of a grill takes 10, and 1 is left; one more drink, and the rest goes. Without the false
    report 1 would be left: false report. On day 200 it is mended and the account stands at 1; the loss is not undone (see `left_out`)."""
    found, must = comes_out(
        SCHEME, WORLD, 300,
        [
            {"day": 5, "act": "balcony-grill", "item": "grill"},
            {"day": 20, "act": "plants-on-landing", "item": "plants"},
            {"day": 30, "act": "feeding-birds", "item": "birds"},
            {"day": 40, "act": "tenants-meeting", "item": "course"},
            {"day": 60, "false-record": "no act", "item": "grill", "corrected": 140},
            {"day": 90, "act": "drinking-in-yard", "item": "drinking"},
        ],
        {
            "points": {5: 40, 20: 20, 30: 10, 40: 11, 60: 1, 90: 0, 200: 1},
            "clean_points": {60: 11, 90: 1, 200: 1},
            "classes": {"90-299": "false report"},
            "clean_listed": {"flat-lost": []},
        },
    )  # fmt: skip
    assert found == must


def days(scheme: Scheme) -> np.ndarray:
    machine = Machine(WORLD_TABLES, [compile_scheme(scheme, WORLD, WORLD_TABLES)], Times(people=30_720, weeks=104, seed=4, history=HISTORY))
    counts, _, _ = machine.live(0, machine.towns)
    found: np.ndarray = machine.layout.view(counts)["days"][0].cumsum(-1)[..., :-1].sum((0, 2))
    return found


def test_without_any_false_record_flats_are_lost_out_of_proportion_and_for_others() -> None:
    found = days(without_errors(SCHEME))
    assert [found[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert found[UNRELATED] > 0 and found[COLLATERAL] > found[UNRELATED]
    assert days(without_errors(ALTERNATIVES["each-answers-alone"]))[COLLATERAL] == 0
    lawful = days(without_errors(ALTERNATIVES["house-rules-are-no-law"]))
    assert lawful[LAWFUL] > 0 and lawful[UNRELATED] == 0


def test_the_yardstick_can_be_left_out() -> None:
    assert SCHEME.ordinary_law is not None and SCHEME.ordinary_law.longest is not None and SCHEME.ordinary_law.longest.value == 0
    without = ALTERNATIVES["tenancy-rules-as-yardstick"].ordinary_law
    assert without is not None and without.longest is None


def test_alone_there_is_no_household() -> None:
    tables = alone(compile_scheme(SCHEME, WORLD, WORLD_TABLES))
    assert np.all(tables.item["relatives"] < 0) and not tables.list["binds"].any()


def test_losses_are_as_few_as_could_go_unreported() -> None:
    """No loss was reported. A town of 700 flats has about 1,200 adults: at the centre fewer than one of them a year for each 1,000."""
    machine = Machine(WORLD_TABLES, [compile_scheme(SCHEME, WORLD, WORLD_TABLES)], Times(people=61_440, weeks=156, seed=7, history=HISTORY))
    counts, _, _ = machine.live(0, machine.towns)
    view = machine.layout.view(counts)
    entries = view["entries"].sum() / view["adults"].sum() / 3
    assert 0.0003 < entries < 0.0015
