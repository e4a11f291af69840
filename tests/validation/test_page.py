"""The page and its pictures come from the data of a run alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glasshouse.validation import page
from glasshouse.validation.registry import chosen
from glasshouse.validation.rows import Size
from glasshouse.validation.run import run_rows


def test_data_come_back_as_they_were() -> None:
    done = run_rows(chosen(["karate-1-own", "star-hub"]), Size.QUICK, wrong=True, report=lambda *said: None)
    text = json.dumps([ran.as_json() for ran in done])
    assert [page._ran(said) for said in json.loads(text)] == done


def test_the_page_of_a_run(tmp_path: Path) -> None:
    names = ["karate-1-own", "granovetter-100", "granovetter-sd-10", "granovetter-sd-11", "granovetter-sd-12", "fixed-term-1"]
    done = run_rows(chosen(names), Size.QUICK, wrong=True, report=lambda *said: None)
    data = tmp_path / "validation.json"
    data.write_text(json.dumps([ran.as_json() for ran in done]), encoding="utf-8")
    page.main([str(data), str(tmp_path / "validation.md")])
    text = (tmp_path / "validation.md").read_text(encoding="utf-8")
    assert "**The first two tables say nothing about the real world**" in text
    for name in names:
        assert text.count(f"`{name}`") >= 2  # in its table, and where each number comes from
    assert "Granovetter (1978)" in text and "`mueller-1973`" in text and "Kuran" not in text
    for picture in ("theory", "models"):
        assert f"(validation/{picture}.svg)" in text
        assert (tmp_path / "validation" / f"{picture}.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("place", ["docs/validation.md"])
def test_the_page_in_the_repository_is_that_of_its_data(place: str) -> None:
    root = Path(__file__).parents[2]
    data = root / "docs" / "validation.json"
    if not data.is_file():
        pytest.skip("no full run has been kept yet")
    done = page.read(data)
    pictures = page.pictures_of(done, root / "docs" / "validation")
    assert (root / place).read_text(encoding="utf-8") == page.page(done, pictures), "run `make validate`"
