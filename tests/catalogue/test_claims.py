"""Claims beside the record: every row sourced, parties treated alike, and the same source said the same way as in the scheme's file."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.files.read import package_ids
from glasshouse.scheme.claims import FILE, ClaimBesideRecord, read_claims
from glasshouse.scheme.load import load_scheme

from .test_every_file import LOADED, NAMED, UNREAD

ROWS = gh.claims()
TEXT = (resources.files("glasshouse.catalogue") / FILE).read_text(encoding="utf-8")
SCHEMES = package_ids("glasshouse.catalogue")


def test_there_are_enough_and_of_every_kind() -> None:
    assert len(ROWS) >= 50
    parties, bearings = Counter(row.party for row in ROWS), Counter(row.bearing for row in ROWS)
    assert all(parties[name] >= 3 for name in ("state", "company", "campaign", "press", "research"))
    assert all(bearings[name] >= 5 for name in ("contradicts", "narrows", "supports", "leaves open"))
    assert {row.bearing for row in ROWS if row.party == "campaign"} != {"supports"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_row(row: ClaimBesideRecord) -> None:
    assert row.claim.endswith(".") and row.record.endswith(".")
    assert re.fullmatch(r"\d{4}|n\.d\.", row.year)
    assert row.url == "" or re.match(r"https?://\S+$", row.url)
    assert row.scheme == "" or row.scheme in SCHEMES
    said = f"{row.claim} {row.said_by} {row.record} {row.title}"
    assert not re.search(rf"\b(?:{LOADED})\b", said, re.IGNORECASE)
    assert not re.search(NAMED, said) and not re.search(UNREAD, said)
    assert (row.party == "no one named") == (row.said_by in ("widely said", "some who correct the myths"))


@pytest.mark.parametrize("row", [row for row in ROWS if row.scheme], ids=lambda row: row.id)
def test_a_source_is_said_as_in_the_schemes_file(row: ClaimBesideRecord) -> None:
    source = load_scheme(row.scheme).sources.get(row.source)
    if source:
        assert (row.author, row.year, row.title, row.url) == (source.author, str(source.year), source.title, source.url or "")


def test_of_one_scheme() -> None:
    assert {row.scheme for row in gh.claims("wendeng-2020")} == {"wendeng-2020"}
    with pytest.raises(InputError, match="did you mean 'wendeng-2020'"):
        gh.claims("wendeng-2021")


FIRST, *REST = TEXT.splitlines()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,claim", "claims.csv:1: the columns are id, claim, said_by"),
        ("", "claims.csv:1: the columns are"),
        (f"{FIRST}\na,b", "claims.csv:2: 2 cells stand here; 12 are needed"),
        (f"{FIRST}\na,b,c,state,d,supports,,x,2020,t,,", "claims.csv:2: nothing stands in source"),
        (f"{FIRST}\na,b,c,stat,d,supports,s,x,2020,t,,", "'stat' is no party; allowed: state.*did you mean 'state'"),
        (f"{FIRST}\na,b,c,state,d,proves,s,x,2020,t,,", "'proves' is no bearing"),
        (f"{FIRST}\n{REST[0]}\n{REST[0]}", "claims.csv:3: two claims have the id 'one-national-score'"),
    ],
)
def test_a_damaged_file(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_claims(text)
