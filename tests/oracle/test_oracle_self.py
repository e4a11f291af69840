"""The oracle by itself: facts that hold whatever the integers are. That it equals the engine is tested beside the engine."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.variants import alone, error_free
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from tests.cases.load import read_yaml
from tests.oracle.arm import Counters
from tests.oracle.classes import COLLATERAL, GROUND_UNMET, LAWFUL_CONDUCT, LEVELS, PROTECTED_CONDUCT, SPARED, class_of
from tests.oracle.compare import compare, summed
from tests.oracle.model import run_oracle
from tests.oracle.people import permute, townspeople
from tests.oracle.random_schemes import random_scheme
from tests.oracle.random_whole import SWITCHES, some_mechanisms, switched_on

DATA = Path(__file__).parents[1] / "data"
WEEKS, FOLLOWUP = 26, 400
SURE = 1 << 32
WITHOUT_TIES = {1, 2, 3, 4, 7, 8, 9, 10}  # classes that need no copy, tie or other arm
ERRORS = {1, 2, 3}
NO_FALSE = {"cum_0": 0, "cum_1": 0, "cum_2": 0}


@lru_cache(maxsize=1)
def town_tables() -> tuple[Any, Any, Any]:
    """World tables, scheme tables, tables of no scheme."""
    world = World.model_validate(read_yaml(DATA / "testville-world.yaml"))
    tables = compile_world(world)
    scheme = Scheme.model_validate(read_yaml(DATA / "testville-scheme.yaml"))
    return tables, compile_scheme(scheme, world, tables), no_scheme(world, tables)


def changed(tables: Any, **fields: Any) -> Any:
    """Copies of tables in which some arrays are replaced, or some columns of a structured array (`item={"checked": 0}`)."""
    new = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            array = getattr(tables, name).copy()
            for column, filled in value.items():
                array[column] = filled
            value = array
        new[name] = value
    return dataclasses.replace(tables, **new)


def run(*schemes: Any, seed: int = 5, people: int = 60, history: int = 0, pairs: Any = None, world: Any = None) -> list[Counters]:
    return run_oracle(world or town_tables()[0], list(schemes), seed, people, WEEKS, history, FOLLOWUP, pairs)


def total(counters: Counters, name: str) -> int:
    return sum(counters[name].values())


def by_class(counters: Counters, name: str, place: int) -> dict[int, int]:
    return {key[0]: n for key, n in summed(counters[name], place).items()}


def clean(scheme: Any) -> Any:
    """Without false records, batches and misrecording."""
    return changed(scheme, false=NO_FALSE, batch={"share": 0}, channel={"mis_share": 0})


@pytest.mark.parametrize("x", [1, 2, 5, 60, 61, 100])
def test_the_shuffle_is_a_shuffle(x: int) -> None:
    assert sorted(permute((1, 2, 3, 4), i, x) for i in range(x)) == list(range(x))


@pytest.mark.parametrize(
    ("present", "kind"),
    [("01234567", 10), ("0123456", 8), ("012345", 7), ("01234", 5), ("0123", 4), ("012", 3), ("01", 2), ("0", 1), ("", -1)],
)
def test_the_class_is_the_first_whose_removal_lifts_the_sanction(present: str, kind: int) -> None:
    assert class_of([str(level) in present for level in LEVELS]) == kind


def test_what_decides_between_classes() -> None:
    everywhere, nowhere, only_clean, false_hit = [True] * 8, [False] * 8, [False] * 5 + [True] * 3, [True] + [False] * 7
    assert class_of(everywhere, induced=True, unrelated=True) == 6
    assert class_of(everywhere, unrelated=True) == 9
    assert (class_of(only_clean), class_of(only_clean, copy=True), class_of(nowhere, copy=True)) == (SPARED, 0, 0)
    assert class_of(false_hit, copy=True, induced=True, unrelated=True) == 1
    shielding = [True, False, True, True, True, True, True, True]  # a false hit at level 1 does not matter if level 5 stands
    assert class_of(shielding) == 10


def test_everyone_has_a_place_of_their_own_and_a_household_with_an_adult_first() -> None:
    people = townspeople(town_tables()[0], 3, 0, 60)
    assert len({(p.household, p.place) for p in people}) == 60
    assert all(not p.minor for p in people if p.place == 0)
    assert any(p.minor for p in people)
    assert {p.role for p in people if p.minor} == {1}
    assert len({p.group for p in people}) == 3


def test_an_arm_does_not_feel_the_others() -> None:
    _, scheme, none = town_tables()
    alone, beside = run(scheme), run(none, scheme, clean(scheme))
    assert compare(alone, beside[1:2]) == []


def test_no_scheme_counts_no_scheme() -> None:
    (none,) = run(town_tables()[2])
    lived = {"adult_days", "minor_days", "attempts", "acts", "debts_arisen", "debts_paid", "debtors", "debts_start"}
    assert {name for name in none if total(none, name)} == lived
    assert total(none, "attempts") > 100
    assert total(none, "debts_paid") > 0


def test_days_entries_and_stays_add_up() -> None:
    (s,) = run(town_tables()[1])
    assert total(s, "adult_days") + total(s, "minor_days") == 60 * 7 * WEEKS
    assert total(s, "entries") == total(s, "spells") > 20
    assert by_class(s, "entries", 1) == by_class(s, "spells", 0)
    assert total(s, "grades") * 7 * WEEKS == total(s, "adult_days")  # a grade for every adult, none for a child
    assert sum(s["class_days"].values()) == total(s, "sanctioned")
    assert set(by_class(s, "sanctioned", 0)) == set(by_class(s, "ever", 0)) == WITHOUT_TIES


def test_every_entry_by_record_came_some_way() -> None:
    """Testville's last list goes by grade; its entries have no way, and without it there are no others."""
    scheme = town_tables()[1]
    (all_lists,), (by_record,) = run(scheme), run(changed(scheme, list={"from_grade": -1}))
    by_grade = sum(n for (index, _, _), n in all_lists["entries"].items() if index == 2)
    assert total(all_lists, "entries") == total(all_lists, "paths") and by_grade > 0
    assert total(by_record, "entries") == total(by_record, "paths") > 10
    assert by_class(by_record, "entries", 1) == by_class(by_record, "paths", 0)


def test_without_false_records_nothing_is_false() -> None:
    s, c = run(town_tables()[1], clean(town_tables()[1]))
    for name, place in (("sanctioned", 0), ("entries", 1), ("denials", 1), ("exposures", 1), ("fines", 0), ("ever", 0)):
        assert ERRORS & set(by_class(s, name, place))
        assert not ERRORS & set(by_class(c, name, place))
    assert total(c, "spared") == total(c, "spared_denials") == 0  # every clean record is in the scheme's own book
    assert {GROUND_UNMET, PROTECTED_CONDUCT, LAWFUL_CONDUCT} <= set(by_class(c, "sanctioned", 0))  # rules that make these still make them


def test_the_clean_ledger_is_that_of_a_clean_scheme() -> None:
    """Sanctioned days of the clean ledger: those of the scheme that stand at level 5, and the spared. Payments are held equal."""
    equal = changed(town_tables()[1], rules={"pay_listed": town_tables()[1].rules["pay"]})
    s, c = run(equal, changed(clean(equal), item={"checked": 1 << 32}))
    within = summed({k: n for k, n in s["sanctioned"].items() if k[0] > COLLATERAL}, 1, 2) + summed(s["spared"], 0, 1)
    assert within == summed(c["sanctioned"], 1, 2)
    assert total(s, "spared") > 0


def test_conditions_always_noticed_leave_no_ground_unmet() -> None:
    (s,) = run(changed(town_tables()[1], item={"checked": 1 << 32}))
    assert GROUND_UNMET not in by_class(s, "sanctioned", 0)
    assert total(s, "sanctioned") > 0


def test_a_mechanism_that_is_off_changes_nothing() -> None:
    """Zero shares and means behind a switch: the draws of everything else stay where they are."""
    scheme = town_tables()[1]
    off = changed(clean(scheme), gate={"over": 0})
    absent = changed(
        off,
        false=scheme.false[:0],
        false_category=scheme.false_category[:0],
        batch=scheme.batch[:0],
        batch_category=scheme.batch_category[:0],
        mistaken_for=np.full_like(scheme.mistaken_for, -1),
        gate={"over": 0, "over_needs": 0},
    )
    one, two = run(off, absent)
    assert compare([one], [two]) == []
    assert total(one, "sanctioned") > 0


def test_seeing_more_makes_more_records() -> None:
    """With fines for everything, all channels seeing more never means fewer fines (payments do not depend on records here)."""
    scheme = changed(
        clean(town_tables()[1]), item={"fine": 1, "cond": 0, "validity": 20}, rules={"pay_listed": town_tables()[1].rules["pay"]}
    )
    less = changed(scheme, sensitivity=scheme.sensitivity // 2)
    few, many = run(less, scheme)
    assert 0 < total(few, "fines") < total(many, "fines")
    assert few["acts"] == many["acts"]


def test_stricter_bounds_sanction_no_fewer_days() -> None:
    scheme = town_tables()[1]
    strict = changed(scheme, grade_from=scheme.grade_from + np.array([0, 200, 200, 0]))
    few, many = (summed(c["sanctioned"], 1, 2) for c in run(scheme, strict))
    assert all(many[day] >= n for day, n in few.items())
    assert sum(few.values()) < sum(many.values())


def test_history_moves_the_window_not_the_lives() -> None:
    """Counting from day 0 and from day 182: the second half of the first is what the second counts, for acts that need no debt."""
    _, _, none = town_tables()
    whole = run_oracle(town_tables()[0], [none], 5, 60, 2 * WEEKS, 0, FOLLOWUP)[0]["attempts"]
    halves = run(none)[0]["attempts"] + run(none, history=7 * WEEKS)[0]["attempts"]
    assert whole == halves


def test_the_last_town_is_smaller_and_towns_do_not_meet() -> None:
    scheme = town_tables()[1]
    first, both = run(scheme)[0], run(scheme, people=75)[0]
    assert total(both, "adult_days") + total(both, "minor_days") == 75 * 7 * WEEKS
    assert all(both["sanctioned"][k] >= n for k, n in first["sanctioned"].items())


def test_an_arm_of_its_own_tables_differs_in_nothing() -> None:
    """The scheme as its own pair: nothing is induced, displaced or collateral; what is wrong is what the levels say."""
    scheme = town_tables()[1]
    alone, paired = run(scheme), run(scheme, scheme, pairs=[(1, 1), (-1, -1)])
    same = [{name: n for name, n in arm.items() if name not in ("split", "tied")} for arm in (paired[0], alone[0])]
    assert compare(same[:1], same[1:]) == []
    assert not paired[0]["tied"] and not paired[1]["split"]
    wrong, spared, induced, displaced = (by_class(paired[0], "split", 0).get(bit, 0) for bit in range(4))
    assert wrong == sum(n for kind, n in by_class(paired[0], "sanctioned", 0).items() if kind <= COLLATERAL) > 0
    assert (induced, displaced) == (spared, wrong)  # C against S, seen from the other side
    assert spared == total(paired[0], "spared") > 0


def test_what_the_scheme_adds_to_the_error_free_world_is_split_in_four() -> None:
    scheme = town_tables()[1]
    s, e = run(scheme, error_free(scheme), pairs=[(1, -1), (-1, -1)])
    wrong, spared, induced, displaced = (by_class(s, "split", 0).get(bit, 0) for bit in range(4))
    assert wrong - spared + induced - displaced == total(s, "sanctioned") - total(e, "sanctioned")
    assert not {1, 2, 3, 4, 5, 6} & set(by_class(e, "sanctioned", 0)) and not e["spared"]
    assert (s["attempts"], s["adult_days"]) == (e["attempts"], e["adult_days"])


def test_error_induced_days_are_those_that_only_a_different_life_explains() -> None:
    """Every refusal leads to a default: people refused for an error owe debts that they would not owe without it."""
    trap = {"trap": SURE, "trap_default": SURE, "trap_mean": 256, "trap_category": 0}
    scheme = changed(town_tables()[1], gate=trap, item={"cond": 0})
    arms = run(scheme, error_free(scheme), people=120, pairs=[(1, -1), (-1, -1)])
    assert total(arms[0], "acts") > total(arms[1], "acts")
    induced = by_class(arms[0], "split", 0)[2]
    assert 0 < by_class(arms[0], "sanctioned", 0)[6] <= induced


def test_an_arm_alone_differs_by_its_ties() -> None:
    plain_scheme = town_tables()[1]
    binding = changed(plain_scheme, list={"binds": 1})
    for scheme, tied in ((plain_scheme, False), (binding, True)):
        s, a = run(scheme, alone(scheme), pairs=[(-1, 1), (-1, -1)])
        assert bool(total(s, "tied")) is bool(total(s, "bound_days")) is tied
        collateral, shielded = (by_class(s, "tied", 0).get(bit, 0) for bit in range(2))
        stale = by_class(s, "sanctioned", 0).get(0, 0)
        assert collateral - shielded == total(s, "sanctioned") - stale - total(a, "sanctioned")
        assert collateral == total(s, "bound_days")


def test_false_records_fall_on_whom_the_scheme_says() -> None:
    scheme = changed(clean(town_tables()[1]), false={"cum_0": 0, "cum_1": SURE, "cum_2": 0})
    (s,) = run(scheme, people=120)
    hit = summed({key: n for key, n in s["paths"].items() if key[4] >= 0}, 5)
    assert set(hit) == {(1,)}


def test_people_of_a_block_are_alike_in_conduct_if_the_world_says_so() -> None:
    world = town_tables()[0]
    for layer in range(2):
        alike = [SURE * (i == layer) for i in range(2)]
        people = townspeople(changed(world, layer_homophily=np.array(alike), conduct_group=np.array([4096] * 3)), 3, 0, 60)
        in_block: dict[int, set[int]] = {}
        for person in people:
            in_block.setdefault(person.blocks[layer][0], set()).add(person.conduct)
        assert all(len(values) == 1 for values in in_block.values())
        assert len({value for values in in_block.values() for value in values}) > 1
    unlike = townspeople(changed(world, layer_homophily=np.zeros(2, np.int64)), 3, 0, 60)
    assert len({person.conduct for person in unlike}) > 30


def test_layers_hold_everyone_once_and_segregated_blocks_one_group() -> None:
    people = townspeople(changed(town_tables()[0], layer_segregation=np.array([SURE, 0])), 3, 0, 60)
    for layer, size in enumerate(int(n) for n in town_tables()[0].layer_size):
        assert len({p.blocks[layer] for p in people}) == 60
        assert max(p.blocks[layer][1] for p in people) == size - 1
    groups = {block: {p.group for p in people if p.blocks[0][0] == block} for block in {p.blocks[0][0] for p in people}}
    assert sum(len(found) == 1 for found in groups.values()) >= len(groups) - 2


BESIDE = {"dropping": "association", "review": "notice", "notice": "review", "publicity": "restraints"}  # what each is nothing without


@pytest.mark.parametrize("mechanism", SWITCHES)
def test_every_mechanism_at_random_does_something(mechanism: str) -> None:
    """Switched on, alone or beside what it needs, each changes the counts of some scheme at random."""
    world, scheme, _ = town_tables()
    beside = {BESIDE[mechanism]} if mechanism in BESIDE else set()
    for number in range(12):
        base = changed(random_scheme(Random(number), world, scheme), rules={"filed": 0})
        off, on = (switched_on(Random(number), world, base, names) for names in (beside, beside | {mechanism}))
        if compare(run(off, people=40), run(on, people=40)):
            return
    pytest.fail(f"{mechanism} changed nothing")


def test_some_towns_have_no_mechanism_and_some_have_all() -> None:
    drawn = [some_mechanisms(Random(number)) for number in range(200)]
    assert {0, 1, len(SWITCHES)} <= {len(names) for names in drawn}
    assert all({name for names in drawn if name in names and 1 < len(names) < len(SWITCHES)} for name in SWITCHES)


def test_compare_says_where() -> None:
    _, scheme, none = town_tables()
    (s,), (n,) = run(scheme), run(none)
    told = compare([s], [n])
    assert any(line.startswith("arm 0: sanctioned:") for line in told)
    assert not any("adult_days" in line for line in told)
    assert compare([s, n], [s])[0] == "arms: oracle 2, engine 1"
