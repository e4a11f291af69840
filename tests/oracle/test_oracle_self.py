"""The oracle by itself: facts that hold whatever the integers are. That it equals the engine is tested beside the engine."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from tests.cases.load import read_yaml
from tests.oracle.compare import compare, summed
from tests.oracle.model import Counters, run_oracle
from tests.oracle.people import permute, townspeople

DATA = Path(__file__).parents[1] / "data"
WEEKS, FOLLOWUP = 26, 400


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


def run(*schemes: Any, seed: int = 5, people: int = 60, history: int = 0) -> list[Counters]:
    return run_oracle(town_tables()[0], list(schemes), seed, people, WEEKS, history, FOLLOWUP)


def total(counters: Counters, name: str) -> int:
    return sum(counters[name].values())


def by_class(counters: Counters, name: str, place: int) -> dict[int, int]:
    return {key[0]: n for key, n in summed(counters[name], place).items()}


def clean(scheme: Any) -> Any:
    """Without false records, batches and misrecording."""
    return changed(scheme, false={"cum": 0}, batch={"share": 0}, channel={"mis_share": 0})


@pytest.mark.parametrize("x", [1, 2, 5, 60, 61, 100])
def test_the_shuffle_is_a_shuffle(x: int) -> None:
    assert sorted(permute((1, 2, 3, 4), i, x) for i in range(x)) == list(range(x))


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
    silent = ["sanctioned", "spared", "entries", "spells", "exposures", "denials", "spared_denials", "ever", "fines", "grades", "paths"]
    assert [total(none, name) for name in silent] == [0] * len(silent)
    assert total(none, "attempts") > 100
    assert total(none, "debts_paid") > 0


def test_days_entries_and_stays_add_up() -> None:
    (s,) = run(town_tables()[1])
    assert total(s, "adult_days") + total(s, "minor_days") == 60 * 7 * WEEKS
    assert total(s, "entries") == total(s, "spells") > 20
    assert by_class(s, "entries", 1) == by_class(s, "spells", 0)
    assert total(s, "grades") * 7 * WEEKS == total(s, "adult_days")  # a grade for every adult, none for a child
    assert sum(s["class_days"].values()) == total(s, "sanctioned")
    assert set(by_class(s, "sanctioned", 0)) == set(by_class(s, "ever", 0)) == set(range(8))


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
        assert {0, 1, 2} & set(by_class(s, name, place))
        assert not {0, 1, 2} & set(by_class(c, name, place))
    assert total(c, "spared") == total(c, "spared_denials") == 0  # every clean record is in the scheme's own book
    assert {3, 4, 5} <= set(by_class(c, "sanctioned", 0))  # rules that make these still make them


def test_the_clean_ledger_is_that_of_a_clean_scheme() -> None:
    """Sanctioned days of the clean ledger: those of the scheme that stand at level 4, and the spared. Payments are held equal."""
    equal = changed(town_tables()[1], rules={"pay_listed": town_tables()[1].rules["pay"]})
    s, c = run(equal, changed(clean(equal), item={"checked": 1 << 32}))
    within = summed({k: n for k, n in s["sanctioned"].items() if k[0] >= 4}, 1, 2) + summed(s["spared"], 0, 1)
    assert within == summed(c["sanctioned"], 1, 2)
    assert total(s, "spared") > 0


def test_conditions_always_noticed_leave_no_ground_unmet() -> None:
    (s,) = run(changed(town_tables()[1], item={"checked": 1 << 32}))
    assert 3 not in by_class(s, "sanctioned", 0)
    assert total(s, "sanctioned") > 0


def test_a_mechanism_that_is_off_changes_nothing() -> None:
    """Zero shares and means behind a switch: the draws of everything else stay where they are."""
    scheme = town_tables()[1]
    off = changed(scheme, false={"cum": 0}, batch={"share": 0}, channel={"mis_share": 0}, gate={"over": 0})
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


def test_compare_says_where() -> None:
    _, scheme, none = town_tables()
    (s,), (n,) = run(scheme), run(none)
    told = compare([s], [n])
    assert any(line.startswith("arm 0: sanctioned:") for line in told)
    assert not any("adult_days" in line for line in told)
    assert compare([s, n], [s])[0] == "arms: oracle 2, engine 1"
