"""The whole model: the catalogue's scheme in which every mechanism acts, beside its own spine.

Each figure is a ratio of CPU times within one process and one round, so that all meet the same disturbances.
"""

from __future__ import annotations

import statistics
from functools import lru_cache, partial
from typing import Any

from benchmarks.measure import cpu_seconds, in_child, spread
from benchmarks.mechanisms import MECHANISMS, all_but, only, spine
from glasshouse.engine.machine import Machine, Times
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.study.arms import NONE, ORDINARY, SCHEME, mended_tables, pairs, twins
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world
from glasshouse.world.tables import WorldTables

Figures = dict[str, Any]
Arms = dict[str, SchemeTables]
WHOLE = "headline-score"
MENDED = "corrections-reach-copies"  # a safeguard of that scheme: as an arm, the scheme with everything on once more
WEEKS = 52
DAYS = 7 * WEEKS
TOWN = 15360
SPINE_TOWNS = 4  # the spine is fast: more people, so that a run is long enough to be timed
BASES = 3  # runs of what others are compared with, spread over a round


@lru_cache(maxsize=1)
def tables() -> tuple[WorldTables, Arms]:
    """The world, and the arms that a study of the scheme with one safeguard lives side by side, in the study's order."""
    world, scheme = load_world("default"), load_scheme(WHOLE)
    compiled = compile_world(world)
    arms: Arms = {SCHEME: compile_scheme(scheme, world, compiled)}
    arms |= mended_tables(scheme, [MENDED], world, compiled)
    arms |= twins(arms[SCHEME], tied=True)
    arms[ORDINARY] = compile_scheme(load_scheme("ordinary-law"), world, compiled)
    arms[NONE] = no_scheme(world, compiled)
    return compiled, arms


def scheme() -> SchemeTables:
    """The scheme with everything on."""
    return tables()[1][SCHEME]


def study() -> Arms:
    """The arms of a plain study: the scheme, the same without errors, without ties, ordinary law, no scheme."""
    return {name: arm for name, arm in tables()[1].items() if "with " not in name}


def machine(arms: Arms, people: int = TOWN, *, compared: bool = True) -> Machine:
    """The engine with some arms and a launch start; ``compared``: with the comparisons between arms that a study makes."""
    return Machine(tables()[0], list(arms.values()), Times(people=people, weeks=WEEKS, seed=1), pairs=pairs(arms) if compared else None)


def alone(arm: SchemeTables, people: int = TOWN) -> Machine:
    """The engine with one arm."""
    return machine({SCHEME: arm}, people)


def seconds(m: Machine) -> float:
    """CPU time of all towns of a machine, for each of its people."""
    return cpu_seconds(partial(m.live, 0, m.towns)) / m.times.people


def in_turn(base: Machine, others: dict[str, Machine], rounds: int) -> dict[str, list[float]]:
    """CPU time of others by that of a base, round by round; the base is run several times in a round, and its median counts."""
    found: dict[str, list[float]] = {name: [] for name in others}
    every = -(-len(others) // BASES)
    for m in (base, *others.values()):
        m.live(0, 1)
    for _ in range(rounds):
        bases, own = [], {}
        for i, (name, m) in enumerate(others.items()):
            if i % every == 0:
                bases.append(seconds(base))
            own[name] = seconds(m)
        for name, t in own.items():
            found[name].append(t / statistics.median(bases))
    return found


def spreads(found: dict[str, list[float]]) -> Figures:
    """The spread of each."""
    return {name: spread(values) for name, values in found.items()}


def measured(rounds: int, mechanism_rounds: int, sizes: list[int]) -> Figures:
    """Everything about the whole model; ``sizes``: people, for the memory."""
    return {
        "rounds": rounds,
        "rounds for each mechanism": mechanism_rounds,
        "everything on": everything_on(rounds),
        "mechanisms": each_mechanism(mechanism_rounds),
        "arms": further_arms(rounds),
        "memory": [in_child("whole", str(people)) for people in sizes],
    }


def everything_on(rounds: int) -> Figures:
    """Everything on by the spine, with one arm and with those of a study; living week by week alone; comparing arms alone."""
    arms, people = study(), SPINE_TOWNS * TOWN
    spines = {name: spine(arm) for name, arm in arms.items()}
    one = in_turn(
        alone(spine(scheme()), people),
        {"everything on": alone(scheme()), "the spine, week by week": alone(spine(scheme(), weekly=True), people)},
        rounds,
    )
    many = in_turn(
        machine(spines, people, compared=False),
        {
            "everything on": machine(arms),
            "everything on, arms not compared": machine(arms, compared=False),
            "the spine, arms compared": machine(spines, people),
            "the spine, week by week": machine({name: spine(arm, weekly=True) for name, arm in arms.items()}, people, compared=False),
        },
        rounds,
    )
    rates = {
        "the spine, one arm": alone(spine(scheme()), people),
        "everything on, one arm": alone(scheme()),
        "the spine, a study's arms": machine(spines, people, compared=False),
        "everything on, a study's arms": machine(arms),
    }
    best = {name: DAYS / min(seconds(m) for _ in range(rounds)) for name, m in rates.items()}
    return {"arms": len(arms), "one arm": spreads(one), "a study's arms": spreads(many), "people-days per CPU-second": best}


def each_mechanism(rounds: int) -> Figures:
    """Each mechanism alone on the spine, and everything on without it."""
    people = SPINE_TOWNS * TOWN
    added = in_turn(alone(spine(scheme()), people), {m.name: alone(only(scheme(), m.name), people) for m in MECHANISMS}, rounds)
    taken = in_turn(alone(scheme()), {m.name: alone(all_but(scheme(), m.name)) for m in MECHANISMS}, rounds)
    return {m.name: {"needs": list(m.needs), "only this": spread(added[m.name]), "all but this": spread(taken[m.name])} for m in MECHANISMS}


def further_arms(rounds: int) -> list[Figures]:
    """What each further arm of a study adds, by the cost of the scheme alone; everything on, arms compared."""
    arms = tables()[1]
    names = [SCHEME, *(name for name in study() if name != SCHEME), *(name for name in arms if name not in study())]
    in_order = [{name: arms[name] for name in arms if name in names[:n]} for n in range(2, len(names) + 1)]
    found = in_turn(alone(scheme()), {name: machine(some) for name, some in zip(names[1:], in_order, strict=True)}, rounds)
    out, before = [], [1.0] * rounds
    for name, total in found.items():
        added = [t - b for t, b in zip(total, before, strict=True)]
        out.append({"arm": name, "times one arm": spread(total), "added": spread(added)})
        before = total
    return out
