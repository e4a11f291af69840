"""What people do differently under a scheme: acts they leave undone, attempts they do not make (design 005, section 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import philox
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.spells import list_levels, note
from glasshouse.engine.state import LOG_FORGONE, SPEECH
from glasshouse.engine.tally import count_forgone_act
from glasshouse.mechanism.classes import NONE, SPARED
from glasshouse.mechanism.gates import covers
from glasshouse.mechanism.lists import copy_stands
from glasshouse.mechanism.responses import ALWAYS, FADED, both, threshold_of_speech
from glasshouse.scheme.tables import BY_THRESHOLD, BY_UTILITY, MANDATORY, OPT_IN
from glasshouse.world.draws import PERSON

PROTECTED_VALENCE = 2  # of a category of conduct in the world


@rule
def is_done(
    a: int, day: int, c: int, word: int, who: Any, rules: Any, arm: Any, fading: Any, theta: Any, spoken: Any, more: Any, now: Any,
) -> bool:  # fmt: skip
    """Whether an act that the person's life holds is done in this arm; its fate word is the same in every arm."""
    if who.minor != 0:
        return True
    law = rules[a]
    share = ALWAYS
    aware = arm[a].aware <= day
    if aware:
        weeks = min((day - arm[a].aware) // 7, FADED)
        for r in range(law.n_restraints):
            if more[a, law.at_restrained + r * law.categories + c] != 0:
                share = both(share, fading[a, r, weeks])
    if law.silence != 0 and more[a, law.at_silenced + c] != 0:
        if law.silence == BY_THRESHOLD and threshold_of_speech(who.rank, who.people, law.n_theta, theta[a]) > now[a, SPEECH]:
            return False
        if law.silence == BY_UTILITY and aware:
            share = both(share, spoken[a, who.desire])
    return word < share


@rule
def forgoes(a: int, day: int, need: int, word: int, who: Any, rules: Any, arm: Any, spell: Any, gate: Any) -> bool:
    """Whether an adult who knows of being listed does not try: the first gate against them that names the service decides."""
    if who.minor != 0 or arm[a].aware > day:
        return False
    for g in range(rules[a].n_gates):
        q = gate[a, g]
        if q.parent != 0 or not covers(q, need):
            continue
        if list_levels(a, q.list, spell) & 1 == 1 or copy_stands(spell[a, q.list, 0], q.purge, day):
            return bool(word < q.demand)
    return False


@rule
def consents(law: Any, word: int) -> bool:
    """Whether an adult whose draw this is takes part where that is a matter of consent."""
    return bool(law.enrolment == OPT_IN and word < law.enrol_share)


@rule
def take_part(a: int, clock: Any, who: Any, rules: Any, arm: Any) -> None:
    """Who is enrolled, and who knows of the scheme, on day 0."""
    law, s = rules[a], arm[a]
    if law.enrolment == MANDATORY:
        s.enrolled = 1
    if who.minor != 0 or (law.aware <= 0 and law.enrolment != OPT_IN):
        return
    w_aware, w_enrolled, _, _ = philox(clock.seed_low, clock.seed_high, who.pid, 0, PERSON)
    if w_aware < law.aware:
        s.aware = 0
    if consents(law, w_enrolled):
        s.enrolled = 1


@rule
def never_sanctioned(s: Any) -> bool:
    """Whether the person has had no sanctioned day in this arm and is not sanctioned now."""
    return s.once == 0 and (s.cls == NONE or s.cls == SPARED)


@rule
def undone_in(
    n_arms: int, day: int, c: int, word: int, clock: Any, who: Any, category: Any, rules: Any, arm: Any, fading: Any, theta: Any, spoken:
    Any, more: Any, now: Any, lay: Any, t: Any, log: Any,
) -> int:  # fmt: skip
    """Bits of the arms in which an act that the person's life holds is not done; each is counted there."""
    bits = 0
    for a in range(n_arms):
        if category[c].needs_debt != 0 and arm[a].debts == 0:
            continue
        if is_done(a, day, c, word, who, rules, arm, fading, theta, spoken, more, now):
            continue
        bits |= 1 << a
        note(log, who.pid, a, day, LOG_FORGONE, 0, c, 0, 0)
        if day >= clock.history and day < clock.history + clock.horizon:
            if category[c].needs_debt != 0:
                t[lay.acts_arm + (a * GROUPS + who.group) * lay.categories + c] += 1  # acts done are these less those forgone
            count_forgone_act(t, lay, a, who.group, c, category[c].valence == PROTECTED_VALENCE and never_sanctioned(arm[a]))
    return bits
