"""Every hand-computed town, on both sides, and the two against each other in all that is counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.cases.town_lives import Came, TownCase, all_towns, by_engine, by_oracle, differences, expected, observed, scores

SIDES: dict[str, Callable[..., Came]] = {"oracle": by_oracle, "engine": by_engine}
CASES = all_towns()


@cache
def lived(number: int, side: str, weeks: int | None = None) -> Came:
    """A town lived on one side, once however many tests ask."""
    return SIDES[side](CASES[number], weeks)


def unless_known(number: int, *sides: str) -> list[pytest.MarkDecorator]:
    """A test that is known to fail is marked so, with the reason; once it passes, the mark must go."""
    why = [CASES[number].differs[side] for side in sides if side in CASES[number].differs]
    return [pytest.mark.xfail(strict=True, reason="; ".join(why))] if why else []


ONE_SIDE = [pytest.param(i, s, marks=unless_known(i, s), id=f"{c.name}-{s}") for i, c in enumerate(CASES) for s in SIDES]
BOTH = [pytest.param(i, marks=unless_known(i, *SIDES), id=c.name) for i, c in enumerate(CASES)]


@pytest.mark.parametrize(("number", "side"), ONE_SIDE)
def test_a_town_comes_out_as_by_hand(number: int, side: str) -> None:
    case: TownCase = CASES[number]
    if "expect" in case.data:
        assert observed(lived(number, side), case) == expected(case)
    for weeks, by_group in case.data.get("scores", {}).items():
        assert scores(lived(number, side, int(weeks)), case) == by_group, f"after {weeks} weeks"


@pytest.mark.parametrize("number", BOTH)
def test_oracle_and_engine_count_the_same_in_every_arm(number: int) -> None:
    weeks = {None} if "expect" in CASES[number].data else {int(w) for w in CASES[number].data["scores"]}
    for some in weeks:
        assert differences(lived(number, "oracle", some), lived(number, "engine", some)) == []


def test_there_are_enough_cases_with_different_names() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80
