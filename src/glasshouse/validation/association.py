"""Scores that take in those of ties, against exact theory: `s = a W s + (1 - a) b` with row-stochastic `W` (Friedkin and Johnsen).

The engine's scores are whole tenths: each sweep rounds a mean and an effective score, by at most half a tenth each, so that in the long
run a score is off by at most `(1 + a) / (2 (1 - a))` tenths. That, and what is left of the start after so many sweeps (`a` to their
number), is all the bias there is. Nothing here is left to chance.

The engine's ties are blocks: complete graphs, or several layers of them. A karate club, rings and stars are no towns that can be laid out
in blocks: there the rules of `mechanism/association.py` are swept over the graph as the engine sweeps them over a town.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import bonds
from glasshouse.mechanism.association import effective, mean_score
from glasshouse.validation.karate import Graph, karate_club, ring, star
from glasshouse.validation.live import Floats, below_start, machine, remembered, weights_of_ties
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import associated, town, world

POINTS = 1_000_000.0  # of one act: a tenth is then a ten-millionth of it
STEP = 10 * POINTS
QUIET = 30  # weeks without an act that bring a town to rest
SOURCES = ("friedkin-johnsen-1990",)


def rounding(a: float) -> float:
    """Tenths by which rounding can move a score in the long run."""
    return (1 + a) / (2 * (1 - a))


def held(a: float) -> float:
    """The weight as the engine holds it, in 1/65536."""
    return round(a * 65536) / 65536


def fixed_point(ties: Floats, own: Floats, a: float) -> Floats:
    """Friedkin and Johnsen's scores."""
    return np.asarray(np.linalg.solve(np.eye(len(own)) - a * ties, (1 - a) * own))


def page_rank(ties: Floats, a: float) -> Floats:
    """By power iteration on the transposed matrix, apart from `fixed_point`."""
    rank = np.full(len(ties), 1 / len(ties))
    for _ in range(400):
        rank = a * ties.T @ rank + (1 - a) / len(ties)
    return rank


# Towns --------------------------------------------------------------------------------------------------------------------------------


def ties_own_scores(own: int, ties: int, weight: int) -> int:
    """Wrong: what a person hands on to ties is their own score, not the one that takes in others'."""
    return own


@cache
def still_circles(a: float, wrong: bool = False) -> tuple[float, float]:
    """Shares of one act's points that reach the one who acted and the other four, in circles of five where one person acted once.

    Circles with an act in the last weeks are left out: these weeks are lived twice, the second time to the end.
    """
    before, _ = _circles(a, 70, wrong)
    own, scores = _circles(a, 70 + QUIET, wrong)
    block = np.arange(len(own)) // 5
    sums = np.bincount(block, own)
    moved = np.bincount(block, own != before) > 0
    here = np.isin(block, np.flatnonzero((sums == STEP) & ~moved))
    assert here.sum() >= 25
    return float(scores[here & (own == STEP)].mean() / STEP), float(scores[here & (own == 0)].mean() / STEP)


def _circles(a: float, weeks: int, wrong: bool) -> tuple[Floats, Floats]:
    """Own and effective scores below the start, circle by circle."""
    run = machine(
        world(0.12, changes=town(200, circle=5)), associated(a, {"circle": 1}, POINTS), people=200, weeks=weeks, seed=201, plain=wrong
    )
    if wrong:
        with patch.object(bonds, "effective", ties_own_scores):
            _, memory = remembered(run)
    else:
        _, memory = remembered(run)
    order = np.argsort(np.asarray(memory["first_at"][1]), kind="stable")
    own, ties = below_start(memory, "own"), 10_000 - memory["mean"][0, 0].astype(float)
    return own[order], ((1 - held(a)) * own + held(a) * ties)[order]


def of_five(a: float) -> tuple[float, float]:
    """A complete graph of five with one bad member."""
    g = (1 - a) / (1 + a / 4)
    return 1 / 5 + g * 4 / 5, 1 / 5 - g / 5


def circle_rows(a: float) -> tuple[Row, Row]:
    """What one act costs the one who acted, and each of the other four of the circle."""

    def row(name: str, title: str, i: int) -> Row:
        def one_step(size: Size) -> Found:
            return Found(still_circles(a, wrong=True)[i])

        def swapped(size: Size) -> Found:
            return Found(still_circles(1 - a)[i])

        variants = [Wrong("own-scores-of-ties", "Ties hand on their own scores, so that nothing travels further than a step.", one_step)]
        if a != 0.5:
            variants.append(Wrong("weights-swapped", "The weight of association is that of the own score.", swapped))
        return Row(
            name=name, table=Table.THEORY, title=title, target=of_five(a)[i], unit="share of one act's points", sources=SOURCES,
            origin=Origin.THEOREM, through=Through.PRODUCT, pins=("association",), measure=lambda size: Found(still_circles(a)[i]),
            wrong=tuple(variants), bias=rounding(a) / STEP + a**QUIET,
            bias_why="rounding to whole tenths, and what is left of the start after thirty weeks",
        )  # fmt: skip

    words = f"one act in a circle of five, weight {a:g}"
    return row(f"circle-own-{a:g}", f"What it costs the one who acted: {words}", 0), row(
        f"circle-others-{a:g}", f"What it costs each of the others: {words}", 1
    )


OVER = {"household": 1.0, "circle": 0.5}


@cache
def still_town(a: float, over: tuple[float, float] = (1, 0.5)) -> tuple[Floats, Floats, Floats]:
    """Own scores, effective scores and ties of a town at rest: households of three, circles of seven, one cut off."""
    own = []
    for weeks in (60, 60 + QUIET):
        place = world(0.05, changes=town(60, household=3, circle=7))
        rules = associated(a, {"household": over[0], "circle": over[1]}, POINTS)
        _, memory = remembered(machine(place, rules, people=60, weeks=weeks, seed=206))
        own.append(below_start(memory, "own"))
    assert (own[0] == own[1]).all() and own[1].sum() > 0, "this seed's town is at rest"
    return own[1], below_start(memory, "eff"), weights_of_ties(memory, [1, 0.5])


RANK = 0.6


def by_page_rank(a: float, over: tuple[float, float] = (1, 0.5)) -> Found:
    """The mean penalty of a town over the sum of the PageRanks of those who acted."""
    own, scores, ties = still_town(a, over)
    return Found(float(scores.mean() / (page_rank(ties, held(RANK)) * own).sum()), 0.0, 1)


PAGE_RANK = Row(
    name="page-rank", table=Table.THEORY, title="The mean penalty of a town over the PageRank of those who acted", target=1.0, unit="ratio",
    sources=SOURCES, origin=Origin.THEOREM, through=Through.PRODUCT, pins=("association",), measure=lambda size: by_page_rank(RANK),
    wrong=(
        Wrong("layers-alike", "All layers weigh the same, whatever the scheme says.", lambda size: by_page_rank(RANK, (1, 1))),
        Wrong("weights-swapped", "The weight of association is that of the own score.", lambda size: by_page_rank(1 - RANK)),
    ),
    bias=rounding(RANK) / (STEP / 60) + RANK**QUIET,
    bias_why="rounding to whole tenths, of a mean penalty of at least one act over sixty people, and what thirty weeks leave of the start",
)  # fmt: skip

SWEEP = 0.7


class AtOnce:
    """Wrong: a renewed mean is published at once, so that those renewed after it already take it in."""

    def publish(self, *told: Any) -> None:
        """The right first step; it shows the own scores."""
        self.own = told[3]
        published(*told)

    def renew(self, *told: Any) -> None:
        """One person after the other, in the order of homes."""
        a, people, _, rules, more, first_at, who, eff, tie_weights, _, _, totals, fresh = told
        for slot in range(people):
            fresh[slot] = mean_score(int(totals[slot]), int(tie_weights[a, slot, bonds.LEFT]))
            e = effective(int(self.own[a, 0, slot]), int(fresh[slot]), rules[a].alpha)
            moved, eff[a, 0, slot] = e - eff[a, 0, slot], e
            for place in range(first_at[1, slot], min(first_at[1, slot] + 5, people)):
                if who[1, place] != slot:
                    totals[who[1, place]] += more[a, rules[a].at_tie + 1] * moved


published = bonds.publish


@cache
def shrinks(wrong: bool = False) -> Found:
    """By how much the distance of a circle's sum from its end shrinks from the second week to the sixth, a week."""
    first, people = 5, 500 if wrong else 1_500
    sums, owns = [], []
    for weeks in range(first, first + 7):
        place = world(0.3, changes=town(people, circle=5))
        run = machine(place, associated(SWEEP, {"circle": 1}, POINTS), people=people, weeks=weeks, seed=205, plain=wrong)
        if wrong:
            late = AtOnce()
            with patch.object(bonds, "publish", late.publish), patch.object(bonds, "renew_means", late.renew):
                _, memory = remembered(run)
        else:
            _, memory = remembered(run)
        block = np.asarray(memory["first_at"][1]) // 5
        sums.append(np.bincount(block, below_start(memory, "eff")))
        owns.append(np.bincount(block, below_start(memory, "own")))
    fresh = (owns[0] == 0) & (owns[1] == STEP) & (owns[-1] == STEP)  # moved in the first of these weeks, and never after it
    left = [float((STEP - sums[i][fresh]).sum()) for i in (2, 6)]
    return Found(float((left[1] / left[0]) ** (1 / 4)), 0.0, int(fresh.sum()))


SHRINKS = Row(
    name="sweep-a-week", table=Table.THEORY, title="What is left of a town's distance from rest after a week, weight 0.7",
    target=held(SWEEP),
    unit="ratio", sources=SOURCES, origin=Origin.THEOREM, through=Through.PRODUCT, pins=("association",), measure=lambda size: shrinks(),
    wrong=(Wrong("one-after-the-other", "Means are renewed one after the other and used at once, not all together.",
                 lambda size: shrinks(wrong=True)),),
    bias=5 * rounding(SWEEP) / (STEP * SWEEP**6), bias_why="rounding of five scores to whole tenths, of what is left after six weeks",
)  # fmt: skip

# Graphs that no town can be -----------------------------------------------------------------------------------------------------------

SCALE = 1 << 40  # of one bad member's penalty


def graph_of(name: str) -> Graph:
    """The karate club, a ring of 401, or a star of eleven."""
    return karate_club() if name == "karate" else ring(401) if name == "ring" else star(11)


@cache
def swept(graph: str, bad: int, a: float, wrong: str = "") -> tuple[float, ...]:
    """Shares of the penalty of one bad member (counted from 1) that reach each: every score first, then every mean."""
    ties = graph_of(graph)
    weight = round(a * 65536)
    own = [0] * len(ties)
    own[bad - 1] = SCALE
    score = list(own)
    for _ in range(20 if graph == "ring" else 200):
        means = _means(ties, score, wrong)
        score = [
            effective(own[i], means[i], weight) if wrong != "fading" else effective(score[i], means[i], weight) for i in range(len(own))
        ]
    return tuple(s / SCALE for s in score)


def _means(ties: Graph, score: list[int], wrong: str) -> list[int]:
    degrees: NDArray[np.int64] = ties.sum(axis=1)
    if wrong == "turned":  # each hands out their score in equal parts, instead of taking the mean of ties'
        return [sum(score[j] // int(degrees[j]) for j in np.flatnonzero(ties[i]).tolist()) for i in range(len(score))]
    if wrong == "reflexive":  # everyone is among their own ties
        return [mean_score(int(ties[i] @ np.array(score)) + score[i], int(degrees[i]) + 1) for i in range(len(score))]
    return [mean_score(int(ties[i] @ np.array(score)), int(degrees[i])) for i in range(len(score))]


def of_graph(name: str, title: str, graph: str, bad: int, member: int | None, a: float, target: float) -> Row:
    """A row about one member's share (None: the mean of all) where one member is bad."""

    def reaches(wrong: str = "") -> Found:
        scores = swept(graph, bad, a, wrong)
        return Found(sum(scores) / len(scores) if member is None else scores[member - 1])

    ties = graph_of(graph)
    rows = ties / ties.sum(axis=1, keepdims=True)
    exact, as_held = (fixed_point(rows, np.eye(len(ties))[bad - 1], x) for x in (a, held(a)))
    slip = float(np.abs(exact - as_held).max())
    regular = graph == "ring"
    # Where both have as many ties (or are one and the same), turning the matrix around changes nothing.
    kinds = {
        "turned": "Scores are handed out in equal parts to ties, not averaged over ties.",
        "reflexive": "Everyone is among their own ties.",
    }
    return Row(
        name=name, table=Table.THEORY, title=title, target=target, unit="share of the penalty",
        sources=(*SOURCES, "zachary-1977") if graph == "karate" else SOURCES,
        origin=Origin.RECOMPUTED if graph == "karate" else Origin.THEOREM,
        through=Through.FORMULA, pins=("association",), measure=lambda size: reaches(),
        wrong=tuple(Wrong(kind, text, lambda size, kind=kind: reaches(kind)) for kind, text in kinds.items()  # type: ignore[misc]
                    if kind != "turned" or ties[bad - 1].sum() != ties[(member or bad) - 1].sum() or member is None),
        bias=5e-9 + slip + a ** (20 if regular else 200),
        bias_why="eight printed digits, the weight in 1/65536, and rounding to whole tenths",
    )  # fmt: skip


CLUB = "Karate club, weight"
GRAPHS = (
    of_graph("karate-1-own", f"{CLUB} 0.5: member 1 is listed; what member 1 bears", "karate", 1, 1, 0.5, 0.55739728),
    of_graph(
        "karate-1-leaf", f"{CLUB} 0.5: member 1 is listed; what member 12 bears, whose only tie that is", "karate", 1, 12, 0.5, 0.27869864
    ),
    of_graph("karate-1-mean", f"{CLUB} 0.5: member 1 is listed; the mean over the club", "karate", 1, None, 0.5, 0.07640405),
    of_graph("karate-34-own", f"{CLUB} 0.5: member 34 is listed; what member 34 bears", "karate", 34, 34, 0.5, 0.55808396),
    of_graph("karate-34-most", f"{CLUB} 0.5: member 34 is listed; what member 27 bears", "karate", 34, 27, 0.5, 0.16724962),
    of_graph("karate-34-mean", f"{CLUB} 0.5: member 34 is listed; the mean over the club", "karate", 34, None, 0.5, 0.07997383),
    of_graph("karate-34-own-0.85", f"{CLUB} 0.85: member 34 is listed; what member 34 bears", "karate", 34, 34, 0.85, 0.26763791),
    of_graph("karate-34-most-0.85", f"{CLUB} 0.85: member 34 is listed; what member 27 bears", "karate", 34, 27, 0.85, 0.17707843),
    of_graph("karate-34-rank", f"{CLUB} 0.85: member 34 is listed; the mean, which is 34's PageRank", "karate", 34, None, 0.85, 0.10091918),
    of_graph("karate-1-rank", f"{CLUB} 0.85: member 1 is listed; the mean, which is 1's PageRank", "karate", 1, None, 0.85, 0.09699729),
    of_graph("ring-own", "A long ring, weight 0.5: what the one who is listed bears", "ring", 1, 1, 0.5, 1 / 3**0.5),
    of_graph("ring-neighbour", "A long ring, weight 0.5: what a neighbour bears", "ring", 1, 2, 0.5, (2 - 3**0.5) / 3**0.5),
    of_graph("star-hub", "A star, weight 0.5: the hub is listed; what a leaf bears", "star", 1, 2, 0.5, 1 / 3),
    of_graph("star-leaf", "A star of eleven, weight 0.5: a leaf is listed; what another leaf bears", "star", 2, 3, 0.5, 1 / 60),
)

ROWS: tuple[Row, ...] = (*circle_rows(0.5), *circle_rows(0.25), PAGE_RANK, SHRINKS, *GRAPHS)
