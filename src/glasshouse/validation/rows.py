"""What a row of the three tables is: what others proved, published or counted, and how Glasshouse's own number is found.

A `Row` of the first two tables has a target that theory or a publication states, and passes if ours lies within four standard errors
of ours plus a stated bias. Every row names deliberately wrong variants of what it pins; each must fall outside the row's tolerance.
A `Figure` of the third table is a number counted in the world; it has no verdict of right or wrong, only how far off the model is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

STANDARD_ERRORS = 4.0


class Table(StrEnum):
    """The three tables, which answer three different questions."""

    THEORY = "exact theory"
    MODELS = "others' models"
    WORLD = "the world's own figures"


class Size(StrEnum):
    """How much work a measurement may do: a few seconds on one core, or up to a minute or two."""

    QUICK = "quick"
    FULL = "full"


class Through(StrEnum):
    """What a row tests."""

    PRODUCT = "the product's own mechanisms"
    FORMULA = "a formula of the product"
    REPLICATION = "a separate replication: it tests our understanding, not the product"


class Origin(StrEnum):
    """Where the target comes from."""

    THEOREM = "theorem or exact calculation"
    PUBLISHED = "number printed in the publication"
    CODE = "the authors' public code, run or read"
    RECOMPUTED = "recomputed from the published model"


@dataclass(frozen=True)
class Found:
    """Our number, its standard error (0 where nothing is left to chance), and how many independent runs it rests on."""

    value: float
    standard_error: float = 0.0
    runs: int = 1
    note: str = ""


Measure = Callable[[Size], Found]


@dataclass(frozen=True)
class Wrong:
    """A deliberately wrong variant of what a row pins: its name, what it does wrong in one sentence, and its number."""

    name: str
    text: str
    measure: Measure


@dataclass(frozen=True)
class Row:
    """One number of theory or of a publication, and ours.

    `bias` is the part of the tolerance that does not shrink with more runs (a step of a week instead of continuous time, a finite
    population); where it is not 0, `bias_why` derives it. `explained` says in one sentence why a gap is there, if one is.
    """

    name: str
    table: Table
    title: str
    target: float
    unit: str
    sources: tuple[str, ...]
    origin: Origin
    through: Through
    pins: tuple[str, ...]
    measure: Measure
    wrong: tuple[Wrong, ...]
    bias: float = 0.0
    bias_why: str = ""
    explained: str = ""
    quick: bool = True

    def tolerance(self, found: Found) -> float:
        """How far ours may lie from the target: four standard errors and the stated bias."""
        return STANDARD_ERRORS * found.standard_error + self.bias

    def agrees(self, found: Found) -> bool:
        """Whether ours lies within the tolerance of the target; a rounding error of a double is allowed."""
        return abs(found.value - self.target) <= self.tolerance(found) + 1e-9 * max(1.0, abs(self.target))


@dataclass(frozen=True)
class Forecast:
    """The model's value for a figure of the world, over the assumptions: no probability is claimed for `low` and `high`."""

    central: float
    low: float
    high: float
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure counted in the world, and what the model says to it.

    `fitted` names what was fitted to this very figure (then it tests nothing). `carried` is the last value published before, carried
    forward: a forecast is worth something if it is nearer and no wider. `cannot` says why the model has nothing to say, where it has
    not; then there is no `ours`, and no wrong variant. Every other figure has one or more: each must lie outside our range, and farther
    from what was counted than ours does.
    """

    name: str
    title: str
    published: float
    unit: str
    when: str
    sources: tuple[str, ...]
    pins: tuple[str, ...]
    ours: Callable[[Size], Forecast] | None = None
    fitted: str = ""
    carried: float | None = None
    cannot: str = ""
    explained: str = ""
    quick: bool = True
    wrong: tuple[Wrong, ...] = ()

    def notices(self, ours: Forecast, mistaken: Found) -> bool:
        """Whether a mistaken number is told from ours."""
        outside = not ours.low <= mistaken.value <= ours.high
        return outside and abs(mistaken.value - self.published) > abs(ours.central - self.published)
