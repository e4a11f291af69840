"""What people do to one another at the end of a week, under one scheme (005, sections 2 to 9; 006, section 6).

Everything reads the state of the town at the end of the week's last day. What is decided for single people waits in their `Subject` for the
start of the coming day; means of ties and what the town has in common is written once all has been read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasshouse.world.draws import PERSON, RISK, TIE_VALUE, philox_plain
from tests.oracle.arm import Arm, tie
from tests.oracle.chance import SURE, Link
from tests.oracle.classes import TIED
from tests.oracle.gates import listed_now
from tests.oracle.people import BLOCK, HOUSEHOLD, E
from tests.oracle.responses import BY_THRESHOLD, heard

if TYPE_CHECKING:
    from tests.oracle.subject import Subject

TO_NOBODY, TO_TIES, TO_TOWN = 0, 1, 2
Means = dict[int, list[int | None]]  # home slot -> mean score of the ties, by level


def exchange(arm: Arm, week: int) -> None:
    """The exchange after a week."""
    if arm.scheme.whole.review:
        arm.queue.exchange(week)
        if week == arm.times.weeks - 1:
            arm.queue.close()
    means = associate(arm, week)
    send(arm, week)
    choose(arm, week)
    adults = arm.adults()
    aware = sum(subject.aware_from <= 7 * week + 6 for subject in adults)
    spread_word(arm, week)
    listen(arm)
    arm.watch.exchange(aware, len(adults))
    reckon_rewards(arm)
    leave(arm, week)
    write_means(arm, means)
    see_households(arm)


# -- association -------------------------------------------------------------------------------------------------------------


def associate(arm: Arm, week: int) -> Means:
    """Ties that cost too much are dropped; then the mean score of everyone's ties, by level."""
    whole, weight = arm.scheme.whole, arm.scheme.tie_weight
    if whole.alpha == 0:
        return {}
    scores = {slot: [s.ledger.score(level) for level in TIED] for slot, s in arm.subjects.items()}
    if whole.drop_mean > 0:
        drop_ties(arm, week, {slot: s[0] for slot, s in scores.items()})
    means: Means = {}
    for slot in arm.subjects:
        ties = arm.tied(slot)
        total = sum(weight[layer] for layer, _ in ties)
        sums = [sum(weight[layer] * scores[other][level] for layer, other in ties) for level in TIED]
        means[slot] = [(2 * s + total) // (2 * total) if total else None for s in sums]
    return means


def drop_ties(arm: Arm, week: int, scores: dict[int, int]) -> None:
    """A tie is dropped if what it costs either end exceeds what it is worth."""
    weight, alpha = arm.scheme.tie_weight, arm.scheme.whole.alpha
    totals = {slot: sum(weight[layer] for layer, _ in arm.ties[slot]) for slot in arm.subjects}
    for slot in arm.subjects:
        for layer, other in arm.tied(slot):
            if layer == HOUSEHOLD or other < slot or weight[layer] == 0:
                continue
            ends = (slot, other), (other, slot)
            cost = max((alpha * weight[layer] * max(0, scores[i] - scores[j]) // totals[i]) >> 8 for i, j in ends)
            if cost > value_of_tie(arm, layer, slot, other):
                arm.dropped.add(tie(layer, slot, other))
                for end in (slot, other):
                    arm.subjects[end].count(7 * week + 6, "ties_dropped")


def value_of_tie(arm: Arm, layer: int, one: int, other: int) -> int:
    block, place = arm.subjects[one].person.blocks[layer - 1]
    p, q = sorted((place, arm.subjects[other].person.blocks[layer - 1][1]))
    word = philox_plain(arm.seed, arm.town, (layer << BLOCK) + block, TIE_VALUE + 64 * p + q)[0]
    return int((E(word) * arm.scheme.whole.drop_mean) >> 24)


def write_means(arm: Arm, means: Means) -> None:
    """The means hold from now on; lists by grade are looked at again for those whose score has come into another grade."""
    for slot, by_level in means.items():
        ledger = arm.subjects[slot].ledger
        before = [ledger.grade_by_score(level) for level in TIED] if arm.scheme.grade_from else []
        ledger.ties_mean[: len(TIED)] = by_level
        after = [ledger.grade_by_score(level) for level in TIED] if arm.scheme.grade_from else []
        ledger.look_again = ledger.look_again or before != after


# -- through ties ------------------------------------------------------------------------------------------------------------


def send(arm: Arm, week: int) -> None:
    """Records of the week go on to relatives; those listed this week have their contacts listed."""
    for slot, subject in arm.subjects.items():
        ledger = subject.ledger
        for record, lo, hi in ledger.relatives:
            for other in arm.household(subject):
                if not other.person.minor:
                    other.links.append(Link(slot, record, lo, hi))
        for (record, lo, hi), index in ledger.contacts:
            rule = arm.scheme.lists[index]
            for _, other_slot in arm.tied(slot, rule.contact_layer):
                contact, link = arm.subjects[other_slot], Link(slot, record, lo, hi, index)
                is_child_at_home = rule.contact_layer == HOUSEHOLD and contact.person.minor
                if not is_child_at_home and link.words(arm.seed, contact.person)[0] < rule.contact_share:
                    contact.links.append(link)
        ledger.relatives, ledger.contacts = [], []
    for subject in arm.subjects.values():
        subject.links.sort(key=Link.order)


def see_households(arm: Arm) -> None:
    """What a household sees of its adults holds until the next week has ended: for parents' gates, and for lists that bind."""
    arm.listed = {s.person.slot: listed_now(s.ledger) for s in arm.adults()}
    binding = [index for index, rule in enumerate(arm.scheme.lists) if rule.binds]
    for subject in arm.subjects.values():
        seen = [arm.listed[other.person.slot] for other in arm.household(subject) if not other.person.minor]
        subject.parents = seen if subject.person.minor else []
        subject.ledger.bound = {}
        for index in binding:
            states = [adult[index] for adult in seen if index in adult]
            levels = [level in TIED and any(active[level] for active, _ in states) for level in range(8)]
            if any(levels):
                subject.ledger.bound[index] = levels, next((context for active, context in states if active[0]), -1)


# -- officials and responses -------------------------------------------------------------------------------------------------


def choose(arm: Arm, week: int) -> None:
    """Officials list those with the lowest scores, or with the highest risk."""
    for rule in arm.scheme.selections:
        if (week + 1) % rule.every:
            continue
        n = rule.share * arm.people >> 32
        if rule.risk:
            choose_by_risk(arm, rule.list, n, week)
            continue
        for level in range(8):
            ranked = []
            for subject in arm.adults():
                ledger = subject.ledger
                score = ledger.score(level)
                below = score < arm.scheme.rules.start and ledger.worst_record(level) is not None
                if ledger.enrolled and ledger.spells[rule.list][level] is None and below:
                    ranked.append((score, subject.person.slot))
            for _, slot in sorted(ranked)[:n]:
                arm.subjects[slot].chosen.append((rule.list, level, False))


def choose_by_risk(arm: Arm, index: int, n: int, week: int) -> None:
    """Those with the highest risk among adults who are not on the list are put on it, whatever their record."""
    free = [s for s in arm.adults() if s.ledger.enrolled and not s.on_list(index)]
    for subject in sorted(free, key=lambda s: (-risk(arm, s, week), s.person.slot))[:n]:
        subject.chosen += [(index, level, True) for level in range(8)]


def risk(arm: Arm, subject: Subject, week: int) -> int:
    """What a score makes of group, income, children, points lost, and noise."""
    person, rules, weights = subject.person, arm.scheme.rules, arm.scheme.risk_weight
    of_group, of_income, (child, record, noise) = weights[:3], weights[3:6], weights[6:]
    own = subject.ledger.own_score(0) if rules.has_points else rules.start
    with_child = any(other.person.minor for other in arm.household(subject))
    score = of_group[person.group] + of_income[person.income] + (child if with_child else 0)
    score += (rules.start - own) * record >> 8
    return int(score + (subject.draw(week + 1, RISK)[0] * noise >> 32))


def spread_word(arm: Arm, week: int) -> None:
    """Adults hear of the scheme when someone they know, or anyone, stands on a list that is shown."""
    to = arm.scheme.whole.publicity
    if to == TO_NOBODY:
        return
    lists = [index for index, rule in enumerate(arm.scheme.lists) if rule.shown]
    shown = {slot for slot, s in arm.subjects.items() if any(s.ledger.spells[index][0] is not None for index in lists)}
    for subject in arm.adults():
        if shown if to == TO_TOWN else any(other in shown for _, other in arm.tied(subject.person.slot)):
            subject.aware_from = min(subject.aware_from, 7 * (week + 1))


def listen(arm: Arm) -> None:
    """How many speak, less what the sight of the sanctioned inspires."""
    if arm.scheme.whole.silence == BY_THRESHOLD:
        adults = arm.adults()
        speaking = sum(s.speaks() for s in adults)
        sanctioned = sum(s.ledger.sanctioned()[0] for s in adults)
        arm.speaking = heard(arm.scheme, speaking, sanctioned, len(adults))


def reckon_rewards(arm: Arm) -> None:
    """In a zero-sum reward as many are displaced next week as were privileged in this."""
    for i in range(len(arm.scheme.rewards)):
        arm.displacing[i] = min(SURE, arm.privileged[i] * SURE // max(arm.others[i], 1))
        arm.privileged[i] = arm.others[i] = 0


def leave(arm: Arm, week: int) -> None:
    """Some of those listed leave a scheme that can be left."""
    if arm.scheme.whole.leave == 0:
        return
    for subject in arm.adults():
        listed = any(spells[0] is not None for spells in subject.ledger.spells)
        if listed and subject.ledger.enrolled and subject.draw(week + 1, PERSON)[2] < arm.scheme.whole.leave:
            subject.leaves = True
            arm.queue.forget(subject)
            subject.count(7 * week + 6, "left")
