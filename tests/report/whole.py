"""Made-up lines of a run whose scheme has every part: twins, ties, reviews, responses, rewards, and one thing mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Line = dict[str, Any]
MENDED = "with notice-first"
SAFEGUARDS = [{"id": "notice-first", "text": "People hear of a record before it lists them.", "why": "an office asked for it"}]
ERRORS = {"mistaken identity": 30.0, "false report": 6.0, "misrecorded": 14.0, "ground unmet": 110.0, "sound": 140.0}
EUROS = "euros per 100,000 adult-years"
ARMS = ("scheme", MENDED, "error-free", "alone")
# outcome, value in the scheme, share of it in the mended arm, unit, denominator
OUTCOMES = (
    ("wrongly_sanctioned_days", 41_000.0, 0.5, "per 100,000 adult-years", "adult-years"),
    ("wrongly_spared_days", 5_200.0, 0.9, "per 100,000 adult-years", "adult-years"),
    ("error_induced_days", 2_600.0, 0.6, "per 100,000 adult-years", "adult-years"),
    ("error_displaced_days", 3_100.0, 0.8, "per 100,000 adult-years", "adult-years"),
    ("household_days", 6_400.0, 0.9, "per 100,000 adult-years", "adult-years"),
    ("minors_days", 2_100.0, 0.9, "per 100,000 minor-years", "minor-years"),
    ("ties_dropped", 12.0, 1.0, "per 1,000 adult-years", "adult-years"),
    ("without_notice_share", 0.94, 0.1, "share", "spells"),
    ("without_review_share", 0.81, 0.7, "share", "spells"),
    ("appeals_upheld_share", 0.31, 1.1, "share", "cases decided"),
    ("appeals_weeks", 21.5, 1.0, "weeks", "cases decided"),
    ("forgone_attempts", 520.0, 0.9, "per 100,000 adult-years", "adult-years"),
    ("forgone_protected", 31.0, 1.0, "per 1,000 adult-years", "adult-years"),
    ("silent_never_sanctioned", 24.0, 1.0, "per 1,000 adult-years", "adult-years"),
    ("forgone_protected_share", 0.11, 1.0, "share", "protected acts"),
    ("forgone_commendable", 18.0, 1.0, "per 1,000 adult-years", "adult-years"),
    ("forgone_unlawful", 44.0, 1.0, "per 1,000 adult-years", "adult-years"),
    ("unlawful_acts_prevented", 9.0, 0.9, "per 1,000 person-years", "person-years"),
    ("left", 7.0, 1.0, "per 1,000 adults", "adults"),
    ("privileges", 3_400.0, 1.0, "per 100,000 adult-years", "adult-years"),
    ("displaced_attempts", 900.0, 1.0, "per 100,000 adult-years", "adult-years"),
    ("money_owed", 900_000.0, 1.0, EUROS, "adult-years"),
    ("money_beyond_owed", 2_700_000.0, 0.5, EUROS, "adult-years"),
    ("money_beyond_owed_share", 0.75, 0.8, "share", "money claimed"),
    ("listed_without_cause", 152.0, 0.45, "per 100,000 adult-years", "adult-years"),
)
OF_THE_SCHEME = (("collateral_days", 9_900.0), ("shielded_days", 800.0))  # against the arm alone


def more_rows(row: Callable[..., Line]) -> list[Line]:
    """The lines, for everyone and two groups; `row` makes one with its ranges."""
    rows = []
    for group, part in (("", 1.0), ("A", 0.9), ("B", 1.2)):
        for outcome, value, mended, unit, of in OUTCOMES:
            for arm, share in (("scheme", 1.0), (MENDED, mended)):
                rows.append(row(outcome, value * share * part, unit, 1.8, group=group, arm=arm, denominator=of))
        rows += [row(o, value * part, group=group, denominator="adult-years") for o, value in OF_THE_SCHEME]
        rows += _appeals(row, group, part)
        rows += _money(row, group, part)
    rows += [row("entries_rate", value, arm=arm) for arm, value in ((MENDED, 900.0), ("error-free", 790.0), ("alone", 930.0))]
    rows += [row("debts_paid_share", 0.4, "share", 1.3, arm=MENDED, denominator="debts"), row("denials", 2000.0, arm=MENDED)]
    rows += [row("listed_without_cause", 0.0, arm="ordinary", note="none in 16 runs")]
    return rows


def _money(row: Callable[..., Line], group: str, part: float) -> list[Line]:
    """Claims, returns and extra prices by class, in the scheme, and claims without any error."""
    rows = []
    classes = {"misrecorded": 0.6, "collateral": 0.15, "within stated rules": 0.25, "": 1.0}
    for outcome, value in (("money_claimed", 3_600_000.0), ("money_returned", 300_000.0), ("prices_paid", 52_000.0)):
        for cls, share in classes.items():
            rows.append(row(outcome, value * share * part, EUROS, group=group, denominator="adult-years", **{"class": cls}))
    rows.append(row("money_claimed", 900_000.0 * part, EUROS, group=group, arm="error-free", denominator="adult-years"))
    return rows


def _appeals(row: Callable[..., Line], group: str, part: float) -> list[Line]:
    rows = []
    for cls, filed in [*ERRORS.items(), ("", sum(ERRORS.values()))]:
        for step, share in (("filed", 1.0), ("upheld", 0.2), ("rejected", 0.45), ("given_up", 0.15), ("waiting", 0.2)):
            rows.append(row(f"appeals_{step}", filed * share * part, group=group, denominator="adult-years", **{"class": cls}))
    return rows
