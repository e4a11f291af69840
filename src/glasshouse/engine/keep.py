"""Between weeks: a town's people as they wait, packed into one pool of integers (docs/design/004-engine.md).

A person in an arm that holds nothing about them is one word. Everything else lies in one stretch of the pool: the arm's record, the book,
what waits for its day, spells, and days by class. Stretches come in steps of 64 words; a freed one is used again.
"""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.state import BOOK_SIZE, PENDING_SIZE
from glasshouse.mechanism.classes import LEVELS
from glasshouse.mechanism.lists import NEVER

STEP = 64
TOP, FULL, FREE = 0, 1, 2  # of `ground`: words in use; whether there was too little; first free stretch by size
NOBODY = -1
AS_BEFORE = 1 << 32  # of a spell: it is as that of the level before, and not written out
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
    seen = s.s0 << 52 | (s.levels & 1) << 53
    return int(s.debts | s.debt_from << 16 | aware << 32 | s.able << 48 | (s.enrolled + 1) << 49 | s.once << 51 | seen)


@rule
def read_light(word: int, s: Any) -> None:
    """The same word, read."""
    s.debts, s.debt_from, s.aware = word & FAR, (word >> 16) & FAR, known_since(word)
    s.able, s.enrolled, s.once = (word >> 48) & 1, ((word >> 49) & 3) - 1, (word >> 51) & 1


@rule
def is_enrolled(word: int) -> bool:
    """Whether the word says that the person is enrolled."""
    return (word >> 49) & 3 == 2


@rule
def was_sanctioned(word: int) -> int:
    """1 if the person was sanctioned at level 0 when put away."""
    return (word >> 52) & 1


@rule
def was_listed(word: int) -> int:
    """1 if the person stood on a list at level 0 when put away."""
    return (word >> 53) & 1


@rule
def known_since(word: int) -> int:
    """The day from which the person knows of the scheme; ``NEVER`` if not yet."""
    aware = (word >> 32) & FAR
    return aware if aware < FAR else NEVER


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
def copy_words(source: Any, at: int, target: Any, to: int, n: int) -> int:
    """Copy integers from one flat array to another; returns the place after them in the target."""
    for i in range(n):
        target[to + i] = source[at + i]
    return to + n


@rule
def stretch_for(a: int, slot: int, words: int, head: Any, ground: Any, pool: Any) -> int:
    """Where a person's words in an arm go: the stretch they have, if its size fits, or another; -1 if there is no room."""
    steps = (words + STEP - 1) // STEP
    old = head[slot, a]
    if old >= 0:
        if old & 1023 == steps:
            return int(old >> 10)
        pool[old >> 10] = ground[FREE + (old & 1023)]
        ground[FREE + (old & 1023)] = old >> 10
    at = take_stretch(steps, ground, pool)
    head[slot, a] = at << 10 | steps if at >= 0 else NOBODY
    return at


@rule
def alike(here: int, spell_words: Any, hazard_words: Any, z: Any) -> bool:
    """Whether a spell is word for word that of the level before, as most are."""
    for i in range(here * z.spell, (here + 1) * z.spell):
        if spell_words[i] != spell_words[i - z.spell]:
            return False
    for i in range(here * z.hazards, (here + 1) * z.hazards):
        if hazard_words[i] != hazard_words[i - z.hazards]:
            return False
    return True


@rule
def put_away(
    a: int, slot: int, n_lists: int, arm: Any, spell: Any, arm_words: Any, book_words: Any, point_words: Any, pending_words: Any,
    spell_words: Any, hazard_words: Any, class_words: Any, sizes: Any, light: Any, head: Any, ground: Any, pool: Any,
) -> None:  # fmt: skip
    """Pack one person in one arm. ``sizes``: words of an arm, a record, a pending, a spell, a spell's hazards, the class days; lists."""
    s, z = arm[a], sizes[0]
    s.spells = kept_spells(a, n_lists, spell)
    s.days = 0
    for i in range(a * z.days, (a + 1) * z.days):
        s.days |= class_words[i]
    columns = LEVELS if s.mixed != 0 else 1
    words = z.kept + s.n_book * (z.record + columns) + s.n_pending * z.pending + s.spells * (z.spell + z.hazards + 1)
    words += z.days if s.days != 0 else 0
    at = stretch_for(a, slot, words, head, ground, pool)
    if at < 0:
        return
    at = copy_words(arm_words, a * z.arm, pool, at, z.kept)
    at = copy_words(book_words, a * BOOK_SIZE * z.record, pool, at, s.n_book * z.record)
    for i in range(s.n_book):
        at = copy_words(point_words, (a * (BOOK_SIZE + 1) + i) * LEVELS, pool, at, columns)
    at = copy_words(pending_words, a * (PENDING_SIZE + 1) * z.pending, pool, at, s.n_pending * z.pending)
    if s.days != 0:
        at = copy_words(class_words, a * z.days, pool, at, z.days)
    for i in range(n_lists * LEVELS):
        p = spell[a, i // LEVELS, i % LEVELS]
        if p.active != 0 or (i % LEVELS == 0 and p.released >= 0):
            here = a * z.lists * LEVELS + i
            if i % LEVELS > 1 and spell[a, i // LEVELS, i % LEVELS - 1].active != 0 and alike(here, spell_words, hazard_words, z):
                pool[at] = i | AS_BEFORE
                at += 1
                continue
            pool[at] = i
            at = copy_words(spell_words, here * z.spell, pool, at + 1, z.spell)
            at = copy_words(hazard_words, here * z.hazards, pool, at, z.hazards)


@rule
def take_out(
    a: int, slot: int, arm: Any, arm_words: Any, book_words: Any, point_words: Any, pending_words: Any, spell_words: Any, hazard_words: Any,
    class_words: Any, sizes: Any, light: Any, head: Any, pool: Any,
) -> None:  # fmt: skip
    """Unpack one person in one arm. The arm has been cleared of the person before."""
    s, z = arm[a], sizes[0]
    at = head[slot, a] >> 10
    copy_words(pool, at, arm_words, a * z.arm, z.kept)
    at += z.kept
    s.touched, s.dirty = 1, 0
    read_light(light[slot, a], s)
    copy_words(pool, at, book_words, a * BOOK_SIZE * z.record, s.n_book * z.record)
    at += s.n_book * z.record
    columns = LEVELS if s.mixed != 0 else 1
    for i in range(s.n_book):
        here = (a * (BOOK_SIZE + 1) + i) * LEVELS
        for k in range(LEVELS):
            point_words[here + k] = pool[at + min(k, columns - 1)]
        at += columns
    copy_words(pool, at, pending_words, a * (PENDING_SIZE + 1) * z.pending, s.n_pending * z.pending)
    at += s.n_pending * z.pending
    if s.days != 0:
        copy_words(pool, at, class_words, a * z.days, z.days)
        at += z.days
    for _ in range(s.spells):
        here = a * z.lists * LEVELS + (pool[at] & ~AS_BEFORE)
        if pool[at] & AS_BEFORE != 0:
            copy_words(spell_words, (here - 1) * z.spell, spell_words, here * z.spell, z.spell)
            copy_words(hazard_words, (here - 1) * z.hazards, hazard_words, here * z.hazards, z.hazards)
            at += 1
            continue
        copy_words(pool, at + 1, spell_words, here * z.spell, z.spell)
        copy_words(pool, at + 1 + z.spell, hazard_words, here * z.hazards, z.hazards)
        at += 1 + z.spell + z.hazards


@rule
def next_day(n_arms: int, tick: int, arm: Any) -> int:
    """The next day on which something happens to the person."""
    day = tick >> 20
    for a in range(n_arms):
        day = min(day, arm[a].due)
    return int(day)
