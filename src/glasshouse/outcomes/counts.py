"""The counts of one seed and setting, with the names of what they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from glasshouse.mechanism.classes import CLASSES, GROUND_UNMET, PROTECTED, SPARED
from glasshouse.mechanism.lists import CAUSES, CENSORED, CORRECTED, EXPIRED, FIRST_HAZARD, PERFORMED
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND
from glasshouse.world.compile import GROUPS, VALENCES

if TYPE_CHECKING:
    from glasshouse.engine.layout import Layout
    from glasshouse.scheme.tables import SchemeTables
    from glasshouse.world.tables import WorldTables

Ints = NDArray[np.int64]
CLEAN_ARM = "clean"  # the shadow ledger of the first arm; not an arm of its own
YEAR = 365


@dataclass(frozen=True)
class ArmNames:
    """What one arm's scheme calls its parts; `causes` are the ways off a list by their number in the engine."""

    name: str
    lists: tuple[str, ...]
    channels: tuple[str, ...]
    kinds: tuple[str, ...]  # false records, then batch errors
    grades: tuple[str, ...]
    causes: tuple[str, ...]
    fines: bool = True  # whether any rule brings a fine


@dataclass(frozen=True)
class Names:
    """What the axes of the counts stand for. The first arm is the scheme under study: the clean ledger is its shadow."""

    arms: tuple[ArmNames, ...]
    groups: tuple[str, ...]
    categories: tuple[str, ...]
    valences: tuple[str, ...]  # by category
    needs: tuple[str, ...]
    essential: tuple[bool, ...]  # by need
    minor: tuple[bool, ...]  # by need: minors' needs

    @classmethod
    def of(cls, world: WorldTables, arms: Mapping[str, SchemeTables]) -> Names:
        """Names from the tables of a run; `arms` in the order in which the engine lives them, the scheme under study first."""
        return cls(
            arms=tuple(_arm_names(name, tables) for name, tables in arms.items()),
            groups=tuple(world.names["groups"]),
            categories=tuple(world.names["categories"]),
            valences=tuple(VALENCES[v] for v in world.category["valence"]),
            needs=tuple(world.names["needs"]),
            essential=tuple(bool(v) for v in world.need["essential"]),
            minor=tuple(bool(v) for v in world.need["minor"]),
        )


def _arm_names(name: str, scheme: SchemeTables) -> ArmNames:
    names = scheme.names
    per_list = [int(n) for n in scheme.list["n_hazards"]]
    return ArmNames(
        name=name,
        lists=tuple(names["lists"]),
        channels=tuple(names["channels"]),
        kinds=(*names["false"], *names["batches"]),
        grades=tuple(names["grades"]),
        causes=cause_names(names["hazards"], per_list),
        fines=bool((scheme.item["fine"] != 0).any()),
    )


def cause_names(hazards: list[str], per_list: list[int]) -> tuple[str, ...]:
    """Names of the ways off a list by number. A number that several lists use under unlike names carries them all."""
    found: dict[int, list[str]] = {}
    at = 0
    for n in per_list:
        for j in range(n):
            if hazards[at + j] not in found.setdefault(j, []):
                found[j].append(hazards[at + j])
        at += n
    fixed = {CORRECTED: "corrected", PERFORMED: "performed", EXPIRED: "expired", CENSORED: "censored"}
    return tuple(fixed.get(c) or " or ".join(found.get(c - FIRST_HAZARD, [])) for c in range(CAUSES))


@dataclass(frozen=True)
class Counts:
    """The counts of one run of one seed, under one setting of the assumed values ("central", or a point of the span)."""

    scheme: str
    seed: int
    setting: str
    names: Names
    arrays: Mapping[str, Ints]
    visibility: tuple[float, ...] = ()  # by group, as the setting has it; empty where it is not given

    @classmethod
    def of(
        cls, layout: Layout, vector: Ints, names: Names, *, scheme: str, seed: int, setting: str, world: WorldTables | None = None
    ) -> Counts:
        """Name the parts of a run's vector of counts.

        Parameters
        ----------
        layout : Layout
            Of the machine that counted.
        vector : ints (layout.size,)
            The counts, summed over towns.
        names : Names
            What the axes stand for.
        scheme, seed, setting : str, int, str
            The run: which scheme is under study, its seed, and "central" or the name of a point of the span.
        world : WorldTables, optional
            The world of this very setting, for the inputs beside a disparity.
        """
        seen = () if world is None else tuple(float(world.vis_group[GROUPS.index(g)]) for g in names.groups)
        return cls(scheme=scheme, seed=seed, setting=setting, names=names, arrays=layout.view(vector), visibility=seen)

    def __getitem__(self, name: str) -> Ints:
        return self.arrays[name]

    @property
    def people(self) -> int:
        """Invented people in the run."""
        return int(self["adults"].sum() + self["minors"].sum())

    @property
    def horizon(self) -> int:
        """Counted days."""
        return int(self["days"].shape[-1]) - 1

    @property
    def weeks(self) -> int:
        """Counted weeks."""
        return self.horizon // 7

    @cached_property
    def daily(self) -> Ints:
        """Person-days (arm, group, class or spared, day)."""
        return np.cumsum(self["days"], axis=-1)[..., :-1]

    @cached_property
    def class_days(self) -> Ints:
        """Person-days (arm, group, class or spared)."""
        return np.asarray(self.daily.sum(axis=-1))

    @cached_property
    def day_spells(self) -> Ints:
        """Spells behind the person-days, at least: days on which more people start than stop (arm, group, class or spared)."""
        return np.asarray(np.clip(self["days"], 0, None).sum(axis=-1))

    def arms(self) -> Iterator[tuple[str, int]]:
        """Each arm's name and its place in the arrays."""
        return ((arm.name, a) for a, arm in enumerate(self.names.arms))

    def groups(self) -> Iterator[tuple[str, slice]]:
        """Everyone, then each group: its label and its part of an axis."""
        yield ALL, slice(None)
        for name in self.names.groups:
            g = GROUPS.index(name)
            yield name, slice(g, g + 1)

    def adult_years(self, group: slice = slice(None)) -> float:
        """Adults times counted time in years of 365 days."""
        return float(self["adults"][group].sum()) * self.horizon / YEAR

    def person_years(self, group: slice = slice(None)) -> float:
        """Adults and minors times counted time in years of 365 days."""
        return self.adult_years(group) + float(self["minors"][group].sum()) * self.horizon / YEAR


def classes() -> Iterator[tuple[str, slice]]:
    """Each class of sanction, those without ground together, and all: label and part of an axis."""
    for k, name in enumerate(CLASSES):
        yield name, slice(k, k + 1)
    yield WITHOUT_GROUND, slice(0, GROUND_UNMET + 1)
    yield ALL, slice(0, len(CLASSES))


WRONG = slice(0, GROUND_UNMET + 1)  # classes that the clean ledger does not hold
HELD = slice(PROTECTED, SPARED)  # classes that it holds too
CLEAN_DAYS = slice(PROTECTED, SPARED + 1)  # days sanctioned by the clean ledger: held by both, or wrongly spared
