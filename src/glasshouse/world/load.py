"""Reading a world file."""

from __future__ import annotations

from pathlib import Path

from glasshouse.files.load import Kind
from glasshouse.world.check import world_problems
from glasshouse.world.model import World

PACKAGE = "glasshouse.world"
WORLD: Kind[World] = Kind("world", PACKAGE, World, {}, world_problems, extends=True)


def load_world(ref: str | Path = "default") -> World:
    """A world by id or file path.

    Raises
    ------
    InputError
        No such world, or a file with faults; the message lists them all.
    """
    return WORLD.load(ref)
