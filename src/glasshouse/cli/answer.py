"""The answer of a run in two short tables, chance and span kept apart: entries by class, and a few outcomes beside ordinary law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from glasshouse.cli.values import plain

if TYPE_CHECKING:
    from glasshouse.outcomes.summary import Line

ENTRIES = "entries_rate"  # shown by class; all other outcomes are in summary.csv and the report
OVERALL = {
    ENTRIES: "entries on a list",
    "listed_without_cause": "listed without cause",
    "denials": "attempts refused",
    "essential_denials": "essential attempts refused",
    "children_denials": "children's attempts refused",
    "error_induced_days": "days on records that errors led to",
    "collateral_days": "days added by ties",
    "shielded_days": "days taken away by ties",
    "appeals_upheld_share": "reviews upheld, of those decided",
    "without_notice_share": "listed without notice before",
    "forgone_protected": "protected acts not done",
    "unlawful_acts_prevented": "unlawful acts prevented",
    "debts_paid_share": "debts paid",
}
MENDED = "with "  # and the safeguard's name
RANGES = ("central", "chance", "span over assumptions")
LEGEND = "Chance: lowest and highest seed. Span: lowest and highest over the stated assumptions, with no probability attached."


def print_answer(summary: Sequence[Line]) -> None:
    """Print the two tables, and what the dashes in them mean."""
    from glasshouse.cli.terminal import console, table

    screen = console()
    classes = [line for line in _scheme(summary, ENTRIES) if line.cls != "all"]
    overall = [line for name in OVERALL for line in _scheme(summary, name) if line.cls == "all"]
    if classes:
        title = f"Entries on a list by class, {classes[0].unit}"
        screen.print(table(("class", *RANGES), [[line.cls, *numbers(line)] for line in classes], title, right=RANGES))
    mended = list(dict.fromkeys(line.arm for line in summary if line.arm.startswith(MENDED)))
    beside = ["ordinary", *mended]
    rows = [[OVERALL[line.outcome], line.unit, *numbers(line), *(other(line, summary, arm) for arm in beside)] for line in overall]
    columns = ("outcome", "unit", *RANGES, "ordinary law", *mended)
    screen.print(table(columns, rows, "Beside ordinary law" + (" and with one thing mended" if mended else ""), right=columns[2:]))
    screen.print(LEGEND, soft_wrap=True)
    hidden = next((line for line in overall + classes if line.central is None and line.note), None)
    if hidden:
        name = hidden.cls if hidden.cls != "all" else OVERALL[hidden.outcome]
        screen.print(f"A dash: too few events to be shown, or not run. For example {name}: {hidden.note}.", soft_wrap=True)


def _scheme(summary: Sequence[Line], outcome: str) -> list[Line]:
    """The lines of one outcome in the scheme's arm, for everyone."""
    return [line for line in summary if (line.outcome, line.arm, line.group) == (outcome, "scheme", "all")]


def numbers(line: Line) -> list[str]:
    """Central value, chance and span, each in a cell of its own: they are never pooled."""
    return [_number(line.central), _range(line.chance_low, line.chance_high), _range(line.span_low, line.span_high)]


def other(line: Line, summary: Sequence[Line], arm: str) -> str:
    """The same outcome and class in another arm: ordinary law, or the scheme with one thing mended."""
    same = (line.outcome, arm, line.group, line.cls)
    return next((_number(o.central) for o in summary if (o.outcome, o.arm, o.group, o.cls) == same), "-")


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return plain(round(value)) if abs(value) >= 1000 else plain(float(f"{value:.3g}"))


def _range(low: float | None, high: float | None) -> str:
    return "-" if low is None or high is None else f"{_number(low)} to {_number(high)}"
