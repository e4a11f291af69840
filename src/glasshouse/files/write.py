"""A scheme or world written out again, every default included."""

from __future__ import annotations

from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.representer import SafeRepresenter

from glasshouse.files.settings import plain
from glasshouse.files.yaml import scalar


class _Writer(SafeRepresenter):
    """Short values on one line, and texts in quotes wherever our reader would take them for something else."""

    def represent_text(self, text: str) -> Any:
        style = '"' if scalar(text) != text or text != text.strip() else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def represent_block(self, data: dict[str, Any]) -> Any:
        flat = 0 < len(data) and all(not isinstance(v, dict) for v in data.values()) and sum(len(str(v)) for v in data.values()) < 70
        return self.represent_mapping("tag:yaml.org,2002:map", data, flow_style=flat or not data)

    def represent_row(self, data: list[Any]) -> Any:
        flat = all(not isinstance(v, dict | list) for v in data)
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flat)


_Writer.add_representer(str, _Writer.represent_text)
_Writer.add_representer(dict, _Writer.represent_block)
_Writer.add_representer(list, _Writer.represent_row)


def resolved_yaml(model: BaseModel) -> str:
    """The file that says everything the model holds; reading it gives an equal model."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Writer
    yaml.sort_base_mapping_type_on_output = False
    yaml.width, yaml.allow_unicode = 130, True
    out = StringIO()
    yaml.dump(plain(model), out)
    return out.getvalue()
