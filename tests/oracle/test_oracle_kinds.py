"""Firms, prices, claims and misrecorded circumstances, in lives short enough to compute on paper (006, sections 1 to 4)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from glasshouse.scheme.tables import AFTER
from glasshouse.world.draws import FALSE, philox_plain
from tests.oracle.by_hand import SURE, HandTown, Stated, false_scheme, family, listed_at, scheme, someone, strangers
from tests.oracle.chance import batch_record, false_record
from tests.oracle.classes import COLLATERAL, FALSE_REPORT, GROUND_UNMET, MISRECORDED_ACT, STALE, UNRELATED, WITHIN
from tests.oracle.gates import attempt
from tests.oracle.records import ABLE, ADULT, LAWFUL, MISRECORDED, NO_ACT, OWES, OWN, PROTECTED

HALF = SURE // 2


# -- firms -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fate", "item", "levels"),
    [
        ({}, {}, "01234"),
        ({}, {"valence": PROTECTED}, "01234"),
        ({}, {"valence": LAWFUL}, "01234"),
        ({}, {"cond": OWES}, "0123"),
        ({"origin": NO_ACT, "kind": 0}, {}, "01"),
        ({"origin": MISRECORDED, "kind": 0}, {}, "012"),
        ({"origin": MISRECORDED, "item": 0, "true_item": 0}, {}, "01234"),  # as written to 2, as it was from 3 to 4
    ],
)
def test_a_firms_record_is_not_in_the_clean_ledger(fate: dict[str, Any], item: dict[str, int], levels: str) -> None:
    town = HandTown(family(1), scheme(items=[{"list": 0, "firm": 1, "fine": 1, **item}], lists=[{}]))
    town.record(2, 0, Stated(**fate))
    town.until(3)
    assert listed_at(town.people[0]) == levels and not town.of("clean_fines") and not town.of("clean_entries")


def test_what_rests_on_a_firm_alone_is_collateral() -> None:
    given = scheme(items=[{"list": 0, "firm": 1, "fine": 1}, {"list": 1}], lists=[{"term": 9}, {"term": 3}], gates=[{}, {"list": 1}])
    town = HandTown(family(1), given)
    town.record(2, 0, Stated())
    town.record(4, 0, Stated(event=2, item=1))
    town.end()
    assert town.days() == {COLLATERAL: {2, 3, *range(7, 11)}, WITHIN: {4, 5, 6}}
    assert town.of("fines") == {(COLLATERAL,): 1} and town.of("entries") == {(0, COLLATERAL): 1, (1, WITHIN): 1}


def test_a_firms_record_is_sound() -> None:
    """It is not corrected; a false one is, after three days."""
    town = HandTown(strangers(2), scheme(items=[{"list": 0, "firm": 1}], lists=[{"term": 9}]))
    for slot, origin in enumerate((OWN, NO_ACT)):
        fate = Stated(origin=origin)
        fate.corrected_after = 3
        town.record(2, slot, fate)
    town.until(6)
    assert [listed_at(person) for person in town.people] == ["01234", ""]


# -- prices ------------------------------------------------------------------------------------------------------------------


def at_the_gates(gates: list[dict[str, int]], *, comply: int = 0, over: int = 0) -> Any:
    """An attempt by someone who is on list 0 by a true record and on list 1 by none."""
    town = HandTown(family(1), scheme(items=[{"list": 0}], lists=[{}, {}], gates=gates))
    town.record(2, 0, Stated())
    ledger = town.until(3).people[0].ledger
    return attempt(ledger, 0, [], 3, lambda gate: comply < gate.compliance, lambda gate: over < gate.over)


def test_a_price_is_paid_where_the_person_is_listed_and_the_keeper_complies() -> None:
    came = at_the_gates([{"price": 40}])
    assert (came.paid, came.exposed, came.denied, came.gate) == ([(WITHIN, 40)], WITHIN, -1, -1)
    assert at_the_gates([{"price": 40, "compliance": 5}], comply=5).paid == []
    assert at_the_gates([{"price": 40, "list": 1}]).paid == []
    assert at_the_gates([{"price": 40, "needs": 2}]).paid == []


def test_every_gate_asks_its_own_price_in_its_own_class() -> None:
    came = at_the_gates([{"price": 40}, {"price": 2, "context": 5}, {"price": 7, "list": 1}])
    assert came.paid == [(WITHIN, 40), (UNRELATED, 2)] and came.exposed == WITHIN


@pytest.mark.parametrize("order", [1, -1])
def test_who_is_refused_pays_nothing_wherever_the_price_stands(order: int) -> None:
    came = at_the_gates([{"price": 40}, {"context": 5}][::order])
    assert came.paid == [] and came.denied == UNRELATED
    assert came.exposed == (WITHIN if order == 1 else UNRELATED)


def test_a_price_never_refuses_out_of_zeal_and_spares_nobody() -> None:
    came = at_the_gates([{"price": 40, "needs": 2, "over_needs": 1, "over": SURE}])
    assert (came.paid, came.exposed, came.denied) == ([], -1, -1)
    for gate, spared in (({"price": 40}, False), ({}, True)):
        town = HandTown(family(1), scheme(items=[{"list": 0}], lists=[{}], gates=[gate]))
        fate = Stated()
        fate.lowest = 5  # the clean ledger alone
        town.record(2, 0, fate)
        ledger = town.until(3).people[0].ledger
        came = attempt(ledger, 0, [], 3, lambda gate: True, lambda gate: True)
        assert (came.paid, came.spared, came.denied) == ([], spared, -1)


def test_prices_are_counted_in_counted_time_and_asked_by_copies_too() -> None:
    town = HandTown(family(1), scheme(items=[{"list": 0}], lists=[{"term": 6}], gates=[{"price": 40, "purge": 3}]))
    town.arm.times.first = 7
    town.record(2, 0, Stated())
    for day in (6, 7, 8, 10, 11):
        town.attempt(day, 0)
    town.end()
    assert town.of("paid") == {(WITHIN,): 40, (STALE,): 80} and not town.of("denials")


# -- claims ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fate", "item", "claimed", "owed", "clean"),
    [
        ({}, {}, WITHIN, 30, 100),
        ({}, {"cond": OWES}, GROUND_UNMET, 30, 0),
        ({}, {"firm": 1}, COLLATERAL, 30, 0),
        ({"origin": NO_ACT, "kind": 0}, {}, FALSE_REPORT, 0, 0),
        ({"origin": MISRECORDED, "kind": 0}, {}, MISRECORDED_ACT, 0, 0),
        ({"origin": MISRECORDED, "item": 0, "true_item": 1}, {}, MISRECORDED_ACT, 0, 7),
        ({"origin": MISRECORDED, "item": -1, "true_item": 1}, {}, -1, 0, 7),
    ],
)
def test_what_is_claimed_and_what_is_owed(fate: dict[str, Any], item: dict[str, int], claimed: int, owed: int, clean: int) -> None:
    town = HandTown(family(1), scheme(items=[{"claim": 100, "owed": 30, **item}, {"claim": 7, "owed": 7}]))
    town.record(2, 0, Stated(**fate))
    town.end()
    assert town.of("claimed") == ({(claimed,): 100} if claimed >= 0 else {})
    assert town.of("owed").get((), 0) == owed and town.of("clean_claims").get((), 0) == clean and not town.of("fines")


def test_claims_of_the_history_are_not_counted() -> None:
    town = HandTown(family(1), scheme(items=[{"claim": 100, "owed": 30}]))
    town.arm.times.first = 7
    town.record(6, 0, Stated())
    town.record(7, 0, Stated(event=2, origin=NO_ACT))
    town.end()
    assert town.of("claimed") == {(FALSE_REPORT,): 100} and not town.of("owed") and not town.of("clean_claims")


def reviewed(*, corrects: int, fine: int = 1) -> Any:
    whole = {"notice": AFTER, "reach": SURE, "review": 1, "stages": 1, "corrects": corrects}
    items = [{"list": 0, "claim": 12000, "owed": 300, "fine": fine}]
    return scheme(items=items, lists=[{"noticed": 1, "reviewed": 1, "term": 30}], whole=whole, upheld=[[SURE, SURE], [0, 0]])


@pytest.mark.parametrize(("origin", "kind"), [(MISRECORDED, MISRECORDED_ACT), (OWN, WITHIN)])
def test_a_claim_is_given_back_whole_or_not_at_all(origin: int, kind: int) -> None:
    """Whatever was owed of it; a fine comes back beside it, if there was one."""
    for corrects, fine in ((8, 1), (8, 0), (7, 1)):
        town = HandTown(family(1), reviewed(corrects=corrects, fine=fine))
        town.record(2, 0, Stated(origin=origin, kind=-1 if origin == OWN else 0))
        town.end()
        money = corrects == 8
        assert town.of("claimed") == {(kind,): 12000}
        assert town.of("returned") == ({(kind,): 12000} if money else {})
        assert town.of("refunds") == ({(kind,): 1} if money and fine else {})


def test_a_claim_is_given_back_once_for_an_event_and_rule() -> None:
    """The same rule takes points, and a list by grade follows: two cases about one record, both upheld. Another event is another."""
    given = reviewed(corrects=8)
    given.items[0].points, given.grade_from = -100, [9950, 0]
    given.lists.append(scheme(lists=[{"from_grade": 1, "noticed": 1, "reviewed": 1}]).lists[0])
    given.hazards.append(given.hazards[0])
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(origin=NO_ACT))
    town.record(9, 0, Stated(event=2, origin=NO_ACT))
    town.end()
    assert town.of("appeals") == {(1, 0): 3, (1, 1): 3}
    assert town.of("returned") == {(FALSE_REPORT,): 2 * 12000} and town.of("refunds") == {(FALSE_REPORT,): 2}


def test_correction_gives_nothing_back() -> None:
    town = HandTown(family(1), scheme(items=[{"list": 0, "claim": 100}], lists=[{}]))
    fate = Stated(origin=NO_ACT)
    fate.corrected_after = 3
    town.record(2, 0, fate)
    town.end()
    assert town.of("spells") and town.of("claimed") == {(FALSE_REPORT,): 100} and not town.of("returned")


def test_a_relatives_record_claims_as_its_sender_did() -> None:
    """Its origin is the sender's: own, so what it says is owed counts; through a tie it is in no clean ledger."""
    town = HandTown(family(2), scheme(items=[{"relatives": 1}, {"claim": 100, "owed": 30}]))
    town.record(2, 0, Stated())
    town.end()
    assert town.of("claimed") == {(COLLATERAL,): 100} and town.of("owed") == {(): 30} and not town.of("clean_claims")


# -- misrecorded circumstances -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cond", "minor", "levels"), [(ABLE | OWES, False, "012"), (ADULT, False, "012"), (ADULT, True, "012")])
def test_of_misrecorded_circumstances_only_age_is_asked(cond: int, minor: bool, levels: str) -> None:
    people = family(1, 1)
    town = HandTown(people, scheme(items=[{"list": 0, "cond": cond}], lists=[{}]))
    subject = town.people[int(minor)]
    subject.ledger.able = False
    fate = Stated(origin=MISRECORDED, kind=0)
    town.record(2, int(minor), fate)
    assert listed_at(town.until(3).people[int(minor)]) == levels
    noticing = type("Noticing", (Stated,), {"noticed": lambda self, item: True})(origin=MISRECORDED, kind=0, event=2)
    town.record(4, 1 - int(minor), noticing)
    other = town.until(5).people[1 - int(minor)]
    assert bool(listed_at(other)) == (not other.person.minor or not cond & ADULT)


def test_an_acts_misrecording_asks_for_every_condition_as_before() -> None:
    """The difference is the kind: an act written down wrongly is the person's own, with its own ground."""
    noticing = type("Noticing", (Stated,), {"noticed": lambda self, item: True})
    for kind, levels in ((-1, ""), (0, "012")):
        town = HandTown(family(1), scheme(items=[{"list": 0, "cond": OWES}], lists=[{}]))
        town.record(2, 0, noticing(origin=MISRECORDED, kind=kind))
        assert listed_at(town.until(3).people[0]) == levels


@pytest.mark.parametrize(("roles", "met"), [(0, [True] * 3), (1, [True, True, False]), (4, [False, False, True]), (5, [True] * 3)])
def test_a_kind_meets_those_whose_role_it_names(roles: int, met: list[bool]) -> None:
    """A resident, a child (role 0 here), and someone with role 2."""
    people = [someone(0, 0, 0), someone(1, 0, 1, minor=True), dataclasses.replace(someone(2, 1, 0), role=2)]
    came = [false_record(false_scheme(roles=roles), 1, person, 5, 4096, lambda index: False) for person in people]
    assert [record is not None for record in came] == met
    assert {(r.origin, r.kind, r.true_item) for r in came if r is not None} == {(MISRECORDED, 0, -1)}


def test_a_batch_can_misrecord_too() -> None:
    given = false_scheme()
    given.batches = given.false
    given.batch_category = [[SURE, SURE]]
    record = batch_record(given, 1, someone(0, 0, 0), (1 << 31) + 1, 0)
    assert record is not None and (record.origin, record.kind, record.true_item) == (MISRECORDED, 1, -1)
    town = HandTown(family(1), scheme(items=[{"list": 0}], lists=[{"term": 3}]))
    town.record(2, 0, record)
    town.end()
    assert town.of("paths") == {(MISRECORDED_ACT, MISRECORDED, 0, 0, 1): 1}


def test_the_kind_of_a_false_record_is_drawn_before_anything_is_asked_of_it() -> None:
    """What one kind drops does not become another kind."""
    kinds = [{"origin": NO_ACT, "roles": 4}, {"origin": NO_ACT}]
    for kind, cum in zip(kinds, (HALF, SURE), strict=True):
        kind |= dict.fromkeys(("cum_0", "cum_1", "cum_2"), cum)
    given = scheme(items=[{}], false=kinds, false_category=[[SURE, SURE]] * 2)
    for event in range(20):
        record = false_record(given, 1, someone(0, 0, 0), event, 4096, lambda index: False)
        assert (record is not None and record.kind == 1) == (philox_plain(1, 0, event, FALSE)[0] >= HALF)
