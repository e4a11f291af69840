"""`validate`: rows, topics and tables by name; exit codes; JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glasshouse.cli.main import exit_code
from glasshouse.validation import registry
from glasshouse.validation.registry import NOT_RUN, Topic, chosen, topics
from glasshouse.validation.rows import Figure, Forecast, Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.run import Verdict, run_row
from tests.cli.call import glasshouse, refused


def made_up(name: str, ours: float, wrong: float = 5.0, target: float = 1.0, explained: str = "") -> Row:
    """A row that finds what it is told to find, with a standard error of a tenth."""
    return Row(
        name=name, table=Table.THEORY, title="a made-up row", target=target, unit="pieces", sources=(), origin=Origin.THEOREM,
        through=Through.FORMULA, pins=("points",), measure=lambda size: Found(ours, 0.1),
        wrong=(Wrong("other", "Something else.", lambda size: Found(wrong, 0.1)),), explained=explained,
    )  # fmt: skip


def put(monkeypatch: pytest.MonkeyPatch, *rows: Row | Figure) -> None:
    """Only these rows, for one test."""
    monkeypatch.setattr(registry, "topics", lambda: (Topic("made-up", rows),))


def test_an_unknown_name_is_named_with_its_neighbour(tmp_path: Path) -> None:
    assert "did you mean 'segregation'" in refused("validate", "segregatoin", cwd=tmp_path)
    assert "topics: detection" in refused("validate", "xyzzy", cwd=tmp_path)


def test_a_row_as_json(tmp_path: Path) -> None:
    done = glasshouse("validate", "karate-1-own", "--quick", "--wrong", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert row["name"] == "karate-1-own" and row["verdict"] == "agrees" and row["command"] == "glasshouse validate karate-1-own"
    assert abs(row["difference"]) <= row["tolerance"] and [wrong["verdict"] for wrong in row["wrong"]] == ["noticed"]
    assert "karate-1-own" in done.stderr  # progress goes where it does not disturb the answer
    assert list(tmp_path.iterdir()) == []


def test_a_row_as_a_table(tmp_path: Path) -> None:
    done = glasshouse("validate", "karate-1-own", "--quick", cwd=tmp_path)
    assert done.returncode == 0
    assert "says nothing about the real world" in done.stdout and "0.557397" in done.stdout and "agrees" in done.stdout


def test_names_mean_rows_topics_and_tables() -> None:
    speech = next(topic for topic in topics() if topic.name == "speech")
    assert chosen(["speech"]) == speech.entries
    assert chosen(["granovetter-1", "granovetter-1"]) == (next(e for e in speech.entries if e.name == "granovetter-1"),)
    assert set(chosen(["theory"])) | set(chosen(["models"])) | set(chosen(["world"])) == set(chosen([]))
    assert not set(chosen(["theory"])) & set(chosen(["models"]))


@pytest.mark.parametrize(
    ("row", "arguments", "code"),
    [
        (made_up("good", 1.2), [], 0),
        (made_up("good", 1.2), ["--wrong"], 0),
        (made_up("off", 1.5), [], 1),
        (made_up("explained", 1.5, explained="a reason"), [], 0),
        (made_up("blind", 1.2, wrong=1.3), [], 0),
        (made_up("blind", 1.2, wrong=1.3), ["--wrong"], 1),
    ],
    ids=["agrees", "agrees and notices", "differs", "differs for a stated reason", "does not notice, unasked", "does not notice"],
)
def test_exit_codes(row: Row, arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, row)
    assert exit_code(["validate", *arguments]) == code


def test_a_row_that_cannot_be_run_fails_and_hides_no_other(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(size: Size) -> Found:
        raise ZeroDivisionError("nobody there")

    put(monkeypatch, Row(**{**vars(made_up("broken", 1)), "measure": broken}), made_up("good", 1.0))
    assert exit_code(["validate"]) == 1
    shown = capsys.readouterr().out
    assert "nobody there" in shown and "Agree: 1 of 2" in shown


def test_a_figure_of_the_world_is_never_right_or_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    base = {"title": "a count", "published": 10.0, "unit": "people", "when": "2020", "sources": (), "pins": ()}
    inside = Figure(name="inside", ours=lambda size: Forecast(9, 8, 11), **base)
    outside = Figure(name="outside", ours=lambda size: Forecast(5, 4, 6), carried=9.0, **base)
    fitted = Figure(name="fitted", ours=lambda size: Forecast(10, 10, 10), fitted="the rate", **base)
    silent = Figure(name="silent", cannot="no such mechanism", **base)
    verdicts = [run_row(figure, Size.QUICK).verdict for figure in (inside, outside, fitted, silent)]
    assert verdicts == [Verdict.INSIDE, Verdict.OUTSIDE, Verdict.FITTED, Verdict.SILENT]
    put(monkeypatch, inside, outside, fitted, silent)
    assert exit_code(["validate"]) == 0


def test_without_the_source_repository_replications_are_listed_and_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    registry.topics.cache_clear()
    monkeypatch.setattr(registry, "source_root", lambda: None)
    try:
        (row,) = chosen(["ten-servers-wait"])
        ran = run_row(row, Size.QUICK, wrong=True)
        assert ran.verdict is Verdict.NOT_RUN and ran.trouble == NOT_RUN and not ran.failed
    finally:
        registry.topics.cache_clear()
