"""`glasshouse report DIR`: the report of a finished run, written again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def report(folder: Annotated[Path, Parameter(name="DIR", help="The folder of a finished run.")], /) -> None:
    """Write the report of a finished run again."""
    from glasshouse.files.errors import InputError

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder")
    if not (folder / "record.json").is_file():
        raise InputError(f"{folder}: not the folder of a finished run (it holds no record.json)")

    from glasshouse.report.html import write_report

    print(write_report(folder))
