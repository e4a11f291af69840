"""Each mechanism of docs/design/005 is exactly neutral when it is there and does nothing, and living week by week is living.

The schemes are Testville's tables: with a mechanism absent, and with it present but without effect, in a town that exchanges every week
because of it or because it is told to (`exchanges`).
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.tables import (
    AFTER,
    AT_GATE,
    BEFORE,
    BY_THRESHOLD,
    BY_UTILITY,
    CAMPAIGN,
    FADING_WEEKS,
    OPT_IN,
    REWARD,
    SELECTION,
    SILENCE_STEPS,
    TO_NOBODY,
    TO_TIES,
    TO_TOWN,
    SchemeTables,
)
from glasshouse.scheme.variants import alone
from glasshouse.world.compile import compile_world
from glasshouse.world.tables import WorldTables
from tests.live import Counted, of_arm, unlike
from tests.made_up import made_up_scheme, made_up_world, number
from tests.oracle import test_oracle_self
from tests.oracle.test_engine_equals_oracle import catalogue

SURE = 1 << 32
LATE = 1 << 16  # a day that no town sees
WEEKS, PEOPLE = 40, 180


def changed(tables: SchemeTables, **fields: Any) -> SchemeTables:
    """The scheme with other arrays, or other columns of some."""
    out: SchemeTables = test_oracle_self.changed(tables, **fields)
    return out


@cache
def world() -> WorldTables:
    """Testville: three towns of sixty."""
    return compile_world(made_up_world())


@cache
def hermits() -> WorldTables:
    """Testville as a place of people who live alone: whatever reaches the rest of a household reaches nobody."""
    return dataclasses.replace(world(), cycle_adults=np.array([1]), cycle_start=np.array([0, 1]))


@cache
def ordinance(corrections: bool = True) -> SchemeTables:
    """Testville's scheme, perhaps without corrections: a scheme has those or reviews."""
    tables = compile_scheme(made_up_scheme(), made_up_world(), world())
    return tables if corrections else changed(tables, rules={"filed": 0, "corr_min": 0, "corr_mean": 0})


def counts(
    where: WorldTables, *schemes: SchemeTables, pairs: Any = None, history: int = 70, people: int = PEOPLE, seed: int = 3
) -> Counted:
    run = Machine(where, list(schemes), Times(people=people, weeks=WEEKS, seed=seed, history=history, followup=500), pairs=pairs)
    vector, _, _ = run.live(0, run.towns)
    return run.layout.view(vector)


def with_rows(scheme: SchemeTables, dtype: Any, counter: str, field: str, *rows: tuple[int, ...], **whole: int) -> SchemeTables:
    """A scheme with rows in a table of its own."""
    return changed(scheme, **{field: np.array(list(rows), dtype), "whole": {counter: len(rows), **whole}})


def rewarded(scheme: SchemeTables, *rows: tuple[int, int, int]) -> SchemeTables:
    return with_rows(scheme, REWARD, "n_rewards", "reward", *rows)


def silenced(scheme: SchemeTables, **whole: int) -> SchemeTables:
    return changed(scheme, silenced=np.ones_like(scheme.silenced), whole=whole)


def restrained(scheme: SchemeTables) -> SchemeTables:
    every = np.ones((2, len(scheme.silenced)), np.int64)
    held = changed(scheme, restrained=every, fading=np.full((2, FADING_WEEKS), SURE), whole={"n_restraints": 2, "aware": SURE})
    return changed(held, list={"shown": 1}, whole={"publicity": TO_TIES})


def under_review(scheme: SchemeTables, notice: int, filed: int, upheld: int = SURE, **whole: int) -> SchemeTables:
    """Every list under notice and review."""
    told = {"notice": notice, "reach": SURE, "review": 1, "stages": 1, "corrects": 15, "capacity_1": -1, "capacity_2": -1, **whole}
    table = np.full((2, 2), upheld, np.int64)
    return changed(scheme, list={"noticed": 1, "reviewed": 1}, filed=np.full(5, filed), upheld=table, whole=told)


TIES = np.array([256, 256, 256], np.int64)
# What is present and without effect; the world in which it is so; the counts that are about nothing else.
S = ordinance
OFF: dict[str, tuple[SchemeTables, WorldTables, tuple[str, ...]]] = {
    "association of no weight": (changed(S(), tie_weight=TIES), world(), ()),
    "association over ties of no weight": (changed(S(), whole={"alpha": 65536, "drop_mean": 1}, tie_weight=0 * TIES), world(), ()),
    "association among hermits": (changed(S(), whole={"alpha": 65536, "drop_mean": 1}, tie_weight=TIES * [1, 0, 0]), hermits(), ()),
    "a bond of hermits": (changed(S(), list={"binds": 1}), hermits(), ()),
    "relatives of hermits": (changed(S(), item={"relatives": 0}), hermits(), ()),
    "contacts of hermits": (changed(S(), list={"contact_list": 0, "contact_share": SURE, "contact_layer": 0}), hermits(), ()),
    "contacts of whom nobody is linked": (changed(S(), list={"contact_list": 0, "contact_share": 0, "contact_layer": 1}), world(), ()),
    "notice that nobody may answer": (under_review(S(), AFTER, SURE, review=0), world(), ("unreviewed",)),
    "notice before of no days": (under_review(S(), BEFORE, 0, notice_days=0, review=0), world(), ("unreviewed",)),
    "a review that nobody hears of": (under_review(S(False), 0, SURE), world(), ()),
    "a review for which nobody files": (under_review(S(False), AFTER, 0), world(), ("unreviewed",)),
    "a review that upholds nothing": (under_review(S(False), AFTER, SURE, upheld=0), world(), ("unreviewed", "appeals")),
    "a review that is told of at the gate and upholds nothing": (
        under_review(S(False), AT_GATE, SURE, upheld=0), world(), ("unreviewed", "appeals"),
    ),
    "a review without capacity": (under_review(S(False), AFTER, SURE, capacity_1=0), world(), ("unreviewed", "appeals")),
    "a review that corrects nothing": (under_review(S(False), AFTER, SURE, corrects=0), world(), ("unreviewed", "appeals")),
    "an amnesty after the end of time": (changed(S(), list={"amnesty_first": LATE, "amnesty_every": 7}), world(), ()),
    "a minimum of a day, where nothing ends sooner": (changed(S(), list={"minimum": [1, 1, 0]}), world(), ()),
    "a drift of no points": (changed(S(), whole={"drift_points": 0, "drift_every": 5}), world(), ()),
    "a drift after the end of time": (changed(S(), whole={"drift_points": 50, "drift_every": LATE}), world(), ()),
    "campaigns that change nothing": (with_rows(S(), CAMPAIGN, "n_campaigns", "campaign", (0, 0, LATE, 4096), (1, 9, 9, 0)), world(), ()),
    "officials who let nobody go": (changed(S(), spare=np.zeros_like(S().spare)), world(), ()),
    "a selection of nobody": (with_rows(S(), SELECTION, "n_selections", "selection", (1, 0, 1, 0)), world(), ()),
    "attention that does not follow": (
        changed(S(), whole={"attention_channel": 1, "districts": 4, "follow": 0, "prior": 3, "mended": 1}), world(), (),
    ),
    "attention in one district": (
        changed(S(), whole={"attention_channel": 0, "districts": 1, "follow": 4096, "prior": 1, "mended": 0}), world(), (),
    ),
    "informers like before": (changed(S(), whole={"informing_channel": 0, "informs": 4096, "aware": SURE}), world(), ()),
    "word that spreads among ties": (changed(S(), list={"shown": 1}, whole={"publicity": TO_TIES}), world(), ()),
    "word that spreads in town": (changed(S(), list={"shown": 1}, whole={"publicity": TO_TOWN}), world(), ()),
    "restraints that hold nobody back": (restrained(S()), world(), ()),
    "speech that needs no company": (silenced(S(), silence=BY_THRESHOLD, silence_start=SURE, fear=0), world(), ()),
    "speech that costs nothing": (
        changed(silenced(S(), silence=BY_UTILITY, aware=SURE), silence_factor=np.full(SILENCE_STEPS**2, SURE)), world(), (),
    ),
    "silence about nothing": (changed(S(), whole={"silence": BY_THRESHOLD, "silence_start": -1, "fear": 1 << 20}), world(), ()),
    "traps that never close": (changed(S(), gate={"trap": 0, "trap_default": SURE, "trap_category": 0}), world(), ()),
    "rewards out of reach": (rewarded(S(), (-1, 7, 1)), world(), ()),
    "a reward at which nothing is scarce": (rewarded(S(), (2, 7, 0)), world(), ("privileges",)),
    "everyone opts in": (changed(S(), whole={"enrolment": OPT_IN, "enrol_share": SURE}), hermits(), ()),
    "leaving that never happens": (changed(S(), whole={"enrolment": OPT_IN, "enrol_share": SURE, "leave": 1}), hermits(), ()),
}  # fmt: skip


@cache
def plain(where: str, corrections: bool) -> Counted:
    """The same without the mechanism, at one stretch."""
    return counts(world() if where == "towns" else hermits(), ordinance(corrections))


@pytest.mark.parametrize("what", OFF)
def test_what_is_there_without_effect_changes_nothing(what: str) -> None:
    scheme, where, about_itself = OFF[what]
    found = counts(where, changed(scheme, whole={"exchanges": 1}))
    base = plain("towns" if where is world() else "hermits", bool(scheme.rules["filed"][0]))
    assert unlike(base, found, but=about_itself) == []
    assert base["entries"].sum() > 50


def test_the_schemes_above_are_not_the_plain_one() -> None:
    """Each differs from Testville's tables: what is shown to be neutral is there."""
    names = [f.name for f in dataclasses.fields(SchemeTables) if f.name != "names"]
    for what, (scheme, _, _) in OFF.items():
        if what != "officials who let nobody go":  # that is how their absence is written
            base = ordinance(bool(scheme.rules["filed"][0]))
            assert any(not np.array_equal(getattr(scheme, n), getattr(base, n)) for n in names), what


HALF = SURE // 2
DARK = changed(restrained(S()), fading=np.zeros((2, FADING_WEEKS), np.int64))
# The same mechanisms with an effect: what is shown to be neutral above is at work here, so the tables above do name it.
ON: dict[str, SchemeTables] = {
    "association": changed(S(), whole={"alpha": 32768}, tie_weight=TIES),
    "bonds": changed(S(), list={"binds": 1}),
    "relatives": changed(S(), item={"relatives": 0}),
    "contacts": changed(S(), list={"contact_list": 0, "contact_share": SURE, "contact_layer": 1}),
    "notice before": under_review(S(), BEFORE, 0, notice_days=9, review=0),
    "review": under_review(S(False), AFTER, SURE),
    "review told of at the gate": under_review(S(False), AT_GATE, SURE),
    "amnesty": changed(S(), list={"amnesty_first": 50, "amnesty_every": 7}),
    "a minimum term": changed(S(), list={"minimum": [60, 60, 0]}),
    "drift": changed(S(), whole={"drift_points": 50, "drift_every": 5}),
    "campaigns": with_rows(S(), CAMPAIGN, "n_campaigns", "campaign", (0, 0, LATE, 0)),
    "discretion": changed(S(), spare=np.full_like(S().spare, HALF)),
    "selection": with_rows(S(), SELECTION, "n_selections", "selection", (1, SURE // 20, 1, 0)),
    "attention": changed(S(), whole={"attention_channel": 1, "districts": 4, "follow": 4096, "prior": 1, "mended": 1}),
    "informing": changed(S(), whole={"informing_channel": 0, "informs": 3 * 4096}),
    "restraints": DARK,
    "silence by threshold": silenced(S(), silence=BY_THRESHOLD, silence_start=-1, fear=0),
    "silence by utility": changed(silenced(S(), silence=BY_UTILITY, aware=SURE), silence_factor=np.zeros(SILENCE_STEPS**2, np.int64)),
    "traps": changed(S(), gate={"trap": SURE, "trap_default": SURE, "trap_category": 0}),
    "rewards": rewarded(S(), (0, 7, 1)),
    "opting in": changed(S(), whole={"enrolment": OPT_IN, "enrol_share": HALF}),
}


@pytest.mark.parametrize("what", ON)
def test_what_has_an_effect_changes_something(what: str) -> None:
    corrections = bool(ON[what].rules["filed"][0])
    assert set(unlike(plain("towns", corrections), counts(world(), changed(ON[what], whole={"exchanges": 1})))) - {"unreviewed", "appeals"}


def test_publicity_and_leaving_change_something_where_they_can() -> None:
    """Word spreads: more people know, and hold back. Those who leave are on no list."""
    crossing = np.zeros_like(DARK.restrained)
    crossing[0, 2] = 1  # nothing else, so that whoever holds back changes little else
    held = changed(DARK, restrained=crossing, whole={"exchanges": 1, "aware": 0})
    spread = [changed(held, whole={"publicity": to}) for to in (TO_NOBODY, TO_TIES, TO_TOWN)]
    forgone = [counts(world(), scheme)["forgone_acts"].sum() for scheme in spread]
    assert forgone[0] < forgone[1] <= forgone[2]
    everyone = {"enrolment": OPT_IN, "enrol_share": SURE, "exchanges": 1}
    stay, go = (counts(hermits(), changed(S(), whole={**everyone, "leave": leave})) for leave in (0, HALF))
    assert stay["left"].sum() == 0 < go["left"].sum() and go["entries"].sum() < stay["entries"].sum()


def test_false_records_that_fall_on_all_groups_alike() -> None:
    once = {**{k: v for k, v in number(1).items() if k != "per"}, "unit": "times"}
    alike = {"false_records/malice/falls_on": {"B": once}}
    tables = compile_scheme(made_up_scheme(alike), made_up_world(), world())
    assert np.array_equal(tables.false, ordinance().false)


def test_a_scheme_alone_beside_it_changes_nothing() -> None:
    """The pair is compared with, and otherwise another arm."""
    found = counts(world(), ordinance(), alone(ordinance()), pairs=[(-1, 1), (-1, -1)])
    assert unlike(of_arm(plain("towns", True), 0), of_arm(found, 0)) == []
    assert found["tied"].sum() == 0


@pytest.mark.parametrize("history", [0, 7, 63, 364])
@pytest.mark.parametrize("seed", [1, 2**40 + 3])
def test_week_by_week_is_at_one_stretch(history: int, seed: int) -> None:
    """Nobody exchanges anything: the week changes no number. Mature starts too."""
    weekly = changed(ordinance(), whole={"exchanges": 1})
    stretch, weeks = (counts(world(), scheme, ordinance(False), history=history, seed=seed) for scheme in (ordinance(), weekly))
    assert unlike(stretch, weeks) == []


@pytest.mark.parametrize("history", [0, 63])
@pytest.mark.parametrize("name", ["judgment-defaulters", "wendeng-2020", "ordinary-law"])
def test_week_by_week_is_at_one_stretch_in_the_catalogue(name: str, history: int) -> None:
    """In a world busy enough, and under officials who see enough, that small towns show something."""
    where, scheme = catalogue()[name].world, catalogue()[name].schemes[0]
    assert scheme.whole["exchanges"][0] == 0, "a scheme that exchanges cannot live at one stretch"
    stretch, weeks = (counts(where, some, history=history) for some in (scheme, changed(scheme, whole={"exchanges": 1})))
    assert unlike(stretch, weeks) == []
    assert stretch["fines" if name == "ordinary-law" else "entries"].sum() > 20
