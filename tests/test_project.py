"""What holds for the project as a whole: the boundary, the layout, what is in the wheel, what no file may say."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import glasshouse

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "glasshouse"
MODULES = sorted(PACKAGE.rglob("*.py"))

# The direction of data: a layer may import itself and those before it. `report` and `cli` are both last but one another's guests:
# the command line writes reports, a report knows no command line.
ORDER = ["files", "_jit", "world", "scheme", "mechanism", "engine", "outcomes", "study", "report", "validation", "api", "cli"]
DATA_FOLDERS = {"catalogue"}  # holds files, no code


def tracked_files() -> list[Path]:
    """The files that are part of the project: git's answer, or all but the ignored folders outside a checkout."""
    git = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(git, capture_output=True, check=False)
    if answer.returncode == 0:
        return sorted(path for name in answer.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())
    skipped = {".git", ".venv", "demo", "runs", "dist", "build"}
    return sorted(p for p in ROOT.rglob("*") if p.is_file() and not skipped & set(p.relative_to(ROOT).parts))


def layer(path: Path) -> str | None:
    """The layer of a module of the package; None for the package's own two files, which only pass things on."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return None if first in {"__init__", "__main__"} else first


def imported(tree: ast.Module) -> set[str]:
    """Which layers of the package a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "glasshouse" else {node.module}
    return {name.split(".")[1] for name in names if name.startswith("glasshouse.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_imports_against_the_direction_of_data(path: Path) -> None:
    here = layer(path)
    if here is None or here in DATA_FOLDERS:
        return
    assert here in ORDER, f"{here} has no place in the direction of data"
    for other in imported(ast.parse(path.read_text(encoding="utf-8"))) - {"__version__"} - DATA_FOLDERS:
        assert other in ORDER, f"{other} has no place in the direction of data"
        assert ORDER.index(other) <= ORDER.index(here), f"{here} may not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_engine_is_never_imported_by_the_text_side(path: Path) -> None:
    """At the top of a module only; a command imports the engine when a run starts."""
    here = layer(path)
    if here not in {"files", "scheme", "cli", None}:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = ast.Module(body=[node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], type_ignores=[])
    assert not imported(top) & {"engine", "mechanism", "_jit", "outcomes", "report"}


@pytest.mark.parametrize("path", [p for p in tracked_files() if p.suffix in {".py", ".sh"}], ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{lines} lines"


# --- the boundary: no public function takes a table of people or of events -------------------------------------------------------
TABLE_TYPES = re.compile(
    r"DataFrame|\bTable\b|RecordBatch|ndarray|NDArray|ArrayLike|list\[dict|Sequence\[(Mapping|dict)|Iterable\[(Mapping|dict)"
)
PERSONAL = re.compile(
    r"^(persons?|individuals?|subjects?|citizens?|residents?|events?|records?|lives|life|names?|ids?|population|table|data|df)$"
)


def public_functions() -> list[tuple[str, Any]]:
    """Every function and public method that `import glasshouse` offers, and the commands."""
    found: list[tuple[str, Any]] = []
    for name in glasshouse.__all__:
        member = getattr(glasshouse, name)
        if inspect.isfunction(member):
            found.append((name, member))
        elif inspect.isclass(member):
            found += [(f"{name}.{n}", m) for n, m in inspect.getmembers(member, inspect.isfunction) if not n.startswith("_")]
    for command in sorted((PACKAGE / "cli").glob("*.py")):
        module = __import__(f"glasshouse.cli.{command.stem}", fromlist=["_"])
        if inspect.isfunction(function := getattr(module, command.stem, None)):
            found.append((f"command {command.stem}", function))
    return found


def takes_a_table(function: Any) -> list[str]:
    """The parameters of a function that could carry people or events."""
    wrong = []
    for parameter in inspect.signature(function).parameters.values():
        kind = str(parameter.annotation)
        if parameter.name == "people":
            wrong += [] if re.match(r"(Annotated\[)?int\b", kind) else ["people is a number of people"]
        elif re.match(r"(Annotated\[)?(bool|Literal)\b", kind):
            continue
        elif PERSONAL.match(parameter.name) or TABLE_TYPES.search(kind):
            wrong.append(parameter.name)
    return wrong


def test_the_public_functions_are_found() -> None:
    names = [name for name, _ in public_functions()]
    assert {"load", "run", "command run", "command show", "command check"} <= set(names)


@pytest.mark.parametrize(("name", "function"), public_functions(), ids=lambda x: x if isinstance(x, str) else "")
def test_no_public_function_takes_a_table_of_people(name: str, function: Any) -> None:
    assert takes_a_table(function) == [], name


def test_a_table_of_people_would_be_noticed() -> None:
    def score(people: list[int], events: object) -> None: ...
    def load(frame: pandas.DataFrame) -> None: ...  # type: ignore[name-defined]  # noqa: F821
    def run(people: int, seed: int) -> None: ...

    assert takes_a_table(score) == ["people is a number of people", "events"]
    assert takes_a_table(load) == ["frame"]
    assert takes_a_table(run) == []


# --- what no file may say ---------------------------------------------------------------------------------------------------------
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "registry.npm" + "js"]
HOMES = re.compile(r"(?<![\w.\])}*])/(home|Users|root|work|workspace|mnt|tmp)/\w")
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".cff", ".json", ".csv", ".sh", ".html", ".css", ".js", ".j2", ".c", ".h", ""}


@pytest.mark.parametrize("path", [p for p in tracked_files() if p.suffix in TEXT], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_names_a_registry_or_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert not [host for host in HOSTS if host in text]
    assert not HOMES.findall(text)


def test_every_pin_has_hashes() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [n for n, line in enumerate(lines) if "==" in line]
    assert pins
    assert all("--hash=sha256:" in lines[n + 1] for n in pins)


def test_everything_that_is_needed_is_pinned() -> None:
    """What is missing from the pins is missing from the environment that `make` sets up, too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    needed = {re.split(r"[^\w.-]", line)[0].lower().replace(".", "-").replace("_", "-") for line in named}
    pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE))
    assert len(needed) > 20
    assert sorted(needed - pinned) == []


# --- the wheel ----------------------------------------------------------------------------------------------------------------------
NEEDED = [
    r"glasshouse/catalogue/ordinary-law\.yaml",
    r"glasshouse/catalogue/judgment-defaulters\.yaml",
    r"glasshouse/catalogue/wendeng-2020\.yaml",
    r"glasshouse/world/default\.yaml",
    r"glasshouse/catalogue/claims\.csv",
    r"glasshouse/scheme/templates/points\.yaml",
    r"glasshouse/.*schema.*\.json",
    r"glasshouse/report/templates/.+",
    r"glasshouse/validation/simple-scheme\.yaml",
    r"glasshouse/validation/simple-world\.yaml",
    r"glasshouse/validation/sources\.yaml",
    r"glasshouse/validation/replications\.yaml",
    r"glasshouse/py\.typed",
    r".*licenses/LICENSE",
    r".*licenses/TRADEMARK\.md",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What `pip install .` would install."""
    out = tmp_path_factory.mktemp("wheel")
    source = out / "source"
    for path in tracked_files():
        target = source / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(out.glob("*.whl"))).namelist()


def test_the_wheel_holds_what_a_run_needs(wheel: list[str]) -> None:
    for pattern in NEEDED:
        assert any(re.fullmatch(pattern, name) for name in wheel), pattern


def test_the_wheel_holds_no_tests(wheel: list[str]) -> None:
    assert not [name for name in wheel if re.search(r"(^|/)((tests?|oracle|testville)[/.-]|cases/)", name)]


def test_the_version_is_stated_alike() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.M).group(1) == glasshouse.__version__  # type: ignore[union-attr]
