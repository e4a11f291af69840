"""The fixed cycle of household types that is laid over home slots."""

from __future__ import annotations

from math import floor

from glasshouse.files.errors import InputError
from glasshouse.world.model import HouseholdType

CYCLE = 100  # households in a cycle: shares are kept to a hundredth
GOLDEN = 2654435769  # 2^32 over the golden ratio, odd: multiples of it spread evenly over [0, 2^32)


def largest_remainder(shares: list[float], seats: int) -> list[int]:
    """Whole numbers that sum to ``seats`` and lie within 1 of the shares (Hamilton's method); ties go to the earlier."""
    total = sum(shares)
    exact = [s / total * seats for s in shares]
    counts = [floor(e) for e in exact]
    order = sorted(range(len(shares)), key=lambda i: (counts[i] - exact[i], i))
    for i in order[: seats - sum(counts)]:
        counts[i] += 1
    return counts


def household_cycle(types: list[HouseholdType]) -> list[tuple[int, int]]:
    """A hundred households as (adults, minors).

    Types would come in long runs if listed one after another, and a town's last, incomplete cycle would then hold only the first
    types. So household j of the list goes to the place that the fraction of j / golden ratio has among all hundred: such
    fractions are spread evenly for every run of consecutive j, hence each type is spread evenly over the cycle.
    """
    shares = [t.share.value for t in types]
    if not types or min(shares) < 0 or sum(shares) <= 0:
        raise InputError("households: the shares must be at least 0 and not all 0")
    if any(t.adults < 1 or t.minors < 0 for t in types):
        raise InputError("households: each household needs at least one adult")
    listed = [t for t, n in zip(types, largest_remainder(shares, CYCLE), strict=True) for _ in range(n)]
    order = sorted(range(CYCLE), key=lambda j: j * GOLDEN % (1 << 32))
    return [(listed[j].adults, listed[j].minors) for j in order]
