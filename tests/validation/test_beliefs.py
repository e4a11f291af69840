"""The shares that confirm themselves, beside where they were computed before, and what their slopes say of revising."""

from __future__ import annotations

import pytest

from validation.coate_loury import BELL, GRADUAL, HIGH, LOW, TIPPING, Costs, slope


def test_bell_shaped_costs_confirm_three_shares() -> None:
    found = [LOW, TIPPING, HIGH]
    assert found == pytest.approx([0.001488, 0.092072, 0.755686], abs=5e-7)


def test_the_high_share_holds_only_where_people_revise_gradually() -> None:
    steep = slope(BELL, HIGH)
    assert steep < -1  # all at once: thrown off ever further
    assert abs(1 + GRADUAL * (steep - 1)) < 1  # a tenth at a time: drawn in
    assert slope(BELL, TIPPING) > 1 > slope(BELL, LOW)


def test_costs_at_quantiles_have_their_distribution() -> None:
    for costs in (BELL, Costs(most=0.8)):
        drawn = costs.of(10_000)
        for gain in (0.2, 0.3, 0.45):
            assert (drawn <= gain).mean() == pytest.approx(costs.share(gain), abs=1e-4)
