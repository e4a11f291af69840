"""The file of 507 rules against the published table, row by row."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from glasshouse.files.settings import with_values
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Item
from glasshouse.scheme.picks import pick_tables
from glasshouse.world.load import load_world
from glasshouse.world.model import World

from .rulebook_life import Act, lived

TABLE = Path(__file__).parents[1] / "data" / "wendeng_2020.csv"
Row = dict[str, str]
SCHEME = load_scheme("wendeng-2020")
ITEMS: list[Item] = SCHEME.rules.items if SCHEME.rules else []
BY_ID = {item.id: item for item in ITEMS}
VALID_AFTER_GRADE = {"B": 2, "C": 3, "D": 5}


def table() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


@pytest.fixture(scope="module")
def world() -> World:
    return load_world("default")


def test_same_rules_in_the_same_order() -> None:
    assert [item.id for item in ITEMS] == [row["id"] for row in table()]


@pytest.mark.parametrize("row", table(), ids=lambda row: row["id"])
def test_row(row: Row) -> None:
    item = BY_ID[row["id"]]
    assert item.text == row["conduct"]
    assert item.points == (float(row["points"]) if row["points"] else None)
    assert item.grade == (row["direct_grade"] or None)
    assert item.legal == row["legal"]
    assert item.commendation == (row["valence"] == "commendation")
    said = [part for part in row["note"].split("; ") if "(memory)" not in part]  # what one reader remembered is not documented
    assert "; ".join(said) in (item.note or "")
    assert row["cap"] in (item.note or ""), "the far end of a range is kept"
    expected = {"personal": None, "public-servant": ["public-servant"], "party-member": ["party-member"]}
    if row["part"] in expected:
        assert item.roles == expected[row["part"]]
    else:
        assert item.roles in (["firm-head"], ["resident"])


def test_counts() -> None:
    points = [item.points for item in ITEMS if item.points is not None]
    grades = Counter(item.grade for item in ITEMS if item.grade)
    assert (len(ITEMS), len(points), sum(grades.values())) == (507, 433, 74)
    assert grades == {"B": 33, "C": 27, "D": 14}
    taken, given = [p for p in points if p < 0], [p for p in points if p > 0]
    assert (len(taken), len(given)) == (295, 138)
    assert (median(taken), median(given)) == (-20, 10)
    assert (sum(taken), sum(given)) == (-8989, 2101)
    legal = Counter(item.legal for item in ITEMS if not item.commendation)
    assert legal == {"unlawful": 197, "unclear": 114, "lawful": 39, "protected": 19}


def test_validity_follows_article_20() -> None:
    for item in ITEMS:
        assert item.validity is not None and item.validity.unit == "years"
        years = item.validity.value
        if item.grade:
            assert years == VALID_AFTER_GRADE[item.grade], item.id
        elif item.points is not None and item.points < 0:
            assert years == (1 if item.points >= -40 else 2), item.id
        else:
            assert years in (1, 2, 3, 5), item.id
    assert BY_ID["W401"].validity == BY_ID["W398"].validity  # both national
    assert [getattr(BY_ID[i].validity, "value", None) for i in ("W401", "W402", "W403", "W407")] == [5, 3, 2, 1]


def test_repairs_of_article_19() -> None:
    repairs = {item.id: item.repair for item in ITEMS if item.repair}
    paid = {i: r.points for i, r in repairs.items() if r.on == "payment"}
    assert paid == {"W471": -50, "W472": -60, "W495": -50}
    assert {r.validity.value for r in repairs.values()} == {2}
    assert BY_ID["W284"].weight == BY_ID["W285"].weight == 0  # these two rows are those repairs
    lowest_of_b = SCHEME.grades[3].from_points
    assert SCHEME.points is not None and SCHEME.grades[3].name == "B"
    for i in ("W500", "W501", "W504", "W506"):
        assert SCHEME.points.start.value + repairs[i].points == lowest_of_b  # from D to B, counted by its lowest score (Art. 18)


def test_direct_grades_can_be_read_as_points_too() -> None:
    """Art. 18: the points of a direct grade are those of its lowest score. Then a further slight deduction pushes the grade down."""
    changed = with_values(SCHEME, SCHEME.scenarios["direct-grades-as-points"].set)
    assert changed.rules is not None
    bound = {"B": -150, "C": -400, "D": None}
    assert all(item.points == bound[item.grade] for item in changed.rules.items if item.grade)
    acts = (Act(10, "W437"), Act(20, "W038"))  # drink-driving, then a traffic warning
    assert lived(SCHEME, 30, *acts).grade(20) == "B"
    assert lived(changed, 30, *acts).grade(20) == "C"


def test_what_firms_did_is_written_down_against_who_answers_for_them() -> None:
    assert {item.id for item in ITEMS if item.subject == "firm"} == {"W176", "W285", "W444", "W472"}


def test_weights_are_inverse_to_what_a_rule_takes_or_gives() -> None:
    """10 over the points; a direct grade counts as the way from the starting score down to the top of that grade."""
    size = {"B": 41, "C": 151, "D": 401}
    apart = {"W284", "W285", "W471", "W495"}
    for item in ITEMS:
        if item.id not in apart:
            taken = abs(item.points) if item.points is not None else size[item.grade or ""]
            assert item.weight == pytest.approx(10 / taken, abs=0.0005), item.id


def test_every_rule_can_be_reached(world: World) -> None:
    """Someone of the rule's roles does what it is about, and a channel covers it."""
    covered = {c for channel in SCHEME.channels.values() for c in channel.covers}
    for item in ITEMS:
        who = world.conduct[item.when].who
        assert set(item.roles or who) & set(who), item.id
        assert item.when in covered, item.id


def test_protected_coding_stands_with_protected_conduct(world: World) -> None:
    for item in ITEMS:
        if item.legal == "protected":
            assert world.conduct[item.when].valence == "protected", item.id
        assert item.commendation == (world.conduct[item.when].valence == "commendable"), item.id


def test_equal_weights_scenario(world: World) -> None:
    """With equal weights every rule of a category is picked as often as another; rows that are only repairs stay out."""
    categories, roles = list(world.conduct), ["resident", "minor", *world.roles]
    equal = with_values(SCHEME, SCHEME.scenarios["equal-weights"].set)
    for scheme, same in ((SCHEME, False), (equal, True)):
        start, count, picked, cum = pick_tables(scheme, categories, roles)
        at, n = start[categories.index("traffic-offence"), 0], count[categories.index("traffic-offence"), 0]
        widths = [int(cum[at]), *(int(b - a) for a, b in zip(cum[at : at + n - 1], cum[at + 1 : at + n], strict=True))]
        assert (max(widths) - min(widths) <= 1) == same
        assert BY_ID["W284"] not in [ITEMS[i] for i in picked]


def test_speech_scenario_counts_exactly_the_vague_rules_on_online_speech() -> None:
    vague = {row["id"] for row in table() if row["domain"] == "online-speech"}
    changed = with_values(SCHEME, SCHEME.scenarios["speech-is-protected"].set)
    assert changed.rules is not None
    assert {a.id for a, b in zip(changed.rules.items, ITEMS, strict=True) if a != b} == vague
