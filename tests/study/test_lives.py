"""Who the people of the example lives are told to be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from glasshouse.engine import state
from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import CLASSES
from glasshouse.mechanism.lists import NEVER
from glasshouse.outcomes.names import Names
from glasshouse.scheme.compile import no_scheme
from glasshouse.study.arms import pairs
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.lives import Example, Teller, Who, _without_repeats, examples, lives, who_is
from glasshouse.study.plan import Setting
from glasshouse.world.compile import GROUPS, compile_world
from glasshouse.world.people import town_people
from tests.made_up import made_up_scheme, made_up_world
from tests.scheme.whole import BLOCKS, KINDS


@pytest.mark.parametrize("people", [400, 1100])
def test_role_and_group_are_those_of_the_person(people: int) -> None:
    world = made_up_world()
    tables = compile_world(world)
    machine = Machine(tables, [no_scheme(world, tables)], Times(people=people, weeks=1, seed=5))
    for town in range(machine.towns):
        first = town * machine.town_size
        known = town_people(tables, 5, town, min(machine.town_size, people - first))
        for local in range(0, len(known), 7):
            who, person = who_is(machine, first + local), known[local]
            assert (who.town, who.household) == (town, person["household"])
            assert who.role == tables.names["roles"][person["role"]]
            assert who.group == GROUPS[person["group"]]


def test_the_example_is_the_person_in_the_middle() -> None:
    sample = np.full((len(CLASSES), 4, 2), NEVER)
    sample[1, :3] = [[70, 30], [71, 10], [72, 20]]  # (person, days): the one with 20 days stands in the middle
    sample[2, :2] = [[80, 9], [81, 5]]  # of two the lower
    assert examples(sample) == [Example(CLASSES[1], 72), Example(CLASSES[2], 81)]


def told(*lines: tuple[int, int, int, tuple[int, int, int, int]], blocks: dict[str, Any] = BLOCKS) -> list[dict[str, Any]]:
    """What the teller makes of log lines (what, arm, day, (a, b, c, d)) in Testville with every block, 100 days of history."""
    scheme, world = made_up_scheme(blocks), made_up_world()
    shop = Workshop(scheme, ordinary_law(scheme, world), world, 60, 1, "launch")
    tables, arms = shop.tables({})
    names = Names.of(tables, arms, pairs(arms))
    machine = SimpleNamespace(clock=np.array([(100,)], [("history", "i8")]))
    files = dict.fromkeys(("scheme", "error-free", "alone"), scheme)
    who = Who(0, 0, "resident", "A")
    teller = Teller(machine, list(arms), list(arms.values()), names, files, world, Example("collateral", 7), who)  # type: ignore[arg-type]
    return [
        row for what, arm, day, (a, b, c, d) in lines
        for row in teller.tell({"pid": 7, "arm": arm, "day": day, "what": what, "a": a, "b": b, "c": c, "d": d})
    ]  # fmt: skip


def place(names: list[str] | tuple[str, ...], name: str) -> int:
    return list(names).index(name)


def test_new_kinds_of_events_are_told_in_plain_words() -> None:
    tables = compile_world(made_up_world())
    needs, categories = tables.names["needs"], tables.names["categories"]
    rows = told(
        (state.LOG_FORGONE, 0, 110, (0, place(categories, "petition"), 0, 0)),
        (state.LOG_FORGONE, 0, 111, (1, place(needs, "loan"), 0, 0)),
        (state.LOG_NOTICE, 0, 112, (0, 126, 130, 3)),
        (state.LOG_NOTICE, 0, 112, (0, 126, -1, 4)),
        (state.LOG_DECIDED, 0, 140, (0, 1, 0, 0)),
        (state.LOG_DECIDED, 0, 140, (0, 3, 0, 0)),  # lapsed: nothing is told
        (state.LOG_TRAP, 0, 141, (place(needs, "train"), place(categories, "unpaid-bill"), 160, 0)),
        (state.LOG_AWARE, 0, 142, (0, 0, 0, 0)),
        (state.LOG_PRIVILEGE, 0, 143, (place(needs, "loan"), 0, 0, 0)),
        (state.LOG_PRIVILEGE, 0, 144, (place(needs, "loan"), 1, 0, 0)),
    )
    assert [(r["day"], r["event"]) for r in rows] == [
        (10, "forgone"), (11, "forgone"), (26, "notice"), (30, "appeal"), (26, "notice"), (40, "decision"), (41, "shock"), (60, "trap"),
        (42, "aware"), (43, "privilege"), (44, "displaced"),
    ]  # fmt: skip
    texts = [r["text"] for r in rows]
    assert texts[0] == "Left undone: signs or brings a petition"
    assert texts[1] == "Not tried: asks for a loan"
    assert texts[3] == "Asks for a review, of a record that is wrong (ground unmet)."
    assert texts[5].startswith("A review is upheld, of a record that is wrong (mistaken identity)")
    assert texts[7] == "What the refusal leads to: leaves a bill unpaid"
    assert rows[7]["category"] == "unpaid-bill"


def test_money_is_told_in_its_currency() -> None:
    needs = compile_world(made_up_world()).names["needs"]
    items = [item.id for item in made_up_scheme().rules.items]  # type: ignore[union-attr]
    rows = told(
        (state.LOG_RECORD, 0, 110, (place(items, "order"), 3, 2, -200)),
        (state.LOG_RECORD, 0, 111, (place(items, "bill"), 0, 7, -125)),
        (state.LOG_CHARGED, 0, 112, (place(needs, "loan"), CLASSES.index("misrecorded"), 3, 40)),
        blocks=KINDS,
    )
    assert [r["text"] for r in rows] == [
        "Recorded (misrecorded): defying a court's order (-20 points, 1,200 euros claimed)",
        "Recorded (own act): leaving a bill unpaid though able to pay (-12.5 points)",
        "Pays 40 euros more: asks for a loan",
    ]
    assert (rows[2]["event"], rows[2]["category"], rows[2]["class"]) == ("price", "loan", "misrecorded")


def test_what_days_count_as_is_told_for_the_scheme_alone() -> None:
    rows = told((state.LOG_CLASS, 0, 150, (5, 0, 0, 0)), (state.LOG_CLASS, 0, 170, (-1, 0, 0, 0)), (state.LOG_CLASS, 1, 170, (10, 0, 0, 0)))
    assert [(r["day"], r["event"], r["class"]) for r in rows] == [(50, "days", "collateral"), (70, "days", "")]


def test_a_score_is_told_when_it_changes() -> None:
    """Scores are looked at again every week where ties count, and are mostly the same."""
    told_in_turn = (("score", "a"), ("denial", "x"), ("score", "a"), ("denial", "x"), ("score", "b"))
    rows = [{"arm": "scheme", "event": event, "text": text} for event, text in told_in_turn]
    assert [r["text"] for r in _without_repeats(rows)] == ["a", "x", "x", "b"]


def test_a_town_that_lives_week_by_week_tells_one_household() -> None:
    scheme, world = made_up_scheme(BLOCKS), made_up_world()
    shop = Workshop(scheme, ordinary_law(scheme, world), world, 180, 1, "launch")
    tables, arms = shop.tables({})
    names = Names.of(tables, arms, pairs(arms))
    machine = shop.jobs([Setting("central", "central", {}, (1,))])[0].build()
    assert machine.arms.weekly
    _, sample, _ = machine.live(0, machine.towns)
    files = dict.fromkeys(("scheme", "error-free", "alone"), scheme)
    rows = lives(machine, arms, names, files, world, sample)
    assert {r["person"] for r in rows} == {e.person for e in examples(sample)}
    assert {"act", "entry", "days", "score"} <= {r["event"] for r in rows}
    for example in examples(sample):
        assert any(r["event"] == "days" and r["class"] == example.cls for r in rows if r["example_of"] == example.cls), example


def test_income_that_was_not_lost_does_not_come_back() -> None:
    """In each arm the loss and the return of income take turns; what is told changes something."""
    scheme, world = made_up_scheme(BLOCKS), made_up_world()
    shop = Workshop(scheme, ordinary_law(scheme, world), world, 180, 2, "launch")
    machine = shop.jobs([Setting("central", "central", {}, (1,))])[0].build()
    _, _, log = machine.live(0, machine.towns, log_lines=60_000)
    lines = log[1 : int(log[0]["day"]) + 1]
    able: dict[tuple[int, int], int] = {}
    turns = 0
    for line in lines[np.isin(lines["what"], (state.LOG_SHOCK, state.LOG_TRAP))]:
        who, shock = (int(line["pid"]), int(line["arm"])), line["what"] == state.LOG_SHOCK
        if shock and who in able:
            assert able[who] != line["a"]
            turns += 1
        able[who] = int(line["a"]) if shock else 0  # a trap may meet those who have lost it already
    assert turns > 20


def test_a_debt_is_told_once_in_each_arm() -> None:
    rows = told(*((state.LOG_DEBT, arm, 120, (0, 0, 0, 0)) for arm in (0, 1)))
    assert len({r["arm"] for r in rows}) == len(rows) == 2 and {r["event"] for r in rows} == {"debt"}
