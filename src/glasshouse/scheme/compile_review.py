"""Notice, review, copies, amnesty and drift as integers (005, sections 5 and 6)."""

from __future__ import annotations

from typing import get_args

import numpy as np

from glasshouse.files.errors import InputError, did_you_mean
from glasshouse.scheme import tables as T
from glasshouse.scheme.limits import MOST_STAGES
from glasshouse.scheme.model import Gate, Scheme, SchemeList
from glasshouse.scheme.remedies import ErrorClass, Notice, Review
from glasshouse.scheme.rows import tenths
from glasshouse.scheme.tables import Ints
from glasshouse.world.units import days, days_q8, factor, threshold

WHEN = {"never": T.NO_NOTICE, "before": T.BEFORE, "after": T.AFTER, "at the gate": T.AT_GATE}
FIX = {"list": T.FIX_LIST, "points": T.FIX_POINTS, "copies": T.FIX_COPIES, "money": T.FIX_MONEY}
CLASSES: tuple[str, ...] = get_args(ErrorClass)
STAGES = MOST_STAGES


def notice(block: Notice | None) -> dict[str, int]:
    """Fields of `WHOLE` that say how people hear of a record."""
    if block is None:
        return {"notice": T.NO_NOTICE, "notice_days": 0, "reach": 0}
    told = block.when in ("before", "after")
    reach = threshold(block.reaches.value, "notice: reaches") if told and block.reaches else 0
    return {"notice": WHEN[block.when], "notice_days": days(block.period) if told else 0, "reach": reach}


def review(block: Review | None) -> dict[str, int]:
    """Fields of `WHOLE` that say how a case is heard."""
    out = {"review": 0, "stages": 0, "file_mean": 0, "patience_mean": 0, "capacity_1": T.NO_LIMIT, "capacity_2": T.NO_LIMIT}
    out |= {"goes_on": 0, "corrects": 0}
    if block is None:
        return out
    if not 1 <= len(block.stages) <= STAGES:
        raise InputError(f"review: {len(block.stages)} stages; 1 or {STAGES} are possible")
    for n, stage in enumerate(block.stages, 1):
        if stage.capacity is not None:
            out[f"capacity_{n}"] = factor(stage.capacity.value)
    out |= {"review": 1, "stages": len(block.stages)}
    out["file_mean"], out["patience_mean"] = days_q8(block.files_after), days_q8(block.gives_up_after)
    first = block.stages[0]
    if len(block.stages) == STAGES and first.goes_on is not None:
        out["goes_on"] = threshold(first.goes_on.value, "review: goes_on")
    out["corrects"] = sum(FIX[remedy] for remedy in set(block.corrects))
    return out


def filed(block: Review | None) -> Ints:
    """Thresholds that a case is filed, by class of error; a class without a share files nothing."""
    out = np.zeros(T.ERROR_CLASSES, dtype=np.int64)
    for name, share in (block.filed if block else {}).items():
        if name not in CLASSES:
            raise InputError(f"review: filed: unknown class of error '{name}'{did_you_mean(name, CLASSES)}")
        out[CLASSES.index(name)] = threshold(share.value, f"review: filed: {name}")
    return out


def upheld(block: Review | None) -> Ints:
    """Thresholds that a case is upheld, by stage and by sound (0) or wrong (1)."""
    out = np.zeros((STAGES, 2), dtype=np.int64)
    for n, stage in enumerate(block.stages if block else []):
        out[n] = (
            threshold(stage.upheld_if_sound.value, "review: upheld_if_sound"),
            threshold(stage.upheld_if_wrong.value, "review: upheld_if_wrong"),
        )
    return out


def list_remedies(row: np.void, name: str, entry: SchemeList, scheme: Scheme) -> None:
    """The fields of a list that concern notice, review, publicity and amnesty."""
    told, heard = scheme.notice, scheme.review
    row["reviewed"] = heard is not None and name in heard.lists
    at_gate = told is not None and told.when == "at the gate" and row["reviewed"]  # a gate tells of every list under review
    row["noticed"] = told is not None and (name in told.lists or at_gate)
    row["shown"] = scheme.publicity is not None and name in scheme.publicity.lists
    row["amnesty_first"] = days(entry.amnesty.first) if entry.amnesty else -1
    row["amnesty_every"] = days(entry.amnesty.every) if entry.amnesty else 0


def purge(gate: Gate) -> int:
    """Days for which the copy at a gate outlives the listing."""
    return days(gate.holder.purges_after) if gate.holder else 0


def drift(scheme: Scheme) -> dict[str, int]:
    """Fields of `WHOLE`: by how much a record's points move towards 0, and every how many days."""
    block = scheme.points.drift if scheme.points else None
    return {"drift_points": tenths(block.points.value) if block else 0, "drift_every": days(block.every) if block else 0}
