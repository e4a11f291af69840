"""Writes a page for each scheme of the catalogue, from its file and the record of its standard run. Quick; nothing is lived.

    python docs/catalogue/generate.py           # write the pages and their charts
    python docs/catalogue/generate.py --check   # exit 1 if one of them is not what file and record say now

`record.py` makes the records.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import chart
import tables

from glasshouse.cli.schemes import years
from glasshouse.cli.words_blocks import association, drift, notice, officials, responses, review, sees_and_rewards, takes_part
from glasshouse.files.read import package_ids
from glasshouse.files.words import sentence
from glasshouse.report.words import MARKS, STANDING
from glasshouse.scheme.claims import ClaimBesideRecord, claims
from glasshouse.scheme.load import load_scheme
from glasshouse.scheme.model import Claim, Scheme
from glasshouse.scheme.planned import Planned, planned
from glasshouse.study.standard import Standard, kept

HERE = Path(__file__).resolve().parent
ALL_CLAIMS = "headline-score"  # the page that shows every claim beside the record
FIGURES = "figures"
CLAIMS = (
    "Claims are set beside the record alike, whoever makes them. The record *contradicts* a claim, *narrows* it (it is true of less than "
    "is said), *supports* it, or *leaves it open*. The table is `claims.csv` (in Python `glasshouse.claims()`)."
)
CATALOGUE = (
    "Every scheme is a file that can be read, run, doubted and changed (`glasshouse show ID`, `glasshouse run ID`). Every number says what "
    "it rests on. The same yardstick holds for every country and company; myths and invented schemes are marked. What is said about the "
    f"schemes, beside what the record says, stands on the page of [{ALL_CLAIMS}]({ALL_CLAIMS}.md). Each file was compared with its "
    "evidence by a second reader: [what was found, and how it was settled](second-reading.md). Four rulebooks of one prefecture stand "
    "[side by side, for the same people](one-prefecture.md)."
)
NOT_YET = (
    "These belong in the catalogue and cannot be run yet. A row says only what the sources read so far say; it is no measure of how much a "
    "scheme matters; the status is the last that they tell of. Where nothing was read yet, what it is and its status are what the row "
    "was asked for with, unchecked. The table is `planned.csv` with `planned-sources.csv` (in Python `glasshouse.planned()`, in the "
    "terminal `glasshouse schemes --planned`)."
)
NONE_FOUND = "No later reform stands in the sources read."
MADE = "Generated from the scheme's file and the record of its standard run by `make catalogue-pages`; do not edit."


def page(scheme: Scheme, run: Standard | None) -> str:
    """The page of one scheme."""
    parts: list[tuple[str, Iterable[str]]] = [
        ("What it is", _about(scheme)),
        ("What was reformed", _list((_claim(c) for c in scheme.reformed), NONE_FOUND)),
        ("What is documented, and what is myth", _documented(scheme)),
        ("Claim beside record", _beside_record(scheme)),
        ("What it sees, and wrong records", tables.sees(scheme)),
        ("Rules", tables.rules(scheme)),
        ("Lists and what they close", tables.lists(scheme)),
        ("How people hear of it, and how errors are mended", _mended(scheme)),
        ("What else acts", _else(scheme)),
        ("The standard run", tables.standard_run(scheme, run)),
        ("False records in, days without ground out", _curve(scheme, run)),
        ("Published figures beside the run", tables.published(scheme, run)),
        ("Fitted values", tables.fitted_to_targets(scheme)),
        ("What to ask the operator", _list(scheme.ask_the_operator)),
        ("What is left out", _list(scheme.left_out)),
        ("Sources", _sources(scheme)),
    ]
    facts = [scheme.place, years(scheme), ", ".join(scheme.kind), scheme.status]
    out = [f"# {scheme.name}", MADE, f"`{scheme.id}`: {'; '.join(fact for fact in facts if fact)}."]
    out += [f"**{MARKS[scheme.status]}.**"] if scheme.status in MARKS else []
    for title, body in parts:
        if lines := [line for line in body if line]:
            out += [f"## {title}", *lines]
    return "\n\n".join(out) + "\n"


def _about(scheme: Scheme) -> Iterator[str]:
    yield " ".join(scheme.summary.split())
    if scheme.claimed_purpose:
        yield f"Claimed purpose: {_claim(scheme.claimed_purpose)}"
    else:
        yield "Nobody's claimed purpose stands in the sources read."
    yield f"The question: {' '.join(scheme.question.split())}"


def _claim(claim: Claim) -> str:
    return f"{' '.join(claim.text.split())} [{claim.source}]"


def _list(lines: Iterable[str], absent: str = "") -> list[str]:
    found = [f"- {' '.join(line.split())}" for line in lines]
    return ["\n".join(found)] if found else [absent]


def _documented(scheme: Scheme) -> Iterator[str]:
    yield from _list(_claim(c) for c in scheme.documented if not c.is_myth)
    if any(c.is_myth for c in scheme.documented):
        yield "Said, and not borne out by the record:"
        yield from _list(_claim(c) for c in scheme.documented if c.is_myth)


def _beside_record(scheme: Scheme) -> Iterator[str]:
    """Claims about this scheme; on the page of the myth, all of them."""
    found = claims() if scheme.id == ALL_CLAIMS else claims(scheme.id)
    if not found:
        return
    yield CLAIMS
    heads = ["claim", "who says it", "the record", "what it says", "source"]
    yield tables.table(heads, ([c.claim, _said_by(c), c.bearing, c.record, _source_of(c)] for c in found))


def _said_by(claim: ClaimBesideRecord) -> str:
    return claim.said_by if claim.party == "no one named" else f"{claim.said_by} ({claim.party})"


def _source_of(claim: ClaimBesideRecord) -> str:
    text = f"{claim.author} ({claim.year}): {claim.title}"
    return f"[{text}]({claim.url})" if claim.url else text


def _mended(scheme: Scheme) -> Iterator[str]:
    yield from _list(notice(scheme.notice))
    if scheme.review:
        yield from _list(line.removeprefix("- ") for line in review(scheme.review))
    elif scheme.correction:
        yield tables.correction(scheme.correction)
    elif scheme.channels:
        yield "No way to correct a wrong record is described in the file."
    if scheme.safeguards:
        yield "What could be mended, one thing at a time (`--with NAME`):"
        yield from _list(f"`{name}`: {sentence(it.text)} {sentence(it.why)}" for name, it in scheme.safeguards.items())


def _else(scheme: Scheme) -> list[str]:
    lines = [*takes_part(scheme.enrolment), *drift(scheme), *association(scheme), *sees_and_rewards(scheme)]
    lines += [*officials(scheme.officials), *responses(scheme)]
    return _list((line.removeprefix("- ") for line in lines), "")


def _curve(scheme: Scheme, run: Standard | None) -> Iterator[str]:
    if run is None or not run.curve:
        return
    figure = chart.figure(scheme, run)
    if is_drawn(run):
        yield f"![{figure.title}]({FIGURES}/{scheme.id}.svg)"
    else:
        yield "Too few days without ground to draw a curve at this size; the table has what there is."
    yield f"{figure.summary} {figure.note}"
    yield tables.table(figure.columns, figure.rows)


def is_drawn(run: Standard) -> bool:
    """Whether some variant of the curve has two points to draw a line through."""
    variants = run.curve["variants"] if run.curve else []
    return any(sum(point.get("central") is not None for point in variant["points"]) > 1 for variant in variants)


def _sources(scheme: Scheme) -> list[str]:
    return _list(
        f"[{name}] {s.author} ({s.year}): {sentence(s.title)} *{s.kind}*.{f' <{s.url}>' if s.url else ''} {sentence(s.note or '')}"
        for name, s in scheme.sources.items()
    )


def index(schemes: list[Scheme]) -> str:
    """The catalogue's first page."""
    rows = ([f"[{s.id}]({s.id}.md)", s.name, s.place, years(s), ", ".join(s.kind), s.status] for s in schemes)
    listed = tables.table(["id", "name", "place", "years", "kind", "status"], rows)
    parts = ["# The catalogue", MADE, CATALOGUE, listed, STANDING, *_not_yet(planned())]
    return "\n\n".join(parts) + "\n"


def _not_yet(rows: list[Planned]) -> list[str]:
    """Schemes without a file: what they are, what is documented, and what is missing. Nothing if every scheme has a file."""
    heads = ["id", "name, place, years", "kind, status", "what it is", "what is documented", "what is missing", "what the language lacks"]
    listed = (
        [f"`{o.id}`", f"{o.name}; {o.place}; {o.years}", f"{', '.join(o.kind)}; {o.status}", o.what, o.documented, o.missing, o.mechanism]
        for o in rows
    )
    sources = {source.key: source for one in rows for source in one.sources}
    found = (f"[{s.key}] {s.author} ({s.year}): {sentence(s.title)}{f' <{s.url}>' if s.url else ''}" for s in sources.values())
    return ["## Not yet files, and what is missing", NOT_YET, tables.table(heads, listed), "Sources:", *_list(found)] if rows else []


def drawing(scheme: Scheme, run: Standard) -> str:
    """The chart's file. Its first line marks what it was drawn from: letters are drawn a little differently from machine to machine."""
    return f"<!-- {drawn_from(scheme, run)} -->\n{chart.svg(scheme, run)}\n"


def drawn_from(scheme: Scheme, run: Standard) -> str:
    """A mark of all that the chart shows."""
    figure = chart.figure(scheme, run)
    said = json.dumps([scheme.name, figure.title, figure.spec, [list(row) for row in figure.rows]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the pages are (default: beside this file)")
    asked = parser.parse_args(arguments)
    schemes = [load_scheme(name) for name in package_ids("glasshouse.catalogue")]
    stale = []
    for name, text in {"index": index(schemes), **{s.id: page(s, kept(s.id)) for s in schemes}}.items():
        file = asked.folder / f"{name}.md"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
            if not asked.check:
                file.write_text(text, encoding="utf-8")
    for scheme in schemes:
        run, file = kept(scheme.id), asked.folder / FIGURES / f"{scheme.id}.svg"
        if run is None or not is_drawn(run):
            continue
        if not file.exists() or drawn_from(scheme, run) not in file.read_text(encoding="utf-8").splitlines()[0]:
            stale.append(file.name)
            if not asked.check:
                file.parent.mkdir(exist_ok=True)
                file.write_text(drawing(scheme, run), encoding="utf-8")
    if asked.check and stale:
        print(f"not what file and record say now; run `make catalogue-pages`: {', '.join(stale)}")
    return 1 if asked.check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
