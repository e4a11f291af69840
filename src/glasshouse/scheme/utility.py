"""Silence by utility: how much of what people wish to say they say (Daymude, Axelrod & Forrest 2025, doi 10.48550/arXiv.2509.03731).

A person who wishes to say `desire` picks `act <= desire` and maximises `-boldness * (desire - act) - seen * punishment`, where
`seen = watched + (1 - watched) * act` and the punishment is `sanction` above what is tolerated (uniform), or grows with what exceeds it
(proportional).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from glasshouse.scheme.people import SilenceByUtility

HALVINGS = 200
FLAT = 1e-9  # rates below this are a uniform distribution


def expressed_share(block: SilenceByUtility, desire: float, boldness: float) -> float:
    """What a person says, as a share of what they wish to say."""
    tolerated, sanction = block.tolerated.value, block.sanction.value
    if desire <= tolerated or sanction == 0:
        return 1.0
    choose = _uniform if block.sanctions == "uniform" else _proportional
    return min(choose(block, desire, boldness) / desire, 1.0)


def _uniform(block: SilenceByUtility, desire: float, boldness: float) -> float:
    """All of it, where boldness outweighs the sanction; else what is tolerated."""
    watched, sanction, tolerated = block.watched.value, block.sanction.value, block.tolerated.value
    slope = boldness - (1 - watched) * sanction  # what one more unit said is worth
    if slope <= 0:
        return tolerated
    defies_from = (boldness * tolerated + watched * sanction) / slope
    return desire if desire >= defies_from else tolerated


def _proportional(block: SilenceByUtility, desire: float, boldness: float) -> float:
    """Up to the point where one more unit costs what it is worth."""
    watched, sanction, tolerated = block.watched.value, block.sanction.value, block.tolerated.value
    if watched == 1:  # always seen: the cost grows evenly, so it is all or what is tolerated
        return desire if boldness >= sanction else tolerated
    best = (tolerated + (boldness - watched * sanction) / ((1 - watched) * sanction)) / 2
    return min(desire, max(tolerated, best))


def truncated_exponential(mean: float, quantiles: Sequence[float]) -> list[float]:
    """Quantiles of an exponential distribution truncated to 0..1 with this mean; above one half it is mirrored."""
    if mean > 0.5:
        return [1 - x for x in truncated_exponential(1 - mean, [1 - u for u in quantiles])]
    if mean <= 0:
        return [0.0 for _ in quantiles]
    rate = _rate_of(mean)
    if rate < FLAT:
        return list(quantiles)
    return [-math.log1p(u * math.expm1(-rate)) / rate for u in quantiles]


def _rate_of(mean: float) -> float:
    """The rate at which the truncated exponential has this mean (0 < mean <= 1/2), by halving."""
    low, high = 0.0, 2 / mean
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _mean_of(middle) > mean:
            low = middle
        else:
            high = middle
    return high


def _mean_of(rate: float) -> float:
    if rate < 1e-4:
        return 0.5 - rate / 12  # the difference below loses its digits here
    return 1 / rate + math.exp(-rate) / math.expm1(-rate)
