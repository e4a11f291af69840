"""Rongcheng before and after the reform of 2021: what is documented of its rulebook, what stands in, and what the reform takes away."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.files.settings import with_values
from glasshouse.mechanism.classes import CLASSES, FALSE_REPORT, MISRECORDED, MISTAKEN, UNRELATED
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Item, Scheme

from .changed import alternatives, without_errors
from .rulebook_life import Act, compiled, default_world, lived

BEFORE, AFTER = load_scheme("rongcheng-2019"), load_scheme("rongcheng-2021")
SISTER = load_scheme("wendeng-2020")
YEAR = 365
# Sixteen rows of the translated Attachment 1, in its order: points.
ATTACHMENT = [-20, -50, -10, -10, -20, -40, -20, -30, -30, -30, -5, -20, -50, -50, -60, -100]
# The same rows in the sister district's table (R05, private lending, has none there).
SAME_ROW = {
    "R01": "W001", "R02": "W002", "R03": "W003", "R04": "W004", "R06": "W005", "R07": "W006", "R08": "W007", "R09": "W008", "R10": "W009",
    "R11": "W010", "R12": "W011", "R13": "W012", "R14": "W013", "R15": "W014", "R16": "W015",
}  # fmt: skip


def items(scheme: Scheme) -> dict[str, Item]:
    return {item.id: item for item in scheme.rules.items} if scheme.rules else {}


def test_official_rows() -> None:
    assert [items(BEFORE)[f"R{n:02d}"].points for n in range(1, 17)] == ATTACHMENT
    assert "-50" in (items(BEFORE)["R11"].note or ""), "the far end of the range is kept"
    assert all(items(BEFORE)[f"R{n:02d}"].source is None for n in range(1, 17)) and BEFORE.rules is not None
    assert BEFORE.rules.source == "rongcheng-attachment"


@pytest.mark.parametrize("here", SAME_ROW)
def test_the_sister_district_has_the_same_row(here: str) -> None:
    there = items(SISTER)[SAME_ROW[here]]
    row = items(BEFORE)[here]
    assert row.validity is not None and there.validity is not None
    assert (row.points, row.when, row.legal, row.validity.value) == (there.points, there.when, there.legal, there.validity.value)


def test_reported_rules_name_their_report() -> None:
    reported = {i: (item.points, item.grade, item.source) for i, item in items(BEFORE).items() if item.source}
    assert reported == {
        "R17": (-5, None, "dlf-2017"), "R18": (None, "C", "fp-2018"), "R19": (30, None, "fp-2018"), "R20": (-10, None, "people-daily-2019"),
        "R21": (2, None, "scmp-2019"), "R22": (30, None, "scmp-2019"), "R23": (10, None, "scmp-2019"),
    }  # fmt: skip
    kinds = {key: source.kind for key, source in BEFORE.sources.items()}
    assert kinds["people-daily-2019"] == "interested-party" and kinds["fp-2018"] == "press"


def test_what_is_the_sister_districts_is_marked_so() -> None:
    assert [(g.name, g.from_points) for g in BEFORE.grades] == [(g.name, g.from_points) for g in SISTER.grades]
    for scheme in (BEFORE, AFTER):
        assert scheme.points is not None and scheme.points.source == "wendeng-rules" and scheme.points.repeat_doubles
        assert all(item.validity is not None and item.validity.source == "wendeng-rules" for item in items(scheme).values())
    assert any("they stand in here" in claim.text for claim in BEFORE.documented) and "What stands here for them" in AFTER.summary


def test_both_files_say_how_little_of_the_rulebook_they_are() -> None:
    assert len(items(BEFORE)) == 23 and "23 rules" in BEFORE.summary and any("507" in line for line in BEFORE.left_out)
    assert "No point value" in AFTER.summary


def test_after_the_reform_the_official_rows_and_two_reported_ones_stand_in() -> None:
    assert set(items(AFTER)) == {f"R{n:02d}" for n in range(1, 17)} | {"R17", "R19"}
    for i, item in items(AFTER).items():
        assert (item.points, item.when, item.validity, item.weight) == (
            items(BEFORE)[i].points, items(BEFORE)[i].when, items(BEFORE)[i].validity, items(BEFORE)[i].weight,
        )  # fmt: skip
        assert "before the reform" in (item.note or "")


def test_the_reform_in_the_file() -> None:
    assert BEFORE.enrolment is not None and BEFORE.enrolment.kind == "mandatory"
    assert AFTER.enrolment is not None and AFTER.enrolment.kind == "opt-in" and AFTER.enrolment.share is not None
    assert AFTER.enrolment.share.evidence == "assumed" and AFTER.enrolment.leaves is None
    assert AFTER.gates == {} and not any(entry.sanction for entry in AFTER.lists.values())
    undone = with_values(AFTER, {**AFTER.scenarios["everyone-scored"].set, **AFTER.scenarios["low-scores-close-doors"].set})
    assert undone.enrolment is None
    assert {k: (g.list, g.needs, g.compliance.value) for k, g in undone.gates.items()} == {
        k: (g.list, g.needs, g.compliance.value) for k, g in BEFORE.gates.items()
    }


def test_a_third_late_instalment_brings_grade_b() -> None:
    """10 points, then 20 and 20 because repeats count double: 990, 970, 950; grade A is regained when the first of them is a year old."""
    life = lived(BEFORE, 500, Act(10, "R03"), Act(40, "R03"), Act(70, "R03"))
    assert [life.score(day) for day in (10, 40, 70)] == [990, 970, 950]
    assert life.grades_held() == [(0, "A"), (70, "B"), (10 + YEAR, "A")]


def test_drink_driving_under_two_rulebooks_of_one_prefecture() -> None:
    """As reported here: grade C for three years, and doors close. In the sister district: grade B for two years, and none do."""
    here, there = lived(BEFORE, 1300, Act(10, "R18")), lived(SISTER, 1300, Act(10, "W437"))
    assert here.grades_held() == [(0, "A"), (10, "C"), (10 + 3 * YEAR, "A")] and here.stays() == [("low-grade", 10, 10 + 3 * YEAR)]
    assert there.grades_held() == [(0, "A"), (10, "B"), (10 + 2 * YEAR, "A")] and there.stays() == []


def counts(scheme: Scheme, people: int = 61_440) -> dict[str, np.ndarray]:
    world = default_world()[1]
    machine = Machine(world, [compiled(scheme)], Times(people=people, weeks=104, seed=5, history=728))
    found, _, _ = machine.live(0, machine.towns)
    return machine.layout.view(found)


def class_days(view: dict[str, np.ndarray]) -> list[int]:
    return [int(n) for n in view["days"][0].cumsum(-1)[..., :-1].sum((0, 2))[: len(CLASSES)]]


def test_tails_are_small() -> None:
    """No count of grades was found for the city. In a district of the same province 332 people stood in the two lowest grades."""
    grades = counts(BEFORE)["grades"][0].sum(0)[: len(BEFORE.grades)]
    assert grades[2] > 0.9 * grades.sum() and 0 < grades[-2:].sum() < 0.02 * grades.sum()


def test_without_any_false_record_unrelated_days_remain() -> None:
    """A record of traffic or arrears closes promotions: unrelated by the rules themselves."""
    days = class_days(counts(without_errors(BEFORE)))
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[UNRELATED] > 0


def test_after_the_reform_nobody_is_sanctioned_with_or_without_false_records() -> None:
    for scheme in (AFTER, without_errors(AFTER)):
        view = counts(scheme)
        assert sum(class_days(view)) == 0 and view["denials"].sum() == 0
    scored, everyone = counts(AFTER), counts(with_values(AFTER, AFTER.scenarios["everyone-scored"].set))
    below = [view["grades"][0].sum(0)[3:].sum() for view in (scored, everyone)]
    assert 0.35 < below[0] / below[1] < 0.65, "about half consent at the centre, and only they have grades below A"


@pytest.mark.parametrize("scheme", [BEFORE, AFTER], ids=lambda scheme: scheme.id)
def test_alternatives_can_be_lived(scheme: Scheme) -> None:
    for name, changed in alternatives(scheme):
        assert changed != scheme and len(compiled(changed).item) == len(items(changed)), name
