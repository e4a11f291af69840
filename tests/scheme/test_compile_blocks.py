"""What association, review, officials and responses come to in integers, field by field and by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from glasshouse.files.errors import InputError
from glasshouse.files.write import resolved_yaml
from glasshouse.files.yaml import parse
from glasshouse.scheme import tables as T
from glasshouse.scheme.check import require_valid
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.world.compile import compile_world

from ..made_up import made_up_scheme, made_up_world, number
from .whole import BLOCKS, BY_THRESHOLD, NOTICE, REVIEW, restraint, stage, text, value

SURE = 2**32


def compiled(changes: dict[str, Any] | None = None) -> SchemeTables:
    w = made_up_world()
    return compile_scheme(made_up_scheme(changes), w, compile_world(w))


def share(p: float) -> int:
    return int(p * SURE + 0.5)


def row(table: Any, i: int = 0) -> dict[str, int]:
    return {name: int(table[i][name]) for name in table.dtype.names}


def only(*paths: str) -> dict[str, Any]:
    """Some of the blocks."""
    return {path: BLOCKS[path] for path in paths}


def test_every_block_together_fits_its_world() -> None:
    scheme = made_up_scheme(BLOCKS)
    require_valid(scheme, made_up_world())
    assert Scheme.model_validate(parse(resolved_yaml(scheme)).data) == scheme


def test_without_any_block_all_is_neutral() -> None:
    t = compiled()
    neutral = dict.fromkeys(T.WHOLE.names or (), 0)
    neutral |= {"capacity_1": T.NO_LIMIT, "capacity_2": T.NO_LIMIT, "attention_channel": -1, "informing_channel": -1, "informs": 4096}
    neutral |= {"rating_channel": -1, "rating_category": -1}
    assert row(t.whole) == neutral
    for name in ("binds", "contact_layer", "contact_share", "contact_mean", "noticed", "reviewed", "shown", "amnesty_every"):
        assert t.list[name].tolist() == [0, 0, 0]
    assert t.list["contact_list"].tolist() == t.list["amnesty_first"].tolist() == [-1, -1, -1]
    assert t.item["relatives"].tolist() == [-1] * 10
    assert t.gate["trap_category"].tolist() == [-1] * 4
    assert not any(t.gate[name].any() for name in ("purge", "demand", "trap", "trap_default", "trap_mean"))
    assert (t.tie_weight.tolist(), t.spare.tolist()) == ([0, 0, 0], [[0, 0, 0]] * 2)
    assert (t.restrained.shape, t.fading.shape, t.silenced.tolist()) == ((0, 9), (0, 1024), [0] * 9)
    assert (t.theta.tolist(), t.silence_factor.tolist()) == ([0], [SURE] * 64**2)
    assert (t.filed.tolist(), t.upheld.tolist()) == ([0] * 5, [[0, 0], [0, 0]])
    assert len(t.campaign) == len(t.reward) == len(t.selection) == 0
    assert (t.names["rewards"], t.names["holders"]) == ([], [""] * 4)


def test_every_table_is_of_whole_numbers_of_64_bits() -> None:
    t = compiled(BLOCKS)
    for name in ("tie_weight", "spare", "restrained", "fading", "silenced", "theta", "silence_factor", "filed", "upheld"):
        assert getattr(t, name).dtype == np.int64, name


def test_association_by_hand() -> None:
    t = compiled(only("association", "responses"))
    assert (row(t.whole)["alpha"], row(t.whole)["drop_mean"]) == (16_384, 20 * 10 * 256)
    assert t.tie_weight.tolist() == [256, 0, 128]  # household, home, work


def test_through_ties_by_hand() -> None:
    t = compiled(only("rules/items/bill/relatives", "lists/defaulters/binds", "lists/defaulters/contacts"))
    assert t.item["relatives"].tolist() == [9] + [-1] * 9
    assert t.list["binds"].tolist() == [1, 0, 0]
    first = row(t.list)
    assert [first[k] for k in ("contact_list", "contact_layer", "contact_share", "contact_mean")] == [1, 2, share(0.1), 40 * 256]
    by_household = {"lists/defaulters/contacts": {**BLOCKS["lists/defaulters/contacts"], "layer": "household"}}
    assert compiled(by_household).list["contact_layer"].tolist() == [0, 0, 0]


def test_drift_and_amnesty_by_hand() -> None:
    t = compiled(only("points/drift", "lists/nuisance/amnesty"))
    assert (row(t.whole)["drift_points"], row(t.whole)["drift_every"]) == (50, 90)
    assert (t.list["amnesty_first"].tolist(), t.list["amnesty_every"].tolist()) == ([-1, 100, -1], [0, 365, 0])
    once = {"lists/nuisance/amnesty": {"first": text(0, "days"), "every": None}}
    assert (compiled(once).list["amnesty_first"][1], compiled(once).list["amnesty_every"][1]) == (0, 0)


@pytest.mark.parametrize(
    ("when", "coded", "days", "reach"),
    [("before", T.BEFORE, 14, 0.8), ("after", T.AFTER, 14, 0.8), ("at the gate", T.AT_GATE, 0, 0), ("never", T.NO_NOTICE, 0, 0)],
)
def test_notice_by_hand(when: str, coded: int, days: int, reach: float) -> None:
    t = compiled({"notice": {**NOTICE, "when": when}})
    assert [row(t.whole)[k] for k in ("notice", "notice_days", "reach")] == [coded, days, share(reach)]
    assert t.list["noticed"].tolist() == [1, 1, 0]


def test_a_gate_tells_of_every_list_under_review() -> None:
    told = {"notice": {"lists": ["nuisance"], "when": "at the gate"}, "review": REVIEW, "correction": None}
    assert compiled(told).list["noticed"].tolist() == [1, 1, 0]


def test_review_by_hand() -> None:
    t = compiled(only("review", "notice", "correction"))
    w = row(t.whole)
    assert [w[k] for k in ("review", "stages", "file_mean", "patience_mean")] == [1, 2, 10 * 256, 100 * 256]
    assert [w[k] for k in ("capacity_1", "capacity_2", "goes_on")] == [3 * 4096, T.NO_LIMIT, share(0.4)]
    assert w["corrects"] == T.FIX_LIST | T.FIX_COPIES
    assert t.filed.tolist() == [share(p) for p in (0.1, 0.2, 0.1 * 3, 0.4, 0.5)]
    assert t.upheld.tolist() == [[share(0.1), share(0.7)], [share(0.05), share(0.9)]]
    assert t.list["reviewed"].tolist() == [1, 0, 0]
    assert t.rules["filed"][0] == 0  # no `correction` beside it
    patient = compiled({"review": {**REVIEW, "gives_up_after": None, "stages": [stage(0.5, 1, 0)]}})
    w = row(patient.whole)
    assert [w[k] for k in ("patience_mean", "stages", "capacity_1", "capacity_2", "goes_on")] == [0, 1, 2048, T.NO_LIMIT, 0]
    assert patient.upheld.tolist() == [[0, SURE], [0, 0]]


def test_gates_with_copies_and_consequences_by_hand() -> None:
    t = compiled(only("gates/train/holder", "gates/train/demand", "gates/train/trap"))
    first = row(t.gate)
    assert [first[k] for k in ("purge", "demand", "trap", "trap_default")] == [30, share(0.3), share(0.2), share(0.5)]
    assert (first["trap_category"], first["trap_mean"]) == (0, 30 * 256)
    assert t.names["holders"] == ["railway", "", "", ""]


def test_publicity_rewards_and_enrolment_by_hand() -> None:
    t = compiled(only("publicity", "rewards", "enrolment"))
    w = row(t.whole)
    assert (w["publicity"], t.list["shown"].tolist()) == (T.TO_TIES, [0, 1, 0])
    assert compiled({"publicity": {"lists": ["nuisance"], "to": "town"}}).whole["publicity"][0] == T.TO_TOWN
    assert (w["n_rewards"], row(t.reward)) == (1, {"from_grade": 0, "needs": 0b00010, "zero_sum": 1})
    assert t.names["rewards"] == ["no-deposit"]
    assert [w[k] for k in ("enrolment", "enrol_share", "enrol_needs", "join", "leave")] == [2, 0, 0b00100, share(0.5), share(0.01)]
    chosen = row(compiled({"enrolment": {"kind": "opt-in", "share": value(0.3, per="adult")}}).whole)
    assert [chosen[k] for k in ("enrolment", "enrol_share", "enrol_needs", "join", "leave")] == [T.OPT_IN, share(0.3), 0, 0, 0]


def test_officials_by_hand() -> None:
    t = compiled(only("officials"))
    w = row(t.whole)
    assert (w["n_campaigns"], row(t.campaign)) == (1, {"channel": 1, "first": 10, "last": 40, "factor": 8192})
    assert t.spare.tolist() == [[0, 0, 0], [share(0.2), 0, 0]]
    assert (w["n_selections"], row(t.selection)) == (1, {"list": 1, "share": share(0.05), "every": 4, "risk": 0})
    assert [w[k] for k in ("attention_channel", "districts", "follow", "prior", "mended")] == [1, 4, 2048, 3, 1]


def test_restraints_by_hand() -> None:
    t = compiled(only("responses"))
    w = row(t.whole)
    assert (w["aware"], w["n_restraints"]) == (share(0.5), 3)
    assert [np.flatnonzero(r).tolist() for r in t.restrained] == [[2], [3], [7]]  # crossing, theft, volunteering
    fading = t.fading[0]
    assert [int(fading[m]) for m in (0, 10, 20)] == [share(0.5), share(0.75), share(0.875)]  # the effect halves in ten weeks
    assert fading[5] == share(1 - 0.5 / math.sqrt(2))
    assert (np.diff(fading) >= 0).all()
    assert fading[-1] == SURE
    assert set(t.fading[1].tolist()) == {share(0.8)}
    assert set(t.fading[2].tolist()) == {share(0.7)}


def test_one_restraint_need_not_stand_in_a_list() -> None:
    one, many = ({"responses": {"aware": value(1, per="adult"), "deterrence": d}} for d in (restraint("theft", 1), [restraint("theft", 1)]))
    assert compiled(one).fading.tolist() == compiled(many).fading.tolist() == [[0] * 1024]


def test_silence_by_threshold_by_hand() -> None:
    responses = {"aware": value(0, per="adult"), "silence": BY_THRESHOLD}
    t = compiled({"responses": responses})
    w = row(t.whole)
    assert [w[k] for k in ("silence", "silence_start", "fear")] == [T.BY_THRESHOLD, SURE, 98_304]
    assert t.silenced.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert len(t.theta) == 60  # one for each person of a full town
    assert (np.diff(t.theta) > 0).all()
    theta = t.theta / SURE
    assert theta.mean() == pytest.approx(0.3, abs=1e-9)
    assert (theta + theta[::-1]) == pytest.approx(np.full(60, 0.6), abs=1e-9)
    within = ((theta > 0.2) & (theta < 0.4)).mean()  # one standard deviation either way
    assert within == pytest.approx(0.6827, abs=1 / 60)
    silent = row(compiled({"responses": {**responses, "silence": {**BY_THRESHOLD, "starts": "no one"}}}).whole)
    assert silent["silence_start"] == -1


def test_listed_thresholds_stand_as_they_are() -> None:
    silence = {**BY_THRESHOLD, "thresholds": {"listed": [-0.5, 0, 0.01, 1.25]}}
    t = compiled({"responses": {"aware": value(0, per="adult"), "silence": silence}})
    assert t.theta.tolist() == [-(2**31), 0, share(0.01), share(1.25)]


def test_false_records_by_group_and_by_informing() -> None:
    plain, t = compiled(), compiled(only("false_records/malice/falls_on"))
    assert t.false["cum_0"].tolist() == t.false["cum_2"].tolist() == plain.false["cum_0"].tolist()
    assert t.false["cum_1"].tolist()[:2] == plain.false["cum_1"].tolist()[:2]
    assert t.false["cum_1"][2] - plain.false["cum_1"][2] == pytest.approx(share(0.5 * 0.3 / 3), abs=1)  # half as much again of 0.3 of 3
    informed = compiled(only("responses"))  # kinds of the cameras half as much again, for everyone
    of_cameras = plain.false["cum_0"][2] - plain.false["cum_0"][0]
    for group in ("cum_0", "cum_1", "cum_2"):
        assert informed.false[group][2] - informed.false[group][0] == pytest.approx(1.5 * of_cameras, abs=2)
    assert row(informed.whole)["informs"] == 6144


def test_the_envelope_holds_for_every_group() -> None:
    """The other kinds make 0.395 a year of an envelope of 3, so that 2.605 are left for group B."""
    once = {"false_records/malice/rate": number(1)}
    assert compiled({**once, "false_records/malice/falls_on": {"B": value(2.6, unit="times")}}).false["cum_1"][2] < SURE
    with pytest.raises(InputError, match=r"malice: with those before it 3\.005 false records per person-year for group B, above") as error:
        compiled({**once, "false_records/malice/falls_on": {"B": value(2.61, unit="times")}})
    assert "envelope of 3" in str(error.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"association": {"weight": value(1.2, per="person"), "over": {"household": 1}}}, "weight is 1.2; a share lies between 0 and 1"),
        ({"association": {"weight": value(0.2, per="person"), "over": {"works": 1}}}, "unknown name 'works'.*did you mean 'work'"),
        ({"association": {"weight": value(0.2, per="person"), "over": {"work": 256}}}, "a weight lies between 0 and 255"),
        ({"rules/items/bill/relatives": "retur"}, "bill: relatives: unknown name 'retur'"),
        ({"review": {**REVIEW, "stages": [stage(1, 1, 0)] * 3}}, "3 stages; 1 or 2 are possible"),
        ({"review": {**REVIEW, "filed": {"wrong": value(1, per="record")}}}, "unknown class of error 'wrong'"),
        (
            {"officials": {"selection": {"list": "nuisance", "share": text(0.1, "share"), "every": text(10, "days")}}},
            "whole number of weeks",
        ),
        ({"responses": {"aware": value(1, per="adult"), "deterrence": restraint("theft", 0.5, weeks=0)}}, "fades must be above 0"),
        (
            {"responses": {"aware": value(1, per="adult"), "informing": {"channel": "cameras", "times": value(0.5, unit="times")}}},
            "at least 1",
        ),
        ({"gates/train/trap": {**BLOCKS["gates/train/trap"], "category": "bills"}}, "trap: category: unknown name 'bills'"),
    ],
)
def test_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compiled(changes)
