"""The part of a scheme file about ratings that a service asks for, and about scores of risk that rank people."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from glasshouse.files.values import Portion, RiskPoints, Share, Strict, Term

Words = list[str]


class Ratings(Strict):
    """Ratings asked for at each use of a service. With rules that hold for so many `uses` they are a rolling mean."""

    needs: Words
    channel: str
    category: str  # of the low rating that somebody gets for nothing they did
    unfair: dict[str, Share]  # by group: how often that happens, per use; a group that is not named: never
    source: str | None = None


class RiskWeights(Strict):
    """What raises a score of risk; what is left out counts nothing."""

    group: dict[str, RiskPoints] = {}
    income: Annotated[tuple[RiskPoints, RiskPoints, RiskPoints] | None, Field(strict=False)] = None  # by third, the lowest first
    child: RiskPoints | None = None  # a child lives in the household
    record: RiskPoints | None = None  # for each point lost


class Risk(Strict):
    """A score that ranks: every so many weeks the share of people with the highest risk is put on a list."""

    text: str
    list: str
    share: Portion
    every: Term
    weights: RiskWeights
    noise: RiskPoints | None = None  # up to so many risk points more, by chance
    source: str | None = None
