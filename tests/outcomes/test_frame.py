"""The tidy file: columns, weeks, and the same bytes from the same counts."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from glasshouse.mechanism.classes import CLASSES, WITHIN
from glasshouse.outcomes.frame import SCHEMA, table, write_parquet
from glasshouse.outcomes.measure import Measured, measure
from tests.outcomes.made_up import counts, stay


def run(seed: int, setting: str = "central") -> Measured:
    """A run whose days differ by seed."""
    return measure(counts(seed=seed, setting=setting, days=stay(0, 0, WITHIN, 0, 7 + seed)))


def test_identical_counts_give_identical_bytes_in_any_order(tmp_path: Path) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b.parquet"
    write_parquet([run(1), run(2), run(1, "span-01")], first)
    write_parquet([run(1, "span-01"), run(2), run(1)], second)
    assert first.read_bytes() == second.read_bytes()
    write_parquet([run(1), run(3), run(1, "span-01")], second)
    assert first.read_bytes() != second.read_bytes()


def test_columns_are_flat_and_compressed(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    write_parquet([run(1)], file)
    assert pq.read_table(file).schema.equals(SCHEMA)
    assert pq.ParquetFile(file).metadata.row_group(0).column(0).compression == "ZSTD"


def test_weeks_only_at_central_values() -> None:
    lines = table([run(1), run(1, "span-01")]).to_pylist()
    weekly = [x for x in lines if x["week"] is not None]
    assert {x["setting"] for x in weekly} == {"central"}
    days = [x for x in weekly if (x["outcome"], x["group"], x["class"]) == ("sanctioned_days", "all", CLASSES[WITHIN])]
    assert [(x["week"], x["value"]) for x in days] == [(0, 7.0), (1, 1.0)]


def test_details_are_told_apart_in_the_outcome() -> None:
    lines = table([run(1)]).to_pylist()
    keys = [(x["arm"], x["week"], x["group"], x["outcome"], x["class"]) for x in lines]
    assert len(set(keys)) == len(keys)
    assert any(x["outcome"] == "grade_share:good" for x in lines)
