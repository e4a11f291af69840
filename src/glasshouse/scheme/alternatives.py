"""Scenarios and safeguards: does the scheme so changed still make sense?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from glasshouse.files.errors import InputError
from glasshouse.files.evidence import dotted
from glasshouse.files.read import Problem
from glasshouse.files.settings import WORLD, for_world, with_values
from glasshouse.files.yaml import Path
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

MOST = 3  # faults shown of one alternative
STRETCHED = ("range", "scale")  # a setting outside a range stretches it: that the scale no longer suits is no fault


def alternatives(scheme: Scheme) -> Iterator[tuple[Path, dict[str, object]]]:
    """Where the settings of each scenario and safeguard stand, and the settings."""
    for name, scenario in scheme.scenarios.items():
        yield ("scenarios", name, "set"), scenario.set
    for name, safeguard in scheme.safeguards.items():
        yield ("safeguards", name, "set"), safeguard.set


def alternative_problems(scheme: Scheme, base: Iterable[Problem], check: Callable[[Scheme], Iterator[Problem]]) -> Iterator[Problem]:
    """Settings that cannot stand at their path, and what only they make wrong.

    Parameters
    ----------
    base : iterable of Problem
        What is wrong with the scheme as written.
    check : callable
        All that is wrong with a scheme, its alternatives apart.
    """
    known = {(p.path, p.text) for p in base}
    for at, settings in alternatives(scheme):
        single = list(_single(scheme, at, settings))
        yield from single
        if not single:
            of_scheme, _ = for_world(settings)
            yield from _together(at, check(with_values(scheme, of_scheme)), known)


def world_alternative_problems(
    scheme: Scheme, world: World, base: Iterable[Problem], check: Callable[[Scheme, World], Iterator[Problem]]
) -> Iterator[Problem]:
    """Likewise in a world, whose values a scenario may set too."""
    known = {(p.path, p.text) for p in base}
    for at, settings in alternatives(scheme):
        of_scheme, of_world = for_world({path: value for path, value in settings.items() if path != "world"})
        single = list(_single(world, at, of_world, WORLD))
        yield from single
        if single:
            continue
        try:
            changed = with_values(scheme, of_scheme)
        except InputError:
            continue  # reported with the scheme
        yield from _together(at, check(changed, with_values(world, of_world)), known)


def _single(model: Scheme | World, at: Path, settings: dict[str, object], prefix: str = "") -> Iterator[Problem]:
    """Settings that cannot stand at their path, each tried alone."""
    for path, value in settings.items():
        if not prefix and path.startswith(WORLD):
            continue
        try:
            for_world({path: value})
            with_values(model, {path: value})
        except InputError as error:
            yield Problem((*at, prefix + path), str(error), at_key=True)


def _together(at: Path, found: Iterator[Problem], known: set[tuple[Path, str]]) -> Iterator[Problem]:
    new = (p for p in found if not p.warning and (p.path, p.text) not in known and not (p.path and p.path[-1] in STRETCHED))
    for p in islice(new, MOST):
        yield Problem(at, f"with these settings, {dotted(p.path)}: {p.text}", at_key=True)
