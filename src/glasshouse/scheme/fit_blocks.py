"""Do ties, gates, rewards, enrolment, officials, responses and further kinds fit a world: its layers, categories, needs and groups?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.yaml import Path
from glasshouse.scheme.limits import LARGEST_BLOCK, MOST_RECORDS, WIDEST_SCORES
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.people import Responses, restraints
from glasshouse.scheme.ties import HOUSEHOLD
from glasshouse.world.model import World

CATEGORY = "category of conduct"
HOME = 20  # people: more than twice a household


def block_problems(scheme: Scheme, world: World) -> Iterator[Problem]:
    """Everything in these blocks that is wrong in a world."""
    yield from _ties(scheme, world)
    yield from _scores(scheme, world)
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
    yield from _kinds(scheme, world)


def _kinds(scheme: Scheme, world: World) -> Iterator[Problem]:
    """Firms, roles of false records, ratings, scores of risk."""
    roles = ["resident", *world.roles]  # false records meet children in the role of residents
    for i, item in enumerate(scheme.rules.items if scheme.rules else []):
        others = [who for who in world.conduct[item.when].who if who not in world.roles] if item.when in world.conduct else []
        if item.subject == "firm" and others:
            text = (
                f"a rule for firms is about what only those do who answer for one, and {quoted(item.when)} is also done by {others[0]}s: "
                "name a category of conduct of one of the world's own roles"
            )
            yield Problem(("rules", "items", i, "when"), text)
    for name, kind in scheme.false_records.items():
        for i, role in enumerate(kind.who or []):
            if role not in roles:
                yield unknown(("false_records", name, "who", i), "role", role, roles)
    if scheme.ratings:
        yield from _adult_needs(("ratings", "needs"), scheme.ratings.needs, world, "only the uses of adults are rated")
        if scheme.ratings.category not in world.conduct:
            yield unknown(("ratings", "category"), CATEGORY, scheme.ratings.category, world.conduct)
        yield from _groups(("ratings", "unfair"), scheme.ratings.unfair, world)
    if scheme.risk:
        yield from _groups(("risk", "weights", "group"), scheme.risk.weights.group, world)


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


def _scores(scheme: Scheme, world: World) -> Iterator[Problem]:
    """Scores that others' lives depend on are kept in 32 bits, and summed over blocks of ties."""
    shared = scheme.association or scheme.risk or (scheme.officials and scheme.officials.selection)
    if not shared or scheme.points is None:
        return
    items = scheme.rules.items if scheme.rules else []
    largest = max((abs(x) for item in items for x in (item.points, item.repair.points if item.repair else None) if x), default=0.0)
    ends = [abs(end.value) for end in (scheme.points.start, scheme.points.floor, scheme.points.cap) if end]
    within = scheme.points.floor and scheme.points.cap
    reach = max(ends) if within else max(ends) + 2 * MOST_RECORDS * largest
    over = scheme.association.over if scheme.association else {}
    people = max([HOME, *(2 * world.layers[layer].size.value for layer in over if layer in world.layers)])
    if reach * people > WIDEST_SCORES:
        text = (
            f"scores that count for others may reach {WIDEST_SCORES / people:,.0f} points here, and {MOST_RECORDS} records of the largest "
            f"rule come to {reach:,.0f}: state a `floor` and a `cap`, or fewer points"
        )
        yield Problem(("points",), text, at_key=True)


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
