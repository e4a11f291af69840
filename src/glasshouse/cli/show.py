"""`glasshouse show ID`: a scheme in plain words, or its values as a table for a paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from glasshouse.cli.options import flag

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme

ID = Parameter(name="SCHEME", help="A catalogue id or a scheme file.")


def show(
    scheme: Annotated[str, ID],
    /,
    *,
    table: Annotated[Literal["markdown", "csv", "latex"] | None, Parameter(help="Only the values, as a table for a paper.")] = None,
    json: Annotated[bool, flag("Print the resolved scheme as JSON, every default written out.")] = False,
) -> None:
    """Describe a scheme in plain words, each value with its evidence."""
    from glasshouse.files.errors import InputError
    from glasshouse.scheme.load import load_scheme

    if table and json:
        raise InputError("show: choose one of --table and --json")
    found = load_scheme(scheme)
    if json:
        from glasshouse.cli.terminal import print_json

        print_json(found.model_dump(mode="json"))
    elif table:
        from glasshouse.cli.paper import write_table

        write_table(found, table, sys.stdout)
    else:
        describe(found)


def describe(scheme: Scheme) -> None:
    """The whole scheme, section by section."""
    from glasshouse.cli.terminal import console
    from glasshouse.cli.words import sections

    screen = console()
    for title, body in sections(scheme):
        screen.print()
        screen.print(title, style="bold")
        for part in body:
            if isinstance(part, str):
                screen.print(part, soft_wrap=not screen.is_terminal)
            else:
                screen.print(part)
