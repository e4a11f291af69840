"""`glasshouse new FILE`: a first scheme of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

FILE = Parameter(name="FILE", help="The file to write; its name becomes the scheme's id. A file that exists is never replaced.")
KIND = Parameter(
    help="list: an act leads to a list; points: acts move points, and the lowest grade closes something; strikes: several records lead "
    "to a ban that can be objected to; world: a world that differs from the default one."
)


def new(
    file: Annotated[Path, FILE],
    /,
    *,
    kind: Annotated[Literal["list", "points", "strikes", "world"], KIND] = "list",
) -> None:
    """Write a small, commented scheme file to begin with."""
    from glasshouse.scheme.new import write_new

    print(write_new(file, kind))
    run = f"glasshouse run SCHEME --world {file}" if kind == "world" else f"glasshouse run {file} --people 15360 --seeds 2 --span 0"
    print(f"Next: glasshouse check {file}, then {run}")
