"""What reaches people through their ties, and who is tied to whom, each mechanism alone against a closed form."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from scipy import stats

from glasshouse.validation.association import STEP
from glasshouse.validation.estimates import mean_of, share_of
from glasshouse.validation.exact import ever, exact
from glasshouse.validation.live import below_start, machine, remembered, town_by_town
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, YEAR, associated, scheme, town, world
from glasshouse.validation.values import Block, mean_days, share, value

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 200_000}
WEEK = "what reaches ties does so at the end of a week: at most seven days of a year"

# Household and contacts ---------------------------------------------------------------------------------------------------------------


@cache
def household(size: Size, how: str) -> Found:
    """Households of two, one act a year each: people sanctioned on the last day, or ever listed."""
    n = PEOPLE[size]
    changes: dict[str, Any] = {}
    if how == "bound":
        changes["lists.register.binds"] = "household"
    elif how == "relatives":
        changes |= {
            "rules.items": [
                {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "list": "register", "relatives": "kin"},
                {"id": "kin", "text": "a relative's act", "when": "act", "legal": "unlawful", "list": "register", "weight": 0},
            ],
            "rules.weights": {"evidence": "assumed", "why": "the second comes through relatives alone"},
        }  # fmt: skip
    place = world(1, changes=town(1000, household=2))
    run = machine(place, scheme(changes=changes), people=n, seed=121, followup=0)
    counts = town_by_town(run, "days")[:, 0, 0, :-1].sum(axis=1)
    sanctioned = np.cumsum(counts, axis=-1)[:, -2]
    return share_of(float(sanctioned.sum()), n)


def pairs(found: Found) -> Found:
    """Two of a household go together: half as many independent ones."""
    return Found(found.value, found.standard_error * math.sqrt(2), found.runs // 2)


LATE = (1 - ever(1)) * ever(1, 7)  # sanctioned a week sooner than the week's end says
BOUND = (
    exact(
        "household-bound", "People sanctioned at the end of a year by their own act or that of the other of a household of two", ever(2),
        "share of people", "household liability", lambda size: pairs(household(size, "bound")),
        ("own-alone", "Only one's own listing counts.", lambda size: household(size, "alone")), bias=LATE, bias_why=WEEK,
    ),
    exact(
        "relatives", "People listed at the end of a year by their own act or the item that a relative's act sends", ever(2),
        "share of people",
        "relatives", lambda size: pairs(household(size, "relatives")),
        ("own-alone", "Relatives get no item.", lambda size: household(size, "alone")), bias=LATE, bias_why=WEEK,
    ),
)  # fmt: skip

LINKED, CIRCLE = 0.3, 6


@cache
def contacted(size: Size, layer: bool = True) -> Found:
    """On the list of contacts at the end of a year, each act of a circle's member listing contacts with a chance."""
    n = PEOPLE[size]
    contacts = {"list": "contacts", "layer": "circle" if layer else "household", "share": share(LINKED, "person"),
                "disproved_after": mean_days(1e6)}  # fmt: skip
    other = {"text": "contacts", "sanction": False, "term": None, "repeat": {"effect": "none"}, "performed_after": None}
    changes = {"lists.contacts": other, "lists.register.contacts": contacts}
    place = world(1, changes=town(1002, circle=CIRCLE))
    run = machine(place, scheme(changes=changes), people=n // 1002 * 1002, seed=122, followup=0)
    return mean_of(town_by_town(run, "entries")[:, 0, 1].sum(axis=(1, 2)) / 1002)


CONTACTS = exact(
    "contacts", "People on a list of contacts after a year, each of five others listed once and linked with chance 0.3",
    1 - (1 - LINKED * ever(1)) ** (CIRCLE - 1), "share of people", "contact lists", contacted,
    ("household", "The contacts of one's household are listed, not those of one's circle.", lambda size: contacted(size, layer=False)),
    bias=(CIRCLE - 1) * LINKED * ever(1, 7), bias_why=WEEK,
)  # fmt: skip

# Ties that are dropped ----------------------------------------------------------------------------------------------------------------

ALPHA, WORTH = 0.5, 0.5  # the weight of association; the mean worth of a tie in the points of one act


def dropping(worth: float) -> Block:
    """People drop ties that cost more than they are worth, so much on average in the points of one act."""
    return {"aware": share(1, "adult"), "tie_dropping": {"value": value(worth * STEP / 10, unit="points")}}


@cache
def dropped(size: Size, worth: float) -> Found:
    """Pairs in which one of the two acted just once: those whose tie is gone."""
    gone = of = 0
    for run in range({Size.QUICK: 2, Size.FULL: 10}[size]):
        rules = associated(ALPHA, {"circle": 1}, STEP / 10, responses=dropping(worth))
        place = world(0.3, changes=town(4000, circle=2))
        _, memory = remembered(machine(place, rules, people=4000, weeks=52, seed=1230 + run, followup=0))
        first, own = np.asarray(memory["first_at"][1]), below_start(memory, "own")
        sums = np.bincount(first, own, minlength=len(first))
        once = np.flatnonzero(sums == STEP)
        ended = np.bincount(first, np.asarray(memory["dropped"])[0, 1] != 0, minlength=len(first))
        gone += int((ended[once] == 2).sum())
        of += len(once)
    return share_of(gone, of)


# The one who acted scores lower by (1 - a) of the act at the first exchange after it, before ties take their part; later by less.
COST = ALPHA * (1 - ALPHA)
DROPPED = exact(
    "tie-dropping", "Ties dropped between two of whom one has acted once, where a tie is worth half an act on average",
    -math.expm1(-COST / WORTH), "share of ties", "tie-dropping", lambda size: dropped(size, WORTH),
    ("whole-lead", "A tie costs the whole difference of the scores, not the part that reaches one's own.",
     lambda size: dropped(size, WORTH * ALPHA)),
)  # fmt: skip

# Who is tied to whom ------------------------------------------------------------------------------------------------------------------

ALIKE, OFTEN = 0.6, 10.0


@cache
def alike(size: Size, homophily: float) -> Found:
    """Covariance of the acts of two of a circle, over the variance of how often people act."""
    people, runs = 4_000, {Size.QUICK: 3, Size.FULL: 12}[size]
    products = []
    place = world(OFTEN, changes={**town(people, circle=2), "propensity_shape": value(1, unit="times"),
                                  "layers.circle.conduct_homophily": value(homophily, unit="share")})  # fmt: skip
    for run in range(runs):
        made = machine(place, associated(ALPHA, {"circle": 1}, 1), people=people, seed=1240 + run, followup=0)
        _, memory = remembered(made)
        acts = below_start(memory, "own") / 10
        order = np.argsort(np.asarray(memory["first_at"][1]), kind="stable")
        both = acts[order].reshape(-1, 2) / (OFTEN * YEAR / RATE_YEAR) - 1
        products.append(both[:, 0] * both[:, 1])
    return mean_of(np.concatenate(products))


def spread_of_table() -> float:
    """Variance of 1,024 mid-quantiles of a gamma distribution of shape one; that of the distribution is one."""
    return float(np.var(stats.gamma(1).ppf((np.arange(1024) + 0.5) / 1024)))


HOMOPHILY = exact(
    "homophily", "How alike two of a circle act, each taking after it with chance 0.6: both do with the square", ALIKE**2,
    "covariance over variance", "conduct homophily, rates", lambda size: alike(size, ALIKE),
    ("both-together", "The two take after it together, with chance 0.6.", lambda size: alike(size, math.sqrt(ALIKE))),
    bias=ALIKE**2 * (1 - spread_of_table()), bias_why="a gamma distribution is held as 1,024 mid-quantiles, whose variance is smaller",
)  # fmt: skip

APART, HALVES = 0.4, 0.5


@cache
def same_group(size: Size, apart: float) -> Found:
    """Ties of a circle of four within one's own group, two groups of half the town each, by town."""
    towns = {Size.QUICK: 6, Size.FULL: 30}[size]
    half = {"value": HALVES, "unit": "share", "range": [HALVES, HALVES], "scale": "linear", "evidence": "assumed", "why": "made up"}
    both = {"A": value(1, unit="times"), "B": value(1, unit="times")}
    place = world(1, changes={**town(4000, circle=4), "groups": {"A": half, "B": half}, "conduct_by_group": both,
                              "visibility.by_group": both, "layers.circle.segregation": value(apart, unit="share")})  # fmt: skip
    run = machine(place, associated(ALPHA, {"circle": 1}, 1), people=4000 * towns, weeks=1, seed=125, followup=0)
    shares = []
    for t in range(towns):
        _, memory = remembered(run, t)
        order = np.argsort(np.asarray(memory["first_at"][1]), kind="stable")
        groups = np.array([int(x) for x in memory["pop"]["group"]])[order].reshape(-1, 4)
        shares.append(float(np.mean([(groups[:, i] == groups[:, j]).mean() for i in range(4) for j in range(i)])))
    return mean_of(shares)


SEGREGATION = exact(
    "segregation", "Ties within one's own group of two equal ones, where four in ten circles are of one group",
    APART + (1 - APART) * HALVES,
    "share of ties", "segregation", lambda size: same_group(size, APART),
    ("all-mixed", "All circles are mixed.", lambda size: same_group(size, 0.0)), bias=1 / 1000,
    bias_why="one circle in a thousand lies across the border of the two groups and counts as mixed",
)  # fmt: skip

ROWS: tuple[Row, ...] = (*BOUND, CONTACTS, DROPPED, HOMOPHILY, SEGREGATION)
