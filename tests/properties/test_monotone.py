"""More of one thing never takes away: sight, strictness, false records, compliance. Feedback on behaviour is off."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.engine import state
from glasshouse.mechanism.classes import ANOTHERS_ACT, NO_ACT, SPARED
from tests.live import Log, acts_seen, lived, logged, machine, of_kind, people_in
from tests.made_up import made_up_world
from tests.properties.small import AT_ONCE, NO_FALSE_RECORDS, NO_FEEDBACK, Changes, exact, scheme, seeds, shares, varied

TWO = st.tuples(shares, shares).map(sorted)


def entered(log: Log, entry_list: int) -> set[int]:
    """Everyone who ever came on a list, by the ledger as kept."""
    return people_in(of_kind(log, state.LOG_ENTRY, a=entry_list, b=0))


def false_records(log: Log) -> set[tuple[int, ...]]:
    """Records of another's act or of no act: person, day, origin, with how many of them."""
    lines = of_kind(log, state.LOG_RECORD, "b")
    return {(*key, n) for key, count in lines.items() if key[2] in (ANOTHERS_ACT, NO_ACT) for n in range(count)}


@exact
@given(seed=seeds, other=varied, office=TWO, cameras=TWO)
def test_a_raised_sensitivity_never_unsees_an_act(seed: int, other: Changes, office: list[float], cameras: list[float]) -> None:
    logs = [
        logged(
            machine(
                made_up_world(),
                scheme(other, NO_FEEDBACK, {"channels/office/sensitivity/value": a, "channels/cameras/sensitivity/value": b}),
                seed=seed,
            )
        )
        for a, b in zip(office, cameras, strict=True)
    ]
    less, more = (acts_seen(log) for log in logs)
    assert less <= more
    assert less.total() < more.total() or (office[0] == office[1] and cameras[0] == cameras[1])


@exact
@given(seed=seeds, cameras=TWO)
def test_with_one_record_enough_a_raised_sensitivity_never_unlists(seed: int, cameras: list[float]) -> None:
    """One strike, no misrecording, no conditions: everyone ever listed stays ever listed."""
    one = {"rules/items/music/strikes/count": 1, "rules/items/crossing/strikes/count": 1, "rules/items/crossing-running/strikes/count": 1}
    less, more = (
        entered(
            logged(
                machine(
                    made_up_world(),
                    scheme(NO_FEEDBACK, NO_FALSE_RECORDS, AT_ONCE, one, {"channels/cameras/sensitivity/value": share}),
                    seed=seed,
                )
            ),
            1,
        )
        for share in cameras
    )
    assert less <= more


@exact
@given(seed=seeds, other=varied, bounds=st.tuples(st.integers(900, 1020), st.integers(0, 30)))
def test_with_a_stricter_grade_nobody_escapes_the_list(seed: int, other: Changes, bounds: tuple[int, int]) -> None:
    """The list is entered below a bound: with a higher one everyone who was ever on it still is."""
    low, more = bounds
    grades = [{"grades/0/from_points": 1100, "grades/1/from_points": bound} for bound in (low, low + more)]
    mild, strict = (entered(logged(machine(made_up_world(), scheme(other, NO_FEEDBACK, grade), seed=seed)), 2) for grade in grades)
    assert mild <= strict
    assert strict


@exact
@given(seed=seeds, other=varied, strikes=st.tuples(st.integers(1, 3), st.integers(1, 4)))
def test_with_fewer_strikes_nobody_escapes_the_list(seed: int, other: Changes, strikes: tuple[int, int]) -> None:
    few, more = strikes[0], strikes[0] + strikes[1]
    items = ("crossing", "crossing-running", "music")
    counts = [{f"rules/items/{item}/strikes/count": n for item in items} for n in (more, few)]
    mild, strict = (entered(logged(machine(made_up_world(), scheme(other, NO_FEEDBACK, count), seed=seed)), 1) for count in counts)
    assert mild <= strict


@exact
@given(seed=seeds, other=varied, windows=st.tuples(st.integers(1, 200), st.integers(0, 200)))
def test_with_a_longer_window_nobody_escapes_the_list(seed: int, other: Changes, windows: tuple[int, int]) -> None:
    short, long = windows[0], windows[0] + windows[1]
    items = ("crossing", "crossing-running", "music")
    days = [{f"rules/items/{item}/strikes/window/value": n for item in items} for n in (short, long)]
    mild, strict = (entered(logged(machine(made_up_world(), scheme(other, NO_FEEDBACK, some), seed=seed)), 1) for some in days)
    assert mild <= strict


@exact
@given(seed=seeds, other=varied, rates=st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted))
def test_a_higher_rate_keeps_every_earlier_false_record(seed: int, other: Changes, rates: list[int]) -> None:
    """Nested thinning: the last kind's rate is raised, so that the others keep their part of the candidates."""
    logs = [
        logged(machine(made_up_world(), scheme(other, AT_ONCE, NO_FEEDBACK, {"false_records/malice/rate/value": n / 10}), seed=seed))
        for n in rates
    ]
    fewer, more = (false_records(log) for log in logs)
    assert fewer <= more


@exact
@given(seed=seeds, other=varied, rates=st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda x: sorted(n / 20 for n in x)))
def test_raising_any_kind_keeps_every_false_record(seed: int, other: Changes, rates: list[float]) -> None:
    """An earlier kind that is raised may take over candidates of a later one; none is lost. Rules that reach every role, so that
    no candidate lands where no rule reaches its person."""
    everyone = {"channels/office/misrecorded/share/value": 0, "rules/checked/value": 0, "batches/bad-import/strikes/value": 0}
    days = []
    for rate in rates:
        raised = {"points/overlap": "highest only", "false_records/name-collision/rate/value": rate}
        changed = scheme(other, AT_ONCE, NO_FEEDBACK, everyone, raised)
        kinds = {name: kind.model_copy(update={"covers": ["theft"], "channel": "cameras"}) for name, kind in changed.false_records.items()}
        log = logged(machine(made_up_world(), changed.model_copy(update={"false_records": kinds}), seed=seed))
        days.append({(pid, day, n) for pid, day, _, n in false_records(log)})
    assert days[0] <= days[1]


@exact
@given(seed=seeds, other=varied, some=TWO)
def test_more_people_hit_by_a_batch_error_include_those_hit_before(seed: int, other: Changes, some: list[float]) -> None:
    fewer, more = (
        false_records(
            logged(
                machine(
                    made_up_world(),
                    scheme(other, AT_ONCE, NO_FEEDBACK, {"batches/bad-import/strikes/value": 3, "batches/bad-import/share/value": share}),
                    seed=seed,
                )
            )
        )
        for share in some
    )
    assert fewer <= more


@exact
@given(seed=seeds, other=varied, compliance=TWO, gate=st.sampled_from(["train", "school", "quiet-jobs", "loans-by-grade"]))
def test_higher_compliance_never_means_fewer_denials(seed: int, other: Changes, compliance: list[float], gate: str) -> None:
    """By group and service; gates that close the same service may change whose refusal it is, and thus its class."""
    mild, strict = (
        lived(machine(made_up_world(), scheme(other, {f"gates/{gate}/compliance/value": share}), seed=seed)) for share in compliance
    )
    assert (mild["denials"].sum(axis=-1) <= strict["denials"].sum(axis=-1)).all()
    assert np.array_equal(mild["exposures"], strict["exposures"])


@exact
@given(seed=seeds, other=varied, terms=st.tuples(st.integers(1, 200), st.integers(0, 200)))
def test_a_longer_term_never_means_fewer_sanctioned_days(seed: int, other: Changes, terms: tuple[int, int]) -> None:
    """A list without extension, and nothing else that sanctions."""
    alone = {f"lists/{name}/sanction": False for name in ("defaulters", "low-grade")} | {"lists/nuisance/repeat/effect": "restart"}
    days = []
    for term in (terms[0], terms[0] + terms[1]):
        changes = {**alone, "lists/nuisance/sanction": True, "lists/nuisance/term/value": term, "correction/filed/value": 0}
        counts = lived(machine(made_up_world(), scheme(other, NO_FEEDBACK, changes), seed=seed))
        days.append(np.cumsum(counts["days"][0], axis=-1)[:, :SPARED].sum(axis=1))
    assert (days[0] <= days[1]).all()
