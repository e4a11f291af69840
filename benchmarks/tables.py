"""Tables and numbers in Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def short(x: float) -> str:
    """Three figures, without powers of ten."""
    return f"{x:,.0f}" if x >= 100 else f"{x:.3g}"


def spread_words(s: dict[str, Any]) -> str:
    """A median with the least and the most."""
    return f"{short(s['median'])} ({short(s['least'])} to {short(s['most'])})"


def megabytes(x: float) -> str:
    """Bytes as megabytes."""
    return f"{x / 1e6:.0f}"
