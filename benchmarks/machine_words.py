"""The machine that a benchmark ran on, in words."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.c_twin import FLAGS, compiler


def describe() -> dict[str, str]:
    """Processor, cores, memory, versions, compiler, day."""
    return {
        "processor": processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "NumPy": importlib.metadata.version("numpy"),
        "Numba": importlib.metadata.version("numba"),
        "compiler": c_compiler(),
        "load at the start": " ".join(f"{x:.1f}" for x in os.getloadavg()),
        "day": datetime.now(tz=UTC).strftime("%Y-%m-%d"),
    }


def processor() -> str:
    """The processor's name, with family and model where the name alone says little."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = dict(re.findall(r"^(model name|cpu family|model)\s*: (.*)$", text, re.M))
    name = found.get("model name", platform.machine())
    return f"{name} (family {found['cpu family']}, model {found['model']})" if "cpu family" in found else name


def c_compiler() -> str:
    """The C compiler's own first line, and the flags used."""
    cc = compiler()
    if cc is None:
        return "none"
    line = subprocess.run([cc, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    return f"{line}; {' '.join(FLAGS[:3])}"


def slug(words: dict[str, str]) -> str:
    """A file name for this kind of machine."""
    return re.sub(r"[^a-z0-9]+", "-", f"{words['processor']} {words['cores']} cores".lower().replace("(r)", "")).strip("-")
