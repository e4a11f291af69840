"""Ours drawn over theirs, in the report's own colours: one picture as SVG, with its title and its key."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt

from glasshouse.report.blocks import Key
from glasshouse.report.marks import Chart, data
from glasshouse.report.swatch import legend
from glasshouse.report.theme import LIGHT, SANS, config, resolve
from glasshouse.validation.drawings import Drawing, Kind, Series

WIDTH, HEIGHT, MARGIN = 680, 300, 18
COLOURS = ("var(--ordinary)", "var(--harm)", "var(--m1)")
SOFT = "var(--soft)"
_SIZE = re.compile(r'<svg[^>]*? height="([0-9.]+)"')


def svg(it: Drawing, series: Sequence[Series]) -> str:
    """The picture as SVG text."""
    import vl_convert

    spec = chart(it, series).to_dict()
    spec["title"] = {"text": it.title, "fontSize": 16, "offset": 14}
    spec["config"] = {**config(), "padding": MARGIN}
    drawn = str(vl_convert.vegalite_to_svg(json.dumps(spec)))
    height = int(float(_SIZE.search(drawn).group(1)))  # type: ignore[union-attr]
    keys, below = legend(keys_of(it, series), WIDTH - 2 * MARGIN, SANS)
    total = height + below + MARGIN
    return resolve(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{total}" viewBox="0 0 {WIDTH} {total}">'
        f'<rect width="100%" height="100%" fill="var(--paper)"/>{drawn}'
        f'<g transform="translate({MARGIN},{height + 4})">{keys}</g></svg>\n',
        LIGHT,
    )


def write(folder: Path, it: Drawing, series: Sequence[Series]) -> None:
    """An SVG in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{it.name}.svg").write_text(svg(it, series), encoding="utf-8")


def colour_of(series: Sequence[Series], one: Series) -> str:
    """One colour for all series of a name; what is there for comparison alone is grey."""
    if one.kind is Kind.ELSE:
        return SOFT
    names = list(dict.fromkeys(s.name for s in series if s.kind is not Kind.ELSE))
    return COLOURS[names.index(one.name)]


def is_line(it: Drawing, one: Series) -> bool:
    """Theirs is a line and ours points, or the other way round; places with names have no line between them."""
    if isinstance(one.x[0], str):
        return False
    return one.kind is (Kind.OURS if it.lines else Kind.THEIRS) or (one.kind is Kind.ELSE and len(one.x) > 1)


def keys_of(it: Drawing, series: Sequence[Series]) -> list[Key]:
    """The key: a swatch for each series."""
    return [Key(_shape(it, one), colour_of(series, one), one.label) for one in series]


def _shape(it: Drawing, one: Series) -> Any:
    if one.kind is Kind.ELSE:
        return "dashed" if is_line(it, one) else "ring"
    if is_line(it, one):
        return "line"
    return "stroke" if isinstance(one.x[0], str) and one.kind is Kind.THEIRS else "dot"


def chart(it: Drawing, series: Sequence[Series]) -> Chart:
    """Bands first, then lines, then points."""
    layers = [layer for draw in (_band, _line, _points) for one in series for layer in draw(it, series, one)]
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def _x(it: Drawing, one: Series) -> alt.X:
    if isinstance(one.x[0], str):
        return alt.X("x:N", sort=None, axis=alt.Axis(title=it.x, labelAngle=0))
    if it.log:
        return alt.X("x:Q", scale=alt.Scale(type="log", nice=False), axis=alt.Axis(title=it.x, tickCount=6, format=",d", labelFlush=False))
    form: dict[str, Any] = {"format": "d", "tickMinStep": 1} if it.years else {"format": "~g", "tickCount": 8}
    axis = alt.Axis(title=it.x, labelFlush=False, **form)
    return alt.X("x:Q", scale=alt.Scale(zero=False, nice=not it.years, padding=4 if it.years else 0), axis=axis)


def _y(it: Drawing, field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", title=it.y, scale=alt.Scale(zero=it.whole))


def _rows(one: Series) -> list[dict[str, Any]]:
    ends = zip(one.low, one.high, strict=True) if one.low else ((None, None) for _ in one.x)
    return [{"x": x, "y": y, "low": low, "high": high} for x, y, (low, high) in zip(one.x, one.y, ends, strict=True)]


def _band(it: Drawing, series: Sequence[Series], one: Series) -> list[Chart]:
    if not one.low:
        return []
    drawn = alt.Chart(data(_rows(one))).mark_area(color=colour_of(series, one), opacity=0.16)
    return [drawn.encode(x=_x(it, one), y=_y(it, "low"), y2="high:Q")]


def _line(it: Drawing, series: Sequence[Series], one: Series) -> list[Chart]:
    if not is_line(it, one):
        return []
    dash = [4, 4] if one.kind is Kind.ELSE else [1, 0]
    drawn = alt.Chart(data(_rows(one))).mark_line(color=colour_of(series, one), strokeWidth=2, strokeDash=dash, opacity=0.75)
    return [drawn.encode(x=_x(it, one), y=_y(it))]


def _points(it: Drawing, series: Sequence[Series], one: Series) -> list[Chart]:
    if is_line(it, one):
        return []
    colour, base = colour_of(series, one), alt.Chart(data(_rows(one)))
    if one.kind is Kind.ELSE:
        drawn = base.mark_point(shape="circle", size=60, filled=False, strokeWidth=1.5, color=colour, opacity=1)
    elif isinstance(one.x[0], str) and one.kind is Kind.THEIRS:
        drawn = base.mark_tick(color=colour, thickness=3, size=30, orient="horizontal", opacity=0.75)
    else:
        drawn = base.mark_point(shape="circle", size=48, filled=True, color=colour, opacity=1, stroke="var(--paper)", strokeWidth=0.6)
    return [drawn.encode(x=_x(it, one), y=_y(it))]
