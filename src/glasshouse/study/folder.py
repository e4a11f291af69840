"""A run's folder: begun, resumed, and finished so that nothing half-written looks whole.

While a run is under way its folder holds `.unfinished/` (the plan's fingerprint and finished chunks) and nothing else of the run's files.
`record.json` is written last of all; a folder without it is no finished run.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import glasshouse
from glasshouse.engine.work import Store, atomic
from glasshouse.files.errors import InputError

RECORD = "record.json"
UNFINISHED = ".unfinished"
OUTPUTS = ("summary.csv", "summary.json", "outcomes.parquet", "lives.parquet", "study.json", "scheme.yaml", "world.yaml")
FILES = (RECORD, "report.html", "datapackage.json", "ro-crate-metadata.json", *OUTPUTS)
NOT_RESULTS = {"report", "cli", "catalogue"}  # folders of the package whose code changes no figure; the schemes' texts are hashed as such


def fingerprint(*parts: str) -> str:
    """Hash of everything that a run's results depend on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part.encode())
    return digest.hexdigest()


def code_hash(root: Path | None = None) -> str:
    """Hash of all code that a run's results depend on: what was lived under other code is never taken for the present run's."""
    root = root or Path(glasshouse.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] not in NOT_RESULTS:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def open_folder(folder: Path, mark: str, *, overwrite: bool = False) -> Store:
    """Begin or resume a run in a folder.

    Raises
    ------
    InputError
        The folder holds something else: a finished run, another run under way, or files that are no run's.
    """
    working = folder / UNFINISHED
    begun = working / "fingerprint"
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; --out names a folder for the run's files")
    if (folder / RECORD).exists() and not overwrite:
        raise InputError(f"{folder} already holds a finished run; name another folder, or add --overwrite to replace it")
    same = begun.exists() and begun.read_text(encoding="utf-8") == mark
    if begun.exists() and not same and not overwrite:
        raise InputError(f"{folder} holds an unfinished run with other inputs or another version; name another folder, or add --overwrite")
    if not begun.exists() and _holds_something_else(folder):
        raise InputError(f"{folder} exists and is not a run's folder; name another folder for --out")
    if not same:
        if working.exists():
            shutil.rmtree(working)
        working.mkdir(parents=True)
        with atomic(begun) as part:
            part.write_text(mark, encoding="utf-8")
    # What is there of a run that is replaced, or was killed while it wrote: the record first, so that nothing looks whole beside new files.
    for old in [*(folder / name for name in FILES), *folder.glob(".part-*")]:
        old.unlink(missing_ok=True)
    return Store(working)


def _holds_something_else(folder: Path) -> bool:
    """Whether there are files in a folder that no run of ours left there. A run killed at its very start leaves only its working folder."""
    return folder.is_dir() and not (folder / RECORD).exists() and any(path.name != UNFINISHED for path in folder.iterdir())


def write_text(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8")


def write_json(path: Path, value: object) -> None:
    """Write JSON, readable, in UTF-8, with a stable order of keys."""
    write_text(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def close_folder(folder: Path, record: dict[str, object]) -> None:
    """Finish: the record goes last, then the working files go."""
    write_json(folder / RECORD, record)
    shutil.rmtree(folder / UNFINISHED, ignore_errors=True)


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
