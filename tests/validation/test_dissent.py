"""The published choice of what to say, by search and by integral; what a population of the product holds of it."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest

from glasshouse.validation import dissent as D
from validation.adaptive_authority import SETTINGS, Published, acts, wishes

FINE = np.linspace(0, 1, 20_001)


def best(it: D.Setting, desire: float, boldness: float) -> float:
    """What is worth most of all that someone could say, by looking at each."""
    a = FINE * desire
    if it.sanctions == "uniform":
        sanction = it.sanction * (a > it.tolerated)
        a = np.append(a, min(it.tolerated, desire))  # a search by steps would miss the edge
        sanction = np.append(sanction, 0.0)
    else:
        sanction = it.sanction * np.maximum(a - it.tolerated, 0)
    worth = -boldness * (desire - a) - (it.watched + (1 - it.watched) * a) * sanction
    return float(a[worth.argmax()])


def test_numbers_of_the_population() -> None:
    """Found apart from this code: comply, censor themselves, defy; means of what is said and of the sanction."""
    assert astuple(D.in_theory(D.FEW_WATCHED))[:5] == pytest.approx((0.609533, 0.297044, 0.093423, 0.194840, 0.059423), abs=1e-6)
    often = D.in_theory(D.MANY_WATCHED)
    assert (often.defy, often.censor, often.said) == pytest.approx((0.066720, 0.323746, 0.188881), abs=1e-6)


def test_integrals_and_steps_and_search_agree() -> None:
    """A hundred thousand people who each search for what is best say on average what the integral says."""
    rng = np.random.default_rng(7)
    it = D.FEW_WATCHED
    wish, bold = wishes(rng, 100_000), rng.exponential(it.boldness, 100_000)
    said = acts(Published(it.boldness, grows=False), wish, bold, np.array([it.tolerated, it.sanction, it.watched]))
    assert said.mean() == pytest.approx(D.in_theory(it).said, abs=4 * said.std() / np.sqrt(100_000))
    assert D.in_steps(it).said == pytest.approx(D.in_theory(it).said, abs=2e-4)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_replication_says_what_is_best(name: str) -> None:
    rng = np.random.default_rng(8)
    published = SETTINGS[name]
    it = D.Setting(watched=0.3, sanction=0.9, sanctions="proportional" if published.grows else "uniform")
    wish, bold = rng.random(60), rng.exponential(1.0, 60)
    found = acts(published, wish, bold, np.array([it.tolerated, it.sanction, it.watched]))
    assert found == pytest.approx([best(it, d, b) for d, b in zip(wish, bold, strict=True)], abs=1e-4)


def test_mean_desire_after_the_cut() -> None:
    middle = (np.arange(1_000_000) + 0.5) / 1_000_000
    assert D.cut_off(middle).mean() == pytest.approx(0.25, abs=1e-6)
    assert D.cut_off_after(middle).mean() < 0.235
