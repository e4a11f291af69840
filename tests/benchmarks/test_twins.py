"""The benchmark compares like with like: the C twin counts exactly what the engine counts, the NumPy twin the same within chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks import compare, reference
from benchmarks.c_twin import CTwin, compiler, fits_the_twin
from benchmarks.numpy_twin import NumpyTwin
from glasshouse.cli.main import exit_code
from glasshouse.engine.machine import Machine
from glasshouse.mechanism.classes import CLASSES

needs_a_compiler = pytest.mark.skipif(compiler() is None, reason="no C compiler on this machine (cc, gcc or clang)")


@pytest.fixture(scope="module")
def twin() -> CTwin:
    """The C twin, compiled once for these tests."""
    return CTwin()


@needs_a_compiler
@pytest.mark.parametrize(("people", "seed"), [(1, 0), (777, 1), (15360, 2), (2 * 15360 + 4321, 3), (5000, (5 << 32) + 9)])
def test_the_c_twin_counts_what_the_engine_counts(twin: CTwin, people: int, seed: int) -> None:
    assert compare.require_equal(twin, people, seed) > 0


@needs_a_compiler
def test_the_comparison_sees_a_difference(twin: CTwin) -> None:
    m = reference.machine(3000, 4)
    ours = m.live(0, 1)[0]
    assert compare.differing(m, ours, twin.live(3000, 4, 0, 1)) == []
    assert "days" in compare.differing(m, ours, twin.live(3000, 5, 0, 1))


@needs_a_compiler
def test_the_towns_of_the_c_twin_add_up(twin: CTwin) -> None:
    people = 15360 + 2000
    assert np.array_equal(twin.live(people, 6, 0, 2), twin.live(people, 6, 0, 1) + twin.live(people, 6, 1, 2))


def test_the_c_twin_refuses_a_model_it_has_no_code_for() -> None:
    fits_the_twin(reference.machine(1, 0))
    with pytest.raises(AssertionError, match="one arm"):
        fits_the_twin(reference.machine(1, 0, arms=2))
    with pytest.raises(AssertionError, match="over-compliance"):
        fits_the_twin(changed("gate", "over_needs", 1))
    for part, name, value in (("gate", "demand", 1), ("rules", "exchanges", 1), ("lists", "amnesty_first", 0), ("rules", "n_campaigns", 1)):
        with pytest.raises(AssertionError, match="nothing beyond the spine"):
            fits_the_twin(changed(part, name, value))


def changed(part: str, name: str, value: int) -> Machine:
    """The reference model with one column of a table of its arms at another value."""
    m = reference.machine(1, 0)
    rows: Any = m.arms.tables[part].copy()
    rows[name] = value
    m.arms.tables[part] = rows
    return m


@pytest.mark.parametrize("superposed", [False, True])
def test_the_numpy_twin_lives_the_same_model(superposed: bool) -> None:
    compare.require_alike(6, 1, superposed=superposed)


def test_the_numpy_comparison_sees_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    lived = NumpyTwin.live

    def with_more_acts(self: NumpyTwin, people: int, seed: int) -> dict[str, compare.Ints]:
        out = lived(self, people, seed)
        return out | {"acts": out["acts"] * 51 // 50}

    monkeypatch.setattr(NumpyTwin, "live", with_more_acts)
    with pytest.raises(AssertionError, match="acts"):
        compare.require_alike(4, 1, superposed=True)


def test_every_class_that_the_reference_model_can_show_occurs() -> None:
    """Equality of counts that are all zero would prove nothing."""
    m = reference.machine(3 * 15360, 8)
    entries = m.layout.view(m.live(0, 3)[0])["entries"].sum(axis=(0, 1, 2))
    assert [name for name, n in zip(CLASSES, entries, strict=True) if n] == [
        "mistaken identity",
        "ground unmet",
        "protected conduct",
        "lawful conduct",
        "unrelated or disproportionate",
        "within stated rules",
    ]


def test_the_reference_model_lives_about_twelve_events_a_year() -> None:
    m = reference.machine(15360, 9)
    events = int(m.layout.view(m.live(0, 1)[0])["events"].sum())
    assert 11.5 < events / 15360 * 365 / reference.DAYS < 13.5


def test_the_reference_files_are_without_faults(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(reference.WORLD), str(reference.SCHEME)]
    assert exit_code(["check", *files, "--world", files[0]]) == 0
    assert capsys.readouterr().out.count("no faults") == 2


def test_a_longer_list_is_another_scheme_in_the_same_world() -> None:
    _, arms = reference.tables()
    assert [int(a.list["term"].sum()) for a in arms] == [180, 0, 360, 90]
