"""Published figures in a scheme file: those that values were fitted to, those beside the standard run, and the size of that run."""

from __future__ import annotations

from typing import Annotated, Union

from pydantic import Discriminator, Field, Tag

from glasshouse.files.values import Strict, text_or_number


class Target(Strict):
    """A published count that a fitted value was set to come near."""

    text: str
    value: float
    unit: str
    source: str
    outcome: str


class Divisor(Strict):
    """The outcome that another is divided by, so that a figure can stand in the unit in which it was published."""

    outcome: str  # of a run's summary
    of: str = "all"  # the class of sanction that it is about
    detail: list[str] = []  # the lists, grades, needs, conduct or ways out that it is about, added up


class Published(Strict):
    """A published aggregate, to stand beside what the standard run gives for an outcome, or for one outcome over another."""

    figure: str  # what was published, how it was brought to the unit, and what it is divided by
    value: float
    unit: str  # as in a run's summary, for example per 100,000 adult-years; with `over` in words, for example refusals per entry
    when: Annotated[Union[Annotated[int, Tag("number")], Annotated[str, Tag("text")]], Discriminator(text_or_number)]
    source: str
    outcome: str  # of a run's summary
    of: str = "all"  # the class of sanction that it is about
    detail: list[str] = []  # the lists, grades, needs, conduct or ways out that it is about, added up
    over: Divisor | None = None  # what the outcome is divided by
    fitted: bool  # whether values of this file were set with it in view


class StandardRun(Strict):
    """How many people a run of this scheme has where a run names no number."""

    people: Annotated[int, Field(ge=1, le=2_000_000_000)]
    why: str
