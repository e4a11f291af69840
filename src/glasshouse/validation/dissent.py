"""What people say of what they wish to say, against Daymude, Axelrod and Forrest, Strategic Analysis of Dissent and Self-Censorship (2025).

In that model a person of some desire and boldness says what is best for them, given what is tolerated, how closely they are watched and how
hard what is seen is sanctioned. The product has the same choice: its self-censorship by utility. A population is lived for a year with many
occasions to speak; who has let one pass censors themselves, who has not complies or defies. What a person says is what they wish, times
the share of occasions that they took.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import state
from glasshouse.scheme import compile_responses
from glasshouse.scheme.people import SilenceByUtility
from glasshouse.scheme.utility import expressed_share
from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.estimates import mean_of
from glasshouse.validation.live import Counted, machine
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, YEAR, scheme, world
from glasshouse.validation.values import Block, share, times
from glasshouse.world.draws import TRAIT, philox_plain

Floats = NDArray[np.float64]
MODEL = ("daymude-2025",)
STEPS = 64  # of desire, and of boldness, in the product
OCCASIONS = 200.0  # to speak, a person and year
TOWN = 4000
NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)


@dataclass(frozen=True)
class Setting:
    """An authority's policy (published letters: tau, psi, nu) and a population's mean boldness; mean desire is a quarter."""

    boldness: float = 2.0
    watched: float = 0.1
    tolerated: float = 0.25
    sanction: float = 1.0
    sanctions: str = "uniform"
    right_wishes: bool = True  # desire has its mean after it is cut off at one
    seed: int = 701

    def wishes(self, u: Floats) -> Floats:
        """Quantiles of desire."""
        return cut_off(u) if self.right_wishes else cut_off_after(u)

    def block(self) -> Block:
        """As a scheme states it."""
        return {
            "kind": "utility", "categories": ["act"], "desire": share(MEAN_DESIRE, "adult"), "boldness": times(self.boldness),
            "watched": share(self.watched), "sanction": times(self.sanction), "tolerated": share(self.tolerated),
            "sanctions": self.sanctions,
        }  # fmt: skip


# What theory says ------------------------------------------------------------------------------------------------------------------------

MEAN_DESIRE = 0.25


@cache
def scale_of(mean: float) -> float:
    """Scale of the exponential that, cut off at 1, has this mean."""
    low, high = mean, 100.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if middle - 1 / math.expm1(1 / middle) < mean else (low, middle)
    return low


def cut_off(u: Floats) -> Floats:
    """Quantiles of desire: an exponential cut off at 1, with a mean of a quarter."""
    return np.asarray(-scale_of(MEAN_DESIRE) * np.log1p(u * math.expm1(-1 / scale_of(MEAN_DESIRE))))


def cut_off_after(u: Floats) -> Floats:
    """An exponential with a mean of a quarter before it is cut off."""
    return np.asarray(-MEAN_DESIRE * np.log1p(u * math.expm1(-1 / MEAN_DESIRE)))


@dataclass(frozen=True)
class Population:
    """Shares of those who comply, censor themselves and defy; means of what is said, of the sanction borne, of the share left unsaid."""

    comply: float
    censor: float
    defy: float
    said: float
    punished: float
    unsaid: float


def in_theory(it: Setting) -> Population:
    """Uniform sanctions, by integrals: of desire d, those defy whose boldness makes up for the expected sanction."""
    scale, tolerated = scale_of(MEAN_DESIRE), it.tolerated

    def integral(of: Callable[[Floats], Floats], low: float, high: float) -> float:
        d = low + (high - low) * (NODES + 1) / 2
        density = np.exp(-d / scale) / scale / -math.expm1(-1 / scale)
        return float((WEIGHTS * density * of(d)).sum() * (high - low) / 2)

    def risk(d: Floats) -> Floats:
        return it.sanction * (it.watched + (1 - it.watched) * d)

    def defies(d: Floats) -> Floats:
        return np.exp(-risk(d) / (d - tolerated) / it.boldness)

    defy = integral(defies, tolerated, 1)
    comply = integral(np.ones_like, 0, tolerated)
    said = integral(lambda d: d, 0, tolerated) + integral(lambda d: tolerated + defies(d) * (d - tolerated), tolerated, 1)
    punished = integral(lambda d: defies(d) * risk(d), tolerated, 1)
    unsaid = integral(lambda d: (1 - defies(d)) * (1 - tolerated / d), tolerated, 1)
    return Population(comply, 1 - comply - defy, defy, said, punished, unsaid)


def in_steps(it: Setting) -> Population:
    """The same for 64 steps of desire and 64 of boldness and so many occasions, by comparing what either choice is worth."""
    middle = (np.arange(STEPS) + 0.5) / STEPS
    d, bold = np.meshgrid(it.wishes(middle), -it.boldness * np.log1p(-middle), indexing="ij")
    risk = it.sanction * (it.watched + (1 - it.watched) * d)
    above = d > it.tolerated
    defies = above & (bold * (d - it.tolerated) > risk)
    unsaid = np.where(above & ~defies, 1 - it.tolerated / d, 0)
    noticed = -np.expm1(-OCCASIONS * unsaid)  # chance that an occasion was let pass
    censor = float(noticed.mean())
    defy = float((above * (1 - noticed)).mean())
    punished = float((above * (1 - noticed) * risk).mean())
    return Population(1 - censor - defy, censor, defy, float((d * (1 - unsaid)).mean()), punished, float(unsaid.mean()))


# What is lived ---------------------------------------------------------------------------------------------------------------------------


def wishing(it: Setting) -> AbstractContextManager[object]:
    """The product's quantiles of desire, or mistaken ones."""
    if it.right_wishes:
        return nullcontext()
    return patch.object(compile_responses, "truncated_exponential", lambda _, u: it.wishes(np.array(u)).tolist())


@dataclass(frozen=True, eq=False)
class Lived:
    """Of each person: what they wish to say, and how many occasions they let pass; and the counts of the run."""

    wish: Floats
    passed: NDArray[np.int64]
    counts: Counted


@cache
def lived(it: Setting, people: int) -> Lived:
    """A year of so many people, each with the same rate of occasions."""
    acts = OCCASIONS * RATE_YEAR / YEAR
    changes = {"responses": {"aware": share(1, "adult"), "silence": it.block()}}
    with wishing(it):
        run = machine(world(acts, changes={"town_size": TOWN}), scheme(seen=0, changes=changes), people=people, seed=it.seed, followup=0)
    counts, _, log = run.live(0, run.towns, log_lines=round(people * OCCASIONS))
    lines = log[1 : int(log[0]["day"]) + 1]
    forgone = lines[(lines["what"] == state.LOG_FORGONE) & (lines["day"] < YEAR)]
    passed = np.bincount(forgone["pid"], minlength=people)
    step = np.array([philox_plain(it.seed, pid, 1, TRAIT)[2] >> 26 for pid in range(people)])
    return Lived(it.wishes((step + 0.5) / STEPS), passed, run.layout.view(counts))


def comply(it: Setting, lives: Lived) -> Floats:
    """Who wishes no more than is tolerated and let nothing pass."""
    return np.asarray((lives.wish <= it.tolerated) & (lives.passed == 0), float)


def censor(_: Setting, lives: Lived) -> Floats:
    """Who let an occasion pass."""
    return (lives.passed > 0).astype(float)


def defy(it: Setting, lives: Lived) -> Floats:
    """Who wishes more than is tolerated and let nothing pass."""
    return np.asarray((lives.wish > it.tolerated) & (lives.passed == 0), float)


def said(_: Setting, lives: Lived) -> Floats:
    """What each says: what they wish, times the share of occasions taken (of as many as all have on average)."""
    return np.asarray(lives.wish * (1 - lives.passed / OCCASIONS))


def punished(it: Setting, lives: Lived) -> Floats:
    """What each has to expect: who defies is seen in proportion to what they say."""
    return np.asarray(defy(it, lives) * it.sanction * (it.watched + (1 - it.watched) * lives.wish))


Of = Callable[[Setting, Lived], Floats]


def over_people(it: Setting, of: Of) -> Measure:
    """A mean over people, who decide alone."""
    return lambda size: mean_of(of(it, lived(it, 16_000 if size is Size.QUICK else 64_000)), "people")


def unsaid(it: Setting) -> Measure:
    """Acts left undone among all that lives hold, from the run's tallies; its standard error from person to person."""

    def measure(size: Size) -> Found:
        lives = lived(it, 16_000 if size is Size.QUICK else 64_000)
        rough = mean_of(lives.passed / OCCASIONS)
        return Found(float(lives.counts["forgone_acts"][0].sum() / lives.counts["acts"].sum()), rough.standard_error, rough.runs, "people")

    return measure


def turning_point(it: Setting, boldness: float) -> float:
    """The least desire from which someone of this boldness says all of it, by the product's own formula."""
    law = SilenceByUtility.model_validate(it.block())
    low, high = it.tolerated, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if expressed_share(law, middle, boldness) == 1 else (middle, high)
    return high


def most_said(it: Setting, boldness: float) -> float:
    """What someone of this boldness says who wishes to say all there is, by the product's own formula."""
    return expressed_share(SilenceByUtility.model_validate(it.block()), 1.0, boldness)


# Rows ------------------------------------------------------------------------------------------------------------------------------------

FEW_WATCHED, MANY_WATCHED = Setting(), Setting(watched=0.5, seed=702)
FIGURE_1A = Setting(watched=0.2, sanction=0.6)
FIGURE_2A = Setting(watched=0.2, sanctions="proportional")
STEPS_WHY = (
    "the product holds desire and boldness in 64 steps each, and by chance who censors themselves may let nothing pass in a year: the "
    "published choice, made for each of the steps, lies that far off"
)
MISTAKES: dict[str, tuple[str, dict[str, Any]]] = {
    "always seen": ("Everything said is seen, instead of more of it the more is said.", {"watched": 1.0}),
    "proportional": ("The sanction grows with what exceeds the tolerated.", {"sanctions": "proportional"}),
    "mean before the cut": ("Desire has its mean before it is cut off at one.", {"right_wishes": False}),
}  # fmt: skip


def mistaken(it: Setting, name: str, of: Of) -> Wrong:
    """A wrong variant of a setting."""
    text, changed = MISTAKES[name]
    return Wrong(name, text, over_people(replace(it, **changed), of))


def population_row(name: str, title: str, it: Setting, what: str, unit: str, of: Of, wrong: tuple[str, ...]) -> Row:
    """A row about the people of a setting."""
    target = getattr(in_theory(it), what)
    return Row(
        name, Table.MODELS, title, target, unit, MODEL, Origin.RECOMPUTED, Through.PRODUCT, ("silence",), over_people(it, of),
        tuple(mistaken(it, one, of) for one in wrong), bias=abs(getattr(in_steps(it), what) - target), bias_why=STEPS_WHY,
    )  # fmt: skip


PEOPLE = "Mean boldness 2, sanction 1, a quarter tolerated, watched"
ALL = "of all there is"
BEFORE, SEEN, GROWS = "mean before the cut", "always seen", "proportional"
LITTLE, MUCH = f"{PEOPLE} 0.1:", f"{PEOPLE} 0.5:"
POPULATION = (
    population_row("dissent-comply", f"{LITTLE} share who comply", FEW_WATCHED, "comply", "share", comply, (BEFORE,)),
    population_row("dissent-censor", f"{LITTLE} share who censor themselves", FEW_WATCHED, "censor", "share", censor, (SEEN, BEFORE)),
    population_row("dissent-defy", f"{LITTLE} share who defy", FEW_WATCHED, "defy", "share", defy, (SEEN, GROWS)),
    population_row("dissent-said", f"{LITTLE} mean of what is said (0.25 is wished)", FEW_WATCHED, "said", ALL, said, (SEEN, BEFORE)),
    population_row("dissent-punished", f"{LITTLE} mean sanction to expect", FEW_WATCHED, "punished", "sanctions", punished, (SEEN,)),
    population_row("dissent-watched-censor", f"{MUCH} share who censor themselves", MANY_WATCHED, "censor", "share", censor, (BEFORE,)),
    population_row("dissent-watched-defy", f"{MUCH} share who defy", MANY_WATCHED, "defy", "share", defy, (GROWS,)),
    population_row("dissent-watched-said", f"{MUCH} mean of what is said", MANY_WATCHED, "said", ALL, said, (BEFORE,)),
)
UNSAID = in_theory(FEW_WATCHED).unsaid
ONE_PERSON = (
    Row(
        "dissent-unsaid", Table.MODELS, f"{LITTLE} share of acts left undone", UNSAID, "share of acts", MODEL, Origin.RECOMPUTED,
        Through.PRODUCT, ("silence",), unsaid(FEW_WATCHED), (Wrong(SEEN, MISTAKES[SEEN][0], unsaid(replace(FEW_WATCHED, watched=1.0))),),
        bias=abs(in_steps(FEW_WATCHED).unsaid - UNSAID), bias_why=STEPS_WHY,
    ),
    Row(
        "dissent-figure-1a", Table.MODELS, "Boldness 1, uniform sanction 0.6: the desire from which someone defies", 0.37 / 0.52, "desire",
        MODEL, Origin.CODE, Through.FORMULA, ("silence",), lambda _: Found(turning_point(FIGURE_1A, 1.0)),
        (Wrong("not watched", "Only what is said gives one away.", lambda _: Found(turning_point(replace(FIGURE_1A, watched=0.0), 1.0))),),
    ),
    Row(
        "dissent-figure-2a", Table.MODELS, "Boldness 1, proportional sanction 1: the most that someone says", 0.625, ALL, MODEL,
        Origin.CODE, Through.FORMULA, ("silence",), lambda _: Found(most_said(FIGURE_2A, 1.0)),
        (Wrong("uniform", "The sanction is one size.", lambda _: Found(most_said(replace(FIGURE_2A, sanctions="uniform"), 1.0))),),
    ),
)  # fmt: skip
ROWS: tuple[Row, ...] = (*POPULATION, *ONE_PERSON)


# Pictures --------------------------------------------------------------------------------------------------------------------------------


def drawn_one(it: Setting, published: Callable[[float], float]) -> tuple[Series, ...]:
    """What someone of boldness 1 says by what they wish: the published choice, and the product's formula."""
    law = SilenceByUtility.model_validate(it.block())
    fine = tuple(i / 200 for i in range(1, 201))
    wishes = tuple(i / 40 for i in range(1, 41))
    return (
        Series("", Kind.THEIRS, "the published choice", fine, tuple(published(d) for d in fine)),
        Series("", Kind.OURS, "Glasshouse", wishes, tuple(d * expressed_share(law, d, 1.0) for d in wishes)),
    )


def drawn_town() -> tuple[Series, ...]:
    """Mean of what people say by what they wish: the integral over boldness, and people lived."""
    it = FEW_WATCHED
    lives = lived(it, 16_000)
    wishes = np.unique(lives.wish)
    ours = tuple(float(said(it, lives)[lives.wish == d].mean()) for d in wishes)
    above = np.maximum(wishes - it.tolerated, 1e-12)
    bold = np.exp(-it.sanction * (it.watched + (1 - it.watched) * wishes) / above / it.boldness)
    theory = np.where(wishes <= it.tolerated, wishes, it.tolerated + bold * above)
    at = tuple(wishes.tolist())
    return (
        Series("", Kind.THEIRS, "the published model, averaged over boldness", at, tuple(theory.tolist())),
        Series("", Kind.OURS, "Glasshouse, 16,000 people", at, ours),
    )


def figure_1a(d: float) -> float:
    """All of it up to the tolerated and from the turning point on, else the tolerated."""
    return d if d <= 0.25 or d >= 0.37 / 0.52 else 0.25


WISH, SAID = "what someone wishes to say (0: nothing, 1: most)", "what they say"
PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "dissent-figure-1a", Table.MODELS, "One sanction for all: all of it, or what is tolerated", WISH, SAID,
        "Daymude et al. 2025, the setting of their figure 1A. Someone of boldness 1 says all they wish where it is tolerated, then no more "
        "than what is tolerated, and all of it again once they wish for enough.",
        lambda: drawn_one(FIGURE_1A, figure_1a),
    ),
    Drawing(
        "dissent-figure-2a", Table.MODELS, "A sanction that grows with what is said: up to a point", WISH, SAID,
        "Daymude et al. 2025, the setting of their figure 2A. Where the sanction grows with what is said, nobody goes beyond a point.",
        lambda: drawn_one(FIGURE_2A, lambda d: min(d, 0.625)),
    ),
    Drawing(
        "dissent-population", Table.MODELS, "A population of mean boldness 2: what is said on average",
        "what people wish to say (0: nothing, 1: most)", "mean of what they say",
        "Daymude et al. 2025, lived by a population that differs in boldness: of what goes beyond the tolerated "
        "quarter, about half or more is not said.",
        drawn_town,
    ),
)  # fmt: skip
