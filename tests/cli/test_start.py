"""Help, listing and checking start at once: nothing heavy is imported, and no more than a CPU-second is spent."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

import glasshouse as package
from glasshouse.cli.main import COMMANDS, EXAMPLES
from tests.cli.call import SCHEME, WORLD, environment, glasshouse

HEAVY = ("numba", "llvmlite", "pyarrow", "altair", "vl_convert", "scipy", "pandas", "jinja2", "glasshouse.engine", "glasshouse.mechanism")
QUIET = 0.2  # CPU-seconds on a quiet core for these imports alone
IMPORTS = """
import resource
import cyclopts, numpy, pydantic, rich.table, ruamel.yaml
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime)
"""
WATCHED = """
import json, resource, sys
from glasshouse.cli.main import exit_code
code = exit_code(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"code": code, "seconds": used.ru_utime + used.ru_stime, "modules": sorted(sys.modules)}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        [],
        ["--version"],
        ["run", "--help"],
        ["check", str(SCHEME), "--world", str(WORLD)],
        ["show", str(SCHEME)],
        ["check", "ordinary-law"],
        ["schemes"],
    ],
    ids=lambda a: " ".join(word.rsplit("/", 1)[-1] for word in a) or "bare",
)
def test_cheap_commands_import_nothing_heavy(arguments: list[str]) -> None:
    seen = watched(arguments)
    assert seen["code"] == 0
    assert not [name for name in seen["modules"] if name.startswith(HEAVY)]


@pytest.mark.parametrize("arguments", [["--help"], ["check", "wendeng-2020"]], ids=" ".join)
def test_help_and_check_take_less_than_a_cpu_second(arguments: list[str]) -> None:
    """On a quiet core; on a busy one every program takes more, so the time is measured beside importing what any of these needs."""
    used = {"command": 9.0, "imports": 9.0}
    for _ in range(4):  # the first time may still compile Python's own files
        seen = watched(arguments)
        used["command"], used["imports"] = min(used["command"], seen["seconds"]), min(used["imports"], seen["imports"])
    assert used["command"] < 1.0 * max(1.0, used["imports"] / QUIET)


def watched(arguments: list[str]) -> dict[str, Any]:
    """Run a command; its exit code, its CPU time, the modules it imported, and the CPU time of imports alone just after it."""
    seen: dict[str, Any] = json.loads(python(WATCHED, *arguments).stderr.strip().splitlines()[-1])
    return seen | {"imports": float(python(IMPORTS).stdout)}


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=120, check=False)


def test_help_names_every_command() -> None:
    text = glasshouse("--help").stdout
    assert all(f" {name} " in text for name in COMMANDS)
    assert "not a forecast" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = glasshouse(command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout
    assert all(example in done.stdout for example in EXAMPLES[command])


def test_the_functions_say_what_the_help_says() -> None:
    """The list of commands is shown without importing them; so its sentences are compared here."""
    for name, text in COMMANDS.items():
        module = __import__(f"glasshouse.cli.{name}", fromlist=[name])
        assert getattr(module, name).__doc__.splitlines()[0] == text


def test_the_version() -> None:
    assert glasshouse("--version").stdout.strip() == package.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", package.__version__)
