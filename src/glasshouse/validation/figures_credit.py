"""Credit files: errors of one person are not alone, and disputes are decided one by one.

Put in: the share of people who disputed something (the rate of false records), and the share of these in whose file something was changed
(the share of disputes upheld). How unequally errors fall on people is not known: the frailty of record is taken over the default world's
range. What comes out and was not put in is the share of people with a dispute that was turned down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial

from glasshouse.validation.figures_data import Series, published, with_wrong
from glasshouse.validation.figures_review import decisions, reviewed
from glasshouse.validation.live import machine
from glasshouse.validation.rows import Figure, Forecast, Found, Size, Wrong
from glasshouse.validation.simple import world
from glasshouse.validation.values import stage
from glasshouse.world.load import load_world

PEOPLE = {Size.QUICK: 8_000, Size.FULL: 20_000}  # one town; more lines than the log holds beyond that
PINS = ("false records", "frailty", "review")
FLAT = 1000.0  # a shape of frailty so narrow that errors fall on everyone alike
MOST = 4.0  # false records that may reach a person of mean frailty in the year


def count(name: str) -> float:
    """A published count."""
    return published("credit")[name].points[0].value


def shapes() -> tuple[float, float, float]:
    """The gamma shape of frailty: central, most unequal, least unequal."""
    said = load_world().frailty_shape
    return said.value, *said.range


@dataclass(frozen=True)
class Shares:
    """Of all people: those with a dispute, with one upheld, with one turned down; and disputes a person."""

    disputed: float
    changed: float
    unresolved: float
    disputes: float


def inputs(shape: float, disputed: float, changed: float) -> tuple[float, float]:
    """The mean number of false records, and the share upheld, at which so many people have one, and one upheld.

    Each person's number is Poisson about a mean that is gamma distributed over people.
    """
    mean = shape * ((1 - disputed) ** (-1 / shape) - 1)
    return mean, shape * ((1 - changed) ** (-1 / shape) - 1) / mean


def lived_with(shape: float, disputed: float, changed: float, size: Size) -> Shares:
    """A year of false records, all disputed, in the product."""
    return lived(shape, *inputs(shape, disputed, changed), size)


@cache
def lived(shape: float, mean: float, upheld: float, size: Size) -> Shares:
    """The same by the number of false records a person and the share of disputes upheld."""
    people = PEOPLE[size]
    place = world(0.0, false_records=MOST, changes={"frailty_shape": shape})
    law = reviewed([stage(None, upheld, upheld)], false_rate=mean * 365 / 364)
    run = machine(place, law, people=people, weeks=52, seed=2012, followup=28)
    won, lost = decisions(run, people)
    return Shares(float(((won + lost) > 0).mean()), float((won > 0).mean()), float((lost > 0).mean()), float((won + lost).mean()))


def ours(name: str, size: Size) -> Forecast:
    """One share over the range of frailty."""
    people = count("participants")
    found = [getattr(lived_with(k, count("disputed") / people, count("changed") / people, size), name) for k in shapes()]
    return Forecast(found[0], min(found), max(found))


def _figure(name: str, title: str, fitted: str = "", explained: str = "") -> Figure:
    series, people = published("credit")[name], published("credit")["participants"]
    point = series.points[0]
    return Figure(
        f"credit-{name}", title, round(point.value / count("participants"), 4), "share of people", "2012",
        tuple(dict.fromkeys((point.source, *people.sources))), PINS, partial(ours, name), fitted=fitted, explained=explained,
    )  # fmt: skip


def _silent(name: str, title: str, why: str) -> Figure:
    series: Series = published("credit")[name]
    point = series.points[0]
    return Figure(f"credit-{name}", title, point.value, series.unit, str(point.on.year), (point.source,), (), cannot=why)


_FIGURES: tuple[Figure, ...] = (
    _figure("disputed", "People who disputed something in a credit file", "rate of false records"),
    _figure("changed", "People in whose credit file something was changed", "share of disputes upheld"),
    _figure(
        "unresolved", "People with a dispute that the agency turned down",
        explained="Errors come one by one in the model. In three files of one person the same error may stand three times, and each agency "
        "decides for itself: disputes are more, and fare less alike, than one error each would make them.",
    ),
    _silent("tier", "People whom a change put into a better class of risk", "What one record does to a score is not in any source read."),
    _silent("reinserted", "Deleted errors that came back", "A record that a review has taken out never comes back in the model."),
    _silent("given-up", "Of people who still call it wrong, those who give up", "Going on after a failed dispute is put in."),
)  # fmt: skip


def _by_file(size: Size) -> Found:
    disputed, changed = (count(name) / count("files") for name in ("disputed", "changed"))
    return Found(lived_with(shapes()[0], disputed, changed, size).unresolved)


def _put_in() -> tuple[float, float, float]:
    """The central shape of frailty, the number of false records a person and the share of disputes upheld."""
    shape, people = shapes()[0], count("participants")
    return shape, *inputs(shape, count("disputed") / people, count("changed") / people)


def _alike(name: str, size: Size) -> Found:
    return Found(getattr(lived(FLAT, *_put_in()[1:], size), name))


def _disputes(size: Size) -> Found:
    return Found(lived(*_put_in(), size).disputes)


def _of_people(size: Size) -> Found:
    shape, mean, _ = _put_in()
    return Found(lived(shape, mean, count("changed") / count("disputed"), size).changed)


ALL_ALIKE = "Errors fall on everyone alike, at the rate fitted to people who differ."
DISPUTES = "Disputes a person are taken for people with a dispute."
OF_PEOPLE = "The share of people who got a change is taken for the share of disputes upheld."
BY_FILE = "People with an error are divided by the number of files."
# Deliberate mistakes: everybody for the individuals, errors for people, people for errors, files for people.
WRONG: tuple[tuple[str, Wrong], ...] = (
    ("credit-disputed", Wrong("all-alike", ALL_ALIKE, partial(_alike, "disputed"))),
    ("credit-disputed", Wrong("disputes-for-people", DISPUTES, _disputes)),
    ("credit-changed", Wrong("all-alike", ALL_ALIKE, partial(_alike, "changed"))),
    ("credit-changed", Wrong("people-for-disputes", OF_PEOPLE, _of_people)),
    ("credit-unresolved", Wrong("files-for-people", BY_FILE, _by_file)),
)
FIGURES = with_wrong(_FIGURES, WRONG)
