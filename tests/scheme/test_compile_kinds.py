"""What firms, prices, claims, ratings and scores of risk come to in integers, field by field and by hand (design 006)."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.files.errors import InputError
from glasshouse.files.settings import with_values
from glasshouse.files.write import resolved_yaml
from glasshouse.files.yaml import parse
from glasshouse.scheme.check import require_valid
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import alone, error_free, exchanges
from glasshouse.world.compile import compile_world

from ..made_up import made_up_scheme, made_up_world
from .test_variants import TIES, differing
from .whole import BLOCKS, KINDS, text, value

SURE = 2**32
KIND_FIELDS = ("firm", "claim", "owed", "uses")


def compiled(changes: dict[str, Any] | None = None) -> SchemeTables:
    w = made_up_world()
    return compile_scheme(made_up_scheme(changes), w, compile_world(w))


def share(p: float) -> int:
    return int(p * SURE + 0.5)


def only(*names: str) -> dict[str, Any]:
    """Those of the blocks whose path begins so."""
    return {path: block for path, block in KINDS.items() if path.startswith(names)}


@pytest.mark.parametrize("blocks", [KINDS, {**BLOCKS, **KINDS}], ids=["alone", "with every other"])
def test_the_blocks_fit_their_world_and_are_written_out_again(blocks: dict[str, Any]) -> None:
    scheme = made_up_scheme(blocks)
    require_valid(scheme, made_up_world())
    assert Scheme.model_validate(parse(resolved_yaml(scheme)).data) == scheme


def test_without_any_block_all_is_neutral() -> None:
    t = compiled()
    assert not any(t.item[name].any() for name in KIND_FIELDS)
    assert not t.gate["price"].any()
    assert not t.false["roles"].any()
    assert t.channel["only"].tolist() == [-1, -1]
    assert t.risk_weight.tolist() == [0] * 9
    w = t.whole[0]
    assert [int(w[k]) for k in ("rated_needs", "rating_channel", "rating_category", "unfair_0", "unfair_1", "unfair_2")] == [
        0,
        -1,
        -1,
        0,
        0,
        0,
    ]
    assert t.names["currency"] == [""]


def test_firms_and_claims_by_hand() -> None:
    t = compiled(only("rules/items/return", "rules/items/order"))
    at = {name: i for i, name in enumerate(t.names["items"])}
    firm, order, other = (t.item[at[name]] for name in ("return", "order", "bill"))
    assert [int(firm[k]) for k in ("firm", "claim", "owed")] == [1, 700, 0]
    assert [int(order[k]) for k in ("firm", "claim", "owed")] == [0, 1200, 300]
    assert [int(other[k]) for k in ("firm", "claim", "owed")] == [0, 0, 0]
    assert t.names["currency"] == ["euros"]


def test_a_price_by_hand() -> None:
    t = compiled(only("gates"))
    assert t.gate["price"].tolist() == [0, 0, 0, 40]
    assert compiled({"gates/quiet-jobs/price": value(12.5, unit="yuan")}).gate["price"].tolist() == [
        0,
        0,
        13,
        0,
    ]  # whole units, a half goes up


def test_validity_in_uses_is_no_time() -> None:
    t = compiled(only("rules/items/music", "ratings"))
    music = t.item[t.names["items"].index("music")]
    assert (music["uses"], music["validity"]) == (20, 0)
    assert t.item["uses"].sum() == 20


def test_misrecording_by_rule_by_hand() -> None:
    t = compiled(only("false_records", "batches"))
    averaging = t.false[t.names["false"].index("averaging")]
    assert averaging["origin"] == 3
    assert averaging["roles"] == 0b0101  # resident and official, of resident, minor, official, trader
    assert t.false["roles"].sum() == averaging["roles"]
    assert t.batch["origin"].tolist() == [2, 3]
    assert averaging["cum_0"] - t.false["cum_0"][-2] == pytest.approx(share(0.2 / 3), abs=1)  # of an envelope of 3


def test_a_share_of_records_that_falls_on_some_roles_stays_a_share_of_all_records() -> None:
    rate = value(0.02, per="record")
    everyone, traders = (compiled({"false_records/malice/rate": rate, "false_records/malice/who": who}) for who in (None, ["trader"]))
    assert traders.false["roles"][2] == 0b1000
    adults = 1 - 0.4 * 2 / (0.3 + 0.3 * 2 + 0.4 * 4)  # of the households of Testville
    residents = compiled({"false_records/malice/rate": rate, "false_records/malice/who": ["resident"]})  # and all children
    of_kind = [int(t.false["cum_0"][2] - t.false["cum_0"][1]) for t in (everyone, traders, residents)]
    assert of_kind[2] == pytest.approx(of_kind[0] / (1 - 0.25 * adults), rel=1e-6)
    assert of_kind[1] == pytest.approx(of_kind[0] / (0.1 * adults), rel=1e-6)


def test_ratings_by_hand() -> None:
    w = compiled(only("ratings", "rules/items/music")).whole[0]
    assert [int(w[k]) for k in ("rated_needs", "rating_channel", "rating_category")] == [0b00001, 1, 4]
    assert [int(w[f"unfair_{g}"]) for g in range(3)] == [share(0.1), share(0.3), 0]


def test_risk_by_hand() -> None:
    t = compiled(only("risk", "lists"))
    assert t.risk_weight.tolist() == [0, 160, 0, 320, 160, 0, 80, 205, 480]  # sixteenths; 0.5 * 16 * 256 / 10 = 204.8
    assert [int(t.selection[0][k]) for k in ("list", "share", "every", "risk")] == [3, share(0.1), 3, 1]
    assert (t.whole["n_selections"][0], exchanges(t), t.whole["exchanges"][0]) == (1, 1, 1)
    bare = compiled({**only("lists", "risk"), "risk/weights": {}, "risk/noise": None})
    assert bare.risk_weight.tolist() == [0] * 9


def test_selection_and_risk_are_two_rows_in_this_order() -> None:
    t = compiled({**only("risk", "lists"), "officials": BLOCKS["officials"]})
    assert [(int(row["list"]), int(row["risk"])) for row in t.selection] == [(1, 0), (3, 1)]
    assert t.whole["n_selections"][0] == 2


def test_an_investigation_by_hand() -> None:
    t = compiled(only("channels", "risk", "lists"))
    assert t.channel["only"].tolist() == [-1, -1, 3]


FIRM_ITEM = {f"item.{name}" for name in ("points", "fine", "claim", "kept")}  # what the rule for firms of Testville brings


def test_alone_has_no_firms() -> None:
    t = compiled(KINDS)
    assert differing(t, alone(t)) == FIRM_ITEM
    a, at = alone(t), t.names["items"].index("return")
    assert [int(a.item[at][k]) for k in ("points", "grade", "list", "fine", "claim", "owed", "relatives", "kept")] == [
        0,
        -1,
        -1,
        0,
        0,
        0,
        -1,
        0,
    ]
    assert (a.item[:at] == t.item[:at]).all()
    both = compiled({**BLOCKS, **KINDS})
    assert differing(both, alone(both)) == FIRM_ITEM | TIES


def test_error_free_has_no_unfair_ratings() -> None:
    t = compiled(KINDS)
    e = error_free(t)
    assert {"whole.unfair_0", "whole.unfair_1", *FIRM_ITEM} <= differing(t, e)
    assert [int(e.whole[0][f"unfair_{g}"]) for g in range(3)] == [0, 0, 0]
    assert e.whole["rating_channel"][0] == 1  # uses are counted all the same
    assert e.gate["price"].tolist() == t.gate["price"].tolist()
    assert (e.risk_weight == t.risk_weight).all()
    assert differing(error_free(e), e) == set()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gates/quiet-jobs/price": text(0.4, "euros")}, "gates: quiet-jobs: price is 0.4; it must be at least 1"),
        ({**KINDS, "risk/noise": text(-1, "risk points")}, "risk: noise is -1; it must not be below 0"),
        ({**KINDS, "risk/every": text(10, "days")}, "risk: every must be a whole number of weeks"),
        ({**KINDS, "risk/list": "watch"}, "risk: list: unknown name 'watch'.*did you mean 'watched'"),
        ({**KINDS, "channels/inspectors/only_on": "watch"}, "inspectors: only_on: unknown name 'watch'"),
        ({**KINDS, "ratings/needs": ["trains"]}, "ratings: needs: unknown name 'trains'"),
        ({**KINDS, "ratings/category": "music"}, "ratings: category: unknown name 'music'"),
        ({**KINDS, "false_records/averaging/who": ["minor"]}, "averaging: who: children count as residents"),
        ({**KINDS, "false_records/averaging/who": ["officer"]}, "averaging: who: unknown name 'officer'"),
    ],
)
def test_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compiled(changes)


def test_settings_reach_the_blocks() -> None:
    changed = with_values(
        made_up_scheme(KINDS),
        {"risk.weights.income.0": 7, "gates.loans-by-grade.price": 90, "rules.items.order.claim": 100, "ratings.unfair.A": 0.5},
    )
    w = made_up_world()
    t = compile_scheme(changed, w, compile_world(w))
    assert t.risk_weight[3] == 112
    assert t.gate["price"][3] == 90
    assert t.item["claim"][t.names["items"].index("order")] == 100
    assert t.whole["unfair_0"][0] == share(0.5)
    with pytest.raises(InputError, match="a price is at least 1 unit of money"):
        require_valid(with_values(changed, {"gates.loans-by-grade.price": 0}), w)
