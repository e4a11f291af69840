"""Tidy rows for `outcomes.parquet`: identical counts give identical bytes.

One line per value: scheme, arm, seed, setting, week (empty for a value of the whole run), group, outcome, class, value. Rows that a
`detail` tells apart carry it in the outcome, as in `time_to_clear_30d:corrected`. Totals (group or class "all") stand beside their
parts. Weekly rows are kept for the settings asked for, by default the central one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path as File

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from glasshouse.outcomes.measure import Measured
from glasshouse.outcomes.rows import Row

CENTRAL = "central"
SCHEMA = pa.schema(
    [
        ("scheme", pa.string()), ("arm", pa.string()), ("seed", pa.int64()), ("setting", pa.string()), ("week", pa.int32()),
        ("group", pa.string()), ("outcome", pa.string()), ("class", pa.string()), ("value", pa.float64()),
    ]
)  # fmt: skip
ROW_GROUP = 1 << 20


def table(runs: Sequence[Measured], weekly: Collection[str] = (CENTRAL,)) -> pa.Table:
    """All values of some runs, in the order of scheme, setting and seed however the runs were given."""
    order = sorted(runs, key=lambda m: (m.scheme, m.setting, m.seed))
    batches = [batch for run in order for batch in _batches(run, run.setting in weekly)]
    return pa.Table.from_batches(batches, SCHEMA)


def write_parquet(runs: Sequence[Measured], file: File, weekly: Collection[str] = (CENTRAL,)) -> None:
    """Write outcomes.parquet."""
    pq.write_table(table(runs, weekly), file, compression="zstd", version="2.6", row_group_size=ROW_GROUP)


def _batches(run: Measured, weekly: bool) -> Iterator[pa.RecordBatch]:
    rows = run.rows
    yield _batch(
        run, [r.arm for r in rows], [None] * len(rows), [r.group for r in rows], [_outcome(r) for r in rows], [r.cls for r in rows],
        [r.value for r in rows],
    )  # fmt: skip
    for series in run.weekly if weekly else ():
        n = series.values.size
        yield _batch(
            run, [series.arm] * n, np.arange(n, dtype=np.int32), [series.group] * n, [series.outcome] * n, [series.cls] * n, series.values
        )


def _outcome(row: Row) -> str:
    return f"{row.outcome}:{row.detail}" if row.detail else row.outcome


def _batch(run: Measured, arm: object, week: object, group: object, outcome: object, cls: object, value: object) -> pa.RecordBatch:
    n = len(value)  # type: ignore[arg-type]
    columns = [[run.scheme] * n, arm, [run.seed] * n, [run.setting] * n, week, group, outcome, cls, value]
    return pa.RecordBatch.from_arrays([pa.array(c, t) for c, t in zip(columns, SCHEMA.types, strict=True)], schema=SCHEMA)
