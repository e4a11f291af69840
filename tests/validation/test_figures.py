"""The world's own figures: every number has a day, a unit and a source; what was fitted says so; mistakes are noticed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from glasshouse.validation import figures_credit, figures_defaulters, figures_pip, figures_redress
from glasshouse.validation.figures_credit import inputs, lived_with
from glasshouse.validation.figures_data import Published, published
from glasshouse.validation.figures_pip import growth_2018, said, waits
from glasshouse.validation.figures_review import Cases, in_any_order
from glasshouse.validation.figures_score import ALPHA, Score, interval_score, score
from glasshouse.validation.rows import Figure, Forecast, Size, Wrong
from glasshouse.validation.sources import sources

TOPICS = {"defaulters": figures_defaulters, "credit": figures_credit, "pip": figures_pip, "redress": figures_redress}
FIGURES: dict[str, Figure] = {f.name: f for topic in TOPICS.values() for f in topic.FIGURES}
WRONG: list[tuple[str, Wrong]] = [pair for topic in TOPICS.values() for pair in topic.WRONG]
FITTED = {"defaulters-complied-2018", "credit-disputed", "credit-changed"}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_published_number_says_what_it_counts_when_and_by_whom(topic: str) -> None:
    """Nothing is a number without unit, day and source; what is cumulative never falls; flows have a first day."""
    data = published(topic)
    assert data
    for series in data.values():
        assert series.unit and len(series.counts) > 10 and series.points
        assert [p.on for p in series.points] == sorted(p.on for p in series.points)
        for point in series.points:
            assert point.source in sources() and math.isfinite(point.value) and point.value > 0
            assert point.since is None or point.since < point.on
        if "since" in series.counts:
            assert [p.value for p in series.points] == sorted(p.value for p in series.points)


def test_ever_listed_and_currently_listed_are_kept_apart() -> None:
    """The two counts that sources mix up stand in two series, and differ by millions in the years in which both are known."""
    data: Published = published("defaulters")
    assert "still on the list or not" in data["entered"].counts and "that day" in data["listed"].counts
    assert data["entered"].at("2019-07-09").value > 2 * data["listed"].at("2020-01-15").value


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_complete(name: str) -> None:
    """A figure has unit, time and known sources, and either a forecast or a reason why there is none."""
    figure = FIGURES[name]
    assert figure.unit and figure.when and figure.title and math.isfinite(figure.published)
    assert figure.sources and len(set(figure.sources)) == len(figure.sources)
    assert set(figure.sources) <= set(sources())
    assert (figure.ours is None) == bool(figure.cannot)


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_of_ours_has_a_mistaken_one_beside_it(name: str) -> None:
    """A wrong variant, each with a name of its own, or the reason why the model has no number that could be mistaken."""
    figure = FIGURES[name]
    assert bool(figure.wrong) != bool(figure.cannot)
    assert len({wrong.name for wrong in figure.wrong}) == len(figure.wrong)
    assert all(wrong.text.endswith(".") for wrong in figure.wrong)


def test_no_mistake_is_lost() -> None:
    """Each is one of a figure."""
    assert len(WRONG) == sum(len(figure.wrong) for figure in FIGURES.values())


def test_what_was_fitted_is_marked() -> None:
    """Three numbers were fitted to, and no others say so."""
    assert {name for name, figure in FIGURES.items() if figure.fitted} == FITTED


@pytest.mark.parametrize("name", sorted(name for name, f in FIGURES.items() if f.ours))
def test_every_forecast_is_a_number_within_its_range(name: str) -> None:
    """Central between lowest and highest; a figure far off says why."""
    figure = FIGURES[name]
    assert figure.ours is not None
    ours = figure.ours(Size.QUICK)
    assert ours.low <= ours.central <= ours.high and math.isfinite(ours.low + ours.high)
    outside = not ours.low <= figure.published <= ours.high
    assert not outside or figure.fitted or figure.explained


@pytest.mark.parametrize("name", sorted(FITTED))
def test_what_was_fitted_is_met(name: str) -> None:
    """Within a twentieth, at the quick size."""
    figure = FIGURES[name]
    assert figure.ours is not None
    assert figure.ours(Size.QUICK).central == pytest.approx(figure.published, rel=0.05)


@pytest.mark.parametrize(("name", "wrong"), WRONG, ids=[f"{name}-{wrong.name}" for name, wrong in WRONG])
def test_a_mistaken_quantity_is_noticed(name: str, wrong: Wrong) -> None:
    """It lies outside our range and farther from what was published than ours."""
    figure = FIGURES[name]
    assert figure.ours is not None
    ours, mistaken = figure.ours(Size.QUICK), wrong.measure(Size.QUICK).value
    assert not ours.low <= mistaken <= ours.high
    assert abs(mistaken - figure.published) > abs(ours.central - figure.published)


def test_interval_score_by_hand() -> None:
    """Inside: the width. Outside: the width and ten times the distance at the default price."""
    assert interval_score(2, 5, 4) == 3
    assert interval_score(2, 5, 1) == pytest.approx(3 + 2 / ALPHA)
    assert interval_score(2, 5, 7, alpha=0.5) == pytest.approx(3 + 4 * 2)
    with pytest.raises(ValueError, match="no interval"):
        interval_score(5, 2, 3)


def test_score_beside_the_carried_value() -> None:
    """Nearer at equal width is better; what was fitted has no score."""
    figure = Figure("x", "x", 10.0, "u", "2020", ("s",), (), carried=4.0)
    found = score(figure, Forecast(9, 8, 11))
    assert (found.width, found.inside, found.error, found.interval) == (3, True, 1, 3)
    assert (found.carried_error, found.carried_as_point, found.carried_as_wide) == (6, 60, pytest.approx(3 + 10 * 4.5))
    assert found.better is True
    assert Score(3, True, 1, 3).better is None
    with pytest.raises(ValueError, match="fitted"):
        score(Figure("x", "x", 10.0, "u", "2020", ("s",), (), fitted="something"), Forecast(9, 8, 11))


def test_credit_files_by_the_gamma_mixture() -> None:
    """The product's shares are those of gamma-mixed Poisson numbers thinned by the share upheld, within four standard errors."""
    shape, people = 0.5, figures_credit.PEOPLE[Size.QUICK]
    mean, upheld = inputs(shape, 0.26, 0.2)
    found = lived_with(shape, 0.26, 0.2, Size.QUICK)
    for share, thinned in ((found.disputed, 1.0), (found.changed, upheld), (found.unresolved, 1 - upheld)):
        expected = 1 - (1 + mean * thinned / shape) ** -shape
        # A table of 1,024 quantiles cuts the tail off: less than a hundredth of a share.
        assert abs(share - expected) <= 4 * math.sqrt(expected * (1 - expected) / people) + 0.01 * expected


def test_waits_by_the_fluid_line() -> None:
    """A queue that grows g days a day: waits of a year are spread evenly over g years, half of them within the middle half of that."""
    growth = growth_2018()
    low, middle, high = waits(growth, Size.QUICK)
    # A week of service is a step (two days of its spread), and a year's chance moves a queue of this size by some days.
    chance = math.sqrt(364 / 7 / figures_pip.CASES) * 7
    assert abs(middle - said("wait")) <= 2 + chance
    assert abs((high - low) - growth * 364 / 2) <= 4 + 2 * chance


def test_cases_by_lot_and_cases_that_wait() -> None:
    """Taken by lot, nobody waits before they came and all who are decided wait as long in sum; who waits is filed and not decided."""
    queue = Cases(np.arange(10), np.array([3, 3, 6, 6, 9, 9]))
    assert queue.waiting(6).tolist() == [2, 1, 0]  # filed on days 4 to 6
    waited = in_any_order(queue, 1)
    assert (waited >= 0).all() and (waited <= queue.decided).all() and len(waited) == 6
    all_decided = Cases(queue.filed, np.full(10, 9))
    assert in_any_order(all_decided, 1).sum() == (9 - queue.filed).sum()
