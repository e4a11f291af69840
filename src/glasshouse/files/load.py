"""One way from a file to a checked model, for schemes and worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from glasshouse.files.errors import Fault, FileFaults
from glasshouse.files.read import Document, Problem, read_document
from glasshouse.files.shape import NotRun, shaped

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Kind(Generic[M]):
    """What there is to know about one kind of file."""

    what: str
    package: str
    model: type[M]
    not_run: NotRun
    problems: Callable[[M], Iterable[Problem]]

    def read(self, ref: str | Path) -> Document:
        """The file of an id or path, as data with places."""
        return read_document(ref, self.package, self.what)

    def faults(self, document: Document, more: Callable[[M], Iterable[Problem]] | None = None) -> tuple[M | None, list[Fault]]:
        """The model of a file (None if it has not even the shape), and all its faults, warnings included, in file order."""
        model, problems = shaped(document.data, self.model, self.not_run)
        if model is not None:
            problems += self.problems(model)
            problems += more(model) if more else ()
        faults = document.small_faults() + [document.fault(p) for p in dict.fromkeys(problems)]
        return model, sorted(faults, key=lambda f: (f.line, f.column, f.warning, f.text))

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
