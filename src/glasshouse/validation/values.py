"""Values as a scheme or world file writes them, for overrides by path: assumed, without a span."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]


def value(x: float, **unit: str) -> Block:
    """An assumed value: `value(2, unit="times")`, `value(0.5, per="record")`."""
    return {"value": x, **unit, "range": [x, x], "scale": "linear", "evidence": "assumed", "why": "made up"}


def rate(x: float) -> Block:
    """So many a person-year."""
    return value(x, per="person-year")


def share(x: float, per: str = "act") -> Block:
    """A probability."""
    return value(x, per=per)


def times(x: float) -> Block:
    """A factor."""
    return value(x, unit="times")


def mean_days(x: float) -> Block:
    """A mean time."""
    return value(x, unit="days")


def text(x: float, unit: str) -> Block:
    """Rule text."""
    return {"value": x, "unit": unit, "source": "made-up"}


def days(x: float) -> Block:
    """Rule text: a stretch of days."""
    return text(x, "days")


def stage(capacity: float | None, wrong: float, sound: float, goes_on: float | None = None) -> Block:
    """A stage of review: cases a week per 10,000 people (None: all), and the shares upheld."""
    return {
        "capacity": None if capacity is None else value(capacity, per="10000-person-weeks"),
        "upheld_if_wrong": value(wrong, per="appeal"),
        "upheld_if_sound": value(sound, per="appeal"),
        "goes_on": None if goes_on is None else value(goes_on, per="appeal"),
    }
