"""The part of the results' page that is about the whole model."""

from __future__ import annotations

from typing import Any

from benchmarks.tables import megabytes, short, spread_words, table

Figures = dict[str, Any]
ABOUT = """\
The catalogue's `headline-score` in its own world: every mechanism of docs/design/005 acts in it but choice of enrolment and homophily of
conduct. *The spine* is the same scheme on the same lives with all of them switched off in the compiled tables; points, grades, lists and
gates stay on. A study lives {arms} arms side by side (the scheme, the same without error, the same without ties, ordinary law, no scheme)
and compares the first three person by person; the spine with the same arms does not compare. A launch start, 52 weeks. Every figure is by
what was run beside it in the same round; what people do differs with the rules, so a mechanism may also save time."""
SAID = """\
*Only this*: the spine with one mechanism (and what it needs, named in brackets). Mechanisms that meet once a week make the whole town live
week by week, which alone costs {weekly} times the spine. *All but this*: everything on without it."""


def page(f: Figures) -> list[str]:
    """The whole section."""
    on = f["everything on"]
    rates = [[name, f"{rate / 1e6:.1f}"] for name, rate in on["people-days per CPU-second"].items()]
    beside = [
        [f"{name}, {arms}", spread_words(r)] for arms in ("one arm", "a study's arms") for name, r in on[arms].items()
    ]  # fmt: skip
    mechanisms = [
        [name + (f" ({', '.join(m['needs'])})" if m["needs"] else ""), spread_words(m["only this"]), spread_words(m["all but this"])]
        for name, m in f["mechanisms"].items()
    ]
    arms = [[str(i), a["arm"], spread_words(a["times one arm"]), spread_words(a["added"])] for i, a in enumerate(f["arms"], 2)]
    memory = [
        [f"{m['people']:,}", megabytes(m["peak"]), short(m["words"]), short(m["words per arm"]), short(m["pool per arm"])]
        for m in f["memory"]
    ]
    return [
        "## The whole model",
        ABOUT.format(arms=on["arms"]),
        table(["", "million people-days per CPU-second (best)"], rates),
        table(["", "times the spine with as many arms, median (least to most)"], beside),
        "### Each mechanism",
        SAID.format(weekly=short(on["one arm"]["the spine, week by week"]["median"])),
        table(["mechanism", "only this, times the spine", "all but this, times everything on"], mechanisms),
        "### Further arms, everything on",
        table(["arms", "the arm added", "times the scheme alone", "added by this arm"], arms),
        "### Memory, everything on",
        table(["people", "peak, MB", "words of the pool per person", "per person and arm", "room per person and arm"], memory),
        "A fresh process that lives a study's arms on two threads, with Python, Numba, the world and the scheme. "
        "What is given room but never used costs no memory.",
        f"{f['rounds']} rounds; {f['rounds for each mechanism']} for each mechanism.",
    ]
