"""Firms, prices, claims of money, ratings, scores of risk and investigations, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glasshouse.cli.values import number
from glasshouse.files.words import INCOME_THIRDS, sentence

if TYPE_CHECKING:
    from glasshouse.scheme.kinds import Ratings, Risk
    from glasshouse.scheme.model import Channel, Gate, Item, Scheme


def brings(item: Item) -> list[str]:
    """What a rule brings in money, and whom it is about, for the table of rules."""
    said = [f"claims {number(item.claim)}"] if item.claim else []
    said += [f"in fact owed {number(item.owed)}"] if item.owed else []
    return said + (["a firm's act, against the person responsible for it"] if item.subject == "firm" else [])


def channel_lines(it: Channel) -> Iterator[str]:
    """Whom a channel sees at all."""
    if it.only_on:
        yield f"    only people on {it.only_on}, while they are on it"


def false_lines(who: list[str] | None) -> Iterator[str]:
    """Whom a kind of false record can concern."""
    if who:
        yield f"    only of {', '.join(who)}{' (and children)' if 'resident' in who else ''}"


def picked(scheme: Scheme, name: str) -> Iterator[str]:
    """Whether people are picked for a list."""
    if scheme.officials and scheme.officials.selection and scheme.officials.selection.list == name:
        yield "    entered by those with the fewest points, picked by officials"
    if scheme.risk and scheme.risk.list == name:
        yield "    entered by those with the highest score of risk"


def gate_sentence(it: Gate) -> str:
    """What a gate does to those it stands against: it refuses, or it costs them more."""
    whom = "children of someone on" if it.on == "parent" else "people on"
    over = f"; beyond the rule also {', '.join(it.over.needs)}, {number(it.over.share)}" if it.over else ""
    if it.price:
        return f"Open to {whom} {it.list} at {number(it.price)} more: {', '.join(it.needs)}. Charged {number(it.compliance)}{over}."
    return f"Closed to {whom} {it.list}: {', '.join(it.needs)}. Refused {number(it.compliance)}{over}."


def ratings(block: Ratings | None) -> Iterator[str]:
    """What is rated, and how often a low rating is for nothing."""
    if block is None:
        return
    yield f"Each use ({', '.join(block.needs)}) is rated; what people do themselves is rated by {block.channel} like any act it sees."
    for group, share in block.unfair.items():
        yield f"- a low rating ({block.category}) for nothing they did, group {group}: {number(share)}"
    yield "Rules that hold for so many uses expire with use: a rolling mean."


def risk(block: Risk | None) -> Iterator[str]:
    """What a score of risk is made of, and whom it picks."""
    if block is None:
        return
    yield f"{sentence(block.text)} Every {number(block.every)} those with the highest score, {number(block.share)}, come on {block.list}."
    weights = block.weights
    for group, points in weights.group.items():
        yield f"- group {group}: {number(points)}"
    for third, points in zip(INCOME_THIRDS, weights.income or (), strict=False):
        yield f"- {third} third of incomes: {number(points)}"
    for what, one in (("a child in the household", weights.child), ("each point lost", weights.record), ("by chance, up to", block.noise)):
        if one:
            yield f"- {what}: {number(one)}"
