"""Who speaks when others do: thresholds against published numbers (Granovetter 1978, Kuran 1991).

The mechanism is silence by threshold without fear, in towns where nobody speaks at first: once a week everyone looks at the share of
adults who spoke, and speaks from then on if it reaches their threshold. One week is one step of Granovetter's iteration. The thresholds of
a normal distribution are its mid-quantiles over the town, not truncated: shares below 0 speak at once, shares above 1 never do. So nothing
is left to chance. How many speak is read from the town's climate after its last exchange.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from unittest.mock import patch

from scipy.optimize import brentq
from scipy.stats import norm

from glasshouse.engine.state import SPEECH
from glasshouse.mechanism.responses import ranks_that_speak
from glasshouse.scheme.model import Scheme
from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.live import machine, remembered
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import scheme, town, world
from glasshouse.validation.values import share, times, value

PERCENT = 0.01
Thresholds = tuple[float, ...]


def speech(thresholds: dict[str, Any], starts: str = "no one") -> Scheme:
    """People speak as they see others speak, and fear nothing. Nobody watches them."""
    silence = {"kind": "threshold", "categories": ["act"], "thresholds": thresholds, "starts": starts, "fear": times(0)}
    return scheme(seen=0, changes={"responses": {"aware": share(1, "adult"), "silence": silence}})


def listed(shares: Sequence[float]) -> dict[str, Any]:
    """Thresholds one by one."""
    return {"listed": [float(x) for x in shares], "why": "published"}


def normal(sd: float) -> dict[str, Any]:
    """Granovetter's normal thresholds: a quarter of the town on average."""
    return {"mean": value(0.25, unit="share"), "sd": value(sd * PERCENT, unit="share")}


def above(rank: int, people: int, n: int, theta: Any) -> int:
    """Wrong: people speak only once more than their threshold do."""
    return int(theta[(2 * rank + 1) * n // (2 * people)]) + 1


def fewer(seen: int, people: int, n: int, theta: Any) -> int:
    """Wrong: the same, as a count of ranks."""
    return ranks_that_speak(seen - 1, people, n, theta)


def speaking(*schemes: Scheme, people: int, weeks: int, acts: float = 0.01, strict: bool = False) -> tuple[int, ...]:
    """How many adults of a town speak after so many exchanges, in each arm."""
    run = machine(world(acts, changes=town(people)), *schemes, people=people, weeks=weeks, followup=0, plain=strict)
    if strict:
        with patch("glasshouse.engine.officials.ranks_that_speak", fewer), patch("glasshouse.engine.responses.threshold_of_speech", above):
            _, memory = remembered(run)
    else:
        _, memory = remembered(run)
    return tuple(round(int(row[SPEECH]) * people / 2**32) for row in memory["now"])


@cache
def crowd(thresholds: Thresholds, starts: str = "no one", strict: bool = False) -> Found:
    """Those who speak in the end, of a crowd with these thresholds in percent."""
    n = len(thresholds)
    rules = speech(listed([x * PERCENT for x in thresholds]), starts)
    return Found(float(speaking(rules, people=n, weeks=n + 4, strict=strict)[0]))


ALL = tuple(float(i) for i in range(100))
ONE_CHANGED = tuple(2.0 if i == 1 else float(i) for i in range(100))
KURAN = (0.0, 20.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 100.0)
KURAN_LOWERED = (0.0, 10.0, *KURAN[2:])


def crowd_row(
    name: str, title: str, source: str, thresholds: Thresholds, target: float, wrong: Wrong, origin: Origin = Origin.PUBLISHED
) -> Row:
    """A row with thresholds one by one."""
    return Row(
        name=name, table=Table.MODELS, title=title, target=target, unit="people", sources=(source,), origin=origin,
        through=Through.PRODUCT, pins=("silence",), measure=lambda size: crowd(thresholds), wrong=(wrong,),
    )  # fmt: skip


def strictly(thresholds: Thresholds) -> Wrong:
    """The threshold itself is not enough."""
    text = "People speak once more than their threshold do, not once as many do."
    return Wrong("more-than-the-threshold", text, lambda size: crowd(thresholds, strict=True))


def loud(thresholds: Thresholds) -> Wrong:
    """Another start of the same crowd."""
    return Wrong("everyone-speaks-at-first", "The crowd starts with everyone speaking.", lambda size: crowd(thresholds, "everyone"))


CROWDS = (
    crowd_row("granovetter-100", "A hundred people with thresholds 0, 1, ... 99: who joins", "granovetter-1978", ALL, 100, strictly(ALL)),
    crowd_row("granovetter-1", "The same hundred, the threshold of 1 now 2: who joins", "granovetter-1978", ONE_CHANGED, 1,
              loud(ONE_CHANGED)),
    crowd_row("kuran-before", "Ten people before one threshold falls from 20 % to 10 %: who opposes", "kuran-1991", KURAN, 1, loud(KURAN),
              Origin.THEOREM),
    crowd_row("kuran-after", "The same ten after it: who opposes", "kuran-1991", KURAN_LOWERED, 9, strictly(KURAN_LOWERED),
              Origin.THEOREM),
)  # fmt: skip

# The jump of a large town -------------------------------------------------------------------------------------------------------------

SPREADS = (10.0, 11.0, 12.0, 12.1, 12.2, 12.3)
LARGE = {Size.QUICK: 20_000, Size.FULL: 100_000}
WEEKS = {Size.QUICK: 120, Size.FULL: 150}


@cache
def large_town(size: Size) -> tuple[int, ...]:
    """Those who speak in a large town, by the spread of its thresholds."""
    return speaking(*(speech(normal(sd)) for sd in SPREADS), people=LARGE[size], weeks=WEEKS[size], acts=0.001)


@cache
def small_town() -> tuple[int, ...]:
    """The same in a town of a hundred."""
    return speaking(*(speech(normal(sd)) for sd in SPREADS), people=100, weeks=60)


def rest(sd: float) -> float:
    """Granovetter's lowest point of rest, in percent."""
    top = 6.2 if sd < 12.222 else 100.0  # beyond the tangency only the upper one is left
    low = 0.0 if sd < 12.222 else 90.0
    return float(brentq(lambda r: r - 100 * norm.cdf((r - 25) / sd), low, top, xtol=1e-12))


def slack(sd: float, n: int, weeks: int) -> float:
    """By how much a town of n may lie off after so many weeks, in percent: steps of 1/n, and what weeks leave of the start."""
    r = rest(sd)
    slope = float(100 * norm.pdf((r - 25) / sd) / sd)
    return 100 / n / (1 - slope) + r * slope ** (weeks - 1) * 3


def wrong_spread(i: int) -> Wrong:
    """A small town where that makes a difference, else the next larger spread."""
    if SPREADS[i] > 12:
        text = "A town of a hundred, whose thresholds have steps of a percent."
        return Wrong("small-town", text, lambda size: Found(float(small_town()[i])))
    return Wrong("larger-spread", "The next larger spread.", lambda size: Found(100 * large_town(size)[i + 1] / LARGE[size]))


def jump_row(i: int) -> Row:
    """A row of the curve."""
    sd = SPREADS[i]
    target = rest(sd)
    return Row(
        name=f"granovetter-sd-{sd:g}", table=Table.MODELS, target=target, unit="percent", sources=("granovetter-1978",),
        title=f"Normal thresholds with mean 25 and standard deviation {sd:g}: who joins in a large town", origin=Origin.RECOMPUTED,
        through=Through.PRODUCT, pins=("silence",),
        measure=lambda size: Found(100 * large_town(size)[i] / LARGE[size]),
        wrong=(wrong_spread(i),),
        bias=slack(sd, LARGE[Size.QUICK], WEEKS[Size.QUICK]),
        bias_why="thresholds of n people have steps of 1/n, which moves the point of rest by that over one less the map's slope; weeks",
    )  # fmt: skip


ROWS: tuple[Row, ...] = (*CROWDS, *(jump_row(i) for i in range(len(SPREADS))))


# The picture of the jump --------------------------------------------------------------------------------------------------------------

DRAWN = (10.0, 10.5, 11.0, 11.5, 12.0, 12.1, 12.2, 12.3, 12.5, 13.0)


def drawn_jump() -> tuple[Series, ...]:
    """Who joins by the spread of thresholds: the lowest point of rest, and a town lived."""
    n, weeks = LARGE[Size.QUICK], WEEKS[Size.QUICK]
    ours = speaking(*(speech(normal(sd)) for sd in DRAWN), people=n, weeks=weeks, acts=0.001)
    fine = tuple(sorted({*DRAWN, *(10 + i / 50 for i in range(151)), 12.222, 12.2221}))
    return (
        Series("", Kind.THEIRS, "the lowest point of rest of the published model", fine, tuple(rest(sd) for sd in fine)),
        Series("", Kind.OURS, f"Glasshouse, a town of {n:,}", DRAWN, tuple(100 * x / n for x in ours)),
    )


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "granovetter", Table.MODELS, "Who joins, by how much people's thresholds differ", "standard deviation of thresholds, percent",
        "who joins in the end, percent",
        "Granovetter 1978, thresholds normal with mean 25 per cent. Up to a standard deviation of 12.2 hardly anybody joins; a hair beyond "
        "it, everybody does.", drawn_jump,
    ),
)  # fmt: skip
