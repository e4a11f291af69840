"""Two schemes made from a scheme's own tables, and whether a scheme needs the weekly exchange (005, sections 1 and 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from glasshouse.scheme.rows import kept
from glasshouse.scheme.tables import BY_THRESHOLD, TO_NOBODY, Records, SchemeTables
from glasshouse.world.units import SURE

FALSE_SUMS = ("cum_0", "cum_1", "cum_2")
UNFAIR = ("unfair_0", "unfair_1", "unfair_2")
FIRM_FIELDS = {"points": 0, "grade": -1, "list": -1, "fine": 0, "claim": 0, "owed": 0, "relatives": -1}
CONTACT_FIELDS = ("contact_layer", "contact_share", "contact_mean")


def error_free(tables: SchemeTables) -> SchemeTables:
    """The scheme without any error (arm E): what is recorded is true, own, correctly coded and within the rule; copies lapse at once.

    Names and shapes stay, so that both arms are counted alike.
    """
    own = alone(tables)
    upheld = own.upheld.copy()
    upheld[:, 0] = 0  # no sound record is lifted
    return _finished(
        replace(
            own,
            false=_set(own.false, **dict.fromkeys(FALSE_SUMS, 0)),
            batch=_set(own.batch, share=0),
            channel=_set(own.channel, mis_share=0),
            item=_set(own.item, checked=SURE),
            gate=_set(own.gate, purge=0),
            upheld=upheld,
            whole=_set(own.whole, **dict.fromkeys(UNFAIR, 0)),
        )
    )


def alone(tables: SchemeTables) -> SchemeTables:
    """The scheme without anything that reaches people through others (arm A): association, binding, relatives, contacts, firms."""
    return _finished(
        replace(
            tables,
            whole=_set(tables.whole, alpha=0, drop_mean=0),
            tie_weight=np.zeros_like(tables.tie_weight),
            list=_set(tables.list, binds=0, contact_list=-1, **dict.fromkeys(CONTACT_FIELDS, 0)),
            item=_without_firms(_set(tables.item, relatives=-1)),
        )
    )


def exchanges(tables: SchemeTables) -> int:
    """1 if something in the scheme reads the state of a town at the end of a week, else 0."""
    whole = tables.whole[0]
    through_ties = (
        whole["alpha"] > 0 and np.any(tables.tie_weight > 0),
        np.any(tables.list["binds"] > 0),
        np.any(tables.item["relatives"] >= 0),
        np.any(tables.list["contact_list"] >= 0),
    )
    of_the_town = (
        whole["review"] > 0,
        whole["publicity"] != TO_NOBODY,
        whole["silence"] == BY_THRESHOLD,
        whole["n_selections"] > 0,
        whole["attention_channel"] >= 0,
        whole["informing_channel"] >= 0,
        np.any(tables.reward["zero_sum"] > 0),
        whole["leave"] > 0,
    )
    return int(any(through_ties) or any(of_the_town))


def _set(rows: Records, **values: Any) -> Records:
    """A copy with some columns at one value."""
    out = rows.copy()
    for name, value in values.items():
        out[name] = value
    return out


def _without_firms(items: Records) -> Records:
    """What firms did brings nothing to the person responsible."""
    out = items.copy()
    for name, nothing in FIRM_FIELDS.items():
        out[name][items["firm"] != 0] = nothing
    if np.any(items["firm"] != 0):
        out["kept"] = kept(out)  # a list may no longer be entered by strikes
    return out


def _finished(tables: SchemeTables) -> SchemeTables:
    return replace(tables, whole=_set(tables.whole, exchanges=exchanges(tables)))
