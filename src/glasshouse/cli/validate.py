"""`glasshouse validate [NAME...]`: what others proved, published and counted, beside what Glasshouse says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from glasshouse.cli.options import flag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table as Shown

    from glasshouse.validation.rows import Table
    from glasshouse.validation.run import Ran

WHAT = Parameter(name="NAME", help="A row, a topic (such as detection) or a table (theory, models, world). None: everything.")
FAILED = 1


def validate(
    *what: Annotated[str, WHAT],
    quick: Annotated[bool, flag("Less chance runs, and only the rows of a few seconds.")] = False,
    wrong: Annotated[bool, flag("Run the deliberately wrong variants too: each must be noticed.")] = False,
    json: Annotated[bool, flag("Print JSON.")] = False,
) -> int:
    """Compare with exact theory, with others' models and with figures of the world.

    Returns
    -------
    int
        1 if a row differs from its target without a reason, could not be run, or does not notice a wrong variant; else 0.
    """
    from glasshouse.cli.progress import progress
    from glasshouse.validation.registry import chosen
    from glasshouse.validation.rows import Size
    from glasshouse.validation.run import run_rows

    rows = chosen(what)
    with progress(quiet=False) as report:
        done = run_rows(rows, Size.QUICK if quick else Size.FULL, wrong=wrong, report=report)
    if json:
        from glasshouse.cli.terminal import print_json

        print_json([ran.as_json() for ran in done])
    else:
        show(done)
    return FAILED if any(ran.failed for ran in done) else 0


def show(done: Sequence[Ran]) -> None:
    """The tables, and below them what did not go as it should."""
    from glasshouse.cli.terminal import console
    from glasshouse.validation.rows import Table
    from glasshouse.validation.words import closing, wrong_lines

    screen = console()
    for which in Table:
        rows = [ran for ran in done if ran.table is which]
        if rows:
            screen.print()
            screen.print(table_of(which, rows))
    for text in [*wrong_lines(done), *closing(done)]:
        screen.print(text, soft_wrap=True)


def table_of(which: Table, rows: Sequence[Ran]) -> Shown:
    """A table whose first column says what a row is about, with its name below."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    from glasshouse.validation.words import COLUMNS, RIGHT, about, line, titles

    made = RichTable(box=box.SIMPLE_HEAD, title=titles(which), title_justify="left", title_style="bold", pad_edge=False)
    for name in COLUMNS[which]:
        number = name in RIGHT
        made.add_column(name, justify="right" if number else "left", overflow="fold", no_wrap=number)
    for ran in rows:
        made.add_row(Text.assemble(about(ran), "\n", (ran.name, "dim")), *(Text(cell) for cell in line(ran)))
    return made
