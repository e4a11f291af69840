"""How people respond, each response alone against a closed form: thinned Poisson counts."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from scipy import stats

from glasshouse.validation.estimates import poisson_rate, share_of
from glasshouse.validation.exact import COUNTED, ever, exact
from glasshouse.validation.live import lived, machine
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, YEAR, conduct, scheme, world
from glasshouse.validation.values import Block, share, times, value

PEOPLE = {Size.QUICK: 10_000, Size.FULL: 100_000}
ACTS = 4.0


def restraint(category: str, effect: float, weeks: float | None = None) -> Block:
    """A restraint on one category; `weeks` is the half-life of its effect."""
    return {"categories": [category], "effect": share(effect), "fades": None if weeks is None else value(weeks, unit="weeks")}


@cache
def done(
    size: Size, aware: float, effect: float, half_life: float | None = None, *, seen: float = 0.0, acts: float = ACTS, good: bool = False,
    watched: bool = True,
) -> Found:  # fmt: skip
    """Acts done a person-year."""
    n = PEOPLE[size]
    name = "deed" if good else "act"
    block = {"crowding_out": restraint(name, effect, half_life)} if good else {"deterrence": [restraint(name, effect, half_life)]}
    responses = {"responses": {"aware": share(aware, "adult"), **block}} if watched else {}
    place = world(0 if good else acts, changes=conduct("deed", acts, "commendable") if good else None)
    counts = lived(machine(place, scheme(seen=seen, changes=responses), people=n, seed=91, followup=0))
    kind = list(place.conduct).index(name)
    return poisson_rate(counts["acts"][0, kind] - counts["forgone_acts"][0, 0, kind], n * COUNTED)


@cache
def shown(size: Size, publicity: bool) -> Found:
    """Acts done a person-year where nobody knows of the scheme, few are seen, and 40 % of those who know are deterred."""
    n = PEOPLE[size]
    block = {"publicity": {"lists": ["register"], "to": "town"}} if publicity else {}
    changes = {"responses": {"aware": share(0, "adult"), "deterrence": [restraint("act", 0.4)]}, **block}
    counts = lived(machine(world(ACTS), scheme(seen=0.02, changes=changes), people=n, seed=96, followup=0))
    return poisson_rate(counts["acts"].sum() - counts["forgone_acts"].sum(), n * COUNTED)


HALF_LIFE, EFFECT = 13.0, 0.8
FADED = 1 - EFFECT * (1 - 2 ** (-52 / HALF_LIFE)) / (1 - 2 ** (-1 / HALF_LIFE)) / 52
# Two acts on one day before the entry takes effect on awareness: at most so many a person.
ONCE = ever(ACTS) / COUNTED

HELD_BACK = (
    exact(
        "deterrence", "Acts done where everyone is aware and 40 % are deterred, of four a year", ACTS * 0.6, "acts a person-year",
        "deterrence, rates", lambda size: done(size, 1, 0.4),
        ("nobody-aware", "Nobody is aware.", lambda size: done(size, 0, 0.4)),
    ),
    exact(
        "deterrence-aware", "The same where three in ten are aware", ACTS * (1 - 0.3 * 0.4), "acts a person-year", "awareness, deterrence",
        lambda size: done(size, 0.3, 0.4), ("all-aware", "Everyone is aware.", lambda size: done(size, 1, 0.4)),
    ),
    exact(
        "deterrence-fading", "Acts done in a year where 80 % are deterred and that halves every 13 weeks", ACTS * FADED,
        "acts a person-year",
        "deterrence", lambda size: done(size, 1, EFFECT, HALF_LIFE),
        ("mean-for-half-life", "Thirteen weeks are the mean, not the half-life.", lambda size: done(size, 1, EFFECT,
        HALF_LIFE * math.log(2))),
    ),
    exact(
        "deterrence-by-listing", "Acts done where nobody hears of the scheme but by being listed, and then never acts again",
        ONCE, "acts a person-year", "awareness, deterrence", lambda size: done(size, 0, 1, seen=1),
        ("aware-from-the-start", "Nine in ten know from the start.", lambda size: done(size, 0.9, 1, seen=1)),
        bias=ACTS / RATE_YEAR, bias_why="whoever acts twice on the day of entry may do so before it takes effect: at most a day's acts",
    ),
    exact(
        "publicity", "Acts done where the list is shown to the town, so that everyone knows of it once someone stands on it", ACTS * 0.6,
        "acts a person-year", "publicity, awareness", lambda size: shown(size, True),
        ("not-shown", "The list is shown to nobody.", lambda size: shown(size, False)), bias=ACTS * 0.4 * 7 / YEAR,
        bias_why="in the first week nobody is told yet",
    ),
    exact(
        "crowding-out", "Good deeds done where everyone is aware and 30 % are crowded out, of four a year", ACTS * 0.7,
        "deeds a person-year",
        "crowding out", lambda size: done(size, 1, 0.3, good=True),
        ("nobody-aware", "Nobody is aware.", lambda size: done(size, 0, 0.3, good=True)),
    ),
)  # fmt: skip

# Demand -------------------------------------------------------------------------------------------------------------------------------


@cache
def attempts(size: Size, forgo: float) -> tuple[float, float, float]:
    """Attempts forgone, refused and let pass, of people who are all listed."""
    gate = {"text": "closed", "list": "register", "on": "self", "needs": ["train"], "context": "court", "compliance": share(0.5, "attempt"),
            "demand": share(forgo, "attempt")}  # fmt: skip
    place = world(400, changes={"needs.train.rate": 4})
    counts = lived(machine(place, scheme(changes={"gates.g": gate}), people=PEOPLE[size] // 4, seed=92, history=28, followup=0))
    forgone, denied = float(counts["forgone_attempts"][0].sum()), float(counts["denials"][0].sum())
    return forgone, denied, float(counts["attempts"].sum())


def forgone(size: Size) -> Found:
    gone, _, of = attempts(size, 0.35)
    return share_of(gone, of)


def refused(size: Size) -> Found:
    _, denied, of = attempts(size, 0.35)
    return share_of(denied, of)


DEMAND = (
    exact(
        "demand", "Attempts of the listed that are not made, where 35 % are given up beforehand", 0.35, "share of attempts", "demand",
        forgone,
        ("refusals-counted", "Refusals are counted among attempts not made.", lambda size: share_of(sum(attempts(size, 0.35)[:2]),
                                                                                                    attempts(size, 0.35)[2])),
    ),
    exact(
        "demand-refused", "Attempts refused where 35 % are not made and gatekeepers refuse half of the rest", 0.65 * 0.5,
        "share of attempts",
        "demand, gates", refused,
        ("nobody-gives-up", "All attempts are made.", lambda size: share_of(attempts(size, 0)[1], attempts(size, 0)[2])),
    ),
)  # fmt: skip

# Informing ----------------------------------------------------------------------------------------------------------------------------

REPORTS, FULL, KNOW = 0.4, 3.0, 0.5


@cache
def informed(size: Size, aware: float) -> Found:
    """False reports a person-year by how many valid ones people have in the end: nobody is listed, so nobody hears more of the scheme."""
    n = PEOPLE[size]
    informing = {"channel": "eye", "times": times(FULL)}
    changes: dict[str, Any] = {"responses": {"aware": share(aware, "adult"), "informing": informing}}
    rules = scheme(points=-10, false_rate=REPORTS, changes=changes)
    people = lived(machine(world(0, false_records=4), rules, people=n, seed=93, followup=0))["grades"][0, 0]
    return poisson_rate(float(people @ np.arange(len(people))), n * COUNTED)


FACTOR = 1 + (FULL - 1) * KNOW
BEYOND_SIX = sum((n - 6) * float(stats.poisson(REPORTS * FACTOR * COUNTED).pmf(n)) for n in range(7, 30))
INFORMING = exact(
    "informing", "False reports where half the town knows, and would report thrice as much if all did", REPORTS * FACTOR,
    "reports a person-year", "informing, awareness", lambda size: informed(size, KNOW),
    ("all-know", "Everyone knows.", lambda size: informed(size, 1.0)), bias=REPORTS * (FACTOR - 1) * 7 / YEAR + BEYOND_SIX,
    bias_why="in the first week, before the first exchange, nobody reports more; more than six reports count as six",
)  # fmt: skip

# Ability ------------------------------------------------------------------------------------------------------------------------------

DEBTS, PAID = 2.0, 3.0


@cache
def in_debt(size: Size, unable: float = 0.0) -> Found:
    """People in debt at the end where debts arise and all of a person's debts are paid at once."""
    n = PEOPLE[size]
    place = world(0, changes={
        "conduct.act.rate": DEBTS, "conduct.act.creates_debt": True, "money.payment": PAID,
        "money.unable_at_start": [share(unable, "adult")] * 3,
    })  # fmt: skip
    counts = lived(machine(place, scheme(), people=n, weeks=104, seed=94, followup=0))
    return share_of(int(np.cumsum(counts["debtors"][0].sum(axis=0))[-2]), n)


@cache
def recovered(size: Size, shock: float, recovery: float) -> Found:
    """People in debt at the end where only the able pay, and ability comes and goes fast beside debts and payments."""
    n = PEOPLE[size]
    place = world(0, changes={
        "conduct.act.rate": 0.1, "conduct.act.creates_debt": True, "money.payment": 2.0,
        "money.shock": [value(shock, per="person-year")] * 3, "money.recovery": recovery,
    })  # fmt: skip
    counts = lived(machine(place, scheme(), people=n, weeks=208, seed=95, followup=0))
    return share_of(int(np.cumsum(counts["debtors"][0].sum(axis=0))[-2]), n)


def debt_with_ability(debts: float, paid: float, shock: float, recovery: float) -> float:
    """Share in debt in the long run: a chain of able or not, in debt or not."""
    # able and clear, able and in debt, unable and clear, unable and in debt
    q = np.array([[0, debts, shock, 0], [paid, 0, 0, shock], [recovery, 0, 0, debts], [0, recovery, 0, 0]], float)
    np.fill_diagonal(q, -q.sum(axis=1))
    a = np.vstack([q.T, np.ones(4)])
    at = np.linalg.lstsq(a, np.array([0, 0, 0, 0, 1.0]), rcond=None)[0]
    return float(at[1] + at[3])


MONEY = (
    exact(
        "debtors", "People in debt where debts arise twice a year and all are paid thrice a year", DEBTS / (DEBTS + PAID),
        "share of people",
        "money", in_debt, ("unable-never-recover", "A fifth can never pay.", lambda size: in_debt(size, 0.2)),
        bias=math.exp(-(DEBTS + PAID) * 2 * COUNTED) + DEBTS / RATE_YEAR,
        bias_why="what two years leave of a start without debts, and a debt of the last day, which counts at its end",
    ),
    exact(
        "ability", "People in debt where ability comes and goes thrice a year and only the able pay", debt_with_ability(0.1, 2.0, 3.0, 3.0),
        "share of people", "money", lambda size: recovered(size, 3.0, 3.0),
        ("all-pay", "Everyone can pay.", lambda size: recovered(size, 0.0, 3.0)), bias=math.exp(-0.9 * 4 * COUNTED) * 0.1 + 0.1 / RATE_YEAR,
        bias_why="what four years leave of a start without debts, at the slowest rate of the chain, and a debt of the last day",
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*HELD_BACK, *DEMAND, INFORMING, *MONEY)
