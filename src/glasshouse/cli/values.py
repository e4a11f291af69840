"""Every value of a scheme as one row: what it is, its unit and denominator, its range, what it rests on."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from glasshouse.files.values import Empirical, Evidence, Rule
from glasshouse.files.walk import Found, values
from glasshouse.study.standard import standard

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme

ONE = {"points": "point", "days": "day", "weeks": "week", "months": "month", "years": "year", "records": "record", "times": "time"}
RULE_TABLE = ("rules", "items")  # shown on its own
WIDEST = 5


@dataclass(frozen=True)
class Row:
    """One value. `low` and `high` are None for rule text, which is exact."""

    path: str
    value: float
    unit: str
    low: float | None
    high: float | None
    scale: str
    evidence: str
    source: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def rows(scheme: Scheme) -> list[Row]:
    """All values of a scheme outside its rule table, and the amounts of money in it that are not rule text, in file order."""
    return [_row(_by_id(found, scheme)) for found in values(scheme) if found.path[:2] != RULE_TABLE or _is_uncertain_money(found)]


def _is_uncertain_money(found: Found) -> bool:
    return found.measures == "money" and isinstance(found.value, Empirical)


def _by_id(found: Found, scheme: Scheme) -> Found:
    """With the rule's id in the path, as settings have it."""
    if found.path[:2] != RULE_TABLE or scheme.rules is None:
        return found
    at = found.path[2]
    return replace(found, path=(*RULE_TABLE, scheme.rules.items[int(at)].id, *found.path[3:]))


def _row(found: Found) -> Row:
    value, path = found.value, ".".join(str(step) for step in found.path)
    source = value.source or found.source or ""
    if isinstance(value, Rule):
        return Row(path, value.value, value.unit, None, None, "", "rule text", source, value.note or "")
    unit = f"per {value.per}" if value.per else value.unit or ""
    low, high = value.range
    return Row(path, value.value, unit, low, high, value.scale, evidence(value), value.source or "", value.why or "")


def evidence(value: Empirical) -> str:
    """What a value rests on, in a few words."""
    if not isinstance(value.evidence, Evidence):
        return f"assumed{fitted(value)}"
    e = value.evidence
    return f"{e.kind}, {e.read}, {e.directness}{fitted(value)}" + ("; disputed" if e.disputed_by else "")


def fitted(value: Empirical) -> str:
    """The target that a value was fitted to, where it was."""
    return f"; fitted to {value.fitted_to}" if value.fitted_to else ""


def fitted_values(scheme: Scheme) -> list[tuple[str, Empirical]]:
    """The values that name the target they were fitted to, by path, in file order."""
    found = ((_by_id(found, scheme).path, found.value) for found in values(scheme))
    return [(".".join(map(str, path)), v) for path, v in found if isinstance(v, Empirical) and v.fitted_to]


def width(row: Row) -> float:
    """How far a value may lie from its centre: high over low as a logarithm; where low is 0, as far as a thousandth of high."""
    if row.low is None or row.high is None or row.high <= 0:
        return 0.0
    return math.log(row.high / max(row.low, row.high / 1000))


def widest(scheme: Scheme) -> list[Row]:
    """The five values with the widest range; which of them move a result most, only a run can tell."""
    return sorted(rows(scheme), key=width, reverse=True)[:WIDEST]


def rests_on(scheme: Scheme) -> str:
    """What the five most influential values rest on, counted: "4 assumed, 1 press".

    Those that moved the answer of the standard run most, as far as that can be told, then those with the widest ranges; without a
    standard run of these very values, those with the widest ranges.
    """
    run = standard(scheme)
    found = [str(v["evidence"]) for v in run.influential] if run else []
    found = found or [row.evidence.split(",")[0].split(";")[0] for row in widest(scheme) if width(row) > 0]
    return ", ".join(f"{n} {kind}" for kind, n in Counter(found).most_common()) or "rule text only"


def plain(x: float) -> str:
    """A number as people read it."""
    if x == int(x) and abs(x) < 1e15:
        return f"{int(x):,}"
    return f"{x:.4g}"


def number(value: Rule | Empirical) -> str:
    """A value with its unit or denominator, its range where it has one."""
    unit: str = value.unit or ""
    if abs(value.value) == 1:
        unit = ONE.get(unit, unit)
    if isinstance(value, Rule):
        return f"{plain(value.value)} {unit}"
    if value.per:
        unit = f"per {value.per}"
    return f"{plain(value.value)} {unit} (from {plain(value.range[0])} to {plain(value.range[1])})"


def span(row: Row) -> str:
    """A range with its scale, empty for rule text."""
    if row.low is None or row.high is None:
        return ""
    return f"{plain(row.low)} to {plain(row.high)}" + (" (log)" if row.scale == "log" else "")
