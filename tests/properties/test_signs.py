"""What theory demands of the signs: in named fixtures more of one thing means more, or less, of another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import COLLATERAL, GROUND_UNMET, INDUCED, MISTAKEN, PROTECTED, SPARED, STALE
from glasshouse.study.arms import ALONE, ERROR_FREE, SCHEME, pairs
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.validation.simple import conduct, scheme, town, world
from glasshouse.validation.values import times
from tests.live import Counted, lived, machine
from tests.made_up import made_up_scheme, made_up_world
from tests.properties.small import NO_FALSE_RECORDS
from tests.scheme.whole import BLOCKS, CLASSES, restraint, stage, text, value

SIX_HUNDRED = {"town_size/value": 600}


def class_days(counts: Counted) -> Any:
    """Person-days by arm, group and class."""
    return counts["days"].cumsum(axis=-1)[..., :-1].sum(axis=-1)


# Ties --------------------------------------------------------------------------------------------------------------------------------


@cache
def dropped(weight: float, worth: float) -> int:
    """Ties dropped in two years in a town of circles of ten where people act alike, and are unlike only by chance."""
    block = {"weight": value(weight, per="person"), "over": {"circle": 1}}
    ends = {"aware": value(0, per="adult"), "tie_dropping": {"value": value(worth, unit="points")}}
    bound = {"association": block, "responses": ends, "grades": [{"name": "all", "from_points": None}]}
    run = machine(world(acts=2, changes=town(400, circle=10)), scheme(points=-20, changes=bound), people=800, weeks=104, seed=7)
    return int(lived(run)["ties_dropped"].sum())


HEAVY, LIGHT, DEAR, CHEAP = 0.6, 0.15, 40.0, 1.0


def test_a_heavier_association_cuts_more_ties() -> None:
    """Tirole 2021: what ties cost rises with their weight in the score."""
    for worth in (DEAR, CHEAP):
        assert dropped(HEAVY, worth) > dropped(LIGHT, worth)


def test_ties_that_are_worth_less_are_cut_sooner() -> None:
    for weight in (HEAVY, LIGHT):
        assert dropped(weight, CHEAP) > dropped(weight, DEAR)


def test_the_weight_matters_most_where_ties_are_worth_little() -> None:
    """In ties lost; strong ties hold whatever they cost."""
    assert dropped(HEAVY, CHEAP) - dropped(LIGHT, CHEAP) > dropped(HEAVY, DEAR) - dropped(LIGHT, DEAR)


# Review ------------------------------------------------------------------------------------------------------------------------------


def reviewed(capacities: Sequence[float | None], wrong: float, sound: float, seed: int) -> list[tuple[int, float]]:
    """Cases decided in a year and their mean wait in weeks, by capacity, in one and the same town."""
    arms = []
    for capacity in capacities:
        review = {
            "lists": ["register"], "filed": {name: value(1, per="record") for name in CLASSES}, "files_after": value(10, unit="days"),
            "gives_up_after": None, "stages": [stage(capacity, wrong, sound)], "corrects": ["list"],
        }  # fmt: skip
        notice = {"lists": ["register"], "when": "after", "period": text(7, "days"), "reaches": value(0.9, per="person")}
        arms.append(scheme(term=200, false_rate=0.5, changes={"notice": notice, "review": review}))
    counts = lived(machine(world(acts=1, changes=town(1000)), *arms, people=2_000, weeks=52, seed=seed))
    steps = counts["appeals"].sum(axis=(1, 2))
    return [(int(row[1] + row[2]), row[4] / (row[1] + row[2])) for row in steps]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("wrong", "sound"), [(0, 0), (0.8, 0.1)], ids=["nobody is heard", "the wrongly listed are heard"])
def test_more_places_never_lengthen_the_wait_nor_decide_less(wrong: float, sound: float, seed: int) -> None:
    """From far too few places to as many as come."""
    found = reviewed([20, 60, 120, 240, 480, None], wrong, sound, seed)
    for (fewer, longer), (more, shorter) in pairwise(found):
        assert more >= fewer and shorter <= longer
    assert found[0][0] < found[-1][0] / 2 and found[0][1] > 10 and found[-1][1] == 0


# Copies ------------------------------------------------------------------------------------------------------------------------------


def test_a_longer_lag_of_copies_never_means_fewer_stale_denials() -> None:
    """Testville's railway keeps a copy of the list; nobody stays away for fear of a refusal."""
    lags = (0, 5, 30, 90, 400)
    arms = [made_up_scheme({"gates/train/holder": {"name": "railway", "purges_after": text(lag, "days")}}) for lag in lags]
    counts = lived(machine(made_up_world(), *arms, people=1_200, seed=5))
    for name in ("denials", "exposures"):
        stale = counts[name][..., STALE].sum(axis=(1, 2))
        assert (np.diff(stale) >= 0).all() and stale[0] == 0 < stale[1] < stale[-1]
    days = class_days(counts)[:, :, STALE].sum(axis=1)
    assert days[0] == 0 and (np.diff(days) > 0).all()
    assert len({int(n) for n in counts["entries"].sum(axis=(1, 2, 3))}) == 1  # copies list nobody


# Attention ---------------------------------------------------------------------------------------------------------------------------


def by_group(attention: dict[str, Any] | None, towns: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Share of group A among those listed, town by town, and of acts: two groups that act alike and live apart, half and half."""
    half = {"range": [0.5, 0.5], "scale": "linear", "evidence": "assumed", "why": "made up", "unit": "share", "value": 0.5}
    one = times(1)
    place = world(
        acts=6,
        changes={**town(100), "groups": {"A": half, "B": half}, "conduct_by_group": {"A": one, "B": one},
                 "visibility.by_group": {"A": one, "B": one}},
    )  # fmt: skip
    officials = {"officials": {"attention": attention}} if attention else {}
    run = machine(place, scheme(seen=0.05, term=30, changes=officials), people=100 * towns, weeks=156, seed=seed)
    entries, acts = [], []
    for t in range(towns):
        counts = run.layout.view(run.live(t, t + 1)[0])
        entries.append(counts["entries"][0, 0].sum(axis=-1)[:2])
        acts.append(counts["acts"][:2, 0])
    both, done = np.array(entries, float), np.array(acts, float)
    return both[:, 0] / both.sum(axis=1), done[:, 0] / done.sum(axis=1)


def test_attention_that_follows_finds_makes_equal_conduct_unequal() -> None:
    """Ensign et al. 2018: officials look where they found. What is found is no evidence of conduct; weighed by the looking, it is again."""
    towns = 60
    follows = {
        "channel": "eye", "districts": text(2, "districts"), "follows": value(1, unit="share"), "prior": text(1, "records"),
        "mended": False,
    }  # fmt: skip
    even, acts = by_group(None, towns, 11)
    chased, same_acts = by_group(follows, towns, 11)
    mended, _ = by_group({**follows, "mended": True}, towns, 11)
    assert (acts == same_acts).all() and np.abs(acts - 0.5).max() < 0.05
    spread = [float(np.abs(x - 0.5).mean()) for x in (even, chased, mended)]
    assert spread[1] > 2 * spread[0]
    assert spread[2] < (spread[0] + spread[1]) / 2
    assert abs(chased.mean() - 0.5) <= 4 * chased.std() / np.sqrt(towns)  # which group it falls on is chance


# Both sides of the ledger -----------------------------------------------------------------------------------------------------------


def test_a_scheme_can_come_out_well() -> None:
    """Offences seen without error by a scheme that people know: offences fall, and nobody is sanctioned without ground."""
    known = {"aware": value(1, per="adult"), "deterrence": restraint("act", 0.6)}
    arms = scheme(seen=0.8, term=30, changes={"responses": known}), None
    counts = lived(machine(world(acts=2), *arms, people=2_000, weeks=104, seed=21))
    prevented = counts["forgone_acts"][0].sum()
    assert prevented > 0.5 * counts["acts"].sum() and counts["forgone_acts"][1].sum() == 0
    days = class_days(counts)[0].sum(axis=0)
    assert days[STALE : COLLATERAL + 1].sum() == days[INDUCED] == days[PROTECTED] == days[SPARED] == 0 < days.sum()


def test_a_scheme_can_come_out_badly() -> None:
    """Most records are of what nobody did, speech is held back, and no offence is prevented."""
    speech = conduct("speech", 2, "protected", context="speech")
    held_back = {"aware": value(1, per="adult"), "crowding_out": restraint("speech", 0.5)}
    arms = scheme(seen=0.2, false_rate=1, term=60, changes={"responses": held_back}), None
    counts = lived(machine(world(acts=0.5, changes=speech), *arms, people=2_000, weeks=104, seed=22))
    forgone = counts["forgone_acts"][0].sum(axis=0)
    assert forgone[0] == 0 < forgone[1]
    days = class_days(counts)[0].sum(axis=0)
    assert days[MISTAKEN] > days[:SPARED].sum() / 2
    assert counts["silent"][0].sum() > 0


# Twins -------------------------------------------------------------------------------------------------------------------------------


def beside_its_twins(changes: dict[str, Any], seed: int) -> tuple[list[str], Counted]:
    """Testville with blocks of the language, its twins and the baselines, for a year."""
    of, place = made_up_scheme(changes), made_up_world(SIX_HUNDRED)
    tables, arms = Workshop(of, ordinary_law(of, place), place, 1_200, 1, "launch").tables({})
    run = Machine(tables, list(arms.values()), Times(people=1_200, weeks=52, seed=seed), pairs=pairs(arms))
    return list(arms), lived(run)


WITHOUT: dict[str, dict[str, Any]] = {
    "every block": BLOCKS,
    "no false records": BLOCKS | NO_FALSE_RECORDS,
    "correction in place of review": {k: v for k, v in BLOCKS.items() if k not in ("correction", "notice", "review", "safeguards")}
    | {"scenarios/slow-office/set": {}},
}


@pytest.fixture(scope="module", params=WITHOUT)
def twins(request: pytest.FixtureRequest) -> tuple[list[str], Counted]:
    return beside_its_twins(WITHOUT[request.param], seed=31)


def test_without_errors_nobody_is_sanctioned_wrongly(twins: tuple[list[str], Counted]) -> None:
    """In the error-free arm no class without ground holds a day, an entry, an exposure, a denial or a fine."""
    names, counts = twins
    e = names.index(ERROR_FREE)
    wrong = slice(STALE, INDUCED + 1)
    assert class_days(counts)[e][:, wrong].sum() == class_days(counts)[e][:, SPARED].sum() == 0
    for name in ("entries", "exposures", "denials", "fines", "ever"):
        assert counts[name][e][..., wrong].sum() == 0, name
    assert counts["durations"][e, wrong].sum() == 0 < counts["entries"][e].sum()
    assert class_days(counts)[names.index(SCHEME)][:, MISTAKEN : GROUND_UNMET + 1].sum() > 0


def test_alone_nobody_is_sanctioned_for_another(twins: tuple[list[str], Counted]) -> None:
    """In the arm without ties there is no collateral, which the scheme itself has."""
    names, counts = twins
    a, s = names.index(ALONE), names.index(SCHEME)
    for name in ("entries", "exposures", "denials", "ever"):
        assert counts[name][a][..., COLLATERAL].sum() == 0, name
    assert class_days(counts)[a][:, COLLATERAL].sum() == counts["bound_days"][a].sum() == counts["ties_dropped"][a].sum() == 0
    assert class_days(counts)[s][:, COLLATERAL].sum() > 0 and counts["bound_days"][s].sum() > 0


def test_the_four_parts_are_the_difference_in_every_group(twins: tuple[list[str], Counted]) -> None:
    """Wrong less spared plus induced less displaced days: those of the scheme, without copies, less those without error."""
    names, counts = twins
    s, e, a = (names.index(name) for name in (SCHEME, ERROR_FREE, ALONE))
    days = class_days(counts)[:, :, STALE + 1 : SPARED].sum(axis=-1)
    split = counts["split"][s]
    assert (days[s] - days[e] == split[:, 0] - split[:, 1] + split[:, 2] - split[:, 3]).all()
    assert (days[s] - days[a] == counts["tied"][s][:, 0] - counts["tied"][s][:, 1]).all()
    assert split.sum() > 0 and (days[s] != days[e]).any()
    by_class = class_days(counts)[s]
    assert (split[:, 0] == by_class[:, STALE + 1 : INDUCED].sum(axis=-1)).all()
    # A day that the clean ledger holds and error-free life does not is error-induced, unless the scheme spares it.
    assert (by_class[:, INDUCED] <= split[:, 2]).all() and (split[:, 2] <= by_class[:, INDUCED] + split[:, 1]).all()
