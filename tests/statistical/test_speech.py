"""Who speaks when others do: thresholds against published numbers, section 7a of the validation plan.

The mechanism is silence by threshold without fear, in towns where nobody speaks at first: once a week everyone looks at the share of
adults who spoke, and speaks from then on if it reaches their threshold. One week is one step of Granovetter's iteration. The thresholds
of a normal distribution are its mid-quantiles over the town, `norm.ppf((i + 1/2) / n)`, not truncated: shares below 0 speak at once, shares
above 1 never do. So nothing here is drawn, and every count is exact.

How many speak is read from the town's climate after its last exchange, and seen in the acts that are forgone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import norm

from glasshouse.engine import state
from glasshouse.engine.state import SPEECH
from glasshouse.scheme.model import Scheme
from tests.live import logged, machine, of_kind, people_in
from tests.scheme.whole import value
from tests.statistical.simple import scheme, world
from tests.statistical.towns import lived_town

PERCENT = 0.01


def speech(thresholds: dict[str, Any], starts: str = "no one") -> Scheme:
    """People speak as they see others speak, and fear nothing. Nobody watches them."""
    silence = {"kind": "threshold", "categories": ["act"], "thresholds": thresholds, "starts": starts, "fear": value(0, unit="times")}
    return scheme(seen=0, changes={"responses": {"aware": value(1, per="adult"), "silence": silence}})


def listed(shares: Sequence[float]) -> dict[str, Any]:
    """Thresholds one by one."""
    return {"listed": [float(x) for x in shares], "why": "published"}


def normal(sd: float) -> dict[str, Any]:
    """Granovetter's normal thresholds: a quarter of the town on average."""
    return {"mean": value(0.25, unit="share"), "sd": value(sd * PERCENT, unit="share")}


def speaking(*schemes: Scheme, people: int, weeks: int, acts: float = 0.01) -> list[int]:
    """How many adults of a town speak after so many exchanges, in each arm."""
    run = machine(world(acts, changes={"town_size/value": people}), *schemes, people=people, weeks=weeks, followup=0)
    _, memory = lived_town(run)
    return [round(int(row[SPEECH]) * people / 2**32) for row in memory["now"]]


def test_a_crowd_of_a_hundred() -> None:
    """Granovetter 1978: thresholds 0, 1, 2, ... 99 and all speak; without anyone at 1, one does."""
    all_of_them = [i * PERCENT for i in range(100)]
    one_changed = [x if i != 1 else 2 * PERCENT for i, x in enumerate(all_of_them)]
    arms = speech(listed(all_of_them)), speech(listed(one_changed))
    assert speaking(*arms, people=100, weeks=102) == [100, 1]
    assert speaking(*arms, people=100, weeks=40) == [39, 1]  # one more a week, from the second exchange on


def test_those_who_speak_are_those_whose_acts_are_done() -> None:
    """Half the town's thresholds are met: in the end it is always the same half whose acts are forgone."""
    steps = [0.0] * 10 + [0.1] * 20 + [0.3] * 20 + [0.6] * 50
    run = machine(world(40, changes={"town_size/value": 100}), speech(listed(steps)), people=100, weeks=30, followup=0)
    log = logged(run)
    late = log[log["day"] >= 70]
    silent = people_in(of_kind(late, state.LOG_FORGONE))
    acts = people_in(of_kind(log[log["day"] < 7], state.LOG_FORGONE))
    assert len(silent) == 50
    assert len(acts) > 40 and len(people_in(of_kind(log[log["day"] < 7], state.LOG_ACT))) == 0  # in the first week nobody speaks
    assert len(of_kind(late, state.LOG_FORGONE)) > 500
    assert speaking(speech(listed(steps)), people=100, weeks=30) == [50]


def test_a_revolution_that_hangs_on_one_person() -> None:
    """Kuran 1991: of ten people one opposes; with one threshold lowered from a fifth to a tenth, nine do."""
    before = [0, 0.2, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1]
    after = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1]
    assert speaking(speech(listed(before)), speech(listed(after)), people=10, weeks=20) == [1, 9]


def test_where_everyone_speaks_at_first_the_same_crowd_stays_loud() -> None:
    """Two states of one town: what holds depends on where it began."""
    one_changed = [0, 2 * PERCENT, *(i * PERCENT for i in range(2, 100))]
    arms = speech(listed(one_changed)), speech(listed(one_changed), starts="everyone")
    assert speaking(*arms, people=100, weeks=102) == [1, 100]


SPEAK_OF_A_HUNDRED = {10.0: 0.7696, 11.0: 1.7130, 12.0: 4.0211, 12.1: 4.5529, 12.2: 5.4792}  # fixed points of r' = 100 Phi((r - 25) / sd)


def iterated(sd: float, n: int, weeks: int) -> int:
    """Those who speak after so many exchanges, the first of which finds nobody: by quantiles, apart from the engine."""
    thresholds = 0.25 + sd * PERCENT * norm.ppf((np.arange(n) + 0.5) / n)
    count = 0
    for _ in range(weeks - 1):
        count = int(np.searchsorted(thresholds, count / n, side="right"))
    return count


def test_the_jump_of_a_large_town() -> None:
    """Granovetter 1978: up to sd 12.2 a few in a hundred speak, at 12.3 all do (the tangency is at 12.222). A hundred thousand adults."""
    n, weeks = 100_000, 150
    sds = [*SPEAK_OF_A_HUNDRED, 12.3]
    found = speaking(*(speech(normal(sd)) for sd in sds), people=n, weeks=weeks, acts=0.001)
    for sd, count in zip(sds[:-1], found, strict=False):
        assert count == iterated(sd, n, weeks)
        # The steps of a table of n thresholds move the map by at most 1/n, and its fixed point by that over one less its slope there.
        slope = 100 * norm.pdf((SPEAK_OF_A_HUNDRED[sd] - 25) / sd) / sd
        assert abs(100 * count / n - SPEAK_OF_A_HUNDRED[sd]) <= 100 / n / (1 - slope) + 5e-5
    assert found[sds.index(12.2)] == 5474
    assert found[-1] == iterated(12.3, n, weeks) and found[-1] > 0.999 * n


def test_in_a_small_town_the_jump_comes_later() -> None:
    """A hundred people: at sd 12.5 five still speak, where a large town is all loud."""
    found = speaking(*(speech(normal(sd)) for sd in (12.2, 12.5, 20)), people=100, weeks=60)
    assert found == [iterated(sd, 100, 60) for sd in (12.2, 12.5, 20)]
    assert found[1] == 5 and found[2] == 100
