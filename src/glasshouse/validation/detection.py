"""Detection and base rates against closed forms, through the product's own channels, false records, strikes and levels.

Violators and others are lived as populations of their own and weighted, so that a share of one in a thousand needs no million people.
Theory is of continuous time or of a fixed number of checks; the product counts whole days. Where that matters, the bias is the difference
between the same theory in days and the printed number.
"""

from __future__ import annotations

import itertools
import math
from functools import cache
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import gammainc

from glasshouse.engine import state
from glasshouse.validation.estimates import false_share, share_of
from glasshouse.validation.live import by_person, lived, logged, machine, of_kind, people_in
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, YEAR, conduct, scheme, world
from glasshouse.validation.values import days, text

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 100_000}
MORE = 10  # as many others as violators: they are rarely listed, and little happens to them
VIOLATORS = 0.02
EYE = ("channels", "false records")


def a_day(rate: float) -> float:
    """Chance of at least one event of a yearly rate on a day."""
    return -math.expm1(-rate / RATE_YEAR)


def odds(wrong: float, right: float, weight: float) -> float:
    """Of those listed, the share listed wrongly."""
    return (1 - weight) * wrong / ((1 - weight) * wrong + weight * right)


# 1.1 One exposure ---------------------------------------------------------------------------------------------------------------------


@cache
def one_exposure(violators: float, seen: float, false: float, size: Size) -> Found:
    """Everyone is exposed once a year; a flag lasts a day, so that each counts."""
    n = PEOPLE[size]
    true = lived(machine(world(1), scheme(seen=seen, term=1), people=n, seed=21))["entries"][0, 0]
    alarm = lived(machine(world(0), scheme(false_rate=false, term=1), people=3 * MORE * n, seed=22))["entries"][0, 0]
    return false_share(share_of(alarm.sum(), 3 * MORE * n * YEAR), share_of(true.sum(), n * YEAR), violators)


def base_rate(name: str, title: str, sources: tuple[str, ...], violators: float, seen: float, false: float) -> Row:
    """A row of 1.1."""
    target = odds(false, seen, violators)

    def unseen(size: Size) -> Found:
        return one_exposure(violators, seen, false * seen, size)

    return Row(
        name=name, table=Table.THEORY, title=title, target=target, unit="share of those flagged", sources=sources, origin=Origin.THEOREM,
        through=Through.PRODUCT, pins=EYE,
        measure=lambda size: one_exposure(violators, seen, false, size),
        wrong=(Wrong("false-records-must-be-seen", "False records pass the channel's sensitivity as acts do.", unseen),),
        bias=abs(odds(a_day(false), a_day(seen), violators) - target),
        bias_why="exposures come at a rate of one a year, and two flags on one day count once: the same odds of days",
    )  # fmt: skip


BASE_RATES = (
    base_rate("base-rate-test", "False flags where 1 % are violators, 80 % of them are flagged and 9.6 % of the others", ("eddy-1982",),
    0.01, 0.8, 0.096),
    base_rate(
        "base-rate-screening", "False flags where 10 in 10,000 are sought and 1,598 others flagged beside 8", ("nrc-2003",), 0.001, 0.8,
        1598 / 9990,
    ),
    base_rate("base-rate-channel", "False flags where 2 % are violators, 90 % of them are flagged and 1 % of the others", (), 0.02, 0.9,
    0.01),
)  # fmt: skip

# 1.2 A fixed number of checks ---------------------------------------------------------------------------------------------------------

ODDS = 0.045, 0.005  # of a hit at a check: of someone who acts, of someone who does not
MOST_HITS = 4
RUNS = {12: 40, 52: 160}  # of those who do not act, at full size: they are rarely listed


def lists_by_hits() -> dict[str, Any]:
    """Changes: a list for each number of hits, which the same hits enter."""
    names = ["register", *(f"at-{k}" for k in range(2, MOST_HITS + 1))]
    blank = {"text": "a list", "sanction": True, "term": None, "repeat": {"effect": "none"}, "performed_after": None}
    items = [
        {"id": "rule" if k == 1 else name, "text": f"{k} hits", "when": "act", "legal": "unlawful", "list": name, "weight": float(k == 1),
         "strikes": {"count": k, "window": days(36_500)}} | ({"also": names[k]} if k < MOST_HITS else {})
        for k, name in enumerate(names, 1)
    ]  # fmt: skip
    return {
        "rules.items": items,
        "rules.weights": {"evidence": "assumed", "why": "one rule each", "equal": True},
        "points": {"start": text(0, "points"), "floor": None, "cap": None, "repeat_doubles": False, "overlap": "all apply"},
        "grades": [{"name": "all", "from_points": None}],
        **{f"lists.{name}": blank for name in names[1:]},
    }


@cache
def checked(checks: int, violators: bool, size: Size) -> tuple[Found, ...]:
    """Shares listed at one hit, at two, ... among those who were checked just so many times in the year."""
    people = 2_500 * 52 // checks
    listed, usual = [0] * MOST_HITS, 0
    for run in range({Size.QUICK: 2, Size.FULL: 10 if violators else RUNS[checks] // 4}[size] * (1 if violators else 4)):
        rules = scheme(seen=ODDS[0], changes=lists_by_hits())
        if not violators:
            rules = scheme(misrecorded=("decent", ODDS[1]), changes=lists_by_hits())
        place = world(checks) if violators else world(0, changes=conduct("decent", checks))
        log = logged(machine(place, rules, people=people, seed=1000 * checks + 10 * run + violators, followup=0))
        here = np.flatnonzero(by_person(of_kind(log, state.LOG_ACT), people) == checks)
        usual += len(here)
        for k in range(MOST_HITS):
            listed[k] += len(people_in(of_kind(log, state.LOG_ENTRY, a=k, b=0)) & set(here.tolist()))
    return tuple(share_of(n, usual) for n in listed)


def of_checks(checks: int, hits: int, size: Size) -> Found:
    return false_share(checked(checks, False, size)[hits - 1], checked(checks, True, size)[hits - 1], VIOLATORS)


def checks_row(checks: int, hits: int, quick: bool) -> Row:
    """A row of 1.2."""
    tails = [float(stats.binom.sf(hits - 1, checks, p)) for p in ODDS]

    rare = hits == MOST_HITS - 1  # one hit more would leave hardly anybody who did nothing

    def other(size: Size) -> Found:
        return of_checks(checks, hits - 1 if rare else hits + 1, size)

    name, why = ("one-hit-fewer", "fewer than") if rare else ("more-than-so-many", "more than")
    return Row(
        name=f"checks-{checks}-hits-{hits}", table=Table.THEORY, target=odds(tails[1], tails[0], VIOLATORS),
        title=f"Listed wrongly after {checks} checks, a list entered at {hits} hit{'s' if hits > 1 else ''}",
        unit="share of those listed", sources=(), origin=Origin.THEOREM, through=Through.PRODUCT, pins=("misrecording", "strikes"),
        measure=lambda size: of_checks(checks, hits, size), quick=quick,
        wrong=(Wrong(name, f"The list is entered at {why} so many hits, not at so many.", other),),
    )  # fmt: skip


CHECKS = tuple(checks_row(n, k, quick) for n, k, quick in ((12, 1, True), (12, 2, False), (52, 1, True), (52, 2, False), (52, 3, False)))
# At 12 checks and 3 hits, 27 in a million of those who do nothing are listed: too few for a run of reasonable length.

# 1.3 A Poisson number of exposures ----------------------------------------------------------------------------------------------------


@cache
def exposed(a_year: int, hits: int, window: float | None, size: Size) -> tuple[Found, Found]:
    """Shares listed within a year, of violators and of others."""
    n = PEOPLE[size]
    true = machine(world(a_year), scheme(seen=ODDS[0], strikes=hits, window=window), people=n, seed=31, followup=0)
    rules = scheme(false_rate=a_year * ODDS[1], strikes=hits, window=window)
    false = machine(world(0), rules, people=MORE * n, seed=32, followup=0)
    return share_of(lived(true)["ever_listed"].sum(), n), share_of(lived(false)["ever_listed"].sum(), MORE * n)


def of_exposures(a_year: int, hits: int, size: Size, window: float | None = None) -> Found:
    right, wrong = exposed(a_year, hits, window, size)
    return false_share(wrong, right, VIOLATORS)


def exposures_rows(a_year: int, hits: int) -> tuple[Row, ...]:
    """Rows of 1.3: the share of violators listed, and of those listed wrongly."""
    right, wrong = (float(gammainc(hits, a_year * p)) for p in ODDS)
    t = YEAR / RATE_YEAR
    in_days = [float(gammainc(hits, a_year * p * t)) for p in ODDS]
    why = "a counted year has 364 days, a rate's year 365: the same formula for the shorter time"
    common: dict[str, Any] = {
        "table": Table.THEORY, "sources": (), "origin": Origin.THEOREM, "through": Through.PRODUCT, "pins": (*EYE, "strikes"),
        "bias_why": why,
    }  # fmt: skip
    name, words = f"exposures-{a_year}-hits-{hits}", f"{a_year} exposures a year on average, {hits} hit{'s' if hits > 1 else ''}"
    off = Wrong("more-than-so-many", "The list is entered at more than so many hits.", lambda s: of_exposures(a_year, hits + 1, s))
    week = Wrong("weekly-window", "Hits lapse after a week.", lambda s: of_exposures(a_year, hits, s, 7))
    missed = Wrong("more-than-so-many", "The list is entered at more than so many hits.", lambda s: exposed(a_year, hits + 1, None, s)[0])
    return (
        Row(
            name=name, title=f"Listed wrongly: {words}", target=odds(wrong, right, VIOLATORS), unit="share of those listed",
            measure=lambda size: of_exposures(a_year, hits, size), wrong=(off, week) if (a_year, hits) == (52, 2) else (off,),
            bias=abs(odds(in_days[1], in_days[0], VIOLATORS) - odds(wrong, right, VIOLATORS)), **common,
        ),
        Row(
            name=f"{name}-detected", title=f"Violators listed: {words}", target=right, unit="share of violators",
            measure=lambda size: exposed(a_year, hits, None, size)[0], wrong=(missed,), bias=abs(in_days[0] - right), **common,
        ),
    )  # fmt: skip


EXPOSURES = tuple(itertools.chain(*(exposures_rows(n, k) for n, k in ((52, 1), (52, 2), (52, 3), (12, 2)))))

ROWS: tuple[Row, ...] = (*BASE_RATES, *CHECKS, *EXPOSURES)
