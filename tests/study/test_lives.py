"""Who the people of the example lives are told to be."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.machine import Machine, Times
from glasshouse.mechanism.classes import CLASSES
from glasshouse.mechanism.lists import NEVER
from glasshouse.scheme.compile import no_scheme
from glasshouse.study.lives import Example, examples, who_is
from glasshouse.world.compile import GROUPS, compile_world
from glasshouse.world.people import town_people
from tests.made_up import made_up_world


@pytest.mark.parametrize("people", [400, 1100])
def test_role_and_group_are_those_of_the_person(people: int) -> None:
    world = made_up_world()
    tables = compile_world(world)
    machine = Machine(tables, [no_scheme(world, tables)], Times(people=people, weeks=1, seed=5))
    for town in range(machine.towns):
        first = town * machine.town_size
        known = town_people(tables, 5, town, min(machine.town_size, people - first))
        for local in range(0, len(known), 7):
            who, person = who_is(machine, first + local), known[local]
            assert (who.town, who.household) == (town, person["household"])
            assert who.role == tables.names["roles"][person["role"]]
            assert who.group == GROUPS[person["group"]]


def test_the_example_is_the_person_in_the_middle() -> None:
    sample = np.full((len(CLASSES), 4, 2), NEVER)
    sample[1, :3] = [[70, 30], [71, 10], [72, 20]]  # (person, days): the one with 20 days stands in the middle
    sample[2, :2] = [[80, 9], [81, 5]]  # of two the lower
    assert examples(sample) == [Example(CLASSES[1], 72), Example(CLASSES[2], 81)]
