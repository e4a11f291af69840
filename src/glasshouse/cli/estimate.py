"""`glasshouse estimate SCHEME`: seconds, memory and disk of a planned run."""

from __future__ import annotations

from typing import Annotated, Literal

from glasshouse.cli.options import flag, number
from glasshouse.cli.run import PEOPLE, SCHEME, START, WITH, WORLD, say_usual_people
from glasshouse.study.limits import DEFAULTS, usual_people


def estimate(
    scheme: Annotated[str, SCHEME],
    /,
    *,
    people: Annotated[int | None, PEOPLE] = None,
    years: Annotated[int, number("years", "Counted years.")] = DEFAULTS["years"],
    seeds: Annotated[int, number("seeds", "How many seeds show chance.")] = DEFAULTS["seeds"],
    span: Annotated[int, number("span", "How many points show the span over stated assumptions; 0 for none.")] = DEFAULTS["span"],
    world: Annotated[str | None, WORLD] = None,
    with_: Annotated[tuple[str, ...], WITH] = (),
    start: Annotated[Literal["launch", "mature"], START] = "mature",
    threads: Annotated[int | None, number("threads", "All cores by default.")] = None,
    json: Annotated[bool, flag("Print JSON.")] = False,
) -> None:
    """Say how long a run would take, before it starts."""
    from glasshouse.scheme.check import load_both

    loaded, populated = load_both(scheme, world)
    if people is None:
        say_usual_people(loaded)
        people = usual_people(loaded)
    from glasshouse.study.estimate import estimate as study_estimate

    found = study_estimate(
        loaded, world=populated, people=people, years=years, seeds=seeds, span=span, start=start, safeguards=with_, threads=threads
    )
    if json:
        from glasshouse.cli.terminal import print_json

        print_json(found.as_dict())
        return
    print(f"{people:,} people, {years} year{'s' if years > 1 else ''}, lived {found.lives:,} times: {seeds} seeds and what the span needs.")
    print(f"time    about {duration(found.seconds)} here ({duration(found.cpu_seconds)} of CPU time)")
    print(f"memory  about {found.memory_bytes / 1e6:,.0f} MB")
    print(f"disk    about {found.disk_bytes / 1e6:,.1f} MB")


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"
