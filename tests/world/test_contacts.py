"""Measures of ties, and homophily of conduct: alike along ties, and nowhere else."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.files.errors import InputError
from glasshouse.world.check import world_problems
from glasshouse.world.compile import compile_world
from glasshouse.world.contacts import correlation, describe, measures, together
from glasshouse.world.draws import TIES, TRAIT, philox_plain
from glasshouse.world.people import slot_groups, town_people
from glasshouse.world.ties import alike_layer, first_thresholds, homophilous_word, layer_blocks

from ..made_up import made_up_world, number

word = st.integers(0, 2**32 - 1)
threshold = st.integers(0, 2**32)


def layer(size: int, homophily: float | None) -> dict[str, Any]:
    stated = {} if homophily is None else {"conduct_homophily": number(homophily, "person")}
    return {"size": {"value": size, "unit": "people"}, "segregation": number(0.2, "household")} | stated


def town(*homophily: float | None, people: int = 6000) -> Any:
    """A town with layers of blocks of 16, 8, 8, .. people and this homophily."""
    layers = {f"layer-{i}": layer(8 if i else 16, h) for i, h in enumerate(homophily)}
    return made_up_world({"town_size": {"value": people, "unit": "people"}, "layers": layers})


def people_of(*homophily: float | None, seed: int = 7, people: int = 6000) -> Any:
    return town_people(compile_world(town(*homophily, people=people)), seed, 0, people)


def test_measures_by_hand() -> None:
    """A triangle 0-1-2 in one group and a pair 3-4 across groups: degrees 2, 2, 2, 1, 1; all two-step paths are closed."""
    ties = together(np.array([0, 0, 0, 1, 1]))
    m = measures(ties, np.array([0, 0, 0, 0, 1]), np.array([0, 0, 0, 1, 1]))
    assert m["mean_degree"] == 8 / 5
    assert m["degree_sd"] == pytest.approx(0.24**0.5)  # mean square 14 / 5, less 64 / 25
    assert m["clustering"] == 1
    assert m["within_group"] == 6 / 8
    assert m["random_mixing"] == 12 / 20
    assert m["conduct_homophily"] == pytest.approx(1)


def test_clustering_of_a_path_and_a_triangle_by_hand() -> None:
    """Two layers: pairs (0, 1), (2, 3) and (1, 2), (3), (0): the path 0-1-2-3 has no triangle."""
    path = together(np.array([0, 0, 1, 1])) + together(np.array([2, 0, 0, 1]))
    assert measures(path > 0, np.zeros(4, dtype=np.int64), np.arange(4))["clustering"] == 0


def test_correlation_by_hand() -> None:
    # a pair of 0 and 1 seen from both ends: one is high where the other is low
    assert measures(together(np.array([0, 0])), np.zeros(2, dtype=np.int64), np.array([0, 1]))["conduct_homophily"] == pytest.approx(-1)
    assert correlation(np.array([4, 4]), np.array([1, 2])) == 0
    assert correlation(np.zeros(0), np.zeros(0)) == 0


@given(st.tuples(word, word, word, word), st.tuples(threshold, threshold, threshold, threshold), word, word)
def test_the_first_layer_that_says_so(words: Any, thresholds: Any, own: int, shared: int) -> None:
    says = [i + 1 for i, (w, h) in enumerate(zip(words, thresholds, strict=True)) if w < h]
    here = alike_layer(*words, *thresholds)
    assert here == (says[0] if says else 0)
    assert homophilous_word(here, own, shared) == (shared if says else own)


@numba.njit  # type: ignore[untyped-decorator]
def compiled(words: Any, h: Any) -> Any:
    out = np.empty(words.shape[0], np.int64)
    for i in range(words.shape[0]):
        w = words[i]
        out[i] = homophilous_word(alike_layer(w[0], w[1], w[2], w[3], h[0], h[1], h[2], h[3]), w[0], w[3])
    return out


def test_compiled_is_the_same() -> None:
    words = np.random.default_rng(1).integers(0, 2**32, (300, 4))
    h = np.array([2**30, 2**31, 0, 2**32])
    assert compiled(words, h).tolist() == compiled.py_func(words, h).tolist()


def test_none_and_zero_are_number_for_number_the_same() -> None:
    """Also in two layers, and where only another layer has some: the rest of a person never changes."""
    absent, zero, some = people_of(None, None), people_of(0.0, 0.0), people_of(0.0, 0.6)
    assert (absent == zero).all()
    assert (absent["propensity"] != some["propensity"]).any()
    for name in set(absent.dtype.names) - {"propensity", "visibility"}:
        assert (absent[name] == some[name]).all(), name


def test_it_is_the_draw_of_design_005() -> None:
    wt, seed, n = compile_world(town(0.3, 0.5)), 11, 6000
    people, groups = town_people(wt, seed, 2, n), slot_groups(wt, n)
    blocks = [layer_blocks(wt, groups, seed, 2, number) for number in (1, 2)]
    taken = np.zeros(3, dtype=np.int64)
    for local in range(0, n, 7):
        pid, home = 2 * n + local, people["home"][local]
        words, expected = philox_plain(seed, pid, 2, TRAIT), philox_plain(seed, pid, 0, TRAIT)[0]
        says = [i for i in (0, 1) if words[i] < wt.layer_homophily[i]]
        if says:
            expected = philox_plain(seed, 2, ((says[0] + 1) << 24) + int(blocks[says[0]][home]), TIES)[1]
        taken[says[0] + 1 if says else 0] += 1
        assert people["propensity"][local] == wt.propensity[expected >> 22]
    assert taken.min() > 100  # own, first layer, second layer


@pytest.mark.parametrize("homophily", [(0.4,), (0.0, 0.4), (0.5, 0.5)])
def test_no_marginal_changes(homophily: tuple[float, ...]) -> None:
    """The distribution of propensity over many towns is the table's, with homophily and without.

    Means over 60 towns of 600 people, compared with their own standard error over towns (the towns' people are alike by blocks, so
    people are no independent draws): five of them, a false alarm below one in 100,000 for each of the four quarters.
    """
    wt = compile_world(town(*homophily, people=600))
    quarters = np.quantile(wt.propensity, [0.25, 0.5, 0.75])
    shares = np.array(
        [np.bincount(np.searchsorted(quarters, town_people(wt, 3, t, 600)["propensity"]), minlength=4) / 600 for t in range(60)]
    )
    error = shares.std(axis=0, ddof=1) / 60**0.5
    assert (np.abs(shares.mean(axis=0) - 0.25) < 5 * error).all()
    assert error.max() < 0.006  # the test can tell a quarter from a quarter and a tenth


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_alike_along_ties_of_that_layer_only(share: float) -> None:
    """Two of a block are alike iff both take after it: their correlation is the square of the share, and ties elsewhere stay at 0."""
    d = describe(town(0.0, share), seed=5)
    assert d["layer-1"]["conduct_homophily"] == pytest.approx(share**2, abs=0.06)
    assert d["layer-0"]["conduct_homophily"] == pytest.approx(0, abs=0.02)
    assert d["household"]["conduct_homophily"] == pytest.approx(0, abs=0.06)
    assert 0 < d["all"]["conduct_homophily"] < d["layer-1"]["conduct_homophily"]


def test_without_it_nobody_is_alike() -> None:
    d = describe(town(None, None), seed=5)
    assert all(abs(d[name]["conduct_homophily"]) < 0.06 for name in d)


def test_thresholds_by_layer() -> None:
    wt = compile_world(town(0.25, None, 1.0))
    assert wt.layer_homophily.tolist() == [2**30, 0, 2**32]
    assert first_thresholds(wt) == (2**30, 0, 2**32, 0)
    assert first_thresholds(compile_world(town(*[0.0] * 6))) == (0, 0, 0, 0)


def test_more_than_four_layers() -> None:
    """Five layers are possible without homophily, with none above 0; not with it."""
    assert compile_world(town(*[0.0] * 5)).layer_homophily.tolist() == [0] * 5
    assert list(world_problems(town(*[None] * 5))) == []
    with pytest.raises(InputError, match="5 layers of ties; with conduct_homophily above 0 at most 4"):
        compile_world(town(0, 0, 0, 0, 0.1))
    problem = next(iter(world_problems(town(0, 0, 0.1, 0, 0))))
    assert problem.path == ("layers", "layer-2", "conduct_homophily")
    assert list(world_problems(town(0.1, 0, 0, 0.1))) == []
