"""A scheme's values as a table for a paper: Markdown, CSV or LaTeX."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TextIO

from glasshouse.cli.values import Row, plain, rows, span

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme

COLUMNS = ("value of", "value", "unit or denominator", "range", "evidence", "source")
LATEX = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})


def write_table(scheme: Scheme, form: Literal["markdown", "csv", "latex"], out: TextIO) -> None:
    """Write one row per value. CSV keeps full numbers and splits the range in two columns; the others round to four digits."""
    found = rows(scheme)
    if form == "csv":
        _csv(found, out)
        return
    lines = [[row.path, plain(row.value), row.unit, span(row), row.evidence, row.source] for row in found]
    out.write(_markdown(lines) if form == "markdown" else _latex(lines, scheme))


def _csv(found: Sequence[Row], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["path", "value", "unit", "low", "high", "scale", "evidence", "source", "why"])
    writer.writerows([r.path, r.value, r.unit, r.low, r.high, r.scale, r.evidence, r.source, " ".join(r.why.split())] for r in found)


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    return line(COLUMNS) + "| --- | ---: | --- | --- | --- | --- |\n" + "".join(line(cells) for cells in lines)


def _latex(lines: Sequence[Sequence[str]], scheme: Scheme) -> str:
    def line(cells: Sequence[str]) -> str:
        return " & ".join(cell.translate(LATEX) for cell in cells) + r" \\" + "\n"

    return (
        "% needs \\usepackage{longtable,booktabs}\n\\begin{longtable}{lrlllp{0.2\\textwidth}}\n"
        f"\\caption{{Values of {scheme.name.translate(LATEX)}.}}\\\\\n\\toprule\n{line(COLUMNS)}\\midrule\n\\endhead\n"
        f"{''.join(line(cells) for cells in lines)}\\bottomrule\n\\end{{longtable}}\n"
    )
