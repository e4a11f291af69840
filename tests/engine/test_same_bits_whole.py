"""With every mechanism on, too: the same integers with any threads, chunks and order, alone or beside others, logged, resumed, cramped.

`test_same_bits.py` asks the same of schemes in which nobody's week depends on anyone else's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.room import Room
from glasshouse.engine.work import Job, Partial, Store, chunks, live_all
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import alone, error_free
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.plan import Setting
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world
from tests.engine.test_same_bits import same
from tests.live import Counted, lived, of_arm, partial, unlike
from tests.made_up import made_up_scheme, made_up_world
from tests.scheme.whole import BLOCKS, BY_THRESHOLD, NOTICE, REVIEW, stage, value

PEOPLE, TOWNS, LINES = 580, 10, 400_000  # nine towns of sixty, and a smaller one
TIMES = Times(people=PEOPLE, weeks=40, seed=11, history=182, followup=900)
OTHERWISE: dict[str, Any] = {  # what excludes one another in a scheme: the other choice
    "responses/silence": BY_THRESHOLD,
    "notice": NOTICE | {"when": "before"},
    "review": REVIEW | {"stages": [stage(None, 0.8, 0.1)], "lists": ["defaulters", "nuisance"], "corrects": ["list", "points", "money"]},
    "enrolment": {"kind": "opt-in", "share": value(0.9, per="adult"), "leaves": value(0.02, per="listed-week")},
    "publicity": {"lists": ["low-grade"], "to": "town"},
    "officials/attention/mended": False,
    "grades/0/from_points": 1000,  # everyone begins with the grade that is rewarded
}


def otherwise() -> Scheme:
    """Testville with every block, and where a block has several kinds, another kind."""
    return made_up_scheme({**BLOCKS, **OTHERWISE})


def built(*arms: SchemeTables, pairs: list[tuple[int, int]] | None = None, times: Times = TIMES) -> Machine:
    """Arms side by side in Testville."""
    return Machine(compile_world(made_up_world()), list(arms), times, pairs=pairs)


@pytest.fixture(scope="module")
def arms() -> list[SchemeTables]:
    """Both schemes with everything, the twins of the first, a scheme that exchanges nothing, and none."""
    world = made_up_world()
    tables = compile_world(world)
    whole, other, spine = (compile_scheme(s, world, tables) for s in (made_up_scheme(BLOCKS), otherwise(), made_up_scheme()))
    return [whole, other, error_free(whole), alone(whole), spine, no_scheme(world, tables)]


PAIRS = [(2, 3), (2, -1), (-1, -1), (-1, -1), (-1, -1), (-1, -1)]


@pytest.fixture(scope="module")
def run(arms: list[SchemeTables]) -> Machine:
    return built(*arms, pairs=PAIRS)


@pytest.fixture(scope="module")
def whole(run: Machine) -> Partial:
    """The run in one go."""
    return partial(run, 0, run.towns)


@pytest.fixture(scope="module")
def together(arms: list[SchemeTables]) -> Counted:
    """The same arms, none compared with another."""
    return lived(built(*arms))


def test_everything_is_on(run: Machine, whole: Partial) -> None:
    """Each of the counts that a mechanism makes is there, in one of the two schemes at least."""
    assert run.towns == TOWNS
    counts = whole.arrays()
    mechanisms = (
        "forgone_acts", "silent", "forgone_attempts", "privileges", "displaced", "ties_dropped", "appeals", "split", "tied",
        "minor_sanctioned", "bound_days", "unreviewed", "left", "refunds", "acts_arm", "spared_denials", "false_paths",
    )  # fmt: skip
    assert [name for name in mechanisms if not counts[name][:2].any()] == []
    days = counts["days"].cumsum(axis=-1)[:2, :, :, :-1].sum(axis=(0, 1, 3))
    assert (days > 0).all()  # every class, and wrongly spared
    assert counts["appeals"][:2].sum(axis=(0, 1, 2)).all()


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (2, 1), (2, 3), (5, 2), (1, 16)])
def test_threads_and_chunks_do_not_matter(run: Machine, whole: Partial, threads: int, chunk: int, tmp_path: Path) -> None:
    store, job = Store(tmp_path), Job("a.1", run.towns, lambda: run)
    live_all([job], store, threads=threads, chunk=chunk)
    assert same(store.total(job, chunk), whole)


def test_the_order_of_towns_does_not_matter(run: Machine, whole: Partial) -> None:
    parts = [partial(run, int(t), int(t) + 1) for t in np.random.default_rng(1).permutation(run.towns)]
    total = parts[0]
    for part in parts[1:]:
        total = total.add(part)
    assert same(total, whole)


def test_finished_chunks_are_kept_and_not_lived_again(run: Machine, whole: Partial, tmp_path: Path) -> None:
    """As after a kill: some chunks are there, the others are lived."""
    store = Store(tmp_path)
    for first, last in list(chunks(run.towns, 3))[1::2]:
        store.keep("a.1", first, last, partial(run, first, last))
    job = Job("a.1", run.towns, lambda: run)
    live_all([job], store, threads=2, chunk=3)
    assert same(store.total(job, 3), whole)


@pytest.mark.parametrize("lines", [LINES, 50], ids=["a log", "a full log"])
def test_a_logged_life_is_the_same_life(run: Machine, whole: Partial, lines: int) -> None:
    """Nothing is dealt with ahead of its week where lines are kept: it comes to the same."""
    assert same(partial(run, 0, run.towns, log_lines=lines), whole)


def test_the_log_of_a_town_is_that_of_its_households(run: Machine) -> None:
    """A town is lived whole for each: only the lines are kept apart."""
    town, lines = 4, LINES // 10
    counts, _, log = run.live(town, town + 1, log_lines=lines)
    every = log[1 : int(log[0]["day"]) + 1]
    assert 500 < len(every) < lines
    seen = 0
    for household in range(0, 24, 4):
        alone, _, own = run.live(town, town + 1, households=[household], log_lines=lines)
        assert alone.tobytes() == counts.tobytes()
        kept = own[1 : int(own[0]["day"]) + 1]
        assert every[np.isin(every["pid"], kept["pid"])].tobytes() == kept.tobytes()
        seen += len(np.unique(kept["pid"]))
    assert 6 < seen < 60
    _, _, several = run.live(town, town + 1, households=[0, 8, 20], log_lines=lines)
    kept = several[1 : int(several[0]["day"]) + 1]
    assert every[np.isin(every["pid"], kept["pid"])].tobytes() == kept.tobytes()
    assert len(np.unique(kept["pid"])) > 3


def test_room_that_must_grow_changes_nothing(run: Machine, whole: Partial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool of a few words a person: the towns are lived again and again, until all fits."""
    tries: list[Room] = []
    live = Machine._live

    def counted(self: Machine, *args: Any) -> Any:
        tries.append(args[-1])
        return live(self, *args)

    def cramped(self: Machine) -> Room:
        return Room(people=min(self.town_size, self.times.people), arms=self.arms.count, words=1, share=1)

    monkeypatch.setattr(Machine, "_live", counted)
    monkeypatch.setattr(Machine, "first_room", cramped)
    assert same(partial(run, 0, run.towns), whole)
    assert len(tries) > 2 and tries[-1].words == 2 ** (len(tries) - 1)


def test_more_room_than_needed_changes_nothing(run: Machine, whole: Partial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Machine, "first_room", lambda self: Room(people=60, arms=self.arms.count, words=2_000, share=30))
    assert same(partial(run, 0, run.towns), whole)


@pytest.mark.parametrize("order", [(0,), (1,), (4,), (1, 0), (4, 1), (5, 3, 4, 0), (2, 1, 3)], ids=str)
def test_an_arm_is_the_same_alone_and_beside_others(arms: list[SchemeTables], together: Counted, order: tuple[int, ...]) -> None:
    """One that exchanges nothing is lived at a stretch when alone, and week by week beside one that does."""
    beside = lived(built(*(arms[i] for i in order)))
    for place, arm in enumerate(order):
        assert unlike(of_arm(beside, place), of_arm(together, arm)) == []


def test_what_it_is_compared_with_changes_no_life(together: Counted, whole: Partial) -> None:
    """Pairs decide classes and splits, and nothing else."""
    by_class = ["days", "entries", "durations", "exposures", "denials", "ever", "fines", "refunds", "paths", "false_paths", "split", "tied"]
    compared = dict(whole.arrays())
    assert unlike(together, compared, but=by_class) == []
    assert compared["split"].sum() > 0 == together["split"].sum()
    assert (together["entries"].sum(axis=-1) == compared["entries"].sum(axis=-1)).all()


def test_more_people_leave_the_first_towns_as_they_were(arms: list[SchemeTables], run: Machine) -> None:
    more = built(*arms, pairs=PAIRS, times=Times(**{**TIMES.__dict__, "people": 2 * PEOPLE}))
    assert np.array_equal(more.live(0, TOWNS - 1)[0], run.live(0, TOWNS - 1)[0])


def test_the_score_of_the_headlines_in_small_towns(tmp_path: Path) -> None:
    """With its twins and the baselines, as `run` lives it: in chunks, and in one go."""
    place = load_world("default").model_copy(update={"town_size": made_up_world().town_size})
    scheme = load_scheme("headline-score")
    job = Workshop(scheme, ordinary_law(scheme, place), place, 600, 1, "launch").jobs([Setting("central", "central", {}, (3,))])[0]
    store = Store(tmp_path)
    live_all([job], store, threads=2, chunk=3)
    assert job.towns == TOWNS
    assert same(store.total(job, 3), partial(job.build(), 0, job.towns))
