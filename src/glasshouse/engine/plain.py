"""Structured arrays for the uncompiled engine: records with attributes, as the rules write them.

NumPy's own record arrays will not do: their records already have methods called `item`, `mean` and `repeat`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Record:
    """One record; its fields read as Python integers and write through."""

    __slots__ = ("_row",)
    _row: Any

    def __init__(self, row: Any) -> None:
        object.__setattr__(self, "_row", row)

    def __getattr__(self, name: str) -> int:
        return int(self._row[name])

    def __setattr__(self, name: str, value: int) -> None:
        self._row[name] = value


class Records:
    """An array of records."""

    __slots__ = ("_rows", "shape")

    def __init__(self, rows: NDArray[np.void]) -> None:
        self._rows = rows
        self.shape = rows.shape

    def __getitem__(self, index: Any) -> Record:
        return Record(self._rows[index])

    def __setitem__(self, index: Any, value: Record) -> None:
        self._rows[index] = value._row


def as_plain(array: Any) -> Any:
    """The array as the uncompiled engine wants it."""
    return Records(array) if getattr(array, "dtype", None) is not None and array.dtype.names else array
