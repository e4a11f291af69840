"""Being listed and coming off again against renewal theory: sections 4.1, 4.2 and the exits of 4.5 of the validation plan.

Every comparison allows four standard errors of the exact variance and no other tolerance; theory is that of whole days, and the published
value of continuous time is checked to lie beside it. One comparison raises a false alarm with probability 0.000063; this file makes 9, so
that with fresh seeds it would fail by chance once in 1,800 times. The seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from glasshouse.mechanism.classes import SPARED
from glasshouse.mechanism.lists import CORRECTED, EXPIRED, FIRST_HAZARD
from tests.live import Counted, lived, machine
from tests.statistical.simple import near, near_share, scheme, world

PEOPLE = 20_000
D, RATE, WEEKS = 73, 5.0, 156  # a term of a fifth of a year, five hits a year: their product is one
HIT = -math.expm1(-RATE / 365)  # chance of a hit on a day
EXIT = 60.0


@pytest.fixture(scope="module")
def counts() -> Counted:
    """Three lists over the same lives: fixed term; restarted by each further hit; fixed term with another way off."""
    arms = [scheme(term=D), scheme(term=D, repeat="restart"), scheme(term=D, exit_mean=EXIT)]
    return lived(machine(world(acts=RATE), *arms, people=PEOPLE, weeks=WEEKS, seed=71))


def listed_on_the_last_day(counts: Counted, arm: int) -> int:
    """People on the list on the last counted day."""
    return int(np.cumsum(counts["days"][arm, 0, :SPARED], axis=-1)[:, -2].sum())


def share_on_day(last: int, longest: int, survives: list[float]) -> float:
    """Share listed after `last` days of a list that starts empty: entries come on days when nobody holds a place (a renewal recursion)."""
    entries: list[float] = []
    for day in range(last + 1):
        held = sum(entries[day - age] * survives[age] for age in range(1, min(day, longest) + 1))
        entries.append(HIT * (1 - held))
    return sum(entries[last - age] * survives[age] for age in range(min(last, longest) + 1))


def test_a_fixed_term_that_hits_do_not_extend(counts: Counted) -> None:
    """4.2, a counter of the first kind: listed for rate times term over one plus that."""
    expected = share_on_day(7 * WEEKS - 1, D, [1.0] * D + [0.0])
    assert near_share(listed_on_the_last_day(counts, 0), PEOPLE, expected)
    stationary = D / (D + (1 - HIT) / HIT)
    assert expected == pytest.approx(stationary, abs=1e-4)
    assert expected == pytest.approx(0.5, abs=5e-3)


def test_a_term_that_every_hit_restarts(counts: Counted) -> None:
    """4.2, a counter of the second kind: listed if there was a hit within the last term."""
    expected = 1 - (1 - HIT) ** D
    assert near_share(listed_on_the_last_day(counts, 1), PEOPLE, expected)
    assert expected == pytest.approx(0.632121, abs=1e-6)


def test_a_restarted_spell_ends_on_time_only_without_a_further_hit(counts: Counted) -> None:
    ended = counts["durations"][1].sum(axis=0)
    assert near_share(ended[EXPIRED, D], ended.sum(), (1 - HIT) ** (D - 1))
    assert ended[:, :D].sum() == 0


def test_the_mean_of_a_restarted_spell(counts: Counted) -> None:
    """4.2: (exp(rate * term) - 1) / rate, 125 days; by Little's law (4.1) entries a day are the share listed over the mean spell."""
    quiet = (1 - HIT) ** (D - 1)
    mean = 1 + (1 - quiet) / (HIT * quiet)
    assert mean == pytest.approx((math.e - 1) / RATE * 365, rel=0.01)
    # Entries of one person are a renewal process, less varied than Poisson's.
    days = 7 * WEEKS
    expected = PEOPLE * (HIT + (days - D) * (1 - (1 - HIT) ** D) / mean + _entries_before(D))
    entries = float(counts["entries"][1].sum())
    assert near(entries, expected, math.sqrt(expected))


def _entries_before(term: int) -> float:
    """Entries of one person on days 1 .. term - 1 of a list that starts empty: a hit with none since the start."""
    return sum(HIT * (1 - HIT) ** day for day in range(1, term))


def test_a_fixed_term_with_another_way_off(counts: Counted) -> None:
    """4.5: the shorter of a fixed term and an exponential time (whole days, at least one)."""
    survives = [math.exp(-max(age, 0) / EXIT) if age < D else 0.0 for age in range(D + 1)]
    assert near_share(listed_on_the_last_day(counts, 2), PEOPLE, share_on_day(7 * WEEKS - 1, D, survives))
    ended = counts["durations"][2].sum(axis=0)
    assert near_share(ended[EXPIRED].sum(), ended.sum(), math.exp(-D / EXIT))  # on the last day of the term the other way off comes first
    assert ended[EXPIRED, D] == ended[EXPIRED].sum() and ended[CORRECTED].sum() == 0
    assert near_share(ended[FIRST_HAZARD, 1], ended.sum(), 1 - survives[1])
    ages = np.arange(ended.shape[1])
    mean = sum(survives)
    square = sum((2 * age + 1) * survives[age] for age in range(D))
    assert near((ended.sum(axis=0) * ages).sum() / ended.sum(), mean, math.sqrt((square - mean**2) / ended.sum()))


def test_arms_share_their_luck(counts: Counted) -> None:
    """The same hits in every arm: the first entry of a life falls on the same day, so as many people are ever listed."""
    assert counts["ever_listed"][0].sum() == counts["ever_listed"][1].sum() == counts["ever_listed"][2].sum()
    assert near_share(counts["ever_listed"][0].sum(), PEOPLE, 1 - (1 - HIT) ** (7 * WEEKS))
