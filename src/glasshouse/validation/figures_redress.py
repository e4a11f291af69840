"""Redress as an overloaded queue: the Dutch childcare benefit affair, in the product's weekly queue, scaled down.

Claims come as published, a straight line between counts (in the product: acts that a channel sees more or less of, by dated campaigns);
after the last count known they go on at the last rate. Places a week are fitted to the assessments known by a day and then stay; the other
end is what the office had announced by that day. Two forecasts: from the end of September 2021, and from the end of August 2023. The fluid
limit of an overloaded queue says the same without chance: the backlog is what came less what was decided.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from itertools import pairwise

import numpy as np

from glasshouse.validation.figures_data import Point, Published, Series, published, until, with_wrong
from glasshouse.validation.figures_review import Cases, cases, reviewed
from glasshouse.validation.live import machine
from glasshouse.validation.rows import Figure, Forecast, Found, Measure, Size, Wrong
from glasshouse.validation.simple import RATE_YEAR, town, world
from glasshouse.validation.values import days, stage, times

BEGIN = date(2019, 12, 1)
EARLY, LATE = date(2021, 9, 30), date(2023, 8, 31)  # the days from which is forecast
CLOSES = {EARLY: date.max, LATE: date(2023, 12, 31)}  # the last day to ask, as known then (nh-nieuws-2023-02)
ENDS = {EARLY: LATE, LATE: date(2025, 4, 30)}  # the last days that are forecast
SCALE = {Size.QUICK: 10, Size.FULL: 2}  # claims to one case
MOST_LINES = {Size.QUICK: 400_000, Size.FULL: 2_000_000}
TOWN = 3_000
BURST = 91  # days in which those who wait already come in, when a forecast begins with a backlog: no place stays empty meanwhile
PLANS = {EARLY: "2021-12-31", LATE: "2025-03-31"}  # the day that what the office had announced by then was for


def known(cut: date) -> Published:
    """What a forecast from that day may read."""
    return until(published("redress"), cut)


def claims(cut: date, day: date, stretch: int = -1) -> float:
    """Claims since the beginning by a day, as known at the cut; `stretch`: which one's rate goes on after it, the last or one before."""
    counts = known(cut)["claims"].points
    at = [BEGIN.toordinal(), *(p.on.toordinal() for p in counts)]
    values = [0.0, *(p.value for p in counts)]
    rate = (values[stretch] - values[stretch - 1]) / (at[stretch] - at[stretch - 1])
    return float(np.interp(day.toordinal(), at, values) + rate * max(0, min(day, CLOSES[cut]).toordinal() - at[-1]))


def announced(cut: date) -> Point:
    """What the office had announced by then."""
    return published("redress")["planned"].at(PLANS[cut])


def paces(cut: date) -> tuple[float, float, float]:
    """Assessments a day from then on: as between the last two counts known (central), as since the beginning, and as announced."""
    done = [Point(BEGIN, 0.0, ""), *known(cut)["assessed"].points]

    def pace(a: Point, b: Point) -> float:
        return (b.value - a.value) / (b.on - a.on).days

    return pace(done[-2], done[-1]), pace(done[0], done[-1]), pace(done[-1], announced(cut))


def had(cut: date, start: date) -> float:
    """Assessments counted by the first day lived."""
    return sum(p.value for p in known(cut)["assessed"].points if p.on == start)


def fluid(cut: date, start: date, day: date, pace: float) -> float:
    """Claims assessed by a day if no place ever stays empty: the queue without chance."""
    return had(cut, start) + pace * (day - start).days


def _stretches(cut: date, start: date, last: date) -> Iterator[tuple[int, int, float]]:
    """First and last day (from the start), and claims a day; those who wait at the start come within its first days."""
    counts = [p.on for p in known(cut)["claims"].points if start < p.on < last]
    turns = sorted({start, *counts, min(CLOSES[cut], last), last})
    waiting = claims(cut, start) - had(cut, start)
    for a, b in pairwise(turns):
        rate = (claims(cut, b) - claims(cut, a)) / (b - a).days
        first = (a - start).days
        if a == start and waiting:
            yield 0, BURST, waiting / BURST + rate
            first = BURST
        yield first, (b - start).days, rate


@cache
def queues(cut: date, start: date, last: date, size: Size, paced: date | None = None) -> list[Cases]:
    """The product's queue from one day to another, one for each pace; `paced`: the day by which paces are those known, if not the cut."""
    scale = SCALE[size]
    spans = list(_stretches(cut, start, last))
    busiest = max(rate for _, _, rate in spans)
    campaigns = [{"channel": "eye", "first": days(a), "last": days(b), "times": times(rate / busiest)} for a, b, rate in spans]
    seen = {"officials": {"campaigns": campaigns}}
    laws = [reviewed([stage(10_000 * pace * 7 / scale / TOWN, 0, 0)], changes=seen) for pace in paces(paced or cut)]
    place = world(busiest / scale / TOWN * RATE_YEAR, changes=town(TOWN))
    weeks = math.ceil((last - start).days / 7)
    run = machine(place, *laws, people=TOWN, weeks=weeks, seed=2021, followup=0)
    return cases(run, len(laws), MOST_LINES[size])


def assessed(cut: date, day: date, size: Size) -> Forecast:
    """Claims assessed by a day."""
    done = [had(cut, cut) + SCALE[size] * q.decided_by((day - cut).days) for q in queues(cut, cut, ENDS[cut], size)]
    note = f"places as before; the ends: the pace since the beginning, and that announced for {announced(cut).on}"
    return Forecast(done[0], min(done), max(done), note)


def backlog(cut: date, day: date, size: Size) -> Forecast:
    """Claims that wait for an assessment on a day."""
    done, came = assessed(cut, day, size), claims(cut, day)
    return Forecast(came - done.central, came - done.high, came - done.low, done.note)


def asked(cut: date, day: date, _: Size) -> Forecast:
    """Claims by a day, at the rate of the last stretch known and of the one before."""
    found = [claims(cut, day, stretch) for stretch in (-1, -2)]
    return Forecast(found[0], min(found), max(found), "the other end: the rate of the stretch before the last")


def overdue(size: Size) -> Forecast:
    """Claims older than a year at the end of September 2021, if whoever asked first is served first: the fewest that there can be."""
    day = (EARLY - BEGIN).days
    central = float(SCALE[size] * queues(EARLY, BEGIN, EARLY, size)[0].older(day - 365, day))
    fewer = known(EARLY)["assessed"].points[-1].value - published("redress")["decided-by-ombudsman"].points[0].value
    return Forecast(central, central, central + fewer, "the other end: with the ombudsman's count of decisions")


def _sources(cut: date, *points: Point) -> tuple[str, ...]:
    used: list[Series] = [known(cut)["claims"], known(cut)["assessed"]]
    return tuple(dict.fromkeys([*(p.source for p in points), *(s for series in used for s in series.sources), announced(cut).source]))


FASTER = "The office worked faster than before: half as many again in the second half of 2023 as in its first, and more in 2024."


def _assessed(cut: date, day: str, carried: Point, why: str = FASTER, *more: str) -> Figure:
    point = published("redress")["assessed"].at(day)
    sources = tuple(dict.fromkeys([*_sources(cut, point), *(more or ("rijksoverheid-2024-02",))]))
    return Figure(
        f"redress-assessed-{day[:7]}", f"Claims fully assessed, by what was known on {cut}", point.value, "claims", point.when,
        sources, ("review queue",), partial(assessed, cut, point.on), carried=carried.value, explained=why,
    )  # fmt: skip


def _figures() -> tuple[Figure, ...]:
    data = published("redress")
    late, end, old = data["assessed"].at("2023-08-31"), data["claims"].at("2023-12-31"), data["overdue"].points[0]
    done = data["assessed"].at("2023-12-31")
    steps = data["assessed"].points
    oldest = "Ours is the fewest there can be, since whoever asked first is served first. An office that takes other cases first has more."
    grown = "Staff more than doubled and was to grow on; what had been announced in 2021 is the upper end."
    waits, asks = "Claims that wait for a full assessment", f"Claims, by what was known on {LATE}"
    recognised = data["recognised"]
    return (
        Figure(
            "redress-overdue-2021", "Claims older than a year without a full assessment", old.value, "claims", old.when,
            _sources(EARLY, old), ("review queue",), overdue, explained=oldest,
        ),
        _assessed(EARLY, "2023-08-31", steps[0], grown, "volkskrant-2022-05", "nh-nieuws-2023-02"),
        _assessed(LATE, "2023-12-31", late),
        Figure(
            "redress-claims-2023", asks, end.value, "claims", end.when, _sources(LATE, end), (), partial(asked, LATE, end.on),
            carried=data["claims"].at("2023-08-31").value, explained="A rate carried on, not a mechanism.",
        ),
        Figure(
            "redress-backlog-2023", waits, end.value - done.value, "claims", end.when,
            (*_sources(LATE, end, done, data["first-tests"].points[0]), "rijksoverheid-2024-02"), ("review queue",),
            partial(backlog, LATE, end.on), carried=data["claims"].at("2023-08-31").value - late.value, explained=FASTER,
        ),
        _assessed(LATE, "2024-03-29", steps[2]),
        _assessed(LATE, "2024-07-19", steps[3]),
        _assessed(LATE, "2025-04-30", steps[4]),
        Figure(
            "redress-recognised-2023", "Claims recognised at the first test", recognised.points[0].value, recognised.unit,
            recognised.points[0].when, recognised.sources, (),
            cannot="Recognition is generous by design, and it is no rate of error: nothing in the model stands for it.",
        ),
    )  # fmt: skip


_FIGURES: tuple[Figure, ...] = _figures()


def _light_tests(_: Size) -> Found:
    return Found(claims(LATE, date(2023, 12, 31)) - published("redress")["first-tests"].points[0].value)


def _all_claims(_: Size) -> Found:
    return Found(claims(LATE, date(2023, 12, 31)))


def _tested(_: Size) -> Found:
    return Found(published("redress")["first-tests"].points[0].value)


def _all_waiting(_: Size) -> Found:
    return Found(claims(EARLY, EARLY) - had(EARLY, EARLY))


def _asked(cut: date, day: date) -> Measure:
    return lambda _: Found(claims(cut, day))


def _only_since(cut: date, day: date) -> Measure:
    return lambda size: Found(assessed(cut, day, size).central - had(cut, cut))


def _waiting(day: date) -> Measure:
    return lambda size: Found(backlog(LATE, day, size).central)


def _before_staff(day: date) -> Measure:
    """Assessed by a day, at the pace known in September 2021."""
    return lambda size: Found(
        had(LATE, LATE) + SCALE[size] * queues(LATE, LATE, ENDS[LATE], size, EARLY)[0].decided_by((day - LATE).days)
    )  # fmt: skip


def _before_staff_waiting(size: Size) -> Found:
    return Found(claims(LATE, CLOSES[LATE]) - _before_staff(CLOSES[LATE])(size).value)


def _mean_rate(_: Size) -> Found:
    return Found(claims(LATE, LATE) * (CLOSES[LATE] - BEGIN).days / (LATE - BEGIN).days)


STAFF = "The office works on as slowly as until September 2021, before its staff grew."
ASKED = "All who ever asked are taken for those assessed."
WAITING = "Those who wait are taken for those assessed."


def _wrong_assessed() -> Iterator[tuple[str, Wrong]]:
    first = published("redress")["assessed"].at("2023-08-31").on
    yield "redress-assessed-2023-08", Wrong("all-claims", ASKED, _asked(EARLY, first))
    yield "redress-assessed-2023-08", Wrong("only-since", "Those assessed before September 2021 are forgotten.", _only_since(EARLY, first))
    yield "redress-assessed-2023-12", Wrong("light-tests", "The light first test is taken for the full assessment.", _tested)
    for point in published("redress")["assessed"].points[2:]:
        name = f"redress-assessed-{str(point.on)[:7]}"
        yield name, Wrong("before-staff", STAFF, _before_staff(point.on))
        if point.on > CLOSES[LATE]:  # until then about as many wait as are assessed
            yield name, Wrong("those-waiting", WAITING, _waiting(point.on))


# Deliberate mistakes: the wrong stage, a flow for a stock and a stock for a flow, before a change for after it.
WRONG: tuple[tuple[str, Wrong], ...] = (
    ("redress-backlog-2023", Wrong("light-tests", "The light first test is taken for the full assessment.", _light_tests)),
    ("redress-backlog-2023", Wrong("all-claims", "All who ever asked are taken for those who wait.", _all_claims)),
    ("redress-backlog-2023", Wrong("before-staff", STAFF, _before_staff_waiting)),
    *_wrong_assessed(),
    ("redress-overdue-2021", Wrong("all-waiting", "All who wait are taken for those who have waited a year.", _all_waiting)),
    ("redress-claims-2023", Wrong("mean-rate", "The mean rate since the beginning is taken for that of the last stretch.", _mean_rate)),
    ("redress-claims-2023", Wrong("those-waiting", "Those who wait are taken for all who asked.", _waiting(CLOSES[LATE]))),
)
FIGURES = with_wrong(_FIGURES, WRONG)
