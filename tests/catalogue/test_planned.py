"""Schemes that are not yet files: every id of the design's list is a file or a row, and every row says where its facts come from."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

import glasshouse as gh
from glasshouse.files.errors import InputError
from glasshouse.files.read import package_ids
from glasshouse.scheme.check import check_file
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.planned import FILE, KEY, NOTHING, PACKAGE, SOURCES, Planned, PlannedSource, read_planned

from .test_every_file import LOADED, NAMED, UNREAD

ROWS = gh.planned()
FILES = package_ids(PACKAGE)
TEXT, LISTED = ((resources.files(PACKAGE) / name).read_text(encoding="utf-8") for name in (FILE, SOURCES))
INDEX = (Path(__file__).parents[2] / "docs" / "catalogue" / "index.md").read_text(encoding="utf-8")
# Every scheme that must have a row, and in the end a file.
DESIGNED = """
judgment-defaulters judgment-defaulters-2024 wendeng-2020 rongcheng-2019 rongcheng-2021 weihai-haibei wendeng-rural headline-score
debtor-register-de tax-passport-us toeslagen fsv robodebt benefit-demerits patronscan queensland-id-scanners uber-rider-rating
driver-deactivation airbnb-ban credit-file fidenza-tenants live-face-recognition suining-2010 kenli-2019 model-city-2019
travel-conduct-ban crossing-screens zhima corporate-credit heavily-distrusted covid-status tracetogether population-file
fatherland-card no-fly lifestyle-insurance platform-trust-score speech-moderation midas dwp-risk cnaf-risk rotterdam bologna-wallet
better-health-rewards bonus-system-2020 score-tied-income ordinary-law no-scheme
""".split()


@pytest.mark.parametrize("name", DESIGNED)
def test_each_is_a_file_or_a_row_and_never_both(name: str) -> None:
    assert (name in FILES) + (name in [row.id for row in ROWS]) == 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_row(row: Planned) -> None:
    texts = (row.what, row.documented, row.missing, row.mechanism)
    assert all(text.endswith(".") and text == " ".join(text.split()) for text in texts)
    assert not re.search(rf"\b(?:{LOADED})\b|{NAMED}|{UNREAD}", " ".join((row.name, *texts)), re.IGNORECASE)
    assert row.documented == NOTHING or KEY.search(row.documented.split(". ")[-1]) or row.documented.count("[") > 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_it_stands_on_the_first_page_with_its_sources(row: Planned) -> None:
    assert f"| `{row.id}` |" in INDEX
    assert all(f"- [{source.key}] {source.author} ({source.year}): " in INDEX for source in row.sources)


def test_every_source_says_who_when_and_what_and_is_used() -> None:
    used = {source.key: source for row in ROWS for source in row.sources}
    assert list(dict.fromkeys(line.split(",")[0] for line in LISTED.splitlines()[1:] if line)) == list(used)
    for source in used.values():
        assert re.fullmatch(r"\d{4}|n\.d\.", source.year), source.key
        assert source.url == "" or re.fullmatch(r"https?://\S+", source.url), source.key
        assert not re.search(rf"\b(?:{LOADED})\b|{UNREAD}", source.title, re.IGNORECASE), source.key


@pytest.mark.parametrize("source", [s for row in ROWS for s in row.sources], ids=lambda s: s.key)
def test_a_source_is_said_as_among_the_claims_and_in_the_files(source: PlannedSource) -> None:
    said = {(c.author, c.year, c.title) for c in gh.claims() if c.source == source.key}  # files may give one key to two sources
    assert not said or (source.author, source.year, source.title) in said
    for other in (given for name in FILES for given in load_scheme(name).sources.values() if source.url):
        assert other.url != source.url or (other.author, str(other.year)) == (source.author, source.year)


@pytest.mark.parametrize("use", [gh.load, check_file, gh.screen], ids=lambda use: use.__name__)
def test_asking_for_one_says_what_is_missing(use: object) -> None:
    row = ROWS[0]
    with pytest.raises(InputError) as refused:
        use(row.id)  # type: ignore[operator]
    said = str(refused.value)
    assert said.startswith(f"{row.id} is not yet a file. Missing: {row.missing}") and "`glasshouse schemes --planned`" in said
    assert "\n" not in said


HEAD, FIRST = TEXT.splitlines()[:2]
CELLS = "x,X,here,2020,list,ended,W.,Said [s].,M.,None known."
ONE = "key,author,year,title,url\ns,A,2020,T,"


@pytest.mark.parametrize(
    ("row", "sources", "said"),
    [
        (CELLS.replace("X,", ",", 1), ONE, "planned.csv:2: nothing stands in name"),
        (CELLS.replace("list", "lists"), ONE, "planned.csv:2: 'lists' is no kind; .*did you mean 'list'"),
        (CELLS.replace("list", '"list, pints"'), ONE, "'pints' is no kind; .*did you mean 'points'"),
        (CELLS.replace("ended", "endet"), ONE, "'endet' is no status; .*did you mean 'ended'"),
        (CELLS.replace("2020", "lately"), ONE, "'lately' are no years"),
        (CELLS.replace("[s]", "[t]"), ONE, "planned.csv:2: 't' is no source of planned-sources.csv; allowed: s"),
        (CELLS.replace(" [s]", ""), ONE, "names its sources by key in brackets, or says 'Nothing in the sources read yet.'"),
        (f"{CELLS}\n{CELLS}", ONE, "planned.csv:3: two rows have the id 'x'"),
        ("x,X", ONE, "planned.csv:2: 2 cells stand here; 10 are needed"),
        (CELLS, f"{ONE}\ns,A,2020,T,", "planned-sources.csv:3: two sources have the key 's'"),
        (CELLS, ONE.replace("T,", ","), "planned-sources.csv:2: nothing stands in title"),
        (CELLS, "key,who", "planned-sources.csv:1: the columns are key, author, year, title, url"),
    ],
)
def test_a_damaged_file(row: str, sources: str, said: str) -> None:
    assert read_planned(f"{HEAD}\n{CELLS}", ONE)[0].sources[0].title == "T"
    with pytest.raises(InputError, match=said):
        read_planned(f"{HEAD}\n{row}", sources)
