"""The cache of compiled code: an edited rule is never served from a stale one, and nothing is compiled twice without need."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import glasshouse
from glasshouse.engine import kernel
from glasshouse.scheme.load import load_scheme
from glasshouse.world.load import load_world
from tests.live import lived, machine
from tests.made_up import made_up_scheme, made_up_world

PACKAGE = Path(glasshouse.__file__).parent
ROOT = Path(__file__).parents[2]
# Imported with the engine, but no code of theirs is compiled: they hold the version, and nothing.
NOT_COMPILED = {"glasshouse/__init__.py", "glasshouse/scheme/__init__.py"}

# What a process of its own reports: where its compiled code lies, whether it was compiled or loaded, and a number that hangs on the rules.
ASK = """
import json, sys
from glasshouse.engine import kernel
engine = kernel.compiled()
answer = {"hash": kernel.source_hash(), "where": engine.stats.cache_path, "ready": kernel.is_compiled()}
if sys.argv[1] == "live":
    from tests.live import lived, machine
    from tests.made_up import made_up_scheme, made_up_world
    counts = lived(machine(made_up_world(), made_up_scheme(), people=120))
    stats = engine.stats
    answer |= {"grades": counts["grades"].tolist(), "entries": int(counts["entries"].sum()), "loaded": sum(stats.cache_hits.values()),
               "compiled": sum(stats.cache_misses.values())}
print(json.dumps(answer))
"""


def ask(what: str, package_at: Path, cache: Path) -> dict[str, Any]:
    """Run `ASK` with the package found in one folder and the cache in another."""
    paths = os.pathsep.join([str(package_at), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "GLASSHOUSE_CACHE": str(cache), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", ASK, what], capture_output=True, text=True, env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.slow
def test_an_edited_rule_is_never_served_from_a_stale_cache(tmp_path: Path) -> None:
    """A copy of the package beside a cache that holds the compiled code of its present rules. Then a rule is edited, and edited back."""
    kernel.warm()
    copy, cache = tmp_path / "copy", tmp_path / "cache"
    shutil.copytree(PACKAGE, copy / "glasshouse", ignore=shutil.ignore_patterns("__pycache__"))
    compiled = kernel.compiled().stats.cache_path  # type: ignore[attr-defined]
    empty = ask("where", copy, cache)
    assert not empty["ready"]
    shutil.copytree(compiled, empty["where"], dirs_exist_ok=True)
    as_written = ask("live", copy, cache)
    assert as_written["ready"]
    assert (as_written["loaded"], as_written["compiled"]) == (1, 0), (
        "the copy must start from a warm cache, or there is nothing to be stale"
    )

    rule = copy / "glasshouse" / "mechanism" / "points.py"
    before, stamps = rule.read_text(encoding="utf-8"), rule.stat()
    assert before.count("points = points * 2") == 1
    rule.write_text(before.replace("points = points * 2", "points = points * 3"), encoding="utf-8")
    os.utime(rule, ns=(stamps.st_atime_ns, stamps.st_mtime_ns))  # the same length and time: only the content tells
    edited = ask("live", copy, cache)
    assert not edited["ready"]
    assert (edited["loaded"], edited["compiled"]) == (0, 1)
    assert edited["hash"] != as_written["hash"]
    assert edited["grades"] != as_written["grades"]

    rule.write_text(before, encoding="utf-8")
    restored = ask("live", copy, cache)
    assert restored == as_written


def engine_modules() -> list[str]:
    """Every module of the package that the compiled function can reach: what importing it brings along, asked of a fresh process."""
    code = (
        "import sys, json, glasshouse.engine.town\n"
        "print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'glasshouse']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=120, check=True)
    return sorted(Path(name).relative_to(PACKAGE.parent).as_posix() for name in json.loads(done.stdout))


def test_the_hash_covers_every_module_that_the_engine_reaches(tmp_path: Path) -> None:
    copy = tmp_path / "glasshouse"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    before = kernel.source_hash(copy)
    modules = engine_modules()
    assert {"glasshouse/engine/ledger.py", "glasshouse/mechanism/points.py", "glasshouse/world/draws.py", "glasshouse/_jit.py"} <= set(
        modules
    )
    for module in modules:
        path = tmp_path / module
        content = path.read_bytes()
        path.write_bytes(content + b"\nx = 1\n")
        assert (kernel.source_hash(copy) != before) == (module not in NOT_COMPILED), module
        path.write_bytes(content)
    assert kernel.source_hash(copy) == before == kernel.source_hash()


def test_modules_that_are_not_compiled_hold_no_rule() -> None:
    assert (PACKAGE / "scheme" / "__init__.py").read_text(encoding="utf-8") == ""
    assert "glasshouse.engine" not in (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    for module in engine_modules():
        for line in (PACKAGE.parent / module).read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("from glasshouse import", "import glasshouse")) or module == "glasshouse/engine/kernel.py", module


def test_a_new_file_of_rules_changes_the_hash(tmp_path: Path) -> None:
    copy = tmp_path / "glasshouse"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "mechanism" / "new.py").write_text("", encoding="utf-8")
    assert kernel.source_hash(copy) != kernel.source_hash()


def test_every_scheme_runs_on_the_one_compiled_engine() -> None:
    """Tables of any shape have the same types: no scheme makes a reader wait for a second compilation."""
    lived(machine(made_up_world(), made_up_scheme(), None, people=60))
    world = load_world()
    for name in ("judgment-defaulters", "wendeng-2020", "ordinary-law"):
        lived(machine(world, load_scheme(name), people=50))
    assert len(kernel.compiled().signatures) == 1  # type: ignore[attr-defined]


def test_the_cache_is_where_it_is_asked_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLASSHOUSE_CACHE", str(tmp_path / "here"))
    assert kernel.cache_directory() == tmp_path / "here"
    assert (tmp_path / "here").is_dir()


def test_a_cache_that_cannot_be_written_is_kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GLASSHOUSE_CACHE", str(tmp_path / "file" / "cache"))
    elsewhere = kernel.cache_directory()
    assert elsewhere.name == "glasshouse-cache"
    assert tmp_path not in elsewhere.parents
