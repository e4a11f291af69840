"""`glasshouse check FILE...`: every fault of a file at once, each with its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from glasshouse.cli.options import flag


def check(
    *files: Annotated[Path, Parameter(name="FILE", help="Scheme or world files.", negative=())],
    quiet: Annotated[bool, flag("Say nothing about files without faults.")] = False,
) -> int:
    """Check scheme and world files."""
    from glasshouse.files.errors import InputError
    from glasshouse.scheme.check import check_file

    if not files:
        raise InputError("check: name at least one file; for example `glasshouse check my-scheme.yaml`")
    bad = 0
    for file in files:
        faults = check_file(file)
        errors = [fault for fault in faults if not fault.warning]
        bad += bool(errors)
        for fault in faults:
            print(fault, file=sys.stderr)
        if not errors and not quiet:
            print(f"{file}: no faults" + (f", {len(faults)} to look at" if faults else ""))
    return 2 if bad else 0
