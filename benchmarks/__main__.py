"""`make bench`: the engine beside a C twin and a NumPy twin, and the whole model beside its spine, into benchmarks/results/.

python -m benchmarks            everything, up to ten million people (about six minutes)
python -m benchmarks --quick    fewer rounds, up to one million people (about two minutes)
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import measure, whole
from benchmarks.c_twin import CTwin
from benchmarks.compare import require_alike, require_equal
from benchmarks.machine_words import describe, slug
from benchmarks.reference import HERE, WEEKS, machine
from benchmarks.targets import targets
from benchmarks.words import page


@dataclass(frozen=True)
class Plan:
    """How much to measure."""

    rounds: int
    sizes: list[int]
    size_rounds: int
    towns: int  # for the comparison with NumPy
    whole_rounds: int
    mechanism_rounds: int
    whole_sizes: list[int]


FULL = Plan(
    rounds=7, sizes=[10_000, 100_000, 1_000_000, 10_000_000], size_rounds=3, towns=12, whole_rounds=5, mechanism_rounds=3,
    whole_sizes=[61_440, 614_400],
)  # fmt: skip
QUICK = Plan(
    rounds=3, sizes=[10_000, 100_000, 1_000_000], size_rounds=2, towns=8, whole_rounds=1, mechanism_rounds=1, whole_sizes=[15_360, 61_440]
)


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, flush=True)


def model() -> dict[str, Any]:
    """What the reference model amounts to, from a run of it."""
    people = measure.TOWNS_SIDE_BY_SIDE * machine(1, 0).town_size
    m = machine(people, 1)
    v = m.layout.view(m.live(0, m.towns)[0])
    years = people * WEEKS * 7 / 365
    return {
        "events": int(v["events"].sum()) / years,
        "adults": int(v["adults"].sum()) / people,
        "entries": 100 * int(v["entries"].sum()) / years,
        "counts": m.layout.size,
    }


def measured(plan: Plan) -> dict[str, Any]:
    """Check that the twins agree with the engine, then measure everything."""
    words = describe()
    say("Checking that the twins agree with the engine ...")
    twin = CTwin()
    filled = require_equal(twin, 3 * machine(1, 0).town_size + 777, 7)
    name, z = require_alike(plan.towns, 3)
    require_alike(plan.towns, 4, superposed=True)
    figures: dict[str, Any] = {"machine": words, "model": model() | {"filled": filled, "worst": f"{name}, {z:.1f}"}}
    say("Side by side ...")
    figures["side by side"] = measure.side_by_side(twin, plan.rounds)
    say("Arms, threads, starts ...")
    figures["arms"] = measure.against_arms(plan.rounds)
    figures["threads"] = measure.with_threads([1, 2], plan.size_rounds)
    figures["starts"] = measure.starts()
    say(f"Up to {plan.sizes[-1]:,} people ...")
    figures["people"] = measure.against_people(plan.sizes, plan.size_rounds)
    say("The whole model ...")
    figures["whole"] = whole.measured(plan.whole_rounds, plan.mechanism_rounds, plan.whole_sizes)
    figures["targets"] = {t.text: {"bound": t.bound, "found": t.found, "met": t.met} for t in targets(figures)}
    return figures


def main() -> None:
    """Measure, write the results, say which targets are met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The engine beside a C twin and a NumPy twin.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and at most a million people")
    parser.add_argument("--out", type=Path, default=HERE / "results", help="folder for the results")
    options = parser.parse_args()
    figures = {"quick": options.quick} | measured(QUICK if options.quick else FULL)
    options.out.mkdir(parents=True, exist_ok=True)
    stem = slug(figures["machine"]) + ("-quick" if options.quick else "")
    (options.out / f"{stem}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (options.out / f"{stem}.md").write_text(page(figures), encoding="utf-8")
    for t in targets(figures):
        say("  ".join(t.row()))
    say(f"Written: {options.out / stem}.md and .json")


if __name__ == "__main__":
    main()
