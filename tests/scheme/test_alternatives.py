"""What `check` accepts can be run: every safeguard in every scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.files.read import package_ids
from glasshouse.scheme.check import check_file, load_both, require_valid
from glasshouse.scheme.model import Scheme
from glasshouse.study.arms import mended_arm
from glasshouse.study.build import Workshop, ordinary_law
from glasshouse.study.plan import make_plan
from tests.made_up import made_up_scheme, made_up_world

TESTS = Path(__file__).parents[1]
PACKAGE = "glasshouse.catalogue"


def faults(name: str) -> list[str]:
    """What is said about a malformed file, each fault in one line without the excerpt."""
    found = check_file(TESTS / "malformed" / f"{name}.yaml", made_up_world())
    return [str(fault).replace(str(TESTS / "malformed") + "/", "").split("\n")[0] for fault in found if not fault.warning]


def alternative(**settings: object) -> dict[str, Any]:
    return {"text": "a change", "why": "to compare", "set": {path.replace("__", "."): value for path, value in settings.items()}}


def with_both(scenario: dict[str, Any], safeguard: dict[str, Any]) -> Scheme:
    return made_up_scheme({"scenarios": {"other": scenario}, "safeguards": {"mend": safeguard}})


def test_a_safeguard_of_the_world_is_a_fault_of_the_file() -> None:
    (said,) = faults("safeguard-of-the-world")
    assert said.startswith("safeguard-of-the-world.yaml:87:") and "the world, which all arms share" in said


def test_a_scenario_may_still_set_the_world() -> None:
    require_valid(with_both(alternative(**{"world:conduct.theft.rate": 0.1}), alternative(correction__filed=0.5)), made_up_world())


def test_a_safeguard_without_anything_to_mend_in_a_scenario_is_not_lived_there(tmp_path: Path) -> None:
    """`run --with` refused this, and `check` knew nothing of it."""
    scheme = with_both(alternative(correction=None), alternative(correction__filed=0.5))
    require_valid(scheme, made_up_world())
    run = gh.run(scheme, world=made_up_world(), people=60, years=1, seeds=1, span=1, with_safeguards=["mend"], out=tmp_path / "a")
    import pyarrow.parquet as pq

    rows = pq.read_table(run.folder / "outcomes.parquet", columns=["setting", "arm"]).to_pylist()
    arms = {setting: {row["arm"] for row in rows if row["setting"] == setting} for setting in ("central", "scenario-other")}
    assert arms["central"] - arms["scenario-other"] == {"with mend"}


def test_what_only_scenario_and_safeguard_together_make_wrong_is_said() -> None:
    """Bounds out of order; each is sound alone."""
    scheme = with_both(alternative(grades__C__from_points=940), alternative(grades__B__from_points=935))
    with pytest.raises(InputError, match=r"safeguards\.mend\.set: under the scenario 'other', grades\.\d\.from_points") as refused:
        require_valid(scheme, made_up_world())
    assert "\n" not in str(refused.value)


def test_the_place_of_a_fault_of_both() -> None:
    (said,) = faults("safeguard-under-a-scenario")
    assert said.startswith("safeguard-under-a-scenario.yaml:8") and "under the scenario 'slow'" in said


@pytest.mark.parametrize("name", package_ids(PACKAGE))
def test_every_safeguard_of_the_catalogue_can_be_lived_in_every_scenario(name: str) -> None:
    scheme, world = load_both(name)
    shop = Workshop(scheme, ordinary_law(scheme, world), world, 60, 1, "launch", tuple(scheme.safeguards))
    plan = make_plan(scheme, world, seed=1, seeds=1, span=1)
    for setting in (*plan.of("central"), *plan.of("scenario")):
        arms = shop.tables(setting.values)[1]
        assert setting.values or all(mended_arm(safeguard) in arms for safeguard in scheme.safeguards)


def test_a_block_put_in_place_whole_is_judged_like_one_of_the_file() -> None:
    """A number may stretch a range beyond its scale; a value with a range of its own may not stand on the wrong one."""
    wide = {"value": 0.1, "per": "record", "range": [0.01, 0.5], "scale": "linear", "evidence": "assumed", "why": "made up"}
    require_valid(with_both(alternative(correction__filed=0.5), alternative(false_records__malice__rate=0)), made_up_world())
    with pytest.raises(InputError, match=r"safeguards\.mend\.set: with these settings, correction\.filed\.scale"):
        require_valid(with_both(alternative(correction__filed=0.5), alternative(correction__filed=wide)), made_up_world())
