"""The pictures of the tables of `docs/validation.md`, in the report's own colours: rows in units of their tolerance, ours over theirs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt

from glasshouse.report.marks import Chart, data
from glasshouse.report.theme import LIGHT, config, resolve
from glasshouse.validation.rows import Table
from glasshouse.validation.run import Ran, Verdict

FAR = 8.0  # tolerances beyond which a wrong variant is drawn at the edge
EXACT = 1e-9  # of a target, where a row allows no difference at all


def charts(done: Sequence[Ran]) -> list[tuple[Table, str, str, Chart]]:
    """Every picture of a run: its table, file, title and drawing."""
    made: list[tuple[Table, str, str, Chart]] = []
    for which in (Table.THEORY, Table.MODELS):
        rows = [ran for ran in done if ran.table is which and ran.value is not None]
        if rows:
            title = f"{which.value.capitalize()}: ours less theirs, and the wrong variants, in tolerances"
            made.append((which, which.name.lower(), title, tolerances(rows)))
    world = [ran for ran in done if ran.table is Table.WORLD and ran.value is not None and ran.target]
    if world:
        made.append((Table.WORLD, "world", "The world's own figures: ours over theirs", over_theirs(world)))
    return made


def tolerances(rows: Sequence[Ran]) -> Chart:
    """A line for each row: our difference and those of the wrong variants, over what is allowed."""
    ours, wrong = [], []
    for ran in rows:
        assert ran.target is not None and ran.tolerance is not None and ran.value is not None
        least = EXACT * max(1.0, abs(ran.target))
        allowed = max(ran.tolerance, least)
        ours.append({"row": ran.name, "x": _held((ran.value - ran.target) / allowed)})
        for variant in ran.wrong:
            if variant.value is not None:
                allowed = max(variant.tolerance or 0.0, least)
                wrong.append({"row": ran.name, "x": _held((variant.value - ran.target) / allowed)})
    names = [ran.name for ran in rows]
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=[-FAR, FAR]), axis=alt.Axis(title="difference, in what is allowed", values=_ticks(), labelFlush=False)
    )
    y = alt.Y("row:N", sort=names, axis=alt.Axis(title=None, labelLimit=260))
    band = alt.Chart(data([{"from": -1, "to": 1}])).mark_rect(color="var(--grid)").encode(x="from:Q", x2="to:Q")
    crosses = alt.Chart(data(wrong)).mark_point(shape="cross", size=34, color="var(--harm)", filled=True, opacity=0.8).encode(x=x, y=y)
    dots = alt.Chart(data(ours)).mark_point(size=38, color="var(--ordinary)", filled=True, opacity=1).encode(x=x, y=y)
    return _sized(alt.layer(band, crosses, dots), 15 * len(rows))


def over_theirs(rows: Sequence[Ran]) -> Chart:
    """Our central value and range over what was counted; the line is one."""
    points = []
    for ran in rows:
        assert ran.target and ran.value is not None
        low, high = (end if end is not None else ran.value for end in (ran.low, ran.high))
        kind = "fitted to it" if ran.verdict is Verdict.FITTED else "not fitted"
        points.append({"row": ran.name, "x": ran.value / ran.target, "low": low / ran.target, "high": high / ran.target, "kind": kind})
    y = alt.Y("row:N", sort=[ran.name for ran in rows], axis=alt.Axis(title=None, labelLimit=260))
    scale = alt.Scale(type="log", clamp=True, domain=[0.1, 10])
    x = alt.X("x:Q", scale=scale, axis=alt.Axis(title="ours over theirs", values=[0.1, 0.2, 0.5, 1, 2, 5, 10], labelFlush=False))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["not fitted", "fitted to it"], range=["var(--ordinary)", "var(--none)"]))
    base = alt.Chart(data(points))
    line = alt.Chart(data([{"x": 1}])).mark_rule(color="var(--ink)").encode(x=x)
    spans = base.mark_rule(strokeDash=[3, 3], color="var(--soft)").encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=y)
    dots = base.mark_point(size=50, filled=True, opacity=1).encode(x=x, y=y, color=colour)
    return _sized(alt.layer(line, spans, dots), 24 * len(rows))


def _held(x: float) -> float:
    """A place on the axis; what lies beyond is drawn at its end."""
    return max(-FAR, min(FAR, x))


def _ticks() -> list[float]:
    return [-FAR, -4, -2, -1, 0, 1, 2, 4, FAR]


def _sized(chart: Chart, height: int) -> Chart:
    return chart.properties(width=620, height=height)


def write(folder: Path, name: str, chart: Chart) -> None:
    """An SVG in a folder."""
    import vl_convert

    folder.mkdir(parents=True, exist_ok=True)
    spec: dict[str, Any] = chart.to_dict()
    room = {
        "left": 40,
        "right": 14,
        "top": 6,
        "bottom": 6,
    }  # a browser's letters may be wider than those that labels were measured with
    spec["config"] = {**config(), "background": "var(--paper)", "padding": room}
    (folder / f"{name}.svg").write_text(vl_convert.vegalite_to_svg(_plain(spec)), encoding="utf-8")


def _plain(node: Any) -> Any:
    """A specification with the palette's colours in place of their names."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return resolve(node, LIGHT) if isinstance(node, str) else node
