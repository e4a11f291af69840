"""Pictures of ours over theirs: each has a table behind it in the repository, and is drawn from that table alone."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from glasshouse.validation import over, page
from glasshouse.validation.drawings import Drawing, Kind, Series, caption, drawings, gaps, main, read_out, read_table, write_table
from glasshouse.validation.rows import Table
from glasshouse.validation.run import Ran, Verdict

FOLDER = Path(__file__).parents[2] / "docs" / "validation"
DRAWINGS = {it.name: it for it in drawings() if it.name != "lending-outcome-curve-tables"}  # that one needs tables that are not here
OF_FORMULAS = ("dissent-figure-1a", "dissent-figure-2a")  # nobody is lived for these

TWO = (
    Series("a", Kind.THEIRS, "theory", (0.0, 1.0, 2.0), (0.0, 0.5, 1.0)),
    Series("a", Kind.OURS, "lived", (0.0, 2.0), (0.1, 0.7), (0.0, 0.6), (0.2, 0.8)),
    Series("", Kind.ELSE, "a level", (0.0, 2.0), (0.5, 0.5)),
)
PLAIN = Drawing("x", Table.THEORY, "A title", "years", "share", "What it shows.", lambda: TWO)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_picture_has_a_table_and_a_drawing(name: str) -> None:
    series = read_table(FOLDER / f"{name}.csv")
    assert {one.kind for one in series} >= {Kind.THEIRS, Kind.OURS}, "run `python -m glasshouse.validation.drawings docs/validation`"
    words = {DRAWINGS[name].title, *(one.label for one in series)}
    for svg in ((FOLDER / f"{name}.svg").read_text(encoding="utf-8"), over.svg(DRAWINGS[name], series)):
        assert {text for text in words if text not in unescape(svg)} == set(), "run `make validate`"
        assert "var(--" not in svg


@pytest.mark.parametrize("name", OF_FORMULAS)
def test_a_table_is_what_its_picture_s_program_says(name: str, tmp_path: Path) -> None:
    main([str(tmp_path), name])
    assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8") == (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.csv"]


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    named = Series("n", Kind.OURS, "by name", ("first", "second"), (1.0, 2.0))
    write_table(tmp_path / "x.csv", (*TWO, named))
    assert read_table(tmp_path / "x.csv") == (*TWO, named)


def test_the_farthest_place_is_told() -> None:
    assert list(gaps(TWO)) == [("a", pytest.approx(0.3), 2.0)]
    assert caption(PLAIN, TWO) == "What it shows. Farthest from theirs: a, 0.3 at 2."
    assert read_out(PLAIN, TWO).startswith("A title. Across: years; up: share. theory: 0 at 0, 1 at 2. lived: 0.1 at 0, 0.7 at 2.")


def test_pictures_stand_in_their_table_on_the_page(tmp_path: Path) -> None:
    name = OF_FORMULAS[0]
    folder = tmp_path / "validation"
    main([str(folder), name])
    shown = page.pictures_of([], folder, write=True)
    assert [it.place for it in shown] == [f"validation/{name}.svg"] and (folder / f"{name}.svg").is_file()
    text = page.page([Ran("x", Table.MODELS, "x", Verdict.AGREES)], shown)
    assert f"](validation/{name}.svg)" in text and f"[The numbers](validation/{name}.csv)" in text


def world(name: str, low: float, high: float, carried: float | None, fitted: str = "") -> Ran:
    """A figure of 10, with ours in the middle."""
    return Ran(
        name, Table.WORLD, name, Verdict.INSIDE, target=10.0, value=(low + high) / 2, low=low, high=high, carried=carried, fitted=fitted
    )


def test_forecasts_are_scored_beside_the_figure_carried_forward() -> None:
    rows = [
        world("near", 9, 11, 4),
        world("far", 13, 15, 9),
        world("even", 8, 12, 9),
        world("first", 9, 11, None),
        world("fit", 9, 11, 4, "x"),
    ]
    said = "\n".join(page._sharpness(rows))
    assert "| `near` | 10 | 2 | 2 | 60 | 52 | ours |" in said  # 2 wide; carried: 6 off as a point, 5 outside at equal width
    assert "| `far` | 10 | 2 | 32 | 10 | 2 | carried |" in said
    assert "| `even` | 10 | 4 | 4 | 10 | 4 | even |" in said
    assert "first" not in said and "`fit`" not in said
    assert "Of 3 forecasts, 2 are nearer" in said and "1 score better than it, 1 even, 1 worse" in said.replace("\n", " ")


def test_the_first_two_tables_are_not_scored() -> None:
    assert list(page._sharpness([Ran("x", Table.THEORY, "x", Verdict.AGREES, target=1.0, value=1.0)])) == []
