"""The small drawings of a chart's key: the same ones on the page and under an exported chart."""

from __future__ import annotations

from html import escape

from glasshouse.report.blocks import Key

WIDTH, HEIGHT = 22, 12
_DRAWN = {
    "line": '<line x1="0" y1="6" x2="22" y2="6" stroke="{c}" stroke-width="2.4"/>',
    "band": '<rect width="22" height="12" fill="{c}"/>',
    "hatch": '<rect x=".5" y=".5" width="21" height="11" fill="url(#hatch-span)" stroke="{c}" stroke-dasharray="3 2"/>',
    "square": '<rect x="5" width="12" height="12" fill="{c}"/>',
    "dot": '<circle cx="11" cy="6" r="4.5" fill="{c}"/>',
    "ring": '<circle cx="11" cy="6" r="4" fill="none" stroke="{c}" stroke-width="1.6"/>',
    "thick": '<line x1="0" y1="6" x2="22" y2="6" stroke="{c}" stroke-width="5"/>',
    "dashed": '<path d="M1 1v10M21 1v10" stroke="{c}" stroke-width="1.4"/>'
    '<line x1="1" y1="6" x2="21" y2="6" stroke="{c}" stroke-width="1.4" stroke-dasharray="3 3"/>',
    "diamond": '<path d="M11 1l5 5-5 5-5-5z" fill="{c}"/>',
    "triangle": '<path d="M11 1l5 10H6z" fill="{c}"/>',
    "down": '<path d="M11 11l5-10H6z" fill="{c}"/>',
    "right": '<path d="M6 1l10 5-10 5z" fill="{c}"/>',
    "box": '<rect x="5.5" y=".5" width="11" height="11" fill="none" stroke="{c}"/>',
    "stroke": '<path d="M5 6h12" stroke="{c}" stroke-width="3"/>',
    "cross": '<path d="M9 1h4v3h3v4h-3v3H9V8H6V4h3z" fill="{c}"/>',
}


def swatch(key: Key) -> str:
    """A key's drawing, in a box of 22 by 12."""
    return _DRAWN[key.shape].format(c=escape(key.colour))


def legend(keys: list[Key], width: int, font: str) -> tuple[str, int]:
    """A chart's key as SVG, in as many lines as its width needs, and its height."""
    parts: list[str] = []
    x, y = 0.0, 0
    for key in keys:
        needs = WIDTH + 8 + 6.4 * len(key.text)  # a generous mean width of a letter at 12 pixels
        if x and x + needs > width:
            x, y = 0.0, y + 20
        text = f'<text x="{WIDTH + 8}" y="10.5" font-family="{escape(font)}" font-size="12" fill="var(--soft)">{escape(key.text)}</text>'
        parts.append(f'<g transform="translate({x:.0f},{y})">{swatch(key)}{text}</g>')
        x += needs + 18
    return "".join(parts), (y + 20 if parts else 0)
