"""The world as integer tables: what `world/compile.py` makes and the engine reads (docs/design/001-spine-semantics.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Records = NDArray[np.void]

RESIDENT, MINOR = 0, 1  # role ids; the world's own roles follow from 2 in file order

CATEGORY = np.dtype([("creates_debt", "i8"), ("needs_debt", "i8"), ("valence", "i8"), ("context", "i8")])
NEED = np.dtype([("essential", "i8"), ("context", "i8"), ("minor", "i8")])
SCALARS = np.dtype(
    [
        ("town_size", "i8"),
        ("false_envelope", "i8"),  # 2^-30 per day
        ("recovery", "i8"),
        ("payment_envelope", "i8"),
        ("vis_corr", "i8"),  # 1/4096
        ("owing", "i8"),  # threshold
    ]
)


@dataclass(frozen=True)
class WorldTables:
    """Integer tables of a world. Rates are in 2^-30 per day, probabilities thresholds of 2^32, factors in 1/4096."""

    scalars: Records  # SCALARS, shape (1,)
    group_cum: Ints  # (3,) cumulative group shares as thresholds; the last is 2^32
    conduct_group: Ints  # (3,) factor
    vis_group: Ints  # (3,)
    vis_income: Ints  # (3,)
    shock: Ints  # (3,) rate by income third
    unable: Ints  # (3,) threshold
    role_cum: Ints  # (n_roles,) cumulative thresholds for roles 2.. (entries 0 and 1 are 0)
    conduct_cum: Ints  # (n_roles, n_categories) cumulative rates
    need_cum: Ints  # (2, n_needs) cumulative rates: adults, minors
    category: Records  # CATEGORY, (n_categories,)
    need: Records  # NEED, (n_needs,)
    propensity: Ints  # (1024,)
    frailty: Ints  # (1024,)
    cycle_adults: Ints  # (n_households in the cycle,)
    cycle_start: Ints  # (n_households + 1,) first home slot of each household in the cycle; last = slots in a cycle
    layer_size: Ints  # (n_layers,)
    layer_segregation: Ints  # (n_layers,) threshold
    layer_homophily: Ints  # (n_layers,) threshold that a person's propensity is that of their block; all 0 above 4 layers
    names: dict[str, list[str]]  # categories, needs, roles, groups, contexts, layers
