"""What the numbers rest on: influential values, structural scenarios, certainty, questions, limits, sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from glasshouse.report.blocks import Cell, Figure, Listing, Table
from glasshouse.report.classes import total
from glasshouse.report.marks import Bar, bars
from glasshouse.report.names import OUTCOMES, outcome_name
from glasshouse.report.read import Row, Run
from glasshouse.report.value_names import value_name
from glasshouse.report.words import (
    CLASSES,
    WRONGLY,
    listing,
    number,
    one_in,
    percent,
    plural,
    sentence_case,
    written,
)


def evidence_table(run: Run) -> Table | None:
    """Kind, reading, directness, date and range of the most influential values; for assumed ones, why."""
    values = run.influential
    if not values:
        return None
    rows: list[list[Cell]] = []
    for v in values:
        kind, read, direct, checked = _evidence_cells(v.get("evidence"))
        others = v.get("linked_with")
        rows.append(
            [
                value_name(v["path"]) + (f", and {plural(others, 'value', 'values')} that move with it" if others else ""),
                _with_unit(v),
                _range(v),
                percent(v["share"]) if v["told"] else "cannot be told from none",
                kind,
                read,
                direct,
                checked,
                str(v.get("why") or v.get("source") or ""),
            ]
        )
    columns = ["value", "central", "range", "share of span explained", "kind", "read", "directness", "checked", "why or source"]
    said = [i for i in range(len(columns)) if any(row[i] for row in rows)]  # assumed values have not been read anywhere
    columns, rows = [columns[i] for i in said], [[row[i] for i in said] for row in rows]
    told = sum(v["told"] for v in values)
    title = "The values that move the answer, and the widest ranges" if told else "The values with the widest ranges"
    title = "The values that move the answer most" if told == len(values) else title
    return Table("evidence-table", title, columns, rows, note=_influence_note(run, told))


def _influence_note(run: Run, told: int) -> str:
    span = run.study.get("span") or {}
    points = plural(span.get("points", 0), "point", "points")
    if span.get("told_from", 1.0) >= 1:
        return f"With {points} of the span no influence can be told from none: these have the widest ranges."
    text = "The share of the span explained ranks influence within the stated ranges; it says nothing of how sure a value is."
    text += f" With {points} and {span['tried']} values, shares below {percent(span['told_from'])} cannot be told from none: one of all of"
    text += " them would pass that mark by chance in about one of twenty runs."
    if not told:
        return f"{text} No value passes it; those shown have the widest ranges."
    if told < len(run.influential):
        text += f" Only {plural(told, 'value passes', 'values pass')} it; the others shown are those with the widest ranges."
    return text


def _evidence_cells(evidence: object) -> tuple[str, str, str, str]:
    if isinstance(evidence, dict):
        disputed = " (disputed)" if evidence.get("disputed_by") else ""
        return (
            f"{evidence.get('kind', '')}{disputed}",
            str(evidence.get("read", "")),
            str(evidence.get("directness", "")),
            str(evidence.get("checked", "")),
        )
    return (str(evidence or "not stated"), "", "", "")


def _with_unit(v: dict[str, Any]) -> str:
    """The central value with its unit; a factor as "×"."""
    text, unit = _plain(v.get("value", v.get("central")), _is_one_in(v)), str(v.get("unit") or "")
    if unit == "times":
        return f"×\u202f{text}"
    per = str(v.get("per") or "").replace("10000-person-weeks", "10,000 people a week")
    return f"{text} per {per}" if per else f"{text} {unit}".strip()


def _plain(value: object, is_one_in: bool) -> str:
    if not isinstance(value, int | float):
        return "not stated"
    return one_in(value) if is_one_in and value > 0 else number(value)


def _ends(value: dict[str, Any]) -> list[Any]:
    return list(value.get("range") or (value.get("low"), value.get("high")))[:2]


def _is_one_in(value: dict[str, Any]) -> bool:
    """Whether a value and the ends of its range are written as "1 in 1,000": one way of writing for all three."""
    high = _ends(value)[1]
    return value.get("per") in ("entry", "record") and isinstance(high, int | float) and high < 0.1


def _range(value: dict[str, Any]) -> str:
    return " to ".join(_plain(end, _is_one_in(value)) for end in _ends(value))


def scenario_figure(run: Run) -> Figure | None:
    """Structural scenarios side by side on the outcome that most of them state."""
    found = [s for s in run.study.get("scenarios") or [] if s.get("outcomes")]
    names = [o for o in OUTCOMES if any(_scalar(s["outcomes"].get(o)) is not None for s in found)]
    if not found or not names:
        return None
    shown = next((o for o in ("entries_rate", "denials", "people_ever") if o in names), names[0])
    row = total(run, shown, "scheme")
    unit = row.unit if row else ""
    central = _as_written(run, shown)
    drawn = [Bar("As written", central, written(central, unit), "var(--within)")] if central is not None else []
    for s in found:
        value = _scalar(s["outcomes"].get(shown))
        drawn.append(Bar(_short(s), value, written(value, unit), "var(--harm)"))
    rows: list[list[Cell]] = [["As written", *(_as_written(run, o) for o in names)]]
    rows += [[str(s.get("text") or s.get("id")), *(_scalar(s["outcomes"].get(o)) for o in names)] for s in found]
    values = [b.value for b in drawn if b.value is not None]
    ends = f"{written(min(values), unit)} to {written(max(values), unit)}"
    text = f"{outcome_name(shown)}: from {ends} over {len(drawn)} ways of reading what the documents leave open."
    return Figure(
        id="scenarios",
        title=f"{outcome_name(shown)}, as written and otherwise",
        summary=text,
        spec=bars(run, drawn),
        columns=["scenario", *(outcome_name(o) for o in names)],
        rows=rows,
        note=f"Alternatives of structure stand side by side and are never averaged. Central values{_over_seeds(run, shown)}.",
    )


def _over_seeds(run: Run, outcome: str) -> str:
    row = total(run, outcome, "scheme")
    if row is None or row.central is None or outcome not in run.same_seeds:
        return ""
    same = run.same_seeds[outcome] == row.central
    return ", every bar over the same seeds" + ("" if same else f"; over all {run.seeds} as written is {written(row.central, row.unit)}")


def _short(scenario: dict[str, Any]) -> str:
    return sentence_case(str(scenario.get("id") or scenario.get("text")).replace("_", " ").replace("-", " "))


def _scalar(value: object) -> float | None:
    if isinstance(value, dict):
        value = value.get("central", value.get("all"))
    return float(value) if isinstance(value, int | float) else None


def _as_written(run: Run, outcome: str) -> float | None:
    """The scheme as written, over the seeds that the scenarios were lived with where these are known."""
    row = total(run, outcome, "scheme")
    return run.same_seeds.get(outcome, row.central if row else None)


def scenario_list(run: Run) -> Listing | None:
    """What each scenario changes and why it is open."""
    items = []
    for s in run.study.get("scenarios") or []:
        stated = (run.scheme.get("scenarios") or {}).get(s.get("id")) or {}
        text = str(s.get("text") or stated.get("text") or "").strip()
        why = str(s.get("why") or stated.get("why") or "").strip()
        items.append((_short(s), f"{text} {why}".strip()))
    return Listing(items) if items else None


JUDGED = (
    "listed_without_cause", "listed_on_false_records", "sanctioned_day_share", "entries_rate", "listed_rate", "people_ever",
    "still_listed_3y", "denials", "essential_denials", "children_denials", "spared_days", "wrongly_sanctioned_days", "error_induced_days",
    "collateral_days", "appeals_upheld_share", "forgone_protected", "fines", "money_claimed", "money_beyond_owed", "prices_paid",
    "debts_paid_share", "unlawful_acts_prevented",
)  # fmt: skip
LEVELS = ("very low", "low", "moderate", "high")


def certainty_table(run: Run) -> Table | None:
    """A certainty for each outcome with its reasons, by one stated procedure."""
    rows: list[list[Cell]] = []
    for outcome in JUDGED:
        row = run.one(outcome) or run.one(outcome, cls=WRONGLY) or _largest(run, outcome)
        if row is not None and row.central is not None:
            level, reasons = certainty(row, run.influential)
            rows.append([outcome_name(outcome), level, listing(reasons)])
    note = (
        "Each outcome starts at high and goes down a step for a span of more than 3 times from lowest to highest, "
        "another for more than 10 times, one for a span not run, one where a leading value is assumed, "
        "one where it rests on an analogue, a relay or an interested party, and one where chance alone is wide."
    )
    return Table("certainty-table", "Certainty, outcome by outcome", ["outcome", "certainty", "reasons"], rows, note=note) if rows else None


def _largest(run: Run, outcome: str) -> Row | None:
    """The class or cause with the largest figure, where an outcome has no total with ranges."""
    return max((r for r in run.find(outcome) if r.central is not None), key=lambda r: r.central or 0.0, default=None)


def certainty(row: Row, values: Iterable[dict[str, Any]]) -> tuple[str, list[str]]:
    """The certainty of one outcome: a level and the reasons for it."""
    level, reasons = 3, []
    if row.span_low is None or row.span_high is None:
        level, reasons = level - 1, ["no span was run for it"]
    elif row.span_high > 0 and (row.span_low <= 0 or row.span_high / row.span_low > 3):
        wide = row.span_low <= 0 or row.span_high / row.span_low > 10
        level -= 2 if wide else 1
        reasons.append(f"the span runs from {written(row.span_low, row.unit)} to {written(row.span_high, row.unit)}")
    leading = list(values)[:3]
    if any(v.get("evidence") == "assumed" for v in leading):
        level -= 1
        reasons.append("a leading value is assumed")
    if any(_weak(v.get("evidence")) for v in leading):
        level -= 1
        reasons.append("a leading value rests on an analogue, a relay or an interested party")
    if (
        row.central
        and row.chance_low is not None
        and row.chance_high is not None
        and row.chance_high - row.chance_low > 0.5 * abs(row.central)
    ):
        level -= 1
        reasons.append("chance alone moves it by more than half")
    return LEVELS[max(0, level)], reasons or ["narrow span; its leading values rest on direct evidence"]


def _weak(evidence: object) -> bool:
    return isinstance(evidence, dict) and (
        evidence.get("directness") == "analogue" or evidence.get("read") == "relay" or evidence.get("kind") == "interested-party"
    )


def questions(run: Run) -> list[tuple[str, str]]:
    """What to ask the operator: the file's own questions, and one for each leading value that is assumed."""
    asked = [("", str(q)) for q in run.scheme.get("ask_the_operator") or []]
    for v in run.influential:
        if v.get("evidence") == "assumed":
            asked.append(
                (
                    "",
                    f"What is the true value of \u201c{value_name(v['path'])}\u201d? This report assumes {_range(v)}. "
                    f"{sentence_case(str(v.get('why') or 'no source gives it')).rstrip('.')}.",
                )
            )
    return asked


GENERAL_LIMITS = (
    "Birth, death, ageing and migration: the horizon is short for that reason.",
    "Whether any assumed value holds in a real place. Rates of false listing, coverage, deterrence, self-censorship and ability to pay "
    "are not identified from public data.",
    "Why a rule exists, what officials intend, and what people feel.",
    "Any single real person: nobody here exists, and nothing here can be asked about somebody.",
)


def limits(run: Run) -> list[tuple[str, str]]:
    """What the model leaves out: the scheme file's own list, then what holds for every run."""
    return [("", str(t)) for t in run.scheme.get("left_out") or []] + [("", t) for t in GENERAL_LIMITS]


def definitions(run: Run) -> list[tuple[str, str]]:
    """Terms that a reader needs, with their exact meaning."""
    terms = [
        ("Central", "The result with every value at its central figure, mean over seeds."),
        ("Chance", "Lowest to highest over seeds at central values: luck alone."),
        (
            "Span over stated assumptions",
            "Lowest to highest when all uncertain values move within their stated ranges. No probability is attached to any point of it. "
            "Each point is a single run, so the range also holds chance, most where events are few.",
        ),
        (
            "Structural scenario",
            "A different reading of what the documents leave open. Stands beside the others and is never averaged with them.",
        ),
        ("True records only", "A shadow ledger on the same lives that holds only true, own, correctly coded records whose ground is met."),
        (
            "Too few",
            "Fewer than 30 events in all seeds together, so that the figure would mislead. The table's note says how many people would do.",
        ),
        ("Within the stated rules", "The scheme's own text provides for the sanction. It says nothing about whether the rule is right."),
    ]
    terms += [(c.name, f"{sentence_case(c.meaning)}.") for c in CLASSES if c.key != "within stated rules"]
    measured = {r.outcome for r in run.rows}
    measured |= {"time_to_clear"} if any(o.startswith("time_to_clear") for o in measured) else set()
    return terms + [(OUTCOMES[o][0], f"{sentence_case(OUTCOMES[o][1])}.") for o in OUTCOMES if o in measured]


def claims(run: Run) -> list[tuple[str, str]]:
    """What the scheme file says is documented, how it was reformed, and what is widely said and not borne out."""
    found: list[tuple[str, str]] = []
    for part, kind in (("documented", "Documented"), ("reformed", "Reformed")):
        for claim in run.scheme.get(part) or []:
            if isinstance(claim, dict):
                found.append(
                    ("Widely said, not borne out" if claim.get("is_myth") else kind, f"{claim.get('text')} [{claim.get('source')}]")
                )
    return sorted(found, key=lambda c: ("Documented", "Reformed", "Widely said, not borne out").index(c[0]))


def sources(run: Run) -> list[tuple[str, str]]:
    """Sources of the scheme and world files; addresses are printed, never fetched."""
    found: dict[str, str] = {}
    for root in (run.scheme, run.world):
        for key, s in (root.get("sources") or {}).items():
            if isinstance(s, dict):
                parts = [
                    f"{s.get('author', '')} ({s.get('year', '')}). {s.get('title', '')}.",
                    f"[{s.get('kind')}]" if s.get("kind") else "",
                    str(s.get("url") or ""),
                    str(s.get("note") or ""),
                ]
                found.setdefault(str(key), " ".join(p for p in parts if p))
    return sorted(found.items())
