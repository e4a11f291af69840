"""What only a world, or two blocks together, make wrong; and that nothing but messages comes of damaged blocks."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.files.errors import InputError
from glasshouse.files.evidence import dotted
from glasshouse.files.settings import with_values
from glasshouse.files.write import resolved_yaml
from glasshouse.files.yaml import parse
from glasshouse.scheme.check import check_file, require_valid
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.fit import fit_problems
from glasshouse.scheme.meaning import scheme_problems
from glasshouse.world.compile import compile_world

from ..made_up import made_up_scheme, made_up_world
from .test_load_malformed import ANY, only_messages, places
from .whole import BLOCKS, KINDS, NOTICE, REVIEW, restraint, stage, text, value

PERIOD = {"period": text(14, "days"), "reaches": value(0.8, per="person")}
AWARE = {"aware": value(0.5, per="adult")}


def said(changes: dict[str, Any], world_changes: dict[str, Any] | None = None) -> list[str]:
    """What is said of Testville so changed, warnings marked."""
    scheme, world = made_up_scheme(changes), made_up_world(world_changes)
    found = [*scheme_problems(scheme), *fit_problems(scheme, world)]
    ranges = ("range has no width", "no value or sentence", "these records bring nothing")  # of made-up values, not of the blocks
    return [f"{'warning: ' if p.warning else ''}{dotted(p.path)}: {p.text}" for p in found if not any(r in p.text for r in ranges)]


def only_says(changes: dict[str, Any], *lines: str, world: dict[str, Any] | None = None) -> None:
    found = said(changes, world)
    assert len(found) == len(lines), found
    for line, expected in zip(found, lines, strict=True):
        assert line.startswith(expected)


def test_every_block_together_has_no_fault() -> None:
    assert said(BLOCKS) == []
    assert said(KINDS) == said({**BLOCKS, **KINDS}) == []


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({**KINDS, "rules/items/return/roles": None, "batches/data-match/covers": ["late-return"]}, "rules.items.9: wrong records of what"),
        (
            {**KINDS, "gates/loans-by-grade/over": {"needs": ["train"], "share": value(0.1, per="attempt")}},
            "gates.loans-by-grade.over: `over`",
        ),
        ({**KINDS, "rules/items/order/claim": None}, "rules.items.1.owed: 0 is claimed and 300 is owed"),
        ({**KINDS, "rules/items/music/when": "theft"}, "ratings.category: no rule speaks of 'loud-music'"),
    ],
)
def test_what_is_odd_about_the_further_kinds(changes: dict[str, Any], line: str) -> None:
    only_says(changes, f"warning: {line}")


def test_what_rests_on_no_record_cannot_be_reviewed() -> None:
    told = {"correction": None, "scenarios": {}, "notice": {"lists": ["watched"], "when": "after", **PERIOD}}
    changes = {**KINDS, **told, "review": {**REVIEW, "lists": ["watched"], "corrects": ["list"]}}
    only_says(changes, "warning: review.lists.0: 'watched' is entered by risk, which rests on no record")


def test_what_is_claimed_can_be_given_back() -> None:
    told = {"correction": None, "scenarios": {}, "notice": NOTICE, "review": {**REVIEW, "corrects": ["money"]}}
    bare = {"rules/items/bill/fine": False, "rules/items/crossing/fine": False, "rules/items/return/fine": False}
    only_says({**told, **bare}, "warning: review.corrects.0: there is nothing to correct: the scheme has no rule with a fine or a claim")
    assert said({**told, **bare, "rules/items/order/claim": text(5, "euros")}) == []


def test_blocks_too_large_to_drop_ties_in() -> None:
    world = {"layers/work/size": {"value": 63, "unit": "people"}}
    only_says(
        BLOCKS,
        "association.over.work: where ties can be dropped, blocks have at most 62 people; those of the layer 'work' have 63",
        world=world,
    )
    assert said({"association": BLOCKS["association"]}, world) == []  # nothing drops ties
    light = {**BLOCKS, "association": {**BLOCKS["association"], "over": {"household": 1, "work": 0}}}
    assert said(light, world) == []  # ties of no weight cost nothing
    assert said(BLOCKS, {"layers/work/size": {"value": 62, "unit": "people"}}) == []


def test_nobody_does_what_is_deterred() -> None:
    world = {"conduct/theft/who": ["minor"]}
    only_says(
        {"responses": {**AWARE, "deterrence": restraint("theft", 0.5)}},
        "warning: responses.deterrence.categories: no adult of this world does any of this",
        world=world,
    )
    both = {"responses": {**AWARE, "deterrence": {**restraint("theft", 0.5), "categories": ["theft", "crossing"]}}}
    assert said(both, world) == []


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"false_records/malice/falls_on": {"C": value(2, unit="times")}}, "false_records.malice.falls_on.C: the world has no group 'C'"),
        (
            {"officials": {"discretion": {"cameras": {"C": value(0.2, per="act")}}}},
            "officials.discretion.cameras.C: the world has no group 'C'",
        ),
    ],
)
def test_groups_that_are_not_in_the_world(changes: dict[str, Any], line: str) -> None:
    groups = {"groups": {"A": value(0.6, unit="share"), "B": value(0.4, unit="share")}}
    groups |= {block: {g: value(1, unit="times") for g in "AB"} for block in ("conduct_by_group", "visibility/by_group")}
    only_says(changes, line, world=groups)


def test_what_needs_points() -> None:
    bare: dict[str, Any] = {"points": None, "grades": [], "gates": {}, "correction": None, "scenarios": {}}
    items = [{"id": "t", "text": "t", "when": "theft", "legal": "unlawful", "list": "nuisance"}]
    lists = {"nuisance": made_up_scheme().lists["nuisance"].model_dump()}
    bare |= {"rules/items": items, "lists": lists}
    only_says({**bare, "association": BLOCKS["association"]}, "association: association mixes scores")
    only_says({**bare, "officials": {"selection": BLOCKS["officials"]["selection"]}}, "officials.selection: selection takes those with")


def test_contacts_of_a_list_by_grade_and_on_one() -> None:
    contacts = BLOCKS["lists/defaulters/contacts"]
    only_says({"lists/low-grade/contacts": contacts}, "lists.low-grade.contacts: contacts follow from a record that names the list")
    to_grade = {**contacts, "list": "low-grade"}
    only_says({"lists/defaulters/contacts": to_grade}, "lists.defaulters.contacts.list: the list 'low-grade' is entered by grade")


def test_a_list_that_is_only_entered_through_ties_or_by_selection_is_entered() -> None:
    lists = {name: entry.model_dump() for name, entry in made_up_scheme().lists.items()}
    friends = {"text": "friends", "source": "ordinance", "sanction": True, "repeat": {"effect": "none"}, "performed_after": None}
    lists["friends"] = {**friends, "term": None}
    lonely = said({"lists": lists})
    assert [line.split(":")[1] for line in lonely] == [" lists.friends", " lists.friends"]  # nobody enters it, nobody leaves it
    lists["defaulters"]["contacts"] = {**BLOCKS["lists/defaulters/contacts"], "list": "friends"}
    assert said({"lists": lists}) == []  # it ends when the tie is disproved
    lists["defaulters"]["contacts"] = None
    chosen = {"selection": {**BLOCKS["officials"]["selection"], "list": "friends"}}
    assert [line[:40] for line in said({"lists": lists, "officials": chosen})] == ["warning: lists.friends: no one ever leav"]


REVIEWED = {"review": REVIEW, "correction": None, "scenarios": {}, "gates/train/holder": BLOCKS["gates/train/holder"]}


@pytest.mark.parametrize(
    ("notice", "lines"),
    [
        (NOTICE, []),
        ({"lists": ["nuisance"], "when": "at the gate"}, []),  # a gate acts on the list under review
        ({**NOTICE, "lists": ["nuisance"]}, ["review.lists.0: nobody hears of the list 'defaulters'"]),
        ({"lists": ["defaulters"], "when": "never"}, ["warning: review.lists.0: notice is never given"]),
        (
            {"lists": ["defaulters"], "when": "never", "reaches": value(1, per="person")},
            ["warning: notice.reaches: `reaches` belongs to notice before or after", "warning: review.lists.0: notice is never given"],
        ),
    ],
)
def test_who_hears_of_what_is_reviewed(notice: dict[str, Any], lines: list[str]) -> None:
    only_says({**REVIEWED, "notice": notice}, *lines)


def test_notice_at_a_gate_that_does_not_act_on_the_list() -> None:
    gates = {name: gate.model_dump() for name, gate in made_up_scheme().gates.items() if gate.list != "nuisance"}
    gates["train"]["holder"] = BLOCKS["gates/train/holder"]
    changes = {**REVIEWED, "gates": gates, "review": {**REVIEW, "lists": ["nuisance"]}}
    del changes["gates/train/holder"]
    only_says(
        {**changes, "notice": {"lists": ["nuisance"], "when": "at the gate"}},
        "warning: review.lists.0: no gate acts on the list 'nuisance'",
    )


def test_one_draw_may_not_reach_the_impossible() -> None:
    """The range counts, not only the centre."""
    wide = {**value(10, unit="days"), "range": [0, 30]}
    changes = {**REVIEWED, "notice": NOTICE, "review": {**REVIEW, "gives_up_after": wide}}
    only_says(changes, "review.gives_up_after.range: the range begins at 0; patience lasts longer than no time")
    times = {**value(2, unit="times"), "range": [0.5, 3]}
    informing = {"responses": {**AWARE, "informing": {"channel": "cameras", "times": times}}}
    only_says(informing, "responses.informing.times: a channel that people inform sees at least as much as before")


SAFEGUARD = {"text": "a hearing", "why": "so that errors are heard of"}
HEARING = {"correction": None, "notice": NOTICE, "review": {**REVIEW, "corrects": ["list"]}}


def with_safeguard(settings: dict[str, Any]) -> dict[str, Any]:
    return {"safeguards": {"hearing": {**SAFEGUARD, "set": settings}}, "scenarios": {}}


def test_a_safeguard_may_bring_whole_blocks_and_take_them_away() -> None:
    changes = with_safeguard(HEARING)
    assert said(changes) == []
    scheme = made_up_scheme(changes)
    mended = with_values(scheme, scheme.safeguards["hearing"].set)
    assert mended.correction is None
    assert mended.review is not None
    assert mended.review.stages[0].upheld_if_wrong.value == 0.7
    require_valid(mended, made_up_world())
    world = made_up_world()
    assert compile_scheme(mended, world, compile_world(world)).whole["review"][0] == 1


@pytest.mark.parametrize(
    ("set_to", "line"),
    [
        (
            {"review": REVIEW, "notice": NOTICE},
            "safeguards.hearing.set: with these settings, correction: `correction` and `review` are two ways",
        ),
        ({"correction": None, "review": REVIEW}, "safeguards.hearing.set: with these settings, review.lists.0: nobody hears of the list"),
        (
            {"review": {**REVIEW, "stages": []}, "correction": None, "notice": NOTICE},
            "safeguards.hearing.set: with these settings, review.stages",
        ),
        ({"notice": {"when": "after"}}, "safeguards.hearing.set.notice: 'notice': 'lists' is missing here"),
        ({"reviews": None}, "safeguards.hearing.set.reviews: 'reviews': there is no 'reviews'"),
        ({"lists.nuisance.term": "long"}, "safeguards.hearing.set.lists.nuisance.term: 'lists.nuisance.term': a number is needed"),
        (
            {"association": BLOCKS["association"] | {"over": {"works": 1}}},
            "safeguards.hearing.set: with these settings, association.over.works",
        ),
        ({"debts.listed": 4}, "safeguards.hearing.set: with these settings, debts.listed.value: with enforcement, payments 6 times"),
        (
            {"world:conduct.theft.rate": 1},
            "safeguards.hearing.set.world:conduct.theft.rate: 'world:conduct.theft.rate': a safeguard",
        ),
    ],
)
def test_a_safeguard_that_cannot_stand(set_to: dict[str, Any], line: str) -> None:
    found = said(with_safeguard(set_to))
    assert [x for x in found if x.startswith(line)]
    assert all(x.startswith("safeguards.hearing.set") for x in found)


def test_a_scenario_of_what_the_world_has_not() -> None:
    scenario = {"text": "fewer", "why": "to compare", "set": {"world:conduct.thief.rate": 1}}
    only_says({"scenarios/fewer": scenario}, "scenarios.fewer.set.world:conduct.thief.rate: 'conduct.thief.rate': there is no 'thief'")


def test_a_source_named_only_in_a_safeguard_is_used(tmp_path: Path) -> None:
    settings = {"notice": {**NOTICE, "period": {**text(14, "days"), "source": "letters"}}}
    sources = {"sources/letters": {"author": "a", "year": 2020, "title": "t", "kind": "design"}}
    file = tmp_path / "scheme.yaml"
    file.write_text(resolved_yaml(made_up_scheme(with_safeguard(settings) | sources)), encoding="utf-8")
    assert [f.text for f in check_file(file, made_up_world())] == []
    settings["notice"]["period"]["source"] = "leters"
    file.write_text(resolved_yaml(made_up_scheme(with_safeguard(settings) | sources)), encoding="utf-8")
    assert any("unknown source 'leters'" in f.text for f in check_file(file, made_up_world()))


def test_stages_that_stand_in_no_order() -> None:
    second = {**REVIEWED, "notice": NOTICE, "review": {**REVIEW, "stages": [stage(1, 1, 0, goes_on=0.5), stage(1, 1, 0, goes_on=0.5)]}}
    only_says(second, "review.stages.1.goes_on: `goes_on` belongs to the first of two stages")


WHOLE = resolved_yaml(made_up_scheme({**BLOCKS, **KINDS}))


def test_the_whole_text_has_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "whole.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    assert [f.text for f in check_file(file, made_up_world()) if "no width" not in f.text] == []


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), values=st.lists(ANY, min_size=1, max_size=3))
def test_any_value_in_any_block_gets_only_messages(seed: int, values: list[Any]) -> None:
    rng = random.Random(seed)
    data = parse(WHOLE).data
    for name in ("channels", "rules", "lists", "sources", "batches", "targets"):
        if rng.random() < 0.5:
            data.pop(name, None)
    for one in values:
        node, key = rng.choice(places(data))
        if rng.random() < 0.2 and isinstance(node, dict):
            node[f"{key}x"] = node.pop(key)
        else:
            node[key] = one
    only_messages(json.dumps(data, ensure_ascii=False))


def numbers(node: Any) -> list[dict[str, Any]]:
    """Every value of a file."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    own = isinstance(node, dict) and isinstance(node.get("value"), int | float)
    return [node] * own + [found for child in inner for found in numbers(child)]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), x=st.floats(allow_nan=False, allow_infinity=False) | st.floats(0, 1) | st.integers(0, 1000))
def test_what_passes_the_check_can_be_compiled(seed: int, x: float) -> None:
    """Any number in place of any other: refused with a line, or an integer table."""
    data = parse(WHOLE).data
    changed = random.Random(seed).choice(numbers(data))
    changed |= {"value": x} | ({"range": [x, x]} if "range" in changed else {})
    world = made_up_world()
    scheme = type(made_up_scheme()).model_validate(data)
    try:
        require_valid(scheme, world)
    except InputError as error:
        assert str(error)
        return
    compile_scheme(scheme, world, compile_world(world))


def test_scores_that_others_depend_on_fit_the_engine() -> None:
    huge = {"association": BLOCKS["association"], "rules/items/return/points": -900_000}
    assert said(huge) == []  # the floor and the cap of the scheme hold them
    (told,) = said({**huge, "points/floor": None})
    assert told.startswith("points: scores that count for others may reach 8,333,333 points here")
    assert told.endswith("state a `floor` and a `cap`, or fewer points")
    assert said({"rules/items/return/points": -900_000, "points/floor": None}) == []  # nobody else's life depends on it


def test_a_minimum_term_beside_what_ends_a_listing() -> None:
    at, minimum = "lists/defaulters/minimum", text(90, "days")
    assert said({at: minimum}) == []
    (told,) = said({at: minimum, "lists/defaulters/term": text(30, "days")})
    assert told == "lists.defaulters.minimum: the minimum is longer than a term of this list, 30 days"
    never = {"lists/defaulters/performed_after": None, "lists/defaulters/exits": {}, "lists/defaulters/term": text(2, "years")}
    (told,) = said({at: minimum, **never})
    assert told.startswith("warning: lists.defaulters.minimum: no payment, other way out or amnesty")
