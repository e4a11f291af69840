"""Blocks of the language that are designed but not run yet (docs/design/002-scheme-language.md): refused, each by its name."""

from __future__ import annotations

NOT_RUN: dict[str, dict[str, str]] = {
    "Scheme": {
        "clawback": "money claimed back",
        "firms": "firms, with a person responsible whose own gates close",
        "prices": "premiums, deposits, fees that follow a score",
        "ratings": "a rolling mean of what others give",
        "risk_scores": "ranking people for investigation",
        "sharing": "holders of copies apart from gates; a gate's `holder` runs",
        "changes": "values that changed on a date",
    },
    "Channel": {"averaging": "a systematic rule that misstates amounts or dates"},
    "Points": {
        "held_by": "points of a household or a firm",
        "reset": "points that start anew each period",
    },
    "Drift": {"after_clean": "points that return only after so long without a record"},
    "Item": {
        "applies_to": "rules for firms or households",
        "also_on": "a record that is entered for a second person at once; `relatives` runs",
        "clawback": "money claimed back",
    },
    "SchemeList": {
        "also_lists": "people listed with the listed, and released with them; `contacts` and `binds` run",
        "from_rating": "entry by a mean rating",
        "from_score": "entry by a risk score",
        "holds": "lists of firms or households",
        "notice": "notice that differs from list to list; the scheme's own block `notice` runs",
        "review": "review that differs from list to list; the scheme's own block `review` runs",
        "shared_with": "holders of copies apart from gates; a gate's `holder` runs",
    },
    "Gate": {"once": "a need that is lost for good, such as a home", "refers_to": "a gate on a household or a firm"},
}
