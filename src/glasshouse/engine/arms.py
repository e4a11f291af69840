"""Arms side by side: the compiled schemes of a run stacked into arrays with a leading arm axis, padded where they differ in size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.scheme.tables import BATCH, CHANNEL, FALSE, GATE, HAZARD, ITEM, LIST, SchemeTables
from glasshouse.world.tables import WorldTables


def _stack(parts: list[NDArray[np.generic]]) -> NDArray[np.generic]:
    """Stack arrays of unlike shape, padding with zeros; no axis shorter than 1."""
    shape = tuple(max(1, *(p.shape[i] for p in parts)) for i in range(parts[0].ndim))
    out = np.zeros((len(parts), *shape), parts[0].dtype)
    for a, p in enumerate(parts):
        out[a][tuple(slice(0, n) for n in p.shape)] = p
    return out


@dataclass(frozen=True)
class Arms:
    """The stacked tables, in the order the engine takes them."""

    tables: dict[str, NDArray[np.generic]]
    count: int
    lists: int
    kinds: int
    channels: int
    longest_term: int


def stack_arms(schemes: list[SchemeTables], world: WorldTables) -> Arms:
    """Stack the schemes that are to live side by side on one world's lives."""
    for part, dtype in (
        ("channel", CHANNEL),
        ("item", ITEM),
        ("false", FALSE),
        ("batch", BATCH),
        ("list", LIST),
        ("gate", GATE),
        ("hazard", HAZARD),
    ):
        assert all(getattr(s, part).dtype == dtype for s in schemes)
    get = {
        "rules": "rules", "channels": "channel", "sensitivity": "sensitivity", "mistaken_for": "mistaken_for", "false": "false",
        "false_category": "false_category", "batch": "batch", "batch_category": "batch_category", "item": "item",
        "pick_start": "pick_start", "pick_count": "pick_count", "pick_item_at": "pick_item", "pick_cum": "pick_cum",
        "grade_from": "grade_from", "lists": "list", "hazard": "hazard", "gate": "gate",
    }  # fmt: skip
    tables = {name: _stack([getattr(s, field) for s in schemes]) for name, field in get.items()}
    tables["rules"] = np.concatenate([s.rules for s in schemes])
    seen = np.any(
        [np.any(s.sensitivity > 0, axis=0) if s.sensitivity.size else np.zeros(len(world.category), bool) for s in schemes], axis=0
    )
    tables["watched"] = (seen | (world.category["needs_debt"] != 0)).astype(np.int64)
    tables["parent_gate"] = np.array([int(np.any(s.gate["parent"] != 0)) for s in schemes], np.int64)
    terms = [int(x) for s in schemes for x in (*s.list["term"], *s.list["longest"], *s.item["term"])]
    return Arms(
        tables=tables,
        count=len(schemes),
        lists=tables["lists"].shape[1],
        kinds=tables["false"].shape[1] + tables["batch"].shape[1],
        channels=tables["channels"].shape[1],
        longest_term=max([0, *terms]),
    )
