"""Names that a file gives and names that it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.values import Empirical, Evidence, Rule, Source
from glasshouse.files.yaml import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


Named = tuple[Path, str, bool]  # where a source is named, its name, whether of a value
Seen = dict[int, tuple[Any, list[Named]]]  # by the identity of a block, which is kept so that no other takes it


def source_problems(model: BaseModel, sources: Mapping[str, Source], seen: Seen | None = None) -> Iterator[Problem]:
    """Sources that are named but not listed, and listed but not named. ``seen`` remembers blocks that variants of a file share."""
    used = set()
    for path, name, of_value in _of_blocks(model, {} if seen is None else seen):
        used.add(name)
        if name not in sources and not of_value:  # those of values are reported with the values
            yield unknown(path, "source", name, sources)
    for name in sources:
        if name not in used:
            yield Problem(
                ("sources", name), f"no value or sentence of this file rests on the source {quoted(name)}", warning=True, at_key=True
            )


def _of_blocks(model: BaseModel, seen: Seen) -> Iterator[Named]:
    if isinstance(name := getattr(model, "source", None), str):
        yield ("source",), name, False
    for field in type(model).model_fields:
        child = getattr(model, field)
        if isinstance(child, BaseModel | dict | list | tuple):
            if id(child) not in seen:
                seen[id(child)] = child, list(_named_sources(child, (field,)))
            yield from seen[id(child)][1]


def _named_sources(node: Any, path: Path) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(node, BaseModel):
        name = getattr(node, "source", None)
        if isinstance(name, str):
            yield (*path, "source"), name, isinstance(node, Empirical | Rule)
        if isinstance(node, Evidence):
            yield from (((*path, "disputed_by", i), name, False) for i, name in enumerate(node.disputed_by))
        for field in type(node).model_fields:
            child = getattr(node, field)
            if isinstance(child, BaseModel | dict | list | tuple):
                yield from _named_sources(child, (*path, field))
    elif isinstance(node, dict):
        if isinstance(name := node.get("source"), str):  # of a value that a setting would put in place: checked when it stands there
            yield (*path, "source"), name, True
        for key, child in node.items():
            yield from _named_sources(child, (*path, key))
    elif isinstance(node, list | tuple):
        for i, child in enumerate(node):
            yield from _named_sources(child, (*path, i))


def name_problems(model: BaseModel) -> Iterator[Problem]:
    """Names that a path could not spell (`lists.my.list.term`)."""
    name = getattr(model, "id", "")
    if not NAME.fullmatch(name):
        yield Problem(("id",), f"{quoted(name)} is not a name; {SPELLING}")
    for block in type(model).model_fields:
        entries = getattr(model, block)
        if isinstance(entries, dict):
            for key in entries:
                if not NAME.fullmatch(key):
                    yield Problem((block, key), f"{quoted(key)} is not a name; {SPELLING}", at_key=True)


SPELLING = "names consist of letters, digits, - and _, and begin with a letter or digit"
