"""Values of a scheme or world file by what they mean: a dotted path in words."""

from __future__ import annotations

from functools import lru_cache

from glasshouse.files.words import INCOME_THIRDS
from glasshouse.report.words import sentence_case

ANY = "*"
SPEECH = "responses.silence"
# By path; `*` stands for any part. In the words, {0}, {1}, ... are these parts; {0:third} is a third of incomes, {0:next} a number from 1.
NAMES = {
    "rules.checked": "How often a condition that is not met is noticed",
    "rules.items.*.repair.after": "Mean time until a pledge mends a record: rule {0}",
    "rules.items.*.claim": "Money claimed: rule {0}",
    "rules.items.*.owed": "Money in fact owed: rule {0}",
    "channels.*.sensitivity": "Share seen of the acts that a channel covers: {0}",
    "channels.*.by_category.*": "Share of acts seen: {0}, {1}",
    "channels.*.delay.mean": "Mean time from an act to a record, beyond the least: {0}",
    "channels.*.delay.minimum": "Least time from an act to a record: {0}",
    "channels.*.misrecorded.share": "Share of true records put under a wrong category: {0}",
    "false_records.*.rate": "How often a false record arises: {0}",
    "false_records.*.falls_on.*": "How many times as often false records fall on group {1}: {0}",
    "batches.*.strikes": "How often an error that hits many people at once befalls a town: {0}",
    "batches.*.share": "Share of a town's people whom such an error hits: {0}",
    "lists.*.performed_after": "Time from payment to deletion from the list: {0}",
    "lists.*.exits.*.mean": "Mean time to a way off the list {0}: {1}",
    "lists.*.contacts.share": "Share of a listed person's contacts put on a list for it: {0}",
    "lists.*.contacts.disproved_after": "Mean time until a contact is disproved: {0}",
    "gates.*.compliance": "Share of attempts at which the gate is applied: {0}",
    "gates.*.over.share": "Share of the listed's attempts refused though the rule leaves them open: {0}",
    "gates.*.holder.purges_after": "Time until a holder's copy of the list is purged: {0}",
    "gates.*.demand": "Share of attempts forgone by those who expect a refusal: {0}",
    "gates.*.trap.unable": "Share of refusals after which the person can no longer pay: {0}",
    "gates.*.trap.defaults": "Share of those a refusal left unable to pay who then default: {0}",
    "gates.*.trap.after": "Mean time from a refusal to the default it leads to: {0}",
    "gates.*.price": "What the listed pay more: {0}",
    "association.weight": "Weight of the ties' scores in one's own",
    "notice.period": "Time between notice and effect",
    "notice.reaches": "Share of notices that reach the person",
    "correction.filed": "Share of wrong records that somebody asks to correct",
    "correction.mean": "Mean time of a correction, beyond the least",
    "correction.minimum": "Least time of a correction",
    "review.filed.sound": "Share of sound records for which a review is asked for",
    "review.filed.*": "Share of wrong records for which a review is asked for: {0}",
    "review.files_after": "Mean time from knowing to asking for a review",
    "review.gives_up_after": "Mean time until those who wait for a review give up",
    "review.stages.*.capacity": "Reviews that can be decided in a week for each 10,000 people: stage {0:next}",
    "review.stages.*.upheld_if_wrong": "Share of reviews that succeed where the record is wrong: stage {0:next}",
    "review.stages.*.upheld_if_sound": "Share of reviews that succeed where the record is sound: stage {0:next}",
    "review.stages.*.goes_on": "Share of those rejected who go on to a second review",
    "enrolment.share": "Share of adults who take part",
    "enrolment.joins": "Share of attempts at which people join",
    "enrolment.leaves": "Share of the listed who leave, in a week",
    "officials.campaigns.*.times": "How many times as much is seen: campaign {0:next}",
    "officials.discretion.*.*": "Share of acts of group {1} that are let go: {0}",
    "officials.selection.share": "Share of people put on a list for having the fewest points",
    "officials.attention.follows": "How far attention follows what was found before",
    "ratings.unfair.*": "How often a use brings an unfair low rating: group {0}",
    "risk.weights.group.*": "Risk points of group {0}",
    "risk.weights.income.*": "Risk points of the {0:third} third of incomes",
    "risk.weights.child": "Risk points for a child in the household",
    "risk.weights.record": "Risk points for each point lost",
    "risk.noise": "Risk points added by chance, at most",
    "risk.share": "Share of people picked for the highest risk",
    "responses.aware": "Share of adults who know of the scheme from the start",
    "responses.deterrence.effect": "Share of acts left undone for fear of the scheme",
    "responses.deterrence.fades": "Time in which deterrence halves",
    "responses.deterrence.*.effect": "Share of acts left undone for fear of the scheme: kinds of act {0:next}",
    "responses.deterrence.*.fades": "Time in which deterrence halves: kinds of act {0:next}",
    "responses.crowding_out.effect": "Share of good acts left undone because of the scheme",
    "responses.crowding_out.fades": "Time in which crowding out halves",
    "responses.crowding_out.*.effect": "Share of good acts left undone because of the scheme: kinds of act {0:next}",
    "responses.crowding_out.*.fades": "Time in which crowding out halves: kinds of act {0:next}",
    f"{SPEECH}.fear": "How far a listed person frightens others from speaking",
    f"{SPEECH}.thresholds.mean": "Share of adults who must speak before a person does, on average",
    f"{SPEECH}.thresholds.sd": "How widely people differ in the share who must speak before they do",
    f"{SPEECH}.desire": "How much people wish to say, on average",
    f"{SPEECH}.boldness": "How bold people are, on average",
    f"{SPEECH}.watched": "Share of speech that is watched, as people see it",
    f"{SPEECH}.sanction": "Weight of the sanction for speech, as people see it",
    f"{SPEECH}.tolerated": "How much speech is tolerated, as people see it",
    "responses.tie_dropping.value": "What a tie is worth, on average",
    "responses.informing.times": "How many times as much is seen when every adult informs",
    "debts.enforcement": "How many times as often the able pay under enforcement",
    "debts.listed": "How many times as often debtors pay while listed, beside enforcement alone",
    "conduct.*.rate": "How often: {0}",
    "needs.*.rate": "How often: {0}",
    "conduct_by_group.*": "Acts of group {0}, as a multiple of the stated rates",
    "groups.*": "Share of people in group {0}",
    "households.*.share": "Share of households of kind {0:next}",
    "layers.*.segregation": "Share of places where people meet that hold one group only: {0}",
    "layers.*.conduct_homophily": "How far those who meet are alike in conduct: {0}",
    "propensity_shape": "How alike people are in how often they act",
    "frailty_shape": "How alike people are in how often they are wrongly recorded",
    "roles.*": "Share of adults in the role {0}",
    "money.unable_at_start.*": "Share unable to pay at the start: {0:third} incomes",
    "money.shock.*": "How often income is lost: {0:third} incomes",
    "money.recovery": "How often income comes back",
    "money.owing_at_start": "Share of adults who owe at the start",
    "money.payment": "How often the able pay a debt of their own accord",
    "visibility.by_group.*": "How readily group {0} is seen",
    "visibility.by_income.*": "How readily those with the {0:third} incomes are seen",
    "visibility.with_conduct": "How far being seen goes with conduct",
}


class Part(str):
    """A part of a path, as the words take it."""

    def __format__(self, form: str) -> str:
        if form == "third":
            return INCOME_THIRDS[int(self)]
        return str(int(self) + 1) if form == "next" else self.replace("_", " ").replace("-", " ")


@lru_cache(maxsize=1)
def patterns() -> list[tuple[list[str], str]]:
    """The parts of each path with its words, those that say more first."""
    found = [(path.split("."), words) for path, words in NAMES.items()]
    return sorted(found, key=lambda pattern: pattern[0].count(ANY))


def known_name(path: str) -> str | None:
    """What a value means, or None where this is not written down."""
    parts = path.removeprefix("scheme:").removeprefix("world:").split(".")
    for pattern, words in patterns():
        if len(pattern) == len(parts) and all(p in (ANY, here) for p, here in zip(pattern, parts, strict=True)):
            return words.format(*(Part(here) for p, here in zip(pattern, parts, strict=True) if p == ANY))
    return None


def value_name(path: str) -> str:
    """What a value means; its path where this is not written down."""
    first, *rest = [f"{Part(p)}" for p in path.replace(":", ".", 1).split(".") if p not in ("scheme", "world")]
    return known_name(path) or sentence_case(f"{first}: {', '.join(rest)}" if rest else first)
