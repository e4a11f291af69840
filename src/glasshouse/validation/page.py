"""`docs/validation.md`, from the data of the last full run alone: nothing is measured here.

glasshouse validate --wrong --json > docs/validation.json
python -m glasshouse.validation.drawings docs/validation
python -m glasshouse.validation.page docs/validation.json docs/validation.md
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from glasshouse.validation.drawings import caption, drawings, read_out, read_table
from glasshouse.validation.figures_score import Score, score
from glasshouse.validation.registry import topics
from glasshouse.validation.rows import Figure, Forecast, Table
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
stock taken for a flow), and each of these must fall outside the same tolerance. So has every figure of the world for which ours is a
number; its wrong variants must lie outside our range and farther from what was counted than ours does. Seeds are fixed: a row changes only
when numbers change. Where the model cannot speak to a figure of the world, the table says so and why; nothing is varied there.
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


@dataclass(frozen=True)
class Shown:
    """A picture of the page: where it lies, its caption, the drawing in words, and where its numbers stand (none: in the page's tables)."""

    table: Table
    title: str
    place: str
    text: str = ""
    words: str = ""
    numbers: str = ""


Pictures = list[Shown]


def pictures_of(done: Sequence[Ran], folder: Path, *, write: bool = False) -> Pictures:
    """The pictures of a run, as `folder` has them or shall have: of its rows, and of the tables of ours over theirs that lie there."""
    from glasshouse.validation import over, pictures

    shown: Pictures = []
    for table, name, title, made in pictures.charts(done):
        if write:
            pictures.write(folder, name, made)
        shown.append(Shown(table, title, f"{folder.name}/{name}.svg"))
    for it in drawings():
        numbers = folder / f"{it.name}.csv"
        if numbers.is_file():
            series = read_table(numbers)
            if write:
                over.write(folder, it, series)
            places = [f"{folder.name}/{it.name}.{kind}" for kind in ("svg", "csv")]
            shown.append(Shown(it.table, it.title, places[0], caption(it, series), read_out(it, series), places[1]))
    return shown


def page(done: Sequence[Ran], pictures: Pictures) -> str:
    """The page as text."""
    parts = [HEAD, *(f"{text}\n" for text in (*closing(done, command=False), *wrong_lines(done)))]
    for which in Table:
        rows = [ran for ran in done if ran.table is which]
        if rows:
            parts += [f"\n## {titles(which)}\n", INTRO[which] + "\n", *_pictures(which, pictures), *_tables(which, rows)]
            parts += _sharpness(rows)
    parts += ["\n## Where each number comes from\n", *_details(done), "\n## Publications\n", *_publications(done)]
    return "\n".join(parts).rstrip() + "\n"


def _pictures(which: Table, pictures: Pictures) -> Iterator[str]:
    for it in pictures:
        if it.table is not which:
            continue
        picture = f"![{it.words or it.title}]({it.place})\n"
        if it.text:
            yield f"{picture}\n*{it.title}.* {it.text} [The numbers]({it.numbers}).\n"
        else:  # every row of a table, as tall as the table itself
            summary = f"Picture: {it.title[0].lower()}{it.title[1:]}. The numbers are below."
            yield f"<details><summary>{summary}</summary>\n\n{picture}\n</details>\n"


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


SHARP = """### How sharp, beside the last figure carried forward

A forecast can be right by being vague. So each forecast that had a figure before it is scored by the width of its range, and ten times
the distance by which the figure lies outside it (the interval score of Gneiting and Raftery, *Strictly Proper Scoring Rules, Prediction,
and Estimation*, 2007, as manuals of scoring software restate it; it is made for ranges that claim a probability; ours claim none, and the
factor of ten is no more than the price of a miss). Less is better, in the unit of the row. The figure carried forward is scored twice: as
a point, and with a range as wide as ours around it, so that its place alone decides. What was fitted to a figure is not scored on it.
"""
SCORED = ("row", "counted", "width of ours", "score of ours", "carried, as a point", "carried, as wide as ours", "better")


def _sharpness(rows: Sequence[Ran]) -> Iterator[str]:
    """Forecasts beside the last figure carried forward; nothing for the first two tables."""
    scored = [(ran, found) for ran in rows if (found := _score(ran)) is not None]
    if not scored:
        return
    yield SHARP
    yield "| " + " | ".join(SCORED) + " |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for ran, found in scored:
        said = [ran.target, found.width, found.interval, found.carried_as_point, found.carried_as_wide]
        yield "| " + " | ".join([f"`{ran.name}`", *(figure(x) for x in said), _better(found)]) + " |"
    of_all = [_better(f) for _, f in scored]
    near, sharp = (sum(x < (y or 0) for x, y in pairs) for pairs in (
        [(f.error, f.carried_error) for _, f in scored], [(f.interval, f.carried_as_point) for _, f in scored],
    ))  # fmt: skip
    yield (
        f"\nOf {len(scored)} forecasts, {near} are nearer than the figure carried forward. At equal width {of_all.count('ours')} score "
        f"better than it, {of_all.count('even')} even, {of_all.count('carried')} worse; as a point it does worse than {sharp} of ours.\n"
    )


def _better(found: Score) -> str:
    """Which of the two scores better at equal width."""
    assert found.carried_as_wide is not None
    even = math.isclose(found.interval, found.carried_as_wide)
    return "even" if even else "ours" if found.interval < found.carried_as_wide else "carried"


def _score(ran: Ran) -> Score | None:
    """The score of a forecast that had a figure before it and was not fitted."""
    if ran.table is not Table.WORLD or ran.fitted or ran.carried is None or None in (ran.value, ran.low, ran.high, ran.target):
        return None
    assert ran.value is not None and ran.low is not None and ran.high is not None and ran.target is not None
    counted = Figure(ran.name, ran.title, ran.target, ran.unit, ran.when, ran.sources, ran.pins, carried=ran.carried)
    return score(counted, Forecast(ran.value, ran.low, ran.high))


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
        if ran.verdict is Verdict.SILENT:
            yield f"  - no wrong variant: {ran.trouble}"
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
    pictures = pictures_of(done, target.parent / "validation", write=True)
    target.write_text(page(done, pictures), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
