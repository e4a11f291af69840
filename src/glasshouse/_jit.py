"""Marks a plain typed function as a rule that compiled code may call. Importing this file imports Numba: only the engine's side may."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba.extending import register_jitable

P = ParamSpec("P")
R = TypeVar("R")
# Rules are called by compiled code only; each wrapper for other callers would be compiled too (docs/design/004-engine.md).
OPTIONS = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def rule(f: Callable[P, R]) -> Callable[P, R]:
    """The same function, also callable from compiled code; called from Python it stays plain Python."""
    return register_jitable(**OPTIONS)(f)
