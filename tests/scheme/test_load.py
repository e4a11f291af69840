"""Loading schemes: by id, by path, and what is designed but not run yet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from glasshouse.files.errors import FileFaults, InputError
from glasshouse.files.read import Document, package_ids
from glasshouse.files.shape import model_at, shaped
from glasshouse.files.yaml import parse
from glasshouse.scheme.check import check_file
from glasshouse.scheme.load import PACKAGE, SCHEME, load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.not_run import NOT_RUN
from glasshouse.scheme.schema import committed, scheme_schema, world_schema
from tests.made_up import put, read

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
DRAFTS = sorted((ROOT / "docs" / "design" / "drafts").glob("*.yaml"))


@pytest.mark.parametrize("ref", package_ids(PACKAGE))
def test_the_catalogue_has_no_errors(ref: str) -> None:
    assert load_scheme(ref).id == ref
    assert [str(f) for f in check_file(ref) if not f.warning] == []


def test_the_default_world_has_no_errors() -> None:
    place = ROOT / "src" / "glasshouse" / "world" / "default.yaml"
    assert [str(f) for f in check_file(place) if not f.warning] == []


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("wendeng-2002", "no scheme is called 'wendeng-2002', and it is not the path of a .yaml file; did you mean 'wendeng-2020'?"),
        ("zzz", "no scheme is called 'zzz', and it is not the path of a .yaml file; there are: "),
        ("", "no scheme is called ''"),
        ("../etc/passwd", "../etc/passwd: there is no such file"),
    ],
)
def test_unknown_ids(ref: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        load_scheme(ref)
    assert str(error.value).startswith(message)


def test_errors_of_a_file_come_together() -> None:
    with pytest.raises(FileFaults) as error:
        load_scheme(DRAFTS[0])
    assert len(error.value.faults) > 1


def future_keys(node: Any, data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths of all blocks that are designed and not run, found without the loader."""
    out: list[tuple[str | int, ...]] = []
    if isinstance(node, dict):
        owner = model_at(Scheme, data, path)
        later = NOT_RUN.get(owner.__name__, {}) if owner else {}
        for key, child in node.items():
            out += [(*path, key)] if key in later else future_keys(child, data, (*path, key))
    elif isinstance(node, list):
        for i, child in enumerate(node):
            out += future_keys(child, data, (*path, i))
    return out


def test_a_draft_is_of_no_scheme_that_has_a_file() -> None:
    assert not {path.stem for path in DRAFTS} & set(package_ids(PACKAGE))


PLACES: dict[str, tuple[str | int, ...]] = {
    "Scheme": (), "Channel": ("channels", "cameras"), "Points": ("points",), "Drift": ("points", "drift"), "Item": ("rules", "items", 0),
    "SchemeList": ("lists", "defaulters"), "Gate": ("gates", "train"),
}  # fmt: skip


@pytest.mark.parametrize(("model", "key"), [(model, key) for model, keys in NOT_RUN.items() for key in keys])
def test_what_is_designed_and_not_run_is_refused_by_its_name(model: str, key: str) -> None:
    drift = {"points": {"value": 1, "unit": "points"}, "every": {"value": 1, "unit": "months"}}
    home = data = put(read("testville-scheme.yaml"), {"points/drift": drift})
    for step in PLACES[model]:
        home = home[step]
    home[key] = {}
    (problem,) = shaped(data, Scheme, NOT_RUN)[1]
    assert problem.path == (*PLACES[model], key)
    assert problem.text.startswith(f"this version does not run '{key}' yet (")


@pytest.mark.parametrize("path", DRAFTS, ids=lambda p: p.stem)
def test_a_draft_asks_only_for_what_is_not_run_yet(path: Path) -> None:
    document = SCHEME.read(path)
    keys = future_keys(document.data, document.data)
    assert keys
    errors = [f for f in SCHEME.faults(document)[1] if not f.warning]
    assert sorted(f.text.split("'")[1] for f in errors) == sorted(str(key[-1]) for key in keys)
    assert all(f.text.startswith("this version does not run '") for f in errors)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda p: p.stem)
def test_the_rest_of_a_draft_loads(path: Path) -> None:
    document = SCHEME.read(path)
    for *outer, key in future_keys(document.data, document.data):
        home: Any = document.data
        for step in outer:
            home = home[step]
        del home[key]
    model, faults = SCHEME.faults(Document(document.name, document.text, document.tree))
    assert [str(f) for f in faults if not f.warning] == []
    assert model is not None
    assert model.id == path.stem


def test_future_blocks_are_not_part_of_the_model() -> None:
    models = {m.__name__: m for m in _models(Scheme)}
    assert NOT_RUN.keys() <= models.keys()
    for name, keys in NOT_RUN.items():
        assert not keys.keys() & models[name].model_fields.keys()


def _models(model: type[Any]) -> set[type[Any]]:
    from glasshouse.files.shape import _members, _step

    found, todo = {model}, [model]
    while todo:
        for field in (current := todo.pop()).model_fields:
            inner = [m for part in _step(current, field) for m in _members(part)]
            inner += [m for part in inner for m in (*_step(part, 0), *_step(part, "x"))]
            new = {m for m in inner if hasattr(m, "model_fields")} - found
            found |= new
            todo += new
    return found


def test_more_grades_than_the_engine_counts_are_refused(tmp_path: Path) -> None:
    """Found by reading: a thirteenth grade was counted in the next group's place."""
    text = (DATA / "testville-scheme.yaml").read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.strip().startswith("- {name: ") and "from_points" in line)
    many = "\n".join(first.replace(first.split("name: ")[1].split(",")[0], f"G{i}").replace(
        first.split("from_points: ")[1].split("}")[0], str(9000 - i)) for i in range(12))  # fmt: skip
    file = tmp_path / "many.yaml"
    file.write_text(text.replace(first, many + "\n" + first), encoding="utf-8")
    with pytest.raises(InputError, match="at most 12"):
        load_scheme(file)


def test_committed_schemas_are_current() -> None:
    for path, text in committed().items():
        assert path.read_text(encoding="utf-8") == text, f"run: python -m glasshouse.scheme.schema ({path.name})"


def test_schemas_take_what_the_loader_takes() -> None:
    scheme = jsonschema.Draft202012Validator(scheme_schema())
    world = jsonschema.Draft202012Validator(world_schema())
    places = [ROOT / "src" / "glasshouse" / "catalogue" / f"{ref}.yaml" for ref in package_ids(PACKAGE)]
    for path in [*places, DATA / "testville-scheme.yaml"]:
        scheme.validate(parse(path.read_text(encoding="utf-8")).data)
    for path in (DATA / "testville-world.yaml", ROOT / "src" / "glasshouse" / "world" / "default.yaml"):
        world.validate(parse(path.read_text(encoding="utf-8")).data)
    for name in ("unknown-key", "missing-key", "wrong-word", "word-for-mapping"):
        broken = ROOT / "tests" / "malformed" / f"{name}.yaml"

        assert not scheme.is_valid(parse(broken.read_text(encoding="utf-8")).data)


def test_checking_imports_nothing_heavy() -> None:
    code = (
        "import sys, json; from glasshouse.scheme.check import check_file; check_file('wendeng-2020');"
        "print(json.dumps([m for m in ('numba', 'scipy', 'pyarrow', 'altair') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
