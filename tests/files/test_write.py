"""Files as resolved: written out in full, and read again as the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.files.read import package_ids
from glasshouse.files.settings import empirical_values, with_values
from glasshouse.files.write import resolved_yaml
from glasshouse.files.yaml import parse
from glasshouse.scheme.load import PACKAGE, load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.load import load_world
from glasshouse.world.model import World

DATA = Path(__file__).parents[1] / "data"
SCHEME = load_scheme(DATA / "testville-scheme.yaml")
WORLD = load_world(DATA / "testville-world.yaml")
READABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"), max_size=60)


def again(model: Scheme | World) -> Scheme | World:
    """The model after writing and reading."""
    return type(model).model_validate(parse(resolved_yaml(model)).data)


@pytest.mark.parametrize("ref", package_ids(PACKAGE))
def test_the_catalogue_reads_as_it_was_written(ref: str) -> None:
    scheme = load_scheme(ref)
    assert again(scheme) == scheme


def test_worlds_read_as_they_were_written() -> None:
    assert again(WORLD) == WORLD
    assert again(load_world()) == load_world()


def test_a_written_file_passes_the_whole_check(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_text(resolved_yaml(SCHEME), encoding="utf-8")
    assert load_scheme(path) == SCHEME


def test_defaults_are_written_out() -> None:
    text = resolved_yaml(SCHEME)
    assert "performable: true" in text
    assert "unclear_counts_as: lawful" in text
    assert "start: {value: 1000, unit: points}" in text


@settings(max_examples=25, deadline=None)
@given(
    name=READABLE,
    texts=st.lists(READABLE, max_size=4),
    numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3),
)
def test_any_text_and_any_number_survive(name: str, texts: list[str], numbers: list[float]) -> None:
    paths = [path for path, _ in empirical_values(SCHEME)][:3]
    changed = with_values(SCHEME, {"name": name, "left_out": texts, **dict(zip(paths, numbers, strict=True))})
    assert again(changed) == changed
