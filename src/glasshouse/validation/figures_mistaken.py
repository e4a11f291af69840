"""Deliberate mistakes about the court list: each must miss its figure by more than ours does, and lie outside our range.

Each is the same course of things with one thing taken for another: a stock for a flow, all who ever entered for those on the list, one way
off for all of them, trains for flights, the time before a change for the time after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from glasshouse.validation.figures_data import DAYS, published
from glasshouse.validation.figures_flow import CUT, STEADY, Course, courses, known, refusals
from glasshouse.validation.figures_turnover import Turnover, of_2024
from glasshouse.validation.rows import Found, Measure, Size, Wrong

AIR_2019 = date(2019, 1, 1)
UNASKED = date(2015, 12, 31)  # from here to `STEADY` ticket systems were only beginning to ask the list
QUARTER, SUMMER = date(2019, 3, 31), date(2019, 7, 9)  # last days of the refusals forecast
FIRST, SECOND = (p.on for p in published("defaulters")["listed"].points)
COMPLIED = {
    "2016": date(2016, 12, 31), "2018-03": date(2018, 3, 19), "2018": CUT, "2025": published("defaulters")["complied"].points[-1].on,
}  # fmt: skip
Named = tuple[str, Wrong]


def central(of: Callable[[Course], float]) -> Measure:
    """A number of the central course."""
    return lambda size: Found(of(courses(size)[0]))


def on(name: str, day: date) -> Measure:
    """A stock, or a count since the beginning, on a day."""
    return central(lambda c: c.on(name, day))


def in_year(name: str, year: int) -> Measure:
    """What a count grew by in a year."""
    return central(lambda c: c.between(name, date(year, 1, 1), date(year, 12, 31)))


def _only_payment(c: Course) -> float:
    return c.on("entered", FIRST) - c.on("complied", FIRST)


def _lists() -> tuple[Named, ...]:
    """Stocks, and counts since the beginning."""
    ever, paid = "All who ever entered are taken for those who stand on the list.", "Payment is taken for the only way off the list."
    stand, year = "Those who stand on the list are taken for all who ever entered.", "A year's entries are taken for those of half a year."
    complied = "All who came off are taken for those who complied."
    return (
        ("defaulters-listed-2020", Wrong("ever-listed", ever, on("entered", FIRST))),
        ("defaulters-listed-2020", Wrong("only-payment", paid, central(_only_payment))),
        ("defaulters-listed-2023", Wrong("ever-listed", ever, on("entered", SECOND))),
        *((f"defaulters-complied-{name}", Wrong("all-off", complied, on("off", day))) for name, day in COMPLIED.items()),
        ("defaulters-entered-2019", Wrong("standing", stand, on("listed", SUMMER))),
        ("defaulters-entered-2019", Wrong("a-year", year, on("entered", date(2019, 12, 31)))),
    )


def _years() -> tuple[Named, ...]:
    """Entries and exits of a year."""
    growth = "What the list grows by is taken for its entries."
    stock = "Those who stand on the list are taken for those who {} in the year."
    paid = "Payment is taken for the only way off the list."
    found: list[Named] = []
    for year in (2023, 2024, 2025):
        listed = on("listed", date(year, 12, 31))
        found += [
            (f"defaulters-new-{year}", Wrong("growth", growth, in_year("listed", year))),
            (f"defaulters-new-{year}", Wrong("standing", stock.format("entered"), listed)),
            (f"defaulters-restored-{year}", Wrong("standing", stock.format("came off"), listed)),
        ]
        if year > 2023:  # of 2023 the count is nearer to payments alone than to ours
            found.append((f"defaulters-restored-{year}", Wrong("only-payment", paid, in_year("complied", year))))
    return tuple(found)


def _as(kind: str, last: date) -> Measure:
    """Refusals of one kind of ticket."""
    return lambda size: Found(refusals(kind, AIR_2019, last, size).central)


def _by_rate_of(first: date, last: date, kind: str, until: date) -> Measure:
    """Refusals at the rate per year on the list of another stretch."""

    def measure(size: Size) -> Found:
        c, counts = courses(size)[0], known()[kind]
        rate = (counts.at(str(last)).value - counts.at(str(first)).value) / c.listed_years(first, last)
        return Found(rate * c.listed_years(AIR_2019, until))

    return measure


def _years_since_entry(c: Course, first: date, last: date) -> float:
    return sum(c.on("entered", date.fromordinal(day)) for day in range(first.toordinal(), last.toordinal() + 1)) / DAYS


def _ever_refused(kind: str, until: date) -> Measure:
    """Refusals at the rate per year on the list, to all who ever entered."""

    def measure(size: Size) -> Found:
        c, counts = courses(size)[0], known()[kind]
        rate = (counts.at(str(CUT)).value - counts.at(str(STEADY)).value) / c.listed_years(STEADY, CUT)
        return Found(rate * _years_since_entry(c, AIR_2019, until))

    return measure


def _refused() -> tuple[Named, ...]:
    """Refused tickets."""
    unasked = "Refusals go on as before ticket systems asked the list."
    ever = "All who ever entered are taken to be refused as those on the list are."
    found: list[Named] = []
    for name, last in (("2019-03", QUARTER), ("2019-07", SUMMER)):
        found += [
            (f"defaulters-air-{name}", Wrong("fast-trains", "Trips on fast trains are taken for flights.", _as("rail", last))),
            (f"defaulters-air-{name}", Wrong("before-systems", unasked, _by_rate_of(UNASKED, STEADY, "air", last))),
            (f"defaulters-rail-{name}", Wrong("flights", "Flights are taken for trips on fast trains.", _as("air", last))),
            (f"defaulters-rail-{name}", Wrong("ever-listed", ever, _ever_refused("rail", last))),
        ]
    return tuple(found)


def _by_turnover(of: Callable[[Turnover], float]) -> Measure:
    return lambda size: Found(of(of_2024(size)))


def _turnover() -> tuple[Named, ...]:
    """Births and deaths."""
    new, restored = "defaulters-turnover-new-2025", "defaulters-turnover-restored-2025"
    before, growth = "Entries go on as in 2023, before they fell.", "What the list grows by is taken for its entries."
    stay, gone = "Nobody leaves in the year of entry.", "Those who left in 2024 are taken to stand on the list still."
    return (
        (new, Wrong("before-the-fall", before, _by_turnover(lambda it: it.before))),
        (new, Wrong("growth", growth, _by_turnover(lambda it: it.came - it.exits(it.came)))),
        (restored, Wrong("stay-the-year", stay, _by_turnover(lambda it: it.there * it.old))),
        (restored, Wrong("left-still-there", gone, _by_turnover(lambda it: it.exits(it.came) + it.went * it.old))),
    )


WRONG: tuple[Named, ...] = (*_lists(), *_years(), *_refused(), *_turnover())

__all__ = ["AIR_2019", "WRONG"]
