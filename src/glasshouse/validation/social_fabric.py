"""Ties that are dropped because they cost points, and speech that is bundled into a score: the signs that Tirole (2021) derives.

His model has no numbers to compare with; its abstract states two signs: a score that takes in the social graph destroys ties, most of all
where ties are weak; and bundling what people believe with what they owe makes them change the former. A sign is counted town by town, in
towns that are lived side by side under both rules.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from glasshouse.validation.live import machine, town_by_town
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import associated, conduct, scheme, town, world
from glasshouse.validation.values import Block, share, times, value

Ints = NDArray[np.int64]
TIROLE = ("tirole-2021",)
HEAVY, LIGHT = 0.6, 0.15  # weight of association
STRONG, WEAK = 40.0, 1.0  # mean worth of a tie, in points
BUNDLED, MILD = 1.0, 0.25  # sanction on what is believed, by what a bold person would bear


def dropping(worth: float) -> Block:
    """People drop ties that are worth this much on average, and respond in no other way."""
    return {"aware": share(0, "adult"), "tie_dropping": {"value": value(worth, unit="points")}}


@cache
def cut(size: Size, weights: tuple[float, float], worths: tuple[float, float]) -> Ints:
    """Ties dropped in two years in each town, by weight of association (light, heavy) and worth of ties (strong, weak)."""
    laws = [associated(weight, {"circle": 1}, 20, responses=dropping(worth)) for weight in weights for worth in worths]
    towns = 12 if size is Size.QUICK else 60
    run = machine(world(2.0, changes=town(400, circle=10)), *laws, people=400 * towns, weeks=104, seed=712, followup=0)
    return np.asarray(town_by_town(run, "ties_dropped").sum(axis=2).reshape(towns, 2, 2))


def heavier_cuts_more(weights: tuple[float, float] = (LIGHT, HEAVY)) -> Measure:
    """More ties go under a heavier association, strong or weak."""

    def measure(size: Size) -> Found:
        n = cut(size, weights, (STRONG, WEAK))
        return holds((n[:, 1, 0] > n[:, 0, 0]) & (n[:, 1, 1] > n[:, 0, 1]))

    return measure


def weaker_are_cut_more(worths: tuple[float, float] = (STRONG, WEAK)) -> Measure:
    """What a heavier association adds to the ties that go is more where ties are weak."""

    def measure(size: Size) -> Found:
        n = cut(size, (LIGHT, HEAVY), worths)
        return holds(n[:, 1, 1] - n[:, 0, 1] > n[:, 1, 0] - n[:, 0, 0])

    return measure


def holds(what: NDArray[np.bool_]) -> Found:
    """In what share of towns a sign holds; where it holds in all of them nothing is left to chance."""
    return Found(float(what.mean()), 0.0, len(what), "towns")


@cache
def unsaid(size: Size, category: str) -> Ints:
    """Protected acts left undone in each town, by sanction (none, mild, full), where silence concerns a category."""
    silence = {
        "kind": "utility", "categories": [category], "desire": share(0.25, "adult"), "boldness": times(2.0), "watched": share(0.1),
        "tolerated": share(0.25), "sanctions": "uniform",
    }  # fmt: skip
    laws = [
        scheme(seen=0, changes={"responses": {"aware": share(1, "adult"), "silence": silence | {"sanction": times(weight)}}})
        for weight in (0.0, MILD, BUNDLED)
    ]
    towns = 12 if size is Size.QUICK else 60
    place = world(1.0, changes=town(400) | conduct("belief", 5.0, "protected"))
    at = list(place.conduct).index("belief")
    run = machine(place, *laws, people=400 * towns, seed=713, followup=0)
    return np.asarray(town_by_town(run, "forgone_acts").sum(axis=2)[:, :, at])


def bundling(category: str) -> Measure:
    """In what share of towns more is left unsaid, the more the score weighs it, and nothing where it does not."""

    def measure(size: Size) -> Found:
        n = unsaid(size, category)
        return holds((n[:, 0] == 0) & (n[:, 0] < n[:, 1]) & (n[:, 1] < n[:, 2]))

    return measure


def sign(name: str, title: str, pins: tuple[str, ...], measure: Measure, wrong: Wrong) -> Row:
    """A sign holds in every town."""
    return Row(name, Table.MODELS, title, 1.0, "share of towns", TIROLE, Origin.PUBLISHED, Through.PRODUCT, pins, measure, (wrong,))


ROWS: tuple[Row, ...] = (
    sign(
        "ties-heavier", "The more the score takes in one's ties, the more ties are dropped", ("tie-dropping", "association"),
        heavier_cuts_more(), Wrong("no weight", "The score takes in nobody.", heavier_cuts_more((0.0, 0.0))),
    ),
    sign(
        "ties-weaker", "What a heavier weight adds to the ties dropped is more where ties are weak", ("tie-dropping", "association"),
        weaker_are_cut_more(), Wrong("all alike", "Weak ties are worth as much as strong ones.", weaker_are_cut_more((STRONG, STRONG))),
    ),
    sign(
        "bundling", "The more a score weighs what people believe, the more they leave unsaid", ("silence",), bundling("belief"),
        Wrong("not bundled", "The score weighs other conduct only.", bundling("act")),
    ),
)  # fmt: skip
