"""`glasshouse run SCHEME`: the main job."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

import glasshouse
from glasshouse.cli.options import flag, number, settings
from glasshouse.study.limits import DEFAULTS, default_folder, usual_people, warning

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme
    from glasshouse.study.run import StudyResult

SCHEME = Parameter(name="SCHEME", help="A catalogue id or a scheme file.")
WORLD = Parameter(help="The world that people are generated from: an id or a world file. [default: the one the scheme's file names]")
SET = Parameter(
    name="--set", metavar="PATH=VALUE", negative=(), show_default=False, help="Replace a value of the scheme; may be given several times."
)
WITH = Parameter(
    name="--with", metavar="SAFEGUARD", negative=(), show_default=False,
    help="Live the scheme with one of its safeguards beside it; may be given several times.",
)  # fmt: skip
PEOPLE = number("people", f"How many invented people. [default: {DEFAULTS['people']:,}, or what the scheme's file states]")
START = Parameter(help="launch: everyone clean on the first day; mature: with a history lived under the scheme.")
OUT = Parameter(help="The run's folder. An unfinished run there is continued. [default: runs/SCHEME-DATE-TIME]")
OVERWRITE = "Replace a finished run in --out."
NOTE = "Invented people; not a forecast; not evidence that any real scheme is safe, lawful or fair."


def run(
    scheme: Annotated[str, SCHEME],
    /,
    *,
    people: Annotated[int | None, PEOPLE] = None,
    years: Annotated[int, number("years", "Counted years.")] = DEFAULTS["years"],
    seed: Annotated[int, number("seed", "The first seed.")] = DEFAULTS["seed"],
    seeds: Annotated[int, number("seeds", "How many seeds show chance.")] = DEFAULTS["seeds"],
    span: Annotated[int, number("span", "How many points show the span over stated assumptions; 0 for none.")] = DEFAULTS["span"],
    world: Annotated[str | None, WORLD] = None,
    set_: Annotated[tuple[str, ...], SET] = (),
    with_: Annotated[tuple[str, ...], WITH] = (),
    start: Annotated[Literal["launch", "mature"], START] = "mature",
    out: Annotated[Path | None, OUT] = None,
    overwrite: Annotated[bool, flag(OVERWRITE)] = False,
    threads: Annotated[int | None, number("threads", "All cores by default; the results do not depend on it.")] = None,
    json: Annotated[bool, flag("Print the summary as JSON.")] = False,
    quiet: Annotated[bool, flag("No progress; only the report's path.")] = False,
) -> None:
    """Let invented people live under a scheme and measure what happens."""
    from glasshouse.cli.progress import progress
    from glasshouse.scheme.check import load_both

    replaced = settings(set_)
    folder = out or default_folder(Path(scheme).stem)
    if (note := warning(years)) and not quiet:
        print(note, file=sys.stderr)
    loaded, populated = load_both(scheme, world)
    if people is None and not quiet:
        say_usual_people(loaded)
    try:
        with progress(quiet) as say:
            result = glasshouse.run(
                loaded, people=people, years=years, seed=seed, seeds=seeds, span=span, world=populated, start=start, settings=replaced,
                with_safeguards=with_, out=folder, overwrite=overwrite, threads=threads, progress=say,
            )  # fmt: skip
        page = _report(result.folder)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_how_to_continue(folder)) from None
    _answer(result, page, json, quiet)


def say_usual_people(scheme: Scheme) -> None:
    """Where nobody names a number and the scheme states one: how many people, and why."""
    if scheme.standard_run is None:
        return
    from glasshouse.files.words import sentence

    print(f"{usual_people(scheme):,} people, as {scheme.id} states: {sentence(scheme.standard_run.why)}", file=sys.stderr)


def _report(folder: Path) -> Path:
    from glasshouse.report.html import write_report

    return write_report(folder)


def _how_to_continue(folder: Path) -> str:
    """The same command again, with the folder that holds what is finished."""
    if not folder.is_dir():
        return "Interrupted."
    words = sys.argv[1:]
    if not any(word.split("=")[0] == "--out" for word in words):
        words = [*words, "--out", str(folder)]
    return f"Interrupted. What is finished is kept; to continue: {shlex.join(['glasshouse', *words])}"


def _answer(result: StudyResult, page: Path, json: bool, quiet: bool) -> None:
    """What the run found: as JSON, as a table, or only where the report is."""
    if json:
        from glasshouse.cli.terminal import print_json

        print_json({"folder": str(result.folder), "report": str(page), "summary": [line.cells() for line in result.summary]})
        return
    if not quiet:
        from glasshouse.cli.answer import print_answer

        print_answer(result.summary)
        print(NOTE)
    print(page)
