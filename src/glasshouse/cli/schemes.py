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
PLANNED = "None of these can be run. What is documented, with its sources: `--planned --json`, or docs/catalogue/index.md."
MORE = "`glasshouse schemes --planned` says what is missing."


def schemes(
    *,
    planned: Annotated[bool, flag("Schemes that are described but not yet files, and what is missing.")] = False,
    json: Annotated[bool, flag("Print JSON.")] = False,
) -> None:
    """List the catalogue."""
    from glasshouse.cli.terminal import console, print_json, table
    from glasshouse.files.read import package_ids
    from glasshouse.scheme.planned import planned as not_yet

    if planned:
        _planned(json)
        return
    found = [_entry(name) for name in package_ids("glasshouse.catalogue")]
    if json:
        print_json(found)
        return
    screen = console()
    screen.print(table(COLUMNS, [[entry[c] if c != "kind" else ", ".join(entry[c]) for c in COLUMNS] for entry in found]))
    screen.print(NOTE, soft_wrap=True)
    if waiting := len(not_yet()):
        schemes_are = "scheme is" if waiting == 1 else "schemes are"
        screen.print(f"{waiting} more {schemes_are} described, without a file yet: {MORE}", soft_wrap=True)


def _planned(json: bool) -> None:
    """What is described and cannot be run."""
    from dataclasses import asdict

    from glasshouse.cli.terminal import console, print_json, table
    from glasshouse.scheme.planned import planned

    if json:
        print_json([asdict(one) for one in planned()])
        return
    screen = console()
    rows = [[one.id, one.what, one.missing, one.mechanism] for one in planned()]
    screen.print(table(["id", "what it is", "what is missing", "what the language lacks"], rows))
    screen.print(PLANNED, soft_wrap=True)


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
