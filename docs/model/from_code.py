"""Reading the package as a document: comments beside constants and fields, docstrings, record types, the tables of draws in docs/design.

What can be read without running the code is read from its text (`ast`, `tokenize`), so that a page can be made while another module is
being changed.
"""

from __future__ import annotations

import ast
import importlib
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "glasshouse"
DESIGN = ROOT / "docs" / "design"


@dataclass(frozen=True)
class Draw:
    """A stream of draws: its name in the code, how its number is written in the design, and what its words decide."""

    name: str
    id: str
    n: str
    words: str
    page: str


def module(path: str) -> ModuleType:
    """A module of the package by its path inside it, for example ``world/draws``."""
    return importlib.import_module("glasshouse." + path.replace("/", "."))


def tree(path: str) -> ast.Module:
    """The syntax tree of a module of the package."""
    return ast.parse((PACKAGE / f"{path}.py").read_text(encoding="utf-8"))


def first_sentence(node: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    text = ast.get_docstring(node) or ""
    return " ".join(text.split("\n\n")[0].split())


def comments(path: str) -> dict[int, str]:
    """Comment at the end of each line of a module that has one."""
    with (PACKAGE / f"{path}.py").open(encoding="utf-8") as file:
        tokens = list(tokenize.generate_tokens(file.readline))
    code = {t.start[0] for t in tokens if t.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING)}
    return {t.start[0]: t.string.lstrip("# ").rstrip() for t in tokens if t.type == tokenize.COMMENT and t.start[0] in code}


def constants(path: str) -> dict[str, tuple[Any, str]]:
    """Constants of a module (names in capitals): value and the comment beside it."""
    said, values = comments(path), vars(module(path))
    out: dict[str, tuple[Any, str]] = {}
    for node in tree(path).body:
        if isinstance(node, ast.Assign):
            names = [n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            for name in names:
                if name.isupper() and name in values:
                    out[name] = (values[name], said.get(node.end_lineno or node.lineno, ""))
    return out


def fields_of(path: str, name: str) -> list[tuple[str, str]]:
    """Annotated fields of a class, each with the comment beside it."""
    said = comments(path)
    found = next(n for n in ast.walk(tree(path)) if isinstance(n, ast.ClassDef) and n.name == name)
    return [
        (node.target.id, said.get(node.end_lineno or 0, ""))
        for node in found.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]


def record_types(path: str) -> dict[str, tuple[str, ...]]:
    """Structured types of a module: name and fields, in the order of the file."""
    return {
        name: tuple(v.names) for name, v in vars(module(path)).items() if isinstance(v, np.dtype) and v.names is not None and name.isupper()
    }


def rules_of(path: str) -> Iterator[tuple[str, str]]:
    """Rules of a module (functions marked `@rule`) with the first sentence of their docstring."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and any(isinstance(d, ast.Name) and d.id == "rule" for d in node.decorator_list):
            yield node.name, first_sentence(node)


def modules_of(folder: str) -> list[str]:
    """Modules of a folder of the package, by path inside it, without those whose name begins with an underscore."""
    return [f"{folder}/{p.stem}" for p in sorted((PACKAGE / folder).glob("*.py")) if not p.stem.startswith("_")]


def draws_of_design() -> list[Draw]:
    """The rows of the tables of draws in docs/design, in order."""
    rows = []
    for page in sorted(DESIGN.glob("*.md")):
        inside = False
        for line in page.read_text(encoding="utf-8").splitlines():
            cells = [c.strip() for c in line.strip().strip("|").split("|")]
            if cells == ["stream", "id", "n", "words"]:
                inside = True
            elif inside and line.startswith("|") and not line.startswith("| ---"):
                rows.append(Draw(cells[0], cells[1], cells[2], " ".join(cells[3:]), page.stem[:3]))
            elif not line.startswith("|"):
                inside = False
    return rows


def leading_number(text: str) -> int:
    """The number that the id of a stream begins with: 32 of ``32 + ch``, 65536 of ``2^16 + 64 p + q``."""
    found = re.match(r"(\d+)(?:\^(\d+))?", text)
    if found is None:
        raise ValueError(f"no number at the start of {text!r}")
    return int(pow(int(found[1]), int(found[2] or 1)))
