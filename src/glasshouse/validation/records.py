"""Records that add up and lapse, against exact theory: true and false points race, a rolling window, validity."""

from __future__ import annotations

import math
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy import stats

from glasshouse.engine import book, state
from glasshouse.mechanism.classes import CLASSES, MISTAKEN
from glasshouse.validation.estimates import share_of
from glasshouse.validation.live import Counted, lived, logged, machine, of_kind
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, YEAR, scheme, world

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 200_000}
FEW = {Size.QUICK: 1_000, Size.FULL: 3_000}  # people lived by the uncompiled engine
TWO_YEARS = 2 * YEAR / RATE_YEAR
EXACT: dict[str, Any] = {"table": Table.THEORY, "sources": (), "origin": Origin.THEOREM, "through": Through.PRODUCT}

# 1.4 True and false points race inside one person -------------------------------------------------------------------------------------

TRUE, FALSE, NEEDED = 1.0, 0.5, 3


@cache
def race(size: Size, false_rate: float = FALSE) -> tuple[Counted, int]:
    """Two years in which true records come once a year and false ones every other year; the third of either kind lists for good."""
    n = PEOPLE[size]
    place = world(TRUE, false_records=2)
    return lived(machine(place, scheme(false_rate=false_rate, strikes=NEEDED), people=n, weeks=104, seed=41, followup=0)), n


def on_the_last_day(counts: Counted, arm: int = 0) -> np.ndarray:
    """People by the class of the last counted day."""
    return np.asarray(np.cumsum(counts["days"][arm, 0, : len(CLASSES)], axis=-1)[:, -2])


def listed_in_the_end(size: Size) -> Found:
    counts, n = race(size)
    return share_of(on_the_last_day(counts).sum(), n)


def wrongly_in_the_end(size: Size) -> Found:
    counts, n = race(size)
    return share_of(on_the_last_day(counts)[MISTAKEN], n)


def wrongly_at_entry(size: Size) -> Found:
    counts, n = race(size)
    return share_of(counts["entries"][0, 0, 0][MISTAKEN], n)


def some_false_at_entry(size: Size) -> Found:
    entries = race(size)[0]["entries"][0, 0, 0]
    return share_of(entries[MISTAKEN], entries.sum())


def some_false_in_the_end(size: Size) -> Found:
    days = on_the_last_day(race(size)[0])
    return share_of(days[MISTAKEN], days.sum())


def two_of_them(size: Size) -> Found:
    """Listed at two records: the third does not count."""
    n = PEOPLE[size]
    counts = lived(machine(world(TRUE, false_records=2), scheme(false_rate=FALSE, strikes=2), people=n, weeks=104, seed=41, followup=0))
    return share_of(on_the_last_day(counts).sum(), n)


def race_targets(t: float) -> tuple[float, float]:
    """Listed by t, and listed by t though the true records alone would not have been enough."""
    true, false = stats.poisson(TRUE * t), stats.poisson(FALSE * t)
    wrongly = sum(float(true.pmf(i) * false.sf(NEEDED - i - 1)) for i in range(NEEDED))
    return float(stats.poisson((TRUE + FALSE) * t).sf(NEEDED - 1)), wrongly


LISTED, WRONGLY = race_targets(2.0)
IN_DAYS = race_targets(TWO_YEARS)
SHORTER = "counted years have 364 days, a rate's year 365: the same formula for the shorter time"
RACE = (
    Row(
        name="race-listed", title="Listed within two years by the third of true and false records", target=LISTED, unit="share of people",
        pins=("strikes", "false records"), measure=listed_in_the_end, bias=abs(IN_DAYS[0] - LISTED), bias_why=SHORTER,
        wrong=(Wrong("second-record", "The list is entered at the second record.", two_of_them),), **EXACT,
    ),
    Row(
        name="race-wrongly-listed", title="Of these, those whom the true records alone would not have listed by then", target=WRONGLY,
        unit="share of people", pins=("clean ledger", "false records"), measure=wrongly_in_the_end, bias=abs(IN_DAYS[1] - WRONGLY),
        bias_why=SHORTER,
        wrong=(Wrong("class-of-entry", "The class of the day of entry is kept, whatever true records follow.", wrongly_at_entry),), **EXACT,
    ),
    Row(
        name="race-false-among-the-first", title="Entries that at least one false record among the first three was needed for",
        target=1 - (TRUE / (TRUE + FALSE)) ** NEEDED, unit="share of entries", pins=("clean ledger",), measure=some_false_at_entry,
        wrong=(Wrong("stock-for-flow", "Those listed in the end are counted, not entries.", some_false_in_the_end),), **EXACT,
    ),
)  # fmt: skip


@cache
def first_of_two_lists(size: Size, true_needed: int = NEEDED) -> Found:
    """Ten true and five false records a year, each kind with its own list: where the list of false ones is entered first."""
    people, won, lived_by = 2_000, 0, 0
    arms = scheme(strikes=true_needed), scheme(seen=0, false_rate=5.0, strikes=NEEDED)
    for run in range({Size.QUICK: 2, Size.FULL: 12}[size]):
        log = logged(machine(world(10.0, false_records=6), *arms, people=people, weeks=104, seed=420 + run, followup=0))
        first = np.full((2, people), 10_000)
        for arm in (0, 1):
            for pid, day in of_kind(log, state.LOG_ENTRY, b=0, arm=arm):
                first[arm, pid] = min(first[arm, pid], day)
        won += int((first[1] < first[0]).sum())
        lived_by += people
    return share_of(won, lived_by)


def false_first(days: int) -> tuple[float, float]:
    """The same in days: chance that the false list comes first, and that both come on one day or not at all."""
    day = np.arange(days + 1)
    true, false = (stats.poisson(rate * day / RATE_YEAR).sf(NEEDED - 1) for rate in (10.0, 5.0))
    same = float((np.diff(false) * np.diff(true)).sum() + (1 - true[-1]) * (1 - false[-1]))
    return float((np.diff(false) * (1 - true[1:])).sum()), same


BY_BETA = float(stats.beta(NEEDED, NEEDED).cdf(FALSE / (TRUE + FALSE)))
RACE_OF_LISTS = Row(
    name="race-false-first", title="Three false records come before three true ones, which are twice as frequent", target=BY_BETA,
    unit="share of people", pins=("strikes",), measure=first_of_two_lists, bias=abs(false_first(7 * 104)[0] - BY_BETA),
    bias_why="of two entries on one day neither is first: the same race in whole days",
    wrong=(Wrong("one-more-of-each", "Of the true records a fourth is needed.", lambda size: first_of_two_lists(size, NEEDED + 1)),),
    **EXACT,
)  # fmt: skip

# 1.5 Two records within a rolling window ----------------------------------------------------------------------------------------------


def never(rate: float, total: float, window: float) -> float:
    """Chance that in a time no two events of a Poisson process fall within a window."""
    most = int(total // window) + 1
    gaps = (max(total - (j - 1) * window, 0.0) for j in range(1, most + 1))
    return math.exp(-rate * total) * (1 + sum((rate * gap) ** j / math.factorial(j) for j, gap in enumerate(gaps, 1)))


def never_in_days(rate: float, total: int, window: int) -> float:
    """The same in whole days, where a day counts one event or more as a hit and two as enough."""
    quiet = math.exp(-rate / RATE_YEAR)
    one = quiet * rate / RATE_YEAR
    ways = sum(math.comb(total - (j - 1) * (window - 1), j) * one**j * quiet ** (total - j) for j in range(1, total // window + 2))
    return ways + quiet**total


def by_calendar(a: int, day: int, k: int, entry_list: int, window: int, arm: Any, records: Any, item: Any) -> int:
    """Wrong: strikes of the calendar period that today falls in."""
    return book.strikes(a, day, k, entry_list, day % window + 1, arm, records, item)


@cache
def windowed(rate: float, weeks: int, window: int, size: Size, calendar: bool = False) -> Found:
    """Ever listed at two records within the window."""
    n = FEW[size] if calendar else PEOPLE[size]
    run = machine(world(rate), scheme(strikes=2, window=window), people=n, weeks=weeks, seed=51, followup=0, plain=calendar)
    if not calendar:
        return share_of(lived(run)["ever_listed"].sum(), n)
    with patch("glasshouse.engine.ledger.strikes", by_calendar):
        return share_of(lived(run)["ever_listed"].sum(), n)


def window_row(name: str, words: str, rate: float, weeks: int, window: int, years: float, width: float) -> Row:
    """A row of 1.5."""
    target = 1 - never(rate, years, width)
    return Row(
        name=name, title=words, target=target, unit="share of people", pins=("strikes",),
        measure=lambda size: windowed(rate, weeks, window, size),
        bias=abs(1 - never_in_days(rate, 7 * weeks, window) - target),
        bias_why="counted time is in whole weeks and the window in whole days, both of its ends counted: the same scan statistic of days",
        wrong=(
            Wrong("calendar-window", "Records of a calendar period count, not of a rolling window.",
                  lambda size: windowed(rate, weeks, window, size, calendar=True)),
        ), **EXACT,
    )  # fmt: skip


WINDOWS = (
    window_row("window-ten-years", "Two records within two years, at one in five years, for ten years", 0.2, 521, 730, 10, 2),
    window_row("window-five-years", "Two records within a year, at one a year, for five years", 1.0, 261, 365, 5, 1),
)

# 1.6 Valid records at a moment --------------------------------------------------------------------------------------------------------

TAU, RATE = 73, 5.4  # days, records a year: together as two years and 0.54 a year


@cache
def valid(size: Size, expiry: str, rate: float = RATE) -> tuple[int, ...]:
    """People by the number of their valid records on the last day."""
    n = PEOPLE[size]
    if expiry == "fixed":
        run = machine(world(rate), scheme(points=-10, validity=TAU), people=n, weeks=104, seed=61, followup=0)
    elif expiry == "rare":
        run = machine(
            world(0, false_records=2), scheme(points=-10, false_rate=rate, validity=TAU), people=2 * n, weeks=52, seed=63, followup=0
        )
    elif expiry == "renewed":
        return _renewed(size)
    else:  # wrong records that are all corrected after an exponential time
        rules = scheme(points=-10, false_rate=rate, corrected_after=TAU)
        run = machine(world(0, false_records=6), rules, people=n, weeks=104, seed=62, followup=0)
    return tuple(int(x) for x in lived(run)["grades"][0, 0][:7])


def _renewed(size: Size) -> tuple[int, ...]:
    """Wrong: a new record renews the validity of those before it."""
    wrote = book.write_record

    def write(*told: Any) -> bool:
        made = wrote(*told)
        a, (arm, records) = told[0], told[-4:-2]
        last = arm[a].n_book - 1
        for i in range(last):
            records[a, i].gone = records[a, last].gone
        return made

    run = machine(world(RATE), scheme(points=-10, validity=TAU), people=FEW[size], weeks=52, seed=61, followup=0, plain=True)
    with patch("glasshouse.engine.ledger.write_record", write):
        return tuple(int(x) for x in lived(run)["grades"][0, 0][:7])


def at_least(n: int, size: Size, expiry: str, rate: float = RATE) -> Found:
    people = valid(size, expiry, rate)
    return share_of(sum(people[n:]), sum(people))


WHOLE_DAYS = 0.5 / TAU  # whole days cut half a day from an exponential time: the share of the mean that is lost


def valid_row(n: int, expiry: str) -> Row:
    """A row of 1.6."""
    target = float(stats.poisson(RATE * TAU / RATE_YEAR).sf(n - 1))
    slope = RATE * TAU / RATE_YEAR * float(stats.poisson(RATE * TAU / RATE_YEAR).pmf(n - 1))
    of_days = expiry == "exponential"
    return Row(
        name=f"valid-{n}-{expiry}", target=target, unit="share of people", pins=("validity", "grades") if not of_days else ("correction",),
        title=f"People with {n} valid records or more, where these lapse after {'a fixed' if not of_days else 'an exponential'} time",
        measure=lambda size: at_least(n, size, expiry), bias=slope * WHOLE_DAYS if of_days else 0.0,
        bias_why="whole days cut half a day from an exponential time, and so a share of half a day from its mean" if of_days else "",
        wrong=(Wrong("renewed-by-the-next", "A new record renews the validity of those before it.", lambda s: at_least(n, s, "renewed")),),
        **EXACT,
    )  # fmt: skip


def rare(size: Size, rate: float = RATE / 9) -> Found:
    return at_least(2, size, "rare", rate)


VALID = (
    *(valid_row(n, expiry) for expiry in ("fixed", "exponential") for n in (2, 3)),
    Row(
        name="valid-2-false", title="People with two valid false records, of which there is one for nine true ones",
        target=float(stats.poisson(RATE / 9 * TAU / RATE_YEAR).sf(1)), unit="share of people", pins=("validity", "false records"),
        measure=rare, **EXACT,
        wrong=(Wrong("twice-counted", "False records come twice as often, as if of another's act and of no act.",
                     lambda size: rare(size, 2 * RATE / 9)),),
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*RACE, RACE_OF_LISTS, *WINDOWS, *VALID)
