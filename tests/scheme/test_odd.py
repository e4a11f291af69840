"""What is allowed and hardly meant gets a warning, and only that."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.files.evidence import dotted
from glasshouse.scheme.meaning import scheme_problems
from glasshouse.scheme.odd import odd_problems, reachable_grades

from ..made_up import made_up_scheme


def said(changes: dict[str, Any]) -> list[str]:
    problems = list(odd_problems(made_up_scheme(changes)))
    assert all(p.warning for p in problems)
    return [f"{dotted(p.path)}: {p.text}" for p in problems]


def test_testville_is_not_odd() -> None:
    assert said({}) == []


def years(n: float) -> dict[str, Any]:
    return {"value": n, "unit": "years", "source": "rulebook"}


def test_a_gate_on_a_list_without_sanction() -> None:
    scheme = made_up_scheme()
    gate, entry = next((g, it.list) for g, it in scheme.gates.items())
    found = said({f"lists/{entry}/sanction": False})
    assert any(
        line.startswith(f"gates.{gate}.list: this gate is closed to people on {entry!r}, and that list is no sanction") for line in found
    )


def test_a_gate_that_closes_nothing() -> None:
    gate = next(iter(made_up_scheme().gates))
    assert said({f"gates/{gate}/needs": [], f"gates/{gate}/over": None}) == [
        f"gates.{gate}.needs: this gate closes nothing: no need is named"
    ]


@pytest.mark.parametrize(("n", "odd"), [(60, False), (61, True), (100, True)])
def test_a_term_longer_than_life(n: float, odd: bool) -> None:
    name = next(iter(made_up_scheme().lists))
    found = said({f"lists/{name}/term": years(n)})
    assert found == ([f"lists.{name}.term: {n} years outlast nearly every life; for what never ends, write `term: null`"] if odd else [])


def test_a_validity_longer_than_life() -> None:
    scheme = made_up_scheme()
    assert scheme.rules
    item = next(item.id for item in scheme.rules.items if item.points)
    [warning] = said({f"rules/items/{item}/validity": years(99)})
    assert warning.endswith("99 years outlast nearly every life; for what never ends, leave `validity` out")


def test_a_kind_of_false_record_without_rules() -> None:
    scheme = made_up_scheme()
    assert scheme.rules
    name = next(iter(scheme.false_records))
    covered = scheme.false_records[name].covers
    items = [item.model_dump() for item in scheme.rules.items if item.when not in covered]
    kept = {item["id"] for item in items}
    for item in items:
        item |= {key: None for key in ("also", "relatives") if item[key] not in kept}
    found = said({"rules/items": items})
    assert any(line.startswith(f"false_records.{name}.covers: no rule is about {covered[0]}") for line in found)


def account(**changes: Any) -> dict[str, Any]:
    return {f"points/{key}": {"value": v, "unit": "points", "source": "rulebook"} if v is not None else None for key, v in changes.items()}


def grades(*bounds: float | None) -> list[dict[str, Any]]:
    return [{"name": f"G{i}", "from_points": bound} for i, bound in enumerate(bounds)]


def only_points(*moves: float) -> list[dict[str, Any]]:
    when = made_up_scheme().channels
    category = next(iter(when.values())).covers[0]
    return [
        {"id": f"r{i}", "text": "a rule", "when": category, "legal": "unlawful", "points": by, "commendation": by > 0}
        for i, by in enumerate(moves)
    ]


@pytest.mark.parametrize(
    ("moves", "floor", "cap", "reached"),
    [
        ((-5, 5), None, None, {"G0", "G1", "G2"}),
        ((-5, 5), None, 119, {"G1", "G2"}),  # the best grade begins above the cap
        ((-5, 5), 80, None, {"G0", "G1"}),  # and the worst ends at the floor
        ((-5, 5), 79.9, None, {"G0", "G1", "G2"}),
        ((-5,), None, None, {"G1", "G2"}),  # nothing gives points
        ((5,), None, None, {"G0", "G1"}),  # nothing takes any
    ],
)
def test_grades_that_a_score_can_reach(moves: tuple[float, ...], floor: float | None, cap: float | None, reached: set[str]) -> None:
    tree = {**account(start=100, floor=floor, cap=cap), "points/caps": {}, "points/drift": None}
    changes = {**tree, "grades": grades(120, 80, None), "rules/items": only_points(*moves), "lists": {}, "gates": {}}
    changes |= dict.fromkeys(("review", "notice", "publicity", "officials", "enrolment")) | {"rewards": {}}
    scheme = made_up_scheme(changes)
    assert reachable_grades(scheme) == reached
    missing = [f"grades.{i}: no score can reach the grade 'G{i}'" for i in range(3) if f"G{i}" not in reached]
    found = [f"{dotted(p.path)}: {p.text.split(',')[0]}" for p in odd_problems(scheme) if p.path[0] == "grades"]
    assert found == missing


def test_a_grade_given_by_a_rule_is_reached() -> None:
    items = only_points(-5)
    items[0]["grade"] = "G0"
    tree = {**account(start=100, floor=None, cap=None), "grades": grades(120, 80, None), "rules/items": items, "lists": {}, "gates": {}}
    assert reachable_grades(made_up_scheme(tree)) == {"G0", "G1", "G2"}


LIST = {"text": "a list", "sanction": True, "term": None, "repeat": {"effect": "none"}, "performed_after": None}


def test_a_list_below_every_score() -> None:
    tree = {**account(start=100, floor=90, cap=None), "grades": grades(120, 80, None), "rules/items": only_points(-5)}
    changes = {**tree, "lists": {"low": {**LIST, "from_grade": "G2"}}, "gates": {}}
    assert "lists.low.from_grade: nobody can enter this list: no score comes down to the grade 'G2'" in said(changes)
    assert not any(line.startswith("lists") for line in said({**changes, "lists": {"low": {**LIST, "from_grade": "G1"}}}))


def test_a_list_whose_rules_no_channel_sees() -> None:
    items = only_points(-5)
    items.append({"id": "unseen", "text": "a rule", "when": "no-such-act", "legal": "unlawful", "list": "low"})
    changes = {"rules/items": items, "lists": {"low": {**LIST, "term": years(1)}}, "gates": {}}
    expected = "lists.low: nobody can enter this list: no channel covers what its rules are about (unseen)"
    assert expected in said(changes)
    items[0]["also"] = "unseen"  # then another rule leads there
    assert expected not in said(changes)


def test_the_whole_check_says_it() -> None:
    gate = next(iter(made_up_scheme().gates))
    problems = scheme_problems(made_up_scheme({f"gates/{gate}/needs": [], f"gates/{gate}/over": None}))
    assert any("closes nothing" in p.text for p in problems)
