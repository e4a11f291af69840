"""The how-to pages show what the files beside them say, and those files are without fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glasshouse.cli.main import COMMANDS
from glasshouse.scheme.check import check_file, load_both

HERE = Path(__file__).parents[1] / "docs" / "how-to"
PAGES = sorted(HERE.glob("*.md"))
FILES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.yaml")))


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_what_a_page_shows_stands_in_a_file(page: Path) -> None:
    found = blocks(page, "yaml")
    assert found
    for block in found:
        assert block in FILES, block


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_commands_exist(page: Path) -> None:
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    assert lines
    assert all(line.split()[0] == "glasshouse" and line.split()[1] in COMMANDS for line in lines)


def test_the_files_have_no_fault() -> None:
    town = HERE / "pool-town.yaml"
    assert check_file(town) == check_file(HERE / "pool-bans.yaml", town) == []
    scheme, world = load_both(HERE / "pool-bans.yaml", town)
    assert (scheme.id, world.id) == ("pool-bans", "pool-town")


def test_the_pages_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), target
