"""The sections on errors, ties, remedies, responses, standing and safeguards; lives day by class; the colours of eleven classes."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from glasshouse.report import lives, mended, remedies, responses, twins
from glasshouse.report.blocks import Figure
from glasshouse.report.diverging import diverging, mirrored
from glasshouse.report.figures import export
from glasshouse.report.marks import Bar
from glasshouse.report.names import OUTCOMES, arm_colour, arm_name, arms
from glasshouse.report.read import Run, read_run
from glasshouse.report.theme import DARK, LIGHT
from glasshouse.report.words import CLASSES, WRONG
from tests.report.fixture import make_run
from tests.report.whole import MENDED


def drawn(figure: Figure | None) -> list[dict[str, Any]]:
    """The bars of a figure."""
    assert figure is not None
    return [row for values in figure.spec["datasets"].values() for row in values if "y2" in row and "label" in row]


def texts(figure: Figure | None) -> str:
    """Everything a figure says, with plain spaces."""
    assert figure is not None
    return " ".join((figure.summary, figure.note)).replace("\u00a0", " ").replace("\u202f", " ")


def without(run: Run, *outcomes: str) -> Run:
    return replace(run, rows=[r for r in run.rows if r.outcome not in outcomes])


def test_what_errors_add_runs_right_and_what_they_take_away_runs_left(run_folder: Path) -> None:
    figure = twins.split_figure(read_run(run_folder))
    found = {b["label"]: (b["value"], b["text"]) for b in drawn(figure)}
    assert found == {
        "Wrongly sanctioned days": (41_000, "41,000"), "Error-induced days": (2_600, "2,600"),
        "Days wrongly spared": (-5_200, "5,200"), "Error-displaced days": (-3_100, "3,100"),
    }  # fmt: skip
    assert figure is not None
    assert "← fewer days" in json.dumps(figure.spec, ensure_ascii=False)
    assert [(k.colour, k.text) for k in figure.keys[:3]] == [
        ("var(--c4)", "days that true records do not carry"), ("var(--c7)", "days on true records that an error led to"),
        ("var(--spared)", "days taken away"),
    ]  # fmt: skip
    assert "never netted" in figure.note
    assert not any(str(cell).lower().startswith("net") for row in figure.rows for cell in row)


def test_both_directions_have_one_scale_and_mirrored_ranges() -> None:
    left = mirrored(Bar("b", 4.0, "4", "red", (3.0, 5.0), (1.0, 9.0)))
    assert (left.value, left.chance, left.span, left.text) == (-4.0, (-5.0, -3.0), (-9.0, -1.0), "4")
    run = Run(Path(), [], {}, {}, {}, {}, [])
    spec = diverging(run, [Bar("a", 2.0, "2", "red"), left], "less", "more")
    domains = [layer["encoding"]["x"]["scale"]["domain"] for layer in spec["layer"] if "scale" in layer["encoding"].get("x", {})]
    assert domains and all(low == -high and high >= 9 for low, high in domains)


def test_the_table_holds_every_arm_and_group(run_folder: Path) -> None:
    figure = twins.split_figure(read_run(run_folder))
    assert figure is not None
    assert {(row[1], row[2]) for row in figure.rows} == {
        (arm, group) for arm in ("The scheme as written", "With notice first") for group in ("everyone", "A", "B")
    }
    assert len(figure.rows) == 4 * 2 * 3


def test_ties_shield_too(run_folder: Path) -> None:
    run = read_run(run_folder)
    assert {b["label"]: b["value"] for b in drawn(twins.ties_figure(run))} == {"Days added by ties": 9_900, "Days taken away by ties": -800}
    table = twins.through_table(run)
    assert table is not None
    assert table.columns[:3] == ["outcome", "arm", "everyone"] and "group B" in table.columns
    assert [row[:3] for row in table.rows][:2] == [
        ["Days bound with the household", "as written", "6,400"], ["Days bound with the household", "with notice first", "5,760"],
    ]  # fmt: skip
    assert twins.ties_figure(without(run, "collateral_days", "shielded_days")) is None


def test_a_review_is_followed_to_its_end(run_folder: Path) -> None:
    run = read_run(run_folder)
    figure = remedies.appeals_figure(run)
    assert {b["label"]: b["value"] for b in drawn(figure)} == pytest.approx(
        {"Reviews asked for": 300, "Upheld": 60, "Rejected": 135, "Given up": 45, "Added to the queue": 60}
    )
    said = texts(figure)  # 160 of the 300 are about a wrong record
    assert (
        "300 reviews are asked for per 100,000 adult-years; 53.3 % of them are about a record that is in fact wrong." in said
    )  # 160 of 300
    assert "Of those decided, 31 % end for the person, after 21.5 weeks in the queue on average." in said
    assert "no error rate" in said
    assert figure is not None
    assert {row[1] for row in figure.rows} >= {"mistaken identity", "ground unmet", "none: the record is sound", "all"}


def test_a_queue_that_shrinks_is_said_and_not_drawn(run_folder: Path) -> None:
    run = read_run(run_folder)
    rows = [replace(r, central=-12.0, chance_low=-14.0) if r.outcome == "appeals_waiting" else r for r in run.rows]
    figure = remedies.appeals_figure(replace(run, rows=rows))
    assert "Added to the queue" not in {b["label"] for b in drawn(figure)}
    assert "The queue shrank" in texts(figure)


def test_procedure_stands_arm_by_arm(run_folder: Path) -> None:
    labels = {b["label"]: b["value"] for b in drawn(remedies.procedure_figure(read_run(run_folder)))}
    assert labels["No notice before listing: the scheme as written"] == pytest.approx(0.94)
    assert labels["No notice before listing: with notice first"] == pytest.approx(0.094)


def test_harms_and_claimed_benefits_stand_side_by_side(run_folder: Path) -> None:
    run = read_run(run_folder)
    figure = responses.forgone_figure(run)
    found = {b["label"]: (b["value"], b["colour"]) for b in drawn(figure)}
    assert found["Protected acts not done by people never sanctioned"] == (24, "var(--c8)")
    assert found["Unlawful acts not done"] == (44, "var(--spared)")
    table = responses.response_table(run)
    assert table is not None
    sides = {row[1]: row[0] for row in table.rows}
    assert (sides["Unlawful acts prevented"], sides["Share of protected acts not done"]) == ("benefit", "harm")
    assert responses.response_table(without(run, *(o for side, o in responses.LEDGER if side == "harm"))) is None


def test_standing_by_group(run_folder: Path) -> None:
    labels = {b["label"]: b["value"] for b in drawn(responses.standing_figure(read_run(run_folder)))}
    assert labels["Privileges: group A"] == pytest.approx(3060)
    assert labels["Attempts put back: group B"] == pytest.approx(1080)


def test_one_thing_mended_beside_the_scheme_and_ordinary_law(run_folder: Path) -> None:
    run = read_run(run_folder)
    figure = mended.mended_figure(run)
    assert list(dict.fromkeys(b["label"] for b in drawn(figure))) == ["Ordinary law", "The scheme as written", "With notice first"]
    listing = mended.mended_list(run)
    assert listing is not None
    assert listing.items == [("Notice first", "People hear of a record before it lists them. (an office asked for it)")]
    assert mended.mended_figure(replace(run, rows=[r for r in run.rows if r.arm != MENDED])) is None


def test_arms_are_named_and_baselines_stand_first(run_folder: Path) -> None:
    run = read_run(run_folder)
    assert arms(run, twins=True) == ["none", "ordinary", "clean", "error-free", "alone", "scheme", MENDED]
    assert arms(run) == ["none", "ordinary", "clean", "scheme", MENDED]
    for arm in arms(run, twins=True):
        assert arm_name(arm)[0].isupper()
        name = arm_colour(run, arm).removeprefix("var(--").removesuffix(")")
        assert name in LIGHT and name in DARK


@pytest.mark.parametrize("status", ["myth", "hypothetical"])
def test_an_exported_chart_carries_the_mark_too(tmp_path: Path, status: str) -> None:
    folder = make_run(tmp_path / "run", status=status)
    for chart in ("errors", "headline"):
        text = export(folder, chart, tmp_path / f"{chart}.svg").read_text(encoding="utf-8")
        assert ("A myth: no such scheme exists" if status == "myth" else "Hypothetical: no such scheme exists") in text


def test_a_life_is_drawn_by_what_its_days_count_as(run_folder: Path) -> None:
    """Days through others or through a holder's copy, which no entry to a list opens; days of other classes are only outlined."""
    run = read_run(run_folder)
    turns = ((100, "mistaken identity"), (130, "collateral"), (180, ""), (200, "wrongly spared"))
    told = [
        {"person": 9, "role": "minor", "group": "A", "arm": "scheme", "day": day, "event": "days", "class": cls, "text": "", "list": "",
         "category": "", "points": None, "example_of": "collateral"} for day, cls in turns
    ]  # fmt: skip
    figure = next(f for f in lives.life_figures(replace(run, lives=told)) if f.id == "life-collateral")
    bars = [r for values in figure.spec["datasets"].values() for r in values if "colour" in r and "to" in r and "y2" in r]
    assert [(b["from"], b["to"], b["colour"]) for b in bars] == [(100, 130, "var(--paper)"), (130, 180, "var(--c6)")]
    assert "80 days under a sanction, 50 of them in this class" in figure.summary
    assert [k.text for k in figure.keys] == ["days in this class", "days under a sanction in another class"]
    assert "The same person, nothing through ties" in json.dumps(figure.spec)
    assert figure.table == [] and len(figure.rows) == 4


def lightness(colour: str) -> float:
    """Relative luminance of a colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_classes_outside_the_rules_grow_lighter_one_by_one(palette: dict[str, str]) -> None:
    """So that their order can be read without seeing hue; also printed in grey."""
    names = [c.colour.removeprefix("var(--").removesuffix(")") for c in CLASSES[:-1]]
    assert names == [f"c{i + 1}" for i in range(10)]
    shades = [lightness(palette[name]) for name in names]
    assert all(after > 1.12 * before for before, after in pairwise(shades))


def test_every_class_and_outcome_says_what_it_means() -> None:
    assert tuple(c.key for c in CLASSES[:6]) == WRONG and WRONG[0] == "stale" and WRONG[-1] == "collateral"
    assert all(len(c.meaning) > 20 for c in CLASSES)
    assert all(name and meaning and name[0].isupper() for name, meaning in OUTCOMES.values())
