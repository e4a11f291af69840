"""Reviews as a queue that is served once a week, against exact theory: a bulk queue in discrete time.

In an exchange this week's cases join first, those out of patience go, then the first in line are decided: `Q' = max(0, Bin(Q, s) + A - c)`
with Poisson arrivals `A` and a share `s` whose patience outlasts the week. The queue is that of real cases: people act, a channel sees it,
the list is entered or repeated, notice comes the same day, everyone files at once, and nobody is heard with success, so that nothing feeds
back. Many small towns make many independent queues. Servers that work in continuous time are no mechanism of the product: see
`queues-continuous`.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy import stats

from glasshouse.engine import queues as engine
from glasshouse.engine.layout import APPEALS
from glasshouse.mechanism.classes import SOUND
from glasshouse.scheme.model import Scheme
from glasshouse.validation.estimates import mean_of, ratio_of, share_of
from glasshouse.validation.live import Floats, machine, town_by_town
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, scheme, town, world
from glasshouse.validation.values import days, mean_days, share, stage

WEEKS_A_YEAR = RATE_YEAR / 7
ERRORS = ("mistaken identity", "false report", "misrecorded", "ground unmet", "sound")
EXACT: dict[str, Any] = {"table": Table.THEORY, "origin": Origin.THEOREM, "through": Through.PRODUCT, "pins": ("review queue",)}
FILED, DECIDED, GIVEN_UP, WEEKS = 0, slice(1, 3), 3, 4
assert APPEALS == ("filed", "upheld", "rejected", "given up", "weeks")


def queueing(c: float, people: int, *, patience: float | None = None) -> Scheme:
    """Every record is a case at once; `c` are decided a week in a town of so many, all rejected."""
    review: dict[str, Any] = {
        "lists": ["register"],
        "filed": {name: share(1, "record") for name in ERRORS},
        "files_after": mean_days(0),
        "gives_up_after": mean_days(patience) if patience else None,
        "stages": [stage(10_000 * c / people, 0, 0)],
        "corrects": ["list"],
    }
    notice = {"lists": ["register"], "when": "after", "period": days(0), "reaches": share(1, "person")}
    return scheme(changes={"notice": notice, "review": review})


def served_first(a: int, week: int, people: int, clock: Any, rules: Any, more: Any, post: Any, queue: Any, line: Any, letter: Any,
                 first_letter: Any, last_letter: Any, wake: Any, logs: Any, lay: Any, t: Any) -> None:  # fmt: skip
    """Wrong: the week's places go to those who wait already, and then the week's cases join."""
    told = (clock, rules, more, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)
    engine.serve(a, 0, week, people, True, False, *told)
    engine.join_queue(a, week, clock, post, queue, line, letter, lay, t)


@cache
def appeals(
    cases: float, c: float, people: int, towns: int, weeks: int, patience: float | None = None, wrong: str = ""
) -> Floats:  # fmt: skip
    """What came of the sound cases of each town, a row each, where so many are filed a week."""
    place = world(cases / people * WEEKS_A_YEAR, changes=town(people))
    rules = queueing(c, people, patience=patience)
    plain = wrong == "served first"
    run = machine(place, rules, people=people * towns, weeks=weeks, seed=301, followup=0, plain=plain)
    if plain:
        with patch("glasshouse.engine.exchange.review_week", served_first):
            return town_by_town(run, "appeals")[:, 0, 0, SOUND].astype(float)
    return town_by_town(run, "appeals")[:, 0, 0, SOUND].astype(float)


def waiting(steps: Floats) -> Floats:
    """Those who wait after the last week, by town."""
    return np.asarray(steps[:, FILED] - steps[:, 1:4].sum(axis=1))


@dataclass(frozen=True)
class Chain:
    """The queue after each week from empty: its distribution at the end, its means, and what it expects to have decided and lost."""

    end: Floats
    means: Floats
    decided: float
    given_up: float

    @property
    def mean(self) -> float:
        """Those expected to wait after the last week."""
        return float(self.means[-1])


@cache
def chain(cases: float, c: int, weeks: int, stay: float = 1.0, at_once: float = 0.0, most: int = 260) -> Chain:
    """`Q' = max(0, Bin(Q, stay) + A - c)`; of those who arrive, a share gives up before their first exchange."""
    n = np.arange(most)
    arrivals = stats.poisson(cases * (1 - at_once)).pmf(n)
    stays = stats.binom.pmf(n[None, :], n[:, None], stay) if stay < 1 else np.eye(most)
    now = np.eye(most)[0]
    means, decided, given_up = [], 0.0, 0.0
    for _ in range(weeks):
        given_up += float(now @ n) * (1 - stay) + cases * at_once
        before = np.convolve(now @ stays, arrivals)[:most]
        decided += float(before @ np.minimum(n, c))
        now = np.concatenate([[before[: c + 1].sum()], before[c + 1 :], np.zeros(c)])
        means.append(float(now @ n))
    assert now.sum() > 1 - 1e-9, "the chain is cut off too low"
    return Chain(now, np.array(means), decided, given_up)


def stationary_mean(cases: float, c: int) -> float:
    """By the roots of `z ** c = exp(cases * (z - 1))` inside the unit circle."""
    total = (cases - (c - cases) * (c - 1 + cases)) / (2 * (c - cases))
    for k in range(1, c):
        z = 0j
        for _ in range(500):
            z = cmath.exp(2j * math.pi * k / c + cases * (z - 1) / c)
        total += (1 / (1 - z)).real
    return total


# 3.5 The weekly queue -----------------------------------------------------------------------------------------------------------------

SHORT, LONG = (9.0, 10, 50), (0.9, 1, 20)  # cases a week, places, people of a town
TOWNS = {SHORT: {Size.QUICK: 200, Size.FULL: 3_000}, LONG: {Size.QUICK: 500, Size.FULL: 4_000}}
WEEKS_OF = {SHORT: 52, LONG: 208}
IMPATIENT = 70.0  # days: a tenth gives up a week


def weekly(kind: tuple[float, int, int], size: Size, wrong: str = "", patience: float | None = None) -> Floats:
    """Towns of one of the two settings."""
    if wrong:  # by the uncompiled engine: few and small towns
        return appeals(kind[0], kind[1], 10, 12, 20, patience, wrong)
    return appeals(*kind, TOWNS[kind][size], WEEKS_OF[kind], patience)


def weekly_row(kind: tuple[float, int, int], wrong: Wrong) -> Row:
    """Those who wait after the last week, against the stationary mean."""
    target = stationary_mean(kind[0], kind[1])
    theory = chain(kind[0], kind[1], WEEKS_OF[kind])
    return Row(
        name=f"weekly-queue-{kind[1]}", title=f"Cases that wait, {kind[0]:g} a week for {kind[1]} place{'s' if kind[1] > 1 else ''} a week",
        target=target, unit="cases", sources=(), measure=lambda size: mean_of(waiting(weekly(kind, size))), wrong=(wrong,),
        bias=abs(target - theory.mean), bias_why=f"the queue starts empty: the same chain after {WEEKS_OF[kind]} weeks", **EXACT,
    )  # fmt: skip


def first_served(size: Size) -> Found:
    return mean_of(waiting(weekly(SHORT, size, wrong="served first")))


def with_patience(size: Size) -> Found:
    return mean_of(waiting(weekly(LONG, size, patience=IMPATIENT)))


def nobody(steps: Floats) -> Found:
    return share_of(float((waiting(steps) == 0).sum()), len(steps))


SERVED_FIRST = "The week's places go to those who wait already, and then the week's cases join."
WEEKLY = (
    weekly_row(LONG, Wrong("patience-left-on", "A tenth of those who wait gives up a week.", with_patience)),
    weekly_row(SHORT, Wrong("served-before-arrivals", SERVED_FIRST, first_served)),
    Row(
        name="weekly-queue-nobody", title="Weeks in which nobody is left waiting, 9 cases a week for 10 places", target=0.446500,
        unit="share of weeks", sources=(), measure=lambda size: nobody(weekly(SHORT, size)),
        wrong=(Wrong("served-before-arrivals", SERVED_FIRST, lambda size: nobody(weekly(SHORT, size, wrong="served first"))),),
        bias=abs(float(chain(9.0, 10, 52).end[0]) - 0.446500) + 5e-7, bias_why="the queue starts empty: the same chain after 52 weeks",
        **EXACT,
    ),
)  # fmt: skip

# 3.4 Overload -------------------------------------------------------------------------------------------------------------------------

OVERLOAD = (20.0, 10, 50)
FEW = {Size.QUICK: 60, Size.FULL: 600}


def overload(size: Size, cases: float = 20.0) -> Floats:
    return appeals(cases, 10, 50, FEW[size], 52)


def growth(steps: Floats) -> Found:
    return mean_of(waiting(steps) / 52)


def wait_of_decided(steps: Floats) -> Found:
    return ratio_of(steps[:, WEEKS], steps[:, DECIDED].sum(axis=1))


LOST = 10 * 52 - chain(20.0, 10, 52, 1.0, 0.0, 1_600).decided  # places left empty in the first weeks
FLUID_WAIT = (1 - 10 / 20) * 52 / 2
OVERLOADED = (
    Row(
        name="overload-growth", title="What a backlog grows by a week, 20 cases for 10 places", target=10.0, unit="cases a week",
        sources=(),
        measure=lambda size: growth(overload(size)), bias=LOST / 52, bias_why="places left empty in the first weeks, by the chain",
        wrong=(Wrong("cases-come-back", "Half of those decided go to the end of the line again: five more cases a week.",
                     lambda size: growth(overload(size, 25.0))),), **EXACT,
    ),
    Row(
        name="overload-wait", title="Mean wait of those decided within a year, 20 cases a week for 10 places", target=FLUID_WAIT,
        unit="weeks",
        sources=(), measure=lambda size: wait_of_decided(overload(size)), bias=1 + LOST / 10,
        bias_why="both fall on whole weeks, which moves a wait by up to a week, and a lost place delays all by a tenth of one",
        wrong=(Wrong("wait-of-a-balanced-queue", "The cases are those of a queue that keeps up.",
                     lambda size: wait_of_decided(overload(size, 10.0))),), **EXACT,
    ),
)  # fmt: skip

# 3.3 Giving up, in weeks --------------------------------------------------------------------------------------------------------------


def patience_rates() -> tuple[float, float]:
    """Who waits on through a week, and who gives up before their first exchange: cases come on every day of a week alike."""
    at_once = sum(1 - math.exp(-(7 - day) / IMPATIENT) for day in range(7)) / 7
    return math.exp(-7 / IMPATIENT), at_once


STAY, AT_ONCE = patience_rates()
CROWDED = chain(15.0, 10, 156, STAY, AT_ONCE)


def crowded(size: Size, patience: float = IMPATIENT) -> Floats:
    return appeals(15.0, 10, 50, FEW[size], 156, patience)


def give_up_rate(size: Size, patience: float = IMPATIENT) -> Found:
    steps = crowded(size, patience)
    return ratio_of(steps[:, GIVEN_UP], steps[:, FILED])


FLUID = 1 - 10 / 15
GIVING_UP = (
    Row(
        name="giving-up", title="Those who give up, 15 cases a week for 10 places, a tenth of those who wait going a week", target=FLUID,
        unit="share of cases", sources=("garnett-2002",), measure=give_up_rate,
        bias=abs(CROWDED.given_up / (156 * 15) - FLUID),
        bias_why="the queue starts empty and fills within a year: the same chain over 156 weeks; once full the share is the fluid limit's",
        wrong=(Wrong("patience-of-a-month", "Patience of 30 days instead of 70 empties the line before places do.",
                     lambda size: give_up_rate(size, 7.0)),), **EXACT,
    ),
    Row(
        name="giving-up-line", title="Those who wait just after the week's decisions, in the same queue",
        target=(15 * (1 - AT_ONCE) - 10) / (1 - STAY), unit="cases", sources=("garnett-2002",),
        measure=lambda size: mean_of(waiting(crowded(size))), bias=1e-3, bias_why="what three years leave of the empty start",
        wrong=(Wrong("patience-of-a-fortnight", "Patience of a fortnight.", lambda size: mean_of(waiting(crowded(size, 14.0)))),), **EXACT,
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*WEEKLY, *OVERLOADED, *GIVING_UP)
