"""Rows of the three tables in words and numbers, for the terminal and for the page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from glasshouse.validation.rows import Table
from glasshouse.validation.run import FAILING, Ran, Verdict

THEIRS = ("row", "theirs", "ours", "off by", "allowed", "verdict")
COUNTED = ("row", "counted", "ours", "lowest to highest", "off by", "carried on", "verdict")
COLUMNS = {Table.THEORY: THEIRS, Table.MODELS: THEIRS, Table.WORLD: COUNTED}
RIGHT = ("theirs", "counted", "ours", "off by", "allowed", "carried on")
NOTES = {
    Table.THEORY: "Exact theory: says nothing about the real world",
    Table.MODELS: "Others' models: says nothing about the real world",
    Table.WORLD: "The world's own figures: how far off the model is, not whether it is right",
}


def titles(table: Table) -> str:
    """The heading of a table."""
    return NOTES[table]


def line(ran: Ran) -> list[str]:
    """The cells of a row beside what it is about."""
    theirs, ours = figure(ran.target), figure(ran.value)
    if ran.table is Table.WORLD:
        span = f"{figure(ran.low)} to {figure(ran.high)}" if ran.low is not None else ""
        return [theirs, ours, span, relative(ran.value, ran.target), relative(ran.carried, ran.target), verdict(ran)]
    return [theirs, ours, off(ran), tolerance(ran.tolerance), verdict(ran)]


def about(ran: Ran) -> str:
    """What a row is about, with its unit."""
    return f"{ran.title} ({ran.unit})" if ran.unit else ran.title


def figure(value: float | None) -> str:
    """A number with six significant digits, as validation tables print them."""
    if value is None:
        return ""
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= 1e6:
        return f"{value:,.0f}"
    return f"{value:.6g}"


def off(ran: Ran) -> str:
    """Ours less theirs."""
    return "" if ran.difference is None else f"{ran.difference:+.2g}" if ran.difference else "0"


def tolerance(value: float | None) -> str:
    """What a difference may be."""
    return "" if value is None else f"{value:.2g}" if value else "exact"


def relative(value: float | None, target: float | None) -> str:
    """A difference in percent of the target."""
    return "" if value is None or not target else f"{100 * (value / target - 1):+.1f} %"


def verdict(ran: Ran) -> str:
    """The verdict, and why where it needs a reason."""
    reason = ran.trouble or (ran.explained if ran.verdict is Verdict.GAP else ran.fitted)
    return f"{ran.verdict.value}: {reason}" if reason else ran.verdict.value


def wrong_lines(done: Sequence[Ran]) -> Iterator[str]:
    """Wrong variants that were run: how many, and those that were not noticed."""
    variants = [(ran, wrong) for ran in done for wrong in ran.wrong]
    if not variants:
        return
    missed = [(ran, wrong) for ran, wrong in variants if wrong.verdict in FAILING]
    yield f"Wrong variants noticed: {len(variants) - len(missed)} of {len(variants)}."
    for ran, wrong in missed:
        near = "inside our range, or no farther off than ours" if ran.table is Table.WORLD else "within the tolerance"
        reason = wrong.trouble or f"{figure(wrong.value)} lies {near}; theirs is {figure(ran.target)}"
        yield f"- {ran.name}, {wrong.name}: {wrong.verdict.value}: {reason}"


def closing(done: Sequence[Ran], command: bool = True) -> Iterator[str]:
    """How many rows agree, which do not, and how to run one alone."""
    compared = [ran for ran in done if ran.table is not Table.WORLD]
    counts = {v: [ran.name for ran in compared if ran.verdict is v] for v in Verdict}
    if compared:
        yield f"Agree: {len(counts[Verdict.AGREES])} of {len(compared)} rows of theory and of others' models."
    for v in (Verdict.GAP, Verdict.DIFFERS, Verdict.ERROR, Verdict.NOT_RUN):
        if counts[v]:
            yield f"{v.value[0].upper()}{v.value[1:]}: {', '.join(counts[v])}."
    if done and command:
        yield f"One row alone: {done[0].command}"
