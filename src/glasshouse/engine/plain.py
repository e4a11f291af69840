"""Arrays for the uncompiled engine: records with attributes, as the rules write them, and no index below 0.

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
        return Record(self._rows[from_the_start(index)])

    def __setitem__(self, index: Any, value: Record) -> None:
        self._rows[from_the_start(index)] = value._row


class Numbers:
    """An array of integers."""

    __slots__ = ("_values", "shape")

    def __init__(self, values: NDArray[np.integer[Any]]) -> None:
        self._values = values
        self.shape = values.shape

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, index: Any) -> Any:
        found = self._values[from_the_start(index)]
        return Numbers(found) if isinstance(found, np.ndarray) else found

    def __setitem__(self, index: Any, value: Any) -> None:
        self._values[from_the_start(index)] = value


def from_the_start(index: Any) -> Any:
    """The index, if it is not below 0: compiled code does not count from the end (`engine/program.py`).

    Raises
    ------
    IndexError
        It is below 0.
    """
    for i in index if isinstance(index, tuple) else (index,):
        if not isinstance(i, slice) and i < 0:
            raise IndexError(f"an index below 0: {index}")
    return index


def as_plain(array: Any) -> Any:
    """The array as the uncompiled engine wants it."""
    if not isinstance(array, np.ndarray):
        return array
    return Records(array) if array.dtype.names else Numbers(array)
