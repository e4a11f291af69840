"""What the engine is to reach on the reference model and with everything on, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """A bound, what was found, and in what words."""

    text: str
    found: float
    bound: float
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the bound is kept."""
        return self.found >= self.bound if self.at_least else self.found <= self.bound

    def row(self) -> list[str]:
        """A line for people."""
        sign = "at least" if self.at_least else "at most"
        return [self.text, f"{sign} {self.bound:g}{self.unit}", f"{self.found:.3g}{self.unit}", "met" if self.met else "NOT MET"]


def targets(f: Figures) -> list[Target]:
    """All targets. Times are judged by their medians (peak memory by its most), so that one lucky round does not count."""
    ratio = {name: r["median"] for name, r in f["side by side"]["ratios, round by round"].items()}
    three = next(a for a in f["arms"] if a["arms"] == 3)["times one arm"]["median"]
    by_people = {p["people"]: p for p in f["people"]}
    most, base = by_people[max(by_people)], by_people[100_000]
    per_person = most["nanoseconds per person"]["median"] / base["nanoseconds per person"]["median"]
    size = f"{max(by_people):,} people"
    return [
        Target("CPU time of the engine beside the C twin", ratio["engine time / C time"], 1.5, unit=" times"),
        Target("CPU time of the NumPy twin beside the engine", ratio["NumPy time / engine time"], 8, at_least=True, unit=" times"),
        Target("three arms beside one", three, 2.3, unit=" times"),
        Target("first compile, whole process", f["starts"]["first compile"]["process"], 25, unit=" CPU-seconds"),
        Target("cached start, whole process", f["starts"]["cached start"]["process"]["median"], 1.5, unit=" CPU-seconds"),
        Target(f"peak memory, {size}", most["peak memory, MB"], 500, unit=" MB"),
        Target(f"peak memory, {size} beside 100,000", most["peak memory, MB"] / base["peak memory, MB"], 1.1, unit=" times"),
        Target(f"cost per person, {size} beside 100,000", max(per_person, 1 / per_person), 1.15, unit=" times"),
        *_whole(f["whole"]),
        Target("cached start, everything on", f["starts"]["cached start, everything on"]["process"]["median"], 1.5, unit=" CPU-seconds"),
    ]


def _whole(f: Figures) -> list[Target]:
    on, dearest = f["everything on"], max(f["arms"], key=lambda arm: arm["added"]["median"])
    few, many = f["memory"][0], f["memory"][-1]
    size = f"{many['people']:,} people, everything on"
    return [
        Target("everything on beside the spine, a study's arms", on["a study's arms"]["everything on"]["median"], 2, unit=" times"),
        Target("everything on beside the spine, one arm", on["one arm"]["everything on"]["median"], 2, unit=" times"),
        Target(f"each further arm beside one, everything on ({dearest['arm']})", dearest["added"]["median"], 0.8, unit=" times"),
        Target(f"peak memory, {size}", many["peak"] / 1e6, 600, unit=" MB"),
        Target(f"peak memory, {size} beside {few['people']:,}", many["peak"] / few["peak"], 1.25, unit=" times"),
    ]
