"""One shared list of standings, and the same four norms where everyone hears of acts alone.

A donor meets a recipient and helps one who is Good and refuses one who is Bad; with chance `act` the act comes out the other way. Then the
donor is judged anew; with chance `judgement` the judgement comes out the other way. On a shared list there is one standing a person. Under
solitary observation everyone keeps their own view of everyone, and each act is seen by one person, chosen at random.

Shared list: let g_G and g_B be the chance that the donor is Good afterwards where the recipient was Good or Bad. The next standing depends
on the recipient alone and recipients are drawn evenly, so a turn moves the expected share p of Good people by g_B + (g_G - g_B) p - p, for
any number of people; it settles at g_B / (1 - g_G + g_B). Solitary observation: donor's and observer's views of the recipient rest on other
acts, so in a large population each is Good with chance p by itself, and p solves p = e + (1 - 2e) h(p) with h as in `clean`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numba
import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from glasshouse.validation.drawings import Drawing, Kind, Series
from glasshouse.validation.estimates import mean_of
from glasshouse.validation.rows import Found, Measure, Origin, Row, Size, Table, Through, Wrong

SEED = 2004
NORMS = {"stern judging": (1, 0, 0, 1), "simple standing": (1, 0, 1, 1), "image scoring": (0, 0, 1, 1), "shunning": (0, 0, 0, 1)}
"""Whether the donor is Good afterwards: refused a Bad, refused a Good, helped a Bad, helped a Good recipient."""


@dataclass(frozen=True)
class Errors:
    """The chance that an act, and that a judgement, comes out the other way."""

    act: float
    judgement: float


class Rule(IntEnum):
    """How standings change: the right way, and mistaken ones."""

    RIGHT = 0
    OWN_STANDING = 1
    ONE_WAY = 2


MISTAKES = {
    Rule.OWN_STANDING: ("own-standing", "The donor is judged by the donor's standing instead of the recipient's."),
    Rule.ONE_WAY: ("one-way", "A mistaken judgement may turn Good into Bad, but never Bad into Good."),
}


def settled(norm: str, errors: Errors) -> float:
    """The share of Good people on a shared list in the long run."""
    after = [_chance_good(norm, recipient, errors) for recipient in (0, 1)]
    return after[0] / (1 - after[1] + after[0])


def _chance_good(norm: str, recipient: int, errors: Errors) -> float:
    helps = 1 - errors.act if recipient else errors.act
    good = sum(w * NORMS[norm][2 * act + recipient] for act, w in ((0, 1 - helps), (1, helps)))
    return errors.judgement + (1 - 2 * errors.judgement) * good


def clean(norm: str, p: float, errors: Errors) -> float:
    """The chance that an observer without error finds a donor Good, where views are Good with chance p, each by itself."""
    helps = errors.act + (1 - 2 * errors.act) * p
    return sum(
        (helps if act else 1 - helps) * (p if recipient else 1 - p) * NORMS[norm][2 * act + recipient]
        for act in (0, 1)
        for recipient in (0, 1)
    )


def alone(norm: str, errors: Errors) -> float:
    """The share of Good views under solitary observation in a large population: the root between 0 and 1 (there is one)."""
    e = errors.judgement
    return float(brentq(lambda p: e + (1 - 2 * e) * clean(norm, p, errors) - p, 0, 1, xtol=1e-14))


@numba.njit(cache=True)
def _on_a_list(rng, norm, people, burn, turns, act_error, error, rule):  # type: ignore[no-untyped-def]
    """The mean share of Good people, counted after every act from turn `burn` on; half are Good at the start."""
    standing = (np.arange(people) % 2).astype(np.uint8)
    good, summed = np.int64(standing.sum()), np.int64(0)
    for step in range(people * turns):
        donor, to = rng.integers(0, people), rng.integers(0, people - 1)
        to += to >= donor
        helps = standing[to] if rng.random() >= act_error else 1 - standing[to]
        by = donor if rule == Rule.OWN_STANDING else to
        view = norm[2 * helps + standing[by]]
        if rng.random() < error and (view == 1 or rule != Rule.ONE_WAY):
            view = 1 - view
        good += view - np.int64(standing[donor])
        standing[donor] = view
        if step >= people * burn:
            summed += good
    return summed / (people * people * (turns - burn))


@numba.njit(cache=True)
def _alone(rng, norm, people, burn, turns, act_error, error, rule):  # type: ignore[no-untyped-def]
    """The mean share of Good views of others; in a turn each view is renewed once on average; half are Good at the start."""
    views = np.zeros((people, people), np.uint8)  # by whom, of whom
    good, summed = np.int64(0), np.int64(0)
    for who in range(people):
        for of in range(people):
            if who != of:
                views[who, of] = (who + of) % 2
                good += np.int64(views[who, of])
    pairs = people * (people - 1)
    for step in range(pairs * turns):
        donor, to, observer = rng.integers(0, people), rng.integers(0, people), rng.integers(0, people)
        while to == donor:
            to = rng.integers(0, people)
        while observer in (donor, to):
            observer = rng.integers(0, people)
        helps = views[donor, to] if rng.random() >= act_error else 1 - views[donor, to]
        of = donor if rule == Rule.OWN_STANDING else to
        view = norm[2 * helps + views[observer, of]]
        if rng.random() < error and (view == 1 or rule != Rule.ONE_WAY):
            view = 1 - view
        good += np.int64(view) - np.int64(views[observer, donor])
        views[observer, donor] = view
        if step >= pairs * burn:
            summed += good
    return summed / (pairs * pairs * (turns - burn))


@dataclass(frozen=True)
class Lengths:
    """How many independent runs, of how many people, and turns: before counting starts, and in all."""

    runs: int
    people: int
    burn: int
    turns: int


@cache
def _by_run(hears: str, norm: str, errors: Errors, rule: Rule, lengths: Lengths) -> npt.NDArray[np.float64]:
    run = _on_a_list if hears == LIST else _alone
    table = np.array(NORMS[norm], np.int64)
    streams = np.random.default_rng(SEED).spawn(lengths.runs)
    same = (lengths.people, lengths.burn, lengths.turns, errors.act, errors.judgement, int(rule))
    return np.array([run(stream, table, *same) for stream in streams])


LIST, ALONE = "shared list", "solitary observation"
PEOPLE = 200
LENGTHS = {
    LIST: {Size.QUICK: Lengths(16, PEOPLE, 100, 600), Size.FULL: Lengths(32, PEOPLE, 100, 3_100)},
    ALONE: {Size.QUICK: Lengths(8, PEOPLE, 10, 22), Size.FULL: Lengths(24, PEOPLE, 15, 60)},
}


def good(hears: str, norm: str, errors: Errors, rule: Rule = Rule.RIGHT) -> Measure:
    """The share of Good people, or of Good views, as lived."""

    def measure(size: Size) -> Found:
        shares = _by_run(hears, norm, errors, rule, LENGTHS[hears][size])
        return mean_of(shares, f"runs of {PEOPLE} people")

    return measure


MANY, FEW = Errors(0.03, 0.1), Errors(0.05, 0.02)
CASES = ((LIST, MANY), (LIST, FEW), (ALONE, MANY))


def _wrong(hears: str, norm: str, errors: Errors) -> tuple[Wrong, ...]:
    """Image scoring asks for no standing: it is the same on a list and alone, and only the errors can be mistaken."""
    if norm == "image scoring":
        return (_mistake(hears, norm, errors, Rule.ONE_WAY),)
    other = ALONE if hears == LIST else LIST
    text = {ALONE: "Everyone keeps a view of their own and hears of acts alone.", LIST: "Each conclusion is entered on one list for all."}
    return (
        Wrong(other.replace(" ", "-"), text[other], good(other, norm, errors)),
        _mistake(hears, norm, errors, Rule.OWN_STANDING if hears == LIST else Rule.ONE_WAY),
    )


def _mistake(hears: str, norm: str, errors: Errors, rule: Rule) -> Wrong:
    return Wrong(*MISTAKES[rule], good(hears, norm, errors, rule))


def _row(hears: str, errors: Errors, norm: str) -> Row:
    place = "on a shared list" if hears == LIST else "where each act has one observer"
    label = f"{'list' if hears == LIST else 'alone'}-{norm.replace(' ', '-')}-{round(100 * errors.act)}-{round(100 * errors.judgement)}"
    return Row(
        name=f"reputation-{label}", table=Table.THEORY, target=(settled if hears == LIST else alone)(norm, errors), unit="share Good",
        title=f"{norm.capitalize()} {place}: {errors.act:.0%} of acts and {errors.judgement:.0%} of judgements go wrong",
        sources=("ohtsuki-iwasa-2006",) if hears == LIST else ("okada-2018",), origin=Origin.THEOREM, through=Through.REPLICATION, pins=(),
        measure=good(hears, norm, errors), wrong=_wrong(hears, norm, errors),
        bias=0.0 if hears == LIST else 1 / PEOPLE,
        bias_why="" if hears == LIST else "Two views of one person depend on one another through acts"
        " towards people whom both acts touched: a share of order 1/N of all acts, and N is 200.",
    )  # fmt: skip


ROWS: tuple[Row, ...] = tuple(_row(hears, errors, norm) for hears, errors in CASES for norm in NORMS)


def drawn_lists() -> tuple[Series, ...]:
    """The share of Good by norm: on one list for all, and where each act has one observer."""
    norms = tuple(NORMS)
    series: list[Series] = []
    for hears, name, exact in ((LIST, "one list for all", settled), (ALONE, "each act has one observer", alone)):
        ours = tuple(good(hears, norm, MANY)(Size.QUICK).value for norm in NORMS)
        series.append(Series(name, Kind.THEIRS, f"{name}: exactly", norms, tuple(exact(norm, MANY) for norm in NORMS)))
        series.append(Series(name, Kind.OURS, f"replicated, {PEOPLE} people", norms, ours))
    return tuple(series)


PICTURES: tuple[Drawing, ...] = (
    Drawing(
        "reputation-list-or-alone", Table.THEORY, "The same norm with a shared list and with views of one's own", "norm of judging others",
        "share Good in the long run",
        "Our own calculation in the settings of Ohtsuki and Iwasa 2006 and of Okada et al. 2018, 3 per cent of acts and 10 per cent of "
        "judgements in error. What a norm comes to depends on whether there is one list for all.", drawn_lists,
    ),
)  # fmt: skip
