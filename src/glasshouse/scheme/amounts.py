"""Amounts of money in a scheme file, and the currency that they are in."""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.values import Empirical, Rule
from glasshouse.files.yaml import Path
from glasshouse.scheme.model import Scheme


def amounts(scheme: Scheme) -> Iterator[tuple[Path, Rule | Empirical]]:
    """Every amount with its place: what rules claim, what is in fact owed, and what gates cost the listed."""
    for i, item in enumerate(scheme.rules.items if scheme.rules else []):
        for key, amount in (("claim", item.claim), ("owed", item.owed)):
            if amount is not None:
                yield ("rules", "items", i, key), amount
    for name, gate in scheme.gates.items():
        if gate.price is not None:
            yield ("gates", name, "price"), gate.price


def currency(scheme: Scheme) -> str:
    """The currency of a scheme's first amount; empty where no money is involved."""
    return next((str(amount.unit) for _, amount in amounts(scheme) if amount.unit), "")
