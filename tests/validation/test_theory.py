"""What rows cannot say by a number: two ways to one theory agree, printed values are those formulas give, and what must be equal is."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine import state
from glasshouse.mechanism.review import places
from glasshouse.validation import association, detection, listing, queues, records, speech
from glasshouse.validation.live import below_start, lived, logged, machine, of_kind, people_in, remembered
from glasshouse.validation.simple import associated, scheme, town, world


@pytest.mark.parametrize(("cases", "c", "published"), [(0.9, 1, 4.05), (9, 10, 3.10123845)])
def test_theory_of_the_weekly_queue(cases: float, c: int, published: float) -> None:
    """Formula and chain agree with what is published."""
    assert queues.stationary_mean(cases, c) == pytest.approx(published, abs=1e-8)
    assert queues.chain(cases, c, 4_000).mean == pytest.approx(published, abs=1e-6)
    assert c > 1 or published == pytest.approx(cases**2 / (2 * (1 - cases)))


@pytest.mark.parametrize(("capacity", "people"), [(4096, 10_000), (1500, 333), (41_003, 60), (1, 1), (0, 500)])
def test_places_add_up(capacity: int, people: int) -> None:
    """A capacity that is no whole number of cases a week adds up over the weeks."""
    weeks = [places(capacity, people, week) for week in range(300)]
    assert sum(weeks) == (capacity * people // 10_000 * 300) >> 12
    assert max(weeks) - min(weeks) <= 1


PRINTED = {
    "base-rate-test": 0.9223602, "base-rate-screening": 0.995019, "base-rate-channel": 0.352518,
    "checks-12-hits-1": 0.870774, "checks-52-hits-1": 0.925216, "checks-52-hits-2": 0.667729,
    "exposures-52-hits-1": 0.925453, "exposures-52-hits-2": 0.672895, "exposures-52-hits-3": 0.221959, "exposures-12-hits-2": 0.452440,
    "exposures-52-hits-1-detected": 0.903672, "exposures-52-hits-2-detected": 0.678266, "exposures-52-hits-3-detected": 0.414540,
    "race-listed": 0.576810, "race-wrongly-listed": 0.253486, "race-false-among-the-first": 0.703704, "race-false-first": 0.209877,
    "window-ten-years": 0.379467, "window-five-years": 0.870800,
    "valid-2-fixed": 0.293641, "valid-3-fixed": 0.095589, "valid-2-false": 0.006649,
    "circle-own-0.5": 0.555556, "circle-others-0.5": 0.111111, "ring-own": 0.57735027, "star-leaf": 0.016667,
    "fixed-term-1": 0.5, "fixed-term-0.4": 0.285714, "fixed-term-5": 0.833333,
    "restarted-term-1": 0.632121, "restarted-term-0.4": 0.329680, "restarted-term-5": 0.993262,
    "trap-share": 0.255762, "stock-without-correction": 0.91, "stock-with-correction": 0.869344, "way-back-4-6": 2 / 3,
    "granovetter-sd-10": 0.7696, "granovetter-sd-11": 1.7130, "granovetter-sd-12": 4.0211, "granovetter-sd-12.1": 4.5529,
    "granovetter-sd-12.2": 5.4792,
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_formulas_give_the_printed_values(name: str) -> None:
    """The values of a recomputation apart from these modules."""
    rows = {row.name: row for module in (association, detection, listing, records, speech) for row in module.ROWS}
    assert rows[name].target == pytest.approx(PRINTED[name], abs=5.1e-5 if name.startswith("granovetter") else 6e-7)


def test_where_all_are_alike_ties_change_nothing() -> None:
    """A constant is a fixed point: everyone at the floor, reached from above but for rounding."""
    rules = associated(0.5, {"circle": 1}, 100, floor=900)
    _, memory = remembered(machine(world(40, changes=town(100, circle=5)), rules, people=100, weeks=52, seed=203))
    assert (below_start(memory, "own") == 1000).all()
    assert np.abs(below_start(memory, "eff") - 1000).max() <= association.rounding(0.5)


def test_nothing_is_swept_where_the_weight_is_nought() -> None:
    place = world(5, changes=town(100, circle=5))
    quiet = lived(machine(place, associated(0.0, {"circle": 1}, 100), people=100, seed=206))
    plain = lived(machine(place, associated(0.5, {"circle": 0}, 100), people=100, seed=206))
    assert (quiet["grades"] == plain["grades"]).all()


def test_a_karate_club_has_its_ties() -> None:
    graph = association.karate_club()
    assert graph.shape == (34, 34) and graph.sum() == 2 * 78 and (graph == graph.T).all()


def test_arms_share_their_luck() -> None:
    """The same hits in every arm: the first entry of a life falls on the same day, so as many people are ever listed."""
    arms = [scheme(term=73), scheme(term=73, repeat="restart"), scheme(term=73, exit_mean=60)]
    counts = lived(machine(world(5), *arms, people=5_000, weeks=104, seed=71))
    assert len({int(n) for n in counts["ever_listed"].sum(axis=1)}) == 1


def test_a_restarted_spell_ends_on_time_at_the_earliest() -> None:
    counts = lived(machine(world(5), scheme(term=73, repeat="restart"), people=2_000, weeks=52, seed=71))
    assert counts["durations"][0, :, :, :73].sum() == 0 < counts["durations"][0, :, :, 73].sum()


def test_those_who_speak_are_those_whose_acts_are_done() -> None:
    """Half the town's thresholds are met: in the end it is always the same half whose acts are forgone."""
    steps = [0.0] * 10 + [0.1] * 20 + [0.3] * 20 + [0.6] * 50
    rules = speech.speech(speech.listed(steps))
    log = logged(machine(world(40, changes=town(100)), rules, people=100, weeks=30, followup=0))
    late, first = log[log["day"] >= 70], log[log["day"] < 7]
    assert len(people_in(of_kind(late, state.LOG_FORGONE))) == 50
    assert len(people_in(of_kind(first, state.LOG_FORGONE))) > 40
    assert len(of_kind(first, state.LOG_ACT)) == 0  # in the first week nobody speaks
    assert len(of_kind(late, state.LOG_FORGONE)) > 500
    assert speech.speaking(rules, people=100, weeks=30) == (50,)


def test_one_more_speaks_a_week() -> None:
    """Granovetter's hundred: the next threshold is met a week after the last, from the second exchange on."""
    rules = speech.speech(speech.listed([x * speech.PERCENT for x in speech.ALL]))
    assert speech.speaking(rules, people=100, weeks=40) == (39,)


def test_in_a_small_town_the_jump_comes_later() -> None:
    """A hundred people: at a spread of 12.5 five still speak, where a large town is all loud."""
    assert speech.speaking(*(speech.speech(speech.normal(sd)) for sd in (12.5, 20)), people=100, weeks=60) == (5, 100)
