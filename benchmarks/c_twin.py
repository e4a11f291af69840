"""The C twin: its constants written from the compiled reference model, its compilation, and calls into it.

The constants stand in a header that the C compiler sees, so the twin is as specialised as a hand-made program for one scheme would be.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.reference import DAYS, HERE, machine
from glasshouse.engine.layout import Layout
from glasshouse.engine.machine import Machine
from glasshouse.scheme.tables import MANDATORY, NO_NOTICE, OPEN_SPEECH
from glasshouse.scheme.variants import FALSE_SUMS
from glasshouse.world.draws import log_table
from glasshouse.world.ties import first_thresholds

FLAGS = ["-std=c11", "-O3", "-march=native", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]


class CTwin:
    """The reference model for one arm, compiled by the C compiler of this machine."""

    def __init__(self) -> None:
        self._layout = machine(1, 0).layout
        with tempfile.TemporaryDirectory() as folder:
            library = build(Path(folder))
            self._lib = ctypes.CDLL(str(library))
        self._lib.counts_length.restype = ctypes.c_int64
        length = self._lib.counts_length()
        if length != self._layout.size:
            raise AssertionError(f"the twin has {length} counts, the engine {self._layout.size}")

    def live(self, people: int, seed: int, first_town: int, last_town: int) -> NDArray[np.int64]:
        """The counts of some towns, in the engine's order."""
        counts = np.zeros(self._layout.size, np.int64)
        i8, u8 = ctypes.c_int64, ctypes.c_uint64
        self._lib.live_towns(i8(first_town), i8(last_town), i8(people), u8(seed), counts.ctypes.data_as(ctypes.c_void_p))
        return counts

    @property
    def layout(self) -> Layout:
        """Names and places of the counts."""
        return self._layout


def compiler() -> str | None:
    """The C compiler's path, or None."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def build(folder: Path) -> Path:
    """Write the header and compile the twin into a folder."""
    cc = compiler()
    if cc is None:
        raise FileNotFoundError("no C compiler (cc, gcc or clang) on this machine: the C twin needs one")
    (folder / "reference.h").write_text(header(machine(1, 0)), encoding="ascii")
    library = folder / "twin.so"
    subprocess.run([cc, *FLAGS, f"-I{folder}", "-o", str(library), str(HERE / "twin.c")], check=True)
    return library


def header(m: Machine) -> str:
    """The reference model as C constants."""
    fits_the_twin(m)
    return "\n".join(["#include <stdint.h>", *_scalars(m), *_counts(m), *_world_arrays(m), *_scheme_arrays(m), ""])


def fits_the_twin(m: Machine) -> None:
    """Refuse a model that uses what the C twin has no code for."""
    t, w = m.arms.tables, m.world
    rules, entry, gate, channel, item = t["rules"][0], t["lists"][0, 0], t["gate"][0, 0], t["channels"][0, 0], t["item"][0]
    fits = {
        "one arm": m.arms.count == 1,
        "one channel, list, gate and kind of false record": all(rules[f"n_{k}"] == 1 for k in ("channels", "lists", "gates", "false")),
        "no batches, points, grades": rules["n_batches"] == 0 and rules["has_points"] == 0 and rules["n_grades"] == 0,
        "nothing beyond the spine": spine_alone(m),
        "another's act only": t["false"][0, 0]["origin"] == 1,
        "a channel that follows visibility, is a day late or more and takes no act for another": channel["visible"] == 1
        and channel["delay_min"] >= 1
        and channel["mis_share"] == 0,
        "a list by record with a fixed term that restarts": entry["from_grade"] < 0
        and entry["term"] > 0
        and entry["repeat"] == 1
        and entry["performable"] == 0
        and entry["n_hazards"] == 0
        and entry["sanction"] == 1
        and entry["yardstick"] >= 0,
        "a gate without over-compliance": gate["parent"] == 0 and gate["over_needs"] == 0,
        "rules that do nothing but list": all(bool(np.all(item[k] == 0)) for k in ("points", "fine", "validity", "repair"))
        and bool(np.all(item["grade"] < 0) and np.all(item["strikes"] <= 1) and np.all(item["term"] < 0) and np.all(item["also"] < 0)),
        "one rule a category": int(t["pick_count"].max()) == 1,
        "no roles": len(w.names["roles"]) == 2,
        "a launch start": m.times.history == 0,
        "one category that makes a debt, one that needs one": w.category["creates_debt"].sum() == 1 and w.category["needs_debt"].sum() == 1,
    }
    missing = [what for what, holds in fits.items() if not holds]
    if missing:
        raise AssertionError(f"the C twin is written for a model with: {'; '.join(missing)}")


def spine_alone(m: Machine) -> bool:
    """Whether none of the mechanisms of docs/design/005 is in use."""
    t = m.arms.tables
    law, entry, gate, item = t["rules"][0], t["lists"][0, 0], t["gate"][0, 0], t["item"][0]
    off = {
        "exchanges": 0,
        "notice": NO_NOTICE,
        "silence": OPEN_SPEECH,
        "enrolment": MANDATORY,
        "attention_channel": -1,
        "informing_channel": -1,
    }
    off |= dict.fromkeys(("drift_points", "n_restraints", "n_campaigns", "n_rewards", "n_selections"), 0)
    spare = t["more"][0, law["at_spare"] : law["at_silenced"]]
    return (
        all(law[name] == value for name, value in off.items())
        and entry["amnesty_first"] < 0
        and all(gate[name] == 0 for name in ("purge", "demand", "trap"))
        and bool(np.all(item["relatives"] < 0) and np.all(spare == 0))
        and bool(np.all(m.arms.pairs < 0))
        and not any(first_thresholds(m.world))
    )


def _scalars(m: Machine) -> Iterable[str]:
    t, w = m.arms.tables, m.world
    rules, entry, gate, channel = t["rules"][0], t["lists"][0, 0], t["gate"][0, 0], t["channels"][0, 0]
    values = {
        "HORIZON": DAYS, "FOLLOWUP": m.clock[0]["followup"], "TOWN_SIZE": m.town_size, "CATEGORIES": len(w.category), "NEEDS": len(w.need),
        "BINS": m.layout.record[0]["bins"], "CYCLE": len(w.cycle_adults), "TERM": entry["term"], "YARDSTICK": entry["yardstick"],
        "GATE_CONTEXTS": entry["contexts"], "GATE_CONTEXT": gate["context"], "GATE_NEEDS": gate["needs"], "COMPLIANCE": gate["compliance"],
        "DELAY_MIN": channel["delay_min"], "DELAY_MEAN": channel["delay_mean"], "FILED": rules["filed"],
        "CORRECTION_MIN": rules["corr_min"], "CORRECTION_MEAN": rules["corr_mean"], "PAY": rules["pay"],
        "FALSE_ENVELOPE": w.scalars[0]["false_envelope"], "RECOVERY": w.scalars[0]["recovery"],
        "PAYMENT_ENVELOPE": w.scalars[0]["payment_envelope"], "VIS_CORR": w.scalars[0]["vis_corr"], "OWING": w.scalars[0]["owing"],
        "NEEDS_DEBT": int(w.category["needs_debt"].argmax()), "CREATES_DEBT": int(w.category["creates_debt"].argmax()),
    }  # fmt: skip
    for name, value in values.items():
        yield f"#define {name} {int(value)}" + ("LL" if int(value) > 1 << 31 else "")


def _counts(m: Machine) -> Iterable[str]:
    """The engine's vector of counts as a C struct: the same names, order and axes."""
    axes = {name: "".join(f"[{n}]" for n in shape) for name, shape in m.layout.shapes.items()}
    yield "typedef struct {"
    yield from (f"  int64_t {name}{shape};" for name, shape in axes.items())
    yield "} counts;"


def _array(kind: str, name: str, values: NDArray[np.int64]) -> str:
    shape = "".join(f"[{n}]" for n in values.shape)
    rows = values if values.ndim == 2 else values[None]
    body = ", ".join("{" + ", ".join(str(int(v)) for v in row) + "}" for row in rows)
    return f"static const {kind} {name}{shape} = {'{' + body + '}' if values.ndim == 2 else body};"


def _world_arrays(m: Machine) -> Iterable[str]:
    w = m.world
    yield _array("int64_t", "LOG_TABLE", log_table())
    yield _array("uint32_t", "CONDUCT_CUM", w.conduct_cum)
    yield _array("uint32_t", "NEED_CUM", w.need_cum)
    people = ("propensity", "frailty", "group_cum", "conduct_group", "vis_group", "vis_income", "cycle_adults", "cycle_start")
    for name in (*people, "shock", "unable"):
        yield _array("int64_t", name.upper(), getattr(w, name))


def _scheme_arrays(m: Machine) -> Iterable[str]:
    """What an act of each category brings: the one rule it falls under."""
    t = m.arms.tables
    yield _array("int64_t", "SENSITIVITY", t["sensitivity"][0, 0])
    yield _array("int64_t", "FALSE_CUM", np.array([t["false"][0, 0][name] for name in FALSE_SUMS]))
    yield _array("int64_t", "FALSE_CATEGORY", t["false_category"][0, 0])
    yield "typedef struct { int64_t context, valence, conditions, checked; } item;"
    rows = []
    for c in range(len(m.world.category)):
        start, count = int(t["pick_start"][0, c, 0]), int(t["pick_count"][0, c, 0])
        rule = t["item"][0, int(t["pick_item_at"][0, start])] if count else None
        fields = ("context", "valence", "cond", "checked")
        rows.append("{" + ", ".join(str(int(rule[f])) if rule is not None else "0" for f in fields) + "}")
    yield f"static const item ITEM[{len(rows)}] = {{{', '.join(rows)}}};"
