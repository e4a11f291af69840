"""Reviews in the product, as the figures of redress need them: one list, notice at once, cases through the product's queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import state
from glasshouse.engine.machine import Machine
from glasshouse.outcomes.appeals import ERRORS
from glasshouse.scheme.model import Scheme
from glasshouse.validation.live import LINES, Log
from glasshouse.validation.simple import scheme
from glasshouse.validation.values import Block, days, mean_days, share

UPHELD = 1  # of a decision's line in the log


def reviewed(stages: list[Block], *, filed: float = 1.0, false_rate: float = 0.0, changes: dict[str, Any] | None = None) -> Scheme:
    """A list of which everyone hears the same day, and a share of whose records is filed the same day, whatever is wrong with them."""
    review = {
        "lists": ["register"],
        "filed": {name: share(filed, "record") for name in ERRORS},
        "files_after": mean_days(0),
        "gives_up_after": None,
        "stages": stages,
        "corrects": ["list"],
    }
    notice = {"lists": ["register"], "when": "after", "period": days(0), "reaches": share(1, "person")}
    return scheme(
        seen=1.0 if false_rate == 0 else 0.0, false_rate=false_rate, changes={"notice": notice, "review": review, **(changes or {})}
    )


def log_of(run: Machine, most: int = LINES) -> Log:
    """All lines of a run's log, up to the end of its lives.

    Raises
    ------
    OverflowError
        More lines than there is room for.
    """
    _, _, log = run.live(0, run.towns, log_lines=most)
    lines = int(log[0]["day"])
    if lines >= most:
        raise OverflowError("the log is full")
    return log[1 : lines + 1]


def decisions(run: Machine, people: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many reviews of each person's records were upheld, and how many were not."""
    lines = log_of(run)
    lines = lines[lines["what"] == state.LOG_DECIDED]
    upheld = np.bincount(lines["pid"][lines["b"] == UPHELD], minlength=people)
    rejected = np.bincount(lines["pid"][lines["b"] != UPHELD], minlength=people)
    return upheld, rejected


def days_waited(run: Machine, first: int, last: int) -> NDArray[np.int64]:
    """Days from filing to decision, of what is decided on days `first` to `last`; a person's cases are decided in the order filed."""
    lines = log_of(run)
    filed = lines[(lines["what"] == state.LOG_NOTICE) & (lines["c"] >= 0)]
    decided = lines[lines["what"] == state.LOG_DECIDED]
    filed = filed[np.lexsort((filed["c"], filed["pid"]))]
    decided = decided[np.lexsort((decided["day"], decided["pid"]))]
    nth = np.concatenate([np.arange(n) for n in np.bincount(decided["pid"].astype(np.int64)) if n] or [np.zeros(0, int)])
    first_of = np.searchsorted(filed["pid"], decided["pid"])
    waited = decided["day"] - filed["c"][first_of + nth]
    return np.asarray(waited[(decided["day"] >= first) & (decided["day"] <= last)], np.int64)


@dataclass(frozen=True)
class Cases:
    """Days of filing and of decision, each in order: in a queue without giving up the n-th filed is the n-th decided."""

    filed: NDArray[np.int64]
    decided: NDArray[np.int64]

    def decided_by(self, day: int) -> int:
        """Cases decided up to a day."""
        return int(np.searchsorted(self.decided, day, side="right"))

    def waiting(self, day: int) -> NDArray[np.int64]:
        """Days that those who wait on the evening of a day have waited by then."""
        return day - self.filed[self.decided_by(day) : int(np.searchsorted(self.filed, day, side="right"))]

    def older(self, filed_by: int, day: int) -> int:
        """Cases filed up to one day that still wait after another: those filed first are decided first."""
        return max(0, int(np.searchsorted(self.filed, filed_by, side="right")) - self.decided_by(day))


def cases(run: Machine, arms: int, most: int) -> list[Cases]:
    """The cases of each arm of a run."""
    lines = log_of(run, most)
    found = []
    for arm in range(arms):
        mine = lines[lines["arm"] == arm]
        filed = mine[(mine["what"] == state.LOG_NOTICE) & (mine["c"] >= 0)]["c"]
        found.append(Cases(np.sort(filed), np.sort(mine[mine["what"] == state.LOG_DECIDED]["day"])))
    return found


def in_any_order(queue: Cases, seed: int) -> NDArray[np.int64]:
    """Days waited by each decision, if it falls on any of those who wait, by lot, and not on whoever came first."""
    dice, waiting, joined, waited = np.random.default_rng(seed), [], 0, []
    for day in queue.decided.tolist():
        while joined < len(queue.filed) and queue.filed[joined] <= day:
            waiting.append(int(queue.filed[joined]))
            joined += 1
        i = int(dice.integers(len(waiting)))
        waiting[i], waiting[-1] = waiting[-1], waiting[i]
        waited.append(day - waiting.pop())
    return np.asarray(waited, np.int64)


__all__ = ["Cases", "cases", "days_waited", "decisions", "in_any_order", "log_of", "reviewed"]
