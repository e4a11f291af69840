"""Schemes of the catalogue changed: under a scenario or safeguard, or without any error of observation."""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.settings import for_world, with_values
from glasshouse.scheme.model import Scheme


def without_errors(scheme: Scheme) -> Scheme:
    """The scheme as if no record ever concerned another's act or no act, and none were miscoded. Its rules stay as they are."""
    channels = {name: channel.model_copy(update={"misrecorded": None}) for name, channel in scheme.channels.items()}
    return scheme.model_copy(update={"false_records": {}, "batches": {}, "channels": channels})


def alternatives(scheme: Scheme) -> Iterator[tuple[str, Scheme]]:
    """The scheme under each of its scenarios and safeguards; what a scenario sets in the world is left aside."""
    for name, one in (*scheme.scenarios.items(), *scheme.safeguards.items()):
        yield name, with_values(scheme, for_world(one.set)[0])
