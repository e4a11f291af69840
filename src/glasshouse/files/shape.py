"""Does the data have the shape of the model? Pydantic's answers in the words of a file's author, with places."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from glasshouse.files.errors import closest, did_you_mean, quoted
from glasshouse.files.read import Problem
from glasshouse.files.yaml import Path

M = TypeVar("M", bound=BaseModel)
MOST = 400  # faults looked at; a hostile file may hold a million
NotRun = Mapping[str, Mapping[str, str]]  # model name -> key -> what the key would do


def shaped(data: Any, model: type[M], not_run: NotRun) -> tuple[M | None, list[Problem]]:
    """The model, where the data has its shape, and all that is wrong.

    A mistyped key is reported once and then read as the key it was meant to be, so that the rest of the file is still checked.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)[:MOST]
    problems = [_problem(d, data, model, not_run) for d in details]
    mended, renamed = _mend(data, details, model, not_run)
    try:
        return model.model_validate(mended), problems_left(problems, renamed)
    except ValidationError as error:
        again = error.errors(include_url=False)[:MOST]
        left = {_path(d["loc"], mended) for d in again}
        kept = [p for p in problems_left(problems, renamed) if p.at_key or p.path in left]
        known = {p.path for p in kept}
        more = [_problem(d, mended, model, not_run) for d in again]
        return None, kept + [p for p in more if p.path not in known]


def problems_left(problems: list[Problem], renamed: set[Path]) -> list[Problem]:
    """Without the keys that are only missing because they were mistyped."""
    return [p for p in problems if p.path not in renamed]


def _mend(data: Any, details: list[ErrorDetails], model: type[BaseModel], not_run: NotRun) -> tuple[Any, set[Path]]:
    """A copy without unknown keys; a mistyped one under the name it was meant to have."""
    mended, renamed = _copy(data), set()
    for d in details:
        if d["type"] != "extra_forbidden":
            continue
        *outer, key = path = _path(d["loc"], data)
        home = mended
        for step in outer:
            home = home[step]
        value = home.pop(key)
        free = [k for k in allowed_keys(model, data, path[:-1]) if k not in home]
        meant = closest(str(key), free, alike=0.75)
        if meant and not _future(model, data, path, not_run):
            home[meant] = value
            renamed.add((*outer, meant))
    return mended, renamed


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _copy(v) for k, v in data.items()}
    return [_copy(v) for v in data] if isinstance(data, list) else data


def _path(loc: tuple[int | str, ...], data: Any) -> Path:
    """Pydantic's place without the names of union members, which are not keys of the file."""
    out: list[int | str] = []
    for i, step in enumerate(loc):
        inside = (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int) and step < len(data))
        if inside:
            out.append(step)
            data = data[step]
        elif i + 1 == len(loc) and isinstance(data, dict | list):
            out.append(step)
    return tuple(out)


def _problem(d: ErrorDetails, data: Any, model: type[BaseModel], not_run: NotRun) -> Problem:
    path, kind = _path(d["loc"], data), d["type"]
    name = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        future = _future(model, data, path, not_run)
        if future:
            return Problem(path, f"this version does not run {quoted(name)} yet ({future})", at_key=True)
        return Problem(path, f"unknown key {quoted(name)}{did_you_mean(name, allowed_keys(model, data, path[:-1]))}", at_key=True)
    if kind == "missing" and isinstance(path[-1], int):
        return Problem(path[:-1], f"a value is missing here: this list needs at least {path[-1] + 1}")
    if kind == "missing":
        return Problem(path, f"{quoted(name)} is missing here{_what(model, data, path)}")
    return Problem(path, _wrong(d, types_at(model, data, path)))


def _future(model: type[BaseModel], data: Any, path: Path, not_run: NotRun) -> str | None:
    """What a key of a later version would do."""
    owner = model_at(model, data, path[:-1])
    return not_run.get(owner.__name__ if owner else "", {}).get(str(path[-1]))


ENDINGS = {
    "string_type": "a text is needed here (quote it if it looks like a number)",
    "float_type": "a number is needed here",
    "int_type": "a whole number is needed here",
    "bool_type": "true or false is needed here",
    "list_type": "a list is needed here, such as [a, b]",
    "tuple_type": "a list is needed here, such as [1, 2]",
    "dict_type": "a mapping is needed here, such as {key: value}",
    "model_type": "a mapping is needed here, such as {key: value}",
    "finite_number": "a finite number is needed here",
    "int_from_float": "a whole number is needed here",
    "none_required": "nothing may stand here",
}


def _wrong(d: ErrorDetails, types: list[Any]) -> str:
    kind, given = d["type"], d["input"]
    if kind == "literal_error":
        return f"{shown(given)} is not possible here{did_you_mean(str(given), _words(types))}"
    if kind in ("too_short", "too_long"):
        needed = d["ctx"].get("min_length", d["ctx"].get("max_length"))
        return f"{d['ctx'].get('actual_length', 0)} values stand here; {needed} are needed"
    ending = ENDINGS.get(kind)
    return f"{shown(given)} stands here; {ending}" if ending else d["msg"][0].lower() + d["msg"][1:]


def shown(value: Any) -> str:
    """A value of a file in a message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return ("the text " if isinstance(value, str) else "") + quoted(str(value).lower() if isinstance(value, bool) else value)


def _what(model: type[BaseModel], data: Any, path: Path) -> str:
    """What may stand at a missing key, where that is a choice of words."""
    words = _words(types_at(model, data, path))
    return f"; allowed: {', '.join(words)}" if words else ""


def _words(types: list[Any]) -> list[str]:
    return [str(w) for part in types if get_origin(part) is Literal for w in get_args(part)]


def allowed_keys(model: type[BaseModel], data: Any, path: Path) -> list[str]:
    """The keys that may stand at a place of the file."""
    owner = model_at(model, data, path)
    return list(owner.model_fields) if owner else []


def model_at(model: type[BaseModel], data: Any, path: Path) -> type[BaseModel] | None:
    """The model that describes the data at a path."""
    chosen = [m for m in types_at(model, data, path) if isinstance(m, type) and issubclass(m, BaseModel)]
    for step in path:
        data = data[step]
    if len(chosen) > 1 and isinstance(data, dict):  # the member that knows most of the keys
        chosen.sort(key=lambda m: -len(data.keys() & m.model_fields.keys()))
    return chosen[0] if chosen else None


def types_at(model: type[BaseModel], data: Any, path: Path) -> list[Any]:
    """The types that the value at a path may have."""
    current: list[Any] = [model]
    for step in path:
        current = [m for part in current for inner in _step(part, step) for m in _members(inner)]
    return current


def _step(annotation: Any, step: int | str) -> Iterator[Any]:
    for part in _members(annotation):
        origin, args = get_origin(part), get_args(part)
        if isinstance(part, type) and issubclass(part, BaseModel):
            if step in part.model_fields:
                yield part.model_fields[str(step)].annotation
        elif origin is dict:
            yield args[1]
        elif origin is list:
            yield args[0]
        elif origin is tuple and isinstance(step, int) and step < len(args):
            yield args[step]


def _members(annotation: Any) -> Iterator[Any]:
    """The types a value may have, without wrappers."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _members(part)
    elif annotation is not None:
        yield annotation
