"""False records, singly and many at once, as integers (001, section 6; by group 005, section 8)."""

from __future__ import annotations

import numpy as np

from glasshouse.files.errors import InputError, quoted
from glasshouse.scheme import tables as T
from glasshouse.scheme.compile_kinds import roles as role_mask
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.rows import index, records
from glasshouse.scheme.tables import Ints, Records
from glasshouse.scheme.volume import false_sums, named_channel, over_envelope, records_by_category
from glasshouse.world.model import World
from glasshouse.world.units import SURE, YEAR, cumulative, rounded, threshold

LONGEST_GAP = 1 << 34  # ticks, 45 years: a longer mean gap times a draw of E would pass 2^63
MISRECORDED = 3  # as in `mechanism/classes.py`
ORIGIN = {"another's act": T.ANOTHERS_ACT, "no act": T.NO_ACT, "misrecorded": MISRECORDED}


def false_kinds(scheme: Scheme, world: World, roles: list[str]) -> Records:
    """Rows of `FALSE`: cumulative thresholds over the kinds, by group, of a candidate that the world's lives provide."""
    envelope = world.envelopes.false_records.value
    rows = []
    for (name, kind), reached in zip(scheme.false_records.items(), false_sums(scheme, world), strict=True):
        named_channel(scheme, kind.channel)
        channel = list(scheme.channels).index(kind.channel)
        if too_many := over_envelope(reached, world):
            raise InputError(
                f"false_records: {name}: with those before it {too_many}, above the world's envelope of {envelope:g} "
                "(envelopes: false_records)"
            )
        shares = [min(r / envelope, 1.0) if envelope > 0 else 0.0 for r in reached]
        rows.append((ORIGIN[kind.origin], channel, *(rounded(share * SURE) for share in shares), role_mask(name, kind.who, roles)))
    return records(rows, T.FALSE)


def batches(scheme: Scheme) -> Records:
    """Rows of `BATCH`."""
    rows = []
    for name, kind in scheme.batches.items():
        channel = index(f"batches: {name}: channel", kind.channel, scheme.channels)
        gap, share = LONGEST_GAP, 0  # never strikes: nobody is hit
        if kind.strikes.value > 0:
            gap = rounded(YEAR * (1 << 20) / kind.strikes.value)
            share = threshold(kind.share.value, f"batches: {name}: share")
        if gap > LONGEST_GAP:
            raise InputError(
                f"batches: {name}: strikes is {kind.strikes.value:g} per town-year; what is rarer than once in 44 years (0.0223) must be 0"
            )
        rows.append((ORIGIN[kind.origin], channel, gap, share))
    return records(rows, T.BATCH)


def false_categories(scheme: Scheme, world: World, categories: list[str]) -> Ints:
    """Cumulative thresholds over categories, a row for each kind of false records."""
    return _category_rows(scheme, world, [(k.channel, k.covers) for k in scheme.false_records.values()], categories)


def batch_categories(scheme: Scheme, world: World, categories: list[str]) -> Ints:
    """Likewise for batches."""
    return _category_rows(scheme, world, [(k.channel, k.covers) for k in scheme.batches.values()], categories)


def _category_rows(scheme: Scheme, world: World, kinds: list[tuple[str, list[str]]], categories: list[str]) -> Ints:
    """Cumulative thresholds over categories: false records spread over the categories covered as the channel's true records do.

    Where it makes none of these, each category covered is as likely as another.
    """
    out = np.full((len(kinds), len(categories)), SURE, dtype=np.int64)
    for row, (channel, covers) in zip(out, kinds, strict=True):
        named_channel(scheme, channel)
        true = records_by_category(scheme, world, channel, covers)
        weights = true if sum(true.values()) > 0 else dict.fromkeys(covers, 1.0)
        if not weights:
            raise InputError(f"a kind of false records of channel {quoted(channel)} covers no category")
        row[:] = cumulative([weights.get(c, 0.0) for c in categories])
    return out
