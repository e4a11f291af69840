"""What `glasshouse.run` hands back: a finished run to ask, to show in a notebook, and to report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from glasshouse.outcomes.rows import ALL
from glasshouse.outcomes.summary import FIELDS, Line
from glasshouse.study.run import StudyResult

NOTE = "Invented people; not a forecast; not evidence that any real scheme is safe, lawful or fair."


@dataclass(frozen=True)
class Outcome:
    """One outcome of a run: its lines, each with central value, chance and span apart.

    Examples
    --------
    >>> run.outcome("entries").by_class()["ground unmet"].central  # doctest: +SKIP
    """

    name: str
    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def by_class(self, arm: str = "scheme", group: str = ALL) -> dict[str, Line]:
        """The lines of one arm and group, by class of sanction."""
        return {line.cls: line for line in self.lines if line.arm == arm and line.group == group}

    def by_group(self, arm: str = "scheme", cls: str = ALL) -> dict[str, Line]:
        """The lines of one arm and class, by group."""
        return {line.group: line for line in self.lines if line.arm == arm and line.cls == cls}

    def by_arm(self, cls: str = ALL, group: str = ALL) -> dict[str, Line]:
        """The lines of one class and group, by arm: the scheme, its clean ledger and twins, ordinary law, no scheme, what is mended."""
        return {line.arm: line for line in self.lines if line.cls == cls and line.group == group}

    def _repr_html_(self) -> str:
        """A table, for notebooks."""
        return table(self.lines)


@dataclass(frozen=True)
class Run(StudyResult):
    """A finished run."""

    @property
    def outcomes(self) -> list[str]:
        """The names of all outcomes, in the order of the summary."""
        return list(dict.fromkeys(line.outcome for line in self.summary))

    def outcome(self, name: str) -> Outcome:
        """One outcome.

        Raises
        ------
        glasshouse.files.errors.InputError
            No such outcome; the message names the nearest.
        """
        lines = tuple(line for line in self.summary if line.outcome == name)
        if not lines:
            from glasshouse.files.errors import InputError, did_you_mean, quoted

            raise InputError(f"no outcome {quoted(name)}{did_you_mean(name, self.outcomes)}")
        return Outcome(name, lines)

    def report(self, path: str | Path | None = None) -> Path:
        """Write the report, by default into the run's folder. Returns its path."""
        from glasshouse.report.html import write_report

        return write_report(self.folder, Path(path) if path is not None else None)

    def _repr_html_(self) -> str:
        """The scheme's arm, everyone, all classes; for notebooks."""
        kept = [line for line in self.summary if (line.arm, line.group, line.cls) == ("scheme", ALL, ALL)]
        return table(kept) + f"<p>{escape(NOTE)}</p>"


def table(lines: tuple[Line, ...] | list[Line]) -> str:
    """Lines of a summary as an HTML table."""
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in FIELDS)
    rows = "".join("<tr>" + "".join(f"<td>{_cell(v)}</td>" for v in line.cells().values()) + "</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    return escape(value) if isinstance(value, str) else f"{value:.4g}"
