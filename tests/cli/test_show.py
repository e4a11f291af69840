"""What `schemes` and `show` tell."""

from __future__ import annotations

import csv
import io
import json

import pytest

import glasshouse as gh
from glasshouse.cli.values import fitted_values, plain, rows, widest, width
from glasshouse.scheme.load import load_scheme
from tests.cli.call import SCHEME, glasshouse


def test_published_figures_stand_beside_the_standard_run() -> None:
    text = " ".join(glasshouse("show", "judgment-defaulters").stdout.split())
    assert "Published figures beside the standard run" in text and "223 " in text
    assert "A fitted figure tests nothing" in text or "No standard run of these values is kept" in text


def test_a_fitted_value_names_its_target() -> None:
    scheme = load_scheme("judgment-defaulters")
    by_path = {row.path: row for row in rows(scheme)}
    assert len(fitted_values(scheme)) > 5
    for path, value in fitted_values(scheme):
        assert by_path[path].evidence.endswith(f"; fitted to {value.fitted_to}") and value.fitted_to in scheme.targets


def test_the_catalogue_is_listed() -> None:
    text = glasshouse("schemes").stdout
    for word in ("judgment-defaulters", "wendeng-2020", "ordinary-law", "status", "rest on"):
        assert word in text


def test_the_catalogue_as_json() -> None:
    entries = json.loads(glasshouse("schemes", "--json").stdout)
    assert {"judgment-defaulters", "wendeng-2020", "ordinary-law"} <= {entry["id"] for entry in entries}
    assert all({"id", "name", "place", "years", "kind", "status"} <= set(entry) for entry in entries)


def test_what_is_not_yet_a_file_is_told_apart() -> None:
    rows = gh.planned()
    assert f"{len(rows)} more scheme" in glasshouse("schemes").stdout.splitlines()[-1]
    text = glasshouse("schemes", "--planned").stdout
    assert all(row.id in text for row in rows) and "None of these can be run" in text
    entries = json.loads(glasshouse("schemes", "--planned", "--json").stdout)
    assert [entry["id"] for entry in entries] == [row.id for row in rows]
    assert entries[0]["sources"][0]["author"] == rows[0].sources[0].author


@pytest.mark.parametrize("command", ["run", "show", "check", "estimate"])
def test_one_that_is_not_yet_a_file_is_refused_in_one_line(command: str) -> None:
    done = glasshouse(command, gh.planned()[0].id)
    assert done.returncode == 2 and done.stdout == ""
    assert " is not yet a file. Missing: " in done.stderr and done.stderr.count("\n") == 1


def test_show_tells_rules_lists_gates_and_remedies() -> None:
    text = glasshouse("show", SCHEME).stdout
    for section in ("Wrong records", "Points and grades", "Rules", "Lists:", "Gates:", "How errors are mended", "Values", "Sources"):
        assert section in text
    for fact in ("hypothetical", "adds 60 days, at most 400 days", "0.2 per entry (from 0.02 to 0.4)", "children of someone on defaulters"):
        assert fact in text


def test_show_lists_every_rule_of_the_largest_rulebook() -> None:
    text = glasshouse("show", "wendeng-2020").stdout
    rules = load_scheme("wendeng-2020").rules
    assert rules is not None
    assert f"{len(rules.items)} rules" in text
    shown = {line.split()[0] for line in text.splitlines() if line.split()}
    assert {item.id for item in rules.items} <= shown


@pytest.mark.parametrize("form", ["markdown", "csv", "latex"])
def test_tables_for_papers_hold_every_value(form: str) -> None:
    text = glasshouse("show", SCHEME, "--table", form).stdout.replace("\\_", "_")
    for row in rows(load_scheme(str(SCHEME))):
        assert row.path in text


def test_the_csv_keeps_full_numbers() -> None:
    table = list(csv.DictReader(io.StringIO(glasshouse("show", SCHEME, "--table", "csv").stdout)))
    row = next(r for r in table if r["path"] == "false_records.name-collision.rate")
    assert (float(row["value"]), float(row["low"]), float(row["high"]), row["unit"]) == (0.2, 0.02, 0.4, "per entry")


def test_show_as_json_is_the_resolved_scheme() -> None:
    resolved = json.loads(glasshouse("show", SCHEME, "--json").stdout)
    assert resolved["id"] == "testville"
    assert resolved["rules"]["items"][0]["weight"] == 1.0  # a default, written out


def test_the_widest_values_come_first() -> None:
    found = widest(load_scheme(str(SCHEME)))
    assert found[0].path == "channels.cameras.delay.mean"  # 0 to 3 days: no lower bound above zero
    assert [width(row) for row in found] == sorted((width(row) for row in found), reverse=True)


def test_numbers_read_as_people_write_them() -> None:
    assert [plain(x) for x in (1000.0, 0.004, 0.25, 1e9)] == ["1,000", "0.004", "0.25", "1,000,000,000"]
