"""Standing debts and who pays them (design 001, section 8)."""

from __future__ import annotations

from typing import Any

from glasshouse._jit import rule


@rule
def pays(scheme: Any, debts: int, able: bool, listed: bool, word: int) -> bool:
    """Whether a chance to pay is taken: only with a debt and the means; enforcement and listing may raise the rate.

    The rate is thinned from the world's envelope, so that every scheme draws on the same chances.
    """
    if debts <= 0 or not able:
        return False
    return word < (scheme.pay_listed if listed else scheme.pay)
