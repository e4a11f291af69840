"""What a picture of the documentation shows: published points, ours as a line and a band, and what was fitted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from glasshouse.validation.rows import Size

Line = tuple[float, ...]


@dataclass(frozen=True)
class Dot:
    """A published number: what it counts, whether ours was fitted to it, whether ours had seen it."""

    on: date
    value: float
    counts: str
    source: str
    fitted: bool = False
    used: bool = False


@dataclass(frozen=True)
class Drawn:
    """Days, ours on them, and the published numbers."""

    days: tuple[date, ...]
    central: Line
    low: Line
    high: Line
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Picture:
    """A picture: `cut` is the last day whose numbers ours had seen; `text` says in words what there is to see."""

    name: str
    title: str
    unit: str
    cut: date
    text: str
    draw: Callable[[Size], Drawn]
