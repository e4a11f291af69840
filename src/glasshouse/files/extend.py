"""A file that extends another gives only what differs.

Mappings are merged key by key and `null` takes an entry out. Lists replace, and so does a value, whole: a number does not keep the reason
that was given for another one. Every part remembers which file says it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from glasshouse.files.errors import FileFaults, did_you_mean, quoted
from glasshouse.files.read import Document, Problem, package_ids, read_document
from glasshouse.files.yaml import Path, Place, Spot, Tree

KEY = "extends"
OWN = ("glasshouse", "id", "name", "about")  # what a file must say of itself


def whole(document: Document, package: str, what: str, extending: tuple[str, ...] = ()) -> Document:
    """The file with all that it takes over from the one it extends; the file itself where it extends none.

    Parameters
    ----------
    package : str
        Only files of this package are extended, by their ids.
    extending : tuple of str
        Ids of the files that extend this one.

    Raises
    ------
    FileFaults
        It extends itself, or something that does not come with Glasshouse.
    """
    if KEY not in document.data:
        return document
    ref, own, ids = document.data[KEY], document.data.get("id"), package_ids(package)
    if not isinstance(ref, str):
        raise _refused(document, f"a {what} is named here by its id; there are: {', '.join(ids)}")
    if ref in (own, *extending):
        way = "" if ref == own else f" (here by way of {quoted(own)})"
        raise _refused(document, f"{quoted(ref)} cannot extend itself{way}; a {what} that extends another has an `id` of its own")
    if ref not in ids:
        raise _refused(document, f"no {what} that comes with Glasshouse is called {quoted(ref)}{did_you_mean(ref, ids)}")
    base = whole(read_document(ref, package, what), package, what, (*extending, str(own)))
    faults = list(document.tree.faults)
    given, there = dict(base.data), _moved(base.tree.spot)
    for key in OWN:
        for part in (given, there.keys, there.parts):
            part.pop(key, None)
    data, spot = _merged(given, there, document.data, document.tree.spot, (), faults)
    del data[KEY]
    return replace(document, tree=Tree(data, spot, faults), bases=(base, *base.bases))


def _refused(document: Document, text: str) -> FileFaults:
    return FileFaults([document.fault(Problem((KEY,), text))])


def _moved(spot: Spot) -> Spot:
    """The places of a file that another extends, seen from that other."""
    return Spot(spot.place, dict(spot.keys), {step: _moved(part) for step, part in spot.parts.items()}, spot.origin + 1)


def _merged(
    base: dict[str, Any], there: Spot, own: dict[str, Any], here: Spot, path: Path, faults: list[tuple[Place, str]]
) -> tuple[dict[str, Any], Spot]:
    """Two mappings as one, in the order of the base; new entries follow."""
    data, spot = dict(base), Spot(here.place, dict(there.keys), dict(there.parts))
    for key, value in own.items():
        before = base.get(key)
        if value is None:
            if key not in base:
                within = f" in {quoted('.'.join(str(step) for step in path))}" if path else ""
                faults.append((here.keys[key], f"there is no {quoted(key)}{within} to take out{did_you_mean(key, base)}"))
            else:
                del data[key], spot.keys[key], spot.parts[key]
            continue
        data[key], spot.keys[key], spot.parts[key] = value, here.keys[key], here.parts[key]
        if isinstance(value, dict) and isinstance(before, dict) and "value" not in before:
            data[key], spot.parts[key] = _merged(before, there.parts[key], value, here.parts[key], (*path, key), faults)
    return data, spot
