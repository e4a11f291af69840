"""The scheme with one thing mended at a time, beside ordinary law and the scheme as written."""

from __future__ import annotations

from glasshouse.report.blocks import Figure, Listing
from glasshouse.report.classes import total
from glasshouse.report.marks import RANGE_COLUMNS, bar_of, bars, caption, chance_note, is_blank, range_keys, shown, unit_text
from glasshouse.report.names import MENDED, arm_colour, arm_name, arms, mended_arms, outcome_name
from glasshouse.report.read import Run
from glasshouse.report.twins import wide_rows
from glasshouse.report.words import lower_first, sentence_case

MENDED_OUTCOMES = (
    "listed_without_cause", "listed_on_false_records", "entries_rate", "wrongly_sanctioned_days", "wrongly_spared_days",
    "error_induced_days", "collateral_days", "denials", "essential_denials", "children_denials", "appeals_upheld", "appeals_weeks",
    "without_notice_share",
    "without_review_share", "money_claimed", "money_beyond_owed", "money_returned", "prices_paid",
    "forgone_protected", "debts_paid_share", "unlawful_acts_prevented",
)  # fmt: skip


def mended_figure(run: Run) -> Figure | None:
    """Listed without ground under ordinary law, under the scheme, and with one thing mended at a time."""
    if not mended_arms(run):
        return None
    outcome = "listed_without_cause"
    rows = {arm: row for arm in arms(run) if arm not in ("none", "clean") and (row := total(run, outcome, arm))}
    drawn = [bar_of(row, arm_name(arm), arm_colour(run, arm)) for arm, row in rows.items() if not is_blank(row) or row.central == 0]
    if not drawn or "scheme" not in rows:
        return None
    named = [(arm_name(arm), row) for arm, row in rows.items()]
    said = [f"{lower_first(name)}: {shown(row)}" for name, row in named]
    compared = [arm for arm in arms(run) if arm in ("ordinary", "scheme") or arm.startswith(MENDED)]
    lines = [[*line[:2], *line[3:]] for line in wide_rows(run, MENDED_OUTCOMES, compared) if line[2] == "everyone"]
    return Figure(
        id="mended",
        title=f"With one thing mended: {lower_first(outcome_name(outcome))}",
        summary=f"Entries {unit_text(rows['scheme'])}. {sentence_case('; '.join(said))}.",
        spec=bars(run, drawn),
        columns=("outcome", "arm", *RANGE_COLUMNS),
        rows=lines,
        keys=range_keys(run, colour="var(--scheme)"),
        note=caption("The same people and the same draws in every bar; each safeguard by itself.", chance_note(named)),
    )


def mended_list(run: Run) -> Listing | None:
    """What each safeguard changes and why it is asked for."""
    told = [s for s in run.study.get("safeguards") or [] if f"{MENDED}{s.get('id')}" in mended_arms(run)]
    items = [(sentence_case(str(s.get("id")).replace("-", " ")), f"{s.get('text', '')} ({s.get('why', '')})") for s in told]
    return Listing(items) if items else None
