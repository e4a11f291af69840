"""What is measured: rates side by side, cost against people and arms, memory, starts, threads. Times are CPU time unless called wall."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.c_twin import CTwin
from benchmarks.numpy_twin import NumpyTwin
from benchmarks.reference import DAYS, HERE, MOST_ARMS, machine

Figures = dict[str, Any]
TOWNS_SIDE_BY_SIDE = 20  # people of the engine and the C twin in one round
NUMPY_TOWNS = 10  # the NumPy twins live these as one block: larger arrays suit them better than towns do


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of this process for a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def spread(values: list[float]) -> Figures:
    """Median, best and worst."""
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def side_by_side(twin: CTwin, rounds: int) -> Figures:
    """The engine, the C twin and the two NumPy twins in turn, so that all meet the same disturbances."""
    town = machine(1, 0).town_size
    people, numpy_people = TOWNS_SIDE_BY_SIDE * town, NUMPY_TOWNS * town
    plain, superposed = NumpyTwin(), NumpyTwin(superposed=True)
    m = machine(people, 1)
    m.live(0, 1)
    runs: dict[str, tuple[int, Callable[[], object]]] = {
        "engine": (people, lambda: m.live(0, m.towns)),
        "C": (people, lambda: twin.live(people, 1, 0, m.towns)),
        "NumPy": (numpy_people, lambda: plain.live(numpy_people, 1)),
        "NumPy, superposed": (numpy_people, lambda: superposed.live(numpy_people, 1)),
    }
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, (n, run) in runs.items():
            rates[name].append(n * DAYS / cpu_seconds(run))
    ratio = {
        "engine time / C time": [c / e for e, c in zip(rates["engine"], rates["C"], strict=True)],
        "NumPy time / engine time": [e / n for e, n in zip(rates["engine"], rates["NumPy"], strict=True)],
        "superposed NumPy time / engine time": [e / n for e, n in zip(rates["engine"], rates["NumPy, superposed"], strict=True)],
    }
    return {
        "rounds": rounds,
        "people": {name: n for name, (n, _) in runs.items()},
        "people-days per CPU-second": {name: spread(r) for name, r in rates.items()},
        "ratios, round by round": {name: spread(r) for name, r in ratio.items()},
        "ratios of best": {
            "engine time / C time": max(rates["C"]) / max(rates["engine"]),
            "NumPy time / engine time": max(rates["engine"]) / max(rates["NumPy"]),
            "superposed NumPy time / engine time": max(rates["engine"]) / max(rates["NumPy, superposed"]),
        },
    }


def against_arms(rounds: int) -> list[Figures]:
    """CPU time of 1 to 4 arms on the same lives, in turn."""
    people = TOWNS_SIDE_BY_SIDE * machine(1, 0).town_size
    machines = [machine(people, 1, arms) for arms in range(1, MOST_ARMS + 1)]
    times: list[list[float]] = [[] for _ in machines]
    for _ in range(rounds):
        for m, t in zip(machines, times, strict=True):
            t.append(cpu_seconds(partial(m.live, 0, m.towns)))
    out = []
    for arms, t in enumerate(times, 1):
        to_one = [x / one for x, one in zip(t, times[0], strict=True)]
        out.append({"arms": arms, "people-days per CPU-second": people * DAYS / min(t), "times one arm": spread(to_one)})
    return out


def against_people(sizes: list[int], rounds: int) -> list[Figures]:
    """CPU time and peak memory for towns of so many people in all; each size in processes of its own, the sizes in turn."""
    found: dict[int, list[Figures]] = {n: [] for n in sizes}
    for _ in range(rounds):
        for n in sizes:
            found[n].append(in_child("people", str(n)))
    out = []
    for n, runs in found.items():
        seconds = [float(r["seconds"]) for r in runs]
        out.append(
            {
                "people": n,
                "nanoseconds per person": spread([s / n * 1e9 for s in seconds]),
                "people-days per CPU-second": n * DAYS / min(seconds),
                "peak memory, MB": max(float(r["peak"]) for r in runs) / 1e6,
                "working memory, bytes": runs[0]["working"],
                "working memory, bytes per person": runs[0]["working"] / n,
            }
        )
    return out


def starts() -> Figures:
    """CPU time of a whole new process that lives a first thousand people: with an empty cache, then with a filled one."""
    with tempfile.TemporaryDirectory() as cache:
        first = in_child("start", cache=Path(cache))
        later = [in_child("start", cache=Path(cache)) for _ in range(3)]
        whole = [in_child("start-whole", cache=Path(cache)) for _ in range(3)]
    return {
        "first compile": {"process": first["process"], "engine": first["engine"]},
        "cached start": {part: spread([float(r[part]) for r in later]) for part in ("process", "engine")},
        "cached start, everything on": {part: spread([float(r[part]) for r in whole]) for part in ("process", "engine")},
        "Python and NumPy alone": min(float(r["bare"]) for r in later),
    }


def with_threads(counts: list[int], rounds: int) -> list[Figures]:
    """Wall time and CPU time with a pool of threads, a town at a time."""
    m = machine(4 * TOWNS_SIDE_BY_SIDE * machine(1, 0).town_size, 1)
    found: dict[int, list[tuple[float, float]]] = {n: [] for n in counts}
    for _ in range(rounds):
        for n in counts:
            with ThreadPoolExecutor(n) as pool:
                began, used = time.perf_counter(), time.process_time()
                list(pool.map(lambda t: m.live(t, t + 1), range(m.towns)))
                found[n].append((time.perf_counter() - began, time.process_time() - used))
    wall = {n: min(w for w, _ in runs) for n, runs in found.items()}
    cpu = {n: min(c for _, c in runs) for n, runs in found.items()}
    return [{"threads": n, "wall seconds": wall[n], "CPU seconds": cpu[n], "times one": wall[counts[0]] / wall[n]} for n in counts]


def in_child(*arguments: str, cache: Path | None = None) -> Figures:
    """Run `benchmarks.child` in a new process and read what it measured."""
    environment = dict(os.environ) | ({"GLASSHOUSE_CACHE": str(cache)} if cache else {})
    command = [sys.executable, "-m", "benchmarks.child", *arguments]
    done = subprocess.run(command, cwd=HERE.parent, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stderr}")
    return json.loads(done.stdout)  # type: ignore[no-any-return]
