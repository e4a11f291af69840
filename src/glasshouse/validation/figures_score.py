"""How good a forecast was: nearer than carrying the last value forward, and how sharp.

The interval score is that of Gneiting and Raftery (2007, Journal of the American Statistical Association 102, equation 43; of the paper
the abstract was read, the equation is as manuals of scoring software restate it): the width of the interval, plus `2 / alpha` times the
distance by which the value lies outside it. Less is better: a wide interval pays by its width, a narrow one by missing. The score is made
for intervals that claim to hold with probability `1 - alpha`. Ours claim no probability, so `alpha` is here no more than the price of a
miss, the same for every forecast compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from glasshouse.validation.rows import Figure, Forecast

ALPHA = 0.2  # a miss costs ten times its distance


def interval_score(low: float, high: float, value: float, alpha: float = ALPHA) -> float:
    """Width of the interval, and `2 / alpha` times the distance of the value from it.

    Raises
    ------
    ValueError
        The interval is turned round, or `alpha` is no share between 0 and 1.
    """
    if low > high or not 0 < alpha < 1:
        raise ValueError(f"no interval or no share: {low}, {high}, {alpha}")
    return (high - low) + 2 / alpha * (max(0.0, low - value) + max(0.0, value - high))


@dataclass(frozen=True)
class Score:
    """A forecast beside the last value carried forward.

    `carried` is scored twice: as a point, the sharpest forecast there is, and with an interval as wide as ours around it, so that place
    alone decides.
    """

    width: float
    inside: bool
    error: float
    interval: float
    carried_error: float | None = None
    carried_as_point: float | None = None
    carried_as_wide: float | None = None

    @property
    def better(self) -> bool | None:
        """Whether ours beats the carried value at equal width (None: nothing was published before)."""
        return None if self.carried_as_wide is None else self.interval < self.carried_as_wide


def score(figure: Figure, ours: Forecast, alpha: float = ALPHA) -> Score:
    """Score a forecast of a figure; a figure that something was fitted to has none.

    Raises
    ------
    ValueError
        Something was fitted to the figure: it tests nothing.
    """
    if figure.fitted:
        raise ValueError(f"{figure.name} was fitted to")
    value, width = figure.published, ours.high - ours.low
    own = Score(width, ours.low <= value <= ours.high, abs(ours.central - value), interval_score(ours.low, ours.high, value, alpha))
    if figure.carried is None:
        return own
    at = figure.carried
    return Score(
        own.width, own.inside, own.error, own.interval, abs(at - value), interval_score(at, at, value, alpha),
        interval_score(at - width / 2, at + width / 2, value, alpha),
    )  # fmt: skip
