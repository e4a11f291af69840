"""Running rows: ours beside theirs, and a verdict."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from glasshouse.validation.registry import NOT_RUN, Entry, Missing, table_of
from glasshouse.validation.rows import Figure, Forecast, Found, Row, Size, Table, Wrong

Report = Callable[[int, int, str], None]


class Verdict(StrEnum):
    """What came of a row, of a figure of the world, or of a wrong variant."""

    AGREES = "agrees"
    GAP = "differs, explained"
    DIFFERS = "differs"
    ERROR = "could not be run"
    NOT_RUN = "not run"
    NOTICED = "noticed"  # a wrong variant that is told from ours, as it must be
    UNNOTICED = "not noticed"
    INSIDE = "inside our range"  # of a figure of the world
    OUTSIDE = "outside our range"
    FITTED = "fitted to it"
    SILENT = "the model cannot say"


FAILING = frozenset({Verdict.DIFFERS, Verdict.ERROR, Verdict.UNNOTICED})


@dataclass(frozen=True)
class RanWrong:
    """A wrong variant and its number."""

    name: str
    text: str
    verdict: Verdict
    value: float | None = None
    tolerance: float | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Ran:
    """A row that was run (or a reason why it was not)."""

    name: str
    table: Table
    title: str
    verdict: Verdict
    trouble: str = ""
    unit: str = ""
    target: float | None = None
    value: float | None = None
    tolerance: float | None = None
    standard_error: float | None = None
    runs: int | None = None
    note: str = ""
    bias: float = 0.0
    bias_why: str = ""
    explained: str = ""
    origin: str = ""
    through: str = ""
    pins: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    seconds: float = 0.0
    wrong: tuple[RanWrong, ...] = ()
    when: str = ""  # of a figure of the world, as what follows
    low: float | None = None
    high: float | None = None
    carried: float | None = None
    fitted: str = ""

    @property
    def failed(self) -> bool:
        """Whether the row, or one of its wrong variants, does not do what it must."""
        return self.verdict in FAILING or any(wrong.verdict in FAILING for wrong in self.wrong)

    @property
    def difference(self) -> float | None:
        """Ours less theirs."""
        return None if self.value is None or self.target is None else self.value - self.target

    @property
    def command(self) -> str:
        """How to run this row alone."""
        return f"glasshouse validate {self.name}"

    def as_json(self) -> dict[str, Any]:
        """The row as plain data."""
        return {**asdict(self), "difference": self.difference, "command": self.command}


def run_rows(rows: Sequence[Entry], size: Size, *, wrong: bool = False, report: Report) -> list[Ran]:
    """Run rows one after the other; `wrong` runs their wrong variants too."""
    done = []
    for i, row in enumerate(rows):
        report(i, len(rows), row.name)
        done.append(run_row(row, size, wrong=wrong))
    report(len(rows), len(rows), "done")
    return done


def run_row(row: Entry, size: Size, *, wrong: bool = False) -> Ran:
    """Run one row."""
    if isinstance(row, Missing):
        return Ran(row.name, row.table, row.title, Verdict.NOT_RUN, NOT_RUN)
    start = time.perf_counter()
    ran = _figure(row, size, wrong) if isinstance(row, Figure) else _row(row, size, wrong)
    return Ran(**{**_shallow(ran), "seconds": round(time.perf_counter() - start, 2)})


def _shallow(ran: Ran) -> dict[str, Any]:
    return {name: getattr(ran, name) for name in ran.__dataclass_fields__}


def _row(row: Row, size: Size, wrong: bool) -> Ran:
    said: dict[str, Any] = {
        "name": row.name, "table": row.table, "title": row.title, "unit": row.unit, "target": row.target, "bias": row.bias,
        "bias_why": row.bias_why, "explained": row.explained, "origin": row.origin.value, "through": row.through.value, "pins": row.pins,
        "sources": row.sources,
    }  # fmt: skip
    if size is Size.QUICK and not row.quick:
        return Ran(**said, verdict=Verdict.NOT_RUN, trouble="only in the full set")
    try:
        found = row.measure(size)
    except Exception as error:  # one row that cannot be run must not hide the others
        return Ran(**said, verdict=Verdict.ERROR, trouble=_words(error))
    verdict = Verdict.AGREES if row.agrees(found) else Verdict.GAP if row.explained else Verdict.DIFFERS
    variants = tuple(_wrong(row, i, size) for i in range(len(row.wrong))) if wrong else ()
    return Ran(
        **said, verdict=verdict, value=float(found.value), tolerance=row.tolerance(found), standard_error=float(found.standard_error),
        runs=found.runs, note=found.note, wrong=variants,
    )  # fmt: skip


def _wrong(row: Row, i: int, size: Size) -> RanWrong:
    variant = row.wrong[i]
    try:
        found = variant.measure(size)
    except Exception as error:
        return RanWrong(variant.name, variant.text, Verdict.ERROR, trouble=_words(error))
    verdict = Verdict.UNNOTICED if row.agrees(found) else Verdict.NOTICED
    return RanWrong(variant.name, variant.text, verdict, float(found.value), row.tolerance(found))


def _figure(row: Figure, size: Size, wrong: bool) -> Ran:
    said: dict[str, Any] = {
        "name": row.name, "table": table_of(row), "title": row.title, "unit": row.unit, "target": row.published, "when": row.when,
        "pins": row.pins, "sources": row.sources, "fitted": row.fitted, "carried": row.carried, "explained": row.explained,
    }  # fmt: skip
    if row.ours is None:
        return Ran(**said, verdict=Verdict.SILENT, trouble=row.cannot)
    if size is Size.QUICK and not row.quick:
        return Ran(**said, verdict=Verdict.NOT_RUN, trouble="only in the full set")
    try:
        ours = row.ours(size)
    except Exception as error:
        return Ran(**said, verdict=Verdict.ERROR, trouble=_words(error))
    variants = tuple(_mistaken(row, ours, variant, size) for variant in row.wrong) if wrong else ()
    return Ran(**said, verdict=_seen(row, ours), value=ours.central, low=ours.low, high=ours.high, note=ours.note, wrong=variants)


def _mistaken(row: Figure, ours: Forecast, variant: Wrong, size: Size) -> RanWrong:
    try:
        found = variant.measure(size)
    except Exception as error:
        return RanWrong(variant.name, variant.text, Verdict.ERROR, trouble=_words(error))
    verdict = Verdict.NOTICED if row.notices(ours, found) else Verdict.UNNOTICED
    return RanWrong(variant.name, variant.text, verdict, float(found.value))


def _seen(row: Figure, ours: Forecast) -> Verdict:
    if row.fitted:
        return Verdict.FITTED
    return Verdict.INSIDE if ours.low <= row.published <= ours.high else Verdict.OUTSIDE


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


__all__ = ["FAILING", "Found", "Ran", "RanWrong", "Verdict", "run_row", "run_rows"]
