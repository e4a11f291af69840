"""What the property tests vary: schemes of Testville with other numbers, and how many examples they take.

The examples are derandomised: a property is exact, so a failure is a fault and never bad luck, and a second run repeats the first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from glasshouse.scheme.model import Scheme
from tests.made_up import made_up_scheme

EXAMPLES = 8
exact = settings(  # no shrinking: a town is lived again for each step of it
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip

Changes = dict[str, Any]
seeds = st.integers(0, 2**32 - 1)
shares = st.integers(0, 20).map(lambda n: n / 20)
# Listing and enforcement leave the payment of debts alone: what a scheme does then drives no behaviour.
NO_FEEDBACK: Changes = {"debts/enforcement/value": 1, "debts/listed/value": 1}
AT_ONCE: Changes = {
    "channels/office/delay/minimum/value": 0, "channels/office/delay/mean/value": 0, "channels/cameras/delay/mean/value": 0,
}  # fmt: skip
NO_FALSE_RECORDS: Changes = {
    "false_records/name-collision/rate/value": 0, "false_records/face-mismatch/rate/value": 0, "false_records/malice/rate/value": 0,
    "batches/bad-import/strikes/value": 0, "channels/office/misrecorded/share/value": 0,
}  # fmt: skip

_varied: dict[str, st.SearchStrategy[Any]] = {
    "channels/office/sensitivity/value": shares,
    "channels/cameras/sensitivity/value": shares,
    "channels/office/misrecorded/share/value": shares,
    "false_records/name-collision/rate/value": st.sampled_from([0, 0.02, 0.4]),
    "false_records/malice/rate/value": st.sampled_from([0, 0.3, 0.9]),
    "batches/bad-import/strikes/value": st.sampled_from([0, 1, 4]),
    "batches/bad-import/share/value": shares,
    "points/repeat_doubles": st.booleans(),
    "points/overlap": st.sampled_from(["highest only", "all apply"]),
    "rules/checked/value": shares,
    "rules/unclear_counts_as": st.sampled_from(["lawful", "unlawful", "protected"]),
    "rules/items/bill/validity/value": st.sampled_from([0.1, 1, 2]),
    "rules/items/petition/points": st.sampled_from([-5, -30, -200]),
    "lists/defaulters/repeat/effect": st.sampled_from(["none", "restart", "extend"]),
    "lists/nuisance/repeat/effect": st.sampled_from(["none", "restart"]),
    "lists/nuisance/term/value": st.sampled_from([1, 7, 90, 400]),
    "lists/nuisance/sanction": st.booleans(),
    "gates/train/compliance/value": shares,
    "gates/train/over/share/value": shares,
    "gates/school/compliance/value": shares,
    "correction/filed/value": shares,
    "correction/mean/value": st.sampled_from([0, 25, 90]),
}
varied = st.fixed_dictionaries({}, optional=_varied)


def scheme(*changes: Changes) -> Scheme:
    """Testville's scheme with changes, the later ones first in rank."""
    return made_up_scheme({path: value for some in changes for path, value in some.items()})


def without(of: Scheme, **blocks: Callable[[str], bool]) -> Scheme:
    """The scheme without the entries of some blocks whose names fit."""
    return of.model_copy(
        update={block: {name: v for name, v in getattr(of, block).items() if not drop(name)} for block, drop in blocks.items()}
    )
