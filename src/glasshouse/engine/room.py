"""Working memory of one thread: one person in each arm, and where a town lives week by week, the whole town as it waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from glasshouse.engine import state
from glasshouse.engine.arms import Arms
from glasshouse.engine.keep import FREE
from glasshouse.mechanism.classes import CLASSES, LEVELS, TIE_LEVELS

MOST_HAZARDS = 8
MOST_STEPS = 1000  # sizes of stretches in the pool, in steps of 64 words
Memory = dict[str, Any]


@dataclass(frozen=True)
class Room:
    """How much room a town is given. What turns out too small is doubled, and the towns are lived again: the results are the same."""

    people: int  # of a town
    arms: int
    words: int  # of the pool, per person and arm
    share: int  # rows for letters, post and queues, per person

    def larger(self) -> Room:
        """Twice as much."""
        return Room(self.people, self.arms, 2 * self.words, 2 * self.share)


def person_memory(arms: Arms, weeks: int) -> Memory:
    """One person in every arm; its size does not depend on the number of people."""
    n, lists = arms.count, arms.lists
    memory: Memory = {
        "batch_at": np.zeros((n, arms.tables["batch"].shape[1], state.MOST_BATCHES + 1), np.int64),
        "batch_next": np.zeros((n, arms.tables["batch"].shape[1]), np.int64),
        "batch_week": np.zeros((n, arms.tables["batch"].shape[1]), np.int64),
        "who": np.zeros(1, state.WHO),
        "arm": np.zeros(n, state.ARM),
        "book": np.zeros((n, state.BOOK_SIZE), state.RECORD),
        "points": np.zeros((n, state.BOOK_SIZE + 1, LEVELS), np.int64),
        "pending": np.zeros((n, state.PENDING_SIZE + 1), state.PENDING),
        "spell": np.zeros((n, lists, LEVELS), state.SPELL),
        "hazard_day": np.zeros((n, lists, LEVELS, MOST_HAZARDS), np.int64),
        "class_days": np.zeros((n, len(CLASSES) + 1), np.int64),
        "home": np.zeros((n, lists, weeks), np.int64),
        "home_context": np.full((n, lists, weeks), -1, np.int64),
    }
    memory["arm"]["pair_e"], memory["arm"]["pair_a"] = arms.pairs[:, 0], arms.pairs[:, 1]
    memory["spell"]["released"] = -1
    memory["points"][:, state.TIE_ROW] = state.NO_TIES
    sizes = np.zeros(1, state.SIZES)
    sizes[0] = (
        len(state.KEPT.split()), *(memory[name].dtype.itemsize // 8 for name in ("arm", "book", "pending", "spell")), MOST_HAZARDS,
        len(CLASSES) + 1, lists,
    )  # fmt: skip
    flat = {"arm": "arm", "book": "book", "point": "points", "pending": "pending", "spell": "spell"}
    flat |= {"hazard": "hazard_day", "class": "class_days"}
    memory |= {f"{name}_words": memory[whole].view(np.int64).reshape(-1) for name, whole in flat.items()}
    memory["sizes"] = sizes
    return memory


def town_memory(arms: Arms, layers: int, room: Room, *, weekly: bool, laid_out: bool, wide: bool = False) -> Memory:
    """A town between weeks. Arrays that no arm needs have one place.

    ``wide``: for the uncompiled engine, in which products of NumPy's own 32-bit numbers would overflow; compiled code widens them.
    """
    small = np.int64 if wide else np.int32
    law: Any = arms.tables["rules"]
    n = room.people if weekly else 1
    placed = room.people if weekly or laid_out else 1
    a, lists = arms.count, arms.lists
    scored = n if weekly and np.any(law["scored"] != 0) else 1
    tied = n if weekly and np.any(law["alpha"] != 0) else 1
    reviewed = room.share * n if weekly and np.any(law["review"] != 0) else 1
    return {
        "house": np.zeros((3, placed), small),
        "slot_group": np.zeros(placed, small),
        "adult": np.zeros(placed, small),
        "slot_class": np.zeros(placed, small),
        "layer_at": np.zeros((1 + layers, placed), small),
        "block_at": np.zeros((1 + layers, placed), small),
        "first_at": np.zeros((1 + layers, placed), small),
        "layer_who": np.zeros((1 + layers, placed), small),
        "adults_below": np.zeros(n + 1, np.int64),
        "pop": np.zeros(n, state.WHO),
        "wake": np.zeros(n, np.int64),
        "light": np.zeros((n, a), np.int64),
        "head": np.full((n, a), -1, np.int64),
        "stand": np.zeros((a, lists, n), np.int64),
        "moved": np.zeros(room.share * n * a + 64, state.MOVED),
        "own": np.zeros((a, LEVELS, scored), small),
        "mean": np.zeros((a, TIE_LEVELS, scored), small),
        "eff": np.zeros((a, TIE_LEVELS, scored), small),
        "has": np.zeros((a, scored), np.int64),
        "tie_weights": np.zeros((a, tied, 3), np.int64),
        "tie_bits": np.zeros((a, scored), np.int64),
        "slack": np.zeros((a, tied, 2), np.int64),
        "dropped": np.zeros((a, 1 + layers, tied), np.int64),
        "sums": np.zeros((1 + layers, tied), np.int64),
        "doubts": np.zeros((1 + layers, tied), np.int64),
        "leans": np.zeros((1 + layers, tied, TIE_LEVELS - 1), small),
        "lean": np.zeros(TIE_LEVELS, np.int64),
        "totals": np.zeros(tied, np.int64),
        "fresh": np.zeros(max(tied, scored), np.int64),
        "todo": np.zeros(n, small),
        "mark": np.zeros(n, small),
        "post": np.zeros(room.share * n + 64 if weekly else 1, state.POST),
        "queue": np.zeros((a, 2, reviewed), state.QUEUE),
        "line": np.zeros((a, 2, 3), np.int64),
        "letter": np.zeros(2 * room.share * n + 64, state.LETTER),
        "first_letter": np.zeros(n, np.int64),
        "last_letter": np.zeros(n, np.int64),
        "now": np.zeros((a, state.NOW_SIZE), np.int64),
        "ground": np.full(FREE + MOST_STEPS, -1, np.int64),
        "pool": np.zeros(room.words * n * a + 64, np.int64),
    }
