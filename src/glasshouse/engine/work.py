"""Doing a run's work: towns in chunks, on threads, each finished chunk kept on disk so that a killed run goes on where it stopped.

Counts are integers and add up in any order, so the result is the same for any number of threads, any chunking and any interruption.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.layout import named
from glasshouse.engine.machine import Machine

CHUNK = 16  # towns lived at a stretch: a few seconds of work, and the most that an interruption loses
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Job:
    """One seed under one setting. `build` makes its machine when its turn comes."""

    key: str
    towns: int
    build: Callable[[], Machine]


@dataclass(frozen=True)
class Partial:
    """Counts and sample ids of some towns."""

    counts: NDArray[np.int64]
    sample: NDArray[np.int64]
    shapes: dict[str, tuple[int, ...]]  # of the named parts of the counts, in order

    def arrays(self) -> dict[str, NDArray[np.int64]]:
        """The counts by name."""
        return named(self.shapes, self.counts)

    def add(self, other: Partial) -> Partial:
        """Both together: counts add up; of the samples the lowest ids stay."""
        both = np.concatenate([self.sample, other.sample], axis=1)
        order = np.argsort(both[:, :, 0], axis=1, kind="stable")[:, : self.sample.shape[1]]
        return Partial(self.counts + other.counts, np.take_along_axis(both, order[:, :, None], axis=1), self.shapes)


class Store:
    """Finished chunks as small files; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str, first: int, last: int) -> Path:
        """The file of a chunk of towns."""
        return self.folder / f"{key}.{first}-{last}.npz"

    def keep(self, key: str, first: int, last: int, partial: Partial) -> None:
        """Write a chunk: only the counts that are not 0."""
        at = np.flatnonzero(partial.counts)
        with atomic(self.path(key, first, last)) as part, part.open("wb") as file:
            shapes = np.array(json.dumps(partial.shapes))
            np.savez_compressed(file, at=at, value=partial.counts[at], size=partial.counts.size, sample=partial.sample, shapes=shapes)

    def load(self, key: str, first: int, last: int) -> Partial | None:
        """A finished chunk, or None."""
        path = self.path(key, first, last)
        if not path.exists():
            return None
        with np.load(path) as file:
            counts = np.zeros(int(file["size"]), np.int64)
            counts[file["at"]] = file["value"]
            shapes = {name: tuple(shape) for name, shape in json.loads(str(file["shapes"])).items()}
            return Partial(counts, file["sample"], shapes)

    def total(self, job: Job, chunk: int = CHUNK) -> Partial:
        """All chunks of a finished job together."""
        total: Partial | None = None
        for first, last in chunks(job.towns, chunk):
            part = self.load(job.key, first, last)
            if part is None:
                raise FileNotFoundError(f"towns {first} to {last} of {job.key} have not been lived")
            total = part if total is None else total.add(part)
        assert total is not None
        return total


class atomic:
    """A file that appears under its name only when it is whole: written beside it, then moved."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Path:
        handle, name = tempfile.mkstemp(prefix=".part-", dir=self.path.parent)
        os.close(handle)
        self.part = Path(name)
        return self.part

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.part.chmod(0o644)
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)


def chunks(towns: int, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Town ranges that cover 0 .. towns - 1."""
    for first in range(0, towns, size):
        yield first, min(first + size, towns)


def live_all(
    jobs: Iterable[Job], store: Store, *, threads: int | None = None, progress: Progress | None = None, chunk: int = CHUNK
) -> None:
    """Live every job's towns that the store does not hold yet.

    Parameters
    ----------
    jobs : iterable of Job
        What is to be lived, in order.
    store : Store
        Where finished chunks go.
    threads : int, optional
        All cores by default.
    progress : callable, optional
        Called with (chunks done, chunks in all, what is being done).
    """
    todo = [(job, first, last) for job in jobs for first, last in chunks(job.towns, chunk)]
    left = [unit for unit in todo if not store.path(unit[0].key, unit[1], unit[2]).exists()]
    done = len(todo) - len(left)
    report = progress or (lambda done, total, what: None)
    report(done, len(todo), "Living")

    def one(job: Job, first: int, last: int) -> None:
        machine = job.build()
        counts, sample, _ = machine.live(first, last)
        store.keep(job.key, first, last, Partial(counts, sample, machine.layout.shapes))

    workers = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        running: set[Future[None]] = set()
        units = iter(left)
        try:
            while True:
                # Only a few units wait at a time, so that an interruption has little to undo and memory stays flat.
                for unit in units:
                    running.add(pool.submit(one, *unit))
                    if len(running) > workers:
                        break
                if not running:
                    return
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    future.result()
                    done += 1
                report(done, len(todo), "Living")
        except BaseException:
            for future in running:
                future.cancel()
            raise
