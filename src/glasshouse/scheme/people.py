"""The part of a scheme file that says who takes part, who sees, what is rewarded, what officials do, and how people respond."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Discriminator, Tag

from glasshouse.files.values import Count, Factor, Portion, Share, Strict, Term, Time, Worth

Words = list[str]
Numbers = list[float]


class Publicity(Strict):
    """Lists that others see."""

    lists: Words
    to: Literal["ties", "town"]
    source: str | None = None


class Reward(Strict):
    """What a good grade brings when a need is met. Zero-sum: what some gain, others who ask for the same lose."""

    text: str
    from_grade: str
    needs: Words
    zero_sum: bool
    source: str | None = None


class Enrolment(Strict):
    """Who takes part: everyone, a share of the adults, or whoever meets a need for which it is asked."""

    kind: Literal["mandatory", "opt-in", "tied to a need"]
    share: Share | None = None  # opt-in: of adults
    needs: Words = []
    joins: Share | None = None  # tied to a need: of attempts, the rest forgo it
    leaves: Share | None = None  # per listed-week, not where it is mandatory
    source: str | None = None


class Campaign(Strict):
    """Days of counted time during which a channel sees so many times as much."""

    channel: str
    first: Term
    last: Term
    times: Factor


class Selection(Strict):
    """Every so many weeks the share of people with the lowest points is put on a list."""

    list: str
    share: Portion
    every: Term
    source: str | None = None


class Attention(Strict):
    """Officials look where they found something before. `mended`: what is found counts by how hard it was looked for."""

    channel: str
    districts: Count
    follows: Share
    prior: Count  # finds that each district begins with
    mended: bool
    source: str | None = None


class Officials(Strict):
    """What officials do beyond the rule: campaigns, discretion, selection, attention."""

    campaigns: list[Campaign] = []
    discretion: dict[str, dict[str, Share]] = {}  # by channel and group: acts that are let go
    selection: Selection | None = None
    attention: Attention | None = None
    source: str | None = None


class Restraint(Strict):
    """Acts that people who know of the scheme leave undone. The effect halves every `fades`; None: it stays."""

    categories: Words
    effect: Share
    fades: Time | None


def _one_or_many(v: Any) -> str:
    return "many" if isinstance(v, list) else "one"


Restraints = Annotated[Union[Annotated[Restraint, Tag("one")], Annotated[list[Restraint], Tag("many")]], Discriminator(_one_or_many)]


class NormalThresholds(Strict):
    """Thresholds of speaking spread like a normal distribution over shares of the adults, not truncated."""

    mean: Share
    sd: Share


class ListedThresholds(Strict):
    """Thresholds of speaking as their quantiles, in rising order, each a share of the adults."""

    listed: Numbers
    why: str | None = None
    source: str | None = None


def _thresholds(v: Any) -> str:
    return "listed" if isinstance(v, ListedThresholds) or (isinstance(v, dict) and "listed" in v) else "normal"


Thresholds = Annotated[
    Union[Annotated[NormalThresholds, Tag("normal")], Annotated[ListedThresholds, Tag("listed")]], Discriminator(_thresholds)
]


class SilenceByThreshold(Strict):
    """People speak while enough others do, less what the listed among them frighten away."""

    kind: Literal["threshold"]
    categories: Words
    thresholds: Thresholds
    starts: Literal["everyone", "no one"]
    fear: Factor  # by how much of the adults the share who speak counts less, per share sanctioned


class SilenceByUtility(Strict):
    """People weigh what they wish to say against the sanction and the chance of being seen (Daymude et al. 2025)."""

    kind: Literal["utility"]
    categories: Words
    desire: Share  # mean of an exponential truncated to 0..1
    boldness: Factor  # mean of an exponential
    watched: Share
    sanction: Factor
    tolerated: Share
    sanctions: Literal["uniform", "proportional"]


BY_UTILITY = {"desire", "boldness", "watched", "sanction", "tolerated", "sanctions"}


def _silence(v: Any) -> str:
    if not isinstance(v, dict):
        return "utility" if isinstance(v, SilenceByUtility) else "threshold"
    kind = v.get("kind")
    return "utility" if kind == "utility" or (kind != "threshold" and v.keys() & BY_UTILITY) else "threshold"


Silence = Annotated[
    Union[Annotated[SilenceByThreshold, Tag("threshold")], Annotated[SilenceByUtility, Tag("utility")]], Discriminator(_silence)
]


class TieDropping(Strict):
    """People end ties that cost them more than the ties are worth: an exponential with this mean."""

    value: Worth


class Informing(Strict):
    """People who know of the scheme report to a channel: it sees so many times as much when all adults do."""

    channel: str
    times: Factor


class Responses(Strict):
    """How people respond to the scheme. Each has its own switch: leaving it out."""

    aware: Share  # adults who know from day 0; the others from their first listing, or by publicity
    deterrence: Restraints | None = None
    crowding_out: Restraints | None = None
    silence: Silence | None = None
    tie_dropping: TieDropping | None = None
    informing: Informing | None = None


def restraints(responses: Responses | None) -> list[tuple[str, Restraint]]:
    """Every restraint with the path of its block, deterrence first."""
    out: list[tuple[str, Restraint]] = []
    for key in ("deterrence", "crowding_out"):
        block = getattr(responses, key, None)
        if isinstance(block, list):
            out += [(f"{key}.{i}", one) for i, one in enumerate(block)]
        elif block is not None:
            out.append((key, block))
    return out
