"""`glasshouse screen SCHEME`: what a file says on the elements of AI Act Article 5(1)(c) and GDPR Article 22."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any

from glasshouse.cli.options import flag
from glasshouse.cli.run import SCHEME, WORLD

if TYPE_CHECKING:
    from glasshouse.files.read import Document
    from glasshouse.files.yaml import Path
    from glasshouse.scheme.screening import Answered

WIDTH = 110


def screen(
    scheme: Annotated[str, SCHEME],
    /,
    *,
    world: Annotated[str | None, WORLD] = None,
    json: Annotated[bool, flag("Print JSON.")] = False,
) -> None:
    """Read a scheme's file beside two provisions of European law, question by question."""
    from glasshouse.scheme.check import load_both
    from glasshouse.scheme.load import SCHEME as KIND
    from glasshouse.scheme.screening import screen as screened

    found, lived = load_both(scheme, world)
    document, answers = KIND.read(scheme), screened(found, lived)
    if json:
        from glasshouse.cli.terminal import print_json

        print_json(as_json(found.id, document, answers))
    else:
        describe(found.name, document, answers)


def as_json(name: str, document: Document, answers: list[Answered]) -> dict[str, Any]:
    """Questions and answers, with the lines that each rests on. There is no total."""
    from glasshouse.scheme.screening import NOT_ASKED, NOTE, SOURCES

    questions = [a.as_dict() | {"places": [place(document, path) for path in a.finding.rests_on]} for a in answers]
    sources = {key: source.model_dump(exclude_none=True) for key, source in SOURCES.items()}
    return {"scheme": name, "note": NOTE, "questions": questions, "does_not_ask": list(NOT_ASKED), "sources": sources}


def describe(name: str, document: Document, answers: list[Answered]) -> None:
    """The questions in the order of the law, each with its answer and the lines it rests on."""
    from glasshouse.scheme.screening import NOT_ASKED, NOTE, SOURCES

    print(f"{name}\n{textwrap.fill(NOTE, WIDTH)}")
    for provision, group in _by_provision(answers):
        print(f"\n{provision}")
        for one in group:
            q, found = one.question, one.finding
            print(f"\n  {q.text}")
            print(_indented(f"The provision ({q.provision}): {q.element} [{', '.join(q.sources)}]."))
            print(_indented(f"{found.answer.upper()}: {found.because}."))
            for path in found.rests_on:
                print(f"      {place(document, path)}")
    print("\nWhat this does not ask")
    for line in NOT_ASKED:
        print(textwrap.fill(line, WIDTH, initial_indent="- ", subsequent_indent="  "))
    print("\nSources")
    for key, source in SOURCES.items():
        text = f"[{key}] {source.author} ({source.year}): {source.title}. {source.url} {source.note or ''}"
        print(textwrap.fill(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False))


def _by_provision(answers: list[Answered]) -> list[tuple[str, list[Answered]]]:
    groups: dict[str, list[Answered]] = {}
    titles = {"AI Act": "AI Act, Article 5(1)(c): social scoring with an AI system", "GDPR": "GDPR, Article 22: automated decisions"}
    for one in answers:
        groups.setdefault(titles[one.question.provision.split(",")[0]], []).append(one)
    return list(groups.items())


def _indented(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ")


def place(document: Document, path: Path) -> str:
    """A part of the file with its line: "judgment-defaulters.yaml:120 lists.refusal"."""
    from glasshouse.files.read import locate
    from glasshouse.scheme.screening import spelled

    (line, _), _ = locate(document.tree.spot, path, at_key=True)
    return f"{document.name}:{line + 1} {spelled(path)}"
