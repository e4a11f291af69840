"""Flags that venues share: the company's terms, lives worked out by hand, and the order of magnitude of a public scheme."""

from __future__ import annotations

import pytest

from glasshouse.mechanism.classes import FALSE_REPORT, LAWFUL, MISRECORDED, MISTAKEN, WITHIN
from glasshouse.scheme import tables as T
from glasshouse.scheme.check import load_both
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.compile import compile_world

from .changed import alternatives, without_errors
from .one_life import comes_out
from .small_run import Counts, by_class, counts_of

SCHEME, WORLD = load_both("patronscan")
TABLES = compile_world(WORLD)
RULES = {item.id: item for item in SCHEME.rules.items} if SCHEME.rules else {}
SHARED = ["shared-year", "shared-month"]


def test_a_month_a_year_and_five_years() -> None:
    terms = {name: (entry.term.value, entry.term.unit) for name, entry in SCHEME.lists.items() if entry.term}
    assert terms == {"shared-year": (1, "years"), "shared-month": (1, "months"), "own-venue": (5, "years")}


def test_californias_reasons_are_those_of_the_rules_that_name_them() -> None:
    said = " ".join(item.text.lower() for item in RULES.values())
    for reason in (
        "abuse or fraud",
        "destruction of property",
        "fake card",
        "fighting",
        "physical or sexual assault",
        "threatened violence",
    ):
        assert reason in said
    lawful = {name for name, item in RULES.items() if item.legal == "lawful"}
    assert lawful == {"rude-own", "rude-shared"} and all(RULES[name].source == "company-create-flag" for name in lawful)


def test_a_patron_hears_of_a_flag_at_a_door() -> None:
    assert SCHEME.notice is not None and SCHEME.notice.when == "at the gate"
    assert SCHEME.review is not None and len(SCHEME.review.stages) == 1 and SCHEME.correction is None


def test_targets_are_the_counts_of_the_public_scheme() -> None:
    values = {name: target.value for name, target in SCHEME.targets.items()}
    assert values["bans-per-scan"] == pytest.approx(35 / 89_600, rel=0.03)
    assert values["bans-per-scan"] == pytest.approx((3_936 + 1_104) / 12_800_000, rel=0.03)
    assert values["hits-per-scan"] == pytest.approx(488 / 12_800_000, rel=0.06)
    assert 50 * values["hits-per-scan"] < 48_657 / (12_800_000 * 21 / 12)  # the two counts do not agree


def test_a_fight_by_hand() -> None:
    """Shared for 365 days from day 0, and remembered by the own venue for 5 * 365; a second fight on day 300 begins the year anew."""
    found, must = comes_out(
        SCHEME, WORLD, 2000,
        [
            {"day": 0, "act": "bar-violence", "item": "violence-shared"},
            {"day": 10, "need": "scanned-visit"},
            {"day": 300, "act": "bar-violence", "item": "violence-shared"},
            {"day": 1830, "need": "scanned-visit"},
        ],
        {
            "listed": {"shared-year": ["0-664"], "shared-month": [], "own-venue": ["0-1824"]},
            "classes": {"0-1824": "within stated rules"},
            "attempts": [
                {"day": 10, "need": "scanned-visit", "exposed": "within stated rules", "denied": "within stated rules"},
                {"day": 1830, "need": "scanned-visit"},
            ],
        },
    )  # fmt: skip
    assert found == must


def test_a_rude_word_and_someone_elses_fight_by_hand() -> None:
    """A month is 30 days. A rude word entered as a threat: a month would have followed all the same, the year would not."""
    found, must = comes_out(
        SCHEME, WORLD, 600,
        [
            {"day": 0, "act": "bar-rudeness", "item": "rude-shared"},
            {"day": 50, "act": "bar-rudeness", "item": "violence-short", "truly": "rude-shared", "leaves": {"lifted": 100}},
            {"day": 200, "false-record": "another's act", "item": "violence-shared", "leaves": {"lifted": 365}},
        ],
        {
            "listed": {"shared-month": ["0-29", "50-79"], "own-venue": ["50-149", "200-564"], "shared-year": ["200-564"]},
            "classes": {"0-29": "lawful conduct", "50-79": "lawful conduct", "80-149": "misrecorded", "200-564": "mistaken identity"},
        },
    )  # fmt: skip
    assert found == must


def lived(scheme: Scheme) -> Counts:
    return counts_of(scheme, WORLD, TABLES, people=122_880, weeks=104, seed=7, history=728)


def test_flags_and_hits_per_scan_are_of_the_order_of_the_public_scheme() -> None:
    """About 250 shared flags are expected. Hits lie between the two counts that do not agree."""
    view = lived(SCHEME)
    scans = view["attempts"][:, list(WORLD.needs).index("scanned-visit")].sum()
    flags = view["entries"][0, [list(SCHEME.lists).index(name) for name in SHARED]].sum()
    assert flags / scans == pytest.approx(SCHEME.targets["bans-per-scan"].value, rel=0.4)
    alone = SCHEME.model_copy(update={"gates": {name: gate for name, gate in SCHEME.gates.items() if gate.list in SHARED}})
    met = lived(alone.model_copy(update={"notice": None, "review": None}))
    hits = met["exposures"][0, :, list(WORLD.needs).index("scanned-visit")].sum() / scans
    assert SCHEME.targets["hits-per-scan"].value < hits < 48_657 / (12_800_000 * 21 / 12)


def test_without_any_false_record_some_are_still_turned_away_for_what_is_lawful() -> None:
    days = by_class(lived(without_errors(SCHEME)))
    assert [days[i] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[LAWFUL] > 0 and days[WITHIN] > days[LAWFUL]


def test_safeguards_do_what_they_say() -> None:
    changed = {name: compile_scheme(scheme, WORLD, TABLES) for name, scheme in alternatives(SCHEME)}
    assert set(SCHEME.safeguards) == {"told-why", "seven-reasons-kept", "scan-matched"}
    assert changed["told-why"].whole["notice"][0] == T.AFTER
    assert changed["near-permanent"].list["term"].max() == 20 * 365
    assert changed["police-ban-yardstick"].list["yardstick"][0] == 91
    assert changed["scan-matched"].false["cum_0"][0] < compile_scheme(SCHEME, WORLD, TABLES).false["cum_0"][0]
