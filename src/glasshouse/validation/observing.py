"""What a scheme sees and how it keeps it, each mechanism alone against a closed form: sight, delays, errors of each kind, drift, gates."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from glasshouse.mechanism.classes import MISTAKEN
from glasshouse.validation.estimates import mean_of, poisson_rate, share_of
from glasshouse.validation.exact import COUNTED, ever, exact
from glasshouse.validation.live import lived, machine, town_by_town
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, YEAR, conduct, scheme, town, world
from glasshouse.validation.values import Block, days, mean_days, share, text, times, value

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 200_000}
TOWNS = {Size.QUICK: 400, Size.FULL: 4_000}


@cache
def _listed(size: Size, acts: float, place: tuple[tuple[str, Any], ...], rules: tuple[tuple[str, Any], ...], false: float) -> Found:
    n = PEOPLE[size]
    run = machine(
        world(acts, false_records=20, changes=_blocks(place)),
        scheme(false_rate=false, changes=_blocks(rules)),
        people=n,
        seed=81,
        followup=0,
    )
    return share_of(lived(run)["ever_listed"].sum(), n)


BLOCKS: dict[str, Block] = {}


def _blocks(changes: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {path: BLOCKS.get(name, name) if isinstance(name, str) else name for path, name in changes}


def block(name: str, made: Block) -> str:
    """A block of a file under a name, so that a setting can be remembered by its names."""
    BLOCKS[name] = made
    return name


def listed(
    size: Size, acts: float = 1.0, place: dict[str, Any] | None = None, rules: dict[str, Any] | None = None, false: float = 0
) -> Found:
    """People listed within a year."""
    return _listed(size, acts, tuple((place or {}).items()), tuple((rules or {}).items()), false)


# Rates and traits ---------------------------------------------------------------------------------------------------------------------

SHAPE, BLAMED = 0.5, 1.5
UNEVEN = {"propensity_shape": block("shape", value(SHAPE, unit="times"))}
FRAIL = {"frailty_shape": "shape"}


def table_slack(a_year: float) -> float:
    """What 1,024 mid-quantiles of a gamma distribution lose against the distribution itself, for the chance of no event."""
    from scipy import stats

    at = stats.gamma(SHAPE, scale=1 / SHAPE).ppf((np.arange(1024) + 0.5) / 1024)
    exact_share: float = (1 + a_year * COUNTED / SHAPE) ** -SHAPE
    return abs(float(np.exp(-a_year * COUNTED * at).mean()) - exact_share)


TRAITS = (
    exact(
        "propensity", "People who act within a year, at 1.5 acts a year and a gamma propensity of shape 0.5",
        1 - (1 + 1.5 * COUNTED / SHAPE) ** -SHAPE, "share of people", "rates", lambda size: listed(size, 1.5, UNEVEN),
        ("all-alike", "Everyone acts at the mean rate.", lambda size: listed(size, 1.5)), bias=table_slack(1.5),
        bias_why="a gamma distribution is held as 1,024 mid-quantiles",
    ),
    exact(
        "frailty", "People written down falsely within a year, at 1.5 a year and a gamma frailty of record of shape 0.5",
        1 - (1 + BLAMED * COUNTED / SHAPE) ** -SHAPE, "share of people", "frailty, false records",
        lambda size: listed(size, 0, FRAIL, false=BLAMED),
        ("all-alike", "Everyone's record is as often mistaken.", lambda size: listed(size, 0, false=BLAMED)), bias=table_slack(BLAMED),
        bias_why="a gamma distribution is held as 1,024 mid-quantiles",
    ),
)  # fmt: skip

# Sight --------------------------------------------------------------------------------------------------------------------------------

HALF_SEEN = {"visibility.by_group": block("half seen", {"A": times(0.5)})}
FOLLOWS = {"channels.eye.follows_visibility": True, "channels.eye.sensitivity": 0.6}
LATE = {"channels.eye.delay": block("late", {"minimum": days(30), "mean": mean_days(60)})}
GOING = {
    "channels.eye.sensitivity": 0.2,
    "officials": block("campaign", {"campaigns": [{"channel": "eye", "first": days(91), "last": days(182), "times": times(4)}]}),
}
ALL_YEAR = {
    "channels.eye.sensitivity": 0.2,
    "officials": block("all year", {"campaigns": [{"channel": "eye", "first": days(0), "last": days(364), "times": times(4)}]}),
}
LENIENT = {"officials": block("lenient", {"discretion": {"eye": {"A": share(0.25)}}})}
LET_GO = {
    **LENIENT,
    "channels.other": block("other", {
        "kind": "camera", "source": "made-up", "covers": ["act"], "sensitivity": share(1), "follows_visibility": False,
        "delay": {"minimum": days(0), "mean": mean_days(0)},
    }),
}  # fmt: skip


def in_effect() -> float:
    """Chance that a record of one act a year is in effect on the last day, a delay of 30 days and 60 on average behind it."""
    return -math.expm1(-(YEAR - 30 - 60 * -math.expm1(-(YEAR - 30) / 60)) / RATE_YEAR)


SIGHT = (
    exact(
        "visibility", "People seen within a year, at one act a year, 60 % sensitivity and half the usual visibility", ever(0.3),
        "share of people", "channels", lambda size: listed(size, 1, HALF_SEEN, FOLLOWS),
        ("visibility-ignored", "The channel sees all alike.", lambda size: listed(size, 1, None, FOLLOWS)),
    ),
    exact(
        "delay", "People listed within a year where a record takes 30 days, and 60 more on average", in_effect(), "share of people",
        "delay",
        lambda size: listed(size, 1, None, LATE), ("no-delay", "Records take effect at once.", lambda size: listed(size)),
        bias=2 / RATE_YEAR, bias_why="delays are whole days, cut off: at most a day of two at each end",
    ),
    exact(
        "campaign", "People listed within a year, sensitivity 0.2 and four times that for a quarter", ever(0.2 * (1 + 3 * 91 / YEAR)),
        "share of people", "campaigns, channels", lambda size: listed(size, 1, None, GOING),
        ("all-year", "The campaign has no dates.", lambda size: listed(size, 1, None, ALL_YEAR)),
    ),
    exact(
        "discretion", "People listed within a year where officials let a quarter of acts go", ever(0.75), "share of people", "discretion",
        lambda size: listed(size, 1, None, LET_GO),
        ("no-discretion", "Officials let nothing go.", lambda size: listed(size)),
    ),
)  # fmt: skip

# Errors that hit many at once ---------------------------------------------------------------------------------------------------------

STRIKES, HIT = 1.0, 0.2


@cache
def batches(size: Size, together: bool = True) -> tuple[tuple[int, ...], int]:
    """People of each town of 50 listed within a year by batches, or (wrong) by as many false records one by one."""
    if together:
        kind: Block = {"origin": "no act", "channel": "eye", "covers": ["act"]}
        kind |= {"strikes": value(STRIKES, per="town-year"), "share": share(HIT, "person")}
        rules = scheme(changes={"batches.bad": kind})
    else:
        rules = scheme(false_rate=STRIKES * HIT)
    run = machine(world(0, changes=town(50)), rules, people=50 * TOWNS[size], seed=83, followup=0)
    return tuple(town_by_town(run, "ever_listed").sum(axis=(1, 2)).tolist()), 50


def nobody_hit(size: Size, together: bool = True) -> Found:
    listed_in, _ = batches(size, together)
    return share_of(sum(n == 0 for n in listed_in), len(listed_in))


def hit_in_all(size: Size) -> Found:
    listed_in, n = batches(size)
    return mean_of(np.array(listed_in) / n)


def twice(size: Size) -> Found:
    """Wrong: every batch strikes each person of the town."""
    listed_in, _ = batches(size)
    return share_of(sum(n > 0 for n in listed_in), len(listed_in))


BATCHES = (
    exact(
        "batch-people", "People hit within a year where one batch a town-year hits a fifth of the town", ever(STRIKES * HIT),
        "share of people",
        "batch errors", hit_in_all, ("whole-town", "A batch hits everyone in the town.", twice),
    ),
    exact(
        "batch-towns", "Towns of fifty in which nobody is hit within a year", math.exp(-STRIKES * COUNTED * (1 - (1 - HIT) ** 50)),
        "share of towns", "batch errors", nobody_hit,
        ("one-by-one", "As many false records reach people one by one.", lambda size: nobody_hit(size, together=False)),
    ),
)  # fmt: skip

# Misrecording ------------------------------------------------------------------------------------------------------------------------


@cache
def miscoded(size: Size, p: float) -> Found:
    """Listed within a year for a lawful thing done four times a year that is written down as an act with chance `p`."""
    n = PEOPLE[size]
    run = machine(world(0, changes=conduct("decent", 4.0)), scheme(misrecorded=("decent", p)), people=n, seed=84, followup=0)
    return share_of(lived(run)["ever_listed"].sum(), n)


MISCODED = exact(
    "misrecorded", "People listed within a year for a lawful thing done four times a year, one in ten written down as an act", ever(0.4),
    "share of people", "misrecording", lambda size: miscoded(size, 0.1),
    ("always", "Every one of them is written down as an act.", lambda size: miscoded(size, 1.0)),
)  # fmt: skip

# Points that drift back ---------------------------------------------------------------------------------------------------------------


@cache
def drifting(size: Size, step: float | None) -> Found:
    """Below the start on the last day where a record takes six points."""
    n = PEOPLE[size]
    drift = {"points.drift": {"points": text(step, "points"), "every": days(30)}} if step else {}
    grades = {"grades": [{"name": "good", "from_points": 1000}, {"name": "low", "from_points": None}]}
    run = machine(world(1), scheme(points=-6, changes={**drift, **grades}), people=n, weeks=104, seed=85, followup=0)
    return share_of(int(lived(run)["grades"][0, 0, 1]), n)


DRIFT = exact(
    "drift", "People below the start where a record of six points goes back by one every 30 days, at one record a year", ever(1.0, 180),
    "share of people", "drift, points", lambda size: drifting(size, 1),
    ("all-at-once", "All its points go back after the first 30 days.", lambda size: drifting(size, 6)),
)  # fmt: skip

# Gates --------------------------------------------------------------------------------------------------------------------------------


@cache
def gated(size: Size, kind: str) -> Found:
    """What gatekeepers do with attempts of the listed: everyone is listed within days."""
    n = PEOPLE[size] // 4
    loan = {"text": "asks for a loan", "context": "finance", "essential": False, "who": "adult", "rate": value(4, per="person-year"),
            "cost_of_denial": "a plan put off"}  # fmt: skip
    gate = {"text": "closed", "list": "register", "on": "self", "needs": ["train"], "context": "court",
            "compliance": share(1 if kind == "complied" else 0.7, "attempt"),
            "over": {"needs": ["loan"], "share": share(0.1, "attempt")}}  # fmt: skip
    place = world(400, changes={"needs.train.rate": 4, "needs.loan": loan})
    counts = lived(machine(place, scheme(changes={"gates.g": gate}), people=n, seed=86, history=28, followup=0))
    need = 1 if kind == "over" else 0
    return share_of(counts["denials"][0, 0, need].sum(), counts["attempts"][0, need].sum())


GATES = (
    exact(
        "gate-compliance", "Attempts of the listed that are refused where gatekeepers comply in seven of ten", 0.7, "share of attempts",
        "gates",
        lambda size: gated(size, "rule"), ("complied-with", "Gatekeepers always comply.", lambda size: gated(size, "complied")),
    ),
    exact(
        "gate-over-compliance", "Attempts of the listed at something else that are refused beyond the rule", 0.1, "share of attempts",
        "gates",
        lambda size: gated(size, "over"), ("as-by-the-rule", "They are refused as by the rule.", lambda size: gated(size, "rule")),
    ),
)  # fmt: skip


@cache
def falsely(size: Size, origin: str) -> Found:
    """False entries a person-year by the class the clean ledger gives them."""
    n = PEOPLE[size]
    changes = {"false_records.false.origin": origin}
    counts = lived(machine(world(0), scheme(false_rate=0.8, term=1, changes=changes), people=n, seed=87, followup=0))
    return poisson_rate(counts["entries"][0, 0, :, MISTAKEN].sum(), n * COUNTED)


FALSE = exact(
    "false-entries", "Entries of another's act, at 0.8 a year", -math.expm1(-0.8 / RATE_YEAR) * RATE_YEAR, "entries a person-year",
    "false records", lambda size: falsely(size, "another's act"),
    ("no-act", "They are taken for reports of no act, another class.", lambda size: falsely(size, "no act")),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*TRAITS, *SIGHT, *BATCHES, MISCODED, DRIFT, *GATES, FALSE)
