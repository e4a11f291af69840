"""What there is to validate: the modules with rows, and the mechanisms that rows pin.

A topic is a module of this folder, or of `validation/` at the root of the source repository: replications of others' models for which the
product has no mechanism. Those are not in a wheel; without the source repository they are listed by name as not run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from pathlib import Path

from glasshouse.files.errors import InputError, closest, quoted
from glasshouse.files.yaml import parse
from glasshouse.validation.drawings import Drawing
from glasshouse.validation.rows import Figure, Row, Table

# Topics in the order in which they are shown; a topic's name is its module's, with hyphens.
MODULES: tuple[str, ...] = (
    "detection",
    "records",
    "rules",
    "observing",
    "association",
    "listing",
    "clearing",
    "remedies",
    "ties",
    "responses",
    "standing",
    "queues",
    "speech",
    "dissent",
    "surveillance",
    "social_fabric",
    "comparisons",
    "kinds",
    "figures_defaulters",
    "figures_credit",
    "figures_pip",
    "figures_redress",
)
REPLICATIONS: tuple[str, ...] = (
    "queues_continuous",
    "public_ledger",
    "leading_eight",
    "delayed_impact",
    "coate_loury",
    "urn",
    "attention_allocation",
    "lending_clusters",
    "adaptive_authority",
)  # modules of `validation/` at the root of the source repository

# The mechanisms of the model by the name that `Row.pins` gives them. Each is pinned by a row with a wrong variant (tests/validation).
MECHANISMS = {
    "rates": "how often people act",
    "conduct homophily": "people who share ties act alike",
    "segregation": "who shares ties with whom",
    "channels": "what a channel sees, sensitivity and visibility",
    "false records": "records of another's act or of no act",
    "misrecording": "a true act written down as another",
    "batch errors": "false records that hit many at once",
    "frailty": "some people's records are mistaken again and again",
    "delay": "from an act to its record",
    "discretion": "officials who let go",
    "selection": "the lowest scores are picked out",
    "campaigns": "dated multipliers",
    "attention": "officials look where they found before",
    "points": "records that add up",
    "validity": "records that lapse",
    "drift": "points that move back towards nought",
    "grades": "scores become grades",
    "strikes": "so many records in a rolling window",
    "terms": "how long a spell on a list lasts, and what a repeat does",
    "minimum term": "nobody comes off a list sooner, but by a correction, a review or leaving",
    "exits": "other ways off a list",
    "repair": "performance and good conduct as a way off a list",
    "amnesty": "spells that end on a date",
    "association": "scores that take in those of ties",
    "tie-dropping": "ties that are not worth their cost",
    "household liability": "one on the list binds the household",
    "relatives": "an item of a relative",
    "contact lists": "contacts of the listed are listed",
    "gates": "refusals, their compliance, and those beyond the rule",
    "copies": "holders' copies that purge late",
    "rewards": "privileges, and whom they displace",
    "enrolment": "who takes part, and who leaves",
    "notice": "who is told, and when",
    "review": "filing, decisions, and what is corrected",
    "review queue": "arrivals, places, patience",
    "correction": "wrong records that are mended without a queue",
    "fines": "money, and its refund",
    "awareness": "who knows of the scheme",
    "publicity": "who is shown who stands on a list",
    "deterrence": "acts not done, and how that fades",
    "silence": "speech not made, by threshold or by utility",
    "demand": "attempts not made",
    "informing": "reports by those who know",
    "crowding out": "good deeds not done",
    "traps": "refusals that lead to default",
    "money": "ability to pay, debts, payments",
    "clean ledger": "the ledger of true records alone",
    "firms": "records of what a firm did against the person responsible for it",
    "prices": "gates that ask a price and refuse nobody",
    "claims of money": "what records claim, what of it is owed, and what is returned",
    "misrecording by rule": "a rule of reckoning that misstates the circumstances of some roles",
    "ratings": "low ratings that hold for so many uses of a service",
    "risk scores": "the highest risk is picked out",
    "investigations": "channels that see only those on a list",
    "conditions": "grounds that a rule asks for, and whether anybody looks",
    "caps and floors": "the least and the most points, and the most in a year",
    "doubling and overlap": "repeated acts that count double, and acts that fall under several rules",
    "denominators": "rates of false records per person-year or per true record",
    "unequal errors": "groups that are mistaken more often than others",
    "children": "gates that children meet for a parent's listing",
    "history": "schemes that begin clean, or with years and debts behind them",
    "same draws": "one luck for all schemes, so that a keener eye sees all that a weaker one saw",
    "classes": "one class for each day under a sanction",
    "error-free twin": "the same world with no error, and what errors led to",
    "twin alone": "the same scheme without ties",
}

NOT_RUN = "needs the source repository: not run"


@dataclass(frozen=True)
class Missing:
    """A row of a replication that is not here: its name, its table and its title."""

    name: str
    table: Table
    title: str


Entry = Row | Figure | Missing


@dataclass(frozen=True)
class Topic:
    """A module, its rows and its pictures."""

    name: str
    entries: tuple[Entry, ...]
    pictures: tuple[Drawing, ...] = ()


def table_of(entry: Entry) -> Table:
    """The table that a row stands in."""
    return Table.WORLD if isinstance(entry, Figure) else entry.table


def source_root() -> Path | None:
    """The root of the source repository that this package is run from, if it is."""
    root = Path(__file__).parents[3]
    here = (root / "pyproject.toml").is_file() and (root / "validation" / "__init__.py").is_file()
    return root if here and (root / "src" / "glasshouse") == Path(__file__).parents[1] else None


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic with its rows, replications last."""
    found = [_topic(name, f"glasshouse.validation.{name}") for name in MODULES]
    root = source_root()
    if root is None:
        return (*found, *_missing())
    if str(root) not in sys.path:
        sys.path.append(str(root))
    return (*found, *(_topic(name, f"validation.{name}") for name in REPLICATIONS))


def _topic(name: str, module: str) -> Topic:
    held = vars(import_module(module))
    return Topic(name.replace("_", "-"), (*held.get("ROWS", ()), *held.get("FIGURES", ())), held.get("PICTURES", ()))


def _missing() -> Iterator[Topic]:
    """The replications by name, as `replications.yaml` lists them."""
    text = resources.files("glasshouse.validation").joinpath("replications.yaml").read_text(encoding="utf-8")
    for topic, rows in parse(text).data.items():
        yield Topic(topic, tuple(Missing(name, Table(said["table"]), said["title"]) for name, said in rows.items()))


def entries() -> tuple[Entry, ...]:
    """Every row of every topic."""
    return tuple(entry for topic in topics() for entry in topic.entries)


def chosen(names: Sequence[str]) -> tuple[Entry, ...]:
    """The rows that some names mean: a row, a topic or a table (`theory`, `models`, `world`). No name: all of them.

    Raises
    ------
    InputError
        A name that means nothing; the message names the nearest.
    """
    if not names:
        return entries()
    meant = meanings()
    for name in names:
        if name not in meant:
            near = closest(name, meant)
            hint = f"; did you mean {quoted(near)}?" if near else f"; topics: {', '.join(t.name for t in topics())}"
            raise InputError(f"no row, topic or table is called {quoted(name)}{hint}")
    wanted = {entry.name for name in names for entry in meant[name]}
    return tuple(entry for entry in entries() if entry.name in wanted)


def meanings() -> dict[str, tuple[Entry, ...]]:
    """What each name means."""
    meant: dict[str, tuple[Entry, ...]] = {entry.name: (entry,) for entry in entries()}
    meant |= {topic.name: topic.entries for topic in topics()}
    return meant | {table.name.lower(): tuple(e for e in entries() if table_of(e) is table) for table in Table}
