"""A scheme as integer tables: what `scheme/compile.py` makes and the engine reads (docs/design/001 and 005)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Records = NDArray[np.void]
Names = dict[str, list[str]]

UNLAWFUL, LAWFUL, PROTECTED, COMMENDABLE = 0, 1, 2, 3
ABLE, ADULT, OWES = 1, 2, 4  # condition bits
ANOTHERS_ACT, NO_ACT = 1, 2  # origin of a false record (own true = 0, misrecorded = 3)
REPEAT_NONE, REPEAT_RESTART, REPEAT_EXTEND = 0, 1, 2
REPAIR_NONE, REPAIR_PAYMENT, REPAIR_PLEDGE = 0, 1, 2
TO_NOBODY, TO_TIES, TO_TOWN = 0, 1, 2  # publicity
OPEN_SPEECH, BY_THRESHOLD, BY_UTILITY = 0, 1, 2  # silence
MANDATORY, OPT_IN, TIED_TO_NEED = 0, 1, 2  # enrolment
NO_NOTICE, BEFORE, AFTER, AT_GATE = 0, 1, 2, 3  # notice
FIX_LIST, FIX_POINTS, FIX_COPIES, FIX_MONEY = 1, 2, 4, 8  # what an upheld review corrects
ERROR_CLASSES = 5  # of a record under review: another's act, no act, misrecorded, ground unmet, sound
NO_LIMIT = -1  # capacity of a stage of review
FADING_WEEKS = 1024
SILENCE_STEPS = 64  # the utility of speaking out is tabled by 64 steps of desire and 64 of boldness


def _i8(names: str) -> np.dtype[np.void]:
    return np.dtype([(n, "i8") for n in names.split()])


RULES = _i8(
    "has_points start floor cap n_grades n_channels n_items n_false n_batches n_lists n_gates filed corr_min corr_mean pay pay_listed"
)
CHANNEL = _i8("visible delay_min delay_mean mis_share only")  # only: the list whose members alone it sees, -1 everyone
ITEM = _i8(
    "category context valence points grade validity list strikes window term performable cond checked double "
    "cap_group cap repair repair_points repair_validity repair_mean fine also kept relatives firm claim owed uses"
)
FALSE = _i8("origin channel cum_0 cum_1 cum_2 roles")  # cumulative threshold over kinds, by group; roles: bit mask, 0 everyone
BATCH = _i8("origin channel mean_gap share")  # ticks; threshold
LIST = _i8(
    "sanction from_grade term repeat extension longest performable lag yardstick n_hazards contexts "
    "binds contact_list contact_layer contact_share contact_mean noticed reviewed shown amnesty_first amnesty_every minimum"
)  # contact_list -1: none; amnesty_first -1: none; noticed, reviewed, shown: 0 or 1
HAZARD = _i8("mean unable")
GATE = _i8(
    "list parent context compliance over needs over_needs purge demand trap trap_default trap_category trap_mean price"
)  # needs: bit masks
WHOLE = _i8(
    "exchanges alpha drop_mean drift_points drift_every notice notice_days reach review stages file_mean patience_mean "
    "capacity_1 capacity_2 goes_on corrects publicity aware silence silence_start fear n_restraints n_campaigns n_rewards n_selections "
    "attention_channel districts follow prior mended informing_channel informs enrolment enrol_share enrol_needs join leave "
    "rated_needs rating_channel rating_category unfair_0 unfair_1 unfair_2"
)  # one record for the scheme; attention_channel, informing_channel, rating_channel -1: none
CAMPAIGN = _i8("channel first last factor")
REWARD = _i8("from_grade needs zero_sum")
SELECTION = _i8("list share every risk")
RISK_WEIGHTS = 9  # three groups, three income thirds, a child in the household, points lost, noise


@dataclass(frozen=True)
class SchemeTables:
    """Integer tables of a scheme in one world. Points are tenths; days whole; means 1/256 day; probabilities thresholds of 2^32."""

    rules: Records  # RULES, (1,)
    channel: Records  # (n_channels,)
    sensitivity: Ints  # (n_channels, n_categories) thresholds, 0 = not covered
    mistaken_for: Ints  # (n_channels, n_categories) category or -1
    item: Records  # (n_items,)
    pick_start: Ints  # (n_categories, n_roles) first index into pick_item
    pick_count: Ints  # (n_categories, n_roles)
    pick_item: Ints  # item index
    pick_cum: Ints  # cumulative threshold within its (category, role) run; the last is 2^32
    false: Records  # (n_false,)
    false_category: Ints  # (n_false, n_categories) cumulative thresholds; the last is 2^32
    batch: Records
    batch_category: Ints
    grade_from: Ints  # (n_grades,) lower bound in tenths, best first; the last is the smallest integer
    list: Records
    hazard: Records  # (n_lists, most hazards)
    gate: Records
    whole: Records  # WHOLE, (1,)
    tie_weight: Ints  # (1 + n_layers,) weight of a tie in 1/256, the household first
    spare: Ints  # (n_channels, 3) threshold by group that an official lets an act go
    campaign: Records
    restrained: Ints  # (n_restraints, n_categories) 0 or 1
    fading: Ints  # (n_restraints, FADING_WEEKS) threshold that an act is done, by weeks since aware
    silenced: Ints  # (n_categories,) 0 or 1
    theta: Ints  # thresholds of speaking, by rank, in 2^-32 of the adults; at least one
    silence_factor: Ints  # (SILENCE_STEPS ** 2,) threshold that a thing is said, by desire and boldness
    filed: Ints  # (ERROR_CLASSES,) threshold that a case is filed
    upheld: Ints  # (2, 2) threshold by stage, and by sound (0) or wrong (1)
    reward: Records
    selection: Records
    risk_weight: Ints  # (RISK_WEIGHTS,)
    names: Names  # channels, items, false, batches, grades, lists, hazards (cause names), gates, rewards, holders (of gates, '' none)
