"""The section on money: claims and prices by class, and every amount by arm and group."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glasshouse.report import money
from glasshouse.report.read import Run, read_run
from glasshouse.report.sections import sections
from tests.report.test_twins import drawn, texts, without


@pytest.fixture(scope="module")
def run(run_folder: Path) -> Run:
    return read_run(run_folder)


def test_claims_by_what_they_rest_on(run: Run) -> None:
    figure = money.claims_figure(run)
    assert [(b["label"], b["value"], b["colour"]) for b in drawn(figure)] == [
        ("Misrecorded", 2_160_000, "var(--c4)"), ("Collateral", 540_000, "var(--c6)"),
        ("Within the stated rules", 900_000, "var(--within)"),
    ]  # fmt: skip
    said = texts(figure)
    assert "3,600,000 euros per 100,000 adult-years are claimed" in said
    assert "comes to 900,000" in said
    assert "2,700,000, 75 % of what is claimed, goes beyond that." in said
    assert figure is not None
    assert {row[0] for row in figure.rows} == {"Money claimed", "Money given back"}


def test_prices_by_what_the_listing_rests_on(run: Run) -> None:
    figure = money.prices_figure(run)
    assert {b["label"]: b["value"] for b in drawn(figure)} == pytest.approx(
        {"Misrecorded": 31_200, "Collateral": 7_800, "Within the stated rules": 13_000}
    )
    assert "The listed pay 52,000 euros per 100,000 adult-years more" in texts(figure)


def test_the_table_holds_every_arm_and_group(run: Run) -> None:
    table = money.money_table(run)
    assert table is not None
    assert table.columns == ["outcome", "arm", "everyone", "chance", "span", "group A", "group B", "unit"]
    claimed = [row for row in table.rows if row[0] == "Money claimed"]
    assert [(row[1], row[2], row[5], row[6]) for row in claimed] == [
        ("the scheme without any error", "900,000", "810,000", "1,080,000"), ("as written", "3,600,000", "3,240,000", "4,320,000"),
    ]  # fmt: skip
    assert ("Beyond what was owed", "with notice first", "1,350,000") in {tuple(row[:3]) for row in table.rows}


def test_the_section_is_there_only_where_money_is(run: Run) -> None:
    found = {s.id: s for s in sections(run)}
    assert found["money-section"].heading == "Money: what is claimed and what was owed, what a listing makes dearer"
    assert [b.id for b in found["money-section"].blocks if hasattr(b, "id")] == ["claims", "prices", "money"]
    prices_only = without(run, *money.CLAIMS)
    section = next(s for s in sections(prices_only) if s.id == "money-section")
    assert section.heading == "Money: what a listing makes dearer"
    assert "money-section" not in {s.id for s in sections(without(prices_only, "prices_paid"))}


def test_little_money_says_so(run: Run) -> None:
    few = replace(run, rows=[replace(r, central=None) if r.outcome == "money_claimed" and r.cls == "all" else r for r in run.rows])
    assert "Too little is claimed to be shown." in texts(money.claims_figure(few))
    none = replace(run, rows=[replace(r, central=None) if r.outcome == "prices_paid" else r for r in run.rows])
    assert money.prices_figure(none) is None
