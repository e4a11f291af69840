"""The town's queues of reviews, one for each arm and stage, served once a week (design 005, section 5)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule
from glasshouse.engine.draws import exp_days, philox
from glasshouse.engine.letters import write_letter
from glasshouse.engine.state import DECISION, POST_CASE
from glasshouse.engine.tally import count_appeal
from glasshouse.mechanism.classes import SOUND
from glasshouse.mechanism.review import GIVEN_UP, REJECTED, UPHELD, end_of_patience, places
from glasshouse.world.draws import REVIEW

FILED, ROW_UPHELD, ROW_REJECTED, ROW_GIVEN_UP, WEEKS = range(5)
N_WAITING, WAIT, SENT_ON = 0, 1, 2  # of `line`: people waiting, weeks the last case decided had waited, of those waiting the newly sent on


@rule
def comes_before(m: Any, q: Any) -> bool:
    """Order of joining: by day of filing, then home slot, event and list."""
    if m.day != q.joined:
        return bool(m.day < q.joined)
    if m.slot != q.slot:
        return bool(m.slot < q.slot)
    return bool(m.event < q.event or (m.event == q.event and m.list < q.list))


@rule
def join_queue(a: int, week: int, clock: Any, post: Any, queue: Any, line: Any, letter: Any, lay: Any, t: Any) -> None:
    """Cases filed this week join behind those who wait."""
    counted = 7 * week >= clock.history
    start = line[a, 0, N_WAITING]
    for i in range(1, post[0].what + 1):
        m = post[i]
        if m.what != POST_CASE or m.arm != a:
            continue
        at = line[a, 0, N_WAITING]
        if at >= queue.shape[2]:
            letter[0].arm = 1
            return
        while at > start and comes_before(m, queue[a, 0, at - 1]):
            queue[a, 0, at] = queue[a, 0, at - 1]
            at -= 1
        q = queue[a, 0, at]
        q.slot, q.pid, q.event, q.list, q.cls, q.group, q.patience = m.slot, m.pid, m.event, m.list, m.cls, m.group, m.patience
        q.joined, q.first, q.held = m.day, week, m.held
        line[a, 0, N_WAITING] += 1
        if counted:
            count_appeal(t, lay, a, m.group, m.cls, FILED, 1)


@rule
def answer(a: int, week: int, stage: int, i: int, verdict: int, counted: bool, queue: Any, letter: Any, first_letter: Any, last_letter: Any,
           wake: Any, lay: Any, t: Any) -> None:  # fmt: skip
    """Tell the person, and count."""
    q = queue[a, stage, i]
    n = write_letter(q.slot, a, DECISION, 7 * (week + 1), letter, first_letter, last_letter, wake)
    letter[n].event, letter[n].list, letter[n].verdict = q.event, q.list, verdict
    if counted:
        row = ROW_UPHELD if verdict == UPHELD else (ROW_REJECTED if verdict == REJECTED else ROW_GIVEN_UP)
        count_appeal(t, lay, a, q.group, q.cls, row, 1)
        if verdict != GIVEN_UP:
            count_appeal(t, lay, a, q.group, q.cls, WEEKS, week - q.first)


@rule
def serve(
    a: int, stage: int, week: int, people: int, counted: bool, last: bool, clock: Any, rules: Any, more: Any, queue: Any, line: Any, letter:
    Any, first_letter: Any, last_letter: Any, wake: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """One week of one stage: those out of patience go, the first in line are decided. ``last``: the town is no longer lived."""
    law = rules[a]
    left = places(law.capacity_1 if stage == 0 else law.capacity_2, people, week)
    kept = 0
    for i in range(line[a, stage, N_WAITING]):
        q = queue[a, stage, i]
        if q.patience <= 7 * (week + 1):
            answer(a, week, stage, i, GIVEN_UP, counted, queue, letter, first_letter, last_letter, wake, lay, t)
            continue
        if left <= 0:
            if kept != i:
                queue[a, stage, kept] = queue[a, stage, i]
            kept += 1
            continue
        left -= 1
        w_upheld, w_on, w_patience, _ = philox(clock.seed_low, clock.seed_high, q.pid, q.event, REVIEW + stage)
        if not last:
            line[a, stage, WAIT] = week - (q.joined if stage > 0 else q.first)
        if w_upheld < more[a, law.at_upheld + 2 * stage + (0 if q.cls == SOUND else 1)]:
            answer(a, week, stage, i, UPHELD, counted, queue, letter, first_letter, last_letter, wake, lay, t)
        elif stage + 1 < law.stages and w_on < law.goes_on:
            n = line[a, 1, N_WAITING] + line[a, 1, SENT_ON]
            if n >= queue.shape[2]:
                letter[0].arm = 1
                return
            queue[a, 1, n] = queue[a, 0, i]
            queue[a, 1, n].joined = week + 1
            queue[a, 1, n].patience = end_of_patience(7 * (week + 1), law.patience_mean, exp_days(w_patience, law.patience_mean, logs))
            line[a, 1, SENT_ON] += 1
        else:
            answer(a, week, stage, i, REJECTED, counted, queue, letter, first_letter, last_letter, wake, lay, t)
    line[a, stage, N_WAITING] = kept


@rule
def review_week(
    a: int, week: int, people: int, clock: Any, rules: Any, more: Any, post: Any, queue: Any, line: Any, letter: Any,
    first_letter: Any, last_letter: Any, wake: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """The week's reviews of an arm: the second stage first, then the first with those who have just filed."""
    counted = 7 * week >= clock.history
    line[a, 1, N_WAITING] += line[a, 1, SENT_ON]
    line[a, 1, SENT_ON] = 0
    serve(a, 1, week, people, counted, False, clock, rules, more, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)
    join_queue(a, week, clock, post, queue, line, letter, lay, t)
    serve(a, 0, week, people, counted, False, clock, rules, more, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)


@rule
def forget_cases(a: int, slot: int, queue: Any, line: Any) -> None:
    """Someone leaves the scheme: their cases wait no longer."""
    for stage in range(2):
        kept, sent = 0, line[a, stage, N_WAITING]
        for i in range(sent + line[a, stage, SENT_ON]):
            if queue[a, stage, i].slot == slot:
                line[a, stage, N_WAITING if i < sent else SENT_ON] -= 1
                continue
            if kept != i:
                queue[a, stage, kept] = queue[a, stage, i]
            kept += 1


@rule
def settle_waits(a: int, people: int, rules: Any, line: Any) -> None:
    """After the last exchange: those who file later will have waited as the last case decided did."""
    for stage in range(2):
        if line[a, stage, WAIT] < 0:
            waiting = line[a, stage, N_WAITING] + line[a, stage, SENT_ON]
            line[a, stage, WAIT] = 0 if waiting == 0 and capacity(a, stage, people, rules) else -1


@rule
def close_queues(
    a: int, week: int, people: int, clock: Any, rules: Any, more: Any, queue: Any, line: Any, letter: Any, first_letter: Any, last_letter:
    Any, wake: Any, logs: Any, lay: Any, t: Any,
) -> None:  # fmt: skip
    """After the last exchange the queues go on without arrivals."""
    last_day = clock.history + clock.horizon + clock.followup
    w = week + 1
    while 7 * (w + 1) < last_day + 7 and line[a, 0, N_WAITING] + line[a, 1, N_WAITING] + line[a, 1, SENT_ON] > 0:
        line[a, 1, N_WAITING] += line[a, 1, SENT_ON]
        line[a, 1, SENT_ON] = 0
        serve(a, 1, w, people, False, True, clock, rules, more, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)
        serve(a, 0, w, people, False, True, clock, rules, more, queue, line, letter, first_letter, last_letter, wake, logs, lay, t)
        w += 1


@rule
def capacity(a: int, stage: int, people: int, rules: Any) -> bool:
    """Whether a stage ever decides a case in a town of this size."""
    c = rules[a].capacity_1 if stage == 0 else rules[a].capacity_2
    return bool(c < 0 or c * people // 10000 > 0)
