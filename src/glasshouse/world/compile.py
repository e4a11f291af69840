"""From a checked world file to the integer tables of a run (docs/design/001-spine-semantics.md, sections 3 and 4)."""

from __future__ import annotations

from typing import get_args

import numpy as np

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.values import Empirical
from glasshouse.world.households import household_cycle
from glasshouse.world.model import MOST_ALIKE, Context, World
from glasshouse.world.tables import CATEGORY, NEED, SCALARS, Ints, Records, WorldTables
from glasshouse.world.units import ONE, cumulative, factor, rate, rounded, threshold

GROUPS = ("A", "B", "C")
CONTEXTS: tuple[str, ...] = get_args(Context)
VALENCES = ("unlawful", "lawful", "protected", "commendable", "default")
QUANTILES = 1024
MOST_LAYERS = 255  # a layer's number must fit above the 24 bits of a block's
TOO_OFTEN = 1 << 31  # two events a day


def compile_world(world: World) -> WorldTables:
    """The world as integer tables.

    Raises
    ------
    InputError
        If shares are impossible, a name is unknown, or someone could live more than 2 events a day.
    """
    roles = role_names(world)
    cycle = household_cycle(world.households)
    money, seen = world.money, world.visibility
    tables = WorldTables(
        scalars=_scalars(world),
        group_cum=_group_cum(world),
        conduct_group=_by_group(world.conduct_by_group),
        vis_group=_by_group(seen.by_group),
        vis_income=_ints([factor(v.value) for v in seen.by_income]),
        shock=_ints([rate(v.value) for v in money.shock]),
        unable=_ints([threshold(v.value, "money: unable_at_start") for v in money.unable_at_start]),
        role_cum=_role_cum(world),
        conduct_cum=_conduct_cum(world, roles),
        need_cum=_need_cum(world),
        category=_categories(world),
        need=_needs(world),
        propensity=gamma_quantiles(world.propensity_shape.value),
        frailty=gamma_quantiles(world.frailty_shape.value),
        cycle_adults=_ints([a for a, _ in cycle]),
        cycle_start=_ints([0, *np.cumsum([a + m for a, m in cycle])]),
        layer_size=_layer_sizes(world),
        layer_segregation=_ints([threshold(v.segregation.value, f"layers: {k}: segregation") for k, v in world.layers.items()]),
        layer_homophily=_homophily(world),
        names={
            "categories": list(world.conduct),
            "needs": list(world.needs),
            "roles": roles,
            "groups": [g for g in GROUPS if g in world.groups],
            "contexts": list(CONTEXTS),
            "layers": list(world.layers),
        },
    )
    refuse_too_often(tables)
    return tables


def role_names(world: World) -> list[str]:
    """Roles by id: resident, minor, then the world's own in file order."""
    return ["resident", "minor", *world.roles]


def adult_share(world: World) -> float:
    """Adults among people, from the household cycle."""
    cycle = household_cycle(world.households)
    return sum(a for a, _ in cycle) / sum(a + m for a, m in cycle)


def gamma_quantiles(shape: float) -> Ints:
    """1,024 mid-quantiles of a gamma distribution with mean 1, in 1/4096; they sum to exactly 1,024.

    Mid-quantiles cut off the tail, so their own mean is a little below 1: they are scaled up. What rounding leaves over goes to
    the values that lost most by it (largest remainder).
    """
    from scipy.special import gammaincinv  # slow to import: not for `check` of a scheme alone

    if not shape > 0:
        raise InputError(f"the shape of a gamma distribution is {shape:g}; it must be above 0")
    q = gammaincinv(shape, (np.arange(QUANTILES) + 0.5) / QUANTILES)
    exact = q / q.mean() * ONE
    table = np.floor(exact).astype(np.int64)
    short = ONE * QUANTILES - int(table.sum())
    table[np.argsort(table - exact, kind="stable")[:short]] += 1
    return np.sort(table)


def most_events(wt: WorldTables) -> int:
    """The highest total rate that anyone can have, in 2^-30 per day."""
    g = int(wt.propensity.max()) * int(wt.conduct_group.max()) >> 12
    own = int(wt.conduct_cum.max(initial=0)) * g >> 12
    false = int(wt.scalars["false_envelope"][0]) * int(wt.frailty.max()) >> 12
    money = int(wt.shock.max()) + int(wt.scalars["recovery"][0]) + int(wt.scalars["payment_envelope"][0])
    return own + false + int(wt.need_cum.max(initial=0)) + money


def refuse_too_often(wt: WorldTables) -> None:
    """Refuse a world in which someone could live 2 or more events a day."""
    most = most_events(wt)
    if most >= TOO_OFTEN:
        raise InputError(
            f"the world's rates add up to {most / (1 << 30):.3g} events a day for the most active person; at most 2 are possible. "
            "Lower the rates of conduct, needs, money or the envelope of false records, or raise propensity_shape or frailty_shape"
        )


def _ints(values: object) -> Ints:
    return np.array(values, dtype=np.int64)


def _scalars(world: World) -> Records:
    town = rounded(world.town_size.value)
    if not 1 <= town < 1 << 24:
        raise InputError(f"town_size is {world.town_size.value:g}; a town has between 1 and 16,777,215 people")
    s = np.zeros(1, SCALARS)
    s["town_size"] = town
    s["false_envelope"] = rate(world.envelopes.false_records.value)
    s["recovery"] = rate(world.money.recovery.value)
    s["payment_envelope"] = rate(world.money.payment.value * world.envelopes.payment.value)
    s["vis_corr"] = factor(world.visibility.with_conduct.value)
    s["owing"] = threshold(world.money.owing_at_start.value, "money: owing_at_start")
    return s


def _layer_sizes(world: World) -> Ints:
    if len(world.layers) > MOST_LAYERS:
        raise InputError(f"{len(world.layers)} layers of ties; at most {MOST_LAYERS} are possible")
    for name, layer in world.layers.items():
        if layer.size.value < 1:
            raise InputError(f"layers: {name}: size is {layer.size.value:g}; a block has at least 1 person")
    return _ints([rounded(layer.size.value) for layer in world.layers.values()])


def _homophily(world: World) -> Ints:
    stated = [(k, v.conduct_homophily) for k, v in world.layers.items()]
    shares = [threshold(v.value, f"layers: {k}: conduct_homophily") if v else 0 for k, v in stated]
    if len(shares) > MOST_ALIKE and any(shares):
        raise InputError(f"{len(shares)} layers of ties; with conduct_homophily above 0 at most {MOST_ALIKE} are possible")
    return _ints(shares)


def _in_group_order(values: dict[str, Empirical], missing: float) -> list[float]:
    for name in values:
        if name not in GROUPS:
            raise InputError(f"unknown group {quoted(name)}{did_you_mean(name, GROUPS)}")
    return [values[g].value if g in values else missing for g in GROUPS]


def _group_cum(world: World) -> Ints:
    shares = _in_group_order(world.groups, 0.0)
    if min(shares) < 0 or sum(shares) <= 0:
        raise InputError("groups: the shares must be at least 0 and not all 0")
    return _ints(cumulative(shares))


def _by_group(values: dict[str, Empirical]) -> Ints:
    return _ints([factor(v) for v in _in_group_order(values, 1.0)])


def _role_cum(world: World) -> Ints:
    out, reached = [0, 0], 0.0
    for name, share in world.roles.items():
        reached += share.value
        out.append(threshold(min(reached, 1.0) if reached < 1 + 1e-9 else reached, f"roles: the sum of shares up to {name}"))
    return _ints(out)


def _conduct_cum(world: World, roles: list[str]) -> Ints:
    rates = np.zeros((len(roles), len(world.conduct)), dtype=np.int64)
    for c, (name, category) in enumerate(world.conduct.items()):
        for who in category.who:
            if who not in roles:
                raise InputError(f"conduct: {name}: unknown role {quoted(who)}{did_you_mean(who, roles)}")
            rates[roles.index(who), c] = rate(category.rate.value)
    return rates.cumsum(axis=1)


def _need_cum(world: World) -> Ints:
    rates = np.zeros((2, len(world.needs)), dtype=np.int64)
    for q, need in enumerate(world.needs.values()):
        rates[int(need.who == "minor"), q] = rate(need.rate.value)
    return rates.cumsum(axis=1)


def _categories(world: World) -> Records:
    rows = [(c.creates_debt, c.needs_debt, VALENCES.index(c.valence), CONTEXTS.index(c.context)) for c in world.conduct.values()]
    return np.array(rows, dtype=CATEGORY)


def _needs(world: World) -> Records:
    rows = [(n.essential, CONTEXTS.index(n.context), n.who == "minor") for n in world.needs.values()]
    return np.array(rows, dtype=NEED)
