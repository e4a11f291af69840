"""The catalogue's pages: current, from file and record alone; and the records behind them."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from glasshouse.cli.values import fitted_values
from glasshouse.files.read import package_ids
from glasshouse.files.settings import get_value
from glasshouse.scheme.check import require_valid
from glasshouse.scheme.claims import claims
from glasshouse.scheme.load import load_scheme
from glasshouse.study.standard import beside, kept, mark
from glasshouse.world.load import load_world

FOLDER = Path(__file__).parents[2] / "docs" / "catalogue"
IDS = package_ids("glasshouse.catalogue")
LIVED = [name for name in IDS if "baseline" not in load_scheme(name).kind]
MOST_WORDS = 150
NOTHING_PUBLISHED = {"rongcheng-2021", "fidenza-tenants"}  # no aggregate of what a run counts was found


def text(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def record() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue_record", FOLDER / "record.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_what_file_and_record_say() -> None:
    done = subprocess.run([sys.executable, str(FOLDER / "generate.py"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", LIVED)
def test_a_record_is_kept_of_these_values(name: str) -> None:
    found, scheme = kept(name), load_scheme(name)
    assert found is not None, f"run: python docs/catalogue/record.py {name}"
    assert found.mark == mark(scheme, load_world(scheme.world)), f"values were changed since; run: python docs/catalogue/record.py {name}"
    assert found.line("entries_rate") is not None and found.line("sanctioned_days_rate") is not None


@pytest.mark.parametrize("name", LIVED)
def test_a_record_has_something_for_every_published_figure(name: str) -> None:
    scheme, found = load_scheme(name), kept(name)
    assert found is not None
    missing = [one.name for one in beside(scheme, found) if not one.is_kept]
    assert not missing, f"asked for since; run: python docs/catalogue/record.py {name}"


@pytest.mark.parametrize("name", LIVED)
def test_published_figures_or_a_sentence_that_there_are_none(name: str) -> None:
    """Schemes without a published aggregate are few, and named here; whoever adds one states its figures or adds it to them."""
    scheme, page = load_scheme(name), text(name)
    assert bool(scheme.plausibility) == (name not in NOTHING_PUBLISHED and scheme.status != "myth")
    said = "No published aggregate was found" in page or "A myth has no published aggregates" in page
    assert said == (not scheme.plausibility) and "## Published figures beside the run" in page
    assert all(published.figure.split("|")[0].strip() in page for published in scheme.plausibility.values())


@pytest.mark.parametrize("name", LIVED)
def test_every_fitted_value_stands_beside_its_target(name: str) -> None:
    _, _, page = text(name).partition("## Fitted values")
    found = fitted_values(load_scheme(name))
    assert bool(page) == bool(found)
    for path, value in found:
        assert re.search(rf"^\| `{re.escape(path)}` \|.*\| `{value.fitted_to}`: ", page, re.M), path


@pytest.mark.parametrize("name", IDS)
def test_what_it_is_takes_few_words(name: str) -> None:
    scheme = load_scheme(name)
    said = scheme.summary + " " + (scheme.claimed_purpose.text if scheme.claimed_purpose else "")
    assert len(said.split()) <= MOST_WORDS


@pytest.mark.parametrize("name", IDS)
def test_every_source_that_is_named_is_listed(name: str) -> None:
    body, _, sources = text(name).partition("## Sources")
    listed = set(re.findall(r"^- \[([\w-]+)\]", sources, re.M))
    conditions = {"able", "adult", "owes"}  # words of the language that a text may quote in brackets
    assert set(re.findall(r"\[([a-z][\w-]+)\](?!\()", body)) - conditions <= listed


@pytest.mark.parametrize("name", LIVED)
def test_links_and_the_chart(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text(name)):
        assert (FOLDER / target).is_file(), target
    found = kept(name)
    if found and found.curve and f"figures/{name}.svg" in text(name):
        drawn = (FOLDER / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        assert "Invented people. Not a forecast." in drawn
        assert load_scheme(name).status != "myth" or "A myth: no such scheme exists" in drawn


def test_myths_say_so_at_once() -> None:
    assert "**A myth: no such scheme exists.**" in text("headline-score").split("## ")[0]


def test_every_claim_stands_on_the_page_of_the_myth() -> None:
    page = text("headline-score")
    assert all(claim.claim in page and claim.record in page for claim in claims())
    assert all(claim.claim in text(claim.scheme) for claim in claims() if claim.scheme)


def test_every_page_is_on_the_first() -> None:
    assert all(f"]({name}.md)" in text("index") for name in IDS)


@pytest.mark.parametrize("name", LIVED)
def test_the_curves_points_can_be_lived(name: str, record: Any) -> None:
    """None, half, as assumed, and more as far as every range goes: each a valid scheme in its world."""
    scheme = load_scheme(name).model_copy(update={"scenarios": {}, "safeguards": {}, "headline": None})
    xs, rates = record.multiples(scheme), record.rates(scheme)
    assert xs[:3] == [0, 0.5, 1] if rates else xs == []
    assert all(x <= record.MOST for x in xs)
    for x in xs:
        changed = record.at(scheme, x)
        require_valid(changed, load_world(scheme.world))
        for path, value in rates:
            assert get_value(changed, path).value == pytest.approx(value.value * x)
            assert value.value * x <= value.range[1] * 1.001


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "generate.py"), "--folder", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (tmp_path / "no-scheme.md").write_text("other words", encoding="utf-8")
    command = [sys.executable, str(FOLDER / "generate.py"), "--check", "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "not what file and record say now; run `make catalogue-pages`: no-scheme.md\n")


def test_records_hold_what_a_reader_needs_to_judge_them() -> None:
    for name in LIVED:
        if found := kept(name):
            assert {"glasshouse", "lived", "world", "people", "years", "seeds", "span"} <= set(found.about)
            assert len(json.dumps(found.lines)) < 60_000
