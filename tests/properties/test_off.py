"""Off is exactly neutral: number for number as if the mechanism were not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given

from glasshouse.mechanism.classes import (
    CLASSES,
    COLLATERAL,
    FALSE_REPORT,
    GROUND_UNMET,
    INDUCED,
    MISRECORDED,
    MISTAKEN,
    PROTECTED,
    STALE,
)
from glasshouse.scheme.model import Channel, Gate, Scheme, SchemeList
from tests.live import Counted, lived, machine, of_arm, unlike
from tests.made_up import made_up_scheme, made_up_world, number
from tests.properties.small import NO_FALSE_RECORDS, Changes, exact, scheme, seeds, varied, without

WRONG = [MISTAKEN, FALSE_REPORT, MISRECORDED]


def in_class(counts: Counted, cls: int) -> dict[str, int]:
    """How much of everything that is counted by class falls into one."""
    by_class = {
        "days": abs(counts["days"][:, :, cls]),
        "ever": counts["ever"][..., cls],
        "fines": counts["fines"][..., cls],
        "entries": counts["entries"][..., cls],
        "exposures": counts["exposures"][..., cls],
        "denials": counts["denials"][..., cls],
        "durations": counts["durations"][:, cls],
        "paths": counts["paths"][:, cls],
        "false_paths": counts["false_paths"][..., cls],
    }
    return {name: int(array.sum()) for name, array in by_class.items()}


def test_every_count_by_class_is_looked_at() -> None:
    """`in_class` finds all eight classes that need no holder, tie or other arm where false records are on."""
    counts = lived(machine(made_up_world(), made_up_scheme(), people=1200))
    for cls in set(range(len(CLASSES))) - {STALE, COLLATERAL, INDUCED}:
        found = in_class(counts, cls)
        assert all(found[name] for name in ("days", "ever", "exposures", "denials")), CLASSES[cls]
    assert all(sum(in_class(counts, cls)[name] for cls in range(len(CLASSES))) for name in in_class(counts, 0))


@exact
@given(seed=seeds, other=varied)
def test_without_false_records_nobody_is_listed_on_one(seed: int, other: Changes) -> None:
    counts = lived(machine(made_up_world(), scheme(other, NO_FALSE_RECORDS), seed=seed, history=100))
    for cls in WRONG:
        assert not any(in_class(counts, cls).values()), CLASSES[cls]
    assert counts["false_paths"].sum() == 0


def test_without_false_records_ground_unmet_and_protected_conduct_remain() -> None:
    """The case that the model names: rules alone, with no error of record at all, still reach these."""
    counts = lived(machine(made_up_world(), scheme(NO_FALSE_RECORDS), people=600))
    for cls in (GROUND_UNMET, PROTECTED):
        found = in_class(counts, cls)
        assert all(found[name] > 0 for name in ("days", "ever", "entries", "exposures", "denials")), CLASSES[cls]


def none_of(name: str) -> bool:
    """Drop an entry whatever its name."""
    return bool(name)


def last(of: str) -> Callable[[str], bool]:
    """Drop the entry of this name."""
    return lambda name: name == of


def plain_office(of: Scheme) -> Scheme:
    """The office does not misrecord."""
    return of.model_copy(update={"channels": {**of.channels, "office": of.channels["office"].model_copy(update={"misrecorded": None})}})


OFF: dict[str, tuple[Changes, Callable[[Scheme], Scheme]]] = {
    "one kind of false record": ({"false_records/malice/rate/value": 0}, lambda s: without(s, false_records=last("malice"))),
    "a kind before others": ({"false_records/name-collision/rate/value": 0}, lambda s: without(s, false_records=last("name-collision"))),
    "all false records": (
        {f"false_records/{name}/rate/value": 0 for name in ("malice", "name-collision", "face-mismatch")},
        lambda s: without(s, false_records=none_of),
    ),
    "batches that never strike": ({"batches/bad-import/strikes/value": 0}, lambda s: without(s, batches=none_of)),
    "batches that hit nobody": ({"batches/bad-import/share/value": 0}, lambda s: without(s, batches=none_of)),
    "misrecording": ({"channels/office/misrecorded/share/value": 0}, plain_office),
    "corrections": ({"correction/filed/value": 0}, lambda s: s.model_copy(update={"correction": None})),
    "effects on debts": (
        {"debts/enforcement/value": 1, "debts/listed/value": 1},
        lambda s: s.model_copy(update={"debts": None}),
    ),
    "over-compliance": (
        {"gates/train/over/share/value": 0},
        lambda s: s.model_copy(update={"gates": {**s.gates, "train": s.gates["train"].model_copy(update={"over": None})}}),
    ),
    "checks of the ground": (
        {"rules/checked/value": 0},
        lambda s: s.model_copy(update={"rules": s.rules.model_copy(update={"checked": None}) if s.rules else None}),
    ),
}


def differences(left: Scheme, right: Scheme, **how: int) -> list[str]:
    """Names of the counts in which two schemes differ; the paths of false records compared by the name of their kind, not by its number."""
    counts = [lived(machine(made_up_world(), s, **how)) for s in (left, right)]  # type: ignore[arg-type]
    kinds = [[*s.false_records, *s.batches] for s in (left, right)]
    paths = [
        {name: c["false_paths"][0, i].tolist() for i, name in enumerate(names) if c["false_paths"][0, i].any()}
        for c, names in zip(counts, kinds, strict=True)
    ]
    return unlike(*counts, but=["false_paths"]) + ["false_paths"] * (paths[0] != paths[1])


@pytest.mark.parametrize("what", OFF)
@pytest.mark.parametrize("seed", [1, 77])
def test_off_is_as_if_it_were_not_there(what: str, seed: int) -> None:
    zero, removed = OFF[what]
    off, on = made_up_scheme(zero), made_up_scheme()
    assert differences(off, removed(off), people=300, seed=seed, history=100) == []
    assert differences(off, on, people=300, seed=seed, history=100) != [], "in this town it does nothing even when it is on"


def unused_channel(of: Scheme) -> Scheme:
    blind = Channel.model_validate(
        {
            "kind": "camera", "covers": ["theft", "petition"], "sensitivity": number(0, "act"), "follows_visibility": True,
            "delay": {"minimum": {"value": 1, "unit": "days"}, "mean": {"value": 2, "unit": "days"}},
        }
    )  # fmt: skip
    return of.model_copy(update={"channels": {**of.channels, "blind": blind}})


def unused_list(of: Scheme) -> Scheme:
    term = {"value": 30, "unit": "days"}
    entry = {"text": "nobody's", "sanction": True, "term": term, "repeat": {"effect": "none"}, "performed_after": None}
    return of.model_copy(update={"lists": {**of.lists, "empty": SchemeList.model_validate(entry)}})


def gate_of_an_unused_list(of: Scheme) -> Scheme:
    always = number(1, "attempt")
    gate = {"text": "closed", "list": "empty", "on": "self", "needs": ["loan", "job"], "context": "work", "compliance": always}
    listed = unused_list(of)
    return listed.model_copy(update={"gates": {"first": Gate.model_validate(gate), **listed.gates}})


def false_records_of_an_unused_channel(of: Scheme) -> Scheme:
    """A share of the records of a channel that makes none."""
    kind = of.false_records["name-collision"].model_copy(update={"channel": "blind", "covers": ["theft"]})
    seen = unused_channel(of)
    return seen.model_copy(update={"false_records": {**seen.false_records, "more": kind}})


def rule_that_reaches_nobody(of: Scheme) -> Scheme:
    assert of.rules
    theft = next(item for item in of.rules.items if item.id == "theft")
    never = theft.model_copy(update={"id": "never", "weight": 0.0, "grade": "D"})
    return of.model_copy(update={"rules": of.rules.model_copy(update={"items": [*of.rules.items, never]})})


@exact
@given(seed=seeds, other=varied)
def test_what_nothing_uses_changes_nothing(seed: int, other: Changes) -> None:
    base = scheme(other)
    for add in (unused_channel, unused_list, gate_of_an_unused_list, false_records_of_an_unused_channel, rule_that_reaches_nobody):
        assert differences(base, add(base), seed=seed) == [], add.__name__


@exact
@given(seed=seeds, other=varied, second=varied)
def test_a_second_arm_changes_nothing_in_the_first(seed: int, other: Changes, second: Changes) -> None:
    alone = lived(machine(made_up_world(), scheme(other), seed=seed, followup=1200))
    beside = lived(machine(made_up_world(), scheme(other), scheme(second), None, seed=seed, followup=1200))
    assert unlike(of_arm(alone, 0), of_arm(beside, 0)) == []


@exact
@given(seed=seeds, first=varied, second=varied)
def test_the_life_itself_is_the_same_under_every_scheme(seed: int, first: Changes, second: Changes) -> None:
    """Attempts, acts that need no debt, debts that arise: nothing that a scheme does in the spine changes them."""
    lives = [lived(machine(made_up_world(), scheme(changes), seed=seed)) for changes in (first, second)]
    lives.append(lived(machine(made_up_world(), None, seed=seed)))
    for name in ("events", "adults", "minors", "attempts", "acts", "debts_arisen"):
        assert (lives[0][name] == lives[1][name]).all() and (lives[0][name] == lives[2][name]).all(), name


@exact
@given(seed=seeds, other=varied)
def test_days_belong_to_one_class_each(seed: int, other: Changes) -> None:
    """No more sanctioned and spared days than days lived, on any day and in any group."""
    run = machine(made_up_world(), scheme(other), seed=seed, history=50)
    counts = lived(run)
    on_each_day = counts["days"][0].cumsum(axis=-1)
    assert (on_each_day >= 0).all()
    assert (on_each_day.sum(axis=1) <= (counts["adults"] + counts["minors"])[:, None]).all()
    assert counts["entries"].sum() == counts["durations"].sum()
