"""A run's folder, read tolerantly: what is absent stays absent, and the report says so."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glasshouse.report.words import class_key

ALL = "all"
TOTALS = frozenset({"", "all", "total", "any", "none given"})
NUMBERS = ("central", "chance_low", "chance_high", "span_low", "span_high")


@dataclass(frozen=True)
class Row:
    """One line of `summary`: an outcome with its three uncertainties kept apart. `None` is "not stated" (suppressed or not run)."""

    outcome: str
    cls: str
    group: str
    arm: str
    unit: str
    denominator: str
    central: float | None
    chance_low: float | None
    chance_high: float | None
    span_low: float | None
    span_high: float | None
    note: str


@dataclass(frozen=True)
class Weekly:
    """One weekly series at central values: the mean over seeds with its lowest and highest."""

    weeks: list[int]
    mean: list[float]
    low: list[float]
    high: list[float]


@dataclass(frozen=True)
class Run:
    """Everything the report may use. Only files of the run's folder, never the engine."""

    folder: Path
    rows: list[Row]
    scheme: dict[str, Any]
    world: dict[str, Any]
    study: dict[str, Any]
    record: dict[str, Any]
    lives: list[dict[str, Any]]
    weekly: dict[tuple[str, str, str], Weekly] = field(default_factory=dict)  # (outcome, arm, class)
    same_seeds: dict[str, float] = field(default_factory=dict)  # outcome as written, mean over the seeds that scenarios were lived with

    def find(self, outcome: str, arm: str = "scheme", group: str = ALL) -> list[Row]:
        """All rows of an outcome in one arm and group, every class."""
        return [r for r in self.rows if r.outcome == outcome and r.arm == arm and r.group == group]

    def one(self, outcome: str, arm: str = "scheme", cls: str = ALL, group: str = ALL) -> Row | None:
        """The row of one outcome, arm, class and group, or None."""
        return next((r for r in self.find(outcome, arm, group) if r.cls == cls), None)

    def value(self, path: str) -> dict[str, Any]:
        """A value's own block in the scheme or world file, by its dotted path; empty if it is in neither."""
        first, *rest = path.replace(":", ".", 1).split(".")
        files = {"scheme": self.scheme, "world": self.world}
        parts, roots = (rest, [files[first]]) if first in files else ([first, *rest], [self.scheme, self.world])
        return next((found for root in roots if (found := _descend(root, parts))), {})

    @property
    def influential(self) -> list[dict[str, Any]]:
        """The values that lead over the span, as the run ranked them (`study/influence.py`), with what the files say of each."""
        return [self.value(str(v["path"])) | {"share": 0.0, "told": False} | v for v in self.study.get("influential") or []]

    def has_arm(self, arm: str) -> bool:
        """Whether any outcome was measured in this arm."""
        return any(r.arm == arm for r in self.rows)

    @property
    def people(self) -> int | None:
        """How many invented people lived in the run."""
        value = self.study.get("people") or self.record.get("people")
        return int(value) if value else None

    @property
    def adult_years(self) -> float | None:
        """Adult-years of one run, from entries as a number and as a rate."""
        for row in self.find("entries"):
            rate = self.one("entries_rate", cls=row.cls)
            if row.central and rate and rate.central:
                return row.central / rate.central * 100_000
        return None

    @property
    def years(self) -> float | None:
        """How many years were counted."""
        value = self.study.get("years") or self.record.get("years")
        return float(value) if value else None

    @property
    def seeds(self) -> int | None:
        """How many seeds the chance range rests on."""
        value = (self.study.get("chance") or {}).get("seeds")
        return int(value) if value else None

    @property
    def span_points(self) -> int | None:
        """How many points the span over stated assumptions rests on."""
        value = (self.study.get("span") or {}).get("points")
        return int(value) if value else None

    @property
    def status(self) -> str:
        """The scheme's status, as its file states it."""
        return str(self.scheme.get("status", ""))

    @property
    def id(self) -> str:
        """The scheme's id, or the folder's name where the scheme file is absent."""
        return str(self.scheme.get("id") or self.folder.name)

    @property
    def name(self) -> str:
        """The scheme's name."""
        return str(self.scheme.get("name") or self.id)


def read_run(folder: Path) -> Run:
    """Read a run's folder.

    Parameters
    ----------
    folder : Path
        A folder that `glasshouse run` wrote.

    Raises
    ------
    FileNotFoundError
        If the folder holds neither `summary.json` nor `summary.csv`.
    """
    rows = _summary(folder)
    return Run(
        folder=folder,
        rows=rows,
        scheme=_yaml(folder / "scheme.yaml"),
        world=_yaml(folder / "world.yaml"),
        study=_json(folder / "study.json"),
        record=_json(folder / "record.json"),
        lives=_parquet(folder / "lives.parquet"),
        weekly=_weekly(folder / "outcomes.parquet"),
        same_seeds=_same_seeds(folder / "outcomes.parquet"),
    )


def _descend(node: Any, parts: list[str]) -> dict[str, Any]:
    for part in parts:
        if isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, list):
            named = (x for x in node if isinstance(x, dict) and part in (x.get("id"), x.get("name")))
            node = next(named, node[int(part)] if part.isdigit() and int(part) < len(node) else None)
        else:
            return {}
    return node if isinstance(node, dict) else {}


def _summary(folder: Path) -> list[Row]:
    as_json, as_csv = folder / "summary.json", folder / "summary.csv"
    if as_json.is_file():
        loaded = json.loads(as_json.read_text(encoding="utf-8"))
        lines = loaded if isinstance(loaded, list) else loaded.get("rows") or loaded.get("outcomes") or []
    elif as_csv.is_file():
        with as_csv.open(encoding="utf-8", newline="") as handle:
            lines = list(csv.DictReader(handle))
    else:
        raise FileNotFoundError(f"{folder} is not a run's folder: it holds neither summary.json nor summary.csv")
    return [_row(line) for line in lines]


def _row(line: dict[str, Any]) -> Row:
    text = {k: str(line.get(k) or "").strip() for k in ("outcome", "group", "arm", "unit", "denominator", "note")}
    group = ALL if text["group"].lower() in TOTALS else text["group"]
    central, chance_low, chance_high, span_low, span_high = (_number(line.get(k)) for k in NUMBERS)
    return Row(
        text["outcome"],
        _class(line.get("class")),
        group,
        text["arm"] or "scheme",
        text["unit"],
        text["denominator"],
        central,
        chance_low,
        chance_high,
        span_low,
        span_high,
        text["note"],
    )


def _class(value: object) -> str:
    key = class_key(str(value or ""))
    return ALL if key in TOTALS else key


def _number(value: object) -> float | None:
    if value is None or value == "":
        return None
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return loaded if isinstance(loaded, dict) else {}


def _yaml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    text = path.read_text(encoding="utf-8")
    try:
        loaded = YAML(typ="safe").load(text)  # the C parser where it is installed: ten times as fast
    except YAMLError:
        loaded = YAML(typ="safe", pure=True).load(text)  # it knows only YAML 1.1
    return loaded if isinstance(loaded, dict) else {}


def _parquet(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    import pyarrow.parquet as pq

    return list(pq.read_table(path).to_pylist())


WEEKLY_OUTCOMES = ("sanctioned_days", "listed")


def _weekly(path: Path) -> dict[tuple[str, str, str], Weekly]:
    """Weekly series at central values, summed over groups; the file can be large, so it is cut down column by column."""
    if not path.is_file():
        return {}
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = ["arm", "seed", "setting", "week", "group", "outcome", "class", "value"]
    table = pq.read_table(path, columns=wanted, filters=[("outcome", "in", list(WEEKLY_OUTCOMES))])
    central = _central_setting(pc.unique(table["setting"]).to_pylist())
    table = table.filter(pc.equal(table["setting"], central)) if central is not None else table
    keys = ["outcome", "arm", "class", "group", "week", "seed"]
    lines = table.group_by(keys).aggregate([("value", "sum")]).to_pylist()
    with_totals = {line["outcome"] for line in lines if _is_total(line["group"])}
    per_seed: dict[tuple[str, str, str], dict[int, dict[Any, float]]] = {}
    for line in lines:
        counted_twice = line["outcome"] in with_totals and not _is_total(line["group"])
        if counted_twice or line["week"] is None or line["week"] < 0 or line["value_sum"] is None:
            continue
        key = (line["outcome"], line["arm"], _class(line["class"]))
        seeds = per_seed.setdefault(key, {}).setdefault(int(line["week"]), {})
        seeds[line["seed"]] = seeds.get(line["seed"], 0.0) + float(line["value_sum"])
    return {key: _over_seeds(weeks) for key, weeks in per_seed.items()}


def _same_seeds(path: Path) -> dict[str, float]:
    """Each outcome of the scheme at central values, mean over the seeds that the structural scenarios share: without these, chance would
    pass for structure where scenarios were lived with fewer seeds."""
    if not path.is_file():
        return {}
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    setting = pc.field("setting")
    wanted = (pc.field("arm") == "scheme") & pc.field("week").is_null() & (pc.starts_with(setting, "scenario-") | (setting == "central"))
    table = pq.read_table(path, columns=["seed", "setting", "group", "outcome", "class", "value"], filters=wanted)
    lines = [row for row in table.to_pylist() if _is_total(row["group"]) and _is_total(row["class"])]
    seeds = {row["seed"] for row in lines if str(row["setting"]).startswith("scenario-")}
    found: dict[str, list[float]] = {}
    for row in lines:
        if row["setting"] == "central" and row["seed"] in seeds and row["value"] is not None:
            found.setdefault(row["outcome"], []).append(float(row["value"]))
    return {outcome: math.fsum(values) / len(values) for outcome, values in found.items()}


def _is_total(group: object) -> bool:
    return str(group or "").lower() in TOTALS


def _central_setting(settings: Iterable[Any]) -> Any:
    """The setting at central values: named so, or numbered 0, or the first."""
    seen = {s for s in settings if s is not None}
    for name in ("central", 0, "0"):
        if name in seen:
            return name
    return min(seen, key=str, default=None)


def _over_seeds(weeks: dict[int, dict[Any, float]]) -> Weekly:
    order = sorted(weeks)
    values = [[weeks[w][seed] for seed in sorted(weeks[w], key=str)] for w in order]  # one order of adding, one result
    return Weekly(order, [sum(v) / len(v) for v in values], [min(v) for v in values], [max(v) for v in values])
