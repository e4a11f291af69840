"""What a run measures, by name: outcomes with their unit and classes, and the ways off a list that need no name in a scheme file.

A scheme file may name an outcome (`plausibility`), and is checked before anything is lived. A run has those outcomes of which its scheme
has the parts; `outcomes/` measures them, and a test holds these names to what is measured there.
"""

from __future__ import annotations

from typing import get_args

from glasshouse.scheme.remedies import ErrorClass

CORRECTED, PERFORMED, EXPIRED = "corrected", "performed", "expired"
GENERAL_AMNESTY, LEFT_THE_SCHEME = "general amnesty", "left the scheme"
WITHOUT_NAME = (CORRECTED, PERFORMED, EXPIRED, GENERAL_AMNESTY, LEFT_THE_SCHEME)
OR = " or "  # between the names of ways out that several lists have in the same place

MONEY = "CURRENCY per 100,000 adult-years"  # the currency is the scheme's own
BY_UNIT = {
    "per 100,000 adult-years": (
        "sanctioned_days_rate", "spared_days", "entries_rate", "entries_by_list", "listed_without_cause", "listed_on_false_records",
        "attempts", "attempts_by_need", "exposure", "denials", "denials_by_need", "essential_denials", "children_denials", "spared_denials",
        "entries_by_conduct", "forgone_attempts", "forgone_essential_attempts", "fines", "refunds", "debts_arisen", "debts_paid",
        "wrongly_sanctioned_days", "wrongly_spared_days", "error_induced_days", "error_displaced_days", "collateral_days", "shielded_days",
        "household_days", "appeals_filed", "appeals_upheld", "appeals_rejected", "appeals_given_up", "appeals_waiting", "privileges",
        "displaced_attempts",
    ),
    "per 1,000 adult-years": (
        "forgone_unlawful", "forgone_lawful", "forgone_protected", "forgone_commendable", "forgone_default", "silent_never_sanctioned",
        "ties_dropped",
    ),
    "per 1,000 person-years": (
        "acts", "acts_unlawful", "acts_lawful", "acts_protected", "acts_commendable", "acts_default", "unlawful_acts_prevented",
    ),
    "per 100,000 minor-years": ("minors_days",),
    "per 100,000 adults": ("listed_rate", "owing"),
    "per 1,000 adults": ("left",),
    "per 1,000 attempts": ("denial_rate", "children_denial_rate"),
    MONEY: ("money_claimed", "money_owed", "money_beyond_owed", "money_returned", "prices_paid"),
    "share": (
        "sanctioned_day_share", "entry_share", "time_to_clear_30d", "time_to_clear_90d", "time_to_clear_365d", "still_listed_3y",
        "debts_paid_share", "grade_share", "appeals_upheld_share", "without_notice_share", "without_review_share",
        "forgone_unlawful_share", "forgone_lawful_share", "forgone_protected_share", "forgone_commendable_share", "forgone_default_share",
        "money_beyond_owed_share",
    ),
    "people": ("listed", "ever_listed", "people_ever"),
    "entries": ("entries",),
    "person-days": ("sanctioned_days",),
    "days": ("median_spell",),
    "weeks": ("appeals_weeks",),
}  # fmt: skip
UNITS = {outcome: unit for unit, outcomes in BY_UNIT.items() for outcome in outcomes}
COUNTS = ("people", "entries", "person-days")

ALL, WITHOUT_GROUND = "all", "without ground"
CLASSES = (
    "stale", "mistaken identity", "false report", "misrecorded", "ground unmet", "collateral", "error-induced", "protected conduct",
    "lawful conduct", "unrelated or disproportionate", "within stated rules",
)  # fmt: skip
EVERY_CLASS = (ALL, WITHOUT_GROUND, *CLASSES)
OF_CLASSES: dict[str, tuple[str, ...]] = {  # outcomes with more than the one row for all classes
    **dict.fromkeys(
        ("sanctioned_days", "sanctioned_days_rate", "entries", "entries_rate", "exposure", "denials", "essential_denials",
         "children_denials", "time_to_clear_30d", "time_to_clear_90d", "time_to_clear_365d", "still_listed_3y", "median_spell", "fines",
         "refunds", "money_claimed", "money_returned", "prices_paid"),
        EVERY_CLASS,
    ),
    **dict.fromkeys(("sanctioned_day_share", "entry_share"), (WITHOUT_GROUND, *CLASSES)),
    "people_ever": CLASSES,
    "entries_by_list": (ALL, WITHOUT_GROUND),
    **dict.fromkeys(
        ("appeals_filed", "appeals_upheld", "appeals_rejected", "appeals_given_up", "appeals_waiting", "appeals_upheld_share",
         "appeals_weeks"),
        (ALL, *get_args(ErrorClass)),
    ),
}  # fmt: skip


def classes_of(outcome: str) -> tuple[str, ...]:
    """The classes of which an outcome may have a row; all together is one of them, where they can be taken together."""
    return OF_CLASSES.get(outcome, (ALL,))


def can_be_divided(unit: str) -> bool:
    """Whether something of this unit makes sense over another: a rate, a share or a count, but no length of time.

    Examples
    --------
    >>> [can_be_divided(unit) for unit in ("per 1,000 adults", "euros per 100,000 adult-years", "share", "people", "days")]
    [True, True, True, True, False]
    """
    return unit == "share" or unit in COUNTS or "per" in unit.split()
