"""`glasshouse schemes`: the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from glasshouse.cli.options import flag

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme

COLUMNS = ("id", "name", "place", "years", "kind", "status", "five most influential values rest on")
NOTE = (
    "Counted are the values that move the answer of the standard run most, as far as its span can tell, then those with the widest ranges. "
    "`glasshouse show ID` has them all."
)


def schemes(*, json: Annotated[bool, flag("Print JSON.")] = False) -> None:
    """List the catalogue.

    Parameters
    ----------
    json : bool
        Print JSON.
    """
    from glasshouse.cli.terminal import console, print_json, table
    from glasshouse.files.read import package_ids

    found = [_entry(name) for name in package_ids("glasshouse.catalogue")]
    if json:
        print_json(found)
        return
    screen = console()
    screen.print(table(COLUMNS, [[entry[c] if c != "kind" else ", ".join(entry[c]) for c in COLUMNS] for entry in found]))
    screen.print(NOTE, soft_wrap=True)


def _entry(name: str) -> dict[str, Any]:
    from glasshouse.cli.values import rests_on
    from glasshouse.scheme.load import load_scheme

    scheme = load_scheme(name)
    return {
        "id": scheme.id, "name": scheme.name, "place": scheme.place, "years": years(scheme), "kind": list(scheme.kind),
        "status": scheme.status, "world": scheme.world, COLUMNS[-1]: rests_on(scheme),
    }  # fmt: skip


def years(scheme: Scheme) -> str:
    """The years a scheme ran: "2013-", "2010-2013"."""
    first, last = scheme.years
    if first is None and last is None:
        return ""
    return f"{first or ''}-{last or ''}" if first != last else f"{first}"
