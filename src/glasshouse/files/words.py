"""Texts of a file as they are shown."""

from __future__ import annotations

INCOME_THIRDS = ("lowest", "middle", "highest")


def sentence(text: str) -> str:
    """A text from a file with a full stop, so that another sentence may follow."""
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."
