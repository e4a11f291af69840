"""The targets of the replications on reputation, found again in another way, and the norms beside their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm as normal

from validation import leading_eight, public_ledger
from validation.public_ledger import FEW, MANY, alone, settled

BINS = 100


def test_norms_of_a_shared_list_settle_where_they_were_computed_to() -> None:
    printed = {
        "stern judging": (0.876, 0.932),
        "simple standing": (0.878906, 0.935115),
        "image scoring": (0.5, 0.5),
        "shunning": (0.446429, 0.227273),
    }
    for name, (many, few) in printed.items():
        assert settled(name, MANY) == pytest.approx(many, abs=5e-7)
        assert settled(name, FEW) == pytest.approx(few, abs=5e-7)


def test_closed_forms_of_a_shared_list() -> None:
    act, e = MANY.act, MANY.judgement
    assert settled("stern judging", MANY) == pytest.approx(1 - act - e + 2 * act * e)
    assert settled("simple standing", MANY) == pytest.approx((1 - e) / (1 + act - 2 * act * e))
    assert settled("shunning", MANY) == pytest.approx(e / (act + 2 * e - 2 * act * e))


def test_solitary_observation_settles_where_it_was_computed_to() -> None:
    printed = {"stern judging": 0.5, "simple standing": 0.736328, "image scoring": 0.5, "shunning": 0.112150}
    for name, share in printed.items():
        assert alone(name, MANY) == pytest.approx(share, abs=5e-7)
        moves = [MANY.judgement + (1 - 2 * MANY.judgement) * public_ledger.clean(name, p, MANY) - p for p in np.linspace(0, 1, 1002)]
        assert int((np.diff(np.sign(moves)) != 0).sum()) == 1, "another share that settles"


def test_the_eight_norms_share_what_all_must() -> None:
    tables = {name: leading_eight.judgement(name) + leading_eight.action(name) for name in leading_eight.NORMS}
    assert len({tuple(table) for table in tables.values()}) == 8
    for bad_to_bad_refused, helped, _, good_from_bad, good_to_bad_refused, *rest in (
        leading_eight.judgement(n) for n in leading_eight.NORMS
    ):
        assert (good_from_bad, good_to_bad_refused, rest[1:]) == (1, 1, [0, 1])  # help to the Good is Good, refusal of the Good is Bad
        assert {bad_to_bad_refused, helped} <= {0, 1}
    stern = leading_eight.judgement("L6")
    assert stern == [1, 0, 0, 1] * 2  # good to the Good and bad to the Bad, whoever the donor is


@pytest.mark.parametrize("name", ["L1", "L4", "L6", "L8"])
def test_goodness_solves_the_published_theory(name: str) -> None:
    """The distribution of goodness in a large population, by the theory of Fujimoto and Ohtsuki: our own solver, on a coarse grid."""
    assert solved(name, 0.03, 0.1, leading_eight.GOODNESS_PEOPLE) == pytest.approx(leading_eight.GOODNESS[name], abs=2e-4)


def solved(name: str, act_error: float, view_error: float, people: int) -> float:
    """Mean goodness: how many see a person Good, jointly with how the person sees themselves, renewed act by act until it stays."""
    judges = view_error + (1 - 2 * view_error) * np.array(leading_eight.judgement(name)).reshape(2, 2, 2)
    acts = act_error + (1 - 2 * act_error) * np.array(leading_eight.action(name)).reshape(2, 2)
    at = (np.arange(BINS) + 0.5) / BINS
    spread = np.sqrt(view_error * (1 - view_error) / people)
    maps = [_map(judges[:, :, act], at, spread) for act in (0, 1)]
    now = np.full((2, BINS), 0.5 / BINS)
    for _ in range(500):
        then = np.zeros_like(now)
        for own in (0, 1):
            for view in (0, 1):
                pairs = np.outer(now[own], now.sum(0) * (at if view else 1 - at)).ravel()
                for act in (0, 1):
                    moved = maps[act] @ pairs * (acts[own, view] if act else 1 - acts[own, view])
                    then[1] += moved * judges[own, view, act]
                    then[0] += moved * (1 - judges[own, view, act])
        then /= then.sum()
        if np.abs(then - now).sum() < 1e-8:
            return float(then.sum(0) @ at)
        now = then
    raise AssertionError("does not settle")


def _map(judges: np.ndarray, at: np.ndarray, spread: float) -> np.ndarray:
    """From the goodness of donor and recipient to that of the donor after an act: normal about its mean."""
    donor, to = np.meshgrid(at, at, indexing="ij")
    mean = sum(
        judges[d, r] * (donor if d else 1 - donor) * (to if r else 1 - to) for d in (0, 1) for r in (0, 1)
    )  # fmt: skip
    edges = np.arange(BINS + 1) / BINS
    return np.asarray(np.diff(normal.cdf((edges[:, None] - np.asarray(mean).ravel()) / spread), axis=0))
