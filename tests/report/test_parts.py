"""The parts of the report: numbers in words, classes, dots, series, evidence, certainty, exported charts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from glasshouse.report import classes, evidence, harms, headline, lives, overtime
from glasshouse.report.figures import export, figure_ids
from glasshouse.report.html import write_report
from glasshouse.report.read import Row, read_run
from glasshouse.report.sections import sections
from glasshouse.report.theme import DARK, LIGHT
from glasshouse.report.words import CLASSES, class_key, number, one_in, people, percent
from tests.report.fixture import CLASSES as FIXTURE_CLASSES
from tests.report.fixture import make_run


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (1.0, "1"), (0.0123, "0.0123"), (9.876, "9.88"), (12.34, "12.3"), (99.96, "100"), (123.4, "123"), (1234, "1,230"),
     (98765, "98,800"), (-4.5, "−4.5"), (None, "not stated")],
)  # fmt: skip
def test_numbers(value: float | None, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.001, "1 in 1,000"), (0.03, "3 in 100"), (0.005, "5 in 1,000"), (0.25, "2.5 in 10"), (0.0004, "4 in 10,000"), (0, "none")],
)
def test_small_shares(value: float, said: str) -> None:
    assert one_in(value) == said


def test_percent() -> None:
    said = [percent(x).replace("\u00a0", " ") for x in (0.0008, 0.00521, 0.0768, 0.7472, None)]
    assert said == ["0.08 %", "0.52 %", "7.7 %", "74.7 %", "not stated"]
    assert "\u00a0%" in percent(0.5)  # the sign stays with its figure


@pytest.mark.parametrize(("value", "said"), [(38.7, "about 39"), (12.0, "12"), (0.4, "fewer than 1"), (0, "0"), (1234.5, "about 1,230")])
def test_people_are_whole(value: float, said: str) -> None:
    assert people(value) == said


def test_classes_are_those_of_the_contract_in_order() -> None:
    assert [c.key for c in CLASSES] == FIXTURE_CLASSES
    assert class_key("Within_the-stated rules") == "within stated rules"


def test_every_colour_has_a_dark_twin() -> None:
    assert set(LIGHT) == set(DARK)


@pytest.mark.parametrize(("values", "unit"), [([3, 4], 1), ([480], 1), ([481], 2), ([2000, 400], 5), ([4_000_000], 10_000)])
def test_a_dot_stands_for_a_round_number(values: list[float], unit: int) -> None:
    assert classes.dot_unit(values) == unit


def test_dots_show_small_counts_honestly(run_folder: Path) -> None:
    figure = classes.dots_figure(read_run(run_folder))
    assert figure is not None
    assert "Each dot stands for 5 people among 100,000 invented people." in figure.summary
    assert figure.note.startswith("Too few to show: lawful conduct.")
    dots = [d for values in figure.spec["datasets"].values() for d in values if "full" in d]
    mistaken = [d for d in dots if d["colour"] == "var(--c2)"]
    assert (sum(d["full"] for d in mistaken), sum(not d["full"] for d in mistaken)) == (9, 1)  # 49 people at 5 to a dot
    assert not [d for d in dots if d["colour"] == "var(--c9)"]  # suppressed: no dot at all


def test_outside_share_is_what_is_not_within(run_folder: Path) -> None:
    assert classes.outside_share(read_run(run_folder)) == pytest.approx(0.2528)


def test_shares_are_never_added_to_a_total(run_folder: Path) -> None:
    assert classes.total(read_run(run_folder), "sanctioned_day_share", "scheme") is None


def test_a_sum_of_classes_carries_no_range(run_folder: Path) -> None:
    row = classes.total(read_run(run_folder), "fines", "scheme")
    assert row is not None
    assert row.central == pytest.approx(300)
    assert (row.chance_low, row.span_high) == (None, None)


def test_people_of_several_classes_are_never_added(run_folder: Path) -> None:
    assert classes.total(read_run(run_folder), "people_ever", "scheme") is None


def test_weekly_series_hold_central_values_only(run_folder: Path) -> None:
    run = read_run(run_folder)
    series = run.weekly[("listed", "scheme", "all")]
    assert len(series.weeks) == 156
    assert max(series.high) < 2000  # a point of the span at 99,999 lies in the same file
    assert all(low <= mean <= high for low, mean, high in zip(series.low, series.mean, series.high, strict=True))
    figure = overtime.classes_figure(run)
    assert figure is not None
    assert [row[0] for row in figure.table][:2] == [0, 13]
    assert len(figure.rows) == 156 * 11


def test_groups_with_a_total_are_not_counted_twice(run_folder: Path, tmp_path: Path) -> None:

    table = pq.read_table(run_folder / "outcomes.parquet").to_pylist()
    halves = [row | {"group": g, "value": row["value"] / 2} for row in table for g in "AB"]
    (tmp_path / "summary.json").write_text("[]", encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(table + halves), tmp_path / "outcomes.parquet")
    whole = read_run(run_folder).weekly[("listed", "scheme", "all")]
    assert read_run(tmp_path).weekly[("listed", "scheme", "all")].mean == pytest.approx(whole.mean)
    pq.write_table(pa.Table.from_pylist(halves), tmp_path / "outcomes.parquet")
    assert read_run(tmp_path).weekly[("listed", "scheme", "all")].mean == pytest.approx(whole.mean)


def test_incidence_names_cause_and_day(run_folder: Path) -> None:
    figure = overtime.clear_figure(read_run(run_folder))
    assert figure is not None
    assert {(row[0], row[1]) for row in figure.rows} == {(c, d) for c in ("corrected", "performed", "expired") for d in (30, 90, 365)}
    said = figure.summary.replace("\u00a0", " ")
    assert "80 % within 365 days (42 % by correction)" in said
    assert "After three years 3.8 %" in said


def test_incidence_that_is_too_few_says_so(run_folder: Path) -> None:
    run = read_run(run_folder)
    why = "fewer than 30 events in all runs together (14); about 66,000 people would give 30"
    rows = [replace(r, central=None, note=why) if r.outcome.startswith("time_to_clear") else r for r in run.rows]
    assert overtime.clear_figure(replace(run, rows=rows)) is None
    missing = {s.id: s.missing for s in sections(replace(run, rows=rows))}
    assert missing["lasting"] == (f"Left out: {why}",)


def test_the_curve_is_straight_between_points() -> None:
    curve = [{"x": 0.0, "central": 0.0}, {"x": 1.0, "central": 10.0}, {"x": 3.0, "central": 10.0}]
    assert headline.at(curve, 0.25) == pytest.approx(2.5)
    assert headline.at(curve, 2.0) == pytest.approx(10.0)
    assert headline.at(curve, 4.0) is None


def test_an_unknown_that_is_no_share_is_named(run_folder: Path) -> None:
    run = read_run(run_folder)
    study = run.study | {"headline": run.study["headline"] | {"path": "nowhere", "label": "the rate of false hits a year"}}
    assert headline.sentence(replace(run, study=study)).startswith("If the rate of false hits a year is 0.0005, about 15 per 100,000")


@pytest.mark.parametrize(
    ("path", "value", "low", "name", "stated"),
    [
        ("false_records.tip.rate", {"per": "person-year"}, 2e-5, "how often a false record arises: tip", "2 in 100,000 person-years"),
        ("ratings.unfair.B", {"per": "use"}, 0.02, "how often a use brings an unfair low rating: group B", "2 in 100 uses"),
        ("rules.checked", {"per": "record"}, 0.2, "how often a condition that is not met is noticed", "2 in 10 records"),
        ("officials.campaigns.0.times", {"unit": "times"}, 1.0, "how many times as much is seen: campaign 1", "1"),
        ("money.payment", {"per": "debt-year"}, 1.5, "how often the able pay a debt of their own accord", "1.5 per debt-year"),
        ("review.filed.sound", {"per": "record"}, 0.0, "share of sound records for which a review is asked for", "0 per record"),
        ("risk.weights.group.B", {"unit": "risk points"}, 0.0, "risk points of group B", "0"),
        ("correction.mean", {"unit": "days"}, 7.0, "mean time of a correction, beyond the least", "7 days"),
    ],
)
def test_an_unknown_is_given_with_what_it_is_per(
    run_folder: Path, path: str, value: dict[str, Any], low: float, name: str, stated: str
) -> None:
    run = read_run(run_folder)
    scheme: dict[str, Any] = value
    for part in reversed(path.split(".")):
        scheme = {part: scheme}
    points = [{"x": low, "central": 15.0}, {"x": low + 0.1, "central": 400.0}]
    study = run.study | {"headline": run.study["headline"] | {"path": path, "label": path, "points": points}}
    said = headline.sentence(replace(run, scheme=scheme, study=study))
    assert said.startswith(f"If \u201c{name}\u201d is {stated}, about 15 per 100,000 adults")


def test_paths_leave_out_what_stands_within_the_rules(run_folder: Path) -> None:
    run = read_run(run_folder)
    extra = {"class": "within stated rules", "channel": "courts", "category": "debt", "count": 9, "per_100k_adult_years": 9999.0}
    figure = harms.paths_figure(replace(run, study=run.study | {"paths": [extra, *run.study["paths"]]}))
    assert figure is not None
    assert figure.rows[0][0] == "Ground unmet"


def test_groups_stand_beside_their_input(run_folder: Path) -> None:
    figure = harms.groups_figure(read_run(run_folder))
    assert figure is not None
    quantities = [row[:2] for row in figure.rows]
    assert quantities == [["A", "acts put in"], ["A", "sanctioned days"], ["B", "acts put in"], ["B", "sanctioned days"]]
    assert "acts put in ×\u202f1.2, sanctioned days ×\u202f1.46" in figure.summary


def test_values_of_the_world_are_found_by_their_path(run_folder: Path) -> None:
    run = read_run(run_folder)
    assert run.value("world:money.recovery")["value"] == 0.6
    assert run.value("false_records.collision.rate")["per"] == "entry"
    assert run.value("world:nothing.here") == {}


def test_the_unknown_is_named_from_its_path(run_folder: Path) -> None:
    run = read_run(run_folder)
    curve = run.study["headline"] | {"label": "false_records.collision.rate", "outcome": "listed_on_false_records"}
    run = replace(run, study=run.study | {"headline": curve})
    assert headline.label(run) == "share of entries that are false (collision)"
    assert headline.measure(run) == "adults listed on false records, per 100,000 a year"
    assert headline.sentence(run).startswith(
        "If 1 in 1,000 entries is false, about 30 per 100,000 adults a year are listed on a false record;"
    )


def test_merged_classes_are_shown_together(run_folder: Path) -> None:
    run = read_run(run_folder)
    row = next(r for r in run.find("sanctioned_day_share") if r.cls == "lawful conduct")
    rows = [r for r in run.rows if r is not row] + [replace(row, central=None), replace(row, cls="other classes", central=0.01)]
    figure = classes.share_figure(replace(run, rows=rows))
    assert figure is not None
    assert [line[0] for line in figure.rows][-1] == "Those too few to show, together"


def test_one_life_for_each_class_beside_its_clean_twin(run_folder: Path) -> None:
    found = lives.life_figures(read_run(run_folder))
    assert len(found) == 10
    assert [f.id for f in found[:2]] == ["life-stale", "life-mistaken-identity"]
    assert found[0].summary.startswith(
        "An invented resident, group A: 186 days on a list under the scheme and 2 refusals; 0 days with true records only"
    )
    assert "370 days with true records only" in found[-1].summary
    assert found[2].summary.endswith("Day 160: a report without an act behind it is accepted. Day 164: entered on the register.")


def test_a_life_listed_before_its_first_known_day(run_folder: Path) -> None:
    run = read_run(run_folder)
    cut = [e for e in run.lives if not (e["arm"] == "clean" and e["event"] == "entry")]
    found = lives.life_figures(replace(run, lives=cut))
    assert "410 days with true records only" in found[-1].summary  # the exit alone is known: counted from the first day of that life


def test_evidence_says_why_a_value_is_assumed(run_folder: Path) -> None:
    table = evidence.evidence_table(read_run(run_folder))
    assert table is not None
    assert len(table.rows) == 5
    assert table.rows[0][:5] == [
        "How often a false record arises: collision",
        "5 in 1,000 per entry",
        "1 in 1,000 to 3 in 100",
        "46\u00a0%",
        "assumed",
    ]
    assert table.rows[0][-1] == "no source gives a rate"
    assert table.rows[2][4:8] == ["official-count", "relay", "sibling", "2026-01-05"]


def test_each_assumed_leading_value_becomes_a_question(run_folder: Path) -> None:
    asked = [text for _, text in evidence.questions(read_run(run_folder))]
    assert asked[0].startswith("How many entries were deleted")
    assert sum(text.startswith("What is the true value of") for text in asked) == 4  # the fifth rests on a count


ROW = Row("denials", "all", "all", "scheme", "per 100,000", "", 100.0, 95.0, 105.0, 80.0, 120.0, "")
DIRECT = [{"evidence": {"kind": "official-count", "read": "original", "directness": "own"}}]


@pytest.mark.parametrize(
    ("change", "values", "level"),
    [
        ({}, DIRECT, "high"),
        ({}, [{"evidence": "assumed"}], "moderate"),
        ({"span_high": 300.0}, DIRECT, "moderate"),
        ({"span_high": 3000.0}, DIRECT, "low"),
        ({"span_low": 0.0}, [{"evidence": "assumed"}], "very low"),
        ({"span_low": None}, DIRECT, "moderate"),
        ({"chance_high": 160.0}, DIRECT, "moderate"),
        ({}, [{"evidence": {"kind": "press", "read": "relay", "directness": "own"}}], "moderate"),
        ({"span_high": 9000.0, "chance_high": 500.0}, [{"evidence": "assumed"}], "very low"),
    ],
)
def test_certainty_follows_its_stated_procedure(change: dict[str, float | None], values: list[dict[str, object]], level: str) -> None:
    found, reasons = evidence.certainty(replace(ROW, **change), values)  # type: ignore[arg-type]
    assert found == level
    assert reasons


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_charts_are_drawn_without_a_browser(run_folder: Path, tmp_path: Path, ending: str) -> None:
    out = export(run_folder, "headline", tmp_path / f"chart.{ending}")
    assert out.read_bytes()[:8] == (b"\x89PNG\r\n\x1a\n" if ending == "png" else b"<svg xml")
    assert out.stat().st_size > 5_000


def test_every_chart_can_be_drawn_without_a_browser(run_folder: Path, tmp_path: Path) -> None:
    for name in figure_ids(run_folder):
        text = export(run_folder, name, tmp_path / f"{name}.svg", colours="dark").read_text(encoding="utf-8")
        assert "var(--" not in text
        assert "Invented people. Not a forecast." in text
        assert "NaN" not in text


def test_an_unknown_chart_or_ending_is_named(run_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no chart named x; this run's report holds headline"):
        export(run_folder, "x", tmp_path / "x.svg")
    with pytest.raises(ValueError, match="written as"):
        export(run_folder, "headline", tmp_path / "x.pdf")


def test_a_run_with_nothing_to_draw_still_has_a_report(tmp_path: Path) -> None:
    """Found with 300 people: every class was suppressed, and the page could not be written."""
    folder = make_run(tmp_path / "run")
    (folder / "summary.csv").unlink()
    rows = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    blank = dict.fromkeys(("central", "chance_low", "chance_high", "span_low", "span_high"))
    (folder / "summary.json").write_text(json.dumps([row | blank for row in rows]), encoding="utf-8")
    assert "Left out" in write_report(folder).read_text(encoding="utf-8")
