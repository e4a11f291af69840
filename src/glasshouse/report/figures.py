"""Any chart of a report as SVG or PNG, without a browser: for papers, slides and the project's own pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from glasshouse.report.blocks import Figure
from glasshouse.report.read import read_run
from glasshouse.report.sections import sections
from glasshouse.report.theme import DARK, HATCH_PATTERN, LIGHT, resolve
from glasshouse.report.words import STANDING


def figure_ids(folder: Path) -> list[str]:
    """The ids of the charts that this run's report holds, in reading order."""
    return list(_figures(folder))


def export(folder: Path, figure: str, out: Path, width: int = 760, colours: Literal["light", "dark"] = "light") -> Path:
    """Draw one chart of a run's report into a file.

    Parameters
    ----------
    folder : Path
        A run's folder.
    figure : str
        The chart's id (see `figure_ids`).
    out : Path
        A path that ends in `.svg` or `.png`.
    width : int
        Width in pixels; a PNG is drawn at twice that.
    colours : {"light", "dark"}
        Which palette.

    Raises
    ------
    ValueError
        If the report holds no such chart, or the ending is neither.
    """
    if out.suffix not in {".svg", ".png"}:
        raise ValueError(f"{out.name}: a chart is written as .svg or .png")
    known = _figures(folder)
    if figure not in known:
        raise ValueError(f"no chart named {figure}; this run's report holds {', '.join(known)}")
    import vl_convert

    drawn = svg(known[figure], width, colours)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".svg":
        out.write_text(drawn, encoding="utf-8")
    else:
        out.write_bytes(vl_convert.svg_to_png(drawn, scale=2))
    return out


def svg(figure: Figure, width: int, colours: Literal["light", "dark"] = "light") -> str:
    """One chart as SVG text, with its title, its key in words and the standing line inside."""
    import vl_convert

    palette = DARK if colours == "dark" else LIGHT
    text = resolve(json.dumps(_with_title(figure, width)), palette)
    drawn = str(vl_convert.vegalite_to_svg(text))
    start = drawn.index(">", drawn.index("<svg")) + 1
    return f"{drawn[:start]}<defs>{resolve(HATCH_PATTERN, palette)}</defs>{drawn[start:]}"


def _figures(folder: Path) -> dict[str, Figure]:
    return {b.id: b for s in sections(read_run(folder)) for b in s.blocks if isinstance(b, Figure)}


def _with_title(figure: Figure, width: int) -> dict[str, Any]:
    spec = dict(figure.spec) | {"width": width}
    mark = [spec["title"]["text"]] if "title" in spec else []
    keys = [f"{_SHAPES[k.shape]}{k.text}" for k in figure.keys]
    spec["title"] = {
        "text": [*mark, figure.title],
        "subtitle": [*_wrapped(keys, width), STANDING],
        "fontSize": 16,
        "subtitleFontSize": 12,
        "offset": 14,
    }
    spec["config"] = spec["config"] | {"background": "var(--paper)", "padding": 18}
    return spec


_SHAPES = {
    "line": "Line: ",
    "band": "Filled band: ",
    "hatch": "Hatched band: ",
    "thick": "Thick line: ",
    "dashed": "Dashed line: ",
    "square": "",
    "dot": "Dot: ",
    "ring": "Ring: ",
    "diamond": "Diamond: ",
    "triangle": "Triangle: ",
    "down": "Triangle, down: ",
    "cross": "Cross: ",
}


def _wrapped(parts: list[str], width: int) -> list[str]:
    """The key's entries on as few lines as fit."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width // 7:
            lines[-1] += f";  {part}"
        else:
            lines.append(part)
    return lines
