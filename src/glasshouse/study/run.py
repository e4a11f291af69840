"""A run from beginning to end: plan, live, measure, write the run's folder."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.engine.work import Job, Progress, Store, live_all
from glasshouse.files.settings import for_world, get_value, with_values
from glasshouse.files.values import Empirical
from glasshouse.files.write import resolved_yaml
from glasshouse.outcomes.counts import Counts, Names
from glasshouse.outcomes.frame import write_parquet
from glasshouse.outcomes.measure import Measured, measure
from glasshouse.outcomes.paths import commonest
from glasshouse.outcomes.rows import ALL
from glasshouse.outcomes.summary import Line, summarise, write_csv
from glasshouse.scheme.check import require_valid
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.study.build import Workshop
from glasshouse.study.folder import atomic, close_folder, fingerprint, open_folder, write_json, write_text
from glasshouse.study.influence import influence
from glasshouse.study.lives import lives
from glasshouse.study.plan import Plan, Setting, make_plan
from glasshouse.study.record import make_record, write_packages
from glasshouse.world.model import World

CURVE_OUTCOME = "listed_on_false_records"
INFLUENCED = "listed_without_cause"
SHOWN_IN_SCENARIOS = ("entries_rate", "listed_without_cause", "listed_on_false_records", "denials", "essential_denials", "debts_paid_share")


@dataclass(frozen=True)
class StudyResult:
    """A finished run: its folder and the lines of its summary."""

    folder: Path
    summary: list[Line]

    def outcome(self, name: str, *, arm: str = "scheme", group: str = ALL) -> list[Line]:
        """The summary's lines for one outcome, one per class."""
        return [line for line in self.summary if line.outcome == name and line.arm == arm and line.group == group]


def run_study(
    scheme: Scheme, *, world: World, people: int, years: int, seed: int, seeds: int, span: int, start: str = "mature",
    settings: Mapping[str, object] | None = None, out: Path, threads: int | None = None, progress: Progress | None = None,
    overwrite: bool = False,
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
        A path or value that is not allowed, or a folder that holds something else.
    """
    began, cpu = time.perf_counter(), time.process_time()
    of_scheme, of_world = for_world(settings or {})
    scheme, world = with_values(scheme, of_scheme), with_values(world, of_world)
    require_valid(scheme, world)
    ordinary = None if "baseline" in scheme.kind else load_scheme("ordinary-law")
    shop = Workshop(scheme, ordinary, world, people, years, start)
    plan = make_plan(scheme, world, seed=seed, seeds=seeds, span=span)
    shop.tables({})  # a scheme that cannot be compiled is refused before anything is written
    inputs = {
        "scheme": scheme.id, "world": world.id, "people": people, "years": years, "seed": seed, "seeds": seeds, "span": span, "start": start,
        "settings": {k: str(v) for k, v in (settings or {}).items()},
    }  # fmt: skip
    engine = _engine_hash()
    texts = (resolved_yaml(scheme), resolved_yaml(world), resolved_yaml(ordinary) if ordinary else "")
    store = open_folder(out, fingerprint(*texts, json.dumps(inputs, sort_keys=True), engine), overwrite=overwrite)
    _compile_first(progress)
    jobs = {setting.id: shop.jobs([setting]) for setting in plan.settings}
    live_all([job for of_setting in jobs.values() for job in of_setting], store, threads=threads, progress=progress)
    study = _Results(shop, plan, jobs, store)
    lines = study.write(out, texts[0], texts[1], progress)
    write_packages(out, f"{scheme.name}: simulated run")
    record = make_record(out, inputs=inputs, seconds=time.perf_counter() - began, cpu_seconds=time.process_time() - cpu, engine=engine)
    close_folder(out, record)
    return StudyResult(out, lines)


def _engine_hash() -> str:
    from glasshouse.engine.kernel import source_hash

    return source_hash()


def _compile_first(progress: Progress | None) -> None:
    """Compile the engine if this version of it never was, and say so once."""
    from glasshouse.engine import kernel

    if kernel.is_compiled():
        return
    if progress:
        progress(0, 1, "Compiling the engine, once for this version (about 20 seconds)")
    seconds = kernel.warm()
    if progress:
        progress(1, 1, f"Compiled the engine in {seconds:.0f} CPU-seconds")


class _Results:
    """Measures finished jobs and writes the run's files."""

    def __init__(self, shop: Workshop, plan: Plan, jobs: dict[str, list[Job]], store: Store) -> None:
        self.shop, self.plan, self.jobs, self.store = shop, plan, jobs, store
        world, arms = shop.tables({})
        self.arms, self.names = arms, Names.of(world, arms)

    def measured(self, setting: Setting) -> list[Measured]:
        """One `Measured` per seed of a setting."""
        found = []
        for job, seed in zip(self.jobs[setting.id], setting.seeds, strict=True):
            machine = job.build()
            total = self.store.total(job)
            counts = Counts.of(machine.layout, total.counts, self.names, scheme=self.shop.scheme.id, seed=seed, setting=setting.id)
            found.append(measure(counts))
        return found

    def write(self, out: Path, scheme_text: str, world_text: str, progress: Progress | None) -> list[Line]:
        """Write everything but the record."""
        report = progress or (lambda done, total, what: None)
        measured: dict[str, list[Measured]] = {}
        for i, setting in enumerate(self.plan.settings):
            measured[setting.id] = self.measured(setting)
            report(i + 1, len(self.plan.settings), "Measuring")
        central = measured["central"]
        span = [m for s in self.plan.of("span") for m in measured[s.id]]
        lines = summarise(central, span)
        write_text(out / "scheme.yaml", scheme_text)
        write_text(out / "world.yaml", world_text)
        with atomic(out / "summary.csv") as part:
            write_csv(lines, part)
        write_json(out / "summary.json", [line.cells() for line in lines])
        with atomic(out / "outcomes.parquet") as part:
            write_parquet([*central, *span, *(m for s in self.plan.of("scenario") for m in measured[s.id])], part)
        self._write_lives(out)
        write_json(out / "study.json", self._study(measured, central))
        return lines

    def _write_lives(self, out: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        setting = self.plan.of("central")[0]
        job = self.jobs[setting.id][0]
        rows = lives(job.build(), self.arms, self.names, self.shop.scheme, self.shop.world, self.store.total(job).sample)
        with atomic(out / "lives.parquet") as part:
            pq.write_table(pa.Table.from_pylist(rows, schema=_lives_schema()), part, compression="zstd")

    def _study(self, measured: dict[str, list[Measured]], central: list[Measured]) -> dict[str, Any]:
        shares = influence(self.plan.draws, [_value(m, INFLUENCED) for s in self.plan.of("span") for m in measured[s.id]]) if self.plan.draws else []
        order = sorted(range(len(shares)), key=lambda i: (-shares[i], i))
        seen: set[str] = set()
        top: list[int] = []
        for i in order:
            value = self._empirical(self.plan.moved[i])
            if (value.linked or self.plan.moved[i]) not in seen and len(top) < 5:
                seen.add(value.linked or self.plan.moved[i])
                top.append(i)
        return {
            "people": self.shop.people,
            "years": self.shop.years,
            "start": self.shop.start,
            "chance": {"seeds": len(central)},
            "span": {
                "points": len(self.plan.of("span")),
                "outcome": INFLUENCED,
                "values": [self._span_value(i, shares[i], order.index(i) + 1) for i in range(len(shares))],
            },
            "influential": [{"path": self.plan.moved[i], "share": shares[i]} for i in top],
            "headline": self._headline(measured),
            "scenarios": [self._scenario(s, measured[s.id]) for s in self.plan.of("scenario")],
            "paths": commonest(central),
        }

    def _empirical(self, path: str) -> Empirical:
        of_scheme, of_world = for_world({path: 0})
        value = get_value(self.shop.scheme, path) if of_scheme else get_value(self.shop.world, next(iter(of_world)))
        assert isinstance(value, Empirical)
        return value

    def _span_value(self, i: int, share: float, rank: int) -> dict[str, Any]:
        path = self.plan.moved[i]
        value = self._empirical(path)
        evidence = value.evidence if isinstance(value.evidence, str) else value.evidence.kind
        return {
            "path": path, "low": value.range[0], "high": value.range[1], "central": value.value, "scale": value.scale, "evidence": evidence,
            "linked": value.linked, "influence": {"share": share, "rank": rank},
        }  # fmt: skip

    def _scenario(self, setting: Setting, runs: list[Measured]) -> dict[str, Any]:
        name = setting.id.removeprefix("scenario-")
        outcomes = {o: _mean([_value(m, o) for m in runs]) for o in SHOWN_IN_SCENARIOS}
        return {"id": name, "text": self.shop.scheme.scenarios[name].text, "why": self.shop.scheme.scenarios[name].why, "outcomes": outcomes}

    def _headline(self, measured: dict[str, list[Measured]]) -> dict[str, Any] | None:
        path = self.shop.scheme.headline
        curve = self.plan.of("curve")
        if path is None or not curve:
            return None
        value = self._empirical(path)
        points = []
        for setting in curve:
            over_seeds = _known([_value(m, CURVE_OUTCOME) for m in measured[setting.id]])
            beside = [m for s in self.plan.of("curve-span") if s.x == setting.x for m in measured[s.id]]
            over_span = _known([_value(m, CURVE_OUTCOME) for m in beside])
            points.append({
                "x": setting.x, "central": _mean(over_seeds),
                "chance_low": min(over_seeds, default=None), "chance_high": max(over_seeds, default=None),
                "span_low": min(over_span, default=None), "span_high": max(over_span, default=None),
            })  # fmt: skip
        return {
            "path": path, "per": value.per, "unit": "per 100,000 adults a year", "outcome": CURVE_OUTCOME,
            "label": path, "points": points, "x_central": value.value, "x_range": list(value.range), "scale": value.scale,
            "seeds": len(curve[0].seeds), "span_points": sum(s.x == curve[0].x for s in self.plan.of("curve-span")),
        }  # fmt: skip


def _value(run: Measured, outcome: str) -> float | None:
    """One outcome of one run: the scheme's arm, everyone, all classes."""
    return next((r.value for r in run.rows if r.outcome == outcome and r.arm == "scheme" and r.group == ALL and r.cls == ALL), None)


def _known(values: list[float | None]) -> list[float]:
    return [v for v in values if v is not None]


def _mean(values: list[float | None] | list[float]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _lives_schema() -> Any:
    import pyarrow as pa

    text = ("arm", "event", "category", "list", "class", "text", "example_of")
    return pa.schema([("person", pa.int64()), ("day", pa.int64()), ("points", pa.float64()), *((n, pa.string()) for n in text)])


