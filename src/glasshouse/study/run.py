"""A run from beginning to end: plan, live, measure, write the run's folder."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glasshouse.engine.work import Progress, live_all
from glasshouse.files.errors import InputError
from glasshouse.files.settings import for_world, with_values
from glasshouse.files.write import resolved_yaml
from glasshouse.outcomes.summary import Line
from glasshouse.scheme.check import require_valid
from glasshouse.scheme.mended import known_safeguards
from glasshouse.scheme.model import Scheme
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.folder import close_folder, code_hash, fingerprint, open_folder
from glasshouse.study.plan import Plan, make_plan
from glasshouse.study.record import make_record, write_packages
from glasshouse.study.results import Results
from glasshouse.world.model import World


@dataclass(frozen=True)
class StudyResult:
    """A finished run: its folder and the lines of its summary."""

    folder: Path
    summary: list[Line]


def run_study(
    scheme: Scheme, *, world: World, people: int, years: int, seed: int, seeds: int, span: int, start: str = "mature",
    settings: Mapping[str, object] | None = None, safeguards: Sequence[str] = (), out: Path,
    threads: int | None = None, progress: Progress | None = None, overwrite: bool = False,
) -> StudyResult:  # fmt: skip
    """Live a scheme beside its comparators, measure it, and write the run's folder.

    Parameters
    ----------
    scheme, world : Scheme, World
        Loaded files.
    people, years, seed, seeds, span : int
        As on the command line (product.md).
    start : str
        "launch" or "mature".
    settings : mapping, optional
        Values to replace, by path; those of the world begin with ``world:``.
    safeguards : sequence of str
        Safeguards that the scheme's file names; each is lived as an arm of its own beside the scheme as written.
    out : Path
        The run's folder; an unfinished run of the same inputs there is continued.
    threads : int, optional
        All cores by default; the results do not depend on it.
    progress : callable, optional
        Called with (done, total, what).
    overwrite : bool
        Replace a finished run.

    Raises
    ------
    InputError
        A path, value or safeguard that is not allowed, or a folder that holds something else.
    """
    began, cpu = time.perf_counter(), time.process_time()
    of_scheme, of_world = for_world(settings or {})
    scheme, world = with_values(scheme, of_scheme), with_values(world, of_world)
    require_valid(scheme, world)
    ordinary = ordinary_law(scheme, world)
    asked = known_safeguards(scheme, safeguards)
    shop = Workshop(scheme, ordinary, world, people, years, start, asked)
    plan = make_plan(scheme, world, seed=seed, seeds=seeds, span=span)
    _try_out(shop, plan)
    inputs = {
        "scheme": scheme.id, "world": world.id, "people": people, "years": years, "seed": seed, "seeds": seeds, "span": span,
        "start": start, "settings": {k: str(v) for k, v in (settings or {}).items()},
        "safeguards": list(asked),
    }  # fmt: skip
    engine = _engine_hash()
    texts = (resolved_yaml(scheme), resolved_yaml(world), resolved_yaml(ordinary) if ordinary else "")
    store = open_folder(out, fingerprint(*texts, json.dumps(inputs, sort_keys=True), engine, code_hash()), overwrite=overwrite)
    _compile_first(progress)
    jobs = {setting.id: shop.jobs([setting]) for setting in plan.settings}
    live_all({job.key: job for of_setting in jobs.values() for job in of_setting}.values(), store, threads=threads, progress=progress)
    study = Results(shop, plan, jobs, store)
    lines = study.write(out, texts[0], texts[1], progress)
    write_packages(out, f"{scheme.name}: simulated run")
    record = make_record(out, inputs=inputs, seconds=time.perf_counter() - began, cpu_seconds=time.process_time() - cpu, engine=engine)
    close_folder(out, record)
    return StudyResult(out, lines)


def _try_out(shop: Workshop, plan: Plan) -> None:
    """A scheme, scenario or safeguard that cannot be compiled is refused before anything is written."""
    for setting in (*plan.of("central"), *plan.of("scenario")):
        try:
            shop.tables(setting.values)
        except InputError as error:
            raise InputError(f"{setting.id.replace('-', ' ', 1)}: {error}" if setting.values else str(error)) from None


def _engine_hash() -> str:
    from glasshouse.engine.kernel import source_hash

    return source_hash()


def _compile_first(progress: Progress | None) -> None:
    """Compile the engine if this version of it never was, and say so once."""
    from glasshouse.engine import kernel

    if kernel.is_compiled():
        return
    if progress:
        progress(0, 1, "Compiling the engine, once for this version (about a minute)")
    seconds = kernel.warm()
    if progress:
        progress(1, 1, f"Compiled the engine in {seconds:.0f} CPU-seconds")
