"""The Python interface as the README shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

import glasshouse as gh
from glasshouse.api import Run
from glasshouse.files.errors import InputError
from tests.made_up import made_up_scheme, made_up_world

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
    assert whole is not None and parts
    few = 30 / 2 * sum(p is None for p in parts)  # a class that is not shown has fewer than 30 entries in both seeds
    assert whole - few <= sum(p for p in parts if p is not None) <= whole
    assert {"all", "A", "B", "C"} <= set(entries.by_group())
    assert entries.by_arm()["none"].central == 0


def test_a_safeguard_is_lived_as_an_arm_of_its_own(tmp_path: Path) -> None:
    faster = {"text": "more corrections", "why": "to compare", "set": {"correction.filed": 0.99}}
    scheme = made_up_scheme({"safeguards": {"faster": faster}})
    found = gh.run(scheme, world=made_up_world(), people=1200, years=1, seeds=2, span=0, with_safeguards=["faster"], out=tmp_path / "a")
    arms = found.outcome("time_to_clear_90d").lines
    assert {"scheme", "with faster", "error-free", "ordinary"} >= {line.arm for line in arms} >= {"scheme", "with faster"}
    mended, written = (
        next(x.central for x in arms if (x.arm, x.cls, x.note.split(";")[0]) == (arm, "without ground", "corrected"))
        for arm in ("with faster", "scheme")
    )
    assert mended is not None and written is not None and mended > written
    assert found.outcome("wrongly_sanctioned_days").by_arm()["with faster"].central is not None
    assert "With faster" in found.report().read_text(encoding="utf-8")


def test_an_unknown_safeguard_names_the_nearest(tmp_path: Path) -> None:
    scheme = made_up_scheme({"safeguards": {"faster": {"text": "", "why": "", "set": {"correction.filed": 0.99}}}})
    with pytest.raises(InputError, match="did you mean 'faster'"):
        gh.run(scheme, world=made_up_world(), people=60, with_safeguards=["fastest"], out=tmp_path / "a")
    assert not (tmp_path / "a").exists()


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
