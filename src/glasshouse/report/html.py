"""The pages: a run's report, and several runs side by side. From run folders alone; nothing is simulated and nothing is fetched."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from glasshouse.report import baselines, classes, headline
from glasshouse.report.blocks import Figure
from glasshouse.report.page import page, write_whole
from glasshouse.report.read import Run, read_run
from glasshouse.report.sections import answer, facts, sections
from glasshouse.report.words import MARKS


def write_report(folder: Path, out: Path | None = None) -> Path:
    """Write the report of a run.

    Parameters
    ----------
    folder : Path
        A run's folder (see the product contract). Only files in it are read; nothing is simulated.
    out : Path, optional
        Where the page goes; `report.html` inside the folder by default.

    Returns
    -------
    Path
        The page, written whole or not at all.

    Raises
    ------
    FileNotFoundError
        If the folder holds no summary.
    """
    target = out or folder / "report.html"
    write_whole(target, render(read_run(folder)))
    return target


def render(run: Run) -> str:
    """The page as text."""
    found = sections(run)
    charts = {b.id: b.spec for s in found for b in s.blocks if isinstance(b, Figure)}
    return page(
        "report.html.j2",
        charts,
        run=run,
        sections=found,
        answer=answer(run),
        facts=facts(run),
        mark=MARKS.get(run.status, ""),
        question=_question(run),
    )


def _question(run: Run) -> str:
    return str(run.scheme.get("question") or f"What does {run.name} do to the people inside it?")


@dataclass(frozen=True)
class Entry:
    """One run on the page."""

    run: Run
    link: str
    question: str
    mark: str
    answer: list[str]
    emphasis: str
    figures: list[Figure | None]  # in one order for every run, so that the columns stand row by row; None where a run has no such chart


def write_demo_index(folders: Sequence[Path], out: Path) -> Path:
    """Write a page with the answers, curves and baselines of several runs, each linked to its own report.

    Parameters
    ----------
    folders : sequence of Path
        Run folders, each with its `report.html`.
    out : Path
        Where the page goes. Links to the reports are relative to it.

    Returns
    -------
    Path
        The page.
    """
    runs = [read_run(folder) for folder in folders]
    top = max((headline.highest(run) for run in runs), default=0.0)
    entries = [_entry(run, out, top) for run in runs]
    charts = {f.id: f.spec for e in entries for f in e.figures if f is not None}
    write_whole(out, page("index.html.j2", charts, entries=entries))
    return out


def _entry(run: Run, out: Path, top: float) -> Entry:
    found = [headline.figure(run, top), baselines.baseline_figure(run), classes.share_figure(run)]
    figures = [f and replace(f, id=f"{run.id}-{f.id}") for f in found]
    link = quote(Path(os.path.relpath(run.folder / "report.html", out.parent)).as_posix())
    return Entry(run, link, _question(run), MARKS.get(run.status, ""), answer(run), headline.sentence(run), figures)
