"""Values in scheme and world files: exact rule text, and empirical values that carry evidence and a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Denominator = Literal[
    "person-year", "capture", "alert", "entry", "record", "appeal",
    "attempt", "listed-year", "debt-year", "town-year", "adult", "person", "household", "act",
    "listed-week", "10000-person-weeks", "use", "person-round",
]  # fmt: skip
Currency = Literal[
    "euros", "yuan", "dollars", "Australian dollars", "US dollars", "pounds", "francs", "kroner", "kronor", "rupees", "roubles", "yen",
    "won", "reais", "pesos", "rand", "zlotys",
]  # fmt: skip
Unit = Literal[
    "points", "days", "weeks", "months", "years", "people", "times", "share", "records", "districts", "uses", "risk points", Currency,
]  # fmt: skip
CURRENCIES: tuple[str, ...] = get_args(Currency)
USES = "uses"  # the unit of a validity that ends with the use of a service that rates
DAYS_PER_UNIT = {"days": 1.0, "weeks": 7.0, "months": 365 / 12, "years": 365.0}


class Strict(BaseModel):
    """A part of a file: unknown keys are errors, nothing is coerced silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Quantity:
    """What a number of a file measures; decides which values, units and denominators are sensible (`files/evidence.py`)."""

    kind: Literal["share", "rate", "factor", "time", "correlation", "shape", "count", "points", "money", "risk", "validity"]


def _is_assumed(v: Any) -> str:
    return "assumed" if isinstance(v, str) else "stated"


def _is_rule(v: Any) -> str:
    if isinstance(v, dict):
        return "empirical" if v.keys() & {"range", "scale", "evidence", "per", "why", "linked", "fitted_to"} else "rule"
    return "rule" if isinstance(v, Rule) else "empirical"


class Evidence(Strict):
    """What an empirical value rests on (fields of the product contract)."""

    kind: Literal["law", "official-count", "audit-or-court", "peer-reviewed", "press", "interested-party"]
    read: Literal["original", "translation", "relay"]
    directness: Literal["own", "sibling", "analogue"]
    checked: str
    disputed_by: list[str] = []


class Rule(Strict):
    """A value of rule text: exact, with its unit and source (a block's `source` serves all rules inside it)."""

    value: float
    unit: Unit
    source: str | None = None
    note: str | None = None


class Empirical(Strict):
    """A fact about the world, an error or a response: a central value, its denominator or unit, a range and its evidence."""

    value: float
    per: Denominator | None = None
    unit: Unit | None = None
    range: Annotated[tuple[float, float], Field(strict=False)]
    scale: Literal["log", "linear"]
    evidence: Annotated[
        Union[Annotated[Evidence, Tag("stated")], Annotated[Literal["assumed"], Tag("assumed")]], Discriminator(_is_assumed)
    ]
    source: str | None = None
    why: str | None = None
    linked: str | None = None
    fitted_to: str | None = None

    def days(self) -> float:
        """The value in days (for durations)."""
        return self.value * DAYS_PER_UNIT[self.unit or "days"]


Value = Annotated[Union[Annotated[Rule, Tag("rule")], Annotated[Empirical, Tag("empirical")]], Discriminator(_is_rule)]

# An empirical value by what it measures.
Share = Annotated[Empirical, Quantity("share")]
Rate = Annotated[Empirical, Quantity("rate")]
Factor = Annotated[Empirical, Quantity("factor")]
Time = Annotated[Empirical, Quantity("time")]
Correlation = Annotated[Empirical, Quantity("correlation")]
Shape = Annotated[Empirical, Quantity("shape")]
Worth = Annotated[Empirical, Quantity("points")]  # in points of a scheme's account
# Rule text by what it measures.
Term = Annotated[Rule, Quantity("time")]
Count = Annotated[Rule, Quantity("count")]
Multiple = Annotated[Rule, Quantity("factor")]
Score = Annotated[Rule, Quantity("points")]
Validity = Annotated[Rule, Quantity("validity")]  # a stretch of time, or uses of a service that rates
# A stretch of time or a share, either from the rule text or measured or assumed.
Duration = Annotated[Value, Quantity("time")]
Portion = Annotated[Value, Quantity("share")]
# Money in whole units of a currency, and points of a score of risk, likewise.
Money = Annotated[Value, Quantity("money")]
RiskPoints = Annotated[Value, Quantity("risk")]


def in_days(v: Rule | Empirical) -> float:
    """A duration in days (a year is 365 days)."""
    return v.value * DAYS_PER_UNIT[v.unit or "days"]


def text_or_number(v: Any) -> str:
    """Which of the two a value is, for pydantic's discriminator."""
    return "number" if isinstance(v, int) else "text"


class Source(Strict):
    """Where a value or claim comes from."""

    author: str
    year: Annotated[Union[Annotated[int, Tag("number")], Annotated[str, Tag("text")]], Discriminator(text_or_number)]
    title: str
    url: str | None = None
    kind: Literal["law", "official", "audit-or-court", "peer-reviewed", "press", "interested-party", "secondary", "design"]
    note: str | None = None
