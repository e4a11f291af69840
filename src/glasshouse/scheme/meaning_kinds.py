"""Do firms, prices, claims, ratings and scores of risk make sense in a scheme file by itself? (docs/design/006-kinds.md)"""

from __future__ import annotations

from collections.abc import Iterator

from glasshouse.files.errors import quoted
from glasshouse.files.evidence import unknown
from glasshouse.files.read import Problem
from glasshouse.files.values import USES, Empirical, Rule, in_days
from glasshouse.files.yaml import Path
from glasshouse.scheme.amounts import amounts, currency
from glasshouse.scheme.kinds import Ratings, Risk
from glasshouse.scheme.meaning_people import groups_named, whole
from glasshouse.scheme.meaning_remedies import needs_per
from glasshouse.scheme.model import Gate, Item, Scheme


def kind_problems(scheme: Scheme) -> Iterator[Problem]:
    """Everything that is wrong with firms, prices, claims of money, roles of false records, ratings, risk and investigations."""
    for i, item in enumerate(scheme.rules.items if scheme.rules else []):
        yield from _item(scheme, item, ("rules", "items", i))
    yield from _firms(scheme)
    for gate_name, gate in scheme.gates.items():
        yield from _price(gate, ("gates", gate_name))
    yield from _one_currency(scheme)
    for name, kind in scheme.false_records.items():
        if kind.who == []:
            yield Problem(("false_records", name, "who"), "no role is named here; leave `who` out if it can concern everyone", at_key=True)
    if scheme.ratings:
        yield from _ratings(scheme, scheme.ratings)
    if scheme.risk:
        yield from _risk(scheme, scheme.risk)
    yield from _only_on(scheme)


def _item(scheme: Scheme, item: Item, at: Path) -> Iterator[Problem]:
    claimed, owed = (v.value if v else 0.0 for v in (item.claim, item.owed))
    if claimed < owed:
        text = f"{claimed:g} is claimed and {owed:g} is owed: what is claimed beyond it is below 0"
        yield Problem((*at, "claim" if item.claim else "owed"), text, warning=True, at_key=True)
    if item.validity and item.validity.unit == USES and scheme.ratings is None:
        text = "a record that holds for so many uses needs a service whose uses are counted, and the scheme has no `ratings`"
        yield Problem((*at, "validity"), text, at_key=True)


def _firms(scheme: Scheme) -> Iterator[Problem]:
    wrong = {category for kind in scheme.false_records.values() if not kind.who for category in kind.covers}
    wrong |= {category for batch in scheme.batches.values() for category in batch.covers}
    for i, item in enumerate(scheme.rules.items if scheme.rules else []):
        if item.subject == "firm" and item.roles is None and item.when in wrong:
            text = "wrong records of what firms do would fall on people who answer for none: name in `roles` those who do"
            yield Problem(("rules", "items", i), text, warning=True)


def _price(gate: Gate, at: Path) -> Iterator[Problem]:
    price = gate.price
    if price is None:
        return
    least = min(price.value, price.range[0]) if isinstance(price, Empirical) else price.value
    if least < 1:
        yield Problem((*at, "price"), f"a price is at least 1 unit of money, and this may be {least:g}", at_key=True)
    if gate.trap:
        yield Problem((*at, "trap"), "a trap follows a refusal, and a gate with a `price` refuses nobody", at_key=True)
    if gate.over:
        text = "`over` is about further refusals, and a gate with a `price` refuses nobody: it changes nothing"
        yield Problem((*at, "over"), text, warning=True, at_key=True)


def _one_currency(scheme: Scheme) -> Iterator[Problem]:
    first = currency(scheme)
    for path, amount in amounts(scheme):
        if amount.unit and amount.unit != first:
            yield Problem(
                (*path, "unit"), f"the money of a scheme is in one currency: this is in {amount.unit}, what stands above in {first}"
            )


def _ratings(scheme: Scheme, block: Ratings) -> Iterator[Problem]:
    if not block.needs:
        yield Problem(("ratings", "needs"), "ratings are given where some need is met; none is named here", at_key=True)
    if block.channel not in scheme.channels:
        yield unknown(("ratings", "channel"), "channel", block.channel, scheme.channels)
    elif block.category not in scheme.channels[block.channel].covers:
        text = f"the channel {quoted(block.channel)} does not cover {quoted(block.category)}, so it cannot take down such a rating"
        yield Problem(("ratings", "category"), text)
    elif not any(item.when == block.category for item in (scheme.rules.items if scheme.rules else [])):
        yield Problem(("ratings", "category"), f"no rule speaks of {quoted(block.category)}, so a low rating brings nothing", warning=True)
    yield from groups_named(("ratings", "unfair"), list(block.unfair))
    for group, share in block.unfair.items():
        yield from needs_per(("ratings", "unfair", group), share, "use", "how often a rating is unfair")


def _risk(scheme: Scheme, block: Risk) -> Iterator[Problem]:
    at: Path = ("risk",)
    if block.list not in scheme.lists:
        yield unknown((*at, "list"), "list", block.list, scheme.lists)
    elif scheme.lists[block.list].from_grade is not None:
        yield Problem((*at, "list"), f"the list {quoted(block.list)} is entered by grade (`from_grade`), not by risk")
    if not whole(in_days(block.every) / 7, 1, 10_000):
        yield Problem((*at, "every"), "people are ranked every so many weeks: write a whole number of weeks, at least 1")
    if isinstance(block.share, Empirical):
        yield from needs_per((*at, "share"), block.share, "person-round", "the share that is picked")
    yield from groups_named((*at, "weights", "group"), list(block.weights.group))
    least = _least(block.noise)
    if least < 0:
        yield Problem((*at, "noise"), f"noise adds from 0 to so many risk points, and this may be {least:g}", at_key=True)
    if block.weights.record and scheme.points is None:
        text = "points lost count in the score, and the scheme has no `points` block: it adds nothing"
        yield Problem((*at, "weights", "record"), text, warning=True, at_key=True)
    yield from _not_reviewable(scheme, block)


def _least(value: Rule | Empirical | None) -> float:
    return 0.0 if value is None else min(value.value, value.range[0]) if isinstance(value, Empirical) else value.value


def _not_reviewable(scheme: Scheme, block: Risk) -> Iterator[Problem]:
    by_rule = any(item.list == block.list for item in (scheme.rules.items if scheme.rules else []))
    if scheme.review and block.list in scheme.review.lists and not by_rule:
        text = f"{quoted(block.list)} is entered by risk, which rests on no record: there is nothing to review"
        yield Problem(("review", "lists", scheme.review.lists.index(block.list)), text, warning=True)


def _only_on(scheme: Scheme) -> Iterator[Problem]:
    for name, channel in scheme.channels.items():
        at: Path = ("channels", name, "only_on")
        if channel.only_on is None:
            continue
        if channel.only_on not in scheme.lists:
            yield unknown(at, "list", channel.only_on, scheme.lists)
        elif not can_enter(scheme, channel.only_on):
            text = f"nobody can enter the list {quoted(channel.only_on)} but by what is seen of people on it: this channel sees nothing"
            yield Problem(at, text)


def can_enter(scheme: Scheme, name: str) -> bool:
    """Whether a list can be entered by somebody of whom the channels that follow it alone have seen nothing."""
    picked = [scheme.risk.list] if scheme.risk else []
    picked += [scheme.officials.selection.list] if scheme.officials and scheme.officials.selection else []
    linked = any(entry.contacts and entry.contacts.list == name for entry in scheme.lists.values())
    if scheme.lists[name].from_grade is not None or name in picked or linked:
        return True
    seen = {category for channel in scheme.channels.values() if channel.only_on != name for category in channel.covers}
    items = scheme.rules.items if scheme.rules else []
    by_relatives = {item.relatives for item in items if item.relatives}
    return any(item.list == name and (item.when in seen or item.id in by_relatives) for item in items)
