"""The mechanisms of docs/design/005-whole-model.md and 006-kinds.md switched on at random, in tables as `compile` could have made them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from random import Random
from typing import Any

import numpy as np

from glasshouse.scheme import tables as T
from glasshouse.scheme.variants import exchanges
from glasshouse.world.tables import WorldTables
from tests.oracle.records import MISRECORDED

SURE = 1 << 32
Switch = Callable[[Random, "Drafted"], None]


@dataclasses.dataclass
class Drafted:
    """A scheme in the making, with what its new tables must fit."""

    world: WorldTables
    tables: T.SchemeTables
    fields: dict[str, Any]

    @property
    def whole(self) -> Any:
        return self.fields["whole"][0]

    def by_rule(self) -> list[int]:
        """Lists that people enter by rules, not by grade."""
        return [i for i, row in enumerate(self.tables.list) if row["from_grade"] < 0]


def share(r: Random) -> int:
    """A probability as a threshold; always comes often."""
    return r.choice((SURE, *(r.randrange(1, SURE) for _ in range(3))))


def mean_q8(r: Random, most: int) -> int:
    """A mean in 1/256 day, sometimes 0."""
    return r.choice((0, *(r.randrange(1, most << 8) for _ in range(3))))


def nothing_on(world: WorldTables, scheme: T.SchemeTables) -> dict[str, Any]:
    """The new tables with everything switched off."""
    categories, channels = len(world.category), len(scheme.channel)
    whole = np.zeros(1, T.WHOLE)
    whole["attention_channel"] = whole["informing_channel"] = whole["rating_channel"] = -1
    whole["capacity_1"] = whole["capacity_2"] = T.NO_LIMIT
    whole["informs"] = 4096
    return {
        "whole": whole,
        "tie_weight": np.zeros(1 + len(world.layer_size), np.int64),
        "spare": np.zeros((channels, 3), np.int64),
        "campaign": np.zeros(0, T.CAMPAIGN),
        "restrained": np.zeros((0, categories), np.int64),
        "fading": np.zeros((0, T.FADING_WEEKS), np.int64),
        "silenced": np.zeros(categories, np.int64),
        "theta": np.zeros(1, np.int64),
        "silence_factor": np.full(T.SILENCE_STEPS**2, SURE, np.int64),
        "filed": np.zeros(T.ERROR_CLASSES, np.int64),
        "upheld": np.zeros((2, 2), np.int64),
        "reward": np.zeros(0, T.REWARD),
        "selection": np.zeros(0, T.SELECTION),
        "risk_weight": np.zeros(T.RISK_WEIGHTS, np.int64),
    }


def switched_on(r: Random, world: WorldTables, scheme: T.SchemeTables, mechanisms: Collection[str]) -> T.SchemeTables:
    """The scheme with these mechanisms; what is not named stays off. The scheme's own arrays are not shared with the result."""
    copies = {name: getattr(scheme, name).copy() for name in ("rules", "channel", "item", "list", "gate", "false", "batch")}
    draft = Drafted(world, dataclasses.replace(scheme, **copies), nothing_on(world, scheme))
    for name, switch in SWITCHES.items():
        own = Random(r.getrandbits(64))  # so that one mechanism more does not change the numbers of the others
        if name in mechanisms:
            switch(own, draft)
    tables = dataclasses.replace(draft.tables, **draft.fields)
    tables.whole["exchanges"] = exchanges(tables)
    return tables


# -- through ties ------------------------------------------------------------------------------------------------------------


def association(r: Random, draft: Drafted) -> None:
    draft.whole["alpha"] = r.choice((65536, r.randrange(1, 65536), r.randrange(1, 65536)))
    weights = draft.fields["tie_weight"]
    weights[:] = [r.choice((0, 256, r.randrange(1, 255 * 256))) for _ in weights]


def dropping(r: Random, draft: Drafted) -> None:
    if draft.whole["alpha"]:
        draft.whole["drop_mean"] = r.randrange(1, 300 << 8)


def binding(r: Random, draft: Drafted) -> None:
    for row in draft.tables.list:
        row["binds"] = r.randint(0, 1)


def relatives(r: Random, draft: Drafted) -> None:
    items = draft.tables.item
    for i, row in enumerate(items):
        if r.random() < 0.5:
            row["relatives"] = r.choice([j for j in range(len(items)) if j != i])


def contacts(r: Random, draft: Drafted) -> None:
    by_rule = draft.by_rule()
    for i in by_rule:
        others = [j for j in by_rule if j != i]
        if others and r.random() < 0.7:
            row = draft.tables.list[i]
            row["contact_list"], row["contact_layer"] = r.choice(others), r.randint(0, len(draft.world.layer_size))
            row["contact_share"], row["contact_mean"] = share(r), mean_q8(r, 60)


# -- remedies ----------------------------------------------------------------------------------------------------------------


def notice(r: Random, draft: Drafted) -> None:
    whole = draft.whole
    whole["notice"] = r.choice((T.NO_NOTICE, T.BEFORE, T.BEFORE, T.BEFORE, T.AFTER, T.AFTER, T.AFTER, T.AT_GATE))
    if whole["notice"] in (T.BEFORE, T.AFTER):
        whole["notice_days"], whole["reach"] = r.choice((0, 3, r.randint(1, 25))), r.choice((SURE, share(r)))
    for row in draft.tables.list:
        row["noticed"] = int(r.random() < 0.9)


def review(r: Random, draft: Drafted) -> None:
    whole, rules = draft.whole, draft.tables.rules
    rules["filed"] = rules["corr_min"] = rules["corr_mean"] = 0
    whole["review"], whole["stages"] = 1, r.randint(1, 2)
    whole["file_mean"], whole["patience_mean"] = mean_q8(r, 6), r.choice((0, r.randrange(1, 60 << 8)))
    for stage in range(1, whole["stages"] + 1):
        whole[f"capacity_{stage}"] = r.choice((T.NO_LIMIT, 0, *(4096 * r.randint(20, 2000) for _ in range(3))))
        draft.fields["upheld"][stage - 1] = [share(r) // 2, share(r)]
    whole["goes_on"] = share(r) if whole["stages"] == 2 else 0
    whole["corrects"] = r.randint(1, 15)
    draft.fields["filed"][:] = [r.choice((SURE, share(r))) for _ in range(T.ERROR_CLASSES)]
    for row in draft.tables.list:
        row["reviewed"] = int(r.random() < 0.9 and row["noticed"])


def copies(r: Random, draft: Drafted) -> None:
    for row in draft.tables.gate:
        row["purge"] = 0 if row["parent"] else r.choice((0, r.randint(1, 60)))


def amnesty(r: Random, draft: Drafted) -> None:
    for row in draft.tables.list:
        if r.random() < 0.7:
            row["amnesty_first"], row["amnesty_every"] = r.randint(0, 120), r.choice((0, r.randint(1, 60)))


def drift(r: Random, draft: Drafted) -> None:
    draft.whole["drift_points"], draft.whole["drift_every"] = r.randint(1, 80), r.randint(1, 40)


# -- officials ---------------------------------------------------------------------------------------------------------------


def campaigns(r: Random, draft: Drafted) -> None:
    rows = []
    for _ in range(r.randint(1, 3)):
        first = r.randint(0, 80)
        rows.append((r.randrange(len(draft.tables.channel)), first, first + r.randint(1, 100), r.randint(0, 4 * 4096)))
    draft.fields["campaign"] = np.array(rows, T.CAMPAIGN)
    draft.whole["n_campaigns"] = len(rows)


def discretion(r: Random, draft: Drafted) -> None:
    spare = draft.fields["spare"]
    spare[:] = [[r.choice((0, share(r) // 2)) for _ in range(3)] for _ in spare]


def selection(r: Random, draft: Drafted) -> None:
    if draft.by_rule():
        draft.fields["selection"] = np.array([(r.choice(draft.by_rule()), r.randrange(SURE // 2), r.randint(1, 5), 0)], T.SELECTION)
        draft.whole["n_selections"] = 1


def attention(r: Random, draft: Drafted) -> None:
    whole = draft.whole
    whole["attention_channel"], whole["districts"] = r.randrange(len(draft.tables.channel)), r.randint(1, 6)
    whole["follow"], whole["prior"], whole["mended"] = r.randint(0, 4096), r.randint(1, 5), r.randint(0, 1)


def informing(r: Random, draft: Drafted) -> None:
    draft.whole["informing_channel"] = r.randrange(len(draft.tables.channel))
    draft.whole["informs"] = r.randint(4096, 5 * 4096)


# -- responses ---------------------------------------------------------------------------------------------------------------


def publicity(r: Random, draft: Drafted) -> None:
    draft.whole["publicity"] = r.choice((T.TO_TIES, T.TO_TIES, T.TO_TOWN))
    for row in draft.tables.list:
        row["shown"] = r.randint(0, 1)


def restraints(r: Random, draft: Drafted) -> None:
    categories, n = len(draft.world.category), r.randint(1, 4)
    draft.fields["restrained"] = np.array([[int(r.random() < 0.6) for _ in range(categories)] for _ in range(n)])
    draft.fields["fading"] = np.array([sorted(r.randrange(SURE + 1) for _ in range(T.FADING_WEEKS)) for _ in range(n)])
    draft.whole["n_restraints"], draft.whole["aware"] = n, share(r)


def silence(r: Random, draft: Drafted) -> None:
    whole, fields = draft.whole, draft.fields
    whole["silence"], whole["aware"] = r.choice((T.BY_THRESHOLD, T.BY_THRESHOLD, T.BY_UTILITY)), share(r)
    fields["silenced"][:] = [int(row["valence"] == 2 or r.random() < 0.3) for row in draft.world.category]
    if whole["silence"] == T.BY_THRESHOLD:
        whole["silence_start"], whole["fear"] = r.choice((SURE, SURE, -1)), r.randrange(4 << 16)
        fields["theta"] = np.array(sorted(r.randrange(-SURE // 8, SURE * 9 // 8) for _ in range(r.randint(1, 40))), np.int64)
    else:
        fields["silence_factor"][:] = [r.randrange(SURE + 1) for _ in fields["silence_factor"]]


def demand(r: Random, draft: Drafted) -> None:
    for row in draft.tables.gate:
        row["demand"] = 0 if row["parent"] else r.choice((0, share(r) // 2))
    draft.whole["aware"] = share(r)


def traps(r: Random, draft: Drafted) -> None:
    for row in draft.tables.gate:
        if not row["parent"]:
            row["trap"], row["trap_default"], row["trap_mean"] = share(r), share(r), mean_q8(r, 30)
            row["trap_category"] = r.randrange(len(draft.world.category))


def rewards(r: Random, draft: Drafted) -> None:
    grades, needs = len(draft.tables.grade_from), len(draft.world.need)
    rows = [(r.randrange(grades), r.randrange(1, 1 << needs), r.randint(0, 1)) for _ in range(r.randint(1, 3))]
    draft.fields["reward"] = np.array(rows, T.REWARD)
    draft.whole["n_rewards"] = len(rows)


def enrolment(r: Random, draft: Drafted) -> None:
    whole = draft.whole
    whole["enrolment"] = r.choice((T.MANDATORY, T.OPT_IN, T.TIED_TO_NEED, T.TIED_TO_NEED))
    of_adults = sum(1 << i for i, need in enumerate(draft.world.need) if not need["minor"])
    if whole["enrolment"] == T.OPT_IN:
        whole["enrol_share"] = share(r)
    elif whole["enrolment"] == T.TIED_TO_NEED:
        whole["enrol_needs"], whole["join"] = r.getrandbits(8) & of_adults, share(r)
    if whole["enrolment"] != T.MANDATORY:
        whole["leave"] = r.choice((0, r.randrange(SURE // 4)))


def falls_on(r: Random, draft: Drafted) -> None:
    for group in range(3):
        sums = sorted(r.randrange(SURE) for _ in draft.tables.false)
        draft.tables.false[f"cum_{group}"] = sums


# -- further kinds -----------------------------------------------------------------------------------------------------------


def firms(r: Random, draft: Drafted) -> None:
    for row in draft.tables.item:
        row["firm"] = int(r.random() < 0.4)


def prices(r: Random, draft: Drafted) -> None:
    for row in draft.tables.gate:
        if r.random() < 0.6:
            row["price"], row["trap"] = r.randint(1, 500), 0


def claims(r: Random, draft: Drafted) -> None:
    for row in draft.tables.item:
        if r.random() < 0.6:
            row["claim"] = r.randint(1, 20000)
            row["owed"] = r.choice((0, r.randrange(int(row["claim"])), row["claim"]))


def misrecorded(r: Random, draft: Drafted) -> None:
    for rows in (draft.tables.false, draft.tables.batch):
        for row in rows:
            if r.random() < 0.6:
                row["origin"] = MISRECORDED


def kinds_by_role(r: Random, draft: Drafted) -> None:
    for row in draft.tables.false:
        row["roles"] = r.choice((0, r.randrange(1, 1 << draft.tables.pick_start.shape[1])))


def ratings(r: Random, draft: Drafted) -> None:
    whole, tables = draft.whole, draft.tables
    covered = [(ch, c) for ch, row in enumerate(tables.sensitivity) for c, seen in enumerate(row) if seen > 0]
    if not covered:
        return
    whole["rating_channel"], whole["rating_category"] = r.choice(covered)
    whole["rated_needs"] = r.randrange(1, 1 << len(draft.world.need))
    for group in range(3):
        whole[f"unfair_{group}"] = r.choice((0, share(r), share(r)))
    for row in tables.item:
        row["uses"] = r.choice((0, 1, r.randint(1, 30)))


def risk(r: Random, draft: Drafted) -> None:
    if not draft.by_rule():
        return
    own = [(r.choice(draft.by_rule()), r.randrange(SURE // 2), r.randint(1, 5), 1) for _ in range(r.choice((1, 1, 2)))]
    rows = [*(tuple(row) for row in draft.fields["selection"]), *own]
    r.shuffle(rows)
    draft.fields["selection"] = np.array(rows, T.SELECTION)
    draft.whole["n_selections"] = len(rows)
    draft.fields["risk_weight"][:] = [r.choice((0, r.randint(-100, 500))) for _ in range(T.RISK_WEIGHTS)]


def sight(r: Random, draft: Drafted) -> None:
    for row in draft.tables.channel:
        if r.random() < 0.5:
            row["only"] = r.randrange(len(draft.tables.list))


def minimum(r: Random, draft: Drafted) -> None:
    """No term of a list is shorter, and a list by grade that lasts as long as the grade has none: `check` refuses both."""
    for index, row in enumerate(draft.tables.list):
        if (row["from_grade"] >= 0 and row["term"] == 0) or r.random() < 0.3:
            continue
        row["minimum"] = r.choice((r.randint(1, 20), r.randint(1, 120)))
        if row["term"] > 0:
            row["term"] = max(row["term"], row["minimum"])
        for item in draft.tables.item:
            if item["list"] == index and item["term"] > 0:
                item["term"] = max(item["term"], row["minimum"])


SWITCHES: dict[str, Switch] = {
    "association": association,
    "dropping": dropping,
    "binding": binding,
    "relatives": relatives,
    "contacts": contacts,
    "notice": notice,
    "review": review,
    "copies": copies,
    "amnesty": amnesty,
    "drift": drift,
    "campaigns": campaigns,
    "discretion": discretion,
    "selection": selection,
    "attention": attention,
    "informing": informing,
    "publicity": publicity,
    "restraints": restraints,
    "silence": silence,
    "demand": demand,
    "traps": traps,
    "rewards": rewards,
    "enrolment": enrolment,
    "falls_on": falls_on,
    "firms": firms,
    "prices": prices,
    "claims": claims,
    "misrecorded": misrecorded,
    "kinds by role": kinds_by_role,
    "ratings": ratings,
    "risk": risk,
    "sight": sight,
    "minimum": minimum,
}


def some_mechanisms(r: Random) -> set[str]:
    """None, one, several or all; review comes with notice, without which nobody files."""
    odds = r.choice((0.0, 0.0, 0.15, 0.4, 0.4, 0.7, 0.7, 1.0))
    one = r.choice(list(SWITCHES))
    names = {one} if odds == 0 and r.random() < 0.7 else {name for name in SWITCHES if r.random() < odds}
    if "dropping" in names:
        names.add("association")
    if "review" in names:
        names.add("notice")
    return names
