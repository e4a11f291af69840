"""Quantities that compare arms or follow remedies and responses, on counts filled in by hand."""

from __future__ import annotations

import pytest

from glasshouse.mechanism.classes import MISTAKEN, SPARED, WITHIN
from glasshouse.outcomes import acts, appeals, fines, forgone, split, standing
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.names import Names
from glasshouse.outcomes.parts import SILENCE
from glasshouse.outcomes.rows import ALL, Row
from glasshouse.outcomes.summary import summarise
from tests.outcomes.made_up import EVERY_ARM, HORIZON, NAMES, NONE, counts, pick, stay

YEARS = 150 * HORIZON / 365
A_YEARS = 100 * HORIZON / 365
SCHEME, MENDED, FREE, LONE, ORDINARY = range(5)
WRONG_, SPARED_, INDUCED_, DISPLACED_ = range(4)


def of(rows: list[Row], outcome: str) -> set[str]:
    """The arms that an outcome is stated for."""
    return {r.arm for r in rows if r.outcome == outcome}


def test_the_four_parts_are_stated_each_and_never_netted() -> None:
    parts = {
        (SCHEME, 0, WRONG_): 40,
        (SCHEME, 1, WRONG_): 2,
        (SCHEME, 0, SPARED_): 6,
        (SCHEME, 0, INDUCED_): 9,
        (SCHEME, 1, DISPLACED_): 12,
    }
    rows = list(split.rows(counts(names=EVERY_ARM, split=parts | {(MENDED, 0, WRONG_): 1})))
    assert pick(rows, "wrongly_sanctioned_days").value == pytest.approx(42 / YEARS * 1e5)
    assert pick(rows, "wrongly_sanctioned_days", group="A").value == pytest.approx(40 / A_YEARS * 1e5)
    assert pick(rows, "wrongly_spared_days").value == pytest.approx(6 / YEARS * 1e5)
    assert pick(rows, "error_induced_days").value == pytest.approx(9 / YEARS * 1e5)
    assert pick(rows, "error_displaced_days", group="B").value == pytest.approx(12 / (50 * HORIZON / 365) * 1e5)
    assert pick(rows, "wrongly_sanctioned_days", arm="with notice").value == pytest.approx(1 / YEARS * 1e5)
    assert of(rows, "error_induced_days") == {"scheme", "with notice"}
    assert (pick(rows, "wrongly_spared_days").unit, pick(rows, "wrongly_spared_days").denominator) == (
        "per 100,000 adult-years",
        "adult-years",
    )


def test_a_part_rests_on_spells_of_the_arm_that_sanctions() -> None:
    days = stay(SCHEME, 0, WITHIN, 0, 10, people=2) | stay(SCHEME, 0, MISTAKEN, 0, 4) | stay(SCHEME, 0, SPARED, 0, 5)
    days |= stay(FREE, 0, WITHIN, 0, 7)
    found = {(SCHEME, 0, WRONG_): 4, (SCHEME, 0, SPARED_): 5, (SCHEME, 0, DISPLACED_): 7, (SCHEME, 0, INDUCED_): 10}
    rows = list(split.rows(counts(names=EVERY_ARM, days=days, split=found)))
    assert pick(rows, "wrongly_sanctioned_days").count == pytest.approx(4 * 3 / 24)  # as kept: 20 + 4 days in 2 + 1 spells
    assert pick(rows, "error_induced_days").count == pytest.approx(10 * 3 / 25)  # by the clean ledger: 20 + 5 days in 2 + 1
    assert pick(rows, "error_displaced_days").count == pytest.approx(1)  # seven days, one spell of the error-free arm


def test_ties_add_and_shield() -> None:
    c = counts(
        names=EVERY_ARM, tied={(SCHEME, 0, 0): 30, (SCHEME, 1, 1): 5}, bound_days={(SCHEME, 0): 8},
        minor_sanctioned={(SCHEME, 0): 3, (SCHEME, 1): 3},
        ties_dropped={(SCHEME, 0): 4, (SCHEME, 1): 2},
    )  # fmt: skip
    rows = [*split.rows(c), *standing.rows(c)]
    assert pick(rows, "collateral_days").value == pytest.approx(30 / YEARS * 1e5)
    assert pick(rows, "shielded_days", group="A").value == 0
    assert of(rows, "collateral_days") == {"scheme"}  # a mended scheme has no arm alone of its own
    assert pick(rows, "household_days", group="A").value == pytest.approx(8 / A_YEARS * 1e5)
    assert pick(rows, "minors_days").value == pytest.approx(6 / (30 * HORIZON / 365) * 1e5)
    assert pick(rows, "minors_days").denominator == "minor-years"
    assert pick(rows, "ties_dropped").value == pytest.approx(6 / YEARS * 1000)


# by group, class of error (another's act, no act, misrecorded, ground unmet, sound): filed, upheld, rejected, given up, weeks
STEPS = {(0, 0): (20, 8, 4, 3, 60), (1, 4): (30, 2, 10, 0, 12)}


def appealed(names: Names = EVERY_ARM) -> list[Row]:
    """Rows of two groups' cases."""
    cells = {(SCHEME, g, cls, step): n for (g, cls), steps in STEPS.items() for step, n in enumerate(steps)}
    entered = {(SCHEME, 0, 0, WITHIN): 6, (SCHEME, 0, 0, MISTAKEN): 2, (SCHEME, 0, 1, WITHIN): 8}
    return list(appeals.rows(counts(names=names, appeals=cells, unreviewed={(SCHEME, 0, 0): 5, (SCHEME, 0, 1): 4}, entries=entered)))


def test_appeals_step_by_step() -> None:
    rows = appealed()
    assert pick(rows, "appeals_filed").value == pytest.approx(50 / YEARS * 1e5)
    assert pick(rows, "appeals_filed", cls="mistaken identity").value == pytest.approx(20 / YEARS * 1e5)
    assert pick(rows, "appeals_upheld", cls="sound", group="B").count == 2
    assert pick(rows, "appeals_rejected").count == 14
    assert pick(rows, "appeals_given_up", group="B").value == 0
    assert pick(rows, "appeals_waiting").value == pytest.approx((50 - 10 - 14 - 3) / YEARS * 1e5)
    assert pick(rows, "appeals_upheld_share").value == pytest.approx(10 / 24)
    assert pick(rows, "appeals_upheld_share", cls="sound").value == pytest.approx(2 / 12)
    assert pick(rows, "appeals_weeks").value == pytest.approx(72 / 24)
    assert pick(rows, "appeals_weeks", group="A").value == pytest.approx(5)
    assert pick(rows, "appeals_weeks", cls="misrecorded").value is None  # none decided: it does not exist, and is not 0


def test_a_queue_can_shrink() -> None:
    rows = list(appeals.rows(counts(names=EVERY_ARM, appeals={(SCHEME, 0, 4, 0): 2, (SCHEME, 0, 4, 2): 7})))
    assert pick(rows, "appeals_waiting").value == pytest.approx(-5 / YEARS * 1e5)
    assert pick(rows, "appeals_waiting").count == 5


def test_spells_without_notice_and_without_review() -> None:
    rows = appealed()
    assert pick(rows, "without_notice_share").value == pytest.approx(5 / 16)
    assert pick(rows, "without_review_share", group="A").value == pytest.approx(4 / 8)
    assert pick(rows, "without_review_share", group="B").value == 0


def test_without_a_review_nothing_is_said_of_one() -> None:
    arm_names = Names(
        arms=(NONE, NONE), **{f: getattr(NAMES, f) for f in ("groups", "categories", "valences", "needs", "essential", "minor")}
    )
    assert list(appeals.rows(counts(names=arm_names))) == []
    assert of(appealed(), "appeals_filed") == {"scheme", "with notice", "alone"}


def test_what_is_left_undone() -> None:
    c = counts(
        names=EVERY_ARM, acts={(0, 3): 40, (1, 3): 20, (0, 1): 90, (0, 2): 10}, acts_arm={(SCHEME, 0, 0): 8},
        forgone_acts={(SCHEME, 0, 3): 12, (SCHEME, 1, 3): 3, (SCHEME, 0, 1): 9, (SCHEME, 0, 2): 5, (SCHEME, 0, 0): 2},
        silent={(SCHEME, 0): 7, (SCHEME, 1): 2}, left={(SCHEME, 0): 3},
    )  # fmt: skip
    rows = list(forgone.rows(c))
    assert pick(rows, "forgone_protected").value == pytest.approx(15 / YEARS * 1000)
    assert pick(rows, "forgone_protected_share").value == pytest.approx(15 / 60)
    assert pick(rows, "forgone_protected_share", group="B").value == pytest.approx(3 / 20)
    assert pick(rows, "forgone_commendable", group="A").value == pytest.approx(5 / A_YEARS * 1000)
    assert pick(rows, "forgone_default_share").value == pytest.approx(2 / 8)  # of those that need a debt in this arm
    assert pick(rows, "forgone_unlawful").count == 9
    assert pick(rows, "silent_never_sanctioned").value == pytest.approx(9 / YEARS * 1000)
    assert pick(rows, "left", group="A").value == pytest.approx(3 / 100 * 1000)
    assert of(rows, "forgone_protected") == of(rows, "left") == {"scheme", "with notice", "alone"}
    assert SILENCE not in EVERY_ARM.arms[ORDINARY].parts


def test_unlawful_acts_prevented_are_counted_against_ordinary_law() -> None:
    c = counts(
        names=EVERY_ARM, acts={(0, 1): 100, (1, 1): 50, (0, 2): 40},
        forgone_acts={(SCHEME, 0, 1): 30, (SCHEME, 0, 2): 9, (ORDINARY, 1, 1): 4},
        acts_arm={(MENDED, 0, 1): 6},
    )  # fmt: skip
    rows = list(acts.rows(c))
    people_years = 180 * HORIZON / 365
    assert pick(rows, "acts_unlawful").value == pytest.approx(120 / people_years * 1000)
    assert pick(rows, "unlawful_acts_prevented").value == pytest.approx((30 - 4) / people_years * 1000)
    assert pick(rows, "unlawful_acts_prevented", arm="with notice").value == pytest.approx(-(6 + 4) / people_years * 1000)
    assert of(rows, "unlawful_acts_prevented") == {"scheme", "with notice", "error-free", "alone"}
    assert not of(list(acts.rows(counts(acts={(0, 1): 5}))), "unlawful_acts_prevented")  # nothing to compare with


def test_standing_and_refunds() -> None:
    c = counts(
        names=EVERY_ARM, privileges={(SCHEME, 0, 0): 6, (SCHEME, 1, 1): 4}, displaced={(SCHEME, 1, 0): 5},
        refunds={(SCHEME, 0, MISTAKEN): 2},
    )  # fmt: skip
    rows = [*standing.rows(c), *fines.rows(c)]
    assert pick(rows, "privileges").value == pytest.approx(10 / YEARS * 1e5)
    assert pick(rows, "privileges", group="A").value == pytest.approx(6 / A_YEARS * 1e5)
    assert pick(rows, "displaced_attempts", group="A").value == 0
    assert pick(rows, "refunds", cls="mistaken identity").count == 2
    assert "ordinary" not in of(rows, "privileges") | of(rows, "refunds")


def test_small_parts_of_the_split_are_suppressed_like_everything_else() -> None:
    days = stay(SCHEME, 0, WITHIN, 0, 10, people=50)
    run = measure(counts(names=EVERY_ARM, days=days, split={(SCHEME, 0, WRONG_): 400, (SCHEME, 0, INDUCED_): 20}))
    lines = {line.outcome: line for line in summarise([run]) if (line.arm, line.group, line.cls) == ("scheme", ALL, ALL)}
    assert lines["wrongly_sanctioned_days"].central == pytest.approx(400 / YEARS * 1e5)  # 40 spells
    assert lines["error_induced_days"].central is None
    assert lines["error_induced_days"].note.startswith("fewer than 30 events in all runs together (2)")
