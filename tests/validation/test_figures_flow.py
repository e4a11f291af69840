"""Forecasts read nothing younger than the day they are made on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from glasshouse.files.settings import empirical_values
from glasshouse.scheme.load import load_scheme
from glasshouse.validation import figures_flow, figures_redress
from glasshouse.validation.figures_data import Published, Series, published
from glasshouse.validation.figures_defaulters import COURSE
from glasshouse.validation.figures_flow import CUT, course, entered, entry_rates, known, payment, refusals, week
from glasshouse.validation.figures_listing import LAST, of_a_later_year, place, scheme_as_of_then, spells
from glasshouse.validation.figures_redress import BEGIN, EARLY, LATE, assessed, claims, fluid, paces, queues
from glasshouse.validation.rows import Forecast, Size

QUICK = Size.QUICK


def tampered(data: Published, after: date) -> Published:
    """The numbers with all later ones multiplied."""

    def change(series: Series) -> Series:
        return replace(series, points=tuple(replace(p, value=p.value * (3 if p.on > after else 1)) for p in series.points))

    return {name: change(series) for name, series in data.items()}


def forget() -> None:
    payment.cache_clear()
    course.cache_clear()


@dataclass(frozen=True)
class Flow:
    """What a forecast of 2018 comes to."""

    rates: tuple[float, float, float]
    payment: float
    listed: tuple[float, ...]
    air: Forecast


def flow() -> Flow:
    """The forecast, made anew."""
    forget()
    rates = entry_rates()
    listed = tuple(course(0.5, rates[0], QUICK).listed.tolist())
    return Flow(rates, payment(0.5, QUICK), listed, refusals("air", date(2019, 1, 1), date(2019, 7, 9), QUICK))


@pytest.fixture
def as_published() -> Iterator[Flow]:
    """The forecast by the numbers as they were; whatever a test makes of them is forgotten after it."""
    yield flow()
    forget()


def test_the_flow_reads_only_numbers_up_to_2018(as_published: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it moves if every later count is three times as high."""
    changed = tampered(published("defaulters"), CUT)
    monkeypatch.setattr(figures_flow, "published", lambda topic: changed)
    assert flow() == as_published


def test_the_flow_does_read_the_numbers_up_to_2018(as_published: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test before this one would notice: with other numbers of December 2018 the forecast is another."""
    changed = tampered(published("defaulters"), date(2018, 11, 1))
    monkeypatch.setattr(figures_flow, "published", lambda topic: changed)
    ours = flow()
    assert ours.payment != as_published.payment and ours.rates != as_published.rates and ours.air != as_published.air


def test_nothing_known_is_younger_than_the_cut() -> None:
    """And something is left of it."""
    days = [p.on for series in known().values() for p in series.points]
    assert max(days) == CUT and len(known()["entered"].points) > 8


def test_values_fitted_to_later_counts_are_put_back() -> None:
    """Values of the scheme file set with counts of 2024 in view stand in the middle of their ranges; the others as in the file."""
    then, now = dict(empirical_values(scheme_as_of_then(0.5))), dict(empirical_values(load_scheme("judgment-defaulters")))
    late = {path for path, value in now.items() if of_a_later_year(value)}
    assert len(late) >= 5 and any("exits" in path for path in late)
    for path, value in now.items():
        assert then[path].value == pytest.approx(place(value, 0.5) if path in late else value.value)
    assert not of_a_later_year(now["gates.air-refusal.compliance"])  # fitted to the refusals of 2018
    assert CUT.year == LAST


def test_entries_are_as_published_up_to_the_cut() -> None:
    """At each count, within a week's entries; after the last by the rate."""
    line = entered(2.0)
    for point in known()["entered"].points[4:]:
        assert line[week(point.on)] == pytest.approx(point.value, abs=0.08)
    assert line[-1] - line[-53] == pytest.approx(2.0 * 364 / 365.25)


def test_who_entered_is_on_the_list_or_off_it() -> None:
    """Stocks add up, and nobody comes off who never entered; a slower way off leaves more on the list."""
    rate = entry_rates()[0]
    fast, slow = course(0.0, rate, QUICK), course(1.0, rate, QUICK)
    for c in (fast, slow):
        assert np.allclose(c.listed + c.off, c.entered) and (c.listed > -1e-9).all() and (c.complied <= c.off + 1e-9).all()
    assert (slow.listed[100:] > fast.listed[100:]).all()


def test_spells_end() -> None:
    """The share off the list grows with time, payment is one way of several, and refusals are those of the file's rates."""
    found = spells(0.12, 0.5, QUICK)
    assert (np.diff(found.left) >= 0).all() and found.left[0] < 0.05 and 0.9 < found.left[-1] <= 1
    assert (found.performed <= found.left).all() and 0.1 < found.performed[-1] < found.left[-1]
    assert found.entries > 300 and found.refused["air"] == pytest.approx(0.8 * 0.95, rel=0.25)


def test_the_picture_marks_what_was_fitted() -> None:
    """One dot, of the end of 2018; whatever is younger had not been seen."""
    drawn = COURSE.draw(QUICK)
    assert len(drawn.days) == len(drawn.central) == len(drawn.low) == len(drawn.high)
    assert all(low <= c <= high for low, c, high in zip(drawn.low, drawn.central, drawn.high, strict=True))
    assert [(d.on, d.value) for d in drawn.dots if d.fitted] == [(CUT, 3.51)]
    assert all(d.used == (d.on <= CUT) for d in drawn.dots) and {d.counts for d in drawn.dots if d.value == 5.7} == {
        published("defaulters")["listed"].counts
    }


@pytest.mark.parametrize("cut", [EARLY, LATE])
def test_redress_reads_only_numbers_up_to_the_day(cut: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims and paces stay as they are if later counts are others; what the office had announced by then is kept."""
    before = paces(cut), claims(cut, date(2023, 12, 31))
    data = published("redress")
    changed = tampered(data, cut) | {"planned": data["planned"]}
    monkeypatch.setattr(figures_redress, "published", lambda topic: changed)
    assert (paces(cut), claims(cut, date(2023, 12, 31))) == before


@pytest.mark.parametrize(("cut", "day"), [(EARLY, date(2023, 8, 31)), (LATE, date(2024, 7, 19))])
def test_the_product_s_queue_is_the_fluid_one(cut: date, day: date) -> None:
    """An overloaded queue decides as many as it has places; a week's places is what the two may differ by, and a case's rounding."""
    scale = figures_redress.SCALE[QUICK]
    ours = assessed(cut, day, QUICK)
    expected = [fluid(cut, cut, day, pace) for pace in paces(cut)]
    allowed = 7 * max(paces(cut)) + 2 * scale + 0.002 * max(expected)  # places are kept in 1/4096 of a case a week
    assert ours.central == pytest.approx(expected[0], abs=allowed)
    assert (ours.low, ours.high) == pytest.approx((min(expected), max(expected)), abs=allowed)


def test_claims_older_than_a_year() -> None:
    """First come first served: those of a year ago less all decided, within four standard errors of a Poisson number."""
    scale, day = figures_redress.SCALE[QUICK], (EARLY - BEGIN).days
    queue = queues(EARLY, BEGIN, EARLY, QUICK)[0]
    expected = 8100 - 4200
    assert abs(scale * queue.older(day - 365, day) - expected) <= 4 * scale * (8100 / scale) ** 0.5 + 7 * paces(EARLY)[0]
