"""The ranking of assumed values on cases with known answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from glasshouse.study.influence import influence, ranks
from glasshouse.study.plan import sobol


def test_ranks_share_ties() -> None:
    assert ranks([3, 1, 3, 2]).tolist() == [2.5, 0, 2.5, 1]


def test_the_one_value_that_matters_explains_all_and_the_others_nothing() -> None:
    draws = sobol(64, 3, 1)
    shares = influence(draws, [math.exp(5 * row[1]) for row in draws])  # any rising function: only ranks count
    assert shares[1] == pytest.approx(1)
    assert max(shares[0], shares[2]) < 0.06


def test_a_falling_outcome_counts_as_much_as_a_rising_one() -> None:
    draws = sobol(32, 2, 1)
    up, down = (influence(draws, [sign * row[0] for row in draws]) for sign in (1, -1))
    assert up == pytest.approx(down)


def test_a_weighted_sum_is_shared_out_by_squared_weights() -> None:
    """For independent even draws x and y, 2 x + y varies by 4/5 with x and by 1/5 with y; ranks come near that."""
    draws = sobol(1024, 2, 3)
    shares = influence(draws, [2 * x + y for x, y in draws])
    assert shares == pytest.approx([0.8, 0.2], abs=0.02)


def test_it_is_the_squared_rank_correlation() -> None:
    rng = np.random.default_rng(4)
    draws = rng.random((50, 3)).tolist()
    outcome = [row[0] * row[2] + 0.1 * row[1] for row in draws]
    expected = [stats.spearmanr([row[j] for row in draws], outcome).statistic ** 2 for j in range(3)]
    assert influence(draws, outcome) == pytest.approx(expected)


def test_what_was_not_measured_is_left_out() -> None:
    draws = [[i / 8, (7 - i) / 8 if i < 4 else 0.9] for i in range(8)]
    outcome: list[float | None] = [0, 1, 2, 3, None, None, float("nan"), None]
    assert influence(draws, outcome) == pytest.approx([1, 1])


def test_a_constant_explains_nothing_and_is_not_explained() -> None:
    assert influence([[0.5], [0.5], [0.5]], [1, 2, 3]) == [0]
    assert influence([[0.1], [0.5], [0.9]], [2, 2, 2]) == [0]


def test_too_few_points_say_nothing() -> None:
    assert influence([[0.1, 0.2], [0.3, 0.4]], [1, 2]) == [0, 0]
    assert influence([], []) == []
