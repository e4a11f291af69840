"""A real process, interrupted and killed again and again, ends with the same bytes as one left alone."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.call import environment, glasshouse
from tests.study.call import SCHEME, results, unfinished_only

ARGUMENTS = ["run", SCHEME, "--people", "6000", "--years", "1", "--seeds", "12", "--span", "2", "--seed", "5"]
WAIT = 240.0


def started(folder: Path, threads: int) -> subprocess.Popen[str]:
    """The command, under way."""
    command = [sys.executable, "-m", "glasshouse", *ARGUMENTS, "--threads", str(threads), "--out", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())


def chunks(folder: Path) -> int:
    """Finished chunks of work."""
    return len(list((folder / ".unfinished").glob("*.npz")))


def stop_when(process: subprocess.Popen[str], ready: Callable[[], bool], how: signal.Signals) -> str:
    """Send a signal at a moment, and return what the process said last."""
    until = time.monotonic() + WAIT
    while not ready():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.002)
    process.send_signal(how)
    return process.communicate(timeout=WAIT)[1]


@pytest.mark.slow
def test_interrupted_and_killed_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    alone, folder = tmp_path / "alone", tmp_path / "stopped"
    done = glasshouse(*ARGUMENTS, "--threads", "2", "--out", alone, "--quiet")
    assert done.returncode == 0, done.stderr

    # Ctrl-C in the middle of living: the right code, one line, how to continue.
    process = started(folder, 1)
    said = stop_when(process, lambda: chunks(folder) >= 5, signal.SIGINT)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert f"--out {folder}" in said.splitlines()[-1]
    assert [line for line in said.splitlines() if "nterrupted" in line] == [said.splitlines()[-1]]
    assert unfinished_only(folder)
    lived = chunks(folder)
    assert 5 <= lived < 20

    # Killed without warning, still living, on other threads.
    process = started(folder, 2)
    stop_when(process, lambda: chunks(folder) >= lived + 5, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert unfinished_only(folder)

    # Killed while it writes its files.
    process = started(folder, 5)
    stop_when(process, (folder / "scheme.yaml").exists, signal.SIGKILL)
    assert not (folder / "record.json").exists()
    assert not (folder / "report.html").exists()

    done = glasshouse(*ARGUMENTS, "--threads", "1", "--out", folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[0] == "Living: 100 %", "what was lived before the kill must not be lived again"
    assert results(folder) == results(alone)
    assert {path.name for path in folder.iterdir()} == {path.name for path in alone.iterdir()}
