"""The publications that rows compare with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.yaml import parse

READ = ("full text", "abstract", "authors' code", "secondary")
FIELDS = ("author", "year", "title", "where", "read")


@dataclass(frozen=True)
class Source:
    """A publication, and what of it was read."""

    key: str
    author: str
    year: int
    title: str
    where: str = ""
    read: str = "secondary"

    def __str__(self) -> str:
        where = f" {self.where}." if self.where else ""
        return f"{self.author} ({self.year}): {self.title}.{where} Read: {self.read}."


@cache
def sources() -> dict[str, Source]:
    """Every publication by its key.

    Raises
    ------
    InputError
        An entry without author, year or title, or with something else.
    """
    text = resources.files("glasshouse.validation").joinpath("sources.yaml").read_text(encoding="utf-8")
    return {key: _source(key, said) for key, said in (parse(text).data or {}).items()}


def _source(key: str, said: dict[str, Any]) -> Source:
    for name in said:
        if name not in FIELDS:
            raise InputError(f"sources.yaml: {key}: unknown key {quoted(name)}{did_you_mean(name, FIELDS)}")
    for name in ("author", "year", "title"):
        if not said.get(name):
            raise InputError(f"sources.yaml: {key}: no {name}")
    parts = [part for part in str(said.get("read", READ[-1])).replace(" and ", ", ").split(", ") if part]
    for part in parts:
        if part not in READ:
            raise InputError(f"sources.yaml: {key}: read is {quoted(part)}{did_you_mean(part, READ)}")
    return Source(key, str(said["author"]), int(said["year"]), str(said["title"]), str(said.get("where") or ""), ", ".join(parts))
