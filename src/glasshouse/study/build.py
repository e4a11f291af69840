"""From a setting of the files' values to a machine that can live it: the scheme, its twins and the baselines side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from glasshouse.engine.machine import Machine, Times
from glasshouse.engine.work import Job
from glasshouse.files.settings import empirical_values, for_world, with_values
from glasshouse.files.values import Empirical, in_days
from glasshouse.scheme.compile import compile_scheme, no_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Channel, Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.study.arms import NONE, ORDINARY, SCHEME, is_tied, mended_tables, pairs, twins
from glasshouse.study.plan import Setting
from glasshouse.world.compile import compile_world
from glasshouse.world.model import World
from glasshouse.world.tables import WorldTables

WEEKS_A_YEAR = 52


@dataclass(frozen=True, eq=False)
class Workshop:
    """A scheme, its comparators and a world, ready to be compiled under any setting."""

    scheme: Scheme
    ordinary: Scheme | None  # None where the scheme under study is itself a baseline
    world: World
    people: int
    years: int
    start: str
    safeguards: tuple[str, ...] = ()  # each lived as an arm of its own

    def tables(self, values: Mapping[str, object], *, scheme_alone: bool = False) -> tuple[WorldTables, dict[str, SchemeTables]]:
        """The world and the arms under a setting, as tables; the first arm only if ``scheme_alone``.

        A value that ordinary law states alike at the same path is one unknown: it moves in both. A setting applies to every arm; what a
        safeguard sets comes last.
        """
        of_scheme, of_world = for_world(values)
        world = with_values(self.world, of_world) if of_world else self.world
        scheme = with_values(self.scheme, of_scheme) if of_scheme else self.scheme
        tables = compile_world(world)
        arms = {SCHEME: compile_scheme(scheme, world, tables)}
        if scheme_alone:
            return tables, arms
        arms |= mended_tables(scheme, self.safeguards, world, tables)
        if self.ordinary is not None:
            arms |= twins(arms[SCHEME], tied=is_tied(self.scheme))
            shared = {path: v for path, v in of_scheme.items() if path in self.shared_unknowns}
            ordinary = with_values(self.ordinary, shared) if shared else self.ordinary
            arms[ORDINARY] = compile_scheme(ordinary, world, tables)
        arms[NONE] = no_scheme(world, tables)
        return tables, arms

    @cached_property
    def shared_unknowns(self) -> frozenset[str]:
        """Paths at which both files state the same empirical value: one unknown, so both arms must move together."""
        if self.ordinary is None:
            return frozenset()
        here, there = dict(empirical_values(self.scheme)), dict(empirical_values(self.ordinary))
        return frozenset(path for path, v in there.items() if path in here and _stated(here[path]) == _stated(v))

    def times(self, seed: int) -> Times:
        """People, weeks, seed and the history lived before counting starts, in whole weeks."""
        history = 7 * ceil(round(in_days(self.world.history)) / 7) if self.start == "mature" else 0
        return Times(people=self.people, weeks=WEEKS_A_YEAR * self.years, seed=seed, history=history)

    @property
    def towns(self) -> int:
        """Towns that hold the people."""
        return -(-self.people // int(self.world.town_size.value))

    def jobs(self, settings: list[Setting]) -> list[Job]:
        """One job per setting and seed. Tables are compiled once per setting, when its turn comes.

        A setting that changes nothing (the curve at its central value) is the central one under another name: it has the same jobs.
        """
        jobs = []
        for setting in settings:
            compiled = lru_cache(maxsize=1)(lambda s=setting: self.tables(s.values, scheme_alone=s.scheme_alone))
            for seed in setting.seeds:
                jobs.append(Job(f"{setting.id if setting.values else 'central'}.{seed}", self.towns, _builder(compiled, self.times(seed))))
        return jobs


def _stated(value: Empirical) -> tuple[object, ...]:
    return value.value, value.range, value.scale, value.per, value.unit


def ordinary_law(scheme: Scheme, world: World) -> Scheme | None:
    """The comparator for a scheme, as far as it speaks of this world's conduct; None where the scheme is itself a baseline.

    A world of one's own may know other categories and roles than the catalogue's ordinary law does: its channels and rules then keep
    those that exist.
    """
    if "baseline" in scheme.kind:
        return None
    law = load_scheme("ordinary-law")
    known = set(world.conduct)
    channels = {
        name: channel.model_copy(update={
            "covers": [c for c in channel.covers if c in known],
            "by_category": {c: v for c, v in channel.by_category.items() if c in known},
            "misrecorded": channel.misrecorded if _knows(channel, known) else None,
        })
        for name, channel in law.channels.items()
    }  # fmt: skip
    roles = {"resident", "minor", *world.roles}
    items = (
        [item for item in law.rules.items if item.when in known and (item.roles is None or set(item.roles) <= roles)] if law.rules else []
    )
    rules = law.rules.model_copy(update={"items": items}) if law.rules else None
    update: dict[str, object] = {"channels": channels, "rules": rules}
    for block in ("false_records", "batches"):
        kinds = getattr(law, block).items()
        kept = {name: kind.model_copy(update={"covers": [c for c in kind.covers if c in known]}) for name, kind in kinds}
        update[block] = {name: kind for name, kind in kept.items() if kind.covers}
    return law.model_copy(update=update)


def _knows(channel: Channel, known: set[str]) -> bool:
    return channel.misrecorded is not None and {*channel.misrecorded.mistaken_for, *channel.misrecorded.mistaken_for.values()} <= known


def _builder(compiled, times: Times):  # type: ignore[no-untyped-def]
    def build() -> Machine:
        world, arms = compiled()
        return Machine(world, list(arms.values()), times, pairs=pairs(arms))

    return build
