"""What a referee needs: versions, inputs, outputs with their hashes, time and machine; RO-Crate and Data Package beside it."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from glasshouse.study.folder import OUTPUTS, file_hash, write_json

ABOUT = {
    "summary.csv": "Every outcome: central value, range over seeds (chance), range over stated assumptions (span).",
    "summary.json": "The same as summary.csv, as JSON.",
    "outcomes.parquet": "Outcomes by arm, seed, setting, week, group and class, one value a row.",
    "lives.parquet": "Dated events of a few invented people in every arm.",
    "study.json": "The headline curve, scenarios, the values that the span moved, and commonest paths to a wrongful entry.",
    "scheme.yaml": "The scheme as resolved, every default written out.",
    "world.yaml": "The world as resolved, every default written out.",
}
LINE = "Invented people; not a forecast; not evidence that any real scheme is safe, lawful or fair."


def machine() -> dict[str, Any]:
    """The machine and the libraries that the run used."""
    names = ("numpy", "numba", "scipy", "pyarrow", "pydantic")
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "byteorder": sys.byteorder,
        "libraries": {n: version(n) for n in names},
    }


def make_record(folder: Path, *, inputs: dict[str, Any], seconds: float, cpu_seconds: float, engine: str) -> dict[str, object]:
    """The content of record.json."""
    import glasshouse

    return {
        "glasshouse": glasshouse.__version__,
        "engine": engine,
        "note": LINE,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu_seconds, 1),
        "machine": machine(),
        **inputs,
        "outputs": {name: file_hash(folder / name) for name in OUTPUTS if (folder / name).exists()},
    }


def write_packages(folder: Path, title: str) -> None:
    """`datapackage.json` (Frictionless) and `ro-crate-metadata.json` (RO-Crate 1.1), for archives."""
    files = [n for n in OUTPUTS if (folder / n).exists()]
    write_json(
        folder / "datapackage.json",
        {
            "profile": "data-package",
            "name": "glasshouse-run",
            "title": title,
            "description": LINE,
            "licenses": [{"name": "CC0-1.0"}],
            "resources": [
                {"name": n.replace(".", "-"), "path": n, "description": ABOUT[n], "hash": f"sha256:{file_hash(folder / n)}"} for n in files
            ],
        },
    )
    root = {"@id": "./", "@type": "Dataset", "name": title, "description": LINE, "hasPart": [{"@id": n} for n in files]}
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    parts = [{"@id": n, "@type": "File", "description": ABOUT[n], "sha256": file_hash(folder / n)} for n in files]
    write_json(folder / "ro-crate-metadata.json", {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, *parts]})
