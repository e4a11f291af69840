"""What the ties of a generated town look like, to be read beside published contact data: degree, clustering, homophily."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from glasshouse.world.people import slot_groups, town_people
from glasshouse.world.tables import Ints
from glasshouse.world.ties import layer_blocks

HOUSEHOLD = "household"


def describe(world: World, seed: int = 1) -> dict[str, dict[str, float]]:
    """What the generated ties look like in one town: to be read beside published contact data.

    Returns
    -------
    dict
        For the household, each layer, and `all` of them together: `mean_degree`, `degree_sd` (its standard deviation), `clustering` (of
        two ties of one person, the share that is itself a tie), `within_group` (share of ties inside one group), `random_mixing` (what
        that share would be by chance) and `conduct_homophily` (correlation of conduct propensity between the two ends of a tie).
    """
    wt = compile_world(world)
    n = int(wt.scalars["town_size"][0])
    people = town_people(wt, seed, 0, n)
    groups = slot_groups(wt, n)
    blocks = {HOUSEHOLD: np.empty(n, dtype=np.int64)}
    blocks[HOUSEHOLD][people["home"]] = people["household"]
    propensity = np.empty(n, dtype=np.int64)
    propensity[people["home"]] = people["propensity"]
    for i, name in enumerate(wt.names["layers"]):
        blocks[name] = layer_blocks(wt, groups, seed, 0, i + 1)
    graphs = {name: together(b) for name, b in blocks.items()}
    graphs["all"] = sum(graphs.values()) > 0
    return {name: measures(g, groups, propensity) for name, g in graphs.items()}


def together(block: Ints) -> Any:
    """Ties between all who share a block, as a sparse matrix of booleans, shape (n, n)."""
    from scipy import sparse  # slow to import

    n = len(block)
    member = sparse.csr_array((np.ones(n, dtype=np.int32), (np.arange(n), block)))
    ties = (member @ member.T).tolil()
    ties.setdiag(0)
    return ties.tocsr() > 0


def measures(ties: Any, groups: Ints, propensity: Ints) -> dict[str, float]:
    """What `describe` reports of one set of ties; groups and propensities in the order of the matrix."""
    a = ties.astype(np.int64)
    degree: NDArray[np.int64] = np.asarray(a.sum(axis=1))
    pairs = float((degree * (degree - 1)).sum())
    closed = float((a @ a).multiply(a).sum())
    x, y = a.nonzero()
    n, counts = len(groups), np.bincount(groups)
    return {
        "mean_degree": float(degree.mean()),
        "degree_sd": float(degree.std()),
        "clustering": closed / pairs if pairs else 0.0,
        "within_group": float((groups[x] == groups[y]).mean()) if len(x) else 0.0,
        "random_mixing": float((counts * (counts - 1)).sum() / (n * (n - 1))) if n > 1 else 0.0,
        "conduct_homophily": correlation(propensity[x], propensity[y]),
    }


def correlation(a: Ints, b: Ints) -> float:
    """Pearson's correlation; 0 where one of the two does not vary."""
    if len(a) == 0 or a.min() == a.max() or b.min() == b.max():
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])
