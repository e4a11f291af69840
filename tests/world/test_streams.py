"""No two decisions share a draw: streams and event numbers stay apart at the largest sizes that a file may have."""

from __future__ import annotations

from itertools import pairwise

from glasshouse.scheme.limits import MOST_BATCHES, MOST_CHANNELS, MOST_EXITS
from glasshouse.world import draws

TIED = 62  # people of a block whose ties can drop (design 005, section 3)
SLOTS = 1 << 24  # home slots of a town (world/check.py)
LISTS = 1000  # far more than any scheme has
SINGLE = ("LIFE", "TRAIT", "TIES", "FALSE", "GATE", "NOTICE", "TRAP", "OFFICIAL", "PERSON", "RATING", "RISK")


def stream_ranges() -> dict[str, range]:
    """Streams that each decision may use."""
    ranges = {name: range(getattr(draws, name), getattr(draws, name) + 1) for name in SINGLE}
    step = draws.BATCH_STEP
    ranges |= {f"batch {k}": range(draws.BATCH + step * k, draws.BATCH_HIT + step * k + 1) for k in range(MOST_BATCHES)}
    ranges["OBSERVE"] = range(draws.OBSERVE, draws.OBSERVE + MOST_CHANNELS)
    ranges["DELAY"] = range(draws.DELAY, draws.DELAY + MOST_CHANNELS)
    ranges["REVIEW"] = range(draws.REVIEW, draws.REVIEW + 2)
    ranges["EXIT"] = range(draws.EXIT, draws.EXIT + draws.EXIT_STEP * LISTS)
    ranges["TIE_VALUE"] = range(draws.TIE_VALUE, draws.TIE_VALUE + 64 * TIED)
    ranges["LINK"] = range(draws.LINK, draws.LINK + SLOTS)
    return ranges


def apart(ranges: dict[str, range]) -> list[str]:
    """Names of neighbours that overlap."""
    ordered = sorted(ranges.items(), key=lambda r: r[1].start)
    return [f"{a} and {b}" for (a, first), (b, second) in pairwise(ordered) if first.stop > second.start]


def test_streams_do_not_overlap() -> None:
    ranges = stream_ranges()
    assert apart(ranges) == []
    assert max(r.stop for r in ranges.values()) <= 1 << 32
    assert MOST_EXITS < draws.EXIT_STEP
    assert 2 * MOST_BATCHES <= draws.BATCH_STEP


def test_every_stream_of_the_code_is_looked_at() -> None:
    named = {n for n in vars(draws) if n.isupper() and not n.endswith(("_STEP", "_EVENT"))} - {"MASK", "LOG_BITS", "LN2_Q40"}
    assert named <= stream_ranges().keys() | {"BATCH", "BATCH_HIT"}


def test_event_numbers_do_not_overlap() -> None:
    """A person's own events are numbered from 1; two a day over a century are fewer than 2^17."""
    own = range(1, 1 << 17)
    ranges = {
        "own": own,
        "grade": range(draws.GRADE_EVENT, draws.GRADE_EVENT + 53 * 100),
        "tie": range(draws.TIE_EVENT, draws.TIE_EVENT + (1 << 28)),
        "trap": range(draws.TRAP_EVENT, draws.TRAP_EVENT + own.stop),
        "batch": range(draws.BATCH_EVENT, draws.BATCH_EVENT + draws.BATCH_EVENT_STEP * MOST_BATCHES),
    }
    assert apart(ranges) == []
    assert max(r.stop for r in ranges.values()) <= 1 << 32


def test_an_overlap_would_be_noticed() -> None:
    assert apart({"a": range(3, 6), "b": range(5, 7), "c": range(7, 8)}) == ["a and b"]
