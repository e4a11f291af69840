"""One adult's stated life under a scheme of the catalogue: chance is switched off, so that what must come of it can be worked out by hand.

Events and expectations are those of `tests/cases` (its README says how they are written).
"""

from __future__ import annotations

from typing import Any

from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from tests.cases.engine_runner import replay
from tests.cases.load import _Names, observed
from tests.cases.stated import StatedLife


def comes_out(
    scheme: Scheme, world: World, days: int, events: list[dict[str, Any]], expect: dict[str, Any], **person: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What came of the life, and what must, in the same form."""
    world_tables = compile_world(world)
    tables = compile_scheme(scheme, world, world_tables)
    names = _Names(world_tables, tables, list(scheme.lists), {name: list(entry.exits) for name, entry in scheme.lists.items()})
    must = names.expectation(expect)
    life = StatedLife(world=world_tables, scheme=tables, days=days, person=names.person({"events": events, **person}))
    return observed(replay(life), must), must
