"""Where officials and informers look (design 005, section 7). Factors are 1/4096."""

from __future__ import annotations

from glasshouse._jit import rule

ONE = 4096


@rule
def attention_factor(follow: int, districts: int, prior: int, found: int, found_in_all: int) -> int:
    """How much closer than evenly a district is watched, when a share of attention follows what was found before (Ensign et al. 2018)."""
    start = ONE * prior
    whole = start * districts + found_in_all
    return (ONE - follow) + (follow * districts * (start + found) // whole if whole > 0 else follow)


@rule
def informing_factor(full: int, aware: int, adults: int) -> int:
    """How much more is reported, in step with the share of adults who know of the scheme."""
    return ONE + (full - ONE) * aware // adults if adults > 0 else ONE


@rule
def risk_score(traits: int, lost: int, record_weight: int, word: int, noise: int) -> int:
    """What a score of risk makes of a person's traits, of points lost (tenths; the weight in 1/256) and of chance."""
    return traits + (lost * record_weight >> 8) + (word * noise >> 32)
