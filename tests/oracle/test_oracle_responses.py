"""Officials, responses, rewards and enrolment, in towns small enough to compute on paper (005, sections 7 and 8)."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.scheme.tables import BY_THRESHOLD, BY_UTILITY, MANDATORY, OPT_IN, TIED_TO_NEED, TO_TIES, TO_TOWN
from glasshouse.world.draws import GRADE_EVENT, TIE_EVENT, TRAP_EVENT
from tests.oracle.by_hand import SURE, HandTown, Stated, family, scheme, someone, strangers
from tests.oracle.chance import Happening, Link, observe
from tests.oracle.classes import LEFT, LEVELS, WITHIN
from tests.oracle.officials import Officials, Watch
from tests.oracle.people import E
from tests.oracle.records import NEVER, Record
from tests.oracle.responses import heard, needed_company, restraint, times

HALF = SURE // 2
LISTING: dict[str, Any] = {"items": [{"list": 0, "points": -100}], "lists": [{"shown": 1, "term": 300}]}


# -- officials ---------------------------------------------------------------------------------------------------------------


def watch(people: int = 10, **whole: int) -> Watch:
    return Watch(scheme(whole=whole).whole, people)


def test_sight_is_multiplied_step_by_step() -> None:
    given = scheme(campaigns=[{"channel": 0, "first": 10, "last": 20, "factor": 6144}], whole={"informing_channel": 0, "informs": 8192})
    town = watch(informing_channel=0, informs=8192)
    assert [Officials(town, given.campaigns, 0, day).sight(0, 1001) for day in (9, 10, 19, 20)] == [1001, 1501, 1501, 1001]
    assert Officials(town, given.campaigns, 0, 15).sight(1, 1001) == 1001  # another channel
    town.exchange(aware=1, adults=3)
    assert town.informing == 4096 + 4096 // 3
    assert Officials(town, given.campaigns, 0, 15).sight(0, 1001) == (1501 * 5461) >> 12


def test_sight_stays_within_bounds_after_each_factor() -> None:
    campaigns = [{"channel": 0, "first": 0, "last": 9, "factor": factor} for factor in (1 << 24, 1)]
    seen = Officials(watch(), scheme(campaigns=campaigns).campaigns, 0, 0).sight(0, SURE)
    assert seen == (1 << 41) >> 12 < SURE


@pytest.mark.parametrize("mended", [0, 1])
def test_attention_follows_what_was_found(mended: int) -> None:
    """Two districts, a prior of one find each, following with half the weight: 3 finds to 0 give shares of 4/5 and 1/5."""
    town = watch(attention_channel=0, districts=2, follow=2048, prior=1, mended=mended)
    first_half, second_half = Officials(town, [], 4, 0), Officials(town, [], 5, 0)
    for _ in range(3):
        first_half.found(0)
        second_half.found(1)  # another channel
    town.exchange(0, 1)
    assert town.factor == [2048 + 2048 * 2 * 4 // 5, 2048 + 2048 * 2 * 1 // 5] == [5324, 2867]
    first_half.found(0)
    assert town.found == [3 * 4096 + (4096 * 4096 // 5324 if mended else 4096), 0]
    assert (first_half.sight(0, 100), second_half.sight(0, 100)) == (129, 69)


@pytest.mark.parametrize("spared", [0, 1, 2])
def test_officials_let_acts_of_a_group_go(spared: int) -> None:
    given = scheme(items=[{"category": 0}], sensitivity=[[SURE, 0]], spare=[[SURE if group == spared else 0 for group in range(3)]])
    people = [someone(group, group, 0, group=group) for group in range(3)]
    town = watch()
    seen = [observe(given, 1, person, 5, 0, Officials(town, [], 0, 0)) is not None for person in people]
    assert seen == [group != spared for group in range(3)]


def test_officials_choose_those_with_the_lowest_scores() -> None:
    """A third of seven people is two. Equal scores: the lower home slot; no record, no choice; on the list already: the next one."""
    items = [{"points": -100}, {"points": -300}, {"points": -300, "list": 0}]
    given = scheme(items=items, lists=[{"term": 100}], selections=[{"list": 0, "share": SURE // 3, "every": 2}])
    town = HandTown(strangers(7), given, weeks=5)
    for slot, item in ((6, 1), (5, 1), (4, 1), (3, 0), (2, 2)):
        town.record(1, slot, Stated(item=item))
    on_list = [
        {s.person.slot for s in town.until(day).people if s.ledger.spells[0][0] is not None} for day in (7, 14, 15, 21, 29)
    ]  # after weeks 2 and 4
    assert on_list == [{2}, {2}, {2, 4, 5}, {2, 4, 5}, {2, 3, 4, 5, 6}]
    assert {s.ledger.spells[0][7] is not None for s in town.people if s.person.slot in (3, 4)} == {True}


# -- awareness, restraint, silence -------------------------------------------------------------------------------------------


def test_restraints_multiply_and_fade_by_weeks() -> None:
    given = scheme(restrained=[[1, 0], [1, 1]], fading=[[HALF] * 1024, [0] * 3 + [HALF] * 1021])
    assert [restraint(given, 0, weeks) for weeks in (0, 2, 3, 5000)] == [0, 0, SURE // 4, SURE // 4]
    assert [restraint(given, 1, weeks) for weeks in (2, 3)] == [0, HALF]


def test_what_is_sure_changes_nothing_and_products_are_cut() -> None:
    odd = HALF + 3
    assert [times(odd, SURE), times(SURE, odd), times(odd, odd)] == [odd, odd, (odd >> 2) * odd >> 30]
    given = scheme(restrained=[[1, 0]] * 3, fading=[[odd] * 1024, [SURE] * 1024, [odd] * 1024])
    assert restraint(given, 0, 0) == (odd >> 2) * odd >> 30 != odd * odd >> 32


@pytest.mark.parametrize(("to", "from_day"), [(0, {0: 3}), (TO_TIES, {0: 3, 1: 7, 2: 7}), (TO_TOWN, {0: 3, 1: 7, 2: 7, 3: 7})])
def test_who_hears_of_the_scheme_and_when(to: int, from_day: dict[int, int]) -> None:
    """One is entered on day 3; one lives with them, one shares a block, one is a stranger, and one a child."""
    block = [(0, 0)], [(1, 0)], [(0, 1)], [(2, 0)], [(1, 1)]
    people = [someone(i, household, place, blocks=block[i]) for i, household, place in ((0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 2, 0))]
    people.append(someone(4, 0, 2, minor=True, blocks=block[4]))
    town = HandTown(people, scheme(whole={"publicity": to}, **LISTING))
    town.record(3, 0, Stated())
    town.until(21)
    assert {s.person.slot: s.aware_from for s in town.people if s.aware_from != NEVER} == from_day


def test_the_aware_forgo_restrained_acts_and_the_never_sanctioned_are_counted_as_silent() -> None:
    given = scheme(whole={"publicity": TO_TIES}, restrained=[[1, 0]], fading=[[HALF] * 1024], **LISTING)
    town = HandTown(family(2, 1), given)
    town.record(3, 0, Stated())
    for slot in range(3):
        for day, word in ((2, HALF), (6, HALF), (8, HALF), (8, HALF - 1)):
            town.act(day, slot, word)
        town.act(8, slot, HALF, which=1)  # of another category
    town.end()
    assert town.of("forgone_acts") == {(0,): 3}  # two of the one listed on day 3, one of the other adult
    assert town.of("silent") == {(): 1}
    assert town.of("acts") == {(0,): 12 - 3, (1,): 3} and town.of("debts_arisen") == {(): 3}


def test_a_threshold_of_speaking_by_rank() -> None:
    given = scheme(theta=[0, 10, 20, 30, 40])
    assert [needed_company(given, someone(rank, 0, 0), 5) for rank in range(5)] == [0, 10, 20, 30, 40]
    assert [needed_company(given, someone(rank, 0, 0), 2) for rank in range(2)] == [10, 30]


def test_speech_falls_silent_as_others_do() -> None:
    """Ten adults who need 0, 1/10, ... to speak. One is sanctioned, which counts four times: 10/10 - 4/10, 6/10 - 4/10, 2/10 - 4/10."""
    whole = {"silence": BY_THRESHOLD, "silence_start": SURE, "fear": 4 << 16}
    town = HandTown(strangers(10), scheme(theta=[SURE * i // 10 for i in range(10)], silenced=[1, 0], whole=whole, **LISTING))
    town.record(0, 0, Stated())
    speaking = [sum(person.speaks() for person in town.until(7 * week).people) for week in range(5)]
    assert speaking == [10, 6, 2, 0, 0]
    assert heard(town.arm.scheme, 3, 1, 7) == (3 * SURE + 3) // 7 - 4 * ((SURE + 3) // 7)
    town.act(28, 9)
    town.act(28, 9, which=1)
    assert (town.until(28) and town.people[9].does(28, 0, 0), town.people[9].does(28, 1, 0)) == (False, True)


def test_those_who_begin_in_silence_stay_silent_without_a_spark() -> None:
    for least, speaking in ((1, 0), (0, 4)):
        whole = {"silence": BY_THRESHOLD, "silence_start": -1}
        town = HandTown(strangers(4), scheme(theta=[least, 1, 1, 1], silenced=[1, 0], whole=whole))
        assert [sum(p.speaks() for p in town.until(7 * week).people) for week in (0, 1)] == [0, 1 - least]
        assert sum(p.speaks() for p in town.until(14).people) == speaking


def test_the_utility_of_speech_is_read_by_desire_and_boldness() -> None:
    factor = [0] * 4096
    factor[5 * 64 + 7] = HALF
    town = HandTown(family(1), scheme(silence_factor=factor, silenced=[1, 0], whole={"silence": BY_UTILITY, "aware": SURE}))
    person = town.people[0]
    person.person.opinion, person.person.boldness = 5 << 26, (7 << 26) + 1
    assert [person.does(0, 0, word) for word in (HALF - 1, HALF)] == [True, False]
    person.person.boldness = 8 << 26
    assert not person.does(0, 0, 0)
    person.aware_from = NEVER
    assert person.does(0, 0, SURE - 1)


# -- demand, traps, rewards --------------------------------------------------------------------------------------------------


def test_the_aware_do_not_ask_where_they_expect_a_refusal() -> None:
    given = scheme(gates=[{"needs": 0, "over_needs": 1, "over": SURE}, {"demand": HALF}], **LISTING)
    for word, asked in ((HALF - 1, False), (HALF, True)):
        town = HandTown(family(1), given)
        town.record(3, 0, Stated())
        town.attempt(2, 0, word)
        town.attempt(4, 0, word)
        town.end()
        assert (town.of("forgone_attempts"), town.of("denials")) == (({}, {(0, WITHIN - 1): 1}) if asked else ({(0,): 1}, {}))
        assert town.of("attempts") == {(0,): 2}


def test_a_refusal_can_make_unable_and_lead_to_a_default() -> None:
    gate = {"trap": SURE, "trap_default": SURE, "trap_mean": 0, "trap_category": 1}
    town = HandTown(family(1), scheme(gates=[gate], **LISTING))
    town.record(3, 0, Stated())
    town.attempt(2, 0)
    town.attempt(5, 0)
    person = town.people[0]
    assert town.until(5) and person.ledger.able and not person.traps
    assert town.until(6) and not person.ledger.able and person.traps == [(6, TRAP_EVENT + 9, 1)]
    assert town.until(7) and person.ledger.debts == 1 and town.of("acts") == {(1,): 1} and town.of("debts_arisen") == {(): 1}
    person.happen(7, Happening(0, 1, "recovery"))
    assert person.ledger.able


def test_privileges_of_some_displace_others_a_week_later() -> None:
    """Two of the best grade and two of the next ask each week. As many as were privileged are displaced: here all others."""
    given = scheme(items=[{"points": -300}], grade_from=[9900], rewards=[{"from_grade": 0, "needs": 1, "zero_sum": 1}])
    town = HandTown(strangers(4), given)
    for slot in range(4):
        if slot < 2:
            town.record(0, slot, Stated())
        for day in (2, 9):
            town.attempt(day, slot, event=9 + slot)
    assert town.until(7).arm.displacing == [SURE]
    assert town.of("privileges") == {(0,): 2} and not town.of("displaced")
    assert town.until(14).of("displaced") == {(0,): 2} and town.of("privileges") == {(0,): 4}
    assert town.until(21).arm.displacing == [0]  # nobody asked


def test_a_free_reward_displaces_nobody() -> None:
    given = scheme(items=[{"points": -300}], grade_from=[9900], rewards=[{"from_grade": 0, "needs": 1}])
    town = HandTown(strangers(2), given)
    town.record(0, 0, Stated())
    for day in (2, 9):
        for slot in range(2):
            town.attempt(day, slot)
    assert town.end().of("privileges") == {(0,): 2} and not town.of("displaced")


def test_whoever_is_not_enrolled_has_no_privilege_and_can_be_displaced() -> None:
    """One of two joins, by asking for need 1; both have the best grade, and one displaces the other."""
    whole = {"enrolment": TIED_TO_NEED, "enrol_needs": 2, "join": SURE}
    given = scheme(grade_from=[9900], rewards=[{"from_grade": 0, "needs": 1, "zero_sum": 1}], whole=whole)
    town = HandTown(strangers(2), given)
    town.deeds[0, 0].append(lambda subject, today: subject.happen(today, Happening(today << 20, 8, "need", 1, 0)))
    for day in (2, 9):
        for slot in range(2):
            town.attempt(day, slot)
    assert town.until(7).arm.displacing == [SURE] and (town.of("privileges"), town.of("displaced")) == ({(0,): 1}, {})
    assert (town.end().of("privileges"), town.of("displaced")) == ({(0,): 2}, {(0,): 1})


# -- enrolment ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "share", "expected"),
    [(MANDATORY, 0, [True, True, True]), (OPT_IN, SURE, [True, True, False]), (OPT_IN, 0, [False] * 3), (TIED_TO_NEED, SURE, [False] * 3)],
)
def test_who_is_enrolled_at_first(kind: int, share: int, expected: list[bool]) -> None:
    town = HandTown(family(2, 1), scheme(whole={"enrolment": kind, "enrol_share": share}))
    assert [person.ledger.enrolled for person in town.people] == expected


@pytest.mark.parametrize("join", [0, SURE])
def test_some_needs_are_met_only_for_those_who_join(join: int) -> None:
    town = HandTown(family(1, 1), scheme(whole={"enrolment": TIED_TO_NEED, "enrol_needs": 1, "join": join}))
    for slot in range(2):
        town.attempt(2, slot)
    town.end()
    assert [person.ledger.enrolled for person in town.people] == [bool(join), False]
    assert town.of("forgone_attempts") == ({} if join else {(0,): 1})


def test_whoever_leaves_takes_everything_along_and_does_not_return() -> None:
    whole: Any = {"enrolment": TIED_TO_NEED, "enrol_needs": 1, "join": SURE, "leave": SURE}
    town = HandTown(family(1), scheme(gates=[{"purge": 9, "needs": 2}], whole=whole, **LISTING))
    town.attempt(0, 0)
    town.record(3, 0, Stated())
    town.attempt(9, 0)
    town.end()
    ledger = town.people[0].ledger
    assert town.of("spells") == {(WITHIN, LEFT, 4): 1} and town.of("left") == {(): 1}
    assert (ledger.enrolled, ledger.book, ledger.score(0)) == (False, [], 10000)
    assert town.of("forgone_attempts") == {(0,): 1} and set(town.days()) == {WITHIN}


# -- draws of what has no event of its own -----------------------------------------------------------------------------------


def test_a_link_draws_under_a_number_of_sender_and_event() -> None:
    given = scheme(lists=[{"contact_mean": 256}], rules={"filed": SURE, "corr_min": 2, "corr_mean": 512})
    record = Record(None, 1, Stated(event=(1 << 31) + 65), 0, NEVER, 0, 0, -1, 0)
    receiver = someone(3, 0, 0)
    for index in (0, -1):
        link = Link(70000, record, 0, 0, index)
        words, fate = link.words(1, receiver), link.fate(given, 1, receiver)
        assert fate.event == TIE_EVENT + ((70000 * 8191 + (1 << 31) + 65) & 0x0FFFFFFF)
        assert fate.corrected_after == (1 + (E(words[1]) * 256 >> 32) if index == 0 else 2 + (E(words[3]) * 512 >> 32))


def test_streams_of_events_do_not_meet() -> None:
    assert GRADE_EVENT + 10 * 52 < TIE_EVENT and TIE_EVENT + 0x0FFFFFFF < TRAP_EVENT and len(LEVELS) == 8
