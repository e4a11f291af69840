"""Reading what is typed after an option: whole numbers with their limits, and `--set PATH=VALUE`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from cyclopts import Parameter

from glasshouse.files.errors import InputError, quoted
from glasshouse.files.yaml import scalar
from glasshouse.study.limits import LIMITS, checked

LONGEST = 400  # digits; Python converts no number much longer than this


class Token(Protocol):
    """A word of the command line."""

    @property
    def value(self) -> str: ...


def number(name: str, text: str) -> Parameter:
    """An option that takes a whole number within the limits of a run."""
    low, high = LIMITS[name]
    return Parameter(help=f"{text} From {low:,} to {high:,}.", metavar="N", converter=_reader(name), allow_leading_hyphen=True)


def flag(text: str) -> Parameter:
    """An option that is given or not."""
    return Parameter(help=text, negative=(), show_default=False)


def settings(words: Sequence[str]) -> dict[str, object]:
    """`--set PATH=VALUE` as a table from path to value; a value reads as it would in a file."""
    table: dict[str, object] = {}
    for word in words:
        path, equals, value = word.partition("=")
        path, value = path.strip(), value.strip()
        if not (equals and path and value):
            raise InputError(f"--set: {quoted(word)} is not PATH=VALUE; for example --set correction.filed=0.2")
        if path in table:
            raise InputError(f"--set: {quoted(path)} is set twice")
        table[path] = scalar(value)
    return table


def _reader(name: str) -> Callable[[Any, Sequence[Token]], int]:
    def read(type_: Any, tokens: Sequence[Token]) -> int:
        return checked(name, _whole(tokens[0].value), shown=f"--{name}", typed=tokens[0].value)

    return read


def _whole(text: str) -> float | None:
    """A number as people write it (1000000, 1_000_000, 1,000,000, 1e6), or None."""
    bare = text.replace("_", "").replace(",", "")
    if len(bare) > LONGEST and bare.lstrip("+-").isdecimal():
        return -math.inf if bare.startswith("-") else math.inf
    try:
        return int(bare)
    except ValueError:
        pass
    try:
        return float(bare)
    except ValueError:
        return None
