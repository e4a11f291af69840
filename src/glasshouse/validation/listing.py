"""Being listed and coming off again against renewal theory, through the product's own lists.

Theory is of continuous time; the product counts whole days. The bias of each row is the difference between the printed value and the same
theory in days (a renewal recursion from an empty list to the last counted day).
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from scipy import stats

from glasshouse.mechanism.classes import SPARED
from glasshouse.mechanism.lists import CENSORED, EXPIRED, FIRST_HAZARD
from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.estimates import false_share, poisson_rate, share_of
from glasshouse.validation.live import Counted, lived, machine
from glasshouse.validation.rows import Found, Origin, Row, Size, Table, Through, Wrong
from glasshouse.validation.simple import RATE_YEAR, conduct, scheme, world
from glasshouse.validation.values import mean_days, share

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 150_000}
D, WEEKS = 73, 104  # a term of a fifth of a year; rates are five times those of a term of a year
LAST = 7 * WEEKS - 1
EXIT = 60.0
DAYS = "whole days: the same theory in days, from an empty list to the last counted day"
EXACT: dict[str, Any] = {"table": Table.THEORY, "origin": Origin.THEOREM, "through": Through.PRODUCT}
COUNTERS = ("mueller-1973",)


def hit_of(a_year: float) -> float:
    """Chance of at least one hit on a day."""
    return -math.expm1(-a_year / RATE_YEAR)


def listed_at_the_end(counts: Counted, arm: int = 0) -> int:
    """People on the list on the last counted day."""
    return int(np.cumsum(counts["days"][arm, 0, :SPARED], axis=-1)[:, -2].sum())


@cache
def on_list(a_year: float, size: Size, **how: Any) -> Counted:
    """A list with a term of 73 days, hit so often."""
    n = PEOPLE[size]
    return lived(machine(world(a_year), scheme(term=D, **how), people=n, weeks=WEEKS, seed=71))


def share_listed(a_year: float, size: Size, **how: Any) -> Found:
    return share_of(listed_at_the_end(on_list(a_year, size, **how)), PEOPLE[size])


@cache
def course(last: int, survives: tuple[float, ...], hit: float) -> tuple[float, float]:
    """Of a list that starts empty: the share listed after so many days, and entries a person (on days when no place is held)."""
    alive, entries = np.array(survives), np.zeros(last + 1)
    for day in range(last + 1):
        ages = min(day, len(alive) - 1)
        held = float(entries[day - ages : day][::-1] @ alive[1 : ages + 1]) if ages else 0.0
        entries[day] = hit * (1 - held)
    ages = min(last, len(alive) - 1)
    return float(entries[last - ages : last + 1][::-1] @ alive[: ages + 1]), float(entries.sum())


def share_on_day(last: int, survives: tuple[float, ...], hit: float) -> float:
    """Share listed after so many days of a list that starts empty."""
    return course(last, survives, hit)[0]


KEPT = (*([1.0] * D), 0.0)

# 4.2 A fixed term, and one that each hit restarts -------------------------------------------------------------------------------------


def term_rows(product: float) -> tuple[Row, ...]:
    """Rows for one rate times term: hits that do not extend a spell, hits that restart it, and the mean of a restarted spell."""
    a_year = product * RATE_YEAR / D
    hit = hit_of(a_year)
    words = f"listed, {product:g} hits a term on average"

    def plain(size: Size) -> Found:
        return share_listed(a_year, size)

    def restarted(size: Size) -> Found:
        return share_listed(a_year, size, repeat="restart")

    fixed, extended = product / (1 + product), -math.expm1(-product)
    return (
        Row(
            name=f"fixed-term-{product:g}", title=f"Share {words} that change nothing", target=fixed, unit="share of people",
            sources=COUNTERS, pins=("terms",), measure=plain, bias=abs(share_on_day(LAST, KEPT, hit) - fixed), bias_why=DAYS,
            wrong=(Wrong("extending", "Each hit restarts the term.", restarted),), **EXACT,
        ),
        Row(
            name=f"restarted-term-{product:g}", title=f"Share {words} that restart the term", target=extended, unit="share of people",
            sources=COUNTERS, pins=("terms",), measure=restarted, bias=abs((1 - (1 - hit) ** D) - extended), bias_why=DAYS,
            wrong=(Wrong("not-extending", "Further hits change nothing.", plain),), **EXACT,
        ),
    )  # fmt: skip


def spell_mean(size: Size, repeat: str) -> Found:
    """Mean spell in days by its entries: days listed over entries (Little's law), in the second half of counted time."""
    counts = on_list(5.0, size, repeat=repeat)
    ended = counts["durations"][0].sum(axis=(0, 1))
    ages = np.array([_start(i) for i in range(len(ended))], float)
    n = float(ended.sum())
    mean = float(ended @ ages) / n
    return Found(mean, math.sqrt(float(ended @ (ages - mean) ** 2)) / n, int(n))


def _start(i: int) -> int:
    from glasshouse.engine.layout import bin_start

    return bin_start(i)


SPELL = (math.e - 1) / 5 * RATE_YEAR
QUIET = (1 - hit_of(5.0)) ** (D - 1)
SPELL_IN_DAYS = 1 + (1 - QUIET) / (hit_of(5.0) * QUIET)
SPELL_ROW = Row(
    name="restarted-spell", title="Mean spell on a list with a term of 73 days that each of five hits a year restarts", target=SPELL,
    unit="days",
    sources=COUNTERS, pins=("terms",), measure=lambda size: spell_mean(size, "restart"), bias=abs(SPELL_IN_DAYS - SPELL) + 3.5,
    bias_why="whole days, and spells beyond 400 days counted by their week's first day",
    wrong=(Wrong("not-extending", "Further hits change nothing.", lambda size: spell_mean(size, "none")),), **EXACT,
)  # fmt: skip

# 4.3 A sanction that makes new hits likelier ------------------------------------------------------------------------------------------

OWN, TRIES = 1.0, 4.0


@cache
def trapped(size: Size, traps: bool = True) -> Found:
    """One hit a year off the list and five on it, of which four are debts that a refused service leads to on the next day."""
    n = PEOPLE[size]
    trap = {"unable": share(1, "attempt"), "defaults": share(1, "person"), "category": "act", "after": mean_days(0)}
    gate: dict[str, Any] = {
        "text": "closed", "list": "register", "on": "self", "needs": ["train"], "context": "court", "compliance": share(1, "attempt"),
    }  # fmt: skip
    place = world(OWN, changes={"needs.train.rate": TRIES})
    rules = scheme(term=D, repeat="restart", changes={"gates.g": gate | ({"trap": trap} if traps else {})})
    return share_of(listed_at_the_end(lived(machine(place, rules, people=n, weeks=WEEKS, seed=73))), n)


@cache
def trapped_in_days() -> float:
    """The same by a chain of days since the last hit; on the day of an entry only attempts after it are refused."""
    hit, refused = hit_of(OWN), hit_of(TRIES)
    first_day = 1 - refused / (TRIES / RATE_YEAR)
    step = np.zeros((D + 2, D + 2))
    for age in range(D):
        again = 1 - (1 - hit) * (1 - refused)
        step[age, 0], step[age, age + 1] = again, 1 - again
    step[D, D + 1], step[D, D] = hit, 1 - hit
    again = 1 - (1 - hit) * (1 - first_day)
    step[D + 1, 0], step[D + 1, 1] = again, 1 - again
    now = np.eye(D + 2)[D]
    for _ in range(7 * WEEKS):
        now = now @ step
    return float(1 - now[D])


IN_TRAP = (math.exp(5 * D / RATE_YEAR) - 1) / 5
TRAP = Row(
    name="trap-share", title="Share listed where one hit a year becomes five while listed, each restarting the term",
    target=IN_TRAP / (IN_TRAP + 1), unit="share of people", sources=(), pins=("traps", "gates", "terms"), measure=trapped,
    bias=abs(trapped_in_days() - IN_TRAP / (IN_TRAP + 1)),
    bias_why="a debt follows its refusal a day later, and spells last whole days: the same by a chain of days",
    wrong=(Wrong("no-trap", "A refusal leads to nothing.", lambda size: trapped(size, traps=False)),), **EXACT,
)  # fmt: skip

# 4.5 Another way off, and corrections that only help the wrongly listed ---------------------------------------------------------------

APPEAL = 73.0  # mean days to a correction: a term of two years and half an appeal a year, in fifths
VIOLATING, COMPLIANT, VIOLATORS = 5.4, 0.6, 0.02


def hazard_share(size: Size, exit_mean: float | None = EXIT) -> Found:
    return share_listed(5.0, size, exit_mean=exit_mean)


def expired_share(size: Size, exit_mean: float = EXIT) -> Found:
    ended = on_list(5.0, size, exit_mean=exit_mean)["durations"][0].sum(axis=0)
    return share_of(ended[EXPIRED].sum(), ended[[EXPIRED, FIRST_HAZARD]].sum())


EITHER = tuple(math.exp(-age / EXIT) if age < D else 0.0 for age in range(D + 1))
STAY = EXIT * -math.expm1(-D / EXIT)
EXITS = (
    Row(
        name="other-way-off", title="Share listed where a term of 73 days and a way off after 60 days on average race",
        target=STAY / (STAY + RATE_YEAR / 5), unit="share of people", sources=(), pins=("exits", "terms"), measure=hazard_share,
        bias=abs(share_on_day(LAST, EITHER, hit_of(5.0)) - STAY / (STAY + RATE_YEAR / 5)), bias_why=DAYS,
        wrong=(Wrong("term-alone", "The other way off is never taken.", lambda size: hazard_share(size, None)),), **EXACT,
    ),
    Row(
        name="expired-share", title="Spells of these that end by their term", target=math.exp(-D / EXIT), unit="share of spells",
        sources=(),
        pins=("exits",), measure=expired_share,
        wrong=(Wrong("mean-for-half-life", "The mean is taken for a half-life.", lambda size: expired_share(size, EXIT / math.log(2))),),
        **EXACT,
    ),
)  # fmt: skip


@cache
def stock(size: Size, corrected: bool, flow: bool = False) -> Found:
    """Of those on the list on the last day (or of entries), the share there wrongly."""
    n = PEOPLE[size]
    how: dict[str, Any] = {"corrected_after": APPEAL} if corrected else {}
    true = lived(machine(world(VIOLATING), scheme(term=D, **how), people=n, weeks=WEEKS, seed=74, followup=0))
    false = lived(machine(world(0), scheme(term=D, false_rate=COMPLIANT, **how), people=3 * n, weeks=WEEKS, seed=75, followup=0))
    if flow:
        return false_share(poisson_rate(false["entries"].sum(), 3 * n), poisson_rate(true["entries"].sum(), n), VIOLATORS)
    return false_share(share_of(listed_at_the_end(false), 3 * n), share_of(listed_at_the_end(true), n), VIOLATORS)


def uncorrected(a_year: float) -> tuple[float, ...]:
    """Chance that a spell lasts beyond each age, up to the term: while any of its wrong records is uncorrected, each for whole days, at
    least one. Further records come while it lasts."""
    most = 6
    fresh = stats.poisson(a_year / RATE_YEAR).pmf(np.arange(most))
    opened = np.where(np.arange(most) > 0, fresh, 0) / (1 - fresh[0])
    now = np.outer(np.eye(most)[0], opened)  # by records of earlier days, and of today
    kept = [stats.binom.pmf(np.arange(most)[None, :], np.arange(most)[:, None], math.exp(-days / APPEAL)) for days in (1, 2)]
    out = []
    for _ in range(D):
        out.append(float(now.sum()))
        later = np.zeros(most)
        for old, new in np.ndindex(most, most):
            later += now[old, new] * np.convolve(kept[0][old], kept[1][new])[:most]
        later[0] = 0  # over
        now = np.outer(later, fresh)
    return (*out, 0.0)


def stock_target(exits: float, flow: bool = False) -> float:
    """Stock share of continuous theory, terms and rates in years, or the share of entries; `exits` is the rate of corrections."""
    term = D / RATE_YEAR
    stay = -math.expm1(-exits * term) / exits if exits else term
    wrong, right = (COMPLIANT / (1 + COMPLIANT * stay), VIOLATING / (1 + VIOLATING * term))
    return _weighted(wrong if flow else wrong * stay, right if flow else right * term)


def stock_in_days(survives: tuple[float, ...], flow: bool = False) -> float:
    right, wrong = course(LAST, KEPT, hit_of(VIOLATING)), course(LAST, survives, hit_of(COMPLIANT))
    return _weighted(wrong[flow], right[flow])


def _weighted(wrong: float, right: float) -> float:
    return (1 - VIOLATORS) * wrong / ((1 - VIOLATORS) * wrong + VIOLATORS * right)


STOCKS = (
    Row(
        name="stock-without-correction", title="Of those listed at a moment, wrongly: nine hits of a violator for one of anyone else",
        target=stock_target(0), unit="share of those listed", sources=(), pins=("terms", "false records"),
        measure=lambda size: stock(size, False), bias=abs(stock_in_days(KEPT) - stock_target(0)), bias_why=DAYS,
        wrong=(Wrong("corrections-left-on", "Wrong records are corrected all the same.", lambda size: stock(size, True)),), **EXACT,
    ),
    Row(
        name="stock-with-correction", title="The same where wrong records, and only these, are corrected after an exponential time",
        target=stock_target(RATE_YEAR / APPEAL), unit="share of those listed", sources=(), pins=("correction",),
        measure=lambda size: stock(size, True), bias=abs(stock_in_days(uncorrected(COMPLIANT)) - stock_target(RATE_YEAR / APPEAL)),
        bias_why="whole days, and in one spell in thirteen a second wrong record that must be corrected too: the same by a chain of days",
        wrong=(Wrong("flow-for-stock", "Entries are counted, not those listed at a moment.", lambda size: stock(size, True, flow=True)),),
        **EXACT,
    ),
    Row(
        name="flow-with-correction", title="Of entries, wrong ones, where wrong records are corrected so: their spells are shorter",
        target=stock_target(RATE_YEAR / APPEAL, flow=True), unit="share of entries", sources=(), pins=("correction", "terms"),
        measure=lambda size: stock(size, True, flow=True),
        bias=abs(stock_in_days(uncorrected(COMPLIANT), flow=True) - stock_target(RATE_YEAR / APPEAL, flow=True)),
        bias_why="whole days, from an empty list on: the same by a chain of days",
        wrong=(Wrong("stock-for-flow", "Those listed at a moment are counted, not entries.", lambda size: stock(size, True)),), **EXACT,
    ),
)  # fmt: skip

# 4.6 The way back from below a grade --------------------------------------------------------------------------------------------------


@cache
def way_back(size: Size, up: float, down: float) -> Found:
    """Good deeds mend and offences add, each by a point; who falls below the start is listed until back. Of spells, those that end."""
    people, weeks, followup = PEOPLE[size] // 8, 52, 6 * 365
    rules: dict[str, Any] = {
        "channels.eye.covers": ["act", "deed"],
        "rules.items": [
            {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "points": -1},
            {"id": "deed", "text": "a good deed", "when": "deed", "legal": "lawful", "commendation": True, "points": 1},
        ],
        "rules.weights": {"evidence": "assumed", "why": "one rule each", "equal": True},
        "grades": [{"name": "good", "from_points": 1000}, {"name": "low", "from_points": None}],
        "lists.register.from_grade": "low",
    }  # fmt: skip
    deed = conduct("deed", up, "commendable")
    run = machine(world(down, changes=deed), scheme(points=-1, changes=rules), people=people, weeks=weeks, seed=76, followup=followup)
    ended = lived(run)["durations"][0].sum(axis=0)
    return share_of(ended.sum() - ended[CENSORED].sum(), ended.sum())


def back_by(up: float, down: float, years: float) -> float:
    """Chance that a walk one step below is back within so many years."""
    most = 400
    now = np.zeros(most)
    now[1] = 1.0
    back = 0.0
    steps, u = stats.poisson((up + down) * years), up / (up + down)
    for n in range(1, int(steps.ppf(1 - 1e-12))):
        moved = np.zeros(most)
        moved[:-1] += now[1:] * u
        moved[1:] += now[:-1] * (1 - u)
        back += moved[0] * float(steps.sf(n - 1))
        moved[0] = 0
        now = moved
    return back


def walk_row(up: float, down: float) -> Row:
    """A row of 4.6."""
    target = min(1.0, up / down)
    words = f"{up:g} good deeds and {down:g} offences a year, a point each"
    return Row(
        name=f"way-back-{up:g}-{down:g}", title=f"Spells below a grade that ever end: {words}", target=target, unit="share of spells",
        sources=(), pins=("points", "grades", "repair"), measure=lambda size: way_back(size, up, down),
        bias=abs(back_by(up, down, 6) - target), bias_why="spells are followed for six to seven years, not for ever: the same walk for six",
        wrong=(Wrong("good-deeds-and-offences-alike", "A good deed mends as often as an offence is done.", lambda s: way_back(s, 5.0, 5.0))
               if up < down else Wrong("a-trap", "Offences are as frequent as good deeds were.", lambda s: way_back(s, down, up)),),
               **EXACT,
    )  # fmt: skip


ROWS: tuple[Row, ...] = (
    *(row for product in (1.0, 0.4, 5.0) for row in term_rows(product)), SPELL_ROW, TRAP, *EXITS, *STOCKS, walk_row(6.0, 4.0),
    walk_row(4.0, 6.0),
)  # fmt: skip


def drawn_terms() -> tuple[Series, ...]:
    """Share listed by hits a term, where hits restart the term and where they change nothing."""
    fine = tuple(i / 20 for i in range(101))
    at = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0)
    series: list[Series] = []
    for name, repeat, exact in (("restarted terms", "restart", lambda x: -math.expm1(-x)), ("fixed terms", "none", lambda x: x / (1 + x))):
        label = "each hit restarts the term" if repeat == "restart" else "further hits change nothing"
        ours = tuple(share_listed(x * RATE_YEAR / D, Size.QUICK, repeat=repeat).value for x in at)
        series.append(Series(name, Kind.THEIRS, f"{label}: theory", fine, tuple(exact(x) for x in fine)))
        series.append(Series(name, Kind.OURS, f"Glasshouse, {PEOPLE[Size.QUICK]:,} people", at, ours))
    return tuple(series)


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "terms", Table.THEORY, "How many are listed, by how often they are hit", "hits a term, on average", "share of people listed",
        "Renewal theory of the two types of counter. Where each hit restarts the term, nearly everyone is listed at five hits a term; "
        "where further hits change nothing, one in six is not.", drawn_terms,
    ),
)  # fmt: skip
