"""How errors are mended and listings end, each alone against a closed form: notice, review, refunds, payment, amnesty, copies."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np

from glasshouse.mechanism.classes import SOUND, STALE
from glasshouse.mechanism.lists import CORRECTED
from glasshouse.validation.estimates import share_of
from glasshouse.validation.exact import ever, exact
from glasshouse.validation.live import Counted, lived, machine
from glasshouse.validation.queues import ERRORS
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, scheme, world
from glasshouse.validation.values import days, mean_days, share, stage

PEOPLE = {Size.QUICK: 20_000, Size.FULL: 200_000}
RARE = 0.2  # records a year, so that a second one while a first is under review is rarer still
FILED_WRONG, FILED_SOUND, WRONG, SOUNDLY = 0.5, 0.1, 0.7, 0.2


def listed_at_the_end(counts: Counted) -> int:
    """People on the list on the last counted day."""
    return int(np.cumsum(counts["days"][0, 0, :-1], axis=-1)[:, -2].sum())


# Notice and review --------------------------------------------------------------------------------------------------------------------


def review(stages: list[Any], corrects: list[str], when: str = "after", period: float = 0, reaches: float = 1) -> dict[str, Any]:
    """Blocks of notice and review, with no queue: all are decided in the week of filing."""
    filed = {name: share(FILED_SOUND if name == "sound" else FILED_WRONG, "record") for name in ERRORS}
    return {
        "notice": {"lists": ["register"], "when": when, "period": days(period), "reaches": share(reaches, "person")},
        "review": {"lists": ["register"], "filed": filed, "files_after": mean_days(0), "gives_up_after": None, "stages": stages,
                   "corrects": corrects},
    }  # fmt: skip


ONE = [stage(None, WRONG, SOUNDLY)]
TWO = [stage(None, WRONG, SOUNDLY, goes_on=0.5), stage(None, 0.9, SOUNDLY)]


@cache
def reviewed(size: Size, stages: int = 1, false: bool = True, corrects: str = "list", reaches: float = 1.0) -> Counted:
    """A year of records that are all false, or all sound, on a list without a term."""
    changes = review([ONE, TWO][stages - 1], corrects.split(), reaches=reaches)
    changes["rules.items.rule.fine"] = True
    rules = scheme(seen=0 if false else 1, false_rate=RARE if false else 0, term=28, changes=changes)
    return lived(machine(world(RARE), rules, people=PEOPLE[size], seed=111))


def corrected(size: Size, stages: int = 1, false: bool = True) -> Found:
    ended = reviewed(size, stages, false)["durations"][0].sum(axis=(0, 2))
    return share_of(ended[CORRECTED], ended.sum())


def overturned(size: Size, of_all: bool = False) -> Found:
    counts = reviewed(size)
    came = counts["appeals"][0].sum(axis=0)[:SOUND].sum(axis=0)
    return share_of(came[1], counts["entries"].sum() if of_all else came[1] + came[2])


def untold(size: Size, reaches: float) -> Found:
    counts = reviewed(size, reaches=reaches)
    return share_of(counts["unreviewed"][0, :, 0].sum(), counts["durations"][0].sum())


def refunded(size: Size, corrects: str) -> Found:
    counts = reviewed(size, corrects=corrects)
    return share_of(counts["refunds"].sum(), counts["fines"].sum())


@cache
def noticed_before(size: Size, period: float) -> Found:
    """Listed within a year where a notice of so many days comes before, and nobody files."""
    n = PEOPLE[size]
    notice = {"lists": ["register"], "when": "before", "period": days(period), "reaches": share(1, "person")}
    counts = lived(machine(world(1), scheme(changes={"notice": notice}), people=n, seed=112, followup=0))
    return share_of(counts["ever_listed"].sum(), n)


AGAIN = RARE * 14 / RATE_YEAR  # a second record before a first is decided: within a fortnight
AGAIN_WHY = "a second record within the fortnight of a review is one more ground of the same spell"
MENDED = FILED_WRONG * WRONG
REVIEW = (
    exact(
        "review-corrected", "False entries corrected where half are filed and 70 % of these upheld", MENDED, "share of entries", "review",
        corrected, ("all-filed", "What is upheld of those filed is taken for all.", lambda size: overturned(size)),
        bias=AGAIN, bias_why=AGAIN_WHY,
    ),
    exact(
        "review-overturned", "Reviews of false records that are upheld, of those decided", WRONG, "share of reviews", "review", overturned,
        ("of-all-entries", "Of all false entries, not of those decided.", lambda size: overturned(size, of_all=True)),
    ),
    exact(
        "review-sound", "Sound entries lifted where a tenth are filed and a fifth of these upheld", FILED_SOUND * SOUNDLY,
        "share of entries",
        "review", lambda size: corrected(size, 1, False),
        ("as-if-wrong", "Sound records are filed and upheld as wrong ones are.", corrected), bias=AGAIN * FILED_SOUND, bias_why=AGAIN_WHY,
    ),
    exact(
        "review-two-stages", "False entries corrected where half of those rejected go on and 90 % are upheld then",
        FILED_WRONG * (WRONG + (1 - WRONG) * 0.5 * 0.9), "share of entries", "review", lambda size: corrected(size, 2),
        ("one-stage", "Nobody goes on.", corrected), bias=2 * AGAIN, bias_why=AGAIN_WHY + ", and two stages take twice as long",
    ),
    exact(
        "refunds", "Fines for false records refunded where a review corrects money too", MENDED, "share of fines", "fines, review",
        lambda size: refunded(size, "list money"), ("list-only", "A review corrects the list alone.", lambda size: refunded(size, "list")),
        bias=MENDED * 7 / 364, bias_why="fines of the last week are refunded after counted time",
    ),
    exact(
        "untold", "Spells of which nobody was told where notice reaches four in five", 0.2, "share of spells", "notice",
        lambda size: untold(size, 0.8), ("reaches-all", "Notice reaches all.", lambda size: untold(size, 1.0)),
        bias=AGAIN, bias_why=AGAIN_WHY,
    ),
    exact(
        "notice-before", "People listed within a year where a notice of 90 days comes before", ever(1, 364 - 90), "share of people",
        "notice",
        lambda size: noticed_before(size, 90), ("at-once", "The listing does not wait for the notice.", lambda size: noticed_before(size,
        0)),
    ),
)  # fmt: skip

# Amnesty ------------------------------------------------------------------------------------------------------------------------------


@cache
def pardoned(size: Size, first: float | None, every: float | None = None) -> Found:
    """Listed on the last day of a year of a list without a term, one act a year."""
    n = PEOPLE[size]
    changes = {"lists.register.amnesty": {"first": days(first), "every": days(every) if every else None}} if first else {}
    return share_of(listed_at_the_end(lived(machine(world(1), scheme(changes=changes), people=n, seed=113, followup=0))), n)


AMNESTY = (
    exact(
        "amnesty", "People listed at the end of a year with an amnesty after 200 days", ever(1, 164), "share of people", "amnesty",
        lambda size: pardoned(size, 200), ("no-amnesty", "Nobody comes off.", lambda size: pardoned(size, None)),
    ),
    exact(
        "amnesty-again", "The same with a further amnesty every 60 days", ever(1, 44), "share of people", "amnesty",
        lambda size: pardoned(size, 200, 60), ("only-once", "There is no further one.", lambda size: pardoned(size, 200)),
    ),
)  # fmt: skip

# Copies that purge late ---------------------------------------------------------------------------------------------------------------

NU, TERM, LAG = 2.0, 20, 30  # entries a year, days listed, days until a copy is purged


@cache
def copies(size: Size, lag: float) -> Counted:
    """A holder that purges late, over a year after two years of history."""
    gate = {"text": "closed", "list": "register", "on": "self", "needs": ["train"], "context": "court", "compliance": share(1, "attempt"),
            "holder": {"name": "holder", "purges_after": days(lag)}}  # fmt: skip
    place = world(NU, changes={"needs.train.rate": 6.0})
    return lived(machine(place, scheme(term=TERM, changes={"gates.g": gate}), people=PEOPLE[size], seed=114, history=728, followup=0))


def stale_days(size: Size, lag: float = LAG) -> Found:
    """Of people, those whom only a copy acts on, on the last day."""
    stale = int(np.cumsum(copies(size, lag)["days"][0, 0, STALE])[-2])
    return share_of(stale, PEOPLE[size])


def stale_denials(size: Size, lag: float = LAG) -> Found:
    counts = copies(size, lag)
    found = share_of(counts["denials"][0, 0, 0, STALE].sum(), counts["attempts"].sum())
    clumped = math.sqrt(1 + 6.0 * LAG / RATE_YEAR)  # a copy that stands refuses several attempts of the same person
    return Found(found.value, found.standard_error * clumped, found.runs)


OFF = NU / RATE_YEAR
STALE_SHARE = -math.expm1(-OFF * LAG) / (1 + OFF * TERM)
IN_DAYS = (1 - (1 - ever(NU, 1)) ** LAG) * (1 - ever(NU, 1)) / (1 + ever(NU, 1) * (TERM - 1))
COPIES = (
    exact(
        "stale-days", "People on whom only a copy acts at a moment: 20 days listed, 30 until it is purged, two entries a year", STALE_SHARE,
        "share of people", "copies", stale_days,
        ("lag-from-entry", "The thirty days run from entry.", lambda size: stale_days(size, LAG - TERM)), bias=abs(IN_DAYS - STALE_SHARE),
        bias_why="entries and ends fall on whole days: the same alternation in days",
    ),
    exact(
        "stale-denials", "Attempts refused by such a copy: as many as there are such people, attempts being independent", STALE_SHARE,
        "share of attempts", "copies, gates", stale_denials,
        ("purged-at-once", "Copies are purged at once.", lambda size: stale_denials(size, 0)), bias=abs(IN_DAYS - STALE_SHARE) + OFF / 2,
        bias_why="whole days, and on a day of entry a copy still refuses before it: half a day of two entries a year",
    ),
)  # fmt: skip

# Payment as a way off -----------------------------------------------------------------------------------------------------------------


@cache
def paid_off(size: Size, lag: float | None) -> Found:
    """Listed at the end where a debt lists and payment ends it."""
    n = PEOPLE[size]
    place = world(0, changes={"conduct.act.rate": 2.0, "conduct.act.creates_debt": True, "money.payment": 3.0})
    changes = {"lists.register.performed_after": days(lag) if lag is not None else None}
    counts = lived(machine(place, scheme(changes=changes), people=n, weeks=104, seed=115, followup=0))
    return share_of(listed_at_the_end(counts), n)


REPAIR = exact(
    "payment-ends-it", "People listed where debts that list arise twice a year and are paid thrice a year", 2 / (2 + 3), "share of people",
    "repair, money", lambda size: paid_off(size, 0), ("payment-ends-nothing", "Payment ends no listing.", lambda size: paid_off(size,
    None)),
    bias=math.exp(-5 * 728 / RATE_YEAR) + 2 / RATE_YEAR,
    bias_why="what two years leave of an empty list, and debts paid on their day of entry",
)  # fmt: skip

ROWS: tuple[Row, ...] = (*REVIEW, *AMNESTY, *COPIES, REPAIR)
