"""One measurement in a process of its own, printed as JSON: `start`, or `people N`."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
CHUNK = 16  # towns in one call


def start() -> dict[str, float]:
    """CPU time from the start of this process to the counts of a first town.

    `engine` is the part from Numba's import on: that, loading or compiling, and the town.
    """
    import numpy  # noqa: F401 (what any program of this kind pays)

    bare = time.process_time()
    from glasshouse.scheme.compile import compile_scheme
    from glasshouse.scheme.load import load_scheme
    from glasshouse.world.compile import compile_world
    from glasshouse.world.load import load_world

    world = load_world(HERE / "reference-world.yaml")
    tables = compile_world(world)
    scheme = compile_scheme(load_scheme(HERE / "reference-scheme.yaml"), world, tables)
    read = time.process_time()
    from glasshouse.engine.machine import Machine, Times

    Machine(tables, [scheme], Times(people=1000, weeks=52, seed=1)).live(0, 1)
    end = time.process_time()
    return {"process": end, "bare": bare, "engine": end - read}


def people(n: int) -> dict[str, float]:
    """CPU time of n people, some towns at a time, and the peak memory of this process."""
    import numpy as np

    from benchmarks.reference import machine

    m = machine(n, 1)
    m.live(0, 1)
    counts = np.zeros(m.layout.size, np.int64)
    begin = time.process_time()
    for first in range(0, m.towns, CHUNK):
        counts += m.live(first, min(first + CHUNK, m.towns))[0]
    seconds = time.process_time() - begin
    v = m.layout.view(counts)
    if v["adults"].sum() + v["minors"].sum() != n:
        raise AssertionError("someone is missing")
    working = sum(a.nbytes for a in m.memory().values()) + 2 * counts.nbytes
    return {"seconds": seconds, "peak": peak_memory(), "working": working}


def peak_memory() -> int:
    """Bytes. Linux's `ru_maxrss` would also count the parent that this process was forked from, so its own high-water mark is read."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="ascii"))[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure what the arguments name."""
    print(json.dumps(start() if sys.argv[1] == "start" else people(int(sys.argv[2]))))


if __name__ == "__main__":
    main()
