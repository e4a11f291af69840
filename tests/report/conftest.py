"""One made-up run's folder and its report for all tests of the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasshouse.report.html import write_report
from tests.report.fixture import make_run


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete run's folder with its report."""
    folder = make_run(tmp_path_factory.mktemp("report") / "testville-list")
    write_report(folder)
    return folder


@pytest.fixture(scope="session")
def page_text(run_folder: Path) -> str:
    """The report's HTML."""
    return (run_folder / "report.html").read_text(encoding="utf-8")
