"""One measurement in a process of its own, printed as JSON: `start`, `start-whole`, `people N`, or `whole N`."""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHUNK = 16  # towns in one call
FEW = 2  # the same with everything on
THREADS = 2


def start(world_file: str, scheme_file: str) -> dict[str, float]:
    """CPU time from the start of this process to the counts of a first thousand people.

    `engine` is the part from Numba's import on: that, loading or compiling, and those people.
    """
    import numpy  # noqa: F401 (what any program of this kind pays)

    bare = time.process_time()
    from glasshouse.scheme.compile import compile_scheme
    from glasshouse.scheme.load import load_scheme
    from glasshouse.world.compile import compile_world
    from glasshouse.world.load import load_world

    world = load_world(world_file)
    tables = compile_world(world)
    scheme = compile_scheme(load_scheme(scheme_file), world, tables)
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


def whole(n: int) -> dict[str, float]:
    """Peak memory of this process with everything on and a study's arms, two threads; words of the pool that people fill."""
    from benchmarks.whole import machine, study
    from glasshouse.engine import machine as made
    from glasshouse.engine.keep import TOP
    from glasshouse.engine.room import town_memory
    from glasshouse.engine.work import Job, Store, live_all

    grounds: list[Any] = []
    words = 0

    def remembered(*arguments: Any, **named: Any) -> Any:
        memory = town_memory(*arguments, **named)
        nonlocal words
        grounds.append(memory["ground"])  # small, unlike the rest
        words = memory["pool"].size
        return memory

    vars(made)["town_memory"] = remembered
    begin = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        job = Job("whole", machine(study(), n).towns, lambda: machine(study(), n))
        live_all([job], Store(Path(folder)), threads=THREADS, chunk=FEW)
    filled = max(int(ground[TOP]) for ground in grounds)
    people, arms = machine(study(), n).first_room().people, len(study())
    return {
        "people": n,
        "peak": peak_memory(),
        "seconds": time.process_time() - begin,
        "words": filled / people,
        "words per arm": filled / people / arms,
        "pool per arm": words / people / arms,
    }


def peak_memory() -> int:
    """Bytes. Linux's `ru_maxrss` would also count the parent that this process was forked from, so its own high-water mark is read."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="ascii"))[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure what the arguments name."""
    match sys.argv[1:]:
        case ["start"]:
            found = start(str(HERE / "reference-world.yaml"), str(HERE / "reference-scheme.yaml"))
        case ["start-whole"]:
            found = start("default", "headline-score")
        case ["people", n]:
            found = people(int(n))
        case ["whole", n]:
            found = whole(int(n))
        case _:
            raise SystemExit(f"not one of them: {sys.argv[1:]}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
