"""How far a hundred finds, weighed in weeks, are from the urn's endless finds: the biases that rows of the urn state."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from glasshouse.validation import surveillance as S
from glasshouse.validation.surveillance import Floats, Watched

MOST, A_WEEK = 190, 5  # finds of one kind in ten years, and in a week: more have a chance below one in a thousand over all the years


def exact_law(it: Watched) -> tuple[Floats, Floats]:
    """Every share of the first kind of district after the last week, and its chance: a chain of weeks with Poisson numbers of finds."""
    chance = np.zeros((MOST, MOST))
    chance[0, 0] = 1
    a, b = np.meshgrid(it.start()[0] + np.arange(MOST), it.start()[1] + np.arange(MOST), indexing="ij")
    found = [[np.exp(-m) * m**k / math.factorial(k) for k in range(A_WEEK)] for m in (it.visits * n / (a + b) for n in (a, b))]
    for _ in range(it.weeks):
        after = np.zeros_like(chance)
        for i in range(A_WEEK):
            for j in range(A_WEEK):
                after[i:, j:] += (chance * found[0][i] * found[1][j])[: MOST - i, : MOST - j]
        chance = after
    return a / (a + b), chance


@pytest.fixture(scope="module")
def alike() -> tuple[Floats, Floats]:
    return exact_law(S.EVEN)


def test_nothing_is_lost_of_the_law(alike: tuple[Floats, Floats]) -> None:
    share, chance = alike
    assert 1 - chance.sum() < 1e-3
    assert (share * chance).sum() == pytest.approx(0.5, abs=1e-3)


def test_bias_of_the_variance(alike: tuple[Floats, Floats]) -> None:
    share, chance = alike
    assert (S.squared(share) * chance).sum() == pytest.approx(1 / 12, abs=S.FEW_FINDS_VARIANCE)


def test_bias_of_how_often_districts_come_apart(alike: tuple[Floats, Floats]) -> None:
    share, chance = alike
    assert (S.apart(share) * chance).sum() == pytest.approx(0.8, abs=S.FEW_FINDS_APART)


def test_bias_of_how_often_three_to_one_is_turned_round() -> None:
    share, chance = exact_law(S.THREE_TO_ONE)
    assert (S.behind(share) * chance).sum() == pytest.approx(0.125, abs=S.FEW_FINDS_BEHIND)


def test_numbers_of_the_mean_field() -> None:
    """Found apart from this code: the share of the first district after so many visits, and where reports leave it."""
    assert pytest.approx(0.701880, abs=5e-7) == S.SOON
    assert pytest.approx(0.874835, abs=5e-7) == S.LATE
    assert S.mean_field(S.PUBLISHED_START, S.OAKLAND.rates, 1e6) == pytest.approx(0.924352, abs=5e-7)
    assert [S.attenuated(w, S.OAKLAND.rates) for w in (0.9, 0.8, 0.6, 0.5)] == pytest.approx(
        [0.775890, 0.682591, 0.614287, 0.598897], abs=1e-6
    )


def test_attention_that_stays_even_does_what_reports_do() -> None:
    """The mean field of the product, run on, comes to rest where the urn with reports does."""
    for discovered in (0.5, 0.3):
        long = replace(S.HALF_REPORTED, follows=S.follows(discovered), weeks=200_000)
        assert S.weekly(long) == pytest.approx(S.attenuated(discovered, long.rates), abs=1e-4)
