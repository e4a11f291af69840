"""The NumPy twin: the reference model as a vectorised daily model, the way such models are usually written.

People are a set of arrays with one entry each; each day every process (each category of conduct, false records, each need, shocks,
recoveries, payments) draws one uniform number per person, and what happens is worked out on the few it picks. Several events of a process
in a day are kept, so that the model is the engine's in distribution: only the order of events *within* a day is not drawn.

``superposed=True`` draws one number per person and day for all processes together and then the kind of those few events.

It leaves out what the engine counts beyond the main counts: durations and the follow-up of open spells beyond counted time, weeks in
debt, paths, the sample of lives.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.numpy_draws import ByProcess, Draws, Ints, Reals, Superposed
from benchmarks.reference import DAYS, machine
from glasshouse.mechanism.classes import CLASSES, CLEAN, LAWFUL, LEVELS, PROTECTED, SPARED, UNRELATED, WITHIN
from glasshouse.scheme.variants import FALSE_SUMS

NEVER = 1 << 20
N_CLASSES = len(CLASSES)
NO_CLASS = SPARED + 1  # the column of days that are neither sanctioned nor spared
P32 = float(1 << 32)


@dataclass
class Town:
    """People of one town: fixed traits, then what changes."""

    group: Ints
    minor: NDArray[np.bool_]
    draws: Draws
    visibility: NDArray[np.float64]
    able: NDArray[np.bool_]
    debts: Ints
    active: NDArray[np.bool_]  # (levels, people)
    end: Ints
    corrected: Ints
    entry: Ints  # of the spell at level 0
    context: Ints
    due: Ints  # the next day on which a spell may end or its class may change
    cls: Ints
    listed_ever: NDArray[np.bool_]
    pending: dict[int, list[tuple[Ints, Ints, NDArray[np.bool_]]]] = field(default_factory=dict)  # day: people, category, whether false


class NumpyTwin:
    """The reference model in vectorised NumPy, with its own random numbers."""

    def __init__(self, *, superposed: bool = False) -> None:
        m = machine(1, 0)
        self.superposed = superposed
        self.w, t = m.world, m.arms.tables
        self.rules, self.list, self.gate, self.channel = t["rules"][0], t["lists"][0, 0], t["gate"][0, 0], t["channels"][0, 0]
        self.sensitivity = t["sensitivity"][0, 0] / P32
        self.false_share = np.array([int(t["false"][0, 0][name]) for name in FALSE_SUMS]) / P32
        self.false_category = t["false_category"][0, 0] / P32
        start, count = (t[name][0, :, 0].astype(np.int64) for name in ("pick_start", "pick_count"))
        self.item = t["item"][0][t["pick_item_at"][0][np.where(count > 0, start, 0)]]  # the one rule of each category
        self.n_categories, self.n_needs = len(self.w.category), len(self.w.need)
        self.creates_debt = int(self.w.category["creates_debt"].argmax())
        self.needs_debt = int(self.w.category["needs_debt"].argmax())
        self.false_kind = self.n_categories
        self.shock_kind = self.false_kind + 1 + self.n_needs

    def live(self, people: int, seed: int) -> dict[str, Ints]:
        """One town's main counts."""
        rng = np.random.Generator(np.random.SFC64(seed))
        p = self._settle_town(people, rng)
        out = self._empty(p)
        now = np.bincount(p.cls, minlength=NO_CLASS + 1)
        for day in range(DAYS):
            self._start_of_day(p, day, now, rng, out)
            for kind, who in p.draws.day(rng):
                self._event(p, day, kind, who, rng, out)
            out["days"] += now[:NO_CLASS]
        out["ever_listed"][0] = np.count_nonzero(p.listed_ever)
        return out

    def _empty(self, p: Town) -> dict[str, Ints]:
        sizes = {
            "events": 1, "acts": self.n_categories, "attempts": self.n_needs, "entries": N_CLASSES, "days": NO_CLASS,
            "exposures": N_CLASSES, "denials": N_CLASSES, "spared_denials": 1, "debts_arisen": 1, "debts_paid": 1, "ever_listed": 1,
        }  # fmt: skip
        out = {name: np.zeros(n, np.int64) for name, n in sizes.items()}
        out["adults"] = np.bincount(p.group[~p.minor], minlength=3)
        out["minors"] = np.bincount(p.group[p.minor], minlength=3)
        return out

    def _settle_town(self, n: int, rng: np.random.Generator) -> Town:
        w = self.w
        slots, cycle = int(w.cycle_start[-1]), len(w.cycle_adults)
        slot = np.arange(n)
        place = np.searchsorted(w.cycle_start, slot % slots, side="right") - 1
        household = slot // slots * cycle + place
        minor = slot % slots - w.cycle_start[place] >= w.cycle_adults[place]
        households = int(household[-1]) + 1
        cut = (w.group_cum * households + (1 << 31)) >> 32
        group = np.minimum(np.searchsorted(cut, household, side="right"), 2)
        third = rng.integers(0, 3, n)
        g, frailty = w.propensity[rng.integers(0, 1024, n)] / 4096, w.frailty[rng.integers(0, 1024, n)] / 4096
        visibility = w.vis_group[group] / 4096 * w.vis_income[third] / 4096 * (1 + int(w.scalars[0]["vis_corr"]) / 4096 * (g - 1))
        return Town(
            group=group,
            minor=minor,
            draws=(Superposed if self.superposed else ByProcess)(self._rates(minor, third, g * w.conduct_group[group] / 4096, frailty)),
            visibility=np.clip(visibility, 0, 4),
            able=rng.random(n) >= w.unable[third] / P32,
            debts=((rng.random(n) < int(w.scalars[0]["owing"]) / P32) & ~minor).astype(np.int64),
            active=np.zeros((LEVELS, n), bool),
            end=np.full((LEVELS, n), NEVER),
            corrected=np.full((LEVELS, n), NEVER),
            entry=np.zeros(n, np.int64),
            context=np.zeros(n, np.int64),
            due=np.full(n, NEVER),
            cls=np.full(n, NO_CLASS),
            listed_ever=np.zeros(n, bool),
        )

    def _rates(self, minor: NDArray[np.bool_], third: Ints, g: NDArray[np.float64], frailty: NDArray[np.float64]) -> Reals:
        w, s = self.w, self.w.scalars[0]
        conduct = np.diff(w.conduct_cum, axis=1, prepend=0)[minor.astype(int)] * g[:, None]
        needs = np.diff(w.need_cum, axis=1, prepend=0)[minor.astype(int)]
        adult = ~minor
        money = [w.shock[third] * adult, int(s["recovery"]) * adult, int(s["payment_envelope"]) * adult]
        rows = np.vstack([conduct.T, int(s["false_envelope"]) * frailty, needs.T, *money])
        return (rows / (1 << 30)).astype(np.float32)

    def _start_of_day(self, p: Town, day: int, now: Ints, rng: np.random.Generator, out: dict[str, Ints]) -> None:
        """Ends of spells, then records that take effect; the classes of those concerned are worked out again."""
        who = np.flatnonzero(p.due == day)
        if who.size:
            p.active[:, who] &= (p.end[:, who] > day) & (p.corrected[:, who] > day)
            self._review(p, who, day, now)
        due = p.pending.pop(day, [])
        people, category, false = (np.concatenate(part) for part in zip(*due, strict=True)) if due else (who[:0], who[:0], who[:0] > 0)
        while people.size:
            _, first = np.unique(people, return_index=True)  # two records of one person take effect one after the other
            self._take_effect(p, people[first], category[first], false[first], day, rng, out)
            self._review(p, people[first], day, now)
            rest = np.ones(people.size, bool)
            rest[first] = False
            people, category, false = people[rest], category[rest], false[rest]

    def _take_effect(
        self, p: Town, who: Ints, category: Ints, false: NDArray[np.bool_], day: int, rng: np.random.Generator, out: dict[str, Ints]
    ) -> None:
        rule = self.item[category]
        cond = rule["cond"]
        adult = ((cond & 2) == 0) | ~p.minor[who]
        met = adult & (false | ((((cond & 1) == 0) | p.able[who]) & (((cond & 4) == 0) | (p.debts[who] > 0))))
        kept = met | (rng.random(who.size) >= rule["checked"] / P32)
        who, rule, false, met = who[kept], rule[kept], false[kept], met[kept]
        last = np.select([false, ~met, rule["valence"] == 2, rule["valence"] == 1], [0, 3, 5, 6], 7)
        filed = (last < CLEAN) & (rng.random(who.size) < int(self.rules["filed"]) / P32)
        wait = int(self.rules["corr_min"]) + rng.exponential(int(self.rules["corr_mean"]) / 256, who.size).astype(np.int64)
        correction = np.where(filed, day + np.maximum(wait, 1), NEVER)
        opened = ~p.active[0, who]
        p.entry[who[opened]], p.context[who[opened]] = day, rule["context"][opened]
        for k in range(LEVELS):
            here = last >= k
            at = who[here]
            p.end[k, at] = day + int(self.list["term"])
            p.corrected[k, at] = np.where(p.active[k, at], np.maximum(p.corrected[k, at], correction[here]), correction[here])
            p.active[k, at] = True
        new = who[opened]
        p.listed_ever[new] = True
        out["entries"] += np.bincount(self._classes(p, new, day), minlength=N_CLASSES)[:N_CLASSES]

    def _classes(self, p: Town, who: Ints, day: int, unrelated: NDArray[np.bool_] | None = None) -> Ints:
        """The class of a sanction by the levels that hold it (after the classes: spared, none)."""
        a = p.active[:, who]
        if unrelated is None:
            covered = (int(self.list["contexts"]) >> p.context[who]) & 1 == 1
            unrelated = ~covered | (day - p.entry[who] >= int(self.list["yardstick"]))
        wrong = [~a[CLEAN] & ~a[k] for k in range(1, CLEAN)]  # the first level that lacks it names the class
        cases = [~a[0] & a[CLEAN], ~a[0], *wrong, ~a[6], ~a[7], unrelated]
        return np.select(cases, [SPARED, NO_CLASS, *range(1, CLEAN), PROTECTED, LAWFUL, UNRELATED], WITHIN)

    def _review(self, p: Town, who: Ints, day: int, now: Ints) -> None:
        np.subtract.at(now, p.cls[who], 1)
        p.cls[who] = self._classes(p, who, day)
        np.add.at(now, p.cls[who], 1)
        ends = np.where(p.active[:, who], np.minimum(p.end[:, who], p.corrected[:, who]), NEVER).min(axis=0)
        turns = p.entry[who] + int(self.list["yardstick"])
        p.due[who] = np.where(p.active[0, who] & (turns > day), np.minimum(ends, turns), ends)

    def _event(self, p: Town, day: int, kind: int, who: Ints, rng: np.random.Generator, out: dict[str, Ints]) -> None:
        out["events"] += who.size
        if kind < self.n_categories:
            self._conduct(p, day, kind, who, rng, out)
        elif kind == self.false_kind:
            who = who[rng.random(who.size) < self.false_share[p.group[who]]]
            category = np.searchsorted(self.false_category, rng.random(who.size), side="right")
            self._receive(p, day, who, np.minimum(category, self.n_categories - 1), True, rng)
        elif kind < self.shock_kind:
            self._attempt(p, kind - self.false_kind - 1, day, who, rng, out)
        elif kind == self.shock_kind:
            p.able[who] = False
        elif kind == self.shock_kind + 1:
            p.able[who] = True
        else:
            who = np.unique(who[(rng.random(who.size) < int(self.rules["pay"]) / P32) & p.able[who] & (p.debts[who] > 0)])
            out["debts_paid"] += p.debts[who].sum()
            p.debts[who] = 0

    def _conduct(self, p: Town, day: int, category: int, who: Ints, rng: np.random.Generator, out: dict[str, Ints]) -> None:
        if category == self.needs_debt:
            who = who[p.debts[who] > 0]
        out["acts"][category] += who.size
        if category == self.creates_debt:
            out["debts_arisen"] += who.size
            np.add.at(p.debts, who, 1)
        if self.sensitivity[category] > 0 and who.size:
            seen = who[rng.random(who.size) < self.sensitivity[category] * p.visibility[who]]
            self._receive(p, day, seen, np.full(seen.size, category), False, rng)

    def _receive(self, p: Town, day: int, who: Ints, category: Ints, false: bool, rng: np.random.Generator) -> None:
        wait = int(self.channel["delay_min"]) + rng.exponential(int(self.channel["delay_mean"]) / 256, who.size).astype(np.int64)
        for late in np.unique(wait):
            these = wait == late
            p.pending.setdefault(day + int(late), []).append((who[these], category[these], np.full(np.count_nonzero(these), false)))

    def _attempt(self, p: Town, need: int, day: int, who: Ints, rng: np.random.Generator, out: dict[str, Ints]) -> None:
        out["attempts"][need] += who.size
        who = who[p.cls[who] != NO_CLASS]
        if who.size == 0 or not (int(self.gate["needs"]) >> need) & 1:
            return
        cls = self._classes(p, who, day, p.context[who] != int(self.gate["context"]))
        refused = rng.random(who.size) < int(self.gate["compliance"]) / P32
        out["exposures"] += np.bincount(cls, minlength=NO_CLASS + 1)[:N_CLASSES]
        by_class = np.bincount(cls[refused], minlength=NO_CLASS + 1)
        out["denials"] += by_class[:N_CLASSES]
        out["spared_denials"] += by_class[SPARED]
