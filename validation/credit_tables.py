"""Liu et al. 2018 in the published setting, where the tables are at hand: GLASSHOUSE_CREDIT_TABLES names their folder.

The tables count people by score and group and are not part of this repository (see `validation/data/README.md`). Without them there are no
rows here. Groups A and B are the columns of the tables that `COLUMNS` names; which group is which is of no matter to the arithmetic.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import numpy as np

from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong
from validation.lending_by_score import (
    GROUPS,
    MISTAKES,
    MOST,
    OF_ALL,
    OF_POLICY,
    OPPORTUNITY,
    PARITY,
    POOLED,
    UNITS,
    UPSIDE_DOWN,
    Floats,
    Group,
    expected,
    loans,
    outcome_curve,
    pooled,
    rate,
    threshold,
)  # fmt: skip

FOLDER = os.environ.get("GLASSHOUSE_CREDIT_TABLES", "")
COLUMNS = {"A": "Black", "B": "Non- Hispanic white"}  # as the published tables name them
BANDS = (2.1, 4.2, 5.4, 6.5, 7.9, 9.6, 12.0, 13.8, 17.0, 15.8, 5.7)  # percent of all people by band of 50 points, from 300 on
FLOOR, CEILING = 300.0, 850.0


@cache
def published_groups(folder: str) -> tuple[Group, ...]:
    """The two groups by score, as in the authors' code: percentiles of all people read as scores, defaults in percent."""
    below = _table(Path(folder) / "transrisk_cdf_by_race_ssa.csv")
    defaults = _table(Path(folder) / "transrisk_performance_by_race_ssa.csv")
    counts = _table(Path(folder) / "totals.csv", index="Kind")
    edges = np.concatenate([[0.0], np.cumsum(BANDS)])
    scores = np.interp(below["Score"], edges, FLOOR + 50 * np.arange(edges.size))
    people = {name: float(counts[column][0]) for name, column in COLUMNS.items()}
    return tuple(
        Group(scores, np.diff(below[column] / 100, prepend=0.0), 1 - defaults[column] / 100, people[name] / sum(people.values()))
        for name, column in COLUMNS.items()
    )


def _table(path: Path, index: str = "Score") -> dict[str, Floats]:
    with path.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    return {name: np.array([float(line[name]) for line in lines]) for name in lines[0] if name != "Kind" or index != "Kind"}


def published_moves(group: Group) -> Floats:
    """By how much a score changes with a loan, on average, and no further than the bounds of scores (as in the authors' code)."""
    return np.clip(group.scores + expected(group), FLOOR, CEILING) - group.scores


def of_tables(what: str, policy: str, loss: float, group: int, mistake: str = "") -> Measure:
    """One quantity of one group on the tables; nothing is left to chance."""

    def measure(size: Size) -> Found:
        groups = published_groups(FOLDER)
        odds = 1 - loss / (1 + loss) if mistake == UPSIDE_DOWN else loss / (1 + loss)
        given = loans(groups, odds, PARITY if mistake == OF_ALL else policy)
        if mistake == POOLED:
            given = pooled(groups, rate(groups[0], given[0]))
        one, lent = groups[group], given[group]
        change = float(one.mass * lent @ published_moves(one))
        return Found({"threshold": threshold(one, lent), "rate": rate(one, lent), "change": change}[what])

    return measure


# By loss of a default and policy: threshold, share with a loan, mean change, each of A and B.
PUBLISHED = {
    (4, MOST): ((645.00, 613.75), (0.1677, 0.6634), (8.397, 38.666)),
    (4, PARITY): ((480.10, 649.17), (0.5774, 0.5774), (-17.142, 35.040)),
    (4, OPPORTUNITY): ((557.29, 630.96), (0.3561, 0.6249), (6.013, 37.239)),
    (10, MOST): ((716.18, 656.52), (0.0772, 0.5576), (4.396, 33.996)),
    (10, PARITY): ((562.50, 731.00), (0.3415, 0.3415), (6.833, 20.276)),
    (10, OPPORTUNITY): ((601.25, 677.95), (0.2580, 0.4986), (9.367, 30.568)),
}
SEARCH = 1e-5  # where the authors' search for the best rate stops
WITHIN = {"threshold": 0.005, "rate": 0.00005 + SEARCH, "change": 0.0005 + SEARCH * 150}
WHY = (
    "The target is rounded to the digits shown, and their search stops within 1e-5 of the rate; a loan moves a mean by at most 150 points."
)


def _table_row(loss: int, policy: str, at: int, group: int) -> Row:
    what, mistake = list(UNITS)[at], OF_POLICY[policy]
    return Row(
        name=f"lending-tables-{loss}-{policy.replace(' ', '-')}-{what}-{GROUPS[group].lower()}", table=Table.MODELS,
        title=f"Lending on the published tables, a default costs {loss}: {policy}, group {GROUPS[group]}, {what}",
        target=PUBLISHED[loss, policy][at][group], unit=UNITS[what], sources=("liu-2018",), origin=Origin.CODE,
        through=Through.REPLICATION, pins=(), measure=of_tables(what, policy, loss, group),
        wrong=(Wrong(mistake, MISTAKES[mistake], of_tables(what, policy, loss, group, mistake)),), bias=WITHIN[what],
        bias_why=WHY,
    )  # fmt: skip


# The outcome curves: highest point of both groups, and lending to all of group A.
CURVES = {"best-a": 9.484, "best-b": 39.825, "all-a": -55.027}


def of_curve(what: str, *, bounded: bool = True) -> Measure:
    """A point of an outcome curve on the tables."""

    def measure(size: Size) -> Found:
        group = published_groups(FOLDER)[GROUPS.index(what[-1].upper())]
        curve = outcome_curve(group, published_moves(group) if bounded else expected(group))[1]
        return Found(float(curve.max() if what.startswith("best") else curve[-1]))

    return measure


def _curve_row(what: str) -> Row:
    point = "the highest point of the outcome curve" if what.startswith("best") else "the mean change if all get a loan"
    return Row(
        name=f"lending-tables-curve-{what}", table=Table.MODELS, title=f"Lending on the tables, group {what[-1].upper()}: {point}",
        target=CURVES[what], unit="points", sources=("liu-2018",), origin=Origin.CODE, through=Through.REPLICATION, pins=(),
        measure=of_curve(what), wrong=(Wrong("unbounded", "Scores may leave the stretch from 300 to 850.", of_curve(what, bounded=False)),),
        bias=0.0005, bias_why="The target is rounded to the digits shown.",
    )  # fmt: skip


def drawn_tables() -> tuple[Series, ...]:
    """The outcome curves of both groups on the tables."""
    series: list[Series] = []
    best = {"A": (0.2384, CURVES["best-a"]), "B": (0.7378, CURVES["best-b"])}
    for name, group in zip(GROUPS, published_groups(FOLDER), strict=True):
        rates, curve = outcome_curve(group, published_moves(group))
        series.append(Series(name, Kind.OURS, f"group {name}", tuple(rates.tolist()), tuple(curve.tolist())))
        series.append(Series(name, Kind.THEIRS, "its highest point by their program", (best[name][0],), (best[name][1],)))
    return tuple(series)


ROWS: tuple[Row, ...] = ()
PICTURES: tuple[Drawing, ...] = ()
if FOLDER:
    ROWS = (
        *(_table_row(loss, policy, at, group) for loss, policy in PUBLISHED for at in range(3) for group in (0, 1)),
        *(_curve_row(what) for what in CURVES),
    )
    PICTURES = (
        Drawing(
            "lending-outcome-curve-tables", Table.MODELS, "Lending on the published tables: the mean score of two groups",
            "share of the group with a loan", "mean change of score, points",
            "Liu et al. 2018 on the published tables, which are not part of this repository.", drawn_tables, lines=True,
        ),
    )  # fmt: skip
