"""Shared drawing: rows of bars with their ranges, and the finishing of a chart into a specification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from glasshouse.report.blocks import Key
from glasshouse.report.read import Row, Run
from glasshouse.report.theme import config
from glasshouse.report.words import MARKS, between, listing, lower_first, plural, written

Chart = alt.Chart | alt.LayerChart | alt.FacetChart


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: its label, its value and what is known of its ranges."""

    label: str
    value: float | None
    text: str
    colour: str
    chance: tuple[float, float] | None = None
    span: tuple[float, float] | None = None
    detail: str = ""  # a second, softer line under the label


@dataclass(frozen=True)
class Shape:
    """Where the parts of a row of bars lie, as shares of its height in pixels."""

    height: int
    label: float
    detail: float
    top: float
    bottom: float


PLAIN = Shape(height=46, label=0.26, detail=0.0, top=0.46, bottom=0.88)
WITH_DETAIL = Shape(height=64, label=0.17, detail=0.43, top=0.60, bottom=0.90)


TOO_FEW = "too few"
NOISY = "few events in a single run"  # as the summary writes it


def bar_of(row: Row, label: str, colour: str) -> Bar:
    """A bar for a row of the summary."""
    return Bar(label, row.central, shown(row), colour, pair(row.chance_low, row.chance_high), pair(row.span_low, row.span_high))


def shown(row: Row) -> str:
    """A row's figure in its unit; "none" where no run met any, and what a suppressed one is."""
    if row.central is None:
        return TOO_FEW
    return (
        "none" if row.central == 0 and any(part.startswith("none in") for part in row.note.split("; ")) else written(row.central, row.unit)
    )


def is_blank(row: Row) -> bool:
    """Whether there is nothing to draw: too few, or none in any run or at any point of the span."""
    return row.central is None or not (row.central or row.chance_high or row.span_high)


def blank_note(named: Sequence[tuple[str, Row]]) -> str:
    """One line for all rows that are not drawn."""
    few = [lower_first(name) for name, row in named if row.central is None]
    none = [lower_first(name) for name, row in named if row.central is not None and is_blank(row)]
    parts = [f"{what}: {listing(names)}." for what, names in (("Too few to show", few), ("None in any run", none)) if names]
    return " ".join(parts)


def chance_note(named: Sequence[tuple[str, Row]]) -> str:
    """What the summary says of rows with few events in a single run, for a chart's caption."""
    known = [(name, row) for name, row in named if not is_blank(row)]
    noisy = [lower_first(name) for name, row in known if NOISY in row.note]
    if not noisy:
        return ""
    behind = "" if len(noisy) == len(known) else f" behind {listing(noisy)}"
    return f"Few events in a single run{behind}: the ranges hold much chance."


def caption(*sentences: str) -> str:
    """The sentences of a caption that are not empty."""
    return " ".join(s for s in sentences if s)


def pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    """Both ends, or nothing."""
    return None if low is None or high is None else (low, high)


def data(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows as inline data."""
    return alt.InlineData(values=list(rows))


def finish(run: Run, chart: Chart, height: int) -> dict[str, Any]:
    """A specification that fills its container and carries the mark of a myth, hypothetical or proposed scheme inside the chart."""
    spec: dict[str, Any] = chart.properties(width="container", height=height).to_dict()
    spec["config"] = config()
    spec.pop("title", None)
    if run.status in MARKS:
        spec["title"] = {"text": MARKS[run.status], "color": "var(--scheme)"}
    return spec


def bars(run: Run, rows: Sequence[Bar], share: bool = False) -> dict[str, Any]:
    """Horizontal bars, labels above them so that they fit a phone; span dashed, chance thick."""
    top = max([1e-9] + [v for b in rows for v in (b.value, *(b.chance or ()), *(b.span or ())) if v is not None])
    shape = WITH_DETAIL if any(b.detail for b in rows) else PLAIN
    values = [_bar_row(i, b, shape) for i, b in enumerate(rows)]
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(rows), 0], nice=False))
    x_axis = alt.Axis(format="~%" if share else ",~r", tickCount=5, grid=True, title=None)
    x = alt.X("value:Q", axis=x_axis, scale=alt.Scale(domain=[0, top * 1.03], nice=False))
    base = alt.Chart(data(values))
    body = base.mark_rect().encode(x=x, x2="zero:Q", y=y, y2="y2:Q", fill=alt.Color("colour:N", scale=None), tooltip="tip:N")
    texts = [
        _label(base, "label", "ytext", limit=f"width - {10 + 7.6 * max((len(b.text) for b in rows), default=0):.0f}"),
        base.mark_text(align="right", baseline="middle", fontSize=13, fontWeight="bold").encode(
            x=alt.value("width"), y=alt.Y("ytext:Q"), text="text:N"
        ),
    ]
    if shape is WITH_DETAIL:
        texts.append(_label(base, "detail", "ydetail", limit="width", color="var(--soft)"))
    return finish(run, alt.layer(body, *ranges(values), *texts), shape.height * len(rows))


def _label(base: alt.Chart, field: str, y: str, limit: str, color: str = "var(--ink)") -> alt.Chart:
    mark: alt.Chart = base.mark_text(align="left", baseline="middle", fontSize=13, color=color, limit=alt.ExprRef(limit))
    placed: alt.Chart = mark.encode(x=alt.value(0), y=alt.Y(f"{y}:Q"), text=f"{field}:N")
    return placed


def _bar_row(i: int, bar: Bar, shape: Shape) -> dict[str, Any]:
    row: dict[str, Any] = {
        "y": i + shape.top,
        "y2": i + shape.bottom,
        "mid": i + (shape.top + shape.bottom) / 2,
        "ytext": i + shape.label,
        "zero": 0,
        "label": bar.label,
        "text": bar.text,
        "value": bar.value or 0,
        "colour": bar.colour,
        "tip": f"{bar.label}: {bar.text}",
    }
    if shape is WITH_DETAIL:
        row |= {"detail": bar.detail, "ydetail": i + shape.detail}
    if bar.chance and any(bar.chance):
        row |= {"cl": bar.chance[0], "ch": bar.chance[1]}
    if bar.span and any(bar.span):
        row |= {"sl": bar.span[0], "sh": bar.span[1]}
    return row


def ranges(values: list[dict[str, Any]]) -> list[alt.Chart]:
    """Span dashed and chance thick, for rows that hold them (`sl`, `sh`, `cl`, `ch`, at `mid`)."""
    layers: list[alt.Chart] = []
    spans, chances = [v for v in values if "sl" in v], [v for v in values if "cl" in v]
    y = alt.Y("mid:Q")
    if spans:
        base = alt.Chart(data(spans))
        layers.append(
            base.mark_rule(strokeWidth=4, color="var(--paper)", opacity=0.75).encode(x="sl:Q", x2="sh:Q", y=y)
        )  # keeps the line apart from any bar
        layers.append(base.mark_rule(strokeDash=[3, 3], strokeWidth=1.4, color="var(--ink)").encode(x="sl:Q", x2="sh:Q", y=y))
        layers += [
            base.mark_tick(color="var(--ink)", thickness=1.4, size=12, orient="vertical").encode(x=f"{e}:Q", y=y) for e in ("sl", "sh")
        ]
    if chances:
        layers.append(alt.Chart(data(chances)).mark_rule(strokeWidth=5, color="var(--ink)").encode(x="cl:Q", x2="ch:Q", y=y))
    return layers


def range_keys(run: Run, central: str = "bar: central values", colour: str = "var(--harm)") -> list[Key]:
    """The key to a bar's ranges."""
    keys = [Key("square", colour, central)]
    if run.seeds:
        keys.append(Key("thick", "var(--ink)", chance_words(run.seeds)))
    if run.span_points:
        keys.append(Key("dashed", "var(--ink)", span_words(run.span_points)))
    return keys


def chance_words(seeds: int | None) -> str:
    """What the chance range is."""
    return f"chance: lowest to highest of {plural(seeds or 0, 'seed', 'seeds')}"


def span_words(points: int | None) -> str:
    """What the span is; never with a probability."""
    return (
        f"span over stated assumptions: {plural(points or 0, 'point', 'points')}, one run each, so it holds chance too; not a probability"
    )


def ranges_text(row: Row) -> str:
    """A row's ranges in words for a sentence, or nothing."""
    parts = []
    if text := between(row.chance_low, row.chance_high, row.unit):
        parts.append(f"chance {text}")
    if text := between(row.span_low, row.span_high, row.unit):
        parts.append(f"span {text}")
    return f" ({'; '.join(parts)})" if parts else ""


RANGE_COLUMNS = ("central", "chance low", "chance high", "span low", "span high", "unit", "note")


def range_cells(row: Row) -> list[str | float | None]:
    """A row's figures for a table."""
    return [row.central, row.chance_low, row.chance_high, row.span_low, row.span_high, unit_text(row), row.note]


def unit_text(row: Row) -> str:
    """Unit and denominator as one phrase."""
    return f"{row.unit}, of {row.denominator}" if row.denominator and row.denominator not in row.unit else row.unit
