"""The same people under four rulebooks: shares by grade, the cross-table, one life, the picture. For `prefecture.py`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import prefecture_chart as chart
import prefecture_rules as rules
import tables

from glasshouse.report.blocks import Figure
from glasshouse.report.words import listing
from glasshouse.report.words import percent as share_text
from glasshouse.scheme.model import Scheme

FEW = 30  # fewer people than this, and chance alone decides: marked, and no share given
LOW = ("C", "D")
NOT_SCORED = "not scored"
Run = dict[str, Any]


def grade_names(schemes: Mapping[str, Scheme]) -> list[str]:
    """The grades, best first: the same names in every rulebook here."""
    found = {tuple(grade.name for grade in scheme.grades) for scheme in schemes.values()}
    assert len(found) == 1
    return list(found.pop())


def held(run: Run, names: Sequence[str]) -> list[tuple[tuple[str, ...], int]]:
    """Each combination of grades that someone holds, in the order of the rulebooks, with the number of adults."""
    return [(tuple(NOT_SCORED if sign == "-" else names[int(sign)] for sign in key), n) for key, n in run["joint"].items()]


def shares(run: Run, arm: int, names: Sequence[str]) -> dict[str, float]:
    """Share of all adults by grade under one rulebook, those who are not scored apart."""
    found = dict.fromkeys([*names, NOT_SCORED], 0)
    for grades, n in held(run, names):
        found[grades[arm]] += n
    return {grade: n / run["adults"] for grade, n in found.items()}


def spread(runs: Iterable[Run], of: Callable[[Run], float]) -> tuple[float, float]:
    """Lowest and highest over the seeds."""
    values = [of(run) for run in runs]
    return min(values), max(values)


def span(low: float, high: float) -> str:
    """A range of shares in words."""
    return share_text(low) if share_text(low) == share_text(high) else f"{share_text(low)} to {share_text(high)}"


def cell(n: int, base: int, ends: tuple[float, float] | None) -> str:
    """Number of people, share of those asked about, lowest to highest seed; few people are marked and have no share."""
    if n < FEW or ends is None:
        return f"{n} †"
    return f"{n:,}: {share_text(n / base)} ({span(*ends)})"


def shares_table(kept: Run, names: Sequence[str], ids: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Adults by grade under each rulebook."""
    runs, first = kept["runs"], kept["runs"][0]
    rows = []
    for grade in [*names, NOT_SCORED]:
        line = [grade if grade == NOT_SCORED else f"grade {grade}"]
        for a in range(len(ids)):
            ends = spread(runs, lambda run, a=a, grade=grade: shares(run, a, names)[grade])  # type: ignore[misc]
            line.append(cell(round(shares(first, a, names)[grade] * first["adults"]), first["adults"], ends))
        rows.append(line)
    return ["adults", *(rules.SHORT[i] for i in ids)], rows


def crossed(run: Run, names: Sequence[str], low_arm: int, arm: int) -> dict[str, int]:
    """Of the adults in the lowest grades under one rulebook, how many hold which grade under another."""
    found = dict.fromkeys([*names, NOT_SCORED], 0)
    for grades, n in held(run, names):
        if grades[low_arm] in LOW:
            found[grades[arm]] += n
    return found


def cross_table(kept: Run, names: Sequence[str], ids: Sequence[str]) -> str:
    """For those in the lowest grades under each rulebook, their grades under the others."""
    groups = {"above A": names[:2], "A": names[2:3], "B": names[3:4], "C": names[4:5], "D": names[5:], NOT_SCORED: [NOT_SCORED]}
    rows = []
    for low, name in enumerate(ids):
        for arm, other in enumerate(ids):
            if arm != low:
                cells = [_crossed_cell(kept, names, low, arm, group) for group in groups.values()]
                rows.append([f"{_base(kept, names, low):,} in C or D under {rules.SHORT[name]}", rules.SHORT[other], *cells])
    return tables.table(["of the adults", "stand under", *groups], rows)


def _base(kept: Run, names: Sequence[str], low: int) -> int:
    return sum(crossed(kept["runs"][0], names, low, low).values())


def _crossed_cell(kept: Run, names: Sequence[str], low: int, arm: int, group: Sequence[str]) -> str:
    def of(run: Run) -> float:
        found = crossed(run, names, low, arm)
        return sum(found[grade] for grade in group) / max(sum(found.values()), 1)

    base = _base(kept, names, low)
    n = sum(crossed(kept["runs"][0], names, low, arm)[grade] for grade in group)
    return cell(n, base, spread(kept["runs"], of) if base >= FEW else None)


def bounds_table(kept: Run, names: Sequence[str], schemes: Mapping[str, Scheme]) -> str:
    """Below A and in the lowest grades, with the file's own bounds and with the other set."""
    rows = []
    for name in schemes:
        line = [rules.SHORT[name]]
        for key in ("grades", "other_bounds"):
            for wanted in (names[3:], [g for g in names if g in LOW]):
                of = _counted(key, name, [names.index(g) for g in wanted])
                first = kept["runs"][0]
                line.append(cell(round(of(first) * first["adults"]), first["adults"], spread(kept["runs"], of)))
        rows.append(line)
    heads = ["", "below A, own bounds", "C or D, own bounds", "below A, the other bounds", "C or D, the other bounds"]
    return tables.table(heads, rows)


def _counted(key: str, name: str, places: Sequence[int]) -> Callable[[Run], float]:
    return lambda run: sum(run[key][name][i] for i in places) / run["adults"]


def low_in(run: Run, names: Sequence[str]) -> list[int]:
    """Adults by how many of the rulebooks they stand in C or D under, from none on."""
    found = [0] * 5
    for grades, n in held(run, names):
        found[sum(grade in LOW for grade in grades)] += n
    return found


def life_table(kept: Run, ids: Sequence[str]) -> str:
    """The invented person's dated events: what happens, and what each rulebook makes of it."""
    days: dict[int, dict[str, list[str]]] = {}
    for event in kept["person"]["events"]:
        told = days.setdefault(event["day"], {name: [] for name in ("", *ids)})
        common = event["event"] in ("act", "shock", "debt")
        text = event["text"].split(" Seen by:")[0] if event["event"] == "act" else event["text"]
        words = told["" if common else event["arm"]]
        if text not in words:
            words.append(text)
    rows = [
        [f"{day:,}".replace("-", "\u2212"), *(" ".join(_stop(t) for t in told[name]) for name in ("", *ids))] for day, told in days.items()
    ]
    return tables.table(["day", "what happens", *(rules.SHORT[name] for name in ids)], rows)


def _stop(text: str) -> str:
    return f"{text.rstrip('.')}."


def picture(kept: Run, names: Sequence[str], schemes: Mapping[str, Scheme]) -> Figure:
    """The picture: adults by grade, four bars side by side."""
    bars = []
    for a, (name, scheme) in enumerate(schemes.items()):
        below = spread(kept["runs"], lambda run, a=a: sum(shares(run, a, names)[g] for g in names[3:]))  # type: ignore[misc]
        rows_entered = len(scheme.rules.items) if scheme.rules else 0
        bars.append(chart.Bar(rules.SHORT[name], f"{rows_entered} rows entered", shares(kept["runs"][0], a, names), below))
    columns, rows = shares_table(kept, names, list(schemes))
    title = "The same people, four rulebooks: grades on the last counted day"
    adults, first = kept["runs"][0]["adults"], kept["runs"][0]["seed"]
    summary = " ".join(described(bar, adults) for bar in bars)
    note = (
        f"Bars: seed {first}. The dark line spans the lowest to the highest share below grade A of {len(kept['runs'])} seeds. On the right "
        f"grades {listing(chart.LOW)} again, on a scale that ends at {share_text(chart.top_of(bars))} of the adults; on the left a part "
        f"below {share_text(chart.WRITTEN_FROM)} has no figure written in it."
    )
    return chart.figure(bars, title, summary, note, columns, rows)


def described(bar: chart.Bar, adults: int) -> str:
    """One bar in words: its parts, largest first, those of few people without a share, and the spread of what stands below A."""
    found = sorted((grade for grade, share in bar.shares.items() if share), key=lambda grade: -bar.shares[grade])
    parts = [f"{share_text(bar.shares[grade])} {grade}" for grade in found if round(bar.shares[grade] * adults) >= FEW]
    few = [grade for grade in found if round(bar.shares[grade] * adults) < FEW]
    rest = f", fewer than {FEW} people each in {listing(few)}" if len(few) > 1 else f", fewer than {FEW} people in {few[0]}" if few else ""
    return f"{bar.name}: {', '.join(parts)}{rest}; below A {span(*bar.below)} over the seeds."


def csv_text(kept: Run, names: Sequence[str], ids: Sequence[str]) -> str:
    """Every seed's adults by rulebook and grade, as a table for other programs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["seed", "rulebook", "grade", "adults", "of_adults"])
    for run in kept["runs"]:
        for a, name in enumerate(ids):
            writer.writerows([run["seed"], name, g, round(s * run["adults"]), run["adults"]] for g, s in shares(run, a, names).items())
    return text.getvalue()
