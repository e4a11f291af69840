"""Ordinary law beside a scheme: it speaks of the world's own conduct, and shares the unknowns that both files state alike."""

from __future__ import annotations

from pathlib import Path

from glasshouse.scheme.load import load_scheme
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.world.load import load_world

DATA = Path(__file__).parents[1] / "data"


def test_in_the_default_world_ordinary_law_is_as_written() -> None:
    assert ordinary_law(load_scheme("judgment-defaulters"), load_world("default")) == load_scheme("ordinary-law")


def test_a_baseline_has_no_comparator() -> None:
    assert ordinary_law(load_scheme("ordinary-law"), load_world("default")) is None


def test_in_a_world_of_ones_own_it_keeps_what_exists_there() -> None:
    scheme, world = load_scheme(DATA / "testville-scheme.yaml"), load_world(DATA / "testville-world.yaml")
    law = ordinary_law(scheme, world)
    assert law is not None and law.rules is not None
    assert {i.when for i in law.rules.items} <= set(world.conduct)
    assert all(set(c.covers) <= set(world.conduct) for c in law.channels.values())
    assert law.debts == load_scheme("ordinary-law").debts
    _, arms = Workshop(scheme, law, world, 60, 1, "launch").tables({})
    assert list(arms) == ["scheme", "error-free", "ordinary", "none"]


def test_an_unknown_that_both_files_state_alike_moves_in_both() -> None:
    scheme, world = load_scheme("judgment-defaulters"), load_world("default")
    shop = Workshop(scheme, load_scheme("ordinary-law"), world, 60, 1, "launch")
    assert "debts.enforcement" in shop.shared_unknowns
    assert "gates.air.compliance" not in shop.shared_unknowns
    _, before = shop.tables({})
    _, after = shop.tables({"debts.enforcement": 1.5 * scheme.debts.enforcement.value})  # type: ignore[union-attr]
    for arm in ("scheme", "ordinary"):
        assert after[arm].rules[0]["pay"] > before[arm].rules[0]["pay"]
    assert after["none"].rules[0]["pay"] == before["none"].rules[0]["pay"]
