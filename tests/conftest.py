"""What all tests share: where a Chromium is, and one closing line that says whether the browser tests ran."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = "GLASSHOUSE_REQUIRE_BROWSER"  # set by .ci/run: there the browser tests must run


def find_chromium() -> str | None:
    """The path of a Chromium on this machine, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, for tests marked `browser`."""
    found = find_chromium()
    assert found, "tests that use this fixture carry the mark `browser`"
    return found


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Without a Chromium the browser tests are skipped, unless they are required: then they fail."""
    if find_chromium() or os.environ.get(REQUIRED):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line on the browser tests: run, or not run and why."""
    stats = terminalreporter.stats
    ran = sum("browser" in report.keywords for outcome in ("passed", "failed") for report in stats.get(outcome, []))
    skipped = sum("browser" in report.keywords for report in stats.get("skipped", []))
    if ran:
        terminalreporter.write_line(f"Browser tests: {ran} ran on {find_chromium()}.")
    elif skipped:
        terminalreporter.write_line(f"Browser tests: {skipped} did not run, no Chromium was found.")
