"""What reaches people through ties, as integers: association, binding, relatives, contacts, tie-dropping (005, sections 3 and 4)."""

from __future__ import annotations

import numpy as np

from glasshouse.files.errors import InputError
from glasshouse.scheme.limits import HEAVIEST_TIE
from glasshouse.scheme.model import Item, Scheme, SchemeList
from glasshouse.scheme.rows import index
from glasshouse.scheme.tables import Ints
from glasshouse.scheme.ties import HOUSEHOLD
from glasshouse.world.tables import WorldTables
from glasshouse.world.units import days_q8, rounded, threshold

ALPHA = 1 << 16  # the whole weight of association


def layer_names(wt: WorldTables) -> list[str]:
    """The household, then the layers of the world: their places are the layers' numbers."""
    return [HOUSEHOLD, *wt.names["layers"]]


def association(scheme: Scheme, wt: WorldTables) -> tuple[dict[str, int], Ints]:
    """Fields of `WHOLE`, and the weight of a tie by layer in 1/256."""
    weights = np.zeros(len(layer_names(wt)), dtype=np.int64)
    block, dropping = scheme.association, scheme.responses.tie_dropping if scheme.responses else None
    if block is None:
        return {"alpha": 0, "drop_mean": 0}, weights
    if not 0 <= block.weight.value <= 1:
        raise InputError(f"association: weight is {block.weight.value:g}; a share lies between 0 and 1")
    for layer, weight in block.over.items():
        if not 0 <= weight <= HEAVIEST_TIE:
            raise InputError(f"association: over: {layer} is {weight:g}; a weight lies between 0 and {HEAVIEST_TIE}")
        weights[index("association: over", layer, layer_names(wt))] = rounded(weight * 256)
    drop_mean = rounded(dropping.value.value * 10 * 256) if dropping else 0
    return {"alpha": rounded(block.weight.value * ALPHA), "drop_mean": drop_mean}, weights


def list_ties(row: np.void, name: str, entry: SchemeList, scheme: Scheme, wt: WorldTables) -> None:
    """The fields of a list that concern ties."""
    row["binds"] = entry.binds is not None
    row["contact_list"] = -1
    if contacts := entry.contacts:
        what = f"lists: {name}: contacts"
        row["contact_list"] = index(f"{what}: list", contacts.list, scheme.lists)
        row["contact_layer"] = index(f"{what}: layer", contacts.layer, layer_names(wt))
        row["contact_share"] = threshold(contacts.share.value, f"{what}: share")
        row["contact_mean"] = days_q8(contacts.disproved_after)


def relatives(item: Item, items: list[Item]) -> int:
    """The item whose record the other adults of the household get, -1 none."""
    return -1 if item.relatives is None else index(f"rules: {item.id}: relatives", item.relatives, [i.id for i in items])
