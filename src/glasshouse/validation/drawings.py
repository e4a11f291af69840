"""Pictures of ours over theirs: what each shows, and the tables behind them.

python -m glasshouse.validation.drawings docs/validation

lives what the pictures show and writes a table (CSV) for each; the page draws from these tables alone.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from glasshouse.validation.rows import Table


class Kind(StrEnum):
    """What a series is."""

    THEIRS = "theirs"  # a closed form, the authors' code, or a number that was published
    OURS = "ours"
    ELSE = "for comparison"


Place = float | str


@dataclass(frozen=True)
class Series:
    """Points of one kind. Series of one `name` belong together: theirs, and ours over it. `label` is what the key says."""

    name: str
    kind: Kind
    label: str
    x: tuple[Place, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A picture: `text` says in words what there is to see, and of whom theirs is."""

    name: str
    table: Table
    title: str
    x: str
    y: str
    text: str
    draw: Callable[[], tuple[Series, ...]]
    log: bool = False  # the horizontal axis
    years: bool = False  # the horizontal axis shows years
    lines: bool = False  # ours is a line and theirs are points, not the other way round
    whole: bool = True  # the vertical axis begins at nought


FIELDS = ("series", "kind", "label", "x", "y", "low", "high")


def write_table(path: Path, series: Sequence[Series]) -> None:
    """The table of a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(FIELDS)
        for one in series:
            for i, (x, y) in enumerate(zip(one.x, one.y, strict=True)):
                ends = [_digits(side[i]) if side else "" for side in (one.low, one.high)]
                out.writerow([one.name, one.kind.value, one.label, x if isinstance(x, str) else _digits(x), _digits(y), *ends])


def _digits(value: float) -> str:
    return f"{value:.6g}"


def read_table(path: Path) -> tuple[Series, ...]:
    """The series of a table, in its order."""
    found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            found.setdefault((line["series"], line["kind"], line["label"]), []).append(line)
    return tuple(
        Series(
            name, Kind(kind), label, tuple(_place(line["x"]) for line in lines), tuple(float(line["y"]) for line in lines),
            *(tuple(float(line[side]) for line in lines if line[side]) for side in ("low", "high")),
        )
        for (name, kind, label), lines in found.items()
    )  # fmt: skip


def _place(text: str) -> Place:
    try:
        return float(text)
    except ValueError:
        return text


def gaps(series: Sequence[Series]) -> Iterator[tuple[str, float, Place]]:
    """For each name: how far ours lies from theirs where it is farthest, and where. Only places that both have."""
    for ours in series:
        theirs = {x: y for one in series if one.kind is Kind.THEIRS and one.name == ours.name for x, y in zip(one.x, one.y, strict=True)}
        both = [(abs(y - theirs[x]), x) for x, y in zip(ours.x, ours.y, strict=True) if x in theirs]
        if ours.kind is Kind.OURS and both:
            yield ours.name, *max(both, key=lambda at: at[0])


def caption(it: Drawing, series: Sequence[Series]) -> str:
    """What a picture shows, and how far ours lies from theirs."""
    found = [] if it.lines else [f"{name + ', ' if name else ''}{gap:.2g} at {_where(x)}" for name, gap, x in gaps(series) if gap > 0]
    return f"{it.text} Farthest from theirs: {'; '.join(found)}." if found else it.text


def read_out(it: Drawing, series: Sequence[Series]) -> str:
    """The drawing in words, for those who do not see it: what it is drawn over, and where each series begins and ends."""
    ends = [f"{one.label}: {one.y[0]:.3g} at {_where(one.x[0])}, {one.y[-1]:.3g} at {_where(one.x[-1])}" for one in series]
    return f"{it.title}. Across: {it.x}; up: {it.y}. {'. '.join(ends)}."


def _where(x: Place) -> str:
    return x if isinstance(x, str) else f"{round(x, 3):g}"


def drawings() -> tuple[Drawing, ...]:
    """Every picture of every topic."""
    from glasshouse.validation.registry import topics

    return tuple(drawing for topic in topics() for drawing in topic.pictures)


def main(arguments: Sequence[str]) -> None:
    """Live what the pictures show, and write their tables: all, or those named."""
    folder, *names = arguments
    for it in drawings():
        if not names or it.name in names:
            write_table(Path(folder) / f"{it.name}.csv", it.draw())


if __name__ == "__main__":
    main(sys.argv[1:])
