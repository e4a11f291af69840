"""Arms side by side: the compiled schemes of a run stacked into arrays with a leading arm axis, padded where they differ in size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.state import RESTRAINED, SEEN
from glasshouse.scheme.tables import BATCH, CHANNEL, FALSE, GATE, HAZARD, ITEM, LIST, RULES, TIED_TO_NEED, WHOLE, SchemeTables
from glasshouse.world.tables import WorldTables


def _stack(parts: list[NDArray[np.generic]]) -> NDArray[np.generic]:
    """Stack arrays of unlike shape, padding with zeros; no axis shorter than 1."""
    shape = tuple(max(1, *(p.shape[i] for p in parts)) for i in range(parts[0].ndim))
    out = np.zeros((len(parts), *shape), parts[0].dtype)
    for a, p in enumerate(parts):
        out[a][tuple(slice(0, n) for n in p.shape)] = p
    return out


# What the engine reads of a scheme as a whole: its rules, how it exchanges, and where in `more` its further tables stand.
# `moving_sight`, `moving_false`: what channels see, or false records, change with the weeks; `asks`: attempts concern everyone; `scored`:
# scores are kept for others to see; `binds`: some list binds the household.
FURTHER = (
    "at_filed at_upheld at_tie at_spare at_silenced at_restrained categories n_theta asks scored binds moving_sight moving_false at_risk"
)
LAW = np.dtype([*RULES.descr, *WHOLE.descr, *((n, "i8") for n in FURTHER.split())])


@dataclass(frozen=True)
class Arms:
    """The stacked tables, in the order the engine takes them."""

    tables: dict[str, NDArray[np.generic]]
    count: int
    lists: int
    kinds: int
    channels: int
    longest_term: int
    pairs: NDArray[np.int64]  # (count, 2) the error-free arm and the arm alone that each is compared with, -1 none
    weekly: bool  # some arm exchanges: towns live week by week


def stack_arms(schemes: list[SchemeTables], world: WorldTables, pairs: list[tuple[int, int]] | None = None) -> Arms:
    """Stack the schemes that are to live side by side on one world's lives; ``pairs`` are the E and A arms of each, -1 none."""
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
        "grade_from": "grade_from", "lists": "list", "hazard": "hazard", "gate": "gate", "campaign": "campaign", "fading": "fading",
        "theta": "theta", "spoken": "silence_factor", "reward": "reward", "selection": "selection",
    }  # fmt: skip
    tables = {name: _stack([getattr(s, field) for s in schemes]) for name, field in get.items()}
    laws, further = zip(*(_law(s, world) for s in schemes), strict=True)
    tables["rules"], tables["more"] = np.concatenate(laws), _stack(list(further))
    seen = np.any(
        [np.any(s.sensitivity > 0, axis=0) if s.sensitivity.size else np.zeros(len(world.category), bool) for s in schemes], axis=0
    )
    held = np.any([_restrained(s) for s in schemes], axis=0)
    tables["watched"] = SEEN * (seen | (world.category["needs_debt"] != 0)).astype(np.int64) + RESTRAINED * held.astype(np.int64)
    tables["parent_gate"] = np.array([int(np.any(s.gate["parent"] != 0)) for s in schemes], np.int64)
    tables["heeded"] = _heeded(schemes, len(world.need))
    terms = [int(x) for s in schemes for x in (*s.list["term"], *s.list["longest"], *s.item["term"])]
    return Arms(
        tables=tables,
        count=len(schemes),
        lists=tables["lists"].shape[1],
        kinds=tables["false"].shape[1] + tables["batch"].shape[1],
        channels=tables["channels"].shape[1],
        longest_term=max([0, *terms]),
        pairs=np.array(pairs if pairs is not None else [(-1, -1)] * len(schemes), np.int64),
        weekly=any(int(s.whole["exchanges"][0]) for s in schemes),
    )


def _heeded(schemes: list[SchemeTables], needs: int) -> NDArray[np.int64]:
    """Needs at which some arm does something: a gate, a reward, an enrolment."""
    mask = 0
    for s in schemes:
        masks = (*s.gate["needs"], *s.gate["over_needs"], *s.reward["needs"], s.whole["enrol_needs"][0], s.whole["rated_needs"][0])
        for part in masks:
            mask |= int(part)
    return np.array([mask >> need & 1 for need in range(needs)], np.int64)


def _restrained(scheme: SchemeTables) -> NDArray[np.bool_]:
    """Categories of conduct that people may leave undone under a scheme."""
    held = np.any(scheme.restrained != 0, axis=0) if scheme.restrained.size else np.zeros(scheme.silenced.shape, bool)
    return held | (scheme.silenced != 0) if scheme.whole["silence"][0] else held


def _law(scheme: SchemeTables, world: WorldTables) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    """One scheme's record of the whole, and its further tables in one row."""
    law = np.zeros(1, LAW)
    for part in (scheme.rules, scheme.whole):
        for name in part.dtype.names or ():
            law[name] = part[name]
    row: list[NDArray[np.int64]] = []
    for place, table in (
        ("at_filed", scheme.filed), ("at_upheld", scheme.upheld), ("at_tie", scheme.tie_weight), ("at_spare", scheme.spare),
        ("at_silenced", scheme.silenced), ("at_restrained", scheme.restrained), ("at_risk", scheme.risk_weight),
    ):  # fmt: skip
        law[place] = sum(part.size for part in row)
        row.append(table.ravel())
    law["categories"], law["n_theta"] = len(world.category), len(scheme.theta)
    law["asks"] = bool(len(scheme.reward)) or scheme.whole["enrolment"][0] == TIED_TO_NEED or scheme.whole["rated_needs"][0] != 0
    law["scored"] = scheme.whole["alpha"][0] > 0 or len(scheme.selection) > 0
    law["moving_false"] = scheme.whole["informing_channel"][0] >= 0 or np.any(scheme.channel["only"] >= 0)
    law["moving_sight"] = law["moving_false"][0] or len(scheme.campaign) > 0 or scheme.whole["attention_channel"][0] >= 0
    law["binds"] = bool(np.any(scheme.list["binds"] != 0))
    return law, np.concatenate(row)
