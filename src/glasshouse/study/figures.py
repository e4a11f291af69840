"""What a run gives for published figures: an outcome, single lists or needs of it added up, or one outcome over another.

Values come from every seed and point of the span, so that the ranges of a ratio are those of the ratio itself and not of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.scheme.figures import Divisor, Published
from glasshouse.scheme.measured import can_be_divided
from glasshouse.study.standard import ALL, how_far, what

if TYPE_CHECKING:
    import pyarrow as pa

    from glasshouse.outcomes.summary import Line

SCHEME, CENTRAL = "scheme", "central"
ENDS = ("chance_low", "chance_high", "span_low", "span_high")
NOT_OF_THIS_RUN = "not an outcome of this run"
OTHER_UNIT = "in another unit than the run's"
PER = re.compile(r"\bper ([\d,]+) ")
Key = tuple[str, str]  # outcome with its detail, class


class NoSuchOutcome(InputError):
    """A run has no such outcome, detail or class."""


@dataclass(frozen=True)
class Lived:
    """What a run says of everyone under the scheme as written: its lines, and every value by seed and setting."""

    lines: Sequence[Line]
    runs: dict[tuple[str, int], dict[Key, float | None]]  # (setting, seed)

    @classmethod
    def of(cls, lines: Sequence[Line], file: Path) -> Lived:
        """From a run's lines and its outcomes.parquet."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        of_all: Any = (pc.field("arm") == SCHEME) & (pc.field("group") == ALL) & pc.field("week").is_null()
        return cls([x for x in lines if x.arm == SCHEME and x.group == ALL], _by_run(pq.read_table(file, filters=of_all)))

    def known(self) -> list[Key]:
        """Every outcome, with its detail, and class that the run has."""
        return list(dict.fromkeys(key for values in self.runs.values() for key in values))

    def is_shown(self, part: Published | Divisor) -> bool:
        """Whether some of the parts rest on events enough to be shown: the sum then does too. Or whether nothing at all happens in any."""
        lines = [x for x in self.lines if (x.outcome, x.cls) == (part.outcome, part.of)]
        shown = [x.central for x in lines if not part.detail or x.detail in part.detail]
        return any(shown) or (bool(shown) and None not in shown)  # a line without any event is a 0 that rests on none


def _by_run(table: pa.Table) -> dict[tuple[str, int], dict[Key, float | None]]:
    found: dict[tuple[str, int], dict[Key, float | None]] = {}
    names = ("setting", "seed", "outcome", "class", "value")
    for setting, seed, outcome, cls, value in zip(*(table.column(name).to_pylist() for name in names), strict=True):
        if setting == CENTRAL or setting.startswith("span"):
            found.setdefault((setting, seed), {})[outcome, cls] = value
    return found


def figures(plausibility: dict[str, Published], lived: Lived) -> dict[str, dict[str, Any]]:
    """What the run gives for each published figure, by `what` it is compared with.

    Raises
    ------
    NoSuchOutcome
        A figure is compared with an outcome or detail that the run does not have.
    InputError
        It is in another unit than the outcome's, or what is divided is no rate, share or count.
    """
    return {what(published): _figure(f"plausibility.{name}", published, lived) for name, published in plausibility.items()}


def beside_run(plausibility: dict[str, Published], lived: Lived) -> list[dict[str, Any]]:
    """Each published figure beside what the run gives for it, and how far off that is; what it cannot be compared with is said."""
    return [_beside_run(name, published, lived) for name, published in plausibility.items()]


def _beside_run(name: str, published: Published, lived: Lived) -> dict[str, Any]:
    try:
        found = _figure(f"plausibility.{name}", published, lived)
        off = how_far(published.value, found["central"])
    except NoSuchOutcome:
        found, off = dict.fromkeys((CENTRAL, *ENDS)), NOT_OF_THIS_RUN
    except InputError:
        found, off = dict.fromkeys((CENTRAL, *ENDS)), OTHER_UNIT
    return {
        "name": name, "figure": published.figure, "value": published.value, "unit": published.unit, "when": published.when,
        "source": published.source, "central": found[CENTRAL], "chance": [found["chance_low"], found["chance_high"]],
        "span": [found["span_low"], found["span_high"]], "off": off, "fitted": published.fitted,
    }  # fmt: skip


def _figure(at: str, published: Published, lived: Lived) -> dict[str, Any]:
    parts: list[Published | Divisor] = [published, *([published.over] if published.over else [])]
    for part in parts:
        _require_known(at, part, lived)
    unit = "" if published.over else _unit(published, lived)
    if unit not in ("", published.unit):
        raise InputError(f"{at}: {published.outcome} is given {unit}, not {published.unit}")
    if published.over:
        _require_divisible(at, parts, lived)
    if not all(lived.is_shown(part) for part in parts):
        return {"unit": unit, "central": None} | dict.fromkeys(ENDS)
    runs = [[_value(part, values) for part in parts] for (setting, _), values in lived.runs.items() if setting == CENTRAL]
    central = _quotient([_mean(part) for part in zip(*runs, strict=True)], parts, lived)
    chance = _ends((_quotient(run, parts, lived) for run in runs), 2)
    points = [values for (setting, _), values in lived.runs.items() if setting != CENTRAL]
    over_points = [_quotient([_value(part, values) for part in parts], parts, lived) for values in points]
    span = _ends([*over_points, central], 1) if points else (None, None)
    return {"unit": unit, "central": central, **dict(zip(ENDS, (*chance, *span), strict=True))}


def _keys(part: Published | Divisor) -> list[Key]:
    return [(f"{part.outcome}:{detail}", part.of) for detail in part.detail] or [(part.outcome, part.of)]


def _require_known(at: str, part: Published | Divisor, lived: Lived) -> None:
    known = lived.known()
    for key in _keys(part):
        if key not in known:
            raise NoSuchOutcome(f"{at}: the run has no outcome {quoted(_said(key))}{did_you_mean(_said(key), [_said(k) for k in known])}")


def _require_divisible(at: str, parts: Sequence[Published | Divisor], lived: Lived) -> None:
    for part in parts:
        if (unit := _unit(part, lived)) and not can_be_divided(unit):
            raise InputError(f"{at}: {part.outcome} is given in {unit}: with `over`, both sides are a rate, a share or a count")


def _said(key: Key) -> str:
    return key[0] if key[1] == ALL else f"{key[0]} of {key[1]}"


def _unit(part: Published | Divisor, lived: Lived) -> str:
    """The unit of an outcome; empty where the run has no line that says it."""
    return next((x.unit for x in lived.lines if x.outcome == part.outcome), "")


def _value(part: Published | Divisor, values: dict[Key, float | None]) -> float | None:
    known = [v for key in _keys(part) if (v := values.get(key)) is not None]
    return sum(known) if known else None


def _quotient(values: Sequence[float | None], parts: Sequence[Published | Divisor], lived: Lived) -> float | None:
    """One value as it is; of two the first over the second, each as so many per one of its denominator."""
    if len(values) == 1 or values[0] is None:
        return values[0]
    top, bottom = (None if v is None else v / per(_unit(part, lived)) for v, part in zip(values, parts, strict=True))
    return None if top is None or not bottom else top / bottom


def per(unit: str) -> float:
    """How many of the denominator a unit is about.

    Examples
    --------
    >>> per("per 100,000 adult-years"), per("per 1,000 adults"), per("share")
    (100000.0, 1000.0, 1.0)
    """
    found = PER.search(f"{unit} ")
    return float(found[1].replace(",", "")) if found else 1.0


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _ends(values: Iterable[float | None], fewest: int) -> tuple[float | None, float | None]:
    known = [v for v in values if v is not None]
    return (min(known), max(known)) if len(known) >= fewest else (None, None)
