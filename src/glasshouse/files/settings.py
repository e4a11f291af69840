"""Dotted paths into a scheme or world: for `--set PATH=VALUE`, for scenarios, and for the span over assumptions.

`false_records.name-collision.rate` names a value of a scheme; `rules.items.W001.points` a part of the rule whose id is W001;
`world:conduct.theft.rate` (the prefix is taken off by `for_world`) a value of a world.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.shape import shaped
from glasshouse.files.values import Empirical, Rule

M = TypeVar("M", bound=BaseModel)
WORLD = "world:"


class NoSuchPath(InputError):
    """Nothing stands at a path."""


def get_value(model: BaseModel, path: str) -> Any:
    """What stands at a path: an `Empirical`, a `Rule`, a number, a text, a block.

    Raises
    ------
    NoSuchPath
        The message says what is allowed there.
    """
    node: Any = model
    for i, step in enumerate(_steps(path)):
        node = _child(node, step, path, i)
    return node


def with_values(model: M, values: Mapping[str, object]) -> M:
    """A copy with other values at some paths.

    Setting an empirical value replaces its central value (its range stays, and is stretched where it no longer holds the
    value); setting rule text replaces its value; anything else is replaced as it is. A whole mapping replaces a value or block
    whole, or adds one that is not there; `None` takes away what may be absent, or one entry of a mapping or list.

    Raises
    ------
    NoSuchPath
        Nothing stands at one of the paths.
    InputError
        A value that cannot stand there.
    """
    for path, value in values.items():
        model = _replaced(model, _steps(path), value, path)
    return model


def empirical_values(scheme: BaseModel, world: BaseModel | None = None) -> list[tuple[str, Empirical]]:
    """Every empirical value with its path, in file order; those of the world follow, with `world:` before the path."""
    found = list(_empirical(scheme, ""))
    return found + ([(WORLD + path, v) for path, v in _empirical(world, "")] if world is not None else [])


def for_world(values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Settings of the scheme, and those of the world without their prefix.

    Raises
    ------
    InputError
        A setting would put another world in place: that is chosen once, for a whole run.
    """
    if "world" in values:
        raise InputError("'world': a run is lived in one world; name it with --world (in Python, world=...)")
    scheme = {k: v for k, v in values.items() if not k.startswith(WORLD)}
    return scheme, {k[len(WORLD) :]: v for k, v in values.items() if k.startswith(WORLD)}


def children(node: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a block by the names that paths use: list entries go by their `id` or `name`, else by position from 0."""
    if isinstance(node, BaseModel):
        yield from ((name, getattr(node, name)) for name in type(node).model_fields)
    elif isinstance(node, Mapping):
        yield from node.items()
    elif isinstance(node, list | tuple):
        for i, child in enumerate(node):
            yield str(getattr(child, "id", None) or getattr(child, "name", None) or i), child


def _empirical(node: Any, path: str) -> Iterator[tuple[str, Empirical]]:
    if isinstance(node, Empirical):
        yield path, node
    elif not isinstance(node, Rule):
        for name, child in children(node):
            yield from _empirical(child, f"{path}.{name}" if path else name)


def _steps(path: str) -> list[str]:
    return path.split(".")


def _child(node: Any, step: str, path: str, i: int) -> Any:
    parts = dict(children(node))
    if step in parts:
        return parts[step]
    before = ".".join(_steps(path)[:i])
    if not parts:
        raise NoSuchPath(f"{quoted(path)}: nothing is inside {quoted(before)}")
    raise NoSuchPath(f"{quoted(path)}: there is no {quoted(step)}{f' in {quoted(before)}' if before else ''}{did_you_mean(step, parts)}")


def _replaced(node: Any, steps: list[str], value: object, path: str) -> Any:
    if not steps:
        return _leaf(node, value, path)
    step, rest = steps[0], steps[1:]
    if isinstance(node, Mapping) and not rest and isinstance(value, Mapping):
        return {**node, step: value}  # an entry more, or another in its place
    child = _child(node, step, path, len(_steps(path)) - len(steps))
    new = _replaced(child, rest, value, path)
    if isinstance(node, BaseModel):
        return _remade(node, {**_fields(node), step: new}, path)
    gone = new is None and not rest
    if isinstance(node, Mapping):
        return {name: entry for name, entry in node.items() if name != step} if gone else {**node, step: new}
    entries = [new if name == step else entry for name, entry in children(node) if not (gone and name == step)]
    return tuple(entries) if isinstance(node, tuple) else entries


def _leaf(node: Any, value: object, path: str) -> Any:
    if not isinstance(node, Empirical | Rule) or value is None or isinstance(value, Mapping):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{quoted(path)}: a number is needed, not {quoted(value)}")
    changed: dict[str, Any] = {"value": value}
    if isinstance(node, Empirical):
        changed["range"] = (min(node.range[0], value), max(node.range[1], value))
    return _remade(node, {**_fields(node), **changed}, path)


def _fields(node: BaseModel) -> dict[str, Any]:
    return {name: getattr(node, name) for name in type(node).model_fields}


def _remade(node: BaseModel, fields: dict[str, Any], path: str) -> BaseModel:
    """The model again, checked; only fields that the file set are marked as set."""
    try:
        return type(node).model_validate(fields)
    except ValidationError:
        problems: Iterable[Any] = shaped({k: plain(v) for k, v in fields.items()}, type(node), {})[1]
        raise InputError(f"{quoted(path)}: " + "; ".join(p.text for p in problems)) from None


def plain(node: Any) -> Any:
    """A model as the dicts, lists and scalars of a file."""
    if isinstance(node, BaseModel):
        return {name: plain(child) for name, child in _fields(node).items()}
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.items()}
    return [plain(child) for child in node] if isinstance(node, list | tuple) else node
