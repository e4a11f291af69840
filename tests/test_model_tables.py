"""The model description: its generated pages are what the code says now, and what it names exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from glasshouse.files.settings import with_values
from glasshouse.scheme import tables as scheme_tables
from glasshouse.world import people, tables
from glasshouse.world.contacts import describe
from glasshouse.world.load import load_world

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "model"
WRITTEN = ["overview.md", "concepts.md", "details.md", "limits.md", "trace.md"]
GENERATED = ["tables.md", "language.md", "defaults.md"]
SVG = "{http://www.w3.org/2000/svg}"


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PAGES / "generate.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_generated_pages_are_up_to_date() -> None:
    done = generate("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_stale_page_is_noticed(tmp_path: Path) -> None:
    for name in GENERATED:
        shutil.copy(PAGES / name, tmp_path / name)
    page = tmp_path / "defaults.md"
    page.write_text(page.read_text(encoding="utf-8").replace("0.7", "0.8", 1), encoding="utf-8")
    (tmp_path / "language.md").unlink()
    done = generate("--check", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert "defaults.md" in done.stdout
    assert "language.md" in done.stdout


@pytest.mark.parametrize("module", [scheme_tables, tables, people], ids=lambda m: m.__name__.removeprefix("glasshouse."))
def test_every_field_of_the_integer_tables_has_words(module: object) -> None:
    words = YAML(typ="safe").load((PAGES / "words.yaml").read_text(encoding="utf-8"))
    records = {name: v.names for name, v in vars(module).items() if name.isupper() and getattr(v, "names", None)}
    assert records
    missing = [f"{name}.{f}" for name, fields in records.items() for f in fields if f not in words.get(name, {}) | words["any"]]
    assert missing == [], "add them to docs/model/words.yaml"


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_page_links_to_exists(name: str) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    paths = [ROOT / path for path in re.findall(r"`((?:src|tests|docs|benchmarks)/[\w./-]+)`", text)]
    assert [p for p in (*(PAGES / link for link in links), *paths) if not p.exists()] == []
    assert len(text.splitlines()) <= 300


def test_submodels_that_are_referred_to_exist() -> None:
    details = (PAGES / "details.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^### (7\.\d+) ", details, re.M))
    named = {n for name in WRITTEN for n in re.findall(r"\b(7\.\d+)\b", (PAGES / name).read_text(encoding="utf-8"))}
    assert named <= known
    assert len(known) == 20


def test_the_figures_of_the_default_town_are_its_own() -> None:
    """Those that limits.md prints beside published contact data."""
    limits = (PAGES / "limits.md").read_text(encoding="utf-8")
    town = load_world()
    now = describe(town)
    for figure in (
        f"| {now['all']['mean_degree']:.1f} |",
        f"| {now['circle']['mean_degree']:g} |",
        f"standard deviation {now['all']['degree_sd']:.1f}:",
        f"{now['all']['clustering']:.2f} over all",
        f"| {now['workplace']['within_group']:.2f} at work and in circles ({now['workplace']['random_mixing']:.2f} by chance)",
    ):
        assert figure in limits, figure
    top = {
        f"layers.{name}.conduct_homophily": layer.conduct_homophily.range[1]
        for name, layer in town.layers.items()
        if layer.conduct_homophily
    }
    alike = {name: row["conduct_homophily"] for name, row in describe(with_values(town, top)).items()}
    said = f"{alike['workplace']:.2f} at work, {alike['circle']:.2f} in circles, {alike['all']:.2f} over all ties"
    assert said in limits, said


def test_the_picture_of_a_week_can_be_read_aloud() -> None:
    root = ElementTree.parse(PAGES / "week.svg").getroot()
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    texts = {e.get("id"): e.text or "" for e in root.iter() if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert len(labels) == 2
    assert all(len(texts[label]) > 10 for label in labels)
    assert not [e for e in root.iter() if e.tag in {f"{SVG}image", f"{SVG}script"}]
