"""`screen`: questions, answers, lines of the file, and no total."""

from __future__ import annotations

import json
import re

from glasshouse.scheme.screening import NOT_ASKED
from tests.cli.call import SCHEME, WORLD, glasshouse, refused

ANSWERS = {"flag", "cannot be excluded", "not enough in the file"}


def test_as_text() -> None:
    done = glasshouse("screen", "judgment-defaulters")
    assert (done.returncode, done.stderr) == (0, "")
    plain = " ".join(done.stdout.split())
    assert "No legal advice" in plain and "What this does not ask" in plain
    assert all(line.replace("`", "`") in plain for line in NOT_ASKED)
    assert re.search(r"judgment-defaulters\.yaml:\d+ gates\.\S+", done.stdout)
    assert done.stdout.count("The provision (") == 16
    assert not re.search(r"\b\d+ (of \d+ )?(flags?|questions?)\b", plain)


def test_as_json() -> None:
    done = glasshouse("screen", SCHEME, "--world", WORLD, "--json")
    said = json.loads(done.stdout)
    assert set(said) == {"scheme", "note", "questions", "does_not_ask", "sources"}
    lines = SCHEME.read_text(encoding="utf-8").splitlines()
    for one in said["questions"]:
        assert one["answer"] in ANSWERS
        assert len(one["places"]) == len(one["rests_on"])
        assert set(one["sources"]) <= set(said["sources"])
        for place, path in zip(one["places"], one["rests_on"], strict=True):
            line = int(re.match(r".*?:(\d+) ", place).group(1))  # type: ignore[union-attr]
            last = path.split(".")[-1]
            assert last.isdigit() or last in lines[line - 1], place


def test_an_unknown_scheme() -> None:
    assert "did you mean 'judgment-defaulters'" in refused("screen", "judgment-defaulter")
