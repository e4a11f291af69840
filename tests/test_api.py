"""The Python interface as the README shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasshouse as gh
from glasshouse.api import Run
from glasshouse.files.errors import InputError

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return gh.run(
        DATA / "testville-scheme.yaml", world=DATA / "testville-world.yaml", people=1200, years=1, seeds=2, span=2,
        out=tmp_path_factory.mktemp("api") / "run",
    )  # fmt: skip


def test_an_outcome_by_class_group_and_arm(run: Run) -> None:
    entries = run.outcome("entries")
    classes = entries.by_class()
    whole = classes["all"].central
    parts = [line.central for cls, line in classes.items() if cls not in ("all", "without ground", "other classes")]
    assert whole is not None and all(p is not None for p in parts)
    assert sum(p for p in parts if p is not None) == pytest.approx(whole)
    assert {"all", "A", "B", "C"} <= set(entries.by_group())
    assert entries.by_arm()["none"].central == 0


def test_an_unknown_outcome_names_the_nearest(run: Run) -> None:
    with pytest.raises(InputError, match="entries"):
        run.outcome("entrys")


def test_a_run_shows_itself_in_a_notebook(run: Run) -> None:
    assert "<table>" in run._repr_html_() and "Invented people" in run._repr_html_()
    assert run.outcome("entries")._repr_html_().count("<tr>") == len(run.outcome("entries").lines) + 1


def test_the_report_goes_where_it_is_wanted(run: Run, tmp_path: Path) -> None:
    page = run.report(tmp_path / "page.html")
    assert page == tmp_path / "page.html"
    assert "Testville" in page.read_text(encoding="utf-8")
