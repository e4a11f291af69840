"""Detection and base rates against closed forms: sections 1.1 to 1.6 of the validation plan.

Every comparison allows four standard errors, of the exact variance, and no other tolerance: where days make the theory of continuous time
inexact, the theory of days is used, and the published value of continuous time is checked to lie beside it. Such a comparison raises a
false alarm with probability 0.000063; this file makes 72 of them, so that with fresh seeds it would fail by chance once in 220 times. The
seeds are fixed: it fails only if numbers change, and then with that probability by chance.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import gammainc

from glasshouse.engine import state
from glasshouse.mechanism.classes import CLASSES as NAMES
from glasshouse.mechanism.classes import MISRECORDED, MISTAKEN, PROTECTED
from tests.live import acts_seen, lived, logged, machine, of_kind, people_in
from tests.made_up import number
from tests.statistical.simple import near, near_share, scheme, world

YEAR = 364  # counted days of a year
RATE_YEAR = 365  # days of the year that a rate is stated for
PEOPLE = 20_000
CLASSES = len(NAMES)  # of the rows of days: the next one counts those wrongly spared


def a_day(rate: float) -> float:
    """Chance of at least one event of a yearly rate on a day."""
    return -math.expm1(-rate / RATE_YEAR)


@pytest.mark.parametrize(
    ("violators", "seen", "false", "published"),
    [(0.01, 0.8, 0.096, 0.9223602), (0.001, 0.8, 1598 / 9990, 0.995019), (0.02, 0.9, 0.01, 0.352518)],
    ids=["mammography", "polygraph", "two in a hundred"],
)
def test_base_rates(violators: float, seen: float, false: float, published: float) -> None:
    """1.1: of those flagged, the share flagged falsely. Each group is exposed once a year; a flag lasts a day, so that each counts."""
    assert (1 - violators) * false / ((1 - violators) * false + violators * seen) == pytest.approx(published, abs=1e-6)
    innocent = round((1 - violators) * PEOPLE)  # the violators, however few, are lived as a population of their own and weighted
    flagged = lived(machine(world(acts=1), scheme(seen=seen, term=1), people=PEOPLE, seed=21))["entries"][0, 0]
    wrongly = lived(machine(world(acts=0), scheme(false_rate=false, term=1), people=innocent, seed=22))["entries"][0, 0]
    assert flagged[:, :PROTECTED].sum() == 0 and wrongly.sum() == wrongly[:, MISTAKEN].sum()
    hits, alarms = YEAR * a_day(seen), YEAR * a_day(false)
    assert near_share(flagged.sum(), PEOPLE * YEAR, a_day(seen))
    assert near_share(wrongly.sum(), innocent * YEAR, a_day(false))
    x, y = wrongly.sum() / innocent * (1 - violators), flagged.sum() / PEOPLE * violators
    expected = (1 - violators) * alarms / ((1 - violators) * alarms + violators * hits)
    spread = expected * (1 - expected) * math.sqrt(1 / (innocent * alarms) + 1 / (PEOPLE * hits))  # of a ratio of two counts
    assert near(x / (x + y), expected, spread)
    assert expected == pytest.approx(published, abs=4e-3)


@pytest.mark.parametrize("hits", [1, 2, 3])
def test_so_many_hits_among_a_fixed_number_of_exposures(hits: int) -> None:
    """1.2: given how often each person acted, being listed at k hits is a binomial tail."""
    people, sensitivity = 3_000, 0.2
    log = logged(machine(world(acts=12), scheme(seen=sensitivity, strikes=hits), people=people, seed=23 + hits))
    acts = np.zeros(people, np.int64)
    for (pid, *_), n in of_kind(log, state.LOG_ACT).items():
        acts[pid] += n
    assert acts.mean() == pytest.approx(12 * YEAR / RATE_YEAR, rel=0.02)
    tail = stats.binom.sf(hits - 1, acts, sensitivity)
    listed = people_in(of_kind(log, state.LOG_ENTRY, b=0))
    assert near(len(listed), tail.sum(), math.sqrt((tail * (1 - tail)).sum()))
    assert near(acts_seen(log).total(), sensitivity * acts.sum(), math.sqrt(sensitivity * (1 - sensitivity) * acts.sum()))


# Checks in a year, hits: chance of being listed for those who act and for those who do not, and the share of the latter among the listed.
CHECKS = {
    (12, 1): (0.424506, 0.058377, 0.870774), (12, 2): (0.099096, 0.001596, 0.441069), (12, 3): (0.014762, 0.000027, 0.081091),
    (52, 1): (0.908762, 0.229451, 0.925216), (52, 2): (0.685205, 0.028102, 0.667729), (52, 3): (0.416586, 0.002301, 0.212971),
}  # fmt: skip
ODDS = 0.045, 0.005  # of a hit at a check: of someone who acts, of someone who does not


@pytest.mark.parametrize("checks", [12, 52])
def test_more_checks_raise_the_false_share(checks: int) -> None:
    """1.2: twelve and fifty-two checks. Whoever does not act is written down as acting once in two hundred checks."""
    decent = {"text": "does as asked", "valence": "lawful", "context": "court", "who": ["resident"], "rate": number(checks)}
    people = 72_000 // checks
    found: dict[tuple[bool, int], float] = {}
    for k, guilty in itertools.product((1, 2, 3), (True, False)):
        if guilty:
            run = machine(world(acts=checks), scheme(seen=ODDS[0], strikes=k), people=people, seed=27, followup=0)
        else:
            rules = scheme(misrecorded=("decent", ODDS[1]), strikes=k)
            run = machine(world(acts=0, changes={"conduct/decent": decent}), rules, people=2 * people, seed=28, followup=0)
        log = logged(run)
        entries = of_kind(log, state.LOG_ENTRY, "c", b=0)
        assert guilty or all(cls == MISRECORDED for _, _, cls in entries)
        exposures = np.zeros(run.times.people, np.int64)
        for (pid, *_), n in of_kind(log, state.LOG_ACT).items():
            exposures[pid] += n
        tail = stats.binom.sf(k - 1, exposures, ODDS[not guilty])
        listed = people_in(entries)
        assert near(len(listed), tail.sum(), math.sqrt((tail * (1 - tail)).sum()))
        exact = found[guilty, k] = float(stats.binom.sf(k - 1, checks, ODDS[not guilty]))
        usual = np.flatnonzero(exposures == checks)  # those who were checked just so many times
        assert len(usual) > 40 and near_share(len(listed & set(usual.tolist())), len(usual), exact)
        assert exact == pytest.approx(CHECKS[checks, k][not guilty], abs=1e-6)
    for k in (1, 2, 3):
        x, y = 0.98 * found[False, k], 0.02 * found[True, k]
        assert x / (x + y) == pytest.approx(CHECKS[checks, k][2], abs=1e-6)


POISSON = {1: (0.903672, 0.228948, 0.925453), 2: (0.678266, 0.028475, 0.672895), 3: (0.414540, 0.002413, 0.221959)}


def test_hits_of_a_poisson_number_of_exposures() -> None:
    """1.3: weekly checks; listed within a year at one, two or three hits, and the share of false ones among the listed."""
    true, false = ([scheme(**rate, strikes=k) for k in POISSON] for rate in ({"seen": 0.045}, {"false_rate": 52 * 0.005}))
    guilty = lived(machine(world(acts=52), *true, people=PEOPLE, seed=31))["ever_listed"].sum(axis=1)
    innocent = lived(machine(world(acts=0), *false, people=2 * PEOPLE, seed=32))["ever_listed"].sum(axis=1)
    t = YEAR / RATE_YEAR
    for arm, (k, (published_guilty, published_innocent, published_false)) in enumerate(POISSON.items()):
        assert gammainc(k, 52 * 0.045) == pytest.approx(published_guilty, abs=1e-6)
        assert gammainc(k, 52 * 0.005) == pytest.approx(published_innocent, abs=1e-6)
        p, q = float(gammainc(k, 52 * 0.045 * t)), float(gammainc(k, 52 * 0.005 * t))
        assert near_share(guilty[arm], PEOPLE, p)
        assert near_share(innocent[arm], 2 * PEOPLE, q)
        expected = 0.98 * q / (0.98 * q + 0.02 * p)
        x, y = 0.98 * innocent[arm] / (2 * PEOPLE), 0.02 * guilty[arm] / PEOPLE
        spread = expected * (1 - expected) * math.sqrt((1 - q) / (2 * PEOPLE * q) + (1 - p) / (PEOPLE * p))
        assert near(x / (x + y), expected, spread)
        assert expected == pytest.approx(published_false, abs=3e-3)


def test_hits_of_a_poisson_number_of_monthly_exposures() -> None:
    """1.3: the same with twelve checks a year and two hits."""
    guilty = lived(machine(world(acts=12), scheme(seen=ODDS[0], strikes=2), people=PEOPLE, seed=33))["ever_listed"].sum()
    innocent = lived(machine(world(acts=0), scheme(false_rate=12 * ODDS[1], strikes=2), people=4 * PEOPLE, seed=34))["ever_listed"].sum()
    t = YEAR / RATE_YEAR
    p, q = (float(gammainc(2, 12 * odds * t)) for odds in ODDS)
    assert near_share(guilty, PEOPLE, p) and near_share(innocent, 4 * PEOPLE, q)
    assert (p, q, 0.98 * q / (0.98 * q + 0.02 * p)) == pytest.approx((0.102568, 0.001730, 0.452440), abs=3e-3)


def test_true_and_false_points_race_inside_one_person() -> None:
    """1.4: listed at three records of either kind; wrongly so if the true ones alone would not have been enough by then."""
    a, b, k, t = 1.0, 0.5, 3, 2 * YEAR / RATE_YEAR
    counts = lived(machine(world(acts=a, false_records=2), scheme(false_rate=b, strikes=k), people=2 * PEOPLE, weeks=104, seed=41))
    on_the_last_day = np.cumsum(counts["days"][0, 0, :CLASSES], axis=-1)[:, -2]
    true, false = stats.poisson(a * t), stats.poisson(b * t)
    listed = float(stats.poisson((a + b) * t).sf(k - 1))
    wrongly = sum(float(true.pmf(i) * false.sf(k - i - 1)) for i in range(k))
    assert near_share(on_the_last_day.sum(), 2 * PEOPLE, listed)
    assert near_share(on_the_last_day[MISTAKEN], 2 * PEOPLE, wrongly)
    assert (listed, wrongly) == pytest.approx((0.576810, 0.253486), abs=3e-3)
    entries = counts["entries"][0, 0, 0]
    assert near_share(entries[MISTAKEN], entries.sum(), 1 - (a / (a + b)) ** k)  # at least one of the first k is false: 0.703704


def test_which_points_are_enough_first() -> None:
    """1.4: of two lists, one of true and one of false points, the false one is entered first: a race of two Gamma times.

    On a day on which both are entered neither is first; theory is that of days, which such days lower by their own chance.
    """
    a, b, k, years, people = 10.0, 5.0, 3, 2, 2_000
    arms = scheme(strikes=k), scheme(seen=0, false_rate=b, strikes=k)
    run = machine(world(acts=a, false_records=6), *arms, people=people, weeks=52 * years, seed=42, followup=0)
    log = logged(run)
    last = 7 * 52 * years
    first = np.full((2, people), last)
    for arm in (0, 1):
        for pid, day in of_kind(log, state.LOG_ENTRY, b=0, arm=arm):
            first[arm, pid] = min(first[arm, pid], day)
    days = np.arange(last + 1)
    true, false = (stats.poisson(rate * days / RATE_YEAR).sf(k - 1) for rate in (a, b))  # entered before that day
    expected = float((np.diff(false) * (1 - true[1:])).sum())
    assert near_share(int((first[1] < first[0]).sum()), people, expected)
    assert near_share(int((first[0] < first[1]).sum()), people, float((np.diff(true) * (1 - false[1:])).sum()))
    neither = float((np.diff(false) * np.diff(true)).sum() + (1 - true[-1]) * (1 - false[-1]))  # on one day, or not within the years
    assert expected == pytest.approx(0.209877, abs=neither)


def never_within(rate: float, total: int, window: int) -> float:
    """Chance that in `total` days no two events fall within a window of so many days."""
    quiet = math.exp(-rate / RATE_YEAR)
    one = quiet * rate / RATE_YEAR
    most = total // window + 1
    return sum(math.comb(total - (j - 1) * (window - 1), j) * one**j * quiet ** (total - j) for j in range(1, most + 1)) + quiet**total


@pytest.mark.parametrize(
    ("rate", "weeks", "window", "published"), [(0.2, 521, 730, 0.379467), (1.0, 261, 365, 0.870800)], ids=["ten years", "five years"]
)
def test_two_strikes_in_a_rolling_window(rate: float, weeks: int, window: int, published: float) -> None:
    """1.5: the scan statistic of two events, counted in days."""
    counts = lived(machine(world(acts=rate), scheme(strikes=2, window=window), people=PEOPLE, weeks=weeks, seed=51))
    expected = 1 - never_within(rate, 7 * weeks, window)
    assert near_share(counts["ever_listed"].sum(), PEOPLE, expected)
    assert expected == pytest.approx(published, abs=2e-3)


TAU, RATE = 73, 5.4  # days, records a year: the product is that of two years and 0.54 a year


def standing(counts: np.ndarray) -> np.ndarray:
    """People by the number of their valid records, from their grades."""
    return counts[:7].astype(float)


@pytest.mark.parametrize("expiry", ["fixed", "exponential"])
def test_valid_records_at_a_moment_do_not_depend_on_how_they_expire(expiry: str) -> None:
    """1.6: a Poisson number with mean rate times mean validity, whatever the distribution of validity (M/G/infinity)."""
    if expiry == "fixed":
        run = machine(world(acts=RATE), scheme(points=-10, validity=TAU), people=PEOPLE, weeks=104, seed=61)
        mean_days = float(TAU)
    else:
        # Wrong records that are all corrected after an exponential time: whole days, at least one.
        simple = scheme(points=-10, false_rate=RATE, corrected_after=TAU)
        run = machine(world(acts=0, false_records=6), simple, people=PEOPLE, weeks=104, seed=62)
        mean_days = 1 + sum(math.exp(-d / TAU) for d in range(2, 104 * 7))
    people = standing(lived(run)["grades"][0, 0])
    number_of = stats.poisson(RATE * mean_days / RATE_YEAR)
    assert people.sum() == PEOPLE
    for n in range(5):
        assert near_share(people[n], PEOPLE, float(number_of.pmf(n)))
    assert near_share(people[2:].sum(), PEOPLE, float(number_of.sf(1)))
    assert near_share(people[3:].sum(), PEOPLE, float(number_of.sf(2)))
    # Whole days cut half a day from an exponential time: the mean falls by 0.5 / 73, and a tail by at most 0.3 of that (its slope).
    assert float(number_of.sf(1)) == pytest.approx(0.293641, abs=4e-3)
    assert float(number_of.sf(2)) == pytest.approx(0.095589, abs=4e-3)


def test_false_points_alone_are_seldom_enough() -> None:
    """1.6: one false point in nine, and two valid ones together."""
    rate = RATE / 9
    run = machine(world(acts=0), scheme(points=-10, false_rate=rate, validity=TAU), people=5 * PEOPLE, weeks=52, seed=63)
    people = standing(lived(run)["grades"][0, 0])
    expected = float(stats.poisson(rate * TAU / RATE_YEAR).sf(1))
    assert near_share(people[2:].sum(), 5 * PEOPLE, expected)
    assert expected == pytest.approx(0.006649, abs=1e-6)
