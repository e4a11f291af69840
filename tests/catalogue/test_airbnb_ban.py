"""Removals and close associates: what the company's pages say, lives worked out by hand, and what follows from ties alone."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.files.settings import empirical_values
from glasshouse.mechanism.classes import COLLATERAL, FALSE_REPORT, LAWFUL, MISRECORDED, MISTAKEN, PROTECTED, UNRELATED
from glasshouse.scheme import tables as T
from glasshouse.scheme.check import load_both
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.variants import alone
from glasshouse.world.compile import compile_world

from .changed import alternatives, without_errors
from .one_life import comes_out

SCHEME, WORLD = load_both("airbnb-ban")
TABLES = compile_world(WORLD)
BY_HAND = SCHEME.model_copy(update={"notice": None, "review": None})  # a stated life has no appeals
RULES = {item.id: item for item in SCHEME.rules.items} if SCHEME.rules else {}


def test_seven_and_fourteen_years_and_for_good() -> None:
    terms = {name: (entry.term.value, entry.term.unit) if entry.term else None for name, entry in SCHEME.lists.items()}
    assert terms == {
        "suspended": None, "removed": None, "record-7-years": (7, "years"), "record-14-years": (14, "years"), "companions": None,
    }  # fmt: skip
    assert {RULES[name].list for name in ("damage", "record-grave", "affiliation")} == {"removed"}


def test_nearly_everything_is_assumed_and_says_so() -> None:
    """The company publishes rules, not numbers: a value that rests on anything else would have to be looked at."""
    assert all(value.evidence == "assumed" and value.why for _, value in empirical_values(SCHEME))


def test_every_removal_can_reach_the_household_and_nobody_further() -> None:
    reached = {name: entry.contacts.layer for name, entry in SCHEME.lists.items() if entry.contacts}
    assert reached == dict.fromkeys(["suspended", "removed", "record-7-years", "record-14-years"], "household")
    assert SCHEME.lists["companions"].contacts is None


def test_associates_are_not_told_why_and_have_no_appeal() -> None:
    assert SCHEME.review is not None and "companions" not in SCHEME.review.lists
    assert SCHEME.notice is not None and "companions" not in SCHEME.notice.lists


def test_a_record_and_a_cause_by_hand() -> None:
    """Seven years are 2555 days; a court's record closes a platform. To be known for a cause is protected, and lasts until reinstated."""
    found, must = comes_out(
        BY_HAND, WORLD, 3000,
        [
            {"day": 0, "act": "past-conviction", "item": "record-7"},
            {"day": 50, "need": "stay"},
            {"day": 2600, "act": "public-affiliation", "leaves": {"reinstated": 100}},
        ],
        {
            "listed": {"record-7-years": ["0-2554"], "removed": ["2600-2699"], "companions": []},
            "classes": {"0-2554": "unrelated or disproportionate", "2600-2699": "protected conduct"},
            "attempts": [
                {"day": 50, "need": "stay", "exposed": "unrelated or disproportionate", "denied": "unrelated or disproportionate"},
            ],
        },
    )  # fmt: skip
    assert found == must


def test_a_case_that_is_not_decided_and_a_namesake_by_hand() -> None:
    """Accused and nothing more is lawful conduct; someone else's record is a mistake for fourteen years of 365 days."""
    found, must = comes_out(
        BY_HAND, WORLD, 5300,
        [
            {"day": 0, "act": "pending-case", "leaves": {"let-back": 60}},
            {"day": 100, "false-record": "another's act", "item": "record-14"},
        ],
        {
            "listed": {"suspended": ["0-59"], "record-14-years": ["100-5209"]},
            "clean_listed": {"suspended": ["0-59"], "record-14-years": []},
            "classes": {"0-59": "lawful conduct", "100-5209": "mistaken identity"},
        },
    )  # fmt: skip
    assert found == must


def lived(scheme: Scheme, people: int = 184_320) -> tuple[dict[str, Any], dict[str, Any]]:
    """The scheme, and the same without ties, on the same draws."""
    tables = compile_scheme(scheme, WORLD, TABLES)
    run = Machine(TABLES, [tables, alone(tables)], Times(people=people, weeks=156, seed=7, history=728), pairs=[(-1, 1), (-1, -1)])
    counts, _, _ = run.live(0, run.towns)
    view = run.layout.view(counts)
    days = view["days"].cumsum(-1)[..., :-1].sum((1, 3))
    return view, {"scheme": days[0], "alone": days[1]}


def test_party_suspensions_come_near_the_published_number() -> None:
    """About 50 are expected, of some 120 on the list: by category of the act as written down."""
    view, _ = lived(SCHEME)
    parties = view["paths"][0, ..., list(WORLD.conduct).index("rented-party")].sum()
    rate = parties / (view["adults"].sum() * 3)
    assert SCHEME.targets["party-suspensions-2021"].value == pytest.approx(6_600 / 54_000_000, rel=0.03)
    assert rate == pytest.approx(SCHEME.targets["party-suspensions-2021"].value, rel=0.5)


def test_without_any_false_record_ties_opinions_and_old_records_remain() -> None:
    _, days = lived(without_errors(SCHEME))
    assert [days["scheme"][i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert all(days["scheme"][i] > 0 for i in (COLLATERAL, PROTECTED, LAWFUL, UNRELATED))
    assert days["alone"][COLLATERAL] == 0


def test_safeguards_and_scenarios_do_what_they_say() -> None:
    changed = {name: compile_scheme(scheme, WORLD, TABLES) for name, scheme in alternatives(SCHEME)}
    assert set(SCHEME.safeguards) == {"link-named", "matched-by-more", "told-before"}
    assert changed["told-before"].whole["notice"][0] == T.BEFORE
    assert SCHEME.review is not None and not any(path.startswith("review") for path in SCHEME.safeguards["told-before"].set)
    assert max(changed["link-named"].list["contact_mean"]) == 7 * 256
    assert not any(changed["no-companions"].list["contact_share"])
