"""What rules say of records: conditions, caps, floors, doubling, overlap, pledges, further ways off a list. Each against a closed form."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from scipy import stats

from glasshouse.mechanism.classes import GROUND_UNMET
from glasshouse.mechanism.lists import EXPIRED, FIRST_HAZARD
from glasshouse.scheme.model import Scheme
from glasshouse.validation.estimates import mean_of, share_of
from glasshouse.validation.exact import COUNTED, ever, exact
from glasshouse.validation.live import lived, machine
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, YEAR, conduct, scheme, world
from glasshouse.validation.values import Block, days, mean_days, share, text, value

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 100_000}

# Points -------------------------------------------------------------------------------------------------------------------------------

ACTS, MOST = 3.0, 3
NUMBER = stats.poisson(ACTS * COUNTED)


def by_points(
    *items: Block, floor: float | None = None, doubles: bool = False, overlap: str = "all apply", cap: float | None = None
) -> Block:
    """Changes: an account that begins at nought, with a grade for each point from 4 above to 6 below."""
    points = {"start": text(0, "points"), "floor": text(floor, "points") if floor is not None else None, "cap": None, "repeat_doubles":
              doubles, "overlap": overlap} | ({"caps": {"most": {"points": text(cap, "points")}}} if cap else {})  # fmt: skip
    bounds = [*range(4, -7, -1), None]
    return {
        "points": points,
        "grades": [{"name": f"{bound}", "from_points": float(bound) if bound is not None else None} for bound in bounds],
        "rules.items": list(items),
        "rules.weights": {"evidence": "assumed", "why": "one rule each", "equal": True},
    }


def item(points: float, **more: Any) -> Block:
    """A rule for the one act there is."""
    return {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "points": points} | more


@cache
def graded(size: Size, name: str) -> tuple[int, ...]:
    """People by points at the end of a year, from 4 above the start down to 6 below, and less."""
    deed = {"channels.eye.covers": ["act", "deed"]}
    good = {"id": "rule", "text": "a deed", "when": "deed", "legal": "lawful", "commendation": True, "points": 1.0}
    two = (item(-1.0, also="other"), item(-2.0, id="other", weight=0.0))
    settings: dict[str, Block] = {
        "capped": by_points(good | {"cap": "most"}, cap=MOST) | deed,
        "uncapped": by_points(good) | deed,
        "floor": by_points(item(-1.0), floor=-MOST),
        "no floor": by_points(item(-1.0)),
        "doubled": by_points(item(-1.0), doubles=True),
        "highest": by_points(*two, overlap="highest only"),
        "all": by_points(*two),
        "pledged": by_points(item(-1.0, repair={"on": "pledge", "after": mean_days(PLEDGED), "points": 0.0, "validity": days(1)})),
    }
    good_deeds = name in ("capped", "uncapped")
    place = world(0 if good_deeds else ACTS, changes=conduct("deed", ACTS, "commendable") if good_deeds else None)
    counts = lived(machine(place, scheme(changes=settings[name]), people=PEOPLE[size], seed=131, followup=0))
    return tuple(int(n) for n in counts["grades"][0].sum(axis=0)[:12])


def at(size: Size, name: str, points: int) -> Found:
    """People who stand at just so many points."""
    people = graded(size, name)
    return share_of(people[4 - points], sum(people))


def at_most(size: Size, name: str, points: int) -> Found:
    """People who stand at so many points or fewer."""
    people = graded(size, name)
    return share_of(sum(people[4 - points :]), sum(people))


PLEDGED = 60.0
LEFT = ACTS * PLEDGED / RATE_YEAR * -math.expm1(-YEAR / PLEDGED)
LEFT_IN_DAYS = ACTS / RATE_YEAR * (1 + sum(math.exp(-age / PLEDGED) for age in range(YEAR - 1)))
POINTS = (
    exact(
        "points-cap", "People with three points for good deeds where no more than three a year count", float(NUMBER.sf(2)),
        "share of people", "points, caps and floors", lambda size: at(size, "capped", MOST),
        ("no-cap", "All points count.", lambda size: at(size, "uncapped", MOST)),
    ),
    exact(
        "points-floor", "People three points below the start, below which nobody falls", float(NUMBER.sf(2)), "share of people",
        "points, caps and floors", lambda size: at(size, "floor", -MOST),
        ("no-floor", "People fall on.", lambda size: at(size, "no floor", -MOST)),
    ),
    exact(
        "points-doubled", "People three points down or more where a repeated act counts double: two acts", float(NUMBER.sf(1)),
        "share of people", "points, doubling and overlap", lambda size: at_most(size, "doubled", -3),
        ("once", "A repeated act counts once.", lambda size: at_most(size, "no floor", -3)),
    ),
    exact(
        "points-highest", "People three points down or more where of two rules, for one point and two, the heavier counts: two acts",
        float(NUMBER.sf(1)), "share of people", "points, doubling and overlap", lambda size: at_most(size, "highest", -3),
        ("all-apply", "Both rules count.", lambda size: at_most(size, "all", -3)),
    ),
    exact(
        "pledge", "People below the start where a pledge mends a record after 60 days on average: a queue with room for all",
        -math.expm1(-LEFT), "share of people", "repair", lambda size: at_most(size, "pledged", -1),
        ("no-pledge", "Nothing is mended.", lambda size: at_most(size, "no floor", -1)),
        bias=abs(math.exp(-LEFT) - math.exp(-LEFT_IN_DAYS)), bias_why="a pledge falls on a whole day, the next one at the soonest",
    ),
)  # fmt: skip

# Conditions ---------------------------------------------------------------------------------------------------------------------------

UNABLE, CHECKED, RECORDS = 0.4, 0.25, 2.0


@cache
def unmet(size: Size, checked: float = CHECKED) -> Found:
    """Of entries, those of people who could not pay, though the rule asks for it; a flag lasts a day."""
    rules = {"rules.items.rule.requires": ["able"], "rules.checked": share(checked, "record")}
    place = world(RECORDS, changes={"money.unable_at_start": [share(UNABLE, "adult")] * 3})
    counts = lived(machine(place, scheme(term=1, changes=rules), people=PEOPLE[size], seed=132, followup=0))["entries"][0, 0].sum(axis=0)
    found = share_of(counts[GROUND_UNMET], counts.sum())
    return Found(found.value, found.standard_error * math.sqrt(1 + RECORDS), found.runs)  # a person's entries, Poisson, are of one kind


UNMET = UNABLE * (1 - CHECKED) / (1 - UNABLE * CHECKED)
UNMET_A_DAY = UNABLE * ever(RECORDS * (1 - CHECKED), 1)
UNMET_IN_DAYS = UNMET_A_DAY / (UNMET_A_DAY + (1 - UNABLE) * ever(RECORDS, 1))
CONDITIONS = exact(
    "ground-unmet", "Entries of people who cannot pay, 40 %, where the rule asks for it and a quarter of such cases are noticed", UNMET,
    "share of entries", "conditions, classes", unmet, ("not-checked", "Nobody looks.", lambda size: unmet(size, 0.0)),
    bias=abs(UNMET_IN_DAYS - UNMET), bias_why="two records on one day are one entry: the same odds of days",
)  # fmt: skip

# Ways off a list, and longer terms ----------------------------------------------------------------------------------------------------

TERM, OTHER, HITS = 73, 60.0, 5.0


@cache
def by_the_unable(size: Size, only: bool = True) -> Found:
    """Spells, begun in ten weeks, that end in a way that is open to those who cannot pay, 40 %, and to nobody else."""
    other = {"text": "a way off", "mean": mean_days(OTHER), "only_unable": only}
    place = world(HITS, changes={"money.unable_at_start": [share(UNABLE, "adult")] * 3})
    rules = scheme(term=TERM, changes={"lists.register.exits.other": other})
    run = machine(place, rules, people=PEOPLE[size], weeks=10, seed=133, history=728)
    ended = lived(run)["durations"][0].sum(axis=(0, 2))
    found = share_of(ended[FIRST_HAZARD], ended[[FIRST_HAZARD, EXPIRED]].sum())
    return Found(found.value, found.standard_error * math.sqrt(2), found.runs)  # one person may begin two spells, both of one kind


def unable_spells() -> float:
    """Spells, not people: those who may leave sooner enter more often. By cycles in days."""
    stay = sum(math.exp(-age / OTHER) for age in range(TERM))
    off = 1 / ever(HITS, 1) - 1
    unable, able = UNABLE / (stay + off), (1 - UNABLE) / (TERM + off)
    return unable / (unable + able) * -math.expm1(-TERM / OTHER)


BY_UNABLE = unable_spells()
EXTENSION, LONGEST, OFTEN = 30, 60, 6.0


def mean_spell(rules: Scheme, size: Size, seed: int) -> Found:
    """Mean spell in days, by entries, at six hits a year; every spell is followed to its end."""
    ended = lived(machine(world(OFTEN), rules, people=PEOPLE[size] // 4, seed=seed))["durations"][0].sum(axis=(0, 1))
    lengths = np.array([i if i < 400 else 400 + 7 * (i - 400) for i in range(len(ended))], float)
    return mean_of(np.repeat(lengths, ended), "spells")


@cache
def extended(size: Size, longest: float | None = LONGEST) -> Found:
    """Mean spell in days where each hit adds 30 days to a term of 30, up to 60."""
    repeat = {"effect": "extend", "by": days(EXTENSION), "longest": days(longest) if longest else None}
    return mean_spell(scheme(term=EXTENSION, changes={"lists.register.repeat": repeat}), size, 134)


LEAST = 40  # days of a minimum term


@cache
def held_back(size: Size, least: int | None = LEAST) -> Found:
    """Mean spell in days where the only way off comes after 60 days on average, and nobody comes off before a minimum."""
    return mean_spell(scheme(exit_mean=OTHER, changes={"lists.register.minimum": days(least)} if least else {}), size, 137)


def added(size: Size) -> Found:
    """The same if the minimum came on top of the time drawn."""
    free = held_back(size, None)
    return Found(free.value + LEAST, free.standard_error, free.runs, free.note)


SPELL = EXTENSION + EXTENSION * ever(OFTEN, EXTENSION)
HELD = LEAST + math.exp(-LEAST / OTHER) * OTHER
HELD_IN_DAYS = LEAST + math.exp(-LEAST / OTHER) / -math.expm1(-1 / OTHER)
TERMS = (
    exact(
        "exit-of-the-unable", "Spells that end in a way off that only those who cannot pay may take", BY_UNABLE, "share of spells", "exits",
        by_the_unable, ("open-to-all", "Everyone may take it.", lambda size: by_the_unable(size, False)),
    ),
    exact(
        "term-extended", "Mean spell where each of six hits a year adds 30 days to a term of 30, to no more than 60", SPELL, "days",
        "terms", extended, ("no-limit", "Every hit adds 30 days, without limit.", lambda size: extended(size, None)),
        bias=EXTENSION * OFTEN / RATE_YEAR, bias_why="a hit later on the day of entry extends, one on the day of the end does not: a day's "
        "hits at most",
    ),
    exact(
        "minimum-term", "Mean spell where the only way off comes after 60 days on average, and nobody comes off before 40", HELD, "days",
        "minimum term, exits", held_back, ("added", "The minimum is added to the time drawn.", added),
        bias=HELD_IN_DAYS - HELD, bias_why="the way off falls on a whole day, the next one at the soonest: the same theory in days",
    ),
)  # fmt: skip

# False records by what they are counted for, and by group -----------------------------------------------------------------------------

PER_RECORD, TIMES, ONE_GROUP = 0.1, 3.0, 0.3


@cache
def false_entries(size: Size, per: str = "record") -> Found:
    """Entries of another's act a person-year, at 3 true records a year; a flag lasts a day."""
    rate = value(PER_RECORD, per=per)
    false = {"origin": "another's act", "channel": "eye", "covers": ["act"], "rate": rate}
    rules = scheme(term=1, changes={"false_records.false": false})
    n = PEOPLE[size]
    counts = lived(machine(world(ACTS, false_records=2), rules, people=n, seed=135, followup=0))["entries"][0, 0].sum(axis=0)
    wrong = float(counts[1])
    return Found(wrong / (n * COUNTED), math.sqrt(max(wrong, 1)) / (n * COUNTED), n)


@cache
def falls_on(size: Size, times: float = TIMES) -> Found:
    """Of entries of another's act, those of group B, half the town."""
    halves = {"A": value(0.5, unit="share"), "B": value(0.5, unit="share")}
    both = {"A": value(1, unit="times"), "B": value(1, unit="times")}
    place = world(0, false_records=4, changes={"groups": halves, "conduct_by_group": both, "visibility.by_group": both})
    rules = scheme(false_rate=ONE_GROUP, term=1, changes={"false_records.false.falls_on": {"B": value(times, unit="times")}})
    counts = lived(machine(place, rules, people=PEOPLE[size], seed=136, followup=0))["entries"][0, 0].sum(axis=1)
    return share_of(counts[1], counts.sum())


FALSE = (
    exact(
        "false-per-record", "False entries a person-year, at one for ten true records and three of these a year", PER_RECORD * ACTS,
        "entries a person-year", "denominators, false records", false_entries,
        ("per-person-year", "One in ten a person-year.", lambda size: false_entries(size, "person-year")),
        bias=PER_RECORD * ACTS * (ACTS * (1 + PER_RECORD) / RATE_YEAR),
        bias_why="a second record on the day of a flag makes no entry: the chance of one",
    ),
    exact(
        "false-by-group", "Entries of another's act that fall on group B, half the town, three times as often mistaken",
        TIMES / (1 + TIMES), "share of entries", "false records, unequal errors", falls_on,
        ("alike", "Both groups are mistaken alike.", lambda size: falls_on(size, 1.0)),
        bias=TIMES * ONE_GROUP / RATE_YEAR, bias_why="two false records on one day are one entry",
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*POINTS, CONDITIONS, *TERMS, *FALSE)
