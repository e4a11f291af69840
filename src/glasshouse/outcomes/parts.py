"""Which parts a compiled scheme has: what it lacks cannot be measured of it, and is left out rather than printed as 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.scheme.tables import (
    FIX_MONEY,
    MANDATORY,
    NO_NOTICE,
    OPEN_SPEECH,
    TIED_TO_NEED,
    SchemeTables,
)  # fmt: skip
from glasshouse.world.compile import VALENCES
from glasshouse.world.units import SURE

FINES = "fines"
REFUNDS = "refunds"
CLAIMS = "claims of money"
RETURNS = "claims given back"
PRICES = "extra prices"
NOTICE = "notice"
REVIEW = "review"
COPIES = "holders' copies"
TIES = "ties"  # to others, or to a firm
HOUSEHOLD = "bound households"
DROPPING = "dropped ties"
PRIVILEGES = "privileges"
DISPLACED = "displaced attempts"
SILENCE = "silence"
FORGONE_ATTEMPTS = "forgone attempts"
LEAVING = "leaving"
ERRORS = "errors"  # false or wrong records, or grounds that may be unmet
LISTS = "lists"
FREE_TWIN = "error-free twin"  # the arm is compared with one without error
LONE_TWIN = "twin alone"  # likewise with one without ties


def forgone(valence: str) -> str:
    """The part that makes people leave acts of a valence undone."""
    return f"forgone {valence}"


ALL_PARTS = frozenset(
    {FINES, REFUNDS, CLAIMS, RETURNS, PRICES, NOTICE, REVIEW,
     COPIES, TIES, HOUSEHOLD, DROPPING, PRIVILEGES, DISPLACED, SILENCE, FORGONE_ATTEMPTS, LEAVING, ERRORS,
     LISTS, FREE_TWIN, LONE_TWIN, *map(forgone, VALENCES)}
)  # fmt: skip


def parts_of(scheme: SchemeTables, valences: tuple[str, ...], pair: tuple[int, int] = (-1, -1)) -> frozenset[str]:
    """The parts of one arm.

    Parameters
    ----------
    scheme : SchemeTables
        As the engine reads it.
    valences : tuple of str
        By category of conduct.
    pair : (int, int)
        The error-free arm and the arm alone that it is compared with, -1 none.
    """
    has = {**_remedies(scheme), **_ties(scheme), **_responses(scheme), LISTS: len(scheme.list) > 0, ERRORS: _may_err(scheme)}
    held = _held_back(scheme, valences)
    has |= {forgone(v): True for v in held} | {FREE_TWIN: pair[0] >= 0, LONE_TWIN: pair[1] >= 0}
    has[SILENCE] = "protected" in held
    return frozenset(part for part, there in has.items() if there)


def has_ties(scheme: SchemeTables) -> bool:
    """Whether anything in a scheme reaches people through others: ties, or a firm that they answer for."""
    whole = scheme.whole[0]
    listed = np.any(scheme.list["binds"] != 0) or np.any(scheme.list["contact_list"] >= 0)
    items = np.any(scheme.item["relatives"] >= 0) or np.any((scheme.item["firm"] != 0) & brings(scheme))
    return bool(listed or items or (whole["alpha"] > 0 and np.any(scheme.tie_weight > 0)))


def brings(scheme: SchemeTables) -> NDArray[np.bool_]:
    """Which rules bring anything at all; those for firms bring nothing in the arms without error and without ties."""
    items = scheme.item
    return np.asarray(
        (items["points"] != 0) | (items["grade"] >= 0) | (items["list"] >= 0) | (items["fine"] != 0) | (items["claim"] > 0)
    )  # fmt: skip


def _remedies(scheme: SchemeTables) -> dict[str, bool]:
    whole = scheme.whole[0]
    fines, claims, review = bool(np.any(scheme.item["fine"] != 0)), bool(np.any(scheme.item["claim"] > 0)), bool(whole["review"])
    money = review and bool(int(whole["corrects"]) & FIX_MONEY)
    return {
        FINES: fines,
        REVIEW: review,
        REFUNDS: fines and money,
        CLAIMS: claims,
        RETURNS: claims and money,
        PRICES: bool(np.any(scheme.gate["price"] > 0)),
        NOTICE: review or int(whole["notice"]) != NO_NOTICE,
        COPIES: bool(np.any(scheme.gate["purge"] > 0)),
    }


def _ties(scheme: SchemeTables) -> dict[str, bool]:
    return {
        TIES: has_ties(scheme),
        HOUSEHOLD: bool(np.any(scheme.list["binds"] != 0)),
        DROPPING: has_ties(scheme) and bool(scheme.whole["drop_mean"][0] > 0),
    }


def _responses(scheme: SchemeTables) -> dict[str, bool]:
    whole = scheme.whole[0]
    leaving = whole["enrolment"] != MANDATORY and whole["leave"] > 0
    return {
        PRIVILEGES: len(scheme.reward) > 0,
        DISPLACED: bool(np.any(scheme.reward["zero_sum"] != 0)),
        FORGONE_ATTEMPTS: bool(np.any(scheme.gate["demand"] > 0) or whole["enrolment"] == TIED_TO_NEED),
        LEAVING: bool(leaving),
    }


def _held_back(scheme: SchemeTables, valences: tuple[str, ...]) -> set[str]:
    """Valences of the categories that people may leave undone."""
    held = np.any(scheme.restrained != 0, axis=0) if scheme.restrained.size else np.zeros(len(valences), bool)
    if scheme.whole["silence"][0] != OPEN_SPEECH:
        held = held | (scheme.silenced != 0)
    return {valence for valence, yes in zip(valences, held, strict=True) if yes}


def _may_err(scheme: SchemeTables) -> bool:
    false = any(np.any(scheme.false[f"cum_{g}"] > 0) for g in range(3))
    unchecked = np.any((scheme.item["cond"] != 0) & (scheme.item["checked"] < SURE))
    unfair = any(scheme.whole[f"unfair_{g}"][0] > 0 for g in range(3))
    return bool(false or unfair or np.any(scheme.batch["share"] > 0) or np.any(scheme.channel["mis_share"] > 0) or unchecked)
