"""Do the twins count what the engine counts? The C twin exactly, the NumPy twin within chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.c_twin import CTwin
from benchmarks.numpy_twin import NumpyTwin
from benchmarks.reference import machine
from glasshouse.engine.machine import Machine

Ints = NDArray[np.int64]
MOST_ERRORS = 4.0  # standard errors


def differing(m: Machine, ours: Ints, theirs: Ints) -> list[str]:
    """Names of the counts in which two vectors differ."""
    a, b = m.layout.view(ours), m.layout.view(theirs)
    return [name for name in a if not np.array_equal(a[name], b[name])]


def require_equal(twin: CTwin, people: int, seed: int) -> int:
    """Every count of the engine equals the C twin's, or an error. Returns how many counts are not zero."""
    m = machine(people, seed)
    ours, _, _ = m.live(0, m.towns)
    wrong = differing(m, ours, twin.live(people, seed, 0, m.towns))
    if wrong:
        raise AssertionError(f"the engine and the C twin differ in: {', '.join(wrong)} ({people} people, seed {seed})")
    return int(np.count_nonzero(ours))


def main_counts(m: Machine, counts: Ints) -> dict[str, Ints]:
    """The engine's counts in the NumPy twin's shape: one arm, all groups."""
    v = m.layout.view(counts)
    debt = m.world.category["needs_debt"] != 0
    return {
        "events": v["events"],
        "acts": np.where(debt, v["acts_arm"][0].sum(axis=0), v["acts"].sum(axis=0)),
        "attempts": v["attempts"].sum(axis=0),
        "entries": v["entries"][0].sum(axis=(0, 1)),
        "days": v["days"][0].cumsum(axis=-1)[..., :-1].sum(axis=(0, 2)),
        "exposures": v["exposures"][0].sum(axis=(0, 1)),
        "denials": v["denials"][0].sum(axis=(0, 1)),
        "spared_denials": v["spared_denials"][0].sum(keepdims=True).ravel(),
        "debts_arisen": v["debts_arisen"][0].sum(keepdims=True),
        "debts_paid": v["debts_paid"][0].sum(keepdims=True),
        "ever_listed": v["ever_listed"][0].sum(keepdims=True),
        "adults": v["adults"],
        "minors": v["minors"],
    }


def standard_errors(towns: int, seed: int, *, superposed: bool = False) -> dict[str, float]:
    """By count: how many standard errors the engine and the NumPy twin lie apart, the error taken from town to town.

    Adults and minors are the same number in every town: they must be equal, and are reported as 0 or infinity.
    """
    m, twin = machine(towns * machine(1, 0).town_size, seed), NumpyTwin(superposed=superposed)
    ours = [main_counts(m, m.live(t, t + 1)[0]) for t in range(towns)]
    theirs = [twin.live(m.town_size, seed * 1000 + t) for t in range(towns)]
    out: dict[str, float] = {}
    for name in ours[0]:
        a, b = (np.array([town[name] for town in side], float) for side in (ours, theirs))
        apart = np.abs(a.mean(axis=0) - b.mean(axis=0))
        error = np.sqrt((a.var(axis=0, ddof=1) + b.var(axis=0, ddof=1)) / towns)
        z = np.divide(apart, error, out=np.where(apart > 0, np.inf, 0.0), where=error > 0)
        out |= {f"{name}[{i}]" if z.size > 1 else name: float(x) for i, x in enumerate(z)}
    return out


def require_alike(towns: int, seed: int, *, superposed: bool = False) -> tuple[str, float]:
    """No count of the NumPy twin lies more than 4 standard errors from the engine's. Returns the one furthest off."""
    found = standard_errors(towns, seed, superposed=superposed)
    wrong = {name: z for name, z in found.items() if z > MOST_ERRORS}
    if wrong:
        raise AssertionError(f"the engine and the NumPy twin lie too far apart (standard errors): {wrong}")
    worst = max(found, key=lambda name: found[name])
    return worst, found[worst]
