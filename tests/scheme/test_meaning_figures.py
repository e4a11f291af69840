"""What published figures in a scheme file may name, before anything is lived."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.scheme.figures import Published
from glasshouse.scheme.meaning_figures import figure_problems
from tests.made_up import made_up_scheme

YEARS = "per 100,000 adult-years"


def said(**changes: Any) -> list[str]:
    """What is wrong with one published figure, each with its place."""
    given = {"figure": "f", "value": 1, "unit": YEARS, "when": 2020, "source": "s", "outcome": "entries_rate", "fitted": False, **changes}
    scheme = made_up_scheme().model_copy(update={"plausibility": {"f": Published.model_validate(given)}})
    return [f"{'.'.join(map(str, p.path[2:]))}: {p.text}" for p in figure_problems(scheme, is_fitted=False)]


def over(outcome: str, **more: Any) -> dict[str, Any]:
    return {"unit": "in words", "over": {"outcome": outcome, **more}}


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"outcome": "entry_rate"}, "outcome: unknown outcome 'entry_rate'", "did you mean 'entries_rate'?"),
        ({"of": "ground umet"}, "of: unknown class of entries_rate 'ground umet'", "did you mean 'ground unmet'?"),
        (
            {"outcome": "listed_rate", "unit": "per 100,000 adults", "of": "stale"},
            "of: unknown class of listed_rate 'stale'",
            "allowed: all",
        ),
        ({"outcome": "people_ever", "unit": "people"}, "outcome: 'people_ever' has a row for each class", "`of: within stated rules`"),
        ({"unit": "per 1,000 adults"}, "unit: entries_rate is given per 100,000 adult-years, not per 1,000 adults", ""),
        (over("entry_rate"), "over.outcome: unknown outcome 'entry_rate'", "did you mean 'entries_rate'?"),
        (over("denials", of="stael"), "over.of: unknown class of denials 'stael'", "did you mean 'stale'?"),
        ({"outcome": "median_spell", **over("grade_share", detail=["low"])}, "outcome: median_spell is given in days", "a rate, a share"),
        (over("appeals_weeks"), "over.outcome: appeals_weeks is given in weeks", "a rate, a share or a count"),
    ],
)
def test_what_no_run_could_give_is_refused(changes: dict[str, Any], place: str, words: str) -> None:
    found = [line for line in said(**changes) if line.startswith(place)]
    assert len(found) == 1 and words in found[0], said(**changes)


def test_what_a_run_may_give_is_not() -> None:
    assert said() == said(of="without ground") == said(**over("listed")) == []
    assert said(outcome="median_spell", unit="days") == said(outcome="prices_paid", unit="euros per 100,000 adult-years") == []
