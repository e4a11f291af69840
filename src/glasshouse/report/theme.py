"""Colours and chart defaults. Charts use CSS variables, so one drawing serves light, dark and print."""

from __future__ import annotations

import re
from typing import Any

# One ramp from violet over red to sand, monotonic in lightness, for what stands outside the stated rules, in the order of the classes;
# grey for what stands within; blue for baselines and for what ends a listing; teal for what runs the other way. Neighbours of the ramp
# stay apart (a colour difference of 6 or more) under the common colour-vision deficiencies.
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
    "c1": "#2f1147",
    "c2": "#5b1260",
    "c3": "#86194f",
    "c4": "#ad2b43",
    "c5": "#c9483a",
    "c6": "#db6533",
    "c7": "#e3853a",
    "c8": "#e8a249",
    "c9": "#ecbb63",
    "c10": "#ecd28b",
    "within": "#a9aeb5",
    "harm": "#d9643f",
    "spared": "#2f7f86",
    "none": "#b9c2cc",
    "ordinary": "#3b6ea5",
    "clean": "#7ea6c9",
    "errorfree": "#4f9d8f",
    "alone": "#8c7bb5",
    "scheme": "#bb3b3d",
    "m1": "#1f6f78",
    "m2": "#7fa650",
    "m3": "#9a6fb8",
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
    "c1": "#6340a6",
    "c2": "#8b3f9c",
    "c3": "#ac3e78",
    "c4": "#c4495a",
    "c5": "#d35d42",
    "c6": "#de773c",
    "c7": "#e69247",
    "c8": "#eaad5d",
    "c9": "#ecc77f",
    "c10": "#efe0ae",
    "within": "#525860",
    "harm": "#d8704a",
    "spared": "#58b3ba",
    "none": "#545c66",
    "ordinary": "#6fa3dc",
    "clean": "#4e7aa3",
    "errorfree": "#5fb3a4",
    "alone": "#9d8dc6",
    "scheme": "#dc6a5f",
    "m1": "#4aa6b0",
    "m2": "#a5c878",
    "m3": "#bd99d6",
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
