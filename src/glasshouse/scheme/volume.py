"""How many true records a channel makes: what a share of false records `per: record` is a share of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.scheme.model import Channel, FalseRecord, Item, Scheme
from glasshouse.scheme.rows import by_group
from glasshouse.world.compile import GROUPS, adult_share, role_names
from glasshouse.world.model import World

PER_RECORD = ("entry", "record")


def open_to(item: Item, role: str) -> bool:
    """Whether the rule concerns people of this role; a rule that names no role concerns everyone, minors too."""
    return item.roles is None or role in item.roles


def covered_sensitivity(channel: Channel, category: str) -> float:
    """The channel's sensitivity for a category, 0 if it does not cover it."""
    if category not in channel.covers:
        return 0.0
    return channel.by_category.get(category, channel.sensitivity).value


def role_shares(world: World) -> dict[str, float]:
    """Shares of all people by role, minors included."""
    adults = adult_share(world)
    own = {name: share.value * adults for name, share in world.roles.items()}
    rest = adults - sum(own.values())
    return dict(zip(role_names(world), [rest, 1 - adults, *own.values()], strict=True))


def records_by_category(scheme: Scheme, world: World, channel: str, covers: Iterable[str]) -> dict[str, float]:
    """True records a year and person that the channel would make, by category; see `records_per_person_year`."""
    seen_by = named_channel(scheme, channel)
    shares = role_shares(world)
    items = scheme.rules.items if scheme.rules else []
    out = {}
    for name in covers:
        category = world.conduct.get(name)
        if category is None:
            raise InputError(f"unknown category of conduct {quoted(name)}{did_you_mean(name, world.conduct)}")
        rules = [item for item in items if item.when == name and item.weight > 0]
        doing = sum(shares.get(role, 0.0) for role in category.who if any(open_to(item, role) for item in rules))
        owing = world.money.owing_at_start.value if category.needs_debt else 1.0
        out[name] = doing * category.rate.value * covered_sensitivity(seen_by, name) * owing
    return out


def records_per_person_year(scheme: Scheme, world: World, channel: str, covers: Iterable[str]) -> float:
    """True records a year that a channel would make, per person (adults and minors), at the central values of scheme and world.

    For each category covered: its rate, times the share of people whose role does it and is reached by a rule of the scheme, times the
    channel's sensitivity; where the act needs a debt, times the stock of debts at the start. A share of false records stated `per: entry`
    or `per: record` is multiplied by this number to give false records per person-year. It leaves out what shifts the number
    little beside what nobody knows about such shares: visibility, rates by group, records that an earlier channel makes first, unmet
    conditions that an official notices, strikes.

    Parameters
    ----------
    channel : str
        Name of the channel in the scheme.
    covers : iterable of str
        Categories of conduct in the world.
    """
    return sum(records_by_category(scheme, world, channel, covers).values())


def concerned(world: World, kind: FalseRecord) -> float:
    """Share of all people whom a kind of false record can concern: those in the roles that it names, children as residents.

    A share of records falls on them alone, so that it stays a share of all records that the channel makes.
    """
    if not kind.who:
        return 1.0
    shares = role_shares(world)
    return sum(shares.get(role, 0.0) for role in {*kind.who, *(["minor"] if "resident" in kind.who else [])})


def false_rate(scheme: Scheme, world: World, name: str, kind: FalseRecord) -> float:
    """False records of this kind per person-year at mean frailty, of people whom it can concern."""
    per = kind.rate.per
    if per == "person-year":
        return kind.rate.value
    if per in PER_RECORD:
        share = concerned(world, kind)
        return kind.rate.value * records_per_person_year(scheme, world, kind.channel, kind.covers) / share if share else 0.0
    raise InputError(f"false_records: {name}: rate is per {per}; allowed: person-year, entry, record")


def false_rates(scheme: Scheme, world: World, name: str, kind: FalseRecord) -> list[float]:
    """False records of this kind per person-year at mean frailty, for the groups A, B and C.

    A kind that falls on a group more than on others, or comes by a channel that people inform, has so many times the rate; of the
    latter this is the rate when every adult is aware.
    """
    informing = scheme.responses.informing if scheme.responses else None
    informed = informing.times.value if informing and informing.channel == kind.channel else 1.0
    rate = false_rate(scheme, world, name, kind)
    return [rate * informed * factor for factor in by_group(f"false_records: {name}: falls_on", kind.falls_on, 1.0)]


def false_sums(scheme: Scheme, world: World) -> Iterator[list[float]]:
    """After each kind of false records, what it and those before it add up to, for the groups A, B and C."""
    reached = [0.0, 0.0, 0.0]
    for name, kind in scheme.false_records.items():
        reached = [r + more for r, more in zip(reached, false_rates(scheme, world, name, kind), strict=True)]
        yield reached


def over_envelope(reached: list[float], world: World) -> str | None:
    """What is said of rates above the world's envelope, None where all its groups stay within it."""
    living = {group: r for group, r in zip(GROUPS, reached, strict=True) if group in world.groups}
    group, most = max(living.items(), key=lambda one: one[1], default=("", 0.0))
    if most <= world.envelopes.false_records.value:
        return None
    whom = f" for group {group}" if len(set(living.values())) > 1 else ""
    return f"{most:.4g} false records per person-year{whom}"


def named_channel(scheme: Scheme, name: str) -> Channel:
    """The scheme's channel of this name."""
    if name not in scheme.channels:
        raise InputError(f"unknown channel {quoted(name)}{did_you_mean(name, scheme.channels)}")
    return scheme.channels[name]
