"""Worlds and schemes so simple that theory knows their answer: two files of this folder, changed by path.

Everyone is an adult of group A with the mean propensity and frailty; records take effect at once, and are mended only where a row says so.
Paths are those of `--set` and of scenarios; a whole mapping adds or replaces a block.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from glasshouse.files.settings import with_values
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.validation.values import Block, days, mean_days, rate, share, text, value
from glasshouse.world.load import load_world
from glasshouse.world.model import World

YEAR = 364  # counted days of a year
RATE_YEAR = 365  # days of the year that a rate is stated for
ALIKE = 1e9  # shape of a gamma distribution so narrow that everyone has its mean; a file allows at most 1,000
MOST_FALSE = 20.0  # false records a year that may reach a person: candidates beyond the rate of a scheme are dropped


def _file(name: str) -> Path:
    return Path(str(resources.files("glasshouse.validation").joinpath(name)))


@cache
def _base() -> tuple[World, Scheme]:
    alike = {"propensity_shape": value(ALIKE, unit="times"), "frailty_shape": value(ALIKE, unit="times")}
    return with_values(load_world(_file("simple-world.yaml")), alike), load_scheme(_file("simple-scheme.yaml"))


def world(acts: float = 1.0, *, false_records: float | None = None, changes: dict[str, Any] | None = None) -> World:
    """Everyone does `acts` a year, and at most so many false records a year may reach each."""
    envelope = {"envelopes.false_records": false_records} if false_records else {}
    return with_values(_base()[0], {"conduct.act.rate": acts, **envelope, **(changes or {})})


def town(people: int, *, household: int = 1, circle: int | None = None) -> dict[str, Any]:
    """Changes: a town of so many adults, in households of one size and, if stated, circles of another."""
    homes = [{"adults": household, "minors": 0, "share": share(1, "household")}]
    layer = {"layers.circle": {"size": {"value": circle, "unit": "people"}, "segregation": value(0, unit="share")}} if circle else {}
    return {"town_size": people, "households": homes, **layer}


def scheme(
    *, seen: float = 1.0, false_rate: float = 0.0, strikes: int = 1, window: float | None = None, term: float | None = None,
    repeat: str = "none", exit_mean: float | None = None, points: float | None = None, validity: float | None = None,
    corrected_after: float | None = None, misrecorded: tuple[str, float] | None = None, changes: dict[str, Any] | None = None,
) -> Scheme:  # fmt: skip
    """One channel that sees an act with probability `seen`, and one list (or, with points, grades that count records).

    `misrecorded` names another category that the channel always sees, and the share of it that is written down as an act.
    """
    put: dict[str, Any] = {"channels.eye.sensitivity": seen, "lists.register.repeat": {"effect": repeat}}
    if points is None:
        put["rules.items.rule.strikes"] = {"count": strikes, "window": days(window or 36_500)}
    else:
        put |= _by_points(points, validity)
    if term:
        put["lists.register.term"] = days(term)
    if exit_mean:
        put["lists.register.exits.other"] = {"text": "another way off", "mean": mean_days(exit_mean)}
    if false_rate > 0:
        put["false_records.false"] = {"origin": "another's act", "channel": "eye", "covers": ["act"], "rate": rate(false_rate)}
    if corrected_after is not None:
        put["correction"] = {"filed": share(1, "record"), "minimum": days(0), "mean": mean_days(corrected_after)}
    if misrecorded is not None:
        put |= _mistaken(*misrecorded)
    return with_values(_base()[1], {**put, **(changes or {})})


def _by_points(points: float, validity: float | None) -> Block:
    bounds: list[float | None] = [1000 + points * i for i in range(6)]
    item = {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "points": points}
    return {
        "rules.items": [item | ({"validity": days(validity)} if validity else {})],
        "points": {"start": text(1000, "points"), "floor": None, "cap": None, "repeat_doubles": False, "overlap": "all apply"},
        "grades": [{"name": f"{i} records", "from_points": bound} for i, bound in enumerate([*bounds, None])],
    }


def _mistaken(other: str, p: float) -> Block:
    return {
        "channels.eye.covers": ["act", other],
        "channels.eye.by_category": {other: share(1)},
        "channels.eye.misrecorded": {"share": share(p, "record"), "mistaken_for": {other: "act"}},
    }


def conduct(name: str, a_year: float, valence: str = "lawful", **more: Any) -> Block:
    """A change: another kind of conduct that everyone does so often."""
    kind = {"text": name, "valence": valence, "context": "court", "who": ["resident"], "rate": rate(a_year)}
    return {f"conduct.{name}": kind | more}


def associated(weight: float, over: dict[str, float], points: float, *, floor: float | None = None, **changes: Any) -> Scheme:
    """Every act takes so many points for good; the score that counts takes in those of ties."""
    block = {"weight": share(weight, "person"), "over": over}
    bottom = {"points.floor": text(floor, "points")} if floor is not None else {}
    return scheme(points=-points, changes={"association": block, "grades": [{"name": "all", "from_points": None}], **bottom, **changes})
