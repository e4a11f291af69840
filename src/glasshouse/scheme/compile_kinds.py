"""Firms, prices, claims of money, ratings and scores of risk as integers (docs/design/006-kinds.md)."""

from __future__ import annotations

import numpy as np

from glasshouse.files.errors import InputError
from glasshouse.files.values import USES, Empirical, Rule
from glasshouse.scheme import tables as T
from glasshouse.scheme.model import Channel, Gate, Item, Scheme
from glasshouse.scheme.rows import by_group, index, mask
from glasshouse.scheme.tables import Ints
from glasshouse.world.tables import WorldTables
from glasshouse.world.units import days, rounded, threshold

STEP = 16  # risk points are kept in sixteenths
TENTHS = 10  # of a point of the account
SHIFT = 1 << 8  # the weight of a tenth of a point lost is kept in 1/256


def item_kind(row: np.void, item: Item) -> None:
    """What a rule says of firms, of money, and of how long its record holds."""
    row["firm"] = item.subject == "firm"
    row["claim"], row["owed"] = money(item.claim), money(item.owed)
    counted = item.validity is not None and item.validity.unit == USES
    row["uses"] = rounded(item.validity.value) if counted and item.validity else 0
    row["validity"] = 0 if counted else days(item.validity)


def money(amount: Rule | Empirical | None) -> int:
    """An amount in whole units of its currency; 0 where the file says nothing."""
    return 0 if amount is None else rounded(amount.value)


def price(gate: Gate, what: str) -> int:
    """What the listed pay at a gate, 0 where it refuses instead."""
    if gate.price is None:
        return 0
    if (paid := money(gate.price)) < 1:
        raise InputError(f"{what}: price is {gate.price.value:g}; it must be at least 1")
    return paid


def only(name: str, channel: Channel, scheme: Scheme) -> int:
    """The list whose members alone a channel sees, -1 everyone."""
    return -1 if channel.only_on is None else index(f"channels: {name}: only_on", channel.only_on, scheme.lists)


def roles(name: str, who: list[str] | None, known: list[str]) -> int:
    """The roles that a kind of false record concerns as bits, 0 everyone. Children count as residents."""
    if "minor" in (who or []):
        raise InputError(f"false_records: {name}: who: children count as residents; 'minor' is no role of its own here")
    return mask(f"false_records: {name}: who", who or [], known)


def ratings(scheme: Scheme, wt: WorldTables) -> dict[str, int]:
    """Fields of `WHOLE`: where ratings are asked for, and how often a low one is given for nothing."""
    block = scheme.ratings
    out = {"rated_needs": 0, "rating_channel": -1, "rating_category": -1, "unfair_0": 0, "unfair_1": 0, "unfair_2": 0}
    if block is None:
        return out
    unfair = [threshold(p, "ratings: unfair") for p in by_group("ratings: unfair", block.unfair, 0.0)]
    return {
        "rated_needs": mask("ratings: needs", block.needs, wt.names["needs"]),
        "rating_channel": index("ratings: channel", block.channel, scheme.channels),
        "rating_category": index("ratings: category", block.category, wt.names["categories"]),
        **{f"unfair_{g}": p for g, p in enumerate(unfair)},
    }


def risk_weights(scheme: Scheme) -> Ints:
    """The nine weights of the score of risk, in sixteenths; that of a tenth of a point lost in 1/256 of them."""
    out = np.zeros(T.RISK_WEIGHTS, dtype=np.int64)
    if scheme.risk is None:
        return out
    weights, noise = scheme.risk.weights, scheme.risk.noise
    if noise is not None and noise.value < 0:
        raise InputError(f"risk: noise is {noise.value:g}; it must not be below 0")
    thirds = [v.value for v in weights.income] if weights.income else [0.0] * 3
    stated = [*by_group("risk: weights: group", weights.group, 0.0), *thirds, _points(weights.child)]
    out[:] = [
        *(rounded(x * STEP) for x in stated), rounded(_points(weights.record) * STEP * SHIFT / TENTHS), rounded(_points(noise) * STEP),
    ]  # fmt: skip
    return out


def _points(value: Rule | Empirical | None) -> float:
    return 0.0 if value is None else value.value
