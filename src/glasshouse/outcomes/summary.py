"""The lines of `summary.csv`: each outcome with its central value and two ranges that are never pooled.

`central` is the mean over the seeds at central values. `chance_low` and `chance_high` are the lowest and the highest seed: how far
chance alone moves one run of this size (none with a single seed). `span_low` and `span_high` are the lowest and the highest of the
points over the stated assumptions; no probability is attached to them. Each point is one run, so this range holds some chance too.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File

from glasshouse.mechanism.classes import CLASSES
from glasshouse.outcomes.measure import Measured
from glasshouse.outcomes.rows import ALL, Row
from glasshouse.outcomes.suppress import LEAST, OTHER, behind, is_noisy, is_too_few
from glasshouse.outcomes.suppress import note as too_few

FIELDS = (
    "outcome", "scheme", "class", "group", "arm", "unit", "denominator",
    "central", "chance_low", "chance_high", "span_low", "span_high", "note",
)  # fmt: skip
ADDITIVE = {  # outcomes whose classes add up, so that small ones can be merged
    "sanctioned_days", "sanctioned_days_rate", "sanctioned_day_share", "entries", "entries_rate", "entry_share", "exposure", "denials",
    "essential_denials", "children_denials", "fines", "refunds",
    "money_claimed", "money_returned", "prices_paid",
}  # fmt: skip
Key = tuple[str, str, str, str, str]  # outcome, arm, group, class, detail


@dataclass(frozen=True)
class Line:
    """One line of the summary; None is "not stated": suppressed, or not run."""

    outcome: str
    scheme: str
    cls: str
    group: str
    arm: str
    unit: str
    denominator: str
    central: float | None
    chance_low: float | None
    chance_high: float | None
    span_low: float | None
    span_high: float | None
    note: str
    detail: str = ""  # the list, grade, need, conduct or way out that it is about; in the file it is the first part of the note

    def cells(self) -> dict[str, str | float | None]:
        """The line under the column names of the file."""
        return {f: getattr(self, "cls" if f == "class" else f) for f in FIELDS}


@dataclass(frozen=True)
class Cell:
    """All runs of one row: its first appearance, and the values and events of each seed, and the values of each point of the span."""

    row: Row
    values: list[float | None]
    counts: list[float]
    bases: list[float]
    span: list[float | None]

    def is_small(self, least: int) -> bool:
        """Whether the value rests on too few events."""
        return is_too_few(self.counts, self.bases, least)

    @property
    def is_absent(self) -> bool:
        """Whether the quantity exists in none of the runs (nobody entered, nothing was owed)."""
        return all(v is None for v in self.values) and not any(self.counts)


def summarise(central: Sequence[Measured], span: Sequence[Measured] = (), *, least: int = LEAST) -> list[Line]:
    """Summarise runs of one scheme.

    Parameters
    ----------
    central : sequence of Measured
        One run per seed, at central values. At least one.
    span : sequence of Measured
        One run per point of the span over stated assumptions.
    least : int
        Cells that expect fewer events than this are merged or suppressed.
    """
    cells = _cells(central, span)
    empty = _empty(cells.values())
    shown = [c for c in cells.values() if not c.is_absent and (c.row.cls == ALL or _part(c.row) not in empty)]
    lines = [_line(cell, central[0].scheme, central[0].people, least) for cell in [*shown, *_merged(cells, least)]]
    return list(dict.fromkeys(lines))


def _key(row: Row) -> Key:
    return row.outcome, row.arm, row.group, row.cls, row.detail


def _cells(central: Sequence[Measured], span: Sequence[Measured]) -> dict[Key, Cell]:
    cells: dict[Key, Cell] = {}
    for run in central:
        for row in run.rows:
            cell = cells.setdefault(_key(row), Cell(row, [], [], [], []))
            cell.values.append(row.value)
            cell.counts.append(row.count)
            cell.bases.append(row.base)
    for run in span:
        for row in run.rows:
            if (key := _key(row)) in cells:
                cells[key].span.append(row.value)
    return cells


def _part(row: Row) -> tuple[str, str, str]:
    return row.outcome, row.arm, row.group


def _empty(cells: Iterable[Cell]) -> set[tuple[str, str, str]]:
    """Outcomes, arms and groups in which nothing ever happens: the line over all classes says so, those of single classes are left out."""
    met: dict[tuple[str, str, str], bool] = {}
    for cell in cells:
        met[_part(cell.row)] = met.get(_part(cell.row), False) or any(cell.counts) or any(cell.span)
    return {part for part, happens in met.items() if not happens}


def _merged(cells: dict[Key, Cell], least: int) -> Iterator[Cell]:
    """The cell "other classes" of each outcome whose classes add up, where two or more of them are too small and together they are not."""
    small: dict[Key, list[Cell]] = {}
    for cell in cells.values():
        row = cell.row
        if row.outcome in ADDITIVE and row.cls in CLASSES and cell.is_small(least):
            small.setdefault((row.outcome, row.arm, row.group, OTHER, row.detail), []).append(cell)
    for parts in small.values():
        if len(parts) > 1:
            row = replace(parts[0].row, cls=OTHER, note=", ".join(c.row.cls for c in parts))
            counts = [sum(c) for c in zip(*(p.counts for p in parts), strict=True)]
            merged = Cell(row, _sums(p.values for p in parts), counts, parts[0].bases, _sums(p.span for p in parts))
            if not merged.is_small(least):
                yield merged


def _sums(parts: Iterable[list[float | None]]) -> list[float | None]:
    """Sums run by run; None where no part has a value."""
    return [sum(known) if (known := [v for v in run if v is not None]) else None for run in zip(*parts, strict=True)]


def _line(cell: Cell, scheme: str, people: int, least: int) -> Line:
    row, detail, notes = cell.row, cell.row.detail, [cell.row.detail, cell.row.note]
    central: float | None = None
    chance: tuple[float | None, float | None] = (None, None)
    span: tuple[float | None, float | None] = (None, None)
    if cell.is_small(least):
        detail = detail if row.count != row.of else ""  # where all rest on the same few, one line says it for every detail
        notes = [detail, too_few(people, behind(cell.counts) or behind(cell.bases), least)]
    elif known := [v for v in cell.values if v is not None]:
        central, chance = math.fsum(known) / len(known), _ends(cell.values, 2)
        if any(v is not None for v in cell.span):
            span = _ends([*cell.span, central], 1)  # the central values are a point of the span too
        if not any(cell.counts):
            notes.append(f"none in {len(cell.counts)} {'run' if len(cell.counts) == 1 else 'runs'}")
        if is_noisy(cell.counts, cell.bases, least):
            notes.append("few events in a single run: the ranges hold much chance")
        if len(known) < len(cell.values):
            notes.append(f"in {len(known)} of {len(cell.values)} seeds; in the others it does not exist")
    note = "; ".join(n for n in notes if n)
    return Line(row.outcome, scheme, row.cls, row.group, row.arm, row.unit, row.denominator, central, *chance, *span, note, detail)


def _ends(values: Sequence[float | None], fewest: int) -> tuple[float | None, float | None]:
    """The lowest and the highest, or nothing where there are too few runs for a range."""
    known = [v for v in values if v is not None]
    return (min(known), max(known)) if len(known) >= fewest else (None, None)


def write_csv(lines: Sequence[Line], file: File) -> None:
    """Write summary.csv; an empty cell is "not stated"."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(line.cells() for line in lines)
