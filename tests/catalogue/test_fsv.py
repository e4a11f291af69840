"""The fraud-signal list: never told, never cleaned, copied; flows near the published number, and copies that outlive the entry."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from glasshouse.mechanism.classes import FALSE_REPORT, LAWFUL, MISRECORDED, MISTAKEN, STALE
from glasshouse.scheme.check import load_both
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from tests.catalogue.small_run import by_class, counts_of

from .changed import alternatives, without_errors
from .one_life import comes_out

SCHEME, WORLD = load_both("fsv")
WORLD_TABLES = compile_world(WORLD)
ALTERNATIVES = dict(alternatives(SCHEME))
SIGNALS = SCHEME.lists["signals"]


def test_it_stood_from_november_2013_to_february_2020() -> None:
    """History and three counted years together are its own time, to a week."""
    stood = (date(2020, 2, 27) - date(2013, 11, 4)).days
    assert SIGNALS.amnesty is not None and SIGNALS.amnesty.every is None
    assert abs(WORLD.history.value + 365 * SIGNALS.amnesty.first.value - stood) <= 7
    assert SCHEME.years == (2013, 2020) and SCHEME.status == "ended"


def test_nobody_was_told_and_nothing_ended() -> None:
    assert SCHEME.notice is not None and SCHEME.notice.when == "never"
    assert SCHEME.review is None and SCHEME.correction is None
    assert SIGNALS.term is None and SIGNALS.performed_after is None


def test_lawful_things_were_signals_too() -> None:
    assert SCHEME.rules is not None
    assert {item.id: item.legal for item in SCHEME.rules.items} == {
        "tax": "unlawful", "benefits": "unlawful", "data-asked-for": "lawful", "deduction": "lawful",
    }  # fmt: skip


def test_three_offices_hold_copies() -> None:
    kept = {name: gate.holder.purges_after.value for name, gate in SCHEME.gates.items() if gate.holder}
    assert kept == {"collection": 1, "benefits": 1, "other-bodies": 3}
    assert all(not gate.holder for gate in ALTERNATIVES["copies-purged-at-once"].gates.values())


def test_a_request_for_data_and_a_plan_refused_after_it_was_over() -> None:
    """A town asks on day 10; listed until cleared on day 110. A plan of payment is refused while listed, and from the copy until day 475
    (110 + 365); other bodies act on theirs until day 1205 (110 + 1095)."""
    found, must = comes_out(
        SCHEME, WORLD, 1300,
        [
            {"day": 10, "act": "income-asked-for", "item": "data-asked-for", "leaves": {"cleared": 100}},
            {"day": 50, "need": "payment-plan"},
            {"day": 474, "need": "payment-plan"},
            {"day": 475, "need": "payment-plan"},
            {"day": 1204, "need": "subsidy"},
            {"day": 1206, "need": "subsidy"},
        ],
        {
            "listed": {"signals": ["10-109"]},
            "classes": {"10-109": "lawful conduct", "110-1204": "stale"},
            "attempts": [
                {"day": 50, "need": "payment-plan", "exposed": "lawful conduct", "denied": "lawful conduct"},
                {"day": 474, "need": "payment-plan", "exposed": "stale", "denied": "stale"},
                {"day": 475, "need": "payment-plan"},
                {"day": 1204, "need": "subsidy", "exposed": "stale", "denied": "stale"},
                {"day": 1206, "need": "subsidy"},
            ],
        },
    )  # fmt: skip
    assert found == must


def test_a_tip_with_nothing_behind_it_stays_until_the_list_is_switched_off() -> None:
    """Entered on day 100; every listing ends on day 1095, and the copies that still act are stale."""
    found, must = comes_out(
        SCHEME, WORLD, 1200,
        [{"day": 100, "false-record": "no act", "item": "benefits"}],
        {"classes": {"100-1094": "false report", "1095-1199": "stale"}, "clean_listed": {"signals": []}},
    )  # fmt: skip
    assert found == must


def lived(scheme: Scheme, people: int = 30_720) -> dict[str, np.ndarray]:
    return counts_of(scheme, WORLD, WORLD_TABLES, people=people, weeks=156)


def test_entries_and_refusals_come_near_the_published_numbers() -> None:
    """About 850 entries: 3.1 a year and 1,000 adults are the upper end of what was published, 1.2 the lower. Refused plans for each entry:
    5,000 to 15,000 of 270,000, here from some 35 refusals, so with a tolerance of half."""
    view = lived(SCHEME, 122_880)
    entries = view["entries"].sum()
    assert 0.0012 < entries / view["adults"].sum() / 3 < SCHEME.targets["listed-2013-2020"].value * 1.15
    assert SCHEME.targets["listed-2013-2020"].value == pytest.approx(270_000 / 6.3 / 13.7e6, rel=0.02)
    refused = view["denials"][0, :, list(WORLD.needs).index("payment-plan")].sum() / entries
    assert 0.5 * 5_000 / 270_000 < refused < 1.5 * 15_000 / 270_000


def test_without_any_false_record_copies_and_lawful_signals_remain() -> None:
    days = by_class(lived(without_errors(SCHEME)))
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[STALE] > 0 and days[LAWFUL] > 0
    assert by_class(lived(without_errors(ALTERNATIVES["copies-purged-at-once"])))[STALE] == 0
    assert by_class(lived(without_errors(ALTERNATIVES["only-signs-of-fraud"])))[LAWFUL] == 0


def test_a_list_cleaned_at_the_source_leaves_more_people_to_its_copies() -> None:
    assert by_class(lived(ALTERNATIVES["signals-lapse"]))[STALE] > by_class(lived(SCHEME))[STALE]
