"""What a run is made of: seeds, points over the assumptions, scenarios, the curve; each setting belongs to one of them."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from scipy import stats

from glasshouse.files.settings import get_value
from glasshouse.files.values import Empirical
from glasshouse.scheme.load import load_scheme
from glasshouse.study.build import Workshop
from glasshouse.study.plan import CURVE_POINTS, CURVE_SEEDS, CURVE_SPAN, SCENARIO_SEEDS, at, curve_positions, make_plan, position
from glasshouse.world.load import load_world
from tests.made_up import made_up_scheme, made_up_world

LOG = Empirical(value=0.01, per="entry", range=(0.001, 0.1), scale="log", evidence="assumed", why="made up")
LINEAR = Empirical(value=3, per="person-year", range=(1, 9), scale="linear", evidence="assumed", why="made up")


def test_a_position_in_the_range_on_a_logarithmic_scale() -> None:
    assert [at(LOG, u) for u in (0, 0.5, 1)] == pytest.approx([0.001, 0.01, 0.1])
    assert at(LOG, 0.25) == pytest.approx(10**-2.5)


def test_a_position_in_the_range_on_a_linear_scale() -> None:
    assert [at(LINEAR, u) for u in (0, 0.5, 1)] == [1, 5, 9]


@pytest.mark.parametrize("value", [LOG, LINEAR], ids=["log", "linear"])
def test_position_undoes_at(value: Empirical) -> None:
    assert [position(value, at(value, u)) for u in (0, 0.1, 0.77, 1)] == pytest.approx([0, 0.1, 0.77, 1])


def test_without_a_span_there_is_chance_alone() -> None:
    plan = make_plan(made_up_scheme(), made_up_world(), seed=7, seeds=5, span=0)
    assert [(s.id, s.kind, dict(s.values), s.seeds) for s in plan.settings] == [("central", "central", {}, (7, 8, 9, 10, 11))]
    assert plan.moved == [] and plan.draws == []


def test_a_plan_holds_every_kind_and_none_is_pooled() -> None:
    scheme, world = made_up_scheme(), made_up_world()
    plan = make_plan(scheme, world, seed=1, seeds=16, span=64)
    points = CURVE_POINTS + 1  # the central value stands between the others
    expected = {"central": 1, "span": 64, "scenario": len(scheme.scenarios), "curve": points, "curve-span": points * CURVE_SPAN}
    assert Counter(s.kind for s in plan.settings) == expected
    assert len({s.id for s in plan.settings}) == len(plan.settings)
    seeds = {kind: {len(s.seeds) for s in plan.of(kind)} for kind in expected}
    assert seeds == {"central": {16}, "span": {1}, "scenario": {SCENARIO_SEEDS}, "curve": {CURVE_SEEDS}, "curve-span": {1}}
    assert {s.seeds[0] for s in plan.settings} == {1}


def test_few_seeds_and_points_are_not_exceeded() -> None:
    plan = make_plan(made_up_scheme(), made_up_world(), seed=1, seeds=2, span=3)
    assert {len(s.seeds) for s in plan.of("scenario")} == {len(s.seeds) for s in plan.of("curve")} == {2}
    assert len(plan.of("curve-span")) == 3 * len(plan.of("curve"))


def test_every_value_with_a_range_moves_and_stays_in_it() -> None:
    scheme, world = made_up_scheme(), made_up_world()
    plan = make_plan(scheme, world, seed=1, seeds=1, span=32)
    assert "false_records.name-collision.rate" in plan.moved and "world:conduct.theft.rate" in plan.moved
    for setting in plan.of("span"):
        assert list(setting.values) == plan.moved
        for path, x in setting.values.items():
            value = get_value(world, path.removeprefix("world:")) if path.startswith("world:") else get_value(scheme, path)
            low, high = value.range
            assert isinstance(x, float) and low * (1 - 1e-12) <= x <= high * (1 + 1e-12)


def test_values_on_a_logarithmic_scale_are_spread_evenly_over_its_decades() -> None:
    plan = make_plan(made_up_scheme(), made_up_world(), seed=1, seeds=1, span=64)
    drawn = [math.log(float(s.values["false_records.name-collision.rate"])) for s in plan.of("span")]  # type: ignore[arg-type]
    low, high = math.log(0.02), math.log(0.4)
    assert Counter(int((x - low) / (high - low) * 8) for x in drawn) == dict.fromkeys(range(8), 8)  # a Sobol sequence is that even


def test_linked_values_share_one_position() -> None:
    """Crossing and theft are linked in Testville's world; crossing runs from 1 to 9, theft from 0.25 to 2.25."""
    plan = make_plan(made_up_scheme(), made_up_world(), seed=2, seeds=1, span=16)
    for setting, draw in zip(plan.of("span"), plan.draws, strict=True):
        crossing, theft = (float(setting.values[f"world:conduct.{name}.rate"]) for name in ("crossing", "theft"))  # type: ignore[arg-type]
        assert (crossing - 1) / 8 == pytest.approx((theft - 0.25) / 2)
        assert draw[plan.moved.index("world:conduct.crossing.rate")] == draw[plan.moved.index("world:conduct.theft.rate")]


def test_values_that_are_not_linked_are_drawn_apart() -> None:
    plan = make_plan(made_up_scheme(), made_up_world(), seed=1, seeds=1, span=64)
    a, b = (plan.moved.index(p) for p in ("false_records.name-collision.rate", "false_records.malice.rate"))
    result = stats.spearmanr([d[a] for d in plan.draws], [d[b] for d in plan.draws])
    assert abs(result.statistic) < 0.3


def test_another_seed_scrambles_the_points_anew_and_the_same_seed_does_not() -> None:
    plans = [make_plan(made_up_scheme(), made_up_world(), seed=seed, seeds=1, span=8) for seed in (1, 1, 2)]
    assert plans[0].draws == plans[1].draws != plans[2].draws


def test_the_curve_runs_over_the_range_and_includes_the_central_value() -> None:
    scheme = made_up_scheme()
    plan = make_plan(scheme, made_up_world(), seed=1, seeds=1, span=4)
    xs = [s.x for s in plan.of("curve")]
    assert xs == sorted(xs, key=float) and len(set(xs)) == CURVE_POINTS + 1  # type: ignore[arg-type]
    assert (xs[0], xs[-1]) == pytest.approx((0.02, 0.4))
    central = next(s for s in plan.of("curve") if s.x == 0.2)
    assert central.values == {}
    for setting in plan.of("curve-span"):
        assert setting.values["false_records.name-collision.rate"] == setting.x
    beside = Counter(s.x for s in plan.of("curve-span"))
    assert set(beside) == set(xs) and set(beside.values()) == {4}


@pytest.mark.parametrize("value", [LOG, LINEAR.model_copy(update={"value": 5.0})], ids=["log", "linear"])
def test_a_central_value_on_the_grid_is_not_measured_twice(value: Empirical) -> None:
    """Though a logarithmic scale meets it only nearly."""
    positions = curve_positions(value)
    assert len(positions) == CURVE_POINTS
    assert value.value in positions


def test_what_is_linked_to_the_headline_unknown_moves_along_the_curve() -> None:
    """Lowest, central and highest come together; between them each moves evenly on its own scale."""
    both = {
        "false_records/name-collision/rate/linked": "eyes", "false_records/face-mismatch/rate/linked": "eyes",
        "false_records/face-mismatch/rate/scale": "log", "false_records/face-mismatch/rate/range": [0.05, 0.5],
    }  # fmt: skip
    scheme = made_up_scheme(both)  # collision: 0.02, 0.2, 0.4 on a logarithmic scale; mismatch: 0.05, 0.1, 0.5
    plan = make_plan(scheme, made_up_world(), seed=1, seeds=1, span=2)
    seen = {}
    for setting in [s for kind in ("curve", "curve-span") for s in plan.of(kind) if s.values]:
        x = float(setting.x or 0)
        t = math.log(x / 0.02) / math.log(10) if x <= 0.2 else math.log(x / 0.2) / math.log(2)
        expected = 0.05 * 2**t if x <= 0.2 else 0.1 * 5**t
        assert setting.values["false_records.face-mismatch.rate"] == pytest.approx(expected)
        seen[x] = expected
    assert [seen[x] for x in sorted(seen)] == sorted(seen.values())
    assert (min(seen.values()), seen[0.2], max(seen.values())) == pytest.approx((0.05, 0.1, 0.5))


@pytest.mark.parametrize("name", ["judgment-defaulters", "wendeng-2020"])
def test_along_the_curve_of_a_documented_scheme_every_linked_value_rises(name: str) -> None:
    """Also past the central value, where nothing is set."""
    scheme = load_scheme(name)
    plan = make_plan(scheme, load_world(), seed=1, seeds=1, span=1)
    moved = {path for s in plan.of("curve") for path in s.values}
    assert len(moved) > 1
    for path in moved:
        along = [float(s.values.get(path, get_value(scheme, path).value)) for s in plan.of("curve")]  # type: ignore[arg-type]
        assert along == sorted(along), path


@pytest.mark.parametrize("name", ["judgment-defaulters", "wendeng-2020"])
def test_every_setting_of_a_documented_scheme_can_be_lived(name: str) -> None:
    """No point of the span leads to a scheme that cannot be compiled; rates stay below the world's envelopes."""
    world, scheme = load_world(), load_scheme(name)
    plan = make_plan(scheme, world, seed=1, seeds=1, span=3)
    shop = Workshop(scheme, load_scheme("ordinary-law"), world, 100, 1, "mature")
    for setting in plan.settings:
        _, arms = shop.tables(setting.values)
        firms = any(item.subject == "firm" for item in (scheme.rules.items if scheme.rules else []))  # then others' acts can be left out
        assert list(arms) == ["scheme", "error-free", *(["alone"] if firms else []), "ordinary", "none"]
