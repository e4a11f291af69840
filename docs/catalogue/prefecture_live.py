"""Lives the same invented people under four rulebooks of one prefecture, and keeps in which grades they stand. For `prefecture.py`.

The four files are arms of one machine: whoever does a thing in one rulebook does it in all, and a draw that decides whether an office sees
it is the same draw. What differs is the rulebook, as far as it is entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import prefecture_rules as rules
from numpy.typing import NDArray

import glasshouse as gh
from glasshouse.engine import state
from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.responses import consents
from glasshouse.files.settings import with_values
from glasshouse.outcomes.names import Names
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import OPT_IN, SchemeTables
from glasshouse.study.build import WEEKS_A_YEAR
from glasshouse.study.lives import Example, lives_of
from glasshouse.study.standard import mark
from glasshouse.world.compile import compile_world
from glasshouse.world.draws import PERSON, TIES, philox_plain
from glasshouse.world.load import load_world
from glasshouse.world.model import World
from glasshouse.world.people import is_adult, town_people
from glasshouse.world.permutation import unpermute
from glasshouse.world.tables import WorldTables

IDS = ("rongcheng-2019", "rongcheng-2021", "weihai-haibei", "wendeng-2020")
# The scenario of each file that keeps its rules and takes the bounds of the other set of grades.
OTHER_BOUNDS = {
    "rongcheng-2019": "city-cut-offs", "rongcheng-2021": "city-cut-offs", "weihai-haibei": "district-cut-offs",
    "wendeng-2020": "city-cut-offs",
}  # fmt: skip
TOWNS, YEARS, FIRST_SEED, SEEDS = 4, 3, 1, 8
NOT_SCORED = -1
LINES = 350  # most log lines of a person on average: six years in four arms
OF_A_LIFE = ("arm", "day", "event", "text", "points")
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Setting:
    """A world and the rulebooks that its people live under side by side."""

    world: World
    tables: WorldTables
    schemes: Mapping[str, Scheme]
    arms: Mapping[str, SchemeTables]

    def machine(self, seed: int, towns: int = TOWNS) -> Machine:
        """The machine of one seed: whole towns, the world's history, then the counted years."""
        people = towns * int(self.world.town_size.value)
        times = Times(people=people, weeks=WEEKS_A_YEAR * YEARS, seed=seed, history=int(self.world.history.value))
        return Machine(self.tables, list(self.arms.values()), times)


def setting(schemes: Mapping[str, Scheme]) -> Setting:
    """The default world with these schemes as arms."""
    world = load_world("default")
    tables = compile_world(world)
    return Setting(world, tables, schemes, {name: compile_scheme(scheme, world, tables) for name, scheme in schemes.items()})


def as_written() -> dict[str, Scheme]:
    """The four files."""
    return {name: load_scheme(name) for name in IDS}


def with_other_bounds() -> dict[str, Scheme]:
    """The four files, each graded at the bounds of the other set."""
    return {name: with_values(scheme, scheme.scenarios[OTHER_BOUNDS[name]].set) for name, scheme in as_written().items()}


def adults_of(machine: Machine, town: int) -> Ints:
    """Numbers of the adults of a whole town."""
    world, size = machine.world, machine.town_size
    keys = philox_plain(machine.times.seed, town, 0, TIES)
    homes = (slot for slot in range(size) if is_adult(slot, world.cycle_start, world.cycle_adults))
    return np.array(sorted(town * size + unpermute(slot, size, *keys) for slot in homes), dtype=np.int64)


def is_scored(tables: SchemeTables, seed: int, people: Ints) -> NDArray[np.bool_]:
    """Who of these adults takes part, by the engine's rule and the draw that it makes on day 0."""
    law = tables.whole.view(np.recarray)[0]
    if law.enrolment != OPT_IN:
        return np.ones(people.size, dtype=bool)
    _, words, _, _ = philox_plain(seed, people.astype(np.uint64), 0, PERSON)  # type: ignore[arg-type]  # word by word, for all at once
    return np.array([consents(law, word) for word in words.tolist()])  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Town:
    """What is kept of a town: its counts; of its adults the number, and the grade and the number of records in each arm."""

    counts: Ints
    adults: Ints
    grades: Ints  # (adults, arms): place of the grade on the last counted day, NOT_SCORED
    records: Ints  # (adults, arms)
    alike: NDArray[np.bool_]  # whether each of their acts is seen by all rulebooks that know its kind, or by none


def live_town(setting: Setting, machine: Machine, town: int) -> Town:
    """One town with its log, of which the last score of each person in each arm is kept."""
    size, arms = machine.town_size, len(setting.arms)
    counts, _, log = machine.live(town, town + 1, log_lines=LINES * size)
    used = int(log[0]["day"])
    if used == log.size - 1:
        raise OverflowError(f"the log of a town has room for {log.size - 1:,} lines and needs more")
    stop = int(machine.clock[0]["history"] + machine.clock[0]["horizon"])
    lines = log[1 : used + 1]
    lines = lines[lines["day"] < stop]  # whoever is still on a list is followed beyond
    scores, records = lines[lines["what"] == state.LOG_SCORE], lines[lines["what"] == state.LOG_RECORD]
    grades = np.tile(np.array([rules.start_grade(s) for s in setting.schemes.values()], np.int64), (size, 1))
    grades[scores["pid"] - town * size, scores["arm"]] = scores["c"]  # lines stand in the order of days: the last one holds
    adults = adults_of(machine, town)
    local = adults - town * size
    kept = grades[local]
    for a, tables in enumerate(setting.arms.values()):
        kept[~is_scored(tables, machine.times.seed, adults), a] = NOT_SCORED
    assert kept.shape == (adults.size, arms)
    acts = lines[lines["what"] == state.LOG_ACT]
    alike = seen_alike(setting, acts["pid"] - town * size, acts["day"], acts["arm"], acts["a"], acts["b"], size)
    held = np.bincount((records["pid"] - town * size) * arms + records["arm"], minlength=size * arms).reshape(size, arms)
    return Town(counts, adults, kept, held[local], alike[local])


def knows(setting: Setting) -> NDArray[np.bool_]:
    """(arms, categories): whether some channel of the rulebook covers the category."""
    categories = list(setting.world.conduct)
    covered = [{c for channel in scheme.channels.values() for c in channel.covers} for scheme in setting.schemes.values()]
    return np.array([[c in known for c in categories] for known in covered])


def seen_alike(setting: Setting, who: Ints, day: Ints, arm: Ints, category: Ints, seen: Ints, people: int) -> NDArray[np.bool_]:
    """For each person whether every act was seen by all rulebooks that know its kind, or by none of them."""
    known = knows(setting)
    mine = known[arm, category]
    keys = ((who * 8192 + day) * known.shape[1] + category)[mine]  # a life here is shorter than 8,192 days
    _, first, act = np.unique(keys, return_index=True, return_inverse=True)
    share = np.bincount(act, weights=seen[mine]) / np.bincount(act)
    unlike = np.zeros(people, dtype=bool)
    unlike[who[mine][first][(share > 0) & (share < 1)]] = True
    return ~unlike


def joint(grades: Ints) -> dict[str, int]:
    """How many adults hold each combination of grades: a sign for each arm, the place of the grade or `-` where not scored."""
    found = Counter("".join("-" if g == NOT_SCORED else str(g) for g in row) for row in grades.tolist())
    return dict(sorted(found.items()))


def grade_counts(setting: Setting, machine: Machine, counts: Ints) -> dict[str, list[int]]:
    """Adults by grade in each arm, as the engine counts them: whoever is not scored is counted at the start grade."""
    by_grade = machine.layout.view(counts)["grades"].sum(1)
    return {name: [int(n) for n in by_grade[a, : len(s.grades)]] for a, (name, s) in enumerate(setting.schemes.items())}


def farthest(town: Town) -> tuple[int, int, int, int]:
    """Whose grades lie farthest apart: best to worst, then all pairs, then the fewest records, then the lowest number. Smallest first.

    Only people with a record in every rulebook, and whose acts were seen alike: what then differs is the rules, and not who happened to
    look.
    """
    may = (town.records > 0).all(axis=1) & town.alike
    grades, records, adults = town.grades[may], town.records[may].sum(1), town.adults[may]
    apart = grades.max(1) - grades.min(1)
    pairs = np.abs(grades[:, :, None] - grades[:, None, :]).sum((1, 2))
    return min(zip((-apart).tolist(), (-pairs).tolist(), records.tolist(), adults.tolist(), strict=True))


def life(setting: Setting, machine: Machine, person: int) -> dict[str, Any]:
    """The dated events of one person in every arm, up to the last counted day."""
    names = Names.of(setting.tables, setting.arms)
    rows = lives_of(machine, setting.arms, names, setting.schemes, setting.world, [Example("", person)])
    end = int(machine.clock[0]["horizon"])
    told = [{name: row[name] for name in OF_A_LIFE} for row in sorted(rows, key=lambda row: row["day"]) if row["day"] < end]
    who = {"seed": machine.times.seed, "person": person, "role": rows[0]["role"], "group": rows[0]["group"]}
    town, local = divmod(person, machine.town_size)
    able = bool(town_people(setting.tables, machine.times.seed, town, machine.town_size)[local]["able"])
    return {**who, "able": able, "events": told}


def live(seeds: Iterable[int] = range(FIRST_SEED, FIRST_SEED + SEEDS), towns: int = TOWNS) -> dict[str, Any]:
    """All seeds: what `one-prefecture.json` holds."""
    written, other = setting(as_written()), setting(with_other_bounds())
    runs, person = [], None
    for seed in seeds:
        machine = written.machine(seed, towns)
        lived = [live_town(written, machine, town) for town in range(towns)]
        counts = grade_counts(written, machine, np.sum([town.counts for town in lived], axis=0))
        combined = joint(np.concatenate([town.grades for town in lived]))
        _same(combined, counts, written)
        moved = other.machine(seed, towns)
        bounds = grade_counts(other, moved, moved.live(0, towns)[0])
        runs.append({"seed": seed, "adults": sum(combined.values()), "grades": counts, "other_bounds": bounds, "joint": combined})
        if person is None:
            chosen = min(farthest(town) for town in lived)[-1]
            person = life(written, machine, chosen)
            person["grades"] = next(
                row.tolist() for town in lived for pid, row in zip(town.adults, town.grades, strict=True) if pid == chosen
            )
    about = {
        "glasshouse": gh.__version__, "lived": datetime.now(UTC).date().isoformat(), "world": written.world.id, "towns": towns,
        "people": towns * int(written.world.town_size.value), "years": YEARS, "history": int(written.world.history.value),
        "seeds": len(runs),
    }  # fmt: skip
    return {"about": about, "marks": marks(), "person": person, "runs": runs}


def _same(combined: Mapping[str, int], counts: Mapping[str, list[int]], setting: Setting) -> None:
    """What the log tells of each person adds up to what the engine counted."""
    for a, (name, scheme) in enumerate(setting.schemes.items()):
        found = [0] * len(scheme.grades)
        for key, n in combined.items():
            found[rules.start_grade(scheme) if key[a] == "-" else int(key[a])] += n
        if found != counts[name]:
            raise ValueError(f"{name}: the log gives {found} adults by grade, the counts {counts[name]}")


def marks() -> dict[str, str]:
    """A mark of the values of each file, to tell when one was changed since."""
    world = load_world("default")
    return {name: mark(scheme, world) for name, scheme in as_written().items()}
