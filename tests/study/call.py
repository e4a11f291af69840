"""A small real run of a documented scheme, and what of its folder must be the same however it came about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import glasshouse as gh
from glasshouse.study.run import StudyResult

SCHEME = "judgment-defaulters"
SMALL: dict[str, Any] = {"people": 400, "years": 1, "seed": 3, "seeds": 2, "span": 1}
RESULTS = ("outcomes.parquet", "summary.csv", "summary.json", "lives.parquet", "study.json", "scheme.yaml", "world.yaml")
WHOLE = ("record.json", "report.html")  # what a reader takes for a finished run


def run(folder: Path, **changes: Any) -> StudyResult:
    """Run the small scheme into a folder, on one thread unless told otherwise."""
    return gh.run(SCHEME, out=folder, **{"threads": 1, **SMALL, **changes})


def results(folder: Path) -> dict[str, bytes]:
    """The bytes of everything that a run found."""
    return {name: (folder / name).read_bytes() for name in RESULTS}


def record(folder: Path) -> dict[str, Any]:
    """The record of a finished run."""
    found: dict[str, Any] = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    return found


def unfinished_only(folder: Path) -> bool:
    """Whether a folder holds a run under way and nothing else."""
    return [path.name for path in folder.iterdir()] == [".unfinished"]
