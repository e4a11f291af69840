"""Reading a scheme file."""

from __future__ import annotations

from pathlib import Path

from glasshouse.files.load import Kind
from glasshouse.scheme.meaning import scheme_problems
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.not_run import NOT_RUN
from glasshouse.scheme.planned import refuse_planned

PACKAGE = "glasshouse.catalogue"
SCHEME: Kind[Scheme] = Kind("scheme", PACKAGE, Scheme, NOT_RUN, scheme_problems, refuse=refuse_planned)


def load_scheme(ref: str | Path) -> Scheme:
    """A scheme by catalogue id or file path.

    Only what the file says by itself is checked here; whether it fits a world (its categories, needs, roles and envelopes), only
    `scheme.check` can tell.

    Raises
    ------
    InputError
        No such scheme, or a file with faults; the message lists them all.
    """
    return SCHEME.load(ref)
