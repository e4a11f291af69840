"""Firms, prices, claims of money, ratings, misrecording by rule, risk scores and investigations, each alone against a closed form."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from scipy import stats

from glasshouse.mechanism.classes import CLASSES, COLLATERAL, MISRECORDED
from glasshouse.validation.estimates import mean_of, ratio_of, share_of
from glasshouse.validation.exact import COUNTED, ever, exact
from glasshouse.validation.live import Counted, Floats, lived, machine, town_by_town
from glasshouse.validation.records import on_the_last_day
from glasshouse.validation.remedies import AGAIN, AGAIN_WHY, MENDED, ONE, RARE, review
from glasshouse.validation.rows import Found, Row, Size
from glasshouse.validation.simple import RATE_YEAR, conduct, scheme, town, world
from glasshouse.validation.values import Block, days, rate, share, text, times, value

PEOPLE = {Size.QUICK: 10_000, Size.FULL: 100_000}
TOWNS = {Size.QUICK: 50, Size.FULL: 400}
TOWN = 200


def euros(x: float) -> Block:
    """Rule text: an amount of money."""
    return text(x, "euros")


# Ratings ------------------------------------------------------------------------------------------------------------------------------

USES, UNFAIR, RIDES, ENOUGH = 10, 0.4, 52.0, 7


@cache
def standing(size: Size, uses: int | None = USES) -> Counted:
    """Two years of rides, some rated low for nothing, each for a point and so many rides (None: for the time these take on average)."""
    validity = text(uses, "uses") if uses else days(round(USES / RIDES * RATE_YEAR))
    item = {"id": "rule", "text": "a low rating", "when": "act", "legal": "lawful", "points": -1, "validity": validity}
    ratings = {"needs": ["train"], "channel": "eye", "category": "act", "unfair": {"A": share(UNFAIR, "use")}}
    grades = [{"name": f"{i} low ratings", "from_points": 1000 - i} for i in range(11)] + [{"name": "more", "from_points": None}]
    rules = scheme(points=-1, changes={"rules.items": [item], "grades": grades, "ratings": ratings})
    place = world(0, changes={"needs.train.rate": RIDES})
    return lived(machine(place, rules, people=PEOPLE[size], weeks=104, seed=121, followup=0))


def people_by_standing(size: Size, uses: int | None) -> Floats:
    """People by how many low ratings stand at the end."""
    return np.asarray(standing(size, uses)["grades"][0].sum(axis=0), float)


def mean_standing(size: Size, uses: int | None = USES) -> Found:
    people = people_by_standing(size, uses)
    return mean_of(np.repeat(np.arange(len(people)), people.astype(int)), "people")


def many_standing(size: Size, uses: int | None = USES) -> Found:
    people = people_by_standing(size, uses)
    return share_of(people[ENOUGH:].sum(), people.sum())


TODAY = stats.poisson(RIDES / RATE_YEAR)  # uses of the last day
MANY = float(stats.binom(USES, UNFAIR).sf(ENOUGH - 1))
MANY_TODAY = sum(float(TODAY.pmf(k) * stats.binom(USES + k, UNFAIR).sf(ENOUGH - 1)) for k in range(12))
TOMORROW = "a rating that the last day's uses put out of date is gone the next day: the same law for so many more uses"
RATINGS = (
    exact(
        "ratings-mean", "Low ratings that stand of the last ten rides where two in five are rated low for nothing", USES * UNFAIR,
        "ratings a person", "ratings", mean_standing,
        ("one-use-more", "A rating holds for one ride more.", lambda size: mean_standing(size, USES + 1)),
        bias=UNFAIR * RIDES / RATE_YEAR, bias_why=TOMORROW,
    ),
    exact(
        "ratings-below", "People with seven or more low ratings of the last ten: the tail of a binomial law", MANY, "share of people",
        "ratings", many_standing,
        ("calendar", "Ratings hold for the time that ten rides take on average.", lambda size: many_standing(size, None)),
        bias=abs(MANY_TODAY - MANY), bias_why=TOMORROW,
    ),
)  # fmt: skip

# Prices -------------------------------------------------------------------------------------------------------------------------------

PRICE, ASKED, TRIPS, TERM, HITS = 40, 0.5, 12.0, 73, 1.0


@cache
def paid(size: Size, hits: float = HITS) -> Found:
    """Money paid a person-year at a gate that asks a price of those on a list with a term of 73 days; independent towns."""
    gate = {"text": "dearer", "list": "register", "on": "self", "needs": ["train"], "context": "court",
            "compliance": share(ASKED, "attempt"), "price": euros(PRICE)}  # fmt: skip
    place = world(hits, changes={"needs.train.rate": TRIPS, **town(TOWN)})
    run = machine(place, scheme(term=TERM, changes={"gates.g": gate}), people=TOWN * TOWNS[size], seed=122, history=728, followup=0)
    return mean_of(town_by_town(run, "paid").sum(axis=(1, 2, 3)) / (TOWN * COUNTED), "towns")


A_DAY = HITS / RATE_YEAR
ENTRY = 1 / A_DAY - 1 / math.expm1(A_DAY)  # of the day of an entry, the part that is over by then
LISTED = (TERM - ENTRY) / (TERM - ENTRY + RATE_YEAR / HITS)
PRICES = exact(
    "price-paid", "Money paid where half the keepers ask 40 of those listed: attempts while listed, times 40, times a half",
    TRIPS * LISTED * PRICE * ASKED, "euros a person-year", "prices", paid,
    ("asked-of-all", "Nearly everyone is asked, as if all were always listed.", lambda size: paid(Size.QUICK, hits=50.0)),
)  # fmt: skip

# Claims of money ----------------------------------------------------------------------------------------------------------------------

CLAIM, OWED, TRUE, FALSE, OTHER_CLAIM, OTHER, MISTAKEN = 1000, 300, 1.0, 0.5, 100, 2.0, 0.5


@cache
def beyond_owed(size: Size, claim: float = CLAIM) -> Found:
    """Of what is claimed, the share beyond what is owed, where a third of the records are of another's act."""
    changes = {"rules.items.rule.claim": euros(claim), "rules.items.rule.owed": euros(OWED)}
    place = world(TRUE, false_records=2)
    counts = lived(machine(place, scheme(false_rate=FALSE, changes=changes), people=PEOPLE[size], seed=123, followup=0))
    records = counts["claimed"].sum() / claim
    owing = share_of(counts["owed"].sum() / OWED, records)
    return Found(1 - owing.value * OWED / claim, owing.standard_error * OWED / claim, owing.runs)


@cache
def due(size: Size, mistaken: float = MISTAKEN) -> Found:
    """What the clean ledger would claim, for each unit claimed, where lesser matters are written down as great ones; independent towns."""
    lesser = {"id": "lesser", "text": "a lesser matter", "when": "lesser", "legal": "unlawful", "claim": euros(OTHER_CLAIM)}
    items = [{"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "claim": euros(CLAIM)}, lesser]
    place = world(TRUE, changes={**conduct("lesser", OTHER, "unlawful"), **town(TOWN)})
    rules = scheme(misrecorded=("lesser", mistaken), changes={"rules.items": items})
    run = machine(place, rules, people=TOWN * TOWNS[size], seed=124, followup=0)
    clean, claimed = (town_by_town(run, name).reshape(TOWNS[size], -1).sum(axis=1) for name in ("clean_claims", "claimed"))
    return ratio_of(clean, claimed, "towns")


@cache
def returned(size: Size, corrects: str) -> Found:
    """Of what was claimed for false records, the share that a review gives back."""
    changes = {**review(ONE, corrects.split()), "rules.items.rule.claim": euros(CLAIM)}
    rules = scheme(seen=0, false_rate=RARE, term=28, changes=changes)
    counts = lived(machine(world(RARE), rules, people=2 * PEOPLE[size], seed=125, followup=0))
    return share_of(counts["returned"].sum() / CLAIM, counts["claimed"].sum() / CLAIM)


AS_WRITTEN = TRUE * CLAIM + OTHER * (MISTAKEN * CLAIM + (1 - MISTAKEN) * OTHER_CLAIM)
CLAIMS = (
    exact(
        "claims-beyond-owed", "Of what is claimed, the share beyond what is owed: 1,000 where 300 are, and a third of the records false",
        1 - TRUE / (TRUE + FALSE) * OWED / CLAIM, "share of money claimed", "claims of money", beyond_owed,
        ("in-proportion", "Only as much is claimed as would be owed.", lambda size: beyond_owed(size, OWED)),
    ),
    exact(
        "claims-clean", "What would be claimed for what people did, where half of the lesser matters are written down as great ones",
        (TRUE * CLAIM + OTHER * OTHER_CLAIM) / AS_WRITTEN, "share of money claimed", "claims of money, misrecording", due,
        ("as-written", "What is written down is what was done.", lambda size: due(size, 0.0)),
    ),
    exact(
        "claims-returned", "Claims for false records given back where a review corrects money too", MENDED, "share of money claimed",
        "claims of money, review", lambda size: returned(size, "list money"),
        ("list-only", "A review corrects the list alone.", lambda size: returned(size, "list")),
        bias=MENDED * 7 / 364 + AGAIN, bias_why="claims of the last week are returned after counted time, and " + AGAIN_WHY,
    ),
)  # fmt: skip

# Misrecording by rule -----------------------------------------------------------------------------------------------------------------

WORKERS, AVERAGED, OWN_ACTS = 0.3, 1.0, 0.5


@cache
def averaged(size: Size, origin: str = "misrecorded", who: tuple[str, ...] | None = ("worker",), acts: float = 0.0) -> Counted:
    """A year in which a rule of reckoning gives workers a record a year; whoever has a record is listed for good."""
    kind = {"origin": origin, "channel": "eye", "covers": ["act"], "rate": rate(AVERAGED), "who": list(who) if who else None}
    roles = {"roles": {"worker": share(WORKERS, "adult")}, "conduct.act.who": ["resident", "worker"]}
    place = world(acts, false_records=2, changes=roles)
    return lived(machine(place, scheme(changes={"false_records.averaging": kind}), people=PEOPLE[size], seed=126, followup=0))


def averaged_ever(size: Size, who: tuple[str, ...] | None = ("worker",)) -> Found:
    return share_of(averaged(size, who=who)["ever_listed"].sum(), PEOPLE[size])


def averaged_class(size: Size, origin: str = "misrecorded") -> Found:
    return share_of(on_the_last_day(averaged(size, origin, acts=OWN_ACTS))[MISRECORDED], PEOPLE[size])


AVERAGING = (
    exact(
        "averaging-role", "People listed within a year where a rule of reckoning misstates once a year what workers, 30 %, earn",
        WORKERS * ever(AVERAGED), "share of people", "misrecording by rule", averaged_ever,
        ("roles-ignored", "It concerns everyone.", lambda size: averaged_ever(size, None)),
    ),
    exact(
        "averaging-class", "Listed at the end as misrecorded, where everyone also does half an act a year: misstated and nothing done",
        WORKERS * ever(AVERAGED) * (1 - ever(OWN_ACTS)), "share of people", "misrecording by rule, clean ledger", averaged_class,
        ("as-no-act", "Such records count as records of no act.", lambda size: averaged_class(size, "no act")),
    ),
)  # fmt: skip

# Scores of risk -----------------------------------------------------------------------------------------------------------------------

OF_B = 0.25
BIG_TOWN, TRAIT_TOWN, NOISE_TOWN = 20_000, 3_000, 1_000
RANKED = {Size.QUICK: 15, Size.FULL: 100}  # towns


def points(x: float) -> Block:
    """Rule text: points of risk."""
    return text(x, "risk points")


def risk(picked: int, people: int, every: int, noise: float = 0.0, **weights: object) -> Block:
    """A score of risk that puts so many of a town on the list every so many weeks."""
    chosen = text((picked + 0.5) / people, "share")  # half a person more than is rounded down
    return {"risk": {"text": "a score", "list": "register", "share": chosen, "every": text(every, "weeks"), "weights": weights,
                     "noise": points(noise)}}  # fmt: skip


def two_groups(people: int, b_acts: float = 1.0, **more: object) -> Block:
    """A town three quarters of which are group A."""
    groups = {"A": value(1 - OF_B, unit="share"), "B": value(OF_B, unit="share")}
    return {**town(people), "groups": groups, "conduct_by_group": {"A": times(1), "B": times(b_acts)}, **more}


def of_b_picked(size: Size, people: int, place: Block, rules: Block) -> Found:
    """The share of group B among those picked once in each of some towns."""
    run = machine(world(0, changes=place), scheme(changes=rules), people=people * RANKED[size], weeks=5, seed=127, followup=0)
    entries = town_by_town(run, "entries")[:, 0, 0].sum(axis=2)
    return ratio_of(entries[:, 1], entries.sum(axis=1), "towns")


GROUP_B, LOW, MIDDLE, CHILD = 16.0, 20.0, 10.0, 5.0  # the rest: 0
TRAITS_PICKED = 790
HOMES = [{"adults": 1, "minors": minors, "share": share(0.5, "household")} for minors in (0, 1)]
# From above: B with low and middle incomes, A with low ones and a child, B with high ones and a child, A with low ones. The last are
# picked in part: above them are 667 of the town's 2,000 adults, with them 917, each within 21 (one standard deviation).
TRAITS_B = 500 * (2 / 3 + 1 / 6)


@cache
def by_traits(size: Size, child: float = CHILD) -> Found:
    """Picked by group, income and children alone."""
    income = [points(LOW), points(MIDDLE), points(0)]
    block = risk(TRAITS_PICKED, TRAIT_TOWN, 3, group={"B": points(GROUP_B)}, income=income, child=points(child))
    return of_b_picked(size, TRAIT_TOWN, two_groups(TRAIT_TOWN, households=HOMES), block)


MORE, NOISE, NOISE_PICKED = 100.0, 1000.0, 200
NOISE_SHARE = NOISE_PICKED / NOISE_TOWN


@cache
def by_noise(size: Size, more: float = MORE) -> Found:
    """Picked by group and even chance."""
    return of_b_picked(size, NOISE_TOWN, two_groups(NOISE_TOWN), risk(NOISE_PICKED, NOISE_TOWN, 3, NOISE, group={"B": points(more)}))


def noise_in_a_town() -> float:
    """The same in a town: all of B above the range of A, and of the others in the range of both as many as are wanted, evenly."""
    b, a = round(OF_B * NOISE_TOWN), round((1 - OF_B) * NOISE_TOWN)
    above, common = stats.binom(b, MORE / NOISE), stats.binom(a, 1 - MORE / NOISE)
    h, m = np.arange(b + 1), np.arange(a + 1)
    picked = h + (NOISE_PICKED - h) * (b - h) * ((1 / (b - h[:, None] + np.maximum(m, 1))) @ common.pmf(m))
    return float(above.pmf(h) @ picked) / NOISE_PICKED


LAW_OF_NOISE = OF_B * (1 + (1 - OF_B) * MORE / NOISE / NOISE_SHARE)

ACTS, B_TIMES, WEEKS, OVER = 4.0, 2.0, 26, 5
MEANS = [ACTS * k * 7 * WEEKS / RATE_YEAR for k in (1.0, B_TIMES)]  # records until people are ranked, of A and of B
OVER_A, OVER_B = ((part * float(stats.poisson(mean).sf(OVER))) for part, mean in zip((1 - OF_B, OF_B), MEANS, strict=True))
AT_A = (1 - OF_B) * float(stats.poisson(MEANS[0]).pmf(OVER))
RECORDS_PICKED = round((OVER_A + OVER_B + AT_A / 2) * BIG_TOWN)  # half of those of A with just so many records, who come before B's


@cache
def by_records(size: Size, weight: float = 1.0) -> Found:
    """Picked by points lost alone: group B acts twice as often."""
    towns = {Size.QUICK: 2, Size.FULL: 10}[size]
    block = risk(RECORDS_PICKED, BIG_TOWN, WEEKS, record=points(weight))
    place = world(ACTS, changes=two_groups(BIG_TOWN, B_TIMES))
    run = machine(place, scheme(points=-1, changes=block), people=BIG_TOWN * towns, weeks=WEEKS + 1, seed=128, followup=0)
    picked = lived(run)["entries"][0, 0].sum(axis=1)
    over = share_of(picked[1], OF_B * BIG_TOWN * towns)  # of B, who are independent: none of those at the margin is picked
    scale = OF_B * BIG_TOWN * towns / picked.sum()
    return Found(over.value * scale, over.standard_error * scale, over.runs)


RISKS = (
    exact(
        "risk-traits", "Group B, a quarter, among those picked by group, income and children: the order of twelve kinds of people",
        TRAITS_B / TRAITS_PICKED, "share of those picked", "risk scores", by_traits,
        ("children-left-out", "Children do not count.", lambda size: by_traits(size, 0.0)),
    ),
    exact(
        "risk-noise", "The same where a fifth is picked by even chance of up to 1,000 points, and group B has 100 more", LAW_OF_NOISE,
        "share of those picked", "risk scores", by_noise,
        ("lowest-risk", "Those with the lowest risk are picked.", lambda size: by_noise(size, -MORE)),
        bias=abs(noise_in_a_town() - LAW_OF_NOISE) + 1 / (16 * NOISE * NOISE_SHARE),
        bias_why="the same law in a town of 1,000, and points in sixteenths, of equals the lower home slot first",
    ),
    exact(
        "risk-records", "The same where people are ranked by points lost and group B acts twice as often: the upper tail of its law",
        OVER_B * BIG_TOWN / RECORDS_PICKED, "share of those picked", "risk scores", by_records,
        ("fewest-records", "Those with the fewest records are picked.", lambda size: by_records(size, -1.0)),
    ),
)  # fmt: skip

# Investigations -----------------------------------------------------------------------------------------------------------------------

UNDER, EVERY, LASTS, KEEN, DEEDS, TALES = 0.2, 8, 28, 0.6, 10.0, 2.0


@cache
def investigated(size: Size, false: bool = False, everyone: bool = False) -> Counted:
    """Every eight weeks a fifth of the town, picked by chance, is looked at for four; whatever is found is fined."""
    item = {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "fine": True}
    rules = scheme(
        seen=0 if false else KEEN, false_rate=TALES if false else 0, term=LASTS,
        changes={**risk(round(UNDER * NOISE_TOWN), NOISE_TOWN, EVERY, NOISE), "rules.items": [item],
                 "channels.eye.only_on": None if everyone else "register"},
    )  # fmt: skip
    place = world(0 if false else DEEDS, false_records=3, changes=town(NOISE_TOWN))
    return lived(machine(place, rules, people=PEOPLE[size], weeks=6 * EVERY, seed=129, history=7 * EVERY, followup=0))


def acts_found(size: Size, everyone: bool = False) -> Found:
    counts = investigated(size, everyone=everyone)
    return share_of(counts["fines"].sum(), counts["acts"].sum())


def tales_taken_down(size: Size, everyone: bool = False) -> Found:
    fines = float(investigated(size, false=True, everyone=everyone)["fines"].sum())
    years = PEOPLE[size] * 6 * EVERY * 7 / RATE_YEAR
    return Found(fines / years, math.sqrt(fines) / years, PEOPLE[size])


PART = UNDER * LASTS / (7 * EVERY)  # of people's time, under investigation
INVESTIGATIONS = (
    exact(
        "investigation-found", "Acts found by a channel that sees six in ten of those who are investigated, a tenth of people's time",
        PART * KEEN, "share of acts", "investigations", acts_found,
        ("sees-everyone", "The channel sees everyone.", lambda size: acts_found(size, everyone=True)),
    ),
    exact(
        "investigation-false", "False records that reach only those investigated, of two a person-year", PART * TALES,
        "records a person-year", "investigations", tales_taken_down,
        ("reach-everyone", "They reach everyone.", lambda size: tales_taken_down(size, everyone=True)),
    ),
)  # fmt: skip

# Firms --------------------------------------------------------------------------------------------------------------------------------

OWNERS, BY_FIRMS, BY_PEOPLE, STAYS = 0.5, 2.0, 3.0, 30


@cache
def collateral(size: Size, subject: str = "firm") -> Found:
    """Of listed days, those for a firm's acts alone: each record, of the firm or of the person, restarts 30 days; independent towns."""
    firm = {"id": "firm", "text": "a firm's act", "when": "trade", "legal": "unlawful", "list": "register", "subject": subject}
    own = {"id": "rule", "text": "an act", "when": "act", "legal": "unlawful", "list": "register"}
    trade = conduct("trade", BY_FIRMS, "unlawful", who=["owner"])
    roles = {"roles": {"owner": share(OWNERS, "adult")}, "conduct.act.who": ["resident", "owner"]}
    place = world(BY_PEOPLE, changes={**roles, **trade, **town(TOWN)})
    changes = {"rules.items": [own, firm], "channels.eye.covers": ["act", "trade"]}
    rules = scheme(term=STAYS, repeat="restart", changes=changes)
    run = machine(place, rules, people=TOWN * TOWNS[size], seed=130, history=35, followup=0)
    of_class = np.cumsum(town_by_town(run, "days")[:, 0, :, : len(CLASSES), :-1], axis=-1).sum(axis=(1, 3))
    return ratio_of(of_class[:, COLLATERAL], of_class.sum(axis=1), "towns")


QUIET, FIRM_QUIET = 1 - ever(BY_PEOPLE, STAYS), 1 - ever(BY_FIRMS, STAYS)
FOR_FIRMS = OWNERS * QUIET * (1 - FIRM_QUIET)
FIRMS = exact(
    "firm-collateral", "Listed days for what a firm did alone, where half the people have firms and own and firms' acts are independent",
    FOR_FIRMS / (1 - QUIET + FOR_FIRMS), "share of listed days", "firms", collateral,
    ("firm-as-person", "A firm's record stands in the clean ledger too.", lambda size: collateral(size, "person")),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*RATINGS, PRICES, *CLAIMS, *AVERAGING, *RISKS, *INVESTIGATIONS, FIRMS)
