"""A run's folder: refused, begun, resumed, replaced, finished; nothing in it that is half written looks whole."""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import glasshouse
from glasshouse.cli.main import exit_code
from glasshouse.engine.work import atomic
from glasshouse.files.errors import InputError
from glasshouse.study.folder import FILES, code_hash, fingerprint, open_folder
from tests.study.call import SCHEME, SMALL, WHOLE, record, results, run, unfinished_only

ARGUMENTS = ["run", SCHEME, *(word for name, value in SMALL.items() for word in (f"--{name}", str(value))), "--threads", "1", "--quiet"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run. Tests leave it as it is."""
    folder = tmp_path_factory.mktemp("finished") / "a"
    run(folder)
    return folder


def test_the_record_holds_the_hash_of_every_file(finished: Path) -> None:
    kept = record(finished)["outputs"]
    assert set(kept) == set(results(finished))
    assert kept == {name: sha256(content).hexdigest() for name, content in results(finished).items()}
    assert not (finished / ".unfinished").exists()
    assert not list(finished.glob(".part-*"))


def test_the_packages_name_the_same_files_and_hashes(finished: Path) -> None:
    kept = record(finished)["outputs"]
    package = json.loads((finished / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"]: r["hash"] for r in package["resources"]} == {name: f"sha256:{value}" for name, value in kept.items()}
    crate = json.loads((finished / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert {e["@id"]: e["sha256"] for e in crate["@graph"] if e["@type"] == "File"} == kept
    assert next(e for e in crate["@graph"] if e["@id"] == "./")["hasPart"] == [{"@id": name} for name in kept]


def test_the_record_states_the_inputs(finished: Path) -> None:
    kept = record(finished)
    assert {name: kept[name] for name in SMALL} == SMALL
    assert (kept["scheme"], kept["world"], kept["start"], kept["settings"]) == (SCHEME, "default", "mature", {})
    assert kept["glasshouse"] == glasshouse.__version__
    assert kept["cpu_seconds"] > 0


def test_the_same_inputs_give_the_same_bytes_with_any_threads(finished: Path, tmp_path: Path) -> None:
    run(tmp_path / "b", threads=5)
    assert results(tmp_path / "b") == results(finished)


def test_the_resolved_files_run_to_the_same_figures(finished: Path, tmp_path: Path) -> None:
    glasshouse.run(finished / "scheme.yaml", world=finished / "world.yaml", out=tmp_path / "b", threads=1, **SMALL)
    again, before = results(tmp_path / "b"), results(finished)
    assert {name for name in before if again[name] != before[name]} == set()


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError, match="not a run's folder") as refused:
        run(tmp_path, overwrite=overwrite)
    assert "\n" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_the_way_is_refused(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert exit_code([*ARGUMENTS, "--out", str(tmp_path / place)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_finished_run_is_refused_unless_it_is_to_be_replaced(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    shutil.copytree(finished, folder)
    with pytest.raises(InputError, match="--overwrite"):
        run(folder)
    assert results(folder) == results(finished)
    run(folder, seed=4, overwrite=True)
    assert results(folder)["outcomes.parquet"] != results(finished)["outcomes.parquet"]
    assert record(folder)["seed"] == 4


def test_replacing_begins_by_taking_the_old_files_away(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    shutil.copytree(finished, folder)
    open_folder(folder, "another", overwrite=True)
    assert unfinished_only(folder)


def test_an_unfinished_run_with_other_inputs_is_refused(tmp_path: Path) -> None:
    store = open_folder(tmp_path / "a", "mark")
    (store.folder / "central.1.0-1.npz").write_bytes(b"a chunk")
    with pytest.raises(InputError, match="other inputs"):
        open_folder(tmp_path / "a", "another")
    assert (store.folder / "central.1.0-1.npz").exists()
    open_folder(tmp_path / "a", "mark")
    assert (store.folder / "central.1.0-1.npz").exists()
    open_folder(tmp_path / "a", "another", overwrite=True)
    assert not (store.folder / "central.1.0-1.npz").exists()


CHANGES: list[dict[str, object]] = [
    {"people": 401}, {"years": 2}, {"seed": 4}, {"seeds": 3}, {"span": 2}, {"start": "launch"}, {"settings": {"correction.filed": 0.5}},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_every_input_makes_another_run(change: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them continues what was begun without it."""

    class Stopped(Exception):
        pass

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    monkeypatch.setattr("glasshouse.study.run.live_all", stop)
    with pytest.raises(Stopped):
        run(tmp_path / "a")
    with pytest.raises(Stopped):
        run(tmp_path / "a", threads=2)  # the number of threads is no input
    with pytest.raises(InputError, match="other inputs"):
        run(tmp_path / "a", **change)


def test_what_was_lived_under_other_code_is_never_continued(tmp_path: Path) -> None:
    """The figures hang on more than the engine: on how schemes are compiled, how a span is laid out, how outcomes are measured."""
    package = Path(glasshouse.__file__).parent
    copy = tmp_path / "glasshouse"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    before = code_hash(copy)
    assert before == code_hash()
    for module in ("scheme/compile.py", "world/compile.py", "mechanism/lists.py", "study/plan.py", "outcomes/entries.py", "__init__.py"):
        content = (copy / module).read_bytes()
        (copy / module).write_bytes(content + b"\n")
        assert code_hash(copy) != before, module
        (copy / module).write_bytes(content)
    (copy / "report" / "html.py").write_bytes(b"")
    assert code_hash(copy) == before


def test_a_fingerprint_tells_its_parts_apart() -> None:
    assert len({fingerprint("ab", "c"), fingerprint("a", "bc"), fingerprint("abc"), fingerprint("abc", "")}) == 4


def test_a_run_killed_at_its_very_start_can_begin_again(tmp_path: Path) -> None:
    (tmp_path / "a" / ".unfinished").mkdir(parents=True)
    (tmp_path / "a" / ".unfinished" / ".part-left").write_text("", encoding="utf-8")
    open_folder(tmp_path / "a", "mark")
    assert unfinished_only(tmp_path / "a")
    assert [path.name for path in (tmp_path / "a" / ".unfinished").iterdir()] == ["fingerprint"]


def test_what_a_kill_left_behind_goes_when_the_run_is_continued(tmp_path: Path) -> None:
    open_folder(tmp_path / "a", "mark")
    for name in ("summary.csv", "scheme.yaml", ".part-abc"):
        (tmp_path / "a" / name).write_text("old", encoding="utf-8")
    open_folder(tmp_path / "a", "mark")
    assert unfinished_only(tmp_path / "a")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    try:
        assert exit_code([*ARGUMENTS, "--out", str(tmp_path / "a")]) == 2
    finally:
        tmp_path.chmod(0o700)
    error = capsys.readouterr().err
    assert error.startswith("Permission denied") and len(error.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_nothing_can_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    """The kernel's own files refuse root too."""
    if not Path("/proc/self").is_dir():
        pytest.skip("no /proc on this system")
    assert exit_code([*ARGUMENTS, "--out", "/proc/self/run"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


CHUNKS = ("central.3.0-1.npz", "span-000.3.0-1.npz")
FILLS_UP_AT = ("fingerprint", *CHUNKS, "summary.csv", "outcomes.parquet", "lives.parquet", "study.json", "record.json")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_at_any_moment_loses_nothing_and_looks_unfinished(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same run, stopped by a full disk at one file after another, and continued each time."""
    folder = tmp_path / "a"
    enter = atomic.__enter__
    for name in FILLS_UP_AT:

        def full(self: atomic, name: str = name) -> Path:
            part = enter(self)
            if self.path.name == name:
                part.unlink()
                part.symlink_to("/dev/full")  # the system itself says that there is no space left
            return part

        monkeypatch.setattr(atomic, "__enter__", full)
        assert exit_code([*ARGUMENTS, "--out", str(folder)]) == 2, name
        said = capsys.readouterr()
        assert said.err.startswith("The disk is full"), (name, said.err)
        assert len(said.err.strip().splitlines()) == 1
        assert said.out == ""
        assert not [w for w in WHOLE if (folder / w).exists()], name
        assert not (folder / name).exists() and not (folder / ".unfinished" / name).exists(), name
        assert not list(folder.rglob(".part-*")), name
    monkeypatch.undo()
    run(folder)
    assert results(folder) == results(finished)
    assert {path.name for path in folder.iterdir()} <= set(FILES)
