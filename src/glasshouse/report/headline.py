"""The headline: a curve of the answer over what nobody knows, and the sentences built from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from glasshouse.report.blocks import Figure, Key
from glasshouse.report.marks import chance_words, data, finish, span_words
from glasshouse.report.read import Run
from glasshouse.report.theme import HATCH
from glasshouse.report.value_names import Part, value_name
from glasshouse.report.words import about, number, one_in, plural, sentence_case, small

LOW_SHARE, HIGH_SHARE = 0.001, 0.03
LEAST = 30  # events, as in the summary
MEASURES = {
    "listed_on_false_records": "adults listed on false records, per 100,000 a year",
    "listed_without_cause": "adults listed without cause, per 100,000 a year",
}
MEANING = {
    "listed_on_false_records": "On a false record means: on another person's act, on no act, or on an act recorded as another. "
    "Entries whose ground was not met come on top and are shown below.",
    "listed_without_cause": "Without cause means here: on a false record, or where the rule's own ground was not met.",
}


def points(run: Run) -> list[dict[str, float]]:
    """The curve's points in rising order of the unknown."""
    headline = run.study.get("headline") or {}
    return sorted((p for p in headline.get("points") or [] if p.get("central") is not None), key=lambda p: float(p["x"]))


def at(curve: Sequence[dict[str, float]], x: float, what: str = "central") -> float | None:
    """The curve at `x`, straight between neighbouring points; None outside what was run."""
    known = [(float(p["x"]), float(p[what])) for p in curve if p.get(what) is not None]
    if not known or not known[0][0] * 0.999 <= x <= known[-1][0] * 1.001:
        return None
    for (x0, y0), (x1, y1) in pairwise(known):
        if x <= x1:
            return y0 + (y1 - y0) * max(0.0, (x - x0) / (x1 - x0)) if x1 > x0 else y1
    return known[-1][1]


def highest(run: Run) -> float:
    """The highest figure on the curve, with its ranges."""
    names = ("central", "chance_high", "span_high")
    return max((float(p[n]) for p in points(run) for n in names if p.get(n) is not None), default=0.0)


def measure(run: Run) -> str:
    """What the curve measures."""
    return MEASURES.get(_outcome(run), MEASURES["listed_without_cause"])


def _outcome(run: Run) -> str:
    return str((run.study.get("headline") or {}).get("outcome") or "listed_without_cause")


def label(run: Run) -> str:
    """What lies across: the unknown in words."""
    if given := _given(run):
        return given
    path = str((run.study.get("headline") or {}).get("path") or "")
    if noun := counted(run):
        return f"share of {noun} that are false ({Part(path.split('.')[1])})"
    name = value_name(path) if path else "the unknown value"
    return name[:1].lower() + name[1:]


def _given(run: Run) -> str:
    """Words of its own that a run has for the unknown; empty where it has only the path."""
    headline = run.study.get("headline") or {}
    given = str(headline.get("label") or "")
    return given if given != str(headline.get("path") or "") else ""


def counted(run: Run) -> str:
    """What the unknown is a false share of ("entries", "records"), as in "1 in 1,000 entries is false"; empty if it is no such share."""
    headline = run.study.get("headline") or {}
    path, label = str(headline.get("path", "")), str(headline.get("label", "")).lower()
    if "." in path and not (path.startswith("false_records.") and path.endswith(".rate")):
        return ""
    per = str(_unknown(run).get("per") or headline.get("per") or "")
    if not per and "year" not in label:
        per = "entry" if "entr" in label else "record" if "record" in label else ""
    return {"entry": "entries", "record": "records"}.get(per, "")


def _unknown(run: Run) -> dict[str, Any]:
    return run.value(str((run.study.get("headline") or {}).get("path", "")))


def _place(run: Run, x: float) -> str:
    """A value of the unknown: "1 in 1,000" of what it is per, or a plain number."""
    return one_in(x) if 0 < x < 1 and (counted(run) or _unknown(run).get("per")) else small(x)


def _stated(run: Run, x: float) -> str:
    """The same with what it is per, or its unit where its name does not say it."""
    value, said = _unknown(run), label(run)
    if per := value.get("per"):
        return f"{_place(run, x)} {per}s" if 0 < x < 1 and not str(per)[:1].isdigit() else f"{small(x)} per {per}"
    unit = str(value.get("unit") or "")
    return small(x) if not unit or x == 0 or unit in ("share", "times") or said.startswith(unit) else f"{small(x)} {unit}"


def sentence(run: Run) -> str:
    """ "If 1 in 1,000 entries is false, about N ...; if 3 in 100, about M. No source says which." """
    curve = points(run)
    if len(curve) < 2:
        return ""
    if noun := counted(run):
        low, high = _inside(curve, LOW_SHARE), _inside(curve, HIGH_SHARE)
        first = f"If {one_in(low)} {noun} {'is' if low == LOW_SHARE else 'are'} false"
        second = f"if {one_in(high)}"
    else:
        low, high = curve[0]["x"], curve[-1]["x"]
        name = _given(run) or f"\u201c{label(run)}\u201d"
        first, second = f"If {name} is {_stated(run, low)}", f"if it is {_place(run, high)}"
    how = "on a false record" if _outcome(run) == "listed_on_false_records" else "without cause"
    n, m = at(curve, low), about(at(curve, high))
    if not n:
        return f"{first}, nobody in this run is listed {how}; {second}, about {m} per 100,000 adults a year. No source says which."
    return f"{first}, about {about(n)} per 100,000 adults a year are listed {how}; {second}, about {m}. No source says which."


def caution(run: Run) -> str:
    """Where the curve's ends rest on few events: how many, and how many people would be enough."""
    curve, years, people = points(run), run.adult_years, run.people
    seeds = int((run.study.get("headline") or {}).get("seeds") or run.seeds or 1)
    if len(curve) < 2 or years is None or not people:
        return ""
    ends = (curve[0], curve[-1])
    counts = [round(float(p["central"]) * years * seeds / 100_000) for p in ends]
    if min(counts) >= LEAST:
        return ""
    where = [_place(run, p["x"]) for p in ends]
    text = f"The ends of the curve rest on {plural(counts[0], 'event', 'events')} at {where[0]} and {number(counts[1])} at {where[1]}"
    text += f", in {plural(seeds, 'seed', 'seeds')} together. Where they are few, chance moves the line."
    fewest = next((c for c in counts if c), 0)
    end = "at both ends" if min(counts) else "at that end"
    return text + (f" About {about(people * LEAST / fewest)} people would give {LEAST} {end}." if 0 < fewest < LEAST else "")


def _inside(curve: Sequence[dict[str, float]], x: float) -> float:
    return min(max(x, curve[0]["x"]), curve[-1]["x"])


def central_point(run: Run) -> dict[str, float | None]:
    """The answer at the central value of the unknown, with its ranges."""
    curve, headline = points(run), run.study.get("headline") or {}
    if not curve:
        return {}
    x = float(headline.get("x_central") or curve[len(curve) // 2]["x"])
    names = ("central", "chance_low", "chance_high", "span_low", "span_high")
    return {"x": x} | {name: at(curve, x, name) for name in names}


def figure(run: Run, top: float | None = None) -> Figure | None:
    """The headline curve; `top` fixes the upper end of its axis, for two runs side by side."""
    curve = points(run)
    if len(curve) < 2:
        return None
    columns = ["unknown", "central", "chance low", "chance high", "span low", "span high"]
    rows = [[p["x"], *(p.get(k) for k in ("central", "chance_low", "chance_high", "span_low", "span_high"))] for p in curve]
    return Figure(
        id="headline",
        title=sentence_case(measure(run)),
        summary=_summary(run, curve),
        spec=_draw(run, curve, label(run), top),
        columns=columns,
        rows=rows,
        keys=_keys(run, curve),
        note=f"{MEANING.get(_outcome(run), '')} Across: {label(run)}. Upwards: {measure(run)}. "
        "Each point of the curve has runs of its own; between points the line is straight. Each edge of the span is a single run, "
        "so that band holds chance too.",
    )


def _summary(run: Run, curve: Sequence[dict[str, float]]) -> str:
    middle = central_point(run)
    first, last = curve[0], curve[-1]
    ends = [(_place(run, p["x"]), about(p["central"])) for p in (first, last)]
    parts = [f"The central line runs from {ends[0][1]} at {ends[0][0]} to {ends[1][1]} at {ends[1][0]}."]
    if middle.get("central") is not None:
        chance = _rough(middle["chance_low"], middle["chance_high"])
        span = _rough(middle["span_low"], middle["span_high"])
        words = [f"chance alone moves it from {chance}" if chance else "", f"the other stated assumptions from {span}" if span else ""]
        tail = ", ".join(w for w in words if w)
        parts.append(f"At the central value of the unknown it is about {about(middle['central'])}{'; ' + tail if tail else ''}.")
        whole, seeds = run.one(_outcome(run)), (run.study.get("headline") or {}).get("seeds")
        if whole and whole.central is not None and seeds and run.seeds and seeds < run.seeds:
            parts.append(f"Over all {run.seeds} seeds it is about {about(whole.central)} there.")
    return " ".join(parts)


def _rough(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{about(low)} to {about(high)}"


def _keys(run: Run, curve: Sequence[dict[str, float]]) -> list[Key]:
    headline = run.study["headline"]
    keys = [Key("line", "var(--central)", "central values")]
    if any(p.get("chance_low") is not None for p in curve):
        keys.append(Key("band", "var(--chance)", chance_words(headline.get("seeds") or run.seeds)))
    if any(p.get("span_low") is not None for p in curve):
        keys.append(Key("hatch", "var(--span)", span_words(headline.get("span_points") or run.span_points)))
    return keys


def _draw(run: Run, curve: Sequence[dict[str, float]], across: str, top: float | None) -> dict[str, Any]:
    is_log = curve[0]["x"] > 0 and curve[-1]["x"] / curve[0]["x"] >= 10
    domain = [curve[0]["x"], curve[-1]["x"]]
    scale = alt.Scale(type="log" if is_log else "linear", domain=domain, nice=False)
    axis = (
        alt.Axis(title=across, grid=False, labelExpr=_label_expr(domain), values=_ticks(domain))
        if is_log
        else alt.Axis(title=across, grid=False)
    )
    x = alt.X("x:Q", scale=scale, axis=axis)
    y_axis = alt.Axis(title=None, tickCount=5, format=",~r", domain=False, ticks=False)
    base = alt.Chart(data(list(curve)))
    y_scale = alt.Scale(domain=[0, top or highest(run) or 1], nice=True)
    layers: list[alt.Chart] = []
    if any(p.get("span_low") is not None for p in curve):
        band = base.mark_area(fill=HATCH, line=False).encode(x=x, y=alt.Y("span_low:Q", axis=y_axis, scale=y_scale), y2="span_high:Q")
        edges = [
            base.mark_line(color="var(--span)", strokeDash=[4, 3], strokeWidth=1.2).encode(x=x, y=f"{e}:Q")
            for e in ("span_low", "span_high")
        ]
        layers += [band, *edges]
    if any(p.get("chance_low") is not None for p in curve):
        layers.append(
            base.mark_area(fill="var(--chance)", fillOpacity=0.85).encode(x=x, y=alt.Y("chance_low:Q", axis=y_axis), y2="chance_high:Q")
        )
    layers.append(base.mark_line(color="var(--central)", strokeWidth=2.4).encode(x=x, y=alt.Y("central:Q", axis=y_axis, scale=y_scale)))
    return finish(run, alt.layer(*layers, *_labelled_points(run, curve, x)), 320)


def _labelled_points(run: Run, curve: Sequence[dict[str, float]], x: alt.X) -> list[alt.Chart]:
    share = counted(run)
    ends = [_inside(curve, LOW_SHARE), _inside(curve, HIGH_SHARE)] if share else [curve[0]["x"], curve[-1]["x"]]
    marked = [{"x": v, "central": at(curve, v), "text": about(at(curve, v))} for v in ends]
    base = alt.Chart(data(marked))
    dots = base.mark_point(filled=True, size=70, color="var(--central)", opacity=1).encode(x=x, y="central:Q")
    left = alt.Chart(data(marked[:1])).mark_text(align="left", baseline="bottom", dx=6, dy=-8, fontWeight="bold", fontSize=14)
    right = alt.Chart(data(marked[1:])).mark_text(align="right", baseline="bottom", dx=-10, dy=-4, fontWeight="bold", fontSize=14)
    halo = {"stroke": "var(--paper)", "strokeWidth": 4, "strokeJoin": "round"}
    layers = [dots]
    for spot in (left, right):
        behind = spot.copy()
        behind.mark = alt.MarkDef(**(spot.mark.to_dict() | halo))
        layers += [behind.encode(x=x, y="central:Q", text="text:N"), spot.encode(x=x, y="central:Q", text="text:N")]
    central = float((run.study.get("headline") or {}).get("x_central") or 0)
    if curve[0]["x"] < central < curve[-1]["x"]:
        used = alt.Chart(data([{"x": central, "text": "central value"}]))
        layers.append(used.mark_rule(color="var(--faint)", strokeDash=[2, 3]).encode(x=x))
        layers.append(
            used.mark_text(align="left", baseline="top", dx=5, fontSize=12, color="var(--soft)").encode(x=x, y=alt.value(2), text="text:N")
        )
    return layers


def _ticks(domain: Sequence[float]) -> list[float]:
    low, high = math.floor(math.log10(domain[0])), math.ceil(math.log10(domain[1]))
    ticks = [m * 10.0**e for e in range(low, high + 1) for m in (1, 3)]
    return [float(f"{t:.12g}") for t in ticks if domain[0] * 0.999 <= t <= domain[1] * 1.001]


def _label_expr(domain: Sequence[float]) -> str:
    """Small shares on the axis as "1 in 1,000"; larger values as they are."""
    if domain[1] > 1:
        return "format(datum.value, ',~r')"
    expr = "''"
    for tick in _ticks(domain):
        expr = f"abs(datum.value - {tick}) < {tick * 1e-6} ? '{one_in(tick)}' : {expr}"
    return expr
