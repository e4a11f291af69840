"""Does every value say what it rests on, within what range, and for whom? Checks that hold for schemes and worlds alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from glasshouse.files.errors import did_you_mean, quoted
from glasshouse.files.read import Problem
from glasshouse.files.values import CURRENCIES, DAYS_PER_UNIT, USES, Empirical, Evidence, Rule, Source
from glasshouse.files.walk import Found
from glasshouse.files.yaml import Path

LOG_FROM = 10  # a range whose ends are this many times apart is searched on a log scale
MOST_A_YEAR = 1000.0  # nobody does anything more often
MOST_TIMES = 1000.0
LONGEST = 100 * 365.0  # days
MOST_USES = 100_000
MOST_RISK = 1_000_000
TIMES = ("person-year", "debt-year", "listed-year", "town-year")  # denominators that make a rate per time


def value_problems(found: list[Found], sources: Mapping[str, Source], of_scheme: bool) -> Iterator[Problem]:
    """All that is wrong with single values.

    Parameters
    ----------
    of_scheme : bool
        In a scheme, rule text needs a source and a range without width a warning; in a world file a `Rule` is a setting of the
        model, not the text of anyone's rule, and some shares are fixed on purpose.
    """
    for f in found:
        if isinstance(f.value, Rule):
            yield from _rule(f, f.value, sources, of_scheme)
        else:
            yield from _empirical(f, f.value, sources, of_scheme)
        yield from _sensible(f)


def _rule(f: Found, v: Rule, sources: Mapping[str, Source], needed: bool) -> Iterator[Problem]:
    if v.source is not None and v.source not in sources:
        yield unknown((*f.path, "source"), "source", v.source, sources)
    if needed and not v.source and not f.source:
        yield Problem(f.path, "rule text needs a source: here, or as `source:` of the block around it or of the whole file")


def unknown(path: Path, what: str, name: str, known: Mapping[str, object] | list[str]) -> Problem:
    """A name that refers to nothing."""
    return Problem(path, f"unknown {what} {quoted(name)}{did_you_mean(name, known)}")


def _empirical(f: Found, v: Empirical, sources: Mapping[str, Source], of_scheme: bool) -> Iterator[Problem]:
    if v.per is None and v.unit is None:
        yield Problem(
            f.path,
            "a value needs `per` or `unit`: a rate without its denominator cannot be read (1 in 1,000 entries and 1 in 1,000 people "
            "a year differ a hundredfold); write for instance `per: person-year`, `per: entry` or `unit: days`",
        )
    yield from _range(f.path, v, of_scheme)
    yield from _basis(f.path, v, sources)


def _range(path: Path, v: Empirical, of_scheme: bool) -> Iterator[Problem]:
    low, high = v.range
    at = (*path, "range")
    if low > high:
        yield Problem(at, f"the range runs from {low:g} down to {high:g}; write the lower end first")
    elif not low <= v.value <= high:
        yield Problem((*path, "value"), f"the value {v.value:g} lies outside its range, {low:g} to {high:g}")
    elif low == high and of_scheme:
        yield Problem(
            at, f"the range has no width: both ends are {low:g}, so the span over assumptions will not vary this value", warning=True
        )
    if v.scale == "log" and low <= 0:
        yield Problem((*path, "scale"), f"a log scale needs a range above 0, and this one begins at {low:g}; use `scale: linear`")
    if v.scale == "linear" and low > 0 and high >= LOG_FROM * low:
        times = high / low
        yield Problem((*path, "scale"), f"the ends of this range are {times:.3g} times apart; from {LOG_FROM} times on, write `scale: log`")


def _basis(path: Path, v: Empirical, sources: Mapping[str, Source]) -> Iterator[Problem]:
    if v.evidence == "assumed":
        if not (v.why or "").strip():
            yield Problem(path, "an assumed value needs `why:`, one sentence on why this value and range")
        if v.source is not None:
            yield Problem((*path, "source"), "an assumed value has no source; either say what kind of evidence the source is, or remove it")
        return
    if v.source is None:
        yield Problem(path, f"a value with evidence needs `source:`{_listed(sources)}")
    elif v.source not in sources:
        yield unknown((*path, "source"), "source", v.source, sources)
    assert isinstance(v.evidence, Evidence)
    if not _is_day(v.evidence.checked):
        yield Problem((*path, "evidence", "checked"), f"{quoted(v.evidence.checked)} is not a day; write it as 2026-11-21")


def _listed(sources: Mapping[str, Source]) -> str:
    return f", one of: {', '.join(list(sources)[:8])}" if sources else ", and a list of `sources:` at the end of the file"


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _sensible(f: Found) -> Iterator[Problem]:
    """Bounds that follow from what a number measures."""
    low, high, why = _bounds(f)
    v = f.value
    ends = [("value", v.value)] + ([("range", end) for end in v.range] if isinstance(v, Empirical) else [])
    wrong = {key: x for key, x in reversed(ends) if not low <= x <= high}
    if wrong:
        key, x = ("value", wrong["value"]) if "value" in wrong else ("range", wrong["range"])
        yield Problem((*f.path, key), f"{x:g} is not possible here: {why}")
    if f.measures == "time" and v.unit not in DAYS_PER_UNIT and (v.unit or isinstance(v, Rule)):
        yield Problem((*f.path, "unit"), f"a stretch of time is in days, weeks, months or years, not in {v.unit}")
    if isinstance(v, Empirical) and f.measures == "time" and v.per is not None:
        yield Problem((*f.path, "per"), "a stretch of time has a `unit` (days, weeks, months or years) and no `per`")
    yield from _named_unit(f)


def _named_unit(f: Found) -> Iterator[Problem]:
    """Quantities that can only be read in some units."""
    v = f.value
    allowed, what = {
        "money": (CURRENCIES, "money is in a currency"),
        "risk": (("risk points",), "a score of risk is in risk points"),
        "validity": ((*DAYS_PER_UNIT, USES), "how long a record holds is in days, weeks, months, years or uses"),
    }.get(f.measures or "", ((), ""))
    if allowed and isinstance(v, Empirical) and v.per is not None:
        yield Problem((*f.path, "per"), f"{what}: write `unit`, and no `per`")
    elif allowed and v.unit not in allowed and (v.unit or isinstance(v, Rule)):
        yield Problem((*f.path, "unit"), f"{what}, not in {v.unit}{did_you_mean(str(v.unit), allowed) if f.measures == 'money' else ''}")
    elif f.measures == "validity" and v.unit == USES and v.value != int(v.value):
        yield Problem((*f.path, "value"), f"uses are whole, and this is {v.value:g}")


def _bounds(f: Found) -> tuple[float, float, str]:
    v = f.value
    per = v.per if isinstance(v, Empirical) else None
    if f.measures == "share" or (f.measures == "rate" and per not in TIMES):
        return 0, 1, f"a share{f' per {per}' if per else ''} lies between 0 and 1"
    if f.measures == "rate":
        return 0, MOST_A_YEAR, f"a rate per {per} lies between 0 and {MOST_A_YEAR:,.0f}"
    if f.measures == "validity" and v.unit == USES:
        return 1, MOST_USES, f"a record holds for 1 to {MOST_USES:,} uses"
    if f.measures in ("time", "validity"):
        return 0, LONGEST / DAYS_PER_UNIT.get(v.unit or "days", 1.0), "a stretch of time lies between 0 and 100 years"
    if f.measures == "factor":
        return 0, MOST_TIMES, f"a factor lies between 0 and {MOST_TIMES:,.0f}"
    if f.measures == "shape":
        return 0.01, 1000, "the shape of a gamma distribution lies between 0.01 and 1,000"
    if f.measures == "correlation":
        return -1, 1, "a correlation lies between -1 and 1"
    if f.measures == "money":
        return 0, 1e9, "an amount of money lies between 0 and 1,000,000,000"
    if f.measures == "risk":
        return -MOST_RISK, MOST_RISK, f"points of a score of risk lie between -{MOST_RISK:,} and {MOST_RISK:,}"
    return -1e9, 1e9, "a number lies between -1,000,000,000 and 1,000,000,000"


def linked_problems(found: list[Found]) -> Iterator[Problem]:
    """Values that share a draw move together: one share of the way along each one's own range, so their scales must agree."""
    groups: dict[str, list[Found]] = {}
    for f in found:
        if isinstance(f.value, Empirical) and f.value.linked:
            groups.setdefault(f.value.linked, []).append(f)
    for members in groups.values():
        first = members[0].value
        assert isinstance(first, Empirical)
        for f in members[1:]:
            assert isinstance(f.value, Empirical)
            if f.value.scale != first.scale:
                place = dotted(members[0].path)
                yield Problem(
                    (*f.path, "scale"),
                    f"linked values share one draw and need one scale: {place} is {first.scale}, this is {f.value.scale}",
                )


def dotted(path: Path) -> str:
    """A path of the file as words: channels.courts.delay."""
    return ".".join(str(step) for step in path)
