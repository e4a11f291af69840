"""Averaged earnings raised as debts: the term to answer, what is claimed, flows near the published ones, what no false record leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from glasshouse.files.settings import with_values
from glasshouse.mechanism.classes import FALSE_REPORT, MISRECORDED, MISTAKEN, WITHIN
from glasshouse.scheme.check import load_both
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world

from .changed import alternatives, without_errors
from .one_life import comes_out
from .small_run import Counts, by_class, counts_of

SCHEME, WORLD = load_both("robodebt")
WORLD_TABLES = compile_world(WORLD)
ALTERNATIVES = dict(alternatives(SCHEME))
RULES = {item.id: item for item in SCHEME.rules.items} if SCHEME.rules else {}
CLAIM, OWED, SMALL = 3700, 3360, 500
ADULTS, DEBTS, RAISED, TAKEN = 19e6, 470_000, 1.73e9, 721e6  # published, but for the adults
# One stated life has no role, and its letters and reviews belong to whole towns
FOR_ANYONE = with_values(SCHEME, {f"rules.items.{name}.roles": None for name in RULES} | {"notice": None, "review": None})


def test_it_stood_from_july_2015_to_november_2019() -> None:
    stood = (date(2019, 11, 19) - date(2015, 7, 1)).days
    assert abs(WORLD.history.value + 3 * 364 - stood) <= 7
    assert SCHEME.years == (2015, 2019) and SCHEME.status == "ended"


def test_twenty_one_days_to_answer_and_the_burden_is_the_persons() -> None:
    notice, review = SCHEME.notice, SCHEME.review
    assert notice is not None and review is not None and SCHEME.correction is None
    assert notice.when == "before" and notice.period is not None and (notice.period.value, notice.period.unit) == (21, "days")
    assert ALTERNATIVES["rules-of-2017"].notice is not None
    period = ALTERNATIVES["rules-of-2017"].notice.period
    assert period is not None and period.value == 28


def test_ten_per_cent_on_top() -> None:
    claimed, owed = RULES["income"].claim, RULES["income"].owed
    assert claimed is not None and owed is not None
    assert claimed.value == CLAIM == pytest.approx(RAISED / DEBTS, rel=0.01)
    assert owed.value == OWED == pytest.approx(CLAIM / 1.1, rel=0.01)


def test_only_uneven_earnings_are_averaged_wrongly() -> None:
    averaged = SCHEME.false_records["averaged"]
    assert averaged.origin == "misrecorded" and averaged.who == ["uneven-earner"]
    mended = ALTERNATIVES["no-debt-by-average"]
    assert mended.false_records["averaged"].rate.value == 0


def test_targets_are_the_published_counts() -> None:
    values = {name: target.value for name, target in SCHEME.targets.items()}
    assert values["averaged-debts"] == pytest.approx(DEBTS / 4.38 / ADULTS, rel=0.01)
    assert values["taken-for-each"] == pytest.approx(TAKEN / DEBTS, rel=0.01)
    assert SCHEME.plausibility["claimed-by-averaging"].value == pytest.approx(RAISED / 4.4 / ADULTS * 1e5, rel=0.01)


def test_an_averaged_year_and_a_forgotten_shift_by_hand() -> None:
    """Day 10: everything was reported, averaged all the same; settled after 100 days. Day 200: a shift taken for a job; a debt stood either
    way, and what was wrong is the amount. A price is paid, so nobody is refused."""
    events: list[dict[str, Any]] = [
        {"day": 10, "act": "income-not-reported", "item": "income", "truly": "none", "leaves": {"settled": 100}},
        {"day": 50, "need": "instalments"},
        {"day": 60, "need": "trip-abroad"},
        {"day": 200, "act": "shift-not-reported", "item": "income", "truly": "shift", "leaves": {"settled": 50}},
    ]
    found, must = comes_out(
        FOR_ANYONE, WORLD, 300, events,
        {
            "listed": {"debt": ["10-109", "200-249"]},
            "clean_listed": {"debt": ["200-249"]},
            "classes": {"10-109": "misrecorded", "200-249": "within stated rules"},
            "attempts": [
                {"day": 50, "need": "instalments", "exposed": "misrecorded"},
                {"day": 60, "need": "trip-abroad", "exposed": "misrecorded", "denied": "misrecorded"},
            ],
        },
    )  # fmt: skip
    assert found == must


def lived(scheme: Scheme, people: int = 61_440) -> Counts:
    return counts_of(scheme, WORLD, WORLD_TABLES, people=people, weeks=156)


def test_claims_and_what_is_taken_come_near_the_published_ones() -> None:
    """About 2,000 claims that averaging got wrong: within 15 % of what was published. Taken for each: within a third (some is to come)."""
    view = lived(SCHEME, 153_600)
    claimed = view["claimed"][0].sum(0)
    assert claimed[MISRECORDED] % CLAIM == 0
    wrong = claimed[MISRECORDED] / CLAIM / view["adults"].sum() / 3
    assert wrong == pytest.approx(SCHEME.targets["averaged-debts"].value, rel=0.15)
    taken = view["paid"].sum() / view["entries"].sum()
    assert taken == pytest.approx(SCHEME.targets["taken-for-each"].value, rel=0.33)


def test_what_is_owed_is_the_true_part_of_what_is_claimed() -> None:
    """Claims on true acts are of 3,700 or 500, and the difference to what is owed is the ten per cent on the former."""
    view = lived(SCHEME)
    claimed, owed = int(view["claimed"][0, :, WITHIN].sum()), int(view["owed"].sum())
    large, rest = divmod(claimed - owed, CLAIM - OWED)
    assert rest == 0 and (claimed - large * CLAIM) % SMALL == 0 and claimed > large * CLAIM > 0


def test_without_any_false_record_only_true_debts_stand() -> None:
    view = lived(without_errors(SCHEME))
    days = by_class(view)
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0] and days[WITHIN] > 0
    claimed = view["claimed"][0].sum(0)
    assert claimed[MISRECORDED] == 0  # some who owed are let off on review, so less is claimed than by the clean ledger
    assert claimed.sum() == claimed[WITHIN] <= view["clean_claims"].sum()


def test_who_contests_afterwards_gets_the_money_back() -> None:
    """A letter before stays the debt, so nothing is ever paid back; a debt contested afterwards is."""
    assert lived(SCHEME)["returned"].sum() == 0
    assert lived(ALTERNATIVES["contested-afterwards"])["returned"][0, :, MISRECORDED].sum() > 0


def test_what_law_and_ombudsman_ask_for_lessens_what_is_wrong() -> None:
    def wrong(scheme: Scheme) -> int:
        return int(lived(scheme)["claimed"][0, :, MISRECORDED].sum())

    as_it_was = wrong(SCHEME)
    assert wrong(ALTERNATIVES["no-debt-by-average"]) == 0
    assert wrong(ALTERNATIVES["agency-asks-employers"]) < 0.3 * as_it_was
    assert wrong(ALTERNATIVES["time-and-an-answered-call"]) < as_it_was
