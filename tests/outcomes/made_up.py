"""Counts filled in by hand: two arms, two groups, two weeks."""

from __future__ import annotations

import numpy as np

from glasshouse.engine.layout import make_layout
from glasshouse.outcomes.counts import ArmNames, Counts, Names, cause_names
from glasshouse.outcomes.rows import ALL, Row

HORIZON = 14
FOLLOWUP = 1095
CAUSES = cause_names(["amnesty"], [1])
SCHEME = ArmNames("scheme", ("register",), ("courts",), ("collision",), ("good", "bad"), CAUSES)
NAMES = Names(
    arms=(SCHEME, ArmNames("none", (), (), (), (), cause_names([], []), fines=False)),
    groups=("A", "B"),
    categories=("debt", "theft", "help"),
    valences=("default", "unlawful", "commendable"),
    needs=("rail", "clinic", "school"),
    essential=(False, True, True),
    minor=(False, False, True),
)


def counts(seed: int = 1, setting: str = "central", visibility: tuple[float, ...] = (), **filled: object) -> Counts:
    """Counts of zeros with 100 and 50 adults in groups A and B; `filled` maps a name to {index: value}."""
    layout = make_layout(arms=2, lists=1, needs=3, categories=3, channels=1, kinds=1, horizon=HORIZON, followup=FOLLOWUP)
    arrays = layout.view(np.zeros(layout.size, np.int64))
    arrays["adults"][:] = 100, 50, 0
    arrays["minors"][:] = 20, 10, 0
    for name, values in filled.items():
        assert isinstance(values, dict)
        for index, value in values.items():
            arrays[name][index] = value
    return Counts(scheme="testville", seed=seed, setting=setting, names=NAMES, arrays=arrays, visibility=visibility)


def stay(arm: int, group: int, cls: int, first: int, stop: int, people: int = 1) -> dict[tuple[int, ...], int]:
    """People in a class on days ``first .. stop - 1``, as the engine counts them."""
    return {(arm, group, cls, first): people, (arm, group, cls, stop): -people}


def pick(rows: list[Row], outcome: str, arm: str = "scheme", group: str = ALL, cls: str = ALL, detail: str = "") -> Row:
    """The one row of this name."""
    found = [r for r in rows if (r.outcome, r.arm, r.group, r.cls, r.detail) == (outcome, arm, group, cls, detail)]
    assert len(found) == 1, (outcome, arm, group, cls, detail, len(found))
    return found[0]
