"""Lives the standard run of catalogue schemes and keeps what their pages and `glasshouse show` say of it. Long; `generate.py` is quick.

    python docs/catalogue/record.py                      # every scheme whose record is missing or of other values
    python docs/catalogue/record.py judgment-defaulters  # this one
    python docs/catalogue/record.py --list               # which are missing or of other values

A record holds the standard run's lines (`glasshouse run ID`), what it gives for each published figure, and a curve: how many false
records go in, and how many days without ground come out, for the scheme as written and with its remedies taken away or changed. Each
point of the curve has small runs of its own.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.files.read import package_ids
from glasshouse.files.settings import empirical_values, for_world, with_values
from glasshouse.files.values import Empirical
from glasshouse.outcomes.summary import Line
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Scheme
from glasshouse.study.figures import Lived, figures
from glasshouse.study.limits import DEFAULTS, usual_people
from glasshouse.study.standard import FOLDER, Standard, beside, kept, mark
from glasshouse.world.load import load_world

DATA = Path(gh.__file__).parent / "catalogue" / FOLDER
OF_CLASSES = ("entries_rate", "sanctioned_days_rate")
OVERALL = (
    "listed_without_cause", "denials", "essential_denials", "children_denials", "wrongly_sanctioned_days", "error_induced_days",
    "collateral_days", "shielded_days", "appeals_filed", "appeals_upheld_share", "without_notice_share", "without_review_share",
    "forgone_protected", "unlawful_acts_prevented", "debts_paid_share", "median_spell", "fines",
)  # fmt: skip
ARMS = ("scheme", "ordinary", "none")
FIELDS = ("outcome", "class", "arm", "unit", "central", "chance_low", "chance_high", "span_low", "span_high", "note")
GROUNDLESS = "without ground"
MOST = 5.0  # times the assumed number of false records
CURVE = {"people": 20_000, "years": 1, "seeds": 4}  # at most as many people as the standard run
OF_A_RUN = ("people", "years", "seed", "seeds", "span")
REMEDIES = ("notice", "review", "correction")


def mended_by(scheme: Scheme) -> str | None:
    """The first safeguard of the file that changes notice, review or correction, and nothing in the world."""
    for name, safeguard in scheme.safeguards.items():
        of_scheme, of_world = for_world(safeguard.set)
        if not of_world and any(path.split(".")[0] in REMEDIES for path in of_scheme):
            return name
    return None


def rates(scheme: Scheme) -> list[tuple[str, Empirical]]:
    """Values that say how many false records go in."""
    return [(path, v) for path, v in empirical_values(scheme) if v.value > 0 and _makes_false_records(path.split("."))]


def _makes_false_records(path: list[str]) -> bool:
    ends = {"false_records": "rate", "batches": "share"}
    return ends.get(path[0]) == path[-1] or path[-2:] == ["misrecorded", "share"]


def multiples(scheme: Scheme) -> list[float]:
    """How many times the assumed number: none, half, as assumed, and up to where a range ends."""
    top = min([MOST, *(v.range[1] / v.value for _, v in rates(scheme))], default=1.0)
    return sorted({0.0, 0.5, 1.0, *([2.0] if top > 2 else []), round(top, 2)}) if rates(scheme) else []


def at(scheme: Scheme, times: float) -> Scheme:
    """The scheme with so many times the assumed false records."""
    values: dict[str, object] = {}
    for path, v in rates(scheme):
        basis = {"per": v.per} if v.per else {"unit": v.unit}
        reach = {"value": v.value * times, "range": [0, max(v.range[1], v.value * times)], "scale": "linear"}
        values[path] = {**reach, **basis, "evidence": "assumed", "why": "a point of a curve"}
    return with_values(scheme, values)


def curve(scheme: Scheme, people: int) -> dict[str, Any]:
    """Days without ground, by how many false records go in: as written, without remedies, with a safeguard that changes them."""
    xs = multiples(scheme)
    if not xs:
        return {}
    size = {**CURVE, "people": min(CURVE["people"], people)}
    there, name = [block for block in REMEDIES if getattr(scheme, block) is not None], mended_by(scheme)
    bare = scheme.model_copy(update={"scenarios": {}, "safeguards": {}, "headline": None})
    written = bare.model_copy(update={"safeguards": {name: scheme.safeguards[name]} if name else {}})
    found = {"as written": ("the scheme as its file has it", [])}
    found |= {"without remedies": (f"{' and '.join(there)} taken away", [])} if there else {}
    found |= {f"with {name}": (scheme.safeguards[name].text.strip(), [])} if name else {}
    for x in xs:
        lines = groundless(at(written, x), size, (name,) if name else ())
        lines["as written"] = lines.pop("scheme", None)
        if there:
            lines["without remedies"] = groundless(at(bare.model_copy(update=dict.fromkeys(there)), x), size).get("scheme")
        for variant, (_, points) in found.items():
            points.append({"x": x} | point(lines.get(variant)))
    variants = [{"name": variant, "text": text, "points": points} for variant, (text, points) in found.items()]
    return {"size": size, "unit": "per 100,000 adult-years", "variants": variants}


def point(line: Line | None) -> dict[str, Any]:
    """What the curve keeps of a line."""
    return {name: rounded(getattr(line, name)) for name in ("central", "chance_low", "chance_high")} if line else {}


def groundless(scheme: Scheme, size: dict[str, int], safeguards: Sequence[str] = ()) -> dict[str, Line | None]:
    """Days under a sanction without ground in a small run, by arm."""
    with tempfile.TemporaryDirectory() as folder:
        run = gh.run(scheme, **size, span=0, with_safeguards=safeguards, out=Path(folder) / "run")
    return dict(run.outcome("sanctioned_days_rate").by_arm(GROUNDLESS))


def record(name: str, size: dict[str, int]) -> dict[str, Any]:
    """Everything that a page says of a run."""
    scheme = load_scheme(name)
    size = {"people": usual_people(scheme), **size}
    with tempfile.TemporaryDirectory() as folder:
        run = gh.run(scheme, **size, out=Path(folder) / "run")  # type: ignore[arg-type]
        lived = Lived.of(run.summary, run.folder / "outcomes.parquet")
        compared = figures(scheme.plausibility, lived)  # a figure compared with nothing is refused here
        study = json.loads((run.folder / "study.json").read_text(encoding="utf-8"))
    kinds = {v["path"]: v["evidence"] for v in study["span"]["values"]}
    moving = [{"path": v["path"], "evidence": kinds[v["path"]], "told": v["told"]} for v in study["influential"]]
    wanted = {*OF_CLASSES, *OVERALL}
    lines = [line for line in run.summary if line.group == "all" and line.outcome in wanted and line.arm in ARMS]
    kept_lines = [cells(line) for line in lines if line.cls == "all" or (line.arm == "scheme" and line.outcome in OF_CLASSES)]
    return {
        "id": name,
        "mark": mark(scheme, load_world(scheme.world)),
        "about": {
            "glasshouse": gh.__version__, "lived": datetime.now(UTC).date().isoformat(), "world": scheme.world, "start": "mature", **size,
        },
        "lines": kept_lines,
        "figures": {compared_with: {k: rounded(v) for k, v in found.items()} for compared_with, found in compared.items()},
        "curve": curve(scheme, size["people"]),
        "influential": moving,
    }  # fmt: skip


def cells(line: Line) -> dict[str, Any]:
    """A line of the summary with numbers to five digits."""
    return {name: rounded(value) for name, value in line.cells().items() if name in FIELDS}


def rounded(value: Any) -> Any:
    """A number to five digits; all else as it is."""
    return float(f"{value:.5g}") if isinstance(value, float) and math.isfinite(value) else value


def stale() -> list[str]:
    """Schemes without a record, whose values were changed since, or with a published figure that the record has nothing for."""
    schemes = [scheme for name in package_ids("glasshouse.catalogue") if "baseline" not in (scheme := load_scheme(name)).kind]
    return [scheme.id for scheme in schemes if not _is_current(scheme, kept(scheme.id))]


def _is_current(scheme: Scheme, run: Standard | None) -> bool:
    same = run is not None and run.mark == mark(scheme, load_world(scheme.world))
    return run is not None and same and all(one.is_kept for one in beside(scheme, run))


def main(arguments: list[str]) -> int:
    """Make the records that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*", help="schemes; by default those whose record is missing or of other values")
    parser.add_argument("--list", action="store_true", help="only say which records are missing or of other values")
    parser.add_argument("--people", type=int, default=None, help="by default as in a run that names no number")
    for key in OF_A_RUN[1:]:
        parser.add_argument(f"--{key}", type=int, default=DEFAULTS[key])
    asked = parser.parse_args(arguments)
    ids = asked.ids or stale()
    if asked.list:
        print("\n".join(ids))
        return 0
    DATA.mkdir(exist_ok=True)
    for name in ids:
        with patch("glasshouse.study.results.lives", return_value=[]):  # a page shows none, and in towns that live by weeks they take long
            made = record(name, {key: getattr(asked, key) for key in OF_A_RUN if getattr(asked, key) is not None})
        text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        (DATA / f"{name}.json").write_text(text, encoding="utf-8")
        print(DATA / f"{name}.json")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except InputError as error:
        sys.exit(str(error))
