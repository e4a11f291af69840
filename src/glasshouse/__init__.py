"""Glasshouse: a laboratory that simulates documented social-scoring schemes on invented people.

>>> import glasshouse as gh
>>> gh.load("ordinary-law").id
'ordinary-law'

Nothing heavy is imported here; the engine is imported when a run starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from glasshouse.api import Run
    from glasshouse.scheme.claims import ClaimBesideRecord
    from glasshouse.scheme.model import Scheme
    from glasshouse.scheme.planned import Planned
    from glasshouse.scheme.screening import Answered
    from glasshouse.world.model import World

__version__ = "0.1.0"
__all__ = ["__version__", "claims", "load", "planned", "run", "screen"]


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


def claims(scheme: str | None = None) -> list[ClaimBesideRecord]:
    """What is said about the schemes of the catalogue, beside what the record says, each row with its source.

    Parameters
    ----------
    scheme : str, optional
        A catalogue id; by default all claims.

    Examples
    --------
    >>> import glasshouse as gh
    >>> gh.claims("wendeng-2020")[0].party
    'no one named'
    """
    from glasshouse.scheme.claims import claims as found

    return found(scheme)


def planned() -> list[Planned]:
    """Schemes that belong in the catalogue and are not yet files: what is documented, with its sources, and what is missing.

    Examples
    --------
    >>> import glasshouse as gh
    >>> all(one.missing for one in gh.planned())
    True
    """
    from glasshouse.scheme.planned import planned as found

    return found()


def screen(scheme: Scheme | str | Path, *, world: World | str | Path | None = None) -> list[Answered]:
    """What a scheme's file says on the elements of AI Act Article 5(1)(c) and GDPR Article 22, question by question.

    The answers are *flag*, *cannot be excluded* and *not enough in the file*; none clears a scheme, and they are not added up. No legal
    advice. The same function as `glasshouse screen`.

    Parameters
    ----------
    scheme : Scheme, str or Path
        From `load`, a catalogue id, or a scheme file.
    world : World, str or Path, optional
        The world that the scheme is lived in; by default the one that its file names.
    """
    from glasshouse.scheme.check import load_both
    from glasshouse.scheme.screening import screen as screened
    from glasshouse.world.load import load_world

    if isinstance(scheme, str | Path):
        return screened(*load_both(scheme, world))
    named = world or scheme.world
    return screened(scheme, load_world(named) if isinstance(named, str | Path) else named)


def run(
    scheme: Scheme | str | Path,
    *,
    people: int | None = None,
    years: int = 3,
    seed: int = 1,
    seeds: int = 16,
    span: int = 64,
    world: World | str | Path | None = None,
    start: Literal["launch", "mature"] = "mature",
    settings: Mapping[str, object] | None = None,
    with_safeguards: Sequence[str] = (),
    out: str | Path | None = None,
    overwrite: bool = False,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Run:
    """Let invented people live under a scheme, its twins without error and without ties, ordinary law and no scheme, and measure.

    The same function as `glasshouse run`.

    Parameters
    ----------
    scheme : Scheme, str or Path
        From `load`, a catalogue id, or a scheme file.
    people : int, optional
        How many invented people; by default 50,000, or what the scheme's file states for its standard run.
    years : int
        Counted years, 1 to 10; each is 52 weeks.
    seed, seeds : int
        The first seed, and how many seeds show chance.
    span : int
        How many points show the span over stated assumptions; 0 for none.
    world : World, str or Path, optional
        The world that people are generated from: an id or a world file; by default the one that the scheme's file names.
    start : {"launch", "mature"}
        Everyone clean on the first day, or with a history lived under the scheme.
    settings : mapping, optional
        Values of the scheme to replace, by path; those of the world begin with ``world:``.
    with_safeguards : sequence of str
        Safeguards that the scheme's file names; each is lived as an arm of its own, "with NAME", beside the scheme as written.
    out : str or Path, optional
        The run's folder; by default a new one under ``runs/``. An unfinished run of the same inputs there is continued.
    overwrite : bool
        Replace a finished run in `out`.
    threads : int, optional
        All cores by default. The results are the same with any number.
    progress : callable, optional
        Called with (done, total, what is being done).

    Returns
    -------
    Run
        To ask (`run.outcome("entries").by_class()`) and to report (`run.report("page.html")`); its `folder` holds everything.

    Raises
    ------
    glasshouse.files.errors.InputError
        A number outside its limits, a file with faults, an unknown safeguard, or a folder that holds something else.
    """
    from glasshouse.scheme.check import load_both
    from glasshouse.study.limits import checked, default_folder, usual_people
    from glasshouse.world.load import load_world

    if people is not None:
        checked("people", people)
    checked("years", years)
    checked("seed", seed)
    checked("seeds", seeds)
    checked("span", span)
    if threads is not None:
        checked("threads", threads)
    if isinstance(scheme, str | Path):
        loaded, populated = load_both(scheme, world)
    else:
        named = world or scheme.world
        loaded, populated = scheme, load_world(named) if isinstance(named, str | Path) else named
    from glasshouse.api import Run
    from glasshouse.study.run import run_study

    finished = run_study(
        loaded, world=populated, people=people or usual_people(loaded), years=years, seed=seed, seeds=seeds, span=span, start=start,
        settings=settings, safeguards=with_safeguards, out=Path(out) if out is not None else default_folder(loaded.id), overwrite=overwrite,
        threads=threads, progress=progress,
    )  # fmt: skip
    return Run(finished.folder, finished.summary)
