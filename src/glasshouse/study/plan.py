"""What a run consists of: seeds at central values, points over the stated assumptions, structural scenarios, and the headline curve.

The three uncertainties are never pooled (model.md): every job belongs to exactly one of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from glasshouse.files.settings import empirical_values, get_value
from glasshouse.files.values import Empirical
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

CURVE_POINTS = 7
CURVE_SEEDS = 8  # seeds behind each point of the curve, at most
CURVE_SPAN = 8  # points over the assumptions behind each point of the curve, at most
SCENARIO_SEEDS = 4
Kind = str


@dataclass(frozen=True)
class Setting:
    """One setting of the files' values, and the seeds it is lived with."""

    id: str
    kind: Kind  # "central", "span", "scenario", "curve" or "curve-span"
    values: Mapping[str, object]
    seeds: tuple[int, ...]
    x: float | None = None  # the headline unknown, on the curve

    @property
    def scheme_alone(self) -> bool:
        """Whether the scheme is lived without its comparators: on the curve only its own false records are shown.

        The curve at the central value is the central setting itself.
        """
        return self.kind in ("curve", "curve-span") and bool(self.values)


@dataclass(frozen=True)
class Plan:
    """All settings of a run, and the values that the span moves."""

    settings: list[Setting]
    moved: list[str] = field(default_factory=list)  # paths that the span moves, in file order
    draws: list[list[float]] = field(default_factory=list)  # positions in [0, 1], by point, then path

    def of(self, kind: Kind) -> list[Setting]:
        """Settings of one kind, in order."""
        return [s for s in self.settings if s.kind == kind]


def at(value: Empirical, u: float) -> float:
    """The value at position ``u`` of its range, on its scale."""
    low, high = value.range
    if value.scale == "log":
        return low * math.exp(u * math.log(high / low))
    return low + u * (high - low)


def sobol(points: int, dimensions: int, seed: int) -> list[list[float]]:
    """Scrambled Sobol points (Owen scrambling, SciPy's `qmc.Sobol`)."""
    import warnings

    from scipy.stats import qmc

    if points == 0 or dimensions == 0:
        return [[] for _ in range(points)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a number of points that is no power of 2 is the user's choice
        return [[float(u) for u in row] for row in qmc.Sobol(dimensions, scramble=True, rng=seed).random(points)]


def span_settings(scheme: Scheme, world: World, points: int, seed: int) -> tuple[list[dict[str, object]], list[str], list[list[float]]]:
    """Values at each point of the span. Values linked by a name share one draw."""
    values = [(path, v) for path, v in empirical_values(scheme, world) if v.range[0] < v.range[1]]
    columns: dict[str, int] = {}
    column_of = [columns.setdefault(f"linked {v.linked}" if v.linked else path, len(columns)) for path, v in values]
    draws = sobol(points, len(columns), seed)
    settings: list[dict[str, object]] = [{path: at(v, row[c]) for (path, v), c in zip(values, column_of, strict=True)} for row in draws]
    return settings, [path for path, _ in values], [[row[c] for c in column_of] for row in draws]


def curve_positions(value: Empirical) -> list[float]:
    """Where the headline curve is measured: evenly over the range on its scale, and at the central value."""
    spots = [at(value, i / (CURVE_POINTS - 1)) for i in range(CURVE_POINTS)]
    return sorted([value.value, *(x for x in spots if not math.isclose(x, value.value))])


def make_plan(scheme: Scheme, world: World, *, seed: int, seeds: int, span: int) -> Plan:
    """Lay out a run. Without a span (0) there is chance alone: no curve and no scenarios."""
    all_seeds = tuple(range(seed, seed + seeds))
    settings = [Setting("central", "central", {}, all_seeds)]
    if span == 0:
        return Plan(settings)
    points, moved, draws = span_settings(scheme, world, span, seed)
    settings += [Setting(f"span-{i:03}", "span", values, (seed,)) for i, values in enumerate(points)]
    settings += [Setting(f"scenario-{name}", "scenario", s.set, all_seeds[:SCENARIO_SEEDS]) for name, s in scheme.scenarios.items()]
    if scheme.headline is not None:
        unknown = get_value(scheme, scheme.headline)
        together = [(path, v) for path, v in empirical_values(scheme) if unknown.linked and v.linked == unknown.linked]
        for i, x in enumerate(curve_positions(unknown)):
            moved_here = {} if x == unknown.value else _moved(scheme.headline, unknown, together, x)
            settings.append(Setting(f"curve-{i}", "curve", moved_here, all_seeds[:CURVE_SEEDS], x))
            settings += [
                Setting(f"curve-{i}-span-{j:02}", "curve-span", {**values, **_moved(scheme.headline, unknown, together, x)}, (seed,), x)
                for j, values in enumerate(points[:CURVE_SPAN])
            ]
    return Plan(settings, moved, draws)


def _moved(headline: str, unknown: Empirical, together: list[tuple[str, Empirical]], x: float) -> dict[str, object]:
    """The headline unknown at x, and beside it what is linked to it."""
    moved: dict[str, object] = {path: beside(unknown, x, v) for path, v in together}
    return {**moved, headline: x}


def beside(unknown: Empirical, x: float, other: Empirical) -> float:
    """Where a linked value stands when the headline unknown stands at x.

    Lowest beside lowest, central beside central, highest beside highest, and evenly between these on the scale of each: so a curve passes
    through its central point without a jump, wherever in their ranges the central values stand.
    """
    if x == unknown.value:
        return other.value
    u, here, there = position(unknown, x), position(unknown, unknown.value), position(other, other.value)
    return at(other, there * u / here if u < here else there + (1 - there) * (u - here) / (1 - here))


def position(value: Empirical, x: float) -> float:
    """Where in its range a value stands, on its scale."""
    low, high = value.range
    if value.scale == "log":
        return math.log(x / low) / math.log(high / low)
    return (x - low) / (high - low)
