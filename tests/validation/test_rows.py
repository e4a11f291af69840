"""Every quick row agrees with its target, every wrong variant lies outside its tolerance, and every mechanism of the model is pinned.

Rows compare by four standard errors, so that with fresh seeds one would disagree by chance once in 16,000 times; the seeds are fixed. The
full set, with its wrong variants, is `make validate`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from glasshouse.files.yaml import parse
from glasshouse.scheme.load import load_scheme
from glasshouse.validation.registry import MECHANISMS, REPLICATIONS, Topic, entries, table_of, topics
from glasshouse.validation.rows import Figure, Forecast, Found, Row, Size, Table, Through, Wrong
from glasshouse.validation.run import Verdict, run_row
from glasshouse.validation.sources import sources

ROWS = [entry for entry in entries() if isinstance(entry, Row)]
FIGURES = [entry for entry in entries() if isinstance(entry, Figure)]
QUICK = [row for row in ROWS if row.quick]
HERE = Path(__file__).parents[2] / "src" / "glasshouse" / "validation"
NAME = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*")


@pytest.mark.parametrize("row", QUICK, ids=lambda row: row.name)
def test_a_quick_row_agrees_and_notices_its_wrong_variants(row: Row) -> None:
    ran = run_row(row, Size.QUICK, wrong=True)
    assert ran.verdict is Verdict.AGREES or (ran.verdict is Verdict.GAP and row.explained), ran
    assert [wrong for wrong in ran.wrong if wrong.verdict is not Verdict.NOTICED] == []


@pytest.mark.parametrize("figure", [f for f in FIGURES if f.quick], ids=lambda figure: figure.name)
def test_a_quick_figure_of_the_world_is_found(figure: Figure) -> None:
    ran = run_row(figure, Size.QUICK, wrong=True)
    assert ran.verdict is not Verdict.ERROR, ran
    assert len(ran.wrong) == (len(figure.wrong) if figure.ours else 0)
    assert [wrong for wrong in ran.wrong if wrong.verdict is not Verdict.NOTICED] == []
    assert ran.value is None or (ran.low is not None and ran.high is not None and ran.low <= ran.value <= ran.high)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_is_complete(row: Row) -> None:
    assert row.wrong, "no wrong variant"
    assert row.through is Through.REPLICATION or (row.pins and set(row.pins) <= set(MECHANISMS))
    assert row.bias >= 0 and (row.bias == 0 or row.bias_why), "a bias is derived in words"
    assert row.table is not Table.WORLD


def test_a_mistaken_figure_is_noticed_outside_our_range_and_farther_off() -> None:
    figure = Figure("x", "x", 10.0, "u", "2020", ("s",), (), wrong=())
    ours = Forecast(9.0, 8.0, 11.0)
    assert figure.notices(ours, Found(11.5)) and figure.notices(ours, Found(5.0))
    assert not figure.notices(ours, Found(8.5))  # inside
    assert not figure.notices(Forecast(7.0, 6.0, 8.0), Found(11.0))  # nearer than ours


def test_an_unnoticed_mistake_fails() -> None:
    ours = Forecast(9.0, 8.0, 11.0)
    same = Wrong("same", "Ours once more.", lambda size: Found(ours.central))
    ran = run_row(Figure("x", "x", 10.0, "u", "2020", ("s",), (), ours=lambda size: ours, wrong=(same,)), Size.QUICK, wrong=True)
    assert ran.failed and ran.wrong[0].verdict is Verdict.UNNOTICED


def test_every_topic_of_the_world_notices_mistakes() -> None:
    assert {name for name in ("defaulters", "credit", "pip", "redress") if any(f.wrong and f.name.startswith(name) for f in FIGURES)} == {
        "defaulters", "credit", "pip", "redress",
    }  # fmt: skip


def test_names_are_names_of_one_thing() -> None:
    names = Counter(chain((e.name for e in entries()), (t.name for t in topics()), (t.name.lower() for t in Table)))
    assert [name for name, n in names.items() if n > 1] == []
    assert [name for name in names if not NAME.fullmatch(name)] == []


def test_every_mechanism_is_pinned_by_a_row_with_a_wrong_variant() -> None:
    pinned = {name for row in ROWS if row.wrong for name in row.pins}
    assert set(MECHANISMS) - pinned == set()


def test_every_source_is_known_and_used() -> None:
    cited = set(chain.from_iterable(entry.sources for entry in [*ROWS, *FIGURES]))
    assert cited - set(sources()) == set()
    assert set(sources()) - cited == set()
    assert all(source.author and source.year and source.title for source in sources().values())


def test_the_list_of_replications_is_that_of_the_source_repository() -> None:
    names = {name.replace("_", "-") for name in REPLICATIONS}
    found = {topic.name: listing(topic) for topic in topics() if topic.name in names}
    said = parse((HERE / "replications.yaml").read_text(encoding="utf-8")).data
    assert said == found, "run `python -m glasshouse.validation.page --replications`"


def listing(topic: Topic) -> dict[str, dict[str, str]]:
    """What the package says of a replication where it is not at hand."""
    return {entry.name: {"table": table_of(entry).value, "title": entry.title} for entry in topic.entries}


def test_the_simple_files_are_files_of_ours() -> None:
    assert load_scheme(HERE / "simple-scheme.yaml").id == "simple-scheme"


def test_a_tolerance_is_four_standard_errors_and_the_bias() -> None:
    row = next(row for row in ROWS if row.bias > 0)
    assert row.tolerance(Found(row.target, 0.5)) == 2.0 + row.bias
    assert row.agrees(Found(row.target + 1.99 + row.bias, 0.5)) and not row.agrees(Found(row.target + 2.01 + row.bias, 0.5))
