"""The chart of a page: how many false records go in, and how many days under a sanction without ground come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

from glasshouse.report.blocks import Figure, Key
from glasshouse.report.figures import svg as drawn
from glasshouse.report.marks import data, finish
from glasshouse.report.read import Run
from glasshouse.report.words import about, listing, lower_first, plural
from glasshouse.scheme.model import Scheme
from glasshouse.study.standard import Standard

WIDTH, HEIGHT = 760, 300
COLOURS = ("var(--central)", "var(--harm)", "var(--m1)")
DASHES = ((1, 0), (6, 4), (2, 3))


def figure(scheme: Scheme, run: Standard) -> Figure:
    """The chart with its words, table and key."""
    variants = run.curve["variants"]
    unit = run.curve["unit"]
    points = [
        {"x": p["x"], "y": p["central"], "variant": v["name"], "low": p.get("chance_low"), "high": p.get("chance_high")}
        for v in variants
        for p in v["points"]
        if p.get("central") is not None
    ]
    title = f"False records in, days without ground out ({unit})"
    return Figure(
        id=scheme.id,
        title=title,
        summary=_summary(variants, unit),
        spec=_spec(scheme, points, [v["name"] for v in variants]),
        columns=["false records, times those assumed", *(v["name"] for v in variants)],
        rows=[[times(x), *(_cell(v, x) for v in variants)] for x in [p["x"] for p in variants[0]["points"]]],
        keys=[Key("line", COLOURS[i], v["name"]) for i, v in enumerate(variants)],
        note=_note(run),
    )


def svg(scheme: Scheme, run: Standard) -> str:
    """The chart as a file of its own."""
    return drawn(figure(scheme, run), WIDTH, about=scheme.name)


def times(x: float) -> str:
    """A multiple in words."""
    return {0.0: "none", 0.5: "half", 1.0: "as assumed"}.get(x, f"{x:g} times")


def _cell(variant: dict[str, Any], x: float) -> str:
    point = next(p for p in variant["points"] if p["x"] == x)
    if point.get("central") is None:
        return "too few"
    low, high = point.get("chance_low"), point.get("chance_high")
    return f"{about(point['central'])}" + (f" ({about(low)} to {about(high)})" if low is not None and low != high else "")


def _summary(variants: list[dict[str, Any]], unit: str) -> str:
    first = variants[0]["points"]
    known = [p for p in first if p.get("central") is not None]
    if not known:
        return "Too few days without ground in runs of this size."
    ends = f"from {about(known[0]['central'])} ({times(known[0]['x'])}) to {about(known[-1]['central'])} ({times(known[-1]['x'])})"
    said = f"Days under a sanction without ground, {unit}, as false records grow: {ends}, as the file is written."
    others = [f"*{v['name']}* ({lower_first(v['text'].rstrip('.'))})" for v in variants[1:]]
    return f"{said} Beside it: {listing(others)}." if others else f"{said} The file names no notice, review or correction to take away."


def _note(run: Standard) -> str:
    size = run.curve["size"]
    runs, lived = plural(size["seeds"], "run", "runs"), plural(size["years"], "year", "years")
    return (
        f"Each point is {runs} of {size['people']:,} invented people over {lived}; in brackets the lowest and the highest. Without ground "
        "means: on a false or wrongly coded record, through ties, or where the rule's own condition was not met. So days are left where no "
        "false record is made."
    )


def _spec(scheme: Scheme, points: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    shown = Run(folder=Path(), rows=[], scheme={"status": scheme.status}, world={}, study={}, record={}, lives=[])
    base = alt.Chart(data(points))
    scale = alt.Scale(domain=names, range=list(COLOURS[: len(names)]))
    ticks = sorted({p["x"] for p in points})
    axis = alt.Axis(title="false records, as a multiple of what the file assumes", grid=False, values=ticks, format="~g")
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", axis=alt.Axis(title=None, tickCount=5, format=",~r", domain=False, ticks=False), scale=alt.Scale(zero=True))
    colour = alt.Color("variant:N", scale=scale, legend=None)
    dash = alt.StrokeDash("variant:N", scale=alt.Scale(domain=names, range=[list(d) for d in DASHES[: len(names)]]), legend=None)
    line = base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash)
    bars = base.mark_rule(strokeWidth=1.2, opacity=0.6).encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour)
    dots = base.mark_point(filled=True, size=36).encode(x=x, y=y, color=colour)
    return finish(shown, alt.layer(bars, line, dots), HEIGHT)
