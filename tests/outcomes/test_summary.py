"""Central value, chance, span, and cells that are too small."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from glasshouse.mechanism.classes import CLASSES, GROUND_UNMET, MISTAKEN, WITHIN
from glasshouse.outcomes.measure import Measured, measure
from glasshouse.outcomes.paths import commonest
from glasshouse.outcomes.rows import ALL
from glasshouse.outcomes.summary import FIELDS, Line, summarise, write_csv
from glasshouse.outcomes.suppress import OTHER, people_needed
from tests.outcomes.made_up import counts


def run(*, seed: int = 1, setting: str = "central", **classes: int) -> Measured:
    """A run with entries by class."""
    index = {"mistaken": MISTAKEN, "ground": GROUND_UNMET, "within": WITHIN}
    return measure(counts(seed=seed, setting=setting, entries={(0, 0, 0, index[k]): n for k, n in classes.items()}))


def line(lines: list[Line], outcome: str, cls: str = ALL, arm: str = "scheme", group: str = ALL) -> Line:
    """The one line of this name."""
    found = [x for x in lines if (x.outcome, x.cls, x.arm, x.group) == (outcome, cls, arm, group)]
    assert len(found) == 1, (outcome, cls, arm, group, len(found))
    return found[0]


def test_three_uncertainties_are_kept_apart() -> None:
    central = [run(seed=s, within=n) for s, n in enumerate((100, 120, 140))]
    span = [run(setting=f"span-{i}", within=n) for i, n in enumerate((10, 900))]
    found = line(summarise(central, span), "entries")
    assert (found.central, found.chance_low, found.chance_high) == (120, 100, 140)
    assert (found.span_low, found.span_high) == (10, 900)


def test_the_central_value_never_lies_outside_its_span() -> None:
    """The central values are a point of the span as well."""
    central = [run(seed=s, within=n) for s, n in enumerate((100, 130))]
    found = line(summarise(central, [run(setting="span-0", within=900)]), "entries")
    assert (found.central, found.span_low, found.span_high) == (115, 115, 900)


def test_one_seed_shows_no_chance_and_no_span_shows_none() -> None:
    found = line(summarise([run(within=100)]), "entries")
    assert (found.chance_low, found.chance_high, found.span_low, found.span_high) == (None, None, None, None)


def test_a_small_cell_is_suppressed_with_the_people_it_would_take() -> None:
    lines = summarise([run(within=100, mistaken=12)])
    found = line(lines, "entries", CLASSES[MISTAKEN])
    assert found.central is None
    assert found.note == "fewer than 30 events in all runs together (12); about 450 people would give 30"
    assert line(lines, "entries").central == 112
    assert not [x for x in lines if x.cls == OTHER]


def test_the_span_of_a_small_cell_is_not_shown() -> None:
    lines = summarise([run(within=100, mistaken=12)], [run(setting="span-0", within=100, mistaken=500)])
    found = line(lines, "entries", CLASSES[MISTAKEN])
    assert (found.central, found.span_low, found.span_high) == (None, None, None)


def test_the_events_of_all_seeds_together_decide() -> None:
    few = line(summarise([run(seed=1, mistaken=9, within=50), run(seed=2, mistaken=20, within=50)]), "entries", CLASSES[MISTAKEN])
    assert few.central is None
    assert few.note == "fewer than 30 events in all runs together (29); about 190 people would give 30"  # 180 * 30 / 29, rounded up
    enough = line(summarise([run(seed=1, mistaken=10, within=50), run(seed=2, mistaken=20, within=50)]), "entries", CLASSES[MISTAKEN])
    assert (enough.central, enough.chance_low, enough.chance_high) == (15, 10, 20)


def test_a_cell_that_rests_on_few_events_in_one_run_says_so() -> None:
    noisy = "few events in a single run: the ranges hold much chance"
    lines = summarise([run(seed=1, mistaken=29, ground=30, within=50), run(seed=2, mistaken=30, ground=30, within=50)])
    assert line(lines, "entries", CLASSES[MISTAKEN]).note == noisy  # 59 in two runs: fewer than 30 in one
    assert line(lines, "entries", CLASSES[GROUND_UNMET]).note == ""


def test_small_classes_are_merged_where_together_they_are_large() -> None:
    lines = summarise([run(within=100, mistaken=20, ground=15)])
    other = line(lines, "entries", OTHER)
    assert (other.central, other.note) == (35, "mistaken identity, ground unmet")
    assert line(lines, "entry_share", OTHER).central == pytest.approx(35 / 135)
    assert line(lines, "entries", CLASSES[GROUND_UNMET]).central is None


def test_what_never_happens_is_a_plain_zero() -> None:
    lines = summarise([run(within=100)])
    found = line(lines, "entries", CLASSES[MISTAKEN])
    assert (found.central, found.note) == (0.0, "none in 1 run")
    assert line(lines, "entries", arm="none").central == 0.0
    assert not [x for x in lines if x.outcome == "entries" and x.arm == "none" and x.cls != ALL]


def test_a_share_of_too_few_is_no_zero() -> None:
    lines = summarise([run(within=5)])
    assert line(lines, "entry_share", CLASSES[MISTAKEN]).central is None


def test_what_does_not_exist_has_no_line() -> None:
    lines = summarise([run(within=100)])
    assert not [x for x in lines if x.outcome == "disparity" and x.arm == "none"]
    assert not [x for x in lines if x.outcome == "median_spell"]


@pytest.mark.parametrize(("events", "needed"), [(30, 1000), (15, 2000), (7, 4300), (0.3, 100_000), (0, None)])
def test_people_needed(events: float, needed: int | None) -> None:
    assert people_needed(1000, events) == needed


def test_people_needed_is_enough() -> None:
    for events in range(1, 30):
        needed = people_needed(777, events)
        assert needed is not None
        assert events * needed / 777 >= 30


def test_the_file_has_the_stated_columns(tmp_path: Path) -> None:
    file = tmp_path / "summary.csv"
    lines = summarise([run(within=100, mistaken=2)])
    write_csv(lines, file)
    with file.open(encoding="utf-8", newline="") as handle:
        read = list(csv.DictReader(handle))
    assert tuple(read[0]) == FIELDS
    assert len(read) == len(lines)
    small = next(r for r in read if r["outcome"] == "entries" and r["class"] == CLASSES[MISTAKEN] and r["group"] == ALL)
    assert small["central"] == ""


def test_commonest_paths_are_means_over_runs() -> None:
    taken = [
        {(0, MISTAKEN, 1, 0, 0): a, (0, MISTAKEN, 1, 0, 1): 14, (0, MISTAKEN, 1, 0, 2): 7, (0, GROUND_UNMET, 0, 0, 0): 2} for a in (40, 60)
    ]
    paths = commonest([measure(counts(seed=i, paths=t)) for i, t in enumerate(taken)])
    assert [(p["class"], p["origin"], p["category"], p["count"]) for p in paths] == [
        ("mistaken identity", "another's act", "debt", 50.0),
        ("mistaken identity", "other paths", "", 21.0),  # 28 and 14 in both runs together: merged; 4 where a ground was unmet: left out
    ]
    assert paths[0]["per_100k_adult_years"] == pytest.approx(50 / (150 * 14 / 365) * 1e5)
