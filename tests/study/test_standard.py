"""The kept standard run: when it is shown, and how published figures stand beside it."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.files.errors import InputError
from glasshouse.scheme.figures import Published
from glasshouse.scheme.load import load_scheme
from glasshouse.study.standard import Standard, beside, how_far, kept, mark, standard
from glasshouse.world.load import load_world
from tests.made_up import made_up_scheme, made_up_world, number


def line(outcome: str, central: float | None, cls: str = "all", unit: str = "per 100,000 adult-years") -> dict[str, Any]:
    ends = dict.fromkeys(("chance_low", "chance_high", "span_low", "span_high"), central)
    return {"outcome": outcome, "class": cls, "arm": "scheme", "unit": unit, "central": central, **ends, "note": ""}


RUN = Standard("x", "", {}, [line("entries_rate", 214.0), line("entries_rate", 12.0, "ground unmet"), line("denials", None)], {})


def published(**changes: Any) -> dict[str, Published]:
    said = {"figure": "entries", "value": 200, "unit": "per 100,000 adult-years", "when": 2020, "source": "s", "outcome": "entries_rate"}
    return {"f": Published.model_validate({**said, "fitted": False, **changes})}


def compared(**changes: Any) -> Any:
    [one] = beside(made_up_scheme().model_copy(update={"plausibility": published(**changes)}), RUN)
    return one


@pytest.mark.parametrize(
    ("told", "run", "words"),
    [
        (200, 214, "7 % above"), (200, 60, "70 % below"), (200, 700, "3.5 times as much"), (200, 200.5, "the same to a per cent"),
        (200, None, "too few events to say"), (0, 0, "the same"), (0, 5, "published as none"), (-2, -3, "50 % above"),
    ],
)  # fmt: skip
def test_how_far_off(told: float, run: float | None, words: str) -> None:
    assert how_far(told, run) == words


def test_beside() -> None:
    assert (compared().central, compared().off) == (214, "7 % above")
    assert compared(of="ground unmet", value=6).off == "2 times as much"
    assert compared(outcome="denials").off == "too few events to say"


def test_a_figure_in_another_unit_is_refused() -> None:
    with pytest.raises(InputError, match="entries_rate is given per 100,000 adult-years, not per 1,000 adult-years"):
        compared(unit="per 1,000 adult-years")


def test_a_figure_that_is_younger_than_the_run_says_so() -> None:
    assert compared(of="stale").off == compared(detail=["x"]).off == "not kept: the run is older than the figure"


def test_the_mark_is_of_values_and_not_of_words() -> None:
    scheme, world = made_up_scheme(), made_up_world()
    before = mark(scheme, world)
    entry = next(iter(scheme.lists))
    same = {"summary": "other words", "question": "Who?", f"lists/{entry}/text": "other words", "documented": [], "status": "proposed"}
    assert mark(made_up_scheme(same), made_up_world({"about": "other words", "name": "another name"})) == before
    kind = next(iter(scheme.false_records))
    channel = next(iter(scheme.channels))
    for changes in ({f"false_records/{kind}/rate": number(0.9, "entry")}, {f"channels/{channel}/covers": []}, {"rules/items": []}):
        assert mark(made_up_scheme(changes), world) != before
    assert mark(scheme, made_up_world({"conduct/theft/rate": number(3)})) != before


def test_a_range_belongs_to_the_mark() -> None:
    scheme = made_up_scheme()
    kind = next(iter(scheme.false_records))
    wider = {"range": [0, 1], "scale": "linear"}
    rate = {**scheme.false_records[kind].rate.model_dump(exclude_none=True), **wider}
    assert mark(made_up_scheme({f"false_records/{kind}/rate": rate}), made_up_world()) != mark(scheme, made_up_world())


def test_a_scheme_of_ones_own_has_no_standard_run() -> None:
    assert standard(made_up_scheme()) is None and kept("testville") is None


def test_other_values_are_not_shown_beside_a_kept_run() -> None:
    scheme = load_scheme("judgment-defaulters")
    found = kept(scheme.id)
    assert found is not None and found.line("entries_rate") is not None
    if found.mark == mark(scheme, load_world(scheme.world)):  # else `tests/catalogue/test_pages.py` says that the record is stale
        assert standard(scheme) == found
    assert standard(scheme.model_copy(update={"batches": {}})) is None
