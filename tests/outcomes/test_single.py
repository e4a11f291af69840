"""Attempts and refusals of single needs, entries by kind of conduct, on counts filled in by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glasshouse.mechanism import classes
from glasshouse.mechanism.classes import MISTAKEN, WITHIN
from glasshouse.mechanism.lists import AMNESTY, LEFT
from glasshouse.outcomes import attempts_by_need, denials, denials_by_need, entries_by_conduct
from glasshouse.outcomes import rows as rows_module
from glasshouse.outcomes.measure import measure
from glasshouse.outcomes.names import cause_names
from glasshouse.outcomes.rows import Row
from glasshouse.outcomes.summary import summarise
from glasshouse.scheme.meaning_figures import DETAILED
from glasshouse.scheme.measured import (
    ALL,
    CLASSES,
    GENERAL_AMNESTY,
    LEFT_THE_SCHEME,
    MONEY,
    OR,
    UNITS,
    WITHOUT_GROUND,
    WITHOUT_NAME,
    classes_of,
)  # fmt: skip
from glasshouse.world.compile import VALENCES
from tests.outcomes.made_up import EVERY_ARM, HORIZON, counts, pick

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


def everything() -> list[Row]:
    """Every row of the scheme's arm that a run can have, for everyone."""
    names = [replace(EVERY_ARM, valences=VALENCES[i : i + 4]) for i in range(len(VALENCES) - 3)]  # the counts have four categories
    rows = [row for one in names for row in measure(counts(names=one)).rows]
    return [row for row in rows if row.arm == "scheme" and row.group == ALL]


def test_the_names_that_a_file_may_use_are_those_that_are_measured() -> None:
    rows = everything()
    money = MONEY.replace("CURRENCY", "euros")
    assert {row.outcome: row.unit for row in rows} == {name: money if unit == MONEY else unit for name, unit in UNITS.items()}
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.outcome, set()).add(row.cls)
    assert found == {name: set(classes_of(name)) for name in UNITS}
    assert (CLASSES, WITHOUT_GROUND, ALL) == (classes.CLASSES, rows_module.WITHOUT_GROUND, rows_module.ALL)


def test_ways_out_have_the_same_names_in_a_file_and_in_a_run() -> None:
    names = cause_names(["pardon", "stayed"], [1, 1], {AMNESTY: GENERAL_AMNESTY, LEFT: LEFT_THE_SCHEME})
    assert set(WITHOUT_NAME) <= set(names) and OR.join(("pardon", "stayed")) in names


def test_outcomes_with_a_detail_are_those_that_published_figures_may_name() -> None:
    assert {row.outcome for row in measure(COUNTS).rows if row.detail} == set(DETAILED)
