"""Which assumed values move an outcome most over the span.

For each value the squared rank correlation (Spearman) between its position in its range and the outcome, over the points of the span: the
share of the outcome's rank variation that goes with it. It describes this span of assumptions; it is no probability and no test.
With 64 points, an unrelated value has a share of about 0.016; of sixty unrelated values one passes 0.17 in one run of twenty: so a value
leads only above a mark that accounts for how many were tried.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from glasshouse.files.values import Empirical
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

MOST = 5  # values named as leading
FEWEST_POINTS = 8  # of a span that can tell any influence
BY_CHANCE = 0.05  # how often one of all the values moved passes the mark though none has influence
REFUSED = ("world:needs.", "gates.")
CONDUCT = "world:conduct."


@dataclass(frozen=True)
class Moved:
    """A value that the span moves, with the share of the outcome that it explains."""

    path: str
    value: Empirical
    share: float

    @property
    def width(self) -> float:
        """How many times the lowest the highest is, as a logarithm; from the central value where the lowest is 0."""
        (low, high), central = self.value.range, self.value.value
        if low > 0:
            return math.log(high / low)
        return 2 * math.log(high / central) if 0 < central < high else 0.0


@dataclass(frozen=True)
class Leading:
    """A value named as leading: because its influence can be told from none, or (``told`` false) for its wide range."""

    path: str
    share: float
    told: bool
    linked_with: int  # further values that share its draw


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


def mark(points: int, tried: int) -> float:
    """The share of the span up to which a value cannot be told from one without influence.

    A rank correlation of unrelated values has a standard error of 1 / sqrt(points). Dozens of values are tried at once, so the mark is as
    many standard errors as keep all of them together below it in nineteen runs of twenty. 1 (every share) where there are so few points
    that even a perfect correlation is often met by chance.
    """
    if points < FEWEST_POINTS:
        return 1.0
    return min(NormalDist().inv_cdf(1 - BY_CHANCE / max(tried, 1) / 2) ** 2 / points, 1.0)


def tried(values: Sequence[Moved], scheme: Scheme, world: World) -> dict[str, list[Moved]]:
    """The values that can move who is listed, most influential first; those that share one draw stand together, as one."""
    together: dict[str, list[Moved]] = {}
    for moved in sorted(values, key=lambda v: -v.share):
        if not (_is_refusal(moved.path, scheme) or _is_unseen(moved.path, scheme, world)):
            together.setdefault(moved.value.linked or moved.path, []).append(moved)
    return together


def leading(together: Mapping[str, Sequence[Moved]], points: int) -> list[Leading]:
    """The leading of the values `tried`: those whose influence can be told from none, filled up with the widest ranges."""
    floor = mark(points, len(together))
    passed = [name for name, found in together.items() if found[0].share > floor][:MOST]
    rest = sorted((name for name in together if name not in passed), key=lambda n: (-together[n][0].width, together[n][0].path))
    named = [*passed, *rest[: MOST - len(passed)]]
    return [Leading(together[n][0].path, together[n][0].share, n in passed, len(together[n]) - 1) for n in named]


def _is_refusal(path: str, scheme: Scheme) -> bool:
    """Whether a value is about what people need or are refused; where uses are rated or a refusal traps, it may drive who is listed."""
    drives = scheme.ratings or any(gate.trap for gate in scheme.gates.values())
    return path.startswith(REFUSED) and not drives


def _is_unseen(path: str, scheme: Scheme, world: World) -> bool:
    """Whether a value is about conduct that no channel of the scheme covers and that leaves no debt."""
    if not path.startswith(CONDUCT):
        return False
    category = path.removeprefix(CONDUCT).split(".")[0]
    covered = any(category in channel.covers for channel in scheme.channels.values())
    return not covered and not world.conduct[category].creates_debt
