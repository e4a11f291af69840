"""`check` on files without faults."""

from __future__ import annotations

from tests.cli.call import SCHEME, WORLD, glasshouse


def test_files_without_faults() -> None:
    done = glasshouse("check", SCHEME, WORLD, "--world", WORLD)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"{SCHEME}: no faults", f"{WORLD}: no faults"]


def test_quiet() -> None:
    done = glasshouse("check", "--quiet", SCHEME, "--world", WORLD)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_missing_file_does_not_hide_the_others() -> None:
    done = glasshouse("check", "nowhere.yaml", WORLD)
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert done.stdout == f"{WORLD}: no faults\n"
