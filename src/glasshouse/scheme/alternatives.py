"""Scenarios and safeguards: does the scheme so changed still make sense?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from glasshouse.files.errors import InputError, quoted
from glasshouse.files.evidence import dotted
from glasshouse.files.read import Problem
from glasshouse.files.settings import WORLD, NoSuchPath, for_world, with_values
from glasshouse.files.yaml import Path
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

MOST = 3  # faults shown of one alternative
STRETCHED = ("range", "scale")  # a number outside a range stretches it: that the scale no longer suits is no fault
ONE_WORLD = "a safeguard changes the scheme, and this is of the world, which all arms share; a scenario may set it"


@dataclass(frozen=True)
class Alternative:
    """A scheme changed by a scenario, by a safeguard, or by a safeguard under a scenario, which is set first."""

    at: Path  # where the settings stand in the file
    steps: tuple[dict[str, object], ...]  # settings, one block after the other
    scenario: str = ""  # the one that a safeguard is lived under

    @property
    def settings(self) -> dict[str, object]:
        """The settings that stand at `at`."""
        return self.steps[-1]

    def of(self, scheme: Scheme, world: World | None = None) -> tuple[Scheme, World | None]:
        """The scheme and the world so changed."""
        for settings in self.steps:
            of_scheme, of_world = for_world(settings)
            scheme = with_values(scheme, of_scheme)
            world = with_values(world, of_world) if world is not None else None
        return scheme, world


def alternatives(scheme: Scheme) -> Iterator[Alternative]:
    """Each scenario and each safeguard by itself."""
    for name, scenario in scheme.scenarios.items():
        yield Alternative(("scenarios", name, "set"), (scenario.set,))
    for name, safeguard in scheme.safeguards.items():
        yield Alternative(("safeguards", name, "set"), (safeguard.set,))


def alternative_problems(
    scheme: Scheme, base: Iterable[Problem], check: Callable[[Scheme, World | None], Iterator[Problem]], world: World | None = None
) -> Iterator[Problem]:
    """Settings that cannot stand at their path, and what only they make wrong.

    Parameters
    ----------
    base : iterable of Problem
        What is wrong with the scheme as written.
    check : callable
        All that is wrong with a scheme, its alternatives apart.
    world : World, optional
        The world it is to fit, whose values a scenario may set too; without it, the file by itself is judged.
    """
    known = {(p.path, p.text) for p in base}
    found: dict[Path, set[tuple[Path, str]]] = {}  # of each sound alternative, what it makes wrong
    for one in alternatives(scheme):
        single = list(_single(scheme if world is None else world, one, WORLD if world is not None else ""))
        yield from single
        if single:
            continue
        try:
            changed = one.of(scheme, world)
        except InputError:
            continue  # reported with the scheme
        new = _new(one, check(*changed), known)
        found[one.at] = {(p.path, p.text) for p in new}
        yield from _told(one, new)
    for name, scenario in scheme.scenarios.items():
        for safeguard, mended in scheme.safeguards.items():
            both = Alternative(("safeguards", safeguard, "set"), (scenario.set, mended.set), name)
            alone = [found.get(at) for at in (("scenarios", name, "set"), both.at)]
            if alone[0] is not None and alone[1] is not None:
                yield from _under(scheme, world, both, known | alone[0] | alone[1], check)


def _under(
    scheme: Scheme, world: World | None, both: Alternative, known: set[tuple[Path, str]],
    check: Callable[[Scheme, World | None], Iterator[Problem]],
) -> Iterator[Problem]:  # fmt: skip
    """What a safeguard makes wrong only under a scenario. Where the scenario left nothing to mend, it is not lived: no fault."""
    try:
        changed = both.of(scheme, world)
    except NoSuchPath:
        return
    except InputError as error:
        yield Problem(both.at, f"under the scenario {quoted(both.scenario)}: {error}", at_key=True)
        return
    yield from _told(both, _new(both, check(*changed), known))


def _single(model: Scheme | World, one: Alternative, prefix: str) -> Iterator[Problem]:
    """Settings that cannot stand at their path, each tried alone: those of the scheme, or with a prefix those of the world."""
    for path, value in one.settings.items():
        of_world = path.startswith(WORLD)
        if of_world and one.at[0] == "safeguards":  # needs no world to be said
            if not prefix:
                yield Problem((*one.at, path), f"{quoted(path)}: {ONE_WORLD}", at_key=True)
        elif of_world == bool(prefix):
            try:
                with_values(model, for_world({path: value})[of_world])
            except InputError as error:
                yield Problem((*one.at, path), str(error), at_key=True)


def _new(one: Alternative, found: Iterator[Problem], known: set[tuple[Path, str]]) -> list[Problem]:
    """What is wrong with the scheme so changed, and was not before."""
    whole = [path for settings in one.steps for path, value in settings.items() if isinstance(value, Mapping)]
    new = (p for p in found if not p.warning and (p.path, p.text) not in known and not _stretched(p.path, whole))
    return list(islice(new, MOST))


def _stretched(path: Path, whole: list[str]) -> bool:
    """Whether a fault is of a range that a number stretched, and not of a value or block that was put in place whole."""
    return bool(path) and path[-1] in STRETCHED and not any(dotted(path).startswith(f"{block}.") for block in whole)


def _told(one: Alternative, new: list[Problem]) -> Iterator[Problem]:
    when = f"under the scenario {quoted(one.scenario)}" if one.scenario else "with these settings"
    for p in new:
        yield Problem(one.at, f"{when}, {dotted(p.path)}: {p.text}", at_key=True)
