"""Does a scheme fit a world? Its categories, roles, needs and contexts, and what the world's envelopes allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from glasshouse.files.errors import InputError, quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.yaml import Path
from glasshouse.scheme.alternatives import alternative_problems
from glasshouse.scheme.fit_blocks import block_problems
from glasshouse.scheme.meaning_figures import world_figure_problems
from glasshouse.scheme.model import Scheme
from glasshouse.world.model import Context, World

CONTEXTS: tuple[str, ...] = get_args(Context)
FALSE_PER = ("person-year", "entry", "record")
TOO_RARE = "what strikes a town less than once in 44 years (0.0223) must be 0"
RAREST_STRIKE = 0.0223  # per town-year, once in 44 years: longer gaps do not fit the clock


def fit_problems(scheme: Scheme, world: World) -> Iterator[Problem]:
    """Everything that is wrong with a scheme in a world."""
    base = list(_as_written(scheme, world))
    yield from base
    yield from alternative_problems(scheme, base, lambda changed, lived: _as_written(changed, lived or world), world)


def _as_written(scheme: Scheme, world: World) -> Iterator[Problem]:
    """What is wrong without its scenarios and safeguards."""
    yield from _categories(scheme, world)
    yield from _rules(scheme, world)
    yield from _gates(scheme, world)
    yield from block_problems(scheme, world)
    yield from world_figure_problems(scheme, world)
    yield from _rates(scheme)
    yield from _payments(scheme, world)
    yield from _false_volume(scheme, world)


def _known(path: Path, what: str, names: Iterable[str], allowed: Iterable[str]) -> Iterator[Problem]:
    known = list(allowed)
    for i, name in enumerate(names):
        if name not in known:
            yield unknown((*path, i), what, name, known)


def _categories(scheme: Scheme, world: World) -> Iterator[Problem]:
    what = "category of conduct"
    for name, channel in scheme.channels.items():
        yield from _known(("channels", name, "covers"), what, channel.covers, world.conduct)
        for true, written in (channel.misrecorded.mistaken_for if channel.misrecorded else {}).items():
            if written not in world.conduct:
                yield unknown(("channels", name, "misrecorded", "mistaken_for", true), what, written, world.conduct)
    for name, kind in scheme.false_records.items():
        yield from _known(("false_records", name, "covers"), what, kind.covers, world.conduct)
    for name, batch in scheme.batches.items():
        yield from _known(("batches", name, "covers"), what, batch.covers, world.conduct)


def _rules(scheme: Scheme, world: World) -> Iterator[Problem]:
    roles = ["resident", "minor", *world.roles]
    covered = {c for channel in scheme.channels.values() for c in channel.covers}
    for i, item in enumerate(scheme.rules.items if scheme.rules else []):
        at: Path = ("rules", "items", i)
        yield from _known((*at, "roles"), "role", item.roles or [], roles)
        if item.context is not None and item.context not in CONTEXTS:
            yield unknown((*at, "context"), "context", item.context, list(CONTEXTS))
        if item.when not in world.conduct:
            yield unknown((*at, "when"), "category of conduct", item.when, world.conduct)
        elif item.when not in covered:
            yield Problem((*at, "when"), f"no channel covers {quoted(item.when)}, so this rule is never applied", warning=True)


def _gates(scheme: Scheme, world: World) -> Iterator[Problem]:
    for name, gate in scheme.gates.items():
        at: Path = ("gates", name)
        yield from _known((*at, "needs"), "need", gate.needs, world.needs)
        yield from _known((*at, "over", "needs"), "need", gate.over.needs if gate.over else [], world.needs)
        if gate.context not in CONTEXTS:
            yield unknown((*at, "context"), "context", gate.context, list(CONTEXTS))
        for i, need in enumerate(gate.needs):
            if gate.on == "parent" and need in world.needs and world.needs[need].who != "minor":
                yield Problem((*at, "needs", i), f"a gate `on: parent` closes needs of minors, and {quoted(need)} is one of adults")


def _rates(scheme: Scheme) -> Iterator[Problem]:
    for name, kind in scheme.false_records.items():
        if kind.rate.per is not None and kind.rate.per not in FALSE_PER:
            at: Path = ("false_records", name, "rate", "per")
            yield Problem(at, f"false records are given per {', per '.join(FALSE_PER)}, not per {kind.rate.per}")
    for name, batch in scheme.batches.items():
        if batch.strikes.per not in (None, "town-year"):
            yield Problem(("batches", name, "strikes", "per"), f"strikes are given per town-year, not per {batch.strikes.per}")
        if 0 < batch.strikes.value < RAREST_STRIKE:
            yield Problem(("batches", name, "strikes", "value"), TOO_RARE)
        low, high = batch.strikes.range
        if low < RAREST_STRIKE and low < high:  # a point of the span may lie anywhere in the range
            yield Problem(("batches", name, "strikes", "range", 0), f"a range of strikes begins at {RAREST_STRIKE} or above: {TOO_RARE}")


def _payments(scheme: Scheme, world: World) -> Iterator[Problem]:
    if scheme.debts is None:
        return
    envelope = world.envelopes.payment.value
    times = scheme.debts.enforcement.value
    both = times * (scheme.debts.listed.value if scheme.debts.listed else 1)
    if times > envelope:
        yield Problem(("debts", "enforcement", "value"), f"payments {times:g} times as fast; the world allows at most {envelope:g} times")
    elif both > envelope:
        yield Problem(
            ("debts", "listed", "value"), f"with enforcement, payments {both:g} times as fast; the world allows at most {envelope:g} times"
        )


def _false_volume(scheme: Scheme, world: World) -> Iterator[Problem]:
    """All kinds together must stay within the candidates that the world's lives provide."""
    from glasshouse.scheme.volume import false_sums, over_envelope  # numpy: only when there is something to add up

    envelope = world.envelopes.false_records.value
    try:
        for name, reached in zip(scheme.false_records, false_sums(scheme, world), strict=True):
            if too_many := over_envelope(reached, world):
                text = f"with those above, {too_many}; the world's envelope is {envelope:g} (envelopes.false_records)"
                yield Problem(("false_records", name, "rate"), text, at_key=True)
                return
    except InputError:
        return  # a name or denominator that is reported above
