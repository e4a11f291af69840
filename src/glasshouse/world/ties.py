"""Ties: in each layer (work, a circle) people of a town meet in blocks; a share of blocks holds one group only (design 001, section 3).

Where a layer has homophily of conduct, a share of people take the propensity of their block in it (design 005, section 9).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from glasshouse._jit import rule
from glasshouse.world.draws import TIES, philox_plain
from glasshouse.world.permutation import permute
from glasshouse.world.tables import Ints, WorldTables

BLOCK_DRAW = 24  # the draw of block b of layer l is n = (l << 24) + b: clear of the layers' own keys, n = l
MIXED = 0  # class of a home slot in a mixed block; 1 + group in a segregated one


@rule
def layer_slot(home: int, n: int, slot_class: Any, k0: int, k1: int, k2: int, k3: int) -> int:
    """Where a person stands in a layer: the permutation is walked until it meets a slot of the person's own class.

    Walking a permutation until it returns to a set permutes that set, so every slot is taken once and each class stays among itself.
    """
    y = permute(home, n, k0, k1, k2, k3)
    while slot_class[y] != slot_class[home]:
        y = permute(y, n, k0, k1, k2, k3)
    return y


@rule
def layer_block(home: int, n: int, size: int, slot_class: Any, k0: int, k1: int, k2: int, k3: int) -> int:
    """Block of a layer in which the person of a home slot stands, where blocks hold ``size`` people."""
    return layer_slot(home, n, slot_class, k0, k1, k2, k3) // size


@rule
def alike_layer(w0: int, w1: int, w2: int, w3: int, h0: int, h1: int, h2: int, h3: int) -> int:
    """Number of the first layer whose block a person takes after in their conduct, by words and thresholds; 0 if none."""
    if w0 < h0:
        return 1
    if w1 < h1:
        return 2
    if w2 < h2:
        return 3
    if w3 < h3:
        return 4
    return 0


@rule
def homophilous_word(layer: int, own: int, shared: int) -> int:
    """The word that a person's propensity follows: their own, or where `alike_layer` names a layer that of their block there.

    Both are uniform, and which of them it is follows from neither: so propensities are spread as without homophily.
    """
    return shared if layer > 0 else own


def slot_classes(groups: Ints, size: int, segregation: int, seed: int, town: int, layer: int) -> Ints:
    """Class of each home slot in a layer (numbered from 1): MIXED, or 1 + group where its block is segregated."""
    classes = np.zeros(len(groups), dtype=np.int64)
    for block, first in enumerate(range(0, len(groups), size)):
        here = slice(first, first + size)
        drawn = philox_plain(seed, town, (layer << BLOCK_DRAW) + block, TIES)[0] < segregation
        if drawn and (groups[here] == groups[first]).all():
            classes[here] = 1 + groups[first]
    return classes


def layer_blocks(wt: WorldTables, groups: Ints, seed: int, town: int, layer: int) -> Ints:
    """Block of each home slot's occupant in a layer (numbered from 1), for the groups of a town's home slots, shape (n,)."""
    n, size, segregation = len(groups), int(wt.layer_size[layer - 1]), int(wt.layer_segregation[layer - 1])
    classes = slot_classes(groups, size, segregation, seed, town, layer)
    keys = philox_plain(seed, town, layer, TIES)
    return np.array([layer_block(x, n, size, classes, *keys) for x in range(n)], dtype=np.int64)


def first_thresholds(wt: WorldTables) -> tuple[int, int, int, int]:
    """Homophily of conduct of the first four layers, as `alike_layer` takes it; 0 where there is none."""
    a, b, c, d, *_ = [*map(int, wt.layer_homophily), 0, 0, 0, 0]
    return a, b, c, d
