"""Colours and chart defaults. Charts use CSS variables, so one drawing serves light, dark and print."""

from __future__ import annotations

import re
from typing import Any

# One warm hue family, monotonic in lightness, for what stands outside the stated rules; grey for what stands within;
# blue for baselines and for what ends a listing. Chosen to stay apart under common colour-vision deficiencies.
LIGHT = {
    "paper": "#ffffff",
    "page": "#f7f6f3",
    "ink": "#1d2126",
    "soft": "#565d66",
    "faint": "#858c95",
    "rule": "#dcdad4",
    "grid": "#ebe9e4",
    "link": "#1f4e79",
    "focus": "#1f6feb",
    "central": "#1d2126",
    "chance": "#8fb0d3",
    "span": "#7d8792",
    "c1": "#5c1230",
    "c2": "#8e1f3b",
    "c3": "#bb3b3d",
    "c4": "#d9643f",
    "c5": "#e88f4d",
    "c6": "#efb169",
    "c7": "#f3cf98",
    "within": "#a9aeb5",
    "spared": "#2f7f86",
    "none": "#b9c2cc",
    "ordinary": "#3b6ea5",
    "clean": "#7ea6c9",
    "scheme": "#bb3b3d",
    "e1": "#12425f",
    "e2": "#2a6f97",
    "e3": "#5d9ec2",
    "e4": "#9cc7dd",
    "e5": "#d0e4ee",
}
DARK = LIGHT | {
    "paper": "#191c20",
    "page": "#121417",
    "ink": "#e9e8e4",
    "soft": "#b3b8be",
    "faint": "#8a9199",
    "rule": "#383d44",
    "grid": "#2a2e34",
    "link": "#8ebbe8",
    "focus": "#79b0ff",
    "central": "#f2f1ed",
    "chance": "#3f6a97",
    "span": "#8b95a0",
    "c1": "#a3345a",
    "c2": "#bd4256",
    "c3": "#cf564f",
    "c4": "#d8704a",
    "c5": "#dc8b52",
    "c6": "#dea566",
    "c7": "#dfbf88",
    "within": "#6b727b",
    "spared": "#58b3ba",
    "none": "#545c66",
    "ordinary": "#6fa3dc",
    "clean": "#4e7aa3",
    "scheme": "#dc6a5f",
    "e1": "#b7dcef",
    "e2": "#86bfe0",
    "e3": "#5a9cc4",
    "e4": "#3b7398",
    "e5": "#2b4f69",
}

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
SERIF = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, 'Liberation Serif', serif"
HATCH = "url(#hatch-span)"
HATCH_PATTERN = (
    '<pattern id="hatch-span" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" y1="0" x2="0" y2="6" stroke="var(--span)" stroke-width="1.4"/></pattern>'
)


def css_variables(colours: dict[str, str]) -> str:
    """The palette as CSS custom properties."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def resolve(text: str, colours: dict[str, str]) -> str:
    """Replace `var(--name)` by the palette's colour, for charts drawn without a browser."""
    return re.sub(r"var\(--([a-z0-9]+)\)", lambda m: colours[m.group(1)], text)


def config() -> dict[str, Any]:
    """Vega-Lite configuration shared by every chart."""
    text = {"labelColor": "var(--soft)", "titleColor": "var(--soft)", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    return {
        "background": None,
        "font": SANS,
        "aria": False,
        "padding": {"left": 2, "right": 10, "top": 4, "bottom": 2},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "view": {"stroke": None},
        "axis": text
        | {
            "gridColor": "var(--grid)",
            "domainColor": "var(--rule)",
            "tickColor": "var(--rule)",
            "labelPadding": 6,
            "titlePadding": 8,
            "labelOverlap": True,
        },
        "legend": text
        | {
            "orient": "bottom",
            "columns": 2,
            "symbolType": "square",
            "symbolStrokeWidth": 0,
            "labelLimit": 220,
            "title": None,
            "rowPadding": 4,
        },
        "title": {
            "color": "var(--ink)",
            "subtitleColor": "var(--soft)",
            "fontSize": 13,
            "subtitleFontSize": 11,
            "anchor": "start",
            "fontWeight": "bold",
            "offset": 8,
        },
        "text": {"color": "var(--ink)", "fontSize": 13},
    }
