"""The arms that live side by side: the scheme, the same with one thing mended, its twins without error and without ties, the baselines.

Within a day the engine deals with the last arm first, so that what others are compared with comes after them: the scheme and its mended
versions stand first, then the error-free arm, the arm alone, ordinary law and no scheme (design 005, section 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from glasshouse.files.errors import InputError, quoted
from glasshouse.files.settings import NoSuchPath
from glasshouse.scheme.compile import compile_scheme
from glasshouse.scheme.mended import mended
from glasshouse.scheme.model import Scheme
from glasshouse.scheme.tables import SchemeTables
from glasshouse.scheme.variants import alone, error_free
from glasshouse.world.model import World
from glasshouse.world.tables import WorldTables

SCHEME, ERROR_FREE, ALONE, ORDINARY, NONE = "scheme", "error-free", "alone", "ordinary", "none"
MENDED = "with "  # and the safeguard's name


def mended_arm(safeguard: str) -> str:
    """The name of the arm with one thing mended."""
    return f"{MENDED}{safeguard}"


def is_tied(scheme: Scheme) -> bool:
    """Whether a scheme file lets anything reach people through others: their ties, or a firm that they answer for."""
    lists = scheme.lists.values()
    items = scheme.rules.items if scheme.rules else []
    return (
        scheme.association is not None
        or any(x.binds or x.contacts for x in lists)
        or any(item.relatives or item.subject == "firm" for item in items)
    )


def twins(tables: SchemeTables, *, tied: bool) -> dict[str, SchemeTables]:
    """The scheme without any error and, where ties matter in it, without ties."""
    return {ERROR_FREE: error_free(tables)} | ({ALONE: alone(tables)} if tied else {})


def mended_tables(scheme: Scheme, safeguards: Iterable[str], world: World, tables: WorldTables) -> dict[str, SchemeTables]:
    """The arms with one thing mended, by name; without those that find nothing to mend, as a scenario took it away."""
    arms = {}
    for name in safeguards:
        try:
            changed = mended(scheme, name)
        except NoSuchPath:
            continue
        arms[mended_arm(name)] = _compiled(changed, name, world, tables)
    return arms


def _compiled(scheme: Scheme, safeguard: str, world: World, tables: WorldTables) -> SchemeTables:
    try:
        return compile_scheme(scheme, world, tables)
    except InputError as error:
        raise InputError(f"safeguard {quoted(safeguard)}: {error}") from None


def pairs(arms: Mapping[str, object] | Sequence[str]) -> list[tuple[int, int]]:
    """For each arm the places of the error-free arm and of the arm alone that it is compared with, -1 none.

    A mended scheme is compared with the error-free arm of the scheme as written: what would have been, had there been no error.
    """
    names = list(arms)
    e, a = (names.index(twin) if twin in names else -1 for twin in (ERROR_FREE, ALONE))
    return [(e, a) if name == SCHEME else (e, -1) if name.startswith(MENDED) else (-1, -1) for name in names]
