"""One mistake in a world file, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasshouse.files.errors import InputError
from glasshouse.scheme.check import check_file
from glasshouse.world.load import load_world

BASE = (Path(__file__).parents[1] / "data" / "testville-world.yaml").read_text(encoding="utf-8")

MISTAKES = {
    "a fourth group": ("  C: {value: 0.2, unit: share", "  D: {value: 0.2, unit: share", "unknown group 'D'; groups are called A, B and C"),
    "shares of groups": (
        "  C: {value: 0.2, unit: share",
        "  C: {value: 0.25, unit: share",
        "these shares add up to 1.05; they must add up to 1",
    ),
    "shares of roles": (
        "{value: 0.15, per: adult, range: [0.05, 0.3]",
        "{value: 0.95, per: adult, range: [0.05, 1]",
        "these shares add up to 1.05; they must add up to at most 1",
    ),
    "half a person": (
        "town_size: {value: 60,",
        "town_size: {value: 60.5,",
        "60.5 is not a number of people; a whole number from 1 to 16,777,215 is needed",
    ),
    "a home of children": ("{adults: 1, minors: 0", "{adults: 0, minors: 1", "a household has 1 to 20 adults, not 0"),
    "an unknown role": (
        "who: [trader]",
        "who: [tader]",
        "unknown role 'tader'; allowed: resident, minor, official, trader; did you mean 'trader'?",
    ),
    "a role of every world": (
        "  trader: {value: 0.1",
        "  minor: {value: 0.1",
        "every world has the role 'minor' already; give this one another name",
    ),
    "a rate of something else": (
        "value: 1.5, per: person-year, range: [0.5, 4]",
        "value: 1.5, per: entry, range: [0.5, 4]",
        "1.5 is not possible here: a share per entry lies between 0 and 1",
    ),
    "debt and no debt": ("needs_debt: true", "needs_debt: true\n    creates_debt: true", "an act either creates a debt or needs one"),
    "an envelope too small": (
        "payment: {value: 4, unit: times}",
        "payment: {value: 0.5, unit: times}",
        "the envelope of payments must be at least 1 (the voluntary rate itself)",
    ),
    "an unknown context": ("context: tax", "context: taxes", "the text 'taxes' is not possible here; allowed: court, finance, traffic"),
    "two incomes": (
        "    - {value: 0.3, per: person-year, range: [0.1, 0.6]",
        "    #",
        "a value is missing here: this list needs at least 3",
    ),
    "a source of a scheme's kind": (
        "propensity_shape: {value: 1.2,",
        "propensity_shape: {value: 0,",
        "the value 0 lies outside its range, 0.5 to 4",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake(tmp_path: Path, name: str) -> None:
    right, wrong, expected = MISTAKES[name]
    assert right in BASE
    path = tmp_path / "world.yaml"
    path.write_text(BASE.replace(right, wrong, 1), encoding="utf-8")
    assert any(fault.text.startswith(expected) for fault in check_file(path))
    with pytest.raises(InputError):
        load_world(path)


def test_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(BASE, encoding="utf-8")
    assert check_file(path) == []
