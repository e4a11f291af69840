"""Listed people and classes week by week, and how long an error lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import altair as alt

from glasshouse.report.blocks import Cell, Figure, Key, Listing
from glasshouse.report.marks import Bar, bars, caption, chance_note, data, finish, range_keys, ranges_text
from glasshouse.report.names import arm_colour, arm_name, arms
from glasshouse.report.read import ALL, Row, Run, Weekly
from glasshouse.report.words import CLASSES, WRONGLY, class_name, listing, number, people, percent, sentence_case

TABLE_WEEKS = 13
MOST_CAUSES = 5  # ways out drawn
RARE = 0.01  # ways out below this share at every day are left to the table


def listed_figure(run: Run) -> Figure | None:
    """People listed week by week, baselines first, with the range over seeds."""
    series = {arm: run.weekly[key] for arm in arms(run) if (key := ("listed", arm, ALL)) in run.weekly}
    if "scheme" not in series:
        return None
    lines = [
        {"week": w, "mean": m, "low": lo, "high": hi, "arm": arm_name(arm)}
        for arm, s in series.items()
        for w, m, lo, hi in zip(s.weeks, s.mean, s.low, s.high, strict=True)
    ]
    x = alt.X("week:Q", axis=_year_axis(series["scheme"]), scale=alt.Scale(nice=False))
    y_axis = alt.Axis(title=None, format=",~r", tickCount=5, domain=False, ticks=False)
    names = [arm_name(a) for a in series]
    colour = alt.Color("arm:N", scale=alt.Scale(domain=names, range=[arm_colour(run, a) for a in series]), legend=None)
    base = alt.Chart(data(lines))
    band = base.mark_area(opacity=0.28).encode(x=x, y=alt.Y("low:Q", axis=y_axis), y2="high:Q", color=colour)
    line = base.mark_line(strokeWidth=2).encode(x=x, y=alt.Y("mean:Q", axis=y_axis), color=colour)
    rows: list[list[Cell]] = [
        [arm_name(a), w, m, lo, hi] for a, s in series.items() for w, m, lo, hi in zip(s.weeks, s.mean, s.low, s.high, strict=True)
    ]
    scheme = series["scheme"]
    return Figure(
        id="listed",
        title="People on a list, week by week",
        summary=_listed_summary(run, series),
        spec=finish(run, alt.layer(band, line), 240),
        columns=["arm", "week", "mean over seeds", "lowest seed", "highest seed"],
        rows=rows,
        shown_columns=["week", *names],
        shown=_pivot([s.mean for s in series.values()], scheme.weeks),
        keys=[Key("line", arm_colour(run, a), arm_name(a)) for a in series],
        note="The band is chance: the lowest and highest seed at central values.",
    )


def _listed_summary(run: Run, series: dict[str, Weekly]) -> str:
    scheme = series["scheme"]
    text = (
        f"Under the scheme {people(scheme.mean[0])} people are listed in the first counted week and {people(scheme.mean[-1])} in the last"
    )
    text += f", of {run.people:,} invented people." if run.people else "."
    if "clean" in series:
        text += f" With true records only it would be {people(series['clean'].mean[-1])} in the last week."
    return text


def classes_figure(run: Run) -> Figure | None:
    """Average number of people sanctioned each week, stacked by class."""
    series = {c.key: run.weekly[key] for c in CLASSES if (key := ("sanctioned_days", "scheme", c.key)) in run.weekly}
    series = {k: s for k, s in series.items() if any(s.mean)}
    if not series:
        return None
    order = [c for c in reversed(CLASSES) if c.key in series]
    lines = [
        {"week": w, "people": m / 7, "class": c.name, "order": i}
        for i, c in enumerate(order)
        for w, m in zip(series[c.key].weeks, series[c.key].mean, strict=True)
    ]
    first = next(iter(series.values()))
    scale = alt.Scale(domain=[c.name for c in order], range=[c.colour for c in order])
    area = alt.Chart(data(lines)).mark_area(line=False, stroke="var(--paper)", strokeWidth=0.6)
    chart = area.encode(
        x=alt.X("week:Q", axis=_year_axis(first), scale=alt.Scale(nice=False)),
        y=alt.Y("people:Q", stack="zero", axis=alt.Axis(title=None, format=",~r", tickCount=5, domain=False, ticks=False)),
        color=alt.Color("class:N", scale=scale, legend=None, sort=None),
        order=alt.Order("order:Q"),
        tooltip=["class:N", "week:Q"],
    )
    rows: list[list[Cell]] = [[class_name(k), w, m / 7] for k, s in series.items() for w, m in zip(s.weeks, s.mean, strict=True)]
    return Figure(
        id="weekly-classes",
        title="People under a sanction, week by week, by class",
        summary=_classes_summary(series),
        spec=finish(run, chart, 260),
        columns=["class", "week", "people sanctioned on an average day"],
        rows=rows,
        shown_columns=["week", *(class_name(k) for k in series)],
        shown=_pivot([[m / 7 for m in s.mean] for s in series.values()], first.weeks),
        keys=[Key("square", c.colour, c.name) for c in reversed(order)],
        note="Central values, mean over seeds. Sanctioned person-days of the week divided by seven.",
    )


def _classes_summary(series: dict[str, Weekly]) -> str:
    first = {k: s.mean[0] / 7 for k, s in series.items()}
    last = {k: s.mean[-1] / 7 for k, s in series.items()}
    outside = [k for k in series if k != "within stated rules"]
    start, end = sum(first[k] for k in outside), sum(last[k] for k in outside)
    return (
        f"On an average day of the first week {people(start)} of {number(round(sum(first.values())))} sanctioned people are held "
        f"outside the stated rules; in the last week {people(end)} of {number(round(sum(last.values())))}."
    )


def _year_axis(series: Weekly) -> alt.Axis:
    last = max(series.weeks)
    years = list(range(0, last + 2, 52)) if last >= 52 else list(range(0, last + 1, 13))
    expr = "datum.value == 0 ? 'start' : 'year ' + datum.value / 52" if last >= 52 else "'week ' + datum.value"
    return alt.Axis(title=None, values=years, labelExpr=expr, grid=False, labelFlush=True)


def _pivot(series: Sequence[Sequence[float]], weeks: Sequence[int]) -> list[list[Cell]]:
    """Every thirteenth week and the last, one column for each series, for the page; the CSV holds every week."""
    kept = [i for i, w in enumerate(weeks) if (w - weeks[0]) % TABLE_WEEKS == 0 or i == len(weeks) - 1]
    return [[weeks[i], *(s[i] if i < len(s) else None for s in series)] for i in kept]


def clear_figure(run: Run) -> Figure | None:
    """Incidence of each way out for wrongly listed entrants at 30, 90 and 365 days."""
    found = _incidence(run)
    if not found:
        return None
    most = {c: max(found[key].central or 0.0 for key in found if key[1] == c) for _, c in found}
    causes = sorted(most, key=lambda c: (-most[c], c))
    rare = [c for i, c in enumerate(causes) if i >= MOST_CAUSES or most[c] < RARE]
    days = sorted({d for d, _ in found})
    drawn = [
        Bar(
            f"{sentence_case(_cause(cause))} within {day} days",
            r.central,
            percent(r.central),
            f"var(--e{min(i, 4) + 1})",
            (r.chance_low, r.chance_high) if r.chance_low is not None and r.chance_high is not None else None,
            (r.span_low, r.span_high) if r.span_low is not None and r.span_high is not None else None,
        )
        for i, cause in enumerate(c for c in causes if c not in rare)
        for day in days
        if (r := found.get((day, cause)))
    ]
    columns = ["cause", "day", "central", "chance low", "chance high", "span low", "span high"]
    rows: list[list[Cell]] = [
        [c, d, r.central, r.chance_low, r.chance_high, r.span_low, r.span_high]
        for (d, c), r in sorted(found.items(), key=lambda kv: (kv[0][1], kv[0][0]))
    ]
    return Figure(
        id="clearing",
        title="Wrongly listed: how they leave, and how soon",
        summary=_clear_summary(run, found, days),
        spec=bars(run, drawn, share=True),
        columns=columns,
        rows=rows,
        keys=range_keys(run, colour="var(--e1)"),
        note=caption(
            "Of people who entered a list wrongly, the share that has left by each day for each cause; "
            "causes compete, so one person leaves by one cause (Aalen-Johansen).",
            f"Rarer ways out are in the table: {listing([_cause(c) for c in rare])}." if rare else "",
            chance_note([(f"{_cause(c)} within {d} days", r) for (d, c), r in found.items() if c not in rare]),
        ),
    )


def _cause(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def ways_out(run: Run) -> Listing | None:
    """What the ways out are, in the scheme file's words."""
    causes = {cause for _, cause in _incidence(run)}
    told: dict[str, str] = {}
    for entry in (run.scheme.get("lists") or {}).values():
        for name, way in (entry.get("exits") or {}).items():
            if any(name in c.split(" or ") for c in causes):
                told.setdefault(name, str(way.get("text") or ""))
    return Listing([(sentence_case(_cause(name)), f"{text.rstrip('.')}.") for name, text in told.items()]) if told else None


def _incidence(run: Run) -> dict[tuple[int, str], Row]:
    """(day, cause) for every incidence row of wrongly listed entrants; the outcome names the day, the note the cause."""
    found: dict[tuple[int, str], Row] = {}
    for row in run.rows:
        day = re.fullmatch(r"time_to_clear_(\d+)d", row.outcome)
        if day and row.arm == "scheme" and row.group == ALL and row.cls == WRONGLY and row.central is not None and row.note:
            found[(int(day.group(1)), row.note.split(";")[0])] = row
    return found


def too_few(run: Run) -> str:
    """Why there is no incidence, where the run says so."""
    return next((r.note for r in run.rows if r.outcome.startswith("time_to_clear") and r.cls == WRONGLY and r.central is None), "")


def _clear_summary(run: Run, found: dict[tuple[int, str], Row], days: Sequence[int]) -> str:
    parts = []
    for day in days:
        out = sum(r.central or 0 for (d, _), r in found.items() if d == day)
        corrected = next((r.central for (d, c), r in found.items() if d == day and "correct" in c), None)
        parts.append(f"{percent(out)} within {day} days" + (f" ({percent(corrected)} by correction)" if corrected is not None else ""))
    text = f"Of those wrongly listed, {listing(parts)} are off the list."
    still = run.one("still_listed_3y", cls=WRONGLY)
    if still and still.central is not None:
        text += f" After three years {percent(still.central)} of entrants followed that long are still listed{ranges_text(still)}."
    return text
