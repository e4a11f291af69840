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


NOTICE = {
    "lists": ["defaulters"],
    "when": "after",
    "period": {"value": 5, "unit": "days", "source": "ordinance"},
    "reaches": {"value": 0.8, "per": "person", "range": [0.5, 1], "scale": "linear", "evidence": "assumed", "why": "made up"},
}


def test_a_whole_block_comes_and_goes(scheme: Scheme) -> None:
    told = with_values(scheme, {"notice": NOTICE, "correction": None})
    assert told.notice is not None
    assert (told.notice.when, told.correction) == ("after", None)
    assert get_value(told, "notice.reaches").value == 0.8
    assert get_value(with_values(told, {"notice.reaches": 0.9}), "notice.reaches").value == 0.9
    assert with_values(told, {"notice": None, "correction": scheme.correction.model_dump()}) == scheme  # type: ignore[union-attr]


def test_entries_of_a_mapping_or_list_come_and_go(scheme: Scheme) -> None:
    gate = scheme.gates["train"].model_dump()
    more = with_values(scheme, {"gates.bus": {**gate, "needs": ["loan"], "over": None}})
    assert list(more.gates) == [*scheme.gates, "bus"]
    assert with_values(more, {"gates.bus": None}) == scheme
    other = with_values(scheme, {"gates.train": {**gate, "text": "no trains"}})
    assert (list(other.gates), other.gates["train"].text) == (list(scheme.gates), "no trains")
    fewer = with_values(scheme, {"rules.items.petition": None})
    assert [i.id for i in fewer.rules.items] == [i.id for i in scheme.rules.items if i.id != "petition"]  # type: ignore[union-attr]


def test_a_value_is_taken_away_or_replaced_whole(scheme: Scheme) -> None:
    assert with_values(scheme, {"lists.nuisance.term": None}).lists["nuisance"].term is None
    wide = {**get_value(scheme, "correction.filed").model_dump(), "range": [0, 1]}
    assert get_value(with_values(scheme, {"correction.filed": wide}), "correction.filed").range == (0, 1)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("notice", {"lists": ["defaulters"]}, "'notice': 'when' is missing here; allowed: before, after, at the gate, never"),
        ("notices", NOTICE, "'notices': there is no 'notices'"),
        ("notice.period", 5, "'notice.period': nothing is inside 'notice'"),
        ("gates.bus", 5, "'gates.bus': there is no 'bus' in 'gates'"),
        ("gates.bus", None, "'gates.bus': there is no 'bus' in 'gates'"),
        ("gates.bus", {"text": "no buses"}, "'gates.bus': "),
        ("correction.filed", None, "'correction.filed': nothing stands here; a mapping is needed here"),
        ("ordinary_law", None, "'ordinary_law': nothing stands here; a mapping is needed here"),
        ("correction.filed", {"value": 1}, "'correction.filed': "),
    ],
)
def test_blocks_that_cannot_stand(scheme: Scheme, path: str, value: object, message: str) -> None:
    with pytest.raises(InputError) as error:
        with_values(scheme, {path: value})
    assert message in str(error.value)
