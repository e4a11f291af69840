"""Money claimed, owed, given back and paid more, on counts filled in by hand; and which schemes have such a thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from glasshouse.mechanism.classes import CLASSES, COLLATERAL, MISRECORDED, MISTAKEN, WITHIN
from glasshouse.outcomes import claims, prices
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.names import Amounts, Names
from glasshouse.outcomes.parts import CLAIMS, ERRORS, PRICES, RETURNS, TIES
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND
from glasshouse.outcomes.summary import summarise
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.variants import alone, error_free
from glasshouse.world.compile import compile_world
from tests.made_up import made_up_scheme, made_up_world
from tests.outcomes.made_up import HORIZON, NAMES, SCHEME, counts, pick
from tests.scheme.whole import KINDS, NOTICE, REVIEW

YEARS = 150 * HORIZON / 365
FILLED: dict[str, Any] = {
    "claimed": {(0, 0, MISRECORDED): 40_000, (0, 1, WITHIN): 20_000},
    "returned": {(0, 0, MISRECORDED): 10_000},
    "owed": {(0, 0): 3_000, (0, 1): 6_000},
    "clean_claims": {(0, 0): 5_000, (0, 1): 20_000},
    "paid": {(0, 0, MISTAKEN): 400, (0, 1, WITHIN): 4_000},
}


def test_claims() -> None:
    rows = list(claims.rows(counts(**FILLED)))
    assert pick(rows, "money_claimed").value == pytest.approx(60_000 / YEARS * 1e5)
    assert pick(rows, "money_claimed", cls=CLASSES[MISRECORDED]).value == pytest.approx(40_000 / YEARS * 1e5)
    assert pick(rows, "money_claimed", cls=WITHOUT_GROUND, group="B").value == 0
    assert pick(rows, "money_claimed", arm="clean").value == pytest.approx(25_000 / YEARS * 1e5)
    assert pick(rows, "money_owed").value == pytest.approx(9_000 / YEARS * 1e5)
    assert pick(rows, "money_beyond_owed").value == pytest.approx(51_000 / YEARS * 1e5)
    assert pick(rows, "money_beyond_owed", group="B").value == pytest.approx(14_000 / (50 * HORIZON / 365) * 1e5)
    assert pick(rows, "money_beyond_owed_share").value == pytest.approx(51 / 60)
    assert pick(rows, "money_returned").value == pytest.approx(10_000 / YEARS * 1e5)
    assert {row.unit for row in rows} == {"euros per 100,000 adult-years", "share"}
    assert {row.arm for row in rows} == {"scheme", "clean"}  # an arm that claims nothing has nothing to state


def test_extra_prices() -> None:
    rows = list(prices.rows(counts(**FILLED)))
    assert pick(rows, "prices_paid").value == pytest.approx(4_400 / YEARS * 1e5)
    assert pick(rows, "prices_paid", cls=CLASSES[MISTAKEN], group="A").value == pytest.approx(400 / (100 * HORIZON / 365) * 1e5)
    assert {row.arm for row in rows} == {"scheme"}


def test_an_amount_rests_on_the_fewest_events_that_can_bring_it() -> None:
    rows = [*claims.rows(counts(**FILLED)), *prices.rows(counts(**FILLED))]
    assert pick(rows, "money_claimed").count == 60
    assert pick(rows, "money_owed").count == 30
    assert pick(rows, "prices_paid", cls=CLASSES[WITHIN]).count == 100
    assert (pick(rows, "money_beyond_owed").count, pick(rows, "money_beyond_owed_share").base) == (60, 60)


def test_a_few_large_claims_are_not_printed() -> None:
    run = measure(counts(claimed={(0, 0, WITHIN): 29_000, (0, 0, MISRECORDED): 31_000}))
    lines = {(x.outcome, x.cls): x for x in summarise([run]) if x.group == ALL}
    assert lines["money_claimed", CLASSES[WITHIN]].central is None
    assert "fewer than 30 events" in lines["money_claimed", CLASSES[WITHIN]].note
    assert lines["money_claimed", CLASSES[MISRECORDED]].central == pytest.approx(31_000 / YEARS * 1e5)


def test_nothing_claimed_is_nothing_to_share() -> None:
    assert pick(list(claims.rows(counts())), "money_beyond_owed_share").value is None


def test_a_scheme_that_takes_no_money_has_no_rows() -> None:
    names = replace(NAMES, arms=(replace(SCHEME, parts=SCHEME.parts - {CLAIMS, RETURNS, PRICES}),))
    assert list(claims.rows(counts(names=names))) == list(prices.rows(counts(names=names))) == []


def names_of(changes: dict[str, Any], arm: Any = lambda tables: tables) -> Any:
    world = made_up_world()
    tables = compile_world(world)
    scheme = arm(compile_scheme(made_up_scheme(changes), world, tables))
    return Names.of(tables, {"scheme": scheme}).arms[0]


def test_the_parts_of_testville_with_the_further_kinds() -> None:
    arm = names_of(KINDS)
    assert {CLAIMS, PRICES, TIES, ERRORS} <= arm.parts
    assert RETURNS not in arm.parts
    assert arm.money == Amounts("euros", claim=1200, owed=300, price=40)
    bare = names_of({})
    assert not {CLAIMS, PRICES, RETURNS, TIES} & bare.parts
    assert bare.money == Amounts()


def test_what_is_claimed_can_be_given_back_where_review_corrects_money() -> None:
    told = {"correction": None, "scenarios": {}, "notice": NOTICE}
    for corrects, there in ((["money"], True), (["list"], False)):
        arm = names_of({**KINDS, **told, "review": {**REVIEW, "corrects": corrects}})
        assert (RETURNS in arm.parts) == there


def test_firms_alone_make_a_scheme_reach_people_through_others() -> None:
    firm = {path: block for path, block in KINDS.items() if path.startswith("rules/items/return")}
    assert TIES in names_of(firm).parts
    assert TIES not in names_of(firm, alone).parts
    assert TIES not in names_of(firm, error_free).parts
    assert names_of(firm, alone).money.claim == 0


def test_unfair_ratings_alone_are_errors() -> None:
    none: dict[str, Any] = {"false_records": {}, "batches": {}, "headline": None, "rules/checked": None}
    none |= {"channels/office/misrecorded": None}
    requires = {f"rules/items/{name}/requires": [] for name in ("bill", "order", "theft")}
    assert ERRORS not in names_of({**none, **requires}).parts
    assert ERRORS in names_of({**none, **requires, "ratings": KINDS["ratings"]}).parts
    assert ERRORS not in names_of({**none, **requires, "ratings": KINDS["ratings"]}, error_free).parts


def test_collateral_can_be_told_of_firms() -> None:
    arm = names_of(KINDS)
    c = counts(names=replace(NAMES, arms=(replace(arm, name="scheme"),)), claimed={(0, 0, COLLATERAL): 90_000})
    assert pick(list(claims.rows(c)), "money_claimed", cls="collateral").value == pytest.approx(90_000 / YEARS * 1e5)
    assert np.isfinite(pick(list(claims.rows(c)), "money_claimed", cls="collateral").count)
