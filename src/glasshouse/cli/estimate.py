"""`glasshouse estimate SCHEME`: seconds, memory and disk of a planned run."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from glasshouse.cli.options import flag, number
from glasshouse.cli.run import SCHEME, START, WORLD
from glasshouse.study.limits import DEFAULTS, warning


def estimate(
    scheme: Annotated[str, SCHEME],
    /,
    *,
    people: Annotated[int, number("people", "How many invented people.")] = DEFAULTS["people"],
    years: Annotated[int, number("years", "Counted years.")] = DEFAULTS["years"],
    seeds: Annotated[int, number("seeds", "How many seeds show chance.")] = DEFAULTS["seeds"],
    span: Annotated[int, number("span", "How many points show the span over stated assumptions; 0 for none.")] = DEFAULTS["span"],
    world: Annotated[str, WORLD] = "default",
    start: Annotated[Literal["launch", "mature"], START] = "mature",
    threads: Annotated[int | None, number("threads", "All cores by default.")] = None,
    json: Annotated[bool, flag("Print JSON.")] = False,
) -> None:
    """Say how long a run would take, before it starts."""
