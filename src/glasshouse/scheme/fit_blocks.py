"""Do ties, gates, rewards, enrolment, officials and responses fit a world: its layers, categories, needs and groups?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.yaml import Path
from glasshouse.scheme.limits import LARGEST_BLOCK
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.people import Responses, restraints
from glasshouse.scheme.ties import HOUSEHOLD
from glasshouse.world.model import World

CATEGORY = "category of conduct"


def block_problems(scheme: Scheme, world: World) -> Iterator[Problem]:
    """Everything in these blocks that is wrong in a world."""
    yield from _ties(scheme, world)
    for name, gate in scheme.gates.items():
        if gate.trap and gate.trap.category not in world.conduct:
            yield unknown(("gates", name, "trap", "category"), CATEGORY, gate.trap.category, world.conduct)
    for name, reward in scheme.rewards.items():
        yield from _adult_needs(("rewards", name, "needs"), reward.needs, world, "rewards are met with by adults")
    if scheme.enrolment:
        yield from _adult_needs(("enrolment", "needs"), scheme.enrolment.needs, world, "children join nothing of their own")
    for name, kind in scheme.false_records.items():
        yield from _groups(("false_records", name, "falls_on"), kind.falls_on, world)
    for name, shares in (scheme.officials.discretion if scheme.officials else {}).items():
        yield from _groups(("officials", "discretion", name), shares, world)
    if scheme.responses:
        yield from _responses(scheme.responses, world)


def _ties(scheme: Scheme, world: World) -> Iterator[Problem]:
    layers = [HOUSEHOLD, *world.layers]
    weights = scheme.association.over if scheme.association else {}
    dropping = scheme.responses is not None and scheme.responses.tie_dropping is not None
    for layer, weight in weights.items():
        at: Path = ("association", "over", layer)
        if layer not in layers:
            yield Problem(at, unknown(at, "layer of ties", layer, layers).text, at_key=True)
        elif dropping and weight > 0 and layer != HOUSEHOLD and world.layers[layer].size.value > LARGEST_BLOCK:
            size = world.layers[layer].size.value
            text = (
                f"where ties can be dropped, blocks have at most {LARGEST_BLOCK} people; those of the layer {quoted(layer)} have {size:g}"
            )
            yield Problem(at, text, at_key=True)
    for name, entry in scheme.lists.items():
        if entry.contacts and entry.contacts.layer not in layers:
            yield unknown(("lists", name, "contacts", "layer"), "layer of ties", entry.contacts.layer, layers)


def _adult_needs(at: Path, needs: list[str], world: World, why: str) -> Iterator[Problem]:
    for i, need in enumerate(needs):
        if need not in world.needs:
            yield unknown((*at, i), "need", need, world.needs)
        elif world.needs[need].who == "minor":
            yield Problem((*at, i), f"{quoted(need)} is a need of minors; {why}")


def _groups(at: Path, groups: Iterable[str], world: World) -> Iterator[Problem]:
    for name in groups:
        if name in ("A", "B", "C") and name not in world.groups:
            yield Problem((*at, name), f"the world has no group {quoted(name)}", at_key=True)


def _responses(block: Responses, world: World) -> Iterator[Problem]:
    named: list[tuple[Path, list[str]]] = []
    for name, one in restraints(block):
        named.append((("responses", *(int(step) if step.isdigit() else step for step in name.split("."))), one.categories))
    if block.silence:
        named.append((("responses", "silence"), block.silence.categories))
    for at, categories in named:
        for i, category in enumerate(categories):
            if category not in world.conduct:
                yield unknown((*at, "categories", i), CATEGORY, category, world.conduct)
        if categories and not any(_done(world, category) for category in categories):
            yield Problem((*at, "categories"), "no adult of this world does any of this, so nothing changes", warning=True, at_key=True)


def _done(world: World, name: str) -> bool:
    """Whether adults do such a thing at all; what is unknown is reported as such."""
    category = world.conduct.get(name)
    return category is None or (category.rate.value > 0 and any(who != "minor" for who in category.who))
