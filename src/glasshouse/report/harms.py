"""Paths to a wrongful entry, refusals, groups, and benefit beside harm."""

from __future__ import annotations

from typing import Any

import altair as alt

from glasshouse.report.blocks import Cell, Figure, Key
from glasshouse.report.classes import by_class, total
from glasshouse.report.marks import (
    RANGE_COLUMNS,
    TOO_FEW,
    Bar,
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
    ranges_text,
    span_words,
    unit_text,
)
from glasshouse.report.names import MENDED, MENDED_SHAPES, OUTCOMES, arm_colour, arm_name, arms, mended_arms, outcome_name
from glasshouse.report.read import ALL, Row, Run
from glasshouse.report.words import (
    BY_KEY,
    WRONGLY,
    class_colour,
    class_key,
    class_name,
    is_share,
    listing,
    lower_first,
    number,
    percent,
    sentence_case,
    written,
)

MOST_PATHS = 8


def paths_figure(run: Run) -> Figure | None:
    """The commonest ways into a list without cause: class, origin, channel, category."""
    listed = [p for p in run.study.get("paths") or [] if p.get("per_100k_adult_years") is not None]
    found = [p for p in listed if class_key(str(p.get("class", ""))) != "within stated rules"]
    found = sorted(found, key=lambda p: -float(p["per_100k_adult_years"]))
    if not found:
        return None
    drawn = [_path_bar(p) for p in found[:MOST_PATHS]]
    if not drawn:
        return None
    rows: list[list[Cell]] = [
        [
            class_name(class_key(str(p.get("class", "")))),
            p.get("origin"),
            p.get("channel"),
            p.get("category"),
            p.get("count"),
            p["per_100k_adult_years"],
        ]
        for p in found
    ]
    first = found[0]
    share = float(first["per_100k_adult_years"]) / sum(float(p["per_100k_adult_years"]) for p in found)
    text = (
        f"The commonest path is {lower_first(_path_name(first))}: {number(first['per_100k_adult_years'])} entries per 100,000 adult-years"
    )
    text += f", {percent(share)} of the entries on these {len(found)} paths." if len(found) > 1 else "."
    return Figure(
        id="paths",
        title="How people come to be listed outside the stated rules",
        summary=text,
        spec=bars(run, drawn),
        columns=["class", "origin", "channel", "category", "count", "per 100,000 adult-years"],
        rows=rows,
        keys=[
            Key("square", BY_KEY[c].colour, class_name(c))
            for c in BY_KEY
            if any(class_key(str(p.get("class", ""))) == c for p in found[:MOST_PATHS])
        ],
        note="Entries per 100,000 adult-years at central values.",
    )


def _path_bar(path: dict[str, Any]) -> Bar:
    cls = class_key(str(path.get("class", "")))
    value = float(path["per_100k_adult_years"])
    return Bar(class_name(cls), value, number(value), class_colour(cls), detail=sentence_case(_path_detail(path)))


def _path_name(path: dict[str, Any]) -> str:
    return f"{class_name(class_key(str(path.get('class', ''))))}: {_path_detail(path)}"


def _path_detail(path: dict[str, Any]) -> str:
    return ", ".join(str(path.get(k)).replace("_", " ").replace("-", " ") for k in ("category", "channel") if path.get(k)) or "other paths"


DENIALS = ("exposure", "denials", "essential_denials", "children_denials", "forgone_attempts", "spared_denials")


def denials_figure(run: Run) -> Figure | None:
    """Attempts made while listed, refusals, essential ones, children's, those no longer made, and those spared by error."""
    rows = {o: row for o in DENIALS if (row := total(run, o, "scheme"))}
    if not rows:
        return None
    colours = {"exposure": "var(--within)", "spared_denials": "var(--spared)"}
    named = [(outcome_name(o), r) for o, r in rows.items()]
    drawn = [bar_of(r, outcome_name(o), colours.get(o, "var(--harm)")) for o, r in rows.items() if not is_blank(r)]
    if not drawn:
        return None
    return Figure(
        id="denials",
        title="Services refused",
        summary=_denials_summary(run, rows),
        spec=bars(run, drawn),
        columns=["outcome", "class", *RANGE_COLUMNS],
        rows=_denial_lines(run, rows),
        keys=range_keys(run),
        note=caption(
            "Listing, exposure and denial are three things: on a list; on a list with a need of a closed service; refused.",
            "A refusal is classed by its own gate: one that has nothing to do with what was recorded stands outside the stated rules.",
            _units(rows),
            blank_note(named),
            chance_note(named),
        ),
    )


def _units(rows: dict[str, Row]) -> str:
    units = sorted({unit_text(r) for r in rows.values()})
    return (
        f"Unit: {units[0]}." if len(units) == 1 else f"Units: {'; '.join(f'{outcome_name(o)}, {unit_text(r)}' for o, r in rows.items())}."
    )


def _denial_lines(run: Run, rows: dict[str, Row]) -> list[list[Cell]]:
    lines: list[list[Cell]] = []
    for outcome, row in rows.items():
        lines.append([outcome_name(outcome), "all", *range_cells(row)])
        lines += [[outcome_name(outcome), class_name(r.cls), *range_cells(r)] for r in by_class(run, outcome)]
    return lines


def _denials_summary(run: Run, rows: dict[str, Row]) -> str:
    parts = []
    if (d := rows.get("denials")) and d.central is not None:
        parts.append(f"{written(d.central, d.unit)} refusals{ranges_text(d)}")
        within = next((r.central for r in by_class(run, "denials") if r.cls == "within stated rules"), None)
        if within is not None and d.central and not is_share(d.unit):
            parts[0] += f", of which {percent(1 - within / d.central)} outside the stated rules"
    for outcome, words in (("essential_denials", "of an essential service"), ("children_denials", "falling on a child")):
        if (r := rows.get(outcome)) and r.central:
            parts.append(f"{written(r.central, r.unit)} {words}")
    unit = unit_text(next(iter(rows.values())))
    return f"{sentence_case(unit)}: {listing(parts)}." if parts else f"Refusals are too few to show ({unit})."


GROUP_ROWS = (
    ("acts put in", "input_disparity", ALL),
    ("visibility put in", "input_visibility", ALL),
    ("sanctioned days", "disparity", ALL),
    ("entries without ground", "disparity", WRONGLY),
)  # what is printed beside what


def groups_figure(run: Run) -> Figure | None:
    """The difference between groups in what comes out, beside the difference that was put in."""
    groups = sorted({r.group for r in run.rows if r.outcome == "disparity" and r.arm == "scheme" and r.group != ALL})
    lines = [(g, name, row) for g in groups for name, outcome, cls in GROUP_ROWS if (row := run.one(outcome, "scheme", cls, g))]
    if not any(row.central is not None and row.outcome == "disparity" for _, _, row in lines):
        return None
    reference = next((row.denominator for _, _, row in lines if row.denominator), "the first group")
    drawn = [_group_bar(g, name, row) for g, name, row in lines if not _is_reference(row)]
    if not drawn:
        return None
    said = [f"{name} {_times(row)}" for g, name, row in lines if g == groups[-1]]
    return Figure(
        id="groups",
        title=f"Groups: what was put in, what comes out, against {reference}",
        summary=f"Group {groups[-1]} against {reference}: {', '.join(said)}.",
        spec=bars(run, drawn),
        columns=["group", "quantity", *RANGE_COLUMNS],
        rows=[[g, name, *range_cells(row)] for g, name, row in lines],
        keys=[Key("square", "var(--within)", "put in"), *range_keys(run, "comes out")],
        note=caption(
            "Ratios of rates. Groups behave alike unless a world file says otherwise: "
            "a device of identification, never a finding about people.",
            chance_note([(f"group {g}: {name}", row) for g, name, row in lines if not _is_reference(row)]),
        ),
    )


def _is_reference(row: Row) -> bool:
    return row.denominator == f"group {row.group}"


def _group_bar(group: str, name: str, row: Row) -> Bar:
    bar = bar_of(row, f"Group {group}: {name}", "var(--within)" if row.outcome.startswith("input") else "var(--harm)")
    return Bar(bar.label, bar.value, _times(row), bar.colour, bar.chance, bar.span)


def _times(row: Row) -> str:
    return TOO_FEW if row.central is None else f"×\u202f{number(row.central)}"


def plane_figure(run: Run) -> Figure | None:
    """Benefit and harm on two axes, baselines first. Never a ratio, never one number."""
    points = [p for arm in arms(run) if arm != "clean" and (p := _plane_point(run, arm))]
    if len(points) < 2:
        return None
    x = alt.X(
        "benefit:Q", axis=alt.Axis(format="~%", title="debts paid, share", tickCount=5), scale=alt.Scale(zero=False, nice=True, padding=36)
    )
    y = alt.Y("harm:Q", axis=alt.Axis(title=None, format=",~r", tickCount=5), scale=alt.Scale(zero=True, nice=True))
    layers: list[alt.Chart] = []
    for low, high, enc in (("bl", "bh", "x"), ("hl", "hh", "y")):
        ranged = [p for p in points if low in p]
        if ranged:
            rule = alt.Chart(data(ranged)).mark_rule(strokeDash=[3, 3], color="var(--ink)", strokeWidth=1.2)
            ends = (
                {"x": alt.X(f"{low}:Q"), "x2": f"{high}:Q", "y": y} if enc == "x" else {"y": alt.Y(f"{low}:Q"), "y2": f"{high}:Q", "x": x}
            )
            layers.append(rule.encode(**ends))
    base = alt.Chart(data(points))
    dots = base.mark_point(filled=True, size=130, opacity=1)
    layers.append(dots.encode(x=x, y=y, color=alt.Color("colour:N", scale=None), shape=alt.Shape("shape:N", scale=None)))
    rows: list[list[Cell]] = [[p["label"], p["benefit"], p.get("bl"), p.get("bh"), p["harm"], p.get("hl"), p.get("hh")] for p in points]
    parts = [f"{lower_first(p['label'])}: {percent(p['benefit'])} of debts paid, {number(p['harm'])} refusals" for p in points]
    text = "; ".join(parts)
    return Figure(
        id="plane",
        title="Benefit and harm, on their own axes",
        summary=f"{text[0].upper()}{text[1:]}.",
        spec=finish(run, alt.layer(*layers), 280),
        columns=["arm", "debts paid (share)", "span low", "span high", "denials", "span low", "span high"],
        rows=rows,
        keys=[
            *(Key(p["key"], str(p["colour"]), str(p["label"])) for p in points),  # labels in the chart would lie on one another
            *([Key("dashed", "var(--ink)", f"along each axis, {span_words(run.span_points)}")] if run.span_points else []),
        ],
        note=f"Across: {OUTCOMES['debts_paid_share'][1]}. Upwards: refusals, {points[-1]['unit']}. "
        "No ratio is formed: what one is worth in the other is not a question that this model can answer.",
    )


def _plane_point(run: Run, arm: str) -> dict[str, Any] | None:
    benefit, harm = run.one("debts_paid_share", arm), total(run, "denials", arm)
    if benefit is None or benefit.central is None:
        return None
    if harm is None or harm.central is None:
        if arm == "scheme":
            return None
        reference = total(run, "denials", "scheme")
        if reference is None:
            return None
        harm_value = 0.0  # a baseline without gates refuses nobody
    else:
        harm_value = harm.central
    point: dict[str, Any] = {"label": arm_name(arm), "benefit": benefit.central, "harm": harm_value, "colour": arm_colour(run, arm)}
    shape = MENDED_SHAPES[mended_arms(run).index(arm) % len(MENDED_SHAPES)] if arm.startswith(MENDED) else ""
    point |= {"key": shape or "dot", "shape": {"": "circle", "triangle": "triangle-up"}.get(shape, shape)}
    point["unit"] = unit_text(harm) if harm else ""
    if benefit.span_low is not None:
        point |= {"bl": benefit.span_low, "bh": benefit.span_high}
    if harm and harm.span_low is not None:
        point |= {"hl": harm.span_low, "hh": harm.span_high}
    return point
