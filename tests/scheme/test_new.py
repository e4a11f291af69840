"""First files of one's own: without fault, of every kind, and living."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.scheme.check import check_file
from glasshouse.scheme.new import kinds, template, write_new
from glasshouse.world.load import load_world

SCHEMES = [kind for kind in kinds() if kind != "world"]


def test_there_are_kinds() -> None:
    assert kinds() == ["list", "points", "strikes", "world"]


@pytest.mark.parametrize("kind", kinds())
def test_no_fault_and_no_warning(kind: str, tmp_path: Path) -> None:
    path = write_new(tmp_path / "my-own.yaml", kind)
    assert [str(fault) for fault in check_file(path)] == []
    assert path.read_text(encoding="utf-8").count("\nid: my-own\n") == 1
    assert sum("#" in line for line in path.read_text(encoding="utf-8").splitlines()) >= 3


@pytest.mark.parametrize("kind", SCHEMES)
def test_somebody_is_listed(kind: str, tmp_path: Path) -> None:
    path = write_new(tmp_path / "my-own.yaml", kind)
    run = gh.run(path, people=15_360, years=1, seeds=1, span=0, out=tmp_path / "run")
    entries = run.outcome("entries").by_class()["all"].central
    assert entries is not None and entries >= 30  # fewer are not shown


@pytest.mark.parametrize("kind", SCHEMES)
def test_a_safeguard_changes_something(kind: str, tmp_path: Path) -> None:
    from glasshouse.files.settings import with_values

    scheme = gh.load(write_new(tmp_path / "my-own.yaml", kind))
    assert scheme.safeguards
    assert all(with_values(scheme, one.set) != scheme for one in scheme.safeguards.values())


def test_a_world_of_ones_own(tmp_path: Path) -> None:
    world = load_world(write_new(tmp_path / "my-town.yaml", "world"))
    assert world.id == "my-town" and set(world.needs) - set(load_world().needs) == {"library"}


def test_nothing_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there is such a file already, and it is not replaced"):
        write_new(path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("my scheme.yaml", "cannot be an id"),
        ("scheme.txt", "ends in .yaml"),
        ("nowhere/scheme.yaml", "there is no folder"),
        ("-.yaml", "cannot be an id"),
    ],
)
def test_names_that_cannot_be(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        write_new(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind() -> None:
    with pytest.raises(InputError, match="no template is called 'point'; allowed: list, points, strikes, world; did you mean 'points'"):
        template("point", "x")
