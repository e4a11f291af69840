"""Blocks of the language that are designed but not run yet (docs/design/002-scheme-language.md): refused, each by its name."""

from __future__ import annotations

NOT_RUN: dict[str, dict[str, str]] = {
    "Scheme": {
        "clawback": "what a claim is taken from; a rule's `claim` and `owed` run",
        "firms": "how many firms there are, and of what size; a rule's `subject: firm` runs",
        "prices": "prices that follow a score; a gate's `price` runs",
        "risk_scores": "several scores of risk, and scores of applications; one score of people runs as `risk`",
        "sharing": "holders of copies apart from gates; a gate's `holder` runs",
        "changes": "values that changed on a date",
    },
    "Channel": {"averaging": "a systematic rule as part of a channel; false records of origin `misrecorded` run"},
    "Points": {
        "held_by": "points of a household or a firm",
        "reset": "points that start anew each period",
    },
    "Drift": {"after_clean": "points that return only after so long without a record"},
    "Item": {
        "applies_to": "rules for households; `subject: firm` runs",
        "also_on": "a record that is entered for a second person at once; `relatives` runs",
        "clawback": "money claimed back as a share; `claim` and `owed` run",
    },
    "SchemeList": {
        "also_lists": "people listed with the listed, and released with them; `contacts` and `binds` run",
        "from_rating": "entry by a mean rating; low ratings as records with a validity in `uses` run",
        "from_score": "entry by a score of risk named here; `risk` names its list",
        "holds": "lists of households, or of firms as such",
        "notice": "notice that differs from list to list; the scheme's own block `notice` runs",
        "review": "review that differs from list to list; the scheme's own block `review` runs",
        "shared_with": "holders of copies apart from gates; a gate's `holder` runs",
    },
    "Gate": {"once": "a need that is lost for good, such as a home", "refers_to": "a gate on a household or a firm"},
}
