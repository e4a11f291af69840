"""Published counts, each with its day, unit and source, from the data files beside this module.

A series says what it counts: `ever listed` and `currently listed` are two quantities, and a count of one must never stand in for the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from glasshouse.files.yaml import parse
from glasshouse.validation.rows import Figure, Wrong

DAYS = 365.25  # of a calendar year, for differences between dates


@dataclass(frozen=True)
class Point:
    """One published number: on which day (of a flow: its last), how much, who says so."""

    on: date
    value: float
    source: str
    since: date | None = None  # of a flow: its first day
    note: str = ""

    @property
    def years(self) -> float:
        """The length of a flow's stretch of time."""
        return 0.0 if self.since is None else ((self.on - self.since).days + 1) / DAYS

    @property
    def when(self) -> str:
        """The day or the stretch of time in words."""
        return f"{self.on}" if self.since is None else f"{self.since} to {self.on}"


@dataclass(frozen=True)
class Series:
    """Numbers of one kind in time."""

    name: str
    unit: str
    counts: str  # what is counted, and what is not
    points: tuple[Point, ...]

    def until(self, last: date) -> Series:
        """The numbers published for days up to this one."""
        return Series(self.name, self.unit, self.counts, tuple(p for p in self.points if p.on <= last))

    def at(self, day: str) -> Point:
        """The number for a day.

        Raises
        ------
        KeyError
            None is published for that day.
        """
        found = [p for p in self.points if str(p.on) == day]
        if len(found) != 1:
            raise KeyError(f"{self.name}: {day}")
        return found[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so, each once."""
        return tuple(dict.fromkeys(p.source for p in self.points))


Published = dict[str, Series]


def with_wrong(figures: tuple[Figure, ...], wrong: tuple[tuple[str, Wrong], ...]) -> tuple[Figure, ...]:
    """Figures with their deliberate mistakes, which name them."""
    return tuple(replace(figure, wrong=tuple(variant for name, variant in wrong if name == figure.name)) for figure in figures)


@cache
def published(topic: str) -> Published:
    """The series of a data file of this folder, by name."""
    text = resources.files("glasshouse.validation").joinpath(f"figures_{topic}.yaml").read_text(encoding="utf-8")
    return {name: _series(name, said) for name, said in parse(text).data.items()}


def until(data: Published, last: date) -> Published:
    """What was published for days up to this one: what a forecast made then may read."""
    return {name: series.until(last) for name, series in data.items()}


def _series(name: str, said: dict[str, Any]) -> Series:
    return Series(name, said["unit"], said["counts"], tuple(_point(said, p) for p in said["points"]))


def _point(series: dict[str, Any], said: dict[str, Any]) -> Point:
    since = date.fromisoformat(said["since"]) if "since" in said else None
    source = str(said["source"] if "source" in said else series["source"])
    return Point(date.fromisoformat(said["on"]), float(said["value"]), source, since, str(said.get("note", "")))
