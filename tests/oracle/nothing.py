"""A scheme's tables in which nothing is on: the columns that are not 0 then."""

from __future__ import annotations

from typing import Any

from glasshouse.scheme import tables as T
from glasshouse.scheme.compile import BOTTOM, TOP

Columns = dict[Any, dict[str, int]]  # of each kind of row
NOTHING: Columns = {
    T.RULES: {"has_points": 1, "floor": BOTTOM, "cap": TOP, "start": 10000},
    T.CHANNEL: {"only": -1},
    T.ITEM: {"grade": -1, "list": -1, "strikes": 1, "window": 1, "term": -1, "cap_group": -1, "also": -1, "relatives": -1},
    T.LIST: {"sanction": 1, "from_grade": -1, "contact_list": -1, "amnesty_first": -1, "yardstick": -1},
    T.GATE: {"trap_category": -1, "needs": 1},
    T.WHOLE: {
        "attention_channel": -1, "informing_channel": -1, "rating_channel": -1, "informs": 4096, "capacity_1": T.NO_LIMIT,
        "capacity_2": T.NO_LIMIT,
    },
}  # fmt: skip


def nothing_but(more: Columns) -> Columns:
    """The same with further columns stated, which do nothing by themselves."""
    return {dtype: {**NOTHING.get(dtype, {}), **more.get(dtype, {})} for dtype in {**NOTHING, **more}}
