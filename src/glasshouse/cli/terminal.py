"""What reaches the terminal: a console that keeps to the terminal's width, tables, and JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPED_WIDTH = 120  # columns where the output is a file or a pipe


def console(error: bool = False) -> Console:
    """A console on standard output, or on standard error for what is not the answer itself."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None, right: Sequence[str] = ()) -> Table:
    """A table with plain headings; columns named in `right` hold numbers."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for place, name in enumerate(columns):  # the first column says what a row is: it is never broken
        made.add_column(name, justify="right" if name in right else "left", overflow="fold", no_wrap=place == 0)
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def print_json(value: Any) -> None:
    """A value as indented JSON on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")
