"""What a planned run is said to cost, beside what one really takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasshouse.scheme.load import load_scheme
from glasshouse.study.estimate import estimate
from glasshouse.world.load import load_world
from tests.study.call import record, run

PLAN = {"people": 15_000, "years": 1, "seeds": 6, "span": 4}


@pytest.mark.slow
def test_an_estimate_is_within_a_factor_of_two_of_a_real_run(tmp_path: Path) -> None:
    """CPU time and disk: the time on a clock depends on who else uses the machine."""
    said = estimate(load_scheme("judgment-defaulters"), world=load_world(), threads=1, **PLAN)
    run(tmp_path / "a", **PLAN)
    took = record(tmp_path / "a")["cpu_seconds"]
    size = sum(path.stat().st_size for path in (tmp_path / "a").iterdir())
    assert took / 2 <= said.cpu_seconds <= took * 2, (said, took)
    assert size <= said.disk_bytes <= size + 5_000_000, (said, size)  # the report comes on top
    assert 50e6 < said.memory_bytes < 2e9


def test_an_estimate_grows_with_the_plan() -> None:
    world, scheme = load_world(), load_scheme("judgment-defaulters")
    base = estimate(scheme, world=world, people=50_000, years=1, seeds=4, span=0, threads=1)
    more = estimate(scheme, world=world, people=200_000, years=1, seeds=4, span=0, threads=1)
    wide = estimate(scheme, world=world, people=50_000, years=1, seeds=4, span=8, threads=1)
    assert base.lives == 4
    assert 1.5 * base.cpu_seconds < more.cpu_seconds < 8 * base.cpu_seconds
    assert wide.lives > 4 + 8 and wide.cpu_seconds > 2 * base.cpu_seconds
    assert more.memory_bytes < 2 * base.memory_bytes  # memory does not grow with people
