"""`docs/validation.md`, from the data of the last full run alone: nothing is measured here.

glasshouse validate --wrong --json > docs/validation.json
python -m glasshouse.validation.page docs/validation.json docs/validation.md
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from glasshouse.validation.registry import topics
from glasshouse.validation.rows import Table
from glasshouse.validation.run import Ran, RanWrong, Verdict
from glasshouse.validation.sources import sources
from glasshouse.validation.words import COLUMNS, RIGHT, about, closing, figure, line, titles, wrong_lines

HEAD = """# Why believe it

Three tables, which answer three different questions. The last full run wrote them (`make validate`), and each row runs alone by its
name: `glasshouse validate NAME`. **The first two tables say nothing about the real world**: they show that the model computes what it
says it computes, and that others' published models come out as published. Only the third table holds figures that were counted in the
world; it says how far off the model is there, and what of it was fitted.

A number of the first two tables agrees if it lies within four standard errors of ours plus a bias that is derived in words. Every row
has at least one deliberately wrong variant (a queue served before the week's cases join, a calendar window instead of a rolling one, a
stock taken for a flow), and each of these must fall outside the same tolerance. Seeds are fixed: a row changes only when numbers
change.
"""
INTRO = {
    Table.THEORY: "Numbers that follow from theory alone, on worlds so simple that it knows their answer: nearly all through the product's"
    " own mechanisms. In the picture the grey band is what is allowed, a point is ours, and a cross is a wrong variant.",
    Table.MODELS: "Numbers that others published for their own models. What is marked as a replication below is a small separate program"
    " in `validation/` of the source repository, for a model that Glasshouse has no mechanism for: it tests our understanding alone.",
    Table.WORLD: "Figures that were counted. *Carried on* is how far off the last figure published before would have been, carried forward:"
    " a forecast is worth something only if it is nearer. Lowest and highest are over stated assumptions, with no probability attached.",
}


def read(path: Path) -> list[Ran]:
    """The rows of a run, as `--json` wrote them."""
    return [_ran(said) for said in json.loads(path.read_text(encoding="utf-8"))]


def _ran(said: dict[str, Any]) -> Ran:
    fields = {name: value for name, value in said.items() if name in Ran.__dataclass_fields__}
    wrong = tuple(RanWrong(**{**w, "verdict": Verdict(w["verdict"])}) for w in said["wrong"])
    fixed = {"table": Table(said["table"]), "verdict": Verdict(said["verdict"]), "wrong": wrong}
    return Ran(**{**fields, **fixed, "pins": tuple(said["pins"]), "sources": tuple(said["sources"])})


Pictures = list[tuple[Table, str, str]]  # table, title, place as the page names it


def pictures_of(done: Sequence[Ran], folder: str, write_to: Path | None = None) -> Pictures:
    """The pictures of a run, written if a folder is named."""
    from glasshouse.validation import pictures

    made = pictures.charts(done)
    for _, name, _, chart in made if write_to else ():
        assert write_to is not None
        pictures.write(write_to, name, chart)
    return [(table, title, f"{folder}/{name}.svg") for table, name, title, _ in made]


def page(done: Sequence[Ran], pictures: Pictures) -> str:
    """The page as text."""
    parts = [HEAD, *(f"{text}\n" for text in (*closing(done, command=False), *wrong_lines(done)))]
    for which in Table:
        rows = [ran for ran in done if ran.table is which]
        if rows:
            parts += [f"\n## {titles(which)}\n", INTRO[which] + "\n", *_pictures(which, pictures), *_tables(which, rows)]
    parts += ["\n## Where each number comes from\n", *_details(done), "\n## Publications\n", *_publications(done)]
    return "\n".join(parts).rstrip() + "\n"


def _pictures(which: Table, pictures: Pictures) -> Iterator[str]:
    for table, title, place in pictures:
        if table is which:
            yield f"![{title}]({place})\n"


def _tables(which: Table, rows: Sequence[Ran]) -> Iterator[str]:
    """A table for each topic."""
    for topic, some in groupby(rows, key=_topic):
        yield f"### {topic.replace('-', ' ').capitalize()}\n"
        columns = COLUMNS[which]
        yield "| " + " | ".join(columns) + " |"
        yield "| " + " | ".join("---:" if name in RIGHT else "---" for name in columns) + " |"
        for ran in some:
            yield "| " + " | ".join(_cell(text) for text in [f"{about(ran)}<br>`{ran.name}`", *line(ran)]) + " |"
        yield ""


def _topic(ran: Ran) -> str:
    return next((topic.name for topic in topics() for entry in topic.entries if entry.name == ran.name), "other")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _details(done: Sequence[Ran]) -> Iterator[str]:
    """What each row pins, what its tolerance is made of, and its wrong variants."""
    for ran in done:
        said = [ran.origin, ran.through, f"pins {', '.join(ran.pins)}" if ran.pins else "", ran.when]
        if ran.runs:
            said.append(f"{ran.runs:,} runs, towns, people or events; standard error {figure(ran.standard_error)}")
        if ran.bias:
            said.append(f"bias {ran.bias:.2g}: {ran.bias_why}")
        said += [ran.note, ran.explained, *(f"cites {key}" for key in ran.sources)]
        yield f"- **`{ran.name}`** {'. '.join(text.rstrip('.') for text in said if text)}."
        for wrong in ran.wrong:
            yield f"  - wrong: {wrong.text} {figure(wrong.value)}, {wrong.verdict.value}."
    yield ""


def _publications(done: Sequence[Ran]) -> Iterator[str]:
    cited = {key for ran in done for key in ran.sources}
    for key, source in sorted(sources().items()):
        if key in cited:
            yield f"- `{key}` {source}"


def replications() -> str:
    """The text of `replications.yaml`: the rows of `validation/`, for listings without the source repository."""
    from glasshouse.validation.registry import REPLICATIONS, table_of

    out = [
        "# The rows of `validation/` at the root of the source repository, for listings where that is not at hand. Written by",
        "# `python -m glasshouse.validation.page --replications`; tests/validation keeps it true.",
    ]
    for topic in topics():
        if topic.name in {name.replace("_", "-") for name in REPLICATIONS}:
            out.append(f"{topic.name}:")
            out += [f"  {e.name}: {{table: {json.dumps(table_of(e).value)}, title: {json.dumps(e.title)}}}" for e in topic.entries]
    return "\n".join(out) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Write the page and its pictures, or the list of replications."""
    if list(arguments) == ["--replications"]:
        (Path(__file__).parent / "replications.yaml").write_text(replications(), encoding="utf-8")
        return
    data, target = map(Path, arguments)
    done = read(data)
    pictures = pictures_of(done, "validation", target.parent / "validation")
    target.write_text(page(done, pictures), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
