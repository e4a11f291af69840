"""Officials and the town's climate between weeks: selection, attention, what people hear and dare (design 005, sections 7 and 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import philox
from glasshouse.engine.keep import is_enrolled, known_since, was_listed, was_sanctioned
from glasshouse.engine.layout import GROUPS
from glasshouse.engine.letters import write_letter
from glasshouse.engine.places import block_end, is_dropped
from glasshouse.engine.queues import forget_cases
from glasshouse.engine.state import (
    ANYONE_SHOWN,
    ATTENTION,
    FOUND,
    INFORMING,
    LEAVING,
    REWARD_OTHER,
    REWARD_Q,
    REWARD_USED,
    SPEECH,
    TELL,
)  # fmt: skip
from glasshouse.mechanism.officials import attention_factor, informing_factor
from glasshouse.mechanism.responses import climate, ranks_that_speak
from glasshouse.scheme.tables import BY_THRESHOLD, TO_TOWN
from glasshouse.world.draws import PERSON


@rule
def is_aware(word: int, town: int, day: int) -> bool:
    """Whether an adult knows of the scheme on a day, by the word that is kept of them or because the whole town knows."""
    return known_since(word) <= day or town <= day


@rule
def spread_word(
    a: int, week: int, slot: int, people: int, rules: Any, layer_size: Any, house: Any, adult: Any, first_at: Any, who: Any, dropped: Any,
    light: Any, now: Any, letter: Any, first_letter: Any, last_letter: Any, wake: Any,
) -> None:  # fmt: skip
    """Someone stands on a list that is shown: their ties, or the whole town, hear of it."""
    day = 7 * (week + 1)
    if rules[a].publicity == TO_TOWN:
        now[a, ANYONE_SHOWN] = min(now[a, ANYONE_SHOWN], day)
        return
    for layer in range(layer_size.shape[0] + 1):
        first, end = first_at[layer, slot], block_end(layer, slot, people, layer_size, house, first_at)
        for place in range(first, end):
            mate = who[layer, place]
            gone = is_dropped(a, layer, slot, place - first, rules, dropped)
            if mate != slot and not gone and adult[mate] != 0 and not is_aware(light[mate, a], now[a, ANYONE_SHOWN], day):
                write_letter(mate, a, TELL, day, letter, first_letter, last_letter, wake)


@rule
def rank_adults(people: int, adult: Any, pop: Any, adults_below: Any) -> None:
    """How many adults have a rank below each."""
    for rank in range(people + 1):
        adults_below[rank] = 0
    for slot in range(people):
        adults_below[pop[slot].rank + 1] = adult[slot]
    for rank in range(people):
        adults_below[rank + 1] += adults_below[rank]


@rule
def read_the_town(
    a: int, week: int, people: int, clock: Any, rules: Any, theta: Any, adult: Any, adults_below: Any, pop: Any, light: Any, now: Any,
    queue: Any, line: Any, letter: Any, first_letter: Any, last_letter: Any, wake: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """Count who speaks, who is sanctioned and who knows; say who leaves; set the climate of speech and the zeal of informers."""
    law = rules[a]
    adults, speaking, sanctioned, aware = adults_below[people], 0, 0, 0
    if law.silence == BY_THRESHOLD:
        speaking = adults_below[min(people, ranks_that_speak(now[a, SPEECH], people, law.n_theta, theta[a]))]
    for slot in range(people):
        if adult[slot] == 0:
            continue
        word = light[slot, a]
        sanctioned += was_sanctioned(word)
        if is_aware(word, now[a, ANYONE_SHOWN], 7 * week + 6):
            aware += 1
        if law.leave > 0 and was_listed(word) == 1 and is_enrolled(word):
            _, _, w_leaves, _ = philox(clock.seed_low, clock.seed_high, pop[slot].pid, week + 1, PERSON)
            if w_leaves < law.leave:
                write_letter(slot, a, LEAVING, 7 * (week + 1), letter, first_letter, last_letter, wake)
                forget_cases(a, slot, queue, line)
                if 7 * week >= clock.history:
                    t[lay.left + a * GROUPS + pop[slot].group] += 1
    if law.silence == BY_THRESHOLD:
        now[a, SPEECH] = climate(speaking, sanctioned, adults, law.fear)
    if law.informing_channel >= 0:
        now[a, INFORMING] = informing_factor(law.informs, aware, adults)


@rule
def turn_attention(a: int, rules: Any, now: Any) -> None:
    """Officials look where they have found; a reward that is scarce is rationed by what was used of it."""
    law = rules[a]
    if law.attention_channel >= 0:
        found = 0
        for d in range(law.districts):
            found += now[a, FOUND + d]
        for d in range(law.districts):
            now[a, ATTENTION + d] = attention_factor(law.follow, law.districts, law.prior, now[a, FOUND + d], found)
    for r in range(law.n_rewards):
        used, other = now[a, REWARD_USED + r], now[a, REWARD_OTHER + r]
        now[a, REWARD_Q + r] = min(1 << 32, (used << 32) // max(other, 1))
        now[a, REWARD_USED + r], now[a, REWARD_OTHER + r] = 0, 0
