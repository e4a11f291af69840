"""Filling a page: the templates, the one inlined script bundle, the style, and a policy that lets nothing be fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from glasshouse.report.blocks import Cell, Key
from glasshouse.report.swatch import swatch
from glasshouse.report.theme import DARK, HATCH_PATTERN, LIGHT, SANS, SERIF, css_variables
from glasshouse.report.words import STANDING, number


def page(template: str, charts: dict[str, dict[str, Any]], **values: Any) -> str:
    """Fill a template with the bundle, the charts, the style and a policy that allows exactly these scripts and no address."""
    charts_script = f"const CHARTS={_in_script(charts)};\n{_own('page.js')}"
    scripts = [Markup(bundle()), Markup(charts_script)] if charts else []
    environment = Environment(
        loader=PackageLoader("glasshouse.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"cell": cell, "swatch": _swatch}
    return environment.get_template(template).render(
        scripts=scripts, policy=_policy(scripts), style=Markup(_style()), hatch=Markup(HATCH_PATTERN), standing=STANDING, **values
    )


def _swatch(key: Key) -> Markup:
    return Markup(swatch(key))


@cache
def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script (about 0.9 MB)."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def cell(value: Cell) -> str:
    """A table cell: figures as in the text, an absent one as a dash."""
    if value is None or value == "":
        return "–"
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def write_whole(target: Path, text: str) -> None:
    """Write beside the target and move into place, so that a broken page never looks whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _in_script(value: Any) -> str:
    """JSON that cannot end the script it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(scripts: list[Markup]) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts) or "'none'"
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def _style() -> str:
    light, dark = css_variables(LIGHT), css_variables(DARK)
    roots = f":root{{{light}--sans:{SANS};--serif:{SERIF};color-scheme:light dark}}"
    roots += f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return roots + _own("style.css")


def _own(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")
