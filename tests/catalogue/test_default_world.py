"""The default world: modest, consistent with itself, and wide enough for the whole span of the catalogue."""

from __future__ import annotations

import pytest

from glasshouse.files.read import package_ids
from glasshouse.files.settings import empirical_values, for_world, with_values
from glasshouse.files.values import Empirical
from glasshouse.scheme.check import load_both
from glasshouse.scheme.compile import payment_thresholds
from glasshouse.scheme.volume import false_rate
from glasshouse.world.load import load_world

WORLD = load_world("default")
IDS = package_ids("glasshouse.catalogue")


def test_acts_and_errands_of_an_adult_year_are_modest() -> None:
    """The cost of a run is in its events."""
    acts = sum(c.rate.value for c in WORLD.conduct.values() if "resident" in c.who and not c.needs_debt)
    errands = sum(n.rate.value for n in WORLD.needs.values() if n.who == "adult")
    assert 5 < acts < 8
    assert 5 < errands < 8


def test_groups_behave_alike() -> None:
    assert {v.value for v in WORLD.conduct_by_group.values()} == {1}
    assert {v.value for v in WORLD.visibility.by_group.values()} == {1}
    assert all(v.range == (1, 1) for v in WORLD.conduct_by_group.values())


def test_the_share_of_the_unable_is_at_rest() -> None:
    """Able people become unable as fast as the unable recover, in each income third."""
    recovery = WORLD.money.recovery.value
    for unable, shock in zip(WORLD.money.unable_at_start, WORLD.money.shock, strict=True):
        assert (1 - unable.value) * shock.value == pytest.approx(unable.value * recovery, rel=0.02)


def test_almost_everything_is_assumed_and_says_why() -> None:
    values = [v for _, v in empirical_values(WORLD)]
    assert len(values) > 80
    assert all(v.evidence == "assumed" and v.why for v in values)


def test_children_have_needs_and_no_record_of_conduct() -> None:
    assert {name for name, need in WORLD.needs.items() if need.who == "minor"} == {"school-place", "private-school"}
    assert all("minor" not in c.who for c in WORLD.conduct.values())


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("end", [0, 1], ids=["lowest", "highest"])
def test_envelopes_hold_at_the_ends_of_every_range(name: str, end: int) -> None:
    """No point of the span over assumptions can ask for more than the world's stream of lives provides."""
    scheme, own = load_both(name)

    def at_end(value: Empirical) -> float:
        return value.range[end]

    in_scheme, in_world = for_world({path: at_end(value) for path, value in empirical_values(scheme, own)})
    extreme, world = with_values(scheme, in_scheme), with_values(own, in_world)
    asked = sum(false_rate(extreme, world, kind, record) for kind, record in extreme.false_records.items())
    assert asked <= world.envelopes.false_records.value
    payment_thresholds(extreme, world)  # refuses what is above the envelope
