"""From a checked scheme file to the integer tables of a run in one world (docs/design/001-spine-semantics.md)."""

from __future__ import annotations

import numpy as np

from glasshouse.files.errors import InputError
from glasshouse.scheme import compile_false, compile_kinds, compile_officials, compile_responses, compile_review, compile_ties
from glasshouse.scheme import tables as T
from glasshouse.scheme.amounts import currency
from glasshouse.scheme.limits import MOST_BATCHES, MOST_CHANNELS, MOST_EXITS, MOST_GRADES, MOST_NEEDS
from glasshouse.scheme.model import Gate, Item, OrdinaryLaw, Rules, Scheme, SchemeList
from glasshouse.scheme.people import restraints
from glasshouse.scheme.picks import pick_tables
from glasshouse.scheme.rows import index, kept, mask, records, tenths
from glasshouse.scheme.tables import Ints, Records, SchemeTables
from glasshouse.scheme.variants import exchanges
from glasshouse.scheme.volume import covered_sensitivity, records_per_person_year
from glasshouse.world.model import World
from glasshouse.world.tables import WorldTables
from glasshouse.world.units import days, days_q8, threshold

BOTTOM, TOP = -(1 << 62), 1 << 62  # no lower bound, no upper bound
LEGAL = {"unlawful": T.UNLAWFUL, "lawful": T.LAWFUL, "protected": T.PROTECTED}
REPEAT = {"none": T.REPEAT_NONE, "restart": T.REPEAT_RESTART, "extend": T.REPEAT_EXTEND}
REPAIR = {"payment": T.REPAIR_PAYMENT, "pledge": T.REPAIR_PLEDGE}
CONDITION = {"able": T.ABLE, "adult": T.ADULT, "owes": T.OWES}


def compile_scheme(scheme: Scheme, world: World, wt: WorldTables) -> SchemeTables:
    """The scheme as integer tables in this world.

    Names of hazards are listed for all lists in file order, one after the other.

    Raises
    ------
    InputError
        If a name is unknown, a probability lies outside 0 to 1, or more is asked than the world's envelopes allow.
    """
    _refuse_too_many(scheme, wt)
    categories = wt.names["categories"]
    start, count, picked, cum = pick_tables(scheme, categories, wt.names["roles"])
    held, fading = compile_responses.restrained(scheme, categories)
    silenced, theta, silence_factor = compile_responses.silenced(scheme, wt)
    tables = SchemeTables(
        rules=_rules(scheme, world),
        channel=_channels(scheme),
        sensitivity=_sensitivity(scheme, categories),
        mistaken_for=_mistaken_for(scheme, categories),
        item=_items(scheme, wt),
        pick_start=start,
        pick_count=count,
        pick_item=picked,
        pick_cum=cum,
        false=compile_false.false_kinds(scheme, world, wt.names["roles"]),
        false_category=compile_false.false_categories(scheme, world, categories),
        batch=compile_false.batches(scheme),
        batch_category=compile_false.batch_categories(scheme, world, categories),
        grade_from=_grade_from(scheme),
        list=_lists(scheme, wt),
        hazard=_hazards(scheme),
        gate=_gates(scheme, wt),
        whole=_whole(scheme, wt),
        tie_weight=compile_ties.association(scheme, wt)[1],
        spare=compile_officials.spare(scheme),
        campaign=compile_officials.campaigns(scheme),
        restrained=held,
        fading=fading,
        silenced=silenced,
        theta=theta,
        silence_factor=silence_factor,
        filed=compile_review.filed(scheme.review),
        upheld=compile_review.upheld(scheme.review),
        reward=compile_officials.rewards(scheme, wt),
        selection=compile_officials.selections(scheme),
        risk_weight=compile_kinds.risk_weights(scheme),
        names={
            "channels": list(scheme.channels),
            "items": [i.id for i in _item_list(scheme)],
            "false": list(scheme.false_records),
            "batches": list(scheme.batches),
            "grades": [g.name for g in scheme.grades],
            "lists": list(scheme.lists),
            "hazards": [name for entry in scheme.lists.values() for name in entry.exits],
            "gates": list(scheme.gates),
            "rewards": list(scheme.rewards),
            "currency": [currency(scheme)],
            "holders": [gate.holder.name if gate.holder else "" for gate in scheme.gates.values()],
        },
    )
    tables.whole["exchanges"] = exchanges(tables)
    return tables


def no_scheme(world: World, wt: WorldTables) -> SchemeTables:
    """Tables of arm N: nobody records anything, debtors pay at the world's voluntary rate."""
    nothing = Scheme(
        glasshouse=1,
        id="none",
        name="No scheme",
        place="anywhere",
        years=(None, None),
        kind=["baseline"],
        status="baseline",
        summary="Nothing is recorded.",
        claimed_purpose=None,
        question="What happens without any scheme?",
        ordinary_law=OrdinaryLaw(text="none stated", longest=None),
    )
    return compile_scheme(nothing, world, wt)


def _item_list(scheme: Scheme) -> list[Item]:
    return scheme.rules.items if scheme.rules else []


def _refuse_too_many(scheme: Scheme, wt: WorldTables) -> None:
    for what, n, most in (
        ("channels", len(scheme.channels), MOST_CHANNELS),
        ("batches", len(scheme.batches), MOST_BATCHES),
        ("grades", len(scheme.grades), MOST_GRADES),
        ("exits of one list", max((len(v.exits) for v in scheme.lists.values()), default=0), MOST_EXITS),
        ("needs in the world", len(wt.names["needs"]), MOST_NEEDS),
        ("contexts in the world", len(wt.names["contexts"]), MOST_NEEDS),
    ):
        if n > most:
            raise InputError(f"{n} {what}; at most {most} are possible")


def _rules(scheme: Scheme, world: World) -> Records:
    points, correction = scheme.points, scheme.correction
    pay, pay_listed = payment_thresholds(scheme, world)
    r = np.zeros(1, T.RULES)
    r["floor"], r["cap"] = BOTTOM, TOP
    if points:
        r["has_points"] = 1
        r["start"] = tenths(points.start.value)
        r["floor"] = BOTTOM if points.floor is None else tenths(points.floor.value)
        r["cap"] = TOP if points.cap is None else tenths(points.cap.value)
    r["n_grades"], r["n_channels"], r["n_items"] = len(scheme.grades), len(scheme.channels), len(_item_list(scheme))
    r["n_false"], r["n_batches"] = len(scheme.false_records), len(scheme.batches)
    r["n_lists"], r["n_gates"] = len(scheme.lists), len(scheme.gates)
    if correction:
        r["filed"] = threshold(correction.filed.value, "correction: filed")
        r["corr_min"], r["corr_mean"] = days(correction.minimum), days_q8(correction.mean)
    r["pay"], r["pay_listed"] = pay, pay_listed
    return r


def payment_thresholds(scheme: Scheme, world: World) -> tuple[int, int]:
    """Thresholds at which a candidate payment is made by a debtor who is not listed, and by one who is."""
    envelope = world.envelopes.payment.value
    enforcement = scheme.debts.enforcement.value if scheme.debts else 1.0
    listed = scheme.debts.listed.value if scheme.debts and scheme.debts.listed else 1.0
    for what, times in (("enforcement", enforcement), ("enforcement times listed", enforcement * listed)):
        if times > envelope:
            raise InputError(f"debts: {what} is {times:g}, above the world's envelope of {envelope:g} (envelopes: payment)")
    return threshold(enforcement / envelope, "debts: enforcement"), threshold(enforcement * listed / envelope, "debts: listed")


def _whole(scheme: Scheme, wt: WorldTables) -> Records:
    """The one record of what holds for the scheme as a whole; `exchanges` follows from the finished tables."""
    fields = {
        **compile_ties.association(scheme, wt)[0],
        **compile_review.drift(scheme),
        **compile_review.notice(scheme.notice),
        **compile_review.review(scheme.review),
        **compile_officials.publicity(scheme.publicity),
        **compile_responses.responses(scheme),
        **compile_officials.attention(scheme),
        **compile_officials.informing(scheme),
        **compile_officials.enrolment(scheme.enrolment, wt),
        **compile_kinds.ratings(scheme, wt),
        "n_restraints": len(restraints(scheme.responses)),
        "n_campaigns": len(scheme.officials.campaigns) if scheme.officials else 0,
        "n_rewards": len(scheme.rewards),
        "n_selections": len(compile_officials.selections(scheme)),
    }
    whole = np.zeros(1, T.WHOLE)
    for name, value in fields.items():
        whole[name] = value
    return whole


def _channels(scheme: Scheme) -> Records:
    rows = []
    for name, ch in scheme.channels.items():
        wrong = threshold(ch.misrecorded.share.value, f"channels: {name}: misrecorded: share") if ch.misrecorded else 0
        only = compile_kinds.only(name, ch, scheme)
        rows.append((int(ch.follows_visibility), days(ch.delay.minimum), days_q8(ch.delay.mean), wrong, only))
    return records(rows, T.CHANNEL)


def _sensitivity(scheme: Scheme, categories: list[str]) -> Ints:
    out = np.zeros((len(scheme.channels), len(categories)), dtype=np.int64)
    for i, (name, ch) in enumerate(scheme.channels.items()):
        for category in {*ch.covers, *ch.by_category}:
            c = index(f"channels: {name}: covers", category, categories)
            out[i, c] = threshold(covered_sensitivity(ch, category), f"channels: {name}: sensitivity")
    return out


def _mistaken_for(scheme: Scheme, categories: list[str]) -> Ints:
    out = np.full((len(scheme.channels), len(categories)), -1, dtype=np.int64)
    for i, (name, ch) in enumerate(scheme.channels.items()):
        for true, written in (ch.misrecorded.mistaken_for if ch.misrecorded else {}).items():
            what = f"channels: {name}: misrecorded: mistaken_for"
            out[i, index(what, true, categories)] = index(what, written, categories)
    return out


def _items(scheme: Scheme, wt: WorldTables) -> Records:
    rules = scheme.rules
    out = np.zeros(len(_item_list(scheme)), T.ITEM)
    for row, item in zip(out, rules.items if rules else [], strict=True):
        category = index(f"rules: {item.id}: when", item.when, wt.names["categories"])
        row["category"] = category
        row["context"] = wt.category["context"][category]
        if item.context is not None:
            row["context"] = index(f"rules: {item.id}: context", item.context, wt.names["contexts"])
        row["valence"] = _valence(rules, item)
        row["cond"] = sum(CONDITION[condition] for condition in set(item.requires))
        row["checked"] = threshold(rules.checked.value, "rules: checked") if rules and rules.checked else 0
        row["fine"] = item.fine
        _consequences(row, scheme, item)
    out["kept"] = kept(out)
    return out


def _valence(rules: Rules | None, item: Item) -> int:
    if item.commendation:
        return T.COMMENDABLE
    counts_as = rules.unclear_counts_as if rules else "unlawful"
    return LEGAL[counts_as if item.legal == "unclear" else item.legal]


def _consequences(row: np.void, scheme: Scheme, item: Item) -> None:
    """What the item brings: points, grade, list, term, repair."""
    points = scheme.points
    row["points"] = tenths(item.points)
    row["grade"] = -1 if item.grade is None else index(f"rules: {item.id}: grade", item.grade, [g.name for g in scheme.grades])
    compile_kinds.item_kind(row, item)
    row["list"] = -1 if item.list is None else index(f"rules: {item.id}: list", item.list, scheme.lists)
    row["strikes"] = item.strikes.count if item.strikes else 1
    row["window"] = days(item.strikes.window) if item.strikes else 1  # days (e - 1, e]: this record alone
    row["term"] = days(item.term, none=-1)
    row["performable"] = item.performable
    row["double"] = bool(points and points.repeat_doubles and (item.points or 0) < 0)  # a repeated good deed is not a repeat offence
    row["cap_group"] = -1
    if item.cap is not None:
        caps = points.caps if points else {}
        row["cap_group"] = index(f"rules: {item.id}: cap", item.cap, caps)
        row["cap"] = tenths(caps[item.cap].points.value)
    if item.repair:
        row["repair"], row["repair_points"] = REPAIR[item.repair.on], tenths(item.repair.points)
        row["repair_validity"], row["repair_mean"] = days(item.repair.validity), days_q8(item.repair.after)
    both_apply = item.also is not None and not (points and points.overlap == "highest only")
    row["also"] = -1
    if both_apply and item.also:
        row["also"] = index(f"rules: {item.id}: also", item.also, [i.id for i in _item_list(scheme)])
    row["relatives"] = compile_ties.relatives(item, _item_list(scheme))


def _grade_from(scheme: Scheme) -> Ints:
    bounds = [BOTTOM if g.from_points is None else tenths(g.from_points) for g in scheme.grades]
    return np.array(bounds[:-1] + [BOTTOM] * bool(bounds), dtype=np.int64)


def _lists(scheme: Scheme, wt: WorldTables) -> Records:
    grades = [g.name for g in scheme.grades]
    out = np.zeros(len(scheme.lists), T.LIST)
    for row, (name, entry) in zip(out, scheme.lists.items(), strict=True):
        row["sanction"] = entry.sanction
        row["from_grade"] = -1 if entry.from_grade is None else index(f"lists: {name}: from_grade", entry.from_grade, grades)
        row["term"] = days(entry.term)
        row["repeat"], row["extension"] = REPEAT[entry.repeat.effect], days(entry.repeat.by)
        row["longest"] = days(entry.repeat.longest)  # 0: no limit
        row["performable"], row["lag"] = entry.performed_after is not None, days(entry.performed_after)
        row["minimum"] = days(entry.minimum)
        row["yardstick"] = days(scheme.ordinary_law.longest, none=-1)
        row["n_hazards"] = len(entry.exits)
        contexts = (g.context for g in scheme.gates.values() if g.list == name)
        row["contexts"] = mask(f"gates of {name}: context", contexts, wt.names["contexts"])
        compile_ties.list_ties(row, name, entry, scheme, wt)
        compile_review.list_remedies(row, name, entry, scheme)
    return out


def _hazards(scheme: Scheme) -> Records:
    out = np.zeros((len(scheme.lists), most_exits(scheme.lists)), T.HAZARD)
    for row, entry in zip(out, scheme.lists.values(), strict=True):
        for j, way in enumerate(entry.exits.values()):
            row[j] = (days_q8(way.mean), way.only_unable)
    return out


def most_exits(lists: dict[str, SchemeList]) -> int:
    """Columns of the table of hazards: at least one, so that it can be indexed."""
    return max((len(v.exits) for v in lists.values()), default=1) or 1


def _gates(scheme: Scheme, wt: WorldTables) -> Records:
    needs = wt.names["needs"]
    out = np.zeros(len(scheme.gates), T.GATE)
    for row, (name, gate) in zip(out, scheme.gates.items(), strict=True):
        what = f"gates: {name}"
        row["list"] = index(f"{what}: list", gate.list, scheme.lists)
        row["parent"] = gate.on == "parent"
        row["context"] = index(f"{what}: context", gate.context, wt.names["contexts"])
        row["compliance"] = threshold(gate.compliance.value, f"{what}: compliance")
        row["needs"] = mask(f"{what}: needs", gate.needs, needs)
        if gate.over:
            row["over"] = threshold(gate.over.share.value, f"{what}: over: share")
            row["over_needs"] = mask(f"{what}: over: needs", gate.over.needs, needs)
        row["purge"] = compile_review.purge(gate)
        row["demand"] = threshold(gate.demand.value, f"{what}: demand") if gate.demand else 0
        row["price"] = compile_kinds.price(gate, what)
        _trap(row, gate, what, wt)
    return out


def _trap(row: np.void, gate: Gate, what: str, wt: WorldTables) -> None:
    """What a refusal at the gate may lead to."""
    row["trap_category"] = -1
    if trap := gate.trap:
        row["trap"] = threshold(trap.unable.value, f"{what}: trap: unable")
        row["trap_default"] = threshold(trap.defaults.value, f"{what}: trap: defaults")
        row["trap_category"] = index(f"{what}: trap: category", trap.category, wt.names["categories"])
        row["trap_mean"] = days_q8(trap.after)


__all__ = ["compile_scheme", "no_scheme", "payment_thresholds", "records_per_person_year"]
