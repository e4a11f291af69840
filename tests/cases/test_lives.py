"""Every hand-computed life, under every runner. A runner takes a `StatedLife` and gives a `Trace` (tests/cases/README.md)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cases.engine_runner import replay
from tests.cases.load import Case, all_cases, observed
from tests.cases.stated import StatedLife, Trace
from tests.oracle.life import life

RUNNERS: dict[str, Callable[[StatedLife], Trace]] = {"oracle": life, "engine": replay}
CASES = all_cases()


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_life_comes_out_as_by_hand(case: Case, runner: str) -> None:
    assert observed(RUNNERS[runner](case.life), case.expect) == case.expect


def test_there_are_enough_cases_with_different_names() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40
