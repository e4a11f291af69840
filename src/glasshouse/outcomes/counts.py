"""The counts of one seed and setting, with the names of what they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from glasshouse.mechanism.classes import CLASSES, COLLATERAL, INDUCED, MISRECORDED, MISTAKEN, SPARED, STALE
from glasshouse.outcomes.names import Names
from glasshouse.outcomes.parts import COPIES, ERRORS, FREE_TWIN, TIES
from glasshouse.outcomes.rows import ALL, WITHOUT_GROUND
from glasshouse.world.compile import GROUPS

if TYPE_CHECKING:
    from glasshouse.engine.layout import Layout
    from glasshouse.world.tables import WorldTables

Ints = NDArray[np.int64]
CLEAN_ARM = "clean"  # the shadow ledger of the first arm; not an arm of its own
YEAR = 365
WRONG = slice(STALE, COLLATERAL + 1)  # classes that the clean ledger does not hold
FALSE_RECORDS = slice(MISTAKEN, MISRECORDED + 1)  # of them, those that rest on a record of what never was so
HELD = slice(INDUCED, SPARED)  # classes that the clean ledger holds too
CLEAN_DAYS = slice(INDUCED, SPARED + 1)  # days sanctioned by the clean ledger: held by both, or wrongly spared
EVERY = slice(0, len(CLASSES))
NEEDS_PART = {STALE: COPIES, COLLATERAL: TIES, INDUCED: FREE_TWIN} | dict.fromkeys(range(MISTAKEN, COLLATERAL), ERRORS)


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

    def spells_behind(self, days: float, a: int, group: slice, classes: slice = EVERY) -> float:
        """Spells behind some person-days that an arm sanctions: the days over the mean length of a spell in the given classes."""
        all_days, spells = (float(x[a, group, classes].sum()) for x in (self.class_days, self.day_spells))
        return days * spells / all_days if all_days else days

    def arms(self, part: str = "") -> Iterator[tuple[str, int]]:
        """Each arm's name and its place in the arrays; only those that have a part, where one is named."""
        return ((arm.name, a) for a, arm in enumerate(self.names.arms) if not part or part in arm.parts)

    def has(self, part: str) -> bool:
        """Whether any arm has a part."""
        return any(self.arms(part))

    def groups(self) -> Iterator[tuple[str, slice]]:
        """Everyone, then each group: its label and its part of an axis."""
        yield ALL, slice(None)
        for name in self.names.groups:
            g = GROUPS.index(name)
            yield name, slice(g, g + 1)

    def classes(self, a: int) -> Iterator[tuple[str, slice]]:
        """Each class of sanction that an arm can have, those without ground together, and all: label and part of an axis."""
        parts = self.names.arms[a].parts
        for k, name in enumerate(CLASSES):
            if k not in NEEDS_PART or NEEDS_PART[k] in parts:
                yield name, slice(k, k + 1)
        if parts & {COPIES, ERRORS, TIES}:
            yield WITHOUT_GROUND, WRONG
        yield ALL, EVERY

    def adult_years(self, group: slice = slice(None)) -> float:
        """Adults times counted time in years of 365 days."""
        return float(self["adults"][group].sum()) * self.horizon / YEAR

    def minor_years(self, group: slice = slice(None)) -> float:
        """Minors times counted time in years of 365 days."""
        return float(self["minors"][group].sum()) * self.horizon / YEAR

    def person_years(self, group: slice = slice(None)) -> float:
        """Adults and minors times counted time in years of 365 days."""
        return self.adult_years(group) + self.minor_years(group)
