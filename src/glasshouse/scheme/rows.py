"""Small steps from words of a file to the rows of a table, shared by all that compiles a scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.values import Empirical, Rule
from glasshouse.scheme.tables import Ints, Records
from glasshouse.world.compile import GROUPS
from glasshouse.world.units import rounded


def index(what: str, name: str, allowed: Iterable[str]) -> int:
    """The place of a name among those allowed."""
    names = list(allowed)
    if name not in names:
        raise InputError(f"{what}: unknown name {quoted(name)}{did_you_mean(name, names)}")
    return names.index(name)


def mask(what: str, chosen: Iterable[str], allowed: list[str]) -> int:
    """The names chosen as bits, by their places among those allowed."""
    return sum(1 << i for i in {index(what, name, allowed) for name in chosen})


def marks(what: str, chosen: Iterable[str], allowed: list[str]) -> list[int]:
    """1 for each allowed name that is chosen, else 0."""
    places = {index(what, name, allowed) for name in chosen}
    return [int(i in places) for i in range(len(allowed))]


def by_group(what: str, values: Mapping[str, Empirical | Rule], missing: float) -> list[float]:
    """Central values for the groups A, B and C in this order."""
    for name in values:
        index(what, name, GROUPS)
    return [values[g].value if g in values else missing for g in GROUPS]


def tenths(points: float | None) -> int:
    """Points in tenths; 0 where the file says nothing."""
    return 0 if points is None else rounded(points * 10)


def records(rows: Sequence[tuple[int, ...]], dtype: np.dtype[np.void]) -> Records:
    """Rows as a structured array."""
    return np.array(rows, dtype=dtype)


def kept(items: Records) -> Ints:
    """Which rules leave a record in the book: those with points or a direct grade, and those of a list that some rule enters by strikes."""
    by_strikes = {int(row["list"]) for row in items if row["strikes"] > 1 and row["list"] >= 0}
    return np.array([row["points"] != 0 or row["grade"] >= 0 or row["list"] in by_strikes for row in items], dtype=np.int64)
