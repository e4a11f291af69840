"""Published figures beside what the run gives for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glasshouse.report.blocks import Cell, Table
from glasshouse.report.read import Run
from glasshouse.report.words import small

COLUMNS = ("what was counted, when, and by whom", "published", "this run", "chance", "span", "unit", "this run is", "fitted")
FITTED = "A fitted figure tests nothing: values of the file were set with it in view. One that is not fitted does; a miss stays as it is."
LEAD = f"What others counted, beside what this run gives for the same. {FITTED}"


def published_table(run: Run) -> Table | None:
    """Each figure that the scheme's file states as published, this run's beside it, and how far off it is."""
    rows = [_row(one) for one in run.study.get("published") or [] if isinstance(one, dict)]
    note = "Each end of a range is a single run's. A figure divided by another has the ranges of the quotient." if rows else ""
    return Table("published", "What was published, and what this run gives", COLUMNS, rows, note=note) if rows else None


def _row(one: dict[str, Any]) -> list[Cell]:
    said = f"{str(one.get('figure', '')).rstrip('.')} ({one.get('when', '')}) [{one.get('source', '')}]"
    chance, span = (_range(one.get(key) or ()) for key in ("chance", "span"))
    compared = [small(one.get("value")), small(one.get("central")), chance, span, str(one.get("unit", "")), str(one.get("off", ""))]
    return [said, *compared, "yes" if one.get("fitted") else "no"]


def _range(ends: Sequence[float | None]) -> str:
    return "" if len(ends) != 2 or None in ends else f"{small(ends[0])} to {small(ends[1])}"
