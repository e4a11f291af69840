"""Compiled as one program: only the entry point can be called from outside, and an index is a place from 0 on."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import numba
import numpy as np
import pytest
from llvmlite.binding import Linkage
from numba.core.codegen import CPUCodeLibrary
from numba.extending import register_jitable
from numba.np import arrayobj

from glasshouse.engine import kernel
from glasshouse.engine.plain import as_plain
from glasshouse.engine.program import WRAPPER, one_program

NUMBERS = np.arange(5)
LATER = NUMBERS[2:]  # before its place 0 lies 1; its last is 4


def ready(within: bool) -> Any:
    """A small program, compiled as one or in the usual way."""

    @register_jitable(no_cpython_wrapper=True, no_cfunc_wrapper=True)
    def looked_up(numbers: Any, place: int) -> int:
        total = 0
        for i in range(place, numbers.shape[0]):
            total = total * 10 + numbers[i]
        return total

    def entry_point(numbers: Any, place: int) -> int:
        whole = looked_up(numbers, 0)  # called more than once, so that it is not merely copied into its caller
        return int(looked_up(numbers, place) - whole + looked_up(numbers, 0))

    f: Any = numba.njit(entry_point)
    with one_program(entry_point.__qualname__) if within else nullcontext():
        f.compile((numba.typeof(LATER), numba.typeof(0)))
    return f


def callable_from_outside(f: Any) -> list[str]:
    """Names of the compiled functions that other code may call."""
    (result,) = f.overloads.values()
    functions = result.library._get_module_for_linking().functions
    return [g.name for g in functions if not g.is_declaration and g.linkage != Linkage.internal]


def test_only_the_entry_point_can_be_called_from_outside() -> None:
    f = ready(within=True)
    assert f(LATER, 0) == 234
    (name,) = callable_from_outside(f)
    assert name.startswith(WRAPPER)
    assert len(callable_from_outside(ready(within=False))) > 1


def test_an_index_below_0_is_the_place_before_and_not_the_end() -> None:
    assert ready(within=True)(LATER, -1) == 1234
    assert ready(within=False)(LATER, -1) == 4234  # what Numba does, and goes on doing for others


def test_the_engine_is_one_program() -> None:
    kernel.warm()
    (name,) = callable_from_outside(kernel.compiled())
    assert name.startswith(WRAPPER)


def test_numba_is_as_before_afterwards() -> None:
    before = arrayobj.fix_integer_index, CPUCodeLibrary._optimize_final_module
    with pytest.raises(RuntimeError), one_program("none"):
        assert arrayobj.fix_integer_index is not before[0]
        raise RuntimeError
    assert (arrayobj.fix_integer_index, CPUCodeLibrary._optimize_final_module) == before


def test_a_numba_of_other_inner_workings_compiles_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    fix, optimize = arrayobj.fix_integer_index, CPUCodeLibrary._optimize_final_module
    monkeypatch.setattr(arrayobj, "fix_integer_index", lambda *arguments: fix(*arguments))
    monkeypatch.setattr(CPUCodeLibrary, "_optimize_final_module", lambda library, more=None: optimize(library))
    f = ready(within=True)
    assert f(LATER, -1) == 4234
    assert len(callable_from_outside(f)) > 1


def test_the_uncompiled_engine_refuses_an_index_below_0() -> None:
    numbers = as_plain(np.zeros((2, 3), np.int64))
    records = as_plain(np.zeros(2, [("x", "i8")]))
    numbers[1, 2] = 7
    numbers[0, :] = 5
    assert (numbers[1, 2], numbers[0, 0], len(numbers), numbers.shape) == (7, 5, 2, (2, 3))
    for refused in (lambda: numbers[1, -1], lambda: records[-1], lambda: as_plain(NUMBERS)[-1]):
        with pytest.raises(IndexError, match="below 0"):
            refused()
    with pytest.raises(IndexError, match="below 0"):
        numbers[-1, 0] = 1
