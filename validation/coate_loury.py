"""Self-confirming beliefs about a group, after Coate and Loury 1993: an instance that can be solved exactly.

People may invest, at a cost of their own, in being qualified. An employer sees a signal t between 0 and 1, of density 2t for the qualified
and 2(1 - t) for the others, believes that a share p of the group is qualified, gains as much by hiring one as it loses by hiring another,
and so hires from t = s = 1 - p on. Investing raises one's chance of being hired from (1 - s)^2 to 1 - s^2, by 2s(1 - s); people invest
whose cost is no more. A share p confirms itself where p = F(2p(1 - p)), with F the distribution of costs. The instance (signals, costs) is
ours.

Here it is lived by people with costs of their own, of whom a tenth chosen at random revise at each step, or all at once. With F uniform up
to c and k = 2/c the map is p -> k p(1 - p): it settles at 1 - 1/k, or at 0 where k <= 1; at once, it is the logistic map, which does not
settle for k > 3. The product has no employers who believe.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import norm

from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.estimates import mean_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong

Floats = npt.NDArray[np.float64]
SEED = 1993
PEOPLE = 20_000
GRADUAL, AT_ONCE = 0.1, 1.0


@dataclass(frozen=True)
class Costs:
    """What investing costs people: uniform from 0 to `most`, or normal."""

    most: float = 0.0
    centre: float = 0.0
    spread: float = 0.0

    def share(self, gain: float) -> float:
        """The share of people whom investing costs no more than `gain`."""
        return float(norm.cdf(gain, self.centre, self.spread)) if self.spread else min(gain / self.most, 1.0)

    def of(self, people: int) -> Floats:
        """So many people's costs, at the mid-quantiles."""
        middle = (np.arange(people) + 0.5) / people
        return np.asarray(norm.ppf(middle, self.centre, self.spread) if self.spread else middle * self.most, np.float64)


@dataclass(frozen=True)
class Setting:
    """Costs, the share who invest at the start, the share who revise at each step, and two mistakes one can make."""

    costs: Costs
    start: float
    revise: float = GRADUAL
    fixed_standard: bool = False
    whole_chance: bool = False

    def gain(self, p: float) -> float:
        """By how much investing raises the chance of being hired."""
        s = 0.5 if self.fixed_standard else 1 - p
        return 1 - s * s if self.whole_chance else 2 * s * (1 - s)


@dataclass(frozen=True)
class Lengths:
    """How many independent runs, and steps: in all, and at the end that are counted."""

    runs: int
    steps: int = 300
    counted: int = 100


LENGTHS = {Size.QUICK: Lengths(8), Size.FULL: Lengths(32, 600, 300)}


def live(setting: Setting, rng: np.random.Generator, people: int, steps: int) -> Floats:
    """The share who invest after each step."""
    costs = setting.costs.of(people)
    invests = rng.permutation(people) < setting.start * people
    shares = np.empty(steps)
    for step in range(steps):
        would = costs <= setting.gain(float(invests.mean()))
        invests = np.where(rng.random(people) < setting.revise, would, invests)
        shares[step] = invests.mean()
    return shares


@cache
def _by_run(setting: Setting, lengths: Lengths) -> Floats:
    runs = np.random.default_rng(SEED).spawn(lengths.runs)
    return np.array([live(setting, rng, PEOPLE, lengths.steps)[-lengths.counted :].mean() for rng in runs])


def ends(setting: Setting) -> Measure:
    """The share who invest in the end."""
    return lambda size: mean_of(_by_run(setting, LENGTHS[size]), f"runs of {PEOPLE:,} people")


def gap(low: Setting, high: Setting) -> Measure:
    """By how much two groups differ in the end that differ at the start alone."""
    return lambda size: mean_of(_by_run(high, LENGTHS[size]) - _by_run(low, LENGTHS[size]), f"runs of two groups of {PEOPLE:,} people")


TIPPING_PEOPLE, TIPPING_STEPS, HALVINGS = 5_000, 100, 12
TIPPING_RUNS = {Size.QUICK: 8, Size.FULL: 64}


def tips(setting: Setting) -> Measure:
    """The start from which a group ends above a half, by halving the interval from 0 to 0.5; each run has its own luck throughout."""

    def measure(size: Size) -> Found:
        return mean_of(np.array([_tips(setting, seed) for seed in range(TIPPING_RUNS[size])]), f"runs of {TIPPING_PEOPLE:,} people")

    return measure


@cache
def _tips(setting: Setting, seed: int) -> float:
    low, high = 0.0, 0.5
    for _ in range(HALVINGS):
        start = (low + high) / 2
        shares = live(replace(setting, start=start), np.random.default_rng([SEED, seed]), TIPPING_PEOPLE, TIPPING_STEPS)
        low, high = (low, start) if shares[-1] > 0.5 else (start, high)
    return (low + high) / 2


def confirmed(costs: Costs, low: float, high: float) -> float:
    """The share between `low` and `high` that confirms itself."""
    return float(brentq(lambda p: costs.share(2 * p * (1 - p)) - p, low, high, xtol=1e-15))


def slope(costs: Costs, p: float) -> float:
    """By how much the share who would invest moves with the share believed."""
    step = 1e-6
    return (costs.share(2 * (p + step) * (1 - p - step)) - costs.share(2 * (p - step) * (1 - p + step))) / (2 * step)


def coarse(costs: Costs, p: float, people: int = PEOPLE) -> float:
    """How far the share that confirms itself may lie from the exact one among so many people."""
    return 0.5 / people / abs(1 - slope(costs, p))


COARSE = "Costs stand at N mid-quantiles, so that a share is right to 1/(2N); the fixed point moves by that over |1 - slope of the map|."

BELL = Costs(centre=0.3, spread=0.1)
LOW, TIPPING, HIGH = confirmed(BELL, 1e-6, 0.05), confirmed(BELL, 0.05, 0.3), confirmed(BELL, 0.5, 0.999)
BEHIND, AHEAD = Setting(BELL, 0.08), Setting(BELL, 0.10)


def _fixed(setting: Setting) -> Wrong:
    text = "The employer's standard does not follow the employer's belief."
    return Wrong("fixed-standard", text, ends(replace(setting, fixed_standard=True)))


def _at_once(setting: Setting) -> Wrong:
    return Wrong("at-once", "Everyone revises at every step.", ends(replace(setting, revise=AT_ONCE)))


def _row(name: str, title: str, target: float, measure: Measure, wrong: tuple[Wrong, ...], bias: float, bias_why: str = COARSE) -> Row:
    return Row(
        name=f"beliefs-{name}", table=Table.THEORY, title=title, target=target, unit="share who invest", sources=("coate-loury-1993",),
        origin=Origin.THEOREM, through=Through.REPLICATION, pins=(), measure=measure, wrong=wrong, bias=bias, bias_why=bias_why,
    )  # fmt: skip


def _uniform(most: float, start: float, wrong: Callable[[Setting], Wrong]) -> Row:
    setting, k = Setting(Costs(most=most), start), 2 / most
    target = max(0.0, 1 - 1 / k)
    title = f"Costs spread evenly up to {most}: where a group ends that starts at {start}"
    return _row(f"uniform-{round(100 * most)}", title, target, ends(setting), (wrong(setting),), coarse(setting.costs, target))


_GAP_AT_ONCE = Wrong("at-once", "Everyone revises at every step.", gap(replace(BEHIND, revise=AT_ONCE), replace(AHEAD, revise=AT_ONCE)))

ROWS: tuple[Row, ...] = (
    _uniform(0.8, 0.2, _fixed),
    _uniform(0.5, 0.2, _at_once),
    _uniform(4.0, 0.2, _fixed),
    _row("low", "Bell-shaped costs: where a group ends that starts at 0.08", LOW, ends(BEHIND), (_fixed(BEHIND),), coarse(BELL, LOW)),
    _row("high", "Bell-shaped costs: where one ends that starts at 0.10", HIGH, ends(AHEAD), (_at_once(AHEAD),), coarse(BELL, HIGH)),
    _row(
        "gap", "Bell-shaped costs: the gap that is left between groups otherwise alike that start at 0.08 and 0.10", HIGH - LOW,
        gap(BEHIND, AHEAD), (_GAP_AT_ONCE,), coarse(BELL, LOW) + coarse(BELL, HIGH),
    ),
    _row(
        "at-once", "Bell-shaped costs: where one ends that starts at 0.10 if everyone revises at every step", LOW,
        ends(replace(AHEAD, revise=AT_ONCE)), (Wrong("gradual", "A tenth revise at each step.", ends(AHEAD)),), coarse(BELL, LOW),
    ),
    _row(
        "tipping", "Bell-shaped costs: the start from which a group ends high", TIPPING, tips(Setting(BELL, 0.0)),
        (Wrong("whole-chance", "People take the whole chance of being hired for the gain.", tips(Setting(BELL, 0.0, whole_chance=True))),),
        coarse(BELL, TIPPING, TIPPING_PEOPLE) + 0.5**HALVINGS, COARSE + " Halving stops at an interval of 0.5 to the power of 13.",
    ),
)  # fmt: skip


def mean_field(start: float, revise: float, steps: int) -> float:
    """The share who invest after so many steps, of endlessly many people."""
    p = start
    for _ in range(steps):
        p += revise * (BELL.share(2 * p * (1 - p)) - p)
    return p


def drawn_beliefs() -> tuple[Series, ...]:
    """Where people end by where they start: beliefs that confirm themselves."""
    steps, starts = LENGTHS[Size.QUICK].steps, tuple(i / 40 for i in range(1, 40))
    fine = tuple(sorted({*starts, *(i / 400 for i in range(4, 397))}))
    series: list[Series] = []
    for revise, name, label in ((GRADUAL, "gradual", "a tenth revise at each step"), (AT_ONCE, "at once", "all revise at once")):
        at = fine if revise == GRADUAL else starts
        ended = tuple(float(live(Setting(BELL, s, revise), np.random.default_rng(SEED), PEOPLE, steps)[-1]) for s in starts)
        series.append(Series(name, Kind.THEIRS, f"{label}: the map itself", at, tuple(mean_field(s, revise, steps) for s in at)))
        series.append(Series(name, Kind.OURS, f"lived, {PEOPLE:,} people", starts, ended))
    return tuple(series)


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "beliefs-that-confirm-themselves", Table.THEORY, "Groups alike but for where they start", "share who invest at the start",
        "share who invest in the end",
        "An instance of Coate and Loury 1993 that can be solved exactly. People of one kind end high or low by where they start, on the "
        "two sides of a tipping point at 0.092; if everyone revises at once, all end low.", drawn_beliefs,
    ),
)  # fmt: skip
