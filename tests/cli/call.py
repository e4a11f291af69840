"""The real command, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCHEME = ROOT / "tests" / "data" / "testville-scheme.yaml"
WORLD = ROOT / "tests" / "data" / "testville-world.yaml"


def environment() -> dict[str, str]:
    """This process's environment, with the package found whether it is installed or not, and compiled files kept as for any user."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}


def glasshouse(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command and wait for it."""
    command = [sys.executable, "-m", "glasshouse", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(),
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def refused(*arguments: str | Path, cwd: Path | None = None) -> str:
    """The one clear line of a command that refuses its input."""
    done = glasshouse(*arguments, cwd=cwd)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]
