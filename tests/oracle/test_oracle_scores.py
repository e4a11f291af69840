"""Ratings, scores of risk and investigations, in lives short enough to compute on paper (006, sections 5 and 6)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from glasshouse.scheme.tables import AFTER
from glasshouse.world.draws import GRADE_EVENT, RATING, RISK, philox_plain
from tests.oracle.by_hand import SURE, HandTown, Stated, false_scheme, family, listed_at, scheme, someone, strangers
from tests.oracle.chance import Happening, batch_record, false_record, observe, unfair_rating
from tests.oracle.classes import CENSORED, EXPIRED, FALSE_REPORT, UNRELATED, WITHIN
from tests.oracle.exchange import risk
from tests.oracle.officials import Officials, Watch
from tests.oracle.records import NO_ACT, PAYMENT

HALF = SURE // 2


# -- ratings -----------------------------------------------------------------------------------------------------------------


def rated(*, unfair: int = 0, gates: Any = (), **item: int) -> Any:
    """Need 0 is rated; ten points off below which a list by grade begins."""
    whole = {"rated_needs": 1, "rating_channel": 0, "rating_category": 0, "unfair_0": unfair}
    items = [{"points": -100, **item}]
    return scheme(items=items, lists=[{"from_grade": 1}], grade_from=[9960], whole=whole, gates=gates)


@pytest.mark.parametrize(
    ("uses", "validity", "end"),
    [(1, 0, 4), (2, 0, 6), (3, 0, 11), (4, 0, None), (0, 0, None), (3, 6, 8), (2, 6, 6), (3, 9, 11), (3, 10, 11)],
)
def test_a_record_is_gone_after_so_many_uses_or_days(uses: int, validity: int, end: int | None) -> None:
    """In effect on day 2, after a use of day 1; uses on days 3, 5 and 10."""
    town = HandTown(family(1), rated(uses=uses, validity=validity))
    town.record(2, 0, Stated())
    for day in (1, 3, 5, 10):
        town.attempt(day, 0, event=day)
    town.end()
    assert town.people[0].ledger.uses == 4
    assert [(key[1], key[2]) for key in town.of("spells")] == [(EXPIRED, end - 2) if end else (10, 26)]


def test_what_was_paid_for_is_gone_after_as_many_uses() -> None:
    """Mended by a payment on the day of the use that would have ended it: it lasts until the next use."""
    town = HandTown(family(1), rated(uses=1, repair=PAYMENT, repair_points=-50))
    town.record(2, 0, Stated())
    town.attempt(4, 0)
    town.deeds[4, 0].append(lambda subject, today: subject.ledger.pay(today))
    town.attempt(8, 0, event=10)
    ledger = town.people[0].ledger
    assert [len(town.until(day).people[0].ledger.book) for day in (5, 6, 9, 10)] == [1, 1, 1, 0]
    assert ledger.own_score(0) == 10000


def test_a_use_is_an_attempt_that_is_made_and_not_refused_by_an_adult_in_the_scheme() -> None:
    given = rated(gates=[{"list": 1, "demand": HALF}])
    given.lists.append(given.lists[0])
    given.lists[1] = scheme(lists=[{}]).lists[0]
    given.hazards.append(given.hazards[0])
    town = HandTown(family(2, 1), given)
    ledger = town.people[0].ledger
    town.people[1].ledger.enrolled = False
    for slot in range(3):
        town.attempt(1, slot)
    assert [person.ledger.uses for person in town.until(2).people] == [1, 0, 0]
    ledger.open(1, 0, 2, None, by_grade=False, chosen=True)
    ledger.settle(2)
    town.attempt(3, 0, HALF)  # refused
    town.attempt(4, 0, HALF - 1)  # forgone
    town.deeds[5, 0].append(lambda subject, today: subject.happen(today, Happening(today << 20, 9, "need", 1)))  # not rated
    assert town.until(6) and ledger.uses == 1
    assert sum(town.of("denials").values()) == sum(town.of("forgone_attempts").values()) == 1


def test_the_use_comes_before_the_rating_that_it_brings() -> None:
    """The first rating has seen one use when it takes effect, the second two: each use ends the rating of the one before."""
    town = HandTown(family(1), rated(uses=1, unfair=SURE))
    for day in (3, 13):
        town.attempt(day, 0, event=day)
    book = town.people[0].ledger.book
    assert [(len(book), [r.used for r in book]) for day in (4, 13, 14, 15) if town.until(day)] == [
        (1, [1]), (1, [1]), (2, [1, 2]), (1, [2]),
    ]  # fmt: skip
    assert town.of("acts") == {} and town.of("paths") == {(FALSE_REPORT, NO_ACT, 0, 0, -1): 1}
    assert listed_at(town.people[0]) == "01"


def test_an_unfair_rating_draws_under_the_event_of_the_attempt() -> None:
    """Unfair by the first word, the rule by the second, whether a condition is noticed by the third."""
    given = scheme(
        items=[{"checked": HALF}, {"checked": HALF}], pick_count=[[2, 0], [0, 0]], pick_item=[0, 1], pick_cum=[HALF, SURE],
        whole={"rated_needs": 1, "rating_channel": 0, "rating_category": 0, "unfair_0": HALF, "unfair_2": SURE},
    )  # fmt: skip
    seen = set()
    for event in range(40):
        unfair, item, condition, _ = philox_plain(1, 0, event, RATING)
        came = [unfair_rating(given, 1, someone(0, 0, 0, group=group), event) for group in range(3)]
        assert [record is not None for record in came] == [unfair < HALF, False, True]
        record = came[2]
        assert record is not None
        assert (record.event, record.origin, record.kind, record.channel, record.category) == (event, NO_ACT, -1, 0, 0)
        assert (record.item, record.noticed(0)) == (int(item >= HALF), condition < HALF)
        seen.add((unfair < HALF, record.item, record.noticed(0)))
    assert len(seen) == 8


def test_where_no_rule_speaks_of_ratings_none_is_taken_down() -> None:
    given = rated(unfair=SURE)
    given.pick_count = [[0, 0], [0, 0]]
    assert unfair_rating(given, 1, someone(0, 0, 0), 5) is None


# -- risk --------------------------------------------------------------------------------------------------------------------


def ranked(people: list[Any], *, weight: list[int], share: int = SURE // 2, every: int = 1, **more: Any) -> HandTown:
    selections = [{"list": 0, "share": share, "every": every, "risk": 1}]
    return HandTown(people, scheme(selections=selections, risk_weight=weight, **{"lists": [{"term": 100}], **more}))


def on_list(town: HandTown, day: int) -> set[int]:
    return {s.person.slot for s in town.until(day).people if listed_at(s)}


def test_the_highest_risks_are_listed_and_of_equals_the_lower_home_slots() -> None:
    """Two of five every second week; group B, then equals by home slot, then nobody is left but one."""
    people = [someone(slot, slot, 0, group=int(slot == 3)) for slot in range(5)]
    town = ranked(people, weight=[0, 7, 0, 0, 0, 0, 0, 0, 0], share=SURE * 2 // 5 + 1, every=2, lists=[{"term": 10}])
    assert [on_list(town, day) for day in (14, 15, 25, 28)] == [set(), {0, 3}, set(), set()]
    town = ranked(people, weight=[0, 7, 0, 0, 0, 0, 0, 0, 0], share=SURE * 2 // 5 + 1)
    assert [on_list(town, day) for day in (7, 8, 15, 22)] == [set(), {0, 3}, {0, 1, 2, 3}, {0, 1, 2, 3, 4}]


def test_a_risk_is_made_of_group_income_children_points_and_noise() -> None:
    people = [*family(2, 1), dataclasses.replace(someone(3, 1, 0, group=2), income=1)]
    town = ranked(people, weight=[1, 2, 4, 8, 16, 32, 64, 3 << 7, 1000], items=[{"points": -101}, {"points": 1}])
    town.record(1, 0, Stated())
    town.record(1, 3, Stated(item=1))
    town.until(2)
    noise = [philox_plain(1, slot, 7, RISK)[0] * 1000 >> 32 for slot in range(4)]
    assert len(set(noise)) == 4
    of = [risk(town.arm, person, 6) - noise[person.person.slot] for person in town.people]
    assert [of[0], of[1], of[3]] == [1 + 8 + 64 + (101 * 3 >> 1), 1 + 8 + 64, 4 + 16 - 2]  # -1.5, rounded down
    town.arm.scheme.rules.has_points = 0
    assert risk(town.arm, town.people[0], 6) == risk(town.arm, town.people[1], 6) - noise[1] + noise[0]


def test_a_stay_for_a_risk_rests_on_nothing() -> None:
    """At every level, unrelated, with no path, notice, review or case; under a number of its week; never corrected."""
    whole = {"notice": AFTER, "reach": SURE, "review": 1, "stages": 1, "corrects": 15}
    lists = [{"term": 10, "noticed": 1, "reviewed": 1, "performable": 1, "contact_list": 0, "contact_share": SURE}]
    town = ranked(strangers(2), weight=[0] * 9, lists=lists, whole=whole, gates=[{}], every=3)
    spell = town.until(22).people[0].ledger.spells[0][0]
    assert spell is not None and (spell.basis, spell.context, spell.performable, spell.by_grade) == (None, -1, False, False)
    assert listed_at(town.people[0]) == "01234567" and town.people[0].ledger.no_basis(21).event == GRADE_EVENT + 2
    town.end()
    assert town.of("entries") == {(0, UNRELATED): 1} and town.of("spells") == {(UNRELATED, CENSORED, 7): 1}
    assert not (town.of("paths") or town.of("appeals")) and town.of("unreviewed") == {(0,): 1, (1,): 1}


def test_children_outsiders_and_the_listed_are_not_ranked() -> None:
    town = ranked(family(3, 1), weight=[0] * 9, items=[{"list": 0}], share=SURE)
    town.people[1].ledger.enrolled = False
    town.record(2, 0, Stated())
    assert on_list(town, 8) == {0, 2}
    stays = [town.people[slot].ledger.spells[0][0] for slot in (0, 2)]
    assert [spell is not None and spell.entry for spell in stays] == [2, 7]


def test_who_is_listed_at_some_levels_is_put_on_the_list_at_the_others() -> None:
    town = ranked(family(1), weight=[0] * 9, items=[{"list": 0}], share=SURE)
    fate = Stated()
    fate.lowest = 5
    town.record(2, 0, fate)
    spells = town.until(8).people[0].ledger.spells[0]
    assert [spell.entry for spell in spells if spell is not None] == [7] * 5 + [2] * 3


def test_with_several_selections_for_a_day_the_first_of_a_list_opens_its_stays() -> None:
    for order, kinds in ((1, [WITHIN]), (-1, [UNRELATED])):
        selections = [{"list": 0, "share": SURE, "every": 1}, {"list": 0, "share": SURE, "every": 1, "risk": 1}][::order]
        town = HandTown(family(1), scheme(items=[{"points": -1}], lists=[{}], gates=[{}], selections=selections))
        town.record(2, 0, Stated())
        town.end()
        assert [kind for _, kind in town.of("entries")] == kinds


# -- investigations ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("standing", "seen_by"), [(True, 0), (False, 1)])
def test_a_channel_may_see_only_those_on_a_list(standing: bool, seen_by: int) -> None:
    """Whoever does not stand on it is seen by the next channel, if by any."""
    given = scheme(items=[{}], sensitivity=[[SURE, 0], [SURE, 0]], spare=[[0] * 3] * 2, mistaken_for=[[-1, -1]] * 2)
    given.channels = [scheme().channels[0], scheme().channels[0]]
    given.channels[0].only = 3
    officials = Officials(Watch(given.whole, 1), [], 0, 0, lambda index: standing and index == 3)
    record = observe(given, 1, someone(0, 0, 0), 5, 0, officials)
    assert record is not None and record.channel == seen_by


@pytest.mark.parametrize("standing", [True, False])
def test_false_records_of_such_a_channel_concern_only_them(standing: bool) -> None:
    given = false_scheme(origin=NO_ACT)
    given.channels[0].only = 0
    assert (false_record(given, 1, someone(0, 0, 0), 5, 4096, lambda index: standing) is not None) is standing
    given.batches, given.batch_category = given.false, given.false_category
    assert batch_record(given, 1, someone(0, 0, 0), (1 << 31) + 1, 0) is not None  # batches: as ever


def test_standing_on_a_list_is_a_stay_of_ones_own_at_level_0() -> None:
    """Neither a bond, nor a copy, nor the clean ledger's stay."""
    town = HandTown(family(2), scheme(items=[{"list": 0}], lists=[{"term": 6, "binds": 1}], gates=[{"purge": 9}]))
    town.record(2, 0, Stated())
    first, second = town.people
    assert [first.on_list(0) for day in (2, 3, 8, 9) if town.until(day)] == [False, True, True, False]
    assert first.ledger.copy_at(first.scheme.gates[0], 9) and second.ledger.bits(0)[0] and not second.on_list(0)
    fate = Stated(event=2)
    fate.lowest = 5
    first.ledger.receive(fate, 9, 0)
    assert listed_at(first) == "567" and not first.on_list(0)
