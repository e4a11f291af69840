from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.files.errors import InputError
from glasshouse.world.compile import adult_share, compile_world, gamma_quantiles, most_events
from glasshouse.world.households import household_cycle, largest_remainder
from glasshouse.world.units import SURE, cumulative, rate, rounded, threshold

from ..made_up import made_up_world, number


def test_scalars_by_hand() -> None:
    s = compile_world(made_up_world()).scalars[0]
    assert s["town_size"] == 60
    assert s["false_envelope"] == round(3 / 365 * 2**30) == 8_825_275
    assert s["recovery"] == round(1.5 / 365 * 2**30)
    assert s["payment_envelope"] == round(4 / 365 * 2**30)  # one payment a debt-year, at most 4 times as often
    assert s["vis_corr"] == 819  # 0.2 * 4096 = 819.2
    assert s["owing"] == 1_288_490_189  # 0.3 * 2^32 = 1288490188.8


def test_groups_and_money_by_hand() -> None:
    wt = compile_world(made_up_world())
    assert wt.group_cum.tolist() == [2**31, 3_435_973_837, 2**32]
    assert wt.conduct_group.tolist() == [4096, 4096, 6144]
    assert wt.vis_group.tolist() == [4096, 5120, 3072]
    assert wt.vis_income.tolist() == [4915, 4096, 3277]
    assert wt.unable.tolist() == [2**31, 1_288_490_189, 429_496_730]
    assert wt.shock.tolist() == [round(v / 365 * 2**30) for v in (1, 0.6, 0.3)]


def test_two_groups_leave_no_third() -> None:
    wt = compile_world(made_up_world({"groups": {"A": number(0.25), "B": number(0.75)}}))
    assert wt.group_cum.tolist() == [2**30, 2**32, 2**32]
    assert wt.names["groups"] == ["A", "B"]


def test_roles_and_rates_by_hand() -> None:
    wt = compile_world(made_up_world())
    assert wt.names["roles"] == ["resident", "minor", "official", "trader"]
    assert wt.role_cum.tolist() == [0, 0, 644_245_094, 2**30]  # 0.15 and 0.25 of 2^32
    bill, order, crossing = (round(v / 365 * 2**30) for v in (0.8, 3, 3))
    assert wt.conduct_cum[0, :3].tolist() == [bill, bill + order, bill + order + crossing]
    assert wt.conduct_cum[1, :3].tolist() == [0, 0, crossing]  # minors owe nothing
    late = wt.conduct_cum[:, -1] - wt.conduct_cum[:, -2]
    assert late.tolist() == [0, 0, 0, round(1.5 / 365 * 2**30)]  # traders only
    train, loan, job, clinic, school = (round(v / 365 * 2**30) for v in (8, 2, 2, 3, 2))
    assert wt.need_cum.tolist() == [
        [train, train + loan, train + loan + job, train + loan + job, train + loan + job],
        [0, 0, 0, clinic, clinic + school],
    ]


def test_categories_and_needs_by_hand() -> None:
    wt = compile_world(made_up_world())
    assert wt.names["categories"][:3] == ["unpaid-bill", "defied-order", "crossing"]
    assert wt.category["creates_debt"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert wt.category["needs_debt"].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert wt.category["valence"].tolist() == [4, 0, 0, 0, 1, 2, 2, 3, 0]
    contexts = [wt.names["contexts"][i] for i in wt.category["context"]]
    assert contexts == ["finance", "court", "traffic", "public order", "housing", "speech", "speech", "civic", "tax"]
    assert wt.need["essential"].tolist() == [0, 0, 1, 1, 1]
    assert wt.need["minor"].tolist() == [0, 0, 0, 1, 1]
    assert [wt.names["contexts"][i] for i in wt.need["context"]] == ["travel", "finance", "work", "health", "education"]


def test_layers_by_hand() -> None:
    wt = compile_world(made_up_world())
    assert wt.names["layers"] == ["home", "work"]
    assert wt.layer_size.tolist() == [4, 12]
    assert wt.layer_segregation.tolist() == [2**32, 1_288_490_189]


def test_household_cycle_by_hand() -> None:
    wt = compile_world(made_up_world())
    sizes = np.diff(wt.cycle_start)
    assert np.bincount(sizes)[[1, 2, 4]].tolist() == [30, 30, 40]
    assert wt.cycle_adults.sum() == 30 + 60 + 80
    assert wt.cycle_start[-1] == 30 + 60 + 160
    assert adult_share(made_up_world()) == 170 / 250


def test_household_types_are_spread_evenly() -> None:
    """In any ten households in a row there are close to as many of a type as its share says."""
    cycle = household_cycle(made_up_world().households) * 2
    for start in range(100):
        of_four = sum(size == (2, 2) for size in cycle[start : start + 10])
        assert 3 <= of_four <= 5


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).filter(lambda v: sum(v) > 1e-3), st.integers(1, 300))
def test_largest_remainder(shares: list[float], seats: int) -> None:
    counts = largest_remainder(shares, seats)
    assert sum(counts) == seats
    assert all(abs(c - s / sum(shares) * seats) < 1 + 1e-6 for c, s in zip(counts, shares, strict=True))


@given(st.floats(0.05, 50))
def test_gamma_quantiles_have_mean_one(shape: float) -> None:
    table = gamma_quantiles(shape)
    assert table.shape == (1024,)
    assert table.sum() == 1024 * 4096
    assert (np.diff(table) >= 0).all()
    assert table[0] >= 0


def test_gamma_quantiles_of_an_exponential() -> None:
    """Shape 1 is the exponential distribution: the quantile at p is -ln(1 - p)."""
    p = (np.arange(1024) + 0.5) / 1024
    exact = -np.log(1 - p)
    assert np.abs(gamma_quantiles(1.0) - exact / exact.mean() * 4096).max() <= 1


def test_gamma_quantiles_spread_falls_with_shape() -> None:
    assert np.var(gamma_quantiles(4.0) / 4096) == pytest.approx(1 / 4, rel=0.03)
    with pytest.raises(InputError, match="must be above 0"):
        gamma_quantiles(0.0)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=9))
def test_cumulative_ends_in_certainty(weights: list[float]) -> None:
    cum = cumulative(weights)
    assert cum == sorted(cum)
    assert cum[-1:] == ([SURE] if sum(weights) > 0 else [])
    widths = np.diff([0, *cum])
    assert all(width == 0 for width, w in zip(widths, weights, strict=bool(cum)) if w == 0)


def test_halves_round_up() -> None:
    assert (rounded(0.5), rounded(1.5), rounded(-0.5), rounded(-2.5)) == (1, 2, 0, -2)
    assert rate(365.0) == 2**30
    assert threshold(1.0, "p") == 2**32


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"conduct/crossing/rate": number(100.0)}, r"events a day for the most active person"),
        ({"conduct/crossing/rate": number(-1.0)}, r"a rate is -1 a year"),
        ({"conduct/crossing/who": ["resident", "oficial"]}, r"crossing: unknown role 'oficial'.*did you mean 'official'"),
        ({"roles/official": number(0.95)}, r"roles: the sum of shares up to trader is 1\.05"),
        ({"money/owing_at_start": number(1.5)}, r"owing_at_start is 1\.5"),
        ({"layers/work/size": {"value": 0, "unit": "people"}}, r"layers: work: size is 0"),
        ({"town_size": {"value": 0, "unit": "people"}}, r"town_size is 0"),
        ({"households": []}, r"households: the shares"),
        ({"households/0/adults": 0}, r"at least one adult"),
        ({"groups": {"A": number(1.0), "D": number(1.0)}}, r"unknown group 'D'"),
    ],
)
def test_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compile_world(made_up_world(changes))


def test_the_limit_is_two_events_a_day() -> None:
    wt = compile_world(made_up_world())
    most = most_events(wt)
    g = int(wt.propensity[-1]) * 6144 >> 12
    own = int(wt.conduct_cum[3, -1]) * g >> 12
    false = int(wt.scalars["false_envelope"][0]) * int(wt.frailty[-1]) >> 12
    money = int(wt.shock[0]) + int(wt.scalars["recovery"][0]) + int(wt.scalars["payment_envelope"][0])
    assert most == own + false + int(wt.need_cum[0, -1]) + money < 2**31


def test_compiling_imports_no_numba() -> None:
    code = "import sys, glasshouse.world.compile, glasshouse.scheme.compile; sys.exit('numba' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
