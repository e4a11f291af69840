"""The compiled entry point and its cache.

Numba's own cache looks only at the file that holds the entry point and would go on serving an old rule after an edit elsewhere.
So the cache directory is named by a hash of every source file that can reach the compiled code.
"""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import glasshouse
from glasshouse.engine.program import one_program

COMPILED_FROM = ("engine", "mechanism", "world")
RARELY = (200_000, 50, 100)  # while compiling, Python looks for garbage less often: a tenth less time, no more memory
ALSO = ("_jit.py", "scheme/tables.py", "scheme/limits.py")


def source_hash(root: Path | None = None) -> str:
    """Hash of all sources that the compiled code is made from, and of the versions that make it."""
    import numba
    import numpy

    root = root or Path(glasshouse.__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {numpy.__version__}".encode())
    for path in sorted([*(p for folder in COMPILED_FROM for p in (root / folder).glob("*.py")), *(root / name for name in ALSO)]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def cache_directory() -> Path:
    """Where compiled code is kept: ``GLASSHOUSE_CACHE``, else the user's cache folder, else a temporary one."""
    named = os.environ.get("GLASSHOUSE_CACHE")
    home = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "glasshouse"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if os.access(home, os.W_OK):
            return home
    except OSError:
        pass
    return Path(tempfile.gettempdir()) / "glasshouse-cache"


def is_compiled() -> bool:
    """Whether a compiled engine for the present sources, at their present place, lies in the cache (a hint for messages)."""
    return any(Path(compiled().stats.cache_path).glob("*.nbc"))  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def compiled() -> Callable[..., None]:
    """`live_towns` to be compiled, or taken from the cache where its sources have not changed, when it is first called."""
    import numba

    numba.config.CACHE_DIR = str(cache_directory() / source_hash())  # type: ignore[attr-defined]
    from glasshouse.engine.town import live_towns

    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "cache": True, "_nrt": False}  # no reference counts: see _jit.py
    return numba.njit(**options)(live_towns)


def call(*arguments: Any) -> None:
    """Call the compiled engine; the first time it is taken from the cache or compiled."""
    import numba

    engine: Any = compiled()
    if not engine.signatures:
        with one_program(engine.py_func.__qualname__):
            engine.compile(tuple(numba.typeof(x) for x in arguments))  # type: ignore[no-untyped-call]
    engine(*arguments)


def plain() -> Callable[..., None]:
    """The same function as plain Python: slow, for checking the compiler and for reading."""
    from glasshouse.engine.town import live_towns

    return live_towns


def warm() -> float:
    """Compile (or load) the engine by living an empty town. Returns CPU-seconds it took."""
    from glasshouse.engine.machine import Machine

    start = time.process_time()
    machine = Machine.idle()
    usual, anew = gc.get_threshold(), not is_compiled()
    gc.set_threshold(*RARELY)
    try:
        machine.live(0, 0)
    finally:
        gc.set_threshold(*usual)
    if anew:
        gc.collect()  # what compiling leaves behind, so that it is not looked for in the midst of what comes next
    return time.process_time() - start
