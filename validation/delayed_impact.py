"""What lending by score does to the scores of a group, after Liu, Dean, Rolf, Simchowitz and Hardt 2018.

The outcome curve is the mean change of score in a group by its rate of lending: lending to more people than repay often enough lowers the
mean, however well it is meant. An instance of ours that is solved exactly: scores spread evenly over a stretch in each group, the chance
of repaying rising evenly with the score, no bounds of scores, a default that costs four times what a loan earns; lived here by invented
people who repay or not. The published setting is in `credit_tables.py`: its tables are not part of this repository. The product has no
bank that seeks gain.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq

from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.estimates import mean_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong
from validation import credit_tables
from validation.lending_by_score import (
    DOWN,
    GROUPS,
    MISTAKES,
    MOST,
    OF_ALL,
    OF_POLICY,
    OPPORTUNITY,
    PARITY,
    PER_LOAN,
    POLICIES,
    POOLED,
    UNITS,
    UP,
    UPSIDE_DOWN,
    Floats,
    Group,
    expected,
    loans,
    outcome_curve,
    pooled,
    rate,
    threshold,
)  # fmt: skip


@dataclass(frozen=True)
class Even:
    """A group whose scores are spread evenly from `low` to `high`, and its share of all people."""

    low: float
    high: float
    share: float

    def change(self, from_score: float) -> float:
        """The mean change of score in the group if all from a score on get a loan."""
        top, bottom = self.high - NEVER, from_score - NEVER
        repaid = (top**2 - bottom**2) / 2 / (ALWAYS - NEVER)
        return ((UP - DOWN) * repaid + DOWN * (self.high - from_score)) / (self.high - self.low)

    def rate(self, from_score: float) -> float:
        """The share of the group with a score from there on."""
        return (self.high - from_score) / (self.high - self.low)


NEVER, ALWAYS = 300.0, 800.0  # nobody of the one score repays, everybody of the other
BREAK_EVEN = 0.8  # a default costs four times what a repaid loan earns
EVEN = (Even(330.0, 720.0, 0.12), Even(660.0, 800.0, 0.88))


def exact_thresholds(policy: str) -> tuple[float, float]:
    """Where lending starts in the two groups: the margins' gains, weighed by what the condition counts, cancel."""
    even = NEVER + BREAK_EVEN * (ALWAYS - NEVER)
    if policy == MOST:
        return even, even
    if policy == PARITY:
        common = (sum(g.share * g.high for g in EVEN) - even) / sum(g.share * (g.high - g.low) for g in EVEN)
        return EVEN[0].high - common * (EVEN[0].high - EVEN[0].low), EVEN[1].high - common * (EVEN[1].high - EVEN[1].low)
    best = brentq(_opportunity_margin, 0.001, 0.999, xtol=1e-14)
    return _from_true_rate(EVEN[0], best), _from_true_rate(EVEN[1], best)


def _from_true_rate(group: Even, true_rate: float) -> float:
    """The threshold at which this share of those who would repay get a loan."""
    top, bottom = (group.high - NEVER) ** 2, (group.low - NEVER) ** 2
    return NEVER + float(np.sqrt(top - true_rate * (top - bottom)))


def _opportunity_margin(true_rate: float) -> float:
    gain = 0.0
    for group in EVEN:
        repay = (_from_true_rate(group, true_rate) - NEVER) / (ALWAYS - NEVER)
        mean_repay = ((group.high + group.low) / 2 - NEVER) / (ALWAYS - NEVER)
        gain += group.share * mean_repay * (1 - BREAK_EVEN / repay)
    return gain


def harmless_rate() -> float:
    """The rate of lending at which group A's mean stays the same: those with a loan repay in two of three cases, on average."""
    mean_score = NEVER - DOWN / (UP - DOWN) * (ALWAYS - NEVER)
    return EVEN[0].rate(2 * mean_score - EVEN[0].high)


@dataclass(frozen=True)
class Lived:
    """What came of a policy in one run, by group: threshold, rate of lending, mean change over the group and over its borrowers."""

    threshold: tuple[float, ...]
    rate: tuple[float, ...]
    change: tuple[float, ...]
    change_of_borrowers: tuple[float, ...]


PEOPLE = 40_000
RUNS = {Size.QUICK: 40, Size.FULL: 240}
SEED = 1803


def draw(rng: np.random.Generator) -> tuple[Group, ...]:
    """Invented people: each stands at a score of their own."""
    groups = []
    for even in EVEN:
        n = round(PEOPLE * even.share)
        scores = np.sort(rng.uniform(even.low, even.high, n))
        groups.append(Group(scores, np.full(n, 1 / n), (scores - NEVER) / (ALWAYS - NEVER), even.share))
    return tuple(groups)


def _changes(group: Group, rng: np.random.Generator) -> Floats:
    """By how much each person's score would change with a loan."""
    return np.where(rng.random(group.scores.size) < group.repay, UP, DOWN)


@cache
def lived(policy: str, mistake: str, runs: int) -> tuple[Lived, ...]:
    """Independent towns under a policy, or under a mistaken one."""
    return tuple(_live(policy, mistake, rng) for rng in np.random.default_rng(SEED).spawn(runs))


def _live(policy: str, mistake: str, rng: np.random.Generator) -> Lived:
    groups = draw(rng)
    break_even = 1 - BREAK_EVEN if mistake == UPSIDE_DOWN else BREAK_EVEN
    given = loans(groups, break_even, PARITY if mistake == OF_ALL else policy)
    if mistake == POOLED:
        given = pooled(groups, rate(groups[0], given[0]))
    changes = [float(g * group.mass @ _changes(group, rng)) for g, group in zip(given, groups, strict=True)]
    rates = [rate(group, g) for group, g in zip(groups, given, strict=True)]
    starts = tuple(threshold(group, g) for group, g in zip(groups, given, strict=True))
    return Lived(starts, tuple(rates), tuple(changes), tuple(c / max(r, 1e-12) for c, r in zip(changes, rates, strict=True)))


def read(what: str, policy: str, group: int, mistake: str = "") -> Measure:
    """The mean of runs of one quantity of one group."""
    field = "change_of_borrowers" if mistake == PER_LOAN else what

    def measure(size: Size) -> Found:
        values = np.array([getattr(run, field)[group] for run in lived(policy, mistake, RUNS[size])])
        return mean_of(values, f"runs of {PEOPLE:,} people")

    return measure


def harmless(*, peak: bool = False) -> Measure:
    """Up to which rate of lending the outcome curve of group A stays above where it set out (or rises, the mistake)."""

    def measure(size: Size) -> Found:
        found = []
        for rng in np.random.default_rng(SEED).spawn(RUNS[size]):
            group = draw(rng)[0]
            rates, curve = outcome_curve(group, expected(group))
            found.append(rates[np.argmax(curve) if peak else np.flatnonzero(curve >= 0)[-1]])
        return mean_of(found, "runs of group A")

    return measure


def _lived_row(policy: str, what: str, group: int) -> Row:
    start, even = exact_thresholds(policy)[group], EVEN[group]
    target = {"threshold": start, "rate": even.rate(start), "change": even.change(start)}[what]
    words = {"threshold": "where lending starts", "rate": "share with a loan", "change": "mean change of score"}[what]
    mistake, n = OF_POLICY[policy], round(PEOPLE * even.share)
    bias = {"threshold": (even.high - even.low) / n, "rate": 1 / n, "change": -DOWN / n}
    wrong = [Wrong(mistake, MISTAKES[mistake], read(what, policy, group, mistake))]
    if what == "change" and policy != OPPORTUNITY:  # there the mean is too near 0 for a quotient to tell
        wrong.append(Wrong(PER_LOAN, MISTAKES[PER_LOAN], read(what, policy, group, PER_LOAN)))
    return Row(
        name=f"lending-{policy.replace(' ', '-')}-{what}-{GROUPS[group].lower()}", table=Table.THEORY,
        title=f"Lending by score under {policy}, group {GROUPS[group]}: {words}", target=target, unit=UNITS[what], sources=("liu-2018",),
        origin=Origin.THEOREM, through=Through.REPLICATION, pins=(), measure=read(what, policy, group), wrong=tuple(wrong),
        bias=bias[what], bias_why=ONE_PERSON,
    )  # fmt: skip


ONE_PERSON = "The bank stops at a person: within one of the group's people, and one mean gap between their scores, of the exact threshold."
LIVED = (*(_lived_row(policy, what, 0) for policy in POLICIES for what in UNITS), _lived_row(PARITY, "change", 1))
HARMLESS = Row(
    name="lending-harmless-rate-a", table=Table.THEORY,
    title="Lending by score, group A: the rate from which the mean falls below where it was", target=harmless_rate(),
    unit="share of the group", sources=("liu-2018",), origin=Origin.THEOREM, through=Through.REPLICATION, pins=(), measure=harmless(),
    wrong=(Wrong("peak", "Harm is counted from where the curve begins to fall.", harmless(peak=True)),),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*LIVED, HARMLESS, *credit_tables.ROWS)


def drawn_outcomes() -> tuple[Series, ...]:
    """The outcome curves of both groups, exactly and as lived by the people of one run."""
    at = tuple(i / 25 for i in range(26))
    fine = tuple(i / 100 for i in range(101))
    series: list[Series] = []
    rng = np.random.default_rng(SEED)
    for name, even, group in zip(GROUPS, EVEN, draw(rng), strict=True):
        exact = tuple(even.change(even.high - share * (even.high - even.low)) for share in fine)
        rates, curve = outcome_curve(group, _changes(group, rng))
        lived_curve = np.interp(at, np.concatenate([[0.0], rates]), np.concatenate([[0.0], curve]))
        series.append(Series(f"group {name}", Kind.THEIRS, f"group {name}: exactly", fine, exact))
        series.append(Series(f"group {name}", Kind.OURS, f"lived, {group.scores.size:,} people", at, tuple(lived_curve.tolist())))
    return (*series, Series("", Kind.ELSE, "no change", (0.0, 1.0), (0.0, 0.0)))


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "lending-outcome-curve", Table.THEORY, "What lending to more of a group does to its mean score", "share of the group with a loan",
        "mean change of score, points",
        "The outcome curve of Liu et al. 2018, in an instance of ours that is solved exactly: lending lifts the mean of a group at first; "
        "beyond a point it harms, and for group A lending to everyone lowers the mean by far.", drawn_outcomes,
    ),
    *credit_tables.PICTURES,
)  # fmt: skip
