"""`new`: a file that passes `check`, and nothing replaced."""

from __future__ import annotations

from pathlib import Path

from glasshouse.cli.new import KIND, new
from glasshouse.scheme.new import kinds
from tests.cli.call import glasshouse, refused


def test_new_then_check(tmp_path: Path) -> None:
    done = glasshouse("new", "my-scheme.yaml", "--kind", "points", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "my-scheme.yaml"
    assert "glasshouse check my-scheme.yaml" in done.stdout
    assert glasshouse("check", "my-scheme.yaml", cwd=tmp_path).stdout == "my-scheme.yaml: no faults\n"
    assert "it is not replaced" in refused("new", "my-scheme.yaml", cwd=tmp_path)


def test_every_kind_is_offered_and_explained() -> None:
    assert all(f"'{kind}'" in str(new.__annotations__["kind"]).replace('"', "'") for kind in kinds())
    assert all(f"{kind}: " in str(KIND.help) for kind in kinds())
