"""Where two sets of counters differ, in words that help to find out why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

Arm = Mapping[str, Mapping[tuple[int, ...], int]]
MOST = 12  # differences shown for one counter


def compare(oracle: Sequence[Arm], engine: Sequence[Arm]) -> list[str]:
    """Readable differences between the counters of `run_oracle` and an engine's in the same form; empty if there are none.

    A key that is absent counts 0. A counter that only one side has is a difference, unless it is empty.
    """
    out = [] if len(oracle) == len(engine) else [f"arms: oracle {len(oracle)}, engine {len(engine)}"]
    for arm, (left, right) in enumerate(zip(oracle, engine, strict=False)):
        for name in sorted({*left, *right}):
            out += _differences(f"arm {arm}: {name}", left.get(name, {}), right.get(name, {}))
    return out


def _differences(where: str, left: Mapping[tuple[int, ...], int], right: Mapping[tuple[int, ...], int]) -> list[str]:
    keys = sorted(k for k in {*left, *right} if left.get(k, 0) != right.get(k, 0))
    if not keys:
        return []
    total = f"{where}: {len(keys)} keys differ; totals: oracle {sum(left.values())}, engine {sum(right.values())}"
    lines = [f"  {where}{list(k)}: oracle {left.get(k, 0)}, engine {right.get(k, 0)}" for k in keys[:MOST]]
    return [total, *lines, *([f"  ... and {len(keys) - MOST} more"] if len(keys) > MOST else [])]


def summed(counter: Mapping[tuple[int, ...], int], *keep: int) -> Counter[tuple[int, ...]]:
    """A counter over some places of its key only, for counters that an engine keeps more coarsely."""
    out: Counter[tuple[int, ...]] = Counter()
    for key, n in counter.items():
        out[tuple(key[i] for i in keep)] += n
    return out
