"""What a scheme is compared with, and how a day gets its one class: twins without error and without ties, the same draws, a past.

And what of notice and review was left: a stay, what is learnt at the gate, points that are corrected too, and gates that children meet.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import CLASSES, INDUCED, PROTECTED, SPARED, UNRELATED
from glasshouse.mechanism.lists import CORRECTED
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.variants import alone, error_free
from glasshouse.validation.estimates import mean_of, share_of
from glasshouse.validation.exact import ever, exact
from glasshouse.validation.live import Counted, lived, machine, town_by_town
from glasshouse.validation.remedies import review
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, YEAR, conduct, scheme, town, world
from glasshouse.validation.values import Block, days, mean_days, rate, share, stage
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 100_000}
TOWNS = {Size.QUICK: 40, Size.FULL: 400}


def by_class(counts: Counted, arm: int = 0) -> list[int]:
    """People by class of the last counted day."""
    return [int(n) for n in np.cumsum(counts["days"][arm, 0, : len(CLASSES)], axis=-1)[:, -2]]


def closed(needs: str = "train", **more: Any) -> Block:
    """A gate of the list that refuses always."""
    gate: Block = {"text": "closed", "list": "register", "on": "self", "needs": [needs], "context": "court"}
    return gate | {"compliance": share(1, "attempt")} | more


# Twins --------------------------------------------------------------------------------------------------------------------------------


def beside_twins(here: World, law: Scheme, people: int, seed: int, compared: bool = True) -> Machine:
    """A scheme, its twin without error and its twin without ties; `compared`: days are told apart by them."""
    tables = compile_world(here)
    own = compile_scheme(law, here, tables)
    pairs = [(1, 2) if compared else (-1, -1), (-1, -1), (-1, -1)]
    return Machine(tables, [own, error_free(own), alone(own)], Times(people=people, weeks=52, seed=seed, followup=0), pairs=pairs)


LISTED, TRIED = 1.0, 2.0  # false records, attempts a year


@cache
def after_an_error(size: Size, compared: bool = True) -> Found:
    """People sanctioned at the end of a year for a real default that a refusal led to, which a false record had led to."""
    trap = {"unable": share(1, "attempt"), "defaults": share(1, "person"), "category": "act", "after": mean_days(0)}
    rules = {
        "lists.wrongly": {"text": "a list", "sanction": True, "term": None, "repeat": {"effect": "none"}, "performed_after": None},
        "channels.eye.covers": ["act", "mix-up"],
        "rules.items": [
            {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "list": "register"},
            {"id": "other", "text": "another's", "when": "mix-up", "legal": "unlawful", "list": "wrongly"},
        ],
        "rules.weights": {"evidence": "assumed", "why": "one rule each", "equal": True},
        "false_records.false": {"origin": "another's act", "channel": "eye", "covers": ["mix-up"], "rate": rate(LISTED)},
        "gates.g": closed(trap=trap, list="wrongly"),
    }
    place = world(0, false_records=4, changes={**conduct("mix-up", 0, "unlawful"), "needs.train.rate": TRIED})
    run = beside_twins(place, scheme(changes=rules), PEOPLE[size], 141, compared)
    return share_of(by_class(lived(run))[INDUCED], PEOPLE[size])


def chained(listed: float, tried: float, last: float) -> float:
    """Chance that a first event and then a second fall within so many days."""
    t = last / RATE_YEAR
    return 1 - (tried * math.exp(-listed * t) - listed * math.exp(-tried * t)) / (tried - listed)


LED_TO = chained(LISTED, TRIED, YEAR - 1)


@cache
def through_others(size: Size, all_of_it: bool = False) -> Found:
    """Of person-days, those on which people in households of two are sanctioned for the other's act alone; independent towns."""
    people = 200 * TOWNS[size]
    place = world(1, changes=town(200, household=2))
    run = beside_twins(place, scheme(changes={"lists.register.binds": "household"}), people, 142)
    if all_of_it:
        days_on = np.cumsum(town_by_town(run, "days")[:, 0, 0, :SPARED].sum(axis=1), axis=-1)[:, :-1].sum(axis=1)
        return mean_of(days_on / (200 * YEAR), "towns")
    return mean_of(town_by_town(run, "tied")[:, 0, :, 0].sum(axis=1) / (200 * YEAR), "towns")


def mean_over_year(chance_by_day: list[float]) -> float:
    """The mean over the days of a year."""
    return float(np.mean(chance_by_day))


BY_OTHERS = mean_over_year([math.exp(-d / RATE_YEAR) * -math.expm1(-(7 * (d // 7)) / RATE_YEAR) for d in range(1, YEAR + 1)])
TWINS = (
    exact(
        "error-induced", "People sanctioned for a default of their own that a refusal led to, and a false record to that", LED_TO,
        "share of people", "error-free twin, classes, traps", after_an_error,
        ("not-compared", "There is no twin without error to compare with.", lambda size: after_an_error(size, False)),
        bias=abs(chained(LISTED, TRIED, YEAR) - chained(LISTED, TRIED, YEAR - 2)),
        bias_why="the default follows a day after the refusal, and an attempt of the day of the listing is refused only after it",
    ),
    exact(
        "twin-alone", "Person-days sanctioned through the other of a household of two and not for one's own act", BY_OTHERS,
        "share of person-days", "twin alone, household liability", through_others,
        ("all-of-it", "All sanctioned days are taken for it.", lambda size: through_others(size, True)),
        bias=1 / RATE_YEAR, bias_why="an act on the last day of a week is known to the other at that week's end: a day's acts at most",
    ),
)  # fmt: skip

# Classes of days ----------------------------------------------------------------------------------------------------------------------

TERM, YARDSTICK, ACTS, SAID = 100, 60, 2.0, 3.0


@cache
def beyond_yardstick(size: Size, longest: float | None = YARDSTICK) -> Found:
    """Of those listed at a moment for 100 days, those for whom ordinary law's 60 days are over."""
    law = {"ordinary_law": {"text": "a yardstick", "longest": days(longest) if longest else None, "source": "made-up"}, "gates.g": closed()}
    run = machine(world(ACTS), scheme(term=TERM, changes=law), people=PEOPLE[size], seed=143, history=728, followup=0)
    people = by_class(lived(run))
    return share_of(people[UNRELATED], sum(people))


@cache
def for_speech(size: Size, legal: str = "protected") -> Found:
    """Of those listed at the end, those whom only speech keeps there; each record restarts 100 days."""
    rules = {
        "channels.eye.covers": ["act", "speech"],
        "rules.items": [
            {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "list": "register"},
            {"id": "said", "text": "speech", "when": "speech", "legal": legal, "list": "register"},
        ],
        "rules.weights": {"evidence": "assumed", "why": "one rule each", "equal": True},
        "gates.g": closed(),
    }
    place = world(ACTS, changes=conduct("speech", SAID, "protected"))
    run = machine(place, scheme(term=TERM, repeat="restart", changes=rules), people=PEOPLE[size], seed=144, followup=0)
    people = by_class(lived(run))
    return share_of(people[PROTECTED], sum(people))


SPOKEN, ACTED = (-math.expm1(-x * TERM / RATE_YEAR) for x in (SAID, ACTS))
DAYS_OF = (
    exact(
        "beyond-the-yardstick", "Of those listed for 100 days, those for whom the 60 days of ordinary law are over", 1 - YARDSTICK / TERM,
        "share of those listed", "classes", beyond_yardstick,
        ("no-yardstick", "No yardstick is stated.", lambda size: beyond_yardstick(size, None)),
    ),
    exact(
        "protected-days", "Of those listed, those whom speech alone keeps there, where an act or speech restarts 100 days",
        (1 - ACTED) * SPOKEN / (1 - (1 - ACTED) * (1 - SPOKEN)), "share of those listed", "classes", for_speech,
        ("counted-as-unlawful", "The scheme's own word for it is taken: unlawful.", lambda size: for_speech(size, "unlawful")),
    ),
)  # fmt: skip

# The same draws, and a past -----------------------------------------------------------------------------------------------------------

LOWER, HIGHER = 0.3, 0.6


@cache
def lost(size: Size, coupled: bool = True) -> Found:
    """People listed at the lower sensitivity and not at the higher one, in towns of one."""
    n = PEOPLE[size] // 20
    place = world(1, changes=town(1))
    if coupled:
        ever_listed = town_by_town(machine(place, scheme(seen=LOWER), scheme(seen=HIGHER), people=n, seed=145, followup=0), "ever_listed")
        low, high = ever_listed[:, 0].sum(axis=1), ever_listed[:, 1].sum(axis=1)
    else:
        low, high = (
            town_by_town(machine(place, scheme(seen=seen), people=n, seed=seed, followup=0), "ever_listed")[:, 0].sum(axis=1)
            for seen, seed in ((LOWER, 145), (HIGHER, 146))
        )
    return share_of(int(((low > 0) & (high == 0)).sum()), n)


@cache
def on_the_first_day(size: Size, history: int = 728) -> Found:
    """People listed on the first counted day, at five hits a year that each restart 73 days."""
    n = PEOPLE[size]
    run = machine(world(5), scheme(term=73, repeat="restart"), people=n, weeks=1, seed=147, history=history, followup=0)
    return share_of(int(lived(run)["days"][0, 0, :SPARED, 0].sum()), n)


@cache
def owing(size: Size, stock: float = 0.3) -> Found:
    """Adults with a debt when counted time begins."""
    n = PEOPLE[size]
    counts = lived(machine(world(0, changes={"money.owing_at_start": stock}), scheme(), people=n, weeks=1, seed=148, followup=0))
    return share_of(counts["debts_start"].sum(), n)


DRAWS = (
    exact(
        "same-draws", "People listed at a sensitivity of 0.3 who are not at 0.6: a higher one sees all that a lower one saw", 0.0,
        "share of people", "same draws", lost, ("apart", "Each scheme is lived with luck of its own.", lambda size: lost(size, False)),
    ),
    exact(
        "mature-start", "People listed on the first counted day of a scheme in its third year, five hits a year restarting 73 days each",
        ever(5, 73), "share of people", "history, terms", on_the_first_day,
        ("a-launch", "Everyone begins clean.", lambda size: on_the_first_day(size, 0)),
    ),
    exact(
        "debts-at-start", "Adults who owe when counted time begins, where three in ten do", 0.3, "share of adults", "history, money", owing,
        ("clean-start", "Nobody owes at first.", lambda size: owing(size, 0.0)),
    ),
)  # fmt: skip

# Stays, gates, points, children -------------------------------------------------------------------------------------------------------

FALSE, FILED, UPHELD, NOTICE = 1.0, 0.5, 0.7, 90  # as `remedies.review` has them


@cache
def stayed(size: Size, notice: str = "before") -> Found:
    """Listed within a year where a notice of 90 days comes before, and what is filed is decided first."""
    n = PEOPLE[size]
    rules = scheme(seen=0, false_rate=FALSE, changes=review([stage(None, UPHELD, 0.2)], ["list"], notice, NOTICE))
    return share_of(lived(machine(world(0), rules, people=n, seed=149, followup=0))["ever_listed"].sum(), n)


SOONER = FILED * (1 - UPHELD) * FALSE  # rejected at the end of the week, and then listed at once
STAYED = -math.expm1(-(FILED * FALSE * (YEAR - NOTICE) + SOONER * (YEAR - 3.5)) / RATE_YEAR)
GATE_TERM, GATE_TRIES = 73, 6.0


@cache
def told_at_the_gate(size: Size, when: str = "at the gate") -> Found:
    """False spells corrected where all refusals are contested and all contests upheld, and people learn of it so."""
    one = [stage(None, 1, 1)]
    block = review(one, ["list"], when)
    block["review"]["filed"] = {name: share(1, "record") for name in block["review"]["filed"]}
    if when == "at the gate":
        block["notice"] = {"lists": ["register"], "when": when}
    rules = scheme(seen=0, false_rate=0.2, term=GATE_TERM, changes={**block, "gates.g": closed()})
    run = machine(world(0, changes={"needs.train.rate": GATE_TRIES}), rules, people=PEOPLE[size], seed=150)
    ended = lived(run)["durations"][0].sum(axis=(0, 2))
    return share_of(ended[CORRECTED], ended.sum())


@cache
def points_mended(size: Size, corrects: str = "list points") -> Found:
    """Below the start at the end of a year of false records, each a point and a listing under review."""
    item = {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "points": -1, "list": "register"}
    rules = {**review([stage(None, UPHELD, 0.2)], corrects.split()), "rules.items": [item],
             "grades": [{"name": "good", "from_points": 1000}, {"name": "low", "from_points": None}]}  # fmt: skip
    law = scheme(points=-1, false_rate=FALSE, seen=0, term=14, changes=rules)
    people = lived(machine(world(0), law, people=PEOPLE[size], seed=151, followup=0))["grades"][0].sum(axis=0)
    return share_of(people[1], people.sum())


KEPT = FALSE * (1 - FILED * UPHELD)


@cache
def children(size: Size, on: str = "parent") -> Found:
    """Attempts of children refused for a parent's listing, households of an adult and a child; independent towns."""
    homes = [{"adults": 1, "minors": 1, "share": share(1, "household")}]
    place = world(1, changes={**town(200), "households": homes, "needs.train.who": "minor", "needs.train.rate": 10.0})
    run = machine(place, scheme(changes={"gates.g": closed(on=on)}), people=200 * TOWNS[size], seed=152, followup=0)
    denied, tried = (town_by_town(run, name).reshape(TOWNS[size], -1).sum(axis=1) for name in ("denials", "attempts"))
    return mean_of(denied / tried, "towns")


BY_PARENT = mean_over_year([-math.expm1(-7 * (d // 7) / RATE_YEAR) for d in range(YEAR)])
LEFT_OVER = (
    exact(
        "notice-stay", "People listed within a year on false records, with a notice of 90 days before and a review that stays the listing",
        STAYED, "share of people", "notice, review", stayed,
        ("after", "The notice comes after, and the listing does not wait.", lambda size: stayed(size, "after")),
        bias=SOONER * 3.5 / RATE_YEAR + FALSE / RATE_YEAR, bias_why="decisions are made at the end of a week, and days are whole",
    ),
    exact(
        "notice-at-the-gate", "False spells of 73 days corrected where people learn of them at a first refusal, of six attempts a year",
        ever(GATE_TRIES, GATE_TERM - 4), "share of spells", "notice, gates", told_at_the_gate,
        ("told-at-once", "A notice reaches everyone on the day.", lambda size: told_at_the_gate(size, "after")),
        bias=GATE_TRIES * 3.5 / RATE_YEAR, bias_why="a refusal in the week of the end is decided too late: within half a week of four days",
    ),
    exact(
        "points-corrected", "People below the start after a year of false records where a review mends points too", ever(KEPT),
        "share of people", "review, points", points_mended,
        ("list-alone", "It mends the list alone.", lambda size: points_mended(size, "list")), bias=FALSE * FILED * UPHELD * 7 / RATE_YEAR,
        bias_why="what comes up in the last week is decided after it",
    ),
    exact(
        "children-refused", "Attempts of children refused because their one parent is listed, at one act a year", BY_PARENT,
        "share of attempts", "children, gates", children,
        ("own-list", "The child's own listing counts.", lambda size: children(size, "self")),
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*TWINS, *DAYS_OF, *DRAWS, *LEFT_OVER)
