"""Sanctioned days and people by class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from glasshouse.report.blocks import Figure, Key
from glasshouse.report.marks import (
    RANGE_COLUMNS,
    bar_of,
    bars,
    blank_note,
    caption,
    chance_note,
    data,
    finish,
    is_blank,
    range_cells,
    range_keys,
    shown,
)
from glasshouse.report.read import ALL, Row, Run
from glasshouse.report.words import (
    CLASSES,
    MERGED,
    OUTSIDE,
    class_colour,
    class_name,
    is_share,
    listing,
    lower_first,
    number,
    people,
    percent,
)

DOTS_ACROSS = 40
MOST_DOTS = 480
ROW = 16  # pixels from one line of dots to the next
DOT = alt.ExprRef("min(90, 0.32 * pow(width / 40, 2))")  # grows with the page


def by_class(run: Run, outcome: str, arm: str = "scheme") -> list[Row]:
    """The rows of an outcome in the order of the classes."""
    found = {r.cls: r for r in run.find(outcome, arm)}
    return [found[key] for key in (*(c.key for c in CLASSES), MERGED) if key in found]


def total(run: Run, outcome: str, arm: str) -> Row | None:
    """The row over all classes; where there is none, the sum of the classes without ranges (ranges do not add)."""
    if (row := run.one(outcome, arm)) or outcome in NOT_ADDITIVE:
        return row
    rows = [r for r in by_class(run, outcome, arm) if r.central is not None]
    if not rows or is_share(rows[0].unit):
        return None
    return replace(
        rows[0],
        cls=ALL,
        central=sum(r.central or 0.0 for r in rows),
        chance_low=None,
        chance_high=None,
        span_low=None,
        span_high=None,
        note="",
    )


def outside_share(run: Run) -> float | None:
    """Share of sanctioned days that stand outside the scheme's stated rules, at central values."""
    rows = [r for r in by_class(run, "sanctioned_day_share") if r.central is not None]
    return 1.0 - within if rows and (within := _within(rows)) is not None else None


def _within(rows: Sequence[Row]) -> float | None:
    return next((r.central for r in rows if r.cls == "within stated rules"), None)


def share_figure(run: Run) -> Figure | None:
    """What stands within the stated rules and what does not, as shares of sanctioned days."""
    rows = by_class(run, "sanctioned_day_share")
    if not rows:
        return None
    named = [(class_name(r.cls), r) for r in sorted(rows, key=lambda r: (r.cls == MERGED, -rows.index(r)))]
    drawn = [bar_of(r, name, class_colour(r.cls)) for name, r in named if not is_blank(r)]
    if not drawn:
        return None
    table = [[class_name(r.cls), *range_cells(r)] for r in rows]
    keys = [Key("square", "var(--within)", "within the scheme's stated rules"), *range_keys(run, "outside them")]
    return Figure(
        id="classes",
        title="Days under a sanction, by what they rest on",
        summary=_share_summary(run, rows),
        spec=bars(run, drawn, share=True),
        columns=["class", *RANGE_COLUMNS],
        rows=table,
        keys=keys,
        note=caption(
            "Every sanctioned person-day has one class: the first whose removal, with those before it, lifts the sanction.",
            blank_note(named),
            chance_note(named),
        ),
    )


def _share_summary(run: Run, rows: Sequence[Row]) -> str:
    within, outside = _within(rows), outside_share(run)
    largest = sorted((r for r in rows if r.cls in OUTSIDE and r.central), key=lambda r: -(r.central or 0))[:3]
    text = f"Of all sanctioned days, {percent(within)} stand within the scheme's stated rules and {percent(outside)} do not."
    if largest:
        named = [f"{lower_first(class_name(r.cls))} ({percent(r.central)})" for r in largest]
        text += f" The largest classes outside them are {listing(named)}."
    return text


def dots_figure(run: Run) -> Figure | None:
    """People as dots by class; one dot stands for a stated number of people."""
    rows = by_class(run, "people_ever")
    if not any(r.central for r in rows):
        return None
    unit = dot_unit([r.central or 0.0 for r in rows])
    dots, labels, lines = _place([r for r in rows if r.central], unit)
    y_scale = alt.Scale(domain=[lines, 0], nice=False)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.5, DOTS_ACROSS - 0.5], nice=False))
    full = alt.Chart(data([d for d in dots if d["full"]])).mark_point(filled=True, size=DOT, opacity=1, shape="circle")
    part = alt.Chart(data([d for d in dots if not d["full"]])).mark_point(
        filled=False, size=DOT, opacity=1, strokeWidth=1.4, shape="circle"
    )
    y = alt.Y("y:Q", axis=None, scale=y_scale)
    colour = alt.Color("colour:N", scale=None)
    text = alt.Chart(data(labels)).mark_text(align="left", baseline="middle", fontSize=13)
    chart = alt.layer(
        full.encode(x=x, y=y, color=colour),
        part.encode(x=x, y=y, color=colour),
        text.encode(x=alt.value(0), y=alt.Y("y:Q"), text="label:N"),
        text.copy().encode(x=alt.value("width"), y=alt.Y("y:Q"), text="count:N"),
    )
    chart.layer[3].mark = alt.MarkDef(type="text", align="right", baseline="middle", fontSize=13, fontWeight="bold")
    table = [[class_name(r.cls), *range_cells(r)] for r in rows]
    keys = [Key("dot", "var(--harm)", f"{number(unit)} invented {'person' if unit == 1 else 'people'}")]
    keys += [Key("ring", "var(--harm)", "fewer than a full dot")] if any(not d["full"] for d in dots) else []
    named = [(class_name(r.cls), r) for r in rows]
    return Figure(
        id="people",
        title="People, by class",
        summary=_dots_summary(run, rows, unit),
        spec=finish(run, chart, int(lines * ROW)),
        columns=["class", *RANGE_COLUMNS],
        rows=table,
        keys=keys,
        note=caption(
            blank_note([(name, r) for name, r in named if not r.central]),
            "Figures are means over seeds, in whole people." if (run.seeds or 1) > 1 else "",
            "One person can be in more than one class, so the classes do not add up to people.",
        ),
    )


def dot_unit(values: Sequence[float]) -> int:
    """The round number of people (1, 2, 5, 10, ...) that one dot stands for, so that the page holds at most a few hundred."""
    unit = 1
    for step in range(40):
        unit = (1, 2, 5)[step % 3] * 10 ** (step // 3)
        if sum(math.ceil(v / unit) for v in values) <= MOST_DOTS:
            break
    return unit


def _place(rows: Sequence[Row], unit: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    dots: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    y = 0.7
    for row in rows:
        heads = max(1, round(row.central or 0.0))
        labels.append({"y": y, "label": class_name(row.cls), "count": shown(row)})
        y += 1.3
        count = math.ceil(heads / unit)
        for i in range(count):
            whole = (i + 1) * unit <= heads
            dots.append({"x": i % DOTS_ACROSS, "y": y + i // DOTS_ACROSS, "colour": class_colour(row.cls), "full": whole})
        y += max(0, math.ceil(count / DOTS_ACROSS)) + 0.6
    return dots, labels, y


def _dots_summary(run: Run, rows: Sequence[Row], unit: int) -> str:
    among = f" among {run.people:,} invented people" if run.people else ""
    text = f"Each dot stands for {number(unit)} {'person' if unit == 1 else 'people'}{among}."
    known = [f"{lower_first(class_name(r.cls))} {people(r.central)}" for r in rows if r.central]
    return text + (f" People sanctioned at least once, by class: {listing(known)}." if known else "")


NOT_ADDITIVE = frozenset({"people_ever"})  # one person can be in several classes
