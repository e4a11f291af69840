"""The error-free and the lone scheme, and when a town needs the weekly exchange."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import alone, error_free, exchanges
from glasshouse.world.compile import compile_world

from ..made_up import made_up_scheme, made_up_world
from .whole import BLOCKS, BY_THRESHOLD, BY_UTILITY, value


def compiled(changes: dict[str, Any] | None = None) -> SchemeTables:
    w = made_up_world()
    return compile_scheme(made_up_scheme(changes), w, compile_world(w))


def differing(a: SchemeTables, b: SchemeTables) -> set[str]:
    """Columns that differ, as table.column."""
    out = set()
    for field in fields(SchemeTables):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if isinstance(x, dict):
            out |= {field.name} if x != y else set()
        elif x.dtype.names:
            assert len(x) == len(y)
            out |= {f"{field.name}.{name}" for name in x.dtype.names if (x[name] != y[name]).any()}
        else:
            assert x.shape == y.shape
            out |= {field.name} if (x != y).any() else set()
    return out


TIES = {
    "whole.alpha", "whole.drop_mean", "tie_weight", "list.binds", "list.contact_list", "list.contact_layer", "list.contact_share",
    "list.contact_mean", "item.relatives",
}  # fmt: skip
ERRORS = {"false.cum_0", "false.cum_1", "false.cum_2", "batch.share", "channel.mis_share", "item.checked", "gate.purge", "upheld"}


def test_alone_differs_by_what_comes_through_ties_and_nothing_else() -> None:
    t = compiled(BLOCKS)
    assert differing(t, alone(t)) == TIES
    a = alone(t)
    assert (a.whole["alpha"][0], a.tie_weight.sum(), a.list["binds"].sum()) == (0, 0, 0)
    assert a.list["contact_list"].tolist() == [-1] * 3
    assert a.item["relatives"].tolist() == [-1] * 10


def test_error_free_differs_by_errors_too() -> None:
    t = compiled(BLOCKS)
    e = error_free(t)
    assert differing(t, e) == TIES | ERRORS
    assert [int(e.false[name].sum()) for name in ("cum_0", "cum_1", "cum_2")] == [0, 0, 0]
    assert (e.batch["share"].sum(), e.channel["mis_share"].sum(), e.gate["purge"].sum()) == (0, 0, 0)
    assert set(e.item["checked"].tolist()) == {2**32}
    assert e.upheld[:, 0].tolist() == [0, 0]
    assert e.upheld[:, 1].tolist() == t.upheld[:, 1].tolist()


def test_the_scheme_itself_is_left_as_it_was() -> None:
    t, same = compiled(BLOCKS), compiled(BLOCKS)
    error_free(t)
    alone(t)
    assert differing(t, same) == set()


def test_twice_is_as_good_as_once() -> None:
    t = compiled(BLOCKS)
    assert differing(error_free(t), error_free(error_free(t))) == set()
    assert differing(error_free(alone(t)), error_free(t)) == set()


AWARE = {"aware": value(0.5, per="adult")}
NEEDS_EXCHANGE: dict[str, dict[str, Any]] = {
    **{path: {path: BLOCKS[path]} for path in (
        "association", "rules/items/bill/relatives", "lists/defaulters/binds", "lists/defaulters/contacts", "review", "publicity",
        "rewards",
    )},
    "selection": {"officials": {"selection": BLOCKS["officials"]["selection"]}},
    "attention": {"officials": {"attention": BLOCKS["officials"]["attention"]}},
    "informing": {"responses": {**AWARE, "informing": BLOCKS["responses"]["informing"]}},
    "silence by threshold": {"responses": {**AWARE, "silence": BY_THRESHOLD}},
    "leaving": {"enrolment": {"kind": "opt-in", "share": value(0.5, per="adult"), "leaves": value(0.1, per="listed-week")}},
}  # fmt: skip
NEEDS_NONE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "weight 0": {"association": {**BLOCKS["association"], "weight": value(0, per="person")}},
    "no tie counts": {"association": {**BLOCKS["association"], "over": {"household": 0}}},
    "silence by utility": {"responses": {**AWARE, "silence": BY_UTILITY}},
    "deterrence": {"responses": {**AWARE, "deterrence": BLOCKS["responses"]["deterrence"]}},
    "rewards for all": {"rewards": {"no-deposit": {**BLOCKS["rewards"]["no-deposit"], "zero_sum": False}}},
    "notice": {"notice": BLOCKS["notice"]},
    "campaigns": {"officials": {"campaigns": BLOCKS["officials"]["campaigns"], "discretion": BLOCKS["officials"]["discretion"]}},
    "copies, demand, traps": {path: BLOCKS[path] for path in ("gates/train/holder", "gates/train/demand", "gates/train/trap")},
    "drift and amnesty": {path: BLOCKS[path] for path in ("points/drift", "lists/nuisance/amnesty")},
    "opt-in": {"enrolment": {"kind": "opt-in", "share": value(0.5, per="adult")}},
}


@pytest.mark.parametrize("name", NEEDS_EXCHANGE)
def test_what_needs_the_exchange(name: str) -> None:
    t = compiled(NEEDS_EXCHANGE[name])
    assert exchanges(t) == t.whole["exchanges"][0] == 1


@pytest.mark.parametrize("name", NEEDS_NONE)
def test_what_does_not(name: str) -> None:
    t = compiled(NEEDS_NONE[name])
    assert exchanges(t) == t.whole["exchanges"][0] == 0


@pytest.mark.parametrize("path", ["association", "rules/items/bill/relatives", "lists/defaulters/binds", "lists/defaulters/contacts"])
def test_without_its_ties_a_scheme_needs_no_exchange(path: str) -> None:
    t = compiled({path: BLOCKS[path]})
    assert (alone(t).whole["exchanges"][0], error_free(t).whole["exchanges"][0]) == (0, 0)
    assert isinstance(alone(t).whole["exchanges"], np.ndarray)
