"""Marks a plain typed function as a rule that Numba may inline. Importing this file imports Numba: only the engine's side may."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba.extending import register_jitable

P = ParamSpec("P")
R = TypeVar("R")


def rule(f: Callable[P, R]) -> Callable[P, R]:
    """The same function, also callable from compiled code; called from Python it stays plain Python."""
    return register_jitable(f)
