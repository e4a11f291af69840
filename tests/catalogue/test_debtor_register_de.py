"""Germany's register of debtors: the text of sections 882b to 882f, two lives, and flows near the published measures."""

from __future__ import annotations

import pytest

from glasshouse.files.values import Rule
from glasshouse.mechanism.classes import FALSE_REPORT, GROUND_UNMET, LAWFUL, MISRECORDED, MISTAKEN, STALE, WITHIN
from glasshouse.scheme import tables as T
from glasshouse.scheme.check import load_both
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world

from .changed import alternatives, without_errors
from .one_life import comes_out
from .small_run import Counts, by_class, counts_of

SCHEME, WORLD = load_both("debtor-register-de")
WORLD_TABLES = compile_world(WORLD)
ALTERNATIVES = dict(alternatives(SCHEME))
REGISTER = SCHEME.lists["register"]


def test_three_grounds_of_section_882c() -> None:
    assert SCHEME.rules is not None
    assert [item.id for item in SCHEME.rules.items] == ["ground-1", "ground-2", "ground-3"]
    assert all(item.list == "register" and {"adult", "owes"} == set(item.requires) for item in SCHEME.rules.items)
    assert not any("able" in item.requires for item in SCHEME.rules.items), "the register asks for no ability to pay"


def test_three_years_of_section_882e_and_deletion_when_paid() -> None:
    assert REGISTER.term is not None
    assert (REGISTER.term.value, REGISTER.term.unit, REGISTER.term.source) == (3, "years", "zpo-882e")
    assert REGISTER.performed_after is not None
    assert REGISTER.exits == {}, "instalments and the creditor's wish are no way off"
    assert REGISTER.repeat.effect == "restart", "each order is an entry with three years of its own"


def test_two_weeks_of_section_882d() -> None:
    minimum = SCHEME.channels["bailiffs"].delay.minimum
    assert isinstance(minimum, Rule) and (minimum.value, minimum.unit, minimum.source) == (14, "days", "zpo-882d")
    before = ALTERNATIVES["objection-holds-the-entry"]
    assert before.notice is not None and isinstance(before.notice.period, Rule)
    assert (before.notice.when, before.notice.period.value) == ("before", 14)
    assert compile_scheme(before, WORLD, WORLD_TABLES).whole["notice"][0] == T.BEFORE


def test_agencies_draw_changes_weekly() -> None:
    kept = {name: gate.holder.purges_after for name, gate in SCHEME.gates.items() if gate.holder}
    assert {name: (value.value, value.unit) for name, value in kept.items()} == dict.fromkeys(("credit", "on-account", "rent"), (7, "days"))


def test_an_entry_for_three_years_and_a_second_that_begins_them_anew() -> None:
    """Entered on day 30 until day 1125; the second order takes effect on day 400: until 400 + 1095 = 1495. A week later agencies know."""
    found, must = comes_out(
        SCHEME, WORLD, 1600,
        [
            {"day": 10, "act": "declaration-refused", "item": "ground-1", "delay": 20},
            {"day": 380, "act": "nothing-to-take", "item": "ground-2", "delay": 20},
            {"day": 500, "need": "credit"},
            {"day": 501, "need": "rent"},
            {"day": 1500, "need": "credit"},
            {"day": 1502, "need": "credit"},
        ],
        {
            "listed": {"register": ["30-1494"]},
            "classes": {"30-1494": "within stated rules", "1495-1501": "stale"},
            "attempts": [
                {"day": 500, "need": "credit", "exposed": "within stated rules", "denied": "within stated rules"},
                {"day": 501, "need": "rent", "exposed": "unrelated or disproportionate", "denied": "unrelated or disproportionate"},
                {"day": 1500, "need": "credit", "exposed": "stale", "denied": "stale"},
                {"day": 1502, "need": "credit"},
            ],
        },
        debts=1,
    )  # fmt: skip
    assert found == must


def test_paid_but_the_creditor_says_nothing() -> None:
    """Owes, pays on day 20; the order of day 10 takes effect on day 30 all the same: ground unmet, until it is taken off 45 days later.
    Then an entry with no debt behind it: false report, for three years."""
    found, must = comes_out(
        SCHEME, WORLD, 1300,
        [
            {"day": 10, "act": "unpaid-after-declaration", "item": "ground-3", "delay": 20, "noticed": False, "corrected": 45},
            {"day": 20, "payment": True},
            {"day": 100, "false-record": "no act", "item": "ground-3"},
        ],
        {
            "debts": {19: 1, 20: 0},
            "clean_listed": {"register": []},
            "classes": {"30-74": "ground unmet", "75-81": "stale", "100-1194": "false report", "1195-1201": "stale"},
            "spells": [
                {"list": "register", "entry": 30, "end": 75, "cause": "corrected"},
                {"list": "register", "entry": 100, "end": 1195, "cause": "expired"},
            ],
        },
        debts=1,
    )  # fmt: skip
    assert found == must


def lived(scheme: Scheme, people: int = 30_720, weeks: int = 104) -> Counts:
    return counts_of(scheme, WORLD, WORLD_TABLES, people=people, weeks=weeks, seed=7, history=1092)


def test_people_come_on_it_within_what_measures_allow() -> None:
    """Several measures concern one person, so people are fewer than 21.9 a year and 1,000 adults, and more than a third of it."""
    view = lived(SCHEME, 61_440, 156)
    adults = view["adults"].sum()
    measures = SCHEME.targets["measures-2006"].value
    assert measures == pytest.approx((928_320 + 536_409) / 67e6, rel=0.01)
    assert measures / 3 < view["entries"].sum() / adults / 3 < measures
    listed = by_class(view)[STALE + 1 :].sum()
    assert 0.02 < listed / (adults * 3 * 364) < 0.0809, "below the share of the overindebted, which is a wider measure"


def test_without_any_false_record_copies_outlive_the_entry_and_the_poor_are_listed() -> None:
    days = by_class(lived(without_errors(SCHEME)))
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[STALE] > 0 and days[GROUND_UNMET] > 0 and days[WITHIN] > days[STALE]
    poor = by_class(lived(without_errors(ALTERNATIVES["being-poor-is-lawful"])))
    assert poor[LAWFUL] > 0 and poor[LAWFUL] + poor[WITHIN] == days[WITHIN]
