"""One person under one scheme: the ledger, and how they meet it day by day (001, sections 4 to 9; 005, section 8; 006)."""

from __future__ import annotations

from typing import Any

from glasshouse.world.draws import GATE, PERSON, TRAP, TRAP_EVENT, philox_plain
from tests.oracle import notice
from tests.oracle.arm import Arm
from tests.oracle.chance import Happening, Link, Observed, batch_record, false_record, no_basis, observe, unfair_rating
from tests.oracle.classes import CENSORED, NO_CLASS, SPARED, STALE, TIED
from tests.oracle.gates import Attempt, Listed, attempt, deterring_gate
from tests.oracle.ledger import Ledger
from tests.oracle.officials import Officials
from tests.oracle.people import Person, exp_days
from tests.oracle.records import NEVER, PROTECTED, Case, Fate, Spell
from tests.oracle.responses import BY_THRESHOLD, BY_UTILITY, SURE, needed_company, restraint, times, utility_of_speech

MANDATORY, OPT_IN, TIED_TO_NEED = 0, 1, 2


class TownLedger(Ledger):
    """The ledger of someone who lives in a town."""

    def __init__(self, scheme: Any, person: Person, seed: int, first: int) -> None:
        super().__init__(scheme, person.minor, person.debts, first)
        self.seed, self.pid, self.able = seed, person.pid, person.able

    def no_basis(self, day: int) -> Fate:
        return no_basis(self.scheme, self.seed, self.pid, day // 7 - 1)


class Subject:
    """A person of a town, under one of its schemes."""

    def __init__(self, arm: Arm, person: Person, categories: list[Any]) -> None:
        self.arm, self.person, self.categories, self.scheme = arm, person, categories, arm.scheme
        self.ledger = TownLedger(arm.scheme, person, arm.seed, arm.times.first)
        self.parents: list[Listed] = []  # as the last exchange left them
        self.pair_e: Subject | None = None
        self.pair_a: Subject | None = None
        whole = arm.scheme.whole
        aware, enrols, _, _ = self.draw(0, PERSON)
        self.aware_from = 0 if not person.minor and aware < whole.aware else NEVER
        self.ledger.enrolled = whole.enrolment == MANDATORY or (
            whole.enrolment == OPT_IN and not person.minor and enrols < whole.enrol_share
        )
        self.left = False
        self.leaves = False  # at the start of the coming day
        self.decisions: list[tuple[Case, bool]] = []  # of reviews, with effect at the start of the coming day
        self.links: list[Link] = []  # likewise
        self.chosen: list[tuple[int, int, bool]] = []  # likewise: list, level, whether for their risk
        self.traps: list[tuple[int, int, int]] = []  # day, event, category of an act that a refusal led to
        self.ever_sanctioned = False
        self.ever: set[int] = set()
        self.ever_listed = False

    def draw(self, n: int, stream: int) -> tuple[int, int, int, int]:
        return philox_plain(self.arm.seed, self.person.pid, n, stream)

    def count(self, day: int, name: str, *key: int, by: int = 1) -> None:
        """One more in a counter, if the day is counted."""
        if self.arm.times.counted(day):
            self.arm.count(name, self.person.group, *key, by=by)

    # -- the start of the day ------------------------------------------------------------------------------------------------

    def start_of_day(self, day: int) -> None:
        """What the exchange decided, what falls due, what refusals led to, records through ties, those whom officials chose."""
        ledger = self.ledger
        if self.leaves:
            ledger.leave(day)
            self.left, self.leaves, self.decisions = True, False, []
        for case, upheld in self.decisions:
            notice.decided(ledger, case, upheld, day)
        ledger.start_of_day(day)
        for trap in sorted(t for t in self.traps if t[0] == day):
            self.traps.remove(trap)
            self.act(day, trap[1], trap[2], trapped=True)
        for link in self.links if ledger.enrolled else []:
            fate = link.fate(self.scheme, self.arm.seed, self.person)
            levels = link.lo, min(link.hi, TIED[-1])
            if link.list >= 0:
                ledger.contact_of(link.sent, levels, self.scheme.lists[link.list].contact_list, fate, day)
            else:
                ledger.relative_of(link.sent, levels, fate, day)
        self.enter_if_chosen(day)
        ledger.settle(day)
        self.decisions, self.links, self.chosen = [], [], []

    def enter_if_chosen(self, day: int) -> None:
        """Officials put the person on lists: for a record, or for a risk, which is nobody's record."""
        ledger = self.ledger
        for index, level, for_risk in sorted(self.chosen, key=lambda c: c[0]) if ledger.enrolled else []:
            worst = None if for_risk else ledger.worst_record(level)
            if (for_risk or worst is not None) and ledger.spells[index][level] is None:
                ledger.open(index, level, day, worst, by_grade=False, chosen=True)

    def on_list(self, index: int) -> bool:
        """Whether they stand on a list by a spell of their own."""
        return self.ledger.spells[index][0] is not None

    # -- events --------------------------------------------------------------------------------------------------------------

    def happen(self, day: int, now: Happening) -> None:
        if now.kind in ("shock", "recovery"):
            self.ledger.able = now.kind == "recovery"
        elif now.kind == "conduct":
            self.act(day, now.event, now.which, now.fate_word)
        elif now.kind == "need":
            self.need(day, now)
        elif now.kind == "payment":
            self.payment(day, now)
        elif self.ledger.enrolled:
            self.receive(self.false(now), day)

    def false(self, now: Happening) -> Observed | None:
        """What a batch error, or a candidate false record, comes to."""
        if now.kind == "batch":
            return batch_record(self.scheme, self.arm.seed, self.person, now.event, now.batch[1])
        return false_record(self.scheme, self.arm.seed, self.person, now.event, self.arm.watch.informing, self.on_list)

    def receive(self, record: Observed | None, day: int) -> None:
        if record is not None:
            self.ledger.receive(record, day, record.delay)

    def act(self, day: int, event: int, which: int, fate_word: int = 0, *, trapped: bool = False) -> None:
        category, ledger = self.categories[which], self.ledger
        if category.needs_debt and ledger.debts == 0:
            return
        if not trapped and not self.does(day, which, fate_word):
            self.count(day, "forgone_acts", which)
            if category.valence == PROTECTED and not self.ever_sanctioned and ledger.day_class(day) in (NO_CLASS, SPARED):
                self.count(day, "silent")
            return
        ledger.debts += category.creates_debt
        self.count(day, "acts", which)
        self.count(day, "debts_arisen", by=category.creates_debt)
        if ledger.enrolled:
            counted_day = day - self.arm.times.first
            officials = Officials(self.arm.watch, self.scheme.campaigns, self.person.slot, counted_day, self.on_list)
            self.receive(observe(self.scheme, self.arm.seed, self.person, event, which, officials), day)

    def payment(self, day: int, now: Happening) -> None:
        rules, ledger = self.scheme.rules, self.ledger
        threshold = rules.pay_listed if ledger.listed_performable() else rules.pay
        if ledger.debts > 0 and ledger.able and now.fate_word < threshold:
            ledger.pay(day)

    # -- how they respond ----------------------------------------------------------------------------------------------------

    def aware(self, day: int) -> bool:
        """Whether an adult knows of the scheme by now."""
        if self.ledger.entries and not self.person.minor:
            self.aware_from = min(self.aware_from, day)
        return self.aware_from <= day

    def does(self, day: int, category: int, word: int) -> bool:
        """Whether an act that the person would do is done."""
        if self.person.minor:
            return True
        scheme, aware, threshold = self.scheme, self.aware(day), SURE
        if aware:
            threshold = restraint(scheme, category, (day - self.aware_from) // 7)
        if scheme.silenced[category]:
            if scheme.whole.silence == BY_THRESHOLD and not self.speaks():
                threshold = 0
            elif scheme.whole.silence == BY_UTILITY and aware:
                threshold = times(threshold, utility_of_speech(scheme, self.person))
        return word < threshold

    def speaks(self) -> bool:
        return bool(needed_company(self.scheme, self.person, self.arm.people) <= self.arm.speaking)

    # -- needs ---------------------------------------------------------------------------------------------------------------

    def need(self, day: int, now: Happening) -> None:
        need, ledger = now.which, self.ledger
        comply, over, displaced, joins = self.draw(now.event, GATE)
        self.count(day, "attempts", need)
        gate = deterring_gate(ledger, need, self.parents, day)
        put_off = gate is not None and not self.person.minor and self.aware(day) and now.fate_word < gate.demand
        if put_off or not self.takes_part(need, joins):
            self.count(day, "forgone_attempts", need)
            return
        result = attempt(ledger, need, self.parents, day, lambda g: comply < g.compliance, lambda g: over < g.over)
        if result.exposed >= 0:
            self.count(day, "exposures", need, result.exposed)
        if result.spared:
            self.count(day, "spared_denials", need)
        if result.gate >= 0:
            self.refused(day, now, result)
            return
        if not self.person.minor:
            self.rewarded(day, need, displaced)
        for kind, price in result.paid:
            self.count(day, "paid", kind, by=price)
        self.use(day, now)

    def use(self, day: int, now: Happening) -> None:
        """A rated service was used: old ratings give way, and the new one may be unfair."""
        if self.scheme.whole.rated_needs >> now.which & 1 and self.ledger.enrolled and not self.person.minor:
            self.ledger.use(day)
            self.receive(unfair_rating(self.scheme, self.arm.seed, self.person, now.event), day)

    def takes_part(self, need: int, word: int) -> bool:
        """Whether an attempt can be made: some needs are open only to those enrolled."""
        whole = self.scheme.whole
        if self.ledger.enrolled or self.person.minor or whole.enrolment != TIED_TO_NEED or not whole.enrol_needs >> need & 1:
            return True
        self.ledger.enrolled = not self.left and word < whole.join
        return self.ledger.enrolled

    def refused(self, day: int, now: Happening, result: Attempt) -> None:
        gate = self.scheme.gates[result.gate]
        self.count(day, "denials", now.which, result.denied)
        if not gate.parent:
            notice.refused_at_gate(self.ledger, gate.list, day)
        if gate.trap and not self.person.minor:
            unable, default, when, _ = self.draw(now.event, TRAP)
            if unable < gate.trap:
                self.ledger.able = False
                if default < gate.trap_default:
                    self.traps.append((day + 1 + exp_days(when, gate.trap_mean), TRAP_EVENT + now.event, gate.trap_category))

    def rewarded(self, day: int, need: int, word: int) -> None:
        """Privileges of the well graded; in a zero-sum reward others are displaced by them."""
        covering = [(i, reward) for i, reward in enumerate(self.scheme.rewards) if reward.needs >> need & 1]
        if not covering:
            return
        grade = self.ledger.grade(0)
        privileged = self.ledger.enrolled and any(grade <= reward.from_grade for _, reward in covering)
        for i, _ in covering:
            (self.arm.privileged if privileged else self.arm.others)[i] += 1
        if privileged:
            self.count(day, "privileges", need)
        elif any(reward.zero_sum and word < self.arm.displacing[i] for i, reward in covering):
            self.count(day, "displaced", need)

    # -- the end of the day --------------------------------------------------------------------------------------------------

    def end_of_day(self, day: int) -> None:
        self.aware(day)
        kind = self.ledger.day_class(day)
        self.ever_sanctioned = self.ever_sanctioned or kind not in (NO_CLASS, SPARED)
        self.note_what_happened(day)
        if self.arm.times.counted(day):
            self.count_day(day, kind)

    def count_day(self, day: int, kind: int) -> None:
        today, ledger, person = day - self.arm.times.first, self.ledger, self.person
        self.count(day, "minor_days" if person.minor else "adult_days")
        if kind == SPARED:
            self.count(day, "spared", today)
        elif kind != NO_CLASS:
            self.count(day, "sanctioned", kind, today)
            self.arm.counters["class_days"][kind, person.pid] += 1
            self.count(day, "minor_sanctioned", by=int(person.minor))
            self.ever.add(kind)
        if kind not in (NO_CLASS, STALE) or self.pair_e is not None or self.pair_a is not None:
            self.count_levels(day)
        if today % 7 == 6 and ledger.debts > 0:
            self.count(day, "debtors", today // 7)
        if day == self.arm.times.last - 1 and self.scheme.grade_from and not person.minor:
            self.count(day, "grades", ledger.grade(0))

    def count_levels(self, day: int) -> None:
        """What a day is beside the same day in the arms E and A, and whether only a bond sanctions it."""
        levels = self.ledger.sanctioned()
        if levels[0] and not self.ledger.sanctioned(bound=False)[0]:
            self.count(day, "bound_days")
        if self.pair_e is not None:
            s, c, e = levels[0], levels[5], self.pair_e.ledger.sanctioned()[0]
            for bit, holds in enumerate((s and not c, c and not s, c and not e, e and not c)):
                self.count(day, "split", bit, by=int(holds))
        if self.pair_a is not None:
            s, a = levels[0], self.pair_a.ledger.sanctioned()[0]
            self.count(day, "tied", 0, by=int(s and not a))
            self.count(day, "tied", 1, by=int(a and not s))

    def note_what_happened(self, day: int) -> None:
        """Entries, fines, payments and ends of spells of the day."""
        ledger = self.ledger
        if self.arm.times.counted(day):
            for index, kind, spell in ledger.entries:
                spell.tracked = kind
                self.count(day, "entries", index, kind)
                self.ever_listed = True
                if spell.basis is not None:
                    self.count(day, "paths", kind, *path_of(spell))
            for name, keys in (("fines", ledger.fines), ("refunds", ledger.refunds), ("clean_entries", ledger.clean_entries)):
                for key in keys:
                    self.count(day, name, key)
            for name in ("clean_fines", "debts_paid", "owed", "clean_claims"):
                self.count(day, name, by=getattr(ledger, name))
            for name, sums in (("claimed", ledger.claimed), ("returned", ledger.returned)):
                for kind, money in sums:
                    self.count(day, name, kind, by=money)
        for index, cause, spell in ledger.closed:
            if spell.tracked >= 0:
                self.count_spell(spell, cause, day)
            assert ledger.spells[index][0] is not spell
        ledger.forget_the_day()

    def count_spell(self, spell: Spell, cause: int, day: int) -> None:
        """A tracked spell has ended, or is censored: its length, and whether there was notice and review."""
        group = self.person.group
        self.arm.count("spells", group, spell.tracked, cause, day - spell.entry)
        fate = None if spell.basis is None else spell.basis.fate
        cases = [*spell.cases, *([] if fate is None or fate.stayed is None else [fate.stayed])]
        self.arm.count("unreviewed", group, 0, by=int(not spell.told))
        self.arm.count("unreviewed", group, 1, by=int(not any(case.decided for case in cases)))

    def close_books(self) -> None:
        """After the last day: spells that stand are censored; what has been once is counted."""
        for spell, *_ in self.ledger.spells:
            if spell is not None and spell.tracked >= 0:
                self.count_spell(spell, CENSORED, self.arm.times.end)
        for kind in self.ever:
            self.arm.count("ever", self.person.group, kind)
        self.arm.count("ever_listed", self.person.group, by=int(self.ever_listed))

    def tracked(self) -> bool:
        return any(spell is not None and spell.tracked >= 0 for spell, *_ in self.ledger.spells)


def path_of(spell: Spell) -> tuple[int, int, int, int]:
    """Origin, channel, category and kind of what opened a spell."""
    assert spell.basis is not None
    fate = spell.basis.fate
    return spell.basis.origin, fate.channel, fate.category, fate.kind
