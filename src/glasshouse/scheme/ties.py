"""The part of a scheme file by which a record reaches those who are tied to its subject."""

from __future__ import annotations

from glasshouse.files.values import Portion, Share, Strict, Time

HOUSEHOLD = "household"  # the household where a layer of ties is named


class Association(Strict):
    """A score that takes in the scores of ties: (1 - weight) of one's own and `weight` of their mean."""

    weight: Portion
    over: dict[str, float]  # weight of a tie: `household`, or a layer of the world
    source: str | None = None


class Contacts(Strict):
    """A second list for those tied to the people on this one, until the tie is disproved."""

    list: str
    layer: str
    share: Share
    disproved_after: Time
    source: str | None = None
