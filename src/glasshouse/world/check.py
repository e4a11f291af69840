"""Does a world file make sense?"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import linked_problems, unknown, value_problems
from glasshouse.files.names import name_problems, source_problems
from glasshouse.files.read import Problem
from glasshouse.files.values import Empirical
from glasshouse.files.walk import values
from glasshouse.files.yaml import Path
from glasshouse.world.model import MOST_ALIKE, World

GROUPS = ["A", "B", "C"]
OWN_ROLES = ["resident", "minor"]
CLOSE = 1e-6


def world_problems(world: World) -> Iterator[Problem]:
    """Everything that is wrong with a world, as far as the file alone tells."""
    found = list(values(world))
    yield from value_problems(found, world.sources, of_scheme=False)
    yield from linked_problems(found)
    yield from source_problems(world, world.sources)
    yield from name_problems(world)
    yield from _groups(world)
    yield from _people(world)
    yield from _conduct(world)


def _groups(world: World) -> Iterator[Problem]:
    for block, shares in (("groups", world.groups), ("conduct_by_group", world.conduct_by_group), ("by_group", world.visibility.by_group)):
        path: Path = ("visibility", block) if block == "by_group" else (block,)
        for name in shares:
            if name not in GROUPS:
                yield Problem((*path, name), f"unknown group {quoted(name)}; groups are called A, B and C", at_key=True)
            elif name not in world.groups:
                yield Problem((*path, name), f"the world has no group {quoted(name)}", at_key=True)
    yield from _adds_up(("groups",), list(world.groups.values()))


def _adds_up(path: Path, shares: list[Empirical], exactly: bool = True) -> Iterator[Problem]:
    total = sum(v.value for v in shares)
    if (exactly and abs(total - 1) > CLOSE) or total > 1 + CLOSE:
        yield Problem(path, f"these shares add up to {total:g}; they must add up to {'' if exactly else 'at most '}1", at_key=True)


def _people(world: World) -> Iterator[Problem]:
    yield from _adds_up(("households",), [h.share for h in world.households])
    for i, home in enumerate(world.households):
        for key, n, least in (("adults", home.adults, 1), ("minors", home.minors, 0)):
            if not least <= n <= 20:
                yield Problem(("households", i, key), f"a household has {least} to 20 {key}, not {n}")
    yield from _adds_up(("roles",), list(world.roles.values()), exactly=False)
    for name in world.roles:
        if name in OWN_ROLES:
            yield Problem(("roles", name), f"every world has the role {quoted(name)} already; give this one another name", at_key=True)
    sizes: dict[Path, float] = {("town_size", "value"): world.town_size.value}
    sizes |= {("layers", name, "size", "value"): layer.size.value for name, layer in world.layers.items()}
    for path, size in sizes.items():
        if size != int(size) or not 1 <= size < 1 << 24:
            yield Problem(path, f"{size:g} is not a number of people; a whole number from 1 to 16,777,215 is needed")
    alike = [name for name, layer in world.layers.items() if (v := layer.conduct_homophily) and max(v.value, v.range[1]) > 0]
    if alike and len(world.layers) > MOST_ALIKE:
        at: Path = ("layers", alike[0], "conduct_homophily")
        yield Problem(
            at, f"with {len(world.layers)} layers nobody can take after a layer's conduct; at most {MOST_ALIKE} layers then", at_key=True
        )
    if world.envelopes.payment.value < 1:
        yield Problem(("envelopes", "payment", "value"), "the envelope of payments must be at least 1 (the voluntary rate itself)")


def _conduct(world: World) -> Iterator[Problem]:
    roles = [*OWN_ROLES, *world.roles]
    for name, category in world.conduct.items():
        at = ("conduct", name)
        for i, who in enumerate(category.who):
            if who not in roles:
                yield unknown((*at, "who", i), "role", who, roles)
        yearly = ["person-year"] + ["debt-year"] * category.needs_debt
        if category.rate.per is not None and category.rate.per not in yearly:
            yield Problem((*at, "rate", "per"), f"how often people do this is given per {' or '.join(yearly)}, not per {category.rate.per}")
        if category.creates_debt and category.needs_debt:
            yield Problem((*at, "needs_debt"), "an act either creates a debt or needs one")
        if (category.creates_debt or category.needs_debt) and "minor" in category.who:
            yield Problem((*at, "who"), "minors have no debts here, so this act has no effect for them", warning=True)
    for name, need in world.needs.items():
        if need.rate.per not in (None, "person-year"):
            yield Problem(("needs", name, "rate", "per"), f"how often people need this is given per person-year, not per {need.rate.per}")
