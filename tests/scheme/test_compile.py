from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.files.errors import InputError
from glasshouse.scheme.compile import BOTTOM, TOP, compile_scheme, no_scheme
from glasshouse.scheme.tables import COMMENDABLE, LAWFUL, PROTECTED, UNLAWFUL, SchemeTables
from glasshouse.scheme.volume import records_per_person_year, role_shares
from glasshouse.world.compile import compile_world

from ..made_up import made_up_scheme, made_up_world, number, read

SURE = 2**32


def compiled(changes: dict[str, Any] | None = None, world_changes: dict[str, Any] | None = None) -> SchemeTables:
    w = made_up_world(world_changes)
    return compile_scheme(made_up_scheme(changes), w, compile_world(w))


def item(tables: SchemeTables, name: str) -> dict[str, int]:
    row = tables.item[tables.names["items"].index(name)]
    return {field: int(row[field]) for field in row.dtype.names}


def share(p: float) -> int:
    return int(p * SURE + 0.5)


def test_rules_by_hand() -> None:
    r = compiled().rules[0]
    assert (r["has_points"], r["start"], r["floor"], r["cap"]) == (1, 10_000, 6_000, 12_000)
    assert [r[n] for n in ("n_grades", "n_channels", "n_items", "n_false", "n_batches", "n_lists", "n_gates")] == [4, 2, 10, 3, 1, 3, 4]
    assert (r["filed"], r["corr_min"], r["corr_mean"]) == (share(0.4), 5, 25 * 256)
    # enforcement 1.5 and listed 1.6 of an envelope of 4
    assert (r["pay"], r["pay_listed"]) == (share(0.375), share(0.6))


def test_absent_parts() -> None:
    t = compiled({"points/floor": None, "points/cap": None, "correction": None, "debts": None})
    r = t.rules[0]
    assert (r["floor"], r["cap"], r["filed"], r["corr_mean"]) == (BOTTOM, TOP, 0, 0)
    assert r["pay"] == r["pay_listed"] == 2**30


def test_channels_by_hand() -> None:
    t = compiled()
    office, cameras = t.channel
    assert tuple(office) == (0, 2, 2560, share(0.2), -1)
    assert tuple(cameras) == (1, 0, 256, 0, -1)
    assert t.sensitivity[0].tolist() == [share(0.8), share(0.8), 0, 0, 0, 0, share(0.8), share(0.8), share(0.95)]
    assert t.sensitivity[1].tolist() == [0, 0, share(0.6), share(0.6), share(0.6), share(0.6), 0, 0, 0]
    assert t.mistaken_for.tolist() == [[1, -1, -1, -1, -1, -1, 8, 0, -1], [-1] * 9]


def test_items_by_hand() -> None:
    t = compiled()
    assert item(t, "bill") == {
        "category": 0, "context": 1, "valence": UNLAWFUL, "points": -125, "grade": -1, "validity": 365, "list": 0, "strikes": 1,
        "window": 1, "term": -1, "performable": 1, "cond": 1 | 4, "checked": SURE // 2, "double": 1, "cap_group": -1, "cap": 0, "repair": 1,
        "repair_points": -25, "repair_validity": 90, "repair_mean": 0, "fine": 1, "also": -1, "kept": 1,
        "relatives": -1, "firm": 0, "claim": 0, "owed": 0, "uses": 0,
    }  # fmt: skip
    assert {k: item(t, "order")[k] for k in ("grade", "points", "term", "performable", "cond", "validity")} == {
        "grade": 2, "points": -200, "term": 300, "performable": 0, "cond": 2 | 4, "validity": 730,
    }  # fmt: skip
    assert (item(t, "crossing")["strikes"], item(t, "crossing")["window"], item(t, "crossing")["list"]) == (3, 180, 1)
    theft = item(t, "theft")
    assert (theft["grade"], theft["repair"], theft["repair_points"], theft["repair_validity"], theft["repair_mean"]) == (
        3,
        2,
        -150,
        180,
        60 * 256,
    )
    assert theft["double"] == 0  # a direct grade without points has nothing to double
    deed = item(t, "deed")
    assert (deed["valence"], deed["points"], deed["double"], deed["cap_group"], deed["cap"]) == (COMMENDABLE, 100, 0, 0, 300)


def test_valence_and_context() -> None:
    t = compiled()
    assert item(t, "petition")["valence"] == PROTECTED
    assert item(t, "music")["valence"] == LAWFUL  # unclear, and this scheme counts unclear as lawful
    assert item(compiled({"rules/unclear_counts_as": "unlawful"}), "music")["valence"] == UNLAWFUL
    contexts = compile_world(made_up_world()).names["contexts"]
    assert contexts[item(t, "remark")["context"]] == "work"  # its own; the category's is speech
    assert contexts[item(t, "petition")["context"]] == "speech"


def test_without_points_nothing_doubles() -> None:
    t = compiled({"points/repeat_doubles": False})
    assert t.item["double"].tolist() == [0] * 10


def test_checked_and_validity_absent() -> None:
    t = compiled({"rules/checked": None, "rules/items/bill/validity": None})
    assert t.item["checked"].tolist() == [0] * 10
    assert item(t, "bill")["validity"] == 0


def picks(t: SchemeTables, category: int, role: int) -> list[tuple[str, int]]:
    start, count = t.pick_start[category, role], t.pick_count[category, role]
    run = slice(start, start + count)
    return [(t.names["items"][i], int(c)) for i, c in zip(t.pick_item[run], t.pick_cum[run], strict=True)]


RESIDENT, MINOR, OFFICIAL, TRADER = range(4)


def test_picks_by_hand() -> None:
    t = compiled()
    assert picks(t, 2, RESIDENT) == [("crossing", share(0.75)), ("crossing-running", SURE)]
    assert picks(t, 5, RESIDENT) == picks(t, 5, TRADER) == [("petition", SURE)]
    assert picks(t, 5, OFFICIAL) == picks(t, 5, MINOR) == []
    assert picks(t, 6, OFFICIAL) == [("remark", SURE)]
    assert picks(t, 3, MINOR) == [("theft", SURE)]  # no roles named: minors too
    assert picks(compiled({"rules/items/petition/roles": ["minor"]}), 5, MINOR) == [("petition", SURE)]


def test_a_rule_without_weight_is_never_picked() -> None:
    t = compiled({"rules/items/crossing/weight": 0})
    assert picks(t, 2, RESIDENT) == [("crossing-running", SURE)]


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, "crossing-running"),  # 10 points outweigh 5
        ({"rules/items/crossing/points": -10.1}, "crossing"),
        ({"rules/items/crossing/points": -10}, "crossing-running"),  # equal: the one that was picked
        ({"rules/items/crossing/grade": "B"}, "crossing"),  # a direct grade outweighs any points
        ({"rules/items/crossing/grade": "B", "rules/items/crossing-running/grade": "C"}, "crossing-running"),
        ({"rules/items/crossing/grade": "D", "rules/items/crossing-running/grade": "C"}, "crossing"),
        ({"rules/items/crossing/points": -30, "rules/items/crossing/roles": ["trader"]}, "crossing-running"),  # not open to residents
    ],
)
def test_highest_only_keeps_the_heavier(changes: dict[str, Any], kept: str) -> None:
    t = compiled(changes)
    assert picks(t, 2, RESIDENT)[-1] == (kept, SURE)
    assert item(t, "crossing-running")["also"] == -1


def test_all_apply_leaves_both() -> None:
    t = compiled({"points/overlap": "all apply", "rules/items/crossing/points": -30})
    assert picks(t, 2, RESIDENT)[-1] == ("crossing-running", SURE)
    assert item(t, "crossing-running")["also"] == t.names["items"].index("crossing")


def test_rules_that_name_each_other_end() -> None:
    t = compiled({"rules/items/crossing/also": "crossing-running"})
    assert {name for name, _ in picks(t, 2, RESIDENT)} == {"crossing-running"}


def test_grades_by_hand() -> None:
    assert compiled().grade_from.tolist() == [10_200, 9_500, 8_800, BOTTOM]


def test_lists_by_hand() -> None:
    t = compiled()
    contexts = compile_world(made_up_world()).names["contexts"]
    at = {name: 1 << i for i, name in enumerate(contexts)}
    fields = (
        "sanction",
        "from_grade",
        "term",
        "repeat",
        "extension",
        "longest",
        "performable",
        "lag",
        "yardstick",
        "n_hazards",
        "contexts",
    )
    assert t.list.dtype.names[:11] == fields
    rows = [tuple(int(row[name]) for name in fields) for row in t.list]
    assert rows[0] == (1, -1, 200, 2, 60, 400, 1, 3, 150, 2, at["court"] | at["education"])
    assert rows[1] == (1, -1, 90, 1, 0, 0, 0, 0, 150, 0, at["public order"])
    assert rows[2] == (1, 2, 0, 0, 0, 0, 0, 0, 150, 0, at["finance"])
    assert [tuple(h) for h in t.hazard[0]] == [(300 * 256, 0), (120 * 256, 1)]
    assert t.hazard.shape == (3, 2)
    assert t.names["hazards"] == ["creditor-agrees", "no-assets"]
    assert compiled({"ordinary_law/longest": None}).list["yardstick"].tolist() == [-1, -1, -1]


def test_gates_by_hand() -> None:
    t = compiled()
    train, school, _, grade = t.gate
    nothing = (0, 0, 0, 0, -1, 0, 0)  # no copy, no demand, no trap, no price
    assert tuple(train) == (0, 0, 0, share(0.9), share(0.3), 0b00001, 0b00010, *nothing)
    assert tuple(school) == (0, 1, 10, share(0.8), 0, 0b10000, 0, *nothing)
    assert (grade["list"], grade["needs"]) == (2, 0b00110)


def test_role_shares_by_hand() -> None:
    """170 adults among 250 people of a cycle: 68 in 100."""
    shares = role_shares(made_up_world())
    assert shares == pytest.approx({"resident": 0.68 * 0.75, "minor": 0.32, "official": 0.68 * 0.15, "trader": 0.68 * 0.1})


def test_records_per_person_year_by_hand() -> None:
    s, w = made_up_scheme(), made_up_world()
    # bills: 0.8 a year seen with 0.8, all adults; defied orders: 3 a year for the three in ten who owe
    assert records_per_person_year(s, w, "office", ["unpaid-bill", "defied-order"]) == pytest.approx(0.68 * (0.8 + 3 * 0.3) * 0.8)
    # everyone crosses and takes, minors too
    assert records_per_person_year(s, w, "cameras", ["crossing", "theft"]) == pytest.approx((3 + 0.5) * 0.6)
    # traders only, with a sensitivity of its own
    assert records_per_person_year(s, w, "office", ["late-return"]) == pytest.approx(0.068 * 1.5 * 0.95)
    # residents and traders petition; the rule reaches both
    assert records_per_person_year(s, w, "cameras", ["petition"]) == pytest.approx(0.68 * 0.85 * 0.6)
    # what the channel does not cover, it does not record
    assert records_per_person_year(s, w, "cameras", ["unpaid-bill"]) == 0
    # without a rule for residents only the officials' petitions would count, and these sign none
    assert records_per_person_year(made_up_scheme({"rules/items/petition/roles": ["official"]}), w, "cameras", ["petition"]) == 0


def test_false_records_by_hand() -> None:
    t = compiled()
    collision, mismatch, malice = 0.2 * 0.68 * (0.8 + 0.9) * 0.8, 0.1 * 3.5 * 0.6, 0.3
    assert t.false["origin"].tolist() == [1, 1, 2]
    assert t.false["channel"].tolist() == [0, 1, 1]
    reached = np.cumsum([collision, mismatch, malice]) / 3  # of an envelope of 3 a year
    for group in ("cum_0", "cum_1", "cum_2"):
        assert np.abs(t.false[group] - reached * SURE).max() < 1
    bills = 0.8 / (0.8 + 0.9)
    assert t.false_category[0].tolist() == [share(bills)] + [SURE] * 8
    assert t.false_category[1, :4].tolist() == [0, 0, share(3 / 3.5), SURE]


def test_false_records_of_a_kind_the_channel_never_makes_spread_evenly() -> None:
    t = compiled({"false_records/malice/covers": ["unpaid-bill", "late-return"]})
    assert t.false_category[2].tolist() == [SURE // 2] * 8 + [SURE]


def test_false_records_off() -> None:
    off = {f"false_records/{k}/rate": number(0.0) for k in ("name-collision", "face-mismatch", "malice")}
    assert [compiled(off).false[group].tolist() for group in ("cum_0", "cum_1", "cum_2")] == [[0, 0, 0]] * 3


def test_batches_by_hand() -> None:
    t = compiled()
    assert tuple(t.batch[0]) == (2, 0, 365 * 2**20 // 2, share(0.15))
    assert t.batch_category[0, [0, 1, 7]].tolist() == [share(0.64 / 2.96), share(1.36 / 2.96), SURE]
    assert compiled({"batches/bad-import/strikes": number(0.0, "town-year")}).batch["share"].tolist() == [0]


@given(st.floats(0, 3))
def test_a_higher_rate_keeps_every_false_record(rate: float) -> None:
    """Thresholds rise with the rate, so that every candidate that was a false record stays one."""
    only = {"false_records": {"malice": {**read("testville-scheme.yaml")["false_records"]["malice"], "rate": number(rate)}}}
    row = compiled(only).false[0]
    assert {int(row[group]) for group in ("cum_0", "cum_1", "cum_2")} == {int(rate / 3 * SURE + 0.5)}


def test_no_scheme() -> None:
    w = made_up_world()
    wt = compile_world(w)
    t = no_scheme(w, wt)
    r = t.rules[0]
    assert [r[n] for n in ("has_points", "n_channels", "n_items", "n_false", "n_batches", "n_lists", "n_gates", "n_grades")] == [0] * 8
    assert r["pay"] == r["pay_listed"] == 2**30  # the voluntary rate, one of an envelope of 4
    assert t.pick_count.shape == (9, 4)
    assert t.pick_count.sum() == 0
    assert t.sensitivity.shape == (0, 9)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"false_records/malice/rate": number(2.7)}, r"malice: with those before it .* above the world's envelope of 3"),
        ({"false_records/malice/rate": number(0.1, "alert")}, r"malice: rate is per alert; allowed: person-year, entry, record"),
        ({"false_records/malice/channel": "camera"}, r"unknown channel 'camera'.*did you mean 'cameras'"),
        ({"false_records/malice/covers": []}, r"covers no category"),
        (
            {"debts/enforcement": {**number(3.0), "unit": "times", "per": None}},
            r"enforcement times listed is 4\.8, above the world's envelope of 4",
        ),
        ({"rules/items/bill/when": "unpaid-bil"}, r"rules: bill: when: unknown name 'unpaid-bil'.*did you mean 'unpaid-bill'"),
        ({"rules/items/bill/list": "nobody"}, r"rules: bill: list: unknown name 'nobody'"),
        ({"rules/items/bill/cap": "bad-deeds"}, r"rules: bill: cap: unknown name 'bad-deeds'.*did you mean 'good-deeds'"),
        ({"rules/items/crossing-running/also": "run"}, r"rules: crossing-running: also: unknown name 'run'"),
        ({"rules/items/petition/roles": ["everyone"]}, r"rules: petition: roles: unknown name 'everyone'"),
        ({"gates/train/needs": ["plane"]}, r"gates: train: needs: unknown name 'plane'"),
        ({"lists/low-grade/from_grade": "E"}, r"lists: low-grade: from_grade: unknown name 'E'"),
        ({"channels/office/covers": ["bills"]}, r"channels: office: covers: unknown name 'bills'"),
        ({"batches/bad-import/strikes": number(0.01, "town-year")}, r"rarer than once in 44 years"),
    ],
)
def test_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compiled(changes)


def test_too_many_needs_for_a_mask() -> None:
    train = read("testville-world.yaml")["needs"]["train"]
    needs = read("testville-world.yaml")["needs"] | {f"train-{i}": {**train, "rate": number(0.1)} for i in range(58)}
    with pytest.raises(InputError, match="63 needs in the world; at most 62"):
        compiled(world_changes={"needs": needs})
