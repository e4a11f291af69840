"""What the axes of the counts stand for: arms with their lists, ways out and parts; groups, categories, needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glasshouse.mechanism.lists import AMNESTY, CAUSES, CENSORED, CORRECTED, EXPIRED, FIRST_HAZARD, LEFT, PERFORMED
from glasshouse.outcomes.parts import ALL_PARTS, parts_of
from glasshouse.scheme import measured
from glasshouse.scheme.measured import GENERAL_AMNESTY, LEFT_THE_SCHEME, OR
from glasshouse.world.compile import VALENCES

if TYPE_CHECKING:
    from glasshouse.scheme.tables import SchemeTables
    from glasshouse.world.tables import WorldTables

Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Amounts:
    """Money in one arm's scheme: its currency, and the largest amounts that one record claims or is owed for, or one attempt costs."""

    currency: str = ""
    claim: int = 0
    owed: int = 0
    price: int = 0


@dataclass(frozen=True)
class ArmNames:
    """What one arm's scheme calls its parts; `causes` are the ways off a list by their number in the engine."""

    name: str
    lists: tuple[str, ...]
    channels: tuple[str, ...]
    kinds: tuple[str, ...]  # false records, then batch errors
    grades: tuple[str, ...]
    causes: tuple[str, ...]
    parts: frozenset[str] = ALL_PARTS  # what the scheme has (`outcomes/parts.py`)
    pair: tuple[int, int] = (-1, -1)  # places of the error-free arm and of the arm alone that this one is compared with
    money: Amounts = Amounts()


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
    def of(cls, world: WorldTables, arms: Mapping[str, SchemeTables], pairs: Pairs | None = None) -> Names:
        """Names from the tables of a run.

        Parameters
        ----------
        world : WorldTables
        arms : mapping
            In the order in which the engine lives them, the scheme under study first.
        pairs : sequence of (int, int), optional
            As the machine has them: for each arm its error-free arm and its arm alone, -1 none.
        """
        valences = tuple(VALENCES[v] for v in world.category["valence"])
        pairs = pairs or [(-1, -1)] * len(arms)
        return cls(
            arms=tuple(_arm_names(name, tables, valences, pair) for (name, tables), pair in zip(arms.items(), pairs, strict=True)),
            groups=tuple(world.names["groups"]),
            categories=tuple(world.names["categories"]),
            valences=valences,
            needs=tuple(world.names["needs"]),
            essential=tuple(bool(v) for v in world.need["essential"]),
            minor=tuple(bool(v) for v in world.need["minor"]),
        )


def _arm_names(name: str, scheme: SchemeTables, valences: tuple[str, ...], pair: tuple[int, int]) -> ArmNames:
    names = scheme.names
    per_list = [int(n) for n in scheme.list["n_hazards"]]
    ends = [(AMNESTY, GENERAL_AMNESTY)] if (scheme.list["amnesty_first"] >= 0).any() else []
    ends += [(LEFT, LEFT_THE_SCHEME)] if scheme.whole["leave"][0] > 0 else []
    return ArmNames(
        name=name,
        lists=tuple(names["lists"]),
        channels=tuple(names["channels"]),
        kinds=(*names["false"], *names["batches"]),
        grades=tuple(names["grades"]),
        causes=cause_names(names["hazards"], per_list, dict(ends)),
        parts=parts_of(scheme, valences, pair),
        money=_amounts(scheme),
        pair=pair,
    )


def _amounts(scheme: SchemeTables) -> Amounts:
    prices = scheme.gate["price"]
    at_once = int(prices.sum())  # several gates may ask for a price at one attempt
    currency = scheme.names.get("currency", [""])[0]
    return Amounts(currency, int(scheme.item["claim"].max(initial=0)), int(scheme.item["owed"].max(initial=0)), at_once)


def cause_names(hazards: list[str], per_list: list[int], ends: Mapping[int, str] | None = None) -> tuple[str, ...]:
    """Names of the ways off a list by number; a number that several lists use under unlike names carries them all.

    `ends` are those that not every scheme has: a day of amnesty, leaving.
    """
    found: dict[int, list[str]] = {}
    at = 0
    for n in per_list:
        for j in range(n):
            if hazards[at + j] not in found.setdefault(j, []):
                found[j].append(hazards[at + j])
        at += n
    fixed = {CORRECTED: measured.CORRECTED, PERFORMED: measured.PERFORMED, EXPIRED: measured.EXPIRED, CENSORED: "censored"} | dict(
        ends or {}
    )
    return tuple(fixed.get(c) or OR.join(found.get(c - FIRST_HAZARD, [])) for c in range(CAUSES))
