"""The main job from the command line: the folder, the answer, refusing, resuming, being interrupted."""

from __future__ import annotations

import csv
import errno
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glasshouse.cli.main import exit_code
from glasshouse.scheme.load import load_scheme
from glasshouse.study.standard import how_far
from tests.cli.call import SCHEME as TESTVILLE
from tests.cli.call import WORLD, environment, glasshouse, refused

SCHEME = "judgment-defaulters"
SMALL = ("--people", "300", "--years", "1", "--seeds", "2", "--span", "1")
FILES = {"report.html", "summary.csv", "summary.json", "outcomes.parquet", "lives.parquet", "scheme.yaml", "world.yaml", "record.json"}
WHOLE = {"report.html", "summary.csv", "summary.json", "record.json"}  # what a reader takes for a finished run


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small finished run."""
    folder = tmp_path_factory.mktemp("run") / "a"
    done = glasshouse("run", SCHEME, *SMALL, "--out", folder, "--quiet")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(folder / "report.html")
    assert done.stderr == ""
    return folder


def test_the_folder_holds_what_the_contract_names(finished: Path) -> None:
    assert {path.name for path in finished.iterdir()} >= FILES
    assert not list(finished.glob("*.part"))


def test_the_summary_has_the_columns_of_the_contract(finished: Path) -> None:
    with (finished / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = "outcome class group arm unit denominator central chance_low chance_high span_low span_high note".split()
    assert set(expected) <= set(rows[0])
    assert {"scheme", "ordinary"} <= {row["arm"] for row in rows}


def test_a_safeguard_that_the_scheme_does_not_name_is_refused_in_one_line(tmp_path: Path) -> None:
    """Testville's file names none."""
    said = refused("run", TESTVILLE, "--world", WORLD, *SMALL, "--with", "human-review", "--out", tmp_path / "a")
    assert "no safeguard 'human-review'" in said
    assert not (tmp_path / "a").exists()
    assert "no safeguard 'human-review'" in refused("estimate", TESTVILLE, "--world", WORLD, *SMALL, "--with", "human-review")


def test_a_scheme_with_one_thing_mended_stands_in_the_answer(tmp_path: Path) -> None:
    scheme = tmp_path / "mine.yaml"
    mended = "\nsafeguards:\n  faster: {text: more corrections, why: to compare, set: {correction.filed: 0.99}}\n"
    scheme.write_text(TESTVILLE.read_text(encoding="utf-8") + mended, encoding="utf-8")
    done = glasshouse("run", scheme, "--world", WORLD, *SMALL, "--with", "faster", "--out", tmp_path / "a")
    assert done.returncode == 0, done.stderr
    assert "with one thing mended" in done.stdout and "with faster" in " ".join(done.stdout.split())
    record = json.loads((tmp_path / "a" / "record.json").read_text(encoding="utf-8"))
    assert record["safeguards"] == ["faster"]


PUBLISHED = """
plausibility:
  counted: {{figure: entries of a year, value: 4000, unit: "per 100,000 adult-years", when: 2020, source: {source},
            outcome: {outcome}, fitted: false}}
  asked: {{figure: fines paid back, value: 3, unit: "per 100,000 adult-years", when: 2020, source: {source},
          outcome: refunds, fitted: true}}
"""


def with_published(folder: Path, outcome: str) -> Path:
    """Testville's file with two published figures of one's own."""
    mine = folder / "mine.yaml"
    source = next(iter(load_scheme(TESTVILLE).sources))
    text = TESTVILLE.read_text(encoding="utf-8") + PUBLISHED.format(outcome=outcome, source=source)
    mine.write_text(text, encoding="utf-8")
    return mine


def test_published_figures_of_ones_own_file_stand_in_the_report(tmp_path: Path) -> None:
    done = glasshouse("run", with_published(tmp_path, "entries_rate"), "--world", WORLD, *SMALL, "--out", tmp_path / "a", "--quiet")
    assert done.returncode == 0, done.stderr
    study = json.loads((tmp_path / "a" / "study.json").read_text(encoding="utf-8"))
    counted, asked = study["published"]
    with (tmp_path / "a" / "summary.csv").open(encoding="utf-8", newline="") as file:
        [row] = [
            r for r in csv.DictReader(file) if (r["outcome"], r["class"], r["group"], r["arm"]) == ("entries_rate", "all", "all", "scheme")
        ]
    ends = [float(row[name]) for name in ("central", "chance_low", "chance_high", "span_low", "span_high")]
    assert [counted["central"], *counted["chance"], *counted["span"]] == pytest.approx(ends)
    assert counted["off"] == how_far(4000, counted["central"]) and not counted["fitted"]
    assert (asked["central"], asked["off"], asked["fitted"]) == (None, "not an outcome of this run", True)
    page = (tmp_path / "a" / "report.html").read_text(encoding="utf-8")
    assert "Published figures beside this run" in page and "not an outcome of this run" in page


def test_a_published_figure_of_no_outcome_is_refused_before_anything_is_lived(tmp_path: Path) -> None:
    done = glasshouse("run", with_published(tmp_path, "entry_rate"), "--world", WORLD, *SMALL, "--out", tmp_path / "a")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "unknown outcome 'entry_rate'" in done.stderr and "did you mean 'entries_rate'?" in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_run_without_published_figures_says_nothing_of_them(finished: Path) -> None:
    there = bool(load_scheme(SCHEME).plausibility)
    assert ("published" in json.loads((finished / "study.json").read_text(encoding="utf-8"))) == there


def test_a_finished_run_is_not_overwritten_unasked(finished: Path) -> None:
    before = (finished / "record.json").read_bytes()
    assert "--overwrite" in refused("run", SCHEME, *SMALL, "--out", finished, "--quiet")
    assert (finished / "record.json").read_bytes() == before


def test_the_report_can_be_written_again(finished: Path) -> None:
    (finished / "report.html").unlink()
    done = glasshouse("report", finished)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(finished / "report.html")
    assert (finished / "report.html").stat().st_size > 100_000


def test_the_answer_as_json(tmp_path: Path) -> None:
    done = glasshouse("run", SCHEME, *SMALL, "--out", tmp_path / "a", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["folder"] == str(tmp_path / "a")
    assert Path(answer["report"]).is_file()
    assert answer["summary"][0].keys() >= {"outcome", "class", "arm", "central", "span_low", "span_high", "note"}


def test_the_answer_in_words_and_progress_in_plain_lines(tmp_path: Path) -> None:
    done = glasshouse("run", SCHEME, *SMALL, "--out", tmp_path / "a")
    assert done.returncode == 0, done.stderr
    assert "Invented people; not a forecast" in done.stdout
    assert done.stdout.strip().endswith("report.html")
    assert "100 %" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_a_long_horizon_is_run_with_a_warning(tmp_path: Path) -> None:
    done = glasshouse("run", SCHEME, *SMALL[:2], "--years", "6", "--seeds", "1", "--span", "0", "--out", tmp_path / "a")
    assert done.returncode == 0, done.stderr
    assert "6 years is long for this model" in done.stderr


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    assert "not a run's folder" in refused("run", SCHEME, *SMALL, "--out", tmp_path)
    assert "not a run's folder" in refused("run", SCHEME, *SMALL, "--out", tmp_path, "--overwrite")
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "is a file" in refused("run", SCHEME, *SMALL, "--out", tmp_path / "file")


def test_ctrl_c_leaves_a_run_that_can_be_continued(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    arguments = ["run", SCHEME, "--people", "15360", "--years", "1", "--seeds", "120", "--span", "0"]
    command = [sys.executable, "-m", "glasshouse", *arguments, "--out", str(folder)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    assert started.stderr is not None
    for line in started.stderr:
        if line.startswith("Living"):
            break
    time.sleep(1)
    started.send_signal(signal.SIGINT)
    said = started.stderr.read()
    assert started.wait(timeout=60) == 130, said
    assert "Traceback" not in said
    assert f"--out {folder}" in said
    assert not WHOLE & {path.name for path in folder.iterdir()}
    done = glasshouse(*arguments, "--out", folder, "--quiet")
    assert done.returncode == 0, done.stderr
    assert (folder / "report.html").is_file()


@pytest.mark.parametrize(
    ("trouble", "code", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a/outcomes.parquet"), 2, "The disk is full (a/outcomes.parquet)."),
        (PermissionError(errno.EACCES, "Permission denied", "a"), 2, "Permission denied (a)."),
        (MemoryError(), 2, "Not enough memory"),
        (KeyboardInterrupt(), 130, "Interrupted."),
    ],
    ids=["full disk", "no permission", "no memory", "interrupted"],
)
def test_trouble_in_one_line(
    trouble: BaseException, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr("glasshouse.study.run.run_study", fails)
    assert exit_code(["run", SCHEME, *SMALL, "--out", str(tmp_path / "a"), "--quiet"]) == code
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert len(error.strip().splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="limits on file size differ elsewhere")
def test_nothing_half_written_looks_whole(tmp_path: Path) -> None:
    """The system refuses every file above 20 kB, as a full disk would in the middle of writing."""
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); from glasshouse.cli.main import run; run()"
    )
    command = [sys.executable, "-c", program, "run", SCHEME, *SMALL, "--out", str(tmp_path / "a"), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=300, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not {"report.html", "record.json"} & {path.name for path in (tmp_path / "a").glob("*")}


def test_an_estimate_says_the_size_that_the_scheme_states() -> None:
    done = glasshouse("estimate", "headline-score", "--seeds", "1", "--span", "0", "--years", "1")
    assert done.returncode == 0, done.stderr
    assert "3,000 people, as headline-score states: " in done.stderr and done.stdout.startswith("3,000 people, 1 year")
    assert "states" not in glasshouse("estimate", "headline-score", "--people", "300", "--seeds", "1", "--span", "0").stderr
