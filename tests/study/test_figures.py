"""What a run gives for published figures: single details, their sum, and one outcome over another, with ranges from every run."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.files.errors import InputError
from glasshouse.outcomes.summary import Line
from glasshouse.scheme.figures import Published
from glasshouse.study.figures import Lived, beside_run, figures, per
from glasshouse.study.standard import Standard, beside, what
from tests.made_up import made_up_scheme

YEARS, ADULTS = "per 100,000 adult-years", "per 1,000 adults"
RAIL, AIR = "denials_by_need:rail", "denials_by_need:air"
NONE = {f"denials_by_need:{need}": 0.0 for need in ("bus", "tram", "ferry")}


def line(outcome: str, central: float | None, unit: str = YEARS, cls: str = "all", detail: str = "") -> Line:
    return Line(outcome, "s", cls, "all", "scheme", unit, "", central, None, None, None, None, "", detail)


LINES = [
    line("entries_rate", 200.0), line("entries_rate", 20.0, cls="ground unmet"), line("listed", 4.0, ADULTS), line("fines", None),
    line("denials_by_need", 300.0, detail="rail"), line("denials_by_need", None, detail="air"), line("denials_by_need", None, detail="bus"),
    line("denials_by_need", 0.0, detail="tram"), line("denials_by_need", 0.0, detail="ferry"),
]  # fmt: skip


def run(entries: float, rail: float, air: float | None = 10.0, listed: float = 4.0) -> dict[tuple[str, str], float | None]:
    by_outcome = {"entries_rate": entries, RAIL: rail, AIR: air, **NONE, "listed": listed, "fines": 1.0}
    return {(outcome, "all"): value for outcome, value in by_outcome.items()} | {("entries_rate", "ground unmet"): entries / 10}


LIVED = Lived(
    LINES, {("central", 1): run(100, 100), ("central", 2): run(300, 500), ("span-000", 1): run(50, 400), ("span-001", 1): run(0, 9)}
)


def found(**said: Any) -> dict[str, Any]:
    given = {"figure": "f", "value": 1, "unit": YEARS, "when": 2020, "source": "s", "outcome": "entries_rate", "fitted": False, **said}
    published = Published.model_validate(given)
    return figures({"f": published}, LIVED)[what(published)]


def over(outcome: str = "entries_rate", **said: Any) -> dict[str, Any]:
    return {"unit": "in words", "over": {"outcome": outcome, **said}}


def test_an_outcome_as_it_is() -> None:
    assert found() == {"unit": YEARS, "central": 200, "chance_low": 100, "chance_high": 300, "span_low": 0, "span_high": 200}
    assert found(of="ground unmet")["central"] == 20


def test_single_details_and_their_sum() -> None:
    assert found(outcome="denials_by_need", detail=["rail"])["central"] == 300
    assert found(outcome="denials_by_need", detail=["rail", "air"])["central"] == 310  # together they rest on events enough
    assert found(outcome="denials_by_need", detail=["air", "bus"])["central"] is None  # not so here
    assert found(outcome="denials_by_need", detail=["air", "tram"])["central"] is None  # nor beside one in which nothing happens
    assert found(outcome="denials_by_need", detail=["tram", "ferry"])["central"] == 0


def test_one_outcome_over_another() -> None:
    ratio = found(outcome="denials_by_need", detail=["rail"], **over())
    assert ratio["central"] == 300 / 200  # of the means, so that runs with more events count for more
    assert (ratio["chance_low"], ratio["chance_high"]) == (1, 500 / 300)  # of each seed's own ratio
    assert (ratio["span_low"], ratio["span_high"]) == (1.5, 8)  # a point without entries has none
    assert ratio["unit"] == ""


def test_units_of_different_size_are_brought_to_one() -> None:
    assert found(**over("listed"))["central"] == pytest.approx(200 / 1e5 / (4 / 1e3))
    assert (per("Euro per 100,000 adult-years"), per("people"), per("share")) == (1e5, 1, 1)


def test_too_few_events_on_either_side() -> None:
    assert found(outcome="fines", **over())["central"] is None
    assert found(**over("fines")) == {"unit": ""} | dict.fromkeys(("central", "chance_low", "chance_high", "span_low", "span_high"))


def test_a_single_run_has_no_range_of_chance() -> None:
    alone = Lived(LINES, {("central", 1): run(100, 100)})
    published = Published.model_validate(
        {"figure": "f", "value": 1, "unit": YEARS, "when": 2020, "source": "s", "outcome": "entries_rate", "fitted": False}
    )
    assert figures({"f": published}, alone)["entries_rate"] == {"unit": YEARS, "central": 100} | dict.fromkeys(
        ("chance_low", "chance_high", "span_low", "span_high")
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"outcome": "entry_rate"}, r"plausibility\.f: the run has no outcome 'entry_rate'.*did you mean 'entries_rate'"),
        ({"outcome": "denials_by_need", "detail": ["rial"]}, "no outcome 'denials_by_need:rial'.*did you mean 'denials_by_need:rail'"),
        ({"of": "stale"}, "no outcome 'entries_rate of stale'"),
        (over("attempts"), "no outcome 'attempts'"),
        ({"unit": "per 1,000 adult-years"}, "entries_rate is given per 100,000 adult-years, not per 1,000 adult-years"),
    ],
)
def test_a_figure_compared_with_nothing_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        found(**said)


def test_a_length_of_time_is_not_divided() -> None:
    days = Lived([*LINES, line("median_spell", 40.0, "days")], {k: v | {("median_spell", "all"): 40.0} for k, v in LIVED.runs.items()})
    given = {"figure": "f", "value": 1, "unit": "in words", "when": 2020, "source": "s", "fitted": False}
    for outcome, other in (("median_spell", "entries_rate"), ("entries_rate", "median_spell")):
        published = Published.model_validate({**given, "outcome": outcome, "over": {"outcome": other}})
        with pytest.raises(InputError, match="median_spell is given in days: with `over`, both sides are a rate, a share or a count"):
            figures({"f": published}, days)


def test_beside_a_run_nothing_is_refused() -> None:
    given = {"figure": "f", "value": 100, "unit": YEARS, "when": 2020, "source": "s", "outcome": "entries_rate", "fitted": True}
    others: list[dict[str, Any]] = [{}, {"outcome": "refunds"}, {"unit": "per 1,000 adult-years"}, {"outcome": "fines"}]
    found = beside_run({str(i): Published.model_validate(given | other) for i, other in enumerate(others)}, LIVED)
    assert [one["off"] for one in found] == [
        "2 times as much", "not an outcome of this run", "in another unit than the run's", "too few events to say",
    ]  # fmt: skip
    assert (found[0]["central"], found[0]["chance"], found[0]["span"], found[0]["fitted"]) == (200, [100, 300], [0, 200], True)
    assert all(one["central"] is None and one["chance"] == [None, None] for one in found[1:])


def test_what_is_kept_stands_beside() -> None:
    said = {"figure": "refusals", "value": 3, "unit": "refusals per entry", "when": 2020, "source": "s", "outcome": "denials_by_need"}
    published = Published.model_validate({**said, "detail": ["rail"], "over": {"outcome": "entries_rate"}, "fitted": False})
    assert what(published) == "denials_by_need (rail) over entries_rate"
    scheme = made_up_scheme().model_copy(update={"plausibility": {"f": published}})
    [one] = beside(scheme, Standard("x", "", {}, [], {}, figures=figures({"f": published}, LIVED)))
    assert (one.central, one.off, one.chance) == (1.5, "50 % below", (1, 500 / 300))
    [one] = beside(scheme, Standard("x", "", {}, [], {}))
    assert (one.central, one.is_kept, one.off) == (None, False, "not kept: the run is older than the figure")
