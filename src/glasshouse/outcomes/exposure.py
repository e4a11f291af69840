"""Attempts to use a service, and exposure: attempts made while a list that closes the service holds the person.

| outcome | formula | unit (the denominator is adult-years) |
| --- | --- | --- |
| attempts | attempts / adult-years * 100,000 | per 100,000 adult-years |
| exposure | attempts that a gate's rule covers, refused or not / adult-years * 100,000 | per 100,000 adult-years |
| forgone_attempts | attempts not made: a refusal is expected, or the person has not joined; likewise | per 100,000 adult-years |
| forgone_essential_attempts | of them, needs that the world marks as essential | per 100,000 adult-years |

Attempts are those that lives hold, the same in every arm; an attempt forgone is no exposure and no denial.
The class of an exposure is that of the first gate whose rule covers the attempt.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glasshouse.outcomes.by_class import rate_rows, total_rows
from glasshouse.outcomes.counts import Counts
from glasshouse.outcomes.parts import FORGONE_ATTEMPTS
from glasshouse.outcomes.rows import Row


def rows(counts: Counts) -> Iterator[Row]:
    """Attempts by group, exposures by group and class, attempts forgone where the scheme can bring that about."""
    yield from total_rows(counts, "attempts", counts["attempts"].sum(axis=-1))
    yield from rate_rows(counts, "exposure", counts["exposures"].sum(axis=2))
    forgone, essential = counts["forgone_attempts"], np.array(counts.names.essential, bool)
    yield from total_rows(counts, "forgone_attempts", forgone.sum(axis=2), FORGONE_ATTEMPTS)
    yield from total_rows(counts, "forgone_essential_attempts", forgone[:, :, essential].sum(axis=2), FORGONE_ATTEMPTS)
