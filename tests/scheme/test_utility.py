"""Silence by utility against Daymude, Axelrod & Forrest (2025): the rule of the single person, and the whole population."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.scheme.compile_responses import utility_table
from glasshouse.scheme.people import SilenceByUtility
from glasshouse.scheme.tables import SILENCE_STEPS
from glasshouse.scheme.utility import expressed_share, truncated_exponential

from .whole import BY_UTILITY, value

STEPS = [(i + 0.5) / SILENCE_STEPS for i in range(SILENCE_STEPS)]


def block(**given: Any) -> SilenceByUtility:
    numbers = {k: value(v, unit="times") for k, v in given.items() if k != "sanctions"}
    return SilenceByUtility.model_validate({**BY_UTILITY, **given, **numbers})


@pytest.mark.parametrize(("mean", "scale"), [(0.25, 0.2782793)])
def test_the_rate_of_the_truncated_exponential(mean: float, scale: float) -> None:
    """The scale they give: a tenth of the mass lies below `x` where (1 - e^(-x/scale)) / (1 - e^(-1/scale)) = 0.1."""
    (x,) = truncated_exponential(mean, [0.1])
    assert (1 - np.exp(-x / scale)) / (1 - np.exp(-1 / scale)) == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize("mean", [0.001, 0.05, 0.25, 0.4999, 0.5, 0.75, 0.97])
def test_means_of_the_truncated_exponential(mean: float) -> None:
    quantiles = truncated_exponential(mean, [(i + 0.5) / 20_000 for i in range(20_000)])
    assert np.mean(quantiles) == pytest.approx(mean, rel=2e-3)
    assert (np.diff(quantiles) > 0).all()
    assert 0 < quantiles[0] < quantiles[-1] < 1


def test_nobody_wishes_anything() -> None:
    assert truncated_exponential(0, [0.1, 0.9]) == [0, 0]
    assert set(utility_table(block(desire=0)).tolist()) == {2**32}


def test_one_person_uniform() -> None:
    """Their Fig. 1A: boldness 1, watched 0.2, tolerated 0.25, sanction 0.6; defies from a desire of 0.7115385."""
    b = block(watched=0.2, tolerated=0.25, sanction=0.6, sanctions="uniform")
    assert expressed_share(b, 0.2, 1.0) == 1
    assert expressed_share(b, 0.7115384, 1.0) == pytest.approx(0.25 / 0.7115384)
    assert expressed_share(b, 0.7115386, 1.0) == 1


def test_one_person_proportional() -> None:
    """Their Fig. 2A: as above with sanction 1; says at most 0.625."""
    b = block(watched=0.2, tolerated=0.25, sanction=1, sanctions="proportional")
    assert expressed_share(b, 0.6, 1.0) == 1
    assert expressed_share(b, 0.9, 1.0) == pytest.approx(0.625 / 0.9)
    assert expressed_share(b, 0.9, 0.0) == pytest.approx(0.25 / 0.9)


def worth(b: SilenceByUtility, desire: float, boldness: float, act: float) -> float:
    """The utility that a person maximises, as published."""
    tolerated, sanction, watched = b.tolerated.value, b.sanction.value, b.watched.value
    over = float(act > tolerated) if b.sanctions == "uniform" else max(0.0, act - tolerated)
    return -boldness * (desire - act) - (watched + (1 - watched) * act) * sanction * over


@pytest.mark.parametrize("sanctions", ["uniform", "proportional"])
@pytest.mark.parametrize("watched", [0, 0.3, 1])
@pytest.mark.parametrize("sanction", [0, 0.4, 2])
def test_nothing_else_would_be_worth_more(sanctions: str, watched: float, sanction: float) -> None:
    """Against a grid of everything a person could say."""
    b = block(watched=watched, tolerated=0.2, sanction=sanction, sanctions=sanctions)
    for desire in (0.1, 0.21, 0.5, 0.93):
        for boldness in (0.05, 0.6, 3.0):
            said = desire * expressed_share(b, desire, boldness)
            best = max(worth(b, desire, boldness, act) for act in np.linspace(0, desire, 400))
            assert worth(b, desire, boldness, said) >= best - 1e-9
            assert 0 <= said <= desire


@pytest.mark.parametrize(
    ("watched", "defy", "censor", "expressed"), [(0.1, 0.093423, 0.297044, 0.194840), (0.5, 0.066720, 0.323746, 0.188881)]
)
def test_shares_of_the_population(watched: float, defy: float, censor: float, expressed: float) -> None:
    """Desire 0.25, boldness 2, tolerated 0.25, sanction 1, uniform; to within the steps of the table."""
    table = utility_table(block(watched=watched)).reshape(SILENCE_STEPS, SILENCE_STEPS) / 2**32
    desire = np.array(truncated_exponential(0.25, STEPS))[:, None]
    assert desire.mean() == pytest.approx(0.25, abs=2e-4)
    assert (table * desire).mean() == pytest.approx(expressed, abs=1e-3)
    more = np.broadcast_to(desire > 0.25, table.shape)
    assert ((table == 1) & more).mean() == pytest.approx(defy, abs=1 / SILENCE_STEPS)
    assert ((table < 1) & more).mean() == pytest.approx(censor, abs=1 / SILENCE_STEPS)


def test_bolder_people_say_no_less() -> None:
    for sanctions in ("uniform", "proportional"):
        table = utility_table(block(sanctions=sanctions)).reshape(SILENCE_STEPS, SILENCE_STEPS)
        assert (np.diff(table, axis=1) >= 0).all()
