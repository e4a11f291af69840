"""The standard run of each scheme of the catalogue, kept as a record: `show` and the catalogue's pages read it, nothing is lived anew.

`docs/catalogue/record.py` makes the records. Each holds a mark of the values it was lived with: a file whose values were changed since,
or a copy of one's own, is not shown beside figures that are not its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from pydantic import BaseModel

from glasshouse.files.errors import InputError
from glasshouse.scheme.figures import Divisor, Published
from glasshouse.scheme.model import Scheme
from glasshouse.world.load import load_world
from glasshouse.world.model import World

PACKAGE, FOLDER = "glasshouse.catalogue", "data"
PROSE = {"text", "why", "note", "about", "source", "evidence", "fitted_to", "cost_of_denial"}  # moves no figure, wherever it stands
OF_THE_FILE = {  # likewise, at the top of a file; and what only a full run lives beside the scheme
    "name", "place", "years", "kind", "status", "summary", "claimed_purpose", "reformed", "documented", "question", "targets",
    "plausibility", "standard_run", "ask_the_operator", "left_out", "sources", "scenarios", "safeguards", "headline", "world",
}  # fmt: skip
ALL = "all"
NOT_KEPT = "not kept: the run is older than the figure"


@dataclass(frozen=True)
class Standard:
    """A kept run: its size, when and with which version it was lived, its lines, the curve over false records, what moves its answer."""

    id: str
    mark: str
    about: Mapping[str, Any]
    lines: list[dict[str, Any]]
    curve: Mapping[str, Any]
    influential: list[dict[str, Any]] = field(default_factory=list)  # path, evidence; told: whether its influence can be told from none
    figures: Mapping[str, dict[str, Any]] = field(default_factory=dict)  # by `what` published figures are compared with

    def line(self, outcome: str, cls: str = ALL, arm: str = "scheme") -> dict[str, Any] | None:
        """One line of the summary for everyone, or None."""
        same = (outcome, cls, arm)
        return next((one for one in self.lines if (one["outcome"], one["class"], one["arm"]) == same), None)


@dataclass(frozen=True)
class Beside:
    """A published figure beside the standard run; `central` is None where the run shows too few events, or kept no such figure."""

    name: str
    published: Published
    central: float | None
    chance: tuple[float | None, float | None]
    span: tuple[float | None, float | None]
    is_kept: bool = True  # False: the run was lived before the figure was asked for

    @property
    def off(self) -> str:
        """How far the run is off, in words."""
        return how_far(self.published.value, self.central) if self.is_kept else NOT_KEPT


def mark(scheme: Scheme, world: World) -> str:
    """A hash of every value that a run's figures depend on; wording, sources and reasons are left out."""
    parts = [{name: _values(getattr(part, name)) for name in _fields(part, OF_THE_FILE)} for part in (scheme, world)]
    said = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _values(node: Any) -> Any:
    if isinstance(node, BaseModel):
        return {name: _values(getattr(node, name)) for name in _fields(node, set())}
    if isinstance(node, Mapping):
        return {str(key): _values(child) for key, child in node.items()}
    return [_values(child) for child in node] if isinstance(node, list | tuple) else node


def _fields(node: BaseModel, less: set[str]) -> list[str]:
    """What is not said does not count: so a key that the language gains later leaves old marks as they are."""
    fields = type(node).model_fields
    said = {name for name, field in fields.items() if getattr(node, name) != field.get_default(call_default_factory=True)}
    return [name for name in fields if name in said - PROSE - less]


def standard(scheme: Scheme) -> Standard | None:
    """The kept standard run of a scheme, or None: there is none, or it was lived with other values."""
    found = kept(scheme.id)
    return found if found and found.mark == mark(scheme, load_world(scheme.world)) else None


def kept(name: str) -> Standard | None:
    """The record of a catalogue id, whatever values it was lived with."""
    file = resources.files(PACKAGE) / FOLDER / f"{name}.json"
    return Standard(**json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def beside(scheme: Scheme, run: Standard) -> list[Beside]:
    """Each published figure of a file beside the standard run.

    Raises
    ------
    InputError
        A figure is in another unit than the outcome's.
    """
    return [_beside(name, published, run) for name, published in scheme.plausibility.items()]


def _beside(name: str, published: Published, run: Standard) -> Beside:
    simple = not (published.detail or published.over)
    found = run.figures.get(what(published)) or (run.line(published.outcome, published.of) if simple else None)
    if found is None:
        return Beside(name, published, None, (None, None), (None, None), is_kept=False)
    if not published.over and found["unit"] != published.unit:
        raise InputError(f"plausibility.{name}: {published.outcome} is given {found['unit']}, not {published.unit}")
    chance, span = ((found[f"{kind}_low"], found[f"{kind}_high"]) for kind in ("chance", "span"))
    return Beside(name, published, found["central"], chance, span)


def what(part: Published | Divisor) -> str:
    """What a figure is compared with, in one line: the mark under which it is kept."""
    said = f"{part.outcome} ({', '.join(part.detail)})" if part.detail else part.outcome
    said = said if part.of == ALL else f"{said} of {part.of}"
    over = part.over if isinstance(part, Published) else None
    return f"{said} over {what(over)}" if over else said


def how_far(published: float, run: float | None) -> str:
    """How far a run's figure is off a published one.

    Examples
    --------
    >>> how_far(200, 214), how_far(200, 60), how_far(200, 700)
    ('7 % above', '70 % below', '3.5 times as much')
    """
    if run is None:
        return "too few events to say"
    if published == 0:
        return "the same" if run == 0 else "published as none"
    ratio = run / published
    if ratio >= 2:
        return f"{ratio:.2g} times as much"
    if abs(ratio - 1) < 0.005:
        return "the same to a per cent"
    return f"{abs(ratio - 1) * 100:.0f} % {'above' if ratio > 1 else 'below'}"
