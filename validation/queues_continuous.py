"""Queues with servers that work in continuous time: M/M/c, M/G/1 and M/M/c with giving up, against closed forms.

The product decides reviews once a week (`glasshouse validate queues`) and has no such server. This is a separate event-driven queue: cases
arrive, wait in one line for one of c servers, and may give up; it pins what is understood of waiting, and nothing of the product.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from glasshouse.validation.estimates import mean_of
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong

RUNS = {Size.QUICK: 8, Size.FULL: 24}
ARRIVALS = {Size.QUICK: 15_000, Size.FULL: 60_000}  # of each run, after a warm-up of a fifth as many
WAITED, WAIT, GAVE_UP = range(3)


@dataclass(frozen=True)
class Setting:
    """Arrivals and services per unit of time, servers, and how fast those who wait give up; `cv2`: squared variation of a service time."""

    arrivals: float
    services: float
    servers: int
    gives_up: float = 0.0
    cv2: float = 1.0


def service_times(rng: np.random.Generator, it: Setting, n: int) -> np.ndarray:
    """Deterministic, exponential or lognormal times with the stated mean and variation."""
    mean = 1 / it.services
    if it.cv2 == 0:
        return np.full(n, mean)
    if it.cv2 == 1:
        return rng.exponential(mean, n)
    sigma = math.sqrt(math.log(1 + it.cv2))
    return np.asarray(rng.lognormal(math.log(mean) - sigma**2 / 2, sigma, n))


def lived(it: Setting, n: int, seed: int) -> np.ndarray:
    """One run: the share of cases that waited, the mean wait in line, and the share that gave up."""
    rng = np.random.default_rng(seed)
    total = n + n // 5
    arrival = np.cumsum(rng.exponential(1 / it.arrivals, total))
    service = service_times(rng, it, total)
    patience = rng.exponential(1 / it.gives_up, total) if it.gives_up else np.full(total, np.inf)
    free = [0.0] * it.servers
    heapq.heapify(free)
    wait, gone = np.zeros(total), np.zeros(total, bool)
    for i in range(total):  # first come, first served: a case starts when the next server is free, unless it has given up by then
        start = max(arrival[i], free[0])
        if start - arrival[i] > patience[i]:
            wait[i], gone[i] = patience[i], True
            continue
        wait[i] = start - arrival[i]
        heapq.heapreplace(free, start + service[i])
    kept = slice(total - n, None)
    return np.array([(wait[kept] > 0).mean(), wait[kept].mean(), gone[kept].mean()])


@cache
def simulated(it: Setting, size: Size) -> np.ndarray:
    """Independent runs, a row each."""
    return np.array([lived(it, ARRIVALS[size], 100 + run) for run in range(RUNS[size])])


# Closed forms -------------------------------------------------------------------------------------------------------------------------


def erlang_c(it: Setting) -> tuple[float, float]:
    """Chance of waiting and mean wait of M/M/c."""
    load = it.arrivals / it.services
    terms = [load**k / math.factorial(k) for k in range(it.servers)]
    last = load**it.servers / math.factorial(it.servers) * it.servers / (it.servers - load)
    waits = last / (sum(terms) + last)
    return waits, waits / (it.servers * it.services - it.arrivals)


def erlang_a(it: Setting) -> tuple[float, float, float]:
    """Chance of waiting, mean time in line and chance of giving up of M/M/c with exponential patience, by the chain of those present."""
    weight, weights = 1.0, [1.0]
    for k in range(1, 2_000):
        leave = min(k, it.servers) * it.services + max(k - it.servers, 0) * it.gives_up
        weight *= it.arrivals / leave
        weights.append(weight)
    p = np.array(weights) / sum(weights)
    line = float(sum((k - it.servers) * p[k] for k in range(it.servers, len(p))))
    return float(p[it.servers :].sum()), line / it.arrivals, it.gives_up * line / it.arrivals


def pollaczek(it: Setting) -> float:
    """Mean wait of M/G/1."""
    load = it.arrivals / it.services
    return load * (1 + it.cv2) / (2 * (1 - load)) / it.services


# Rows ---------------------------------------------------------------------------------------------------------------------------------


def queue_row(
    name: str, title: str, it: Setting, what: int, target: float, wrong: tuple[str, str, Setting], sources: tuple[str, ...] = ()
) -> Row:  # fmt: skip
    """A row about one of the three numbers of a run."""

    def measure(of: Setting, size: Size) -> Found:
        return mean_of(simulated(of, size)[:, what])

    variant, text, other = wrong
    return Row(
        name=name, table=Table.THEORY, title=title, target=target, unit=("share of cases", "times", "share of cases")[what],
        sources=sources,
        origin=Origin.THEOREM, through=Through.REPLICATION, pins=("review queue",), measure=lambda size: measure(it, size),
        wrong=(Wrong(variant, text, lambda size: measure(other, size)),),
    )  # fmt: skip


TEN = Setting(9, 1, 10)
IMPATIENT, OVERLOADED = Setting(12, 1, 10, 0.5), Setting(15, 1, 10, 0.1)
POOLED = ("lines-apart", "Each server has a line of its own, with a tenth of the cases.", Setting(0.9, 1, 1))
PATIENT = ("more-patient", "Those who wait give up half as fast.", Setting(12, 1, 10, 0.25))
LASTING = ("more-patient", "Those who wait give up half as fast.", Setting(15, 1, 10, 0.05))
EXPONENTIAL = ("exponential", "Services are exponential.", Setting(0.8, 1, 1))
STEADY = ("deterministic", "Services all take the mean time.", Setting(0.8, 1, 1, cv2=0))
ABANDON = ("garnett-2002",)

ROWS: tuple[Row, ...] = (
    queue_row("ten-servers-wait-share", "Cases that wait: 9 a unit of time, ten servers", TEN, WAITED, erlang_c(TEN)[0], POOLED),
    queue_row("ten-servers-wait", "Mean wait: 9 cases a unit of time, ten servers", TEN, WAIT, erlang_c(TEN)[1], POOLED),
    queue_row("one-server-steady", "Mean wait at one server with a load of 0.8: every service takes the mean time", Setting(0.8, 1, 1,
    cv2=0),
              WAIT, pollaczek(Setting(0.8, 1, 1, cv2=0)), EXPONENTIAL),
    queue_row("one-server-exponential", "Mean wait at one server with a load of 0.8: exponential services", Setting(0.8, 1, 1), WAIT,
              pollaczek(Setting(0.8, 1, 1)), STEADY),
    queue_row("one-server-lognormal", "Mean wait at one server with a load of 0.8: services with a squared variation of 4",
              Setting(0.8, 1, 1, cv2=4), WAIT, pollaczek(Setting(0.8, 1, 1, cv2=4)), EXPONENTIAL),
    queue_row("impatient-wait-share", "Cases that wait: 12 a unit of time, ten servers, two units of patience on average", IMPATIENT,
    WAITED,
              erlang_a(IMPATIENT)[0], PATIENT, ABANDON),
    queue_row("impatient-give-up", "Cases given up in this queue", IMPATIENT, GAVE_UP, erlang_a(IMPATIENT)[2], PATIENT, ABANDON),
    queue_row("impatient-wait", "Mean time in this line, of all", IMPATIENT, WAIT, erlang_a(IMPATIENT)[1], PATIENT, ABANDON),
    queue_row("overloaded-wait", "Mean time in line of all: 15 cases a unit of time, ten servers, a tenth of those who wait going",
    OVERLOADED,
              WAIT, erlang_a(OVERLOADED)[1], LASTING, ABANDON),
)  # fmt: skip
