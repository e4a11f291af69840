"""What comes through ties, in towns small enough to compute on paper (005, sections 3 and 4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.by_hand import SURE, HandTown, Stated, family, scheme, someone, strangers
from tests.oracle.classes import COLLATERAL, CORRECTED, EXPIRED, MISTAKEN_IDENTITY, UNRELATED, WITHIN
from tests.oracle.exchange import value_of_tie
from tests.oracle.people import ties_of
from tests.oracle.records import ANOTHERS, PAYMENT, PLEDGE

HALF = 32768


def test_ties_are_the_others_of_the_household_and_of_the_block() -> None:
    people = [someone(0, 0, 0, blocks=[(7, 0)]), someone(1, 0, 1, blocks=[(8, 0)]), someone(2, 1, 0, blocks=[(7, 1)])]
    assert ties_of(people) == {0: [(0, 1), (1, 2)], 1: [(0, 0)], 2: [(1, 0)]}


def test_scores_follow_those_of_last_week_half_way() -> None:
    town = HandTown(family(2), scheme(items=[{"points": -1000}], whole={"alpha": HALF}))
    town.record(0, 0, Stated())
    first, second = (person.ledger for person in town.people)
    assert (town.until(7) and first.score(0), second.score(0)) == (9500, 9500)  # own 9000 and 10000, mean of the other 10000 and 9000
    assert (town.until(14) and first.score(0), second.score(0)) == (9250, 9750)
    assert (first.score(5), second.score(5)) == (9000, 10000)  # the clean ledger knows of no ties


def test_means_weigh_layers_and_round_half_up() -> None:
    people = [someone(0, 0, 0, blocks=[(0, 0)]), someone(1, 0, 1, blocks=[(1, 0)]), someone(2, 1, 0, blocks=[(0, 1)])]
    town = HandTown(people, scheme(items=[{"points": -1}, {"points": -3}], whole={"alpha": 65536}, tie_weight=[256, 128]))
    town.record(0, 1, Stated(item=0))
    town.record(0, 2, Stated(item=1))
    town.until(7)
    assert town.people[0].ledger.score(0) == 9998  # (2 * 9999 + 9997) / 3 = 9998.33
    assert town.people[2].ledger.score(0) == 10000


@pytest.mark.parametrize("alpha", [HALF, 0])
def test_one_can_be_listed_for_the_scores_of_others_alone(alpha: int) -> None:
    """The second person has 9500 in the second week and 9750 in the third, and no record; grade 1 is below 9600."""
    given = scheme(items=[{"points": -1000}], lists=[{"from_grade": 1}], grade_from=[9600], whole={"alpha": alpha})
    town = HandTown(family(2), given)
    town.record(0, 0, Stated())
    town.until(8)
    of_the_first, of_the_second = (person.ledger.spells[0] for person in town.people)
    assert all(spell is not None for spell in of_the_first)
    assert [spell is not None for spell in of_the_second] == [alpha > 0 and level < 5 for level in range(8)]
    town.until(28)
    own = UNRELATED  # no gate has the context of the record
    assert town.days() == {own: set(range(28)), **({COLLATERAL: set(range(7, 14))} if alpha else {})}
    assert town.of("paths") == {(own, 0, 0, 0, -1): 1}  # the other entry rests on no record
    assert town.of("spells") == ({(COLLATERAL, EXPIRED, 7): 1} if alpha else {})


def test_a_tie_that_costs_more_than_it_is_worth_is_dropped_by_both() -> None:
    given: dict[str, Any] = {"items": [{"points": -2000}], "tie_weight": [256, 256]}
    for worth, dropped in ((1, 4), (1 << 40, 0)):
        town = HandTown(strangers(3), scheme(whole={"alpha": HALF, "drop_mean": worth}, **given))
        town.record(0, 0, Stated())
        town.until(7)
        assert sum(town.of("ties_dropped").values()) == dropped  # with both others, two ends each
        assert town.arm.tied(0) == ([] if dropped else [(1, 1), (1, 2)])
        assert town.arm.tied(1) == ([(1, 2)] if dropped else [(1, 0), (1, 2)])
        assert town.people[0].ledger.score(0) == (8000 if dropped else 9000)  # without ties the own


def test_what_a_tie_costs_is_a_share_of_the_difference() -> None:
    """Half the weight on two ties, 2,000 tenths apart: each costs the others 500 tenths, 128,000 in 1/256."""
    town = HandTown(strangers(3), scheme(whole={"alpha": HALF, "drop_mean": 1 << 20}))
    values = [value_of_tie(town.arm, 1, 0, other) for other in (1, 2)]
    for points, kept in ((-2000, [value >= 128000 for value in values]), (-2, [True, True]), (-200000, [False, False])):
        town = HandTown(strangers(3), scheme(items=[{"points": points}], whole={"alpha": HALF, "drop_mean": 1 << 20}))
        town.record(0, 0, Stated())
        assert [(1, other) in town.until(7).arm.tied(0) for other in (1, 2)] == kept


def test_households_are_never_dropped() -> None:
    town = HandTown(family(2), scheme(items=[{"points": -5000}], whole={"alpha": 65536, "drop_mean": 1}))
    town.record(0, 0, Stated())
    assert town.until(7).arm.tied(0) == [(0, 1)] and not town.of("ties_dropped")


# -- binding, relatives, contacts --------------------------------------------------------------------------------------------


def test_a_list_binds_adults_and_children_from_the_next_week_on() -> None:
    given = scheme(items=[{"list": 0}], lists=[{"binds": 1, "term": 10}], gates=[{}])
    town = HandTown(family(2, 1), given)
    town.record(3, 0, Stated())
    town.until(28)
    assert town.days() == {WITHIN: set(range(3, 13)), COLLATERAL: set(range(7, 14))}  # free on day 13, the others from day 14
    assert town.of("sanctioned")[COLLATERAL, 7] == 2
    assert town.of("bound_days") == {(): 14}
    assert town.of("minor_sanctioned") == {(): 7}
    assert town.of("entries") == {(0, WITHIN): 1}


def test_a_bond_closes_gates_in_the_context_of_the_one_who_binds() -> None:
    given = scheme(items=[{"list": 0, "context": 3}], lists=[{"binds": 1, "term": 10}], gates=[{"context": 3}])
    town = HandTown(family(2), given)
    town.record(3, 0, Stated())
    for day in (6, 7, 13, 14):
        town.attempt(day, 1)
    town.until(28)
    assert town.of("denials") == town.of("exposures") == {(0, COLLATERAL): 2}


@pytest.mark.parametrize(("origin", "kind"), [(0, COLLATERAL), (ANOTHERS, MISTAKEN_IDENTITY)])
def test_relatives_get_a_record_of_another_item(origin: int, kind: int) -> None:
    items = [{"points": -10, "relatives": 1}, {"points": -300, "list": 0, "cond": 7, "relatives": 0}]
    town = HandTown(family(2, 1), scheme(items=items, lists=[{"term": 5}]))
    town.record(2, 0, Stated(origin=origin))
    town.until(28)
    sender, relative, child = (person.ledger for person in town.people)
    assert (sender.score(0), relative.score(0), child.score(0)) == (9990, 9700, 10000)
    assert [relative.own_score(level) for level in range(8)] == [9700] * (1 if origin else 5) + [10000] * (7 if origin else 3)
    assert town.days() == {kind: set(range(7, 12))}
    assert town.of("paths") == {(kind, origin, 0, 0, -1): 1}


@pytest.mark.parametrize("repair", [PAYMENT, PLEDGE])
def test_what_came_through_a_tie_is_never_repaired(repair: int) -> None:
    """The same item: the sender's own record is mended, the relative's is not."""
    items = [{"points": -300, "relatives": 0, "repair": repair}]
    town = HandTown(family(2), scheme(items=items))
    fate = Stated()
    fate.pledge_after = lambda item: 3  # type: ignore[method-assign]
    town.record(2, 0, fate)
    for slot in range(2):
        town.deeds[9, slot].append(lambda subject, today: subject.ledger.pay(today))
    town.until(28)
    assert [person.ledger.score(0) for person in town.people] == [10000, 9700]


@pytest.mark.parametrize(("layer", "linked"), [(0, [1]), (1, [2, 3])])
def test_contacts_are_listed_until_the_link_is_disproved(layer: int, linked: list[int]) -> None:
    """Household: adults only. A layer: children too. Disproved after no time: on the next day."""
    block: list[list[tuple[int, int]]] = [[(0, 0)], [], [(0, 1)], [(0, 2)]]
    people = [
        someone(0, 0, 0, blocks=block[0]),
        someone(1, 0, 1),
        someone(2, 1, 0, blocks=block[2]),
        someone(3, 0, 2, minor=True, blocks=block[3]),
    ]
    lists = [{"contact_list": 1, "contact_layer": layer, "contact_share": SURE}, {"term": 90}]
    town = HandTown(people, scheme(items=[{"list": 0}], lists=lists))
    town.record(6, 0, Stated())
    town.until(7)
    assert sorted(s.person.slot for s in town.people if s.links) == linked
    town.until(28)
    assert town.of("entries") == {(0, UNRELATED): 1, (1, COLLATERAL): len(linked)}
    assert town.of("spells") == {(COLLATERAL, CORRECTED, 1): len(linked)}
    assert town.days()[COLLATERAL] == {7}
