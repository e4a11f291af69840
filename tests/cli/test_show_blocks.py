"""What `show` tells of ties, review, officials and responses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from glasshouse.cli.words import sections
from glasshouse.files.write import resolved_yaml
from tests.cli.call import glasshouse
from tests.made_up import made_up_scheme
from tests.scheme.whole import BLOCKS, BY_THRESHOLD, KINDS, NOTICE, value


def told(changes: dict[str, Any]) -> dict[str, str]:
    """Sections of Testville with these blocks, tables left out."""
    return {title: "\n".join(p for p in body if isinstance(p, str)) for title, body in sections(made_up_scheme(changes))}


def test_every_block_is_told() -> None:
    text = told(BLOCKS)
    for title, facts in {
        "Who takes part": ["asked where job is needed: 0.5 per attempt", "leave the scheme: 0.01 per listed-week"],
        "Wrong records": ["on group B: 1.5 times"],
        "Points and grades": ["towards 0 by 5 points every 90 days", "mean score of ties: 0.25 per person", "household 1, work 0.5"],
        "Lists: who enters, how one leaves": [
            "binds the whole household",
            "ties (work) of the listed come on nuisance: 0.1 per person",
            "after 100 days of counted time, then every 1 year",
        ],
        "Gates: what is closed to the listed": [
            "railway keeps a copy and purges it 30 days after",
            "do not even ask: 0.3 per attempt",
            "no longer able to pay, 0.2 per attempt",
        ],
        "Who sees, and what is rewarded": [
            "Shown to those tied to the listed: nuisance",
            "From grade A, for loan; what some gain others lose",
        ],
        "What officials do": [
            "cameras sees 2 times",
            "from 10 days to 40 days",
            "acts let go: group A 0.2",
            "every 4 weeks",
            "over 4 districts",
            "how hard it was looked for",
        ],
        "How people hear of it": ["told 14 days after they come on defaulters, nuisance", "reaches 0.8 per person"],
        "How errors are mended": [
            "misrecorded: 0.3 per record",
            "stage 1: decides 3 per 10000-person-weeks",
            "go on 0.4",
            "stage 2: decides all that come",
            "list, copies",
        ],
        "How people respond": [
            "Aware from the first day: 0.5 per adult",
            "or by publicity",
            "deterrence: crossing",
            "halving every 10 weeks",
            "deterrence: theft",
            "staying",
            "crowding out: volunteering",
            "silence about petition, staff-remark",
            "a uniform sanction",
            "20 points",
            "inform cameras",
        ],
        "Safeguards: one thing mended, lived beside it": ["no-review: errors are mended without a hearing (to compare)"],
    }.items():
        for fact in facts:
            assert fact in text[title]


@pytest.mark.parametrize(
    ("changes", "title", "fact"),
    [
        ({"enrolment": {"kind": "mandatory"}}, "Who takes part", "Everyone takes part."),
        (
            {"enrolment": {"kind": "opt-in", "share": value(0.4, per="adult")}},
            "Who takes part",
            "Adults choose to take part: 0.4 per adult",
        ),
        ({"notice": {"lists": ["nuisance"], "when": "never"}}, "How people hear of it", "never told that they are on nuisance"),
        ({"notice": {"lists": ["nuisance"], "when": "at the gate"}}, "How people hear of it", "when they are first refused"),
        ({"notice": {**NOTICE, "when": "before"}}, "How people hear of it", "told 14 days before they come on"),
        ({"publicity": {"lists": ["nuisance"], "to": "town"}}, "Who sees, and what is rewarded", "Shown to the whole town: nuisance."),
        (
            {"responses": {"aware": value(1, per="adult"), "silence": BY_THRESHOLD}},
            "How people respond",
            "thresholds around 0.3 share (from 0.3 to 0.3), standard deviation 0.1 share",
        ),
        (
            {"responses": {"aware": value(1, per="adult"), "silence": {**BY_THRESHOLD, "thresholds": {"listed": [0, 0.5]}}}},
            "How people respond",
            "2 listed thresholds",
        ),
    ],
)
def test_other_choices_are_told(changes: dict[str, Any], title: str, fact: str) -> None:
    assert fact in told(changes)[title]


def test_the_further_kinds_are_told() -> None:
    text = told(KINDS)
    for title, facts in {
        "What it sees": ["inspectors (administrative record)", "only people on watched, while they are on it"],
        "Wrong records": [
            "averaging (misrecorded, office)",
            "only of official, resident (and children)",
            "data-match (many at once; misrecorded)",
        ],
        "Lists: who enters, how one leaves": ["entered by those with the highest score of risk"],
        "Gates: what is closed to the listed": ["Open to people on low-grade at 40 euros more: loan, job. Charged 0.6 per attempt"],
        "Ratings": ["Each use (train) is rated", "(loud-music) for nothing they did, group B: 0.3 per use", "a rolling mean"],
        "A score of risk": [
            "Every 3 weeks those with the highest score, 0.1 per person-round (from 0.1 to 0.1), come on watched.",
            "group B: 10 risk points",
            "lowest third of incomes: 20 risk points",
            "highest third of incomes: 0 risk points",
            "a child in the household: 5 risk points",
            "each point lost: 0.5 risk points",
            "by chance, up to: 30 risk points",
        ],
    }.items():
        for fact in facts:
            assert fact in text[title]


def test_what_a_rule_claims_is_told_with_its_evidence(tmp_path: Path) -> None:
    file = tmp_path / "kinds.yaml"
    file.write_text(resolved_yaml(made_up_scheme(KINDS)), encoding="utf-8")
    shown = " ".join(glasshouse("show", file).stdout.split())
    for words in ("claims 1,200 euros", "claims 700 euros", "a firm's act"):
        assert words in shown
    table = glasshouse("show", file, "--table", "csv").stdout
    assert "rules.items.order.owed,300.0,euros,300.0,300.0,linear,assumed" in table
    assert "gates.loans-by-grade.price,40.0,euros,,,,rule text,ordinance" in table
    assert "ratings.unfair.B" in table and "risk.weights.child" in table


def test_what_is_not_there_is_not_told() -> None:
    new = {"Who takes part", "What officials do", "How people hear of it", "How people respond", "Who sees, and what is rewarded"}
    new |= {"Ratings", "A score of risk"}
    assert not new & told({}).keys()


def test_the_command_shows_every_block(tmp_path: Path) -> None:
    file = tmp_path / "whole.yaml"
    file.write_text(resolved_yaml(made_up_scheme(BLOCKS)), encoding="utf-8")
    shown = glasshouse("show", file).stdout
    for title in told(BLOCKS):
        assert title in shown
    table = glasshouse("show", file, "--table", "csv").stdout
    for path in (
        "association.weight",
        "review.filed.mistaken identity",
        "responses.deterrence.0.effect",
        "gates.train.holder.purges_after",
    ):
        assert path in table
