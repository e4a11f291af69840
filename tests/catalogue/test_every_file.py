"""What holds for every file of the catalogue and for every world that comes with Glasshouse."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from glasshouse.files.read import package_ids
from glasshouse.scheme.check import check_file, load_both
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world

IDS = package_ids("glasshouse.catalogue")
FILES = [Path(str(resources.files("glasshouse.catalogue") / f"{name}.yaml")) for name in IDS]
WORLDS = package_ids("glasshouse.world")
FILES += [Path(str(resources.files("glasshouse.world") / f"{name}.yaml")) for name in WORLDS]
LOADED = "rightful|rightfully|deserved|deservedly|villain|dystopia|dystopian|orwellian|regime|dictatorship"
NAMED = r"\b(?:Mr|Mrs|Ms|Miss|Madam|Herr|Frau)\b\.? [A-Z]|\bsurnamed\b"
UNREAD = r"\bMEM\b|\bfrom memory\b|\(memory\)|\bTODO\b"


def file_id(path: Path) -> str:
    return path.stem


def test_first_files_are_there() -> None:
    assert {"judgment-defaulters", "wendeng-2020", "ordinary-law", "no-scheme"} <= set(IDS)


@pytest.mark.parametrize("path", FILES, ids=file_id)
def test_has_no_fault_and_no_warning(path: Path) -> None:
    """An unused source is a warning, so this also says that every source is used."""
    assert [str(fault) for fault in check_file(path)] == []


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_is_called_like_its_file(name: str) -> None:
    assert load_world(name).id == name


@pytest.mark.parametrize("name", IDS)
def test_compiles_in_its_world(name: str) -> None:
    scheme, world = load_both(name)
    assert scheme.id == name
    tables = compile_scheme(scheme, world, compile_world(world))
    assert len(tables.item) == (len(scheme.rules.items) if scheme.rules else 0)


@pytest.mark.parametrize("path", FILES, ids=file_id)
def test_words_are_neutral_and_no_private_person_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(rf"\b(?:{LOADED})\b", text, re.IGNORECASE) == []
    assert re.findall(NAMED, text) == []


@pytest.mark.parametrize("path", FILES, ids=file_id)
def test_nothing_rests_on_recollection(path: Path) -> None:
    assert re.findall(UNREAD, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", IDS)
def test_sources_say_who_when_and_what(name: str) -> None:
    for key, source in load_scheme(name).sources.items():
        assert source.author and source.year and source.title, key
        assert source.url is None or re.match(r"https?://\S+$", source.url), key


@pytest.mark.parametrize("name", IDS)
def test_scenarios_change_something(name: str) -> None:
    from glasshouse.files.settings import for_world, with_values

    scheme, world = load_both(name)
    for key, scenario in scheme.scenarios.items():
        in_scheme, in_world = for_world(scenario.set)
        assert with_values(scheme, in_scheme) != scheme or with_values(world, in_world) != world, key


def test_the_words_that_are_searched_for_are_found() -> None:
    assert re.search(rf"\b(?:{LOADED})\b", "a Deserved sanction", re.IGNORECASE)
    assert re.search(NAMED, "the debtor, Mr Example")
    assert re.search(UNREAD, "two years (memory)")
