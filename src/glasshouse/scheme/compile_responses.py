"""How people respond, as integers: awareness, restraints, silence (005, section 8)."""

from __future__ import annotations

import math

import numpy as np

from glasshouse.files.errors import InputError
from glasshouse.files.values import in_days
from glasshouse.scheme import tables as T
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.people import ListedThresholds, Restraint, SilenceByThreshold, SilenceByUtility, Thresholds, restraints
from glasshouse.scheme.rows import marks
from glasshouse.scheme.tables import SILENCE_STEPS, Ints
from glasshouse.scheme.utility import expressed_share, truncated_exponential
from glasshouse.world.tables import WorldTables
from glasshouse.world.units import SURE, rounded, threshold

ALL_SPEAK, NONE_SPEAK = SURE, -1  # what the threshold of speaking is held against before the first exchange
FEAR = 1 << 16


def restrained(scheme: Scheme, categories: list[str]) -> tuple[Ints, Ints]:
    """Which categories each restraint concerns, and the threshold that an act is done by weeks since aware."""
    found = restraints(scheme.responses)
    rows = [marks(f"responses: {name}: categories", one.categories, categories) for name, one in found]
    held = np.array(rows, dtype=np.int64).reshape(len(found), len(categories))
    fading = np.array([_fading(name, one) for name, one in found], dtype=np.int64).reshape(len(found), T.FADING_WEEKS)
    return held, fading


def _fading(name: str, one: Restraint) -> list[int]:
    """Thresholds of doing the act: the effect halves every so many weeks, or stays."""
    effect, what = one.effect.value, f"responses: {name}: effect"
    if one.fades is None:
        return [threshold(1 - effect, what)] * T.FADING_WEEKS
    half_life = in_days(one.fades) / 7
    if half_life <= 0:
        raise InputError(f"responses: {name}: fades must be above 0; write null if the effect stays")
    return [threshold(1 - effect * 2 ** (-m / half_life), what) for m in range(T.FADING_WEEKS)]


def responses(scheme: Scheme) -> dict[str, int]:
    """Fields of `WHOLE`: who is aware, and the kind of silence."""
    block = scheme.responses
    silence = block.silence if block else None
    out = {
        "aware": threshold(block.aware.value, "responses: aware") if block else 0,
        "silence": T.OPEN_SPEECH,
        "silence_start": 0,
        "fear": 0,
    }
    if isinstance(silence, SilenceByThreshold):
        out["silence"] = T.BY_THRESHOLD
        out["silence_start"] = ALL_SPEAK if silence.starts == "everyone" else NONE_SPEAK
        out["fear"] = rounded(silence.fear.value * FEAR)
    elif silence is not None:
        out["silence"] = T.BY_UTILITY
    return out


def silenced(scheme: Scheme, wt: WorldTables) -> tuple[Ints, Ints, Ints]:
    """Categories that silence concerns, thresholds of speaking by rank, and thresholds that a thing is said by desire and boldness."""
    block = scheme.responses.silence if scheme.responses else None
    categories = marks("responses: silence: categories", block.categories if block else [], wt.names["categories"])
    theta: list[int] = [0]
    factor = np.full(SILENCE_STEPS**2, SURE, dtype=np.int64)
    if isinstance(block, SilenceByThreshold):
        theta = thresholds(block.thresholds, int(wt.scalars["town_size"][0]))
    elif isinstance(block, SilenceByUtility):
        factor = utility_table(block)
    return np.array(categories, dtype=np.int64), np.array(theta, dtype=np.int64), factor


def thresholds(stated: Thresholds, people: int) -> list[int]:
    """Thresholds of speaking in 2^-32 of the adults, in rising order: as listed, or the mid-quantiles of a normal distribution."""
    if isinstance(stated, ListedThresholds):
        if not stated.listed:
            raise InputError("responses: silence: thresholds: listed needs at least one number")
        return sorted(rounded(x * SURE) for x in stated.listed)
    from scipy.special import ndtri  # slow to import, and only this needs it

    deviation = ndtri((np.arange(people) + 0.5) / people)
    return [rounded(float(stated.mean.value + stated.sd.value * z) * SURE) for z in deviation]


def utility_table(block: SilenceByUtility) -> Ints:
    """What is said of what people wish to say, at mid-quantiles of desire (rows) and boldness, as thresholds of 2^32."""
    steps = [(i + 0.5) / SILENCE_STEPS for i in range(SILENCE_STEPS)]
    wishes = truncated_exponential(block.desire.value, steps)
    bold = [-block.boldness.value * math.log1p(-u) for u in steps]
    return np.array([threshold(expressed_share(block, d, b), "responses: silence") for d in wishes for b in bold], dtype=np.int64)
