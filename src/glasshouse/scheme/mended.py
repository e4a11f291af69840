"""A scheme with safeguards that its own file names: as an arm beside it, or as a scheme of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.settings import NoSuchPath, get_value, with_values
from glasshouse.files.values import Empirical, Rule
from glasshouse.files.words import sentence
from glasshouse.scheme.meaning import scheme_problems
from glasshouse.scheme.model import Scheme

BLOCKS = ("scenarios", "safeguards")
STAYS = ("myth", "hypothetical", "baseline")  # what a scheme of these kinds is, mending does not change


def known_safeguards(scheme: Scheme, names: Sequence[str]) -> tuple[str, ...]:
    """The safeguards asked for, each once.

    Raises
    ------
    InputError
        The scheme's file names no such safeguard.
    """
    names = (names,) if isinstance(names, str) else tuple(dict.fromkeys(names))
    for name in names:
        if name not in scheme.safeguards:
            raise InputError(f"{scheme.id}: no safeguard {quoted(name)}{did_you_mean(name, scheme.safeguards)}")
    return names


def mended(scheme: Scheme, safeguard: str) -> Scheme:
    """The scheme with one of its safeguards.

    Raises
    ------
    NoSuchPath
        Something else took away what it changes.
    InputError
        It cannot be applied for another reason.
    """
    try:
        return with_values(scheme, scheme.safeguards[safeguard].set)
    except InputError as error:
        raise type(error)(f"safeguard {quoted(safeguard)}: {error}") from None


def with_safeguards(scheme: Scheme, names: Sequence[str]) -> Scheme:
    """The scheme with safeguards as a scheme of its own; see `Scheme.with_safeguards`."""
    asked = known_safeguards(scheme, names)
    if not asked:
        return scheme
    _agree(scheme, asked)
    changed = scheme
    for name in asked:
        given = scheme.safeguards[name]
        changed = _fixed(mended(changed, name), name, given.set)
    paths = [path for name in asked for path in scheme.safeguards[name].set]
    said = " ".join(f"With {name}: {sentence(scheme.safeguards[name].text)}" for name in asked)
    update: dict[str, Any] = {
        "id": f"{scheme.id}-with-{'-and-'.join(asked)}",
        "name": f"{scheme.name}, with {', '.join(asked[:-1])}{' and ' if asked[1:] else ''}{asked[-1]}",
        "status": scheme.status if scheme.status in STAYS else "hypothetical",
        "summary": f"{scheme.summary.rstrip()} {said}",
        "headline": scheme.headline if _is_open(changed, scheme.headline) else None,
        "safeguards": {name: given for name, given in scheme.safeguards.items() if name not in asked},
        "plausibility": {},  # published figures are of the scheme as it is
    }
    return _without_quarrel(changed.model_copy(update=update), paths)


def _agree(scheme: Scheme, names: Sequence[str]) -> None:
    """Refuse two safeguards that set one thing differently: the last would win unseen."""
    set_by: dict[str, str] = {}
    for name in names:
        for path, value in scheme.safeguards[name].set.items():
            for other, by in set_by.items():
                if _overlap(path, other) and (path != other or scheme.safeguards[by].set[other] != value):
                    both = f"safeguards {quoted(by)} and {quoted(name)} of {scheme.id}"
                    raise InputError(f"{both} change the same thing ({other}{'' if other == path else f', {path}'}); choose one")
        set_by |= dict.fromkeys(scheme.safeguards[name].set, name)


def _fixed(scheme: Scheme, name: str, settings: Mapping[str, object]) -> Scheme:
    """What a safeguard sets to a number is its text and no longer unknown: so the span and the curve leave it alone, as in `--with`."""
    why = f"the safeguard {name} sets it"
    for path, given in settings.items():
        if not isinstance(given, int | float) or isinstance(given, bool):
            continue
        path, value, new = *_whole(scheme, path), {}
        if isinstance(value, Empirical):
            stated = {k: v for k in ("per", "unit") if (v := getattr(value, k)) is not None}
            new = {"value": given, **stated, "range": [given, given], "scale": "linear", "evidence": "assumed", "why": why}
        elif isinstance(value, Rule):
            new = {"value": given, "unit": value.unit, "source": value.source, "note": why}
        scheme = with_values(scheme, {path: new}) if new else scheme
    return scheme


def _whole(scheme: Scheme, path: str) -> tuple[str, Any]:
    """What a number is set in, with its path: of `a.b.value` it is the value at `a.b`, with its range."""
    above, _, last = path.rpartition(".")
    if last == "value" and isinstance(value := get_value(scheme, above), Empirical | Rule):
        return above, value
    return path, get_value(scheme, path)


def _without_quarrel(changed: Scheme, settled: Iterable[str]) -> Scheme:
    """Without the scenarios and safeguards that change what is settled now, find nothing to change, or no longer make sense."""
    paths = list(settled)
    of_one = {
        block: {n: one for n, one in getattr(changed, block).items() if not any(_overlap(p, other) for p in one.set for other in paths)}
        for block in BLOCKS
    }
    changed = changed.model_copy(update=of_one)
    wrong = {p.path[:2] for p in scheme_problems(changed) if not p.warning and p.path and p.path[0] in BLOCKS}
    return changed.model_copy(
        update={block: {n: one for n, one in given.items() if (block, n) not in wrong} for block, given in of_one.items()}
    )


def _is_open(scheme: Scheme, path: str | None) -> bool:
    """Whether the headline unknown is still there, and still unknown."""
    try:
        value = get_value(scheme, path) if path else None
    except NoSuchPath:
        return False
    return isinstance(value, Empirical) and value.range[0] < value.range[1]


def _overlap(path: str, other: str) -> bool:
    """Whether one path is the other, or a part of it."""
    return f"{path}.".startswith(f"{other}.") or f"{other}.".startswith(f"{path}.")
