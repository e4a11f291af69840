"""The same integers with any number of threads, any chunking, in any order, alone or beside others, interrupted or not."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from glasshouse.engine.machine import SAMPLE, Machine
from glasshouse.engine.work import Job, Partial, Store, chunks, live_all
from glasshouse.mechanism.lists import NEVER
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.load import load_world
from tests.live import LINES, SHARED, lived, logged, machine, of_arm, partial, unlike
from tests.made_up import made_up_scheme, made_up_world

PEOPLE = 580  # nine towns of sixty, and a smaller one
TOWNS = 10
FOLLOWUP = 1200
STRICT = {"lists/nuisance/term/value": 20, "grades/1/from_points": 990, "correction/filed/value": 0.9}


@pytest.fixture(scope="module")
def run() -> Machine:
    """Testville beside a stricter twin with other lists and no scheme, after half a year of history."""
    return machine(made_up_world(), made_up_scheme(), smaller(), None, people=PEOPLE, seed=11, history=182, followup=FOLLOWUP)


@pytest.fixture(scope="module")
def whole(run: Machine) -> Partial:
    """The run in one go."""
    return partial(run, 0, run.towns)


def smaller() -> Scheme:
    """Testville's scheme with fewer lists, channels and kinds of false record than its original, so that stacking pads it."""
    scheme = made_up_scheme(STRICT)
    items = [i for i in scheme.rules.items if i.list != "defaulters"] if scheme.rules else []
    kept = {
        "lists": {k: v for k, v in scheme.lists.items() if k != "defaulters"},
        "gates": {k: v for k, v in scheme.gates.items() if v.list != "defaulters"},
        "false_records": {"malice": scheme.false_records["malice"]},
        "rules": scheme.rules.model_copy(update={"items": items}) if scheme.rules else None,
    }
    return scheme.model_copy(update=kept)


def same(left: Partial, right: Partial) -> bool:
    """Whether two results agree in every bit."""
    return left.counts.tobytes() == right.counts.tobytes() and left.sample.tobytes() == right.sample.tobytes()


def test_the_towns_are_as_this_file_says(run: Machine, whole: Partial) -> None:
    assert run.towns == TOWNS
    counts = whole.arrays()
    assert counts["adults"].sum() + counts["minors"].sum() == PEOPLE
    assert all(counts["entries"][arm].sum() > 0 for arm in (0, 1)) and counts["entries"][2].sum() == 0
    assert (whole.sample[:, :, 0] < NEVER).sum() > SAMPLE  # the sample holds people, so that comparing it means something


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (1, 3), (2, 1), (2, 4), (5, 1), (5, 2), (5, 16), (1, 16)])
def test_threads_and_chunks_do_not_matter(run: Machine, whole: Partial, threads: int, chunk: int, tmp_path: Path) -> None:
    store, job = Store(tmp_path), Job("a.1", run.towns, lambda: run)
    live_all([job], store, threads=threads, chunk=chunk)
    assert same(store.total(job, chunk), whole)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_towns_does_not_matter(run: Machine, whole: Partial, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(run.towns)
    parts = [partial(run, int(t), int(t) + 1) for t in order]
    total = parts[0]
    for part in parts[1:]:
        total = total.add(part)
    assert same(total, whole)


def test_other_jobs_do_not_matter(run: Machine, whole: Partial, tmp_path: Path) -> None:
    """Three seeds at once on five threads, each as it is alone."""
    other = machine(made_up_world(), made_up_scheme(), people=PEOPLE, seed=12)
    store = Store(tmp_path)
    jobs = [Job("b.12", other.towns, lambda: other), Job("a.11", run.towns, lambda: run)]
    live_all(jobs, store, threads=5, chunk=2)
    assert same(store.total(jobs[1], 2), whole)
    assert same(store.total(jobs[0], 2), partial(other, 0, other.towns))


def test_finished_chunks_are_kept_and_not_lived_again(run: Machine, whole: Partial, tmp_path: Path) -> None:
    """As after a kill: some chunks are there, the others are lived by another number of threads."""
    store = Store(tmp_path)
    kept = list(chunks(run.towns, 3))[1::2]
    for first, last in kept:
        store.keep("a.1", first, last, partial(run, first, last))
    before = {store.path("a.1", *towns): store.path("a.1", *towns).stat().st_mtime_ns for towns in kept}
    built: list[int] = []

    def build() -> Machine:
        built.append(1)
        return run

    live_all([Job("a.1", run.towns, build)], store, threads=2, chunk=3)
    assert len(built) + len(kept) == len(list(chunks(run.towns, 3)))
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert same(store.total(Job("a.1", run.towns, lambda: run), 3), whole)


def test_a_missing_chunk_is_never_counted_as_nothing(run: Machine, tmp_path: Path) -> None:
    store, job = Store(tmp_path), Job("a.1", run.towns, lambda: run)
    live_all([job], store, threads=1, chunk=4)
    store.path("a.1", 4, 8).unlink()
    with pytest.raises(FileNotFoundError, match="towns 4 to 8"):
        store.total(job, 4)


def test_households_replayed_one_by_one_add_up_to_the_town(run: Machine) -> None:
    town = 3
    counts, _, log = run.live(town, town + 1, log_lines=LINES)
    lines = log[1 : int(log[0]["day"]) + 1]
    total = np.zeros_like(counts)
    replayed: list[np.ndarray] = []
    household = 0
    while True:
        alone, _, alone_log = run.live(town, town + 1, households=[household], log_lines=LINES // 10)
        own = alone_log[1 : int(alone_log[0]["day"]) + 1]
        if len(own) == 0 and not alone[run.layout.record[0]["events"]]:
            break
        total += alone
        replayed.append(own)
        household += 1
    assert household > 20
    expected, found = run.layout.view(counts), run.layout.view(total)
    assert unlike(expected, found, but=["adults", "minors"]) == []  # everyone in the town is counted by each replay
    assert np.array_equal(np.concatenate(replayed), lines)


def test_a_logged_life_is_the_same_life(run: Machine, whole: Partial) -> None:
    assert len(logged(run)) > 10_000
    assert same(partial(run, 0, run.towns, log_lines=LINES), whole)


def test_a_full_log_changes_nothing_either(run: Machine, whole: Partial) -> None:
    assert same(partial(run, 0, run.towns, log_lines=50), whole)


@pytest.mark.parametrize("order", [*itertools.permutations(range(3)), (0,), (1,), (2,), (0, 1), (1, 2)], ids=str)
def test_an_arm_is_the_same_alone_and_beside_others(run: Machine, whole: Partial, order: tuple[int, ...]) -> None:
    schemes = (made_up_scheme(), smaller(), None)
    together = whole.arrays()
    beside = machine(made_up_world(), *(schemes[i] for i in order), people=PEOPLE, seed=11, history=182, followup=FOLLOWUP)
    counts = lived(beside)
    for place, arm in enumerate(order):
        assert unlike(of_arm(counts, place), of_arm(together, arm)) == []


def test_documented_schemes_are_the_same_alone_and_side_by_side() -> None:
    world = load_world("default").model_copy(update={"town_size": made_up_world({"town_size/value": 900}).town_size})
    schemes = [load_scheme(name) for name in ("wendeng-2020", "ordinary-law", "judgment-defaulters")]
    together = lived(machine(world, *schemes, people=900, seed=5, history=365, followup=3000))
    for arm, scheme in enumerate(schemes):
        alone = lived(machine(world, scheme, people=900, seed=5, history=365, followup=3000))
        assert unlike(of_arm(alone, 0), of_arm(together, arm)) == []
    assert together["fines"][1].sum() > 0


def test_a_second_time_is_the_same(run: Machine, whole: Partial) -> None:
    assert same(partial(run, 0, run.towns), whole)


def test_another_seed_is_another_life(run: Machine, whole: Partial) -> None:
    other = machine(made_up_world(), made_up_scheme(), smaller(), None, people=PEOPLE, seed=13, history=182, followup=FOLLOWUP)
    assert {"acts", "attempts", "days"} <= set(unlike(lived(other), whole.arrays()))


def test_more_people_leave_the_first_towns_as_they_were(run: Machine) -> None:
    more = machine(made_up_world(), made_up_scheme(), smaller(), None, people=2 * PEOPLE, seed=11, history=182, followup=FOLLOWUP)
    assert np.array_equal(more.live(0, TOWNS - 1)[0], run.live(0, TOWNS - 1)[0])


def test_every_count_belongs_to_an_arm_or_to_the_life(run: Machine) -> None:
    assert set(SHARED) < set(run.layout.shapes)
    assert all(run.layout.shapes[name][0] == 3 for name in set(run.layout.shapes) - set(SHARED))
