"""Bars that run both ways from nought: what one side adds stands beside what it takes away, and no net is formed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from glasshouse.report.marks import PLAIN, Bar, data, finish, ranges
from glasshouse.report.read import Run

HEAD = 30  # pixels above the bars, for what the two directions mean


def mirrored(bar: Bar) -> Bar:
    """The same bar to the left."""

    def turn(ends: tuple[float, float] | None) -> tuple[float, float] | None:
        return None if ends is None else (-ends[1], -ends[0])

    return replace(bar, value=None if bar.value is None else -bar.value, chance=turn(bar.chance), span=turn(bar.span))


def diverging(run: Run, rows: Sequence[Bar], less: str, more: str) -> dict[str, Any]:
    """Horizontal bars from a line at nought; both directions are named, and both have the same scale.

    Parameters
    ----------
    rows : sequence of Bar
        Those to the left have values below 0 (`mirrored`); their texts state the amount without a sign.
    less, more : str
        What lies to the left and to the right of the line.
    """
    top = max([1e-9] + [abs(v) for b in rows for v in (b.value, *(b.chance or ()), *(b.span or ())) if v is not None])
    head = HEAD / PLAIN.height
    values = [_row(i + head, bar) for i, bar in enumerate(rows)]
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(rows) + head, 0], nice=False))
    axis = alt.Axis(labelExpr="format(abs(datum.value), ',~r')", tickCount=5, grid=True, title=None)
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domain=[-top * 1.03, top * 1.03], nice=False))
    base = alt.Chart(data(values))
    sides = alt.Chart(data([{"less": f"← {less}", "more": f"{more} →", "y": head * 0.42}])).encode(y=alt.Y("y:Q"))
    line = alt.Chart(data([{"zero": 0}])).mark_rule(color="var(--ink)", strokeWidth=1.2).encode(x="zero:Q")
    body = base.mark_rect().encode(x=x, x2="zero:Q", y=y, y2="y2:Q", fill=alt.Color("colour:N", scale=None), tooltip="tip:N")
    room = f"width - {10 + 7.6 * max((len(b.text) for b in rows), default=0):.0f}"
    texts = [
        sides.mark_text(align="left", baseline="middle", fontSize=12, color="var(--soft)", limit=alt.ExprRef("width / 2 - 6")).encode(
            x=alt.value(0), text="less:N"
        ),
        sides.mark_text(align="right", baseline="middle", fontSize=12, color="var(--soft)", limit=alt.ExprRef("width / 2 - 6")).encode(
            x=alt.value("width"), text="more:N"
        ),
        base.mark_text(align="left", baseline="middle", fontSize=13, limit=alt.ExprRef(room)).encode(
            x=alt.value(0), y=alt.Y("ytext:Q"), text="label:N"
        ),
        base.mark_text(align="right", baseline="middle", fontSize=13, fontWeight="bold").encode(
            x=alt.value("width"), y=alt.Y("ytext:Q"), text="text:N"
        ),
    ]
    return finish(run, alt.layer(body, line, *ranges(values), *texts), round(PLAIN.height * len(rows) + HEAD))


def _row(at: float, bar: Bar) -> dict[str, Any]:
    row: dict[str, Any] = {
        "y": at + PLAIN.top, "y2": at + PLAIN.bottom, "mid": at + (PLAIN.top + PLAIN.bottom) / 2, "ytext": at + PLAIN.label, "zero": 0,
        "label": bar.label, "text": bar.text, "value": bar.value or 0, "colour": bar.colour, "tip": f"{bar.label}: {bar.text}",
    }  # fmt: skip
    if bar.chance and any(bar.chance):
        row |= {"cl": bar.chance[0], "ch": bar.chance[1]}
    if bar.span and any(bar.span):
        row |= {"sl": bar.span[0], "sh": bar.span[1]}
    return row
