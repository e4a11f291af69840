"""A world and schemes so simple that theory knows their answer: everyone alike, one kind of act, one channel, one list.

Everyone is an adult of group A with the mean propensity and frailty; records take effect at once, and are mended only where a test says
so.
"""

from __future__ import annotations

import math
from typing import Any

from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World
from tests.made_up import number, put, read

STANDARD_ERRORS = 4.0
ALIKE = 1e9  # shape of a gamma distribution so narrow that everyone has its mean


def times(x: float) -> dict[str, Any]:
    """A factor without a span."""
    return {"value": x, "unit": "times", "range": [x, x], "scale": "linear", "evidence": "assumed", "why": "made up"}


def share(x: float, per: str = "act") -> dict[str, Any]:
    """A probability without a span."""
    return number(x, per)


def world(acts: float, false_records: float = 1.0, changes: dict[str, Any] | None = None) -> World:
    """Everyone does `acts` a year, and at most so many false records a year reach each; `changes` by path, as in `made_up.put`."""
    tree = read("testville-world.yaml")
    tree |= {
        "town_size": {"value": 20_000, "unit": "people"},
        "groups": {"A": {"value": 1, "unit": "share", "range": [1, 1], "scale": "linear", "evidence": "assumed", "why": "made up"}},
        "conduct_by_group": {"A": times(1)},
        "households": [{"adults": 1, "minors": 0, "share": share(1, "household")}],
        "roles": {},
        "layers": {},
        "propensity_shape": times(ALIKE),
        "frailty_shape": times(ALIKE),
        "visibility": {"by_group": {"A": times(1)}, "by_income": [times(1)] * 3, "with_conduct": times(0) | {"unit": "share"}},
        "conduct": {"act": {"text": "acts", "valence": "unlawful", "context": "court", "who": ["resident"], "rate": number(acts)}},
        "money": {
            "unable_at_start": [share(0, "adult")] * 3, "shock": [number(0)] * 3, "recovery": number(0),
            "owing_at_start": share(0, "adult"), "payment": number(0, "debt-year"),
        },
        "envelopes": {"payment": {"value": 1, "unit": "times"}, "false_records": {"value": false_records, "unit": "records"}},
    }  # fmt: skip
    need = tree["needs"]["train"]
    tree["needs"] = {"train": {**need, "rate": number(0)}}
    return World.model_validate(put(tree, changes or {}))


def days(n: float) -> dict[str, Any]:
    """A stretch of rule text."""
    return {"value": n, "unit": "days"}


def scheme(
    *, seen: float = 1.0, false_rate: float = 0.0, strikes: int = 1, window: float | None = None, term: float | None = None,
    repeat: str = "none", exit_mean: float | None = None, points: float | None = None, validity: float | None = None,
    corrected_after: float | None = None, misrecorded: tuple[str, float] | None = None, changes: dict[str, Any] | None = None,
) -> Scheme:  # fmt: skip
    """One channel that sees an act with probability `seen`, and one list (or, with points, grades that count records).

    `misrecorded` names another category that the channel always sees, and the share of it that is written down as an act.
    """
    item: dict[str, Any] = {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful"}
    if points is None:
        item |= {"list": "register", "strikes": {"count": strikes, "window": days(window or 36_500)}}
    else:
        item |= {"points": points, "validity": days(validity) if validity else None}
    delay = {"minimum": days(0), "mean": days(0)}
    exits = {"other": {"text": "another way off", "mean": times(exit_mean) | {"unit": "days"}}} if exit_mean else {}
    tree: dict[str, Any] = {
        "glasshouse": 1, "id": "simple", "name": "Simple", "place": "nowhere", "years": [None, None], "kind": ["list"],
        "status": "hypothetical",
        "summary": "made up", "claimed_purpose": None, "question": "What does theory say?",
        "ordinary_law": {"text": "none", "longest": None},
        "channels": {
            "eye": {"kind": "camera", "covers": ["act"], "sensitivity": share(seen), "follows_visibility": False, "delay": delay},
        },
        "rules": {"source": "made-up", "items": [item]},
        "lists": {
            "register": {
                "text": "a list", "sanction": True, "term": days(term) if term else None, "repeat": {"effect": repeat},
                "performed_after": None, "exits": exits,
            },
        },
    }  # fmt: skip
    if points is not None:
        tree["points"] = {
            "start": {"value": 1000, "unit": "points"}, "floor": None, "cap": None, "repeat_doubles": False, "overlap": "all apply",
        }  # fmt: skip
        bounds: list[float | None] = [1000 + points * i for i in range(6)]
        tree["grades"] = [{"name": f"{i} records", "from_points": bound} for i, bound in enumerate([*bounds, None])]
    if false_rate > 0:
        tree["false_records"] = {"false": {"origin": "another's act", "channel": "eye", "covers": ["act"], "rate": number(false_rate)}}
    if corrected_after is not None:
        mean = times(corrected_after) | {"unit": "days"}
        tree["correction"] = {"filed": share(1, "record"), "minimum": days(0), "mean": mean}
    if misrecorded is not None:
        other, p = misrecorded
        tree["channels"]["eye"] |= {"covers": ["act", other], "by_category": {other: share(1)}}
        tree["channels"]["eye"]["misrecorded"] = {"share": share(p, "record"), "mistaken_for": {other: "act"}}
    return Scheme.model_validate(put(tree, changes or {}))


def near(found: float, expected: float, standard_error: float) -> bool:
    """Whether a count or mean lies within four standard errors of theory."""
    return abs(found - expected) <= STANDARD_ERRORS * standard_error


def near_share(count: float, of: float, p: float) -> bool:
    """Whether a count of independent people lies within four standard errors of its expected share."""
    return near(count, of * p, math.sqrt(of * p * (1 - p)))
