"""What the report calls outcomes and arms, what they mean, and the arms' order and colours: baselines first."""

from __future__ import annotations

from glasshouse.report.read import Run
from glasshouse.report.words import sentence_case

ARMS = {
    "none": "No scheme",
    "ordinary": "Ordinary law",
    "clean": "The scheme with true records only",
    "error-free": "The scheme without any error",
    "alone": "The scheme without ties",
    "scheme": "The scheme as written",
}
TWINS = ("error-free", "alone")  # stand in tables only: each is the other side of a difference that has a chart of its own
MENDED = "with "  # and the safeguard's name
MENDED_COLOURS = 3
MENDED_SHAPES = ("square", "diamond", "triangle")


def arms(run: Run, *, twins: bool = False) -> list[str]:
    """The arms of a run in the order in which they are compared: baselines, the clean ledger, the scheme, then the mended ones."""
    found = {r.arm for r in run.rows}
    known = [arm for arm in ARMS if arm in found and (twins or arm not in TWINS)]
    return known + mended_arms(run)


def mended_arms(run: Run) -> list[str]:
    """The arms with one thing mended, in the order in which they were asked for."""
    found = dict.fromkeys(r.arm for r in run.rows if r.arm.startswith(MENDED))
    order = [f"{MENDED}{s.get('id')}" for s in run.study.get("safeguards") or []]
    return sorted(found, key=lambda arm: order.index(arm) if arm in order else len(order))


def arm_name(arm: str) -> str:
    """The printed name of an arm."""
    return ARMS.get(arm) or f"With {arm.removeprefix(MENDED).replace('-', ' ').replace('_', ' ')}"


def arm_colour(run: Run, arm: str) -> str:
    """The colour of an arm."""
    if arm.startswith(MENDED):
        return f"var(--m{mended_arms(run).index(arm) % MENDED_COLOURS + 1})"
    return f"var(--{arm.replace('-', '')})"


OUTCOMES = {
    "sanctioned_days": ("Sanctioned days", "person-days on which a list that closes something holds the person"),
    "sanctioned_days_rate": ("Sanctioned days a year", "the same, per 100,000 adult-years"),
    "sanctioned_day_share": ("Share of sanctioned days", "days in a class divided by all sanctioned days (a stock share)"),
    "entries": ("List entries", "times a person enters a list, by class on the day of entry (a flow)"),
    "entries_rate": ("List entries a year", "entries per 100,000 adult-years"),
    "listed_without_cause": (
        "Listed without ground",
        "entries that the person's own true records do not carry (the classes up to collateral), per 100,000 adults a year",
    ),
    "listed_on_false_records": (
        "Listed on false records",
        "entries by mistaken identity, false report or misrecording, per 100,000 adults a year",
    ),
    "people_ever": (
        "People ever in the class",
        "invented people with at least one sanctioned day in the class; one person can be in several",
    ),
    "ever_listed": ("People ever listed", "invented people who entered a list at least once"),
    "listed": ("People listed", "people whom a list that closes something holds, on an average day"),
    "listed_rate": ("Share of people listed", "the same, per 100,000 adults"),
    "minors_days": ("Children's sanctioned days", "sanctioned person-days of minors, per 100,000 minor-years"),
    "exposure": ("Exposure", "attempts to use a service while a list that closes it holds the person, refused or not"),
    "denials": ("Denials", "attempts to use a service that were refused"),
    "essential_denials": ("Essential denials", "refusals of a service that the world file marks as essential"),
    "children_denials": ("Children's denials", "refusals that fall on a child because of a listed adult in the household"),
    "forgone_attempts": ("Attempts not made", "attempts that people do not make because they expect a refusal, or have not joined"),
    "forgone_essential_attempts": ("Essential attempts not made", "of these, services that the world file marks as essential"),
    "wrongly_sanctioned_days": ("Wrongly sanctioned days", "days under a sanction that the person's own true records do not carry"),
    "wrongly_spared_days": ("Days wrongly spared", "days on which an error lifts a sanction that true records would have brought"),
    "error_induced_days": (
        "Error-induced days",
        "days under a sanction on true records that would not have come about had the scheme made no error",
    ),
    "error_displaced_days": (
        "Error-displaced days",
        "days without a true ground for a sanction which people would have spent under one had the scheme made no error",
    ),
    "spared_days": ("Wrongly spared days", "days on which an error shields a person whom true records would have sanctioned"),
    "spared_denials": ("Wrongly spared denials", "refusals that true records would have brought and the ledger as kept did not"),
    "collateral_days": (
        "Days added by ties",
        "days under a sanction that would not stand if nothing came through relatives, household or contacts",
    ),
    "shielded_days": ("Days taken away by ties", "days free of a sanction that would stand without ties: better scores of others shield"),
    "household_days": ("Days bound with the household", "days under a sanction only because another adult of the household is listed"),
    "ties_dropped": ("Ties dropped", "ties given up because the other's score costs too much, once for each of the two people"),
    "time_to_clear": ("Time to clear", "share of entrants out by a given day, by cause, competing causes kept apart (Aalen-Johansen)"),
    "still_listed_3y": ("Still listed after three years", "of entrants followed for three years, the share listed at that day"),
    "appeals_filed": ("Reviews asked for", "cases filed by people who were told, or met a refusal, and objected"),
    "appeals_upheld": ("Upheld", "cases decided for the person"),
    "appeals_rejected": ("Rejected", "cases decided against the person, for good"),
    "appeals_given_up": ("Given up", "cases whose filer stopped waiting"),
    "appeals_waiting": ("Added to the queue", "cases filed less cases ended: by how much the queue grew in counted time"),
    "appeals_upheld_share": ("Share upheld", "of cases decided; those who appeal are no sample of the listed, so this is no error rate"),
    "appeals_weeks": ("Weeks waited", "mean weeks from filing to the decision, of cases decided"),
    "without_notice_share": ("No notice before listing", "of spells on a list, the share of whose record nobody was told before it began"),
    "without_review_share": ("No review decided in time", "of spells on a list, the share that ended before any review was decided"),
    "fines": ("Fines", "fines imposed, by class of the record behind them"),
    "refunds": ("Fines paid back", "fines paid back after a review, by class of the record behind them"),
    "money_claimed": (
        "Money claimed",
        "money claimed from people, by class of the record behind the claim, in whole units of its currency",
    ),
    "money_owed": ("Money owed", "what people in fact owe where a claim rests on an act of their own, rightly recorded"),
    "money_beyond_owed": ("Beyond what was owed", "money claimed less money owed"),
    "money_beyond_owed_share": ("Share beyond what was owed", "money claimed beyond what was owed, of all money claimed"),
    "money_returned": ("Money given back", "claims given back after a review, by class of the record behind them"),
    "prices_paid": ("Extra prices paid", "what the listed pay more where a service costs them more instead of being refused"),
    "debts_paid_share": ("Debts paid", "debts paid divided by debts that stood or arose"),
    "acts": ("Acts", "acts done by invented people, of every kind"),
    "acts_unlawful": ("Unlawful acts", "acts that the world file marks as unlawful"),
    "unlawful_acts_prevented": ("Unlawful acts prevented", "unlawful acts fewer than under ordinary law, on the same lives"),
    "forgone_protected": ("Protected acts not done", "speech, belief, association or petition that people hold back because of the scheme"),
    "silent_never_sanctioned": (
        "Protected acts not done by people never sanctioned",
        "protected acts held back by people who had no sanctioned day until then",
    ),
    "forgone_protected_share": (
        "Share of protected acts not done",
        "of the protected acts that would be done, those held back",
    ),
    "forgone_commendable_share": (
        "Share of commendable acts not done",
        "of the good deeds that would be done, those left undone",
    ),
    "forgone_commendable": ("Commendable acts not done", "unpaid good deeds that no longer happen because the scheme counts them"),
    "forgone_lawful": ("Lawful acts not done", "other lawful acts that people hold back because of the scheme"),
    "forgone_unlawful": ("Unlawful acts not done", "unlawful acts that people hold back because of the scheme"),
    "forgone_default": ("Defaults not made", "defaults on a debt that people avoid because of the scheme"),
    "left": ("People who left", "adults who left a voluntary scheme, per 1,000 adults"),
    "privileges": ("Privileges", "attempts met with a privilege of good standing"),
    "displaced_attempts": ("Attempts put back", "attempts that others' privileges put back, where there is only so much to give"),
    "disparity": ("Group difference in outcome", "a group's rate divided by that of the reference group"),
    "input_disparity": ("Group difference put in", "the same ratio for what the world and scheme files put in"),
}


def outcome_name(key: str) -> str:
    """The printed name of an outcome."""
    return OUTCOMES[key][0] if key in OUTCOMES else sentence_case(key.replace("_", " "))
