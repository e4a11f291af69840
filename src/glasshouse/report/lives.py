"""One median invented life per class as a timeline, beside the same life with true records only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from glasshouse.report.blocks import Cell, Figure, Key
from glasshouse.report.marks import data, finish
from glasshouse.report.names import arm_colour
from glasshouse.report.read import Run
from glasshouse.report.words import BY_KEY, CLASSES, SPARED, class_colour, class_key, class_name, lower_first, number, plural

LANES = {
    "scheme": "Under the scheme as written",
    "clean": "The same life, true records only",
    "error-free": "The same person had no error been made",
    "alone": "The same person, nothing through ties",
    "ordinary": "Under ordinary law",
}
ONLY_FOR = {"error-free": "error-induced", "alone": "collateral"}  # twins are drawn where they explain the class
OPENS = ("entry",)
BEFORE = 91  # days drawn before the first day on a list
UNTOLD = ("score", "days")  # of the CSV only
SCORE_HEIGHT = 1.5  # of the lane with the score, in lanes
ORIGINS = {"mistaken identity": "another's act", "false report": "no act", "misrecorded": "misrecorded"}  # as records tell it
CLOSES = ("exit", "correction")  # a list that a correction ends
SHAPES = {
    "act": "triangle-up",
    "record": "diamond",
    "denial": "cross",
    "payment": "square",
    "correction": "circle",
    "fine": "triangle-down",
    "appeal": "triangle-right",
    "decision": "stroke",
}
SHAPE_WORDS = {
    "act": "an act",
    "record": "a record",
    "denial": "a refusal",
    "payment": "a payment",
    "correction": "a correction",
    "fine": "a fine",
    "appeal": "a review asked for",
    "decision": "a review decided",
}


def life_figures(run: Run) -> list[Figure]:
    """A figure for each class that has a median life in the sample."""
    by_class: dict[str, list[dict[str, Any]]] = {}
    for event in run.lives:
        if cls := class_key(str(event.get("example_of") or "")):
            by_class.setdefault(cls, []).append(event)
    order = [*(c.key for c in CLASSES), SPARED]
    return [_figure(run, cls, by_class[cls]) for cls in order if cls in by_class]


def _figure(run: Run, cls: str, events: Sequence[dict[str, Any]]) -> Figure:
    person = events[0].get("person")
    mine = sorted(
        (e for e in events if e.get("person") == person and e.get("day") is not None), key=lambda e: (int(e["day"]), str(e.get("event")))
    )
    last = int(run.years * 364) if run.years else max(int(e["day"]) for e in mine)  # what comes after counted time is in the table
    drawn = [a for a in LANES if ONLY_FOR.get(a, cls) == cls]
    lanes = [a for a in drawn if any(e.get("arm") == a for e in mine) or a in ("scheme", "clean") or (a in ONLY_FOR and run.has_arm(a))]
    harmless = {name for name, entry in (run.scheme.get("lists") or {}).items() if entry.get("sanction") is False}  # told, not drawn
    spells = {arm: _spells([e for e in mine if e.get("arm") == arm and e.get("list") not in harmless], last) for arm in lanes}
    spells["scheme"] = _by_class([e for e in mine if e.get("arm") == "scheme"], last) or spells["scheme"]
    first = min([0, *(int(s["from"]) for of_arm in spells.values() for s in of_arm)]) - BEFORE
    told_events = [e for e in mine if e.get("arm") in lanes]
    rows: list[list[Cell]] = [
        [LANES[str(e["arm"])], int(e["day"]), _what(e), e.get("list"), e.get("class"), e.get("points")] for e in told_events
    ]
    name, told = class_name(cls), [row for row, e in zip(rows, told_events, strict=True) if _kind(e) not in UNTOLD]
    return Figure(
        id=f"life-{cls.replace(' ', '-')}",
        title=f"{name}: one invented life",
        summary=_summary(mine, spells),
        spec=_draw(run, cls, mine, spells, lanes, (first, last)),
        columns=["life", "day", "what happens", "list", "class", "points"],
        rows=rows,
        shown=told if len(told) < len(rows) else None,
        shown_note="The CSV also holds the score after each change, and what each day counts as.",
        keys=_keys(cls, spells["scheme"], [e for e in mine if first <= int(e["day"]) <= last], scores(mine, first, last)),
        note="Days count from the start of counted time; what lies outside the days drawn is in the table.",
    )


def _spells(events: Sequence[dict[str, Any]], last: int) -> list[dict[str, Any]]:
    """Days on each list: an entry and the next exit of the same list; open spells run to the end."""
    found: list[dict[str, Any]] = []
    opened: dict[str, int] = {}
    first = int(events[0]["day"]) if events else 0
    for e in events:
        kind, name, day = str(e.get("event") or "").lower(), str(e.get("list") or ""), int(e["day"])
        if kind in OPENS:
            opened.setdefault(name, day)
        elif kind in CLOSES and name:  # an entry before the first known day counts from that day
            found.append({"from": opened.pop(name, first), "to": min(day, last), "list": name})
    found += [{"from": day, "to": last, "list": name} for name, day in opened.items()]
    return [s for s in found if s["from"] < s["to"]]


def _by_class(events: Sequence[dict[str, Any]], last: int) -> list[dict[str, Any]]:
    """Days under a sanction with what they count as: also those through a holder's copy or through others, which no entry opens."""
    turns = [(int(e["day"]), class_key(str(e.get("class") or ""))) for e in events if _kind(e) == "days"]
    ends = [*(day for day, _ in turns[1:]), last]
    held = [(day, min(end, last), cls) for (day, cls), end in zip(turns, ends, strict=False) if cls in BY_KEY]
    return [{"from": start, "to": end, "class": cls} for start, end, cls in held if start < end]


def _days(spells: Sequence[dict[str, Any]]) -> int:
    covered: set[int] = set()
    for s in spells:
        covered.update(range(int(s["from"]), int(s["to"])))
    return len(covered)


def _summary(mine: Sequence[dict[str, Any]], spells: dict[str, list[dict[str, Any]]]) -> str:
    first = mine[0]
    about = {"": "person", "minor": "child"}.get(str(first.get("role") or ""), str(first.get("role") or ""))
    group = f", group {first['group']}" if first.get("group") else ""
    denied = sum(1 for e in mine if e.get("arm") == "scheme" and str(e.get("event")).lower() == "denial")
    who = about.replace("_", " ").replace("-", " ")
    cls = class_key(str(first.get("example_of") or ""))
    told = [s for s in spells["scheme"] if s.get("class") == cls]
    held = f"under a sanction, {number(_days(told))} of them in this class," if told else "on a list"
    text = f"An invented {who}{group}: {plural(_days(spells['scheme']), 'day', 'days')} {held} under the scheme"
    text += f" and {plural(denied, 'refusal', 'refusals')}" if denied else ""
    text += f"; {plural(_days(spells.get('clean', [])), 'day', 'days')} with true records only."
    return text + _how_it_began(mine)


def _how_it_began(mine: Sequence[dict[str, Any]]) -> str:
    """The first entry in the class that the life stands for, and the last record before it."""
    under = [e for e in mine if e.get("arm") == "scheme"]
    entries = [e for e in under if _kind(e) in OPENS]
    cls = class_key(str(mine[0].get("example_of")))
    entry = next((e for e in entries if class_key(str(e.get("class") or "")) == cls), None)
    if entry is None:  # the class came later: an earlier listing went on because of a false record
        later = next((e for e in under if _kind(e) == "record" and f"({ORIGINS.get(cls)})" in _what(e)), None)
        return "".join(_dated(e) for e in (*entries[:1], later) if e)
    record = next((e for e in reversed(under) if _kind(e) == "record" and int(e["day"]) <= int(entry["day"])), None)
    return "".join(_dated(e) for e in (record, entry) if e and _what(e))


def _dated(event: dict[str, Any]) -> str:
    return f" Day {number(int(event['day']))}: {lower_first(_what(event)).rstrip('.')}."


def _what(event: dict[str, Any]) -> str:
    return str(event.get("text") or event.get("event") or "").strip()


def _draw(
    run: Run, cls: str, mine: Sequence[dict[str, Any]], spells: dict[str, list[dict[str, Any]]], lanes: Sequence[str], days: tuple[int, int]
) -> dict[str, Any]:
    colour = class_colour(cls)
    row = {arm: i for i, arm in enumerate(lanes)}
    x = alt.X("from:Q", axis=_axis(days), scale=alt.Scale(domain=list(days), nice=False))
    scored = scores(mine, *days)
    height = len(lanes) + (SCORE_HEIGHT if scored else 0.0)
    y_scale = alt.Scale(domain=[height, 0], nice=False)
    rails = [{"from": days[0], "to": days[1], "y": row[a] + 0.68, "text": LANES[a], "ytext": row[a] + 0.27} for a in lanes]
    bars = [s | {"y": row[a] + 0.5, "y2": row[a] + 0.86} | _fill(run, a, cls, str(s.get("class") or cls)) for a in lanes for s in spells[a]]
    base = alt.Chart(data(rails))
    layers = [
        base.mark_rule(color="var(--rule)", strokeWidth=2).encode(x=x, x2="to:Q", y=alt.Y("y:Q", axis=None, scale=y_scale)),
        base.mark_text(align="left", baseline="middle", fontSize=13).encode(x=alt.value(0), y=alt.Y("ytext:Q"), text="text:N"),
    ]
    if bars:
        drawn = alt.Chart(data(bars)).mark_rect(cornerRadius=2)
        colours = {"fill": alt.Fill("colour:N", scale=None), "stroke": alt.Stroke("edge:N", scale=None)}
        layers.append(drawn.encode(x=x, x2="to:Q", y=alt.Y("y:Q"), y2="y2:Q", **colours))
    points = [
        {"from": int(e["day"]), "y": row[e["arm"]] + 0.68, "shape": SHAPES[k], "text": f"Day {e['day']}: {_what(e)}"}
        for e in mine
        if e.get("arm") in row
        and days[0] <= int(e["day"]) <= days[1]
        and (k := _kind(e)) in SHAPES
        and not (k == "correction" and e.get("list"))
    ]
    if points:
        mark = alt.Chart(data(points)).mark_point(
            filled=True, size=90, color="var(--ink)", stroke="var(--paper)", strokeWidth=1.4, opacity=1
        )
        layers.append(mark.encode(x=x, y=alt.Y("y:Q"), shape=alt.Shape("shape:N", scale=None), tooltip="text:N"))
    layers += _score_layers(run, scored, len(lanes), days, colour) if scored else []
    return finish(run, alt.layer(*layers), int(62 * height))


def _fill(run: Run, arm: str, cls: str, counted: str) -> dict[str, str]:
    """Days in the class that the life stands for are filled; the others only outlined."""
    if arm != "scheme":
        return {"colour": arm_colour(run, arm), "edge": arm_colour(run, arm)}
    colour = class_colour(cls)
    return {"colour": colour, "edge": colour} if counted == cls else {"colour": "var(--paper)", "edge": "var(--soft)"}


def scores(mine: Sequence[dict[str, Any]], first: int, last: int) -> dict[str, list[tuple[int, float]]]:
    """The score day by day, as written and with true records only: (day, score from that day on). Empty where there are no points."""
    found: dict[str, list[tuple[int, float]]] = {}
    for arm in ("clean", "scheme"):
        told = {
            int(e["day"]): float(e["points"]) for e in mine if e.get("arm") == arm and _kind(e) == "score" and e.get("points") is not None
        }
        if told:
            before = [score for day, score in sorted(told.items()) if day <= first]
            start = before[-1] if before else next(float(e["points"]) for e in mine if e.get("arm") == arm and _kind(e) == "score")
            steps = [(first, start), *((day, score) for day, score in sorted(told.items()) if first < day <= last)]
            found[arm] = [*steps, (last, steps[-1][1])]
    return found


def _score_layers(run: Run, scored: dict[str, list[tuple[int, float]]], lane: int, days: tuple[int, int], colour: str) -> list[alt.Chart]:
    """A small line of the score under the lanes, with the score under which a list is entered."""
    edge, grade = listing_score(run)
    values = [score for steps in scored.values() for _, score in steps] + ([edge] if edge is not None else [])
    low, high = min(values), max(values)
    top, bottom = lane + 0.5, lane + SCORE_HEIGHT - 0.12

    def place(score: float) -> float:
        return bottom - (score - low) / ((high - low) or 1.0) * (bottom - top)

    told = f"Score, {number(low)} to {number(high)}" + ("" if edge is None else f" (dotted: grade {grade} below {number(edge)})")
    name = alt.Chart(data([{"y": lane + 0.2, "text": told}]))
    layers = [name.mark_text(align="left", baseline="middle", fontSize=13).encode(x=alt.value(0), y=alt.Y("y:Q"), text="text:N")]
    if edge is not None:
        rule = alt.Chart(data([{"from": days[0], "to": days[1], "y": place(edge)}]))
        layers.append(rule.mark_rule(color="var(--faint)", strokeDash=[2, 3]).encode(x="from:Q", x2="to:Q", y=alt.Y("y:Q")))
    for arm, steps in scored.items():
        line = alt.Chart(data([{"from": day, "y": place(score)} for day, score in steps]))
        mark = line.mark_line(
            interpolate="step-after", color=colour if arm == "scheme" else "var(--clean)", strokeWidth=1.6 if arm == "scheme" else 4
        )
        layers.append(mark.encode(x="from:Q", y=alt.Y("y:Q")))
    return layers


def listing_score(run: Run) -> tuple[float | None, str]:
    """The score under which the best grade that enters a list begins, and that grade."""
    grades = [(str(g.get("name")), g.get("from_points")) for g in run.scheme.get("grades") or []]
    names = [name for name, _ in grades]
    found = [names.index(str(entry.get("from_grade"))) for entry in _lists(run) if str(entry.get("from_grade")) in names]
    at = min(found, default=0)
    edge = grades[at - 1][1] if at else None
    return (float(edge), names[at]) if edge is not None else (None, "")


def _lists(run: Run) -> list[dict[str, Any]]:
    return list((run.scheme.get("lists") or {}).values())


def _kind(event: dict[str, Any]) -> str:
    return str(event.get("event") or "").lower()


def _axis(days: tuple[int, int]) -> alt.Axis:
    first, last = days
    step = 91 if last - first <= 400 else 182 if last - first <= 800 else 364 if last - first <= 1500 else 728
    values = list(range(-(-first // step) * step, last + 1, step))
    return alt.Axis(
        title=None, values=values, labelExpr="'day ' + replace(format(datum.value, ','), '-', '−')", grid=False, labelFlush=True
    )


def _keys(
    cls: str, held: Sequence[dict[str, Any]], mine: Sequence[dict[str, Any]], scored: dict[str, list[tuple[int, float]]]
) -> list[Key]:
    colour = class_colour(cls)
    shapes: dict[str, Any] = {
        "act": "triangle",
        "record": "diamond",
        "denial": "cross",
        "payment": "square",
        "correction": "dot",
        "fine": "down",
        "appeal": "right",
        "decision": "stroke",
    }
    seen = [k for k in SHAPES if any(_kind(e) == k for e in mine)]
    lines = [Key("line", colour, "score as written"), Key("thick", "var(--clean)", "score with true records only")] if scored else []
    classed = any("class" in s for s in held)
    days = [Key("square", colour, "days in this class" if classed else "days on a list")]
    days += [Key("box", "var(--soft)", "days under a sanction in another class")] if any(s.get("class", cls) != cls for s in held) else []
    return [*days, *(Key(shapes[k], "var(--ink)", SHAPE_WORDS[k]) for k in seen), *lines]
