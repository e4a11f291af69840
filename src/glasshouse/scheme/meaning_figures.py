"""Do the published figures of a scheme file name what there is to compare them with?

Checked are the outcome, its class and unit, and its detail: the list, grade, need, category of conduct or way out, where it has one row
for each. Whether a run has the outcome is known once it was lived: a scheme without a review has no reviews.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.yaml import Path
from glasshouse.scheme.amounts import currency
from glasshouse.scheme.figures import Divisor, Published
from glasshouse.scheme.measured import ALL, MONEY, OR, UNITS, WITHOUT_NAME, can_be_divided, classes_of
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import World

LIST, GRADE, NEED, CONDUCT, WAY_OUT = "list", "grade", "need", "category of conduct", "way out"
DETAILED = {  # outcomes with one row for each of these
    "entries_by_list": LIST,
    "grade_share": GRADE,
    "attempts_by_need": NEED,
    "denials_by_need": NEED,
    "entries_by_conduct": CONDUCT,
    "time_to_clear_30d": WAY_OUT,
    "time_to_clear_90d": WAY_OUT,
    "time_to_clear_365d": WAY_OUT,
}


def figure_problems(scheme: Scheme, *, is_fitted: bool) -> Iterator[Problem]:
    """What is wrong with published figures, as far as the file alone tells."""
    exits = [name for entry in scheme.lists.values() for name in entry.exits]
    known = {LIST: list(scheme.lists), GRADE: [g.name for g in scheme.grades], WAY_OUT: [*WITHOUT_NAME, *exits]}
    for name, published in scheme.plausibility.items():
        at: Path = ("plausibility", name)
        if published.fitted and not is_fitted:
            text = "this says that values were fitted, and no value of the file names what it is `fitted_to`"
            yield Problem((*at, "fitted"), text, warning=True)
        for where, part in parts(published, at):
            yield from _outcome(where, part)
            yield from _details(where, part, known)
            if published.over and not can_be_divided(unit := UNITS.get(part.outcome, "share")):
                text = f"{part.outcome} is given in {unit}: with `over`, both sides are a rate, a share or a count"
                yield Problem((*where, "outcome"), text)
        unit = _unit(scheme, published)
        if not published.over and unit and published.unit != unit:
            yield Problem((*at, "unit"), f"{published.outcome} is given {unit}, not {published.unit}")


def world_figure_problems(scheme: Scheme, world: World) -> Iterator[Problem]:
    """Needs and conduct that published figures name and the world does not have."""
    known = {NEED: list(world.needs), CONDUCT: list(world.conduct)}
    for name, published in scheme.plausibility.items():
        for where, part in parts(published, ("plausibility", name)):
            if (kind := DETAILED.get(part.outcome, "")) in known:
                yield from _unknown(where, part, kind, known[kind])


def parts(published: Published, at: Path) -> list[tuple[Path, Published | Divisor]]:
    """The outcome that a figure is compared with, and the one it is divided by, each with its place in the file."""
    over: list[tuple[Path, Published | Divisor]] = [((*at, "over"), published.over)] if published.over else []
    return [(at, published), *over]


def _unit(scheme: Scheme, part: Published | Divisor) -> str:
    """The unit of an outcome; empty where it is not known from the file."""
    unit = UNITS.get(part.outcome, "")
    return unit if unit != MONEY else f"{money} {unit.split(' ', 1)[1]}" if (money := currency(scheme)) else ""


def _outcome(at: Path, part: Published | Divisor) -> Iterator[Problem]:
    """An outcome that nothing measures, or a class that it is not measured for."""
    if part.outcome not in UNITS:
        if not part.detail:  # else the outcomes with a detail are what is allowed
            yield unknown((*at, "outcome"), "outcome", part.outcome, list(UNITS))
    elif part.of not in (allowed := classes_of(part.outcome)):
        if part.of == ALL:
            yield Problem((*at, "outcome"), f"{quoted(part.outcome)} has a row for each class: name one, as in `of: {allowed[-1]}`")
        else:
            yield unknown((*at, "of"), f"class of {part.outcome}", part.of, list(allowed))


def _details(at: Path, part: Published | Divisor, known: dict[str, list[str]]) -> Iterator[Problem]:
    kind = DETAILED.get(part.outcome)
    if part.detail and kind is None:
        yield unknown((*at, "outcome"), "outcome with a detail", part.outcome, list(DETAILED))
    if kind is not None and not part.detail:
        yield Problem((*at, "outcome"), f"{quoted(part.outcome)} has a row for each {kind}: name one or more, as in `detail: [NAME]`")
    if kind in known:
        yield from _unknown(at, part, str(kind), known[str(kind)])
    for i, detail in enumerate(part.detail):
        if detail in part.detail[:i]:
            yield Problem((*at, "detail", i), f"{quoted(detail)} is named twice, and would count twice")


def _unknown(at: Path, part: Published | Divisor, kind: str, known: list[str]) -> Iterator[Problem]:
    for i, detail in enumerate(part.detail):
        names = detail.split(OR) if kind == WAY_OUT else [detail]
        yield from (unknown((*at, "detail", i), kind, name, known) for name in names if name not in known)
