"""How far a long run is: a bar on a terminal, a line at each tenth otherwise, nothing when asked to be quiet."""

from __future__ import annotations

import sys
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

    from glasshouse.cli.screen import console

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)

        def report(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        yield report


class Lines:
    """A line when the work changes its name, and one at each tenth of it."""

    def __init__(self) -> None:
        self.last: tuple[str, int] = ("", -1)

    def __call__(self, done: int, total: int, what: str) -> None:
        tenth = 10 * done // total if total else 0
        if (what, tenth) != self.last:
            self.last = (what, tenth)
            print(f"{what}: {10 * tenth} %", file=sys.stderr, flush=True)
