"""Blocks of the language that are designed but not run yet (docs/design/002-scheme-language.md): refused, each by its name."""

from __future__ import annotations

NOT_RUN: dict[str, dict[str, str]] = {
    "Scheme": {
        "association": "a score that takes in the scores of ties",
        "clawback": "money claimed back",
        "enrolment": "who takes part, and why",
        "firms": "firms, with a person responsible whose own gates close",
        "notice": "telling people before or after",
        "officials": "quotas, campaigns, discretion",
        "prices": "premiums, deposits, fees that follow a score",
        "publicity": "who sees a list or a score",
        "ratings": "a rolling mean of what others give",
        "review": "objections, appeals and their queue",
        "rewards": "what a good standing brings",
        "risk_scores": "ranking people for investigation",
        "sharing": "who holds copies of a list, and how late they purge",
        "responses": "how people respond",
        "changes": "values that changed on a date",
    },
    "Channel": {"averaging": "a systematic rule that misstates amounts or dates"},
    "FalseRecord": {"falls_on": "false records that fall on some more than on others"},
    "Points": {
        "held_by": "points of a household or a firm",
        "drift": "points that return with time",
        "reset": "points that start anew each period",
    },
    "Item": {
        "applies_to": "rules for firms or households",
        "also_on": "a record that is entered for a second person too",
        "clawback": "money claimed back",
    },
    "SchemeList": {
        "also_lists": "people listed because of their tie to the listed",
        "from_rating": "entry by a mean rating",
        "from_score": "entry by a risk score",
        "holds": "lists of firms or households",
        "notice": "telling people before or after",
        "review": "objections, appeals and their queue",
        "shared_with": "who holds copies of the list",
    },
    "Gate": {"once": "a need that is lost for good, such as a home", "refers_to": "a gate on a household or a firm"},
}
