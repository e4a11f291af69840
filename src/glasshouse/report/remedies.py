"""Remedies: reviews asked for, decided, given up and waiting, how long they take, and spells without notice or review."""

from __future__ import annotations

from glasshouse.report.blocks import Cell, Figure, Table
from glasshouse.report.marks import (
    RANGE_COLUMNS,
    bar_of,
    bars,
    blank_note,
    caption,
    chance_note,
    is_blank,
    range_cells,
    range_keys,
    shown,
    unit_text,
)
from glasshouse.report.names import arm_name, mended_arms, outcome_name
from glasshouse.report.read import ALL, Run
from glasshouse.report.twins import WIDE, group_table, wide_rows
from glasshouse.report.words import lower_first, number, percent

FUNNEL = (
    ("appeals_filed", "var(--e1)"),
    ("appeals_upheld", "var(--e2)"),
    ("appeals_rejected", "var(--e3)"),
    ("appeals_given_up", "var(--e4)"),
    ("appeals_waiting", "var(--e5)"),
)
FLAGS = ("without_notice_share", "without_review_share")


def appeals_figure(run: Run) -> Figure | None:
    """From filing to a decision: how many cases come to what end."""
    rows = {outcome: row for outcome, _ in FUNNEL if (row := run.one(outcome))}
    if "appeals_filed" not in rows:
        return None
    grown = (rows["appeals_waiting"].central or 0.0) >= 0 if "appeals_waiting" in rows else False
    named = [(outcome_name(outcome), row) for outcome, row in rows.items() if grown or outcome != "appeals_waiting"]
    drawn = [
        bar_of(rows[o], outcome_name(o), colour)
        for o, colour in FUNNEL
        if o in rows and not is_blank(rows[o]) and (grown or o != "appeals_waiting")
    ]
    if not drawn:
        return None
    return Figure(
        id="appeals",
        title="Reviews: asked for, decided, given up, waiting",
        summary=_said(run),
        spec=bars(run, drawn),
        columns=["step", "error in the record", *RANGE_COLUMNS],
        rows=_lines(run),
        keys=range_keys(run, colour="var(--e2)"),
        note=caption(
            f"Cases {unit_text(rows['appeals_filed'])}. Those who ask for a review are no sample of the listed: "
            "the share upheld is no error rate.",
            "" if grown else "The queue shrank in counted time: more cases ended than were filed.",
            blank_note(named),
            chance_note(named),
        ),
    )


def _said(run: Run) -> str:
    filed, share, weeks = run.one("appeals_filed"), run.one("appeals_upheld_share"), run.one("appeals_weeks")
    if filed is None or not filed.central:
        return "Too few reviews are asked for to be shown."
    text = f"{shown(filed)} reviews are asked for {unit_text(filed)}"
    wrong = [r.central for r in run.find("appeals_filed") if r.cls not in (ALL, "sound") and r.central]
    text += f"; {percent(sum(wrong) / filed.central)} of them are about a record that is in fact wrong." if wrong else "."
    if share and share.central is not None:
        text += f" Of those decided, {percent(share.central)} end for the person"
        text += f", after {number(weeks.central)} weeks in the queue on average." if weeks and weeks.central is not None else "."
    return text


def _lines(run: Run) -> list[list[Cell]]:
    lines: list[list[Cell]] = []
    for outcome in (*(o for o, _ in FUNNEL), "appeals_upheld_share", "appeals_weeks"):
        for row in run.find(outcome):
            wrong = "all" if row.cls == ALL else "none: the record is sound" if row.cls == "sound" else row.cls
            lines.append([outcome_name(outcome), wrong, *range_cells(row)])
    return lines


def procedure_figure(run: Run) -> Figure | None:
    """The share of spells on a list that begin without notice, and of those that end unreviewed."""
    rows = [(outcome, arm, row) for outcome in FLAGS for arm in ("scheme", *mended_arms(run)) if (row := run.one(outcome, arm))]
    drawn = [
        bar_of(row, _label(run, outcome, arm), "var(--harm)") for outcome, arm, row in rows if not is_blank(row)
    ]  # fmt: skip
    if not drawn:
        return None
    named = [(_label(run, outcome, arm), row) for outcome, arm, row in rows]
    said = [f"{lower_first(outcome_name(outcome))}: {shown(row)}" for outcome, arm, row in rows if arm == "scheme"]
    return Figure(
        id="procedure",
        title="Listed without notice, listed without review",
        summary=f"Of all spells on a list, {'; '.join(said)}.",
        spec=bars(run, drawn, share=True),
        columns=WIDE,
        rows=wide_rows(run, FLAGS),
        keys=range_keys(run, colour="var(--harm)"),
        note=caption(
            "Both can be true of one spell. They say nothing of whether the record is right.", blank_note(named), chance_note(named)
        ),
    )


def _label(run: Run, outcome: str, arm: str) -> str:
    return outcome_name(outcome) + (f": {lower_first(arm_name(arm))}" if mended_arms(run) else "")


def waits_table(run: Run) -> Table | None:
    """Shares upheld and weeks waited, by group, in the scheme and each mended arm."""
    return group_table(run, "waits", "Share upheld and weeks waited", [("", "appeals_upheld_share"), ("", "appeals_weeks")])
