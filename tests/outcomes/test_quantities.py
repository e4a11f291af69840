"""Each measured quantity on counts filled in by hand."""

from __future__ import annotations

import pytest

from glasshouse.engine.layout import duration_bin
from glasshouse.mechanism.classes import CLASSES, COLLATERAL, GROUND_UNMET, INDUCED, LAWFUL, MISTAKEN, SPARED, STALE, WITHIN
from glasshouse.mechanism.lists import AMNESTY, CENSORED, CORRECTED, EXPIRED, FIRST_HAZARD, LEFT
from glasshouse.outcomes import (
    acts,
    debts,
    denials,
    disparity,
    entries,
    exposure,
    fines,
    grades,
    headline,
    listed,
    people_ever,
    sanctioned_days,
    time_to_clear,
)
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.names import cause_names
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND, WRONGLY_SPARED
from tests.outcomes.made_up import EVERY_ARM, HORIZON, counts, pick, stay

YEARS = 150 * HORIZON / 365
KNOWN = [cls for cls in CLASSES if cls != "error-induced"]  # without an error-free arm nothing can be told apart as error-induced
DAYS = stay(0, 0, MISTAKEN, 2, 4) | stay(0, 0, WITHIN, 0, 10) | stay(0, 1, WITHIN, 7, 14, people=2) | stay(0, 0, SPARED, 3, 6)


def test_sanctioned_days() -> None:
    rows = list(sanctioned_days.rows(counts(days=DAYS)))
    assert pick(rows, "sanctioned_days").value == 2 + 10 + 14
    assert pick(rows, "sanctioned_days", cls=WITHOUT_GROUND).value == 2
    assert pick(rows, "sanctioned_days", group="B", cls=CLASSES[WITHIN]).value == 14
    assert pick(rows, "sanctioned_days", arm="clean").value == 10 + 14 + 3
    assert pick(rows, "sanctioned_days_rate").value == pytest.approx(26 / YEARS * 1e5)
    assert pick(rows, "spared_days").value == pytest.approx(3 / YEARS * 1e5)
    assert pick(rows, "sanctioned_day_share", cls=CLASSES[MISTAKEN]).value == pytest.approx(2 / 26)


def test_stock_and_flow_shares_add_up_to_one() -> None:
    c = counts(days=DAYS, entries={(0, 0, 0, MISTAKEN): 3, (0, 0, 1, LAWFUL): 4, (0, 0, 0, WITHIN): 9})
    rows = [*sanctioned_days.rows(c), *entries.rows(c)]
    for outcome in ("sanctioned_day_share", "entry_share"):
        for group in (ALL, "A", "B"):
            assert sum(pick(rows, outcome, group=group, cls=cls).value or 0 for cls in KNOWN) == pytest.approx(1.0)
            assert pick(rows, outcome, arm="none", group=group, cls=CLASSES[WITHIN]).value is None


def test_a_class_that_an_arm_cannot_have_has_no_row() -> None:
    c = counts(names=EVERY_ARM)
    found = {arm: {cls for cls, _ in c.classes(a)} for arm, a in c.arms()}
    assert {*CLASSES, WITHOUT_GROUND, ALL} == found["scheme"]
    assert found["alone"] == {*CLASSES, WITHOUT_GROUND, ALL} - {"collateral", "error-induced"}
    assert found["error-free"] == {"protected conduct", "lawful conduct", "unrelated or disproportionate", "within stated rules", ALL}
    assert not [r for r in sanctioned_days.rows(c) if r.arm == "alone" and r.cls == "collateral"]


def test_the_clean_ledger_holds_what_errors_only_led_to() -> None:
    c = counts(
        names=EVERY_ARM, days=stay(0, 0, STALE, 0, 2) | stay(0, 0, COLLATERAL, 2, 5) | stay(0, 0, INDUCED, 5, 9) | stay(0, 0, WITHIN, 9, 14)
    )
    rows = list(sanctioned_days.rows(c))
    assert pick(rows, "sanctioned_days", cls=WITHOUT_GROUND).value == 2 + 3
    assert pick(rows, "sanctioned_days", arm="clean").value == 4 + 5
    assert pick(rows, "sanctioned_day_share", cls="stale").value == pytest.approx(2 / 14)


def test_events_behind_days_are_spells() -> None:
    twice = stay(0, 0, MISTAKEN, 0, 3) | stay(0, 0, MISTAKEN, 5, 7)
    assert pick(list(sanctioned_days.rows(counts(days=twice))), "sanctioned_days", cls=CLASSES[MISTAKEN]).count == 2


def test_weekly_days_and_people() -> None:
    c = counts(days=DAYS)
    days = {(s.group, s.cls): list(s.values) for s in sanctioned_days.weekly(c) if s.arm == "scheme"}
    assert days[(ALL, CLASSES[WITHIN])] == [7, 3 + 14]
    assert days[("A", CLASSES[MISTAKEN])] == [2, 0]
    assert days[(ALL, WRONGLY_SPARED)] == [3, 0]
    people = {(s.arm, s.group): list(s.values) for s in listed.weekly(c)}
    assert people[("scheme", ALL)] == pytest.approx([9 / 7, 17 / 7])
    assert people[("clean", ALL)] == pytest.approx([10 / 7, 17 / 7])
    assert people[("none", ALL)] == [0, 0]


def test_listed_and_ever() -> None:
    c = counts(days=DAYS, ever_listed={(0, 0): 2}, ever={(0, 0, MISTAKEN): 1, (0, 1, WITHIN): 2})
    rows = [*listed.rows(c), *people_ever.rows(c)]
    assert pick(rows, "listed").value == pytest.approx(26 / HORIZON)
    assert pick(rows, "listed_rate", group="B").value == pytest.approx(14 / HORIZON / 50 * 1e5)
    assert pick(rows, "ever_listed").value == 2
    assert pick(rows, "people_ever", cls=CLASSES[WITHIN], group="B").value == 2


def test_entries() -> None:
    c = counts(
        entries={(0, 0, 0, MISTAKEN): 3, (0, 0, 1, GROUND_UNMET): 3, (0, 0, 1, COLLATERAL): 1, (0, 0, 0, WITHIN): 9},
        clean_entries={(0, 0, 0): 8, (0, 0, 1): 3, (1, 0, 0): 50},
    )
    rows = [*entries.rows(c), *headline.rows(c)]
    assert pick(rows, "entries").value == sum(pick(rows, "entries", cls=k).value or 0 for k in KNOWN) == 16
    assert pick(rows, "entries_rate", group="A").value == pytest.approx(12 / (100 * HORIZON / 365) * 1e5)
    assert pick(rows, "entries_rate", arm="clean").value == pytest.approx((8 + 3) / YEARS * 1e5)  # counted by the clean ledger itself
    assert pick(rows, "entries_rate", arm="clean", group="B").value == pytest.approx(3 / (50 * HORIZON / 365) * 1e5)
    assert pick(rows, "entry_share", cls=WITHOUT_GROUND).value == pytest.approx(7 / 16)
    assert pick(rows, "entries_by_list", detail="register").value == pytest.approx(16 / YEARS * 1e5)
    assert pick(rows, "listed_without_cause").value == pytest.approx(7 / YEARS * 1e5)
    assert pick(rows, "listed_on_false_records").value == pytest.approx(3 / YEARS * 1e5)


def test_exposure_and_denials() -> None:
    c = counts(
        attempts={(0, 0): 50, (0, 1): 70, (1, 2): 10},
        forgone_attempts={(0, 0, 1): 30},
        exposures={(0, 0, 0, WITHIN): 8},
        denials={(0, 0, 0, WITHIN): 5, (0, 0, 1, MISTAKEN): 2, (0, 1, 2, WITHIN): 1},
        spared_denials={(0, 0, 0): 3},
    )
    rows = [*exposure.rows(c), *denials.rows(c)]
    assert pick(rows, "attempts", arm="none").value == pytest.approx(130 / YEARS * 1e5)
    assert pick(rows, "forgone_attempts").value == pytest.approx(30 / YEARS * 1e5)
    assert pick(rows, "forgone_essential_attempts", group="B").value == 0
    assert not [r for r in rows if r.outcome == "forgone_attempts" and r.arm == "none"]
    assert pick(rows, "exposure").value == pytest.approx(8 / YEARS * 1e5)
    assert pick(rows, "denials").value == pytest.approx(8 / YEARS * 1e5)
    assert pick(rows, "denials", cls=WITHOUT_GROUND).value == pytest.approx(2 / YEARS * 1e5)
    assert pick(rows, "denials", arm="clean").value == pytest.approx((5 + 1 + 3) / YEARS * 1e5)
    assert pick(rows, "essential_denials").count == 3
    assert pick(rows, "children_denials").count == 1
    assert pick(rows, "spared_denials").count == 3
    assert pick(rows, "denial_rate").value == pytest.approx(80)
    assert pick(rows, "children_denial_rate").value == pytest.approx(100)
    assert pick(rows, "children_denial_rate", group="A").value is None


def test_time_to_clear() -> None:
    durations = {
        (0, WITHIN, LEFT, 10): 20,
        (0, MISTAKEN, CORRECTED, 20): 3, (0, GROUND_UNMET, FIRST_HAZARD, 80): 2, (0, MISTAKEN, EXPIRED, duration_bin(1095)): 1,
        (0, MISTAKEN, CENSORED, duration_bin(1097)): 2, (0, WITHIN, EXPIRED, 200): 100,
    }  # fmt: skip
    rows = list(time_to_clear.rows(counts(durations=durations)))
    wrong = {"cls": WITHOUT_GROUND}
    assert pick(rows, "time_to_clear_30d", detail="corrected", **wrong).value == pytest.approx(3 / 8)
    assert pick(rows, "time_to_clear_30d", detail="amnesty", **wrong).value == 0
    assert pick(rows, "time_to_clear_90d", detail="amnesty", **wrong).value == pytest.approx(2 / 8)
    assert pick(rows, "still_listed_3y", **wrong).value == pytest.approx(2 / 8)  # a term of three years has ended on day 1,095
    assert pick(rows, "median_spell", **wrong).value == 80
    assert pick(rows, "median_spell", cls=CLASSES[LAWFUL]).value is None
    assert pick(rows, "time_to_clear_365d", detail="expired").value == pytest.approx(100 / 128)  # 20 left, and are no longer at risk


def test_a_median_that_is_not_reached_says_so() -> None:
    rows = list(time_to_clear.rows(counts(durations={(0, WITHIN, CENSORED, 300): 5, (0, WITHIN, EXPIRED, 20): 1})))
    assert (pick(rows, "median_spell").value, pick(rows, "median_spell").note) == (None, "not reached")
    assert pick(rows, "still_listed_3y").note == "follow-up does not reach that day"


def test_names_of_ways_out() -> None:
    names = cause_names(["amnesty", "stayed", "pardon"], [2, 1], {AMNESTY: "general amnesty", LEFT: "left the scheme"})
    assert (names[AMNESTY], names[LEFT], cause_names([], [])[LEFT]) == ("general amnesty", "left the scheme", "")
    assert names[CORRECTED] == "corrected"
    assert names[FIRST_HAZARD] == "amnesty or pardon"
    assert names[FIRST_HAZARD + 1] == "stayed"
    assert names[FIRST_HAZARD + 2] == ""


def test_fines_debts_acts_grades() -> None:
    c = counts(
        fines={(0, 0, MISTAKEN): 2, (0, 1, WITHIN): 6},
        clean_fines={(0, 0): 1, (0, 1): 6},
        debts_start={(0, 0): 3, (0, 1): 2, (1, 0): 10},
        debts_arisen={(0, 0): 10, (0, 1): 5, (1, 0): 10},
        debts_paid={(0, 0): 6, (0, 1): 4, (1, 0): 2},
        debtors={(0, 0, 0): 5, (0, 0, 1): -2, (0, 0, 2): -3},
        acts={(0, 1): 30, (1, 2): 15},
        acts_arm={(0, 0, 1): 5},
        forgone_acts={(0, 0, 1): 2},
        grades={(0, 0, 0): 90, (0, 0, 1): 10, (0, 1, 0): 50},
    )
    rows = [*fines.rows(c), *debts.rows(c), *acts.rows(c), *grades.rows(c)]
    assert pick(rows, "fines").value == pytest.approx(8 / YEARS * 1e5)
    assert pick(rows, "debts_arisen", arm="none").value == pytest.approx(10 / YEARS * 1e5)
    assert pick(rows, "fines", arm="clean").value == pytest.approx(7 / YEARS * 1e5)
    assert not [r for r in rows if r.outcome == "fines" and r.arm == "none"]  # an arm that knows no fines has none to state, not 0
    assert pick(rows, "debts_paid_share").value == pytest.approx((6 + 4) / (3 + 2 + 10 + 5))
    assert pick(rows, "debts_paid_share", arm="none", group="A").value == pytest.approx(2 / (10 + 10))
    assert pick(rows, "owing").value == pytest.approx((5 + 3) / 2 / 150 * 1e5)
    assert [list(s.values) for s in debts.weekly(c) if (s.arm, s.group) == ("scheme", ALL)] == [[5, 3]]
    people_years = 180 * HORIZON / 365
    assert pick(rows, "acts").value == pytest.approx(48 / people_years * 1000)
    assert pick(rows, "acts", arm="none").value == pytest.approx(45 / people_years * 1000)
    assert pick(rows, "acts_unlawful").value == pytest.approx(33 / people_years * 1000)
    assert pick(rows, "grade_share", detail="good").value == pytest.approx(140 / 150)
    assert pick(rows, "grade_share", group="A", detail="bad").value == pytest.approx(0.1)


def test_disparity_stands_beside_its_inputs() -> None:
    c = counts(
        days=stay(0, 0, WITHIN, 0, 10, people=10) | stay(0, 1, WITHIN, 0, 10, people=10),
        entries={(0, 0, 0, MISTAKEN): 10, (0, 0, 1, MISTAKEN): 15},
        acts={(0, 0): 100, (1, 0): 60, (1, 2): 1000},
        visibility=(2.0, 3.0),
    )
    rows = list(disparity.rows(c))
    assert pick(rows, "disparity", group="A").value == pytest.approx(1.0)
    assert pick(rows, "disparity", group="B").value == pytest.approx(2.0)
    assert pick(rows, "disparity", group="B", cls=WITHOUT_GROUND).value == pytest.approx(3.0)
    assert pick(rows, "input_disparity", group="B").value == pytest.approx(1.2)
    assert pick(rows, "input_visibility", group="B").value == pytest.approx(1.5)
    assert pick(rows, "disparity", arm="none", group="B").value is None


def test_empty_counts_divide_by_nothing() -> None:
    rows = measure(counts(adults={...: 0}, minors={...: 0})).rows
    assert {r.value for r in rows} <= {None, 0.0}
    assert {r.value for r in rows if r.outcome in ("entries_rate", "denials", "debts_paid_share", "disparity", "acts")} == {None}


def test_rows_are_told_apart_by_their_names() -> None:
    rows = measure(counts(days=DAYS, visibility=(1.0, 1.0))).rows
    assert len({(r.outcome, r.arm, r.group, r.cls, r.detail) for r in rows}) == len(rows)
