"""Attempts and refusals of single needs, entries by kind of conduct, on counts filled in by hand."""

from __future__ import annotations

import pytest

from glasshouse.mechanism.classes import MISTAKEN, WITHIN
from glasshouse.outcomes import attempts_by_need, denials, denials_by_need, entries_by_conduct
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.summary import summarise
from glasshouse.scheme.meaning_figures import DETAILED
from tests.outcomes.made_up import HORIZON, counts, pick

YEARS = 150 * HORIZON / 365
COUNTS = counts(
    attempts={(0, 0): 60, (1, 0): 40, (0, 1): 7},
    forgone_attempts={(0, 0, 0): 10},
    paths={(0, WITHIN, 0, 0, 1): 5, (0, MISTAKEN, 1, 0, 1): 2, (0, MISTAKEN, 1, 0, 0): 4},
    denials={(0, 0, 0, WITHIN): 12, (0, 1, 0, MISTAKEN): 3, (0, 0, 1, WITHIN): 2},
)


def test_attempts_are_those_made_in_the_arm() -> None:
    rows = list(attempts_by_need.rows(COUNTS))
    assert pick(rows, "attempts_by_need", detail="rail").value == pytest.approx(90 / YEARS * 1e5)
    assert {row.arm for row in rows} == {"scheme"}
    assert pick(rows, "attempts_by_need", detail="school").value == 0


def test_refusals_of_single_needs_add_up_to_all() -> None:
    rows = [*denials_by_need.rows(COUNTS), *denials.rows(COUNTS)]
    assert pick(rows, "denials_by_need", detail="rail").value == pytest.approx(15 / YEARS * 1e5)
    found = sum(pick(rows, "denials_by_need", detail=need).value or 0 for need in ("rail", "clinic", "school"))
    assert found == pytest.approx(pick(rows, "denials").value)


def test_entries_by_conduct_count_true_and_false_records_alike() -> None:
    rows = list(entries_by_conduct.rows(COUNTS))
    found = {row.detail: row.count for row in rows if row.outcome == "entries_by_conduct"}
    assert found == {"debt": 4, "theft": 7, "help": 0, "petition": 0}
    assert pick(rows, "entries_by_conduct", detail="theft").value == pytest.approx(7 / YEARS * 1e5)


def test_a_line_carries_its_detail() -> None:
    lines = summarise([measure(COUNTS)] * 3)
    of_rail = next(x for x in lines if (x.outcome, x.detail, x.arm) == ("attempts_by_need", "rail", "scheme"))
    assert of_rail.note.startswith("rail") and "detail" not in of_rail.cells()


def test_outcomes_with_a_detail_are_those_that_published_figures_may_name() -> None:
    assert {row.outcome for row in measure(COUNTS).rows if row.detail} == set(DETAILED)
