"""How people respond: what they no longer do or try, harms and claimed benefits side by side; what a good standing brings."""

from __future__ import annotations

from glasshouse.report.blocks import Figure, Key, Table
from glasshouse.report.marks import (
    bar_of,
    bars,
    blank_note,
    caption,
    chance_note,
    is_blank,
    range_keys,
    ranges_text,
    shown,
    unit_text,
)
from glasshouse.report.names import outcome_name
from glasshouse.report.read import ALL, Run
from glasshouse.report.twins import WIDE, group_table, wide_rows
from glasshouse.report.words import listing, lower_first

HARM, CLAIMED = "harm", "benefit"
FORGONE = (
    ("forgone_protected", HARM, "var(--c8)"),
    ("silent_never_sanctioned", HARM, "var(--c8)"),
    ("forgone_commendable", HARM, "var(--c6)"),
    ("forgone_lawful", HARM, "var(--c9)"),
    ("forgone_unlawful", CLAIMED, "var(--spared)"),
    ("forgone_default", CLAIMED, "var(--spared)"),
)
SIDES = {HARM: "good or protected conduct that no longer happens", CLAIMED: "claimed benefit: unlawful acts and defaults"}
COLOURS = {HARM: "var(--c8)", CLAIMED: "var(--spared)"}
LEDGER = (
    (CLAIMED, "unlawful_acts_prevented"),
    (CLAIMED, "debts_paid_share"),
    (HARM, "forgone_protected_share"),
    (HARM, "forgone_commendable_share"),
    (HARM, "forgone_attempts"),
    (HARM, "forgone_essential_attempts"),
    (HARM, "left"),
)


def forgone_figure(run: Run) -> Figure | None:
    """Acts that people leave undone because of the scheme, by what the world's file says they are."""
    rows = [(outcome, side, colour, row) for outcome, side, colour in FORGONE if (row := run.one(outcome))]
    drawn = [bar_of(row, outcome_name(o), colour) for o, _, colour, row in rows if not is_blank(row)]
    if not drawn:
        return None
    named = [(outcome_name(o), row) for o, _, _, row in rows]
    said = [f"{lower_first(name)}, {shown(row)}{ranges_text(row) if row.central else ''}" for name, row in named]
    sides = [Key("square", colour, SIDES[side]) for side, colour in COLOURS.items() if any(found == side for _, found, _, _ in rows)]
    return Figure(
        id="forgone",
        title="What people no longer do",
        summary=f"Acts left undone {unit_text(rows[0][3])}: {listing(said)}.",
        spec=bars(run, drawn),
        columns=("side", *WIDE),
        rows=[[side, *line] for o, side, _ in FORGONE for line in wide_rows(run, [o])],
        keys=[*sides, *range_keys(run)[1:]],
        note=caption(
            "On the same lives: each of these acts would be done if the scheme were not there. Children are not counted among those "
            "who hold back. Speech has no viewpoint here.",
            blank_note(named),
            chance_note(named),
        ),
    )


def response_table(run: Run) -> Table | None:
    """Harms and claimed benefits of how people respond, with the same care for both."""
    if not any(run.one(outcome) for side, outcome in LEDGER if side == HARM):
        return None
    note = "Unlawful acts prevented are counted against ordinary law, on the same lives; below 0 the scheme brings more."
    return group_table(run, "responses", "How people respond: both sides", LEDGER, note)


STANDING = {"privileges": "attempts with a privilege", "displaced_attempts": "attempts put back by others' privileges"}


def standing_figure(run: Run) -> Figure | None:
    """Privileges of good standing, and attempts that they put back, by group."""
    groups = sorted({r.group for r in run.rows if r.outcome in STANDING and r.arm == "scheme" and r.group != ALL})
    rows = [(o, g, row) for o in STANDING for g in (ALL, *groups) if (row := run.one(o, group=g))]
    named = [(f"{outcome_name(o)}: {'everyone' if g == ALL else f'group {g}'}", row) for o, g, row in rows]
    colours = {"privileges": "var(--e2)", "displaced_attempts": "var(--harm)"}
    drawn = [bar_of(row, name, colours[o]) for (o, _, row), (name, _) in zip(rows, named, strict=True) if not is_blank(row)]
    if not drawn:
        return None
    whole = [f"{lower_first(outcome_name(o))}, {shown(row)}" for o, g, row in rows if g == ALL]
    keys = [Key("square", colours[o], STANDING[o]) for o in STANDING if any(outcome == o for outcome, _, _ in rows)]
    return Figure(
        id="standing",
        title="What a good standing brings, and what it takes from others",
        summary=f"Attempts {unit_text(rows[0][2])}: {listing(whole)}.",
        spec=bars(run, drawn),
        columns=WIDE,
        rows=wide_rows(run, list(STANDING)),
        keys=[*keys, *range_keys(run)[1:]],
        note=caption(blank_note(named), chance_note(named)),
    )


def children_table(run: Run) -> Table | None:
    """What falls on children: refusals, and days under a sanction."""
    found = [("", o) for o in ("children_denials", "minors_days") if (row := run.one(o)) and (row.central is None or row.central)]
    return group_table(run, "children", "What falls on children", found)
