"""The bank of the lending replications: its conditions hold, nothing better is to be had, and tables are read as they are meant."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from validation import credit_tables, delayed_impact
from validation.delayed_impact import BREAK_EVEN, EVEN, exact_thresholds
from validation.lending_by_score import MOST, OPPORTUNITY, PARITY, POLICIES, Group, lend, loans, rate, threshold, weights

TEN = np.arange(10.0)
GROUPS = (
    Group(TEN, np.full(10, 0.1), TEN / 10, 0.25),
    Group(TEN, np.array([0, 0, 1, 1, 2, 2, 3, 4, 4, 3]) / 20, 0.2 + TEN / 12, 0.75),
)


def gain(given: tuple[np.ndarray, ...], break_even: float) -> float:
    """What the bank earns."""
    return sum(g.share * float(g.mass * given_ @ (g.repay - break_even)) for g, given_ in zip(GROUPS, given, strict=True))


@pytest.mark.parametrize("policy", [PARITY, OPPORTUNITY])
@pytest.mark.parametrize("break_even", [0.5, 0.7, 0.85])
def test_the_condition_holds_and_no_other_rate_gains_more(policy: str, break_even: float) -> None:
    given = loans(GROUPS, break_even, policy)
    kept = [float(weights(group, policy) @ lent) for group, lent in zip(GROUPS, given, strict=True)]
    assert kept[0] == pytest.approx(kept[1])
    others = [gain(tuple(lend(weights(group, policy), at) for group in GROUPS), break_even) for at in np.linspace(0, 1, 2001)]
    assert gain(given, break_even) >= max(others) - 1e-12
    assert gain(given, break_even) <= gain(loans(GROUPS, break_even, MOST), break_even) + 1e-12


def test_lending_goes_from_the_top_and_may_stop_within_a_score() -> None:
    given = lend(GROUPS[0].mass, 0.25)
    assert given == pytest.approx([0] * 7 + [0.5, 1, 1])
    assert rate(GROUPS[0], given) == pytest.approx(0.25)
    assert threshold(GROUPS[0], given) == pytest.approx(7.5)


@pytest.mark.parametrize("policy", POLICIES)
def test_exact_thresholds_earn_the_most(policy: str) -> None:
    """No pair of thresholds near the exact one that keeps the condition earns more: the exact gain is flat there."""
    exact = exact_thresholds(policy)

    def earned(starts: tuple[float, float]) -> float:
        # a default costs four times what a loan earns: in units of both together, the chance of repaying less 0.8
        return sum(e.share * ((e.change(s) + 150 * e.rate(s)) / 225 - BREAK_EVEN * e.rate(s)) for e, s in zip(EVEN, starts, strict=True))

    step = 0.01
    for sign in (-1, 1):
        first = exact[0] + sign * step
        if policy == OPPORTUNITY:
            bottom, top = ((EVEN[0].low - 300) ** 2, (EVEN[0].high - 300) ** 2)
            kept = (top - (first - 300) ** 2) / (top - bottom)
            second = delayed_impact._from_true_rate(EVEN[1], kept)
        else:
            second = EVEN[1].high - EVEN[0].rate(first) * (EVEN[1].high - EVEN[1].low) if policy == PARITY else exact[1]
        assert earned((first, second)) < earned(exact)


def test_tables_are_read_as_percentiles_and_defaults(tmp_path: Path) -> None:
    columns = ",".join(credit_tables.COLUMNS.values())
    (tmp_path / "transrisk_cdf_by_race_ssa.csv").write_text(f"Score,{columns}\n0,10,0\n2.1,60,50\n100,100,100\n")
    (tmp_path / "transrisk_performance_by_race_ssa.csv").write_text(f"Score,{columns}\n0,90,80\n2.1,50,40\n100,10,0\n")
    (tmp_path / "totals.csv").write_text(f"Kind,{columns}\nSSA,100,300\n")
    first, second = credit_tables.published_groups(str(tmp_path))
    assert first.scores == pytest.approx([300, 350, 850])
    assert (first.mass.tolist(), second.mass.tolist()) == (pytest.approx([0.1, 0.5, 0.4]), pytest.approx([0, 0.5, 0.5]))
    assert first.repay == pytest.approx([0.1, 0.5, 0.9])
    assert (first.share, second.share) == (0.25, 0.75)
    assert credit_tables.published_moves(first) == pytest.approx([0, -37.5, 0])  # 52.5 up from 850 is 850; 127.5 down from 300 is 300
