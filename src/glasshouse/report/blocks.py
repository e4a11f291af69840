"""The parts a report is made of: sections that hold figures, tables, lists and lives."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

Cell = str | float | int | None


@dataclass(frozen=True)
class Key:
    """One entry of a figure's key: a swatch and what it stands for."""

    shape: Literal[
        "line",
        "band",
        "hatch",
        "square",
        "dot",
        "ring",
        "thick",
        "dashed",
        "diamond",
        "triangle",
        "down",
        "right",
        "stroke",
        "box",
        "cross",
    ]
    colour: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A chart with what every chart must have: a summary in words, a table, a CSV and a key.

    The CSV holds every line; for weekly series and lives the page shows fewer (`shown`, under
    `shown_columns`, with a note that says so).
    """

    id: str
    title: str
    summary: str
    spec: dict[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    keys: Sequence[Key] = ()
    note: str = ""
    shown: Sequence[Sequence[Cell]] | None = None
    shown_columns: Sequence[str] = ()
    shown_note: str = "Every thirteenth week and the last; the CSV holds every week."
    kind: str = field(default="figure", init=False)

    @property
    def table(self) -> Sequence[Sequence[Cell]]:
        """Lines of the table on the page."""
        return self.rows if self.shown is None else self.shown

    @property
    def headings(self) -> Sequence[str]:
        """Headings of the table on the page."""
        return self.shown_columns or self.columns

    @property
    def csv(self) -> str:
        """The CSV as a `data:` address, so that a download needs no network and no script."""
        return csv_address(self.columns, self.rows)


@dataclass(frozen=True)
class Table:
    """A table that stands on its own."""

    id: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    kind: str = field(default="table", init=False)

    @property
    def csv(self) -> str:
        """The CSV as a `data:` address."""
        return csv_address(self.columns, self.rows)


@dataclass(frozen=True)
class Listing:
    """A list of sentences, or of terms with what they mean; a link's address is printed as text (nothing is fetched)."""

    items: Sequence[tuple[str, str]]  # (term or "", text)
    title: str = ""
    kind: str = field(default="listing", init=False)


@dataclass(frozen=True)
class Section:
    """One part of the report. `missing` holds one line for each thing left out because the run does not hold it."""

    id: str
    heading: str
    lead: Sequence[str] = ()
    blocks: Sequence[Figure | Table | Listing] = ()
    missing: Sequence[str] = ()
    emphasis: str = ""


def csv_address(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A CSV as a `data:` address; cells that a spreadsheet would take for a formula are quoted with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return "data:text/csv;charset=utf-8," + quote(text.getvalue())


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@" else cell
