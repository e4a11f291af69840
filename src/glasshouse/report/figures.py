"""Any chart of a report as SVG or PNG, without a browser: for papers, slides and the project's own pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

from glasshouse.report.blocks import Figure
from glasshouse.report.read import read_run
from glasshouse.report.sections import sections
from glasshouse.report.swatch import legend
from glasshouse.report.theme import DARK, HATCH_PATTERN, LIGHT, SANS, resolve
from glasshouse.report.words import STANDING


def figure_ids(folder: Path) -> list[str]:
    """The ids of the charts that this run's report holds, in reading order."""
    return list(_figures(folder)[1])


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
    name, known = _figures(folder)
    if figure not in known:
        raise ValueError(f"no chart named {figure}; this run's report holds {', '.join(known)}")
    import vl_convert

    drawn = svg(known[figure], width, colours, name)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".svg":
        out.write_text(drawn, encoding="utf-8")
    else:
        out.write_bytes(vl_convert.svg_to_png(drawn, scale=2))
    return out


def svg(figure: Figure, width: int, colours: Literal["light", "dark"] = "light", about: str = "") -> str:
    """One chart as SVG text, with its title, its key and the standing line inside.

    Parameters
    ----------
    figure : Figure
        The chart.
    width : int
        Width in pixels.
    colours : {"light", "dark"}
        Which palette.
    about : str, optional
        A line under the title, such as the scheme's name.
    """
    import vl_convert

    palette = DARK if colours == "dark" else LIGHT
    chart = str(vl_convert.vegalite_to_svg(json.dumps(_titled(figure, width, about))))
    height = int(float(_SIZE.search(chart).group(1)))  # type: ignore[union-attr]
    keys, keys_height = legend(list(figure.keys), width - 2 * MARGIN, SANS)
    total = height + keys_height + MARGIN
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{total}" viewBox="0 0 {width} {total}">'
        f"<defs>{HATCH_PATTERN}</defs>"
        f'<rect width="100%" height="100%" fill="var(--paper)"/>{chart}'
        f'<g transform="translate({MARGIN},{height + 4})">{keys}</g></svg>'
    )
    return resolve(drawn, palette)


MARGIN = 18
_SIZE = re.compile(r'<svg[^>]*? height="([0-9.]+)"')


def _figures(folder: Path) -> tuple[str, dict[str, Figure]]:
    run = read_run(folder)
    return run.name, {b.id: b for s in sections(run) for b in s.blocks if isinstance(b, Figure)}


def _titled(figure: Figure, width: int, about: str) -> dict[str, Any]:
    spec = dict(figure.spec) | {"width": width}
    mark = [spec["title"]["text"]] if "title" in spec else []
    lines = [line for line in (about, STANDING) if line]
    spec["title"] = {"text": [*mark, figure.title], "subtitle": lines, "fontSize": 16, "subtitleFontSize": 12, "offset": 14}
    spec["config"] = spec["config"] | {"padding": MARGIN}
    return spec
