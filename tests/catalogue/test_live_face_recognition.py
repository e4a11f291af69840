"""Live face recognition: rates worked out from the published counts, and what follows from threshold, list and who passes."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.files.settings import empirical_values, for_world, with_values
from glasshouse.mechanism.classes import FALSE_REPORT, LAWFUL, MISRECORDED, MISTAKEN, WITHIN
from glasshouse.scheme.check import load_both
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.volume import false_rates
from glasshouse.world.compile import adult_share, compile_world
from glasshouse.world.model import World

from .changed import without_errors
from .one_life import comes_out

SCHEME, WORLD = load_both("live-face-recognition")
FACES, ALERTS, FALSE, ARRESTS = 3_147_436, 2_077, 10, 962  # London, September 2024 to September 2025
STOPPED = 6 / 10  # of those falsely alerted
PASSES = WORLD.needs["street-errand"].rate.value


def under(name: str) -> tuple[Scheme, World]:
    """Scheme and world under a scenario or safeguard."""
    block = SCHEME.scenarios.get(name) or SCHEME.safeguards[name]
    in_scheme, in_world = for_world(block.set)
    return with_values(SCHEME, in_scheme), with_values(WORLD, in_world)


def false_stops_per_pass(scheme: Scheme, world: World = WORLD) -> float:
    """Stops of people mistaken for another, per pass, over the groups."""
    shares = [share.value for share in world.groups.values()]
    rates = false_rates(scheme, world, "false-alert", scheme.false_records["false-alert"])
    return sum(share * rate for share, rate in zip(shares, rates, strict=False)) / PASSES


def true_alerts_per_pass(scheme: Scheme, world: World = WORLD) -> float:
    passing = world.conduct["wanted-and-passes"].rate.value + world.conduct["listed-and-passes"].rate.value
    return passing * scheme.channels["cameras"].sensitivity.value / PASSES


def test_targets_are_the_published_counts() -> None:
    values = {name: target.value for name, target in SCHEME.targets.items()}
    assert values["alerts-london"] == pytest.approx(ALERTS / FACES, rel=0.01)
    assert values["arrests-london"] == pytest.approx(ARRESTS / FACES, rel=0.01)
    assert values["false-alerts-london"] == pytest.approx(FALSE / FACES, rel=0.01)


def test_london_by_hand() -> None:
    """12 passes a year; 962 arrests and 1,105 other true alerts in 3,147,436 faces; 89 % of those on the list are recognised."""
    assert PASSES == 12 and SCHEME.channels["cameras"].sensitivity.value == 0.89
    assert WORLD.conduct["wanted-and-passes"].rate.value == pytest.approx(PASSES * ARRESTS / FACES / 0.89, rel=0.02)
    others = ALERTS - FALSE - ARRESTS
    assert others == 1105
    assert WORLD.conduct["listed-and-passes"].rate.value == pytest.approx(PASSES * others / FACES / 0.89, rel=0.02)
    assert false_stops_per_pass(SCHEME) == pytest.approx(STOPPED * FALSE / FACES, rel=0.02)


@pytest.mark.parametrize(
    ("name", "per_pass"),
    [
        ("list-of-10000-at-six-tenths", STOPPED / 6_000),
        ("list-of-1000-at-six-tenths", STOPPED / 60_000),
        ("earlier-versions", STOPPED / 1_000),
        ("cardiff-2017", 5 / 170_000),
        ("cardiff-2017-acted-on", STOPPED * 2_297 / 170_000),
        ("eight-of-ten", STOPPED * FALSE / FACES),
        ("no-difference-by-group", STOPPED * FALSE / FACES),
        ("second-officer-looks", STOPPED * FALSE / FACES / 2),
        ("few-on-the-list-pass", STOPPED * FALSE / FACES),
    ],
)
def test_scenarios_are_the_counts_of_their_place(name: str, per_pass: float) -> None:
    assert false_stops_per_pass(*under(name)) == pytest.approx(per_pass, rel=0.02)


def test_fourteen_false_to_eight_true_in_the_trials() -> None:
    scheme, world = under("london-trials-2018-2019")
    true = true_alerts_per_pass(scheme, world) * adult_share(world)  # only adults are on the list here, and everyone can be mistaken
    assert false_stops_per_pass(scheme, world) / true == pytest.approx(14 / 8, rel=0.05)


def test_eight_of_ten_false_alerts_fall_on_a_third_of_the_people() -> None:
    scheme, world = under("eight-of-ten")
    a, b, _ = false_rates(scheme, world, "false-alert", scheme.false_records["false-alert"])
    share = {name: value.value for name, value in world.groups.items()}
    assert share["B"] * b / (share["A"] * a + share["B"] * b) == pytest.approx(0.8, abs=0.005)


def test_the_share_of_false_alerts_follows_from_who_passes() -> None:
    """A tenth as many on the list: nearly ten times the share, with the same machine."""

    def share(scheme: Scheme, world: World) -> float:
        false, true = false_stops_per_pass(scheme, world), true_alerts_per_pass(scheme, world)
        return false / (false + true)

    assert share(*under("few-on-the-list-pass")) / share(SCHEME, WORLD) == pytest.approx(10, rel=0.1)
    assert share(SCHEME, WORLD) < 0.005 and share(*under("cardiff-2017-acted-on")) > 0.9


def test_no_constant_share_of_false_alerts_stands_in_the_file() -> None:
    assert SCHEME.false_records["false-alert"].rate.per == "person-year"
    assert all(value.per != "alert" for _, value in empirical_values(SCHEME))


def test_a_stop_and_an_arrest_last_a_day() -> None:
    """Each counts the day it happens. Being on the list for another reason is lawful; being taken for someone else is a mistake."""
    found, must = comes_out(
        SCHEME, WORLD, 60,
        [
            {"day": 10, "act": "listed-and-passes"},
            {"day": 20, "false-record": "another's act", "item": "stop"},
            {"day": 30, "act": "wanted-and-passes"},
            {"day": 30, "need": "street-errand"},
            {"day": 31, "need": "street-errand"},
        ],
        {
            "classes": {"10": "lawful conduct", "20": "mistaken identity", "30": "within stated rules"},
            "listed": {"stopped": ["10", "20"], "arrested": ["30"]},
            "attempts": [
                {"day": 30, "need": "street-errand", "exposed": "within stated rules", "denied": "within stated rules"},
                {"day": 31, "need": "street-errand"},
            ],
        },
    )  # fmt: skip
    assert found == must


def test_alerts_in_the_town_come_near_the_published_ones() -> None:
    """About 1,500 alerts are expected: four standard errors are a tenth."""
    tables = compile_world(WORLD)
    machine = Machine(tables, [compile_scheme(SCHEME, WORLD, tables)], Times(people=92_160, weeks=104, seed=3))
    counts, _, _ = machine.live(0, machine.towns)
    view = machine.layout.view(counts)
    passes = view["adults"].sum() * 2 * PASSES
    assert view["entries"].sum() / passes == pytest.approx(ALERTS / FACES, rel=0.1)


def test_without_any_false_record_people_are_stopped_for_being_on_a_list() -> None:
    tables = compile_world(WORLD)
    machine = Machine(tables, [compile_scheme(without_errors(SCHEME), WORLD, tables)], Times(people=30_720, weeks=104, seed=3))
    counts, _, _ = machine.live(0, machine.towns)
    days = machine.layout.view(counts)["days"][0].cumsum(-1)[..., :-1].sum((0, 2))
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[LAWFUL] > 0 and days[WITHIN] > 0 and np.sum(days) == days[LAWFUL] + days[WITHIN]
