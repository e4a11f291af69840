"""Testville with changes: what tests of single fields build their worlds and schemes from."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """A file of `tests/data` as plain dicts and lists."""
    return YAML(typ="safe").load((DATA / name).read_text(encoding="utf-8"))


def put(tree: Any, changes: dict[str, Any]) -> Any:
    """The tree with values replaced by path: keys joined by `/`; items of a list by their number or their `id`."""
    for path, value in changes.items():
        *way, last = path.split("/")
        at = tree
        for key in way:
            at = at[key] if isinstance(at, dict) else at[int(key)] if key.isdigit() else next(v for v in at if v["id"] == key)
        at[int(last) if isinstance(at, list) else last] = deepcopy(value)  # later changes must not reach into what tests share
    return tree


def number(value: float, per: str = "person-year") -> dict[str, Any]:
    """An assumed value without a span."""
    return {"value": value, "per": per, "range": [value, value], "scale": "linear", "evidence": "assumed", "why": "made up"}


def made_up_world(changes: dict[str, Any] | None = None) -> World:
    """The world of `tests/data/testville-world.yaml`, changed."""
    return World.model_validate(put(read("testville-world.yaml"), changes or {}))


def made_up_scheme(changes: dict[str, Any] | None = None) -> Scheme:
    """The scheme of `tests/data/testville-scheme.yaml`, changed."""
    return Scheme.model_validate(put(read("testville-scheme.yaml"), changes or {}))
