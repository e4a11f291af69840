"""The results as a page in Markdown."""

from __future__ import annotations

from typing import Any

from benchmarks import whole_words
from benchmarks.tables import short, spread_words, table
from benchmarks.targets import targets

Figures = dict[str, Any]
ABOUT = """\
**The reference model** (`benchmarks/reference-world.yaml`, `benchmarks/reference-scheme.yaml`): towns of 15,360 adults and minors in
households, eight categories of conduct, two needs (both travel), {events:.1f} candidate events per person-year; one channel that sees
four of the categories, one kind of false record (another's act), one list of 180 days entered by a single record ({entries:.1f} entries per
100 person-years), one gate, no points; a launch start and 52 weeks. A person-day is one person living one counted day.

**The C twin** (`benchmarks/twin.c`) makes the same draws and counts the same things: all {counts:,} counts of the engine ({filled:,} of
them not zero in the check) are equal, bit for bit. It knows the reference model when it is compiled, its rates and tables being constants
of the program, and leaves out everything that the model does not use (its head says what).

**The NumPy twin** (`benchmarks/numpy_twin.py`) lives the same model with arrays over people and random numbers of its own, one per process,
person and day, as such models are usually written. Its main counts lie within 4 standard errors of the engine's (furthest: {worst}).
*Superposed* is the same with one number per person and day for all processes together: the better NumPy program, shown so that nobody
takes the plain one for the best there is. Neither follows people beyond the 52 weeks, which the engine and the C twin do.

All rates are per CPU-second of one thread, measured in turn in one process, so that all meet the same disturbances."""


def page(f: Figures) -> str:
    """The whole page."""
    quick = " This was a quick run: fewer rounds, fewer people." if f["quick"] else ""
    parts = [
        "# Benchmark",
        "A small reference model in the engine, in C and in NumPy; then the whole model beside its own spine.",
        ABOUT.format(**f["model"]),
        "## Targets",
        table(["what", "target", "found", ""], [t.row() for t in targets(f)]),
        f"Ratios and times are medians over rounds.{quick}",
        "## Side by side",
        *_side_by_side(f["side by side"]),
        "## Cost against people",
        *_people(f["people"]),
        "## Cost against arms",
        table(
            ["arms", "million people-days per CPU-second (best)", "times one arm (median; least to most)"],
            [[str(a["arms"]), f"{a['people-days per CPU-second'] / 1e6:.0f}", spread_words(a["times one arm"])] for a in f["arms"]],
        ),
        "The second arm is no scheme, the third a list of 360 days, the fourth one of 90 days.",
        "## Threads",
        table(
            ["threads", "wall seconds", "CPU seconds", "times one thread"],
            [[str(t["threads"]), f"{t['wall seconds']:.2f}", f"{t['CPU seconds']:.2f}", f"{t['times one']:.2f}"] for t in f["threads"]],
        ),
        "Wall time means something only where nothing else runs: see the load of the machine below.",
        *whole_words.page(f["whole"]),
        "## Starts",
        *_starts(f["starts"]),
        "## Machine",
        table(["", ""], [[k, v] for k, v in f["machine"].items()]),
    ]
    return "\n\n".join(parts) + "\n"


def _people(rows: list[Figures]) -> list[str]:
    head = ["people", "ns per person (median; least to most)", "million people-days per CPU-second", "peak memory, MB", "bytes per person"]
    lines = []
    for p in rows:
        rate, peak, each = p["people-days per CPU-second"] / 1e6, p["peak memory, MB"], p["working memory, bytes per person"]
        lines.append([f"{p['people']:,}", spread_words(p["nanoseconds per person"]), f"{rate:.0f}", f"{peak:.0f}", short(each)])
    said = (
        "Each size in processes of its own. Peak memory is the whole process, with Python, NumPy and Numba. Bytes per person are the "
        f"engine's own working memory, {rows[0]['working memory, bytes'] / 1e6:.1f} MB for a thread whatever the number "
        "of people, shared among them."
    )
    return [table(head, lines), said]


def _side_by_side(f: Figures) -> list[str]:
    rates = [
        [name, f"{r['median'] / 1e6:.1f}", f"{r['most'] / 1e6:.1f}", f"{r['least'] / 1e6:.1f}", f"{f['people'][name]:,}"]
        for name, r in f["people-days per CPU-second"].items()
    ]
    ratios = [[name, spread_words(r), f"{f['ratios of best'][name]:.2f}"] for name, r in f["ratios, round by round"].items()]
    return [
        table(["", "million people-days per CPU-second, median", "best", "worst", "people"], rates),
        table(["ratio of CPU times", "median (least to most) of rounds", "best against best"], ratios),
        f"{f['rounds']} rounds.",
    ]


def _starts(f: Figures) -> list[str]:
    cached = f["cached start"]
    rows = [
        ["empty cache", f"{f['first compile']['process']:.1f}", f"{f['first compile']['engine']:.1f}"],
        ["filled cache (median of 3)", f"{cached['process']['median']:.2f}", f"{cached['engine']['median']:.2f}"],
    ]
    whole = f["cached start, everything on"]
    rows.append(["filled cache, `headline-score`", f"{whole['process']['median']:.2f}", f"{whole['engine']['median']:.2f}"])
    said = (
        "CPU-seconds of a new process until it has lived a first thousand people. "
        "*Engine* is importing Numba, compiling or loading, and those people; "
        f"the rest is Python, NumPy ({f['Python and NumPy alone']:.2f} together) and reading and compiling the two files."
    )
    return [table(["", "whole process", "engine"], rows), said]
