"""Glasshouse: a laboratory that simulates documented social-scoring schemes on invented people.

>>> import glasshouse as gh
>>> gh.load("ordinary-law").id
'ordinary-law'

Nothing heavy is imported here; the engine is imported when a run starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme
    from glasshouse.study.run import StudyResult

__version__ = "0.1.0"
__all__ = ["__version__", "load", "run"]


def load(scheme: str | Path) -> Scheme:
    """Read a scheme.

    Parameters
    ----------
    scheme : str or Path
        A catalogue id such as "judgment-defaulters", or a scheme file.

    Raises
    ------
    glasshouse.files.errors.InputError
        No such scheme, or a file with faults; the message lists them all.
    """
    from glasshouse.scheme.load import load_scheme

    return load_scheme(scheme)


def run(
    scheme: Scheme | str | Path,
    *,
    people: int = 100_000,
    years: int = 3,
    seed: int = 1,
    seeds: int = 16,
    span: int = 64,
    world: str | Path = "default",
    start: Literal["launch", "mature"] = "mature",
    settings: Mapping[str, object] | None = None,
    out: str | Path | None = None,
    threads: int | None = None,
) -> StudyResult:
    """Let invented people live under a scheme, under ordinary law and under no scheme, and measure what happens.

    The same function as `glasshouse run`; see its `--help` for the options.

    Parameters
    ----------
    scheme : Scheme, str or Path
        From `load`, a catalogue id, or a scheme file.
    people : int
        How many invented people.
    years : int
        Counted years, 1 to 10; each is 52 weeks.
    seed, seeds : int
        The first seed, and how many seeds show chance.
    span : int
        How many points show the span over stated assumptions; 0 for none.
    world : str or Path
        The world file that people are generated from.
    start : {"launch", "mature"}
        Everyone clean on the first day, or with a history lived under the scheme.
    settings : mapping, optional
        Values of the scheme to replace, by path.
    out : str or Path, optional
        The run's folder; a new one under `runs/` by default.
    threads : int, optional
        All cores by default. The results are the same with any number.

    Returns
    -------
    StudyResult
        The summary, and where the run's folder is.
    """
    from glasshouse.study.command import run_and_report

    return run_and_report(
        scheme, people=people, years=years, seed=seed, seeds=seeds, span=span, world=world,
        start=start, settings=settings, out=out, threads=threads,
    )  # fmt: skip
