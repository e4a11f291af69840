"""The score of the headlines: a myth, written out so that every mechanism of docs/design/005 acts, and honest about each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.files.settings import empirical_values, for_world, with_values
from glasshouse.mechanism.classes import CLASSES, COLLATERAL, FALSE_REPORT, MISRECORDED, MISTAKEN, PROTECTED
from glasshouse.scheme import tables as T
from glasshouse.scheme.check import check_file
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import alone, error_free
from glasshouse.scheme.volume import false_sums
from glasshouse.world.compile import compile_world
from glasshouse.world.load import load_world

from .changed import alternatives, without_errors

SCHEME = load_scheme("headline-score")
FILE = Path(str(resources.files("glasshouse.catalogue") / "headline-score.yaml"))
WORLD = load_world("default")
WORLD_TABLES = compile_world(WORLD)
ALTERNATIVES = dict(alternatives(SCHEME))


def compiled(scheme: Scheme) -> SchemeTables:
    return compile_scheme(scheme, WORLD, WORLD_TABLES)


TABLES = compiled(SCHEME)
WHOLE = {name: int(TABLES.whole[0][name]) for name in TABLES.whole.dtype.names}


def test_it_is_a_myth_without_fault_or_warning() -> None:
    assert [str(fault) for fault in check_file(FILE, "default")] == []
    assert (SCHEME.status, SCHEME.years, SCHEME.place) == ("myth", (None, None), "nowhere")
    assert "not a scheme that exists" in SCHEME.summary


def test_each_myth_is_followed_by_what_is_documented() -> None:
    claims = SCHEME.documented
    myths = [i for i, claim in enumerate(claims) if claim.is_myth]
    assert len(myths) >= 6
    assert all(i + 1 < len(claims) and not claims[i + 1].is_myth for i in myths)


def test_the_story_is_no_source_of_facts() -> None:
    """Numbers of the rule text are ours, and nothing documented or measured rests on them."""
    assert SCHEME.sources["story"].kind == "design" and SCHEME.source == "story"
    assert all(claim.source != "story" for claim in SCHEME.documented)
    assert all(s.kind != "design" for name, s in SCHEME.sources.items() if name != "story")


@pytest.mark.parametrize("name", ["as written", *ALTERNATIVES])
def test_every_empirical_value_is_assumed_with_a_reason_and_a_width(name: str) -> None:
    """The story names no number: none is documented, and each has a width for the span over assumptions."""
    found = empirical_values(ALTERNATIVES.get(name, SCHEME))
    assert len(found) > 60
    for path, value in found:
        assert value.evidence == "assumed" and (value.why or "").strip(), path
        assert value.range[0] < value.range[1], path


RESPONSES = ("aware", "drop_mean", "silence", "fear", "n_restraints")
OFFICIALS = ("n_campaigns", "n_selections", "n_rewards", "publicity", "districts", "follow", "prior")
REMEDIES = ("notice", "review", "file_mean", "patience_mean", "capacity_1", "capacity_2", "goes_on", "corrects")


def test_the_whole_scheme_has_every_mechanism_on() -> None:
    assert WHOLE["exchanges"] == 1
    assert all(WHOLE[name] > 0 for name in ("alpha", "drift_points", "drift_every", *RESPONSES, *OFFICIALS, *REMEDIES))
    assert (WHOLE["stages"], WHOLE["notice"], WHOLE["silence"], WHOLE["publicity"]) == (2, T.AFTER, T.BY_THRESHOLD, T.TO_TOWN)
    assert WHOLE["attention_channel"] >= 0 and WHOLE["informing_channel"] >= 0 and WHOLE["informs"] > 4096
    assert (WHOLE["enrolment"], WHOLE["leave"]) == (T.MANDATORY, 0)
    assert WHOLE["corrects"] & T.FIX_LIST and WHOLE["corrects"] & T.FIX_POINTS and WHOLE["corrects"] & T.FIX_MONEY


def test_ties_are_on_in_every_layer() -> None:
    assert np.all(TABLES.tie_weight > 0) and len(TABLES.tie_weight) == 3
    assert np.any(TABLES.item["relatives"] >= 0)
    assert np.any((TABLES.list["binds"] > 0) & (TABLES.list["from_grade"] >= 0))
    [source] = np.flatnonzero(TABLES.list["contact_list"] >= 0)
    assert TABLES.list["from_grade"][source] < 0 and TABLES.list["contact_share"][source] > 0 and TABLES.list["contact_mean"][source] > 0


def test_lists_and_gates_use_what_there_is() -> None:
    lists, gates = TABLES.list, TABLES.gate
    assert np.any(lists["amnesty_first"] >= 0) and np.any(lists["performable"]) and np.any(lists["repeat"] == T.REPEAT_EXTEND)
    for name in ("noticed", "reviewed", "shown", "sanction"):
        assert np.any(lists[name] > 0), name
    assert {0, 1} == set(gates["parent"].tolist())
    for name in ("purge", "demand", "trap", "trap_default", "trap_mean", "over"):
        assert np.any(gates[name] > 0), name
    assert len({holder for holder in TABLES.names["holders"] if holder}) == 2
    assert sorted(TABLES.reward["zero_sum"].tolist()) == [0, 1]
    selected = int(TABLES.selection["list"][0])
    assert lists["from_grade"][selected] < 0


def test_records_are_of_every_kind() -> None:
    items = TABLES.item
    assert {T.UNLAWFUL, T.LAWFUL, T.PROTECTED, T.COMMENDABLE} == set(items["valence"].tolist())
    assert {T.REPAIR_PAYMENT, T.REPAIR_PLEDGE} <= set(items["repair"].tolist())
    assert np.any(items["strikes"] > 1) and np.any(items["grade"] >= 0) and np.any(items["cap_group"] >= 0) and np.any(items["fine"])
    assert {T.ANOTHERS_ACT, T.NO_ACT} == set(TABLES.false["origin"].tolist()) == set(TABLES.batch["origin"].tolist())
    assert np.all(TABLES.batch["share"] > 0) and np.any(TABLES.channel["mis_share"] > 0) and np.any(TABLES.channel["visible"])
    assert np.any(TABLES.spare > 0)
    first = TABLES.false[0]
    assert first["cum_1"] > first["cum_0"] > 0  # the cameras mistake people of group B more often
    assert SCHEME.rules is not None
    assert [item.id for item in SCHEME.rules.items if item.weight == 0] == ["relative"]


def test_no_point_of_the_span_leaves_the_envelope_of_false_records() -> None:
    """At the upper end of every range at once, by group and with everyone informing: else a point of the span would not compile."""
    of_scheme, of_world = for_world({path: v.range[1] for path, v in empirical_values(SCHEME, WORLD)})
    extreme, world = with_values(SCHEME, of_scheme), with_values(WORLD, of_world)
    *_, total = false_sums(extreme, world)
    assert 0.1 < max(total) <= world.envelopes.false_records.value


def test_everything_through_ties_ends_alone_and_every_error_ends_error_free() -> None:
    own, clean = alone(TABLES), error_free(TABLES)
    for tables in (own, clean):
        assert tables.whole["alpha"][0] == 0 and not np.any(tables.tie_weight)
        assert not np.any(tables.list["binds"]) and np.all(tables.list["contact_list"] == -1) and np.all(tables.item["relatives"] == -1)
        assert tables.whole["exchanges"][0] == 1  # review, selection, attention and publicity stay
    assert np.array_equal(own.false, TABLES.false) and np.array_equal(own.gate, TABLES.gate)
    assert not np.any(clean.false["cum_1"]) and not np.any(clean.batch["share"]) and not np.any(clean.channel["mis_share"])
    assert not np.any(clean.gate["purge"]) and np.all(clean.item["checked"] == 2**32)


def differs(one: SchemeTables, other: SchemeTables) -> bool:
    def arrays(tables: SchemeTables) -> list[Any]:
        return [getattr(tables, f.name) for f in fields(tables) if f.name != "names"]

    return any(a.shape != b.shape or not np.array_equal(a, b) for a, b in zip(arrays(one), arrays(other), strict=True))


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_each_alternative_compiles_and_changes_something(name: str) -> None:
    assert differs(compiled(ALTERNATIVES[name]), TABLES)


def whole(name: str) -> dict[str, int]:
    record = compiled(ALTERNATIVES[name]).whole[0]
    return {field: int(record[field]) for field in record.dtype.names}


def test_scenarios_and_safeguards_do_what_they_say() -> None:
    assert {"without-association", "silence-by-utility", "no-review"} <= set(SCHEME.scenarios)
    assert whole("without-association")["alpha"] == 0
    assert whole("silence-by-utility")["silence"] == T.BY_UTILITY
    assert whole("no-review")["review"] == 0
    leaving = whole("leaving-allowed")
    assert leaving["enrolment"] == T.OPT_IN and leaving["leave"] > 0
    assert whole("notice-before-listing")["notice"] == T.BEFORE
    wider = whole("wider-review")
    assert all(wider[stage] >= 9 * WHOLE[stage] for stage in ("capacity_1", "capacity_2"))
    assert sum(compiled(ALTERNATIVES["wider-review"]).list["reviewed"]) == 2
    assert whole("corrections-reach-copies")["corrects"] & T.FIX_COPIES and not WHOLE["corrects"] & T.FIX_COPIES
    assert not np.any(compiled(ALTERNATIVES["children-left-out"]).gate["parent"])
    assert T.PROTECTED not in compiled(ALTERNATIVES["speech-left-out"]).item["valence"]


def test_for_oneself_is_the_arm_without_ties() -> None:
    """The safeguard, written in the language, comes to the same tables as the arm that the model makes."""
    written, made = compiled(ALTERNATIVES["each-for-oneself"]), alone(TABLES)
    for field in fields(written):
        if field.name != "names":
            assert np.array_equal(getattr(written, field.name), getattr(made, field.name)), field.name


Lived = Callable[[Scheme], dict[str, Any]]


@pytest.fixture(scope="module")
def lived() -> Lived:
    """A year of 3,000 people under a scheme from its launch, beside the scheme without errors and the scheme alone."""

    def live(scheme: Scheme) -> dict[str, Any]:
        tables = compiled(scheme)
        arms = [tables, error_free(tables), alone(tables)]
        run = Machine(WORLD_TABLES, arms, Times(people=3000, weeks=52, seed=1), pairs=[(1, 2), (-1, -1), (-1, -1)])
        counts, _, _ = run.live(0, run.towns)
        return run.layout.view(counts)

    return live


def days_by_class(counts: dict[str, Any], arm: int = 0) -> dict[str, int]:
    days = counts["days"][arm].cumsum(-1)[..., :-1].sum((0, 2))
    return dict(zip(CLASSES, days.tolist(), strict=False))


def test_a_year_under_it_lists_friends_and_speakers(lived: Lived) -> None:
    counts = lived(SCHEME)
    days = days_by_class(counts)
    assert counts["entries"][0].sum() > 20
    assert days[CLASSES[COLLATERAL]] > 0 and days[CLASSES[PROTECTED]] > 0
    assert days_by_class(counts, 2)[CLASSES[COLLATERAL]] == 0
    assert counts["tied"][0, :, 0].sum() > 0 and counts["split"][0].sum() > 0
    assert counts["bound_days"][0].sum() > 0 and counts["minor_sanctioned"][0].sum() > 0
    assert counts["forgone_acts"][0].sum() > 0 and counts["ties_dropped"][0].sum() > 0 and counts["privileges"][0].sum() > 0
    assert counts["denials"][0].sum() > 0 and counts["unreviewed"][0].sum() > 0


def test_without_any_false_record_it_still_sanctions_protected_conduct(lived: Lived) -> None:
    days = days_by_class(lived(without_errors(SCHEME)))
    assert [days[CLASSES[i]] for i in (MISTAKEN, FALSE_REPORT, MISRECORDED)] == [0, 0, 0]
    assert days[CLASSES[PROTECTED]] > 0
