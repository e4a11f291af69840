"""One way from a file to a checked model, for schemes and worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from glasshouse.files.errors import Fault, FileFaults
from glasshouse.files.extend import whole
from glasshouse.files.read import Document, Problem, read_document
from glasshouse.files.shape import NotRun, shaped

M = TypeVar("M", bound=BaseModel)
MOST = 200  # faults shown of one file


@dataclass(frozen=True)
class Kind(Generic[M]):
    """What there is to know about one kind of file."""

    what: str
    package: str
    model: type[M]
    not_run: NotRun
    problems: Callable[[M], Iterator[Problem]]
    extends: bool = False  # whether a file of this kind may extend one that comes with Glasshouse
    refuse: Callable[[object], None] | None = None  # what there is to say of an id that has no file yet, as an InputError

    def read(self, ref: str | Path) -> Document:
        """The file of an id or path, as data with places, with what it takes over from the file it extends."""
        if self.refuse:
            self.refuse(ref)
        return self.whole(read_document(ref, self.package, self.what))

    def whole(self, document: Document) -> Document:
        """A read file with what it takes over from the file it extends."""
        return whole(document, self.package, self.what) if self.extends else document

    def faults(self, document: Document, more: Callable[[M], Iterator[Problem]] | None = None) -> tuple[M | None, list[Fault]]:
        """The model of a file (None if it has not even the shape), and all its faults, warnings included, in file order."""
        model, problems = shaped(document.data, self.model, self.not_run)
        if model is not None:
            problems += islice(self.problems(model), MOST)
            problems += islice(more(model), MOST) if more else ()
        faults = document.small_faults() + [document.fault(p) for p in dict.fromkeys(problems)]
        names = [document.name, *(base.name for base in document.bases)]
        faults = [f for f in faults if not f.warning or f.file == document.name]  # warnings about a file that is extended are its own
        faults.sort(key=lambda f: (names.index(f.file), f.line, f.column, f.warning, f.text))
        if len(faults) > MOST:
            last = faults[MOST - 1]
            faults = [*faults[:MOST], Fault(last.file, last.line, last.column, "there are more faults; mend these first", "")]
        return model, faults

    def load(self, ref: str | Path) -> M:
        """The model of a file without errors.

        Raises
        ------
        FileFaults
            All errors of the file at once.
        InputError
            There is no such file, or it is not one of ours.
        """
        model, faults = self.faults(self.read(ref))
        errors = [f for f in faults if not f.warning]
        if errors or model is None:
            raise FileFaults(errors)
        return model
