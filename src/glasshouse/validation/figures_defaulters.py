"""The court list of judgment defaulters: what was known at the end of 2018, and what was published later.

Two forecasts, both blind to the numbers they are compared with: the flow of `figures_flow`, which reads nothing younger than 2018, and a
birth-death model of the list fitted to 2024 alone, for 2025. Published counts of the "list" are of two kinds, all who ever entered and
those who stand on it; every figure says which.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product

import numpy as np

from glasshouse.validation.drawings import Drawing, Kind
from glasshouse.validation.drawings import Series as Curve
from glasshouse.validation.figures_data import DAYS, Point, Series, published, with_wrong
from glasshouse.validation.figures_flow import CUT, START, a_year, courses, entry_rates, in_stretch, known, on_day, refusals
from glasshouse.validation.figures_listing import TRAVEL
from glasshouse.validation.figures_mistaken import AIR_2019, WRONG
from glasshouse.validation.figures_picture import Dot, Drawn, Picture
from glasshouse.validation.figures_turnover import turnover
from glasshouse.validation.rows import Figure, Size, Table

FLOW = (*known()["entered"].sources, known()["complied"].points[-1].source)  # what the flow was made from
PINS = ("exits", "terms", "money")
TITLES = {"air": "Flights refused since the end of 2018", "rail": "Fast-train trips refused since the end of 2018"}


def _sources(*points: Point, more: tuple[str, ...] = FLOW) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(p.source for p in points), *more]))


def _flow_2018() -> float:
    """Entries in 2018, by published totals."""
    return a_year(known()["entered"], date(2017, 12, 31), CUT)


def _until_2018() -> list[Figure]:
    had = published("defaulters")["complied"]
    last, march, year_2016 = had.at("2018-12-31"), had.at("2018-03-19"), had.at("2016-12-31")
    base = Figure(
        "defaulters-complied-2018", "Entries that had complied since 2013", last.value, had.unit, last.when, _sources(last), PINS,
        partial(on_day, "complied", last.on), fitted="payments per debt-year", carried=had.at("2018-09-30").value,
    )  # fmt: skip
    sooner = (
        "One rate of payment throughout; the published count grew far faster from 2017 on, when ticket systems began to ask the list, and "
        "sources of early 2016 disagree (0.36 million, or a fifth of 3.08 million)."
    )

    def sooner_count(name: str, point: Point, before: Point) -> Figure:
        return replace(
            base, name=name, published=point.value, when=point.when, sources=_sources(point), fitted="", carried=before.value,
            ours=partial(on_day, "complied", point.on), explained=sooner,
        )  # fmt: skip

    return [
        base,
        sooner_count("defaulters-complied-2018-03", march, year_2016),
        sooner_count("defaulters-complied-2016", year_2016, had.at("2016-03-15")),
    ]


def _stocks() -> list[Figure]:
    data = published("defaulters")
    listed, complied = data["listed"], data["complied"]
    first, second = listed.points
    base = Figure(
        "defaulters-listed-2020", "Entries standing on the list", first.value, listed.unit, first.when, _sources(first), PINS,
        partial(on_day, "listed", first.on),
        explained="Counts of entries do not tell this: some 15 million had ever entered by then. That the middle of the file's ranges "
        "comes so near is chance: the span is wide. Firms are in the published count.",
    )  # fmt: skip
    later = (
        "Nothing published by 2018 tells how fast the other ways off the list are, and the slow end fits better; entries and payments in "
        "the years of the pandemic are not in the flow either."
    )
    faster = (
        "One rate of payment, fitted to the first five years; the courts report more than two million a year since then. What counts as "
        "compliance under pressure may have changed."
    )
    late = complied.points[-1]
    return [
        base,
        replace(
            base, name="defaulters-listed-2023", published=second.value, when=second.when, carried=first.value, explained=later,
            ours=partial(on_day, "listed", second.on),
        ),
        replace(
            base, name="defaulters-complied-2025", title="Entries that had complied since 2013", published=late.value, unit=complied.unit,
            when=late.when, sources=_sources(late), carried=complied.at("2018-12-31").value, explained=faster,
            ours=partial(on_day, "complied", late.on),
        ),
    ]  # fmt: skip


def _flows() -> list[Figure]:
    data = published("defaulters")
    entered = data["entered"].at("2019-07-09")
    found = [Figure(
        "defaulters-entered-2019", "Entries since 2013", entered.value, data["entered"].unit, entered.when, _sources(entered), (),
        partial(on_day, "entered", entered.on), carried=data["entered"].at("2018-12-31").value,
        explained="Only a rate carried on: the product has no mechanism for how many debtors courts list.",
    )]  # fmt: skip
    for series, name in ((data["new"], "entered"), (data["restored"], "off")):
        before = _flow_2018() if name == "entered" else a_year(data["complied"], date(2018, 3, 19), CUT)
        for point in series.points:
            found.append(_year(series, point, name, before))
            before = point.value
    return found


REFORM = "Since 2024 courts sort the unable from the unwilling and list fewer; no number of 2018 could tell."
WAYS_OFF = (
    "Ours is every way off the list. Whether the courts' count of restored entries holds those whose term ran out is not said; in a list "
    "near its balance ours must be near the entries."
)


def _year(series: Series, point: Point, name: str, before: float) -> Figure:
    year, first = point.on.year, date(point.on.year, 1, 1)
    if name == "entered":
        why = REFORM if year > 2023 else ""
        return Figure(
            f"defaulters-new-{year}", f"New entries in {year}, by the numbers of 2018", point.value, series.unit, point.when,
            _sources(point), (), partial(in_stretch, name, first, point.on), carried=before, explained=why,
        )  # fmt: skip
    return Figure(
        f"defaulters-restored-{year}", f"Entries restored in {year}, by the numbers of 2018", point.value, series.unit, point.when,
        _sources(point), PINS, partial(in_stretch, name, first, point.on), carried=before, explained=WAYS_OFF,
    )  # fmt: skip


def _refusals() -> list[Figure]:
    data = published("defaulters")
    why = {
        "air": "A year on the list meant far more refusals in 2019 than before, in July alone 2.56 million; no source read says why. In "
               "the product a refused flight is one attempt of one person.",
        "rail": "Refusals per year on the list fell while those of flights rose; the flow carries one rate on.",
    }  # fmt: skip
    found = []
    for kind, last in product(TRAVEL, ("2019-03-31", "2019-07-09")):
        series = data[kind]
        more = (*FLOW, *known()[kind].sources, *(("ndrc-2019-08",) if kind == "air" else ()))
        a, b = series.at("2018-12-31"), series.at(last)
        last_year = (a.value - series.at("2017-12-31").value) * ((b.on - a.on).days / DAYS)
        found.append(Figure(
            f"defaulters-{kind}-{last[:7]}", TITLES[kind], round(b.value - a.value, 4), series.unit, f"{AIR_2019} to {b.on}",
            _sources(a, b, more=more), ("gates", "exits", "terms"), partial(refusals, kind, AIR_2019, b.on), carried=last_year,
            explained=why[kind],
        ))  # fmt: skip
    return found


def _birth_death() -> list[Figure]:
    data = published("defaulters")
    why = "The list of the beginning is a press count, and restored entries are taken for all who left."
    sources = ("spc-2025-03", "financial-times-2023")

    new, out = data["new"].at("2025-12-31"), data["restored"].at("2025-12-31")
    return [
        Figure("defaulters-turnover-new-2025", "New entries in 2025, by those of 2023 and 2024", new.value, data["new"].unit, new.when,
               _sources(new, more=sources), (), lambda size: turnover(size)[0], carried=data["new"].at("2024-12-31").value,
               explained="A rate carried on, not a mechanism."),
        Figure("defaulters-turnover-restored-2025", "Entries restored in 2025, by the list and the exits of 2024", out.value,
               data["restored"].unit, out.when, _sources(out, more=sources), ("exits",), lambda size: turnover(size)[1],
               carried=data["restored"].at("2024-12-31").value, explained=why),
    ]  # fmt: skip


def _silent() -> list[Figure]:
    series, firms = published("defaulters")["refused_people"], published("defaulters")["people"]
    people, first = series.points[0], firms.points[0]
    again = (
        "A need is one attempt of one person; asking again and again for the same journey is not in the model. At the default rate of "
        "flights a person refused in five weeks is hardly ever refused twice."
    )
    return [
        Figure(
            "defaulters-refused-flights-per-person", "Refused flights per person refused", people.value, series.unit, people.when,
            (people.source,), ("gates",), cannot=again,
        ),
        Figure(
            "defaulters-share-of-people", "Persons among the first entries, the rest being firms", first.value, firms.unit, first.when,
            (first.source,), (), cannot="Only people are listed in the model: firms and their heads are left out.",
        ),
    ]  # fmt: skip


_FIGURES: tuple[Figure, ...] = (*_until_2018(), *_stocks(), *_flows(), *_refusals(), *_birth_death(), *_silent())


FIGURES = with_wrong(_FIGURES, WRONG)


def _drawn(size: Size) -> Drawn:
    central, every = courses(size)
    weeks = range(0, 12 * 52 + 1, 4)
    days = tuple(date.fromordinal(START.toordinal() + 7 * w) for w in weeks)
    lines = np.array([c.listed for c in every])[:, list(weeks)]
    dots = tuple(
        Dot(p.on, p.value, series.counts, p.source, fitted=name == "complied" and p.on == CUT, used=p.on <= CUT)
        for name, series in published("defaulters").items() if name in ("entered", "listed", "complied") for p in series.points
    )  # fmt: skip
    central_line = tuple(map(float, central.listed[list(weeks)]))
    return Drawn(days, central_line, tuple(map(float, lines.min(0))), tuple(map(float, lines.max(0))), dots)


COURSE = Picture(
    "defaulters-listed", "The court list: entries, and those who stand on it", "million entries", CUT,
    "Line and band: entries standing on the list, by the numbers of 2018 (band: lowest and highest over what is not known; no "
    "probability). Dots: published; the count that was fitted to is marked.", _drawn,
)  # fmt: skip


def _year_of(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / DAYS


def drawn_course() -> tuple[Curve, ...]:
    """Ours as lines, what was published as dots; what ours had seen, and what it had not, are told apart by the label."""
    it = COURSE.draw(Size.FULL)
    days = tuple(_year_of(day) for day in it.days)
    words = {published("defaulters")["listed"].counts: "stand on the list", published("defaulters")["entered"].counts: "ever entered"}
    dots = {name: [d for d in it.dots if words.get(d.counts) == name] for name in words.values()}
    central = courses(Size.FULL)[0]
    ever = tuple(float(central.on("entered", day)) for day in it.days)
    lines = {"stand on the list": (it.central, it.low, it.high), "ever entered": (ever, (), ())}
    series: list[Curve] = []
    for name, (line, low, high) in lines.items():
        series.append(Curve(name, Kind.OURS, f"{name}: ours, by the numbers of 2018", days, line, low, high))
        at = sorted((_year_of(d.on), d.value) for d in dots[name])
        series.append(Curve(name, Kind.THEIRS, "counted", tuple(x for x, _ in at), tuple(y for _, y in at)))
    return (*series, Curve("cut", Kind.ELSE, "end of 2018: ours saw no later number", (_year_of(CUT),) * 2, (0.0, max(ever))))


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        COURSE.name, Table.WORLD, "China's court list, forecast by what was known at the end of 2018", "year",
        "million entries",
        "Entries on the list of judgment defaulters. Lines: ours, by numbers up to 2018 alone; dots: counted. The band is the lowest "
        "and the highest over what is not known, with no probability attached. What sources count is of two kinds, all "
        "who ever entered and those who stand on the list on a day; they are not to be confused.", drawn_course, years=True, lines=True,
    ),
)  # fmt: skip

__all__ = ["COURSE", "FIGURES", "PICTURES", "WRONG", "entry_rates", "turnover"]
