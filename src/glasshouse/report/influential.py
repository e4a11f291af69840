"""Which assumed values move the answer most, as far as the points of the span can tell."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

from glasshouse.report.read import Run

MOST = 5  # values shown as leading
FEWEST_POINTS = 8  # of a span that can tell any influence
BY_CHANCE = 0.05  # how often one of all the values moved passes the mark though none has influence
REFUSED = ("world:needs.", "gates.")
CONDUCT = "world:conduct."


def noise_share(run: Run) -> float:
    """The share of the span up to which a value cannot be told from one without influence.

    A rank correlation of unrelated values has a standard error of 1 / sqrt(points). Dozens of values are tried at once, so the mark is as
    many standard errors as keep all of them together below it in nineteen runs of twenty. 1 (every share) where there are so few points
    that even a perfect correlation is often met by chance; 0 without a span.
    """
    points, tried = run.span_points or 0, len(moved(run)) or 1
    if points < FEWEST_POINTS:
        return float(points > 0)
    return min(NormalDist().inv_cdf(1 - BY_CHANCE / tried / 2) ** 2 / points, 1.0)


def influential(run: Run) -> list[dict[str, Any]]:
    """The leading values: those whose influence can be told from none, filled up with the widest ranges; with what the files say of them.

    `told` says which of the two a value is.
    """
    values = moved(run)
    if not (run.study.get("span") or {}).get("values"):
        named = [dict(v) if isinstance(v, dict) else {"path": str(v)} for v in run.study.get("influential") or []]
        return [v | run.value(str(v["path"])) | {"told": True} for v in named[:MOST]]
    floor = noise_share(run)
    told = [v | {"told": True} for v in values if (share_of(v) or 0.0) > floor][:MOST]
    paths = {v["path"] for v in told}
    rest = sorted((v for v in values if v["path"] not in paths), key=lambda v: (-width(v), v["path"]))
    return told + [v | {"told": False} for v in rest[: MOST - len(told)]]


def moved(run: Run) -> list[dict[str, Any]]:
    """Every value that the span moves, most influential first; linked values once, since they share one draw.

    Where the answer is who is listed, values that cannot move it are left out: any correlation of theirs is chance.
    """
    span = run.study.get("span") or {}
    of_entries = str(span.get("outcome", "")).startswith("listed")
    found: dict[str, dict[str, Any]] = {}
    together: dict[str, int] = {}
    for v in sorted(span.get("values") or [], key=lambda v: -(share_of(v) or 0.0)):
        path = str(v.get("path"))
        if not (of_entries and (_is_refusal(run, path) or _is_unseen(run, path))):
            key = str(v.get("linked") or path)
            together[key] = together.get(key, 0) + 1
            found.setdefault(key, v | run.value(path) | {"path": path})
    return [v | {"linked_with": together[key] - 1} for key, v in found.items()]


def _is_refusal(run: Run, path: str) -> bool:
    """Whether a value is about what people need or are refused; where uses are rated or a refusal traps, it may drive who is listed."""
    drives = run.scheme.get("ratings") or any(gate.get("trap") for gate in (run.scheme.get("gates") or {}).values())
    return path.startswith(REFUSED) and not drives


def _is_unseen(run: Run, path: str) -> bool:
    """Whether a value is about conduct that no channel of the scheme covers and that leaves no debt."""
    if not path.startswith(CONDUCT):
        return False
    category = path.removeprefix(CONDUCT).split(".")[0]
    debts = ((run.world.get("conduct") or {}).get(category) or {}).get("creates_debt")
    channels = (run.scheme.get("channels") or {}).values()
    return not debts and not any(category in (channel.get("covers") or []) for channel in channels)


def width(value: dict[str, Any]) -> float:
    """How many times the lowest the highest is, as a logarithm; from the central value where the lowest is 0."""
    low, high = (float(x) for x in (value.get("range") or (value.get("low") or 0.0, value.get("high") or 0.0))[:2])
    central = value.get("value", value.get("central"))
    if low > 0:
        return math.log(high / low)
    return 2 * math.log(high / central) if isinstance(central, int | float) and 0 < central < high else 0.0


def share_of(value: dict[str, Any]) -> float | None:
    """The share of the span that a value explains, if it was measured."""
    influence = value.get("influence", value.get("share"))
    share = influence.get("share") if isinstance(influence, dict) else influence
    return float(share) if isinstance(share, int | float) else None
