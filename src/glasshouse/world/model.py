"""The typed world file: invented people, what they do, what they need. Checked like a scheme."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from glasshouse.files.values import Correlation, Count, Factor, Multiple, Rate, Shape, Share, Source, Strict, Term

Context = Literal[
    "court", "finance", "traffic", "public order", "civic", "speech", "tax", "work", "welfare", "travel", "education",
    "housing", "health", "commerce", "family", "platform",
]  # fmt: skip

MOST_ALIKE = 4  # layers in a world where some layer has homophily of conduct: they share the four words of one draw


class HouseholdType(Strict):
    adults: int
    minors: int
    share: Share


class Layer(Strict):
    """A layer of ties: people meet in blocks of this size; `segregation` is the share of blocks that hold one group only.

    `conduct_homophily` is the share of people whose conduct propensity is that of their block here: none if absent.
    """

    size: Count
    segregation: Share
    conduct_homophily: Share | None = None


class Category(Strict):
    """A category of conduct. `rate` per person-year of those named in `who` (roles; `resident` are adults without another role)."""

    text: str
    valence: Literal["unlawful", "lawful", "protected", "commendable", "default"]
    context: Context
    who: list[str]
    rate: Rate
    creates_debt: bool = False
    needs_debt: bool = False


class Need(Strict):
    """An attempt to use a service."""

    text: str
    context: Context
    essential: bool
    who: Literal["adult", "minor"]
    rate: Rate
    cost_of_denial: str


class Visibility(Strict):
    by_group: dict[str, Factor]
    by_income: Annotated[tuple[Factor, Factor, Factor], Field(strict=False)]
    with_conduct: Correlation


class Money(Strict):
    """Ability to pay and standing debts."""

    unable_at_start: Annotated[tuple[Share, Share, Share], Field(strict=False)]
    shock: Annotated[tuple[Rate, Rate, Rate], Field(strict=False)]
    recovery: Rate
    owing_at_start: Share
    payment: Rate  # voluntary, per debt-year while able


class Envelopes(Strict):
    """Upper bounds that belong to the world, so that schemes share one stream of lives (thinning)."""

    payment: Multiple  # largest multiple of the voluntary payment rate
    false_records: Count  # candidate false records per person-year at mean frailty


class World(Strict):
    """An invented population and its life without a scheme."""

    glasshouse: Literal[1]
    extends: str | None = None  # a world that comes with Glasshouse; this file then gives only what differs. A read world has none
    id: str
    name: str
    about: str
    town_size: Count
    history: Term  # days lived under the scheme before counting starts, for a mature start
    groups: dict[str, Share]  # shares; "A", "B" and perhaps "C"
    conduct_by_group: dict[str, Factor]
    households: list[HouseholdType]
    roles: dict[str, Share]  # shares of adults; the rest are `resident`
    layers: dict[str, Layer]
    propensity_shape: Shape
    frailty_shape: Shape
    visibility: Visibility
    conduct: dict[str, Category]
    needs: dict[str, Need]
    money: Money
    envelopes: Envelopes
    sources: dict[str, Source] = {}
