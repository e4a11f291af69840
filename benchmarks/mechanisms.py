"""The mechanisms of docs/design/005, each switched off in the compiled tables of a scheme.

What is timed with a mechanism off is the same scheme on the same lives: only the columns that carry the mechanism are set to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import exchanges

Change = Callable[[SchemeTables], SchemeTables]


@dataclass(frozen=True)
class Mechanism:
    """How one mechanism is switched off, and which others must be on for it to do anything."""

    name: str
    off: Change
    needs: tuple[str, ...] = ()


def put(part: str, **values: Any) -> Change:
    """A change of some columns of one table."""

    def change(tables: SchemeTables) -> SchemeTables:
        rows = getattr(tables, part).copy()
        for name, value in values.items():
            rows[name] = value
        return replace(tables, **{part: rows})

    return change


def both(*changes: Change) -> Change:
    """One change after another."""

    def change(tables: SchemeTables) -> SchemeTables:
        for one in changes:
            tables = one(tables)
        return tables

    return change


def without_rows(*parts: str) -> Change:
    """A change that takes every row out of some tables."""
    return lambda tables: replace(tables, **{part: getattr(tables, part)[:0] for part in parts})


def _no_ties(tables: SchemeTables) -> SchemeTables:
    return replace(tables, tie_weight=np.zeros_like(tables.tie_weight))


def _no_discretion(tables: SchemeTables) -> SchemeTables:
    return replace(tables, spare=np.zeros_like(tables.spare))


def _alike_in_all_groups(tables: SchemeTables) -> SchemeTables:
    rows = tables.false.copy()
    for name in ("cum_1", "cum_2"):
        rows[name] = rows["cum_0"]
    return replace(tables, false=rows)


MECHANISMS = (
    Mechanism("association", both(put("whole", alpha=0, drop_mean=0), _no_ties)),
    Mechanism("tie-dropping", put("whole", drop_mean=0), ("association",)),
    Mechanism("bound households", put("list", binds=0)),
    Mechanism("records for relatives", put("item", relatives=-1)),
    Mechanism("lists of contacts", put("list", contact_list=-1, contact_layer=0, contact_share=0, contact_mean=0)),
    Mechanism("notice", both(put("whole", notice=0), put("list", noticed=0)), ("review",)),
    Mechanism("review", both(put("whole", review=0), put("list", reviewed=0)), ("notice",)),
    Mechanism("publicity", put("whole", publicity=0), ("awareness", "deterrence and crowding out")),
    Mechanism("holders' copies", put("gate", purge=0)),
    Mechanism("amnesty", put("list", amnesty_first=-1)),
    Mechanism("drift of points", put("whole", drift_points=0, drift_every=0)),
    Mechanism("campaigns", both(put("whole", n_campaigns=0), without_rows("campaign"))),
    Mechanism("discretion", _no_discretion),
    Mechanism("selection", both(put("whole", n_selections=0), without_rows("selection"))),
    Mechanism("attention", put("whole", attention_channel=-1)),
    Mechanism("informing", put("whole", informing_channel=-1), ("awareness",)),
    Mechanism("awareness", put("whole", aware=0)),
    Mechanism("deterrence and crowding out", both(put("whole", n_restraints=0), without_rows("restrained", "fading")), ("awareness",)),
    Mechanism("silence", put("whole", silence=0)),
    Mechanism("demand", put("gate", demand=0), ("awareness",)),
    Mechanism("traps", put("gate", trap=0)),
    Mechanism("rewards", both(put("whole", n_rewards=0), without_rows("reward"))),
    Mechanism("false records by group", _alike_in_all_groups),
)
NAMED = {m.name: m for m in MECHANISMS}


def finished(tables: SchemeTables, *, weekly: bool = False) -> SchemeTables:
    """The tables with their note whether the town must live week by week (``weekly``: it does, although nothing asks for it)."""
    return put("whole", exchanges=1 if weekly else exchanges(tables))(tables)


def spine(tables: SchemeTables, but: Iterable[str] = (), *, weekly: bool = False) -> SchemeTables:
    """The scheme with every mechanism off, but for those named."""
    kept = set(but)
    return finished(both(*(m.off for m in MECHANISMS if m.name not in kept))(tables), weekly=weekly)


def only(tables: SchemeTables, name: str) -> SchemeTables:
    """The spine with one mechanism, and with what it needs."""
    return spine(tables, (name, *NAMED[name].needs))


def all_but(tables: SchemeTables, name: str) -> SchemeTables:
    """Everything on but one mechanism."""
    return finished(NAMED[name].off(tables))
