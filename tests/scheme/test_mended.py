"""A scheme with its safeguards, as a scheme of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.files.read import package_ids
from glasshouse.files.settings import empirical_values, get_value
from glasshouse.files.values import Empirical
from glasshouse.files.write import resolved_yaml
from glasshouse.scheme.check import load_both, require_valid
from glasshouse.scheme.load import load_scheme
from tests.made_up import made_up_scheme, made_up_world

PACKAGE = "glasshouse.catalogue"
SAFEGUARDS = {
    "faster": {"text": "correction is asked for more often", "why": "to compare", "set": {"correction.filed": 0.99}},
    "never": {"text": "Nothing is corrected.", "why": "to compare", "set": {"correction.filed": 0}},
    "no-train": {"text": "No gate at the train.", "why": "to compare", "set": {"gates.train": None}},
    "fair-train": {"text": "Nobody else is refused.", "why": "to compare", "set": {"gates.train.over.share": 0}},
    "short": {"text": "Shorter terms.", "why": "to compare", "set": {"lists.nuisance.term": 30}},
}
SCHEME = made_up_scheme({"safeguards": SAFEGUARDS})


def test_its_id_and_name_say_so() -> None:
    mended = SCHEME.with_safeguards("faster", "short", "faster")
    assert mended.id == "testville-with-faster-and-short"
    assert mended.name == f"{SCHEME.name}, with faster and short"
    assert mended.status == "hypothetical"
    assert mended.summary.endswith("With faster: correction is asked for more often. With short: Shorter terms.")
    assert SCHEME.with_safeguards() is SCHEME


def test_what_a_safeguard_sets_is_known() -> None:
    mended = SCHEME.with_safeguards("faster", "short")
    filed: Empirical = get_value(mended, "correction.filed")
    assert (filed.value, filed.range, filed.per, filed.evidence) == (0.99, (0.99, 0.99), "record", "assumed")
    term = get_value(mended, "lists.nuisance.term")
    assert (term.value, term.note) == (30, "the safeguard short sets it")
    assert get_value(SCHEME, "correction.filed").value != 0.99


def test_what_a_safeguard_sets_inside_a_value_is_known_too() -> None:
    given = {"correction.filed.value": 0.99, "lists.nuisance.term.value": 30}
    mended = made_up_scheme({"safeguards": {"both": {"text": "Both.", "why": "to compare", "set": given}}}).with_safeguards("both")
    filed: Empirical = get_value(mended, "correction.filed")
    assert (filed.value, filed.range, filed.evidence) == (0.99, (0.99, 0.99), "assumed")
    assert get_value(mended, "lists.nuisance.term").note == "the safeguard both sets it"
    assert "correction.filed" not in {path for path, v in empirical_values(mended) if v.range[0] < v.range[1]}


def test_what_concerns_the_same_or_finds_nothing_is_left_out() -> None:
    assert {"slow-office", "strict"} <= set(SCHEME.scenarios)
    assert set(SCHEME.with_safeguards("faster").scenarios) == {"strict"}
    assert set(SCHEME.with_safeguards("no-train").scenarios) == {"slow-office"}  # strict sets a part of that gate
    assert set(SCHEME.with_safeguards("faster").safeguards) == {"no-train", "fair-train", "short"}
    again = SCHEME.with_safeguards("faster").with_safeguards("short")
    assert again.id == "testville-with-faster-with-short"


def test_a_headline_that_is_settled_is_no_longer_drawn() -> None:
    settled = {"text": "", "why": "", "set": {SCHEME.headline or "": 0}}
    assert SCHEME.with_safeguards("faster").headline == SCHEME.headline
    assert made_up_scheme({"safeguards": {"none": settled}}).with_safeguards("none").headline is None


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("fastr",), r"testville: no safeguard 'fastr'; allowed: .*did you mean 'faster'\?$"),
        (("faster", "never"), r"safeguards 'faster' and 'never' of testville change the same thing \(correction\.filed\); choose one$"),
        (("no-train", "fair-train"), r"change the same thing \(gates\.train, gates\.train\.over\.share\); choose one$"),
    ],
)
def test_unknown_and_contradictory(names: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        SCHEME.with_safeguards(*names)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", package_ids(PACKAGE))
def test_every_safeguard_of_the_catalogue_makes_a_whole_scheme(name: str, tmp_path: Path) -> None:
    scheme, world = load_both(name)
    for safeguard in scheme.safeguards:
        mended = scheme.with_safeguards(safeguard)
        require_valid(mended, world)
        file = tmp_path / f"{safeguard}.yaml"
        file.write_text(resolved_yaml(mended), encoding="utf-8")
        assert load_scheme(file) == mended


def test_a_mended_scheme_lives_as_the_arm_does(tmp_path: Path) -> None:
    """The same people, the same draws: the scheme so mended, and its arm beside the scheme as written."""
    small: dict[str, Any] = {"world": made_up_world(), "people": 1200, "years": 1, "seeds": 2, "span": 0}
    beside = gh.run(SCHEME, with_safeguards=["faster"], out=tmp_path / "a", **small)
    mended = gh.run(SCHEME.with_safeguards("faster"), out=tmp_path / "b", **small)
    for outcome in ("entries", "wrongly_sanctioned_days", "denials"):
        as_arm = {key: line.central for key, line in beside.outcome(outcome).by_class("with faster").items()}
        assert as_arm
        assert {key: line.central for key, line in mended.outcome(outcome).by_class("scheme").items()} == as_arm
