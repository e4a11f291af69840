"""Schemes and worlds at random: Testville's tables with nearly every number drawn anew, as long as `compile` could have made them.

Here what docs/design/001-spine-semantics.md describes; `random_whole.py` switches the rest of the model on.
"""

from __future__ import annotations

import dataclasses
from random import Random
from typing import Any

import numpy as np

from glasshouse.scheme.compile import BOTTOM, TOP, kept
from glasshouse.scheme.tables import ABLE, ADULT, BATCH, COMMENDABLE, FALSE, GATE, HAZARD, ITEM, LIST, OWES, SchemeTables
from glasshouse.scheme.variants import alone, error_free
from glasshouse.world.compile import TOO_OFTEN, most_events
from glasshouse.world.tables import WorldTables
from tests.oracle.engine_side import Town
from tests.oracle.random_whole import nothing_on, some_mechanisms, switched_on

SURE = 1 << 32
RULES = 12  # of a scheme at random


def random_town(number: int, world: WorldTables, scheme: SchemeTables, none: SchemeTables) -> Town:
    """Town number so-and-so: always the same for the same number."""
    r = Random(number)
    lived_in = random_world(r, world)
    schemes, pairs = random_arms(r, lived_in, scheme, none)
    return Town(
        world=lived_in,
        schemes=schemes,
        seed=r.getrandbits(64) >> r.choice((0, 40)),
        people=r.randint(5, 40),
        weeks=r.randint(4, 26),
        history=7 * r.choice((0, 0, 1, 6, 14)),  # whole weeks, because something may be exchanged
        followup=r.choice((0, 30, 200, 500)),
        pairs=pairs,
    )


def random_arms(
    r: Random, world: WorldTables, scheme: SchemeTables, none: SchemeTables
) -> tuple[list[SchemeTables], list[tuple[int, int]]]:
    """One scheme or two, some with their error-free arm and their arm alone, and no scheme; the pairs of each."""
    mechanisms = some_mechanisms(r)
    schemes = [switched_on(r, world, random_scheme(r, world, scheme), mechanisms)]
    if r.random() < 0.3:
        schemes.append(switched_on(r, world, random_scheme(r, world, scheme), some_mechanisms(r)))
    pairs = [[-1, -1] for _ in schemes]
    for arm in range(len(schemes)):
        for place, variant in enumerate((error_free, alone)):
            if r.random() < 0.5:
                pairs[arm][place] = len(schemes)
                schemes.append(variant(schemes[arm]))
                pairs.append([-1, -1])
    return [*schemes, none], [(e, a) for e, a in [*pairs, [-1, -1]]]


def chance(r: Random) -> int:
    """A probability as a threshold; never and always come often."""
    return r.choice((0, SURE, *(r.randrange(SURE) for _ in range(4))))


def days_q8(r: Random, most: int) -> int:
    """A mean in 1/256 day, sometimes 0."""
    return r.choice((0, *(r.randrange(1, most << 8) for _ in range(3))))


def cumulative(r: Random, n: int, last: int) -> list[int]:
    """Rising thresholds."""
    return [*sorted(r.randrange(last + 1) for _ in range(n - 1)), last]


def random_world(r: Random, world: WorldTables) -> WorldTables:
    """More or fewer of everything that people do and meet."""
    scalars = world.scalars.copy()
    scalars["town_size"] = r.choice((r.randint(3, 30), 40))
    scalars["vis_corr"] = r.randint(-4096, 4096)
    scalars["owing"] = chance(r)
    for name in ("false_envelope", "recovery", "payment_envelope"):
        scalars[name] = int(scalars[name][0] * r.choice((0, 0.5, 1, 2, 4)))

    busy = r.choice((1, 1, 3))

    def times(rates: Any) -> Any:
        steps = np.diff(rates, axis=-1, prepend=0)
        factors = np.array([busy * r.choice((0, 1, 1, 2)) for _ in range(rates.shape[-1])])
        return np.cumsum(steps * factors, axis=-1)

    lived_in = dataclasses.replace(
        world,
        scalars=scalars,
        conduct_cum=times(world.conduct_cum),
        need_cum=times(world.need_cum),
        shock=world.shock * r.choice((0, 1, 3)),
        unable=np.array([chance(r) for _ in range(3)]),
        conduct_group=np.array([r.randint(1024, 8192) for _ in range(3)]),
        vis_group=np.array([r.randint(0, 8192) for _ in range(3)]),
        vis_income=np.array([r.randint(0, 8192) for _ in range(3)]),
        group_cum=np.array(cumulative(r, 3, SURE)),
        layer_size=np.array([r.randint(1, 12) for _ in world.layer_size], np.int64),
        layer_segregation=np.array([chance(r) for _ in world.layer_size], np.int64),
        layer_homophily=np.array([r.choice((0, 0, chance(r))) for _ in world.layer_size], np.int64),
    )
    while most_events(lived_in) >= TOO_OFTEN:
        lived_in = dataclasses.replace(lived_in, conduct_cum=lived_in.conduct_cum // 2)
    return lived_in


def random_scheme(r: Random, world: WorldTables, scheme: SchemeTables) -> SchemeTables:
    """Another scheme in the shape of the one given."""
    categories, roles = scheme.pick_start.shape
    channels = scheme.channel.copy()
    for row in channels:
        row["visible"], row["mis_share"] = r.randint(0, 1), chance(r)
        row["delay_min"], row["delay_mean"] = r.choice((0, 0, 3)), days_q8(r, 20)
        row["only"] = -1
    gates = random_gates(r, world, len(scheme.list))
    lists, hazards = random_lists(r, gates, len(scheme.list))
    items = random_items(r, categories, len(world.names["contexts"]), lists)
    start, count, pick, cum = random_picks(r, categories, roles, items)

    def office() -> int:
        return r.randrange(len(channels))

    false = np.array([(r.randint(1, 2), office(), c, c, c, 0) for c in cumulative(r, 3, r.randrange(SURE))], FALSE)
    batch = np.array([(r.randint(1, 2), office(), r.randint(20, 300) << 20, chance(r)) for _ in range(r.randint(0, 2))], BATCH)
    rules = scheme.rules.copy()
    rules["start"], rules["floor"], rules["cap"] = 10000, r.choice((BOTTOM, 9000)), r.choice((TOP, 10100))
    rules["filed"], rules["corr_min"], rules["corr_mean"] = chance(r), r.choice((0, 5)), days_q8(r, 60)
    rules["pay"], rules["pay_listed"] = chance(r), chance(r)
    rules["n_items"], rules["n_false"], rules["n_batches"], rules["n_gates"] = len(items), len(false), len(batch), len(gates)
    return SchemeTables(
        rules=rules,
        channel=channels,
        sensitivity=np.array([[chance(r) for _ in range(categories)] for _ in channels]),
        mistaken_for=np.array([[r.choice((-1, r.randrange(categories))) for _ in range(categories)] for _ in channels]),
        item=items,
        pick_start=start,
        pick_count=count,
        pick_item=pick,
        pick_cum=cum,
        false=false,
        false_category=np.array([cumulative(r, categories, SURE) for _ in false]),
        batch=batch,
        batch_category=np.array([cumulative(r, categories, SURE) for _ in batch], np.int64).reshape(len(batch), categories),
        grade_from=np.array([*sorted((r.randint(880, 1020) * 10 for _ in range(2)), reverse=True), r.randint(700, 879) * 10, BOTTOM]),
        list=lists,
        hazard=hazards,
        gate=gates,
        names=scheme.names,
        **nothing_on(world, scheme),
    )


def random_items(r: Random, categories: int, contexts: int, lists: Any) -> Any:
    """Rules with every kind of consequence, and chains of `also` that may close into a ring."""
    items = np.zeros(RULES, ITEM)
    caps = [r.randrange(400), r.randrange(400)]
    by_rule = [i for i, row in enumerate(lists) if row["from_grade"] < 0]
    for row in items:
        row["category"], row["context"] = r.randrange(categories), r.randrange(contexts)
        row["valence"] = r.randrange(4)
        points = r.choice((0, r.randrange(-800, 0), r.randrange(-150, 0)))
        row["points"] = -points // 2 if row["valence"] == COMMENDABLE else points
        row["grade"] = r.choice((-1, -1, r.randrange(4)))
        row["validity"] = r.choice((0, r.randint(1, 30), r.randint(1, 200)))
        row["list"] = r.choice((-1, *by_rule))
        row["strikes"], row["window"], row["term"] = 1, 1, -1
        if row["list"] >= 0:
            row["strikes"], row["window"] = r.choice(((1, 1), (1, 1), (2, r.randint(1, 150)), (4, 150)))
            row["term"] = r.choice((-1, r.randint(1, 90)))
        row["performable"], row["fine"] = r.randint(0, 1), r.randint(0, 1)
        row["cond"] = r.choice((0, r.randrange(8))) & (ABLE | ADULT | OWES)
        row["checked"] = chance(r)
        row["double"] = int(row["points"] < 0 and r.random() < 0.5)
        row["cap_group"] = r.choice((-1, 0, 1))
        row["cap"] = caps[row["cap_group"]] if row["cap_group"] >= 0 else 0
        row["repair"] = r.randrange(3)
        row["repair_points"], row["repair_validity"], row["repair_mean"] = r.randrange(-200, 20), r.choice((0, 20, 90)), days_q8(r, 60)
        row["also"], row["relatives"] = r.choice((-1, -1, -1, r.randrange(RULES))), -1
    items["kept"] = kept(items)
    return items


def random_picks(r: Random, categories: int, roles: int, items: Any) -> tuple[Any, Any, Any, Any]:
    """Which rules an act may fall under; sometimes none, sometimes one that was written for another category."""
    start, count = np.zeros((2, categories, roles), np.int64)
    pick: list[int] = []
    cum: list[int] = []
    for c in range(categories):
        for role in range(roles):
            own = [i for i, row in enumerate(items) if row["category"] == c] or [r.randrange(len(items))]
            run = [i for i in own if r.random() < 0.8]
            start[c, role], count[c, role] = len(pick), len(run)
            pick += run
            cum += cumulative(r, len(run), SURE) if run else []
    return start, count, np.array(pick, np.int64), np.array(cum, np.int64)


def random_lists(r: Random, gates: Any, n: int) -> tuple[Any, Any]:
    """Lists by record and by grade, with and without terms, and their ways out."""
    lists, hazards = np.zeros(n, LIST), np.zeros((n, 2), HAZARD)
    for i, row in enumerate(lists):
        row["sanction"] = int(r.random() < 0.8)
        row["from_grade"] = r.choice((-1, -1, 1, 2, 3))
        row["term"] = r.choice((0, r.randint(1, 120)))
        row["repeat"] = r.randrange(3)
        if row["repeat"] == 2:
            row["extension"], row["longest"] = r.randint(0, 60), r.choice((0, r.randint(1, 200)))
        row["performable"], row["lag"] = r.randint(0, 1), r.choice((0, 0, 3))
        row["yardstick"] = r.choice((-1, 0, 1, r.randint(1, 60)))
        row["n_hazards"] = r.randrange(3)
        row["contact_list"] = row["amnesty_first"] = -1
        row["contexts"] = sum({1 << int(g["context"]) for g in gates if g["list"] == i})
        for hazard in hazards[i]:
            hazard["mean"], hazard["unable"] = days_q8(r, 100), r.randint(0, 1)
    return lists, hazards


def random_gates(r: Random, world: WorldTables, n_lists: int) -> Any:
    """Gates on the person or on a parent."""
    gates = np.zeros(r.randint(0, 5), GATE)
    for_minors = sum(1 << i for i, need in enumerate(world.need) if need["minor"])
    for row in gates:
        row["list"], row["parent"] = r.randrange(n_lists), r.randint(0, 1)
        row["context"] = r.randrange(len(world.names["contexts"]))
        row["compliance"], row["over"] = chance(r), chance(r)
        open_to = for_minors if row["parent"] else (1 << len(world.need)) - 1
        row["needs"] = r.getrandbits(8) & open_to
        row["over_needs"] = r.getrandbits(8) & open_to & ~row["needs"]
        row["trap_category"] = -1
    return gates
