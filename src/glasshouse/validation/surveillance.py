"""Officials who look where they found before, against the urn of Ensign, Friedler, Neville, Scheidegger and Venkatasubramanian (2018).

In the urn, each day one of two districts is visited with a chance equal to its share of all that was found so far, and what is found there
is added. In the product a district's share of attention is its share of what was found, weighed anew at each week's end, and an act is seen
with a chance in proportion to it: the same urn, where only the visit is drawn in another way. Three things of the product's files make the
published settings:

- Districts that are alike merge: eight of thirteen districts that begin alike are one colour of an urn that begins with 8 to 5.
- Groups live together, so a district of one group has its own rate of acts.
- A share `1 - follows` of attention that stays even does what incidents reported from everywhere do: with two districts the next find is
  in the first in proportion to `l_a ((1 - follows) + 2 follows p)`; with a share `w` of incidents discovered and the rest reported it is
  `l_a ((1 - w) + w p)`. So `follows = w / (2 - w)`.

The published correction drops a find with a chance that grows with how much its district was watched; the product counts it for less by as
much. Both add, on average, in proportion to what happens.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.state import FOUND
from glasshouse.scheme.model import Scheme
from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.estimates import mean_of
from glasshouse.validation.live import machine, remembered
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, scheme, world
from glasshouse.validation.values import share, times, value
from glasshouse.world.model import World

Floats = NDArray[np.float64]
Of = Callable[[Floats], Floats]
WHOLE = 4096  # one find, as the engine counts it
TOP_1, TOP_2 = 3.68511, 2.816466  # incidents a day in the two busiest districts of the authors' data
TRUE_SHARE = TOP_1 / (TOP_1 + TOP_2)
URN = ("ensign-2018",)


@dataclass(frozen=True)
class Watched:
    """A town under one channel whose officials follow their finds.

    `visits` is the urn's number of visits a week: over all districts, the finds a week at an even watch and a rate of acts of 1.
    """

    prior: int  # finds that each district begins with
    visits: float
    weeks: int = 520
    rates: tuple[float, float] = (1.0, 1.0)  # of districts of group A and of group B
    of_a: int = 1  # districts of group A ...
    districts: int = 2  # ... among so many
    follows: float = 1.0
    mended: bool = False
    seen: float | None = None  # chance that an act is seen at an even watch; None: as high as fits if all attention were on one district
    people: int = 20
    seed: int = 601

    def start(self) -> tuple[float, float]:
        """Finds that the two kinds of district begin with."""
        return float(self.prior * self.of_a), float(self.prior * (self.districts - self.of_a))


def scene(it: Watched) -> tuple[World, Scheme]:
    """World and scheme: groups fill their districts, and so many acts are seen where attention is even as the urn has finds."""
    of_a = it.of_a / it.districts
    groups = {"A": value(of_a, unit="share"), "B": value(1 - of_a, unit="share")}
    seen = it.seen or 1 / it.districts
    acts = it.visits / seen * RATE_YEAR / 7 / it.people
    by_group = {"A": times(it.rates[0]), "B": times(it.rates[1])}
    attention = {
        "channel": "eye", "districts": {"value": it.districts, "unit": "districts"}, "follows": share(it.follows, "capture"),
        "prior": {"value": it.prior, "unit": "records"}, "mended": it.mended,
    }  # fmt: skip
    here = world(acts, changes={"town_size": it.people, "groups": groups, "conduct_by_group": by_group})
    return here, scheme(seen=seen, changes={"officials": {"attention": attention}})


@cache
def finds(it: Watched, towns: int) -> Floats:
    """What was found so far (with what districts began with) in districts of group A and of B, in each of some towns, shape (towns, 2)."""
    here, law = scene(it)
    run = machine(here, law, people=it.people * towns, weeks=it.weeks, seed=it.seed, followup=0)
    out = np.zeros((towns, 2))
    for town in range(towns):
        _, memory = remembered(run, town)
        found = it.prior + np.asarray(memory["now"])[0, FOUND : FOUND + it.districts] / WHOLE
        out[town] = found[: it.of_a].sum(), found[it.of_a :].sum()
    return out


def shares(it: Watched, towns: int) -> Floats:
    """Share of attention of the districts of group A in each town, after the last week."""
    found = finds(it, towns)
    return np.asarray(found[:, 0] / found.sum(axis=1))


# What theory says ------------------------------------------------------------------------------------------------------------------------


def mean_field(start: tuple[float, float], rates: tuple[float, float], visits: float) -> float:
    """Share of the first district after so many visits where chance averages out: `n_a^(1/l_a) / n_b^(1/l_b)` stays what it was."""
    (a0, b0), (la, lb) = start, rates

    def spent(log_a: float) -> float:
        """Visits until the first district has come from `a0` to `a0 exp(log_a)`."""
        return a0 * math.expm1(log_a) / la + b0 * math.expm1(log_a * lb / la) / lb

    low, high = 0.0, 1.0
    while spent(high) < visits:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if spent(middle) < visits else (low, middle)
    a, b = a0 * math.exp(low), b0 * math.exp(low * lb / la)
    return a / (a + b)


def weekly_finds(it: Watched) -> list[tuple[float, float]]:
    """Finds week by week where chance averages out, with attention weighed once a week as the product does, and a share of it even."""
    a, b = it.start()
    out = [(a, b)]
    parts = it.of_a / it.districts, 1 - it.of_a / it.districts
    for _ in range(it.weeks):
        p = a / (a + b)
        a, b = (
            n + it.visits * rate * ((1 - it.follows) * part + it.follows * q)
            for n, rate, part, q in ((a, it.rates[0], parts[0], p), (b, it.rates[1], parts[1], 1 - p))
        )
        out.append((a, b))
    return out


def weekly(it: Watched) -> float:
    """The share after the last week."""
    a, b = weekly_finds(it)[-1]
    return a / (a + b)


def kept(found: Floats) -> Floats:
    """What the mean field conserves: ln(n_a) / l_a - ln(n_b) / l_b."""
    logs = np.log(found)
    return np.asarray(logs[..., 0] / TOP_1 - logs[..., 1] / TOP_2)


def attenuated(discovered: float, rates: tuple[float, float]) -> float:
    """Where the share comes to rest if only some incidents must be discovered and the others are reported: the root of a quadratic."""
    (da, db), (ra, rb) = ([w * rate for rate in rates] for w in (discovered, 1 - discovered))
    a, b = da - db, ra + rb + db - da
    return (-b + math.sqrt(b * b + 4 * a * ra)) / (2 * a)


def follows(discovered: float) -> float:
    """The share of attention that follows finds which does what that share of incidents discovered does (two districts)."""
    return discovered / (2 - discovered)


# Settings --------------------------------------------------------------------------------------------------------------------------------

EVEN = Watched(prior=1, visits=0.2)  # two districts alike, about a hundred finds in ten years
THREE_TO_ONE = replace(EVEN, of_a=3, districts=4, seed=602)
# 608 to 380 stands for the authors' 609 to 379. Ten times the finds on both sides and ten times the visits leave the mean field alone.
TIMES = 10
OAKLAND = Watched(prior=76 * TIMES, visits=1000 * TIMES / 520, rates=(TOP_1, TOP_2), of_a=8, districts=13, seen=0.7, people=130, seed=603)
OAKLAND_LONG = replace(OAKLAND, prior=76, visits=1e5 / 520, people=1300, seed=604)
MENDED = Watched(prior=10, visits=6.0, people=100, rates=(TOP_1, TOP_2), mended=True, seed=605)
HALF_REPORTED = Watched(prior=10, visits=30.0, people=100, rates=(TOP_1, TOP_2), follows=follows(0.5), seed=606)
REPORTED_LESS = replace(HALF_REPORTED, follows=follows(0.6), seed=607)
PUBLISHED_START = (609.0, 379.0)

# How far the law of a hundred finds, weighed in weeks, lies from that of endless finds weighed one by one: computed exactly, week by week,
# by tests/validation/test_surveillance.py, and rounded up.
FEW_FINDS_VARIANCE, FEW_FINDS_BEHIND, FEW_FINDS_APART = 0.0036, 0.0074, 0.0095
FEW_FINDS = (
    "a hundred finds instead of endlessly many, and attention weighed once a week instead of after each find: the law of such an urn, "
    "computed exactly week by week, lies no further off"
)


def over_towns(it: Watched, quick: int, full: int, of: Of = np.asarray) -> Measure:
    """A mean over towns, which are independent, of something of the share of attention."""

    def measure(size: Size) -> Found:
        return mean_of(of(shares(it, quick if size is Size.QUICK else full)), "towns")

    return measure


def conserved(it: Watched, quick: int, full: int) -> Measure:
    """The mean over towns of what the mean field conserves."""

    def measure(size: Size) -> Found:
        return mean_of(kept(finds(it, quick if size is Size.QUICK else full)), "towns")

    return measure


def squared(p: Floats) -> Floats:
    """Squares of what lies off one half; districts that are alike have that mean."""
    return np.asarray((p - 0.5) ** 2)


def behind(p: Floats) -> Floats:
    """Whether the first district has less than half of the attention."""
    return (p < 0.5).astype(float)


def apart(p: Floats) -> Floats:
    """Whether one district has over six tenths of the attention."""
    return (np.abs(p - 0.5) > 0.1).astype(float)


def variants(it: Watched, which: tuple[str, ...], towns: int, of: Of = np.asarray) -> tuple[Wrong, ...]:
    """Wrong variants that are settings of the same town."""
    changed = {name: replace(it, **MISTAKES[name][1]) for name in which}
    return tuple(Wrong(name, MISTAKES[name][0], over_towns(one, towns, towns, of)) for name, one in changed.items())


MISTAKES: dict[str, tuple[str, dict[str, Any]]] = {
    "finds weighed down": ("Each find counts by how hard was looked for it.", {"mended": True}),
    "correction left out": ("A find counts in full, however hard was looked for it.", {"mended": False}),
    "even attention": ("Attention stays even, whatever was found.", {"follows": 0.0}),
    "nothing reported": ("All attention follows what was found.", {"follows": 1.0}),
    "half of it even": ("The share reported is taken for the share of attention that stays even.", {"follows": 0.5}),
    "two finds each": ("Each district begins with two finds instead of one.", {"prior": 2}),
}
NO_URN = ("finds weighed down", "even attention")
STARTS_AND_WEEKS = (
    "the product's districts begin with 608 to 380 finds instead of 609 to 379, and attention is weighed once a week: the mean field so "
    "reckoned lies that far off"
)
LOGARITHMS = (
    "attention is weighed once a week: the mean field so reckoned; and the mean of a logarithm lies below the logarithm of the mean, by "
    "half of the visits over the finds that there were at first, times the difference of the two inverse numbers of finds"
)
REST = "ten years are not for ever: the mean field, weighed once a week, is still that far from where it comes to rest"
PULL = "what both districts begin with still pulls towards one half, by its share of all that is counted in the end"
SOON, LATE = (mean_field(PUBLISHED_START, OAKLAND.rates, visits) for visits in (1000, 1e5))
HALF, LESS = (attenuated(w, HALF_REPORTED.rates) for w in (0.5, 0.6))
AT_FIRST = np.array(OAKLAND.start())
CONSERVED_BIAS = abs(float(kept(np.array(weekly_finds(OAKLAND)[-1])) - kept(AT_FIRST))) + float(
    520 * OAKLAND.visits / 2 / AT_FIRST.sum() * abs(1 / AT_FIRST[0] - 1 / AT_FIRST[1])
)
MENDED_BIAS = (TRUE_SHARE - 0.5) * 2 * MENDED.prior / (520 * MENDED.visits * (TOP_1 + TOP_2) / 2)


def attention_row(name: str, title: str, target: float, unit: str, measure: Measure, wrong: tuple[Wrong, ...], **more: Any) -> Row:
    """A row of the urn through the product's attention."""
    sources = more.pop("sources", URN)
    return Row(name, Table.MODELS, title, target, unit, sources, Origin.THEOREM, Through.PRODUCT, ("attention",), measure, wrong, **more)


ALIKE_ROWS = (
    attention_row(
        "urn-alike-variance", "Two districts alike, watched where something was found: variance of one's share of the watch", 1 / 12,
        "share squared", over_towns(EVEN, 1000, 8000, squared), variants(EVEN, (*NO_URN, "two finds each"), 400, squared),
        bias=FEW_FINDS_VARIANCE, bias_why=FEW_FINDS,
    ),
    attention_row(
        "urn-alike-apart", "Two districts alike: how often one comes to have over six tenths of the watch", 0.8, "share of towns",
        over_towns(EVEN, 1000, 8000, apart), variants(EVEN, NO_URN, 400, apart), bias=FEW_FINDS_APART, bias_why=FEW_FINDS,
        sources=(*URN, "frey-2016"),
    ),
    attention_row(
        "urn-three-to-one-behind", "One district begins with three times the other's finds: how often it ends with less of the watch",
        0.125, "share of towns", over_towns(THREE_TO_ONE, 1000, 8000, behind), variants(THREE_TO_ONE, NO_URN, 400, behind),
        bias=FEW_FINDS_BEHIND, bias_why=FEW_FINDS,
    ),
)  # fmt: skip
RUNAWAY_ROWS = (
    attention_row(
        "urn-runaway", "Oakland's two busiest districts, 1,000 visits: share of the watch of the one with 0.567 of the acts", SOON, "share",
        over_towns(OAKLAND, 20, 120), variants(OAKLAND, NO_URN, 10), bias=abs(weekly(OAKLAND) - SOON), bias_why=STARTS_AND_WEEKS,
    ),
    attention_row(
        "urn-runaway-long", "The same after 100,000 visits", LATE, "share", over_towns(OAKLAND_LONG, 8, 24),
        variants(OAKLAND_LONG, NO_URN, 4), bias=abs(weekly(OAKLAND_LONG) - LATE), bias_why=STARTS_AND_WEEKS, quick=False,
    ),
    attention_row(
        "urn-conserved", "The same districts: ln(finds) / rate of the one less that of the other, which the urn conserves",
        float(kept(AT_FIRST)), "log finds", conserved(OAKLAND, 20, 120),
        tuple(Wrong(name, MISTAKES[name][0], conserved(replace(OAKLAND, **MISTAKES[name][1]), 10, 10)) for name in NO_URN),
        bias=CONSERVED_BIAS, bias_why=LOGARITHMS,
    ),
)  # fmt: skip
CORRECTED_ROWS = (
    attention_row(
        "urn-corrected", "The same districts with the correction: the first one's share of the watch in the end", TRUE_SHARE, "share",
        over_towns(MENDED, 20, 200), variants(MENDED, ("correction left out",), 20), bias=MENDED_BIAS, bias_why=PULL,
    ),
    attention_row(
        "urn-half-reported", "Half of the incidents reported, half discovered: the first one's share in the end", HALF, "share",
        over_towns(HALF_REPORTED, 10, 60), variants(HALF_REPORTED, ("nothing reported", "half of it even"), 6),
        bias=abs(weekly(HALF_REPORTED) - HALF), bias_why=REST,
    ),
    attention_row(
        "urn-less-reported", "Four tenths reported, six tenths discovered: the first one's share in the end", LESS, "share",
        over_towns(REPORTED_LESS, 10, 60), variants(REPORTED_LESS, ("nothing reported",), 6), bias=abs(weekly(REPORTED_LESS) - LESS),
        bias_why=REST,
    ),
)  # fmt: skip
ROWS: tuple[Row, ...] = (*ALIKE_ROWS, *RUNAWAY_ROWS, *CORRECTED_ROWS)


# Pictures --------------------------------------------------------------------------------------------------------------------------------

YEARS = (1, 2, 4, 7, 10)


def drawn_runaway() -> tuple[Series, ...]:
    """Two districts that begin alike, one with 0.567 of the acts: its share of the watch over the visits, as it is and corrected."""
    it = Watched(prior=494, visits=10_000 / 520, rates=(TOP_1, TOP_2), people=100, seed=608)
    visits = tuple(1000.0 * years for years in YEARS)
    fine = tuple(sorted({*visits, *np.geomspace(visits[0], visits[-1], 30).round().tolist()}))

    def ours(one: Watched) -> tuple[float, ...]:
        return tuple(float(shares(replace(one, weeks=52 * years), 40).mean()) for years in YEARS)

    def corrected(v: float) -> float:
        return (it.prior + v * TOP_1 / 2) / (2 * it.prior + v * (TOP_1 + TOP_2) / 2)

    return (
        Series("as found", Kind.THEIRS, "the urn, where chance averages out", fine,
               tuple(mean_field(it.start(), it.rates, v) for v in fine)),
        Series("as found", Kind.OURS, "Glasshouse, mean of 40 towns", visits, ours(it)),
        Series("corrected", Kind.THEIRS, "the urn with the correction", fine, tuple(corrected(v) for v in fine)),
        Series("corrected", Kind.OURS, "Glasshouse with it", visits, ours(replace(it, mended=True))),
        Series("", Kind.ELSE, "its share of the acts", (fine[0], fine[-1]), (TRUE_SHARE, TRUE_SHARE)),
    )  # fmt: skip


def drawn_alike() -> tuple[Series, ...]:
    """Two districts alike: the law of the first one's share is even over 0 to 1."""
    towns = 4000
    ordered = np.sort(shares(EVEN, towns))
    at = tuple((i + 1) / 20 for i in range(19))
    ours = tuple(float(np.searchsorted(ordered, x, side="right") / towns) for x in at)
    return (
        Series("", Kind.THEIRS, "the urn's law, Beta(1, 1)", at, at),
        Series("", Kind.OURS, f"Glasshouse, {towns:,} towns", at, ours),
    )


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "urn-runaway", Table.MODELS, "Watched where something was found: who is watched in the end", "visits so far (logarithmic)",
        "share of the watch on the busier district",
        "Ensign et al. 2018. Two districts begin alike; 57 per cent of the acts are in one. Watching where something was found before "
        "draws ever more of the watch there; with the correction it settles at the district's share of the acts. The vertical axis does "
        "not begin at nought.",
        drawn_runaway, log=True, whole=False,
    ),
    Drawing(
        "urn-alike", Table.MODELS, "Two districts alike: how the watch comes to be shared", "share of the watch on the first district",
        "share of towns with no more than that",
        "Ensign et al. 2018. Two districts with the same rate of acts, one find each at the start: any share of the watch is as likely as "
        "any other in the end, though nothing differs between the districts.", drawn_alike,
    ),
)  # fmt: skip
