"""Ties: in each layer (work, a circle) people of a town meet in blocks; a share of blocks holds one group only (design 001, section 3)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse._jit import rule
from glasshouse.world.compile import compile_world
from glasshouse.world.draws import TIES, philox_plain
from glasshouse.world.model import World
from glasshouse.world.people import group_of, household_of, town_people
from glasshouse.world.permutation import permute
from glasshouse.world.tables import Ints, WorldTables

BLOCK_DRAW = 24  # the draw of block b of layer l is n = (l << 24) + b: clear of the layers' own keys, n = l
MIXED = 0  # class of a home slot in a mixed block; 1 + group in a segregated one
HOUSEHOLD = "household"


@rule
def layer_slot(home: int, n: int, slot_class: Any, k0: int, k1: int, k2: int, k3: int) -> int:
    """Where a person stands in a layer: the permutation is walked until it meets a slot of the person's own class.

    Walking a permutation until it returns to a set permutes that set, so every slot is taken once and each class stays among itself.
    """
    y = permute(home, n, k0, k1, k2, k3)
    while slot_class[y] != slot_class[home]:
        y = permute(y, n, k0, k1, k2, k3)
    return y


def slot_groups(wt: WorldTables, n: int) -> Ints:
    """Group that lives at each home slot of a town of ``n``."""
    households = household_of(n - 1, wt.cycle_start) + 1
    return np.array([group_of(household_of(x, wt.cycle_start), households, wt.group_cum) for x in range(n)], dtype=np.int64)


def slot_classes(groups: Ints, size: int, segregation: int, seed: int, town: int, layer: int) -> Ints:
    """Class of each home slot in a layer (numbered from 1): MIXED, or 1 + group where its block is segregated."""
    classes = np.zeros(len(groups), dtype=np.int64)
    for block, first in enumerate(range(0, len(groups), size)):
        here = slice(first, first + size)
        drawn = philox_plain(seed, town, (layer << BLOCK_DRAW) + block, TIES)[0] < segregation
        if drawn and (groups[here] == groups[first]).all():
            classes[here] = 1 + groups[first]
    return classes


def layer_blocks(wt: WorldTables, seed: int, town: int, n: int, layer: int) -> Ints:
    """Block of each home slot's occupant in a layer (numbered from 1), shape (n,)."""
    size, segregation = int(wt.layer_size[layer - 1]), int(wt.layer_segregation[layer - 1])
    classes = slot_classes(slot_groups(wt, n), size, segregation, seed, town, layer)
    keys = philox_plain(seed, town, layer, TIES)
    return np.array([layer_slot(x, n, classes, *keys) // size for x in range(n)], dtype=np.int64)


def describe(world: World, seed: int = 1) -> dict[str, dict[str, float]]:
    """What the generated ties look like in one town: to be read beside published contact data.

    Returns
    -------
    dict
        For the household, each layer, and `all` of them together: `mean_degree`, `clustering` (of two ties of one person, the share that
        is itself a tie), `within_group` (share of ties inside one group) and `random_mixing` (what that share would be by chance).
    """
    wt = compile_world(world)
    n = int(wt.scalars["town_size"][0])
    people = town_people(wt, seed, 0, n)
    groups = slot_groups(wt, n)
    blocks = {HOUSEHOLD: np.empty(n, dtype=np.int64)}
    blocks[HOUSEHOLD][people["home"]] = people["household"]
    for i, name in enumerate(wt.names["layers"]):
        blocks[name] = layer_blocks(wt, seed, 0, n, i + 1)
    graphs = {name: together(b) for name, b in blocks.items()}
    graphs["all"] = sum(graphs.values()) > 0
    return {name: measures(g, groups) for name, g in graphs.items()}


def together(block: Ints) -> Any:
    """Ties between all who share a block, as a sparse matrix of booleans, shape (n, n)."""
    from scipy import sparse  # slow to import

    n = len(block)
    member = sparse.csr_array((np.ones(n, dtype=np.int32), (np.arange(n), block)))
    ties = (member @ member.T).tolil()
    ties.setdiag(0)
    return ties.tocsr() > 0


def measures(ties: Any, groups: Ints) -> dict[str, float]:
    """Mean degree, clustering (transitivity), share of ties within one group, and that share under random mixing."""
    a = ties.astype(np.int64)
    degree: NDArray[np.int64] = np.asarray(a.sum(axis=1))
    pairs = float((degree * (degree - 1)).sum())
    closed = float((a @ a).multiply(a).sum())
    x, y = a.nonzero()
    n, counts = len(groups), np.bincount(groups)
    return {
        "mean_degree": float(degree.mean()),
        "clustering": closed / pairs if pairs else 0.0,
        "within_group": float((groups[x] == groups[y]).mean()) if len(x) else 0.0,
        "random_mixing": float((counts * (counts - 1)).sum() / (n * (n - 1))) if n > 1 else 0.0,
    }
