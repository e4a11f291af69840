"""Which assumed values move an outcome most over the span.

For each value the squared rank correlation (Spearman) between its position in its range and the outcome, over the points of the span: the
share of the outcome's rank variation that goes with it. It describes this span of assumptions; it is no probability and no test.
With 64 points, an unrelated value has a share of about 0.016; of sixty unrelated values one passes 0.17 in one run of twenty
(`report/influential.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks from 0, ties sharing their mean rank."""
    array = np.asarray(values, float)
    order = np.argsort(array, kind="stable")
    found = np.empty(len(array))
    found[order] = np.arange(len(array))
    for value in np.unique(array):
        same = array == value
        found[same] = found[same].mean()
    return found


def influence(draws: Sequence[Sequence[float]], outcome: Sequence[float | None]) -> list[float]:
    """Squared rank correlation of each column of draws with the outcome; 0 where either does not vary.

    Parameters
    ----------
    draws : sequence of shape (points, values)
    outcome : sequence of shape (points,)
        None where it was not measured: such points are left out.
    """
    kept = [i for i, v in enumerate(outcome) if v is not None and math.isfinite(v)]
    if len(kept) < 3:
        return [0.0] * (len(draws[0]) if draws else 0)
    target = ranks([float(outcome[i]) for i in kept if outcome[i] is not None])  # type: ignore[arg-type]
    shares = []
    for column in range(len(draws[0])):
        position = ranks([draws[i][column] for i in kept])
        if position.std() == 0 or target.std() == 0:
            shares.append(0.0)
            continue
        shares.append(float(np.corrcoef(position, target)[0, 1] ** 2))
    return shares
