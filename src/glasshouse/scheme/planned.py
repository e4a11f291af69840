"""Schemes that belong in the catalogue and are not yet files: `catalogue/planned.csv`, with what is documented and what is missing.

The texts name their sources by key in brackets; `catalogue/planned-sources.csv` lists each once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib import resources
from typing import get_args

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.read import package_ids
from glasshouse.scheme.model import Kind, Status

PACKAGE, FILE, SOURCES = "glasshouse.catalogue", "planned.csv", "planned-sources.csv"
COLUMNS = ("id", "name", "place", "years", "kind", "status", "what", "documented", "missing", "mechanism")
NOTHING = "Nothing in the sources read yet."
YEARS = re.compile(r"\d{4}|\d{4}-(\d{4})?|-\d{4}|n\.d\.")
KEY = re.compile(r"\[([a-z0-9-]+)\]")


@dataclass(frozen=True)
class PlannedSource:
    """Where a row's facts come from; `year` is "n.d." where the source bears no date, `url` empty where none is known."""

    key: str
    author: str
    year: str
    title: str
    url: str


@dataclass(frozen=True)
class Planned:
    """A scheme that is described and not yet a file.

    Attributes
    ----------
    years : str
        As in the catalogue ("2013-"); "n.d." where no source read gives them.
    documented : str
        What sources say, each named by its key in brackets; `NOTHING` where none was read.
    missing : str
        Evidence that a file would need.
    mechanism : str
        What the language of scheme files lacks for it.
    sources : tuple of PlannedSource
        Those that `documented` names.
    """

    id: str
    name: str
    place: str
    years: str
    kind: tuple[Kind, ...]
    status: Status
    what: str
    documented: str
    missing: str
    mechanism: str
    sources: tuple[PlannedSource, ...]


def planned() -> list[Planned]:
    """All rows, in file order.

    Raises
    ------
    InputError
        A file is damaged.
    """
    here = resources.files(PACKAGE)
    return read_planned(*((here / name).read_text(encoding="utf-8") for name in (FILE, SOURCES)))


def read_planned(text: str, sources: str) -> list[Planned]:
    """The rows of the two files, each checked."""
    known: dict[str, PlannedSource] = {}
    for line, cells in _rows(sources, SOURCES, tuple(field.name for field in fields(PlannedSource)), may_be_empty=("url",)):
        if cells["key"] in known:
            raise InputError(f"{SOURCES}:{line}: two sources have the key {quoted(cells['key'])}")
        known[cells["key"]] = PlannedSource(**cells)
    found: list[Planned] = []
    for line, cells in _rows(text, FILE, COLUMNS):
        kinds = tuple(cells.pop("kind").split(", "))
        _check(cells, kinds, line)
        if cells["id"] in [one.id for one in found]:
            raise InputError(f"{FILE}:{line}: two rows have the id {quoted(cells['id'])}")
        found.append(Planned(kind=kinds, sources=_named(cells, known, line), **cells))  # type: ignore[arg-type]  # words are checked above
    return found


def refuse_planned(ref: object) -> None:
    """Say of a scheme that is not yet a file what is missing.

    Raises
    ------
    InputError
        `ref` is the id of such a scheme.
    """
    if ref in package_ids(PACKAGE):
        return
    for one in planned():
        if one.id == ref:
            lacks = "" if one.mechanism.startswith("None") else f" The language lacks: {one.mechanism}"
            raise InputError(f"{one.id} is not yet a file. Missing: {one.missing}{lacks} See `glasshouse schemes --planned`.")


def _rows(text: str, file: str, columns: tuple[str, ...], may_be_empty: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line."""
    rows = csv.reader(text.splitlines())
    if tuple(next(rows, ())) != columns:
        raise InputError(f"{file}:1: the columns are {', '.join(columns)}")
    for line, cells in enumerate(rows, 2):
        if len(cells) != len(columns):
            raise InputError(f"{file}:{line}: {len(cells)} cells stand here; {len(columns)} are needed")
        row = dict(zip(columns, cells, strict=True))
        if empty := [name for name, cell in row.items() if not cell.strip() and name not in may_be_empty]:
            raise InputError(f"{file}:{line}: nothing stands in {', '.join(empty)}")
        yield line, row


def _check(row: dict[str, str], kinds: tuple[str, ...], line: int) -> None:
    for name, word, words in (*(("kind", kind, get_args(Kind)) for kind in kinds), ("status", row["status"], get_args(Status))):
        if word not in words:
            raise InputError(f"{FILE}:{line}: {quoted(word)} is no {name}{did_you_mean(word, words)}")
    if not YEARS.fullmatch(row["years"]):
        raise InputError(f"{FILE}:{line}: {quoted(row['years'])} are no years; write 2013, 2013-, 2013-2020, -2020 or n.d.")


def _named(row: dict[str, str], known: dict[str, PlannedSource], line: int) -> tuple[PlannedSource, ...]:
    """The sources that a row names, each once, in the order of the text."""
    keys = list(dict.fromkeys(KEY.findall(row["documented"])))
    if bool(keys) == (row["documented"] == NOTHING):
        raise InputError(f"{FILE}:{line}: what is documented names its sources by key in brackets, or says {quoted(NOTHING)}")
    for key in keys:
        if key not in known:
            raise InputError(f"{FILE}:{line}: {quoted(key)} is no source of {SOURCES}{did_you_mean(key, known)}")
    return tuple(known[key] for key in keys)
