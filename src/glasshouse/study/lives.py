"""The dated lives of a few invented people: for each class the person whose number of days in it is the median of a small sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import state
from glasshouse.engine.machine import Machine
from glasshouse.files.words import sentence
from glasshouse.mechanism.classes import CLASSES, CLEAN, ORIGINS
from glasshouse.mechanism.lists import NEVER
from glasshouse.mechanism.review import GIVEN_UP, REJECTED, UPHELD
from glasshouse.outcomes.appeals import ERRORS
from glasshouse.outcomes.names import Names
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.study.arms import SCHEME
from glasshouse.world.compile import GROUPS
from glasshouse.world.draws import TIES, TRAIT, philox_plain
from glasshouse.world.model import World
from glasshouse.world.people import group_of, household_of, is_adult, role_of
from glasshouse.world.permutation import permute

LINES = 20_000  # most log lines of one household
DECISIONS = {REJECTED: "A review is rejected", UPHELD: "A review is upheld", GIVEN_UP: "Gives up waiting for a review"}


@dataclass(frozen=True)
class Example:
    """The invented person shown for a class."""

    cls: str
    person: int


@dataclass(frozen=True)
class Who:
    """Where an invented person lives, and what a reader is told of them."""

    town: int
    household: int
    role: str
    group: str


def examples(sample: NDArray[np.int64]) -> list[Example]:
    """For each class the sampled person with the median number of days in it (the lower of two, then the lowest id)."""
    found = []
    for c, cls in enumerate(CLASSES):
        people = sorted((int(days), int(pid)) for pid, days in sample[c] if pid < NEVER)
        if people:
            found.append(Example(cls, people[(len(people) - 1) // 2][1]))
    return found


def who_is(machine: Machine, person: int) -> Who:
    """Town, household, role and group of a person."""
    world, seed = machine.world, machine.times.seed
    town, local = divmod(person, machine.town_size)
    people = min(machine.town_size, machine.times.people - town * machine.town_size)
    slot = permute(local, people, *philox_plain(seed, town, 0, TIES))
    household = int(household_of(slot, world.cycle_start))
    households = int(household_of(people - 1, world.cycle_start)) + 1
    adult = is_adult(slot, world.cycle_start, world.cycle_adults)
    role = role_of(adult, philox_plain(seed, person, 0, TRAIT)[2], world.role_cum)
    group = group_of(household, households, world.group_cum)
    return Who(town, household, world.names["roles"][role], GROUPS[group])


def lives(
    machine: Machine,
    arms: Mapping[str, SchemeTables],
    names: Names,
    schemes: Mapping[str, Scheme],
    world: World,
    sample: NDArray[np.int64],
) -> list[dict[str, Any]]:
    """Events of the example people in every arm, as rows of lives.parquet. Days count from the start of counted time.

    `schemes` holds the files of the arms that have one: rules, lists and ways out are told in their words.
    """
    rows = lives_of(machine, arms, names, schemes, world, examples(sample))
    return sorted(rows, key=lambda r: (CLASSES.index(r["example_of"]), r["arm"], r["day"]))


def lives_of(
    machine: Machine,
    arms: Mapping[str, SchemeTables],
    names: Names,
    schemes: Mapping[str, Scheme],
    world: World,
    people: Iterable[Example],
) -> list[dict[str, Any]]:
    """Events of these people in every arm, one person after the other, in the order in which they were lived."""
    rows: list[dict[str, Any]] = []
    shown = {example: who_is(machine, example.person) for example in people}
    logs = _logs(machine, set(shown.values()))
    for example, who in shown.items():
        log = logs[who.town]
        kept = log[log["pid"] == example.person]
        teller = Teller(machine, list(arms), list(arms.values()), names, schemes, world, example, who)
        rows += _without_repeats(row for line in kept for row in teller.tell({n: int(line[n]) for n in state.LOG.names or ()}))
    return rows


def _logs(machine: Machine, people: set[Who]) -> dict[int, NDArray[np.void]]:
    """The log of each town that some people live in, kept to their households: the town is lived once for all of them."""
    kept = {}
    for town in {who.town for who in people}:
        households = sorted({who.household for who in people if who.town == town})
        _, _, log = machine.live(town, town + 1, households=households, log_lines=LINES * len(households))
        kept[town] = log[1 : int(log[0]["day"]) + 1]
    return kept


def _without_repeats(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without scores that are the same as the last one told in their arm."""
    kept: list[dict[str, Any]] = []
    last: dict[str, str] = {}
    for row in rows:
        if row["event"] == "score":
            if last.get(row["arm"]) == row["text"]:
                continue
            last[row["arm"]] = row["text"]
        kept.append(row)
    return kept


class Teller:
    """Turns log lines into sentences."""

    def __init__(
        self,
        machine: Machine,
        arm_names: list[str],
        tables: list[SchemeTables],
        names: Names,
        schemes: Mapping[str, Scheme],
        world: World,
        example: Example,
        who: Who,
    ) -> None:
        self.machine, self.arm_names, self.tables, self.names = machine, arm_names, tables, names
        self.schemes, self.world, self.example, self.who = schemes, world, example, who
        self.history = int(machine.clock[0]["history"])

    def tell(self, line: dict[str, int]) -> list[dict[str, Any]]:
        """Rows for one log line: none where it says nothing to a reader."""
        kinds = {
            state.LOG_ACT: self._act, state.LOG_RECORD: self._record, state.LOG_ENTRY: self._entry, state.LOG_EXIT: self._exit,
            state.LOG_DENIAL: self._denial, state.LOG_PAID: self._paid, state.LOG_SHOCK: self._shock, state.LOG_DEBT: self._debt,
            state.LOG_MENDED: self._mended, state.LOG_SCORE: self._score, state.LOG_CLASS: self._class, state.LOG_FORGONE: self._forgone,
            state.LOG_NOTICE: self._notice, state.LOG_DECIDED: self._decided, state.LOG_TRAP: self._trap, state.LOG_AWARE: self._aware,
            state.LOG_PRIVILEGE: self._privilege, state.LOG_CHARGED: self._charged,
        }  # fmt: skip
        told = kinds.get(line["what"])
        return told(line) if told else []

    def _row(self, line: dict[str, int], event: str, text: str, *, arm: str | None = None, **more: Any) -> dict[str, Any]:
        blank = {"category": "", "list": "", "class": "", "points": None}
        who: dict[str, Any] = {
            "person": self.example.person,
            "role": self.who.role,
            "group": self.who.group,
            "arm": arm or self.arm_names[line["arm"]],
            "day": line["day"] - self.history,
            "event": event,
        }
        return {**who, **blank, **more, "text": text, "example_of": self.example.cls}

    def _list(self, line: dict[str, int]) -> str:
        return self.tables[line["arm"]].names["lists"][line["a"]]

    def _scheme(self, line: dict[str, int]) -> Scheme | None:
        return self.schemes.get(self.arm_names[line["arm"]])

    def _list_text(self, line: dict[str, int]) -> str:
        scheme = self._scheme(line)
        text = scheme.lists[self._list(line)].text if scheme else self._list(line)
        return sentence(text if text.startswith("Listed") else f"On the list: {text}")

    def _list_words(self, line: dict[str, int]) -> str:
        """What a list is, for the middle of a sentence."""
        scheme, name = self._scheme(line), self._list(line)
        return scheme.lists[name].text.strip().rstrip(".") if scheme and name in scheme.lists else name

    def _cause(self, line: dict[str, int]) -> str:
        """The way out in the file's words, where the file names it."""
        scheme, cause = self._scheme(line), self.names.arms[line["arm"]].causes[line["c"]]
        exits = scheme.lists[self._list(line)].exits if scheme else {}
        told = [exits[name].text for name in cause.split(" or ") if name in exits]
        return told[0] if told else cause

    def _item(self, line: dict[str, int], at: int) -> str:
        if at < 0:
            return ""
        scheme, name = self._scheme(line), self.tables[line["arm"]].names["items"][at]
        text = {i.id: i.text for i in scheme.rules.items} if scheme and scheme.rules else {}
        return text.get(name, name)

    def _act(self, line: dict[str, int]) -> list[dict[str, Any]]:
        category = self.names.categories[line["a"]]
        if not line["b"]:
            return []
        channel = self.tables[line["arm"]].names["channels"][line["c"]]
        text = f"{sentence(self.world.conduct[category].text)} Seen by: {channel}."
        return [self._row(line, "act", text, category=category)]

    def _record(self, line: dict[str, int]) -> list[dict[str, Any]]:
        points = line["d"] / 10
        claim = int(self.tables[line["arm"]].item[line["a"]]["claim"])
        shown = [f"{points:+g} points"] * bool(points) + [f"{self._money(line, claim)} claimed"] * bool(claim)
        brought = f" ({', '.join(shown)})" if shown else ""
        text = f"Recorded ({ORIGINS[line['b']]}): {self._item(line, line['a'])}{brought}"
        return [self._row(line, "record", text, points=points if points else None)]

    def _entry(self, line: dict[str, int]) -> list[dict[str, Any]]:
        name, text = self._list(line), self._list_text(line)
        if line["b"] == CLEAN:
            return [self._row(line, "entry", text, arm=self._twin(line), list=name)] if self._twin(line) else []
        cls = CLASSES[line["c"]] if line["c"] >= 0 else ""
        return [self._row(line, "entry", text, list=name, **{"class": cls})]

    def _exit(self, line: dict[str, int]) -> list[dict[str, Any]]:
        name = self._list(line)
        cause = self.names.arms[line["arm"]].causes[line["c"]]
        text = f"Still on the list when the run ends: {name}" if cause == "censored" else f"Off the list: {name} ({self._cause(line)})"
        arm = self._twin(line) if line["b"] == CLEAN else None
        if line["b"] == CLEAN and arm is None:
            return []
        return [self._row(line, "correction" if cause == "corrected" else "exit", text, arm=arm, list=name)]

    def _twin(self, line: dict[str, int]) -> str | None:
        """The clean ledger is shown for the scheme under study."""
        return "clean" if self.arm_names[line["arm"]] == SCHEME else None

    def _denial(self, line: dict[str, int]) -> list[dict[str, Any]]:
        need = self.names.needs[line["a"]]
        return [self._row(line, "denial", f"Refused: {self.world.needs[need].text}", category=need, **{"class": CLASSES[line["b"]]})]

    def _charged(self, line: dict[str, int]) -> list[dict[str, Any]]:
        need = self.names.needs[line["a"]]
        text = f"Pays {self._money(line, line['d'])} more: {self.world.needs[need].text}"
        return [self._row(line, "price", text, category=need, **{"class": CLASSES[line["b"]]})]

    def _money(self, line: dict[str, int], amount: int) -> str:
        return f"{amount:,} {self.tables[line['arm']].names['currency'][0]}"

    def _paid(self, line: dict[str, int]) -> list[dict[str, Any]]:
        return [self._row(line, "payment", "Pays what is owed.")]

    def _shock(self, line: dict[str, int]) -> list[dict[str, Any]]:
        text = "Able to pay again." if line["a"] else "Loses income: no longer able to pay."
        return [self._row(line, "shock", text)]

    def _debt(self, line: dict[str, int]) -> list[dict[str, Any]]:
        return [self._row(line, "debt", "A judgment is left unpaid: a debt stands.")]

    def _class(self, line: dict[str, int]) -> list[dict[str, Any]]:
        """What the days from here on count as, for the scheme under study: it is how days without a listing of one's own are seen."""
        if self.arm_names[line["arm"]] != SCHEME:
            return []
        cls = (*CLASSES, "wrongly spared")[line["a"]] if line["a"] >= 0 else ""
        text = f"From here on the days count as: {cls}." if cls else "From here on the days are free."
        return [self._row(line, "days", text, **{"class": cls})]

    def _forgone(self, line: dict[str, int]) -> list[dict[str, Any]]:
        if line["a"]:
            need = self.names.needs[line["b"]]
            return [self._row(line, "forgone", f"Not tried: {self.world.needs[need].text}", category=need)]
        category = self.names.categories[line["b"]]
        return [self._row(line, "forgone", f"Left undone: {self.world.conduct[category].text}", category=category)]

    def _notice(self, line: dict[str, int]) -> list[dict[str, Any]]:
        name, known, filed = self._list(line), line["b"], line["c"]
        rows = [self._row(line | {"day": known}, "notice", f"Learns of a record behind {self._list_words(line)}.", list=name)]
        if 0 <= filed < NEVER:
            rows.append(self._row(line | {"day": filed}, "appeal", f"Asks for a review, {self._wrong(line['d'])}.", list=name))
        return rows

    def _decided(self, line: dict[str, int]) -> list[dict[str, Any]]:
        name = self._list(line)
        text = DECISIONS.get(line["b"])
        return [self._row(line, "decision", f"{text}, {self._wrong(line['c'])}: {name}.", list=name)] if text else []

    def _wrong(self, cls: int) -> str:
        return f"of a record that is wrong ({ERRORS[cls]})" if ERRORS[cls] != "sound" else "of a record that is true"

    def _trap(self, line: dict[str, int]) -> list[dict[str, Any]]:
        rows = [self._row(line, "shock", "The refusal takes away what bills are paid from: no longer able to pay.")]
        if line["b"] >= 0:
            category = self.names.categories[line["b"]]
            text = f"What the refusal leads to: {self.world.conduct[category].text}"
            rows.append(self._row(line | {"day": line["c"]}, "trap", text, category=category))
        return rows

    def _aware(self, line: dict[str, int]) -> list[dict[str, Any]]:
        return [self._row(line, "aware", "Hears of the scheme, and minds it from here on.")]

    def _privilege(self, line: dict[str, int]) -> list[dict[str, Any]]:
        need = self.names.needs[line["a"]]
        how = "Put back by others' privileges" if line["b"] else "A privilege of good standing"
        return [self._row(line, "displaced" if line["b"] else "privilege", f"{how}: {self.world.needs[need].text}", category=need)]

    def _mended(self, line: dict[str, int]) -> list[dict[str, Any]]:
        how = ("The record is corrected and struck out", "The record is repaired and counts for less", "The record loses its validity")[
            line["b"]
        ]
        return [self._row(line, ("correction", "repair", "expiry")[line["b"]], f"{how}: {self._item(line, line['a'])}")]

    def _score(self, line: dict[str, int]) -> list[dict[str, Any]]:
        if not int(self.tables[line["arm"]].rules[0]["has_points"]):
            return []
        grades = self.tables[line["arm"]].names["grades"]
        rows = [self._row(line, "score", f"Score {line['a'] / 10:g}, grade {grades[line['c']]}", points=line["a"] / 10)]
        if self._twin(line):
            rows.append(
                self._row(line, "score", f"Score {line['b'] / 10:g}, grade {grades[line['d']]}", arm="clean", points=line["b"] / 10)
            )
        return rows
