"""What a planned run will cost, from one town lived and measured here and now."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.frame import write_parquet
from glasshouse.outcomes.measure import Measured, measure
from glasshouse.outcomes.names import Names
from glasshouse.scheme.check import require_valid
from glasshouse.scheme.mended import known_safeguards
from glasshouse.scheme.model import Scheme
from glasshouse.study.arms import pairs
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.plan import Setting, make_plan
from glasshouse.world.model import World

REPORT_BYTES = 2_500_000  # the page with its one script, the summaries, the resolved files
USUAL_PEAK = 350_000_000  # bytes, where the system does not say
TIMED_PEOPLE = 2_000  # enough people for a rate; the trial takes a moment


@dataclass(frozen=True)
class Estimate:
    """What a run would take.

    Attributes
    ----------
    lives : int
        How often the population is lived: every seed of every setting.
    seconds : float
        From start to report, on this machine.
    cpu_seconds : float
        The same in CPU time, over all threads.
    memory_bytes, disk_bytes : int
        Peak memory of the process, and the size of the run's folder when it is finished.
    """

    lives: int
    seconds: float
    cpu_seconds: float
    memory_bytes: int
    disk_bytes: int

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return asdict(self)


def estimate(
    scheme: Scheme, *, world: World, people: int, years: int, seeds: int, span: int, start: str = "mature",
    safeguards: Sequence[str] = (), threads: int | None = None,
) -> Estimate:  # fmt: skip
    """Seconds, memory and disk of a planned run.

    Parameters
    ----------
    scheme, world : Scheme, World
        Loaded files.
    people, years, seeds, span, start, safeguards, threads
        As for `run_study`.

    Returns
    -------
    Estimate
        Within a factor of two on a machine that is otherwise idle.
    """
    require_valid(scheme, world)
    ordinary = ordinary_law(scheme, world)
    plan = make_plan(scheme, world, seed=1, seeds=seeds, span=span)
    lives = sum(len(setting.seeds) for setting in plan.settings)
    kept_arms = known_safeguards(scheme, safeguards)
    shop = Workshop(scheme, ordinary, world, min(people, TIMED_PEOPLE), years, start, kept_arms)
    trial = _try(shop, plan.settings[0])
    curve = next((setting for setting in plan.settings if setting.scheme_alone), None)
    beside = sum(len(setting.seeds) for setting in plan.settings if not setting.scheme_alone)
    living = people * (beside * trial.per_person + (lives - beside) * (_try(shop, curve).per_person if curve else 0.0))
    alone = lives * trial.per_life  # preparing tables and measuring: Python, one thread at a time
    workers = threads or cpu_count() or 1
    kept = seeds + span + sum(len(setting.seeds) for setting in plan.of("scenario"))
    return Estimate(
        lives=lives, seconds=ceil(living / workers + alone), cpu_seconds=ceil(living + alone),
        memory_bytes=_peak() + workers * trial.memory, disk_bytes=REPORT_BYTES + kept * trial.disk,
    )  # fmt: skip


@dataclass(frozen=True)
class _Trial:
    per_person: float  # CPU-seconds of living
    per_life: float  # CPU-seconds of preparing and measuring
    memory: int  # bytes of counts
    disk: int  # bytes of outcomes.parquet for one measured life


def _try(shop: Workshop, setting: Setting) -> _Trial:
    from glasshouse.engine.kernel import warm

    warm()
    began = time.process_time()
    world, arms = shop.tables(setting.values, scheme_alone=setting.scheme_alone)
    machine = shop.jobs([setting])[0].build()
    prepared = time.process_time()
    counts, _, _ = machine.live(0, machine.towns)
    lived = time.process_time()
    names = Names.of(world, arms, pairs(arms))
    found = measure(Counts.of(machine.layout, counts, names, scheme=shop.scheme.id, seed=1, setting="central"))
    measured = time.process_time()
    return _Trial(
        per_person=(lived - prepared) / shop.people, per_life=(prepared - began) / 2 + measured - lived, memory=2 * counts.nbytes,
        disk=_size([found]),
    )  # fmt: skip


def _size(runs: list[Measured]) -> int:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "outcomes.parquet"
        write_parquet(runs, file)
        return file.stat().st_size


def _peak() -> int:
    """Peak memory of this process in bytes: the engine and its libraries, which a run has too."""
    try:
        import resource
    except ImportError:  # Windows
        return USUAL_PEAK
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
