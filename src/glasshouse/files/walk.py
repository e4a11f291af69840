"""Every value of a read file, with what it measures and the source that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from glasshouse.files.values import Empirical, Quantity, Rule
from glasshouse.files.yaml import Path


@dataclass(frozen=True)
class Found:
    """A value of a file.

    Attributes
    ----------
    path : tuple
        Keys and positions, as in the file.
    measures : str or None
        What the number measures (`Quantity.kind`).
    source : str or None
        The source of the nearest enclosing block that has one.
    """

    path: Path
    value: Empirical | Rule
    measures: str | None
    source: str | None


Walked = dict[
    tuple[int, str | None], tuple[Any, list[Found]]
]  # by the identity of a block (kept, so that no other takes it) and its source


def values(model: BaseModel, seen: Walked | None = None) -> Iterator[Found]:
    """Rule text and empirical values, in file order. ``seen`` remembers blocks that variants of a file share."""
    if seen is None:
        yield from _walk(model, (), None, None)
        return
    source = getattr(model, "source", None)
    for name, kind in _kinds(type(model)):
        child = getattr(model, name)
        if isinstance(child, BaseModel | dict | list | tuple):
            key = id(child), source
            if key not in seen:
                seen[key] = child, list(_walk(child, (name,), kind, source))
            yield from seen[key][1]


def _walk(node: Any, path: Path, measures: str | None, source: str | None) -> Iterator[Found]:
    if isinstance(node, Empirical | Rule):
        yield Found(path, node, measures, source)
    elif isinstance(node, BaseModel):
        source = getattr(node, "source", None) or source
        for name, kind in _kinds(type(node)):
            child = getattr(node, name)
            if isinstance(child, BaseModel | dict | list | tuple):
                yield from _walk(child, (*path, name), kind, source)
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _walk(child, (*path, key), measures, source)
    elif isinstance(node, list | tuple):
        for i, child in enumerate(node):
            yield from _walk(child, (*path, i), measures, source)


@cache
def _kinds(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """Fields of a model with what their values measure."""
    return tuple(
        (name, next((m.kind for m in f.metadata if isinstance(m, Quantity)), None) or _measured(f.annotation))
        for name, f in model.model_fields.items()
    )


def _measured(annotation: Any) -> str | None:
    if get_origin(annotation) is Annotated:
        for extra in annotation.__metadata__:
            if isinstance(extra, Quantity):
                return extra.kind
    return next((kind for part in get_args(annotation) if (kind := _measured(part))), None)
