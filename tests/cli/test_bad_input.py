"""Bad input gives one clear line on standard error and exit code 2; nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.call import SCHEME, WORLD, glasshouse, refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--people", "-5"], "--people: -5 is too small; allowed: a whole number from 1 to 2,000,000,000"),
        (["--people=-5"], "--people: -5 is too small"),
        (["--people", "0"], "--people: 0 is too small"),
        (["--people", "3e9"], "--people: 3e9 is too large; allowed: a whole number from 1 to 2,000,000,000"),
        (["--people", "many"], "--people: many is not a number"),
        (["--people", "1.5"], "--people: 1.5 is not a whole number"),
        (["--people", "nan"], "--people: nan is not a number"),
        (["--people", "inf"], "--people: inf is too large"),
        (["--years", "0"], "--years: 0 is too small; allowed: a whole number from 1 to 10"),
        (["--years", "11"], "--years: 11 is too large; allowed: a whole number from 1 to 10"),
        (["--seeds", "0"], "--seeds: 0 is too small"),
        (["--seed", "-1"], "--seed: -1 is too small"),
        (["--span", "-1"], "--span: -1 is too small"),
        (["--threads", "0"], "--threads: 0 is too small"),
        (["--threads", "9" * 5000], "is too large"),
        (["--start", "yesterday"], "launch"),
        (["--set", "filed"], "--set: 'filed' is not PATH=VALUE"),
        (["--set", "a=1", "--set", "a=2"], "--set: 'a' is set twice"),
        (["--peopel", "5"], "Did you mean --people"),
        (["--people"], "--people"),
        (["another"], "Unexpected argument: another"),
    ],
)
def test_run_refuses_its_arguments(arguments: list[str], said: str, tmp_path: Path) -> None:
    assert said in refused("run", SCHEME, *arguments, "--world", WORLD, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "show", "estimate"])
def test_an_unknown_scheme_is_named_with_its_neighbour(command: str, tmp_path: Path) -> None:
    assert "did you mean 'judgment-defaulters'" in refused(command, "judgement-defaulters", cwd=tmp_path)


@pytest.mark.parametrize("command", ["run", "show", "check", "estimate"])
def test_a_missing_file(command: str, tmp_path: Path) -> None:
    assert "no such file" in refused(command, "nowhere.yaml", cwd=tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("glasshouse: 1\n", encoding="utf-8")
    secret.chmod(0)
    assert "permission" in refused("check", secret)


def test_an_unknown_world(tmp_path: Path) -> None:
    assert "did you mean 'default'" in refused("run", SCHEME, "--world", "defualt", cwd=tmp_path)


def test_an_unknown_path_of_a_setting(tmp_path: Path) -> None:
    message = refused("run", SCHEME, "--world", WORLD, "--people", "100", "--set", "correction.field=0.2", cwd=tmp_path)
    assert "'filed'" in message


def test_an_unknown_command() -> None:
    assert 'Unknown command "rnu"' in refused("rnu")
    assert "run" in refused("rnu")


def test_a_command_without_its_argument() -> None:
    assert "SCHEME" in refused("run")
    assert "name at least one file" in refused("check")


def test_check_names_the_place_of_a_fault(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(SCHEME.read_text(encoding="utf-8").replace("status: hypothetical", "status: hypothetic"), encoding="utf-8")
    done = glasshouse("check", wrong)
    assert done.returncode == 2
    assert "wrong.yaml:" in done.stderr
    assert "hypothetical" in done.stderr
    assert done.stdout == ""


def test_report_of_something_else(tmp_path: Path) -> None:
    assert "no such folder" in refused("report", tmp_path / "nowhere")
    assert "not the folder of a finished run" in refused("report", tmp_path)


def test_show_has_one_form_at_a_time() -> None:
    assert "choose one" in refused("show", SCHEME, "--json", "--table", "csv")
