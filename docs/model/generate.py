"""Writes the generated pages of the model description from the code and the default world: tables.md, language.md, defaults.md.

    python docs/model/generate.py           # write them
    python docs/model/generate.py --check   # exit 1 if one of them is not what the code says now

What the code does not say about a field stands in `words.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import from_code as code
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
NOT_STREAMS = {"MASK", "LOG_BITS", "LN2_Q40"}
Rows = Iterable[Iterable[object]]


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """What fields mean, by table; `any` serves every table."""
    loaded: dict[str, dict[str, str]] = YAML(typ="safe").load((HERE / "words.yaml").read_text(encoding="utf-8"))
    return loaded


def meaning(table: str, field: str) -> str:
    """What a field means, or nothing."""
    return words().get(table, {}).get(field) or words()["any"].get(field, "")


def table(head: Iterable[str], rows: Rows) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(list(head))]
    lines += ["| " + " | ".join(cell(c) for c in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def cell(value: object) -> str:
    """One cell: no line breaks, no bars."""
    text = (
        f"{value:g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    )
    return " ".join(text.split()).replace("|", "\\|")


def records(path: str, titles: dict[str, str]) -> str:
    """The structured types of a module, one row a field."""
    out = []
    for name, fields in code.record_types(path).items():
        about = meaning("records", name) or titles.get(name, "")
        out.append(f"**`{name}`** {about}\n\n" + table(["field", "meaning"], ([f"`{f}`", meaning(name, f)] for f in fields)))
    return "\n".join(out)


def arrays(path: str, name: str) -> str:
    """The arrays of a table class, each with its comment."""
    return table(["array", "meaning"], ([f"`{f}`", said] for f, said in code.fields_of(path, name)))


def draws() -> str:
    """The streams of draws: the number from the code, the words from the design; the two must agree."""
    known = code.constants("world/draws")
    rows, seen = [], set()
    for draw in code.draws_of_design():
        number = known[draw.name][0]
        if code.leading_number(draw.id) != number:
            raise SystemExit(f"stream {draw.name} is {draw.id} in design {draw.page} and {number} in world/draws.py")
        seen.add(draw.name)
        rows.append([f"`{draw.name}`", draw.id.replace("*", "\\*"), draw.n, draw.words, draw.page])
    left = {n for n in known if not n.endswith(("_STEP", "_EVENT")) and n not in NOT_STREAMS} - seen
    if left:
        raise SystemExit(f"no design page has a row for the stream {', '.join(sorted(left))}")
    events = [[f"`{n}`", f"0x{v:08X}", said] for n, (v, said) in known.items() if n.endswith("_EVENT")]
    return (
        table(["stream", "id", "n", "words", "design"], rows)
        + "\nRecords that are no event of the person's own life draw under event numbers of their own:\n\n"
        + table(["constant", "from", "for"], events)
    )


def mechanisms() -> str:
    """The rules of each mechanism, with what each says of itself."""
    out = []
    for path in code.modules_of("mechanism"):
        rules = [[f"`{n}`", said] for n, said in code.rules_of(path)]
        out.append(f"**`{path}`** {code.first_sentence(code.tree(path))}\n\n" + (table(["rule", "what it says"], rules) if rules else ""))
    return "\n".join(out)


def limits() -> str:
    """Sizes beyond which a file, a run or a life is refused."""
    rows: list[list[object]] = []
    for path in ("scheme/limits", "scheme/tables", "world/model", "world/compile", "world/households", "engine/state"):
        for name, (value, said) in code.constants(path).items():
            about = words()["limits"].get(f"{path}.{name}") or meaning("limits", name)
            if about:
                rows.append([f"`{path}.{name}`", value, about])
            elif path == "scheme/limits":
                rows.append([f"`{path}.{name}`", value, said])
    study = code.module("study/limits")
    for name, (low, high) in study.LIMITS.items():
        usual = study.DEFAULTS.get(name)
        rows.append([f"`--{name}`", f"{low:,} to {high:,}", f"usual: {usual:,}" if usual is not None else ""])
    rows.append(["`--years`", f"above {study.LONG_YEARS}", "allowed with a warning: nobody is born, dies, ages or moves"])
    return table(["limit", "value", "what it limits"], rows)


def observed() -> str:
    """What is measured: one module a quantity."""
    rows = [[f"`{p}`", code.first_sentence(code.tree(p))] for p in code.modules_of("outcomes")]
    return table(["module", "what it measures or does"], rows)


def language() -> str:
    """The page of what files can say."""
    scheme, world = code.module("scheme/model").Scheme, code.module("world/model").World
    about = "Every block with its keys, what they hold, and what is so where a key is absent."
    return page("What files can say", [("A scheme file", about, lambda: keys(scheme)), ("A world file", "", lambda: keys(world))])


def keys(root: type[BaseModel]) -> str:
    """Every block of a file, from the typed models: docstring, keys, defaults, comments."""
    out = []
    for model in blocks(root):
        path = model.__module__.removeprefix("glasshouse.").replace(".", "/")
        said = dict(code.fields_of(path, model.__name__))
        rows = [[f"`{n}`", holds(f), default_of(f), said.get(n, "")] for n, f in model.model_fields.items()]
        about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        out.append(f"**{model.__name__}** {about}".rstrip() + "\n\n" + table(["key", "holds", "if absent", "note"], rows))
    return "\n".join(out)


def blocks(root: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and those inside it, outermost first, without the values themselves."""
    found, todo = [], [root]
    while todo:
        model = todo.pop(0)
        if model in found or model.__module__ == "glasshouse.files.values":
            continue
        found.append(model)
        todo += [m for f in model.model_fields.values() for m in inside(f.annotation)]
    return found


def inside(kind: Any) -> list[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [m for part in get_args(kind) for m in inside(part)]


def holds(field: Any) -> str:
    """What a key holds; where it must be given, whether it may be null."""
    null = " or null" if field.is_required() and type(None) in get_args(field.annotation) else ""
    return kind_of(field.annotation, field.metadata) + null


def kind_of(kind: Any, metadata: Iterable[Any] = ()) -> str:
    """An annotation in plain words."""
    for extra in metadata:
        if hasattr(extra, "kind"):
            return str(extra.kind)
    if kind is type(None):
        return ""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(f"*{p}*" for p in parts)
    if hasattr(kind, "__metadata__"):
        return kind_of(parts[0], kind.__metadata__)
    if origin is list:
        return f"list of {kind_of(parts[0])}"
    if origin is tuple:
        return f"{len(parts)} times {kind_of(parts[0])}"
    if origin is dict:
        return f"by name: {kind_of(parts[1])}"
    if parts:
        return " or ".join(dict.fromkeys(w for p in parts if (w := kind_of(p))))
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", object: "anything"}
    return plain.get(kind, getattr(kind, "__name__", str(kind)))


def default_of(field: Any) -> str:
    """What holds where a key is absent."""
    if field.is_required():
        return "required"
    value = field.default if field.default is not PydanticUndefined else field.default_factory()
    return "nothing" if value in (None, {}, [], "") else str(value).lower()


def ties() -> str:
    """What the ties of the default world look like in one town."""
    found = code.module("world/contacts").describe(code.module("world/load").load_world())
    heads = list(next(iter(found.values())))
    rows = ([name, *(f"{row[h] + 0.0:.2f}".replace("-0.00", "0.00") for h in heads)] for name, row in found.items())
    return table(["ties", *(h.replace("_", " ") for h in heads)], rows)


DRAWS = (
    "One stream a decision; `design` is the page in docs/design that defines it. Two more uses stand in the prose of 001 and 005: "
    "`TIES` with n = (layer << 24) + block gives a block's segregation (first word) and the word of propensity that is shared in it "
    "(second); `TRAIT` with n = 2 says in which layer, if in any, a person takes after their block."
)


def tables() -> str:
    """The page of tables."""
    parts: list[tuple[str, str, Callable[[], str]]] = [
        ("People", "Traits of a person, functions of seed and number; nothing of this changes in a life.",
         lambda: records("world/people", {"PERSON": "one person"})),
        ("State in a run", "What the engine keeps of the person who is being lived. All are 64-bit integers; a thread holds one set.",
         lambda: records("engine/state", {})),
        ("A world as integers", "Rates in 2^-30 a day, probabilities as thresholds of 2^32, factors in 1/4096.",
         lambda: records("world/tables", {}) + "\n" + arrays("world/tables", "WorldTables")),
        ("A scheme as integers", "Points in tenths, days whole, mean times in 1/256 day, probabilities as thresholds of 2^32.",
         lambda: records("scheme/tables", {}) + "\n" + arrays("scheme/tables", "SchemeTables")),
        ("Draws", DRAWS, draws),
        ("Mechanisms", "The rules that decide, one small function each.", mechanisms),
        ("What is measured", "", observed),
        ("Limits", "", limits),
        ("Ties of the default town", "One town of the default world, seed 1 (`world/contacts.py` defines the columns).", ties),
    ]  # fmt: skip
    return page("Tables of the model", parts)


def defaults() -> str:
    """The page of default values."""
    world = code.module("world/load").load_world()
    found = [v for v in code.module("files/walk").values(world) if hasattr(v.value, "range")]
    heads = ["value", "central", "per", "range", "scale", "rests on"]

    def part(block: str) -> str:
        return table(heads, (default_row(v) for v in found if v.path[0] == block))

    parts = [(block, "", lambda block=block: part(block)) for block in dict.fromkeys(str(v.path[0]) for v in found)]
    return page("Default values of the default world", parts)


def default_row(found: Any) -> list[object]:
    """One value: path, centre, denominator, range, scale and what it rests on."""
    v = found.value
    rests = f"assumed: {v.why}" if v.evidence == "assumed" else f"{v.evidence.kind}, {v.evidence.read}, {v.evidence.directness}: {v.source}"
    low, high = v.range
    return [f"`{'.'.join(map(str, found.path))}`", float(v.value), v.per or v.unit or "", f"{low:g} to {high:g}", v.scale, rests]


def page(title: str, parts: Iterable[tuple[str, str, Callable[[], str]]]) -> str:
    """A page with a heading a part."""
    out = [f"# {title}\n", "Generated from the code by `make model-tables`; do not edit. What the fields mean is in `words.yaml`.\n"]
    for head, about, made in parts:
        out += [f"## {head}\n", *([about + "\n"] if about else []), made()]
    return "\n".join(out).rstrip() + "\n"


PAGES: dict[str, Callable[[], str]] = {"tables.md": tables, "language.md": language, "defaults.md": defaults}


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the pages are (default: beside this file)")
    asked = parser.parse_args(arguments)
    stale = []
    for name, make in PAGES.items():
        place: Path = asked.folder / name
        text = make()
        if asked.check and (not place.is_file() or place.read_text(encoding="utf-8") != text):
            stale.append(name)
        elif not asked.check:
            place.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/model/{name} is not what the code says now; run `make model-tables`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
