"""JSON Schema of scheme and world files, for editors that complete and check while one types.

The committed copies under `scheme/schema/` are what editors point at; `python -m glasshouse.scheme.schema` writes them anew.
A schema knows the shape of a file; what the words mean together, only `glasshouse check` can tell.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from glasshouse.files.extend import KEY, OWN
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

FOLDER = Path(__file__).parent / "schema"
VALUES = {"Empirical", "Rule", "Evidence"}  # replaced whole where a file extends another
CHANGED = "-changed"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scheme_schema() -> dict[str, Any]:
    """JSON Schema of a scheme file."""
    return _schema(Scheme, "A Glasshouse scheme")


def world_schema() -> dict[str, Any]:
    """JSON Schema of a world file: a whole one, or one that extends another and gives only what differs."""
    full = _schema(World, "A Glasshouse world")
    blocks = {name: block for name, block in full["$defs"].items() if name not in VALUES}
    full["$defs"] |= {f"{name}{CHANGED}": _changed(block) for name, block in blocks.items()}
    alone = {"required": full.pop("required")}
    own = {name: full["properties"][name] for name in OWN} | {KEY: {"type": "string"}}
    changed = {"properties": _changed(full)["properties"] | own, "required": [*OWN, KEY]}
    alone["properties"] = full["properties"] | {KEY: False}
    return full | {"properties": dict.fromkeys(full["properties"], True), "if": {"required": [KEY]}, "then": changed, "else": alone}


def _changed(node: dict[str, Any]) -> dict[str, Any]:
    """The schema of what changes a block: nothing is required, an entry may be `null`, lists and values are given whole."""
    if "$ref" in node:
        return node if node["$ref"].rpartition("/")[2] in VALUES else {"$ref": node["$ref"] + CHANGED}
    out = {key: part for key, part in node.items() if key not in ("required", "default")}
    if "properties" in node:
        out["properties"] = {name: _or_null(part) for name, part in node["properties"].items()}
    if isinstance(inner := node.get("additionalProperties"), dict):
        out["additionalProperties"] = _or_null(inner)
    return out


def _or_null(node: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [_changed(node), {"type": "null"}]}


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(), "title": title}


def committed() -> dict[Path, str]:
    """The files of the schema folder and what they should hold."""
    schemas = {"scheme.json": scheme_schema(), "world.json": world_schema()}
    return {FOLDER / name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for place, text in committed().items():
        place.write_text(text, encoding="utf-8")
