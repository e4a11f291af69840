"""`glasshouse check FILE...`: every fault of a file at once, each with its place."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from glasshouse.cli.options import flag

WORLD = Parameter(help="The world that schemes are checked against: an id or a world file. [default: the one each scheme's file names]")


def check(
    *files: Annotated[str, Parameter(name="FILE", help="Scheme or world files.", negative=())],
    world: Annotated[str | None, WORLD] = None,
    quiet: Annotated[bool, flag("Say nothing about files without faults.")] = False,
) -> int:
    """Check scheme and world files."""
    from glasshouse.files.errors import InputError

    if not files:
        raise InputError("check: name at least one file; for example `glasshouse check my-scheme.yaml`")
    passed = [_passes(file, world, quiet) for file in files]
    return 0 if all(passed) else 2


def _passes(file: str, world: str | None, quiet: bool) -> bool:
    """Print the faults of one file; a file that cannot be read does not keep the next from being checked."""
    from glasshouse.files.errors import InputError
    from glasshouse.scheme.check import check_file

    try:
        faults = check_file(file, world)
    except InputError as error:
        print(error, file=sys.stderr)
        return False
    for fault in faults:
        print(fault, file=sys.stderr)
    sound = all(fault.warning for fault in faults)
    if sound and not quiet:
        warnings = f", {len(faults)} warning{'s' if len(faults) > 1 else ''}" if faults else ""
        print(f"{file}: no faults{warnings}")
    return sound
