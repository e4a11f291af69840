"""Reviews as a queue, against exact theory: section 3 of the validation plan.

The product's queue is served once a week (3.5): in an exchange this week's cases join first, those out of patience go, then the first in
line are decided. So its theory is a bulk queue in discrete time, `Q' = max(0, Bin(Q, s) + A - c)` with Poisson arrivals `A` and a share
`s` whose patience outlasts the week. The rows of 3.1 and 3.2 (M/M/c, M/G/1) and the finite-load rows of 3.3 have servers that work in
continuous time with random service times: no mechanism of the product, and not tested here. What survives of 3.3 does not depend on
service times: that those who give up are the waiting times the rate of giving up, and the fluid limit of an overloaded queue.

The queue is that of real cases: people act, a channel sees it, the list is entered or repeated, notice comes the same day, everyone
files at once, and nobody is heard with success, so that nothing feeds back. Many small towns make many independent queues. The expected
queue and its variance after so many weeks from empty are those of the chain; comparisons allow four standard errors and nothing else, save
where a bias is stated. One comparison raises a false alarm with probability 0.000063; this file makes 17: with fresh seeds it would fail
by chance once in 900 times. The seeds are fixed.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from glasshouse.engine.layout import APPEALS
from glasshouse.engine.machine import Machine
from glasshouse.mechanism.classes import SOUND
from glasshouse.mechanism.review import places
from glasshouse.scheme.model import Scheme
from tests.live import lived, machine
from tests.scheme.whole import CLASSES, stage, text, value
from tests.statistical.simple import near, near_share, scheme, world

WEEKS_A_YEAR = 365 / 7
Floats = NDArray[np.float64]


def queueing(c: float, town: int, *, patience: float | None = None) -> Scheme:
    """Every record is a case at once; `c` are decided a week in a town of so many, all rejected."""
    review: dict[str, Any] = {
        "lists": ["register"],
        "filed": {name: value(1, per="record") for name in CLASSES},
        "files_after": value(0, unit="days"),
        "gives_up_after": value(patience, unit="days") if patience else None,
        "stages": [stage(10_000 * c / town, 0, 0)],
        "corrects": ["list"],
    }
    notice = {"lists": ["register"], "when": "after", "period": text(0, "days"), "reaches": value(1, per="person")}
    return scheme(changes={"notice": notice, "review": review})


def queues(cases: float, c: float, *, town: int, towns: int, weeks: int, seed: int, patience: float | None = None) -> Machine:
    """So many towns with so many cases a week each."""
    place = world(cases / town * WEEKS_A_YEAR, changes={"town_size/value": town})
    return machine(place, queueing(c, town, patience=patience), people=town * towns, weeks=weeks, seed=seed, followup=0)


def appeals(run: Machine) -> dict[str, int]:
    """What came of the cases of all towns; every record is sound."""
    counted = lived(run)["appeals"][0].sum(axis=0)
    assert counted.sum() == counted[SOUND].sum()
    return dict(zip(APPEALS, counted[SOUND].tolist(), strict=True))


def town_by_town(run: Machine) -> Floats:
    """The same for each town, a row each."""
    view = run.layout.view
    return np.array([view(run.live(t, t + 1)[0])["appeals"][0, 0, SOUND] for t in range(run.towns)], float)


@dataclass(frozen=True)
class Chain:
    """The queue after each week from empty: its distribution at the end, its means, and what it expects to have decided and lost."""

    end: Floats
    means: Floats
    decided: float
    given_up: float

    @property
    def mean(self) -> float:
        return float(self.means[-1])

    @property
    def sd(self) -> float:
        n = np.arange(len(self.end))
        return math.sqrt(float(self.end @ n**2) - self.mean**2)


def chain(cases: float, c: int, weeks: int, *, stay: float = 1.0, at_once: float = 0.0, most: int = 260) -> Chain:
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
    """3.5: by the roots of `z ** c = exp(cases * (z - 1))` inside the unit circle."""
    total = (cases - (c - cases) * (c - 1 + cases)) / (2 * (c - cases))
    for k in range(1, c):
        z = 0j
        for _ in range(500):
            z = cmath.exp(2j * math.pi * k / c + cases * (z - 1) / c)
        total += (1 / (1 - z)).real
    return total


@pytest.mark.parametrize(("cases", "c", "published"), [(0.9, 1, 4.05), (9, 10, 3.10123845)])
def test_theory_of_the_weekly_queue(cases: float, c: int, published: float) -> None:
    """3.5: formula and chain agree with what is published; serving before the arrivals would lengthen the queue by those of a week."""
    assert stationary_mean(cases, c) == pytest.approx(published, abs=1e-8)
    assert chain(cases, c, 4_000).mean == pytest.approx(published, abs=1e-6)
    assert c > 1 or published == pytest.approx(cases**2 / (2 * (1 - cases)))


@pytest.mark.parametrize(
    ("cases", "c", "published", "town", "towns", "weeks"), [(0.9, 1, 4.05, 20, 1_800, 208), (9, 10, 3.10123845, 50, 300, 52)]
)
def test_the_weekly_queue(cases: float, c: int, published: float, town: int, towns: int, weeks: int) -> None:
    """3.5: those who wait after the last week. That arrivals come first is pinned: the other order's mean lies far outside."""
    found = appeals(queues(cases, c, town=town, towns=towns, weeks=weeks, seed=301))
    theory = chain(cases, c, weeks)
    error = theory.sd / math.sqrt(towns)
    waiting = (found["filed"] - found["rejected"]) / towns
    assert near(waiting, theory.mean, error)
    assert not near(waiting, theory.mean + cases, error)
    assert near(found["filed"], cases * weeks * towns, math.sqrt(cases * weeks * towns))
    assert 0.85 * published < theory.mean < published  # from empty, after so many weeks
    assert found["upheld"] == found["given up"] == 0


def test_how_often_nobody_waits() -> None:
    """3.5: in 44.65 % of weeks, for nine cases a week and ten places."""
    towns, weeks = 400, 52
    steps = town_by_town(queues(9, 10, town=50, towns=towns, weeks=weeks, seed=302))
    waiting = steps[:, 0] - steps[:, 1:4].sum(axis=1)
    theory = chain(9, 10, weeks)
    assert waiting.min() == 0
    for n in range(4):
        assert near_share(int((waiting == n).sum()), towns, float(theory.end[n]))
    assert theory.end[0] == pytest.approx(0.446500, abs=5e-3)  # after a year from empty


def test_an_overloaded_queue_grows_without_end() -> None:
    """3.4: the backlog grows by arrivals less places, and the wait with it. Service is no source of chance: the sd is `sqrt(lam t)`."""
    cases, c, towns, weeks = 20, 10, 80, 52
    steps = town_by_town(queues(cases, c, town=50, towns=towns, weeks=weeks, seed=303))
    waiting = steps[:, 0] - steps[:, 1:4].sum(axis=1)
    theory = chain(cases, c, weeks, most=1_600)
    assert near(waiting.mean(), theory.mean, theory.sd / math.sqrt(towns))
    # Places left empty in the first weeks: what the backlog has beyond the fluid line, and sd lacks of the Poisson one.
    lost = c * weeks - theory.decided
    assert theory.mean == pytest.approx((cases - c) * weeks + lost, abs=1e-6) and lost < 1
    assert theory.sd == pytest.approx(math.sqrt(cases * weeks), rel=0.02)
    # The case decided in week s arrived in week s c / lam: the mean wait of those decided is (1 - c / lam) of half the time. Bias: an
    # arrival's week is a whole number (at most one week), and a lost place delays everyone by a c-th of a week.
    wait = steps[:, 4] / steps[:, 2]
    fluid = (weeks - 1) / 2 - (c * weeks + 1) / (2 * cases)
    assert fluid == pytest.approx((1 - c / cases) * weeks / 2, abs=0.6)
    assert abs(wait.mean() - fluid) <= 4 * wait.std() / math.sqrt(towns) + 1 + lost / c


PATIENCE = 70.0  # days: a tenth gives up a week


def patience_rates() -> tuple[float, float]:
    """Who waits on through a week, and who gives up before their first exchange: cases come on every day of a week alike."""
    at_once = sum(1 - math.exp(-(7 - day) / PATIENCE) for day in range(7)) / 7
    return math.exp(-7 / PATIENCE), at_once


@pytest.mark.parametrize(("cases", "c"), [(15, 10), (9, 10)], ids=["overloaded", "not overloaded"])
def test_those_who_give_up(cases: float, c: int) -> None:
    """3.3 in weeks: the queue, those decided and those who gave up are the chain's."""
    towns, weeks = 200, 60
    stay, at_once = patience_rates()
    found = appeals(queues(cases, c, town=50, towns=towns, weeks=weeks, seed=304, patience=PATIENCE))
    theory = chain(cases, c, weeks, stay=stay, at_once=at_once)
    waiting = found["filed"] - found["rejected"] - found["given up"]
    assert near(waiting / towns, theory.mean, theory.sd / math.sqrt(towns))
    # Those who gave up, given how many filed: a share of them, less varied than if each did so on their own.
    filed = cases * weeks * towns
    assert near(found["given up"], towns * theory.given_up, math.sqrt(filed))
    assert near(found["rejected"], towns * theory.decided, math.sqrt(filed))


def test_the_fluid_limit_of_an_overloaded_queue_with_giving_up() -> None:
    """3.3: with 15 cases, 10 places and a tenth giving up a week, a third gives up and 50 wait: (lam - c) / theta.

    In discrete time `Q = stay Q + lam (1 - at_once) - c`. The 50 are the waiting whose patience lasts, at any moment of the week: the
    queue just after service holds fewer, and just before service more.
    """
    cases, c = 15.0, 10
    stay, at_once = patience_rates()
    after = (cases * (1 - at_once) - c) / (1 - stay)
    theory = chain(cases, c, 260, stay=stay, at_once=at_once)
    assert theory.mean == pytest.approx(after, abs=1e-3)
    assert after < 50.00008799 < after + c
    run = queues(cases, c, town=50, towns=60, weeks=156, seed=305, patience=PATIENCE)
    found = appeals(run)
    theory = chain(cases, c, 156, stay=stay, at_once=at_once)
    gone = (theory.given_up - chain(cases, c, 104, stay=stay, at_once=at_once).given_up) / (52 * cases)
    assert gone == pytest.approx(0.33333392, abs=1e-4)  # once the queue has filled up
    assert near(found["given up"] / 60, theory.given_up, math.sqrt(cases * 156 / 60))
    # theta Lq = lam P(give up), as an identity of expectations in weeks.
    assert theory.means[-1] * (1 - stay) + cases * at_once == pytest.approx(cases * gone, rel=1e-3)


@pytest.mark.parametrize(("capacity", "people"), [(4096, 10_000), (1500, 333), (41_003, 60), (1, 1), (0, 500)])
def test_places_add_up(capacity: int, people: int) -> None:
    """A capacity that is no whole number of cases a week adds up over the weeks; it is the same whatever the week it is asked in."""
    weeks = [places(capacity, people, week) for week in range(300)]
    assert sum(weeks) == (capacity * people // 10_000 * 300) >> 12
    assert max(weeks) - min(weeks) <= 1
