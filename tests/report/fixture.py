"""A run's folder with invented numbers, for tests of the report only. The place is made up, and no figure comes from a simulation."""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from ruamel.yaml import YAML

from tests.report.whole import SAFEGUARDS, more_rows

CLASSES = [
    "stale",
    "mistaken identity",
    "false report",
    "misrecorded",
    "ground unmet",
    "collateral",
    "error-induced",
    "protected conduct",
    "lawful conduct",
    "unrelated or disproportionate",
    "within stated rules",
]
SHARES = [0.004, 0.021, 0.004, 0.012, 0.118, 0.03, 0.006, 0.003, 0.0008, 0.054, 0.7472]
FIELDS = [
    "outcome",
    "scheme",
    "class",
    "group",
    "arm",
    "unit",
    "denominator",
    "central",
    "chance_low",
    "chance_high",
    "span_low",
    "span_high",
    "note",
]
WEEKS = 156
WRONGLY = {"class": "without ground"}
HIGHEST_RATE = 0.03


def make_run(folder: Path, status: str = "operating", scheme_id: str = "testville-list", headline: float = 3000.0) -> Path:
    """Write a complete run's folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = summary_rows(scheme_id) + [{**r, "scheme": scheme_id} for r in more_rows(row)]
    with (folder / "summary.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, FIELDS)
        writer.writeheader()
        writer.writerows(rows)
    _json(folder / "summary.json", rows)
    _json(folder / "study.json", study(headline))
    _json(folder / "record.json", {"version": "0.1.0", "people": 100_000, "seed": 7})
    _yaml(folder / "scheme.yaml", scheme(scheme_id, status))
    _yaml(folder / "world.yaml", world())
    pq.write_table(weekly(scheme_id), folder / "outcomes.parquet")
    pq.write_table(pa.Table.from_pylist(lives()), folder / "lives.parquet")
    return folder


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")


def _yaml(path: Path, value: object) -> None:
    with path.open("w", encoding="utf-8") as handle:
        YAML().dump(value, handle)


def row(outcome: str, central: float | None, unit: str = "per 100,000 adult-years", wide: float = 2.5, **given: Any) -> dict[str, Any]:
    """One line of the summary; `wide` is how far the span goes each way."""
    line: dict[str, Any] = dict.fromkeys(FIELDS, "") | {"outcome": outcome, "arm": "scheme", "unit": unit, "central": central}
    if central is not None:
        ranges = {"chance_low": central * 0.96, "chance_high": central * 1.05, "span_low": central / wide, "span_high": central * wide}
        line |= {k: min(v, 1.0) if unit == "share" else v for k, v in ranges.items()}
    return line | given


def summary_rows(scheme_id: str) -> list[dict[str, Any]]:
    """Every outcome that the report knows."""
    rows: list[dict[str, Any]] = []
    for cls, share in zip(CLASSES, SHARES, strict=True):
        tiny = cls == "lawful conduct"
        rows += [
            row("sanctioned_day_share", share, "share", 1.0 + 0.3 / (0.3 + share), denominator="sanctioned days", **{"class": cls}),
            row(
                "people_ever",
                None if tiny else round(2310 * share),
                "people",
                note="fewer than 30 events in all runs together" if tiny else "",
                **{"class": cls},
            ),
            row("entries_rate", 980 * share, **{"class": cls}),
            row("entries", 2450 * share, "entries", **{"class": cls}),
            row("denials", 2140 * share, denominator="adult-years", **{"class": cls}),
            row("fines", 300 * share, "fines", **{"class": cls}),
        ]
    rows += [row("entries_rate", v, arm=a) for a, v in (("none", 0.0), ("ordinary", 0.0), ("clean", 815.0), ("scheme", 980.0))]
    rows += [row("denials", v, arm=a) for a, v in (("none", 0.0), ("ordinary", 0.0), ("clean", 1730.0), ("scheme", 2140.0))]
    rows += [
        row("debts_paid_share", v, "share", 1.3, arm=a, denominator="debts")
        for a, v in (("none", 0.21), ("ordinary", 0.34), ("scheme", 0.41))
    ]
    rows += [
        row("acts_unlawful", v, "acts per 1,000 adult-years", 1.2, arm=a)
        for a, v in (("none", 412.0), ("ordinary", 388.0), ("scheme", 379.0))
    ]
    rows += [row("exposure", 2890.0), row("essential_denials", 310.0), row("children_denials", 96.0, wide=12), row("spared_denials", 41.0)]
    rows += [row("spared_days", 5200.0), row("still_listed_3y", 0.038, "share", denominator="entrants", **WRONGLY)]
    for day, parts in ((30, (0.08, 0.04, 0.0)), (90, (0.21, 0.13, 0.02)), (365, (0.42, 0.31, 0.07))):
        rows += [
            row(f"time_to_clear_{day}d", p, "share", 1.6, denominator="entrants", note=c, **WRONGLY)
            for p, c in zip(parts, ("corrected", "performed", "expired"), strict=True)
        ]
    for group, out, put_in in (("A", 1.0, 1.0), ("B", 1.46, 1.2)):
        rows += [row("disparity", out, "ratio", 1.2, group=group), row("input_disparity", put_in, "ratio", 1.0, group=group)]
    return [{**r, "scheme": scheme_id} for r in rows]


def study(headline: float) -> dict[str, Any]:
    """Curve, scenarios, span and influence."""
    steps = [0.0005 * (HIGHEST_RATE / 0.0005) ** (i / 11) for i in range(12)]
    points = [
        {
            "x": x,
            "central": headline * x * 10,
            "chance_low": headline * x * 9.4 - 1,
            "chance_high": headline * x * 10.7 + 1,
            "span_low": headline * x * 4,
            "span_high": headline * x * 21,
        }
        for x in steps
    ]
    values = [
        ("false_records.collision.rate", 0.001, HIGHEST_RATE, "log", 0.46),
        ("correction.filed", 0.05, 0.6, "log", 0.21),
        ("gates.rail.compliance", 0.5, 0.99, "linear", 0.11),
        ("world.money.recovery", 0.2, 2.0, "log", 0.08),
        ("rules.checked", 0.05, 0.9, "log", 0.05),
    ]
    return {
        "headline": {
            "path": "false_records.collision.rate",
            "label": "share of entries that are false",
            "unit": "per 100,000 adult-years",
            "points": points,
            "x_central": 0.005,
            "x_range": [0.0005, HIGHEST_RATE],
        },
        "scenarios": [
            {
                "id": "lax-courts",
                "text": "Courts enter a debtor at the first missed date.",
                "outcomes": {"entries_rate": 1420.0, "denials": 3010.0},
            },
            {
                "id": "careful-courts",
                "text": "Courts examine ability to pay before they enter a debtor.",
                "outcomes": {"entries_rate": 610.0, "denials": 1290.0},
            },
        ],
        "span": {
            "points": 64,
            "tried": len(values),
            "told_from": 0.104,
            "values": [
                {"path": p, "low": lo, "high": hi, "scale": s, "evidence": "assumed", "share": share} for p, lo, hi, s, share in values
            ],
        },
        "chance": {"seeds": 16},
        "influential": [{"path": p, "share": share, "told": share > 0.104, "linked_with": 0} for p, *_, share in values],
        "paths": [
            {
                "class": "ground unmet",
                "origin": "own act",
                "channel": "court register",
                "category": "unable_to_pay_the_judgment_at_once",
                "count": 289,
                "per_100k_adult_years": 115.6,
            },
            {
                "class": "mistaken identity",
                "origin": "another's act",
                "channel": "court register",
                "category": "unpaid_judgment",
                "count": 51,
                "per_100k_adult_years": 20.4,
            },
            {
                "class": "misrecorded",
                "origin": "own act",
                "channel": "court register",
                "category": "late_report",
                "count": 30,
                "per_100k_adult_years": 12.0,
            },
            {
                "class": "false report",
                "origin": "no act",
                "channel": "informant report",
                "category": "concealed_assets",
                "count": 10,
                "per_100k_adult_years": 4.0,
            },
        ],
        "grades": {},
        "safeguards": SAFEGUARDS,
        "people": 100_000,
        "years": 3,
        "start": "mature",
    }


ASSUMED = {"evidence": "assumed", "why": "no source gives a rate"}
COUNTED = {
    "evidence": {"kind": "official-count", "read": "relay", "directness": "sibling", "checked": "2026-01-05"},
    "source": "testville-2020",
}


def scheme(scheme_id: str, status: str) -> dict[str, Any]:
    """A scheme file as resolved, as far as a report reads it."""
    return {
        "glasshouse": 1,
        "id": scheme_id,
        "name": "Testville register of unpaid judgments",
        "place": "Testville (made up)",
        "years": [2013, None],
        "kind": ["list"],
        "status": status,
        "summary": "A made-up register for tests.",
        "question": "Who is put on Testville's register of unpaid judgments, for what, and how long does an error last?",
        "claimed_purpose": {"text": "To make people who can pay a judgment pay it.", "source": "testville-2020"},
        "false_records": {
            "collision": {"rate": {"value": 0.005, "per": "entry", "range": [0.001, HIGHEST_RATE], "scale": "log", **ASSUMED}}
        },
        "correction": {"filed": {"value": 0.3, "per": "record", "range": [0.05, 0.6], "scale": "log", **ASSUMED}},
        "gates": {"rail": {"compliance": {"value": 0.95, "per": "attempt", "range": [0.5, 0.99], "scale": "linear", **COUNTED}}},
        "rules": {"checked": {"value": 0.3, "per": "record", "range": [0.05, 0.9], "scale": "log", **ASSUMED}},
        "documented": [
            {"text": "The register lists people for unpaid judgments.", "source": "testville-2020"},
            {"text": "A low score leads to the register.", "source": "testville-2020", "is_myth": True},
        ],
        "ordinary_law": {"text": "Ordinary enforcement seizes assets and does not restrict travel or schooling."},
        "scenarios": {"lax-courts": {"text": "", "why": "The text leaves the date open.", "set": {}}},
        "ask_the_operator": ["How many entries were deleted as made in error, by year and by court?", "How long did each of them stand?"],
        "left_out": ["Reports that companies make about one another."],
        "sources": {
            "testville-2020": {
                "author": "Town of Testville",
                "year": 2020,
                "title": "Register of judgments, yearly report",
                "url": "https://testville.example/2020",
                "kind": "official",
            }
        },
    }


def world() -> dict[str, Any]:
    """The one block of a world that the report's evidence table looks up."""
    return {
        "id": "made-up",
        "name": "Made up",
        "money": {"recovery": {"value": 0.6, "per": "person-year", "range": [0.2, 2.0], "scale": "log", **ASSUMED}},
        "sources": {},
    }


def weekly(scheme_id: str) -> pa.Table:
    """Weekly rows for four arms, three seeds and a point of the span that the report must not draw."""
    chance = random.Random(1)
    lines: list[dict[str, Any]] = []
    for seed in range(3):
        for week in range(WEEKS):
            level = 620 + 900 * (1 - math.exp(-week / 60)) + chance.gauss(0, 14)
            for arm, part in (("none", 0.0), ("ordinary", 0.0), ("clean", 0.83), ("scheme", 1.0)):
                lines.append(_line(scheme_id, arm, seed, "central", week, "listed", "", level * part))
            for cls, share in zip(CLASSES, SHARES, strict=True):
                lines.append(
                    _line(
                        scheme_id,
                        "scheme",
                        seed,
                        "central",
                        week,
                        "sanctioned_days",
                        cls,
                        7 * level * share * (1 + 0.1 * math.sin(week / 9 + len(cls))),
                    )
                )
            lines.append(_line(scheme_id, "scheme", seed, "span-00", week, "listed", "", 99_999.0))
    return pa.Table.from_pylist(lines)


def _line(scheme_id: str, arm: str, seed: int, setting: str, week: int, outcome: str, cls: str, value: float) -> dict[str, Any]:
    return {
        "scheme": scheme_id,
        "arm": arm,
        "seed": seed,
        "setting": setting,
        "week": week,
        "group": "",
        "outcome": outcome,
        "class": cls,
        "value": value,
    }


TRUE_ENTRY = (
    ("act", 0, "A judgment is not paid on its date"),
    ("entry", 40, "The court enters the person"),
    ("payment", 400, "The debt is paid"),
    ("exit", 410, "Deleted after payment"),
)


def lives() -> list[dict[str, Any]]:
    """A life for each class but one; those within the rules live the same life in the clean twin."""
    lines: list[dict[str, Any]] = []
    for n, cls in enumerate(c for c in CLASSES if c != "lawful conduct"):
        start = 60 + 50 * n
        texts = {
            "mistaken identity": "The court enters a debtor of the same name; the record lands on this person",
            "false report": "A report without an act behind it is accepted",
        }
        events = [
            ("record", start, texts.get(cls, "The court records the case")),
            ("entry", start + 4, "Entered on the register"),
            ("denial", start + 31, "A train ticket is refused"),
            ("denial", start + 118, "A loan is refused"),
            ("correction", start + 180, "The record is corrected"),
            ("exit", start + 190, "Deleted"),
        ]
        lines += [_event(n, cls, "scheme", *e) for e in events]
        if cls in ("within stated rules", "unrelated or disproportionate"):
            lines += [_event(n, cls, "clean", kind, start + day, text) for kind, day, text in TRUE_ENTRY]
        lines.append(_event(n, cls, "ordinary", "fine", start + 20, "A fine for late payment"))
    return lines


def _event(n: int, cls: str, arm: str, kind: str, day: int, text: str) -> dict[str, Any]:
    return {
        "person": 1000 + n,
        "role": "resident",
        "group": "AB"[n % 2],
        "arm": arm,
        "day": day,
        "event": kind,
        "category": "unpaid_judgment",
        "list": "register" if kind in ("entry", "exit") else "",
        "class": cls if arm == "scheme" else "",
        "text": text,
        "example_of": cls,
        "points": None,
    }
