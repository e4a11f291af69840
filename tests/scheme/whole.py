"""Testville with every block of the language: changes for `made_up_scheme`, each block under its path."""

from __future__ import annotations

from typing import Any

CLASSES = ("mistaken identity", "false report", "misrecorded", "ground unmet", "sound")


def value(x: float, **unit: str) -> dict[str, Any]:
    """An assumed value without a span: `value(2, unit="times")`, `value(0.5, per="record")`."""
    return {"value": x, **unit, "range": [x, x], "scale": "linear", "evidence": "assumed", "why": "made up"}


def text(x: float, unit: str) -> dict[str, Any]:
    """Rule text of the ordinance."""
    return {"value": x, "unit": unit, "source": "ordinance"}


def stage(capacity: float | None, wrong: float, sound: float, goes_on: float | None = None) -> dict[str, Any]:
    """A stage of review."""
    return {
        "capacity": None if capacity is None else value(capacity, per="10000-person-weeks"),
        "upheld_if_wrong": value(wrong, per="appeal"),
        "upheld_if_sound": value(sound, per="appeal"),
        "goes_on": None if goes_on is None else value(goes_on, per="appeal"),
    }


def restraint(category: str, effect: float, weeks: float | None = None) -> dict[str, Any]:
    """A restraint on one category; `weeks` is the half-life of its effect."""
    fades = None if weeks is None else value(weeks, unit="weeks")
    return {"categories": [category], "effect": value(effect, per="act"), "fades": fades}


BY_UTILITY = {
    "kind": "utility",
    "categories": ["petition", "staff-remark"],
    "desire": value(0.25, unit="share"),
    "boldness": value(2, unit="times"),
    "watched": value(0.1, unit="share"),
    "sanction": value(1, unit="times"),
    "tolerated": value(0.25, unit="share"),
    "sanctions": "uniform",
}
BY_THRESHOLD = {
    "kind": "threshold",
    "categories": ["petition"],
    "thresholds": {"mean": value(0.3, unit="share"), "sd": value(0.1, unit="share")},
    "starts": "everyone",
    "fear": value(1.5, unit="times"),
}
REVIEW = {
    "lists": ["defaulters"],
    "filed": {name: value(0.1 * (i + 1), per="record") for i, name in enumerate(CLASSES)},
    "files_after": value(10, unit="days"),
    "gives_up_after": value(100, unit="days"),
    "stages": [stage(3, 0.7, 0.1, goes_on=0.4), stage(None, 0.9, 0.05)],
    "corrects": ["list", "copies"],
}
NOTICE = {
    "lists": ["defaulters", "nuisance"],
    "when": "after",
    "period": text(14, "days"),
    "reaches": value(0.8, per="person"),
}
BLOCKS: dict[str, Any] = {
    "association": {"weight": value(0.25, per="person"), "over": {"household": 1, "work": 0.5}},
    "points/drift": {"points": text(5, "points"), "every": text(90, "days")},
    "rules/items/bill/relatives": "return",
    "lists/defaulters/binds": "household",
    "lists/defaulters/contacts": {
        "list": "nuisance",
        "layer": "work",
        "share": value(0.1, per="person"),
        "disproved_after": value(40, unit="days"),
    },
    "lists/nuisance/amnesty": {"first": text(100, "days"), "every": text(1, "years")},
    "gates/train/holder": {"name": "railway", "purges_after": text(30, "days")},
    "gates/train/demand": value(0.3, per="attempt"),
    "gates/train/trap": {
        "unable": value(0.2, per="attempt"),
        "defaults": value(0.5, per="person"),
        "category": "unpaid-bill",
        "after": value(30, unit="days"),
    },
    "correction": None,
    "scenarios/slow-office/set": {"review.files_after": 50},
    "notice": NOTICE,
    "review": REVIEW,
    "publicity": {"lists": ["nuisance"], "to": "ties"},
    "rewards": {"no-deposit": {"text": "loans without a deposit", "from_grade": "A", "needs": ["loan"], "zero_sum": True}},
    "enrolment": {
        "kind": "tied to a need",
        "needs": ["job"],
        "joins": value(0.5, per="attempt"),
        "leaves": value(0.01, per="listed-week"),
    },
    "officials": {
        "campaigns": [{"channel": "cameras", "first": text(10, "days"), "last": text(40, "days"), "times": value(2, unit="times")}],
        "discretion": {"cameras": {"A": value(0.2, per="act")}},
        "selection": {"list": "nuisance", "share": text(0.05, "share"), "every": text(4, "weeks")},
        "attention": {
            "channel": "cameras",
            "districts": text(4, "districts"),
            "follows": value(0.5, unit="share"),
            "prior": text(3, "records"),
            "mended": True,
        },
    },
    "responses": {
        "aware": value(0.5, per="adult"),
        "deterrence": [restraint("crossing", 0.5, weeks=10), restraint("theft", 0.2)],
        "crowding_out": restraint("volunteering", 0.3),
        "silence": BY_UTILITY,
        "tie_dropping": {"value": value(20, unit="points")},
        "informing": {"channel": "cameras", "times": value(1.5, unit="times")},
    },
    "false_records/malice/falls_on": {"B": value(1.5, unit="times")},
    "safeguards": {
        "no-review": {"text": "errors are mended without a hearing", "why": "to compare", "set": {"review": None}},
    },
}
# The further kinds of design 006, apart: firms, prices, claims, misrecording by rule, ratings, risk, investigations.
KINDS: dict[str, Any] = {
    "rules/items/return/subject": "firm",
    "rules/items/return/roles": ["trader"],
    "rules/items/return/claim": text(700, "euros"),
    "rules/items/order/claim": text(1200, "euros"),
    "rules/items/order/owed": value(300, unit="euros"),
    "rules/items/music/validity": text(20, "uses"),
    "gates/loans-by-grade/price": text(40, "euros"),
    "false_records/averaging": {
        "origin": "misrecorded",
        "channel": "office",
        "covers": ["defied-order", "unpaid-bill"],
        "rate": value(0.2, per="person-year"),
        "who": ["official", "resident"],
    },
    "batches/data-match": {
        "origin": "misrecorded",
        "channel": "office",
        "covers": ["defied-order"],
        "strikes": value(1, per="town-year"),
        "share": value(0.1, per="person"),
    },
    "ratings": {
        "needs": ["train"],
        "channel": "cameras",
        "category": "loud-music",
        "unfair": {"A": value(0.1, per="use"), "B": value(0.3, per="use")},
    },
    "lists/watched": {
        "text": "people whose papers are gone through",
        "source": "ordinance",
        "sanction": False,
        "term": text(60, "days"),
        "repeat": {"effect": "none"},
        "performed_after": None,
    },
    "risk": {
        "text": "a score picks whose papers are gone through",
        "source": "ordinance",
        "list": "watched",
        "share": value(0.1, per="person-round"),
        "every": text(3, "weeks"),
        "weights": {
            "group": {"B": text(10, "risk points")},
            "income": [text(20, "risk points"), text(10, "risk points"), text(0, "risk points")],
            "child": value(5, unit="risk points"),
            "record": text(0.5, "risk points"),
        },
        "noise": text(30, "risk points"),
    },
    "channels/inspectors": {
        "kind": "administrative record",
        "source": "ordinance",
        "covers": ["unpaid-bill", "theft"],
        "sensitivity": value(0.9, per="act"),
        "follows_visibility": False,
        "delay": {"minimum": text(1, "days"), "mean": value(3, unit="days")},
        "only_on": "watched",
    },
}
