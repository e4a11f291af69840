"""Worlds for these tests, changed from testville by path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from glasshouse.world.model import World

DATA = Path(__file__).parent.parent / "data"


def changed(tree: Any, changes: dict[str, Any]) -> Any:
    """The tree with values replaced; paths are keys joined by `/`, numbers index lists."""
    for path, value in changes.items():
        *way, last = [int(k) if k.isdigit() else k for k in path.split("/")]
        at = tree
        for key in way:
            at = at[key]
        at[last] = value
    return tree


def read(name: str) -> Any:
    return YAML(typ="safe").load((DATA / name).read_text(encoding="utf-8"))


def testville(changes: dict[str, Any] | None = None) -> World:
    return World.model_validate(changed(read("testville-world.yaml"), changes or {}))


testville.__test__ = False  # type: ignore[attr-defined]  # a helper, whatever its name begins with


def number(value: float, per: str = "person-year") -> dict[str, Any]:
    """An assumed value without a span."""
    return {"value": value, "per": per, "range": [value, value], "scale": "linear", "evidence": "assumed", "why": "made up"}
