"""The page as text: self-contained, in order, built from the numbers, and whole when data are absent."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from glasshouse.report.blocks import Figure, csv_address
from glasshouse.report.html import render, write_demo_index, write_report
from glasshouse.report.page import bundle, write_whole
from glasshouse.report.read import read_run
from glasshouse.report.sections import answer, sections
from glasshouse.report.words import MARKS, STANDING
from tests.report.fixture import make_run

ORDER = [
    "unknown", "classes-section", "people-section", "ordinary", "errors-section", "ties-section", "time", "paths-section", "lasting",
    "remedies", "denied", "money-section", "responses-section", "standing-section", "groups-section", "lives", "mended-section",
    "scenarios-section",
    "evidence", "ask", "left-out", "ledger", "certainty", "reading", "documented", "sources",
]  # fmt: skip
CHANCE_WORDS = re.compile(
    r"\b(likely|likelihood|unlikely|significant|significance|confidence|probable|interval)\b|\b9[059] % (of|range|band)", re.IGNORECASE
)


class Links(HTMLParser):
    """Collects everything an HTML page could fetch or go to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"src", "href", "action", "data", "poster", "srcset"}]


def words_of(page: str) -> str:
    """The page without scripts, styles and CSV addresses."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", page)


def figures(folder: Path) -> list[Figure]:
    return [b for s in sections(read_run(folder)) for b in s.blocks if isinstance(b, Figure)]


def test_nothing_on_the_page_points_outside_it(page_text: str) -> None:
    links = Links()
    links.feed(page_text.replace(bundle(), ""))
    assert len(links.found) > len(ORDER)
    assert all(link.startswith(("#", "data:text/csv")) for link in links.found)
    assert "default-src 'none'" in unescape(page_text)
    assert "unsafe-eval" not in page_text
    assert "@import" not in page_text.replace(bundle(), "")


def test_sections_stand_in_reading_order(page_text: str) -> None:
    assert re.findall(r'<section id="([^"]+)"', page_text) == ORDER


def test_the_bundle_is_there_once_and_the_page_is_small_enough_to_mail(page_text: str) -> None:
    assert page_text.count(bundle()) == 1
    assert len(page_text.encode()) < 2_000_000


def test_the_headline_sentence_is_computed(page_text: str) -> None:
    said = "If 1 in 1,000 entries is false, about 30 per 100,000 adults a year are listed without cause; if 3 in 100, about 900."
    assert f"{said} No source says which." in page_text


def test_the_headline_follows_the_numbers(tmp_path: Path) -> None:
    said = render(read_run(make_run(tmp_path / "low", headline=300.0)))
    assert "about 3 per 100,000 adults a year are listed without cause; if 3 in 100, about 90." in said


def test_the_answer_puts_ordinary_law_first(run_folder: Path) -> None:
    said = answer(read_run(run_folder))
    assert said[0] == "Under ordinary law nobody in this model is put on a list."
    assert "about 150 per 100,000 adults a year" in said[1]
    assert "75 in 100" in said[2]


def test_baselines_come_first_in_comparisons(run_folder: Path) -> None:
    found = {f.id: f for f in figures(run_folder)}
    assert [row[0] for row in found["baselines"].rows][:2] == ["No scheme", "Ordinary law"]
    assert [row[0] for row in found["plane"].rows] == ["No scheme", "Ordinary law", "The scheme as written", "With notice first"]
    assert [row[1] for row in found["mended"].rows][:3] == ["Ordinary law", "The scheme as written", "With notice first"]


def test_no_probability_word_is_printed(page_text: str) -> None:
    assert not CHANCE_WORDS.findall(words_of(page_text))


def test_the_standing_line_opens_and_closes_the_page(page_text: str) -> None:
    words = words_of(page_text)
    assert words.count(STANDING) >= 2
    assert words.index(STANDING) < words.rindex("The answer depends on what nobody knows")  # first named in the contents


@pytest.mark.parametrize("words", ["rightful", "deserved", "TODO", "lorem", "/tmp/", "/root", "/work"])
def test_words_that_are_never_used(page_text: str, words: str) -> None:
    assert words not in page_text.replace(bundle(), "")


def test_every_chart_has_summary_table_and_the_same_csv(run_folder: Path, page_text: str) -> None:
    found = figures(run_folder)
    assert len(found) >= 15
    for figure in found:
        assert figure.summary.endswith(".")
        assert len(figure.table) > 0
        assert {len(row) for row in figure.rows} == {len(figure.columns)}
        assert {len(row) for row in figure.table} == {len(figure.headings)}
        lines = list(csv.reader(io.StringIO(unquote(figure.csv.split(",", 1)[1]))))
        assert lines[0] == list(figure.columns)
        assert len(lines) == len(figure.rows) + 1
        for part in (f'id="chart-{figure.id}" role="img"', f'aria-describedby="summary-{figure.id}"', f'id="table-{figure.id}"'):
            assert part in page_text
        assert f'download="testville-list-{figure.id}.csv"' in page_text


def test_what_a_scheme_does_not_have_has_no_section(run_folder: Path) -> None:
    """Rather than a row of noughts."""
    run = read_run(run_folder)
    parts = ("wrongly", "error_", "collateral", "shielded", "household", "ties_", "appeals", "without_notice", "without_review", "forgone",
             "silent", "left", "privileges", "displaced", "money", "prices")  # fmt: skip
    plain = replace(run, rows=[r for r in run.rows if not r.outcome.startswith(parts) and not r.arm.startswith("with ")])
    left_out = {"errors-section", "ties-section", "remedies", "money-section", "responses-section", "standing-section", "mended-section"}
    assert [s.id for s in sections(plain)] == [s for s in ORDER if s not in left_out]
    assert not any(s.missing for s in sections(plain))


def test_a_csv_cell_is_no_formula() -> None:
    assert "%27%3DSUM" in csv_address(["a"], [["=SUM(A1)"]])


@pytest.mark.parametrize("status", ["myth", "hypothetical", "proposed"])
def test_a_scheme_that_does_not_exist_is_marked_inside_every_chart(tmp_path: Path, status: str) -> None:
    folder = make_run(tmp_path / "run", status=status)
    assert {json.dumps(f.spec["title"]["text"]) for f in figures(folder)} == {json.dumps(MARKS[status])}


def test_a_documented_scheme_carries_no_mark(run_folder: Path) -> None:
    assert not any("title" in f.spec for f in figures(run_folder))


ABSENT = {
    "outcomes.parquet": ["time"],
    "lives.parquet": ["lives"],
    "study.json": ["unknown", "paths-section", "scenarios-section", "evidence"],
    "scheme.yaml": ["ask", "documented", "sources"],
}


@pytest.mark.parametrize("name", ABSENT)
def test_a_section_without_data_leaves_one_line(run_folder: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(run_folder, tmp_path / "run"))
    (folder / name).unlink()
    if name == "scheme.yaml":
        (folder / "study.json").unlink()
    missing = {s.id: s.missing for s in sections(read_run(folder)) if s.missing}
    assert set(ABSENT[name]) <= set(missing)
    assert all(len(lines) == 1 and lines[0].startswith("Left out: ") for lines in missing.values())
    text = write_report(folder).read_text(encoding="utf-8")
    assert re.findall(r'<section id="([^"]+)"', text) == ORDER


def test_csv_alone_serves_as_summary(run_folder: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run_folder, tmp_path / "run"))
    (folder / "summary.json").unlink()
    whole, only_csv = read_run(run_folder), read_run(folder)
    assert only_csv.rows == whole.rows


def test_a_bare_summary_still_gives_a_page(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text("[]", encoding="utf-8")
    text = write_report(tmp_path).read_text(encoding="utf-8")
    assert "This run holds too few events to state an answer." in text
    assert "<script>" not in text


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not a run's folder"):
        write_report(tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_same_folder_gives_the_same_bytes(run_folder: Path, tmp_path: Path) -> None:
    first = write_report(run_folder, tmp_path / "a.html").read_bytes()
    assert first == write_report(run_folder, tmp_path / "b.html").read_bytes()


def test_text_from_files_cannot_become_markup(run_folder: Path) -> None:
    run = read_run(run_folder)
    bad = "</script><img src=x onerror=alert(1)>"
    lives = [event | {"text": bad} for event in run.lives]
    text = render(replace(run, scheme=run.scheme | {"name": bad, "question": bad, "left_out": [bad]}, lives=lives))
    assert bad not in text
    assert "<img" not in text.replace(bundle(), "")


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "report.html", "text")
    assert not list(tmp_path.iterdir())


def test_two_runs_side_by_side(tmp_path: Path) -> None:
    first = make_run(tmp_path / "demo" / "a", scheme_id="a-list")
    second = make_run(tmp_path / "demo" / "b", scheme_id="b-points", status="myth", headline=1200.0)
    text = write_demo_index([first, second], tmp_path / "demo" / "index.html").read_text(encoding="utf-8")
    assert 'href="a/report.html"' in text
    assert 'href="b/report.html"' in text
    assert MARKS["myth"] in text
    charts = json.loads(text[text.index("const CHARTS=") + len("const CHARTS=") :].split(";\n", 1)[0])
    assert set(charts) == {f"{run}-{figure}" for run in ("a-list", "b-points") for figure in ("headline", "baselines", "classes")}
    tops = {json.dumps(layer["encoding"]["y"]["scale"]) for c in ("a-list", "b-points") for layer in charts[f"{c}-headline"]["layer"][:1]}
    assert len(tops) == 1, "both curves share one upward axis"
    ids = re.findall(r'\bid="([^"]+)"', text.replace(bundle(), ""))
    assert len(ids) == len(set(ids))
