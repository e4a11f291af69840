"""The ranking of assumed values on cases with known answers."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from glasshouse.files.values import Empirical
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.study.influence import Moved, influence, leading, mark, ranks, tried
from glasshouse.study.plan import sobol
from glasshouse.world.load import load_world
from tests.study.call import run

LIST = load_scheme("judgment-defaulters")  # one channel: unpaid judgments
WORLD = load_world(LIST.world)
PLAIN = LIST.model_copy(update={"gates": {}, "ratings": None})


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


def moved(shares: dict[str, float], linked: str | None = None) -> list[Moved]:
    """Values with these shares; each range is 10 times wide, and wider the later it comes."""

    def value(high: float) -> Empirical:
        return Empirical(value=2, range=(1, high), scale="log", unit="times", evidence="assumed", why="a test", linked=linked)

    return [Moved(path, value(10.0 * (i + 1)), share) for i, (path, share) in enumerate(shares.items())]


def named(shares: dict[str, float], points: int = 64, scheme: Scheme = PLAIN, linked: str | None = None) -> list[tuple[str, bool]]:
    """The leading values, and whether they can be told from none."""
    return [(v.path, v.told) for v in leading(tried(moved(shares, linked), scheme, WORLD), points)]


def test_what_can_be_told_from_none_leads_and_the_widest_ranges_fill_up() -> None:
    shares = {"a.x": 0.12, "b.x": 0.4, "c.x": 0.1, "d.x": 0.05, "e.x": 0.01, "f.x": 0.0, "g.x": 0.0}
    assert mark(64, 7) == pytest.approx(0.113, abs=5e-4)  # 2.69 standard errors, squared, by 64
    assert named(shares) == [("b.x", True), ("a.x", True), ("g.x", False), ("f.x", False), ("e.x", False)]


def test_the_more_values_are_tried_the_higher_the_mark() -> None:
    """Of sixty values without influence some pass two standard errors by chance: all together must stay below the mark."""
    assert mark(64, 2) == pytest.approx(2.2414**2 / 64, rel=1e-3)
    assert mark(64, 60) == pytest.approx(3.3406**2 / 64, rel=1e-3)


def test_of_sixty_values_without_influence_one_passes_in_one_run_of_twenty() -> None:
    rng = np.random.default_rng(6)
    passed = [max(influence(rng.random((64, 60)).tolist(), rng.random(64).tolist())) > mark(64, 60) for _ in range(200)]
    assert 0.01 <= np.mean(passed) <= 0.1


def test_a_handful_of_points_tells_no_influence() -> None:
    assert mark(4, 2) == 1  # a perfect rank correlation of four points is common
    assert named({"a.x": 1.0, "b.x": 0.2}, points=4) == [("b.x", False), ("a.x", False)]


def test_values_of_one_draw_lead_once() -> None:
    (only,) = leading(tried(moved({"a.x": 0.3, "b.x": 0.4}, linked="ability"), PLAIN, WORLD), 64)
    assert (only.path, only.linked_with) == ("b.x", 1)


def test_conduct_that_no_channel_sees_moves_no_entry() -> None:
    owed = next(name for name, c in WORLD.conduct.items() if c.creates_debt)
    seen, unseen = [name for name, c in WORLD.conduct.items() if not c.creates_debt][:2]
    eyes = next(iter(LIST.channels.values())).model_copy(update={"covers": [seen]})
    scheme = PLAIN.model_copy(update={"channels": {"eyes": eyes}})
    shares = {f"world:conduct.{name}.rate": share for name, share in ((seen, 0.5), (unseen, 0.9), (owed, 0.4))}
    assert list(tried(moved(shares), scheme, WORLD)) == [f"world:conduct.{seen}.rate", f"world:conduct.{owed}.rate"]


def test_needs_may_move_entries_where_uses_are_rated_or_a_refusal_traps() -> None:
    shares = {"world:needs.ride.rate": 0.5, "gates.app.compliance": 0.4}
    rated = load_scheme("uber-rider-rating")
    trap = next(s for s in map(load_scheme, ("headline-score", "wendeng-2020")) if any(g.trap for g in s.gates.values()))
    assert rated.ratings
    for scheme, told in ((PLAIN, 0), (rated, 2), (trap, 2)):
        assert len(named(shares, scheme=scheme)) == told


def test_a_run_keeps_what_leads_and_how_many_were_tried(tmp_path: Path) -> None:
    run(tmp_path / "a", people=1_000, seeds=1, span=32)
    study = json.loads((tmp_path / "a" / "study.json").read_text(encoding="utf-8"))
    span, named = study["span"], study["influential"]
    values = {v["path"]: v for v in span["values"]}
    assert 0 < span["tried"] < len(values)
    assert span["told_from"] == mark(32, span["tried"])
    assert len(named) == 5
    assert 0 < span["told_from"] < 1
    assert all(v["share"] == values[v["path"]]["share"] for v in named)
    assert [v["told"] for v in named] == [v["share"] > span["told_from"] for v in named]
