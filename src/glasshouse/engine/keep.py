"""Between weeks: a town's people as they wait, packed into one pool of integers (docs/design/004-engine.md).

A person in an arm that holds nothing about them is one word. Everything else lies in one stretch of the pool: the arm's record, the book,
what waits for its day, spells, and days by class. Stretches come in steps of 64 words; a freed one is used again.
"""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.person import blank
from glasshouse.mechanism.classes import LEVELS
from glasshouse.mechanism.lists import NEVER

STEP = 64
TOP, FULL, FREE = 0, 1, 2  # of `ground`: words in use; whether there was too little; first free stretch by size
NOBODY = -1
FAR = 0xFFFF  # a day that never comes, in 16 bits


@rule
def take_stretch(steps: int, ground: Any, pool: Any) -> int:
    """A stretch of the pool, from those given back or from the end; -1 if there is no room."""
    at = ground[FREE + steps]
    if at >= 0:
        ground[FREE + steps] = pool[at]
        return int(at)
    at = ground[TOP]
    if at + steps * STEP > pool.shape[0]:
        ground[FULL] = 1
        return NOBODY
    ground[TOP] = at + steps * STEP
    return int(at)


@rule
def light_word(s: Any) -> int:
    """Debts, ability, awareness, enrolment, and whether sanctioned and listed at level 0, of a person in an arm, in one word."""
    aware = s.aware if s.aware < FAR else FAR
    return int(s.debts | s.debt_from << 16 | aware << 32 | s.able << 48 | (s.enrolled + 1) << 49 | s.once << 51 | s.s0 << 52 | (s.levels & 1) << 53)


@rule
def read_light(word: int, s: Any) -> None:
    """The same word, read."""
    aware = (word >> 32) & FAR
    s.debts, s.debt_from, s.aware = word & FAR, (word >> 16) & FAR, aware if aware < FAR else NEVER
    s.able, s.enrolled, s.once = (word >> 48) & 1, ((word >> 49) & 3) - 1, (word >> 51) & 1


@rule
def kept_spells(a: int, n_lists: int, spell: Any) -> int:
    """Spells that must be kept: active ones, and at level 0 those of which a copy may stand."""
    n = 0
    for entry_list in range(n_lists):
        for k in range(LEVELS):
            s = spell[a, entry_list, k]
            if s.active != 0 or (k == 0 and s.released >= 0):
                n += 1
    return n


@rule
def put_away(
    a: int, slot: int, n_lists: int, arm: Any, spell: Any, arm_words: Any, book_words: Any, points: Any, pending_words: Any, spell_words:
    Any, hazard_day: Any, class_days: Any, light: Any, head: Any, ground: Any, pool: Any,
) -> None:  # fmt: skip
    """Pack one person in one arm."""
    s = arm[a]
    light[slot, a] = light_word(s)
    if s.touched == 0 or s.dirty == 0:
        return
    s.dirty = 0
    hazards = hazard_day.shape[3]
    spells = kept_spells(a, n_lists, spell)
    one_record, one_spell = book_words.shape[2] + LEVELS, spell_words.shape[3] + hazards + 1
    words = arm_words.shape[1] + 1 + s.n_book * one_record + s.n_pending * pending_words.shape[2] + spells * one_spell + class_days.shape[1]
    steps = (words + STEP - 1) // STEP
    at = head[slot, a] >> 10 if head[slot, a] >= 0 else NOBODY
    if at < 0 or head[slot, a] & 1023 != steps:
        if at >= 0:
            old = head[slot, a] & 1023
            pool[at] = ground[FREE + old]
            ground[FREE + old] = at
        at = take_stretch(steps, ground, pool)
        if at < 0:
            head[slot, a] = NOBODY
            return
        head[slot, a] = at << 10 | steps
    for i in range(arm_words.shape[1]):
        pool[at + i] = arm_words[a, i]
    at += arm_words.shape[1]
    pool[at] = spells
    at += 1
    for j in range(s.n_book):
        for i in range(book_words.shape[2]):
            pool[at + i] = book_words[a, j, i]
        at += book_words.shape[2]
        for k in range(LEVELS):
            pool[at + k] = points[a, j, k]
        at += LEVELS
    for j in range(s.n_pending):
        for i in range(pending_words.shape[2]):
            pool[at + i] = pending_words[a, j, i]
        at += pending_words.shape[2]
    for entry_list in range(n_lists):
        for k in range(LEVELS):
            p = spell[a, entry_list, k]
            if p.active != 0 or (k == 0 and p.released >= 0):
                pool[at] = entry_list * LEVELS + k
                for i in range(spell_words.shape[3]):
                    pool[at + 1 + i] = spell_words[a, entry_list, k, i]
                at += 1 + spell_words.shape[3]
                for i in range(hazards):
                    pool[at + i] = hazard_day[a, entry_list, k, i]
                at += hazards
    for i in range(class_days.shape[1]):
        pool[at + i] = class_days[a, i]


@rule
def take_out(
    a: int, slot: int, arm: Any, arm_words: Any, book_words: Any, points: Any, pending_words: Any, spell_words: Any, hazard_day: Any,
    class_days: Any, light: Any, head: Any, pool: Any,
) -> None:  # fmt: skip
    """Unpack one person in one arm. The arm has been cleared of the person before."""
    if head[slot, a] < 0:
        blank(a, arm)
        read_light(light[slot, a], arm[a])
        return
    hazards = hazard_day.shape[3]
    at = head[slot, a] >> 10
    for i in range(arm_words.shape[1]):
        arm_words[a, i] = pool[at + i]
    at += arm_words.shape[1]
    spells = pool[at]
    at += 1
    s = arm[a]
    read_light(light[slot, a], s)
    for j in range(s.n_book):
        for i in range(book_words.shape[2]):
            book_words[a, j, i] = pool[at + i]
        at += book_words.shape[2]
        for k in range(LEVELS):
            points[a, j, k] = pool[at + k]
        at += LEVELS
    for j in range(s.n_pending):
        for i in range(pending_words.shape[2]):
            pending_words[a, j, i] = pool[at + i]
        at += pending_words.shape[2]
    for _ in range(spells):
        entry_list, k = pool[at] // LEVELS, pool[at] % LEVELS
        for i in range(spell_words.shape[3]):
            spell_words[a, entry_list, k, i] = pool[at + 1 + i]
        at += 1 + spell_words.shape[3]
        for i in range(hazards):
            hazard_day[a, entry_list, k, i] = pool[at + i]
        at += hazards
    for i in range(class_days.shape[1]):
        class_days[a, i] = pool[at + i]


@rule
def next_day(n_arms: int, tick: int, arm: Any) -> int:
    """The next day on which something happens to the person."""
    day = tick >> 20
    for a in range(n_arms):
        day = min(day, arm[a].due)
    return int(day)
