"""The whole check: what a file says by itself, and whether a scheme fits its world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glasshouse.files.errors import Fault, FileFaults, InputError
from glasshouse.files.evidence import dotted
from glasshouse.files.read import Problem, package_ids, read_document
from glasshouse.scheme.fit import fit_problems
from glasshouse.scheme.load import PACKAGE, SCHEME
from glasshouse.scheme.meaning import scheme_problems
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.planned import refuse_planned
from glasshouse.world.check import world_problems
from glasshouse.world.load import WORLD, load_world
from glasshouse.world.model import World

ONLY_WORLDS_HAVE = {"extends", "town_size", "conduct", "needs", "envelopes", "households"}


def check_file(ref: str | Path, world: str | Path | World | None = None) -> list[Fault]:
    """All faults of a scheme or world file, warnings included, in file order.

    Parameters
    ----------
    world : str, Path or World, optional
        The world that a scheme is checked against; by default the one that its file names.

    Raises
    ------
    InputError
        There is no such file, or it is not text, not YAML, or hostile: one clear line.
    """
    refuse_planned(ref)
    document = read_document(ref, PACKAGE, "scheme or world")
    if document.data.keys() & ONLY_WORLDS_HAVE:
        return WORLD.faults(WORLD.whole(document))[1]
    return SCHEME.faults(document, lambda scheme: _fit(scheme, world))[1]


def load_both(ref: str | Path, world: str | Path | World | None = None) -> tuple[Scheme, World]:
    """A scheme and the world it is lived in: by default the one that its file names.

    Raises
    ------
    InputError
        No such scheme or world, or faults of either file; of one file all at once.
    """
    loaded = load_world(world) if isinstance(world, str | Path) else world
    scheme, _ = load_checked(ref, loaded)
    return scheme, loaded or load_world(scheme.world)


def load_checked(ref: str | Path, world: World | None = None) -> tuple[Scheme, list[Fault]]:
    """A scheme that fits a world (by default the one that its file names), and the warnings about it.

    Raises
    ------
    FileFaults
        All errors of the file at once.
    """
    scheme, faults = SCHEME.faults(SCHEME.read(ref), lambda s: _fit(s, world))
    errors = [f for f in faults if not f.warning]
    if errors or scheme is None:
        raise FileFaults(errors)
    return scheme, [f for f in faults if f.warning]


def require_valid(scheme: Scheme, world: World) -> None:
    """Refuse a scheme or world that settings made impossible; for what did not come straight from a file.

    Raises
    ------
    InputError
        One line for each error, with its path.
    """
    lines = _lines(world_problems(world), "world:") + _lines([*scheme_problems(scheme), *fit_problems(scheme, world)], "")
    if lines:
        raise InputError("\n".join(lines))


def _lines(problems: Iterable[Problem], prefix: str) -> list[str]:
    return [f"{prefix}{dotted(p.path)}: {p.text}" for p in dict.fromkeys(problems) if not p.warning]


def _fit(scheme: Scheme, world: str | Path | World | None) -> Iterator[Problem]:
    """What is wrong with a scheme in a world; of a world that does not exist, the scheme's own check says so."""
    named = scheme.world if world is None else world
    if world is not None or named in package_ids(WORLD.package):
        yield from fit_problems(scheme, named if isinstance(named, World) else load_world(named))
