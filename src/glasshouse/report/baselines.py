"""The same people under the baselines, and every arm side by side."""

from __future__ import annotations

from glasshouse.report.blocks import Cell, Figure, Table
from glasshouse.report.classes import total
from glasshouse.report.marks import RANGE_COLUMNS, bar_of, bars, caption, chance_note, range_cells, range_keys, shown, unit_text
from glasshouse.report.names import OUTCOMES, arm_colour, arm_name, arms, outcome_name
from glasshouse.report.read import Run
from glasshouse.report.words import lower_first

COMPARED = ("entries_rate", "denials", "fines")


def baseline_figure(run: Run) -> Figure | None:
    """The same people under no scheme and ordinary law first, then under the scheme."""
    for outcome in COMPARED:
        rows = {arm: row for arm in arms(run) if (row := total(run, outcome, arm))}
        if "scheme" in rows and len(rows) > 1:
            break
    else:
        return None
    drawn = [bar_of(row, arm_name(arm), arm_colour(run, arm)) for arm, row in rows.items()]
    if not drawn:
        return None
    noisy = chance_note([(arm_name(arm), row) for arm, row in rows.items()])
    unit = unit_text(rows["scheme"])
    meaning = f"{outcome_name(outcome)}: {OUTCOMES[outcome][1]}." + ("" if unit in OUTCOMES[outcome][1] else f" Unit: {unit}.")
    parts = [f"{lower_first(arm_name(a))}: {shown(r)}" for a, r in rows.items()]
    return Figure(
        id="baselines",
        title=f"The same people, the same lives: {lower_first(outcome_name(outcome))}",
        summary=f"{outcome_name(outcome)} on the same draws. {'; '.join(parts)[0].upper()}{'; '.join(parts)[1:]}.",
        spec=bars(run, drawn),
        columns=["arm", *RANGE_COLUMNS],
        rows=[[arm_name(a), *range_cells(r)] for a, r in rows.items()],
        keys=range_keys(run, colour="var(--scheme)"),
        note=caption(meaning, noisy),
    )


def baseline_table(run: Run) -> Table | None:
    """Every outcome that has a total, in every arm, baselines first."""
    found = arms(run, twins=True)
    if len(found) < 2:
        return None
    lines: list[list[Cell]] = []
    for outcome in OUTCOMES:
        rows = {arm: total(run, outcome, arm) for arm in found}
        known = [r for r in rows.values() if r is not None]
        if outcome not in NOT_COMPARED and len(known) > (outcome not in OF_SOME_ARMS):
            cells = [shown(r) if r else _absent(outcome, arm) for arm, r in rows.items()]
            lines.append([outcome_name(outcome), *cells, unit_text(known[0])])
    if not lines:
        return None
    return Table(
        "arms",
        "Every arm side by side, at central values",
        ["outcome", *(arm_name(a) for a in found), "unit"],
        lines,
        note="Not part of this arm: its rules know no such thing; that says nothing of leniency. A dash: true records are a shadow ledger "
        "on the scheme's own lives, in which this is not counted again. Ranges, and what only some arms have, are in summary.csv.",
    )


def _absent(outcome: str, arm: str) -> str:
    """What stands where an arm has no such quantity."""
    return "not part of this arm" if outcome in OF_SOME_ARMS and arm != "clean" else ""


def fines_note(run: Run) -> str:
    """Where the same enforcement is counted in both arms, and where ordinary fines are counted."""
    if not run.has_arm("ordinary"):
        return ""
    text = "The scheme is simulated on top of the same enforcement of debts as ordinary law"
    if total(run, "fines", "ordinary") is None:
        return f"{text}."
    own = "; fines counted under the scheme are its own" if total(run, "fines", "scheme") else ""
    return f"{text}, but ordinary fines are counted in the ordinary-law arm only{own}."


OF_SOME_ARMS = frozenset({"fines"})  # only in arms whose rules know them
NOT_COMPARED = frozenset(  # of no total, beside a rate that says the same, or with a section of their own
    {
        "time_to_clear", "disparity", "input_disparity", "sanctioned_day_share", "sanctioned_days", "entries", "listed_rate",
        "wrongly_sanctioned_days", "wrongly_spared_days", "error_induced_days", "error_displaced_days", "collateral_days", "shielded_days",
        "household_days", "ties_dropped", "appeals_filed", "appeals_upheld", "appeals_rejected", "appeals_given_up", "appeals_waiting",
        "appeals_upheld_share", "appeals_weeks", "without_notice_share", "without_review_share", "refunds", "forgone_protected",
        "silent_never_sanctioned", "forgone_protected_share", "forgone_commendable_share",
        "forgone_commendable", "forgone_lawful", "forgone_unlawful", "forgone_default", "left", "privileges",
        "displaced_attempts",
    }
)  # fmt: skip
