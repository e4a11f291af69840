"""Graphs that theory has numbers for: a karate club, rings, stars.

The club is that of W. W. Zachary, An Information Flow Model for Conflict and Fission in Small Groups, Journal of Anthropological Research
33 (1977), 452-473: who met whom outside the club. Members are numbered from 1 as there; ties carry no weight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Graph = NDArray[np.int64]
MEMBERS = 34
TIES = {
    1: (2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32),
    2: (3, 4, 8, 14, 18, 20, 22, 31),
    3: (4, 8, 9, 10, 14, 28, 29, 33),
    4: (8, 13, 14),
    5: (7, 11),
    6: (7, 11, 17),
    7: (17,),
    9: (31, 33, 34),
    10: (34,),
    14: (34,),
    15: (33, 34),
    16: (33, 34),
    19: (33, 34),
    20: (34,),
    21: (33, 34),
    23: (33, 34),
    24: (26, 28, 30, 33, 34),
    25: (26, 28, 32),
    26: (32,),
    27: (30, 34),
    28: (34,),
    29: (32, 34),
    30: (33, 34),
    31: (33, 34),
    32: (33, 34),
    33: (34,),
}


def karate_club() -> Graph:
    """The adjacency matrix; member `i` is row `i - 1`."""
    out = np.zeros((MEMBERS, MEMBERS), np.int64)
    for i, mates in TIES.items():
        for j in mates:
            out[i - 1, j - 1] = out[j - 1, i - 1] = 1
    return out


def ring(n: int) -> Graph:
    """Everyone is tied to two neighbours."""
    one = np.eye(n, dtype=np.int64)
    return np.asarray(np.roll(one, 1, axis=1) + np.roll(one, -1, axis=1))


def star(n: int) -> Graph:
    """Everyone is tied to the first."""
    out = np.zeros((n, n), np.int64)
    out[0, 1:] = out[1:, 0] = 1
    return out
