"""`glasshouse run SCHEME`: the main job."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from glasshouse.cli.options import flag, number, settings
from glasshouse.study.limits import DEFAULTS, warning

if TYPE_CHECKING:
    from glasshouse.study.run import StudyResult

SCHEME = Parameter(name="SCHEME", help="A catalogue id or a scheme file.")
WORLD = Parameter(help="The world that people are generated from: an id or a world file.")
SET = Parameter(
    name="--set", metavar="PATH=VALUE", negative=(), show_default=False, help="Replace a value of the scheme; may be given several times."
)
START = Parameter(help="launch: everyone clean on the first day; mature: with a history lived under the scheme.")
OUT = Parameter(help="The run's folder. An unfinished run there is continued. [default: runs/SCHEME-DATE-TIME]")
OVERWRITE = "Replace a finished run in --out."


def run(
    scheme: Annotated[str, SCHEME],
    /,
    *,
    people: Annotated[int, number("people", "How many invented people.")] = DEFAULTS["people"],
    years: Annotated[int, number("years", "Counted years.")] = DEFAULTS["years"],
    seed: Annotated[int, number("seed", "The first seed.")] = DEFAULTS["seed"],
    seeds: Annotated[int, number("seeds", "How many seeds show chance.")] = DEFAULTS["seeds"],
    span: Annotated[int, number("span", "How many points show the span over stated assumptions; 0 for none.")] = DEFAULTS["span"],
    world: Annotated[str, WORLD] = "default",
    set_: Annotated[tuple[str, ...], SET] = (),
    start: Annotated[Literal["launch", "mature"], START] = "mature",
    out: Annotated[Path | None, OUT] = None,
    overwrite: Annotated[bool, flag(OVERWRITE)] = False,
    threads: Annotated[int | None, number("threads", "All cores by default; the results do not depend on it.")] = None,
    json: Annotated[bool, flag("Print the summary as JSON.")] = False,
    quiet: Annotated[bool, flag("No progress; only the report's path.")] = False,
) -> None:
    """Let invented people live under a scheme and measure what happens."""
    from glasshouse.cli.progress import progress
    from glasshouse.scheme.load import load_scheme
    from glasshouse.world.load import load_world

    replaced = settings(set_)
    loaded = load_scheme(scheme)
    if (note := warning(years)) and not quiet:
        print(note, file=sys.stderr)
    folder = out or Path("runs") / f"{loaded.id}-{datetime.now():%Y%m%d-%H%M%S}"
    populated = load_world(world)
    try:
        with progress(quiet) as report:
            from glasshouse.study.run import run_study

            result = run_study(
                loaded, world=populated, people=people, years=years, seed=seed, seeds=seeds, span=span, start=start,
                settings=replaced, out=folder, threads=threads, progress=report,
            )  # fmt: skip
        page = _write_report(result)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_how_to_continue(folder)) from None
    _answer(result, page, json, quiet)
