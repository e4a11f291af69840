"""What is said about the schemes of the catalogue, beside what the record says: `catalogue/claims.csv`.

Whoever makes a claim is treated alike: states, companies, campaigns, the press, research. `bearing` says how the record bears on the claim
and judges nobody: it *contradicts* it, *narrows* it (true of less than is said), *supports* it, or *leaves* it *open*.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from importlib import resources
from typing import Literal, get_args

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.read import package_ids

PACKAGE, FILE = "glasshouse.catalogue", "claims.csv"
Party = Literal["state", "company", "campaign", "press", "research", "no one named"]
Bearing = Literal["contradicts", "narrows", "supports", "leaves open"]
NEEDED = ("id", "claim", "said_by", "party", "record", "bearing", "source", "author", "year", "title")


@dataclass(frozen=True)
class ClaimBesideRecord:
    """One claim, who makes it, and what the record says, with its source.

    Attributes
    ----------
    source : str
        The source's key; where `scheme` is given, the key that its file uses.
    year : str
        "n.d." where the source bears no date.
    url, scheme : str
        Empty where there is none.
    """

    id: str
    claim: str
    said_by: str
    party: Party
    record: str
    bearing: Bearing
    source: str
    author: str
    year: str
    title: str
    url: str
    scheme: str


def claims(scheme: str | None = None) -> list[ClaimBesideRecord]:
    """All claims, or those about one scheme of the catalogue, in file order.

    Raises
    ------
    InputError
        The catalogue has no such scheme, or the file is damaged.
    """
    ids = package_ids(PACKAGE)
    if scheme is not None and scheme not in ids:
        raise InputError(f"no scheme is called {quoted(scheme)}{did_you_mean(scheme, ids)}")
    found = read_claims((resources.files(PACKAGE) / FILE).read_text(encoding="utf-8"))
    return [row for row in found if scheme is None or row.scheme == scheme]


def read_claims(text: str) -> list[ClaimBesideRecord]:
    """The rows of the file, each checked."""
    rows = csv.reader(text.splitlines())
    columns = [field.name for field in fields(ClaimBesideRecord)]
    if next(rows, None) != columns:
        raise InputError(f"{FILE}:1: the columns are {', '.join(columns)}")
    found: list[ClaimBesideRecord] = []
    for line, cells in enumerate(rows, 2):
        if len(cells) != len(columns):
            raise InputError(f"{FILE}:{line}: {len(cells)} cells stand here; {len(columns)} are needed")
        row = dict(zip(columns, cells, strict=True))
        _check(row, line, [one.id for one in found])
        found.append(ClaimBesideRecord(**row))  # type: ignore[arg-type]  # the two words are checked above
    return found


def _check(row: dict[str, str], line: int, before: list[str]) -> None:
    empty = [name for name in NEEDED if not row[name].strip()]
    if empty:
        raise InputError(f"{FILE}:{line}: nothing stands in {', '.join(empty)}; every claim has a record, and every record a source")
    for name, words in (("party", get_args(Party)), ("bearing", get_args(Bearing))):
        if row[name] not in words:
            raise InputError(f"{FILE}:{line}: {quoted(row[name])} is no {name}{did_you_mean(row[name], words)}")
    if row["id"] in before:
        raise InputError(f"{FILE}:{line}: two claims have the id {quoted(row['id'])}")
