"""Worlds that extend another, and schemes that name the world they are lived in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.files.write import resolved_yaml
from glasshouse.files.yaml import parse
from glasshouse.scheme import meaning
from glasshouse.scheme.check import check_file, load_both, load_checked
from glasshouse.scheme.schema import world_schema
from glasshouse.world import load
from glasshouse.world.load import load_world
from tests.made_up import DATA

HEAD = "glasshouse: 1\nextends: default\nid: corner-town\nname: Corner town\nabout: A made-up world.\n"
RATE = '{value: 0.3, per: person-year, range: [0.1, 0.6], scale: linear, evidence: assumed, why: "made up"}'
ONE = f"""\
conduct:
  petition: null
  key-lending:
    text: Lending a key
    valence: lawful
    context: housing
    who: [resident]
    rate: {RATE}
  litter: {{text: Dropping a wrapper}}
  belief:
    rate: {RATE}
households: [{{adults: 1, minors: 0, share: {{value: 1, per: household, range: [1, 1], scale: linear, evidence: assumed, why: made up}}}}]
"""
Worlds = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Worlds:
    def made(text: str, name: str = "corner-town") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return made


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the worlds that come with Glasshouse, until the test ends."""
    import glasshouse.files.read as read

    folder = tmp_path / "worlds"
    folder.mkdir()
    default = Path(str(read.resources.files(load.PACKAGE))) / "default.yaml"
    (folder / "default.yaml").write_bytes(default.read_bytes())
    files = read.resources.files
    monkeypatch.setattr(read.resources, "files", lambda package: folder if package == load.PACKAGE else files(package))
    return folder


def test_mappings_are_merged_null_takes_out_lists_and_values_replace(write: Worlds) -> None:
    world, default = load_world(write(HEAD + ONE)), load_world()
    assert (world.id, world.name, world.extends) == ("corner-town", "Corner town", None)
    assert set(world.conduct) == {*default.conduct, "key-lending"} - {"petition"}
    assert list(world.conduct)[-1] == "key-lending"
    assert world.conduct["litter"] == default.conduct["litter"].model_copy(update={"text": "Dropping a wrapper"})
    assert world.conduct["belief"].rate.why == "made up"
    assert world.conduct["belief"].model_copy(update={"rate": None}) == default.conduct["belief"].model_copy(update={"rate": None})
    assert [home.adults for home in world.households] == [1]
    same = ("groups", "needs", "money", "layers", "envelopes", "sources", "town_size")
    assert all(getattr(world, name) == getattr(default, name) for name in same)


def test_nothing_changed_is_the_same_world(write: Worlds) -> None:
    world = load_world(write(HEAD))
    assert world == load_world().model_copy(update={name: getattr(world, name) for name in ("id", "name", "about")})


def test_the_whole_world_is_written(write: Worlds) -> None:
    world = load_world(write(HEAD + ONE))
    text = resolved_yaml(world)
    assert "extends" not in text and load_world(write(text, "again")) == world


def test_no_warning_about_the_world_that_is_extended(write: Worlds) -> None:
    assert check_file(write(HEAD + ONE)) == []
    unused = "sources:\n  diary: {author: A, year: 2020, title: T, kind: design}\n"
    [warning] = check_file(write(HEAD + unused))
    assert warning.warning and warning.line == 7 and warning.file.endswith("corner-town.yaml")


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("defualt", "no world that comes with Glasshouse is called 'defualt'; allowed: .*default.*; did you mean 'default'"),
        ("worlds/default.yaml", "no world that comes with Glasshouse is called 'worlds/default.yaml'"),
        ("corner-town", "'corner-town' cannot extend itself"),
        ("[default]", "a world is named here by its id; there are: .*default"),
        ("null", "a world is named here by its id"),
    ],
)
def test_what_cannot_be_extended(write: Worlds, extends: str, said: str) -> None:
    path = write(HEAD.replace("extends: default", f"extends: {extends}"))
    with pytest.raises(InputError, match=rf"corner-town.yaml:2:10: {said}"):
        load_world(path)


def test_worlds_that_extend_one_another(packaged: Path, write: Worlds) -> None:
    (packaged / "here.yaml").write_text(HEAD.replace("extends: default\nid: corner-town", "extends: there\nid: here"), encoding="utf-8")
    there = packaged / "there.yaml"
    there.write_text(HEAD.replace("id: corner-town", "id: there") + "needs: {rail: {text: A tram}}\n", encoding="utf-8")
    world = load_world(write(HEAD.replace("extends: default", "extends: here") + "needs: {air: null}\n"))
    assert world.needs["rail"].text == "A tram" and "air" not in world.needs
    there.write_text(HEAD.replace("extends: default\nid: corner-town", "extends: here\nid: there"), encoding="utf-8")
    with pytest.raises(InputError, match=r"there.yaml:2:10: 'here' cannot extend itself \(here by way of 'there'\)"):
        load_world("here")


def test_faults_point_to_the_file_that_says_it(packaged: Path, write: Worlds) -> None:
    shares = "groups: {A: null}\n"
    path = write(HEAD + shares)
    found = [(Path(f.file).name, f.line, f.text.split(";")[0]) for f in check_file(path)]
    default = (packaged / "default.yaml").read_text(encoding="utf-8").splitlines()
    assert found[0] == ("corner-town.yaml", 6, "these shares add up to 0.3")
    at = default.index(next(line for line in default if line.startswith("conduct_by_group"))) + 2
    assert found[1] == ("default.yaml", at, "the world has no group 'A'") and default[at - 1].startswith("  A: ")
    path = write(HEAD + "conduct:\n  litter: {rate: {value: 2, per: person-year}}\n")
    assert {(Path(f.file).name, f.line) for f in check_file(path)} == {("corner-town.yaml", 7)}


def test_the_schema_takes_both_kinds_of_world_file() -> None:
    world = jsonschema.Draft202012Validator(world_schema())
    world.validate(parse(HEAD + ONE).data)
    for wrong in ("needs: {rail: {contxt: travel}}\n", "conduct: {belief: {rate: {value: 3}}}\n", "households: [{adults: 2}]\n"):
        assert not world.is_valid(parse(HEAD + wrong).data), wrong
    assert not world.is_valid(parse(HEAD.replace("extends: default\n", "")).data)
    assert not world.is_valid(parse(HEAD.replace("name: Corner town\n", "")).data)


def scheme_in(world: str) -> str:
    text = (DATA / "testville-scheme.yaml").read_text(encoding="utf-8")
    return text.replace("status: hypothetical\n", f"status: hypothetical\nworld: {world}\n", 1)


def test_a_scheme_names_its_world(packaged: Path, write: Worlds) -> None:
    (packaged / "testville.yaml").write_bytes((DATA / "testville-world.yaml").read_bytes())
    path = write(scheme_in("testville"), "testville-scheme")
    assert check_file(path) == []
    assert load_checked(path)[0].world == "testville"
    scheme, world = load_both(path)
    assert (scheme.world, world) == ("testville", load_world("testville"))
    assert load_both(path, DATA / "testville-world.yaml")[1] == world
    elsewhere = [f.text for f in check_file(path, "default")]
    assert elsewhere and elsewhere == [f.text for f in check_file(DATA / "testville-scheme.yaml")]
    with pytest.raises(InputError, match="unknown category of conduct"):
        load_both(path, "default")


def test_a_run_is_lived_in_the_world_of_its_scheme(packaged: Path, write: Worlds, tmp_path: Path) -> None:
    (packaged / "testville.yaml").write_bytes((DATA / "testville-world.yaml").read_bytes())
    path = write(scheme_in("testville"), "testville-scheme")
    for given, out in ((path, "file"), (gh.load(path), "loaded")):
        run = gh.run(given, people=120, years=1, seeds=1, span=0, out=tmp_path / out)
        assert load_world(run.folder / "world.yaml") == load_world("testville")


def test_a_world_that_does_not_come_with_glasshouse(write: Worlds) -> None:
    for world in ("testvile", "worlds/testville.yaml"):
        path = write(scheme_in(world), "testville-scheme")
        line = scheme_in(world).splitlines().index(f"world: {world}") + 1
        for found in (check_file(path), check_file(path, DATA / "testville-world.yaml")):
            assert [(f.line, f.text.split(";")[0]) for f in found] == [(line, f"unknown world '{world}'")]
        with pytest.raises(InputError, match="unknown world"):
            load_both(path)
    assert meaning.WORLDS == load.PACKAGE


def test_a_setting_puts_no_other_world_in_place() -> None:
    with pytest.raises(InputError, match="name it with --world"):
        gh.run("ordinary-law", people=1, settings={"world": "default"})
