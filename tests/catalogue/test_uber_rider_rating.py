"""The minimum rating of riders: 500 trips, 4.0, six months, worked out by hand; ratings near the published ones; without false ratings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.files.settings import with_values
from glasshouse.mechanism.classes import FALSE_REPORT, LAWFUL, MISRECORDED, MISTAKEN, UNRELATED
from glasshouse.scheme.check import load_both
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from tests.catalogue.small_run import by_class, counts_of

from .changed import alternatives, without_errors
from .one_life import comes_out

SCHEME, WORLD = load_both("uber-rider-rating")
WORLD_TABLES = compile_world(WORLD)
ALTERNATIVES = dict(alternatives(SCHEME))
RULES = {item.id: item for item in SCHEME.rules.items} if SCHEME.rules else {}
FOR_ANYONE = with_values(SCHEME, {f"rules.items.{name}.roles": None for name in RULES})  # a stated life has no role
RIDERS = WORLD.roles["rider"].value
TRIPS = 20  # of one use
FAIR = {**{f"ratings.unfair.{group}": 0 for group in "AB"}}


def mean_at(low: int, trips: int = 500) -> float:
    """The mean of so many trips, of which so many got one star and the others five."""
    return (5 * (trips - low) + low) / trips


def test_five_hundred_trips_and_four_stars() -> None:
    assert SCHEME.points is not None and SCHEME.points.start.value == 5 * 500
    for item in RULES.values():
        assert item.validity is not None and item.strikes is not None
        assert (item.validity.unit, item.validity.value * TRIPS) == ("uses", 500)
        assert item.points == -4 and mean_at(item.strikes.count) == 4
    assert [grade.from_points for grade in SCHEME.grades] == [4.5 * 500, 4 * 500 + 1, None]
    closed = SCHEME.lists["account-closed"]
    assert closed.term is not None and (closed.term.value, closed.term.unit) == (6, "months")
    assert {need for gate in SCHEME.gates.values() for need in gate.needs} == {"ride", "food-order"}


def test_other_bars_are_what_their_texts_say() -> None:
    def counts(name: str) -> set[int]:
        rules = ALTERNATIVES[name].rules
        return {item.strikes.count for item in rules.items if item.strikes} if rules else set()

    assert counts("as-for-drivers") == {50} and mean_at(50) == 4.6
    assert counts("below-four") == {126} and mean_at(126) < 4
    assert counts("few-trips") == {25} and mean_at(25, 100) == 4
    assert list(ALTERNATIVES["meals-stay-open"].gates) == ["rides"]


def test_targets_are_the_published_shares() -> None:
    assert SCHEME.targets["low-rated-2018"].value == pytest.approx(5_000 / 2_800_000, rel=0.02)
    assert SCHEME.targets["high-rated-2018"].value == 0.9


def test_the_hundred_and_twenty_fifth_star_by_hand() -> None:
    """One star a day from day 1: 2,500 - 4 * 125 = 2,000 on day 125. Closed from then until the exercise 60 days later; the next bad
    rating, on day 200, closes it again."""
    ones = [{"day": day, "act": "careless-ride", "item": "careless", "leaves": {"exercise": 60}} for day in [*range(1, 126), 200]]
    scheme = with_values(FOR_ANYONE, FAIR)
    found, must = comes_out(
        scheme, WORLD, 230,
        [*ones, {"day": 130, "need": "ride"}, {"day": 140, "need": "food-order"}],
        {
            "points": {124: 2004, 125: 2000, 200: 1996},
            "grade": {124: "between", 125: "four or less"},
            "listed": {"account-closed": ["125-184", "200-229"]},
            "attempts": [
                {"day": 130, "need": "ride", "exposed": "lawful conduct", "denied": "lawful conduct"},
                {"day": 140, "need": "food-order", "exposed": "lawful conduct", "denied": "lawful conduct"},
            ],
        },
    )  # fmt: skip
    assert found == must


def test_a_rating_is_forgotten_after_five_hundred_trips() -> None:
    """One star on day 10; 25 uses, one a day from day 20, are 500 trips: the last is on day 44, and the rating is gone on day 45."""
    rides: list[dict[str, Any]] = [{"day": day, "need": "ride"} for day in range(20, 45)]
    found, must = comes_out(
        with_values(FOR_ANYONE, FAIR), WORLD, 60, [{"day": 10, "act": "rude-ride", "item": "rude"}, *rides],
        {"points": {9: 2500, 10: 2496, 44: 2496, 45: 2500}},
    )  # fmt: skip
    assert found == must


def lived(scheme: Scheme, people: int = 76_800) -> dict[str, np.ndarray]:
    return counts_of(scheme, WORLD, WORLD_TABLES, people=people, weeks=104)


def test_ratings_come_near_the_published_ones() -> None:
    """Some 11,500 riders, about 30 of them at 4.0 or less: between 1 and 4 in 1,000. At 4.5 or more: nine in ten, within 3 of 100."""
    view = lived(SCHEME, 153_600)
    grades = view["grades"][0].sum(0)
    riders = view["adults"].sum() * RIDERS
    below = grades[1:3].sum() / riders  # all others have no rating that counts
    assert below == pytest.approx(1 - SCHEME.targets["high-rated-2018"].value, abs=0.03)
    assert 0.001 < grades[2] / riders < 0.004


def test_without_any_false_rating_the_lawful_remains() -> None:
    """Nearly everybody who is closed out is so for what is no offence; a star for nothing is then the only thing missing."""
    fair = by_class(lived(with_values(without_errors(SCHEME), FAIR)))
    assert [fair[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert fair[LAWFUL] > 0 and fair[UNRELATED] == 0
    as_it_is = by_class(lived(SCHEME))
    assert as_it_is[FALSE_REPORT] > 0


def test_contested_ratings_free_some() -> None:
    assert by_class(lived(ALTERNATIVES["ratings-can-be-contested"]))[FALSE_REPORT] < by_class(lived(SCHEME))[FALSE_REPORT]
