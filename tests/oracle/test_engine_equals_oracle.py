"""The engine and the oracle, written apart from one page, give the same integers: every counter, in every arm, to the last event."""

from __future__ import annotations

import dataclasses
from collections import Counter
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pytest

from glasshouse.scheme.compile import BOTTOM, TOP, compile_scheme, kept, no_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world
from tests.made_up import made_up_scheme, made_up_world
from tests.oracle.classes import CENSORED, CLASSES, CORRECTED, EXPIRED, HAZARD, LEFT, PERFORMED
from tests.oracle.engine_side import Town, differences, engine_counters
from tests.oracle.random_schemes import SURE, random_town
from tests.oracle.test_oracle_self import NO_FALSE, WITHOUT_TIES, changed

RANDOM_TOWNS = 60


@lru_cache(maxsize=1)
def town_tables() -> tuple[Any, Any, Any]:
    """World, scheme and no scheme, as tables."""
    world = made_up_world()
    tables = compile_world(world)
    return tables, compile_scheme(made_up_scheme(), world, tables), no_scheme(world, tables)


@lru_cache(maxsize=1)
def towns() -> dict[str, Town]:
    """Testville in several shapes."""
    world, scheme, none = town_tables()
    narrow = {"points/overlap": "all apply", "points/floor/value": 940, "points/cap/value": 1010, "points/caps/good-deeds/points/value": 15}
    other = compile_scheme(made_up_scheme(narrow), made_up_world(), world)
    small = changed(world, scalars={"town_size": 17})
    return {
        "launch": Town(world, [scheme, none], weeks=40, followup=700),
        "another seed": Town(world, [scheme], seed=2**40 + 3),
        "a year of history": Town(world, [scheme, none], seed=4, history=365),
        "a town that is not full": Town(world, [scheme], seed=5, people=43),
        "several towns and a rest": Town(small, [scheme], seed=6, people=60),
        "three arms": Town(world, [other, none, scheme], seed=7, people=50, history=40),
        "no follow-up": Town(world, [scheme], seed=8, people=40, weeks=20, followup=0),
    }


@lru_cache(maxsize=1)
def busy_world() -> Any:
    """The default world with small towns, and with far more acts, debts and false records."""
    model = load_world("default")
    world = compile_world(model)
    scalars = {name: int(world.scalars[name][0]) for name in world.scalars.dtype.names or ()}
    rates = {"town_size": 30, "owing": SURE // 4, "false_envelope": 40 * scalars["false_envelope"], "recovery": 20 * scalars["recovery"]}
    rates["payment_envelope"] = 4 * scalars["payment_envelope"]
    return model, changed(world, scalars=rates, conduct_cum=8 * world.conduct_cum, shock=20 * world.shock)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Town]:
    """Schemes of the catalogue in that world; officials see more, and more of it is false."""
    model, world = busy_world()
    out = {}
    for name in ("judgment-defaulters", "wendeng-2020", "ordinary-law"):
        scheme = compile_scheme(load_scheme(name), model, world)
        seen = np.where(scheme.sensitivity > 0, np.maximum(scheme.sensitivity, SURE // 3), 0)
        n = len(scheme.false)
        sums = np.array([(i + 1) * (SURE // 2) // n for i in range(n)], np.int64)
        false = dict.fromkeys(NO_FALSE, sums) if n else {}
        batch = {"mean_gap": 90 << 20, "share": SURE // 20}
        busier = changed(scheme, sensitivity=seen, channel={"mis_share": SURE // 8}, false=false, batch=batch)
        out[name] = Town(world, [busier, no_scheme(model, world)], seed=3, people=50, weeks=26, history=63)
    return out


@cache
def compared(name: str) -> tuple[list[str], list[Any]]:
    """The differences in a town, and the oracle's counters; lived once however many tests ask."""
    return differences(towns()[name] if name in towns() else catalogue()[name])


@cache
def at_random(number: int) -> tuple[list[str], list[Any]]:
    """The same of a town at random."""
    return differences(random_town(number, *town_tables()))


@pytest.mark.parametrize("name", towns())
def test_testville(name: str) -> None:
    found, _ = compared(name)
    assert found == []


@pytest.mark.parametrize("name", ["judgment-defaulters", "wendeng-2020", "ordinary-law"])
def test_the_catalogue(name: str) -> None:
    found, (scheme, none) = compared(name)
    assert found == []
    busy = "fines" if name == "ordinary-law" else "entries"
    assert sum(scheme[busy].values()) > 20
    assert sum(none["entries"].values()) == 0


@pytest.mark.parametrize("number", range(RANDOM_TOWNS))
def test_schemes_at_random(number: int) -> None:
    found, _ = at_random(number)
    assert found == []


def test_towns_at_random_saw_everything_that_is_counted() -> None:
    """Every counter, class, end, step of a review and part of the splits, over all towns at random."""
    seen: dict[str, Counter[tuple[int, ...]]] = {}
    for number in range(RANDOM_TOWNS):
        for arm in at_random(number)[1]:
            for name, counter in arm.items():
                seen.setdefault(name, Counter()).update(counter)
    assert [name for name, counter in seen.items() if not counter] == []
    for name, place in (("sanctioned", 0), ("entries", 1), ("exposures", 1)):
        assert {key[place] for key in seen[name]} >= set(range(1 if name == "entries" else 0, CLASSES))
    assert {key[1] for key in seen["spells"]} >= {CORRECTED, PERFORMED, HAZARD, HAZARD + 1, *range(EXPIRED, LEFT + 1)}
    assert {key[0] for key in seen["appeals"]} == {key[1] for key in seen["appeals"]} == set(range(5))
    assert {key[0] for key in seen["split"]} == set(range(4)) and {key[0] for key in seen["tied"]} == {0, 1}


def test_the_comparisons_saw_every_class_and_every_end() -> None:
    classes: dict[str, Counter[int]] = {name: Counter() for name in ("sanctioned", "entries", "exposures", "denials", "fines")}
    place = {"sanctioned": 0, "entries": 1, "exposures": 1, "denials": 1, "fines": 0}
    causes: Counter[int] = Counter()
    spared = 0
    for name in towns():
        for arm in compared(name)[1]:
            for counter, seen in classes.items():
                for key, n in arm[counter].items():
                    seen[key[place[counter]]] += n
            for key, n in arm["spells"].items():
                causes[key[1]] += n
            spared += min(sum(arm["spared"].values()), 1) + min(sum(arm["spared_denials"].values()), 1)
    assert set(causes) >= {CORRECTED, PERFORMED, HAZARD, HAZARD + 1, EXPIRED, CENSORED}
    assert set(classes["sanctioned"]) == set(classes["entries"]) == set(classes["denials"]) == WITHOUT_TIES
    assert set(classes["fines"]) >= {1, 2, 3, 4, 10}
    assert spared > 1


OFF: dict[str, dict[str, Any]] = {
    "false records": {"false": NO_FALSE},
    "batches": {"batch": {"share": 0}},
    "misrecording": {"channel": {"mis_share": 0}},
    "visibility": {"channel": {"visible": 0}},
    "delays": {"channel": {"delay_min": 0, "delay_mean": 0}},
    "conditions": {"item": {"cond": 0}},
    "conditions that are checked": {"item": {"checked": 0}},
    "protected and lawful conduct": {"item": {"valence": 0}},
    "validity": {"item": {"validity": 0}},
    "doubling": {"item": {"double": 0}},
    "caps": {"item": {"cap_group": -1}},
    "direct grades": {"item": {"grade": -1}},
    "strikes": {"item": {"strikes": 1}},
    "windows of strikes": {"item": {"window": 1 << 20}},
    "terms of rules": {"item": {"term": -1}},
    "rules that cannot be performed": {"item": {"performable": 1}},
    "repair": {"item": {"repair": 0}},
    "fines": {"item": {"fine": 0}},
    "floor and cap": {"rules": {"floor": BOTTOM, "cap": TOP}},
    "correction": {"rules": {"filed": 0}},
    "listing that makes people pay": {"rules": {"pay_listed": 0}},
    "lists by grade": {"list": {"from_grade": -1}},
    "repeats": {"list": {"repeat": 0}},
    "the longest stay": {"list": {"longest": 0}},
    "performing": {"list": {"performable": 0}},
    "lag": {"list": {"lag": 0}},
    "ways out": {"list": {"n_hazards": 0}},
    "ways out for the unable": {"hazard": {"unable": 0}},
    "ordinary law's longest": {"list": {"yardstick": -1}},
    "gates": {"gate": {"compliance": 0}},
    "over-compliance": {"gate": {"over": 0}},
}


@pytest.mark.parametrize("mechanism", [*OFF, "parents' gates", "several rules for one act", "follow-up"])
def test_the_comparisons_saw_every_mechanism(mechanism: str) -> None:
    """Switching it off changes the counts of a town that was compared: so it was at work there."""
    assert any(_totals(town) != _totals(_without(mechanism, town)) for town in towns().values())


def _without(mechanism: str, town: Town) -> Town:
    scheme = town.schemes[0]
    if mechanism == "parents' gates":
        off = changed(scheme, gate=scheme.gate[scheme.gate["parent"] == 0], rules={"n_gates": int(np.sum(scheme.gate["parent"] == 0))})
    elif mechanism == "several rules for one act":
        off = changed(scheme, item={"also": -1})
    else:
        off = changed(scheme, **OFF.get(mechanism, {}))
        off = changed(off, item={"kept": kept(off.item)})
    shorter = 0 if mechanism == "follow-up" else town.followup
    return dataclasses.replace(town, schemes=[off, *town.schemes[1:]], followup=shorter)


def _totals(town: Town) -> list[Any]:
    """What the engine counts."""
    machine = town.machine()
    vector, _, _ = machine.live(0, machine.towns)
    return engine_counters(machine, vector)
