"""Writes `one-prefecture.md`: four rulebooks of one prefecture side by side, for the same invented people.

python docs/catalogue/prefecture.py           # write the page, its picture and its table from the files and the kept result; quick
python docs/catalogue/prefecture.py --check   # exit 1 if one of them is not what files and result say now
python docs/catalogue/prefecture.py --live    # live the people anew into one-prefecture.json (under a minute), then write the page
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import prefecture_chart as chart
import prefecture_people as people
from prefecture_text import page

from glasshouse.report.blocks import Figure
from glasshouse.scheme.load import load_scheme

HERE = Path(__file__).resolve().parent
NAME = "one-prefecture"
KEPT = f"{NAME}.json"


def drawing(it: Figure) -> str:
    """The picture's file. Its first line marks what it was drawn from: letters are drawn a little differently from machine to machine."""
    return f"<!-- {drawn_from(it)} -->\n{chart.svg(it)}\n"


def drawn_from(it: Figure) -> str:
    """A mark of all that the picture shows."""
    said = json.dumps([it.title, it.spec, [key.text for key in it.keys]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def files(kept: dict[str, Any]) -> dict[str, tuple[str, Callable[[str], bool]]]:
    """What the script writes, by file name, each with whether a text that is there says the same."""
    schemes = {name: load_scheme(name) for name in kept["marks"]}
    names = people.grade_names(schemes)
    text, figure, table = page(kept, schemes), people.picture(kept, names, schemes), people.csv_text(kept, names, list(schemes))
    return {
        f"{NAME}.md": (text, lambda there: there == text),
        f"figures/{NAME}.svg": (drawing(figure), lambda there: drawn_from(figure) in there.splitlines()[0]),
        f"figures/{NAME}.csv": (table, lambda there: there == table),
    }


def as_text(kept: dict[str, Any]) -> str:
    """The kept result, a line for each seed and each event, so that a change can be read."""
    return json.dumps(kept, ensure_ascii=False).replace('{"seed"', '\n{"seed"').replace('{"arm"', '\n{"arm"') + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or check it; live the people first where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", action="store_true", help="live the people anew and keep the result")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is stale")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the page is (default: beside this file)")
    asked = parser.parse_args(arguments)
    if asked.live:
        from prefecture_live import live

        (HERE / KEPT).write_text(as_text(live()), encoding="utf-8")
    stale = []
    for name, (text, same) in files(json.loads((HERE / KEPT).read_text(encoding="utf-8"))).items():
        file = asked.folder / name
        if file.exists() and same(file.read_text(encoding="utf-8")):
            continue
        stale.append(name)
        if not asked.check:
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_text(text, encoding="utf-8")
    if asked.check and stale:
        print(f"not what files and result say now; run `make catalogue-pages`: {', '.join(stale)}")
    return 1 if asked.check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
