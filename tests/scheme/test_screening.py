"""Three answers and no total: what a file says beside two provisions of European law."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

import glasshouse as gh
from glasshouse.files.read import package_ids
from glasshouse.scheme.check import load_both
from glasshouse.scheme.load import SCHEME
from glasshouse.scheme.screening import FLAG, NOT_ASKED, NOTE, OPEN, SILENT, SOURCES, Word, screen, spelled

from ..made_up import made_up_scheme, made_up_world

IDS = package_ids("glasshouse.catalogue")
VERDICTS = r"\b(illegal|lawful|unlawful|prohibited|compliant|compliance|violat\w*|breach\w*|safe|passe[sd]|score of)\b"


def answers(changes: dict[str, Any] | None = None) -> dict[str, str]:
    return {a.question.id: a.finding.answer for a in screen(made_up_scheme(changes), made_up_world())}


@pytest.mark.parametrize("name", IDS)
def test_three_answers_each_with_the_part_of_the_file_it_rests_on(name: str) -> None:
    scheme, world = load_both(name)
    data = SCHEME.read(name).data
    for one in screen(scheme, world):
        assert one.finding.answer in (FLAG, OPEN, SILENT)
        assert one.finding.rests_on or one.finding.answer == SILENT, one
        for path in one.finding.rests_on:
            node = data
            for step in path:
                node = node[step]  # a KeyError here: the answer rests on nothing that the file says


@pytest.mark.parametrize("name", IDS)
def test_no_answer_judges(name: str) -> None:
    for one in screen(*load_both(name)):
        said = re.sub(r"for example: .*|acts? (that are )?(is )?lawful|lawful (or protected|act)", "", one.finding.because)
        assert not re.search(VERDICTS, said, re.IGNORECASE), said
        assert not one.finding.because.endswith("."), "a full stop is added when it is shown"


def test_there_are_only_three_words() -> None:
    assert get_args(Word) == (FLAG, OPEN, SILENT) == ("flag", "cannot be excluded", "not enough in the file")


def test_each_question_names_its_provision_and_source() -> None:
    found = [a.question for a in screen(made_up_scheme(), made_up_world())]
    assert len({q.id for q in found}) == len(found) == 16
    for q in found:
        assert re.match(r"(AI Act|GDPR), (Article \d+|recital \d+)", q.provision), q.id
        assert q.element and q.text.endswith("?") and q.sources
        assert set(q.sources) <= set(SOURCES)
    assert {key for q in found for key in q.sources} == set(SOURCES)
    assert all(source.author and source.year and source.title and source.url for source in SOURCES.values())


def test_what_it_is_not() -> None:
    assert "No legal advice" in NOTE and "not added up" in NOTE
    assert len(NOT_ASKED) >= 6


def test_a_scheme_of_nothing_is_not_cleared() -> None:
    found = screen(*load_both("no-scheme"))
    assert {a.finding.answer for a in found} <= {OPEN, SILENT}
    assert found[0].as_dict()["answer"] == SILENT


def test_testville() -> None:
    found = answers()
    assert found["over-time"] == found["behaviour"] == found["detriment"] == found["profiling"] == FLAG
    assert found["grounds"] == SILENT
    assert found["children"] in (OPEN, FLAG)


def test_association_is_not_ones_own_behaviour() -> None:
    tie = {"weight": {"value": 0.2, "per": "person", "range": [0, 0.5], "scale": "linear", "evidence": "assumed", "why": "made up"}}
    assert answers({"association": {**tie, "over": {"household": 1}}})["others-acts"] == FLAG
    assert answers()["others-acts"] == OPEN  # errors are assumed, nobody answers for others by rule


def test_only_rewards_are_open() -> None:
    changes: dict[str, Any] = {"gates": {}, "lists": {}, "rules/items": [], "review": None, "notice": None}
    reward = {"text": "credit", "from_grade": made_up_scheme().grades[0].name, "needs": ["loan"], "zero_sum": False}
    assert answers({**changes, "rewards": {"credit": reward}})["detriment"] == OPEN
    assert answers({**changes, "rewards": {"credit": {**reward, "zero_sum": True}}})["detriment"] == FLAG
    assert answers({**changes, "rewards": {}})["detriment"] == SILENT


def test_contexts_apart() -> None:
    gate = next(name for name, it in made_up_scheme().gates.items() if it.on == "self")
    [apart] = [a for a in screen(made_up_scheme({f"gates/{gate}/context": "family"}), made_up_world()) if a.question.id == "unrelated"]
    assert apart.finding.answer == FLAG and "to family" in apart.finding.because
    assert f"gates.{gate}.context" in [spelled(path) for path in apart.finding.rests_on]


def test_no_way_to_be_heard() -> None:
    assert answers({"correction": None})["contest"] == FLAG
    assert answers()["contest"] == OPEN


def test_the_same_function_from_python() -> None:
    loaded = gh.load("judgment-defaulters")
    assert gh.screen(loaded) == gh.screen("judgment-defaulters") == gh.screen(loaded, world="default")
