"""Words and numbers of the report: classes, outcomes, arms, and how figures are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SanctionClass:
    """A class of sanctioned day, in the order in which the first that applies is taken."""

    key: str
    name: str
    meaning: str
    colour: str
    wrong: bool  # a record that is false, or whose ground is not met


CLASSES = (
    SanctionClass("mistaken identity", "Mistaken identity", "a decisive record is another person's act", "var(--c1)", True),
    SanctionClass("false report", "False report", "a decisive record has no act behind it", "var(--c2)", True),
    SanctionClass("misrecorded", "Misrecorded", "the act is true; its category, amount or date is wrong", "var(--c3)", True),
    SanctionClass(
        "ground unmet",
        "Ground unmet",
        "the act is true; the rule's own condition is not met (unable to pay, minor, exempt)",
        "var(--c4)",
        True,
    ),
    SanctionClass(
        "protected conduct", "Protected conduct", "the decisive records are speech, belief, association or petition", "var(--c5)", False
    ),
    SanctionClass("lawful conduct", "Lawful conduct", "the decisive records are other lawful conduct", "var(--c6)", False),
    SanctionClass(
        "unrelated or disproportionate",
        "Unrelated or disproportionate",
        "an unlawful own act, but what is closed has nothing to do with it, or lasts longer than the stated ordinary-law yardstick",
        "var(--c7)",
        False,
    ),
    SanctionClass(
        "within stated rules", "Within the stated rules", "none of the above: the scheme's own text provides for it", "var(--within)", False
    ),
)
BY_KEY = {c.key: c for c in CLASSES}
OUTSIDE = tuple(c.key for c in CLASSES if c.key != "within stated rules")
WRONG = tuple(c.key for c in CLASSES if c.wrong)
SPARED = "wrongly spared"
WRONGLY = "without ground"  # the first four classes together
MERGED = "other classes"  # classes too few to show on their own, together

ARMS = {
    "none": "No scheme",
    "ordinary": "Ordinary law",
    "clean": "The scheme with true records only",
    "scheme": "The scheme as written",
}

OUTCOMES = {
    "sanctioned_days": ("Sanctioned days", "person-days on which a list that closes something holds the person"),
    "sanctioned_days_rate": ("Sanctioned days a year", "the same, per 100,000 adult-years"),
    "sanctioned_day_share": ("Share of sanctioned days", "days in a class divided by all sanctioned days (a stock share)"),
    "entries": ("List entries", "times a person enters a list, by class on the day of entry (a flow)"),
    "entries_rate": ("List entries a year", "entries per 100,000 adult-years"),
    "listed_without_cause": ("Listed without ground", "entries in the first four classes, per 100,000 adults a year"),
    "listed_on_false_records": ("Listed on false records", "entries in the first three classes, per 100,000 adults a year"),
    "people_ever": (
        "People ever in the class",
        "invented people with at least one sanctioned day in the class; one person can be in several",
    ),
    "ever_listed": ("People ever listed", "invented people who entered a list at least once"),
    "listed": ("People listed", "people whom a list that closes something holds, on an average day"),
    "listed_rate": ("Share of people listed", "the same, per 100,000 adults"),
    "exposure": ("Exposure", "attempts to use a service while a list that closes it holds the person, refused or not"),
    "denials": ("Denials", "attempts to use a service that were refused"),
    "essential_denials": ("Essential denials", "refusals of a service that the world file marks as essential"),
    "children_denials": ("Children's denials", "refusals that fall on a child because of a listed adult in the household"),
    "spared_days": ("Wrongly spared days", "days on which an error shields a person whom true records would have sanctioned"),
    "spared_denials": ("Wrongly spared denials", "refusals that true records would have brought and the ledger as kept did not"),
    "time_to_clear": ("Time to clear", "share of entrants out by a given day, by cause, competing causes kept apart (Aalen-Johansen)"),
    "still_listed_3y": ("Still listed after three years", "of entrants followed for three years, the share listed at that day"),
    "fines": ("Fines", "fines imposed, by class of the record behind them"),
    "debts_paid_share": ("Debts paid", "debts paid divided by debts that stood or arose"),
    "acts": ("Acts", "acts done by invented people, of every kind"),
    "acts_unlawful": ("Unlawful acts", "acts that the world file marks as unlawful"),
    "disparity": ("Group difference in outcome", "a group's rate divided by that of the reference group"),
    "input_disparity": ("Group difference put in", "the same ratio for what the world and scheme files put in"),
}

MARKS = {
    "myth": "MYTH: no such scheme is documented",
    "hypothetical": "HYPOTHETICAL: no such scheme exists",
    "proposed": "PROPOSED: not in force",
}
STANDING = "Invented people. Not a forecast. Not evidence that any real scheme is safe, lawful or fair."


def class_key(text: str) -> str:
    """A class name as the report writes it: lower case, spaces, common short forms widened."""
    key = text.strip().lower().replace("_", " ").replace("-", " ")
    short = {
        "within": "within stated rules",
        "within the stated rules": "within stated rules",
        "unrelated": "unrelated or disproportionate",
        "disproportionate": "unrelated or disproportionate",
        "protected": "protected conduct",
        "lawful": "lawful conduct",
        "spared": SPARED,
    }
    return short.get(key, key)


def class_name(key: str) -> str:
    """The printed name of a class."""
    named = {MERGED: "Those too few to show, together", WRONGLY: "Without ground (the first four together)"}
    return BY_KEY[key].name if key in BY_KEY else named.get(key, sentence_case(key))


def class_colour(key: str) -> str:
    """The colour of a class."""
    return BY_KEY[key].colour if key in BY_KEY else "var(--spared)" if key == SPARED else "var(--faint)"


def outcome_name(key: str) -> str:
    """The printed name of an outcome."""
    return OUTCOMES[key][0] if key in OUTCOMES else sentence_case(key.replace("_", " "))


def sentence_case(text: str) -> str:
    """First letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """First letter small, for use inside a sentence."""
    return text[:1].lower() + text[1:]


def number(value: float | None) -> str:
    """A figure to at most three significant digits, thousands apart; an absent one as words."""
    if value is None:
        return "not stated"
    if value == 0:
        return "0"
    size = abs(value)
    digits = max(0, 2 - math.floor(math.log10(size))) if size < 100 else 0
    rounded = round(value, 2 - math.floor(math.log10(size))) if size >= 1000 else round(value, min(digits, 4))
    text = f"{rounded:,.{min(digits, 4)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "\u2212")  # a minus sign, not a hyphen


def about(value: float | None) -> str:
    """A figure to two significant digits, for sentences that say "about"."""
    return number(None if value is None else float(f"{value:.2g}"))


def percent(value: float | None) -> str:
    """A share as per cent, to one decimal; below 1 % to two significant digits."""
    if value is None:
        return "not stated"
    size = abs(value * 100)
    return f"{number(round(value * 100, 1) if size >= 1 else float(f'{value * 100:.2g}'))}\u00a0%"


def people(value: float | None) -> str:
    """A number of people, whole; "about" where it is a mean over seeds."""
    if value is None or value == round(value):
        return number(value)
    return "fewer than 1" if value < 1 else f"about {number(round(value))}"


def written(value: float | None, unit: str) -> str:
    """A figure in its unit: shares as per cent, people and entries whole, all else as a number."""
    if unit in ("people", "entries"):
        return people(value)
    return percent(value) if is_share(unit) else number(value)


def is_share(unit: str) -> bool:
    """Whether a unit is a share of something."""
    return unit.strip().lower() in {"share", "fraction", "proportion", "probability"}


def one_in(value: float) -> str:
    """A small share as "1 in 1,000" or "3 in 100", with a round base."""
    if value <= 0:
        return "none"
    for base in (10, 100, 1000, 10_000, 100_000, 1_000_000):
        top = value * base
        if top >= 0.95:
            return f"{number(round(top, 1))} in {base:,}"
    return f"{value:.1e}"


def between(low: float | None, high: float | None, unit: str = "") -> str:
    """A range in words, or an empty text where either end is absent."""
    return "" if low is None or high is None else f"{written(low, unit)} to {written(high, unit)}"


def listing(parts: Sequence[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def plural(count: float, one: str, many: str) -> str:
    """The count with its noun."""
    return f"{number(count)} {one if count == 1 else many}"
