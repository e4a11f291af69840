"""JSON Schema of scheme and world files, for editors that complete and check while one types.

The committed copies under `scheme/schema/` are what editors point at; `python -m glasshouse.scheme.schema` writes them anew.
A schema knows the shape of a file; what the words mean together, only `glasshouse check` can tell.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

FOLDER = Path(__file__).parent / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scheme_schema() -> dict[str, Any]:
    """JSON Schema of a scheme file."""
    return _schema(Scheme, "A Glasshouse scheme")


def world_schema() -> dict[str, Any]:
    """JSON Schema of a world file."""
    return _schema(World, "A Glasshouse world")


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(), "title": title}


def committed() -> dict[Path, str]:
    """The files of the schema folder and what they should hold."""
    schemas = {"scheme.json": scheme_schema(), "world.json": world_schema()}
    return {FOLDER / name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for place, text in committed().items():
        place.write_text(text, encoding="utf-8")
