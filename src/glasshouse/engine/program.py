"""Compiling the engine as one program.

Numba compiles every function as if others might call it, and takes an index below 0 as counted from the end. Of the engine only the entry
point is called from outside, and no index is below 0 (the uncompiled engine refuses one). Told so, LLVM drops what nobody reads of the
hundred arrays that are handed around, and a third of the time (docs/design/004-engine.md).

These are inner workings of Numba. Where the two functions replaced here have other names or arguments in a later version, the engine is
compiled in the usual way: slower, with the same results. What is compiled meanwhile stays as it is: only the engine's own rules are.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

WRAPPER = "_ZN7cpython"  # how the name of the function begins through which Python calls the entry point


@contextmanager
def one_program(entry: str) -> Iterator[None]:
    """While this lasts, whatever is compiled is part of the program that begins at the function of this (qualified) name."""
    from numba.core.compiler_lock import global_compiler_lock

    with global_compiler_lock, ExitStack() as stack:
        for change in _index_from_the_start(), _closed(entry):
            if change is not None:
                stack.enter_context(change)
        yield


def _index_from_the_start() -> Any:
    """An index is a place from 0 on, and is not looked at for being below 0."""
    from numba.core import types
    from numba.np import arrayobj

    usual = getattr(arrayobj, "fix_integer_index", None)
    if usual is None or list(inspect.signature(usual).parameters) != ["context", "builder", "idxty", "idx", "size"]:
        return None

    def as_it_is(context: Any, builder: Any, idxty: Any, idx: Any, size: Any) -> Any:
        return context.cast(builder, idx, idxty, types.intp if idxty.signed else types.uintp)

    return patch.object(arrayobj, "fix_integer_index", as_it_is)


def _closed(entry: str) -> Any:
    """Functions are optimised together, once the entry point has all of them, and can be called from nowhere else."""
    from numba.core.codegen import CPUCodeLibrary

    usual: Callable[[Any], None] | None = getattr(CPUCodeLibrary, "_optimize_final_module", None)
    if usual is None or list(inspect.signature(usual).parameters) != ["self"]:
        return None

    def together(library: Any) -> None:
        if library.name == entry:
            functions = [f for f in library._final_module.functions if not f.is_declaration]
            inner = [f for f in functions if not f.name.startswith(WRAPPER)]
            for function in inner if len(inner) < len(functions) else []:
                function.linkage = "internal"
            usual(library)

    return patch.object(CPUCodeLibrary, "_optimize_final_module", together)
