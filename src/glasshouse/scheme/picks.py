"""Which rule of a scheme an act falls under: by category of conduct and role, with cumulative weights."""

from __future__ import annotations

import numpy as np

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.scheme.model import Item, Scheme
from glasshouse.scheme.tables import Ints
from glasshouse.scheme.volume import open_to
from glasshouse.world.units import cumulative


def heaviness(scheme: Scheme, item: Item) -> tuple[int, bool, float]:
    """What makes a rule the heavier of two that one act falls under.

    A direct grade outweighs points and the worse grade the better one; then a rule that leads to a list outweighs one that does
    not; then the more points it takes.
    """
    grades = [g.name for g in scheme.grades]
    direct = grades.index(item.grade) if item.grade in grades else -1
    return direct, item.list is not None, -(item.points or 0.0)


def heaviest(scheme: Scheme, items: dict[str, Item], item: Item, role: str) -> Item:
    """The heaviest of a rule and those it names in `also` (and theirs) that are open to the role; the first named wins ties."""
    best, seen, at = item, {item.id}, item
    while at.also is not None and at.also not in seen:
        at = items[at.also]
        seen.add(at.id)
        if open_to(at, role) and heaviness(scheme, at) > heaviness(scheme, best):
            best = at
    return best


def pick_tables(scheme: Scheme, categories: list[str], roles: list[str]) -> tuple[Ints, Ints, Ints, Ints]:
    """`pick_start, pick_count, pick_item, pick_cum` of the scheme's tables."""
    listed = scheme.rules.items if scheme.rules else []
    items = {item.id: item for item in listed}
    place = {item.id: i for i, item in enumerate(listed)}
    _check_names(scheme, items, categories, roles)
    one_rule = scheme.points is not None and scheme.points.overlap == "highest only"
    equal = scheme.rules is not None and scheme.rules.weights is not None and scheme.rules.weights.equal
    start, count = np.zeros((2, len(categories), len(roles)), dtype=np.int64)
    picked: list[int] = []
    cum: list[int] = []
    of_category: dict[str, list[Item]] = {}
    for item in listed:
        of_category.setdefault(item.when, []).append(item)
    for c, category in enumerate(categories):
        for r, role in enumerate(roles):
            run = [i for i in of_category.get(category, []) if open_to(i, role) and i.weight > 0]
            start[c, r], count[c, r] = len(picked), len(run)
            picked += [place[heaviest(scheme, items, i, role).id if one_rule else i.id] for i in run]
            cum += cumulative([1.0 if equal else i.weight for i in run])
    return start, count, np.array(picked, dtype=np.int64), np.array(cum, dtype=np.int64)


def _check_names(scheme: Scheme, items: dict[str, Item], categories: list[str], roles: list[str]) -> None:
    grades, ids, lists = [g.name for g in scheme.grades], list(items), list(scheme.lists)
    for item in items.values():
        _known(f"rules: {item.id}: when", item.when, categories)
        _known(f"rules: {item.id}: also", item.also, ids)
        _known(f"rules: {item.id}: list", item.list, lists)
        _known(f"rules: {item.id}: grade", item.grade, grades)
        for role in item.roles or []:
            _known(f"rules: {item.id}: roles", role, roles)


def _known(what: str, name: str | None, allowed: list[str]) -> None:
    if name is not None and name not in allowed:
        raise InputError(f"{what}: unknown name {quoted(name)}{did_you_mean(name, allowed)}")
