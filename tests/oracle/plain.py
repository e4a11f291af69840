"""A scheme's tables as simple objects with plain integers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.oracle.people import plain


def plain_scheme(tables: Any) -> SimpleNamespace:
    """Rows become objects, rows of numbers lists of integers."""
    return SimpleNamespace(
        rules=plain(tables.rules)[0],
        channels=plain(tables.channel),
        sensitivity=tables.sensitivity.tolist(),
        mistaken_for=tables.mistaken_for.tolist(),
        items=plain(tables.item),
        pick_start=tables.pick_start.tolist(),
        pick_count=tables.pick_count.tolist(),
        pick_item=tables.pick_item.tolist(),
        pick_cum=tables.pick_cum.tolist(),
        false=plain(tables.false),
        false_category=tables.false_category.tolist(),
        batches=plain(tables.batch),
        batch_category=tables.batch_category.tolist(),
        grade_from=tables.grade_from.tolist(),
        lists=plain(tables.list),
        hazards=[plain(row) for row in tables.hazard],
        gates=plain(tables.gate),
        whole=plain(tables.whole)[0],
        tie_weight=tables.tie_weight.tolist(),
        spare=tables.spare.tolist(),
        campaigns=plain(tables.campaign),
        restrained=tables.restrained.tolist(),
        fading=tables.fading.tolist(),
        silenced=tables.silenced.tolist(),
        theta=tables.theta.tolist(),
        silence_factor=tables.silence_factor.tolist(),
        filed=tables.filed.tolist(),
        upheld=tables.upheld.tolist(),
        rewards=plain(tables.reward),
        selections=plain(tables.selection),
        risk_weight=tables.risk_weight.tolist(),
    )
