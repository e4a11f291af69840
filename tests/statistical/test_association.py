"""Scores that take in those of ties, against exact theory: section 2 of the validation plan.

In theory `s = a W s + (1 - a) b` with row-stochastic `W`. The engine's scores are whole tenths: each sweep rounds a mean and an effective
score, by at most half a tenth each, so that a score is off by at most `(1 + a) / 2` tenths a sweep, and in the long run by at most
`(1 + a) / (2 (1 - a))` tenths. That, and what is left of the start after so many sweeps (`a` to their number), is all that a comparison
allows. Everything here is exact: there is no false alarm.

The engine's ties are blocks: complete graphs, or several layers of them. The karate club, rings and stars are no towns that can be laid
out in blocks: there the rules of `mechanism/association.py` are swept over the graph as the engine sweeps them over a town.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from glasshouse.mechanism.association import effective, mean_score
from tests.live import lived, machine
from tests.statistical.karate import karate_club
from tests.statistical.towns import Floats, associated, circles, deviations, lived_town, weights_of_ties

POINTS = 1_000_000.0  # of one act: a tenth is then a ten-millionth of it
STEP = 10 * POINTS
QUIET = 30  # weeks without an act that bring a town to rest


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


# Towns ---------------------------------------------------------------------------------------------------------------------------------


def still_town(a: float, size: int, seed: int) -> tuple[Floats, Floats, Floats, NDArray[np.int64]]:
    """Own and effective scores below the start, ties, and the block of each person, in a town where acts have become rare.

    Blocks with an act in the last weeks are left out: these weeks are lived twice, the second time to the end.
    """
    own, last, ties, block = [], None, np.zeros((0, 0)), np.zeros(0, np.int64)
    for weeks in (70, 70 + QUIET):
        run = machine(circles(size, 40 * size, acts=0.12), associated(a, {"circle": 1}, POINTS), people=40 * size, weeks=weeks, seed=seed)
        _, last = lived_town(run)
        own.append(deviations(last, "own"))
        ties, block = weights_of_ties(last, [0, 1]), np.asarray(last["first_at"][1])
    moved = np.isin(block, block[own[0] != own[1]])
    assert last is not None and not moved.all()
    keep = ~moved
    return own[1][keep], deviations(last, "eff")[keep], ties[np.ix_(keep, keep)], block[keep]


@pytest.mark.parametrize("a", [0.5, 0.25])
def test_one_of_five(a: float) -> None:
    """A complete graph with one bad member: 1/n + g (1 - 1/n) for that one and (1 - g)/n for the others, g = (1 - a) / (1 + a/(n - 1))."""
    n = 5
    own, scores, ties, block = still_town(a, n, seed=201)
    g = (1 - a) / (1 + a / (n - 1))
    bad, other = 1 / n + g * (1 - 1 / n), (1 - g) / n
    if a == 0.5:
        assert (bad, other) == pytest.approx((0.555556, 0.111111), abs=1e-6)
    slack = rounding(a) + STEP * a**QUIET
    blocks = 0
    for first in np.unique(block):
        here = block == first
        if own[here].sum() == STEP:
            expected = np.where(own[here] == STEP, bad, other) * STEP
            assert np.abs(scores[here] - expected).max() <= slack
            blocks += 1
    assert blocks >= 5
    assert np.abs(scores - fixed_point(ties, own, a)).max() <= rounding(a) + own.max() * a**QUIET


def test_ties_move_scores_between_people_and_not_their_mean() -> None:
    """In a regular graph the mean of the scores is that of the own scores, in each block."""
    a = 0.5
    own, scores, _, block = still_town(a, 6, seed=202)
    assert own.max() > 0
    for first in np.unique(block):
        here = block == first
        assert abs(scores[here].mean() - own[here].mean()) <= rounding(a) + own.max() * a**QUIET


def test_where_all_are_alike_ties_change_nothing() -> None:
    """A constant is a fixed point: everyone at the floor, reached from above but for rounding."""
    run = machine(circles(5, 100, acts=40), associated(0.5, {"circle": 1}, 100, floor=900), people=100, weeks=52, seed=203)
    _, memory = lived_town(run)
    assert (deviations(memory, "own") == 1000).all()
    assert np.abs(deviations(memory, "eff") - 1000).max() <= rounding(0.5)


def test_what_a_listing_costs_others_is_its_page_rank() -> None:
    """The mean penalty of a town is, bad member by bad member, their PageRank: households of three, circles of seven, one cut off."""
    a, over, people = held(0.6), {"household": 1, "circle": 0.5}, 60
    own = []
    for weeks in (60, 60 + QUIET):
        run = machine(circles(7, people, acts=0.05, household=3), associated(a, over, POINTS), people=people, weeks=weeks, seed=206)
        _, memory = lived_town(run)
        own.append(deviations(memory, "own"))
    assert (own[0] == own[1]).all() and own[1].sum() > 0  # this seed's town is at rest
    ties = weights_of_ties(memory, [1, 0.5])
    degrees = (ties > 0).sum(axis=1)
    assert len(set(degrees.tolist())) > 1  # not regular: people differ in what their listing does to others
    slack = rounding(a) + own[1].max() * a**QUIET
    scores = deviations(memory, "eff")
    assert np.abs(scores - fixed_point(ties, own[1], a)).max() <= slack
    assert abs(scores.mean() - (page_rank(ties, a) * own[1]).sum()) <= slack


def test_the_error_shrinks_by_the_weight_every_week() -> None:
    """One sweep a week: the sum of a block that was moved once is `1 - a ** (t + 1)` of the way after `t` weeks more."""
    a, n, first, people = held(0.7), 5, 5, 1_500
    sums, owns = [], []
    for weeks in range(first, first + 9):
        run = machine(circles(n, people, acts=0.3), associated(a, {"circle": 1}, POINTS), people=people, weeks=weeks, seed=205)
        _, memory = lived_town(run)
        block = np.asarray(memory["first_at"][1]) // n
        sums.append(np.bincount(block, deviations(memory, "eff")))
        owns.append(np.bincount(block, deviations(memory, "own")))
    fresh = (owns[0] == 0) & (owns[1] == STEP) & (owns[-1] == STEP)  # moved in the first of these weeks, and never after it
    assert fresh.any()
    for t in range(8):
        expected = STEP * (1 - a ** (t + 1))
        assert np.abs(sums[1 + t][fresh] - expected).max() <= n * (1 + a) / 2 * (1 - a ** (t + 1)) / (1 - a)


def test_nothing_is_swept_where_the_weight_is_nought() -> None:
    quiet = lived(machine(circles(5, 100, acts=5), associated(0.0, {"circle": 1}, 100), people=100, seed=206))
    plain = lived(machine(circles(5, 100, acts=5), associated(0.5, {"circle": 0}, 100), people=100, seed=206))
    assert (quiet["grades"] == plain["grades"]).all()


# Graphs that no town can be -----------------------------------------------------------------------------------------------------------


def swept(graph: NDArray[np.int64], own: list[int], a: float, sweeps: int) -> Floats:
    """The engine's rules on any graph: every effective score first, then every mean."""
    weight = round(a * 65536)
    score = list(own)
    for _ in range(sweeps):
        means = [mean_score(int(graph[i] @ np.array(score)), int(graph[i].sum())) for i in range(len(own))]
        score = [effective(own[i], means[i], weight) for i in range(len(own))]
    return np.array(score, float)


SCALE = 1 << 36  # of one bad member's penalty


def one_bad(graph: NDArray[np.int64], j: int, a: float, sweeps: int) -> Floats:
    """Shares of the penalty of one bad member that reach each."""
    own = [0] * len(graph)
    own[j] = SCALE
    return swept(graph, own, a, sweeps) / SCALE


KARATE: list[tuple[float, int, dict[int, float], float]] = [
    (0.5, 1, {1: 0.55739728, 12: 0.27869864, 30: 0.00385143}, 0.07640405),
    (0.5, 34, {34: 0.55808396, 27: 0.16724962, 17: 0.00123875}, 0.07997383),
    (0.85, 34, {34: 0.26763791, 27: 0.17707843}, 0.10091918),
]
REACHED = {(0.5, 34): (17, 9), (0.85, 34): (24, 16)}  # others with at least a twentieth, a tenth of the penalty


@pytest.mark.parametrize(("a", "bad", "published", "mean"), KARATE)
def test_the_karate_club(a: float, bad: int, published: dict[int, float], mean: float) -> None:
    """Zachary's 34 people and 78 ties. The engine's weight is in 1/65536: theory is published for .85, and swept for 55706 / 65536."""
    graph = karate_club()
    assert graph.sum() == 2 * 78 and (graph == graph.T).all()
    ties = graph / graph.sum(axis=1, keepdims=True)
    own = np.eye(len(graph))[bad - 1]
    exact = fixed_point(ties, own, a)
    for member, score in published.items():
        assert exact[member - 1] == pytest.approx(score, abs=1e-8)
    assert (exact.mean(), page_rank(ties, a)[bad - 1]) == pytest.approx((mean, mean), abs=1e-8)
    scores = one_bad(graph, bad - 1, a, 200)
    assert np.abs(scores - fixed_point(ties, own, held(a))).max() <= rounding(a) / SCALE + held(a) ** 200
    others = np.delete(scores, bad - 1)
    if bad == 34:
        assert ((others >= 0.05).sum(), (others >= 0.1).sum()) == REACHED[a, bad]
    assert a != 0.5 or others.argmin() + 1 == (30 - 1 if bad == 1 else 17)  # the lowest: member 30, counted without the first; member 17


def test_page_rank_of_the_karate_club() -> None:
    graph = karate_club()
    ties = graph / graph.sum(axis=1, keepdims=True)
    published = {34: 0.10091918, 1: 0.09699729, 33: 0.071693, 3: 0.057079, 2: 0.052877}
    for member, rank in published.items():
        assert page_rank(ties, 0.85)[member - 1] == pytest.approx(rank, abs=5e-7)
        mean = one_bad(graph, member - 1, 0.85, 200).mean()
        assert mean == pytest.approx(page_rank(ties, held(0.85))[member - 1], abs=1e-9)


def ring(n: int) -> NDArray[np.int64]:
    """Everyone is tied to two neighbours."""
    return np.roll(np.eye(n, dtype=np.int64), 1, axis=1) + np.roll(np.eye(n, dtype=np.int64), -1, axis=1)


def star(n: int) -> NDArray[np.int64]:
    """Everyone is tied to the first."""
    out = np.zeros((n, n), np.int64)
    out[0, 1:] = out[1:, 0] = 1
    return out


def test_a_ring_and_a_star() -> None:
    """On a ring the penalty falls by `(1 - sqrt(1 - a^2)) / a` a step; in a star it depends on whether the hub is bad."""
    around = one_bad(ring(401), 0, 0.5, 60)
    assert around[0] == pytest.approx(0.57735027, abs=1e-8)
    assert around[1:6] / around[:5] == pytest.approx(np.full(5, 0.26794919), abs=1e-7)
    hub = one_bad(star(11), 0, 0.5, 60)
    assert (hub[0], hub[1]) == pytest.approx((2 / 3, 1 / 3), abs=1e-8)
    leaf = one_bad(star(11), 1, 0.5, 60)
    assert (leaf[1], leaf[0], leaf[2]) == pytest.approx((0.516667, 0.033333, 0.016667), abs=1e-6)


@pytest.mark.parametrize(("a", "sweeps"), [(0.5, 31), (0.85, 129)])
def test_sweeps_until_the_rest_is_small(a: float, sweeps: int) -> None:
    """The error is at most `a ** t` after `t` sweeps; published are the sweeps that leave 1e-10."""
    graph = karate_club()
    end = one_bad(graph, 33, a, 400)
    for t in (1, 5, 10, 20):
        own = [0] * 34
        own[33] = SCALE
        assert np.abs(swept(graph, own, a, t) / SCALE - end).max() <= held(a) ** t + 1e-9
    assert np.abs(one_bad(graph, 33, a, sweeps) - end).max() <= 2e-10  # 1e-10, and rounding
