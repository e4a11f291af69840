"""What a run may be asked for: limits, defaults, and what is said outside them; the same for the command line and for Python."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from glasshouse.files.errors import InputError

if TYPE_CHECKING:
    from glasshouse.scheme.model import Scheme

# Smallest and largest allowed. More than two thousand million people is no town plan but a typing slip; beyond ten years nobody is
# born, ages or moves here; the seed is one 32-bit word of the draws' key.
LIMITS = {
    "people": (1, 2_000_000_000),
    "years": (1, 10),
    "seed": (0, 2**32 - 1),
    "seeds": (1, 1_000),
    "span": (0, 65_536),
    "threads": (1, 1_024),
}
LONG_YEARS = 5  # beyond this a run is allowed with a warning
DEFAULTS = {"people": 50_000, "years": 3, "seed": 1, "seeds": 16, "span": 64}


def checked(name: str, value: float | None, shown: str | None = None, typed: str | None = None) -> int:
    """A whole number within the limits of `name`, or one line that says what is allowed.

    Parameters
    ----------
    name : str
        A key of `LIMITS`.
    value : float or None
        None where what was given is not a number at all.
    shown : str, optional
        What the reader calls it, for example `--people`.
    typed : str, optional
        What the reader wrote.

    Raises
    ------
    InputError
        Not a whole number, or outside the limits.
    """
    low, high = LIMITS[name]
    given = typed if typed is not None else repr(value)
    allowed = f"allowed: a whole number from {low:,} to {high:,}"
    if value is None or isinstance(value, bool) or value != value:
        raise InputError(f"{shown or name}: {given[:60]} is not a number; {allowed}")
    if not low <= value <= high:
        raise InputError(f"{shown or name}: {given[:60]} is too {'small' if value < low else 'large'}; {allowed}")
    if value != int(value):
        raise InputError(f"{shown or name}: {given[:60]} is not a whole number; {allowed}")
    return int(value)


def usual_people(scheme: Scheme) -> int:
    """How many people a run has if nobody says: what the scheme's file states for its standard run, else the usual number."""
    return scheme.standard_run.people if scheme.standard_run else DEFAULTS["people"]


def warning(years: int) -> str | None:
    """What to say about a long horizon, if anything."""
    if years <= LONG_YEARS:
        return None
    return (
        f"{years} years is long for this model: nobody is born, dies, ages or moves. Beyond {LONG_YEARS} years read the results with care."
    )


def default_folder(scheme: str) -> Path:
    """Where a run goes if nobody says: a new folder for each, under `runs/`."""
    return Path("runs") / f"{scheme}-{datetime.now():%Y%m%d-%H%M%S}"
