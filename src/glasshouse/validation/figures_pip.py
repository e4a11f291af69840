"""Two stages of review: reconsideration and appeal of a disability benefit, and how long the first of them takes.

**Shares.** Put in: how many first decisions are appealed, how many reconsiderations change the award, how many go on, how many appeals are
conceded before a hearing, how many hearings are won. What comes out is the share of all first decisions that a hearing overturns. A hearing
waits its turn, so that the last appeals are not yet decided when the count is made. Which decisions were right does not matter here and
cannot be told: the model would give the same counts for many shares of wrong decisions.

**Waits.** Put in: the mean. What comes out is how far the quartiles lie from it in a queue that serves whoever came first. A mean over a
year says nothing of the trend within it; published medians went from 32 to 69 days in a year (central), and may have hardly moved or have
come from nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.layout import APPEALS
from glasshouse.engine.machine import Machine
from glasshouse.validation.figures_data import Point, published, with_wrong
from glasshouse.validation.figures_review import cases, days_waited, in_any_order, reviewed
from glasshouse.validation.live import LINES, lived, machine
from glasshouse.validation.rows import Figure, Forecast, Found, Measure, Size, Wrong
from glasshouse.validation.simple import RATE_YEAR, YEAR, town, world
from glasshouse.validation.values import stage

PEOPLE = {Size.QUICK: 4_000, Size.FULL: 20_000}
WEEKS = 312  # April 2013 to March 2019
UPHELD = APPEALS.index("upheld")
SHARES = ("appealed", "went-on", "reconsidered-changed", "lapsed", "won", "hearing-wait")
STEADY, FROM_NOTHING = 0.03, 2.0  # growth of the wait: days a day; from nothing: twice the mean in a year
HALF = 0.005  # what a whole per cent leaves open
CASES = 120  # decided a week: many, so that chance moves the wait by a few days at most
TOWN = 2_000
QUARTILES = ("lower", "median", "upper")


def said(name: str) -> float:
    """A published share."""
    return published("pip")[name].points[0].value


def said_unit(name: str) -> str:
    """What a published share is a share of."""
    return published("pip")[name].unit


@cache
def overturned_with(wait: float, size: Size) -> float:
    """Of first decisions, the share that a hearing has overturned by the end, if hearings come after so many weeks then.

    The second stage is what the product with two stages upholds beyond the product with the first stage alone, on the same draws.
    """
    people, a_year = PEOPLE[size], 1.0
    filed, changed = said("appealed") / said("went-on"), said("reconsidered-changed")
    to_hearing = said("went-on") / (1 - changed) * (1 - said("lapsed"))  # of those whose award was not changed
    came = people * a_year * 7 / RATE_YEAR * filed * (1 - changed) * to_hearing  # a week
    places = 10_000 / people * came * WEEKS / (WEEKS + wait) if wait else None
    one = reviewed([stage(None, changed, changed)], filed=filed)
    two = reviewed([stage(None, changed, changed, to_hearing), stage(places, said("won"), said("won"))], filed=filed)
    run = machine(world(a_year, changes=town(people)), two, one, people=people, weeks=WEEKS, seed=2019, followup=0)
    counts = lived(run)
    upheld = counts["appeals"][:, :, :, UPHELD].sum(axis=(1, 2))
    return float((upheld[0] - upheld[1]) / counts["acts"].sum())


def overturned(size: Size) -> Forecast:
    """The share of first decisions that a hearing overturned: hearings at once, and after the waits that were published later."""
    early, late = (p.value for p in published("pip")["hearing-wait"].points)
    appealed = said("appealed")
    found = [(overturned_with(wait, size), by) for wait in (early, late, 0.0) for by in (appealed, appealed - HALF, appealed + HALF)]
    shares = [share * by / appealed for share, by in found]
    note = f"hearings after {early:.0f} weeks; the ends: after {late:.0f}, or at once, and the share appealed half a per cent off"
    return Forecast(shares[0], min(shares), max(shares), note)


def went_on(_: Size) -> Forecast:
    """Of reconsiderations without change, those that were appealed: by two published shares of all reconsiderations."""
    changed = (said("reconsidered-changed"), said("reconsidered-changed-lately"))
    found = [said("went-on") / (1 - share) for share in changed]
    return Forecast(found[0], min(found), max(found), "highest: as many changed as in the last quarter")


def queues(growth: float, size: Size) -> Iterator[tuple[Machine, float]]:
    """Queues that grow so many days a day, in the product, each with the day on which the wait reaches the mean."""
    middle = max(YEAR / 2, said("wait") / growth)
    weeks = math.ceil((middle + YEAR / 2) / 7)
    place = world(CASES / (1 - growth) / TOWN * RATE_YEAR / 7, changes=town(TOWN))
    law = reviewed([stage(10_000 * CASES / TOWN, 0, 0)])
    for seed in range(1 if size is Size.QUICK else 4):
        yield machine(place, law, people=TOWN, weeks=weeks, seed=2022 + seed, followup=0), middle


@cache
def waits(growth: float, size: Size) -> tuple[float, float, float]:
    """Quartiles of the days waited in the year around the moment at which a queue that grows so many days a day reaches the mean."""
    found = []
    for run, middle in queues(growth, size):
        waited = days_waited(run, int(middle - YEAR / 2), int(middle + YEAR / 2))
        found.append(waited - waited.mean() + said("wait"))  # the mean is put in; a queue of this size misses it by chance
    return quartiles(np.concatenate(found))


def quartiles(waited: NDArray[np.float64] | NDArray[np.int64]) -> tuple[float, float, float]:
    """A quarter, a half and three quarters waited less."""
    a, b, c = np.quantile(waited, (0.25, 0.5, 0.75))
    return float(a), float(b), float(c)


def growth_2018() -> float:
    """Days a day by which the published median grew within a year."""
    before, after = published("pip")["median-wait"].points[:2]
    return (after.value - before.value) / (after.on - before.on).days


def quartile(which: int, size: Size) -> Forecast:
    """One quartile of the wait over the trends."""
    from_nothing = FROM_NOTHING * said("wait") / YEAR
    found = [waits(growth, size)[which] for growth in (growth_2018(), STEADY, from_nothing)]
    return Forecast(found[0], min(found), max(found), "a queue that grew as in 2018; the ends: hardly growing, or from nothing")


def _point(name: str) -> Point:
    return published("pip")[name].points[-1]


def _sources(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for name in names for s in published("pip")[name].sources))


def _wait(name: str, title: str, which: int, carried: float | None = None) -> Figure:
    return Figure(
        f"pip-{name}", title, _point(name).value, "days", _point(name).when, _sources(name, "wait", "median-wait"), ("review queue",),
        partial(quartile, which), carried=carried,
        explained="Whoever came first is served first in the model, so that cases of one week wait alike; in an office some take longer.",
    )  # fmt: skip


_FIGURES: tuple[Figure, ...] = (
    Figure(
        "pip-overturned", "First decisions that a hearing overturned", said("overturned"), "share of first decisions",
        _point("overturned").when, _sources("overturned", "hearing-wait"), ("review", "review queue"), overturned,
        explained="The published shares are whole per cents: 5 stands for 4.5 to 5.5. Appeals withdrawn are not in the model.",
    ),
    Figure(
        "pip-went-on", "Of reconsiderations that changed nothing, those appealed", said("went-on-2020"), said_unit("went-on-2020"),
        _point("went-on-2020").when, _sources("went-on-2020", "went-on"), (), went_on,
        explained="Two counts of one thing, a year and a half apart: arithmetic, not a mechanism. Appeals come after reconsiderations.",
    ),
    _wait("wait-lower", "Days to a reconsideration: a quarter waited less", 0),
    _wait("wait-median", "Days to a reconsideration: half waited less", 1, carried=published("pip")["median-wait"].points[-1].value),
    _wait("wait-upper", "Days to a reconsideration: a quarter waited more", 2),
    Figure(
        "pip-won-2024", "Hearings decided for the claimant in spring 2024", said("won-2024"), said_unit("won-2024"),
        _point("won-2024").when, _sources("won-2024"), (), carried=said("won"),
        cannot="How well a hearing sees a mistake, and how many decisions are mistaken, is put in. Shares overturned of those who appeal "
        "do not tell how many decisions are wrong: who appeals is not a sample.",
    ),
)  # fmt: skip


def _of_hearings(_: Size) -> Found:
    return Found(said("won"))


def _of_appeals(_: Size) -> Found:
    return Found(said("appealed") * said("won"))


def _of_all(_: Size) -> Found:
    return Found(said("went-on"))


@cache
def still_waiting(size: Size) -> tuple[float, float, float]:
    """Quartiles of the wait of those who wait, on the day on which the wait reaches the mean."""
    found = [cases(run, 1, LINES)[0].waiting(int(middle)) for run, middle in queues(growth_2018(), size)]
    return quartiles(np.concatenate(found))


@cache
def by_lot(size: Size) -> tuple[float, float, float]:
    """Quartiles of the wait, if the cases of the same queue are taken by lot."""
    found = []
    for seed, (run, middle) in enumerate(queues(growth_2018(), size)):
        queue = cases(run, 1, LINES)[0]
        waited = in_any_order(queue, seed)[(queue.decided >= int(middle - YEAR / 2)) & (queue.decided <= int(middle + YEAR / 2))]
        found.append(waited - waited.mean() + said("wait"))
    return quartiles(np.concatenate(found))


def _mistaken(of: Callable[[Size], tuple[float, float, float]], which: int) -> Measure:
    return lambda size: Found(of(size)[which])


WAITING = "The waits of those who still wait are taken for those of the decided."
BY_LOT = "Cases are taken by lot, and not in the order in which they came."
# Deliberate mistakes: shares of something else, those who wait for those decided, another order (its upper quartile lies within our range).
WRONG: tuple[tuple[str, Wrong], ...] = (
    ("pip-overturned", Wrong("of-hearings", "The share of hearings won is taken for a share of decisions.", _of_hearings)),
    ("pip-overturned", Wrong("none-conceded", "Every appeal is taken to be heard, and at once.", _of_appeals)),
    ("pip-went-on", Wrong("of-all", "The share is taken of all reconsiderations, not of those that changed nothing.", _of_all)),
    *((f"pip-wait-{name}", Wrong("still-waiting", WAITING, _mistaken(still_waiting, i))) for i, name in enumerate(QUARTILES)),
    *((f"pip-wait-{name}", Wrong("by-lot", BY_LOT, _mistaken(by_lot, i))) for i, name in enumerate(QUARTILES[:2])),
)
FIGURES = with_wrong(_FIGURES, WRONG)
