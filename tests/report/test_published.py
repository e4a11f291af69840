"""The report's section on published figures beside the run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from glasshouse.report.blocks import Table
from glasshouse.report.html import write_report
from glasshouse.report.read import read_run
from glasshouse.report.sections import sections
from tests.report.fixture import make_run

ONE = {
    "name": "entries-2020", "figure": "Entries | of a year", "value": 0.00042, "unit": "entries per act", "when": 2020, "source": "notice",
    "central": 21400, "chance": [20000, 22000], "span": [None, None], "off": "70 % below", "fitted": False,
}  # fmt: skip
OTHER = {**ONE, "name": "fines", "central": None, "chance": [None, None], "off": "not an outcome of this run", "fitted": True}
HEADING = "Published figures beside this run"


def test_each_figure_is_a_row_with_how_far_off_the_run_is(tmp_path: Path) -> None:
    run = read_run(make_run(tmp_path / "a"))
    found = sections(replace(run, study={**run.study, "published": [ONE, OTHER]}))
    [section] = [s for s in found if s.heading == HEADING]
    assert [s.heading for s in found].index(HEADING) == [s.heading for s in found].index("What the answer rests on") + 1
    assert "A fitted figure tests nothing" in section.lead[0]
    [table] = section.blocks
    assert isinstance(table, Table)
    said = ["0.00042", "21,400", "20,000 to 22,000", "", "entries per act", "70 % below", "no"]
    assert table.rows[0] == ["Entries | of a year (2020) [notice]", *said]
    assert table.rows[1][2:4] == ["", ""] and table.rows[1][6:8] == ["not an outcome of this run", "yes"]
    assert "(2020) [notice],0.00042" in unquote(table.csv)


def test_it_stands_on_the_page_and_only_where_there_is_something(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a")
    assert HEADING not in write_report(folder).read_text(encoding="utf-8")
    study = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    (folder / "study.json").write_text(json.dumps({**study, "published": [ONE]}), encoding="utf-8")
    page = write_report(folder).read_text(encoding="utf-8")
    assert HEADING in page and 'testville-list-published.csv"' in page
