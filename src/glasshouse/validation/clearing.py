"""Slates that are wiped clean: hits that count anew after every spell, and a ladder of standing that every error begins again.

Theory is of continuous time, the product of whole days; where that matters, the bias is the difference between the printed value and the
same theory in days.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from glasshouse.mechanism.classes import SPARED
from glasshouse.validation.estimates import false_share, poisson_rate, share_of
from glasshouse.validation.exact import exact
from glasshouse.validation.listing import hit_of, share_on_day
from glasshouse.validation.live import Counted, Floats, lived, machine
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, scheme, world
from glasshouse.validation.values import Block, days, mean_days, rate, share

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 100_000}

# 4.4 Two hits, then listed for a term, and a clean slate ------------------------------------------------------------------------------

TERM, HISTORY, WEEKS, NEEDED, VIOLATORS = 28, 728, 52, 2, 0.02
VIOLATING, COMPLIANT = (product * RATE_YEAR / TERM for product in (1.08, 0.12))  # hits a year: 0.54 and 0.06 a year of terms of two years
REGISTER, WARNED = 0, 1


def two_hits(wiped: bool) -> dict[str, Any]:
    """The first low rating of a service warns; the next attempt, of someone warned, is a hit that lists for a term.

    Whoever is listed is refused, without a hit. The warning lapses with the spell (or never: the mistake), so that hits count anew.
    """
    refusal: Block = {"text": "closed", "on": "self", "needs": ["train"], "context": "court", "compliance": share(1, "attempt")}
    trap = {"unable": share(1, "attempt"), "defaults": share(1, "person"), "category": "act", "after": mean_days(0)}
    return {
        "lists.warned": {"text": "warned", "sanction": False, "term": None, "repeat": {"effect": "restart"}, "performed_after": None},
        "channels.stars": {"kind": "peer rating", "source": "made-up", "covers": ["low"], "sensitivity": share(0),
                           "follows_visibility": False, "delay": {"minimum": days(0), "mean": mean_days(0)}},
        "ratings": {"needs": ["train"], "channel": "stars", "category": "low", "unfair": {"A": share(1, "use")}},
        "rules.items": [
            {"id": "rule", "text": "a second hit", "when": "act", "legal": "unlawful", "list": "register", "also": "clean"},
            {"id": "clean", "text": "the warning lapses with the spell", "when": "act", "legal": "unlawful", "weight": 0.0,
             "list": "warned", "term": days(TERM) if wiped else None},
            {"id": "first", "text": "a first hit", "when": "low", "legal": "unlawful", "list": "warned"},
        ],
        "rules.weights": {"evidence": "assumed", "why": "one rule of each kind", "equal": True},
        "points": {"start": {"value": 0, "unit": "points", "source": "made-up"}, "floor": None, "cap": None, "repeat_doubles": False,
                   "overlap": "all apply"},
        "grades": [{"name": "all", "from_points": None}],
        "gates.listed": refusal | {"list": "register"},
        "gates.warned": refusal | {"list": "warned", "trap": trap},
    }  # fmt: skip


@cache
def counted(a_year: float, size: Size, wiped: bool = True, more: int = 1) -> Counted:
    """A year of attempts after two uncounted ones, so many a year, each a hit unless its maker is listed."""
    low = {"text": "low", "valence": "unlawful", "context": "court", "who": ["resident"], "rate": rate(0)}
    place = world(0, changes={"needs.train.rate": a_year, "conduct.low": low})
    rules = scheme(term=TERM, changes=two_hits(wiped))
    return lived(machine(place, rules, people=more * PEOPLE[size], weeks=WEEKS, seed=81, history=HISTORY, followup=0))


def listed(counts: Counted, people: int) -> Found:
    """The share on the list on the last counted day."""
    return share_of(int(np.cumsum(counts["days"][0, 0, :SPARED], axis=-1)[:, -2].sum()), people)


def entered(counts: Counted, people: int) -> Found:
    """Entries a person."""
    return poisson_rate(float(counts["entries"][0, REGISTER].sum()), people)


def of_violators(size: Size, wiped: bool = True) -> Found:
    return listed(counted(VIOLATING, size, wiped), PEOPLE[size])


def of_others(size: Size, wiped: bool = True) -> Found:
    return listed(counted(COMPLIANT, size, wiped, 3), 3 * PEOPLE[size])


def wrongly(size: Size, wiped: bool = True, flow: bool = False) -> Found:
    """Of those listed at the end, or of all entries, the share of people who never did anything."""
    wrong, right = counted(COMPLIANT, size, wiped, 3), counted(VIOLATING, size, wiped)
    count = entered if flow else listed
    return false_share(count(wrong, 3 * PEOPLE[size]), count(right, PEOPLE[size]), VIOLATORS)


def renewal(a_year: float) -> float:
    """Share listed of the theory in continuous time."""
    return TERM / (TERM + NEEDED * RATE_YEAR / a_year)


@cache
def in_days(a_year: float) -> tuple[float, float]:
    """The share listed on the last day, and entries of the counted year a person, by a chain of days from a clean start.

    The second hit is known a day after its attempt. Of two attempts on one day the second already meets a warning.
    """
    lam = a_year / RATE_YEAR
    none, one = math.exp(-lam), lam * math.exp(-lam)
    clean, warned, on = 1.0, 0.0, np.zeros(TERM)  # `on`: by days since entry; `later`: hit twice, listed tomorrow
    later = entries = 0.0
    for day in range(HISTORY + 7 * WEEKS):
        back = on[-1]
        on[1:] = on[:-1]
        on[0] = later
        entries += later if day >= HISTORY else 0.0
        clean += back
        later = clean * (1 - none - one) + warned * (1 - none)
        clean, warned = clean * none, warned * none + clean * one
    return float(on.sum()), entries


def odds(wrong: float, right: float) -> float:
    """Of those listed, the share listed wrongly."""
    return (1 - VIOLATORS) * wrong / ((1 - VIOLATORS) * wrong + VIOLATORS * right)


BOTH = odds(renewal(COMPLIANT), renewal(VIOLATING))
AS_DAYS = "whole days, and a day from the second hit to its record: the same by a chain of days from a clean start"
NOT_WIPED = ("not-wiped", "The warning outlasts the spell, so that the next hit lists again.")
WIPED = (
    exact(
        "wiped-listed", "Share listed for a term of 28 days by every second hit, 1.08 hits a term while off the list", renewal(VIOLATING),
        "share of people", "terms, traps, ratings", of_violators, (*NOT_WIPED, lambda size: of_violators(size, False)),
        bias=abs(in_days(VIOLATING)[0] - renewal(VIOLATING)), bias_why=AS_DAYS,
    ),
    exact(
        "wiped-listed-rarely", "The same at 0.12 hits a term", renewal(COMPLIANT), "share of people", "terms, traps, ratings", of_others,
        (*NOT_WIPED, lambda size: of_others(size, False)), bias=abs(in_days(COMPLIANT)[0] - renewal(COMPLIANT)), bias_why=AS_DAYS,
    ),
    exact(
        "wiped-stock", "Of those so listed at a moment, wrongly: 2 % are hit nine times as often as the others", BOTH,
        "share of those listed", "terms", wrongly, (*NOT_WIPED, lambda size: wrongly(size, False)),
        bias=abs(odds(in_days(COMPLIANT)[0], in_days(VIOLATING)[0]) - BOTH), bias_why=AS_DAYS,
    ),
    exact(
        "wiped-flow", "Of entries, wrong ones: the same share, as all spells are of one length", BOTH, "share of entries", "terms",
        lambda size: wrongly(size, flow=True), (*NOT_WIPED, lambda size: wrongly(size, False, True)),
        bias=abs(odds(in_days(COMPLIANT)[1], in_days(VIOLATING)[1]) - BOTH), bias_why=AS_DAYS,
    ),
)  # fmt: skip

# 4.7 A ladder of standing -------------------------------------------------------------------------------------------------------------

STEP = 28  # days to climb a rung
LADDERS = ("zhang-2011",)


def error_rate(e: float) -> float:
    """Hits a year at which a step sees at least one with chance `e`."""
    return -math.log1p(-e) * RATE_YEAR / STEP


def ladder(rungs: int) -> dict[str, Any]:
    """Every hit sets the standing to the lowest grade; each step without one brings the next. The worst grade that stands counts."""
    items: list[Block] = [
        {"id": f"rung-{i}" if i else "rule", "text": f"grade {i} at best", "when": "act", "legal": "unlawful", "grade": f"{i}",
         "validity": days(STEP * (i + 1)), "weight": float(i == 0)} | ({"also": f"rung-{i + 1}"} if i + 1 < rungs else {})
        for i in range(rungs)
    ]  # fmt: skip
    names = [str(i) for i in range(rungs, -1, -1)]
    return {
        "rules.items": items,
        "rules.weights": {"evidence": "assumed", "why": "one rule", "equal": True},
        "points": {"start": {"value": 0, "unit": "points", "source": "made-up"}, "floor": None, "cap": None, "repeat_doubles": False,
                   "overlap": "all apply"},
        "grades": [{"name": name, "from_points": None if name == "0" else -float(rungs - int(name))} for name in names],
    }  # fmt: skip


def one_back(rungs: int) -> dict[str, Any]:
    """Wrong: every hit takes one point, which the next step gives back."""
    start: Block = {"value": 0, "unit": "points", "source": "made-up"}
    drift = {"points": {"value": 1, "unit": "points"}, "every": days(STEP), "source": "made-up"}
    return ladder(rungs) | {
        "rules.items": [{"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "points": -1.0}],
        "points": {"start": start, "floor": None, "cap": None, "repeat_doubles": False, "overlap": "all apply", "drift": drift},
    }  # fmt: skip


@cache
def standings(rungs: int, e: float, size: Size, back: bool = False) -> Floats:
    """People by rung, the lowest first, at the end of the second of two years."""
    rules = scheme(changes=one_back(rungs) if back else ladder(rungs))
    run = machine(world(error_rate(e)), rules, people=PEOPLE[size], weeks=52, seed=82, history=364, followup=0)
    found = lived(run)["grades"][0].sum(axis=0)[: rungs + 1]
    return np.asarray(found[::-1], float)


def on_rung(rungs: int, e: float, rung: int, size: Size, back: bool = False) -> Found:
    people = standings(rungs, e, size, back)
    return share_of(people[rung], people.sum())


def ladder_row(rungs: int, e: float, rung: int) -> Row:
    """A row of 4.7: the share on a rung in the long run."""
    target = (1 - e) ** rungs if rung == rungs else e * (1 - e) ** rung
    which = "at the top" if rung == rungs else f"on rung {rung}"
    return exact(
        f"ladder-{rungs}-rung-{rung}", f"People {which} of a ladder of {rungs} steps that an error, {e:g} a step, begins again", target,
        "share of people", "grades, validity", lambda size: on_rung(rungs, e, rung, size),
        ("one-step-back", "An error takes one step, not all of them.", lambda s: on_rung(rungs, e, rung, s, True)),
        sources=LADDERS,
    )  # fmt: skip


FORGIVEN = 0.1 * RATE_YEAR / STEP  # errors a year: one in ten steps
LADDER_TERM = 3 * STEP


@cache
def in_good_standing(size: Size, repeat: str = "none") -> Found:
    """Off a list with a term of three steps, after two years."""
    n = PEOPLE[size]
    counts = lived(machine(world(FORGIVEN), scheme(term=LADDER_TERM, repeat=repeat), people=n, weeks=104, seed=83, followup=0))
    found = listed(counts, n)
    return Found(1 - found.value, found.standard_error, n)


GOOD = 1 / (1 + 0.1 * 3)
GOOD_IN_DAYS = 1 - share_on_day(7 * 104 - 1, (*([1.0] * LADDER_TERM), 0.0), hit_of(FORGIVEN))
LADDER = (
    *(ladder_row(3, 0.1, rung) for rung in range(4)),
    ladder_row(5, 0.05, 5),
    exact(
        "ladder-errors-ignored", "People in good standing where errors, 0.1 a step, are ignored during three steps of punishment", GOOD,
        "share of people", "terms", in_good_standing,
        ("begun-again", "An error during a punishment begins it again.", lambda size: in_good_standing(size, "restart")),
        bias=abs(GOOD_IN_DAYS - GOOD), bias_why="whole days: the same theory in days, from an empty list to the last counted day",
        sources=LADDERS,
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*WIPED, *LADDER)
