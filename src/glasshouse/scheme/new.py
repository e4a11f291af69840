"""A first file of one's own: small, commented, without faults, ready to run."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from glasshouse.files.errors import InputError, did_you_mean, quoted
from glasshouse.files.names import NAME, SPELLING
from glasshouse.files.read import package_ids

TEMPLATES = "glasshouse.scheme.templates"
PLACE = "SCHEME-ID"  # stands in the templates for the id


def kinds() -> list[str]:
    """What there are templates for."""
    return package_ids(TEMPLATES)


def template(kind: str, name: str) -> str:
    """The text of a first file.

    Parameters
    ----------
    kind : str
        One of `kinds()`.
    name : str
        The id that the scheme or world gets.
    """
    if kind not in kinds():
        raise InputError(f"no template is called {quoted(kind)}{did_you_mean(kind, kinds())}")
    if not NAME.fullmatch(name):
        raise InputError(f"{quoted(name)} cannot be an id, and the file's name becomes one; {SPELLING}")
    text = (resources.files(TEMPLATES) / f"{kind}.yaml").read_text(encoding="utf-8")
    return text.replace(PLACE, name)


def write_new(path: Path, kind: str = "list") -> Path:
    """Write a first file; nothing that exists is ever replaced.

    Raises
    ------
    InputError
        There is such a file already, no such folder, or a name that cannot be an id.
    """
    if path.suffix not in (".yaml", ".yml"):
        raise InputError(f"{path}: a scheme file ends in .yaml; for example my-scheme.yaml")
    text = template(kind, path.stem)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{path}: there is such a file already, and it is not replaced; give another name") from None
    except FileNotFoundError:
        raise InputError(f"{path}: there is no folder {path.parent}") from None
    return path
