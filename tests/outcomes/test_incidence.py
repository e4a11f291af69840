"""Cumulative incidence, by hand and against a plain product-limit over single people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.engine.layout import DAY_BINS, duration_bin
from glasshouse.outcomes.incidence import Curve, aalen_johansen

CENSORED = -1
BINS = 600
Life = tuple[int, int]  # duration, cause (or CENSORED)


def curve(lives: Sequence[Life], causes: int = 2, bins: int = BINS) -> Curve:
    """The curve of single lives."""
    ends, censored = np.zeros((causes, bins), np.int64), np.zeros(bins, np.int64)
    for days, cause in lives:
        if cause == CENSORED:
            censored[duration_bin(days)] += 1
        else:
            ends[cause, duration_bin(days)] += 1
    return aalen_johansen(ends, censored)


def naive(lives: Sequence[Life], cause: int, day: int) -> float:
    """Product-limit estimate, person by person: the textbook sum over the times at which someone ends by this cause."""
    reached = 0.0
    for t in sorted({days for days, _ in lives if days <= day}):
        still_before = 1.0
        for s in sorted({days for days, c in lives if c != CENSORED and days < t}):
            at_risk = sum(1 for days, _ in lives if days >= s)
            still_before *= 1 - sum(1 for days, c in lives if days == s and c != CENSORED) / at_risk
        at_risk = sum(1 for days, _ in lives if days >= t)
        reached += still_before * sum(1 for life in lives if life == (t, cause)) / at_risk
    return reached


def test_by_hand_without_censoring() -> None:
    found = curve([(10, 0), (20, 1), (20, 0), (40, 1)]).at(30)
    assert found is not None
    assert found[0] == pytest.approx([0.5, 0.25])
    assert found[1] == pytest.approx(0.25)


def test_by_hand_with_censoring() -> None:
    # Day 10: 1 of 5 by cause 0, so F0 = 1/5. One lost at 15. Day 20: 1 of 3 by cause 1, so F1 = 4/5 * 1/3 and 8/15 still on.
    # Day 30: 1 of 2 by cause 0, so F0 = 1/5 + 8/15 * 1/2 = 7/15, and 4/15 still on.
    found = curve([(10, 0), (15, CENSORED), (20, 1), (30, 0), (60, CENSORED)]).at(30)
    assert found is not None
    assert found[0] == pytest.approx([7 / 15, 4 / 15])
    assert found[1] == pytest.approx(4 / 15)


def test_who_is_lost_on_a_day_was_at_risk_on_it() -> None:
    found = curve([(10, 0), (10, CENSORED), (20, 0)]).at(10)
    assert found is not None
    assert found[1] == pytest.approx(2 / 3)


def test_unknown_once_everyone_left_is_lost() -> None:
    lost = curve([(10, 0), (50, CENSORED)])
    assert lost.at(50) is not None
    assert lost.at(51) is None


def test_known_for_ever_once_everyone_has_left() -> None:
    found = curve([(10, 0), (50, 1)]).at(10_000)
    assert found is not None
    assert found[1] == 0.0


def test_nobody_entered() -> None:
    nobody = curve([])
    assert nobody.at(30) is None
    assert nobody.median() is None


@pytest.mark.parametrize(
    ("lives", "median"),
    [([(10, 0), (20, 1)], 10), ([(10, 0), (20, 1), (30, 0)], 20), ([(10, 0), (50, CENSORED), (50, CENSORED)], None)],
)
def test_median_only_if_reached(lives: list[Life], median: int | None) -> None:
    assert curve(lives).median() == median


LIVES = st.lists(st.tuples(st.integers(0, DAY_BINS - 1), st.sampled_from([CENSORED, 0, 1])), min_size=1, max_size=30)


@given(LIVES, st.integers(0, DAY_BINS - 1))
def test_equals_the_product_limit_over_people(lives: list[Life], day: int) -> None:
    if (found := curve(lives).at(day)) is not None:
        assert found[0] == pytest.approx([naive(lives, 0, day), naive(lives, 1, day)])
        assert found[0].sum() + found[1] == pytest.approx(1.0)
    else:
        assert max(lives)[0] < day
        assert any(life == (max(lives)[0], CENSORED) for life in lives)
