"""What a report says beside its figures: few events, single runs, absent quantities, influence, the same seeds, the score."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from glasshouse.report import baselines, classes, evidence, headline, lives
from glasshouse.report.blocks import Figure
from glasshouse.report.read import Row, Run, read_run
from glasshouse.report.sections import answer, sections

ROW = Row("denials", "all", "all", "scheme", "per 100,000", "", 100.0, 95.0, 105.0, 80.0, 120.0, "")


def with_rows(run: Run, *rows: Row) -> Run:
    """The run with these rows before its own of the same name."""
    names = {(r.outcome, r.arm, r.cls, r.group) for r in rows}
    return replace(run, rows=[*rows, *(r for r in run.rows if (r.outcome, r.arm, r.cls, r.group) not in names)])


def test_every_span_says_that_each_point_is_one_run(run_folder: Path) -> None:
    for section in sections(read_run(run_folder)):
        for block in section.blocks:
            if isinstance(block, Figure) and any("span" in key.text for key in block.keys):
                assert any("one run each, so it holds chance too; not a probability" in key.text for key in block.keys), block.id


def test_a_caption_says_where_single_runs_hold_few_events(run_folder: Path) -> None:
    run = read_run(run_folder)
    first = next(r for r in run.find("sanctioned_day_share") if r.cls == "false report")
    figure = classes.share_figure(with_rows(run, replace(first, note="few events in a single run: the ranges hold much chance")))
    assert figure is not None
    assert "Few events in a single run behind false report: the ranges hold much chance." in figure.note
    plain = classes.share_figure(run)
    assert plain is not None
    assert "Few events" not in plain.note


def test_classes_without_a_figure_stand_in_one_line(run_folder: Path) -> None:
    run = read_run(run_folder)
    rows = {r.cls: r for r in run.find("sanctioned_day_share")}
    few = [replace(rows[c], central=None, span_high=None, chance_high=None) for c in ("false report", "misrecorded")]
    none = replace(rows["lawful conduct"], central=0.0, span_high=0.0, chance_high=0.0, note="none in 16 runs")
    figure = classes.share_figure(with_rows(run, *few, none))
    assert figure is not None
    assert "Too few to show: misrecorded and false report. None in any run: lawful conduct." in figure.note
    drawn = json.dumps(figure.spec)
    assert "Misrecorded" not in drawn
    assert "Ground unmet" in drawn
    assert len(figure.rows) == 11  # the table still has every class


FINE = Row("fines", "all", "all", "ordinary", "per 100,000 adult-years", "adult-years", 27_000.0, None, None, None, None, "")


def test_fines_of_ordinary_law_are_not_lenience_of_the_scheme(run_folder: Path) -> None:
    run = read_run(run_folder)
    bare = replace(run, rows=[FINE, *(r for r in run.rows if r.outcome != "fines")])
    table = baselines.baseline_table(bare)
    assert table is not None
    fines = next(row for row in table.rows if row[0] == "Fines")
    assert fines[1:5] == ["not part of this arm", "27,000", "", "not part of this arm"]
    assert baselines.fines_note(bare).endswith("but ordinary fines are counted in the ordinary-law arm only.")
    assert baselines.fines_note(with_rows(run, FINE)).endswith("fines counted under the scheme are its own.")
    assert baselines.fines_note(replace(run, rows=[r for r in run.rows if r.arm != "ordinary"])) == ""


def led(run: Run, shares: dict[str, float], told_from: float, points: int = 64) -> Run:
    """The run with these leading values, of seven tried."""
    values = [{"path": p, "share": s, "told": s > told_from, "linked_with": 0} for p, s in shares.items()]
    return replace(run, study=run.study | {"span": {"points": points, "tried": 7, "told_from": told_from}, "influential": values})


def test_influence_that_cannot_be_told_from_none_is_not_presented_as_influence(run_folder: Path) -> None:
    run = led(read_run(run_folder), {"a.x": 0.4, "b.x": 0.12, "g.x": 0.0, "f.x": 0.0, "e.x": 0.01}, 0.113)
    table = evidence.evidence_table(run)
    assert table is not None
    assert [str(row[3]).replace("\u00a0", " ") for row in table.rows] == ["40 %", "12 %", *["cannot be told from none"] * 3]
    said = table.note.replace("\u00a0", " ")
    assert "With 64 points and 7 values, shares below 11.3 % cannot be told from none" in said
    assert "Only 2 values pass it; the others shown are those with the widest ranges." in said
    assert table.title == "The values that move the answer, and the widest ranges"
    assert list(table.columns) == [
        "value",
        "central",
        "range",
        "share of span explained",
        "kind",
    ]  # nothing was read for any, and no reason given


def test_a_capacity_is_given_in_words(run_folder: Path) -> None:
    value = {"value": 2.0, "range": [0.4, 20.0], "per": "10000-person-weeks", "evidence": "assumed", "why": "not published"}
    run = replace(led(read_run(run_folder), {"review.stages.0.capacity": 0.4}, 0.1), scheme={"review": {"stages": [{"capacity": value}]}})
    table = evidence.evidence_table(run)
    assert table is not None
    assert list(table.rows[0][1:3]) == ["2 per 10,000 people a week", "0.4 to 20"]
    assert table.columns[-1] == "why or source"


def test_a_handful_of_points_tells_no_influence(run_folder: Path) -> None:
    table = evidence.evidence_table(led(read_run(run_folder), {"b.x": 0.2, "a.x": 1.0}, 1.0, points=4))
    assert table is not None
    assert table.title == "The values with the widest ranges"
    assert table.note.startswith("With 4 points of the span no influence can be told from none")


def test_scenarios_stand_beside_the_same_seeds(run_folder: Path, tmp_path: Path) -> None:
    def line(seed: int, setting: str, value: float) -> dict[str, object]:
        return {
            "arm": "scheme", "seed": seed, "setting": setting, "week": None, "group": "all", "outcome": "entries_rate", "class": "all",
            "value": value,
        }  # fmt: skip

    lines = [line(1, "central", 900.0), line(2, "central", 1000.0), line(3, "central", 5000.0), line(1, "span-000", 7.0)]
    lines += [line(1, "scenario-lax-courts", 1420.0), line(2, "scenario-lax-courts", 1420.0)]
    pq.write_table(pa.Table.from_pylist(lines), tmp_path / "outcomes.parquet")
    (tmp_path / "summary.json").write_text("[]", encoding="utf-8")
    same = read_run(tmp_path).same_seeds
    assert same == {"entries_rate": 950.0}  # of the two seeds that the scenario was lived with
    figure = evidence.scenario_figure(replace(read_run(run_folder), same_seeds=same))
    assert figure is not None
    assert figure.rows[0][1] == 950.0
    assert "every bar over the same seeds; over all 16 as written is 980" in figure.note


def test_few_events_behind_the_curve_are_counted(run_folder: Path) -> None:
    run = read_run(run_folder)
    assert headline.caution(run) == ""
    points = [{"x": 0.001, "central": 0.0}, {"x": 0.03, "central": 2.0}]
    curve = run.study["headline"] | {"points": points, "seeds": 4}
    few = replace(run, study=run.study | {"headline": curve})
    # 250,000 adult-years in a run (2,450 entries at 980 per 100,000), 4 seeds, 2 per 100,000: 20 events
    assert "0 events at 1 in 1,000 and 20 at 3 in 100, in 4 seeds together" in headline.caution(few)
    assert headline.caution(few).endswith("About 150,000 people would give 30 at that end.")
    assert headline.sentence(few).startswith(
        "If 1 in 1,000 entries is false, nobody in this run is listed without cause; if 3 in 100, about 2 per"
    )


def test_the_answer_adds_up_what_it_is_made_of(run_folder: Path) -> None:
    run = read_run(run_folder)
    whole = replace(ROW, outcome="listed_without_cause", central=40.2, span_low=8.5, span_high=199.0)
    false = replace(ROW, outcome="listed_on_false_records", central=4.6)
    unmet = replace(ROW, outcome="entries_rate", cls="ground unmet", central=24.6)
    tied = replace(unmet, cls="collateral", central=11.0)
    said = answer(with_rows(run, whole, false, unmet, tied))
    assert "about 40 per 100,000 adults a year are listed without cause: about 4.6 on a false record, about 25 where" in said[1]
    assert said[1].endswith("and about 11 for what someone tied to them did.")
    assert "runs from 8.5 to 200" in said[-1] and said[-1].endswith("Both ends are single runs, so chance is in them too.")
    said = answer(with_rows(run, whole, replace(false, central=None), unmet))
    assert "the rest on a false record (too few in this run for a figure)" in said[1]


def test_a_points_scheme_shows_the_score_beside_the_list(run_folder: Path) -> None:
    run = read_run(run_folder)
    person = next(e for e in run.lives if e["example_of"] == "false report")
    told = [("scheme", 50, 1000.0), ("scheme", 110, 840.0), ("clean", 50, 1000.0)]
    score = [person | {"arm": arm, "day": day, "event": "score", "list": "", "points": p, "text": "Score"} for arm, day, p in told]
    grades = [{"name": "A", "from_points": 850}, {"name": "B", "from_points": None}]
    scheme = run.scheme | {"grades": grades, "lists": {"low": {"from_grade": "B"}}}
    figure = next(f for f in lives.life_figures(replace(run, scheme=scheme, lives=[*run.lives, *score])) if f.id == "life-false-report")
    drawn = json.dumps(figure.spec)
    assert "Score, 840 to 1,000 (dotted: grade B below 850)" in drawn
    assert len(figure.rows) == len(figure.table) + 3  # the scores are in the CSV
    assert [k.text for k in figure.keys][-2:] == ["score as written", "score with true records only"]
    assert lives.scores(score, 0, 200) == {
        "clean": [(0, 1000.0), (50, 1000.0), (200, 1000.0)],
        "scheme": [(0, 1000.0), (50, 1000.0), (110, 840.0), (200, 840.0)],
    }
