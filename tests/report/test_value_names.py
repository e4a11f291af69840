"""Values are called by what they mean wherever a report names one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from glasshouse.files.read import package_ids
from glasshouse.files.settings import empirical_values
from glasshouse.files.write import resolved_yaml
from glasshouse.report.read import read_run
from glasshouse.report.value_names import known_name, value_name
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.world.load import load_world
from glasshouse.world.model import World
from tests.made_up import made_up_scheme, made_up_world
from tests.scheme.whole import BLOCKS


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("world:money.recovery", "How often income comes back"),
        ("world:money.unable_at_start.2", "Share unable to pay at the start: highest incomes"),
        ("channels.courts.misrecorded.share", "Share of true records put under a wrong category: courts"),
        ("channels.offices.by_category.false-report", "Share of acts seen: offices, false report"),
        ("review.filed.sound", "Share of sound records for which a review is asked for"),
        ("review.filed.ground unmet", "Share of wrong records for which a review is asked for: ground unmet"),
        ("review.stages.1.upheld_if_wrong", "Share of reviews that succeed where the record is wrong: stage 2"),
        ("risk.weights.child", "Risk points for a child in the household"),
        ("risk.weights.income.0", "Risk points of the lowest third of incomes"),
        ("responses.crowding_out.1.fades", "Time in which crowding out halves: kinds of act 2"),
        ("world:layers.work.made_up", "Layers: work, made up"),
        ("made_up", "Made up"),
    ],
)
def test_a_value_is_called_by_what_it_means(path: str, words: str) -> None:
    assert value_name(path) == words


def unnamed(scheme: Scheme, world: World) -> list[str]:
    """Values of the files that are called by their paths."""
    return [path for path, _ in empirical_values(scheme, world) if known_name(path) is None]


@pytest.mark.parametrize("name", package_ids("glasshouse.catalogue"))
def test_every_value_of_the_catalogue_has_words(name: str) -> None:
    scheme = load_scheme(name)
    assert unnamed(scheme, load_world(scheme.world)) == []


def test_every_value_of_a_scheme_with_every_block_has_words() -> None:
    assert unnamed(made_up_scheme(BLOCKS), made_up_world()) == []


@pytest.mark.parametrize("name", package_ids("glasshouse.catalogue"))
def test_no_two_values_of_a_scheme_have_the_same_words(name: str) -> None:
    scheme = load_scheme(name)
    names = [value_name(path) for path, _ in empirical_values(scheme, load_world(scheme.world))]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", ["wendeng-2020", "toeslagen", "robodebt", "headline-score"])
def test_a_report_finds_every_value_that_a_span_moves(name: str, run_folder: Path) -> None:
    """Rules stand in a list, and a path names them by their id."""
    scheme = load_scheme(name)
    world = load_world(scheme.world)
    yaml = YAML(typ="safe", pure=True)
    run = replace(read_run(run_folder), scheme=yaml.load(resolved_yaml(scheme)), world=yaml.load(resolved_yaml(world)))
    values = dict(empirical_values(scheme, world))
    assert [path for path, v in values.items() if run.value(path).get("value") != v.value] == []
