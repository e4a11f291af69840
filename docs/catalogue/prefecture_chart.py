"""The picture of `one-prefecture.md`: who stands in which grade under four rulebooks, whole and with the low grades enlarged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from glasshouse.report.blocks import Figure, Key
from glasshouse.report.figures import svg as drawn
from glasshouse.report.marks import data
from glasshouse.report.theme import config

WIDTH, ROW, TOP = 760, 66, 44  # pixels: the picture, a rulebook, the heads above
COLOURS = {
    "AAA": "var(--e1)", "AA": "var(--e2)", "A": "var(--e4)", "B": "var(--c10)", "C": "var(--c7)", "D": "var(--c3)",
    "not scored": "var(--grid)",
}  # fmt: skip
LIGHT_ON_DARK = {"AAA", "AA", "D"}
LOW = ("B", "C", "D")
LEFT, RIGHT, END = 0.0, 0.66, 1.0  # where the two panels lie, as shares of the width
LEFT_END, RIGHT_END = 0.60, 0.97  # a little room is left for the last tick
WRITTEN_FROM = 0.1  # a narrower part of a bar holds no figure


@dataclass(frozen=True)
class Bar:
    """A rulebook: its name, a line on what it is, the share of adults by grade, and the lowest and highest share below A."""

    name: str
    about: str
    shares: Mapping[str, float]
    below: tuple[float, float]


def top_of(bars: Sequence[Bar]) -> float:
    """Where the scale of the enlarged panel ends: the next two per cent above all bars."""
    most = max(max(sum(bar.shares.get(g, 0) for g in LOW), bar.below[1]) for bar in bars)
    return (int(most * 50) + 1) / 50


def figure(bars: Sequence[Bar], title: str, summary: str, note: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Figure:
    """The picture with its words, table and key."""
    keys = [Key("square", colour, f"grade {grade}" if len(grade) < 4 else grade) for grade, colour in COLOURS.items()]
    keys.append(Key("stroke", "var(--ink)", "below A: lowest to highest seed"))
    return Figure("one-prefecture", title, summary, _spec(bars), columns, rows, keys, note)


def svg(it: Figure) -> str:
    """The picture as a file of its own."""
    return drawn(it, WIDTH, about="Four rulebooks of Weihai prefecture, Shandong, as far as their rows are entered")


def _spec(bars: Sequence[Bar]) -> dict[str, Any]:
    height = TOP + ROW * len(bars)
    parts = [part for i, bar in enumerate(bars) for part in _parts(i, bar, top_of(bars))]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, END], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    rect = alt.Chart(data(parts)).mark_rect(stroke="var(--paper)", strokeWidth=0.8).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", fill=alt.Fill("colour:N", scale=None)
    )  # fmt: skip
    layers: list[alt.Chart | alt.LayerChart] = [_grid(bars, x, y), rect, _spread(bars, x, y)]
    layers += [
        alt.Chart(data([t for t in _texts(bars) if t["kind"] == kind])).mark_text(baseline="middle", **how).encode(x=x, y=y, text="text:N")
        for kind, how in KINDS.items()
    ]
    spec: dict[str, Any] = alt.layer(*layers).properties(width="container", height=height).to_dict()
    spec["config"] = config()
    return spec


KINDS: dict[str, dict[str, Any]] = {
    "name": {"align": "left", "fontSize": 13, "fontWeight": "bold"},
    "about": {"align": "right", "fontSize": 11, "color": "var(--soft)"},
    "head": {"align": "left", "fontSize": 12, "color": "var(--soft)"},
    "tick": {"align": "center", "fontSize": 11, "color": "var(--soft)"},
    "dark": {"align": "center", "fontSize": 11.5},
    "light": {"align": "center", "fontSize": 11.5, "color": "var(--paper)"},
    "low": {"align": "left", "fontSize": 12},
}


def _left(share: float) -> float:
    return LEFT + share * (LEFT_END - LEFT)


def _right(share: float, top: float) -> float:
    return RIGHT + share / top * (RIGHT_END - RIGHT)


def _parts(i: int, bar: Bar, top: float) -> list[dict[str, Any]]:
    """The pieces of one rulebook's bar in both panels."""
    y, y2, found = TOP + ROW * i + 24, TOP + ROW * i + 52, []
    whole, low = 0.0, 0.0
    for grade, colour in COLOURS.items():
        share = bar.shares.get(grade, 0)
        if not share:
            continue
        found.append({"x": _left(whole), "x2": _left(whole + share), "y": y, "y2": y2, "colour": colour})
        whole += share
        if grade in LOW:
            found.append({"x": _right(low, top), "x2": _right(low + share, top), "y": y, "y2": y2, "colour": colour})
            low += share
    return found


def _texts(bars: Sequence[Bar]) -> list[dict[str, Any]]:
    top = top_of(bars)
    found = [
        {"kind": "head", "x": LEFT, "y": 8, "text": "All adults"},
        {"kind": "head", "x": RIGHT, "y": 8, "text": "Below grade A, enlarged"},
    ]
    for share in (0, 0.5, 1):
        found.append({"kind": "tick", "x": _left(share), "y": 30, "text": f"{share:.0%}".replace("%", " %")})
    for share in (0, top / 2, top):
        found.append({"kind": "tick", "x": _right(share, top), "y": 30, "text": f"{share * 100:g} %"})
    for i, bar in enumerate(bars):
        y = TOP + ROW * i
        found.append({"kind": "name", "x": LEFT, "y": y + 12, "text": bar.name})
        found.append({"kind": "about", "x": LEFT_END, "y": y + 12, "text": bar.about})
        found += _written(bar, y + 38)
        low = ",  ".join(f"{grade} {_percent(bar.shares.get(grade, 0))}" for grade in LOW)
        found.append({"kind": "low", "x": RIGHT, "y": y + 12, "text": low})
    return found


def _written(bar: Bar, y: float) -> list[dict[str, Any]]:
    found, whole = [], 0.0
    for grade in COLOURS:
        share = bar.shares.get(grade, 0)
        if share >= WRITTEN_FROM:
            kind = "light" if grade in LIGHT_ON_DARK else "dark"
            found.append({"kind": kind, "x": _left(whole + share / 2), "y": y, "text": f"{grade} {share * 100:.0f} %"})
        whole += share
    return found


def _percent(share: float) -> str:
    return "none" if not share else "below 0.01 %" if share < 0.0001 else f"{share * 100:.2g} %"


def _grid(bars: Sequence[Bar], x: alt.X, y: alt.Y) -> alt.Chart:
    top, foot = top_of(bars), TOP + ROW * len(bars)
    places = [*(_left(s) for s in (0, 0.5, 1)), *(_right(s, top) for s in (0, top / 2, top))]
    rows = [{"x": place, "y": 38, "y2": foot} for place in places]
    return alt.Chart(data(rows)).mark_rule(color="var(--grid)").encode(x=x, y=y, y2="y2:Q")


def _spread(bars: Sequence[Bar], x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Lowest to highest seed of the share below A, on a lighter line that keeps it apart from the bar."""
    top = top_of(bars)
    rows = [{"x": _right(b.below[0], top), "x2": _right(b.below[1], top), "y": TOP + ROW * i + 38} for i, b in enumerate(bars)]
    base = alt.Chart(data(rows)).encode(x=x, x2="x2:Q", y=y)
    return alt.layer(base.mark_rule(strokeWidth=6, color="var(--paper)"), base.mark_rule(strokeWidth=3, color="var(--ink)"))
