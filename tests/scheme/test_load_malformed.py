"""One mistake a file, and the message it must give; and no mistake at all that ends in anything but a message."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from glasshouse.files import yaml
from glasshouse.files.errors import InputError
from glasshouse.files.yaml import parse
from glasshouse.scheme.check import check_file, load_checked, require_valid
from glasshouse.scheme.fit import fit_problems
from glasshouse.scheme.load import SCHEME, load_scheme
from glasshouse.world.load import load_world

TESTS = Path(__file__).parents[1]
FILES = sorted((TESTS / "malformed").glob("*.yaml"))
BASE = (TESTS / "data" / "testville-scheme.yaml").read_text(encoding="utf-8")
WORLD = load_world(TESTS / "data" / "testville-world.yaml")


def messages(path: Path) -> str:
    """Everything that is said about a file, with its bare name."""
    try:
        said = "\n".join(str(fault) for fault in check_file(path, WORLD))
    except InputError as error:
        said = str(error)
    return said.replace(str(path), path.name) + "\n"


def test_there_are_enough_malformed_files() -> None:
    assert len(FILES) >= 25


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_message(path: Path) -> None:
    assert messages(path) == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_message_is_the_same_without_the_c_scanner(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "YAML", lambda typ, pure: YAML(typ=typ, pure=True))
    assert messages(path) == path.with_suffix(".expected").read_text(encoding="utf-8")


def test_all_faults_at_once(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    text = BASE
    for right, wrong in (
        ("status: hypothetical", "status: hypothetic"),
        ("follows_visibility: true", "follows_visability: true"),
        ("list: nuisance\n    on", "list: nuisances\n    on"),
        ("cap: good-deeds", "cap: good-deed"),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text.replace("status: hypothetic\n", "status: hypothetical\n"), encoding="utf-8")
    found = [(f.line, f.text.split(";")[0]) for f in check_file(path, WORLD)]
    lines = text.splitlines()
    assert found == [
        (lines.index("    follows_visability: true") + 1, "unknown key 'follows_visability'"),
        (lines.index("      cap: good-deed") + 1, "unknown cap 'good-deed'"),
        (lines.index("    list: nuisances") + 1, "unknown list 'nuisances'"),
    ]
    path.write_text(text, encoding="utf-8")  # a wrong word leaves no model: then what stands on the shape alone is reported
    assert [f.line for f in check_file(path, WORLD)] == [lines.index("status: hypothetic") + 1, found[0][0]]


def test_a_file_without_faults(tmp_path: Path) -> None:
    path = tmp_path / "fine.yaml"
    path.write_text(BASE, encoding="utf-8")
    assert check_file(path, WORLD) == []
    scheme, warnings = load_checked(path, WORLD)
    assert (scheme.id, warnings) == ("testville", [])
    require_valid(scheme, WORLD)


def test_loading_says_what_checking_says() -> None:
    for path in FILES:
        wrong = "warning" not in path.with_suffix(".expected").read_text(encoding="utf-8")
        if wrong:
            with pytest.raises(InputError):
                load_checked(path, WORLD)


def test_settings_that_make_a_scheme_impossible() -> None:
    from glasshouse.files.settings import with_values

    scheme = load_scheme(TESTS / "data" / "testville-scheme.yaml")
    with pytest.raises(InputError, match=r"^channels\.office\.sensitivity\.value: 2 is not possible here"):
        require_valid(with_values(scheme, {"channels.office.sensitivity": 2}), WORLD)
    with pytest.raises(InputError, match=r"^world:conduct\.theft\.rate\.value: -1 is not possible here"):
        require_valid(scheme, with_values(WORLD, {"conduct.theft.rate": -1}))


def only_messages(text: str) -> None:
    """A file is fine or gets a message; nothing else may happen."""
    try:
        document_faults(text)
    except InputError as error:
        assert str(error)


def document_faults(text: str) -> None:
    from glasshouse.files.read import Document, _refused, decode
    from glasshouse.files.yaml import NotRead

    decoded = decode(text.encode("utf-8", "surrogatepass"), "f.yaml")
    try:
        tree = parse(decoded)
    except NotRead as error:
        raise _refused(error, "f.yaml", decoded) from None
    if isinstance(tree.data, dict):
        for fault in SCHEME.faults(Document("f.yaml", decoded, tree), lambda s: fit_problems(s, WORLD))[1]:
            assert fault.line <= len(decoded.split("\n"))
            assert str(fault).count("\n") in (0, 2)


JUNK = st.sampled_from(
    ["\t", ":", "- ", "{", "}", "[", "]", "#", "&a ", "*a", "!!x ", "'", '"', "\n", "|", ">", "%", "@", "null", "1e999", "é", "---\n"]
)


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 2**32), cuts=st.integers(0, 4), junk=st.lists(JUNK, max_size=4))
def test_damaged_text_gets_only_messages(seed: int, cuts: int, junk: list[str]) -> None:
    rng = random.Random(seed)
    text = BASE
    for _ in range(cuts):
        at = rng.randrange(len(text))
        text = text[:at] + text[at + rng.choice([1, 2, 7, 40]) :]
    for piece in junk:
        at = rng.randrange(len(text))
        text = text[:at] + piece + text[at:]
    only_messages(text)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["no-such", "days", "assumed", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a tree."""
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    return [(node, key) for key in keys] + [place for key in keys for place in places(node[key])]


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), values=st.lists(ANY, min_size=1, max_size=3))
def test_any_value_anywhere_gets_only_messages(seed: int, values: list[Any]) -> None:
    rng = random.Random(seed)
    data = parse(BASE).data
    for value in values:
        node, key = rng.choice(places(data))
        if rng.random() < 0.2 and isinstance(node, dict):
            node[f"{key}x"] = node.pop(key)
        else:
            node[key] = value
    only_messages(json.dumps(data, ensure_ascii=False))
