"""Notice, review, copies, amnesty and drift, in lives short enough to compute on paper (005, sections 5 and 6)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from glasshouse.scheme.tables import AFTER, AT_GATE, BEFORE
from tests.oracle.by_hand import SURE, HandTown, Stated, family, scheme, strangers
from tests.oracle.classes import AMNESTY, CENSORED, CORRECTED, EXPIRED, FALSE_REPORT, MISTAKEN_IDENTITY, STALE, WITHIN
from tests.oracle.notice import decided
from tests.oracle.records import ANOTHERS, MISRECORDED, NO_ACT, Case
from tests.oracle.review import FILED, GIVEN_UP, REJECTED, UPHELD, WAITED

ALL = 15  # list, points, copies, money
LIST, POINTS, COPIES, MONEY = 1, 2, 4, 8


def reviewed(when: int = AFTER, *, corrects: int = ALL, upheld: tuple[int, int] = (0, SURE), **whole: int) -> Any:
    """One list under notice and review, with a term of 30 days; the item takes points and carries a fine."""
    whole = {"notice": when, "reach": SURE, "review": 1, "stages": 1, "corrects": corrects, **whole}
    return scheme(
        items=[{"list": 0, "points": -100, "fine": 1}], lists=[{"noticed": 1, "reviewed": 1, "term": 30}],
        gates=[{"purge": 5}], whole=whole, upheld=[list(upheld), list(upheld)],
    )  # fmt: skip


def test_an_upheld_case_mends_list_points_copies_and_money() -> None:
    town = HandTown(family(1), reviewed(notice_days=3))
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert town.of("spells") == {(FALSE_REPORT, CORRECTED, 5): 1}  # known on day 5, filed, decided after the week: ends on day 7
    assert town.days() == {FALSE_REPORT: set(range(2, 7))}  # and no copy stands
    assert town.people[0].ledger.own_score(0) == 10000
    assert town.of("fines") == town.of("refunds") == {(FALSE_REPORT,): 1}
    assert town.of("appeals") == {(1, FILED): 1, (1, UPHELD): 1}
    assert town.of("unreviewed") == {(0,): 1}  # they heard of it after the day of entry


@pytest.mark.parametrize("corrects", [LIST, POINTS, COPIES, MONEY])
def test_what_is_corrected_is_only_what_the_scheme_says(corrects: int) -> None:
    town = HandTown(family(1), reviewed(corrects=corrects))
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert town.of("spells") == ({(FALSE_REPORT, CORRECTED, 5): 1} if corrects == LIST else {(FALSE_REPORT, CENSORED, 26): 1})
    assert town.days() == {
        FALSE_REPORT: set(range(2, 7 if corrects == LIST else 28)),
        **({STALE: set(range(7, 12))} if corrects == LIST else {}),
    }
    assert town.people[0].ledger.own_score(0) == (10000 if corrects == POINTS else 9900)
    assert bool(town.of("refunds")) == (corrects == MONEY)
    assert not town.of("unreviewed")  # heard of it on the day of entry, and the case was decided


def test_a_sound_record_that_is_upheld_stays_in_the_clean_ledger() -> None:
    town = HandTown(family(1), reviewed(upheld=(SURE, 0)))
    town.record(2, 0, Stated())
    town.end()
    spells = town.people[0].ledger.spells[0]
    assert [spell is not None for spell in spells] == [False] * 5 + [True] * 3
    assert [town.people[0].ledger.own_score(level) for level in range(8)] == [10000] * 5 + [9900] * 3
    assert len(town.of("spared")) == 21


def test_a_misrecorded_act_keeps_its_true_coding() -> None:
    town = HandTown(family(1), reviewed())
    town.record(2, 0, Stated(origin=MISRECORDED, true_item=0))
    town.end()
    assert [spell is not None for spell in town.people[0].ledger.spells[0]] == [False] * 3 + [True] * 5


def test_a_list_ends_when_the_last_record_it_rests_on_is_lifted() -> None:
    """Two records, one decision a week: one is lifted on day 7, the other on day 14."""
    town = HandTown(family(1), reviewed(capacity_1=one_a_week(1)))
    town.record(2, 0, Stated(event=1, origin=NO_ACT))
    town.record(3, 0, Stated(event=2, origin=ANOTHERS))
    town.end()
    assert town.of("spells") == {(FALSE_REPORT, CORRECTED, 12): 1}


def test_nobody_files_what_they_never_hear_of() -> None:
    for when in (0, AT_GATE):
        town = HandTown(family(1), reviewed(when))
        town.record(2, 0, Stated(origin=NO_ACT))
        town.end()
        assert not town.of("appeals") and town.of("unreviewed") == {(0,): 1, (1,): 1}


def test_at_the_gate_the_first_refusal_tells() -> None:
    town = HandTown(family(1), reviewed(AT_GATE))
    town.record(2, 0, Stated(origin=NO_ACT))
    town.attempt(9, 0)
    town.end()
    assert town.of("denials") == {(0, FALSE_REPORT): 1}
    assert town.of("spells") == {(FALSE_REPORT, CORRECTED, 12): 1}


def test_those_whom_notice_does_not_reach_hear_at_the_gate() -> None:
    for when in (BEFORE, AFTER):
        town = HandTown(family(1), reviewed(when, reach=0, notice_days=1))
        town.record(2, 0, Stated(origin=NO_ACT))
        town.attempt(15, 0)
        town.end()
        assert set(town.of("spells")) == {(FALSE_REPORT, CORRECTED, 21 - 2 - (when == BEFORE))}


def test_a_case_whose_spell_is_over_lapses() -> None:
    given = reviewed()
    given.lists[0].term = 3
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert not town.of("appeals") and town.of("spells") == {(FALSE_REPORT, EXPIRED, 3): 1}


# -- one case at a time --------------------------------------------------------------------------------------------------------


def by_grade(term: int, *, corrects: int = LIST, **whole: int) -> Any:
    """One list by grade; after its term, or after a review, the same record opens it again on the same day."""
    whole = {"notice": AFTER, "reach": SURE, "review": 1, "stages": 1, "corrects": corrects, **whole}
    return scheme(
        items=[{"grade": 1}], lists=[{"noticed": 1, "reviewed": 1, "from_grade": 1, "term": term}], grade_from=[9000], whole=whole,
        upheld=[[0, SURE], [0, SURE]],
    )  # fmt: skip


def test_a_case_that_nobody_has_filed_yet_gives_way_to_the_next() -> None:
    """Entries on days 2, 5, 8, ...; each is heard of after four days, when the next has begun."""
    town = HandTown(family(1), by_grade(3, notice_days=4))
    town.record(2, 0, Stated(origin=NO_ACT))
    ledger = town.people[0].ledger
    assert [[case.day for case in ledger.filings] for day in (3, 6, 12) if town.until(day)] == [[2], [5], [11]]
    assert not town.end().of("appeals")


def test_two_records_of_one_act_on_one_list_have_one_case() -> None:
    """The second record takes the place of the first before anybody hears of either; it is lifted, and the first stands."""
    given = reviewed(AT_GATE)
    given.items.append(SimpleNamespace(**vars(given.items[0])))
    given.items[0].also = 1
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(origin=NO_ACT))
    town.attempt(9, 0)
    town.end()
    assert town.of("appeals") == {(1, FILED): 1, (1, UPHELD): 1}
    assert town.of("spells") == {(FALSE_REPORT, CENSORED, 26): 1} and town.people[0].ledger.own_score(0) == 9900


def test_a_case_that_waits_stays_alone() -> None:
    """Entries on days 2, 12 and 22; the case of the first waits for a decision that never comes, and the others have none."""
    town = HandTown(family(1), by_grade(10, capacity_1=0))
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert town.of("appeals") == {(1, FILED): 1}
    assert town.of("spells") == {(FALSE_REPORT, EXPIRED, 10): 2, (FALSE_REPORT, CENSORED, 6): 1}
    assert town.of("unreviewed") == {(1,): 3}  # each was told of on its first day; none was reviewed in time


def test_once_a_case_is_decided_the_next_may_be_opened() -> None:
    """The list is ended every week, and entered again, because nobody mends the grade."""
    town = HandTown(family(1), by_grade(0))
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert town.of("appeals") == {(1, FILED): 4, (1, UPHELD): 4}
    assert town.of("spells") == {(FALSE_REPORT, CORRECTED, 5): 1, (FALSE_REPORT, CORRECTED, 7): 2, (FALSE_REPORT, CENSORED, 7): 1}


def test_after_a_case_has_lapsed_or_was_given_up_the_next_may_be_opened() -> None:
    """Lapsed: entries every four days from day 2; the first case, filed on day 4, lapses. Given up: at the end of every week."""
    lapsing = HandTown(family(1), by_grade(4, notice_days=2))
    giving_up = HandTown(family(1), by_grade(9, capacity_1=0, patience_mean=1))
    for town in (lapsing, giving_up):
        town.record(2, 0, Stated(origin=NO_ACT, notice=(0, 0, 0, SURE - 1)))
    lapsing.until(7)
    assert not lapsing.people[0].ledger.filings and not lapsing.of("appeals")
    assert lapsing.until(14).people[0].ledger.cases[1, 0].day == 10
    giving_up.end()
    assert giving_up.of("appeals") == {(1, FILED): 3, (1, GIVEN_UP): 3}  # entries on days 2, 11 and 20


def test_only_the_spells_that_the_record_itself_opened_end() -> None:
    """The spell of the first record is over, and another record has opened the list again: a case about the first does not touch it."""
    given = reviewed(AT_GATE, corrects=LIST)
    given.items[0].term = 4
    given.items.append(SimpleNamespace(**{**vars(given.items[0]), "term": 30}))
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(event=1, origin=NO_ACT))
    town.record(8, 0, Stated(event=2, item=1, origin=NO_ACT))
    ledger = town.people[0].ledger
    town.until(9)
    first, second = ledger.book
    decided(ledger, Case(first.fate, 0, 1, 8, first), True, 9)
    assert ledger.spells[0][0] is not None and ledger.spells[0][0].basis is second
    decided(ledger, Case(second.fate, 0, 1, 8, second), True, 9)
    assert ledger.spells[0] == [None] * 8


def test_a_rejection_that_is_sent_on_is_no_decision() -> None:
    """Rejected after the first week and sent on to a stage that decides nothing: the term ends without a review."""
    given = reviewed(stages=2, goes_on=SURE, capacity_2=0)
    given.upheld, given.lists[0].term = [[0, 0], [0, 0]], 12
    for goes_on, unreviewed in ((SURE, {(1,): 1}), (0, {})):
        given.whole.goes_on = goes_on
        town = HandTown(family(1), given)
        town.record(2, 0, Stated(origin=NO_ACT))
        assert town.end().of("unreviewed") == unreviewed


# -- notice before -----------------------------------------------------------------------------------------------------------


def test_with_notice_before_a_record_waits() -> None:
    given = reviewed(BEFORE, notice_days=10)
    given.filed = [0] * 5
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert town.days() == {FALSE_REPORT: set(range(12, 28))}
    assert not town.of("appeals") and town.of("unreviewed") == {(1,): 1}  # there was notice, and no review


@pytest.mark.parametrize("origin", [NO_ACT, 0])
def test_a_stay_until_the_decision(origin: int) -> None:
    """Filed on day 2, decided after the first week. Upheld and wrong: never; upheld, sound: clean ledger only; rejected: on day 7."""
    for upheld in (0, SURE):
        town = HandTown(family(1), reviewed(BEFORE, notice_days=10, upheld=(upheld, upheld)))
        town.record(2, 0, Stated(origin=origin))
        town.end()
        active = [spell is not None for spell in town.people[0].ledger.spells[0]]
        last = 2 if origin else 8
        assert active == [(level >= 5 and not origin if upheld else level < last) for level in range(8)]
        assert (set(town.days()), bool(town.of("spared"))) == ((set(), not origin) if upheld else ({2 if origin else WITHIN}, False))
        assert town.of("appeals") == {(1 if origin else 4, FILED): 1, (1 if origin else 4, UPHELD if upheld else REJECTED): 1}
        if not upheld:
            assert min(day for days in town.days().values() for day in days) == 7
            assert not town.of("unreviewed")


def two_lists(**whole: int) -> Any:
    """A rule that names a list with notice before, and brings a grade by which another is entered."""
    whole = {"notice": BEFORE, "reach": SURE, "notice_days": 10, "review": 1, "stages": 1, "corrects": ALL, **whole}
    lists = [{"noticed": 1, "reviewed": 1, "term": 300}, {"noticed": 1, "reviewed": 1, "from_grade": 1, "term": 300}]
    return scheme(items=[{"list": 0, "grade": 1}], lists=lists, gates=[{"list": 0}, {"list": 1}], grade_from=[9000], whole=whole)


TOLD = [(0, SURE, 10, {(1,): 2}), (SURE, SURE, 0, {(1,): 2}), (0, 0, 10, {(0,): 2, (1,): 2}), (SURE, SURE, 10, {})]


@pytest.mark.parametrize(("filed", "reach", "days", "unreviewed"), TOLD)
def test_what_was_told_before_holds_for_every_list_that_the_record_opens(
    filed: int, reach: int, days: int, unreviewed: dict[Any, int]
) -> None:
    """Told and not filed, or too late: notice, no review. Not reached: neither. Stayed and rejected: its one case counts for both lists.

    A refusal later on tells nobody anything new.
    """
    given = two_lists(reach=reach, notice_days=days)
    given.filed = [filed] * 5
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(origin=NO_ACT))
    town.attempt(15, 0)
    town.end()
    assert town.of("entries") == {(0, FALSE_REPORT): 1, (1, FALSE_REPORT): 1}
    assert town.of("unreviewed") == unreviewed
    assert town.of("appeals") == ({(1, FILED): 1, (1, REJECTED): 1} if filed and days else {})


@pytest.mark.parametrize(("waiting", "stayed"), [(3, 5), (5, 3)])
def test_what_was_stayed_takes_its_turn_among_the_records_due(waiting: int, stayed: int) -> None:
    """Both were made on day 2 and take effect on day 7: one after notice, one after its rejection. The lower event opens the list."""
    given = reviewed(BEFORE, notice_days=5, upheld=(0, 0))
    given.filed = [SURE // 2] * 5
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(event=stayed, origin=NO_ACT))
    town.record(2, 0, Stated(event=waiting, origin=NO_ACT, notice=(0, SURE - 1, 0, 0)))
    town.until(8)
    ledger = town.people[0].ledger
    spell = ledger.spells[0][0]
    assert spell is not None and spell.basis is not None and (spell.entry, spell.bases) == (7, 2)
    assert [record.fate.event for record in ledger.book] == [3, 5] and spell.basis.fate.event == 3


# -- the queue ---------------------------------------------------------------------------------------------------------------


def one_a_week(people: int) -> int:
    """Capacity in 1/4096 per 10,000 people."""
    return -(-4096 * 10000 // people)


def test_first_come_first_served_by_file_day_and_home_slot() -> None:
    """Three file in the first week, one is decided after each; who comes later waits longer."""
    town = HandTown(strangers(4), reviewed(capacity_1=one_a_week(4)))
    for day, slot in ((3, 1), (3, 0), (2, 2), (5, 3)):
        town.record(day, slot, Stated(event=slot + 1, origin=NO_ACT))
    town.end()
    assert town.of("spells") == {(FALSE_REPORT, CORRECTED, days): 1 for days in (7 - 2, 14 - 3, 21 - 3)} | {(FALSE_REPORT, CENSORED, 23): 1}
    assert town.of("appeals") == {(1, FILED): 4, (1, UPHELD): 4, (1, WAITED): 0 + 1 + 2 + 3}
    assert [person.ledger.spells[0][0] is None for person in town.people] == [True, True, True, False]  # its effect is on day 28


def test_half_a_case_a_week() -> None:
    town = HandTown(strangers(2), reviewed(capacity_1=one_a_week(4)))
    queue = town.arm.queue
    assert [queue.served(1, week) for week in range(6)] == [0, 1, 0, 1, 0, 1]


def test_those_who_wait_too_long_give_up_before_they_are_served() -> None:
    """Patience of no time at all in the mean of the draw: a day, which is over by the end of the week."""
    given = reviewed(patience_mean=1)
    town = HandTown(strangers(2), given)
    town.record(2, 0, Stated(origin=NO_ACT, notice=(0, 0, 0, SURE - 1)))
    town.end()
    assert town.of("appeals") == {(1, FILED): 1, (1, GIVEN_UP): 1}
    assert town.of("spells") == {(FALSE_REPORT, CENSORED, 26): 1}


def test_the_second_stage_comes_a_week_later_and_decides_for_good() -> None:
    given = reviewed(stages=2, goes_on=SURE)
    given.upheld = [[0, 0], [0, SURE]]
    town = HandTown(family(1), given)
    town.record(2, 0, Stated(origin=NO_ACT))
    town.end()
    assert town.of("spells") == {(FALSE_REPORT, CORRECTED, 12): 1}
    assert town.of("appeals") == {(1, FILED): 1, (1, UPHELD): 1, (1, WAITED): 1}


def test_after_the_last_exchange_a_case_waits_as_long_as_the_last_did() -> None:
    """Two cases in the last week but one; the second is decided in the last, after one week. A third files in week 4: week 5, day 42."""
    given = reviewed(AT_GATE, capacity_1=one_a_week(3))
    given.lists[0].term = 300
    town = HandTown(strangers(3), given, followup=100)
    for slot, refused in ((0, 15), (1, 15), (2, 30)):
        town.record(3, slot, Stated(event=slot + 1, origin=ANOTHERS))
        town.attempt(refused, slot)
    town.end()
    assert town.of("spells") == {(MISTAKEN_IDENTITY, CORRECTED, days - 3): 1 for days in (21, 28, 42)}


# -- copies, amnesty, drift --------------------------------------------------------------------------------------------------


def test_a_copy_refuses_until_it_is_purged() -> None:
    given = scheme(items=[{"list": 0}], lists=[{"term": 4}], gates=[{"purge": 5}])
    town = HandTown(family(1), given)
    town.record(6, 0, Stated())
    for day in (9, 10, 14, 15):
        town.attempt(day, 0)
    town.end()
    assert town.days() == {WITHIN: set(range(6, 10)), STALE: set(range(10, 15))}
    assert town.of("denials") == town.of("exposures") == {(0, WITHIN): 1, (0, STALE): 2}


@pytest.mark.parametrize(("every", "ends"), [(0, {(5, AMNESTY), (20, CENSORED)}), (10, {(5, AMNESTY), (7, AMNESTY), (1, EXPIRED)})])
def test_an_amnesty_ends_every_spell(every: int, ends: set[tuple[int, int]]) -> None:
    """Amnesty on day 5, and on days 15 and 25 if it comes again. Entries on days 0 and 8, for 20 days; a repeat on day 20, for one."""
    given = scheme(items=[{"list": 0, "term": 20}, {"list": 0, "term": 1}], lists=[{"amnesty_first": 5, "amnesty_every": every}])
    town = HandTown(family(1), given)
    for day, item in ((0, 0), (8, 0), (20, 1)):
        town.record(day, 0, Stated(event=day + 1, item=item))
    town.end()
    assert {(days, cause) for _, cause, days in town.of("spells")} == ends


def test_points_drift_to_nothing() -> None:
    given = scheme(items=[{"points": -100}, {"points": 50}], whole={"drift_points": 30, "drift_every": 5})
    town = HandTown(family(1), given)
    town.record(1, 0, Stated(item=0))
    town.record(3, 0, Stated(event=2, item=1))
    ledger = town.people[0].ledger
    scores = {day: town.until(day + 1) and ledger.score(0) for day in (5, 6, 8, 11, 13, 16, 21, 26)}
    assert scores == {5: 9950, 6: 9980, 8: 9950, 11: 9980, 13: 9960, 16: 9990, 21: 10000, 26: 10000}
