"""Where counts stand: every count has its own place, and names, offsets and bins agree."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.layout import DAY_BINS, bin_start, duration_bin, make_layout
from tests.oracle.test_engine_equals_oracle import towns

SHAPE = {"arms": 2, "lists": 3, "needs": 5, "categories": 4, "channels": 2, "kinds": 3, "horizon": 70, "followup": 500}


def test_every_place_belongs_to_one_count() -> None:
    layout = make_layout(**SHAPE)
    vector = np.zeros(layout.size, np.int64)
    for part in layout.view(vector).values():
        part += 1
    assert vector.min() == vector.max() == 1


def test_offsets_are_where_the_parts_stand() -> None:
    layout = make_layout(**SHAPE)
    vector = np.arange(layout.size)
    for name, part in layout.view(vector).items():
        assert part.ravel()[0] == layout.record[0][name]
        assert part.base is not None  # a view: writing to it writes to the vector


@pytest.mark.parametrize("days", [0, 1, DAY_BINS - 1, DAY_BINS, DAY_BINS + 6, DAY_BINS + 7, 2000])
def test_a_duration_lies_in_its_bin(days: int) -> None:
    b = duration_bin(days)
    assert bin_start(b) <= days < bin_start(b + 1)


def test_the_longest_stay_has_a_bin() -> None:
    layout = make_layout(**SHAPE)
    assert layout.shapes["durations"][-1] == duration_bin(SHAPE["horizon"] + SHAPE["followup"]) + 1


def test_what_should_add_up_adds_up() -> None:
    """Days as differences end where they began; every tracked entry has one end; everyone lives all days."""
    for town in towns().values():
        machine = town.machine()
        vector, _, _ = machine.live(0, machine.towns)
        v = machine.layout.view(vector)
        assert np.all(v["days"].sum(axis=-1) == 0) and np.all(v["debtors"].sum(axis=-1) == 0)
        assert np.all(v["entries"].sum(axis=(1, 2)) == v["durations"].sum(axis=(2, 3)))
        assert v["adults"].sum() + v["minors"].sum() == town.people
        assert v["overflow"] == 0 < v["events"]
        assert np.all(v["ever"] <= (v["adults"] + v["minors"])[None, :, None])
