"""The prefecture's city-wide score: documented bounds, tariff and terms, and the same life under three rulebooks of one prefecture."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.files.settings import with_values
from glasshouse.mechanism.classes import CLASSES, FALSE_REPORT, MISRECORDED, MISTAKEN, UNRELATED
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Item, Scheme

from .changed import alternatives, without_errors
from .rulebook_life import Act, Pays, compiled, default_world, lived

SCHEME = load_scheme("weihai-haibei")
DISTRICT = load_scheme("wendeng-2020")
RONGCHENG = load_scheme("rongcheng-2019")
ITEMS: dict[str, Item] = {item.id: item for item in SCHEME.rules.items} if SCHEME.rules else {}
BY_TEXT = {item.text: item.points for item in ITEMS.values()}
YEAR = 365


def tariff(hours: int) -> int:
    """Whole points for volunteers' hours: each hour to 20, every two to 80, every three to 200, every four above."""
    steps = ((20, 1), (80, 2), (200, 3), (10_000, 4))
    points, done = 0, 0
    for upto, per_point in steps:
        part = max(0, min(hours, upto) - done)
        points, done = points + part // per_point, max(done, min(hours, upto))
    return points


def test_bounds_and_start() -> None:
    assert [(g.name, g.from_points) for g in SCHEME.grades] == [
        ("AAA", 1150), ("AA", 1050), ("A", 1000), ("B", 950), ("C", 801), ("D", None),
    ]  # fmt: skip
    assert SCHEME.points is not None and SCHEME.points.start.value == 1000


def test_points_are_the_documented_ones() -> None:
    assert [ITEMS[f"H{n:02d}"].points for n in (1, 2, 3, 4)] == [100, 60, 30, 20]  # honours
    assert [ITEMS[f"H{n}"].points for n in (14, 15)] == [40, 10]  # rescue, blood
    assert [ITEMS[f"H{n}"].points for n in (16, 32, 33, 34)] == [10, 20, 30, 60]  # gifts, by amount
    assert [ITEMS[f"H{n}"].points for n in (17, 18, 19, 20)] == [-30, -60, -90, -150]  # party discipline
    assert [ITEMS[f"H{n}"].points for n in (35, 36, 37, 38)] == [-30, -60, -90, -150]  # official sanctions
    assert [ITEMS[f"H{n}"].points for n in (21, 22, 23)] == [-20, -40, -60]  # administrative penalties
    assert BY_TEXT["On the court list of judgment debtors"] == -200
    assert BY_TEXT["Criminal judgment"] == -200 and "-300" in (ITEMS["H25"].note or "")
    assert [ITEMS[f"H{n}"].points for n in (26, 28, 27)] == [-60, -100, -200]  # cheating, benefits by fraud, false proof
    assert [ITEMS[f"H{n}"].points for n in (39, 40)] == [-100, -100]  # sham lawsuit, banned from an industry


def test_an_unpaid_bill_counts_only_for_who_can_pay() -> None:
    assert [ITEMS[f"H{n}"].points for n in (29, 30, 31)] == [-10, -20, -30]  # after two reminders
    assert all("able" in ITEMS[f"H{n}"].requires for n in (29, 30, 31))


def test_volunteers_points_follow_the_published_tariff() -> None:
    found = {int(item.text.split(", ")[1].split()[0]): item.points for item in ITEMS.values() if item.when == "volunteering"}
    assert found == {hours: tariff(hours) for hours in (10, 20, 50, 80, 100, 150, 200, 250, 300)}
    assert SCHEME.points is not None and SCHEME.points.caps["volunteering"].points.value == tariff(500) == 165


def test_good_records_count_five_years_and_bad_ones_three() -> None:
    for item in ITEMS.values():
        assert item.validity is not None and (item.validity.value, item.validity.unit) == (5 if item.commendation else 3, "years"), item.id


def test_the_file_says_how_little_of_the_rulebook_it_is() -> None:
    assert len(ITEMS) == 40 and "40 rows" in SCHEME.summary
    assert any("193" in line and "1,492" in line for line in SCHEME.left_out)


def test_what_was_not_read_is_no_sanction() -> None:
    assert not any(entry.sanction for entry in SCHEME.lists.values()) and not SCHEME.gates


def test_the_scenario_with_the_districts_doors_has_exactly_those() -> None:
    same = with_values(SCHEME, SCHEME.scenarios["same-doors-as-the-district"].set)

    def doors(scheme: Scheme) -> dict[str, object]:
        return {k: (g.list, g.on, g.needs, g.context, g.compliance.value, g.compliance.range) for k, g in scheme.gates.items()}

    assert doors(same) == doors(DISTRICT)
    assert [entry.sanction for entry in same.lists.values()] == [entry.sanction for entry in DISTRICT.lists.values()]
    assert [entry.from_grade for entry in same.lists.values()] == [entry.from_grade for entry in DISTRICT.lists.values()]


def test_each_cut_off_scenario_has_the_other_rulebooks_bounds() -> None:
    bounds = [(g.name, g.from_points) for g in DISTRICT.grades]
    assert [(g.name, g.from_points) for g in with_values(SCHEME, SCHEME.scenarios["district-cut-offs"].set).grades] == bounds
    for scheme in (DISTRICT, RONGCHENG, load_scheme("rongcheng-2021")):
        theirs = with_values(scheme, scheme.scenarios["city-cut-offs"].set).grades
        assert [(g.name, g.from_points) for g in theirs] == [(g.name, g.from_points) for g in SCHEME.grades]


def test_the_same_small_fine_under_two_rulebooks() -> None:
    """A slight penalty: 980 points, grade B for three years here; 990 points and grade A throughout in the district."""
    here, there = lived(SCHEME, 1200, Act(10, "H21")), lived(DISTRICT, 1200, Act(10, "W046"))
    assert (here.score(10), there.score(10)) == (980, 990)
    assert here.grades_held() == [(0, "A"), (10, "B"), (10 + 3 * YEAR, "A")]
    assert there.grades_held() == [(0, "A")]


def test_the_same_court_listing_under_three_rulebooks() -> None:
    """A debtor is listed on day 10 and pays on day 100.

    Here 200 points go for three years, paid or not. In the district grade D stands at once, and payment turns it into 50 points for two
    years. Of Rongcheng only the lost lawsuit was read: 30 points, still grade A.
    """
    events = {"here": "H24", "district": "W495", "rongcheng": "R08"}
    schemes = {"here": SCHEME, "district": DISTRICT, "rongcheng": RONGCHENG}
    lives = {name: lived(schemes[name], 1300, Act(10, rule), Pays(100)) for name, rule in events.items()}
    assert lives["here"].score(10) == 800
    assert lives["here"].grades_held() == [(0, "A"), (10, "D"), (10 + 3 * YEAR, "A")]
    assert lives["district"].grades_held() == [(0, "A"), (10, "D"), (100, "B"), (100 + 2 * YEAR, "A")]
    assert lives["rongcheng"].score(10) == 970 and lives["rongcheng"].grades_held() == [(0, "A")]
    mended = with_values(SCHEME, SCHEME.safeguards["payment-mends"].set)
    assert lived(mended, 1300, Act(10, "H24"), Pays(100)).grades_held() == [(0, "A"), (10, "D"), (100, "B"), (100 + 2 * YEAR, "A")]


def test_a_hundred_points_of_volunteering_outweigh_two_fines() -> None:
    """300 hours (+115, five years) and two middle fines (-80, three years) leave 1,035 points: grade A, then AA when the fines run out."""
    life = lived(SCHEME, 1200, Act(5, "H13"), Act(10, "H22"), Act(20, "H22"))
    assert (life.score(5), life.score(20), life.grade(20)) == (1115, 1035, "A")
    assert life.grade(20 + 3 * YEAR) == "AA"


def counts(scheme: Scheme, people: int = 30_720) -> dict[str, np.ndarray]:
    world = default_world()[1]
    machine = Machine(world, [compiled(scheme)], Times(people=people, weeks=52, seed=3, history=364))
    found, _, _ = machine.live(0, machine.towns)
    return machine.layout.view(found)


def class_days(view: dict[str, np.ndarray]) -> list[int]:
    return [int(n) for n in view["days"][0].cumsum(-1)[..., :-1].sum((0, 2))[: len(CLASSES)]]


def test_nobody_is_sanctioned_but_grades_and_privileges_differ() -> None:
    view = counts(SCHEME)
    assert sum(class_days(view)) == 0
    grades = view["grades"][0].sum(0)[: len(SCHEME.grades)] / view["grades"][0].sum()
    assert grades[2] > 0.7 and 0 < grades[-1] < 0.01, "most stand in grade A, well below 1 % in D"
    assert view["privileges"].sum() > 0 and view["displaced"].sum() == 0


def test_where_honours_are_few_those_without_the_grade_stand_back() -> None:
    view = counts(with_values(SCHEME, SCHEME.scenarios["honours-are-few"].set))
    assert view["displaced"].sum() > 0


def test_with_the_districts_doors_and_no_false_record_unrelated_days_remain() -> None:
    same = with_values(without_errors(SCHEME), SCHEME.scenarios["same-doors-as-the-district"].set)
    days = class_days(counts(same))
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[UNRELATED] > 0


@pytest.mark.parametrize("name", [name for name, _ in alternatives(SCHEME)])
def test_alternatives_can_be_lived(name: str) -> None:
    changed = dict(alternatives(SCHEME))[name]
    assert changed != SCHEME and len(compiled(changed).item) == len(ITEMS)
