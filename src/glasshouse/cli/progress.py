"""How far a long run is: a bar on a terminal, a line at each tenth otherwise, nothing when asked to be quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int, str], None]


@contextmanager
def progress(quiet: bool) -> Iterator[Report]:
    """A function to call with (done, total, what is being done).

    Everything goes to standard error, so that standard output holds only results.
    """
    if quiet:
        yield _silent
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield Lines()


def _silent(done: int, total: int, what: str) -> None:
    """Say nothing."""


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from glasshouse.cli.terminal import console

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)

        def report(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        yield report


class Lines:
    """A line when the work changes its name, when it is done, and at most one a second at each tenth between."""

    def __init__(self) -> None:
        self.what, self.tenth, self.said = "", -1, 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        tenth, now = 10 * done // total if total else 0, time.monotonic()
        new = what != self.what
        if new or (tenth > self.tenth and (now - self.said >= 1 or done == total)):
            self.what, self.tenth, self.said = what, tenth, now
            share = f": {10 * tenth} %" if total > 1 else ""
            print(f"{what}{share}", file=sys.stderr, flush=True)
