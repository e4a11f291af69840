"""Who takes part, who is picked out, who is rewarded: each mechanism alone against a closed form."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from glasshouse.validation.estimates import mean_of, ratio_of, share_of
from glasshouse.validation.exact import ever, exact
from glasshouse.validation.live import lived, machine, town_by_town
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, conduct, scheme, town, world
from glasshouse.validation.values import share, text

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 200_000}
TOWNS = {Size.QUICK: 30, Size.FULL: 300}

# Enrolment ----------------------------------------------------------------------------------------------------------------------------


@cache
def enrolled(size: Size, kind: str) -> Found:
    """People listed within a year."""
    n = PEOPLE[size]
    block: dict[str, Any] = {"kind": kind}
    if kind == "opt-in":
        block |= {"share": share(0.4, "adult")}
    elif kind == "tied to a need":
        block |= {"needs": ["train"], "joins": share(1, "attempt")}
    place = world(1, changes={"needs.train.rate": 2.0})
    counts = lived(machine(place, scheme(changes={"enrolment": block}), people=n, seed=101, followup=0))
    return share_of(counts["ever_listed"].sum(), n)


def joined_then_listed(joins: float, acts: float) -> float:
    """Listed within the year by an act that follows the first attempt: a race of two exponential times."""
    return 1 - (joins * (1 - ever(acts)) - acts * (1 - ever(joins))) / (joins - acts)


@cache
def leaving(size: Size, a_week: float) -> Found:
    """People who have left by the end of a year of 52 weeks, all of them listed in the first week."""
    n = PEOPLE[size] // 10
    block = {"kind": "opt-in", "share": share(1, "adult"), "leaves": share(a_week, "listed-week")}
    counts = lived(machine(world(700), scheme(changes={"enrolment": block}), people=n, seed=102, followup=0))
    return share_of(float(counts["left"].sum()), n)


ENROLMENT = (
    exact(
        "enrolment-opt-in", "People listed within a year, at one act a year, where four in ten take part", 0.4 * ever(1), "share of people",
        "enrolment", lambda size: enrolled(size, "opt-in"), ("all-take-part", "Everyone takes part.", lambda size: enrolled(size,
        "mandatory")),
    ),
    exact(
        "enrolment-by-need", "The same where one takes part from one's first train journey on, of two a year", joined_then_listed(2, 1),
        "share of people", "enrolment", lambda size: enrolled(size, "tied to a need"),
        ("all-take-part", "Everyone takes part.", lambda size: enrolled(size, "mandatory")),
    ),
    exact(
        "leaving", "People on a list who have left the scheme after 52 weeks, two in a hundred a week", 1 - 0.98**51, "share of people",
        "enrolment", lambda size: leaving(size, 0.02),
        ("a-year", "Two in a hundred leave a year.", lambda size: leaving(size, 0.02 / 52)),
    ),
)  # fmt: skip

# Rewards ------------------------------------------------------------------------------------------------------------------------------

DEEDS, TRIES = 0.3, 20.0
A_WEEK = 500 * TRIES * 7 / RATE_YEAR * (1 - ever(DEEDS))  # attempts without a privilege, of a town in its last week


@cache
def rewarded(size: Size, zero_sum: bool) -> Found:
    """Attempts displaced over attempts privileged, in towns where good deeds bring a better grade for good."""
    rules: dict[str, Any] = {
        "channels.eye.covers": ["act", "deed"],
        "rules.items": [
            {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "points": -1},
            {"id": "deed", "text": "a good deed", "when": "deed", "legal": "lawful", "commendation": True, "points": 1},
        ],
        "rules.weights": {"evidence": "assumed", "why": "one rule each", "equal": True},
        "grades": [{"name": "best", "from_points": 1001}, {"name": "others", "from_points": None}],
        "rewards": {"first": {"text": "first in line", "from_grade": "best", "needs": ["train"], "zero_sum": zero_sum}},
    }  # fmt: skip
    place = world(0, changes={**town(500), **conduct("deed", DEEDS, "commendable"), "needs.train.rate": TRIES})
    run = machine(place, scheme(points=-1, changes=rules), people=500 * TOWNS[size], seed=103, followup=0)
    return ratio_of(town_by_town(run, "displaced").sum(axis=(1, 2, 3)), town_by_town(run, "privileges").sum(axis=(1, 2, 3)))


def late_by_a_week() -> float:
    """What is displaced follows last week's privileges: displaced over privileged, of expectations."""
    held = np.array([ever(DEEDS, 7 * week + 3.5) for week in range(52)])
    return float((held[:-1] * (1 - held[1:]) / (1 - held[:-1])).sum() / held.sum())


@cache
def privileged(size: Size, better: float = DEEDS) -> Found:
    """Attempts with the privilege of all attempts, on the last grades of a year."""
    n = PEOPLE[size]
    rules: dict[str, Any] = {
        "channels.eye.covers": ["act", "deed"],
        "rules.items": [{"id": "deed", "text": "a good deed", "when": "deed", "legal": "lawful", "commendation": True, "points": 1}],
        "grades": [{"name": "best", "from_points": 1001}, {"name": "others", "from_points": None}],
        "rewards": {"first": {"text": "first in line", "from_grade": "best", "needs": ["train"], "zero_sum": False}},
    }  # fmt: skip
    place = world(0, changes={**conduct("deed", better, "commendable"), "needs.train.rate": 5.0})
    counts = lived(machine(place, scheme(points=-1, changes=rules), people=n, seed=104, followup=0))
    return share_of(counts["privileges"].sum(), counts["attempts"].sum())


T = 364 / RATE_YEAR
REWARDS = (
    exact(
        "zero-sum", "Attempts displaced for one that is privileged, where privileges are zero-sum", 1.0, "ratio", "rewards",
        lambda size: rewarded(size, True), ("free", "A privilege takes nothing from others.", lambda size: rewarded(size, False)),
        bias=abs(1 - late_by_a_week()) + 1 / A_WEEK,
        bias_why="what is displaced follows the week before, while privileges grow; and the mean of one over a week's count of attempts",
    ),
    exact(
        "privileged", "Attempts with a privilege that a good deed brings, at 0.3 deeds a year", 1 - ever(DEEDS) / (DEEDS * T),
        "share of attempts", "rewards, grades", privileged,
        ("for-all", "As many deeds as attempts bring it.", lambda size: privileged(size, 5.0)),
    ),
)  # fmt: skip

# Selection ----------------------------------------------------------------------------------------------------------------------------


@cache
def selected(size: Size, every: int, part: float = 0.05) -> Found:
    """Entries a person-year by selection of the lowest scores, in towns where all scores are soon below the start."""
    rules: dict[str, Any] = {
        "grades": [{"name": "all", "from_points": None}],
        "lists.register.term": {"value": 7, "unit": "days", "source": "made-up"},
        "officials": {"selection": {"list": "register", "share": text(part, "share"), "every": text(every, "weeks")}},
    }
    place = world(60, changes=town(400))
    run = machine(place, scheme(points=-1, validity=60, changes=rules), people=400 * TOWNS[size], seed=105, history=56, followup=0)
    return mean_of(town_by_town(run, "entries").sum(axis=(1, 2, 3, 4)) / 400)


SELECTION = exact(
    "selection", "Entries in 52 weeks where the lowest twentieth is picked every fourth week", 13 * 0.05, "entries a person", "selection",
    lambda size: selected(size, 4), ("every-week", "They are picked every week.", lambda size: selected(size, 1)),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*ENROLMENT, *REWARDS, SELECTION)
