"""The adaptive authority of Daymude, Axelrod and Forrest (2025), at the settings that they published and at no others.

In their model a population of fixed desires and boldness answers a single authority, which at random changes its tolerance, its severity or
its surveillance a little, and keeps the change unless what it counts as its cost has risen: what is said, and what is punished. Their
finding is that a bold population keeps such an authority moderate, because punishing everyone at once is dear. This replication tests our
understanding of that finding. It has no part in the product, knows nothing of its schemes, and takes no settings: only the names of three
published ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from glasshouse.validation.dissent import MEAN_DESIRE, MODEL, scale_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong

Floats = NDArray[np.float64]
ROUNDS, STEP = 5000, 0.05
START = (0.25, 0.1, 0.1)  # tolerance, severity, surveillance
LEAST_SEVERE = 1e-9
SUPPRESSED = 0.25  # of what is wished, on average over so many last rounds
LAST = 500
SEEDS = tuple(range(1, 13))
AUTHORS_SEED, AUTHORS_PEOPLE = 458734673, 100_000
PEOPLE = 5000


@dataclass(frozen=True)
class Published:
    """A population and a kind of sanction of the authors' figures."""

    boldness: float
    grows: bool  # the sanction, with what exceeds the tolerated


SETTINGS = {
    "uniform, boldness 2": Published(2.0, False),
    "uniform, boldness 8": Published(8.0, False),
    "proportional, boldness 1": Published(1.0, True),
}


def wishes(rng: np.random.Generator, people: int) -> Floats:
    """Exponential numbers, of which those above 1 are drawn again."""
    kept = np.zeros(0)
    while len(kept) < people:
        drawn = rng.exponential(scale_of(MEAN_DESIRE), people)
        kept = np.append(kept, drawn[drawn <= 1])
    return kept[:people]


def acts(it: Published, wish: Floats, bold: Floats, policy: Floats) -> Floats:
    """What each says, given what is tolerated, how severely and how closely."""
    tolerated, severe, watched = policy
    if not it.grows:
        gain = bold * (wish - tolerated)
        return np.asarray(np.where((wish <= tolerated) | (gain >= severe * (watched + (1 - watched) * wish)), wish, tolerated))
    if watched == 1:
        return np.asarray(np.where((wish <= tolerated) | (bold >= severe), wish, tolerated))
    best = (tolerated + (bold - watched * severe) / ((1 - watched) * severe)) / 2
    return np.asarray(np.minimum(wish, np.maximum(tolerated, best)))


@dataclass(frozen=True, eq=False)
class Course:
    """What is said in each round, as a share of what is wished, and the policy at the end."""

    said: Floats
    policy: Floats


@cache
def course(name: str, seed: int, people: int, *, compares: bool = True, counts_sanctions: bool = True) -> Course:
    """The rounds of one seed. Random numbers are drawn in the order of the authors' code, so that its seeds mean the same.

    `compares`, `counts_sanctions`: switched off, the authority keeps every change, or does not mind what is punished (deliberate mistakes).
    """
    it, rng = SETTINGS[name], np.random.default_rng(seed)
    wish = wishes(rng, people)
    bold = rng.exponential(it.boldness, people)
    which = rng.integers(3, size=ROUNDS)
    policy, before, said = np.array(START), np.inf, np.zeros(ROUNDS)
    for n in range(ROUNDS):
        tried = policy.copy()
        if n > 0:
            tried[which[n]] = changed(rng, int(which[n]), float(policy[which[n]]))
        done = acts(it, wish, bold, tried)
        seen = (done > tried[0]) & (rng.random(people) < tried[2] + (1 - tried[2]) * done)
        punished = float((tried[1] * (done - tried[0]) * seen).sum()) if it.grows else float(tried[1] * seen.sum())
        said[n] = done.sum()
        cost = said[n] + (punished if counts_sanctions else 0.0)
        if cost <= before or not compares:
            policy = tried
        before = cost
    return Course(said / wish.sum(), policy)


def changed(rng: np.random.Generator, which: int, value: float) -> float:
    """One part of a policy, a little changed: tolerance and surveillance between 0 and 1, severity above 0."""
    low, high = (LEAST_SEVERE, np.inf) if which == 1 else (0.0, 1.0)
    return float(rng.uniform(max(low, value - STEP), min(high, value + STEP)))


def suppressed(name: str, **mistake: bool) -> Measure:
    """In what share of the seeds less than a quarter of what is wished is said in the end."""

    def measure(size: Size) -> Found:
        seeds = SEEDS[:4] if size is Size.QUICK else SEEDS
        ends = [course(name, seed, PEOPLE, **mistake).said[-LAST:].mean() for seed in seeds]
        return Found(sum(end < SUPPRESSED for end in ends) / len(seeds), 0.0, len(seeds), "seeds")

    return measure


def said_last(name: str, **mistake: bool) -> Measure:
    """What is said in the last round of the authors' own seed."""
    return lambda _: Found(float(course(name, AUTHORS_SEED, AUTHORS_PEOPLE, **mistake).said[-1]), 0.0, 1, "the authors' seed")


def policy_last(name: str, part: int, **mistake: bool) -> Measure:
    """Tolerance, severity or surveillance after the last round of the authors' own seed."""
    return lambda _: Found(float(course(name, AUTHORS_SEED, AUTHORS_PEOPLE, **mistake).policy[part]), 0.0, 1, "the authors' seed")


KEEPS_ALL = ("keeps every change", "The authority keeps a change whatever it costs.")
MINDS_NOT = ("sanctions cost nothing", "The authority does not mind what is punished.")
DIGITS = "printed to so many digits"


def row(name: str, title: str, target: float, unit: str, measure: Measure, wrong: Wrong, bias: float = 0.0, quick: bool = False) -> Row:
    """A row of this model."""
    why = DIGITS if bias else ""
    origin, through = Origin.CODE, Through.REPLICATION
    return Row(name, Table.MODELS, title, target, unit, MODEL, origin, through, (), measure, (wrong,), bias, why, quick=quick)


BOLD_2, BOLD_8, GROWS = SETTINGS
IN_THE_END = "seeds with under a quarter of what is wished said in the end"
OWN = "the authors' own seed, last of 5,000 rounds:"
ROWS: tuple[Row, ...] = (
    row(
        "authority-boldness-2", f"One sanction for all, boldness 2: {IN_THE_END}", 1.0, "share of seeds", suppressed(BOLD_2),
        Wrong(*KEEPS_ALL, suppressed(BOLD_2, compares=False)), quick=True,
    ),
    row(
        "authority-boldness-8", f"One sanction for all, boldness 8: {IN_THE_END}", 0.0, "share of seeds", suppressed(BOLD_8),
        Wrong(*MINDS_NOT, suppressed(BOLD_8, counts_sanctions=False)), quick=True,
    ),
    row(
        "authority-proportional", f"A sanction that grows, boldness 1: {IN_THE_END}", 11 / 12, "share of seeds", suppressed(GROWS),
        Wrong(*MINDS_NOT, suppressed(GROWS, counts_sanctions=False)),
    ),
    row(
        "authority-run-said-2", f"Boldness 2, {OWN} what is said of what is wished", 0.0032, "share", said_last(BOLD_2),
        Wrong(*KEEPS_ALL, said_last(BOLD_2, compares=False)), 5e-5,
    ),
    row(
        "authority-run-severity-2", f"Boldness 2, {OWN} severity", 8.9003, "sanction", policy_last(BOLD_2, 1),
        Wrong(*KEEPS_ALL, policy_last(BOLD_2, 1, compares=False)), 5e-5,
    ),
    row(
        "authority-run-watched-2", f"Boldness 2, {OWN} surveillance", 0.9143, "share", policy_last(BOLD_2, 2),
        Wrong(*KEEPS_ALL, policy_last(BOLD_2, 2, compares=False)), 5e-5,
    ),
    row(
        "authority-run-said-8", f"Boldness 8, {OWN} what is said of what is wished", 0.9995, "share", said_last(BOLD_8),
        Wrong(*MINDS_NOT, said_last(BOLD_8, counts_sanctions=False)), 5e-5,
    ),
    row(
        "authority-run-tolerated-8", f"Boldness 8, {OWN} what is tolerated", 0.9502, "share", policy_last(BOLD_8, 0),
        Wrong(*MINDS_NOT, policy_last(BOLD_8, 0, counts_sanctions=False)), 5e-5,
    ),
    row(
        "authority-run-said-growing", f"A sanction that grows, boldness 1, {OWN} what is said of what is wished", 0.0023, "share",
        said_last(GROWS), Wrong(*KEEPS_ALL, said_last(GROWS, compares=False)), 5e-5,
    ),
)  # fmt: skip
