"""Which arms live side by side, in which order, and what each is compared with; safeguards by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.outcomes.counts import FALSE_RECORDS
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.mended import known_safeguards, mended
from glasshouse.scheme.model import Scheme
from glasshouse.study.arms import is_tied, pairs
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.plan import Setting, make_plan
from glasshouse.study.run import run_study
from glasshouse.world.load import load_world
from tests.made_up import made_up_scheme, made_up_world
from tests.scheme.whole import BLOCKS

FASTER = {"text": "correction is asked for more often", "why": "to compare", "set": {"correction.filed": 0.9}}
BLIND = {"text": "cameras see nothing", "why": "to compare", "set": {"channels.cameras.sensitivity": 0.0}}
BOTH = {"safeguards": {"faster": FASTER, "blind-cameras": BLIND}}


def shop(scheme: Scheme, *safeguards: str, start: str = "launch") -> Workshop:
    """A workshop for a scheme in Testville."""
    world = made_up_world()
    return Workshop(scheme, ordinary_law(scheme, world), world, 60, 1, start, safeguards)


def test_a_scheme_with_ties_has_an_arm_without_them() -> None:
    _, arms = shop(made_up_scheme(BLOCKS)).tables({})
    assert list(arms) == ["scheme", "error-free", "alone", "ordinary", "none"]
    assert pairs(arms) == [(1, 2), (-1, -1), (-1, -1), (-1, -1), (-1, -1)]
    assert arms["error-free"].whole["alpha"][0] == arms["alone"].whole["alpha"][0] == 0 < arms["scheme"].whole["alpha"][0]
    assert arms["alone"].false["cum_0"].any() and not arms["error-free"].false["cum_0"].any()


TIES: list[dict[str, Any]] = [
    {"association": BLOCKS["association"]}, {"rules/items/bill/relatives": "return"}, {"lists/defaulters/binds": "household"},
    {"lists/defaulters/contacts": BLOCKS["lists/defaulters/contacts"]}, {"rules/items/return/subject": "firm"},
]  # fmt: skip


@pytest.mark.parametrize("changes", TIES, ids=lambda c: next(iter(c)))
def test_each_kind_of_tie_counts_as_one(changes: dict[str, Any]) -> None:
    assert is_tied(made_up_scheme(changes))
    assert "alone" in shop(made_up_scheme(changes)).tables({})[1]


def test_without_ties_there_is_no_arm_alone_and_a_baseline_has_no_twins() -> None:
    assert list(shop(made_up_scheme()).tables({})[1]) == ["scheme", "error-free", "ordinary", "none"]
    law = load_scheme("ordinary-law")
    world = load_world()
    _, arms = Workshop(law, ordinary_law(law, world), world, 60, 1, "launch").tables({})
    assert list(arms) == ["scheme", "none"]
    assert pairs(arms) == [(-1, -1), (-1, -1)]


def test_mended_arms_stand_before_the_error_free_arm_that_they_are_compared_with() -> None:
    scheme = made_up_scheme(BLOCKS | {"safeguards": BLOCKS["safeguards"] | {"blind-cameras": BLIND}})
    _, arms = shop(scheme, "no-review", "blind-cameras").tables({})
    assert list(arms) == ["scheme", "with no-review", "with blind-cameras", "error-free", "alone", "ordinary", "none"]
    assert pairs(arms)[:3] == [(3, 4), (3, -1), (3, -1)]
    assert arms["with no-review"].whole["review"][0] == 0 < arms["scheme"].whole["review"][0]


def test_a_setting_moves_every_arm_and_what_a_safeguard_sets_comes_last() -> None:
    workshop = shop(made_up_scheme(BOTH), "faster", "blind-cameras")
    _, before = workshop.tables({})
    _, after = workshop.tables({"correction.filed": 0.1, "rules.checked": 0.9})
    assert after["with faster"].rules[0]["filed"] == before["with faster"].rules[0]["filed"] == round(0.9 * 2**32)
    assert after["scheme"].rules[0]["filed"] == round(0.1 * 2**32)
    assert after["with blind-cameras"].rules[0]["filed"] == after["scheme"].rules[0]["filed"]
    assert after["error-free"].rules[0]["filed"] == after["scheme"].rules[0]["filed"]
    for arm in ("scheme", "with faster", "with blind-cameras"):
        assert np.any(after[arm].item["checked"] != before[arm].item["checked"])


def test_every_scenario_has_the_same_arms() -> None:
    scheme, world = made_up_scheme(BLOCKS), made_up_world()
    plan = make_plan(scheme, world, seed=1, seeds=1, span=1)
    assert plan.of("scenario")
    found = {tuple(shop(scheme, "no-review").tables(setting.values)[1]) for setting in plan.of("scenario")}
    assert found == {("scheme", "with no-review", "error-free", "alone", "ordinary", "none")}


def test_history_is_lived_in_whole_weeks() -> None:
    """Testville's is a year and a day too long for that; towns that live week by week need it."""
    workshop = shop(made_up_scheme(BLOCKS), start="mature")
    assert workshop.times(1).history == 371
    assert workshop.jobs([Setting("central", "central", {}, (1,))])[0].build().clock[0]["history"] == 371
    assert shop(made_up_scheme()).times(1).history == 0


def test_a_safeguard_is_asked_for_by_name() -> None:
    scheme = made_up_scheme(BOTH)
    assert known_safeguards(scheme, ("faster", "faster", "blind-cameras")) == ("faster", "blind-cameras")
    assert known_safeguards(scheme, "faster") == ("faster",)
    assert mended(scheme, "faster").correction.filed.value == 0.9  # type: ignore[union-attr]
    with pytest.raises(InputError, match=r"no safeguard 'fastr'; allowed: faster, blind-cameras; did you mean 'faster'\?") as refused:
        known_safeguards(scheme, ("fastr",))
    assert "\n" not in str(refused.value)
    with pytest.raises(InputError, match="none is defined"):
        known_safeguards(made_up_scheme(), ("faster",))


def test_a_safeguard_of_the_world_is_refused(tmp_path: Path) -> None:
    scheme = made_up_scheme({"safeguards": {"calm": {"text": "", "why": "", "set": {"world:conduct.theft.rate": 0.1}}}})
    with pytest.raises(InputError, match=r"safeguards\.calm\.set.*the world, which all arms share"):
        gh.run(scheme, world=made_up_world(), people=60, with_safeguards=("calm",), out=tmp_path / "a")


BARE = {k: v for k, v in BLOCKS.items() if not k.startswith(("scenarios", "safeguards"))} | {"scenarios": {}}


def test_a_safeguard_that_a_setting_made_impossible_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    scheme = made_up_scheme({"safeguards": {"slow": {"text": "", "why": "", "set": {"review.files_after": 5}}}} | BARE)
    small: dict[str, Any] = {"world": made_up_world(), "people": 60, "years": 1, "seed": 1, "seeds": 1, "span": 0}
    with pytest.raises(InputError, match=r"safeguards\.slow\.set") as refused:
        run_study(scheme, safeguards=("slow",), settings={"review": None}, out=tmp_path / "a", **small)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "a").exists()


def test_a_safeguard_that_cannot_be_compiled_says_which(tmp_path: Path) -> None:
    """More false records than the world's envelope holds."""
    flood = {"text": "", "why": "", "set": {"false_records.malice.rate": 40.0}}
    with pytest.raises(InputError, match=r"^safeguard 'flood': false_records") as refused:
        shop(made_up_scheme({"safeguards": {"flood": flood}}), "flood").tables({})
    assert "\n" not in str(refused.value)


def test_the_safeguards_asked_for_are_part_of_what_a_run_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run begun without one is not continued with it."""

    class Stopped(Exception):
        pass

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    monkeypatch.setattr("glasshouse.study.run.live_all", stop)
    small: dict[str, Any] = {"world": made_up_world(), "people": 60, "years": 1, "seeds": 1, "span": 0, "out": tmp_path / "a"}
    with pytest.raises(Stopped):
        gh.run(made_up_scheme(BOTH), with_safeguards=("faster",), **small)
    with pytest.raises(Stopped):
        gh.run(made_up_scheme(BOTH), with_safeguards=("faster",), **small)
    for other in ((), ("faster", "blind-cameras"), ("blind-cameras",)):
        with pytest.raises(InputError, match="other inputs"):
            gh.run(made_up_scheme(BOTH), with_safeguards=other, **small)


@pytest.mark.parametrize("changes", [{}, BLOCKS], ids=["spine", "whole"])
def test_the_curve_is_the_same_without_the_comparators_beside_the_scheme(changes: dict[str, Any]) -> None:
    """On the curve only the scheme's own false records are shown: it is lived alone there, with the same bits."""
    workshop = replace(shop(made_up_scheme(changes)), people=2_000)
    values = {"false_records.name-collision.rate": 0.4}
    on_curve, full = Setting("curve-0", "curve", values, (1,), 0.4), Setting("span-000", "span", values, (1,))
    assert on_curve.scheme_alone and not full.scheme_alone
    assert not Setting("curve-1", "curve", {}, (1,), 0.2).scheme_alone  # the central setting under another name
    found = []
    for setting in (on_curve, full):
        machine = workshop.jobs([setting])[0].build()
        counts = machine.layout.view(machine.live(0, machine.towns)[0])
        found.append((machine.arms.count, counts["entries"][0][..., FALSE_RECORDS].tobytes(), counts["adults"].sum()))
    assert found[0][0] == 1 < found[1][0]
    assert found[0][1:] == found[1][1:] and any(found[0][1])
