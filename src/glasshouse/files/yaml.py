"""YAML 1.2 as data with the place of every key and value; what a file of ours never needs is refused.

The scanner is ruamel.yaml's (its C part where installed); composing is our own because the place of each key and value
must be kept and because anchors, aliases, tags and deep nesting are refused while reading, before they can cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from glasshouse.files.errors import quoted

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 0
DEEPEST = 30
MOST_VALUES = 200_000  # ten times the largest rulebook of the catalogue


class NotRead(Exception):
    """The text is not a file of ours: a reason, and the place (from 0) if there is one."""

    def __init__(self, why: str, place: Place | None = None, show: bool = False) -> None:
        super().__init__(why)
        self.why, self.place, self.show = why, place, show


@dataclass
class Spot:
    """Where a value stands, and where its parts stand."""

    place: Place
    keys: dict[str | int, Place] = field(default_factory=dict)
    parts: dict[str | int, Spot] = field(default_factory=dict)
    origin: int = 0  # 0: the file itself; 1: the file it extends; 2: the one that this extends in turn


@dataclass
class Tree:
    """A read text: its data, their places, and small faults that did not stop the reading."""

    data: Any
    spot: Spot
    faults: list[tuple[Place, str]]


def parse(text: str) -> Tree:
    """Read one YAML document.

    Raises
    ------
    NotRead
        Not YAML, or something no scheme or world file needs: anchors, aliases, tags, directives, several documents, nesting
        deeper than 30 levels, more than 200,000 keys and values.
    """
    try:
        return _Composer(_events(text, pure=False)).document()
    except YAMLError:
        try:  # the pure scanner words its complaints the same on every machine
            return _Composer(_events(text, pure=True)).document()
        except MarkedYAMLError as error:
            raise _syntax(error, text) from None
        except YAMLError as error:
            raise NotRead(f"this is not YAML: {str(error).splitlines()[0]}") from None


def _events(text: str, pure: bool) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=pure).parse(text)
    return events


def _syntax(error: MarkedYAMLError, text: str) -> NotRead:
    mark = error.problem_mark or error.context_mark
    place = (mark.line, mark.column) if mark else (0, 0)
    lines = split_lines(text)
    for row in range(min(place[0], len(lines) - 1), max(place[0] - 2, -1), -1):
        indent = re.match(r" *\t[ \t]*(?=\S)", lines[row])
        if indent:
            return NotRead("a tab indents this line; indent with spaces", (row, lines[row].index("\t")), show=True)
    why = " ".join(part for part in (error.context, error.problem) if part)
    if why == "mapping values are not allowed here":
        why = "a second ': ' stands on this line; a text that holds one needs quotes"
    return NotRead(f"this is not YAML: {why}", place, show=True)


def split_lines(text: str) -> list[str]:
    """Lines as the scanner counts them."""
    return re.split(r"\r\n|\n|\r", text)


class _Composer:
    """Events to data and places."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.events = events
        self.faults: list[tuple[Place, str]] = []
        self.count = 0

    def document(self) -> Tree:
        next(self.events)  # start of stream
        start = next(self.events)
        if not isinstance(start, DocumentStartEvent):
            raise NotRead("the file is empty")
        if start.version or start.tags:
            raise NotRead("a % directive is not read here; remove it", (0, 0))
        data, spot = self.value(next(self.events), 0)
        next(self.events)  # end of document
        more = next(self.events)
        if isinstance(more, DocumentStartEvent):
            raise NotRead("a second document begins here; a file holds one scheme or world", _place(more))
        return Tree(data, spot, self.faults)

    def value(self, event: Event, depth: int) -> tuple[Any, Spot]:
        place = _place(event)
        self.count += 1
        if self.count > MOST_VALUES:
            raise NotRead(f"the file holds more than {MOST_VALUES:,} keys and values; no scheme or world file does", place)
        if isinstance(event, AliasEvent):
            raise NotRead(f"an alias (*{event.anchor}) is not read here; write the value out", place)
        assert isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent)
        if event.anchor is not None:
            raise NotRead(f"an anchor (&{event.anchor}) is not read here; write the value out where it is needed", place)
        if event.tag is not None:
            raise NotRead(f"a YAML tag ({quoted(event.tag)}) is not read here; write the plain value", place)
        if depth > DEEPEST:
            raise NotRead(f"values are nested more than {DEEPEST} levels deep; no scheme or world file is", place)
        if isinstance(event, MappingStartEvent):
            return self.mapping(Spot(place), depth)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(Spot(place), depth)
        return (scalar(event.value) if event.implicit[0] else event.value), Spot(place)

    def mapping(self, spot: Spot, depth: int) -> tuple[dict[str, Any], Spot]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key, key_spot = self.value(event, depth + 1)
            value, value_spot = self.value(next(self.events), depth + 1)
            if not isinstance(key, str):
                self.faults.append((key_spot.place, f"a key is a word, and {_shown(key)} is not{_hint(key)}"))
            elif key in data:
                first = spot.keys[key][0] + 1
                self.faults.append((key_spot.place, f"the key {quoted(key)} is written twice (first on line {first}); keep one"))
            else:
                data[key], spot.keys[key], spot.parts[key] = value, key_spot.place, value_spot
        return data, spot

    def sequence(self, spot: Spot, depth: int) -> tuple[list[Any], Spot]:
        data: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            value, value_spot = self.value(event, depth + 1)
            spot.keys[len(data)], spot.parts[len(data)] = value_spot.place, value_spot
            data.append(value)
        return data, spot


def _place(event: Event) -> Place:
    mark = event.start_mark
    return (mark.line, mark.column)


def _shown(key: Any) -> str:
    return {dict: "a mapping", list: "a list", type(None): "an empty one"}.get(type(key), quoted(key))


def _hint(key: Any) -> str:
    return f'; write it in quotes: "{str(key).lower()}"' if isinstance(key, int | float) else ""


WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE = re.compile(r"[-+]?[0-9]{1,18}\Z")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")


def scalar(text: str) -> Any:
    """A plain scalar by the core schema of YAML 1.2: null, true, false, numbers; all else (dates, yes, on) is text."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if WHOLE.match(text):
        return int(text)
    return float(text) if NUMBER.match(text) else text
