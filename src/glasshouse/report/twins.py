"""What errors do in full, and what comes through ties: differences between arms that live the same lives."""

from __future__ import annotations

from collections.abc import Sequence

from glasshouse.report.blocks import Cell, Figure, Key, Table
from glasshouse.report.diverging import diverging, mirrored
from glasshouse.report.marks import (
    RANGE_COLUMNS,
    bar_of,
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
from glasshouse.report.names import arm_name, mended_arms, outcome_name
from glasshouse.report.read import ALL, Row, Run
from glasshouse.report.words import between, listing, lower_first

# (outcome, colour, whether it takes away, what the colour stands for)
Part = tuple[str, str, bool, str]
TAKEN = ("var(--spared)", True, "days taken away")
OF_ERRORS: tuple[Part, ...] = (
    ("wrongly_sanctioned_days", "var(--c4)", False, "days that true records do not carry"),
    ("error_induced_days", "var(--c7)", False, "days on true records that an error led to"),
    ("wrongly_spared_days", *TAKEN),
    ("error_displaced_days", *TAKEN),
)
OF_TIES: tuple[Part, ...] = (("collateral_days", "var(--c6)", False, "days added"), ("shielded_days", *TAKEN))
THROUGH_TIES = ("household_days", "ties_dropped")
WIDE = ("outcome", "arm", "group", *RANGE_COLUMNS)


def split_figure(run: Run) -> Figure | None:
    """The four parts of the difference between the scheme as kept and the same scheme without any error."""
    return _difference(
        run, OF_ERRORS, "errors", "What errors do, in all four directions",
        ("fewer days", "more days"),
        "Against the same lives in which no error is made and people respond to that: days under a sanction that errors add, and days "
        "that they take away. The four are never netted: a day that an error takes from one person does not make good one that it gives to "
        "another.",
    )  # fmt: skip


def ties_figure(run: Run) -> Figure | None:
    """Days that ties add, and days that they take away."""
    return _difference(
        run, OF_TIES, "ties", "What ties do, both ways",
        ("fewer days", "more days"),
        "Against the same lives under the same scheme without anything that reaches people through relatives, household or contacts. "
        "Association can shield people with poor scores of their own as well as burden others.",
    )  # fmt: skip


def _difference(run: Run, parts: Sequence[Part], id: str, title: str, sides: tuple[str, str], note: str) -> Figure | None:
    rows = [(row, part) for part in parts if (row := run.one(part[0]))]
    bars = [(part, bar_of(row, outcome_name(part[0]), part[1])) for row, part in rows if not is_blank(row)]
    if not bars:
        return None
    named = [(outcome_name(part[0]), row) for row, part in rows]
    meant = dict.fromkeys((part[1], part[3]) for part, _ in bars)
    keys = [Key("square", colour, text) for colour, text in meant]
    return Figure(
        id=id,
        title=title,
        summary=_said(named),
        spec=diverging(run, [mirrored(bar) if part[2] else bar for part, bar in bars], *sides),
        columns=WIDE,
        rows=wide_rows(run, [part[0] for part in parts]),
        keys=[*keys, *range_keys(run)[1:]],
        note=caption(note, f"Unit: person-days {unit_text(rows[0][0])}.", blank_note(named), chance_note(named)),
    )


def _said(named: Sequence[tuple[str, Row]]) -> str:
    parts = [f"{lower_first(name)}, {shown(row)}{ranges_text(row) if row.central else ''}" for name, row in named]
    return f"Person-days {unit_text(named[0][1])}: {listing(parts)}."


def wide_rows(run: Run, outcomes: Sequence[str], arms: Sequence[str] = ()) -> list[list[Cell]]:
    """Table lines of some outcomes in the scheme and the mended arms (or the arms named), for everyone and each group."""
    lines: list[list[Cell]] = []
    for outcome in outcomes:
        for arm in arms or ("scheme", *mended_arms(run)):
            found = [r for r in run.rows if (r.outcome, r.arm, r.cls) == (outcome, arm, ALL)]
            lines += [[outcome_name(outcome), arm_name(arm), "everyone" if r.group == ALL else r.group, *range_cells(r)] for r in found]
    return lines


def group_table(
    run: Run, id: str, title: str, outcomes: Sequence[tuple[str, str]], note: str = "", among: Sequence[str] = ()
) -> Table | None:
    """Outcomes in the scheme and the mended arms (or the arms named), one line each: everyone with both ranges, then group by group.

    `outcomes` are pairs of a side ("harm", "claimed benefit"; or nothing anywhere) and an outcome.
    """
    sides, compared = any(side for side, _ in outcomes), among or ("scheme", *mended_arms(run))
    many = len(compared) > 1
    groups = sorted({r.group for r in run.rows if r.group != ALL and any(r.outcome == o for _, o in outcomes)})
    lines: list[list[Cell]] = []
    for side, outcome in outcomes:
        for arm in compared:
            row = run.one(outcome, arm)
            if row is None:
                continue
            apart = [run.one(outcome, arm, group=g) for g in groups]
            lines.append([
                *([side] if sides else []), outcome_name(outcome), *([_short(arm)] if many else []), shown(row),
                between(row.chance_low, row.chance_high, row.unit), between(row.span_low, row.span_high, row.unit),
                *(shown(r) if r else "" for r in apart), unit_text(row),
            ])  # fmt: skip
    head = [*(["side"] if sides else []), "outcome", *(["arm"] if many else []), "everyone", "chance", "span"]
    columns = [*head, *(f"group {g}" for g in groups), "unit"]
    return Table(id, title, columns, lines, note=note) if lines else None


def _short(arm: str) -> str:
    return "as written" if arm == "scheme" else lower_first(arm_name(arm))


def through_table(run: Run) -> Table | None:
    """Days through the household alone, and ties dropped."""
    return group_table(run, "through-ties", "Through the household, and ties given up", [("", o) for o in THROUGH_TIES])
