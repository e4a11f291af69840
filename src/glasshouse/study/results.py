"""Measuring finished jobs and writing a run's files: summary, outcomes, lives, and the study around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from glasshouse.engine.work import Job, Progress, Store, atomic
from glasshouse.files.settings import for_world, get_value
from glasshouse.files.values import Empirical
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.frame import write_parquet
from glasshouse.outcomes.headline import on_false_records
from glasshouse.outcomes.measure import Measured, measure
from glasshouse.outcomes.names import Names
from glasshouse.outcomes.paths import commonest
from glasshouse.outcomes.rows import ALL
from glasshouse.outcomes.summary import Line, summarise, write_csv
from glasshouse.scheme.mended import mended
from glasshouse.scheme.model import Safeguard
from glasshouse.scheme.tables import SchemeTables
from glasshouse.study.arms import ALONE, ERROR_FREE, ORDINARY, SCHEME, mended_arm, pairs
from glasshouse.study.build import Workshop
from glasshouse.study.figures import Lived, beside_run
from glasshouse.study.folder import write_json, write_text
from glasshouse.study.influence import Moved, influence, leading, mark, tried
from glasshouse.study.lives import lives
from glasshouse.study.plan import Plan, Setting

CURVE_OUTCOME = "listed_on_false_records"
INFLUENCED = "listed_without_cause"
SHOWN_IN_SCENARIOS = (
    "entries_rate", "listed_without_cause", "listed_on_false_records", "denials", "essential_denials", "debts_paid_share",
    "wrongly_sanctioned_days", "error_induced_days", "collateral_days", "forgone_protected", "unlawful_acts_prevented",
)  # fmt: skip


class Results:
    """Measures finished jobs and writes the run's files."""

    def __init__(self, shop: Workshop, plan: Plan, jobs: dict[str, list[Job]], store: Store) -> None:
        self.shop, self.plan, self.jobs, self.store = shop, plan, jobs, store
        self.arms, self.names = self._arms({})

    def _arms(self, values: Mapping[str, object]) -> tuple[dict[str, SchemeTables], Names]:
        world, arms = self.shop.tables(values)
        return arms, Names.of(world, arms, pairs(arms))

    def counts(self, setting: Setting) -> Iterator[Counts]:
        """The counts of each seed of a setting, in order."""
        names = self.names
        if setting.kind == "scenario":
            names = self._arms(setting.values)[1]  # it may have other lists and parts
        elif setting.scheme_alone:
            names = replace(names, arms=(replace(names.arms[0], pair=(-1, -1)),))
        stated = self.shop.world.visibility.by_group
        seen = tuple(float(setting.values.get(f"world:visibility.by_group.{g}", stated[g].value)) for g in self.names.groups)  # type: ignore[arg-type]
        for job, seed in zip(self.jobs[setting.id], setting.seeds, strict=True):
            arrays = self.store.total(job).arrays()
            yield Counts(self.shop.scheme.id, seed, setting.id, names, arrays, seen)

    def write(self, out: Path, scheme_text: str, world_text: str, progress: Progress | None) -> list[Line]:
        """Write everything but the record."""
        report = progress or (lambda done, total, what: None)
        measured: dict[str, list[Measured]] = {}
        curve: dict[str, list[float | None]] = {}
        for i, setting in enumerate(self.plan.settings):
            if setting.kind in ("curve", "curve-span"):
                curve[setting.id] = [on_false_records(c) for c in self.counts(setting)]
            else:
                measured[setting.id] = [measure(c) for c in self.counts(setting)]
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
        write_json(out / "study.json", self._study(measured, central, curve) | self._published(lines, out))
        return lines

    def _published(self, lines: list[Line], out: Path) -> dict[str, Any]:
        """The scheme's published figures beside this run; nothing where its file has none."""
        stated = self.shop.scheme.plausibility
        return {"published": beside_run(stated, Lived.of(lines, out / "outcomes.parquet"))} if stated else {}

    def _write_lives(self, out: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        setting = self.plan.of("central")[0]
        job = self.jobs[setting.id][0]
        scheme = self.shop.scheme
        schemes = dict.fromkeys((SCHEME, ERROR_FREE, ALONE), scheme) | {mended_arm(n): mended(scheme, n) for n in self.shop.safeguards}
        schemes |= {ORDINARY: self.shop.ordinary} if self.shop.ordinary else {}
        rows = lives(job.build(), self.arms, self.names, schemes, self.shop.world, self.store.total(job).sample)
        with atomic(out / "lives.parquet") as part:
            pq.write_table(pa.Table.from_pylist(rows, schema=_lives_schema()), part, compression="zstd")

    def _study(self, measured: dict[str, list[Measured]], central: list[Measured], curve: dict[str, list[float | None]]) -> dict[str, Any]:
        moved, points = self._moved(measured), len(self.plan.of("span"))
        together = tried(moved, self.shop.scheme, self.shop.world)
        return {
            "people": self.shop.people,
            "years": self.shop.years,
            "start": self.shop.start,
            "arms": list(self.arms),
            "safeguards": [{"id": n, "text": given.text, "why": given.why} for n, given in self._safeguards()],
            "chance": {"seeds": len(central)},
            "span": {
                "points": points,
                "outcome": INFLUENCED,
                "tried": len(together),
                "told_from": mark(points, len(together)),
                "values": [self._span_value(v) for v in moved],
            },
            "influential": [asdict(v) for v in leading(together, points)],
            "headline": self._headline(curve),
            "scenarios": [self._scenario(s, measured[s.id]) for s in self.plan.of("scenario")],
            "paths": commonest(central),
        }

    def _moved(self, measured: dict[str, list[Measured]]) -> list[Moved]:
        """The values that the span moves, in file order, with the share of the span that each explains."""
        if not self.plan.draws:
            return []
        shares = influence(self.plan.draws, [_value(m, INFLUENCED) for s in self.plan.of("span") for m in measured[s.id]])
        return [Moved(path, self._empirical(path), share) for path, share in zip(self.plan.moved, shares, strict=True)]

    def _empirical(self, path: str) -> Empirical:
        of_scheme, of_world = for_world({path: 0})
        value = get_value(self.shop.scheme, path) if of_scheme else get_value(self.shop.world, next(iter(of_world)))
        assert isinstance(value, Empirical)
        return value

    def _span_value(self, moved: Moved) -> dict[str, Any]:
        value = moved.value
        evidence = value.evidence if isinstance(value.evidence, str) else value.evidence.kind
        return {
            "path": moved.path, "low": value.range[0], "high": value.range[1], "central": value.value, "scale": value.scale,
            "evidence": evidence, "linked": value.linked, "share": moved.share,
        }  # fmt: skip

    def _scenario(self, setting: Setting, runs: list[Measured]) -> dict[str, Any]:
        name = setting.id.removeprefix("scenario-")
        outcomes = {o: _mean([_value(m, o) for m in runs]) for o in SHOWN_IN_SCENARIOS}
        return {
            "id": name,
            "text": self.shop.scheme.scenarios[name].text,
            "why": self.shop.scheme.scenarios[name].why,
            "outcomes": outcomes,
        }

    def _safeguards(self) -> list[tuple[str, Safeguard]]:
        return [(name, self.shop.scheme.safeguards[name]) for name in self.shop.safeguards]

    def _headline(self, measured: dict[str, list[float | None]]) -> dict[str, Any] | None:
        path = self.shop.scheme.headline
        curve = self.plan.of("curve")
        if path is None or not curve:
            return None
        value = self._empirical(path)
        points = []
        for setting in curve:
            over_seeds = _known(measured[setting.id])
            over_span = _known([v for s in self.plan.of("curve-span") if s.x == setting.x for v in measured[s.id]])
            over_span += _known([_mean(over_seeds)]) if over_span else []  # the central values of all else are a point of the span too
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

    text = ("role", "group", "arm", "event", "category", "list", "class", "text", "example_of")
    return pa.schema([("person", pa.int64()), ("day", pa.int64()), ("points", pa.float64()), *((n, pa.string()) for n in text)])
