"""What is wrong with an input, in words a file's author can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class InputError(Exception):
    """Bad input: a file, a setting or an argument. The command line prints it and exits with 2."""


@dataclass(frozen=True)
class Fault:
    """One mistake in a file, with the place it was made.

    Attributes
    ----------
    line, column : int
        Counted from 1.
    text : str
        What is wrong; what is allowed; did you mean.
    source : str
        The line of the file.
    """

    file: str
    line: int
    column: int
    text: str
    source: str
    warning: bool = False

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}:{self.column}: {'warning: ' if self.warning else ''}{self.text}"
        return f"{head}\n{excerpt(self.source, self.column)}" if self.source else head


class FileFaults(InputError):
    """All faults of one file at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        given = list(faults)
        files = list(dict.fromkeys(f.file for f in given))
        self.faults = sorted(given, key=lambda f: (files.index(f.file), f.line, f.column, f.text))
        super().__init__("\n".join(str(f) for f in self.faults))


WIDTH = 110


def excerpt(source: str, column: int) -> str:
    """The line of the file and a caret under the column; long lines are cut around it."""
    at = min(column - 1, len(source))
    start = max(0, at - WIDTH // 2) if len(source) > WIDTH else 0
    shown = source[start : start + WIDTH]
    return f"    {printable(shown)}\n    {' ' * (at - start)}^"


def printable(text: str) -> str:
    """Text safe for a terminal: control characters become a question mark, tabs a space (so that carets stay in place)."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "?" for c in text)


def quoted(word: object) -> str:
    """A word from a file, quoted and cut to a bearable length."""
    text = printable(str(word))
    return f"'{text[:60]}...'" if len(text) > 63 else f"'{text}'"


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """The end of a message: what is allowed, and the nearest allowed word.

    Examples
    --------
    >>> did_you_mean("colour", ["color", "size"])
    "; allowed: color, size; did you mean 'color'?"
    """
    names = list(dict.fromkeys(allowed))
    near = closest(word, names)
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return (f"; allowed: {shown}" if names else "; none is defined") + (f"; did you mean {quoted(near)}?" if near else "")


def closest(word: str, allowed: Iterable[str], alike: float = 0.6) -> str | None:
    """The allowed word that is nearest to a mistyped one, if any is near."""
    return next(iter(get_close_matches(word[:80], list(allowed), n=1, cutoff=alike)), None)
