"""What officials do, who sees, what is rewarded and who takes part, as integers (005, sections 7 and 8)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from glasshouse.files.errors import InputError
from glasshouse.files.values import Rule, in_days
from glasshouse.scheme import tables as T
from glasshouse.scheme.kinds import Risk
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.people import Enrolment, Publicity, Selection
from glasshouse.scheme.rows import by_group, index, mask, records
from glasshouse.scheme.tables import Ints, Records
from glasshouse.world.tables import WorldTables
from glasshouse.world.units import ONE, days, factor, rounded, threshold

WEEK = 7
TO = {"ties": T.TO_TIES, "town": T.TO_TOWN}
KIND = {"mandatory": T.MANDATORY, "opt-in": T.OPT_IN, "tied to a need": T.TIED_TO_NEED}


def campaigns(scheme: Scheme) -> Records:
    """Rows of `CAMPAIGN`."""
    rows = []
    for i, one in enumerate(scheme.officials.campaigns if scheme.officials else []):
        channel = index(f"officials: campaigns: {i}: channel", one.channel, scheme.channels)
        rows.append((channel, days(one.first), days(one.last), factor(one.times.value)))
    return records(rows, T.CAMPAIGN)


def spare(scheme: Scheme) -> Ints:
    """Thresholds that an official lets an act go, by channel and group."""
    out = np.zeros((len(scheme.channels), 3), dtype=np.int64)
    for name, shares in (scheme.officials.discretion if scheme.officials else {}).items():
        what = f"officials: discretion: {name}"
        out[index("officials: discretion", name, scheme.channels)] = [threshold(x, what) for x in by_group(what, shares, 0.0)]
    return out


def whole_weeks(every: Rule) -> int | None:
    """How many weeks a term is, None where it is not a whole number of them from 1 on."""
    weeks = Fraction(in_days(every)).limit_denominator(1000) / WEEK
    return int(weeks) if weeks.denominator == 1 and weeks >= 1 else None


def selections(scheme: Scheme) -> Records:
    """Rows of `SELECTION`: by the lowest score, then by the highest risk."""
    chosen = scheme.officials.selection if scheme.officials else None
    rows = [_selection("officials: selection", chosen, scheme, by_risk=0)] if chosen else []
    rows += [_selection("risk", scheme.risk, scheme, by_risk=1)] if scheme.risk else []
    return records(rows, T.SELECTION)


def _selection(what: str, chosen: Selection | Risk, scheme: Scheme, by_risk: int) -> tuple[int, ...]:
    every = whole_weeks(chosen.every)
    if every is None:
        raise InputError(f"{what}: every must be a whole number of weeks, at least 1")
    return index(f"{what}: list", chosen.list, scheme.lists), threshold(chosen.share.value, f"{what}: share"), every, by_risk


def attention(scheme: Scheme) -> dict[str, int]:
    """Fields of `WHOLE`: where officials look."""
    block = scheme.officials.attention if scheme.officials else None
    if block is None:
        return {"attention_channel": -1, "districts": 0, "follow": 0, "prior": 0, "mended": 0}
    if not 0 <= block.follows.value <= 1:
        raise InputError(f"officials: attention: follows is {block.follows.value:g}; a share lies between 0 and 1")
    return {
        "attention_channel": index("officials: attention: channel", block.channel, scheme.channels),
        "districts": rounded(block.districts.value),
        "follow": factor(block.follows.value),
        "prior": rounded(block.prior.value),
        "mended": int(block.mended),
    }


def informing(scheme: Scheme) -> dict[str, int]:
    """Fields of `WHOLE`: the channel that people report to, and how much more it then sees."""
    block = scheme.responses.informing if scheme.responses else None
    if block is None:
        return {"informing_channel": -1, "informs": ONE}
    if block.times.value < 1:
        raise InputError(f"responses: informing: times is {block.times.value:g}; it must be at least 1")
    return {
        "informing_channel": index("responses: informing: channel", block.channel, scheme.channels),
        "informs": factor(block.times.value),
    }


def publicity(block: Publicity | None) -> dict[str, int]:
    """The field of `WHOLE` that says who sees the lists shown."""
    return {"publicity": TO[block.to] if block else T.TO_NOBODY}


def rewards(scheme: Scheme, wt: WorldTables) -> Records:
    """Rows of `REWARD`."""
    grades = [g.name for g in scheme.grades]
    rows = []
    for name, it in scheme.rewards.items():
        what = f"rewards: {name}"
        row = (index(f"{what}: from_grade", it.from_grade, grades), mask(f"{what}: needs", it.needs, wt.names["needs"]), int(it.zero_sum))
        rows.append(row)
    return records(rows, T.REWARD)


def enrolment(block: Enrolment | None, wt: WorldTables) -> dict[str, int]:
    """Fields of `WHOLE`: who takes part."""
    out = {"enrolment": T.MANDATORY, "enrol_share": 0, "enrol_needs": 0, "join": 0, "leave": 0}
    if block is None:
        return out
    out["enrolment"] = KIND[block.kind]
    if block.kind == "opt-in" and block.share:
        out["enrol_share"] = threshold(block.share.value, "enrolment: share")
    if block.kind == "tied to a need":
        out["enrol_needs"] = mask("enrolment: needs", block.needs, wt.names["needs"])
        out["join"] = threshold(block.joins.value, "enrolment: joins") if block.joins else 0
    if block.kind != "mandatory" and block.leaves:
        out["leave"] = threshold(block.leaves.value, "enrolment: leaves")
    return out
