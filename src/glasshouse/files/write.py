"""A scheme or world written out again, every default included."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.representer import SafeRepresenter

from glasshouse.files.yaml import scalar


class _Writer(SafeRepresenter):
    """Short values on one line, and texts in quotes wherever our reader would take them for something else."""

    def represent_text(self, text: str) -> Any:
        taken_for_key = text[:1] == "?"  # inside brackets a reader takes it for the mark of a key
        style = '"' if scalar(text) != text or text != text.strip() or taken_for_key else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def represent_block(self, data: dict[str, Any]) -> Any:
        flat = len(data) > 0 and all(not isinstance(v, dict) for v in data.values()) and sum(len(str(v)) for v in data.values()) < 70
        return self.represent_mapping("tag:yaml.org,2002:map", data, flow_style=flat or not data)

    def represent_row(self, data: list[Any]) -> Any:
        flat = all(not isinstance(v, dict | list) for v in data)
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flat)


_Writer.add_representer(str, _Writer.represent_text)
_Writer.add_representer(dict, _Writer.represent_block)
_Writer.add_representer(list, _Writer.represent_row)


def resolved_yaml(model: BaseModel) -> str:
    """The file that says everything the model holds; reading it gives an equal model."""
    yaml = YAML(typ="safe", pure=True)  # not its C part: the file's hash stands in the run's record, so every machine must write the same
    yaml.Representer = _Writer
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # its declared type is that of its default, None
    yaml.width = 130
    out = StringIO()
    yaml.dump(_said(model), out)
    return out.getvalue()


def _said(node: Any) -> Any:
    """What a file would say: all defaults, but no `null` where leaving a key out means the same; whole numbers without a point."""
    if isinstance(node, BaseModel):
        parts = ((name, getattr(node, name), field) for name, field in type(node).model_fields.items())
        return {name: _said(v) for name, v, field in parts if v is not None or field.is_required()}
    if isinstance(node, Mapping):
        return {key: _said(v) for key, v in node.items()}
    if isinstance(node, list | tuple):
        return [_said(v) for v in node]
    return int(node) if isinstance(node, float) and node == int(node) and abs(node) < 1e15 else node
