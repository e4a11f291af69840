"""Does a scheme file make sense by itself? What only a world can tell stands in `scheme/fit.py`."""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.evidence import linked_problems, value_problems
from glasshouse.files.names import name_problems, source_problems
from glasshouse.files.read import Problem
from glasshouse.files.walk import values
from glasshouse.scheme.model import Scheme


def scheme_problems(scheme: Scheme) -> Iterator[Problem]:
    """Everything that is wrong with a scheme, as far as the file alone tells."""
    found = list(values(scheme))
    yield from value_problems(found, scheme.sources, rule_sources=True)
    yield from linked_problems(found)
    yield from source_problems(scheme, scheme.sources)
    yield from name_problems(scheme)
