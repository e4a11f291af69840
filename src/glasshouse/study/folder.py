"""A run's folder: begun, resumed, and finished so that nothing half-written looks whole.

While a run is under way its folder holds `.unfinished/` (the plan's fingerprint and finished chunks) and nothing else of the run's files.
`record.json` is written last of all; a folder without it is no finished run.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from glasshouse.engine.work import Store, atomic
from glasshouse.files.errors import InputError

RECORD = "record.json"
UNFINISHED = ".unfinished"


def fingerprint(*parts: str) -> str:
    """Hash of everything that a run's results depend on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part.encode())
    return digest.hexdigest()


def open_folder(folder: Path, mark: str, *, overwrite: bool = False) -> Store:
    """Begin or resume a run in a folder.

    Raises
    ------
    InputError
        The folder holds something else: a finished run, another run under way, or files that are no run's.
    """
    begun = folder / UNFINISHED / "fingerprint"
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; --out names a folder for the run's files")
    if (folder / RECORD).exists() and not overwrite:
        raise InputError(f"{folder} already holds a finished run; name another folder, or add --overwrite to replace it")
    if begun.exists():
        if begun.read_text(encoding="utf-8") == mark:
            return Store(folder / UNFINISHED)
        if not overwrite:
            raise InputError(
                f"{folder} holds an unfinished run with other inputs or another version; name another folder, or add --overwrite"
            )
        shutil.rmtree(folder / UNFINISHED)
    elif folder.is_dir() and any(folder.iterdir()) and not (folder / RECORD).exists():
        raise InputError(f"{folder} exists and is not a run's folder; name another folder for --out")
    (folder / UNFINISHED).mkdir(parents=True, exist_ok=True)
    with atomic(begun) as part:
        part.write_text(mark, encoding="utf-8")
    for name in (RECORD, "report.html"):  # of the run that is being replaced: it must not look whole beside new files
        (folder / name).unlink(missing_ok=True)
    return Store(folder / UNFINISHED)


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
