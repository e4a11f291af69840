"""Money: what is claimed, what was in fact owed, what is given back, and what a listing makes dearer."""

from __future__ import annotations

from glasshouse.report.blocks import Cell, Figure, Table
from glasshouse.report.classes import by_class
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
    ranges_text,
    shown,
    unit_text,
)
from glasshouse.report.names import arms, outcome_name
from glasshouse.report.read import Run
from glasshouse.report.twins import group_table
from glasshouse.report.words import class_colour, class_name, lower_first, percent

CLAIMS = ("money_claimed", "money_owed", "money_beyond_owed", "money_beyond_owed_share", "money_returned")
PRICES = "prices_paid"


def claims_figure(run: Run) -> Figure | None:
    """Money claimed, by the class of the record that the claim rests on."""
    return _figure(
        run,
        "money_claimed",
        "claims",
        "Money claimed, by what the claim rests on",
        _claims_said(run),
        "A claim is counted whole on the day of its record, and is not taken off when it is given back later.",
        also="money_returned",
    )


def _claims_said(run: Run) -> str:
    claimed, owed, beyond, share = (run.one(outcome) for outcome in CLAIMS[:4])
    if claimed is None or not claimed.central:
        return "Too little is claimed to be shown."
    text = f"{shown(claimed)} {unit_text(claimed)} are claimed{ranges_text(claimed)}."
    if owed is not None and owed.central is not None:
        text += f" What people in fact owe for acts of their own, rightly recorded, comes to {shown(owed)}{ranges_text(owed)}."
    if beyond is not None and beyond.central and beyond.central > 0 and share is not None and share.central is not None:
        text += f" {shown(beyond)}, {percent(share.central)} of what is claimed, goes beyond that."
    return text


def prices_figure(run: Run) -> Figure | None:
    """Extra prices paid, by what the listing behind them rests on."""
    row = run.one(PRICES)
    said = (
        f"The listed pay {shown(row)} {unit_text(row)} more{ranges_text(row)}."
        if row and row.central
        else "Too little is paid to be shown."
    )
    return _figure(
        run,
        PRICES,
        "prices",
        "Extra prices, by what the listing rests on",
        said,
        "Nobody is refused here: a listing makes the service dearer.",
    )


def _figure(run: Run, outcome: str, id: str, title: str, said: str, note: str, also: str = "") -> Figure | None:
    rows = by_class(run, outcome)
    drawn = [bar_of(r, class_name(r.cls), class_colour(r.cls)) for r in rows if not is_blank(r)]
    if not drawn:
        return None
    named = [(class_name(r.cls), r) for r in rows]
    lines: list[list[Cell]] = [
        [outcome_name(o), class_name(r.cls), *range_cells(r)] for o in (outcome, also) for r in (by_class(run, o) if o else [])
    ]
    return Figure(
        id=id,
        title=title,
        summary=said,
        spec=bars(run, drawn),
        columns=["outcome", "class", *RANGE_COLUMNS],
        rows=lines,
        keys=range_keys(run),
        note=caption(f"Unit: {unit_text(rows[0])}.", note, blank_note(named), chance_note(named)),
    )


def money_table(run: Run) -> Table | None:
    """Every amount for each arm that knows it, by group: baselines first."""
    note = (
        "Beyond what was owed: what is claimed less what is owed for acts of people's own, rightly recorded; below 0, people owe "
        "more than is claimed."
    )
    known = {r.outcome for r in run.rows}
    if not known & {*CLAIMS, PRICES}:
        return None
    claims = bool(known & set(CLAIMS))
    return group_table(
        run, "money", "Money, by arm and group", [("", o) for o in (*CLAIMS, PRICES)], note if claims else "", among=arms(run, twins=True)
    )


def is_there(run: Run) -> bool:
    """Whether the scheme claims money or makes anything dearer."""
    return any(run.find(outcome) for outcome in ("money_claimed", PRICES))


def heading(run: Run) -> str:
    """What the section is about."""
    parts = [
        text for o, text in (("money_claimed", "what is claimed and what was owed"), (PRICES, "what a listing makes dearer")) if run.find(o)
    ]
    return f"Money: {', '.join(lower_first(p) for p in parts)}"
