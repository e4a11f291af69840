"""From a name or a path to checked data: find the file, read it safely, and say where a fault lies."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from glasshouse.files.errors import Fault, InputError, printable, quoted
from glasshouse.files.yaml import NotRead, Place, Spot, Tree, parse, split_lines
from glasshouse.files.yaml import Path as DataPath

LARGEST = 10_000_000  # bytes
BOMS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
# What YAML calls printable, less the line breaks that editors do not show.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Problem:
    """Something wrong, by the path of the data; `at_key` points at the key instead of its value."""

    path: DataPath
    text: str
    warning: bool = False
    at_key: bool = False


@dataclass(frozen=True)
class Document:
    """A read file."""

    name: str
    text: str
    tree: Tree
    bases: tuple[Document, ...] = ()  # the files that it extends, nearest first; `tree` then holds all of them together

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return split_lines(self.text)

    @property
    def data(self) -> Any:
        """What the file says."""
        return self.tree.data

    def fault(self, problem: Problem) -> Fault:
        """A problem with its place in the file."""
        place, origin = locate(self.tree.spot, problem.path, problem.at_key)
        said_by = self.bases[origin - 1] if origin else self
        return said_by.fault_at(place, problem.text, problem.warning)

    def fault_at(self, place: Place, text: str, warning: bool = False) -> Fault:
        """A fault at a line and column counted from 0."""
        line, column = place
        return Fault(self.name, line + 1, column + 1, text, self.lines[line] if line < len(self.lines) else "", warning)

    def small_faults(self) -> list[Fault]:
        """Keys written twice, and keys that are not words."""
        return [self.fault_at(place, text) for place, text in self.tree.faults]


def locate(spot: Spot, path: Iterable[str | int], at_key: bool = False) -> tuple[Place, int]:
    """Line and column, from 0, of a value (or its key), or of the nearest enclosing one that there is; and which file says it."""
    place = spot.place
    steps = list(path)
    for i, step in enumerate(steps):
        if step not in spot.parts:
            break
        inner = i + 1 < len(steps) and steps[i + 1] not in spot.parts[step].parts  # what is missing belongs to this key
        place = spot.keys[step] if inner or (at_key and i + 1 == len(steps)) else spot.parts[step].place
        spot = spot.parts[step]
    return place, spot.origin


def read_document(ref: str | Path, package: str, what: str) -> Document:
    """Read a file of the package by its id, or any file by its path.

    Raises
    ------
    InputError
        No such id or file, not readable, not text, not YAML: one clear line.
    """
    path, name = find(ref, package, what)
    text = decode(read_bytes(path, name), name)
    try:
        tree = parse(text)
    except NotRead as error:
        raise _refused(error, name, text) from None
    if not isinstance(tree.data, dict):
        raise InputError(f"{name}: a {what} file is a mapping of keys to values (key: value), and this is not one")
    return Document(name, text, tree)


def _refused(error: NotRead, name: str, text: str) -> InputError:
    if error.place is None:
        return InputError(f"{name}: {error.why}")
    line, column = error.place
    lines = split_lines(text)
    shown = lines[line] if error.show and line < len(lines) else ""
    return InputError(str(Fault(name, line + 1, column + 1, error.why, shown)))


def find(ref: str | Path, package: str, what: str) -> tuple[Path, str]:
    """The file that an id or a path names, and how to call it in messages."""
    word = str(ref)
    if isinstance(ref, Path) or re.search(r"[/\\]|\.ya?ml\Z", word):
        return Path(ref), printable(word)
    ids = package_ids(package)
    if word in ids:
        return Path(str(resources.files(package) / f"{word}.yaml")), f"{word}.yaml"
    near = get_close_matches(word[:80], ids, n=1, cutoff=0.6)
    hint = f"; did you mean {quoted(near[0])}?" if near else f"; there are: {', '.join(ids)}" if ids else ""
    raise InputError(f"no {what} is called {quoted(word)}, and it is not the path of a .yaml file{hint}")


def package_ids(package: str) -> list[str]:
    """Ids of the files that come with Glasshouse."""
    return sorted(entry.name[:-5] for entry in resources.files(package).iterdir() if entry.name.endswith(".yaml"))


def read_bytes(path: Path, name: str) -> bytes:
    """The content of an ordinary file of bearable size."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise InputError(f"{name}: this is a folder, not a file")
        if not stat.S_ISREG(about.st_mode):
            raise InputError(f"{name}: this is not an ordinary file")
        if about.st_size > LARGEST:
            raise InputError(f"{name}: the file has {about.st_size:,} bytes; at most {LARGEST:,} are read")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file") from None
    except PermissionError:
        raise InputError(f"{name}: there is no permission to read this file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: the file cannot be read: {getattr(error, 'strerror', None) or error}") from None


def decode(raw: bytes, name: str) -> str:
    """Bytes as UTF-8 text without odd characters."""
    for bom, encoding in BOMS.items():
        if raw.startswith(bom):
            raise InputError(f"{name}: the file is in {encoding}; save it as UTF-8")
    if b"\x00" in raw:
        raise InputError(f"{name}: this is not a text file (it holds a zero byte on line {raw[: raw.index(0)].count(10) + 1})")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(f"{name}: line {line} is not UTF-8 (byte 0x{raw[error.start]:02x}); save the file as UTF-8") from None
    odd = UNPRINTABLE.search(text)
    if odd:
        line = len(split_lines(text[: odd.start()]))
        raise InputError(f"{name}: line {line} holds a character that cannot be seen (U+{ord(odd.group()):04X}); remove it")
    if not text.strip():
        raise InputError(f"{name}: the file is empty")
    return text
