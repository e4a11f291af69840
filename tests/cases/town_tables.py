"""Towns of a few people and schemes of a few rules as compiled tables, from what a stated town says."""

from __future__ import annotations

from typing import Any

import numpy as np

from glasshouse.scheme import tables as T
from glasshouse.scheme.compile import BOTTOM, kept
from glasshouse.scheme.variants import exchanges
from glasshouse.world.tables import CATEGORY, NEED, SCALARS, WorldTables
from tests.oracle.nothing import nothing_but

SURE, HALF, ONE = 1 << 32, 1 << 31, 4096
TEN_DAYS = 10 << 8  # every mean that decides nothing: the case says how many days it came to
RATE = 1 << 16  # of every kind of event: a mean gap long enough that gaps of any length can be drawn
CATEGORIES = ("theft", "bill", "defied-order", "speech", "music", "deed")  # context: its number here
VALENCES = (0, 4, 0, 2, 1, 3)
NEEDS = ("train", "job", "school")  # the last is a child's
ORIGINS = ("another's act", "no act", "misrecorded")  # the kinds of false record
ROLES = 3  # residents, children, owners
NOTHING = nothing_but({
    T.RULES: {"filed": HALF, "corr_mean": TEN_DAYS, "pay": HALF, "pay_listed": HALF},
    T.ITEM: {"checked": HALF, "repair_mean": TEN_DAYS},
    T.LIST: {"contact_share": HALF, "contact_mean": TEN_DAYS},
    T.GATE: {"compliance": HALF, "over": HALF, "trap_mean": TEN_DAYS},
    T.WHOLE: {"reach": HALF, "file_mean": TEN_DAYS, "stages": 1, "goes_on": HALF, "corrects": 15},
    T.CHANNEL: {"delay_mean": TEN_DAYS, "mis_share": HALF},
    T.HAZARD: {"mean": TEN_DAYS},
})  # fmt: skip
WORDS = {"stated": HALF, "sure": SURE, "never": 0}  # chances in a case: as each event says, or certain, or impossible


def number(value: Any) -> int:
    """A number of a case, one of its words, or a percentage."""
    if isinstance(value, str):
        return SURE * int(value[:-1]) // 100 if value.endswith("%") else WORDS[value]
    return int(value)


def rows(dtype: Any, given: list[dict[str, Any]], **always: int) -> np.ndarray[Any, Any]:
    """Rows of a table: what is given, else what switches a mechanism off."""
    out = np.zeros(len(given), dtype)
    for row, some in zip(out, given, strict=True):
        for name, value in {**NOTHING.get(dtype, {}), **always, **some}.items():
            row[name] = number(value)
    return out


def town_world(homes: list[list[int]], layers: list[int], groups: list[int]) -> WorldTables:
    """A world of one town: households by (adults, children), all in group A unless so many are in A, B and C."""
    sizes = [adults + minors for adults, minors in homes]
    people, kinds = sum(sizes), len(CATEGORIES)
    scalars = np.zeros(1, SCALARS)
    scalars[0] = (people, RATE, RATE, RATE, 0, HALF)
    category = np.zeros(kinds, CATEGORY)
    category["valence"], category["context"] = VALENCES, range(kinds)
    category["creates_debt"][1] = category["needs_debt"][2] = 1
    need = np.zeros(len(NEEDS), NEED)
    need["minor"] = [0, 0, 1]
    same = np.full(3, ONE, np.int64)
    cumulated = np.cumsum(groups) if groups else np.full(3, len(homes))
    return WorldTables(
        scalars=scalars,
        group_cum=np.array([min(SURE, -(-(int(n) << 32) // len(homes))) for n in cumulated], np.int64),
        conduct_group=same,
        vis_group=same,
        vis_income=same,
        shock=np.full(3, RATE, np.int64),
        unable=np.full(3, HALF, np.int64),
        role_cum=np.array([0, 0, HALF], np.int64),
        conduct_cum=np.array([np.arange(1, kinds + 1) * RATE] * ROLES, np.int64),
        need_cum=np.array([[1, 2, 2], [0, 0, 1]], np.int64) * RATE,
        category=category,
        need=need,
        propensity=np.full(1024, ONE, np.int64),
        frailty=np.full(1024, ONE, np.int64),
        cycle_adults=np.array([adults for adults, _ in homes], np.int64),
        cycle_start=np.cumsum([0, *sizes]).astype(np.int64),
        layer_size=np.array(layers, np.int64),
        layer_segregation=np.zeros(len(layers), np.int64),
        layer_homophily=np.zeros(len(layers), np.int64),
        names={"categories": list(CATEGORIES), "needs": list(NEEDS), "contexts": list(CATEGORIES)},
    )


def town_scheme(given: dict[str, Any], layers: int) -> T.SchemeTables:
    """A scheme in which nothing is on but what is given; what an act or false record falls under, the event says."""
    given = dict(given)
    kinds, filled = len(CATEGORIES), given.pop
    item, lists, gate = rows(T.ITEM, filled("items", [{}])), rows(T.LIST, filled("lists", [])), rows(T.GATE, filled("gates", []))
    item["kept"] = kept(item)
    for i, row in enumerate(lists):
        row["contexts"] = sum(1 << int(c) for c in {g["context"] for g in gate if g["list"] == i})
    hazards = filled("exits", 0)  # of every list
    lists["n_hazards"] = hazards
    grades, campaign = filled("grades", []), rows(T.CAMPAIGN, filled("campaigns", []))
    reward, selection = rows(T.REWARD, filled("rewards", [])), rows(T.SELECTION, filled("selections", []), every=1)
    restrained, fading = filled("restrained", []), filled("fading", [])
    rules = rows(T.RULES, [filled("rules", {})])
    false = rows(T.FALSE, [{"origin": 1 + i, "roles": roles} for i, roles in enumerate(filled("false_roles", [0] * len(ORIGINS)))])
    for group in range(3):
        false[f"cum_{group}"] = [SURE * (i + 1) // len(ORIGINS) for i in range(len(ORIGINS))]
    for name, table in (("grades", grades), ("items", item), ("lists", lists), ("gates", gate)):
        rules[f"n_{name}"] = len(table) + (name == "grades" and len(grades) > 0)
    rules["n_channels"], rules["n_false"] = 1, len(ORIGINS)
    whole = rows(T.WHOLE, [filled("whole", {})])
    whole["n_restraints"], whole["n_campaigns"] = len(restrained), len(campaign)
    whole["n_rewards"], whole["n_selections"] = len(reward), len(selection)
    any_item = np.cumsum(np.full(len(item), SURE // len(item)))
    any_item[-1] = SURE
    silenced = filled("silenced", [])
    tables = T.SchemeTables(
        rules=rules,
        channel=rows(T.CHANNEL, [filled("channel", {})]),
        sensitivity=np.full((1, kinds), number(filled("sensitivity", "stated")), np.int64),
        mistaken_for=np.full((1, kinds), -1, np.int64),
        item=item,
        pick_start=np.zeros((kinds, ROLES), np.int64),
        pick_count=np.full((kinds, ROLES), len(item), np.int64),
        pick_item=np.arange(len(item)),
        pick_cum=any_item.astype(np.int64),
        false=false,
        false_category=np.array([np.cumsum(np.full(kinds, SURE // kinds))] * len(ORIGINS), np.int64),
        batch=rows(T.BATCH, []),
        batch_category=np.zeros((0, kinds), np.int64),
        grade_from=np.array([*grades, BOTTOM] if grades else [], np.int64),
        list=lists,
        hazard=np.array([rows(T.HAZARD, [{}] * hazards) for _ in lists]) if len(lists) else np.zeros((0, 0), T.HAZARD),
        gate=gate,
        whole=whole,
        tie_weight=np.array(filled("tie_weight", [1] * (1 + layers)), np.int64) * 256,
        spare=np.array([[number(x) for x in filled("spare", [0, 0, 0])]], np.int64),
        campaign=campaign,
        restrained=np.array([[int(c in some) for c in CATEGORIES] for some in restrained], np.int64).reshape(-1, kinds),
        fading=np.array([np.pad([number(x) for x in f], (0, T.FADING_WEEKS - len(f)), mode="edge") for f in fading]).reshape(
            -1, T.FADING_WEEKS
        ),
        silenced=np.array([int(c in silenced) for c in CATEGORIES], np.int64),
        theta=np.array([SURE * share // 100 for share in filled("theta", [0])], np.int64),  # in percent of the adults
        silence_factor=np.full(T.SILENCE_STEPS**2, number(filled("speaks", "sure")), np.int64),
        filed=np.array([number(x) for x in filled("filed", ["stated"] * 5)], np.int64),
        upheld=np.full((2, 2), HALF, np.int64),
        reward=reward,
        selection=selection,
        risk_weight=np.array(filled("risk_weight", [0] * T.RISK_WEIGHTS), np.int64),
        names={},
    )
    assert not given, f"unknown {set(given)}"
    tables.false_category[:, -1] = SURE
    tables.whole["exchanges"] = exchanges(tables)
    return tables
