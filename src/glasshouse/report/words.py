"""Words and numbers of the report: classes, and how figures are written."""

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
    wrong: bool  # outside the clean ledger: not carried by the person's own true records


CLASSES = (
    SanctionClass(
        "stale", "Stale", "the source has released the person; only a holder's old copy of the list still acts", "var(--c1)", True
    ),
    SanctionClass("mistaken identity", "Mistaken identity", "a decisive record is another person's act", "var(--c2)", True),
    SanctionClass("false report", "False report", "a decisive record has no act behind it", "var(--c3)", True),
    SanctionClass(
        "misrecorded", "Misrecorded", "the act or circumstance is true; its category, amount or date is wrong", "var(--c4)", True
    ),
    SanctionClass(
        "ground unmet",
        "Ground unmet",
        "the act is true; the rule's own condition is not met (unable to pay, minor, exempt)",
        "var(--c5)",
        True,
    ),
    SanctionClass(
        "collateral",
        "Collateral",
        "no decisive record is the person's own: it comes through a relative, a household, a contact, the scores of others, or a firm that "
        "the person answers for",
        "var(--c6)",
        True,
    ),
    SanctionClass(
        "error-induced",
        "Error-induced",
        "the records are true and own, but without earlier errors of the scheme they would not have come about: a wrong listing cost a "
        "job, and the lost job led to a real default",
        "var(--c7)",
        False,
    ),
    SanctionClass(
        "protected conduct", "Protected conduct", "the decisive records are speech, belief, association or petition", "var(--c8)", False
    ),
    SanctionClass("lawful conduct", "Lawful conduct", "the decisive records are other lawful conduct", "var(--c9)", False),
    SanctionClass(
        "unrelated or disproportionate",
        "Unrelated or disproportionate",
        "an unlawful own act, but what is closed has nothing to do with it, or lasts longer than the stated ordinary-law yardstick",
        "var(--c10)",
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
WRONGLY = "without ground"  # the first six classes together
MERGED = "other classes"  # classes too few to show on their own, together

MARKS = {  # stand inside every chart
    "myth": "A myth: no such scheme exists",
    "hypothetical": "Hypothetical: no such scheme exists",
    "proposed": "Proposed: not in force",
}
STANDING = "Invented people. Not a forecast. Not evidence that any real scheme is safe, lawful or fair."


def class_key(text: str) -> str:
    """A class name as the report writes it: lower case, spaces, common short forms widened."""
    key = text.strip().lower().replace("_", " ").replace("-", " ")
    short = {
        "error induced": "error-induced",
        "induced": "error-induced",
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
    named = {MERGED: "Those too few to show, together", WRONGLY: "Without ground (the first six together)"}
    return BY_KEY[key].name if key in BY_KEY else named.get(key, sentence_case(key))


def class_colour(key: str) -> str:
    """The colour of a class."""
    return BY_KEY[key].colour if key in BY_KEY else "var(--spared)" if key == SPARED else "var(--faint)"


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


def small(value: float | None) -> str:
    """A figure to three digits, however small; an absent one is empty.

    Examples
    --------
    >>> small(0.0000123), small(0.042), small(21400), small(None)
    ('0.0000123', '0.042', '21,400', '')
    """
    if value is None:
        return ""
    if value == 0 or abs(value) >= 0.01:
        return number(value)
    return f"{value:.{2 - math.floor(math.log10(abs(value)))}f}".rstrip("0")


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
