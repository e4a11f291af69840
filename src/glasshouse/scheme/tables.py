"""A scheme as integer tables: what `scheme/compile.py` makes and the engine reads (docs/design/001-spine-semantics.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Records = NDArray[np.void]
Names = dict[str, list[str]]

UNLAWFUL, LAWFUL, PROTECTED, COMMENDABLE = 0, 1, 2, 3
ABLE, ADULT, OWES = 1, 2, 4  # condition bits
ANOTHERS_ACT, NO_ACT = 1, 2  # origin of a false record (own true = 0, misrecorded = 3)
REPEAT_NONE, REPEAT_RESTART, REPEAT_EXTEND = 0, 1, 2
REPAIR_NONE, REPAIR_PAYMENT, REPAIR_PLEDGE = 0, 1, 2


def _i8(names: str) -> np.dtype[np.void]:
    return np.dtype([(n, "i8") for n in names.split()])


RULES = _i8(
    "has_points start floor cap n_grades n_channels n_items n_false n_batches n_lists n_gates filed corr_min corr_mean pay pay_listed"
)
CHANNEL = _i8("visible delay_min delay_mean mis_share")
ITEM = _i8(
    "category context valence points grade validity list strikes window term performable cond checked double "
    "cap_group cap repair repair_points repair_validity repair_mean fine also kept"
)
FALSE = _i8("origin channel cum")  # cum: cumulative threshold over kinds
BATCH = _i8("origin channel mean_gap share")  # ticks; threshold
LIST = _i8("sanction from_grade term repeat extension longest performable lag yardstick n_hazards contexts")
HAZARD = _i8("mean unable")
GATE = _i8("list parent context compliance over needs over_needs")  # needs: bit masks


@dataclass(frozen=True)
class SchemeTables:
    """Integer tables of a scheme in one world. Points are tenths; days whole; means 1/256 day; probabilities thresholds of 2^32."""

    rules: Records  # RULES, (1,)
    channel: Records  # (n_channels,)
    sensitivity: Ints  # (n_channels, n_categories) thresholds, 0 = not covered
    mistaken_for: Ints  # (n_channels, n_categories) category or -1
    item: Records  # (n_items,)
    pick_start: Ints  # (n_categories, n_roles) first index into pick_item
    pick_count: Ints  # (n_categories, n_roles)
    pick_item: Ints  # item index
    pick_cum: Ints  # cumulative threshold within its (category, role) run; the last is 2^32
    false: Records  # (n_false,)
    false_category: Ints  # (n_false, n_categories) cumulative thresholds; the last is 2^32
    batch: Records
    batch_category: Ints
    grade_from: Ints  # (n_grades,) lower bound in tenths, best first; the last is the smallest integer
    list: Records
    hazard: Records  # (n_lists, most hazards)
    gate: Records
    names: Names  # channels, items, false, batches, grades, lists, hazards (cause names), gates
