"""The page on four rulebooks of one prefecture: current, read from the files, and its people counted right."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasshouse.files.settings import with_values
from glasshouse.scheme.load import load_scheme
from glasshouse.world.draws import TRAIT, philox_plain
from glasshouse.world.load import load_world
from glasshouse.world.people import income_third

from .rulebook_life import Act, Lived, lived

FOLDER = Path(__file__).parents[2] / "docs" / "catalogue"
KEPT: dict[str, Any] = json.loads((FOLDER / "one-prefecture.json").read_text(encoding="utf-8"))
IDS = list(KEPT["marks"])
SCHEMES = {name: load_scheme(name) for name in IDS}
GRADES = ["AAA", "AA", "A", "B", "C", "D"]
YEAR = 365
ANEW = "run: python docs/catalogue/prefecture.py --live"


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    """The page's modules by their last names."""
    sys.path.insert(0, str(FOLDER))
    yield {name: importlib.import_module(f"prefecture_{name}") for name in ("live", "people", "rules", "text", "chart")}
    sys.path.remove(str(FOLDER))


def run_script(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FOLDER / "prefecture.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_page_is_what_files_and_result_say(tmp_path: Path) -> None:
    done = run_script("--check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert run_script("--folder", str(tmp_path)).returncode == 0
    (tmp_path / "one-prefecture.md").write_text("other words", encoding="utf-8")
    done = run_script("--check", "--folder", str(tmp_path))
    assert (done.returncode, done.stdout.splitlines()) == (
        1, ["not what files and result say now; run `make catalogue-pages`: one-prefecture.md"],
    )  # fmt: skip


def test_the_result_is_of_these_values(script: Any) -> None:
    assert script["live"].marks() == KEPT["marks"], f"values were changed since; {ANEW}"
    assert len(KEPT["runs"]) >= 8 and KEPT["about"]["years"] == 3 and KEPT["about"]["history"] == 1092


def test_shares_are_the_counts_of_the_same_run(script: Any) -> None:
    """What the log says of each person adds up to what the engine counted; who is not scored is counted there at the start grade."""
    for run in KEPT["runs"]:
        for a, name in enumerate(IDS):
            found = script["people"].shares(run, a, GRADES)
            counted = [round(found[grade] * run["adults"]) for grade in GRADES]
            counted[GRADES.index("A")] += round(found["not scored"] * run["adults"])
            assert counted == run["grades"][name]
            assert sum(run["other_bounds"][name]) == sum(run["joint"].values()) == run["adults"]


def test_only_consent_leaves_people_unscored(script: Any) -> None:
    for run in KEPT["runs"]:
        unscored = [script["people"].shares(run, a, GRADES)["not scored"] for a in range(len(IDS))]
        assert [share > 0 for share in unscored] == [name == "rongcheng-2021" for name in IDS]
        assert unscored[IDS.index("rongcheng-2021")] == pytest.approx(0.5, abs=0.01)


def test_the_cross_table_adds_up(script: Any) -> None:
    crossed, low = script["people"].crossed, ("C", "D")
    for run in KEPT["runs"]:
        for a, name in enumerate(IDS):
            base = sum(run["grades"][name][GRADES.index(grade)] for grade in low)
            for b in range(len(IDS)):
                there, back = crossed(run, GRADES, a, b), crossed(run, GRADES, b, a)
                assert sum(there.values()) == base
                assert sum(there[g] for g in low) == sum(back[g] for g in low), "low in both is the same people from either side"
        assert sum(script["people"].low_in(run, GRADES)) == run["adults"]


def test_few_people_have_a_mark_and_no_share(script: Any) -> None:
    cell = script["people"].cell
    assert cell(29, 1000, (0.02, 0.03)) == "29 †"
    assert "†" not in cell(30, 1000, (0.02, 0.04)) and cell(30, 1000, (0.02, 0.04)).startswith("30: 3")


def test_a_small_run_agrees_with_the_kept_one(script: Any) -> None:
    """The first of its towns, lived alone, holds a part of the same people."""
    alone, all_towns = script["live"].live([KEPT["runs"][0]["seed"]], towns=1)["runs"][0], KEPT["runs"][0]
    assert 0.2 < alone["adults"] / all_towns["adults"] < 0.3
    assert all(n <= all_towns["joint"].get(key, 0) for key, n in alone["joint"].items())


def test_seen_alike(script: Any) -> None:
    """A bill is known to all four; a piece of litter to two; online speech to one."""
    live = script["live"]
    setting = live.setting(live.as_written())
    at = {name: i for i, name in enumerate(setting.world.conduct)}
    bill, litter, speech = at["utility-arrears"], at["litter"], at["online-speech"]
    acts = [
        *((0, 5, arm, bill, 1) for arm in range(4)),  # seen by all
        *((1, 5, arm, bill, 1 if arm < 2 else 0) for arm in range(4)),  # by half of those who know it
        *((2, 5, arm, litter, 1 if arm in (0, 3) else 0) for arm in range(4)),  # by both that know it
        *((3, 5, arm, speech, 1 if arm == 3 else 0) for arm in range(4)),  # by the only one
        *((4, 5, arm, bill, 0) for arm in range(4)),  # by nobody
    ]
    who, day, arm, category, seen = (np.array(column, np.int64) for column in zip(*acts, strict=True))
    assert live.seen_alike(setting, who, day, arm, category, seen, 6).tolist() == [True, False, True, True, True, True]


def oracle(name: str) -> tuple[Lived, int]:
    """The kept person's records lived again in the plain model, and the last counted day there."""
    history = KEPT["about"]["history"]
    texts = {item.text: item.id for item in SCHEMES[name].rules.items} if SCHEMES[name].rules else {}
    records = [e for e in KEPT["person"]["events"] if e["arm"] == name and e["event"] == "record"]
    rules = [next(i for text, i in texts.items() if text in event["text"]) for event in records]
    assert rules and not any(e["event"] in ("correction", "repair") for e in KEPT["person"]["events"])
    end = history + 364 * KEPT["about"]["years"]
    return lived(SCHEMES[name], end, *(Act(e["day"] + history, rule) for e, rule in zip(records, rules, strict=True))), end - 1


@pytest.mark.parametrize("name", IDS)
def test_the_told_life_in_the_plain_model(name: str) -> None:
    life, last = oracle(name)
    assert life.grade(last) == GRADES[KEPT["person"]["grades"][IDS.index(name)]]
    for event in KEPT["person"]["events"]:
        if event["arm"] == name and event["event"] == "score":
            assert life.score(event["day"] + KEPT["about"]["history"]) == event["points"]


@pytest.mark.parametrize("name", IDS)
def test_income_comes_back_only_where_it_was_lost(name: str) -> None:
    told = [e["text"] for e in KEPT["person"]["events"] if e["arm"] == name and e["event"] == "shock"]
    able = KEPT["person"]["able"]
    for text in told:
        assert able is text.startswith("Loses"), "means come back only to someone who began without them or has lost them"
        able = not able
    text = (FOLDER / "one-prefecture.md").read_text(encoding="utf-8")
    assert ("begins, before the first line, without the means" in text) is not KEPT["person"]["able"]


def test_means_at_the_start_are_those_of_the_person(script: Any) -> None:
    live, it = script["live"], KEPT["person"]
    tables = live.setting(live.as_written()).tables
    able_word = philox_plain(it["seed"], it["person"], 1, TRAIT)[0]
    income = income_third(philox_plain(it["seed"], it["person"], 0, TRAIT)[3])
    assert (able_word >= tables.unable[income]) == it["able"]


def test_nothing_in_the_told_life_is_told_twice() -> None:
    events = [tuple(event.items()) for event in KEPT["person"]["events"]]
    assert len(events) == len(set(events))


def test_the_picture_in_words(script: Any) -> None:
    """The summary is computed: other numbers, other words; few people get no share. It is the picture's alternative text."""
    people = script["people"]
    it = people.picture(KEPT, GRADES, SCHEMES)
    text = (FOLDER / "one-prefecture.md").read_text(encoding="utf-8")
    assert f"![{it.title}. {it.summary}](figures/one-prefecture.svg)\n\n{it.note}\n" in text
    assert all(f"{name}: " in it.summary for name in script["rules"].SHORT.values())
    bar = script["chart"].Bar("Here", "2 rows", {"A": 0.9, "B": 0.097, "C": 0.0029, "D": 0.0001, "AA": 0}, (0.08, 0.1))
    assert people.described(bar, 10_000).replace("\u00a0", " ") == (
        "Here: 90 % A, 9.7 % B, fewer than 30 people each in C and D; below A 8 % to 10 % over the seeds."
    )


def test_what_differs_is_read_from_the_files(script: Any) -> None:
    differs = script["rules"].differs
    told = differs(SCHEMES)
    borrowed = "taken from the district for Rongcheng 2019 and Rongcheng 2021"
    assert told["the bounds of the grades"].endswith(f"Documented for Weihai (Haibei) and Wendeng; {borrowed}.")
    repeat = "a repeat while the first record is valid"
    assert "counts once (Weihai (Haibei))." in told[repeat] and told[repeat].endswith(f"Documented for Wendeng; {borrowed}.")
    assert told["what mends a record early"].endswith("Documented for Wendeng.")
    once = with_values(SCHEMES["wendeng-2020"], SCHEMES["wendeng-2020"].scenarios["no-doubling"].set)
    assert "counts once (Weihai (Haibei) and Wendeng)" in differs(SCHEMES | {"wendeng-2020": once})[repeat]


def test_a_debt_under_four_rulebooks_by_hand() -> None:
    """30 points of 1,000 leave 970, grade A from 960, for a year. 200 leave 800, and C begins at 801. A direct grade D holds five years."""
    rules = {"rongcheng-2019": "R08", "rongcheng-2021": "R08", "weihai-haibei": "H24", "wendeng-2020": "W495"}
    lives = {name: lived(SCHEMES[name], 2000, Act(10, rule)) for name, rule in rules.items()}
    assert [lives[name].score(10) for name in IDS] == [970, 970, 800, 1000]
    assert lives["rongcheng-2019"].grades_held() == lives["rongcheng-2021"].grades_held() == [(0, "A")]
    assert lives["rongcheng-2019"].score(10 + YEAR) == 1000
    assert lives["weihai-haibei"].grades_held() == [(0, "A"), (10, "D"), (10 + 3 * YEAR, "A")]
    assert lives["wendeng-2020"].grades_held() == [(0, "A"), (10, "D"), (10 + 5 * YEAR, "A")]


def test_two_late_bills_under_four_rulebooks_by_hand() -> None:
    """20 points, then double 40, leave 940: grade B. In the prefecture's score 10 and 10 leave 980: grade B too, from the first on."""
    rules = {"rongcheng-2019": "R12", "rongcheng-2021": "R12", "weihai-haibei": "H29", "wendeng-2020": "W011"}
    lives = {name: lived(SCHEMES[name], 300, Act(10, rule), Act(100, rule)) for name, rule in rules.items()}
    assert [lives[name].score(100) for name in IDS] == [940, 940, 980, 940]
    assert [lives[name].grade(10) for name in IDS] == ["A", "A", "B", "A"]
    assert [lives[name].grade(100) for name in IDS] == ["B"] * 4


def test_facts_are_read_from_the_files(script: Any) -> None:
    """A file that is changed tells another fact."""
    changed = with_values(SCHEMES["wendeng-2020"], SCHEMES["wendeng-2020"].scenarios["city-cut-offs"].set)
    facts = script["rules"].facts
    assert facts(SCHEMES).count("C from 801") == 1
    assert facts(SCHEMES | {"wendeng-2020": changed}).count("C from 801") == 2
    before = with_values(SCHEMES["rongcheng-2021"], SCHEMES["rongcheng-2021"].scenarios["everyone-scored"].set)
    assert "Adults choose" not in facts(SCHEMES | {"rongcheng-2021": before})


def test_one_act_in_each_rulebook(script: Any) -> None:
    world, rules = load_world("default"), script["rules"]
    lines = {line.split(" | ")[0].strip("| "): line.split(" | ")[2:] for line in rules.acts(SCHEMES, world).splitlines()}
    drink = lines[world.conduct["drink-driving"].text]
    assert drink[0].startswith("grade C (R18)") and drink[3].startswith("grade B (W437)")
    assert drink[1] == drink[2] == rules.NO_RULE
    assert "grade D (W495)" in lines[world.conduct["unpaid-judgment"].text][3]
    assert "W284" not in rules.acts(SCHEMES, world), "a row that is only the repair of another is no rule that an act falls under"
    for kind in ("petition", "online-speech"):
        assert [one == rules.NO_RULE for one in lines[world.conduct[kind].text][:3]] == [True] * 3


def test_the_page_says_what_it_is() -> None:
    text = (FOLDER / "one-prefecture.md").read_text(encoding="utf-8")
    opening = text.split("## ")[0]
    assert "Invented people. Not a forecast." in opening and "](one-prefecture.md)" in (FOLDER / "index.md").read_text(encoding="utf-8")
    assert "Values of the files were changed" not in text, ANEW
    for word in ("probab", "likely", "confiden"):
        assert word not in text.lower()
    drawn = (FOLDER / "figures" / "one-prefecture.svg").read_text(encoding="utf-8")
    assert "Invented people. Not a forecast." in drawn
