"""What holds for every file of the catalogue and for the default world."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from glasshouse.files.read import package_ids
from glasshouse.scheme.check import check_file
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world

IDS = package_ids("glasshouse.catalogue")
FILES = [Path(str(resources.files("glasshouse.catalogue") / f"{name}.yaml")) for name in IDS]
FILES.append(Path(str(resources.files("glasshouse.world") / "default.yaml")))
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
    assert [str(fault) for fault in check_file(path, "default")] == []


@pytest.mark.parametrize("name", IDS)
def test_compiles_in_the_default_world(name: str) -> None:
    world = load_world("default")
    scheme = load_scheme(name)
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
    from glasshouse.files.settings import with_values

    scheme = load_scheme(name)
    for key, scenario in scheme.scenarios.items():
        assert with_values(scheme, scenario.set) != scheme, key


def test_the_words_that_are_searched_for_are_found() -> None:
    assert re.search(rf"\b(?:{LOADED})\b", "a Deserved sanction", re.IGNORECASE)
    assert re.search(NAMED, "the debtor, Mr Example")
    assert re.search(UNREAD, "two years (memory)")
