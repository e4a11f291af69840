"""Counts filled in by hand: two arms, two groups, two weeks; or all arms that a run can have."""

from __future__ import annotations

import numpy as np

from glasshouse.engine.layout import make_layout
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.names import Amounts, ArmNames, Names, cause_names
from glasshouse.outcomes.parts import ALL_PARTS, FREE_TWIN, LONE_TWIN, TIES
from glasshouse.outcomes.rows import ALL, Row

HORIZON = 14
FOLLOWUP = 1095
CAUSES = cause_names(["amnesty"], [1])
PARTS = ALL_PARTS - {FREE_TWIN, LONE_TWIN}
MONEY = Amounts("euros", claim=1000, owed=300, price=40)
SCHEME = ArmNames("scheme", ("register",), ("courts",), ("collision",), ("good", "bad"), CAUSES, PARTS, money=MONEY)
NONE = ArmNames("none", (), (), (), (), cause_names([], []), frozenset())
NAMES = Names(
    arms=(SCHEME, NONE),
    groups=("A", "B"),
    categories=("debt", "theft", "help", "petition"),
    valences=("default", "unlawful", "commendable", "protected"),
    needs=("rail", "clinic", "school"),
    essential=(False, True, True),
    minor=(False, False, True),
)


def arm(name: str, parts: frozenset[str], pair: tuple[int, int] = (-1, -1)) -> ArmNames:
    """An arm like the scheme, with other parts."""
    return ArmNames(name, ("register",), ("courts",), ("collision",), ("good", "bad"), CAUSES, parts, pair, MONEY)


# scheme, mended, error-free, alone, ordinary, none: in the order in which a run lives them
EVERY_ARM = Names(
    arms=(
        arm("scheme", ALL_PARTS, (2, 3)), arm("with notice", ALL_PARTS - {LONE_TWIN}, (2, -1)), arm("error-free", frozenset()),
        arm("alone", PARTS - {TIES}), ArmNames("ordinary", (), (), (), (), CAUSES, frozenset({"fines"})), NONE,
    ),
    groups=NAMES.groups, categories=NAMES.categories, valences=NAMES.valences, needs=NAMES.needs, essential=NAMES.essential,
    minor=NAMES.minor,
)  # fmt: skip


def counts(
    seed: int = 1, setting: str = "central", visibility: tuple[float, ...] = (), names: Names = NAMES, **filled: object
) -> Counts:  # fmt: skip
    """Counts of zeros with 100 and 50 adults, 20 and 10 minors in groups A and B; `filled` maps a name to {index: value}."""
    layout = make_layout(
        arms=len(names.arms), lists=1, needs=3, categories=4, channels=1, kinds=1, horizon=HORIZON, followup=FOLLOWUP
    )  # fmt: skip
    arrays = layout.view(np.zeros(layout.size, np.int64))
    arrays["adults"][:] = 100, 50, 0
    arrays["minors"][:] = 20, 10, 0
    for name, values in filled.items():
        assert isinstance(values, dict)
        for index, value in values.items():
            arrays[name][index] = value
    return Counts(scheme="testville", seed=seed, setting=setting, names=names, arrays=arrays, visibility=visibility)


def stay(arm: int, group: int, cls: int, first: int, stop: int, people: int = 1) -> dict[tuple[int, ...], int]:
    """People in a class on days ``first .. stop - 1``, as the engine counts them."""
    return {(arm, group, cls, first): people, (arm, group, cls, stop): -people}


def pick(rows: list[Row], outcome: str, arm: str = "scheme", group: str = ALL, cls: str = ALL, detail: str = "") -> Row:
    """The one row of this name."""
    found = [r for r in rows if (r.outcome, r.arm, r.group, r.cls, r.detail) == (outcome, arm, group, cls, detail)]
    assert len(found) == 1, (outcome, arm, group, cls, detail, len(found))
    return found[0]
