"""The end of a week: what people of a town do to one another, for each arm (design 005, section 9)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.bonds import ALL, LEFT, OF_SELF, all_weight, sweep
from glasshouse.engine.keep import FREE, TOP
from glasshouse.engine.letters import write_letter
from glasshouse.engine.officials import read_the_town, spread_word, turn_attention
from glasshouse.engine.places import block_end, is_dropped
from glasshouse.engine.queues import N_WAITING, SENT_ON, WAIT, close_queues, review_week, settle_waits
from glasshouse.engine.selection import select
from glasshouse.engine.state import (
    ANYONE_SHOWN,
    ATTENTION,
    INFORMING,
    LOOK_AGAIN,
    MOST_DISTRICTS,
    NO_TIES,
    NOW_SIZE,
    POST_CONTACTS,
    POST_RELATIVES,
    SPEECH,
    TIE_LETTER,
)  # fmt: skip
from glasshouse.mechanism.lists import NEVER
from glasshouse.mechanism.points import score
from glasshouse.scheme.tables import BY_THRESHOLD, TO_NOBODY


@rule
def open_arm(
    a: int, people: int, rules: Any, own: Any, mean: Any, eff: Any, tie_bits: Any, has: Any, stand: Any, dropped: Any,
    line: Any, now: Any, head: Any,
) -> None:  # fmt: skip
    """A town before day 0, in one arm: nobody listed, nobody waiting, everyone at the start."""
    law = rules[a]
    for i in range(NOW_SIZE):
        now[a, i] = 0
    now[a, SPEECH], now[a, INFORMING], now[a, ANYONE_SHOWN] = law.silence_start, 4096, NEVER
    for d in range(MOST_DISTRICTS):
        now[a, ATTENTION + d] = 4096
    for stage in range(2):
        line[a, stage, N_WAITING], line[a, stage, WAIT], line[a, stage, SENT_ON] = 0, -1, 0
    for slot in range(people):
        head[slot, a] = -1
        for entry_list in range(law.n_lists):
            stand[a, entry_list, slot] = 0
    if law.scored == 0:
        return
    start = score(law, 0)
    for slot in range(people):
        has[a, slot], tie_bits[a, slot] = 0, 0
        own[a, 0, slot], eff[a, 0, slot], mean[a, 0, slot] = start, start, NO_TIES
    if law.alpha > 0:
        for layer in range(dropped.shape[1]):
            for slot in range(people):
                dropped[a, layer, slot] = 0


@rule
def weigh_ties(a: int, people: int, rules: Any, more: Any, layer_size: Any, house: Any, first_at: Any, tie_weights: Any) -> None:
    """The weights of everyone's ties, once, before the first sweep."""
    for slot in range(people):
        weight = all_weight(a, slot, people, rules, more, layer_size, house, first_at)
        tie_weights[a, slot, ALL], tie_weights[a, slot, LEFT], tie_weights[a, slot, OF_SELF] = weight, weight, 0
        for layer in range(layer_size.shape[0] + 1):
            tie_weights[a, slot, OF_SELF] += more[a, rules[a].at_tie + layer]


@rule
def open_pool(ground: Any) -> None:
    """An empty pool."""
    ground[TOP] = 0
    for i in range(FREE, ground.shape[0]):
        ground[i] = -1


@rule
def carry_post(
    a: int, week: int, people: int, rules: Any, lists: Any, post: Any, layer_size: Any, house: Any, adult: Any, first_at: Any, who: Any,
    dropped: Any, letter: Any, first_letter: Any, last_letter: Any, wake: Any,
) -> None:  # fmt: skip
    """Records for relatives and contacts: one letter for each of them."""
    for i in range(1, post[0].what + 1):
        m = post[i]
        if m.arm != a or (m.what != POST_RELATIVES and m.what != POST_CONTACTS):
            continue
        layer = 0 if m.what == POST_RELATIVES else int(lists[a, m.list].contact_layer)
        first, end = first_at[layer, m.slot], block_end(layer, m.slot, people, layer_size, house, first_at)
        for place in range(first, end):
            mate = who[layer, place]
            gone = is_dropped(a, layer, m.slot, place - first, rules, dropped)
            if mate == m.slot or gone or (layer == 0 and adult[mate] == 0):
                continue
            n = write_letter(mate, a, TIE_LETTER, 7 * (week + 1), letter, first_letter, last_letter, wake)
            out = letter[n]
            out.event, out.list, out.item, out.lo, out.hi, out.origin = m.event, m.list, m.item, m.lo, m.hi, m.origin
            out.channel, out.category, out.kind = m.channel, m.category, m.kind
            out.sender, out.context, out.wrong = m.slot, m.context, m.wrong


@rule
def show_moves(
    a: int, week: int, people: int, rules: Any, lists: Any, layer_size: Any, house: Any, adult: Any, first_at: Any, who: Any, dropped:
    Any, moved: Any, stand: Any, light: Any, now: Any, letter: Any, first_letter: Any, last_letter: Any, wake: Any,
) -> None:  # fmt: skip
    """Who is newly listed or no longer: households are bound or freed, and word spreads of lists that are shown."""
    for i in range(1, moved[0].arm + 1):
        m = moved[i]
        if m.arm != a:
            continue
        entry = lists[a, m.list]
        if entry.binds != 0:
            for mate in range(house[1, m.slot], house[2, m.slot]):
                if mate != m.slot:
                    write_letter(mate, a, LOOK_AGAIN, 7 * (week + 1), letter, first_letter, last_letter, wake)
        if rules[a].publicity != TO_NOBODY and entry.shown != 0 and m.value & 1 == 1:
            spread_word(
                a, week, m.slot, people, rules, layer_size, house, adult, first_at, who, dropped, light, now, letter, first_letter,
                last_letter, wake,
            )  # fmt: skip


@rule
def exchange(
    a: int, town: int, week: int, last: bool, people: int, clock: Any, rules: Any, grade_from: Any, lists: Any, selection: Any, theta: Any,
    more: Any, now: Any, layer_size: Any, house: Any, group: Any, adult: Any, adults_below: Any, at: Any, block_at: Any, first_at: Any, who:
    Any, pop: Any, light: Any, stand: Any, moved: Any, own: Any, mean: Any, eff: Any, tie_bits: Any, has: Any, tie_weights: Any, slack: Any,
    dropped: Any, sums: Any, doubts: Any, leans: Any, lean: Any, totals: Any, fresh: Any, todo: Any, mark: Any, post: Any, queue: Any, line:
    Any, letter: Any, first_letter: Any, last_letter: Any, wake: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """All that one arm exchanges at the end of a week, in the order of the design."""
    law = rules[a]
    if law.review != 0:
        review_week(a, week, people, clock, rules, more, post, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)
        if last:
            settle_waits(a, people, rules, line)
    if law.alpha > 0:
        if week == 0:
            weigh_ties(a, people, rules, more, layer_size, house, first_at, tie_weights)
        sweep(
            a, town, week, people, clock, rules, grade_from, more, layer_size, house, group, at, block_at, first_at, who, own, mean, eff,
            tie_weights, tie_bits, slack, dropped, sums, doubts, leans, lean, totals, fresh, todo, mark, letter, first_letter, last_letter,
            wake, logs, lay, t,
        )  # fmt: skip
    carry_post(
        a, week, people, rules, lists, post, layer_size, house, adult, first_at, who, dropped, letter, first_letter, last_letter, wake
    )
    for i in range(law.n_selections):
        select(
            a, i, week, people, clock, rules, selection, more, house, adult, pop, light, stand, own, eff, tie_bits, has, todo, fresh, mark,
            letter, first_letter, last_letter, wake,
        )  # fmt: skip
    show_moves(
        a, week, people, rules, lists, layer_size, house, adult, first_at, who, dropped, moved, stand, light, now, letter, first_letter,
        last_letter, wake,
    )  # fmt: skip
    if law.silence == BY_THRESHOLD or law.informing_channel >= 0 or law.leave > 0:
        read_the_town(
            a,
            week,
            people,
            clock,
            rules,
            theta,
            adult,
            adults_below,
            pop,
            light,
            now,
            queue,
            line,
            letter,
            first_letter,
            last_letter,
            wake,
            lay,
            t,
        )
    if last and law.review != 0:
        close_queues(a, week, people, clock, rules, more, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)
    turn_attention(a, rules, now)
