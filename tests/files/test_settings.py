"""Dotted paths: reading, setting, listing."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasshouse.files.errors import InputError
from glasshouse.files.settings import empirical_values, for_world, get_value, with_values
from glasshouse.files.values import Empirical, Rule
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.load import load_world

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(DATA / "testville-scheme.yaml")


def test_values_by_path(scheme: Scheme) -> None:
    rate = get_value(scheme, "false_records.name-collision.rate")
    assert isinstance(rate, Empirical)
    assert rate.value == 0.2
    assert get_value(scheme, "rules.items.theft.grade") == "D"
    assert get_value(scheme, "grades.B.from_points") == 950
    assert get_value(scheme, "lists.nuisance.term.value") == 90


def test_an_empirical_value_keeps_its_evidence(scheme: Scheme) -> None:
    path = "false_records.name-collision.rate"
    new = get_value(with_values(scheme, {path: 0.3}), path)
    assert (new.value, new.range, new.why) == (0.3, (0.02, 0.4), "made up")
    assert get_value(scheme, path).value == 0.2  # the first one is untouched


def test_a_value_outside_stretches_the_range(scheme: Scheme) -> None:
    new = get_value(with_values(scheme, {"correction.filed": 0}), "correction.filed")
    assert (new.value, new.range) == (0, (0, 0.8))


def test_rule_text_and_plain_parts(scheme: Scheme) -> None:
    new = with_values(scheme, {"lists.nuisance.term": 30, "rules.items.music.points": -1.5, "points.repeat_doubles": False})
    term = get_value(new, "lists.nuisance.term")
    assert isinstance(term, Rule)
    assert (term.value, term.unit) == (30, "days")
    assert [i.points for i in new.rules.items if i.id == "music"] == [-1.5]  # type: ignore[union-attr]
    assert new.points is not None
    assert new.points.repeat_doubles is False
    assert [i.id for i in new.rules.items] == [i.id for i in scheme.rules.items]  # type: ignore[union-attr]


def test_values_of_a_world() -> None:
    world = load_world(DATA / "testville-world.yaml")
    ours, theirs = for_world({"correction.filed": 0.1, "world:conduct.petition.rate": 0.5, "world:money.shock.0": 2})
    assert ours == {"correction.filed": 0.1}
    new = with_values(world, theirs)
    assert new.conduct["petition"].rate.value == 0.5
    assert [v.value for v in new.money.shock] == [2, 0.6, 0.3]
    assert with_values(world, {"households.2.share": 0.5}).households[2].share.value == 0.5


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("false_recods.x", 1, "'false_recods.x': there is no 'false_recods'; allowed: glasshouse, id"),
        ("lists.nuisanse.term", 1, "there is no 'nuisanse' in 'lists'; allowed: defaulters, nuisance, low-grade; did you mean 'nuisance'?"),
        ("rules.items.petitoin.points", 1, "there is no 'petitoin' in 'rules.items'"),
        ("id.x", 1, "'id.x': nothing is inside 'id'"),
        ("", 1, "there is no ''"),
        ("correction.filed", "often", "'correction.filed': a number is needed, not 'often'"),
        ("correction.filed", True, "'correction.filed': a number is needed, not 'True'"),
        ("correction.filed", float("nan"), "'correction.filed': 'nan' stands here; a finite number is needed here"),
        ("points.repeat_doubles", "maybe", "'points.repeat_doubles': the text 'maybe' stands here; true or false is needed here"),
        ("rules.items.bill.legal", "lawfull", "not possible here; allowed: unlawful, lawful, protected, unclear; did you mean 'lawful'?"),
    ],
)
def test_refusals(scheme: Scheme, path: str, value: object, message: str) -> None:
    with pytest.raises(InputError) as error:
        with_values(scheme, {path: value})
    assert message in str(error.value)


def test_all_empirical_values_in_file_order(scheme: Scheme) -> None:
    world = load_world(DATA / "testville-world.yaml")
    found = dict(empirical_values(scheme, world))
    paths = list(found)
    assert paths[:3] == ["channels.office.sensitivity", "channels.office.by_category.late-return", "channels.office.delay.mean"]
    assert "rules.items.theft.repair.after" in found
    assert paths[-1] == "world:money.payment"
    assert len(paths) == sum((DATA / f"testville-{f}.yaml").read_text().count("range:") for f in ("scheme", "world"))
    for path, value in found.items():
        where = world if path.startswith("world:") else scheme
        assert get_value(where, path.removeprefix("world:")) is value
