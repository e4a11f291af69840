"""The tables of a page, in Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from glasshouse.cli.values import fitted, fitted_values, number, plain
from glasshouse.cli.words import effect
from glasshouse.cli.words_blocks import gate_lines, list_ties
from glasshouse.files.values import Empirical, Rule
from glasshouse.files.words import sentence
from glasshouse.report.published import FITTED
from glasshouse.report.words import CLASSES, STANDING, WRONGLY, class_name, small, written
from glasshouse.scheme.model import Correction, Gate, Item, Scheme, SchemeList
from glasshouse.study.standard import Beside, Standard, beside, mark
from glasshouse.world.load import load_world

MOST_RULES = 60  # more are summed up by category
NOTHING_PUBLISHED = "No published aggregate was found that a run of this scheme could stand beside."
NOTHING_OF_A_MYTH = "A myth has no published aggregates that a run could stand beside."
BESIDE_LAW = {
    "entries_rate": "entries on a list",
    "listed_without_cause": "listed without cause",
    "denials": "attempts refused",
    "essential_denials": "essential attempts refused",
    "children_denials": "children's attempts refused",
    "wrongly_sanctioned_days": "days of sanction that errors led to",
    "collateral_days": "days added by ties",
    "appeals_upheld_share": "reviews upheld, of those decided",
    "without_notice_share": "listed without notice before",
    "forgone_protected": "protected acts not done",
    "unlawful_acts_prevented": "unlawful acts prevented",
    "debts_paid_share": "debts paid",
}


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; empty if it has no row."""
    lines = ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    names = list(heads)
    return "\n".join(["| " + " | ".join(names) + " |", "|" + " --- |" * len(names), *lines]) if lines else ""


def cell(value: object) -> str:
    """One cell: no line breaks, no bars."""
    return " ".join(str("" if value is None else value).split()).replace("|", "\\|")


def basis(value: Rule | Empirical | None) -> str:
    """What a value rests on."""
    if value is None:
        return ""
    if isinstance(value, Rule):
        return f"[{value.source}]" if value.source else ""
    kind = "assumed" if value.evidence == "assumed" else f"{value.evidence.kind} [{value.source}]"
    return f"{kind}{fitted(value)}"


def sees(scheme: Scheme) -> Iterator[str]:
    """Channels, and what reaches the wrong person."""
    heads = ["channel", "kind", "sees", "share of acts recorded", "rests on"]
    channels = scheme.channels.items()
    yield table(heads, ([n, it.kind, ", ".join(it.covers), number(it.sensitivity), basis(it.sensitivity)] for n, it in channels))
    kinds = [[n, it.origin, it.about, number(it.rate), basis(it.rate)] for n, it in scheme.false_records.items()]
    kinds += [
        [n, it.origin, f"{sentence(it.about)} Many at once: {number(it.strikes)}.", number(it.share), basis(it.share)]
        for n, it in scheme.batches.items()
    ]
    yield table(["wrong record", "origin", "what happens", "how often", "rests on"], kinds)


def rules(scheme: Scheme) -> Iterator[str]:
    """Points, grades and rules; many rules are summed up by category."""
    if points := scheme.points:
        ends = [f"not {word} {number(rule)}" for word, rule in (("below", points.floor), ("above", points.cap)) if rule]
        yield f"Everyone starts with {', '.join([number(points.start), *ends])}."
    if scheme.grades:
        grades = (f"{g.name} from {plain(g.from_points)}" if g.from_points is not None else f"{g.name} below" for g in scheme.grades)
        yield f"Grades: {', '.join(grades)}."
    if not scheme.rules:
        return
    items = scheme.rules.items
    if len(items) <= MOST_RULES:
        yield table(["rule", "text", "the act is", "brings"], ([i.id, i.text, i.legal, effect(i)] for i in items))
        return
    yield f"{len(items):,} rules [{scheme.rules.source}], by what they are about; the file and `glasshouse show {scheme.id}` have each."
    by_act: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_act[item.when].append(item)
    rows = ([act.replace("-", " "), len(those), _points(those), _others(those), those[0].text] for act, those in by_act.items())
    yield table(["about", "rules", "points", "also brings", "for example"], rows)


def _points(items: list[Item]) -> str:
    found = sorted(item.points for item in items if item.points is not None)
    return "" if not found else f"{found[0]:+g}" if found[0] == found[-1] else f"{found[0]:+g} to {found[-1]:+g}"


def _others(items: list[Item]) -> str:
    grades = sorted({f"grade {item.grade}" for item in items if item.grade})
    lists = sorted({f"list {item.list}" for item in items if item.list})
    return ", ".join([*grades, *lists, *(["a fine"] if any(item.fine for item in items) else [])])


def lists(scheme: Scheme) -> Iterator[str]:
    """Lists and gates."""
    yield table(
        ["list", "what it is", "entered", "term", "how one leaves"],
        ([n, it.text, _entered(scheme, n, it), _term(it), _leaves(it)] for n, it in scheme.lists.items()),
    )
    ties = [
        f"- {name}: {line.strip()}" for name, it in scheme.lists.items() for line in list_ties(it) if not line.strip().startswith("amnesty")
    ]
    yield "\n".join(ties)
    heads = ["gate", "what is closed", "to whom", "needs", "refused", "rests on"]
    yield table(
        heads, ([n, it.text, _whom(it), ", ".join(it.needs), number(it.compliance), basis(it.compliance)] for n, it in scheme.gates.items())
    )
    more = [f"- {name}: {line.strip()}" for name, it in scheme.gates.items() for line in gate_lines(it)]
    yield "\n".join(more)
    law = scheme.ordinary_law
    longest = f"At most {number(law.longest)}." if law.longest else "No longest restriction is stated."
    yield f"The yardstick of ordinary law: {sentence(law.text)} {longest}"


def _whom(gate: Gate) -> str:
    return f"{'children of those on' if gate.on == 'parent' else 'those on'} {gate.list}"


def _entered(scheme: Scheme, name: str, it: SchemeList) -> str:
    by_rule = sum(item.list == name for item in (scheme.rules.items if scheme.rules else []))
    said = [f"at grade {it.from_grade} or below" if it.from_grade else "", f"by {by_rule} rule{'s' * (by_rule > 1)}" if by_rule else ""]
    return "; ".join(x for x in said if x) or "through ties or selection"


def _term(it: SchemeList) -> str:
    return number(it.term) if it.term else "while the grade lasts" if it.from_grade else "none fixed, or by rule"


def _leaves(it: SchemeList) -> str:
    ways = [f"payment, after {number(it.performed_after)}"] if it.performed_after else []
    ways += [" ".join(way.text.split()).rstrip(".") for way in it.exits.values()]
    earliest = [f"none of these before {number(it.minimum)}"] if it.minimum else []
    return "; ".join([*ways, *(["an amnesty"] if it.amnesty else []), *earliest]) or "by the term or a correction alone"


def correction(it: Correction) -> str:
    """How a wrong record is mended."""
    takes = f"It takes at least {number(it.minimum)}, and {number(it.mean)} more on average."
    return f"A wrong record is noticed and a correction filed: {number(it.filed)} ({basis(it.filed)}). {takes}"


def standard_run(scheme: Scheme, run: Standard | None) -> Iterator[str]:
    """The run's numbers by class, and a few beside ordinary law."""
    if run is None:
        yield "No standard run is kept for this scheme."
        return
    it = run.about
    yield (
        f"{it['people']:,} invented people in the world `{it['world']}`, {it['years']} counted years after a history under the scheme, "
        f"{it['seeds']} seeds, {it['span']} points over the stated assumptions; lived on {it['lived']} with Glasshouse {it['glasshouse']}. "
        f"{STANDING}"
    )
    if run.mark != mark(scheme, load_world(scheme.world)):
        yield "**Values of the file were changed since; these figures are of the file as it was.**"
    names = [c.key for c in CLASSES] + [WRONGLY, "all"]
    rows = []
    for cls in names:
        days, entries = run.line("sanctioned_days_rate", cls), run.line("entries_rate", cls)
        if days or entries:
            rows.append([class_name(cls) if cls != "all" else "**All**", *_three(entries), *_three(days)])
    heads = [
        "class",
        "entries, per 100,000 adults a year",
        "chance",
        "span",
        "days of sanction, per 100,000 adults a year",
        "chance",
        "span",
    ]
    yield table(heads, rows)
    beside_law = [
        [name, one["unit"], *_three(one), _one(run.line(outcome, arm="ordinary"))]
        for outcome, name in BESIDE_LAW.items()
        if (one := run.line(outcome))
    ]
    yield table(["outcome", "unit", "central", "chance", "span", "ordinary law"], beside_law)
    yield (
        "Chance: lowest and highest seed. Span: lowest and highest over the stated assumptions, with no probability attached. A dash: too "
        "few events to be shown, or not part of that arm."
    )
    if told := [v for v in run.influential if v["told"]]:
        yield f"What moves the adults listed without cause most, over the span: {_with_evidence(told)}."
    if rest := [v for v in run.influential if not v["told"]]:
        others = "Of the others, these have the widest ranges" if told else "No influence can be told from none; the widest ranges have"
        yield f"{others}: {_with_evidence(rest)}."


def _with_evidence(values: list[dict[str, Any]]) -> str:
    return "; ".join(f"`{v['path']}` ({v['evidence']})" for v in values)


def _three(line: dict[str, Any] | None) -> list[str]:
    if line is None:
        return ["", "", ""]
    return [_one(line), _range(line, "chance"), _range(line, "span")]


def _one(line: dict[str, Any] | None) -> str:
    return "–" if line is None or line["central"] is None else written(line["central"], line["unit"])


def _range(line: dict[str, Any], kind: str) -> str:
    low, high = line[f"{kind}_low"], line[f"{kind}_high"]
    return "–" if low is None or high is None else f"{written(low, line['unit'])} to {written(high, line['unit'])}"


def published(scheme: Scheme, run: Standard | None) -> Iterator[str]:
    """Published aggregates beside the run, with how far off it is; or that there are none."""
    if "baseline" in scheme.kind:
        return
    if not scheme.plausibility:
        yield NOTHING_OF_A_MYTH if scheme.status == "myth" else NOTHING_PUBLISHED
        return
    if run is None:
        yield "No standard run is kept to set them beside."
        return
    yield table(
        ["published", "when", "value", "unit", "the run", "chance", "span", "the run is", "fitted", "source"],
        (_row(one) for one in beside(scheme, run)),
    )
    yield FITTED


def _row(one: Beside) -> list[str]:
    it = one.published
    ranges = ["–" if None in pair else f"{small(pair[0])} to {small(pair[1])}" for pair in (one.chance, one.span)]
    run = "–" if one.central is None else small(one.central)
    return [it.figure, str(it.when), small(it.value), it.unit, run, *ranges, one.off, "yes" if it.fitted else "no", f"[{it.source}]"]


def fitted_to_targets(scheme: Scheme) -> Iterator[str]:
    """Each value that was set with a published count in view, with that count."""
    rows = []
    for path, value in fitted_values(scheme):
        target = scheme.targets[str(value.fitted_to)]
        rows.append(
            [f"`{path}`", number(value), f"`{value.fitted_to}`: {target.text}", small(target.value), target.unit, f"[{target.source}]"]
        )
    yield table(["value of", "value", "set with this in view", "published", "unit", "source"], rows)
